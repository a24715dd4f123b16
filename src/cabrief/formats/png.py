"""One picture of a report, alone, as PNG: the SVG, drawn by resvg with the fonts of the system."""

from __future__ import annotations

import re

import resvg_py

from cabrief.document import Document
from cabrief.errors import UsageError
from cabrief.formats import How
from cabrief.formats.fonts import missing_letters, no_font
from cabrief.formats.svg import to_svg
from cabrief.language.text import template

MOST_HIGH = 32_000  # pixels; browsers draw no higher picture, and one takes as much memory as it has pixels
ZOOM = 2  # pixels for each of the SVG's, as screens and printers of today want


def to_png(document: Document, how: How) -> bytes:
    """Print the picture of a document as PNG.

    Raises UsageError where it has none, or several, or one that is too high, and where the machine lacks a font for it.
    """
    picture = to_svg(document, how)
    size = re.search('viewBox="0 0 [0-9]+ ([0-9]+)', picture)
    if size and (high := int(size[1]) * ZOOM) > MOST_HIGH:
        en = "the picture would be {n:,} pixels high, more than {most:,}: ask for less, or write .svg"
        ja = "図の高さが{n:,}ピクセルになり、{most:,}を超える：範囲を絞るか、.svgに書く"
        raise UsageError(*template(en, ja, n=high, most=MOST_HIGH))

    def draw(svg: str, zoom: int = 1) -> bytes:
        return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=zoom, languages=[how.lang]))

    if missing := missing_letters(picture, draw):
        raise no_font(missing)
    try:
        return draw(picture, ZOOM)
    except ValueError as error:  # it draws no more than so many elements
        en, ja = (
            "the picture cannot be drawn ({why}): ask for less, or write .svg",
            "図を描けない（{why}）：範囲を絞るか、.svgに書く",
        )
        raise UsageError(*template(en, ja, why=str(error))) from None
