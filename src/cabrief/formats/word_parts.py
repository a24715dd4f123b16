"""What stays of the parts of a Word file that serves as a template: what a page shows, as Word would print it.

Whatever is not known to be harmless is dropped. A brief must not carry words that nobody sees out of the house: deleted, hidden
or commented text, names of authors, settings. It must not make Word fetch anything. The elements are those of ECMA-376, part 1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

WORD = qn("w:p").removesuffix("p")  # the namespace of the elements below
RELATIONS = qn("r:id").removesuffix("id")  # the namespace of attributes that name a relation
CONTENT = {
    *("hdr", "ftr", "p", "r", "t", "tab", "ptab", "br", "cr", "sym", "noBreakHyphen", "softHyphen", "pgNum"),
    *("fldChar", "instrText", "fldSimple", "hyperlink", "drawing", "pict"),
    *("tbl", "tblGrid", "gridCol", "tr", "tc", "txbxContent"),
}
PROPERTIES = {"pPr", "rPr", "tblPr", "tblPrEx", "trPr", "tcPr"}  # how content looks: kept, revisions apart
UNWRAPPED = {"ins", "moveTo", "smartTag", "customXml", "sdt", "sdtContent", "dir", "bdo"}
GONE_ROW = f"./{WORD}trPr/{WORD}del"
REVISION = re.compile(r".*Change|ins|del|moveFrom|moveTo|cellIns|cellDel|cellMerge|sectPr")  # of properties
HIDING = ("vanish", "specVanish", "webHidden")
OFF = {"0", "false", "off"}
FIELDS = {"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "DATE", "TIME", "TITLE", "STYLEREF", "CREATEDATE", "SAVEDATE"}
PAGE = {
    *("headerReference", "footerReference", "pgSz", "pgMar", "pgBorders", "pgNumType", "lnNumType", "cols"),
    *("titlePg", "textDirection", "bidi", "rtlGutter", "docGrid", "type", "vAlign", "noEndnote"),
}
VISIBLE_SETTINGS = {
    *("zoom", "mirrorMargins", "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "gutterAtTop"),
    *("evenAndOddHeaders", "defaultTabStop", "autoHyphenation", "hyphenationZone", "doNotHyphenateCaps", "compat"),
    *("characterSpacingControl", "noLineBreaksAfter", "noLineBreaksBefore", "themeFontLang", "clrSchemeMapping"),
    *("decimalSymbol", "listSeparator", "bookFoldPrinting", "drawingGridHorizontalSpacing"),
    *("drawingGridVerticalSpacing", "displayHorizontalDrawingGridEvery", "displayVerticalDrawingGridEvery"),
}
LEADING = re.compile(r"href|src|link|action|formula|movie", re.IGNORECASE)  # attributes of drawings that lead elsewhere
LINKS = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)  # what a link of a header may lead to


def keep_page(section: Any) -> None:
    """Keep of the layout of a page what it looks like; a printer of the house is none of it."""
    _drop(section, lambda each: _word(each) not in PAGE)


def keep_settings(root: Any) -> None:
    """Keep of the settings those that change what a page looks like."""
    _drop(root, lambda each: _word(each) not in VISIBLE_SETTINGS)


def keep_style(root: Any) -> None:
    """Keep of styles, lists, a theme or a table of fonts all but revisions, with their authors and days."""
    _strip(root)
    for each in list(root.iter(etree.Element)):
        if _word(each).endswith("Change"):
            _remove(each)


def hidden_styles(root: Any) -> set[str]:
    """Ids of the styles that hide their text."""
    return {
        style.get(qn("w:styleId"), "")
        for style in root.iter(qn("w:style"))
        if any(_is_hidden(each) for each in style.iter(qn("w:rPr")))
    }


def keep_shown(root: Any, hidden: set[str]) -> None:
    """Keep of a header or footer what Word shows and fetches nothing for; `hidden` are styles that hide their text."""
    _strip(root)
    _keep_content(root, hidden)
    _keep_fields(root)
    for drawn in _drawings(root):
        if any(_leads_away(each) for each in drawn.iter(etree.Element)):
            _remove(drawn)


def drop_references(root: Any, kept: set[str]) -> None:
    """Drop what refers to a part that is left out: a picture as a whole, else the element; of a link, its words stay."""
    for element in list(root.iter(etree.Element)):
        lost = [name for name, value in element.attrib.items() if name.startswith(RELATIONS) and value not in kept]
        if not lost:
            continue
        if element.tag == qn("w:hyperlink"):
            _unwrap(element)
        else:
            drawn = next((each for each in element.iterancestors() if _word(each) in ("drawing", "pict")), element)
            _remove(drawn)


def _keep_content(element: Any, hidden: set[str]) -> None:
    """Below an element, keep what is known; revisions are taken as accepted. Drawings hold text as well."""
    for each in list(element):
        name = _word(each)
        if name in PROPERTIES:
            _drop(each, lambda one: bool(REVISION.fullmatch(_word(one))))
            for inner in each.iter(qn("w:rPr")):
                _drop(inner, lambda one: bool(REVISION.fullmatch(_word(one))))
        elif name in UNWRAPPED:
            _keep_content(each, hidden)
            _unwrap(each)
        elif (
            (each.tag.startswith(WORD) and name not in CONTENT)
            or (name == "r" and _hides(each, hidden))
            or (name == "tr" and each.find(GONE_ROW) is not None)
        ):
            _remove(each)
        else:
            _keep_content(each, hidden)


def _keep_fields(root: Any) -> None:
    """Keep the fields of pages, days and titles, and of any other what it showed last.

    A field may go on over paragraphs, and may hold others.
    """
    for simple in list(root.iter(qn("w:fldSimple"))):
        if not _is_known(simple.get(qn("w:instr"), "")):
            _unwrap(simple)
    open_: list[_Field] = []
    done: list[_Field] = []
    for each in root.iter(qn("w:fldChar"), qn("w:instrText"), qn("w:t")):
        kind = each.get(qn("w:fldCharType")) if each.tag == qn("w:fldChar") else ""
        if kind == "begin":
            open_.append(_Field())
        for field in open_:
            field.see(each, own=field is open_[-1])
        if kind == "end" and open_:
            done.append(open_.pop())
        elif each.tag != qn("w:t") and not open_:
            done.append(_Field(each))
    for field in done:
        field.drop(whole=False)
    for field in open_:  # no end of it
        field.drop(whole=True)


class _Field:
    """A field: its marks and its instruction, and what stands in the instruction."""

    def __init__(self, *parts: Any) -> None:
        self.parts, self.words, self.shows = list(parts), "", False

    def see(self, each: Any, *, own: bool) -> None:
        """Take what stands between the marks; what is shown belongs to the header."""
        if own and each.tag == qn("w:fldChar"):
            self.parts.append(each)
            self.shows = self.shows or each.get(qn("w:fldCharType")) == "separate"
        elif not self.shows:
            self.parts.append(each)
            self.words += (each.text or "") if each.tag == qn("w:instrText") else ""

    def drop(self, *, whole: bool) -> None:
        """Drop a field that is not known, or that has no end."""
        if whole or not _is_known(self.words):
            for each in self.parts:
                _remove(each)


def _is_known(instruction: str) -> bool:
    return (instruction.split() or [""])[0].upper() in FIELDS


def _hides(run: Any, hidden: set[str]) -> bool:
    """Whether a run is hidden, by itself or by the style of it or of its paragraph."""
    look = run.find(qn("w:rPr"))
    above = next(run.iterancestors(qn("w:p")), None)
    named = [
        each.get(qn("w:val"))
        for place, tag in ((look, "w:rStyle"), (above.find(qn("w:pPr")) if above is not None else None, "w:pStyle"))
        for each in (place.findall(qn(tag)) if place is not None else ())
    ]
    return (look is not None and _is_hidden(look)) or not hidden.isdisjoint(named)


def _is_hidden(look: Any) -> bool:
    return any(each.get(qn("w:val"), "1") not in OFF for name in HIDING for each in look.findall(qn(f"w:{name}")))


def _drawings(root: Any) -> Iterator[Any]:
    yield from list(root.iter(qn("w:drawing"), qn("w:pict")))


def _leads_away(element: Any) -> bool:
    """Whether a part of a drawing leads to somewhere else by an address of its own; relations are looked at apart."""
    return any(
        LEADING.search(etree.QName(name).localname) and not name.startswith(RELATIONS) for name in element.attrib
    )


def _strip(root: Any) -> None:
    """Drop the numbers by which Word tells who wrote what in which session, and names of files that pictures came from."""
    for each in root.iter(etree.Element):
        for name in list(each.attrib):
            local = etree.QName(name).localname
            if local.startswith("rsid") or local in {"paraId", "textId"}:
                del each.attrib[name]
        if etree.QName(each).localname == "cNvPr":
            each.attrib.pop("descr", None)
            each.set("name", "")


def _word(element: Any) -> str:
    """The name of an element of Word's own; empty for another's."""
    return str(element.tag).removeprefix(WORD) if str(element.tag).startswith(WORD) else ""


def _drop(element: Any, unwanted: Callable[[Any], bool]) -> None:
    for each in list(element):
        if unwanted(each):
            element.remove(each)


def _remove(element: Any) -> None:
    if (above := element.getparent()) is not None:
        above.remove(element)


def _unwrap(element: Any) -> None:
    """Leave what an element holds in its place."""
    above = element.getparent()
    at = above.index(element)
    above[at : at + 1] = list(element)
