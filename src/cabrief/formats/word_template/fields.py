"""Fields of a Word file: which of them a header keeps, and what the others leave behind."""

from __future__ import annotations

import re
from typing import Any

from cabrief.formats.word_template.known import full

KEPT_FIELDS = {
    "PAGE",
    "NUMPAGES",
    "SECTION",
    "SECTIONPAGES",
    "DATE",
    "TIME",
    "TITLE",
    "STYLEREF",
    "CREATEDATE",
    "SAVEDATE",
}
# Switches that a word follows, and what that may be: a way to write, a picture of a number, one of a day or an hour.
SWITCHES = {
    "\\*": re.compile("[A-Za-z]{1,16}", re.ASCII),
    "\\#": re.compile('"?[0#.,%+ -]{1,16}"?'),
    # each part of a picture is read in one way only, so that a long one takes no longer
    "\\@": re.compile('"?(?>y{1,4}|M{1,4}|d{1,4}|[hHms]{1,2}|AM/PM|am/pm|g{1,3}|e{1,2}|[年月日時分秒./:, -]){1,40}+"?'),
}
STYLE_NAME = re.compile(r'"[^"\\]{1,64}"|[\w-]{1,64}')  # the name of one, as STYLEREF names it
LONGEST_INSTRUCTION = 200  # characters of an instruction
MARK, INSTRUCTION, SIMPLE = full("w:fldChar"), full("w:instrText"), full("w:fldSimple")
IN_LINES = tuple(
    full(f"w:{name}")
    for name in ("t", "tab", "ptab", "br", "cr", "sym", "noBreakHyphen", "softHyphen", "pgNum", "drawing", "pict")
)


def is_known(words: str) -> bool:
    """Whether an instruction is that of a page, a day or a title, with nothing in it that it does not need."""
    first, *rest = re.findall(r'"[^"]*"|\S+', words[:LONGEST_INSTRUCTION]) or [""]
    if first.upper() not in KEPT_FIELDS or len(words) > LONGEST_INSTRUCTION:
        return False
    wanted = STYLE_NAME if first.upper() == "STYLEREF" else None
    for word in rest:
        if re.fullmatch(r"\\[*#@a-z]", word):
            wanted = SWITCHES.get(word)
        elif wanted and wanted.fullmatch(word):
            wanted = None
        else:
            return False
    return True


def keep_fields(root: Any) -> None:
    """Keep the known fields, and of any other what it showed last. No field stays within another.

    A field may go on over paragraphs, and may hold others. It begins with its instruction, which nobody sees; `separate` begins
    what it shows. Each element is looked at once.
    """
    reading = _Reading()
    for each in root.iter(MARK, INSTRUCTION, SIMPLE, *IN_LINES):
        reading.take(each)
    for field in reading.open:  # no end of it
        reading.gone += [*field.marks, *field.code]
    for each in reading.gone:
        if (above := each.getparent()) is not None:
            above.remove(each)


class _Field:
    """A field: its marks, what stands in its instruction, and whether it stays."""

    def __init__(self, mark: Any) -> None:
        self.marks, self.code = [mark], list[Any]()
        self.nests, self.stays = False, False


class _Reading:
    """Goes through a header, with the fields that are open."""

    def __init__(self) -> None:
        self.open: list[_Field] = []
        self.outer: int | None = None  # which of them is the first that is still at its instruction
        self.staying = 0  # how many of them stay
        self.gone: list[Any] = []

    def take(self, each: Any) -> None:
        """Take the next element."""
        kind = each.get(full("w:fldCharType")) if each.tag == MARK else ""
        if kind == "begin":
            self.begin(each)
        elif kind == "end" and self.open:
            self.end(each)
        elif kind == "separate" and self.outer is not None and self.outer == len(self.open) - 1:
            self.settle()
            self.open[-1].marks.append(each)
        elif self.outer is not None:
            self.open[self.outer].code.append(each)
        elif each.tag in (MARK, INSTRUCTION):
            self.gone.append(each)

    def begin(self, mark: Any) -> None:
        """A field begins, in the instruction of another perhaps."""
        if self.outer is None:
            self.outer = len(self.open)
        else:
            self.open[self.outer].code.append(mark)
            self.open[self.outer].nests = True
        self.open.append(_Field(mark))

    def settle(self) -> None:
        """The instruction of the innermost field is read."""
        field = self.open[-1]
        words = "".join(each.text or "" for each in field.code if each.tag == INSTRUCTION)
        field.stays = not field.nests and not self.staying and is_known(words)
        self.staying += field.stays
        self.outer = None

    def end(self, mark: Any) -> None:
        """The innermost field ends."""
        if self.outer == len(self.open) - 1:
            self.settle()
        elif self.outer is not None:  # it stands in the instruction of another
            self.open[self.outer].code.append(mark)
            self.open.pop()
            return
        field = self.open.pop()
        field.marks.append(mark)
        self.staying -= field.stays
        self.gone += [each for each in field.code if not field.stays or each.tag != INSTRUCTION]
        if not field.stays:
            self.gone += field.marks
