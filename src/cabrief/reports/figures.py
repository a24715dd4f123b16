"""Figures of a country in the rows of the pack's tables, shared by its page, its profile and comparisons."""

from __future__ import annotations

from collections.abc import Sequence

from cabrief.document import Column, Table
from cabrief.language.dates import bounds, date_text
from cabrief.language.text import Text, same
from cabrief.model.kinds.figures import Figure
from cabrief.reports.desk import Desk, plain

TABLES: dict[str, Text] = {
    "ties": Text("Ties with {h} in figures", "数字で見る{h}との関係"),
    "neighbours": Text("Neighbours and powers in figures", "数字で見る周辺国との関係"),
    "resources": Text("Resources in figures", "数字で見る資源"),
}
HEADS = (Text("Figure", "項目"), Text("Value", "数値"), Text("As of", "時点"))


def newest_figures(desk: Desk, country: str) -> dict[str, Figure]:
    """The newest figure of each row for a country; one that is unknown only where nothing else is on record."""
    newest: dict[str, Figure] = {}
    for figure in desk.find(Figure, country=country):
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
