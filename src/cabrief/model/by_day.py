"""What had happened by a day, where a date gives the month or the year alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from cabrief.language.dates import END_OF_TIME, MONTHS, bounds, real_day
from cabrief.model.kinds.countries import Country
from cabrief.model.record import Ref

_DATES = r"(?:(?:\b(?P<day>[0-9]{1,2}) )?\b(?P<month>[A-Z][a-z]+) )?\b(?P<year>(?:19|20)[0-9]{2})\b"


def came_out(card: Any) -> str | None:
    """The last ISO day on which a source may have come out; None for what is no source, or one without any date.

    Who looked at it on a day of the month or year in which it came out, has seen it by then.
    """
    published, retrieved = (getattr(card, name, None) for name in ("published", "retrieved"))
    if published and retrieved and bounds(retrieved)[1] >= bounds(published)[0]:
        return min(bounds(published)[1], bounds(retrieved)[1])
    date = published or retrieved
    return bounds(date)[1] if date else None


def dates_in(words: str) -> list[str]:
    """The days, months and years of these two centuries that an English sentence names, as ISO dates."""
    if "20" not in words and "19" not in words:
        return []
    found = []
    for m in re.finditer(_DATES, words):
        month = MONTHS.index(m["month"]) + 1 if m["month"] in MONTHS else 0
        # a slip such as 31 June is no day
        whole = real_day(m["year"], month, int(m["day"])) if month and m["day"] else None
        found.append(whole or (f"{m['year']}-{month:02}" if month else m["year"]))
    return found


class ByDay:
    """An ISO day to report as of, and what the sources that had come out by it can tell.

    `get` finds a record, such as the card of a source, by its id, or gives None.
    """

    def __init__(self, day: str, get: Callable[[str], Any]) -> None:
        self.day, self._get = day, get
        self.kept: dict[str, Any] = {}  # what was worked out for the day, by the id of its record

    def is_country(self, id_: str) -> bool:
        """Whether an id is that of a country."""
        return isinstance(self._get(id_), Country)

    def is_out(self, refs: Iterable[Ref]) -> bool:
        """Whether there are sources, and all of them had come out by the day; where that is unknown, been looked at."""
        return self._last(refs) <= self.day

    def is_announced(self, refs: Iterable[Ref]) -> bool:
        """Whether some source had come out by the day."""
        return any(self.is_out([ref]) for ref in refs)

    def has_happened(self, date: str, refs: Iterable[Ref]) -> bool:
        """Whether what a record tells as done, or looked for in vain, under a date, was so by the day.

        It was once every day that the date may mean is over. It was before where its sources are all out and the last of them
        came out on one of these days or later: what they tell of as done lies behind them.
        """
        first, last = bounds(date)
        return last <= self.day or (first <= self.day and first <= self._last(refs) <= self.day)

    def has_held(self, date: str, refs: Iterable[Ref]) -> bool:
        """Whether what held as of a date can be told by the day: under a month or a year once its sources are out."""
        first, last = bounds(date)
        return last <= self.day or (first <= self.day and self.is_out(refs))

    def when(self, date: str, refs: Iterable[Ref]) -> str:
        """The last day on which what is told under a date may have been done: its sources told of it no earlier than that."""
        first, last = bounds(date)
        if first == last:  # as most are, for which no source need be looked up
            return last
        told = self._last(refs)
        return told if first <= told < last else last

    def is_younger(self, words: str, refs: Iterable[Ref]) -> bool:
        """Whether a sentence names a day, month or year that had not begun by the day, and that its sources look back upon."""
        if not any(str(year) in words for year in range(int(self.day[:4]), 2100)):  # as most words name no such year
            return False
        later = [day for date in dates_in(words) if (day := bounds(date)[0]) > self.day]
        last = self._last(refs) if later else END_OF_TIME
        return last != END_OF_TIME and any(day <= last for day in later)

    def _last(self, refs: Iterable[Ref]) -> str:
        """The last day on which the latest of some sources may have come out; the end of time where that is unknown."""
        cards = [self._get(ref.source) for ref in refs]
        return max((came_out(card) or END_OF_TIME for card in cards), default=END_OF_TIME)
