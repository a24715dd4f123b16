"""A house's Word file as a template: its styles, page, headers and footers, and nothing else of it.

Comments, macros, the text, whatever was inserted into it, and links to files elsewhere stay behind: a brief must not carry them
out of the house. So a new package is made of the few parts that are needed, and the library opens that. Parts and relations get
names of our own, since a name may tell as much as a part.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml.ns import qn
from lxml import etree

from cabrief.errors import UsageError
from cabrief.formats.word_template.hiding import Hiding
from cabrief.formats.word_template.parts import (
    ON_PAGES,
    copied,
    copied_lists,
    copied_margin,
    copied_theme,
    drop_reference,
    drop_unseen_margins,
    numbers_of_lists,
    references_in,
)
from cabrief.formats.word_template.pictures import clean_picture

MOST_PICTURES = 50_000_000  # bytes of all pictures
MOST_TEXT = 8_000_000  # bytes of the document, which is read in pieces
MOST_XML = 8_000_000  # bytes of all other parts of XML; in memory they take fifty times as much
MOST_ELEMENTS = 400_000  # in these parts
MOST_STYLES = 4_079  # as many as Word takes
UNPACKED_AT_ONCE = 65_536  # bytes unpacked at once
PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # those of Word
TYPE_LIST = "[Content_Types].xml"
MAIN = "word/document.xml"
# parts that a document has once: their names and types
ONLY_PARTS = {
    RELATION.STYLES: ("word/styles.xml", CONTENT_TYPE.WML_STYLES),
    RELATION.SETTINGS: ("word/settings.xml", CONTENT_TYPE.WML_SETTINGS),
    RELATION.NUMBERING: ("word/numbering.xml", CONTENT_TYPE.WML_NUMBERING),
    RELATION.THEME: ("word/theme/theme1.xml", CONTENT_TYPE.OFC_THEME),
}
MARGINS = {RELATION.HEADER: CONTENT_TYPE.WML_HEADER, RELATION.FOOTER: CONTENT_TYPE.WML_FOOTER}
SIDES = {"default", "first", "even"}  # that have headers of their own
LINKS = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)  # what a link of a header may lead to
Relation = tuple[str, str, str, bool]  # id, type, where it leads, whether that is outside


class _TooLarge(Exception):
    """More than a house style takes when it is unpacked."""


def open_template(path: str) -> WordDocument:
    """A house's file without its text: styles, page, headers and footers. Raises UsageError for what is no such file."""
    if not Path(path).is_file():
        if path and Path(path).exists():
            raise no_template(path, "it is not a file", "ファイルではない")
        raise no_template(path, "there is no such file", "ファイルがない")
    try:
        with zipfile.ZipFile(path) as packed:
            document = docx.Document(_Package(packed).bare())
    except PermissionError:
        raise no_template(path, "it may not be read", "読む権限がない") from None
    except _TooLarge:
        raise no_template(
            path, "it is larger than a house style when it is unpacked", "展開すると書式の文書としては大きすぎる"
        ) from None
    except Exception as error:  # the library checks nothing: any part may be anything
        raise no_template(path, "it is not a .docx file", ".docxファイルではない") from error
    if not document.sections:
        raise no_template(path, "it has no page", "ページ設定がない")
    return document


def no_template(path: str, en: str, ja: str) -> UsageError:
    """The error for a file that cannot serve as a template."""
    return UsageError(
        f"the template {path} cannot be used: {en}; name a document that Word saved as .docx",
        f"テンプレート{path}は使えない：{ja}。Wordで.docxとして保存した文書を指定する",
    )


class _Package:
    """A template, of which only those parts are unpacked that are needed, in pieces: its directory may lie about sizes."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self.packed = packed
        self.left = {"xml": MOST_XML, "text": MOST_TEXT, "pictures": MOST_PICTURES}
        self.elements = 0
        self.parts: dict[str, bytes] = {}
        self.types: dict[str, str] = {}  # of the parts
        self.pictures: dict[str, str] = {}  # their names, by those that they had; empty for what is left out

    def bare(self) -> io.BytesIO:
        """The package of what is needed."""
        (main,) = (
            to for _, kind, to, outside in self.relations("") if kind == RELATION.OFFICE_DOCUMENT and not outside
        )
        if self.type_of(main) != CONTENT_TYPE.WML_DOCUMENT_MAIN:
            raise ValueError
        inside = {id_: (kind, to) for id_, kind, to, outside in self.relations(main) if not outside}
        document = copied(self.emptied(main))
        once = {kind: to for kind, to in reversed(inside.values()) if kind in ONLY_PARTS}
        styles = self.xml(once[RELATION.STYLES]) if RELATION.STYLES in once else None
        settings = self.xml(once[RELATION.SETTINGS]) if RELATION.SETTINGS in once else None
        hiding = Hiding(styles)
        drop_unseen_margins(document, settings)
        relations, lists = self.margins(document, inside, hiding)
        if styles is not None:
            if len(styles) > MOST_STYLES:
                raise _TooLarge
            lists |= numbers_of_lists(styles)
        for kind, (name, type_) in ONLY_PARTS.items():
            if kind in once:
                read = {RELATION.STYLES: styles, RELATION.SETTINGS: settings}
                root = read[kind] if kind in read else self.xml(once[kind])
                if kind == RELATION.NUMBERING:
                    made = copied_lists(root, hiding, lists)
                else:
                    made = copied_theme(root) if kind == RELATION.THEME else copied(root)
                self.write(name, type_, made, [])
                relations.append((f"rId{len(relations) + 1}", kind, name, False))
        self.write(MAIN, CONTENT_TYPE.WML_DOCUMENT_MAIN, document, relations)
        self.link("", [("rId1", RELATION.OFFICE_DOCUMENT, MAIN, False)])
        return self.packed_anew()

    def margins(
        self, document: Any, inside: dict[str, tuple[str, str]], hiding: Hiding
    ) -> tuple[list[Relation], set[str]]:
        """Take the headers and footers that a document refers to; their relations, and the numbers of the lists in them."""
        relations: list[Relation] = []
        lists = set[str]()
        for element, attribute, old in references_in(document):
            kind, to = inside.get(old, ("", ""))
            if kind not in MARGINS:
                drop_reference(element)
                continue
            root = copied_margin(self.xml(to), hiding)
            lists |= numbers_of_lists(root)
            id_ = f"rId{len(relations) + 1}"
            element.set(attribute, id_)
            name = f"word/{posixpath.basename(kind)}{len(relations) + 1}.xml"
            relations.append((id_, kind, name, False))
            self.write(name, MARGINS[kind], root, self.shown(to, root))
        return relations, lists

    def shown(self, name: str, root: Any) -> list[Relation]:
        """Relations of a header or footer to what it shows: pictures, and addresses behind its words."""
        there = {each[0]: each for each in self.relations(name)}
        made: dict[tuple[str, str], Relation | None] = {}
        for element, attribute, old in references_in(root):
            wanted = RELATION.HYPERLINK if element.tag == qn("w:hyperlink") else RELATION.IMAGE
            if (old, wanted) not in made:
                _, kind, to, outside = there.get(old, ("", "", "", False))
                target = ""
                if kind == wanted == RELATION.IMAGE and not outside:
                    target = self.picture(to)
                elif kind == wanted == RELATION.HYPERLINK and outside and LINKS.match(to):
                    target = to
                made[old, wanted] = (f"rId{len(made) + 1}", kind, target, outside) if target else None
            if relation := made[old, wanted]:
                element.set(attribute, relation[0])
            else:
                drop_reference(element)
        return [each for each in made.values() if each]

    def picture(self, name: str) -> str:
        """Take a picture; its new name, or nothing for one that is left out."""
        if name not in self.pictures:
            self.pictures[name] = ""
            if name in self.packed.NameToInfo and (cleaned := clean_picture(self.read(name, "pictures"))):
                kind, raw = cleaned
                self.pictures[name] = f"word/media/image{len(self.pictures)}.{kind}"
                self.parts[self.pictures[name]] = raw
                self.types[self.pictures[name]] = f"image/{kind}"
        return self.pictures[name]

    def read(self, name: str, sort: Literal["xml", "text", "pictures"]) -> bytes:
        """A part, unpacked, of a sort of which only so much is unpacked."""
        if self.packed.getinfo(name).compress_type not in PACKINGS:
            raise ValueError
        raw = bytearray()
        with self.packed.open(name) as opened:
            while piece := opened.read(UNPACKED_AT_ONCE):
                raw += piece
                if len(raw) > self.left[sort]:
                    raise _TooLarge
        self.left[sort] -= len(raw)
        return bytes(raw)

    def xml(self, name: str) -> Any:
        """The root of a part of XML."""
        root = _typeless(etree.fromstring(self.read(name, "xml"), etree.XMLParser(**_READING)))
        self.elements += int(root.xpath("count(descendant::*)"))
        if self.elements > MOST_ELEMENTS:
            raise _TooLarge
        return root

    def relations(self, name: str) -> Iterator[Relation]:
        """Relations of a part, or of the package."""
        folder, file = posixpath.split(name)
        listed = posixpath.join(folder, "_rels", f"{file}.rels")
        if listed in self.packed.NameToInfo:
            for each in self.xml(listed):
                outside = each.get("TargetMode") == "External"
                to = each.get("Target")
                yield each.get("Id"), each.get("Type"), to if outside else _within(folder, to), outside

    def type_of(self, name: str) -> str:
        """The type of a part."""
        listed = list(self.xml(TYPE_LIST))
        own = [each.get("ContentType") for each in listed if each.get("PartName") == f"/{name}"]
        usual = [each.get("ContentType") for each in listed if each.get("Extension") == name.rpartition(".")[2]]
        return str([*own, *usual, ""][0])

    def emptied(self, name: str) -> Any:
        """The document with the layout of its last page alone; what stands on its pages is forgotten as it is read.

        A section without a header or footer of a kind has that of the section before it.
        """
        reader = etree.iterparse(io.BytesIO(self.read(name, "text")), events=("end",), **_READING)
        body, section = qn("w:body"), qn("w:sectPr")
        inherited: dict[tuple[str, str], Any] = {}
        for _, element in reader:
            if element.tag in ON_PAGES and element.get(qn("w:type"), "default") in SIDES:
                inherited[element.tag, element.get(qn("w:type"), "default")] = element
            above = element.getparent()
            if above is not None and above.tag == body and element.tag != section:
                above.remove(element)
        root = _typeless(reader.root)
        pages = root.find(body)
        for element in pages[:-1]:
            pages.remove(element)
        for last in pages:
            for old in last.findall("*"):
                if old.tag in ON_PAGES:
                    last.remove(old)
            last[:0] = inherited.values()
        return root

    def write(self, name: str, type_: str, root: Any, relations: list[Relation]) -> None:
        """Put a part into the new package, with its relations."""
        etree.cleanup_namespaces(root)
        self.parts[name], self.types[name] = etree.tostring(root), type_
        if relations:
            self.link(name, relations)

    def link(self, name: str, relations: list[Relation]) -> None:
        """Write the relations of a part."""
        folder, file = posixpath.split(name)
        root = etree.Element("Relationships", xmlns="http://schemas.openxmlformats.org/package/2006/relationships")
        for id_, kind, to, outside in relations:
            mode = {"TargetMode": "External"} if outside else {}
            etree.SubElement(root, "Relationship", Id=id_, Type=kind, Target=to if outside else f"/{to}", **mode)
        self.parts[posixpath.join(folder, "_rels", f"{file}.rels")] = etree.tostring(root)

    def packed_anew(self) -> io.BytesIO:
        """The new package."""
        root = etree.Element("Types", xmlns="http://schemas.openxmlformats.org/package/2006/content-types")
        etree.SubElement(root, "Default", Extension="rels", ContentType=CONTENT_TYPE.OPC_RELATIONSHIPS)
        for name, type_ in self.types.items():
            etree.SubElement(root, "Override", PartName=f"/{name}", ContentType=type_)
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as new:
            new.writestr(TYPE_LIST, etree.tostring(root))
            for name, raw in self.parts.items():
                new.writestr(name, raw)
        made.seek(0)
        return made


_READING: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "remove_comments": True,
    "remove_pis": True,
}


def _typeless(root: Any) -> Any:
    """The root of a part without a document type, which Word writes none of and which could define anything."""
    if root.getroottree().docinfo.doctype:
        raise ValueError
    return root


def _within(folder: str, to: str) -> str:
    """The name of a part that a relation leads to."""
    return posixpath.normpath(to.lstrip("/") if to.startswith("/") else posixpath.join(folder, to))
