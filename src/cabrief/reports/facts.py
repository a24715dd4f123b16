"""Every fact, filtered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cabrief.document import Cell, Column, Document, Paragraph, Table
from cabrief.language.dates import bounds, date_text, has_begun
from cabrief.language.text import Text, same, template
from cabrief.model.kinds.events import Event
from cabrief.model.kinds.treaties import Treaty
from cabrief.model.record import Assertion, Fact, Record
from cabrief.reports.desk import Desk, plain, section
from cabrief.store.base import Base

FIELDS = (
    "id",
    "kind",
    "nature",
    "text",
    "countries",
    "actors",
    "topics",
    "date",
    "refs",
    "file",
    "line",
    "layer",
)
NATURES: dict[str, Text] = {
    "reported": Text("reported", "事実"),
    "judgement": Text("judgement", "見解"),
    "statement": Text("statement", "発言"),
    "plan": Text("plan", "予定"),
}
HEADS = (Text("Id", "ID"), Text("Date", "日付"), Text("Statement", "内容"), Text("Nature", "性質"))


def view(base: Base, as_of: str, *, filters: Mapping[str, Sequence[str]], since: str = "", until: str = "") -> Document:
    """List the assertions that pass every filter: kinds, natures, countries, actors, topics, sources."""
    desk = Desk(base, as_of)
    basics = base.basics()
    rows: list[dict[str, Any]] = []
    for record, origin in base.records(as_of):
        for said in record.assertions(basics):
            if isinstance(record, Treaty) and not said.refs:
                continue  # that somebody looked and found nothing is no fact
            if said.path and said.date and not has_begun(said.date, as_of):
                continue  # a value, a step or a membership of a later day
            row = {
                "by": _by(desk, record, said),
                **desk.row(record, said),
                "text": _text(desk, record, said),
                "file": origin.file,
                "line": origin.line,
                "layer": origin.layer,
            }
            if _passes(row, filters) and _within(row["date"], since, until):
                rows.append(row)
    columns = tuple(Column(title=head) for head in HEADS)
    table = Table(columns=columns, rows=tuple(_cells(desk, row) for row in rows))
    count = template("{n} facts.", "{n}件。", n=len(rows))
    return desk.document(
        Text("Facts", "事実一覧"),
        [section(None, Paragraph(text=count), table)],
        FIELDS,
        [{field: row[field] for field in FIELDS} for row in rows],
    )


def _text(desk: Desk, record: Record, said: Assertion) -> Text:
    return desk.happened(record) if isinstance(record, Event) and said.id == record.id else said.text


def _by(desk: Desk, record: Record, said: Assertion) -> Text | None:
    """Whose a statement is; a value or a step of a record is nobody's but its sources'."""
    return desk.by(record) if isinstance(record, Fact) and said.id == record.id else None


def _passes(row: Mapping[str, Any], filters: Mapping[str, Sequence[str]]) -> bool:
    for field, wanted in filters.items():
        if not wanted:
            continue
        if field == "sources":
            found = {ref.source for ref in row["refs"]}
        else:
            value = row[field]
            found = {value} if isinstance(value, str) else set(value)
        if not found & set(wanted):
            return False
    return True


def _within(date: str | None, since: str, until: str) -> bool:
    if not (since or until):
        return True
    if date is None:
        return False
    first, last = bounds(date)
    return (not since or last >= bounds(since)[0]) and (not until or first <= bounds(until)[1])


def _cells(desk: Desk, row: Mapping[str, Any]) -> tuple[Cell, ...]:
    date = date_text(row["date"]) if row["date"] else same("—")
    text = Cell(text=row["text"], id=row["id"], refs=row["refs"], disputes=desk.disputes(row["id"]), by=row["by"])
    return plain(row["id"]), plain(date), text, plain(NATURES[row["nature"]])
