"""Shapes and words of an SVG picture, and what all pictures share: colours, sizes, how wide words are.

Only presentation attributes are written, no style sheet: a page's Content-Security-Policy has nothing to allow.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree import ElementTree as ET

from cabrief.language.layout import clusters, width, wrap
from cabrief.language.text import xml_words
from cabrief.picture import Tile, Tone

PICTURE_WIDTH, PICTURE_MARGIN = 960, 32  # pixels: a picture, and its border
INK, FAINT, LINE, PAPER = "#1b1f24", "#4f5661", "#c3c8cf", "#ffffff"
FONTS = "'Noto Sans','Yu Gothic','Hiragino Sans','Noto Sans CJK JP','Noto Sans JP',Arial,sans-serif"
COLUMN = 0.56  # of a letter's size: the width that a column of words takes, a little on the safe side
TONES: dict[Tone, tuple[str, str]] = {  # paper and ink of each, at least 4.5 to 1
    "done": ("#cfe8d5", "#1d5c38"),
    "partly": ("#e6efc6", "#4d6113"),
    "under-way": ("#fdeab8", "#7a4f00"),
    "failed": ("#f6d2cc", "#8f2b1e"),
    "unknown": ("#e6e7ea", "#474b52"),
}


def words_width(words: str, size: float) -> float:
    """Pixels that words take at a size."""
    return width(words) * size * COLUMN


def shortened(words: str, room: float, size: float) -> str:
    """Words that fit into some pixels; what is cut off is told by an ellipsis."""
    if words_width(words, size) <= room:
        return words
    kept = ""
    for each in clusters(words):
        if words_width(f"{kept}{each}…", size) > room:
            break
        kept += each
    return f"{kept.rstrip()}…"


def lines_of(words: str, room: float, size: float) -> list[str]:
    """Words broken into lines of some pixels."""
    columns = max(1, int(room / (size * COLUMN)))
    return ["".join(piece for piece, _ in line).strip() for line in wrap([(words, "")], columns)]


class Canvas:
    """A picture in the making; `y` is where the next part of it begins."""

    def __init__(self, lang: str) -> None:
        self.root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "role": "img", "lang": lang})
        self.root.set("font-family", FONTS)
        self.y = PICTURE_MARGIN / 3

    def add(self, tag: str, inside: ET.Element | None = None, /, **attributes: float | str) -> ET.Element:
        """Add an element; `_` in the name of an attribute stands for a hyphen."""
        told = {
            name.replace("_", "-"): f"{value:g}"
            if isinstance(value, int)
            else f"{value:.1f}"
            if isinstance(value, float)
            else value
            for name, value in attributes.items()
        }
        return ET.SubElement(self.root if inside is None else inside, tag, told)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float = 13,
        *,
        fill: str = INK,
        bold: bool = False,
        anchor: str = "start",
        room: float | None = None,
    ) -> ET.Element:
        """Write words whose base line begins, ends or is centred at a point; what needs more than the room is shortened."""
        told = words if room is None else shortened(words, room, size)
        found = self.add("text", x=float(x), y=float(y), font_size=size, fill=fill, text_anchor=anchor)
        if bold:
            found.set("font-weight", "bold")
        found.text = xml_words(told)
        if told != words:  # a reader who points at it sees all of it
            self.named(found, words)
        return found

    def paragraph(self, words: str, size: float = 13, *, fill: str = INK, bold: bool = False) -> None:
        """Write words from margin to margin, and go on below them."""
        for line in lines_of(words, PICTURE_WIDTH - 2 * PICTURE_MARGIN, size):
            self.y += size * 1.35
            self.text(PICTURE_MARGIN, self.y, line, size, fill=fill, bold=bold)

    def named(self, element: ET.Element, words: str) -> None:
        """Give an element the words that a reader sees who points at it."""
        ET.SubElement(element, "title").text = xml_words(words)

    def tile(self, box: tuple[float, float, float, float], tone: Tone) -> ET.Element:
        """A box in the colours of a state: x, y, width, height."""
        paper, ink = TONES[tone]
        x, y, wide, high = box
        return self.add("rect", x=x, y=y, width=wide, height=high, rx=3, fill=paper, stroke=ink, stroke_width=0.6)

    def legend(self, tiles: Iterable[tuple[Tile, str]]) -> None:
        """Signs with their meanings, in as many lines as they need."""
        x, size = float(PICTURE_MARGIN), 12.0
        self.y += 10
        for tile, words in tiles:
            needed = 24 + words_width(words, size) + 18
            if x > PICTURE_MARGIN and x + needed > PICTURE_WIDTH - PICTURE_MARGIN:
                x, self.y = float(PICTURE_MARGIN), self.y + 24
            self.tile((x, self.y, 18.0, 18.0), tile.tone)
            self.text(x + 9, self.y + 13.5, tile.sign, 11, fill=TONES[tile.tone][1], anchor="middle")
            self.text(x + 24, self.y + 13.5, words, size)
            x += needed
        self.y += 26

    def finished(self, head: Sequence[str]) -> str:
        """The picture as text; `head` are its title and what it shows, for those who do not see it."""
        high = self.y + PICTURE_MARGIN / 2
        self.root.set("viewBox", f"0 0 {PICTURE_WIDTH} {high:.0f}")
        self.root.set("width", str(PICTURE_WIDTH))
        self.root.set("height", f"{high:.0f}")
        self.root.insert(0, ET.Element("rect", {"width": str(PICTURE_WIDTH), "height": f"{high:.0f}", "fill": PAPER}))
        for number, (tag, words) in enumerate(zip(("title", "desc"), head, strict=True)):
            element = ET.Element(tag)
            element.text = xml_words(words)
            self.root.insert(number, element)
        return ET.tostring(self.root, encoding="unicode") + "\n"
