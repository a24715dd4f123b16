"""Figures of a country in the rows of the pack's tables, shared by its page, its profile and comparisons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cabrief.document import Cell, Column, Section, Table
from cabrief.language.dates import bounds, date_text
from cabrief.language.text import Text, same, template
from cabrief.model.kinds.figures import Figure
from cabrief.reports.desk import Desk, filled, plain, section

TABLES: dict[str, Text] = {
    "ties": Text("Ties with {h} in figures", "数字で見る{h}との関係"),
    "neighbours": Text("Neighbours and powers in figures", "数字で見る周辺国との関係"),
    "resources": Text("Resources in figures", "数字で見る資源"),
}
HEADS = (Text("Figure", "項目"), Text("Value", "数値"), Text("As of", "時点"))


def newest_figures(figures: Iterable[Figure]) -> dict[str, Figure]:
    """The newest figure of each row among those of a country, by the row's id.

    An unknown one only where nothing else is on record.
    """
    newest: dict[str, Figure] = {}
    for figure in figures:
        if figure.measure:
            before = newest.get(figure.measure)
            if before is None or _rank(figure) > _rank(before):
                newest[figure.measure] = figure
    return newest


def _rank(figure: Figure) -> tuple[bool, str]:
    return figure.value is not None, bounds(figure.as_of or figure.date or figure.looked or "0001")[1]


def figure_table(desk: Desk, figures: Sequence[tuple[Text, Figure]]) -> Table:
    """Figures under each other, with what they are and their dates."""
    rows = []
    for label, figure in figures:
        date = figure.as_of or figure.date
        shown = plain(date_text(date)) if date and figure.value is not None else plain(same("—"))
        rows.append((plain(label), desk.cell(figure, figure.as_words()), shown))
    return Table(columns=tuple(Column(title=head) for head in HEADS), rows=tuple(rows))


def figures_compared(desk: Desk, countries: Sequence[str]) -> list[Section]:
    """The pack's tables with countries side by side: the newest figure of each row with its date, or that none was found.

    `countries` are ids, a column each; a table of which no country has a figure is left out.
    """
    newest = {country: newest_figures(desk.find(Figure, country=country)) for country in countries}
    columns = (Column(title=HEADS[0]), *(Column(title=name) for name in desk.heads(countries)))
    parts = []
    for table, title in TABLES.items():
        rows = []
        for measure in desk.base.pack.measures:
            found = [newest[country].get(measure.id) for country in countries]
            if measure.table == table and any(found):
                rows.append((plain(measure.label), *(_dated_cell(desk, figure) for figure in found)))
        heading = template(title.en, title.ja, h=desk.name(desk.base.pack.host))
        parts.append(section(heading, Table(columns=columns, rows=tuple(rows))))
    return filled(*parts)


def _dated_cell(desk: Desk, figure: Figure | None) -> Cell:
    if figure is None:
        return Cell(text=Text("no figure on record", "数値の記録なし"), state="unknown")
    if figure.value is None:
        return desk.cell(figure, figure.as_words()).but(state="unknown")
    date = figure.as_of or figure.date
    text = figure.as_words()
    return desk.cell(figure, template("{v} ({d})", "{v}（{d}）", v=text, d=date_text(date)) if date else text)


def all_figures(desk: Desk, country: str, table: str) -> Table:
    """Every figure of one of the pack's tables for a country: of each row all years, the newest first; unknown ones too."""
    found: dict[str, list[Figure]] = {}
    for figure in desk.find(Figure, country=country):
        if figure.measure:
            found.setdefault(figure.measure, []).append(figure)
    rows = []
    for measure in desk.base.pack.measures:
        if measure.table == table:
            mine = sorted(found.get(measure.id, ()), key=_rank, reverse=True)
            known = [figure for figure in mine if figure.value is not None] or mine[:1]
            rows += [(measure.label if len(known) == 1 else figure.label, figure) for figure in known]
    return figure_table(desk, rows)
