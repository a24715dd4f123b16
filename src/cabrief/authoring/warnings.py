"""What may well be so and yet deserves a look: pages not looked at for long, promises past their date, facts that nothing prints.

Warnings, unlike problems, stop no answer; `check` works them out over facts that have no error, as of a day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from cabrief.authoring import ahead, style
from cabrief.language.dates import END_OF_TIME, bounds, has_passed, years_since
from cabrief.language.text import Text
from cabrief.loading.whole import Whole
from cabrief.model.by_day import ByDay
from cabrief.model.kinds import kinds
from cabrief.model.kinds.actors import Actor
from cabrief.model.kinds.agreements import Agreement
from cabrief.model.kinds.commitments import Commitment
from cabrief.model.kinds.countries import Country
from cabrief.model.kinds.events import Event
from cabrief.model.kinds.figures import Figure
from cabrief.model.kinds.notes import Note
from cabrief.model.kinds.projects import Project
from cabrief.model.kinds.sources import Source
from cabrief.model.kinds.topics import Topic
from cabrief.model.promises import promise_status
from cabrief.model.record import Fact, Record
from cabrief.problems.problem import Problem
from cabrief.reading.loaded import Entry, words_on
from cabrief.store.base import Base

RETRIEVED = re.compile('"retrieved":"([^"]*)"')  # in the JSON of a source
STALE = 1  # years after which a page is to be looked at again
LISTED = ("actors", "commitments", "events", "statements")  # kinds all facts of which stand in a list
# fields that name what has a page: all that names a topic stands there, and most of what names the others
OF_TOPICS = ("topics", "theme", "sector")
OF_OTHERS = ("countries", "actors", "event", "of", "host", "parties", "members", "measure", "key")
MOST_MADE = 20_000  # records of a pack whose reports are made to see what they print
MOST_PAGES = 50  # that are made for this


def stale_sources(loaded: Whole, day: str) -> Iterator[Problem]:
    """A page was looked at within a year; a document that is kept by its digest does not change."""

    @cache
    def fresh(retrieved: str) -> bool:
        return bounds(retrieved)[0] <= day and years_since(retrieved, day) < STALE

    plain = ((seq, RETRIEVED.search(data)) for seq, _, _, data in loaded.kept.plain(Source))
    for entry in loaded.at([seq for seq, found in plain if not (found and fresh(found[1]))]):
        source: Any = entry.record
        if source.document:
            continue
        hint = Text("check the page, then update retrieved", "ページを確認し、retrievedを更新する")
        if source.retrieved is None:
            words = words_on(entry, "the card has no day of retrieval", "確認日がない")
            yield Problem(loaded.where(entry), "stale-source", words, hint)
        elif bounds(source.retrieved)[0] > day:
            words = words_on(
                entry,
                "retrieved on {date}, which is in the future",
                "確認日{date}は将来の日付",
                date=source.retrieved,
            )
            yield Problem(loaded.where(entry, "retrieved"), "stale-source", words)
        elif (years := years_since(source.retrieved, day)) >= STALE:
            en = "last retrieved on {date}, {years} year{s} ago"
            ja = "{date}から{years}年以上確認されていない"
            words = words_on(entry, en, ja, date=source.retrieved, years=years, s="s" * (years > 1))
            yield Problem(loaded.where(entry, "retrieved"), "stale-source", words, hint)


def overdue_promises(loaded: Whole, day: str) -> Iterator[Problem]:
    """A promise that is past its date says what became of it, if only that this is unknown."""
    by_day = ByDay(day, loaded.get)
    for entry in loaded.of(Commitment):
        promise: Any = entry.record
        if promise_status(promise, by_day)[1] and not promise.outcomes:
            words = words_on(
                entry, "due {due}, but no outcome is recorded", "期限{due}を過ぎ、結果がない", due=promise.due or ""
            )
            hint = Text("add an outcome with its date", "outcomesに結果と日付を加える")
            yield Problem(loaded.where(entry, "due"), "overdue-promise", words, hint)


def plans_that_passed(loaded: Whole, day: str) -> Iterator[Problem]:
    """What was planned for a day that is over says what became of it, if only that this is unknown."""
    for entry in loaded.of(Event):
        event: Any = entry.record
        if event.status == "planned" and event.date and has_passed(event.date, day):
            words = words_on(entry, "planned for {date}, which has passed", "予定の{date}を過ぎた", date=event.date)
            hint = Text(
                "set status to held, postponed, cancelled or unknown",
                "statusをheld、postponed、cancelled、unknownのいずれかにする",
            )
            yield Problem(loaded.where(entry, "status"), "passed-plan", words, hint)


def figures_without_year(loaded: Whole, day: str) -> Iterator[Problem]:  # noqa: ARG001 - as every rule is called
    """A number says of when it is."""
    dated = {basic.id for basic in loaded.pack.basics if basic.fresh_years} if loaded.pack else set()
    hint = Text("add as_of", "as_ofを加える")
    for entry in loaded.of(Figure, Country):
        record = entry.record
        searched = record.looked if isinstance(record, Figure) and record.value is None else None
        if isinstance(record, Figure) and not (record.as_of or record.date or searched):
            words = words_on(entry, "the value has no year", "年のない数値")
            yield Problem(loaded.where(entry, "value"), "figure-without-year", words, hint)
        elif isinstance(record, Country):
            for key, value in record.basics.items():
                if key in dated and value.value is not None and not value.as_of:
                    words = words_on(entry, "{key} has no year", "{key}に年がない", key=key)
                    yield Problem(loaded.where(entry, "basics", key), "figure-without-year", words, hint)


def lone_topics(loaded: Whole, day: str) -> Iterator[Problem]:  # noqa: ARG001 - as every rule is called
    """A topic brings facts together."""
    for entry in loaded.of(Topic):
        count = loaded.kept.count_naming(entry.record.id, "topic", most=2)
        if count <= 1:
            en, ja = "{count} facts are about it", "このテーマの事実は{count}件"
            en = "only one fact is about it" if count else "no fact is about it"
            words = words_on(entry, en, ja, count=count)
            hint = Text("use a wider topic", "より広いテーマにまとめる")
            yield Problem(loaded.where(entry), "lone-topic", words, hint)


def same_overrides(loaded: Whole, day: str) -> Iterator[Problem]:  # noqa: ARG001 - as every rule is called
    """What is laid over a record differs from it."""
    for before, after in loaded.replaced:
        if before.record.but(overrides=False) == after.record.but(overrides=False):
            en, ja = "is identical to the record at {place}", "{place}の内容と同じ"
            words = words_on(after, en, ja, place=str(loaded.where(before)))
            hint = Text("remove the record", "この記録を消す")
            yield Problem(loaded.where(after), "override-same", words, hint)


def printed_nowhere(loaded: Whole, day: str) -> Iterator[Problem]:  # noqa: ARG001 - as every rule is called
    """A fact stands in some report. Of a large pack, only what names nothing that has a page is told."""
    others = [each.record for plural, each in kinds().items() if issubclass(each.record, Fact) and plural not in LISTED]
    small = loaded.kept.count() <= MOST_MADE
    # what a field is called stands so nowhere else in JSON, where quotation marks of a text are escaped
    named = [f'"{field}":' for field in (OF_TOPICS if small else (*OF_TOPICS, *OF_OTHERS))]
    left: Iterable[Entry] = loaded.at(
        [seq for seq, _, _, data in loaded.kept.plain(*others) if not any(map(data.__contains__, named))]
    )
    if small:
        places, powers = frozenset(loaded.base.pack.countries), frozenset(loaded.base.ids(Actor))
        doubtful = [entry for entry in left if not _has_page(entry.record, places, powers)]
        left = list(_printed_nowhere(loaded.base, doubtful, places, powers)) if doubtful else ()
    for entry in left:
        words = words_on(entry, "only facts, search and why print it", "facts、search、whyにしか出ない")
        hint = Text(
            "add countries, actors, topics or an event",
            "countries、actors、topics、eventのいずれかを加える",
        )
        yield Problem(loaded.where(entry), "printed-nowhere", words, hint)


def _has_page(fact: Record, places: frozenset[str], powers: frozenset[str]) -> bool:
    """Whether a fact names something the page of which is sure to print it, which is quicker to tell than to make the page.

    `places` are the countries of the pack. Where none is sure, the reports tell.
    """
    for pointer in fact.pointers():
        match pointer.role:
            case "of":
                sure = pointer.id in places or pointer.id in powers
            case "member":
                sure = pointer.id in places
            case "country":
                sure = pointer.id in places and isinstance(fact, (Agreement, Note, Project))
            case "actor":
                sure = pointer.id in powers and isinstance(fact, Note)
            case "event":
                sure = bool(fact.topic_section())
            case _:
                sure = False
        if sure:
            return True
    return False


def _printed_nowhere(
    base: Base, doubtful: Sequence[Entry], places: frozenset[str], powers: frozenset[str]
) -> Iterator[Entry]:
    """Those of some facts that no page prints; where many pages would have to be made, those that name nothing that has one."""
    named = dict.fromkeys(id_ for entry in doubtful for id_ in entry.record.named_ids())
    if len(named.keys() & (places | powers)) > MOST_PAGES:
        yield from (each for each in doubtful if not any(getattr(each.record, field, None) for field in OF_OTHERS))
        return
    countries, actors = ([id_ for id_ in named if id_ in those] for those in (places, powers))
    seen = printed_facts(base, [entry.record for entry in doubtful], countries, actors)
    yield from (entry for entry in doubtful if entry.record.id not in seen)


def printed_facts(base: Base, facts: Iterable[Any], countries: Sequence[str], actors: Sequence[str]) -> set[str]:
    """Ids of what the reports print on all, on some countries and actors and on the events that some facts name."""
    from cabrief.document import Document, cells
    from cabrief.reports import actors as on_actors
    from cabrief.reports import brief, country

    day = END_OF_TIME
    seen: set[str] = set()

    def look(document: Document) -> None:
        seen.update(cell.id.partition(".")[0] for cell in cells(document.sections))
        seen.update(str(row["id"]).partition(".")[0] for row in document.rows or () if "id" in row)

    look(brief.view(base, day))
    if countries:
        look(country.view(base, day, countries))
    if actors:
        look(on_actors.view(base, day, actors))
    left = [fact for fact in facts if fact.id not in seen]
    agreements = base.get_all(fact.agreement for fact in left if fact.agreement)
    named = [fact.event for fact in (*left, *agreements.values())]
    for event in dict.fromkeys(id_ for id_ in named if id_):
        look(brief.view(base, day, event))
    return seen


RULES: tuple[Callable[[Whole, str], Iterator[Problem]], ...] = (
    stale_sources,
    overdue_promises,
    plans_that_passed,
    ahead.held_ahead,
    ahead.known_ahead,
    ahead.not_yet_out,
    figures_without_year,
    lone_topics,
    same_overrides,
    style.own_texts,
    printed_nowhere,
)


def find_warnings(loaded: Whole, day: str) -> Iterator[Problem]:
    """Everything that deserves a look as of an ISO day."""
    for rule in RULES:
        yield from rule(loaded, day)
