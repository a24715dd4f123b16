"""Days that lie ahead in what was held, said, seen or looked for: mostly a slip in the year, which keeps facts out of reports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from cabrief.language.dates import bounds
from cabrief.language.text import EMPTY, Text
from cabrief.loading.whole import Whole
from cabrief.model.by_day import came_out
from cabrief.model.kinds.actors import Actor
from cabrief.model.kinds.agreements import Agreement
from cabrief.model.kinds.commitments import Commitment
from cabrief.model.kinds.countries import Country
from cabrief.model.kinds.events import Event
from cabrief.model.kinds.figures import Figure
from cabrief.model.kinds.notes import Note
from cabrief.model.kinds.organisations import Organisation
from cabrief.model.kinds.people import Person
from cabrief.model.kinds.projects import Project
from cabrief.model.kinds.routes import Route
from cabrief.model.kinds.sources import Source
from cabrief.model.kinds.statements import Statement
from cabrief.model.kinds.treaties import Treaty
from cabrief.model.record import Place, Record
from cabrief.model.searches import search_day
from cabrief.problems.problem import Problem
from cabrief.reading.loaded import words_on

SELDOM_AHEAD = {  # records of which there are many, and what in their JSON may lie ahead by a slip: a day, or the end of a text
    Source: re.compile('"published":"([^"]*)"'),
    Figure: re.compile('"looked":"([^"]*)"|found by '),
}


def held_ahead(loaded: Whole, day: str) -> Iterator[Problem]:
    """What lies ahead is planned, whatever the record says: held is also what a record says that says nothing."""
    for entry in loaded.of(Event):
        event: Any = entry.record
        if event.status == "held" and event.date and bounds(event.date)[0] > day:
            words = words_on(
                entry, "held on {date}, which lies ahead", "{date}に実施とあるが、その日は先", date=event.date
            )
            hint = Text("write status: planned", "status: planned と書く")
            yield Problem(loaded.where(entry, "date"), "held-ahead", words, hint)


def known_ahead(loaded: Whole, day: str) -> Iterator[Problem]:
    """What is said to hold as of a day ahead, or rests on what comes out or is looked for then, is told by no report before it.

    A figure may be a forecast.
    """
    told = (Actor, Agreement, Commitment, Country, Event, Note, Organisation, Person, Project, Route, Statement, Treaty)
    plain = (
        (seq, of.findall(data)) for kind, of in SELDOM_AHEAD.items() for seq, _, _, data in loaded.kept.plain(kind)
    )
    later = loaded.at([seq for seq, found in plain if any(not date or bounds(date)[0] > day for date in found)])
    hint = Text("is the year right?", "年は正しいか")
    for entry in chain(loaded.of(*told), later):
        for place, date in (*_days(entry.record), *_searches(entry.record)):
            if date and bounds(date)[0] > day:
                en, ja = "{key}: {date}, which lies ahead", "{key}が{date}とあるが、その日は先"
                words = words_on(entry, en, ja, key=place[-1], date=date)
                yield Problem(loaded.where(entry, *place), "held-ahead", words, hint)


def not_yet_out(loaded: Whole, day: str) -> Iterator[Problem]:
    """A source of this month or year that nobody has looked at counts as out when that is over: so does what rests on it."""
    plain = ((seq, SELDOM_AHEAD[Source].search(data)) for seq, _, _, data in loaded.kept.plain(Source))
    recent = [seq for seq, found in plain if found and bounds(found[1])[0] <= day < bounds(found[1])[1]]
    hint = Text("add retrieved, the day on which somebody had it", "手にした日をretrievedに書く")
    for entry in loaded.at(recent):
        card: Any = entry.record
        if (came_out(card) or "") > day:
            en, ja = (
                "out by the end of {date} alone, which lies ahead",
                "{date}の末に出たものとして扱われるが、その日は先",
            )
            words = words_on(entry, en, ja, date=card.published)
            yield Problem(loaded.where(entry, "published"), "held-ahead", words, hint)


def _days(record: Record) -> Iterator[tuple[Place, str | None]]:
    """The days on which what a record says held, was said or came out, with their places in it."""
    if not isinstance(record, Figure):
        yield ("as_of",), getattr(record, "as_of", None)
    match record:
        case Source():
            yield ("published",), record.published
        case Country():
            yield from ((("basics", key, "as_of"), value.as_of) for key, value in record.basics.items())
        case Organisation():
            yield from ((("members", i, "as_of"), member.as_of) for i, member in enumerate(record.members))
        case Person():
            yield ("since",), record.since
        case Agreement() if record.nature == "plan":
            return
        case Agreement() | Statement():
            yield ("date",), record.date
        case Commitment():
            yield ("date",), record.date
            yield from ((("outcomes", i, "date"), outcome.date) for i, outcome in enumerate(record.outcomes))
        case Treaty() if record.next_step:
            yield ("next_step", "as_of"), record.next_step.as_of


def _searches(record: Record) -> Iterator[tuple[Place, str | None]]:
    """The days on which somebody searched, with their places in a record."""
    yield ("text",), search_day(getattr(record, "text", EMPTY).en)
    match record:
        case Figure():
            yield ("looked",), record.looked
        case Country():
            yield from ((("basics", key, "looked"), value.looked) for key, value in record.basics.items())
        case Treaty():
            searched = ((i, step) for i, step in enumerate(record.steps) if step.stage in ("unknown", "none"))
            yield from ((("steps", i, "date"), step.date) for i, step in searched)
            yield ("next_step", "text"), search_day(record.next_step.text.en) if record.next_step else None
