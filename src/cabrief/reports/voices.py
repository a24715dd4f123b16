"""Who said what, where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from cabrief.document import Bullets, Document, Paragraph, Section
from cabrief.language.dates import date_text
from cabrief.language.text import Text, join, template, unstopped
from cabrief.model.kinds.people import Person
from cabrief.model.kinds.statements import Statement
from cabrief.reports.desk import Desk, section
from cabrief.reports.facts import day_of_event
from cabrief.reports.noting import with_layer
from cabrief.reports.offices import has_left
from cabrief.store.base import Base

FIELDS = (
    "id",
    "speaker",
    "role",
    "institution",
    "of",
    "event",
    "date",
    "theme",
    "asks",
    "proposes",
    "text",
    "refs",
    "disputes",
)


def view(
    base: Base,
    as_of: str,
    *,
    speakers: Sequence[str] = (),
    countries: Sequence[str] = (),
    events: Sequence[str] = (),
    topics: Sequence[str] = (),
    by_theme: bool = False,
    asks: bool = False,
    proposes: bool = False,
    full: bool = False,
) -> Document:
    """List statements in short under their speakers; in full with their events, or under their themes.

    `speakers`, `countries`, `events` and `topics` are ids; an empty filter lets all pass. `asks` and `proposes` keep what
    does so, and what does both where both are asked for. The rows have FIELDS.
    """
    desk = Desk(base, as_of)
    people: dict[str, Person] = {person.id: person for person in base.find(Person)}
    found = [
        each
        for each in desk.find(Statement)
        if (not speakers or each.speaker in speakers)
        and (not countries or people[each.speaker].of in countries)
        and (not events or each.event in events)
        and (not topics or bool({*each.topics, each.theme} & set(topics)))
        and (not asks or each.asks)
        and (not proposes or each.proposes)
    ]
    if by_theme:
        sections = _themes(desk, people, found)
    elif full:
        sections = _speakers(desk, people, found)
    else:
        sections = _in_short(desk, people, found, dated=len(events) != 1)
    rows = [_row(desk, people[each.speaker], each) for each in found]
    return desk.document(_title(desk, events, len(found)), sections, FIELDS, rows)


def _title(desk: Desk, events: Sequence[str], count: int) -> Text:
    """What is listed; of one event its name and day, which the lines then need not say."""
    if len(events) != 1:
        return template("Voices ({n})", "発言（{n}件）", n=count)
    record = desk.card(events[0])
    named = _dated(record.title, record.date)
    return template("Voices: {e} ({n})", "発言：{e}（{n}件）", e=named, n=count)


def _dated(title: Text, date: str | None) -> Text:
    """The name of an event with its day."""
    return template("{t}, {d}", "{t}（{d}）", t=title, d=date_text(date)) if date else title


def _row(desk: Desk, person: Person, each: Statement) -> dict[str, Any]:
    return {
        "id": each.id,
        "speaker": each.speaker,
        "role": person.role,
        "institution": person.institution,
        "of": person.of,
        "event": each.event,
        "date": each.date or day_of_event(desk, each),
        "theme": each.theme,
        "asks": each.asks,
        "proposes": each.proposes,
        "text": desk.told(each),
        "refs": each.refs,
    }


def _groups(found: Iterable[Statement], key: str) -> dict[str, list[Statement]]:
    groups: dict[str, list[Statement]] = {}
    for each in found:
        groups.setdefault(getattr(each, key) or "", []).append(each)
    return groups


def who(desk: Desk, person: Person) -> Text:
    """A speaker as a text attributes words to: office and institution, unless the office names whose it is; else the country."""
    role = person.role
    if person.until and has_left(desk, person):
        role = template("{r} (until {d})", "{r}（{d}まで）", r=role, d=date_text(person.until))
    parts = [person.name, role]
    told = bool(person.of) and _names(person.role, desk.name(person.of or ""))
    if person.institution and not told:
        parts.append(person.institution)
        told = bool(person.of) and _names(person.institution, desk.name(person.of or ""))
    if person.of and not told:
        country = desk.name(person.of)
        parts = [template("{p} ({c})", "{p}（{c}）", p=join(parts), c=country)]
    return with_layer(desk.base, person.id, join(parts))


def _names(words: Text, name: Text) -> bool:
    """Whether words have a name as a word of its own."""
    return bool(re.search(rf"(?<!\w){re.escape(name.en)}(?!\w)", words.en))


def _in_short(desk: Desk, people: dict[str, Person], found: Sequence[Statement], *, dated: bool) -> list[Section]:
    """A line for each statement under who said it, with the day where the lines are `dated`; above, how much there is."""
    told = template(
        "Statements: {n}; speakers: {p}; requests: {a}; proposals: {s}. With their events: --full; by theme: --by-theme.",
        "{p}人の{n}件の発言。うち要望{a}件、提案{s}件。出来事ごとには --full、主題ごとには --by-theme。",
        n=len(found),
        p=len({each.speaker for each in found}),
        a=sum(each.asks for each in found),
        s=sum(each.proposes for each in found),
    )
    parts = []
    for speaker, said in _groups(found, "speaker").items():
        person = people[speaker]
        title = template("{p} – {n}", "{p}：{n}件", p=who(desk, person), n=len(said))
        lines = _lines(desk, said, dated=dated, short=True)
        items = (cell.but(text=unstopped(cell.text)) for cell in lines.items)
        parts.append(section(title, Bullets(items=tuple(items))))
    return [section(None, Paragraph(text=told)), *parts] if parts else [section(None)]


def _lines(desk: Desk, said: Sequence[Statement], *, dated: bool, short: bool = False) -> Bullets:
    """Statements; behind each the day on which it was made, if that is not the event's, and what it asks or proposes."""
    cells = []
    for each, cell in zip(said, desk.points(said, short=short).items, strict=True):
        held = day_of_event(desk, each)
        date = each.date or held
        asides = [*([date_text(date)] if date and (dated or date != held) else []), *([cell.by] if cell.by else [])]
        cells.append(cell.but(by=join(asides) if asides else None))
    return Bullets(items=tuple(cells))


def _speakers(desk: Desk, people: dict[str, Person], found: Iterable[Statement]) -> list[Section]:
    sections = []
    for speaker, said in _groups(found, "speaker").items():
        inner = []
        for event, points in _groups(said, "event").items():
            record = desk.card(event) if event else None
            title = _dated(record.title, record.date) if record else Text("Elsewhere", "その他")
            inner.append(section(title, _lines(desk, points, dated=False)))
        sections.append(section(who(desk, people[speaker]), sections=inner))
    return sections


def _themes(desk: Desk, people: dict[str, Person], found: Iterable[Statement]) -> list[Section]:
    sections = []
    for theme, said in _groups(found, "theme").items():
        title = desk.name(theme) if theme else Text("Without a theme", "主題なし")
        inner = [
            section(who(desk, people[speaker]), _lines(desk, points, dated=True))
            for speaker, points in _groups(said, "speaker").items()
        ]
        sections.append(section(title, sections=inner))
    return sections
