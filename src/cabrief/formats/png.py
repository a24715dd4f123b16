"""One picture of a report, alone, as PNG: the SVG, drawn by resvg with the fonts of the system."""

from __future__ import annotations

import resvg_py

from cabrief.document import Document
from cabrief.formats import How
from cabrief.formats.svg import to_svg

ZOOM = 2  # pixels for each of the SVG's, as screens and printers of today want


def to_png(document: Document, how: How) -> bytes:
    """Print the picture of a document as PNG. Raises UsageError where it has none, or several."""
    return bytes(resvg_py.svg_to_bytes(svg_string=to_svg(document, how), zoom=ZOOM, languages=[how.lang]))
