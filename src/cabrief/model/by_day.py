"""What had happened by a day, where a date gives the month or the year alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from cabrief.language.dates import END_OF_TIME, bounds
from cabrief.model.known import came_out, years_in
from cabrief.model.record import Ref


class ByDay:
    """An ISO day to report as of, and what the sources that had come out by it can tell.

    `get` finds a source card by its id, or gives None.
    """

    def __init__(self, day: str, get: Callable[[str], Any]) -> None:
        self.day, self._get = day, get

    def is_out(self, refs: Iterable[Ref]) -> bool:
        """Whether there are sources, and all of them had come out by the day; where that is unknown, been looked at."""
        return self._last(refs) <= self.day

    def has_happened(self, date: str, refs: Iterable[Ref]) -> bool:
        """Whether what a record tells as done, under a date, was done by the day.

        It was once every day that the date may mean is over. It was before where its sources are all out and the last of them
        came out on one of these days or later: what they tell of as done lies behind them.
        """
        first, last = bounds(date)
        return last <= self.day or (first <= self.day and first <= self._last(refs) <= self.day)

    def when(self, date: str, refs: Iterable[Ref]) -> str:
        """The last day on which what is told under a date may have been done: its sources told of it no earlier than that."""
        first, last = bounds(date)
        told = self._last(refs)
        return told if first <= told < last else last

    def is_younger(self, words: str, refs: Iterable[Ref]) -> bool:
        """Whether a sentence names a year that had not begun by the day, and that its sources look back upon."""
        later = [year for year in years_in(words) if year > self.day[:4]]
        last = self._last(refs) if later else END_OF_TIME
        return last != END_OF_TIME and any(year <= last[:4] for year in later)

    def _last(self, refs: Iterable[Ref]) -> str:
        """The last day on which the latest of some sources may have come out; the end of time where that is unknown."""
        cards = [self._get(ref.source) for ref in refs]
        return max((came_out(card) or END_OF_TIME for card in cards), default=END_OF_TIME)
