"""Words in lines: what fits into a width, broken where English and Japanese allow it.

English breaks at spaces. Japanese breaks between any two characters, but no line begins with a closing bracket, a full stop, a
small kana or a prolonging mark, and none ends with an opening bracket (the rules of JIS X 4051 that readers notice).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import count, groupby
from unicodedata import east_asian_width

from cabrief.language.text import in_ranges

NOT_FIRST = frozenset(
    "、。，．・：；？！゛゜ヽヾゝゞ々ー）］｝」』】〉》〕〟’”»〜～–…‥%％℃°,.:;!?)]}ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ†"
)
NOT_LAST = frozenset("（［｛「『【〈《〔〝‘“«([{")
Piece = tuple[str, str]  # words and the name of their style
WIDE_COLUMNS = 2  # columns of a wide character

# Characters that form clusters or whose width the standard library does not know, as the inside of a class; all others need
# no table.
UNSETTLED = (
    "\x7f-\x9f\u00ad\u0300-\u0383\u038b-\u038d\u03a2\u0483-\u0489\u0530-\u167f\u1681-\u1dff\u1f00-\u1fff\u200b-\u200f"
    "\u202a-\u202e\u2060-\u209f\u20c0-\u20ff\u218c-\u218f\u2427-\u245f\u2600-\u2fff\u302a-\u302f\u303f-\u3040\u3097-\u309a"
    "\u3100-\u321f\u4dc0-\u4dff\ua000-\uabff\ud7a4-\udfff\ufa6e-\uff00\uff9e-\uffdf\uffe7-\ufffc\ufffe-\U0010ffff"
)


_is_unsettled = in_ranges(UNSETTLED)


def has_unsettled(words: str) -> bool:
    """Whether a character of some words needs the table of widths."""
    return any(map(_is_unsettled, set(words)))


@cache
def _units() -> re.Pattern[str]:
    """Spaces, words without wide letters, single wide letters."""
    return re.compile(r"\s+|[^\s\u1100-\uffef\U0001f000-\U0003ffff]+|.", re.DOTALL)


def width(words: str) -> int:
    """Columns that words take on a screen: two for a wide character, none for one that is drawn over another."""
    if words.isascii():
        return len(words)
    return _character_width(words) if len(words) == 1 else _measured(words)


@cache
def _is_wide(character: str) -> bool:
    return east_asian_width(character) in "WF"


def _measured(words: str) -> int:
    if not has_unsettled(words):
        return len(words) + sum(map(_is_wide, words))
    from wcwidth import wcswidth

    return max(0, wcswidth(words))


_character_width = lru_cache(4096)(_measured)


def line_width(line: Iterable[Piece]) -> int:
    """Columns that a line of pieces takes."""
    return sum(width(words) for words, _ in line)


def clusters(words: str) -> Iterable[str]:
    """Characters as a reader counts them: a letter with its marks, a family of joined pictures."""
    if not has_unsettled(words):
        return words
    from wcwidth import iter_graphemes

    return iter_graphemes(words)


def _pieces(words: str) -> Iterator[str]:
    """Spaces, words without wide characters, single wide characters."""
    if not has_unsettled(words):
        yield from _units().findall(words)
        return
    number = count()

    def group(cluster: str) -> int:
        return -1 if cluster.isspace() else -2 if width(cluster) < WIDE_COLUMNS else next(number)

    for _, together in groupby(clusters(words), group):
        yield "".join(together)


def units(words: str) -> list[str]:
    """Words cut into what must stay together; spaces are units of their own."""
    if words.isascii():
        return re.findall(r"\s+|\S+", words)
    found: list[list[str]] = []
    before = " "
    for piece in _pieces(words):
        if not before.isspace() and not piece.isspace() and (piece[0] in NOT_FIRST or before[-1] in NOT_LAST):
            found[-1].append(piece)
        else:
            found.append([piece])
        before = piece
    return ["".join(parts) for parts in found]


def longest_unit(parts: Iterable[str]) -> int:
    """Columns that the longest of what must stay together takes."""
    return max((width(unit) for words in parts for unit in units(words)), default=0)


def wrap(pieces: Iterable[Piece], size: int) -> list[list[Piece]]:
    """Lines of at most `size` columns; a unit that is longer than a line is cut.

    A mark that begins no line, at the beginning of a piece, takes the last unit of the piece before it along.
    """
    lines: list[list[Piece]] = [[]]
    used = 0
    last = ""  # the unit that stands last in the line
    for words, style in pieces:
        for place, unit in enumerate(units(words)):
            if unit == "\n":
                lines.append([])
                used = 0
                continue
            wide = width(unit)
            if unit.isspace() and (not used or used + wide > size):
                continue
            if used and used + wide > size:
                clings = place == 0 and unit[0] in NOT_FIRST and width(last) + wide <= size
                carried = _carried(lines[-1], last) if clings else []
                _strip(lines[-1])
                lines.append(carried)
                used = line_width(carried)
            last = unit
            *heads, rest = _cut(unit, size) if wide > size else [unit]
            for head in heads:
                lines[-1].append((head, style))
                lines.append([])
            line = lines[-1]
            if line and line[-1][1] == style:
                line[-1] = (line[-1][0] + rest, style)
            else:
                line.append((rest, style))
            used += width(rest) if heads else wide
    _strip(lines[-1])
    return lines


def _carried(line: list[Piece], last: str) -> list[Piece]:
    """The last unit of a line, taken out of it to begin the next; nothing where the line has no other."""
    if not last.strip() or not line or not line[-1][0].endswith(last):
        return []
    words, style = line[-1]
    left = words.removesuffix(last)
    if not (left.strip() or len(line) > 1):
        return []
    line[-1:] = [(left, style)] if left else []
    return [(last, style)]


def _strip(line: list[Piece]) -> None:
    """Drop the spaces at the end of a line."""
    while line and not line[-1][0].strip():
        line.pop()
    if line:
        line[-1] = (line[-1][0].rstrip(), line[-1][1])


def _cut(unit: str, size: int) -> list[str]:
    """A unit in parts that fit into a line: each as long as can be, or to the last comma, hyphen or slash in it."""
    parts: list[str] = []
    line: list[str] = []  # clusters of a part
    used = 0
    for cluster in clusters(unit):
        wide = width(cluster)
        if line and used + wide > size:
            marks = [i for i, each in enumerate(line) if i and each in ",-/"]
            cut = marks[-1] + 1 if marks else len(line)
            parts.append("".join(line[:cut]))
            line = line[cut:]
            used = sum(map(width, line))
        line.append(cluster)
        used += wide
    return [*parts, "".join(line)]


def columns(natural: Sequence[int], least: Sequence[int], size: int) -> list[int]:
    """Widths of columns that share `size`: as wide as they want where there is room, else the widest give way first."""
    widths = list(natural)
    spare = sum(widths) - size
    while spare > 0 and (given := {i for i, wanted in enumerate(least) if widths[i] > wanted}):
        widest = max(widths[i] for i in given)
        alike = sorted(i for i in given if widths[i] == widest)
        below = max((widths[i] for i in given if widths[i] < widest), default=0)
        cut = min(widest - below, *(widest - least[i] for i in alike))  # as far as these are the widest, or have room
        each, rest = divmod(min(spare, cut * len(alike)), len(alike))
        for place, i in enumerate(alike):
            widths[i] -= each + (place < rest)
        spare -= each * len(alike) + rest
    return widths
