"""Attributes of a Word file that serves as a template: which of them stay, and what may stand in them."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from cabrief.formats.word_template.known import ATTRIBUTES, NAMELESS, NAMESPACES, RELATED, WITH_WORDS, WORDED, full
from cabrief.language.text import visible

ONE_WORD = re.compile(r"[\w.,;%#+-]{0,64}")  # a value of Word's own that is no words
# Of a drawing: a word, a colour, or numbers; a way to draw; and how a point of it is worked out.
VALUE = re.compile(r"#?[\w.,;%+@-]{0,32}(?: \[\d{1,6}\])?|[-\d.,@# ]*", re.ASCII)
PATH = re.compile(r"(?:[mlcxewatrvnhfsqi]{1,4}(?![a-z])|[\d@,. -])*", re.ASCII)
FORMULA_WORD = re.compile(
    r"val|sum|prod|mid|abs|min|max|if|mod|sqrt|sin|cos|tan|c?at2|sat2|atan2|cosatan2|sinatan2|sumangle|ellipse|pin|[*+?][/:-]"
    r"|lineDrawn|pixelLineWidth|pixelWidth|pixelHeight|emu(?:Width|Height)2?|width|height|[xy](?:center|limo|range)"
    r"|hasfill|hasstroke|[@#]?-?\d{1,9}",
    re.ASCII,
)
LONGEST_FONT_NAME = 64  # characters of the name of a font
DECLARATION = re.compile(
    r"(?:position|left|top|width|height|margin|z-index|rotation|flip|text-align|layout-flow|font|mso|v-text)[a-z-]*:"
    r"(?:[\w.,%#+-]{0,32}|(?<=font-family:)[\w'\", -]{0,64})",
    re.IGNORECASE,
)  # of the style of a drawing of old
OLD_SHAPE = re.compile(r"_x0000_[a-z]{1,2}\d{1,12}")  # an id that Word gives a shape
DRAWINGS = tuple(f"{{{NAMESPACES[each]}}}" for each in ("wp", "a", "pic"))
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def without_unseen(words: str) -> str:
    """Words without the characters that nobody sees."""
    return visible(words).replace("\ufffd", "")


def kept_attributes(element: Any) -> dict[str, str]:
    """Those attributes of an element that stay."""
    tag = element.tag
    known = ATTRIBUTES.get(etree.QName(tag).namespace, frozenset())
    kept = {
        name: without_unseen(value)
        for name, value in element.attrib.items()
        if name in known and _is_fit(tag, name, value)
    }
    if (related := RELATED.get(tag)) and related in element.attrib:
        kept[related] = element.get(related)
    if "style" in kept:
        pairs = (each.partition(":") for each in kept["style"].split(";"))
        said = (f"{name.strip()}:{value.strip()}" for name, _, value in pairs)
        kept["style"] = ";".join(each for each in said if DECLARATION.fullmatch(each))
    if tag in (full("w:noLineBreaksAfter"), full("w:noLineBreaksBefore")) and full("w:val") in kept:
        kept[full("w:val")] = "".join(sorted(set(kept[full("w:val")])))  # characters, in whatever order
    if tag in NAMELESS:
        kept["name"] = ""
    if tag == full("a:graphicData"):
        kept["uri"] = NAMESPACES["pic"]
    if tag in WITH_WORDS and SPACE in element.attrib:
        kept[SPACE] = "preserve"
    return kept


def _is_fit(tag: str, name: str, value: str) -> bool:
    """Whether a value may be that of an attribute; words may stand in few."""
    if tag.startswith(f"{{{NAMESPACES['w']}}}"):
        return (tag, name) in WORDED or bool(ONE_WORD.fullmatch(value))
    if name == "string":
        return bool(tag == full("v:textpath"))
    if name == "id":
        return bool((ONE_WORD if tag.startswith(DRAWINGS) else OLD_SHAPE).fullmatch(value))
    if name in ("style", "typeface"):  # the one is sorted out by itself, the other is a font's name
        return len(value) <= LONGEST_FONT_NAME or name == "style"
    if name in ("eqn", "fmla"):
        return all(map(FORMULA_WORD.fullmatch, value.split(" ")))
    return bool((PATH if name in ("path", "v") else VALUE).fullmatch(value))
