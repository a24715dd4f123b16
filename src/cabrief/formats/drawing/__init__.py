"""Pictures as SVG: one module per shape."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cabrief.document import AS_OF, Document, laid_over
from cabrief.formats.drawing.canvas import FAINT, Canvas
from cabrief.formats.drawing.charts import draw_chart
from cabrief.formats.drawing.grids import draw_bars, draw_grid
from cabrief.formats.drawing.lanes import draw_lanes
from cabrief.language.dates import date_text
from cabrief.language.text import Lang, Text, join, template
from cabrief.picture import Bars, Chart, Grid, Lanes, Picture

MOST_SOURCES = 12  # named under a picture
MOST_DISPUTED = 5  # told under it
SOURCES_ARE = ("Sources: {s}.", "出典：{s}。")
MORE_SOURCES = ("{s}, and {n} more", "{s}、ほか{n}件")
_DRAWERS: dict[type, Callable[[Canvas, Any, Lang], None]] = {
    Grid: draw_grid,
    Lanes: draw_lanes,
    Bars: draw_bars,
    Chart: draw_chart,
}


def svg(picture: Picture, document: Document, lang: Lang) -> str:
    """A picture of a document as an SVG element: title, sentence, drawing, the day and the sources."""
    canvas = Canvas(lang)
    title, says = picture.title.pick(lang), picture.says.pick(lang)
    canvas.paragraph(title, 21, bold=True)
    canvas.y += 2
    day = AS_OF.pick(lang).format(d=date_text(document.as_of).pick(lang))
    stop = "。" if lang == "ja" else ". "
    canvas.paragraph(f"{day}{stop}{says}", 13, fill=FAINT)
    _DRAWERS[type(picture.drawing)](canvas, picture.drawing, lang)
    if sources := _sources(picture, document):
        canvas.paragraph(sources.pick(lang), 10.5, fill=FAINT)
    if picture.disputed:
        canvas.paragraph(_disputed(picture).pick(lang), 10.5, fill=FAINT)
    if document.laid_over:
        canvas.paragraph(laid_over(document.laid_over).pick(lang), 10.5, fill=FAINT)
    return canvas.finished((title, says))


def _disputed(picture: Picture) -> Text:
    """What is contested of what the picture shows, the first of much."""
    told = join(picture.disputed[:MOST_DISPUTED], "; ", "；")
    if len(picture.disputed) > MOST_DISPUTED:
        told = template(*MORE_SOURCES, s=told, n=len(picture.disputed) - MOST_DISPUTED)
    return template("Disputed: {t}.", "争点：{t}。", t=told)


def _sources(picture: Picture, document: Document) -> Text | None:
    """The sources by their short names, the first of many."""
    found = [document.citations[ref.source].short for ref in picture.refs if ref.source in document.citations]
    names = list(dict.fromkeys(found))
    if not names:
        return None
    told = join(names[:MOST_SOURCES])
    if len(names) > MOST_SOURCES:
        told = template(*MORE_SOURCES, s=told, n=len(names) - MOST_SOURCES)
    return template(*SOURCES_ARE, s=told)
