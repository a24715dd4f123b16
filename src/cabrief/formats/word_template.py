"""A house's Word file as a template: its styles, page, headers and footers, and nothing else of it.

Comments, macros, the text, whatever was inserted into it, and links to files elsewhere stay behind: a brief must not carry them
out of the house. So a new package is made of the few parts that are needed, and the library opens that.
"""

from __future__ import annotations

import io
import posixpath
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
from cabrief.formats.word_parts import (
    LINKS,
    drop_references,
    hidden_styles,
    keep_page,
    keep_settings,
    keep_shown,
    keep_style,
)

MOST_UNPACKED = 50_000_000  # bytes of all parts that are kept
MOST_XML = 8_000_000  # bytes of one part of XML; in memory it takes thirty times as much
UNPACKED_AT_ONCE = 65_536  # bytes unpacked at once
TYPE_LIST = "[Content_Types].xml"
OF_THE_DOCUMENT = {
    *(RELATION.STYLES, RELATION.SETTINGS, RELATION.NUMBERING, RELATION.THEME, RELATION.FONT_TABLE),
    *(RELATION.HEADER, RELATION.FOOTER),
}
ON_PAGES = (qn("w:headerReference"), qn("w:footerReference"))
OF_PARTS = {RELATION.IMAGE, RELATION.FONT}  # what headers, lists and the table of fonts show or hold
Parts = dict[str, bytes]


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
        self.packed, self.left = packed, MOST_UNPACKED
        self.parts: Parts = {}
        self.hidden: set[str] = set()  # styles that hide their text

    def bare(self) -> io.BytesIO:
        """The package of what is needed."""
        (main,) = (
            to for _, kind, to, outside in self.relations("") if kind == RELATION.OFFICE_DOCUMENT and not outside
        )
        document = self.emptied(main)
        used = {each.get(qn("r:id")) for each in document.iter(*ON_PAGES)}
        kept = []
        # styles come first, since they say what of a header is hidden
        for id_, kind, to, outside in sorted(self.relations(main), key=lambda each: each[1] != RELATION.STYLES):
            page = kind in (RELATION.HEADER, RELATION.FOOTER)
            if not outside and kind in OF_THE_DOCUMENT and (id_ in used or not page):
                self.take(to, kind)
                kept.append((id_, kind, to, False))
        drop_references(document, {id_ for id_, *_ in kept})
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
        """The document with the layout of its last page alone; what stands on its pages is forgotten as it is read.

        A section without a header or footer of a kind has that of the section before it.
        """
        reader = etree.iterparse(
            io.BytesIO(self.read(name, MOST_XML)),
            events=("end",),
            resolve_entities=False,
            no_network=True,
            remove_comments=True,
            remove_pis=True,
        )
        body, section = qn("w:body"), qn("w:sectPr")
        inherited: dict[tuple[str, str], Any] = {}
        for _, element in reader:
            if element.tag in ON_PAGES:
                inherited[element.tag, element.get(qn("w:type"), "default")] = element
            above = element.getparent()
            if above is not None and above.tag == body and element.tag != section:
                above.remove(element)
        root = reader.root
        pages = root.find(body)
        for element in [*root, *pages[:-1]]:
            if element is not pages:
                element.getparent().remove(element)
        for last in pages:
            keep_page(last)
            for old in last.findall("*"):
                if old.tag in ON_PAGES:
                    last.remove(old)
            last[:0] = inherited.values()
        return root

    def take(self, name: str, kind: str) -> None:
        """Take a part with what it shows, without what it fetches or what of it leads elsewhere."""
        root = self.xml(name)
        kept = []
        page = kind in (RELATION.HEADER, RELATION.FOOTER)
        for id_, sort, to, outside in self.relations(name):
            if outside and sort == RELATION.HYPERLINK and page and LINKS.match(to):
                kept.append((id_, sort, to, True))
            elif not outside and sort in OF_PARTS:
                self.parts[to] = self.read(to)
                kept.append((id_, sort, to, False))
        if page:
            keep_shown(root, self.hidden)
        elif kind == RELATION.SETTINGS:
            keep_settings(root)
        else:
            keep_style(root)
        if kind == RELATION.STYLES:
            self.hidden = hidden_styles(root)
        drop_references(root, {id_ for id_, *_ in kept})
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
    return etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)


def _within(folder: str, to: str) -> str:
    """The name of a part that a relation leads to."""
    return posixpath.normpath(to.lstrip("/") if to.startswith("/") else posixpath.join(folder, to))
