"""The day from which a record can be told: before it, a report as of a day does not know of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from cabrief.language.dates import END_OF_TIME, MONTHS, bounds
from cabrief.model.by_day import came_out, dates_in
from cabrief.model.kinds.agreements import Agreement
from cabrief.model.kinds.commitments import Commitment
from cabrief.model.kinds.disputes import Dispute
from cabrief.model.kinds.events import Event
from cabrief.model.kinds.figures import Figure
from cabrief.model.kinds.organisations import Organisation
from cabrief.model.kinds.people import Person
from cabrief.model.kinds.sources import Source
from cabrief.model.kinds.statements import Statement
from cabrief.model.record import Fact, Record, Ref
from cabrief.model.searches import searched_on, unsearched


def _day_in(words: str, published: Callable[[], Sequence[str]], own: str | None = None) -> str:
    """The latest day, end of a month or end of a year that a sentence names: before that it cannot have been said.

    If a source came out in the month or the year, that day. What lies behind the days of all sources lies ahead in them as
    well, and cannot be told before the earliest. No date says anything where nobody knows when that was, nor does the month or
    year of the record's `own` date, by which it is told. Of a search in vain the year counts, and that is never one of a source.
    """
    dates = dates_in(words)
    out = sorted(published()) if dates else []  # most sentences name no date, and need no source to be looked up
    searched = _SEARCHED.findall(words) if dates else []
    dates = dates_in(_SEARCHED.sub("", words)) if searched else dates
    at = bounds(own) if own else ("", END_OF_TIME)
    spans = [(first, last) for first, last in map(bounds, dates) if not first <= at[0] <= at[1] <= last] if out else []
    days = [min(last, next((day for day in out if day >= first), out[0])) for first, last in spans]
    return max([*days, *(f"{year}-01-01" for year in searched)], default="")


# how sentences say up to when somebody searched
_SEARCHED = re.compile(rf"\bfound by [0-9]{{1,2}} (?:{'|'.join(MONTHS)}) ([0-9]{{4}})\b")


class _Records(Protocol):
    """Where records are looked up by their ids."""

    def get(self, id_: str, /) -> Any:
        """The record, or None."""


class Known:
    """The first ISO day on which a record can be told; an empty string for what always stands.

    An event can be told from its day on, or earlier if a source announced it; what was agreed, promised or said, from the day
    of it; a judgement, an expectation or a plan from the day it was published; a figure from the day it is as of; a
    person from the first day in the office; background without a date always, though not before a day that it names.
    """

    def __init__(self, records: _Records) -> None:
        self._records = records

    def __call__(self, record: Record) -> str:
        """First ISO day on which a record can be told; an organisation, from that of its oldest member on."""
        day = self.sentence(record)
        if isinstance(record, Organisation) and record.members and day:
            return min(day, *(self._first(each.as_of) or self._published(each.refs) for each in record.members))
        return day

    def sentence(self, record: Record) -> str:
        """First ISO day on which the sentence of a record can be told."""
        if isinstance(record, Dispute):
            return self._dispute(record)
        if isinstance(record, Source):
            return bounds(record.published)[0] if record.published else ""
        if not isinstance(record, Fact):
            return ""
        if isinstance(record, Event):
            days = [day for day in (self._first(record.date), self._published(record.refs)) if day]
            return min(days, default="")
        around = max(self._around(record.event, record.refs), self._around(record.agreement, record.refs))
        text = unsearched(record.text)
        as_of = record.as_of if record.as_of != searched_on(record.text) else None  # that of the search alone
        if isinstance(record, Figure):
            return self._figure(record, as_of, text.en)
        if isinstance(record, (Statement, Commitment, Agreement)):
            return self._announced(record.date, record.refs) or around or self._published(record.refs)
        if isinstance(record, Person) and record.since:
            return self._done(record.since, record.refs)
        return self._other(record, as_of, around, text.en)

    def _other(self, record: Fact, as_of: str | None, around: str, words: str) -> str:
        """First day on which a note, a project, a body or a power can be told; `around` is that of its event or agreement."""
        if as_of or (record.date and record.nature == "reported"):
            around = ""  # its own day tells more than that of the event
        elif record.as_of and not around and not record.date:
            around = self._published(record.refs)  # what stands beside a search is as old as its sources
        dated = max(around, self._stood(as_of, record.refs))
        if record.nature != "reported":
            searched = _day_in(words, list)  # the year of a search, of which no source tells
            return max(
                dated, self._published(record.refs) if not as_of or self._are_dated(record.refs) else "", searched
            )
        named = _day_in(words, lambda: self._days_out(record.refs), as_of or record.date)
        return max(dated, self._announced(record.date, record.refs), named)

    def _dispute(self, record: Dispute) -> str:
        """The day on which all sources of a dispute were out, and which its words look back upon."""
        others = (ref for claim in record.others for ref in claim.refs)
        named = f"{record.held.en} {record.reason.en}"
        published = max(self._published(record.refs, max), self._published(others))
        return max(published, _day_in(named, lambda: [published] if published else []))

    def _figure(self, figure: Figure, as_of: str | None, words: str) -> str:
        """First day on which a figure can be told, by the day that it is as of and the words beside a search in vain."""
        if figure.value is None and figure.looked:
            return max(self._done(figure.looked, figure.refs), _day_in(words, list))
        day = as_of or figure.date or self._published(figure.refs) or "0001"
        first, last = self._announced(day, figure.refs), bounds(day)[1]
        named = _day_in(words, lambda: self._days_out(figure.refs), as_of or figure.date)
        return max(first, min(last, self._published(figure.refs) or last), named)

    def _around(self, id_: str | None, refs: Iterable[Ref]) -> str:
        """First day of the event or the agreement that a fact belongs to; before it where the fact's sources are older."""
        record = self._records.get(id_) if id_ else None
        return self._announced(getattr(record, "date", None), refs)

    def _done(self, date: str, refs: Sequence[Ref]) -> str:
        """The day from which what was done, or looked for in vain, under a date can be told, as `ByDay.has_happened` has it."""
        first, last = bounds(date)
        days = self._days_out(refs)
        latest = max(days, default="") if len(days) == len(refs) else ""
        return min(last, latest) if first <= latest else last

    def _first(self, date: str | None) -> str:
        return bounds(date)[0] if date else ""

    def _announced(self, date: str | None, refs: Iterable[Ref]) -> str:
        """The day from which what is told under a date can be told.

        It is that of its sources: a month or a year that has begun is no evidence. It is the last day of the date where they
        came out later or nobody knows when, and the day on which the earliest of them came out where the date lay ahead.
        """
        if not date:
            return ""
        (first, last), refs = bounds(date), tuple(refs)
        latest = self._published(refs, max)
        return self._published(refs) if latest and latest < first else min(last, latest or last)

    def _stood(self, date: str | None, refs: Iterable[Ref]) -> str:
        """The day from which what held on a date can be told: of a month or year, when its sources are out, or at its end."""
        if not date:
            return ""
        first, last = bounds(date)
        latest = self._published(refs, max) if first < last else ""
        return first if first == last or (latest and latest < first) else min(last, latest or last)

    def _published(self, refs: Iterable[Ref], which: Callable[..., str] = min) -> str:
        """Last day on which the earliest of the sources, or the latest, may have come out."""
        return which(self._days_out(refs), default="")

    def _are_dated(self, refs: Iterable[Ref]) -> bool:
        """Whether it is known of all sources when they were published; when one was looked at says less than an own day."""
        cards = [self._records.get(ref.source) for ref in refs]
        return all(isinstance(card, Source) and card.published for card in cards)

    def _days_out(self, refs: Iterable[Ref]) -> list[str]:
        """Last days on which sources may have come out, of those of which that is known."""
        cards = (self._records.get(ref.source) for ref in refs)
        return [day for card in cards if isinstance(card, Source) and (day := came_out(card))]
