"""What was asked, made out: names to ids, words of closed sets, days; and what was taken for something else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from cabrief.errors import UsageError
from cabrief.language.dates import date_text, today
from cabrief.language.text import EMPTY, Text, join, quoted, same, template
from cabrief.loading.cache import Tell
from cabrief.model.kinds import kind
from cabrief.model.names import fold
from cabrief.store.base import Base

if TYPE_CHECKING:
    from cabrief.document import Document
    from cabrief.model.record import Record

Named = str | Iterable[str] | None
Day = str | date  # in any form that the command line takes
NARROWED = {  # to what options without words of their own narrow a list
    "from": Text("from", "開始"),
    "due_before": Text("due before", "期限がこれより前"),
    "asks": Text("requests", "要望"),
    "proposes": Text("proposals", "提案"),
}
COMMAS = ",、，"
MOST_ALIKE = 5  # records of one name that a note tells
ISO_DAY_LENGTH = len("2026-11-26")
PROMISERS = ("countries", "actors", "people", "organisations")  # kinds of those who promise
WHAT = {
    "kind": "種類",
    "category": "種別",
    "weight": "重さ",
    "nature": "性質",
    "status": "状況",
    "aspect": "項目",
    "grouping": "まとめ方",
    "format": "形式",
    "code": "コード",
}


class Request:
    """One request of a fact base. `notes` are what its user should know: which names were taken for others."""

    def __init__(self, base: Base, tell: Tell) -> None:
        self.base, self._tell = base, tell
        self.notes: list[Text] = []
        self._narrowed: list[Text] = []  # to what a list was narrowed

    def note(self, words: Text) -> None:
        """Keep a note, and tell it."""
        self.notes.append(words)
        self._tell(words)

    def told(self, document: Document) -> Document:
        """A list with a line on what it was narrowed to by what was asked so far, if to anything."""
        if not self._narrowed:
            return document
        from cabrief.document import narrowed

        return narrowed(document, template("{w}.", "{w}。", w=self.only()))

    def only(self) -> Text:
        """To what was asked so far narrows a list; empty where to nothing."""
        words = join(self._narrowed, "; ", "；")
        return template("Only: {w}", "絞り込み：{w}", w=words) if self._narrowed else EMPTY

    def flag(self, given: bool, to: str) -> bool:  # noqa: FBT001 - as the options of lists are
        """A flag that narrows a list; what to, is a word of NARROWED."""
        self._narrowed += [NARROWED[to]] if given else []
        return given

    def words(self, words: Named, allowed: Iterable[str], what: str) -> tuple[str, ...]:
        """Words of a closed set as `choose` gives them."""
        found = choose(words, allowed, what)
        labels = allowed if isinstance(allowed, dict) else {}
        told = [label if isinstance(label := labels.get(word), Text) else same(word) for word in found]
        self._narrow(Text(what, WHAT.get(what, what)), told)
        return found

    def span(self, since: Day | None, until: Day | None = None, to: str = "from") -> tuple[str, str]:
        """Two dates as `span` gives them; what the first narrows a list to, is a word of NARROWED."""
        first, last = span(since, until)
        self._narrow(NARROWED[to], [date_text(first)] if first else [])
        self._narrow(Text("until", "終了"), [date_text(last)] if last else [])
        return first, last

    def _narrow(self, to: Text, words: Iterable[Text]) -> None:
        if told := list(words):
            self._narrowed.append(template("{t} {w}", "{t}={w}", t=to, w=join(told)))

    def _parted(self, names: Iterable[str], classes: Sequence[type[Record]]) -> Iterator[str]:
        """Names, of which one that nothing is called and that has commas is several."""
        for name in names:
            parts = name.translate(dict.fromkeys(map(ord, COMMAS), ",")).split(",")
            named = [part.strip() for part in parts if part.strip()]
            one = len(parts) == 1 or not named or self.base.named_first(name, *classes)
            yield from [name] if one else named

    def ids(self, names: Named, *kinds: str) -> tuple[str, ...]:
        """Ids of named records of some kinds, given by their plurals.

        A misspelling that can only be one of them is taken for it, and a note says so; names with commas between are several.
        Raises UnknownName.
        """
        ids, classes = [], [kind(plural).record for plural in kinds]
        for name in self._parted(dict.fromkeys(listed(names)), classes):
            id_, exact = self.base.resolve(name, *classes)
            if not exact:
                self.note(template("{name} is taken for {id}", "{name}を{id}とみなす", name=quoted(name), id=id_))
            elif others := self._called_alike(name, id_, classes):
                en, ja = (
                    "{name} is taken for {id}; others of this name: {others}",
                    "{name}を{id}とみなす。同名：{others}",
                )
                self.note(template(en, ja, name=quoted(name), id=id_, others=", ".join(others)))
            ids.append(id_)
        found = tuple(dict.fromkeys(ids))
        self._narrow(kind(kinds[0]).name if len(kinds) == 1 else Text("of", "対象"), map(self.base.name, found))
        return found

    def _called_alike(self, name: str, id_: str, classes: Sequence[type[Record]]) -> list[str]:
        """Other records of some kinds that have a name, unless it is the id of one; a few of them."""
        folded = fold(name)
        if name.lower() == id_:
            return []
        others = sorted(self.base.named([folded]).get(folded, set()) - {id_})
        return [each for each in others if isinstance(self.base.get(each), tuple(classes))][:MOST_ALIKE]

    def one(self, name: Named, *kinds: str) -> str:
        """The id of the one thing that is named; see `ids`. Raises UsageError for several."""
        return only(self.ids(only(name), *kinds))


def listed(names: Named) -> list[str]:
    """Named, of which a single one may stand for itself; raises UsageError for what is no text."""
    if names is None or isinstance(names, str):
        return [] if names is None else [names]
    given: list[Any] = list(names) if isinstance(names, Iterable) else [names]
    for each in given:
        if not isinstance(each, str):
            shown = quoted(each)
            raise UsageError(f"a name is text, not {shown.en}", f"名前は文字列で書く：{shown.ja}")
    return given


def only(name: Named) -> str:
    """The one name that is asked for; raises UsageError for none, for several and for what is no text."""
    names = listed(name)
    if len(names) != 1:
        raise UsageError(f"name one thing, not {len(names)}", f"一つだけ指定する（{len(names)}件が指定された）")
    return names[0]


def labels_of(words: Iterable[str]) -> dict[str, str]:
    """Labels of a closed set in both languages, where it has any, and the word that each stands for."""
    pairs = words.items() if isinstance(words, dict) else ()
    return {label.lower(): word for word, text in pairs if isinstance(text, Text) for label in text}


def choose(words: Named, allowed: Iterable[str], what: str) -> tuple[str, ...]:
    """Words of a closed set; where the set has labels, these are understood as well. Raises UsageError."""
    labels = labels_of(allowed)
    found = [labels.get(word.lower(), word) for word in listed(words)]
    allowed = list(allowed)
    for word in found:
        if word not in allowed:
            from cabrief.problems.problem import did_you_mean

            hint, known = did_you_mean(word, allowed), ", ".join(allowed)
            shown = quoted(word)
            raise UsageError(
                f"there is no {what} {shown.en}; {hint.en + ' ' if hint.en else ''}known: {known}",
                f"{shown.ja}という{WHAT.get(what, what)}はない。{hint.ja}選べるもの：{known}",
            )
    return tuple(dict.fromkeys(found))


def day_words(day: Day | None) -> str:
    """A day as words: a date of Python's stands for its ISO form; raises UsageError for what is neither."""
    words: Any = (
        day.isoformat()[:ISO_DAY_LENGTH] if isinstance(day, date) else day or ""
    )  # a datetime is a date as well
    if not isinstance(words, str):
        shown = quoted(day)
        raise UsageError(f"a day is text or a date, not {shown.en}", f"日は文字列か日付：{shown.ja}")
    return words


def span(since: Day | None, until: Day | None) -> tuple[str, str]:
    """Two dates as the facts have them, either of which may be missing; raises UsageError where the last comes first."""
    if not since and not until:
        return "", ""
    from cabrief.library.days import check_order, read_day

    begin, end = day_words(since), day_words(until)
    first, last = read_day(begin) if begin else "", read_day(end) if end else ""
    if first and last:
        check_order(first, last)
    return first, last


def report_day(day: Day | None) -> str:
    """The ISO day to report as of: today, unless words name another; raises UsageError."""
    words = day_words(day)
    if not words:
        return today()
    from cabrief.library.days import read_last_day

    return read_last_day(words)
