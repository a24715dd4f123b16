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

NOT_FIRST = frozenset(
    "、。，．・：；？！゛゜ヽヾゝゞ々ー）］｝」』】〉》〕〟’”»〜～…‥%％℃°,.:;!?)]}ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
)
NOT_LAST = frozenset("（［｛「『【〈《〔〝‘“«([{")
Piece = tuple[str, str]  # words and the name of their style
WIDE_COLUMNS = 2  # columns of a wide character

# Characters whose width the standard library knows and that form no clusters, as the inside of a regular expression's class.
SETTLED = (
    "\\s\\x20-\\x7e\u00a1-\u00ac\u00ae-\u02ff\u0384-\u038a\u038e-\u03a1\u03a3-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e"
    "\u20a0-\u20bf\u2100-\u218b\u2190-\u2426\u2460-\u25ff\u3001-\u3029\u3030-\u303e\u3041-\u3096\u309b-\u30ff\u3220-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufa6d\uff01-\uff9d\uffe0-\uffe6\ufffd"
)


@cache
def _settled() -> re.Pattern[str]:
    """Words that need no table of widths; compiled where something is wrapped, which takes a while."""
    return re.compile(f"[{SETTLED}]*")


@cache
def _units() -> re.Pattern[str]:
    """Spaces, words without wide letters, single wide letters."""
    return re.compile(r"\s+|[^\s\u1100-\uffef\U0001f000-\U0003ffff]+|.", re.DOTALL)


def width(words: str) -> int:
    """Columns that words take on a screen: two for a wide character, none for one that is drawn over another."""
    if words.isascii():
        return len(words)
    return _character_width(words) if len(words) == 1 else _measured(words)


def _measured(words: str) -> int:
    if _settled().fullmatch(words):
        return len(words) + sum(east_asian_width(character) in "WF" for character in words)
    from wcwidth import wcswidth

    return max(0, wcswidth(words))


_character_width = lru_cache(4096)(_measured)


def clusters(words: str) -> Iterable[str]:
    """Characters as a reader counts them: a letter with its marks, a family of joined pictures."""
    if _settled().fullmatch(words):
        return words
    from wcwidth import iter_graphemes

    return iter_graphemes(words)


def _pieces(words: str) -> Iterator[str]:
    """Spaces, words without wide characters, single wide characters."""
    if _settled().fullmatch(words):
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
            if unit.isspace() and (not used or used + wide > size):
                continue
            if used and used + wide > size:
                _strip(lines[-1])
                lines.append([])
                used = 0
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
