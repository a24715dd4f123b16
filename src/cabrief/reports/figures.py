"""Figures of a country in the rows of the pack's tables, shared by its page, its profile and comparisons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cabrief.document import Cell, Column, Paragraph, Section, Table
from cabrief.language.dates import bounds, date_text, has_begun, searched_text
from cabrief.language.text import Text, join, same, sentence, template
from cabrief.model.kinds.figures import Figure
from cabrief.reports import standings
from cabrief.reports.desk import Desk, filled, plain, section

TABLES: dict[str, Text] = {
    "ties": Text("Ties with {h} in figures", "数字で見る{h}との関係"),
    "neighbours": Text("Neighbours and powers in figures", "数字で見る周辺国との関係"),
    "resources": Text("Resources in figures", "数字で見る資源"),
}
HEADS = (Text("Figure", "項目"), Text("Value", "数値"), Text("Date or period", "時点・期間"))


def newest_figures(figures: Iterable[Figure], as_of: str) -> dict[str, Figure]:
    """The newest figure of each row among those of a country, by the row's id.

    An unknown one, or one of a time that lies ahead of an ISO day, only where nothing else is on record; and never one of
    several countries together.
    """
    newest: dict[str, Figure] = {}
    for figure in figures:
        if figure.measure and len(figure.countries) <= 1:
            before = newest.get(figure.measure)
            if before is None or _rank(figure, as_of) > _rank(before, as_of):
                newest[figure.measure] = figure
    return newest


def _rank(figure: Figure, as_of: str) -> tuple[bool, bool, str]:
    begun = has_begun(figure.as_of or figure.date or "0001", as_of) and figure.nature != "plan"
    return figure.value is not None, begun, bounds(figure.as_of or figure.date or figure.looked or "0001")[1]


def figure_table(desk: Desk, figures: Sequence[tuple[Text, Figure]]) -> Table:
    """Figures under each other, with what they are and their dates."""
    rows = []
    for label, figure in figures:
        date = figure.as_of or figure.date
        shown = plain(date_text(date)) if date and figure.value is not None else plain(same("—"))
        rows.append((plain(label), desk.cell(figure, figure.as_words()), shown))
    return Table(columns=tuple(Column(title=head) for head in HEADS), rows=tuple(rows))


def figures_compared(desk: Desk, countries: Sequence[str], table: str) -> list[Section]:
    """One of the pack's tables with countries side by side: the newest figure of each row with its date.

    `countries` are ids, a column each; `table` is a name in TABLES. Rows in which nothing is known of any country are named
    below. A table of which no country has a figure is left out.
    """
    newest = {country: newest_figures(desk.find(Figure, country=country), desk.as_of) for country in countries}
    columns = (Column(title=HEADS[0]), *(Column(title=name) for name in standings.short_heads(desk, countries)))
    rows, unknown = [], []
    for measure in desk.base.pack.measures:
        found = [newest[country].get(measure.id) for country in countries]
        if measure.table != table or not any(found):
            continue
        known = [figure for figure in found if figure and figure.value is not None]
        if not known and all(found):  # of whom there is no figure at all, nobody has looked for one
            unknown += [(measure.label, figure) for figure in found if figure]
            continue
        alike = len({figure.unit for figure in known}) < 2  # noqa: PLR2004 - of one unit, or not known
        head = measure.label if alike else template("{l} (units differ)", "{l}（単位が異なる）", l=measure.label)
        rows.append((plain(head), *(_dated_cell(desk, figure) for figure in found)))
    heading = template(TABLES[table].en, TABLES[table].ja, h=desk.name(desk.base.pack.host))
    return filled(section(heading, Table(columns=columns, rows=tuple(rows)), *_in_vain(unknown)))


def _in_vain(unknown: Sequence[tuple[Text, Figure]]) -> list[Paragraph]:
    """A line on what is known of no country: the rows, and since when they were looked for in vain."""
    if not unknown:
        return []
    labels = join(list(dict.fromkeys(label for label, _ in unknown)), "; ", "／")
    text = template("Not found for any of them: {l}", "いずれについても確認できず：{l}", l=labels)
    days = [figure.looked or "" for _, figure in unknown]
    return [Paragraph(text=sentence(searched_text(text, min(days)) if all(days) else text), kept=True)]


def _dated_cell(desk: Desk, figure: Figure | None) -> Cell:
    if figure is None:
        return Cell(text=Text("no figure on record", "数値の記録なし"), state="unknown")
    if figure.value is None:
        return desk.cell(figure, figure.as_words()).but(state="unknown")
    return desk.cell(figure, figure.dated_words())


def all_figures(desk: Desk, country: str, table: str) -> Table:
    """Every figure of one of the pack's tables for a country: of each row all years, the newest first; unknown ones too.

    One of several countries together is none of them.
    """
    found: dict[str, list[Figure]] = {}
    for figure in desk.find(Figure, country=country):
        if figure.measure and len(figure.countries) == 1:
            found.setdefault(figure.measure, []).append(figure)
    rows = []
    for measure in desk.base.pack.measures:
        if measure.table == table:
            mine = sorted(found.get(measure.id, ()), key=lambda figure: _rank(figure, desk.as_of), reverse=True)
            known = [figure for figure in mine if figure.value is not None] or mine[:1]
            rows += [(measure.label if len(known) == 1 else figure.label, figure) for figure in known]
    return figure_table(desk, rows)
