"""The pack's tables of figures: for each measure and country the latest figure with its year, or that none was found."""

from __future__ import annotations

from collections.abc import Sequence

from cabrief.document import Cell, Column, Section, Table
from cabrief.language.dates import bounds, date_text
from cabrief.language.text import Text, template
from cabrief.model.kinds.figures import Figure
from cabrief.model.record import Measure
from cabrief.reports.desk import Desk, filled, plain, section

MEASURE_TABLES: dict[str, Text] = {
    "ties": Text("Ties in figures", "数字でみる関係"),
    "neighbours": Text("Neighbours in figures", "数字でみる周辺国との関係"),
    "resources": Text("Resources in figures", "数字でみる資源"),
}
FIGURE = Text("Figure", "項目")
NO_FIGURE = Cell(text=Text("no figure on record", "数値の記録なし"), state="unknown")


def tables(desk: Desk, ids: Sequence[str]) -> list[Section]:
    """A table for each group of the pack's measures, countries across; a measure of which nobody has a figure is left out."""
    columns = (Column(title=FIGURE), *(Column(title=title) for title in desk.heads(ids)))
    parts = []
    for name, title in MEASURE_TABLES.items():
        rows = [_row(desk, measure, ids) for measure in desk.base.pack.measures if measure.table == name]
        told = tuple(row for row in rows if any(cell is not NO_FIGURE for cell in row[1:]))
        parts.append(section(title, Table(columns=columns, rows=told)))
    return filled(*parts)


def _row(desk: Desk, measure: Measure, ids: Sequence[str]) -> tuple[Cell, ...]:
    found: list[Figure] = desk.find(Figure, measure=measure.id)
    return plain(measure.label), *(_cell(desk, [each for each in found if id_ in each.countries]) for id_ in ids)


def _cell(desk: Desk, found: Sequence[Figure]) -> Cell:
    """The latest figure with its year; one that was searched for in vain says when, and gives way to any that was found."""
    if not found:
        return NO_FIGURE
    figure = max(found, key=lambda each: (each.value is not None, _day(each)))
    date = figure.as_of or figure.date
    text = figure.as_words()
    if date and figure.value is not None:
        text = template("{v} ({d})", "{v}（{d}）", v=text, d=date_text(date))
    cell = desk.cell(figure, text)
    return cell.but(state="unknown") if figure.value is None else cell


def _day(figure: Figure) -> str:
    date = figure.as_of or figure.date
    return bounds(date)[1] if date else ""
