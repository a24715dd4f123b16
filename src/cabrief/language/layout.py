"""Words in lines: what fits into a width, broken where English and Japanese allow it.

English breaks at spaces. Japanese breaks between any two characters, but no line begins with a closing bracket, a full stop, a
small kana or a prolonging mark, and none ends with an opening bracket (the rules of JIS X 4051 that readers notice).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

NOT_FIRST = frozenset(
    "、。，．・：；？！゛゜ヽヾゝゞ々ー）］｝」』】〉》〕〟’”»〜～…‥%％℃°,.:;!?)]}ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
)
NOT_LAST = frozenset("（［｛「『【〈《〔〝‘“«([{")
Piece = tuple[str, str]  # words and the name of their style


@cache
def _units() -> re.Pattern[str]:
    """Spaces, words without wide letters, single wide letters; compiled where something is wrapped, which takes a while."""
    return re.compile(r"\s+|[^\s\u1100-\uffef\U0001f000-\U0003ffff]+|.", re.DOTALL)


def width(words: str) -> int:
    """Columns that words take on a screen: two for a wide character, none for a combining one."""
    if words.isascii():
        return len(words)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in words)


def units(words: str) -> list[str]:
    """Words cut into what must stay together; spaces are units of their own."""
    if words.isascii():
        return re.findall(r"\s+|\S+", words)
    found: list[str] = []
    for unit in _units().findall(words):
        before = found[-1] if found else ""
        glued = (
            before and not before.isspace() and not unit.isspace() and (unit[0] in NOT_FIRST or before[-1] in NOT_LAST)
        )
        if glued:
            found[-1] += unit
        else:
            found.append(unit)
    return found


def wrap(pieces: Iterable[Piece], size: int) -> list[list[Piece]]:
    """Lines of at most `size` columns; a unit that is longer than a line is cut."""
    lines: list[list[Piece]] = [[]]
    used = 0
    for words, style in pieces:
        for unit in units(words):
            if unit == "\n":
                lines.append([])
                used = 0
                continue
            wide = width(unit)
            if used + wide > size:
                if unit.isspace():
                    continue
                _strip(lines[-1])
                if used:
                    lines.append([])
                    used = 0
                while wide > size:
                    head = _head(unit, size)
                    lines[-1].append((head, style))
                    lines.append([])
                    unit = unit[len(head) :]  # noqa: PLW2901 - what is left of it
                    wide = width(unit)
            elif not used and unit.isspace():
                continue
            line = lines[-1]
            if line and line[-1][1] == style:
                line[-1] = (line[-1][0] + unit, style)
            else:
                line.append((unit, style))
            used += wide
    _strip(lines[-1])
    return lines


def _strip(line: list[Piece]) -> None:
    """Drop the spaces at the end of a line."""
    while line and not line[-1][0].strip():
        line.pop()
    if line:
        line[-1] = (line[-1][0].rstrip(), line[-1][1])


def _head(unit: str, size: int) -> str:
    """As much of a unit as fits into a line, to the last comma, hyphen or slash in it if there is one."""
    used, end = 0, len(unit)
    for i, character in enumerate(unit):
        used += width(character)
        if used > size:
            end = max(i, 1)
            break
    cut = max(unit.rfind(mark, 0, end) for mark in ",-/")
    return unit[: cut + 1] if cut > 0 else unit[:end]


def columns(natural: Sequence[int], least: Sequence[int], size: int) -> list[int]:
    """Widths of columns that share `size`: as wide as they want where there is room, else the widest give way first."""
    widths = list(natural)
    spare = sum(widths) - size
    while spare > 0:
        room = [w - m for w, m in zip(widths, least, strict=True)]
        widest = max((i for i, r in enumerate(room) if r > 0), key=lambda i: widths[i], default=None)
        if widest is None:
            break
        others = [w for i, w in enumerate(widths) if i != widest and room[i] > 0]
        cut = min(spare, room[widest], max(1, widths[widest] - max(others, default=0)))
        widths[widest] -= cut
        spare -= cut
    return widths
