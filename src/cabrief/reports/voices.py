"""Who said what, where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from cabrief.document import Document, Section
from cabrief.language.dates import date_text
from cabrief.language.text import Text, join, template
from cabrief.model.kinds.people import Person
from cabrief.model.kinds.statements import Statement
from cabrief.reports.desk import Desk, section
from cabrief.store.base import Base

FIELDS = ("id", "speaker", "role", "institution", "of", "event", "date", "theme", "asks", "proposes", "text", "refs")


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
) -> Document:
    """List statements, under their speakers or under their themes."""
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
    sections = _themes(desk, people, found) if by_theme else _speakers(desk, people, found)
    rows = [_row(people[each.speaker], each) for each in found]
    return desk.document(template("Voices ({n})", "発言（{n}件）", n=len(found)), sections, FIELDS, rows)


def _row(person: Person, each: Statement) -> dict[str, Any]:
    return {
        "id": each.id,
        "speaker": each.speaker,
        "role": person.role,
        "institution": person.institution,
        "of": person.of,
        "event": each.event,
        "date": each.date,
        "theme": each.theme,
        "asks": each.asks,
        "proposes": each.proposes,
        "text": each.text,
        "refs": each.refs,
    }


def _groups(found: Iterable[Statement], key: str) -> dict[str, list[Statement]]:
    groups: dict[str, list[Statement]] = {}
    for each in found:
        groups.setdefault(getattr(each, key) or "", []).append(each)
    return groups


def who(person: Person) -> Text:
    """A speaker with role and institution."""
    parts = [person.name, person.role, *([person.institution] if person.institution else [])]
    return join(parts)


def _speakers(desk: Desk, people: dict[str, Person], found: Iterable[Statement]) -> list[Section]:
    sections = []
    for speaker, said in _groups(found, "speaker").items():
        inner = []
        for event, points in _groups(said, "event").items():
            record = desk.card(event) if event else None
            title = record.title if record else Text("Elsewhere", "その他")
            if record and record.date:
                title = template("{t}, {d}", "{t}（{d}）", t=title, d=date_text(record.date))
            inner.append(section(title, desk.points(points)))
        sections.append(section(who(people[speaker]), sections=inner))
    return sections


def _themes(desk: Desk, people: dict[str, Person], found: Iterable[Statement]) -> list[Section]:
    sections = []
    for theme, said in _groups(found, "theme").items():
        title = desk.name(theme) if theme else Text("Without a theme", "主題なし")
        inner = [
            section(who(people[speaker]), desk.points(points)) for speaker, points in _groups(said, "speaker").items()
        ]
        sections.append(section(title, sections=inner))
    return sections
