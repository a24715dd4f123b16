"""What stays of the parts of a Word file that serves as a template: what a page shows, as Word would print it.

A part is made anew of what is known to say how a page looks (`known.py`); whatever else it holds is not copied. A brief must
not carry words that nobody sees out of the house: deleted, hidden or commented text, names of authors, settings. It must not make
Word fetch anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from lxml import etree

from cabrief.formats.word_template.fields import is_known, keep_fields
from cabrief.formats.word_template.hiding import OFF, Hiding, hides, is_on
from cabrief.formats.word_template.known import (
    CHILDREN,
    NAMESPACES,
    RELATED,
    SHAPES,
    UNWRAPPED,
    WITH_WORDS,
    full,
)
from cabrief.formats.word_template.values import kept_attributes, without_unseen

UNCUT = re.compile("[+-]?[0.]*[fp%]?")  # what is said of a side of a picture where nothing is cut off
CROPS = {"l", "t", "r", "b", "cropleft", "croptop", "cropright", "cropbottom"}
SEEING = ("visibility", "display", "mso-hide")  # what of a style says whether it is shown
UNSEEN = ("hidden", "none", "collapse", "all", "screen", "print")  # what it says where it is not
WITH_PICTURE = {"tile", "pattern", "frame"}  # fillings that are pictures
WORDS_SETTINGS = "http://schemas.microsoft.com/office/word"
OLD_DRAWINGS = f"{{{NAMESPACES['v']}}}"
GONE_ROW = (full("w:del"), full("w:hidden"))
MERGES = (full("w:vMerge"), full("w:hMerge"))
ENDING_IN_PARAGRAPH = {full("w:hdr"), full("w:ftr"), full("w:tc"), full("w:txbxContent")}
ON_PAGES = (full("w:headerReference"), full("w:footerReference"))
ENCLOSING = {full("w:hyperlink"), full("w:fldSimple")}  # what does not stay is taken off what it holds
DRAWN = {full("wp:inline"), full("wp:anchor"), full("pic:pic")}
# elements that nobody sees where none of these is left in them
NOT_WITHOUT = {
    full("w:tbl"): {full("w:tr")},
    full("w:tr"): {full("w:tc")},
    full("w:drawing"): {full("wp:inline"), full("wp:anchor")},
    full("wp:inline"): {full("a:graphic")},
    full("wp:anchor"): {full("a:graphic")},
    full("a:graphic"): {full("a:graphicData")},
    full("a:graphicData"): {full("pic:pic")},
    full("pic:pic"): {full("pic:blipFill")},
    full("pic:blipFill"): {full("a:blip")},
    full("w:pict"): SHAPES,
    full("v:group"): SHAPES,
}
SEEN = [full(f"w:{name}") for name in ("t", "sym", "drawing", "pict", "fldChar")]
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
FORMS_OF_SHAPES = f"""<a:fmtScheme {nsdecls("a")} name="">
  <a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>{f'<a:ln w="9525">{_FILL}</a:ln>' * 3}</a:lnStyleLst>
  <a:effectStyleLst>{"<a:effectStyle><a:effectLst/></a:effectStyle>" * 3}</a:effectStyleLst>
  <a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst>
</a:fmtScheme>"""  # which nothing in a brief takes, but a theme must have


def copied(root: Any, hiding: Hiding | None = None) -> Any:
    """A part made anew of what is known; `hiding` tells which styles hide the text of a header."""
    made = etree.Element(root.tag, kept_attributes(root), nsmap=NAMESPACES)
    _Copier(hiding or Hiding()).fill(root, made, hidden=False)
    _end(made)
    return made


def copied_theme(root: Any) -> Any:
    """The colours and fonts of a theme."""
    made = copied(root)
    for each in made.iter(full("a:themeElements")):
        each.append(parse_xml(FORMS_OF_SHAPES))
    return made


def copied_lists(root: Any, hiding: Hiding, used: set[str]) -> Any:
    """The lists of some numbers; the others tell of the template's own text."""
    made = copied(root, hiding)
    _drop(made, lambda each: each.tag == full("w:num") and each.get(full("w:numId")) not in used)
    shapes = {each.get(full("w:val")) for each in made.iter(full("w:abstractNumId"))}
    _drop(made, lambda each: each.tag == full("w:abstractNum") and each.get(full("w:abstractNumId")) not in shapes)
    return made


def numbers_of_lists(root: Any) -> set[str]:
    """Numbers of the lists that a part uses."""
    return {each.get(full("w:val"), "") for each in root.iter(full("w:numId"))}


def copied_margin(root: Any, hiding: Hiding) -> Any:
    """A header or footer as Word shows it."""
    made = copied(root, hiding)
    keep_fields(made)
    for run in list(made.iter(full("w:r"))):
        if not _holds(run):
            run.getparent().remove(run)
    for link in list(made.iter(full("w:hyperlink"))):
        if not any(each.tag != full("w:t") or (each.text or "").strip() for each in link.iter(*SEEN)):
            link.getparent().remove(link)
    return made


def drop_unseen_margins(document: Any, settings: Any) -> None:
    """Drop headers and footers of first and of even pages where Word is not told to show them."""
    even = settings is not None and any(map(is_on, settings.iterchildren(full("w:evenAndOddHeaders"))))
    for section in document.iter(full("w:sectPr")):
        first = any(map(is_on, section.iterchildren(full("w:titlePg"))))
        for each in list(section.iterchildren(*ON_PAGES)):
            side = each.get(full("w:type"), "default")
            if (side == "first" and not first) or (side == "even" and not even):
                section.remove(each)


def references_in(root: Any) -> Iterator[tuple[Any, str, str]]:
    """What refers to another part or to an address: the element, its attribute, the id of the relation."""
    for each in list(root.iter(*RELATED)):
        name = RELATED[each.tag]
        yield each, name, each.get(name, "")


def drop_reference(element: Any) -> None:
    """Drop what refers to something that is left out: a picture as a whole, else the element; of a link, its words stay."""
    if element.tag == full("w:hyperlink"):
        for each in list(element):
            element.addprevious(each)
    else:
        element = next(element.iterancestors(full("w:drawing"), full("w:pict")), element)
    if (above := element.getparent()) is not None:
        above.remove(element)


class _Copier:
    """Copies what is known. Revisions are taken as accepted; of two ways to draw a thing the older one is taken."""

    def __init__(self, hiding: Hiding) -> None:
        self.hiding = hiding

    def fill(self, source: Any, into: Any, *, hidden: bool) -> None:
        """Copy what an element holds; `hidden` is whether a style above hides text."""
        known = CHILDREN.get(into.tag, frozenset())
        for each in source.iterchildren(etree.Element):
            tag = each.tag
            if tag in UNWRAPPED or (tag in ENCLOSING and not (tag in known and _is_known_field(each))):
                self.fill(each, into, hidden=hidden)
            elif tag == full("mc:AlternateContent"):
                for old in each.iterchildren(full("mc:Fallback")):
                    self.fill(old, into, hidden=hidden)
            elif tag in known and not self.is_unseen(each, hidden=hidden):
                self.copy(each, into, hidden=hidden)

    def copy(self, each: Any, into: Any, *, hidden: bool) -> None:
        """Copy an element with what it holds."""
        made = etree.SubElement(into, each.tag, kept_attributes(each))
        if each.tag in WITH_WORDS:
            made.text = without_unseen(each.text or "")
        inner = self.hiding.below(each, hidden=hidden)
        self.fill(each, made, hidden=inner)
        if each.tag == full("w:lvl") and self.hiding.hides_number(each):
            for words in made.iterchildren(full("w:lvlText")):
                words.set(full("w:val"), "")
        if each.tag == full("w:tc") and _is_covered(each):
            _drop(made, lambda one: one.tag != full("w:tcPr"))  # the cell before it covers it
        _end(made)
        needed = NOT_WITHOUT.get(each.tag)
        if needed and not any(one.tag in needed for one in made):
            into.remove(made)
        if each.tag == full("w:p") and (inner or any(hides(look) for look in each.iterchildren(full("w:pPr")))):
            if not _holds(made):
                into.remove(made)
            for look in made.iterchildren(full("w:pPr")):  # a number of its own would be seen
                _drop(look, lambda one: one.tag in (full("w:pStyle"), full("w:numPr")))

    def is_unseen(self, each: Any, *, hidden: bool) -> bool:
        """Whether Word shows nothing of an element."""
        tag = each.tag
        if tag == full("w:r"):
            return self.hiding.hides_run(each, hidden=hidden)
        if tag == full("w:tr"):
            looks = each.iterchildren(full("w:trPr"))
            return any(is_on(one) for look in looks for one in look.iterchildren(*GONE_ROW))
        if tag == full("w:tc"):
            return each.find(f"{full('w:tcPr')}/{full('w:cellDel')}") is not None
        if tag == full("w:compatSetting"):
            return bool(each.get(full("w:uri")) != WORDS_SETTINGS)
        if tag in DRAWN:
            told = (
                each,
                *each.iterfind(full("wp:docPr")),
                *each.iterfind(f"{full('pic:nvPicPr')}/{full('pic:cNvPr')}"),
            )
            cut = each.iterfind(f"{full('pic:blipFill')}/{full('a:srcRect')}")
            return any(one.get("hidden", "0") not in OFF for one in told) or any(map(_is_cropped, cut))
        return tag.startswith(OLD_DRAWINGS) and _is_unseen_shape(each)


def _drop(element: Any, unwanted: Callable[[Any], bool]) -> None:
    for each in list(element):
        if unwanted(each):
            element.remove(each)


def _end(made: Any) -> None:
    """Put a paragraph at the end of what must end with one."""
    if made.tag in ENDING_IN_PARAGRAPH and (not len(made) or made[-1].tag != full("w:p")):
        etree.SubElement(made, full("w:p"))


def _is_unseen_shape(shape: Any) -> bool:
    """Whether a part of a drawing of old is not shown, or filled with a picture, which could come from anywhere."""
    for each in shape.get("style", "").lower().split(";"):
        name, _, value = each.partition(":")
        if any(word in name for word in SEEING) and any(word in value for word in UNSEEN):
            return True
    if shape.get("print", "t") in {*OFF, "f"} or (shape.tag == full("v:imagedata") and _is_cropped(shape)):
        return True
    return (shape.tag == full("v:fill") and shape.get("type") in WITH_PICTURE) or (
        shape.tag == full("v:textpath") and shape.get("on", "t") in {*OFF, "f"}
    )


def _is_cropped(picture: Any) -> bool:
    """Whether a part of a picture is cut off: the file holds it still."""
    sides = (value for name, value in picture.attrib.items() if name in CROPS)
    return not all(UNCUT.fullmatch(value) for value in sides)


def _is_covered(cell: Any) -> bool:
    """Whether a cell is merged into the one before it, and so shows nothing of its own."""
    looks = cell.iterchildren(full("w:tcPr"))
    return any(each.get(full("w:val")) != "restart" for look in looks for each in look.iterchildren(*MERGES))


def _is_known_field(element: Any) -> bool:
    return element.tag != full("w:fldSimple") or is_known(element.get(full("w:instr"), ""))


def _holds(element: Any) -> bool:
    """Whether a run or a paragraph holds more than its look."""
    return any(each.tag not in (full("w:rPr"), full("w:pPr")) for each in element)
