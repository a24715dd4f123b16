"""A house's Word file as a template: its styles, page, headers and footers, and nothing else of it.

Comments, macros, the text, whatever was inserted into it, and links to files elsewhere stay behind: a brief must not carry them
out of the house. So a new package is made of the few parts that are needed, and the library opens that.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml.ns import qn
from lxml import etree

from cabrief.errors import UsageError

MOST_UNPACKED = 50_000_000  # bytes of all parts that are kept
MOST_XML = 8_000_000  # bytes of one part of XML; in memory it takes thirty times as much
UNPACKED_AT_ONCE = 65_536  # bytes unpacked at once
TYPE_LIST = "[Content_Types].xml"
OF_THE_DOCUMENT = {
    *(RELATION.STYLES, RELATION.SETTINGS, RELATION.NUMBERING, RELATION.THEME, RELATION.FONT_TABLE),
    *(RELATION.HEADER, RELATION.FOOTER),
}
OF_PARTS = {RELATION.IMAGE, RELATION.FONT}  # what headers, lists and the table of fonts show or hold
DRAWN = {qn("w:drawing"), qn("w:pict"), qn("w:object")}
TOLD_TO_WORD = (
    "w:attachedTemplate",
    "w:docVars",
    "w:mailMerge",
)  # settings that lead elsewhere, or hold words of the house
FETCHING = re.compile(r"\b(?:INCLUDE(?:PICTURE|TEXT)?|LINK|DDE(?:AUTO)?|DATABASE|IMPORT|MACROBUTTON)\b", re.IGNORECASE)
REFERENCES = qn("r:id").removesuffix("id")  # the namespace of attributes that name a relation
Parts = dict[str, bytes]


class _TooLarge(Exception):
    """More than a house style takes when it is unpacked."""


def open_template(path: str) -> WordDocument:
    """A house's file without its text: styles, page, headers and footers. Raises UsageError for what is no such file."""
    if not Path(path).is_file():
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
        self.packed, self.left = packed, MOST_UNPACKED
        self.parts: Parts = {}

    def bare(self) -> io.BytesIO:
        """The package of what is needed."""
        (main,) = (
            to for _, kind, to, outside in self.relations("") if kind == RELATION.OFFICE_DOCUMENT and not outside
        )
        document = self.emptied(main)
        used = {each.get(qn("r:id")) for each in document.iter(qn("w:headerReference"), qn("w:footerReference"))}
        kept = []
        for id_, kind, to, outside in self.relations(main):
            page = kind in (RELATION.HEADER, RELATION.FOOTER)
            if not outside and kind in OF_THE_DOCUMENT and (id_ in used or not page):
                self.take(to, kind)
                kept.append((id_, kind, to, False))
        self.parts[main] = etree.tostring(document)
        self.link(main, kept)
        self.link("", [("rId1", RELATION.OFFICE_DOCUMENT, main, False)])
        self.parts[TYPE_LIST] = self.types()
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as new:
            for name, raw in self.parts.items():
                new.writestr(name, raw)
        made.seek(0)
        return made

    def read(self, name: str, most: int = MOST_UNPACKED) -> bytes:
        """A part, unpacked."""
        raw = bytearray()
        with self.packed.open(name) as opened:
            while piece := opened.read(UNPACKED_AT_ONCE):
                raw += piece
                if len(raw) > min(most, self.left):
                    raise _TooLarge
        self.left -= len(raw)
        return bytes(raw)

    def xml(self, name: str) -> Any:
        """The root of a part of XML."""
        return etree.fromstring(self.read(name, MOST_XML), _parser())

    def relations(self, name: str) -> Iterator[tuple[str, str, str, bool]]:
        """Relations of a part, or of the package: id, type, where it leads, and whether that is outside."""
        folder, file = posixpath.split(name)
        listed = posixpath.join(folder, "_rels", f"{file}.rels")
        if listed in self.packed.NameToInfo:
            for each in self.xml(listed):
                outside = each.get("TargetMode") == "External"
                to = each.get("Target")
                yield each.get("Id"), each.get("Type"), to if outside else _within(folder, to), outside

    def link(self, name: str, relations: list[tuple[str, str, str, bool]]) -> None:
        """Write the relations of a part."""
        folder, file = posixpath.split(name)
        root = etree.Element("Relationships", xmlns="http://schemas.openxmlformats.org/package/2006/relationships")
        for id_, kind, to, outside in relations:
            mode = {"TargetMode": "External"} if outside else {}
            etree.SubElement(root, "Relationship", Id=id_, Type=kind, Target=to if outside else f"/{to}", **mode)
        self.parts[posixpath.join(folder, "_rels", f"{file}.rels")] = etree.tostring(root)

    def emptied(self, name: str) -> Any:
        """The document with the layout of its last page alone; paragraphs are forgotten as they are read."""
        reader = etree.iterparse(
            io.BytesIO(self.read(name, MOST_XML)), events=("end",), resolve_entities=False, no_network=True
        )
        body = qn("w:body")
        for _, element in reader:
            above = element.getparent()
            if above is not None and above.tag == body and element.tag != qn("w:sectPr"):
                above.remove(element)
        root = reader.root
        for element in root.find(body)[:-1]:
            root.find(body).remove(element)
        return root

    def take(self, name: str, kind: str) -> None:
        """Take a part with what it shows, without what it fetches or what of it leads elsewhere."""
        root = self.xml(name)
        kept = []
        for id_, sort, to, outside in self.relations(name):
            if outside and sort == RELATION.HYPERLINK and kind in (RELATION.HEADER, RELATION.FOOTER):
                kept.append((id_, sort, to, True))
            elif not outside and sort in OF_PARTS:
                self.parts[to] = self.read(to)
                kept.append((id_, sort, to, False))
        _drop_references(root, {id_ for id_, *_ in kept})
        _drop_fields(root)
        for told in TOLD_TO_WORD:
            for element in list(root.iter(qn(told))):
                element.getparent().remove(element)
        self.parts[name] = etree.tostring(root)
        if kept:
            self.link(name, kept)

    def types(self) -> bytes:
        """The types of the parts that are kept."""
        root = self.xml(TYPE_LIST)
        for each in list(root):
            if each.get("PartName", "").lstrip("/") not in self.parts and each.get("Extension") is None:
                root.remove(each)
        return bytes(etree.tostring(root))


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)


def _within(folder: str, to: str) -> str:
    """The name of a part that a relation leads to."""
    return posixpath.normpath(to.lstrip("/") if to.startswith("/") else posixpath.join(folder, to))


def _drop_references(root: Any, kept: set[str]) -> None:
    """Drop what refers to a part that is left out: a picture or an object as a whole, else the element."""
    lost = [
        element
        for element in root.iter(etree.Element)
        if any(name.startswith(REFERENCES) and value not in kept for name, value in element.attrib.items())
    ]
    for element in lost:
        drawn = next((each for each in element.iterancestors() if each.tag in DRAWN), element)
        if (above := drawn.getparent()) is not None:
            above.remove(drawn)


def _drop_fields(root: Any) -> None:
    """Empty the fields by which Word would fetch files, or run macros; an instruction may stand in several runs."""
    for paragraph in root.iter(qn("w:p")):
        words = list(paragraph.iter(qn("w:instrText")))
        if FETCHING.search("".join(each.text or "" for each in words)):
            for each in words:
                each.text = ""
    for field in list(root.iter(qn("w:fldSimple"))):
        if FETCHING.search(field.get(qn("w:instr"), "")):
            field.getparent().remove(field)
