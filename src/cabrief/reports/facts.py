"""Every fact, filtered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from cabrief.document import Bullets, Cell, Column, Document, Paragraph, Section, Table
from cabrief.language.dates import bounds, date_text
from cabrief.language.text import Text, join, same, template, unstopped
from cabrief.model.happened import is_news_to_come
from cabrief.model.kinds import by_singular, kind
from cabrief.model.kinds.disputes import Dispute
from cabrief.model.kinds.events import Event
from cabrief.model.kinds.organisations import Organisation
from cabrief.model.kinds.statements import Statement
from cabrief.model.kinds.treaties import Treaty
from cabrief.model.record import WEIGHTS, Assertion, Fact, Record, label
from cabrief.model.searches import searched_on
from cabrief.reports.desk import Desk, plain, section
from cabrief.reports.disputes import topics_of, touched
from cabrief.reports.memberships import member_text
from cabrief.reports.noting import told_by_day
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
    "by",
    "disputes",
)
FIRST = ("agreement", "commitment", "event", "treaty", "project", "figure", "note", "statement")  # groups in this order
NATURES: dict[str, Text] = {
    "reported": Text("reported", "出典による事実"),
    "judgement": Text("judgement", "見解"),
    "statement": Text("statement", "発言"),
    "plan": Text("plan", "予定"),
}
HEADS = (Text("Id", "ID"), Text("Date", "日付"), Text("Statement", "内容"), Text("Nature", "性質"))


def view(
    base: Base,
    as_of: str,
    *,
    filters: Mapping[str, Sequence[str]],
    since: str = "",
    until: str = "",
    full: bool = False,
) -> Document:
    """List the assertions that pass every filter: kinds, natures, countries, actors, topics, sources.

    `filters` maps these words, as the fields are called, to ids or words of which an assertion must have one; `since` and
    `until` are ISO dates of any precision. They stand in groups by kind, a line each; in full, in one table with their
    dates and natures. The rows have FIELDS.
    """
    desk = Desk(base, as_of, filters.get("countries", ()))
    rows = [row for row in told(desk) if passes(row, filters) and _within(row["date"], since, until)]
    sections = _in_full(desk, rows) if full else _by_kind(desk, rows)
    return desk.document(
        Text("Facts", "事実一覧"), sections, FIELDS, [{f: row[f] for f in FIELDS if f in row} for row in rows]
    )


def told_assertions(desk: Desk, record: Record) -> Iterator[Assertion]:
    """What a record says by the day, its sentence as reports tell it on the day, and without values and steps of a later one."""
    for said in told_by_day(record.assertions(desk.base.basics()), desk.by_day):
        if isinstance(record, Organisation) and said.path:
            yield said.but(text=member_text(desk, record, int(said.path[1])))
        else:
            whole = isinstance(record, Fact) and said.id == record.id
            text = desk.told(record) if whole else said.text  # type: ignore[arg-type] # it is a fact
            # the members of a body may be older than its sentence
            if isinstance(record, Organisation) and text == label(record):
                continue
            # nor is the day of a search, or of news, that is left out a date of the rest
            untold = text is not said.text and (said.date == searched_on(said.text) or _is_of_news(desk, record))
            yield said.but(text=text, date=None if untold else said.date)


def _is_of_news(desk: Desk, record: Record) -> bool:
    """Whether the only day of an event is that of later news of it."""
    return isinstance(record, Event) and not record.date and is_news_to_come(record, desk.by_day)


def told(desk: Desk) -> Iterator[dict[str, Any]]:
    """Every assertion that can be told by the day, as a row: FIELDS, its short form, and its record's weight (0 is high).

    `against` are the sources that say otherwise, of a dispute.
    """
    for record, origin in desk.base.records(desk.as_of):
        countries, actors = desk.concerned(record) if isinstance(record, Fact) else ((), ())
        about_topics = desk.topics(record)
        if isinstance(record, Dispute):
            countries, actors = desk.sorted_out(touched(desk, record))
            about_topics = topics_of(desk, record)
        if isinstance(record, Treaty):
            countries, actors = desk.sorted_out((*record.countries, desk.base.pack.host))
        for said in told_assertions(desk, record):
            if isinstance(record, Treaty) and not said.refs:
                continue  # that somebody looked and found nothing is no fact
            whole = said.id == record.id
            of_part, powers = desk.sorted_out((*said.countries, *said.actors))
            if said.path[:1] == ("members",):  # it is about nobody else
                countries, actors = of_part, powers
            yield {
                "id": said.id,
                "kind": said.kind,
                "nature": said.nature,
                "text": said.text,
                "countries": countries if whole else of_part or countries,
                "actors": actors if whole or not powers else powers,
                "topics": about_topics,
                "date": said.date or (day_of_event(desk, record) if isinstance(record, Statement) else None),
                "refs": said.refs,
                "file": origin.file,
                "line": origin.line,
                "layer": origin.layer,
                "against": {ref.source for claim in getattr(record, "others", ()) for ref in claim.refs},
                "in_vain": record.admits_ignorance(said.path),
                "by": desk.whose(record, said),
                "short": desk.shortly(record) if whole and isinstance(record, Fact) else said.text,
                "short_by": _short_by(desk, record, said),
                "weight": WEIGHTS.index(getattr(record, "weight", "medium")),
            }


def day_of_event(desk: Desk, statement: Statement) -> str | None:
    """The date of the event at which a statement was made, if that is known."""
    event = desk.card(statement.event) if statement.event else None
    return getattr(event, "date", None)


def _short_by(desk: Desk, record: Record, said: Assertion) -> Text | None:
    """Whose the short form of an assertion is."""
    if isinstance(record, Fact) and said.id == record.id:
        return desk.by(record, desk.shortly(record))
    return desk.whose(record, said)


def _by_kind(desk: Desk, rows: Sequence[dict[str, Any]]) -> list[Section]:
    """A line for each fact under its kind: the weightiest first, then the newest."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row["kind"], []).append(row)
    kinds = in_order(groups)
    counts = [template("{n} on {k}", "{k}{n}", k=named(name, str.lower), n=len(groups[name])) for name in kinds]
    en = "{n} fact: {c}." if len(rows) == 1 else "{n} facts: {c}."
    total = template(en, "{n}件：{c}。", n=len(rows), c=join(counts))
    sections = []
    for name in kinds:
        found = sorted(groups[name], key=lambda row: row["date"] or "", reverse=True)
        found.sort(key=lambda row: row["weight"])
        title = template("{k} ({n})", "{k}（{n}件）", k=named(name), n=len(found))
        sections.append(section(title, Bullets(items=tuple(_line(desk, row) for row in found))))
    return [section(None, Paragraph(text=total)), *sections] if rows else [section(None)]


def in_order(kinds: Iterable[str]) -> list[str]:
    """Kinds, in the singular, in the order in which lists show them."""
    return sorted(kinds, key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST))


def named(singular: str, case: Callable[[str], str] = str.capitalize) -> Text:
    """A kind in the plural, as a heading or a sentence has it.

    `singular` is the kind's word, `case` is for the English alone.
    """
    plural = by_singular()[singular]
    return Text(case(plural.replace("_", " ")), kind(plural).name.ja)


def _line(desk: Desk, row: Mapping[str, Any]) -> Cell:
    """A fact in a line, with the id by which `why` takes it."""
    text = template("{t} · {i}", "{t}・{i}", t=unstopped(row["short"]), i=row["id"])
    return _said(desk, row).but(text=text, by=row["short_by"])


def _said(desk: Desk, row: Mapping[str, Any]) -> Cell:
    disputes = desk.disputes(row["id"])
    return Cell(text=row["text"], id=row["id"], refs=row["refs"], disputes=disputes, by=row["by"])


def _in_full(desk: Desk, rows: Sequence[dict[str, Any]]) -> list[Section]:
    """Everything in one table, in the order of the fact files."""
    columns = tuple(Column(title=head) for head in HEADS)
    table = Table(columns=columns, rows=tuple(_cells(desk, row) for row in rows))
    return [
        section(
            None,
            Paragraph(text=template("{n} fact." if len(rows) == 1 else "{n} facts.", "{n}件。", n=len(rows))),
            table,
        )
    ]


def passes(row: Mapping[str, Any], filters: Mapping[str, Sequence[str]]) -> bool:
    """Whether a row has one of the wanted words in each field that is filtered."""
    for field, wanted in filters.items():
        if not wanted:
            continue
        if field == "sources":
            found = {ref.source for ref in row["refs"]} | row["against"]
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
    return plain(row["id"]), plain(date), _said(desk, row), plain(NATURES[row["nature"]])
