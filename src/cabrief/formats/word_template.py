"""A house's Word file as a template: its styles, page, headers and footers, and nothing else of it.

Comments, macros, the text, whatever was inserted into it, and links to files elsewhere stay behind: a brief must not carry them
out of the house.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml.ns import qn

from cabrief.errors import UsageError

MOST_UNPACKED = 50_000_000  # of all parts, unpacked
MOST_PARTS = 2_000
KEPT = {
    RELATION.STYLES,
    RELATION.SETTINGS,
    RELATION.NUMBERING,
    RELATION.THEME,
    RELATION.FONT_TABLE,
    RELATION.HEADER,
    RELATION.FOOTER,
}
ABOUT_THE_FILE = {RELATION.OFFICE_DOCUMENT, RELATION.CORE_PROPERTIES}
DRAWN = ("w:drawing", "w:pict", "w:object")
TOLD_TO_WORD = (
    "w:attachedTemplate",
    "w:docVars",
    "w:mailMerge",
)  # settings that lead elsewhere, or hold words of the house


def open_template(path: str) -> WordDocument:
    """A house's file without its text: styles, page, headers and footers. Raises UsageError for what is no such file."""
    if not Path(path).is_file():
        raise no_template(path, "there is no such file", "ファイルがない")
    try:
        _check_size(path)
        document = docx.Document(path)
        _empty(document)
    except PermissionError:
        raise no_template(path, "it may not be read", "読む権限がない") from None
    except UsageError:
        raise
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


def _check_size(path: str) -> None:
    """Refuse a file that takes more than any house style when it is unpacked; its directory says so before that."""
    with zipfile.ZipFile(path) as packed:
        parts = packed.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        most = MOST_UNPACKED // 1_000_000
        raise no_template(path, f"it is larger than {most} MB when unpacked", f"展開すると{most}メガバイトを超える")


def _empty(document: WordDocument) -> None:
    """Drop the text, and every part that the pages of a report do not need."""
    body = document.element.body
    for element in list(body):
        if element.tag != qn("w:sectPr"):
            body.remove(element)
    used = {reference.get(qn("r:id")) for reference in body.iter(qn("w:headerReference"), qn("w:footerReference"))}
    for id_, relation in list(document.part.rels.items()):
        page = relation.reltype in (RELATION.HEADER, RELATION.FOOTER)
        if relation.is_external or relation.reltype not in KEPT or (page and id_ not in used):
            del document.part.rels[id_]
    package = document.part.package
    for id_, relation in list(package.rels.items()):
        if relation.is_external or relation.reltype not in ABOUT_THE_FILE:
            del package.rels[id_]
    settings = document.settings.element
    for name in TOLD_TO_WORD:
        for element in list(settings.iter(qn(name))):
            element.getparent().remove(element)
    for part in _parts(document.part):
        _drop_links(part)


def _parts(part: Any) -> Iterator[Any]:
    """A part and all that it leads to, each once."""
    found, left = {part}, [part]
    while left:
        each = left.pop()
        yield each
        inner = {relation.target_part for relation in each.rels.values() if not relation.is_external} - found
        found |= inner
        left += inner


def _drop_links(part: Any) -> None:
    """Drop what a part fetches from elsewhere: linked pictures and objects; a link that a reader follows stays."""
    for id_, relation in list(part.rels.items()):
        if not relation.is_external or relation.reltype == RELATION.HYPERLINK:
            continue
        for element in (
            [each for each in part.element.iter() if id_ in each.attrib.values()] if hasattr(part, "element") else []
        ):
            drawn = next((each for each in element.iterancestors() if each.tag in map(qn, DRAWN)), element)
            if drawn.getparent() is not None:
                drawn.getparent().remove(drawn)
        del part.rels[id_]
