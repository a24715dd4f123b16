"""Footnotes and links of a Word file, which python-docx has no functions for: the part that holds them, written with lxml.

python-docx writes every other part that a report needs, and reads a house's file. pandoc, which knows footnotes, would come as a
program of 34 MB packed and take its own way with tables and styles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

from cabrief.formats.notes import proper_url
from cabrief.language.layout import width
from cabrief.language.text import xml_words

SEPARATORS = ((-1, "separator"), (0, "continuationSeparator"))  # ids that Word keeps for the lines above the notes


# what follows the notes in the settings, whose order is fixed
AFTER_NOTES = re.compile(
    "endnotePr|compat|docVars|rsids|mathPr|attachedSchema|themeFontLang|clrSchemeMapping|doNotIncludeSubdocsInStats"
    "|doNotAutoCompressPictures|forceUpgrade|captions|readModeInkLockDown|smartTagType|schemaLibrary|shapeDefaults"
    "|doNotEmbedSmartTags|decimalSymbol|listSeparator|docId"
)


class Wording(NamedTuple):
    """Words of one look; `url` makes them a link."""

    words: str
    bold: bool = False
    italic: bool = False
    url: str | None = None


class RunWriter:
    """Puts words into paragraphs of a part of a Word file.

    `styles` gives ids of styles by their names; `east` marks words as East Asian, so that quotes and dashes take that font.
    """

    def __init__(self, part: Any, styles: dict[str, str], *, east: bool) -> None:
        self.part, self.styles, self.east = part, styles, east

    def put(self, paragraph: Any, spans: Iterable[Wording]) -> None:
        """Add spans to a paragraph, an element `w:p`."""
        for span in spans:
            if not span.words:
                continue
            run = self.run(span)
            if span.url:
                link: Any = OxmlElement("w:hyperlink")
                target = self.part.relate_to(proper_url(span.url), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
                link.set(qn("r:id"), target)
                link.append(run)
                paragraph.append(link)
            else:
                paragraph.append(run)

    def run(self, span: Wording, style: str = "") -> Any:
        """Words as a run."""
        run: Any = OxmlElement("w:r")
        words = xml_words(span.words)
        style = "Hyperlink" if span.url else style
        properties = run.get_or_add_rPr()
        if style:
            properties.style = self.styles[style]
        if self.east and width(words) > len(words):  # some character is wide; a lone dagger is not
            properties.get_or_add_rFonts().set(qn("w:hint"), "eastAsia")
        if span.bold:
            properties.get_or_add_b()
        if span.italic:
            properties.get_or_add_i()
        text: Any = OxmlElement("w:t")
        text.text = words
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(text)
        return run


class FootnotePart:
    """The part `footnotes.xml`: each note once, called where its first line stands and pointed to from the others."""

    def __init__(self, document: WordDocument, styles: dict[str, str], *, east: bool) -> None:
        lines = "".join(
            f'<w:footnote w:type="{kind}" w:id="{id_}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
            for id_, kind in SEPARATORS
        )
        self._notes: Any = parse_xml(f"<w:footnotes {nsdecls('w', 'r')}>{lines}</w:footnotes>")
        for id_, relation in list(document.part.rels.items()):
            if relation.reltype == RELATIONSHIP_TYPE.FOOTNOTES:  # of a template, whose text is gone
                del document.part.rels[id_]
        package = document.part.package
        part = XmlPart(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, self._notes, package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        self.writer = RunWriter(part, styles, east=east)
        self._styles = styles
        self._called: set[int] = set()
        _announce(document)

    def call(self, paragraph: Any, number: int, spans: Iterable[Wording]) -> None:
        """Set the mark of a note behind the words of a paragraph; the first mark brings the note, the others point to it."""
        if number in self._called:
            for run in self._pointer(number):
                paragraph.append(run)
            return
        self._called.add(number)
        name = _bookmark(number)
        begin = f'<w:bookmarkStart {nsdecls("w")} w:id="{number}" w:name="{name}"/>'
        paragraph.append(parse_xml(begin))
        paragraph.append(self._styled(f'<w:footnoteReference w:id="{number}"/>'))
        paragraph.append(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{number}"/>'))
        note: Any = parse_xml(f'<w:footnote {nsdecls("w")} w:id="{number}"><w:p/></w:footnote>')
        line = note[0]
        line.style = self._styles["footnote text"]  # an attribute, since a template may call its style anything
        line.append(self._styled("<w:footnoteRef/>"))
        self.writer.put(line, [Wording(" "), *spans])
        self._notes.append(note)

    def _pointer(self, number: int) -> list[Any]:
        """The number of a note that was called before, as a field that Word keeps right."""
        instruction = f'<w:instrText xml:space="preserve"> NOTEREF {_bookmark(number)} \\f \\h </w:instrText>'
        kinds = ("begin", "separate", "end")
        begin, separate, end = (f'<w:fldChar w:fldCharType="{kind}"/>' for kind in kinds)
        return [self._styled(inner) for inner in (begin, instruction, separate, f"<w:t>{number}</w:t>", end)]

    def _styled(self, inner: str) -> Any:
        run: Any = parse_xml(f"<w:r {nsdecls('w')}>{inner}</w:r>")
        run.get_or_add_rPr().style = self._styles["footnote reference"]
        return run


def _bookmark(number: int) -> str:
    return f"_Note{number}"  # Word hides what begins so


def _announce(document: WordDocument) -> None:
    """Tell the settings which notes are the lines above the notes."""
    settings: Any = document.settings.element
    for old in settings.findall(qn("w:footnotePr")):
        settings.remove(old)
    ids = "".join(f'<w:footnote w:id="{id_}"/>' for id_, _ in SEPARATORS)
    element = parse_xml(f"<w:footnotePr {nsdecls('w')}>{ids}</w:footnotePr>")
    after = next((each for each in settings if AFTER_NOTES.fullmatch(etree.QName(each).localname)), None)
    if after is None:
        settings.append(element)
    else:
        after.addprevious(element)
