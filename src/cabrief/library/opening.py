"""Opening the fact base: which directories it is read from, as of which day, in which language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from cabrief.errors import UsageError
from cabrief.language.dates import today
from cabrief.language.text import quoted
from cabrief.library.asking import Day, report_day
from cabrief.library.directories import directories, is_overlay
from cabrief.library.fact_base import FactBase
from cabrief.library.languages import output_language
from cabrief.loading.cache import ProgressOrNone, Tell, ask, open_base, seen
from cabrief.store.base import Base

T = TypeVar("T")
A_WHILE = 1.0  # seconds for which files are taken not to have changed


def open(  # noqa: A001 - `cabrief.open`, as `gzip.open`
    data: str | Path | Iterable[str | Path] | None = None,
    *,
    as_of: Day | None = None,
    lang: str | None = None,
    layers: bool = False,
) -> FactBase:
    """Open the fact base: the built-in pack with further directories of facts, `data`, laid over it.

    Directories that the environment or the configuration names are read as well: packs always, layers over a pack with
    `layers` only, since what is printed may be passed on. `as_of` is the day to report as of, in any form that the command
    line takes; today if absent. `lang` is en or ja; the environment's if absent. Raises UsageError, NoSuchDirectory, BadFacts.

    >>> facts = open(as_of="2026-11-26")
    >>> facts.as_of
    '2026-11-26'
    """
    given = (
        [data]
        if isinstance(data, (str, Path))
        else []
        if data is None
        else list(data)
        if isinstance(data, Iterable)
        else [data]
    )
    for each in given:
        if not each or not isinstance(each, (str, Path)):
            shown = quoted(each)
            raise UsageError(f"name a directory of facts, not {shown.en}", f"factのディレクトリを指定する：{shown.ja}")
    set_up = directories()
    kept = [directory for directory in set_up if layers or not is_overlay(directory)]
    named = directories(Path(each) for each in given)[len(set_up) :]
    return open_directories([*kept, *named], as_of=as_of, lang=lang)


def open_directories(
    found: list[Path], *, as_of: Day | None = None, lang: str | None = None, tell: Tell | None = None
) -> FactBase:
    """Open exactly these directories over the built-in pack; `tell` gets what a user should know, as it comes up."""
    speech = output_language(lang)
    return FactBase(open_base(found, tell), report_day(as_of), speech, tell)


def ask_directories(
    question: Callable[[FactBase], T],
    found: list[Path],
    *,
    as_of: str | None = None,
    lang: str | None = None,
    tell: Tell | None = None,
    progress: ProgressOrNone | None = None,
) -> T:
    """What a question to exactly these directories gives, asked again where the build that answered first is damaged."""
    speech, day = output_language(lang), report_day(as_of)

    def ask_base(base: Base) -> T:
        return question(FactBase(base, day, speech, tell))

    return ask(ask_base, found, tell, progress)


class CurrentFacts:
    """A fact base that stays open for long: whoever asks gets it as its files are now."""

    def __init__(self, found: list[Path], *, as_of: Day | None = None, lang: str | None = None) -> None:
        """Keep these directories in view; without `as_of`, every day is reported as of itself."""
        self._directories, self._as_of, self._lang = found, as_of, lang
        self._facts: FactBase | None = None
        self._looked = 0.0
        self._seen = ""  # the files when they were read

    def now(self) -> FactBase:
        """The fact base; read anew where its files have changed since, for which they are looked at once a second."""
        from time import monotonic

        if self._facts is None or monotonic() - self._looked > A_WHILE:
            files = seen(self._directories)
            if self._facts is None or files != self._seen:
                self._facts = open_directories(self._directories, as_of=self._as_of, lang=self._lang)
            self._looked, self._seen = monotonic(), files
        return self._facts if self._as_of else self._facts.at(today())
