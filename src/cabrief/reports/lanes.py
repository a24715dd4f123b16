"""The powers' summits side by side, year by year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from cabrief.document import Cell, Column, Table
from cabrief.language.dates import date_text
from cabrief.language.text import Text, join
from cabrief.model.happened import EVENT_STATUS
from cabrief.reports.desk import Desk, plain


def of_leaders(desk: Desk, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of the rows of a timeline, the meetings of powers' leaders with the whole region."""
    region = set(desk.base.pack.countries)
    return [row for row in rows if row["kind"] == "summit" and region <= set(row["countries"]) and row["actors"]]


def lanes(desk: Desk, met: Sequence[dict[str, Any]]) -> Table:
    """Meetings of leaders by year: the pack's powers side by side, all others in the last column."""
    powers = desk.base.pack.powers
    others = tuple({actor for row in met for actor in row["actors"]} - set(powers))
    columns = (Text("Year", "年"), *(desk.name(power) for power in powers), Text("Others", "その他"))
    years = sorted({row["date"][:4] for row in met})
    lines = []
    for year in years:
        mine = [row for row in met if row["date"][:4] == year]
        lanes_ = [[row for row in mine if power in row["actors"]] for power in powers]
        rest = [row for row in mine if set(row["actors"]) & set(others)]
        cells = (*(_lane(desk, lane) for lane in lanes_), _lane(desk, rest, named=True))
        lines.append((plain(year), *cells))
    return Table(columns=tuple(Column(title=title) for title in columns), rows=tuple(lines))


def _lane(desk: Desk, rows: list[dict[str, Any]], *, named: bool = False) -> Cell:
    if not rows:
        return Cell(text=Text("—", "—"), state="not-applicable")
    parts = []
    for row in rows:
        name = [desk.names(row["actors"])] if named else []
        state = [EVENT_STATUS[row["status"]]] if row["status"] in EVENT_STATUS else []
        parts.append(join([*name, date_text(row["date"]), *([row["place"]] if row["place"] else []), *state]))
    return Cell(
        text=join(parts, "; ", "／"),
        id=rows[0]["id"],
        more=tuple(dict.fromkeys(row["id"] for row in rows[1:])),
        refs=tuple(dict.fromkeys(ref for row in rows for ref in row["refs"])),
        disputes=tuple(dict.fromkeys(id_ for row in rows for id_ in desk.disputes(row["id"]))),
    )
