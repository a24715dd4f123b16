"""Letters that no font of the machine can draw: a picture of text would show boxes in their places."""

from __future__ import annotations

import html
import re
import struct
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Iterator

from cabrief.errors import UsageError
from cabrief.formats.drawing.canvas import FONTS

NO_LETTER = "\U0010ffff"  # which no font has
CELL_WIDE, CELL_HIGH = 48, 32  # pixels of the cell in which a letter is tried
MOST_SHOWN = 5  # letters that a message names
SIGNATURE = 8  # bytes before the first chunk of a PNG
ADVICE = "Debian: apt-get install fonts-noto-cjk, for other scripts fonts-noto-core"


def no_font(letters: Iterable[str]) -> UsageError:
    """The error that names letters without a font."""
    shown = " ".join(list(letters)[:MOST_SHOWN])
    return UsageError(
        f"no font on this machine has the letters {shown}: install one ({ADVICE})",
        f"この機械のどのフォントにも次の文字がない：{shown}。フォントを入れる（{ADVICE}）",
    )


def is_drawn(letter: str) -> bool:
    """Whether a character is drawn by itself: a letter, a digit or a sign, no space and no mark on another."""
    return unicodedata.category(letter[:1] or " ")[0] in "LNPS"


def missing_letters(picture: str, draw: Callable[[str], bytes]) -> list[str]:
    """The letters in the text of an SVG that `draw`, from SVG to PNG, has no font for.

    Each is drawn alone, and what looks like a letter that no font has is missing.
    """
    words = html.unescape(re.sub(r"<title>.*?</title>|<desc>.*?</desc>|<[^>]*>", " ", picture))
    letters = [each for each in dict.fromkeys(words) if not each.isascii() and is_drawn(each)]
    letters.append("A")  # for all that are ASCII, which any font has
    places = "".join(
        f'<text x="8" y="{CELL_HIGH * number + 22}">{letter}</text>'
        for number, letter in enumerate([NO_LETTER, *letters])
    )
    size = f'width="{CELL_WIDE}" height="{CELL_HIGH * (len(letters) + 1)}"'
    raw = draw(f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FONTS}" font-size="16">{places}</svg>')
    nothing, *found = _cells(raw)
    return [letter for letter, cell in zip(letters, found, strict=True) if cell == nothing]


def _cells(raw: bytes) -> Iterator[bytes]:
    """The lines of each cell of a PNG; cells that look alike have the same, since all begin below an empty line."""
    at, packed, height = SIGNATURE, b"", 1
    while at < len(raw):
        (size,) = struct.unpack(">I", raw[at : at + 4])
        kind, body = raw[at + 4 : at + 8], raw[at + 8 : at + 8 + size]
        if kind == b"IHDR":
            (height,) = struct.unpack(">I", body[4:8])
        if kind == b"IDAT":
            packed += body
        at += size + 12
    lines = zlib.decompress(packed)
    cell = len(lines) // height * CELL_HIGH
    yield from (lines[begin : begin + cell] for begin in range(0, len(lines), cell))
