"""What a user searches for: words, the records that they name, and every spelling that stands for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from cabrief.errors import UsageError
from cabrief.language.text import Text, quoted, template
from cabrief.language.unseen import SELECTORS
from cabrief.language.words import in_digits, numbers, replace_numbers, stem
from cabrief.model.kinds.sources import Source
from cabrief.model.kinds.topics import Topic
from cabrief.model.names import fold, sound
from cabrief.store.base import Base

MOST_LETTERS = 200_000  # of one search, which is cut into words before they are counted
MOST_WORDS = 40  # different words of one search
MOST_SPELLINGS = 1_000  # that stand for one word of a search
MOST_NAME_WORDS = 6  # words of a name that is typed as several
SHORT = 3  # letters of a word that has no stem, and of an abbreviation, which capitals tell from a word: US, us
NO_NAMES = (Topic, Source)  # the names of a topic are subjects of their own, and a title is often another's name
WIDE = "\u2e80"  # from here on, scripts write without spaces
Typed = tuple[str, str]  # a word as typed, and with its numbers in digits
# a letter with what belongs to it: marks over it, joiners, and what selects its shape
_LETTER = re.compile(f"(.)[\u0300-\u036f\u3099\u309a\uff9e\uff9f\u200c\u200d{SELECTORS}]*", re.DOTALL)


_folded_letter = lru_cache(maxsize=8192)(fold)  # few letters make up all texts


class Spelt:
    """A text as a search reads it: folded, numbers in digits, with the places where words begin and end."""

    def __init__(self, text: str, *, with_numbers: bool = False) -> None:
        self.text = text
        self._numbers = list(numbers(text)) if with_numbers else []
        self._folded = fold(in_digits(text) if self._numbers else text)
        self._places: list[tuple[int, int]] = []  # of each folded letter, where its original begins and ends
        self._borders: set[int] = set()  # places between words

    def spans(self, spelling: str, *, capitals: bool = False) -> list[tuple[int, int]]:
        """Where a folded spelling stands, as pairs of first place and place after the last in the text as written.

        Whole words where its script has words, in every form of an English word. With `capitals`, only where it is written
        in capitals.
        """
        beginning = stem(spelling) if spelling < WIDE and len(spelling) > SHORT else spelling
        if beginning not in self._folded:
            return []
        self._read()
        found, at = [], self._folded.find(beginning)
        while at >= 0:
            begins = spelling[0] >= WIDE or at in self._borders
            if begins and (end := self._end(at, beginning, spelling)):
                span = self._places[at][0], self._places[end - 1][1]
                if not capitals or self.text[slice(*span)].isupper():
                    found.append(span)
            at = self._folded.find(beginning, at + 1)
        return found

    def _end(self, at: int, beginning: str, spelling: str) -> int:
        """Where a spelling, or another form of it, ends that begins at a place; 0 where what stands there is another word."""
        end = at + len(spelling)
        if self._folded.startswith(spelling, at) and (spelling[-1] >= WIDE or end in self._borders):
            return end
        end = at + len(beginning)
        while end not in self._borders:
            end += 1
        return end if spelling < WIDE and stem(self._folded[at:end]) == beginning else 0

    def _read(self) -> None:
        """Find the places of letters and the borders of words, once."""
        if self._places:
            return
        folded, before = "", ""
        for first, last, letters in self._letters():
            parts = _folded_letter(letters)
            kind = "" if not parts else "wide" if parts >= WIDE else "narrow"
            if kind != before:
                self._borders.add(len(folded))
            folded, before = folded + parts, kind
            self._places += [(first, last)] * len(parts)
        self._borders.add(len(folded))
        self._folded = folded

    def _letters(self) -> Iterator[tuple[int, int, str]]:
        at = 0
        for first, last, digits in [*self._numbers, (len(self.text), 0, "")]:
            yield from ((m.start(), m.end(), m[0]) for m in _LETTER.finditer(self.text, at, first))
            if digits:
                yield first, last, digits
            at = last


class Term(NamedTuple):
    """One thing that is searched for: as typed, the folded spellings that stand for it, and the records that they name."""

    typed: str
    spellings: frozenset[str]
    ids: frozenset[str] = frozenset()
    capitals: frozenset[str] = frozenset()  # of the spellings, abbreviations that only capitals tell from words: US, us

    def spans(self, text: Spelt) -> list[tuple[int, int]]:
        """Where the term stands in a text, as pairs of first place and place after the last.

        They come in no order and may overlap.
        """
        return [
            span for spelling in self.spellings for span in text.spans(spelling, capitals=spelling in self.capitals)
        ]


class Query(NamedTuple):
    """The terms of a search, every one of which a record must have."""

    terms: tuple[Term, ...]
    with_numbers: bool

    def spelt(self, text: str) -> Spelt:
        """A text, read as the search needs it."""
        return Spelt(text, with_numbers=self.with_numbers)


def read_query(base: Base, words: Sequence[str]) -> Query:
    """What words ask for; each counts once. Raises UsageError for more of them than a search takes."""
    text = " ".join(words)
    if len(text) > MOST_LETTERS:
        en, ja = (
            "a search takes at most {most:,} characters, here are {n:,}",
            "検索語は{most:,}文字まで、ここには{n:,}文字",
        )
        raise UsageError(*template(en, ja, most=MOST_LETTERS, n=len(text)))
    typed = _tokens(text)
    different = dict.fromkeys(fold(raw) for raw, _ in typed)
    if len(different) > MOST_WORDS:
        raise UsageError(
            f"a search takes at most {MOST_WORDS} different words, here are {len(different)}",
            f"検索語は異なる語で{MOST_WORDS}まで、ここには{len(different)}",
        )
    if len(typed) > MOST_WORDS:
        typed = list({fold(raw): (raw, digits) for raw, digits in typed}.values())
    with_numbers = any(raw != digits or any(c.isdigit() for c in raw) for raw, digits in typed)
    owners = base.named((_name(part) for _, _, part in _segments(typed)), *NO_NAMES)
    terms: dict[str, Term] = {}
    for part in _longest(typed, owners):
        term = _term(base, part, owners, with_numbers=with_numbers)
        terms.setdefault(fold(term.typed), term)
    return Query(tuple(terms.values()), with_numbers)


def _tokens(text: str) -> list[Typed]:
    """Words as they were typed, and with numbers in digits; a number of several words is one."""
    raw = replace_numbers(text, lambda number, _: "_".join(number.split()))
    both = zip(raw.split(), in_digits(text).split(), strict=True)
    return [(word, digits) for word, digits in both if fold(word)]


def _segments(typed: Sequence[Typed]) -> Iterator[tuple[int, int, Sequence[Typed]]]:
    """Words that stand together and may be one name, the longest first."""
    for length in range(min(MOST_NAME_WORDS, len(typed)), 0, -1):
        yield from ((at, at + length, typed[at : at + length]) for at in range(len(typed) - length + 1))


def _longest(typed: Sequence[Typed], owners: dict[str, set[str]]) -> list[Sequence[Typed]]:
    """Words cut into the longest names that they hold, and single words."""
    taken: dict[int, Sequence[Typed]] = {}
    used: set[int] = set()
    for first, last, part in _segments(typed):
        if (_name(part) in owners or last - first == 1) and used.isdisjoint(range(first, last)):
            taken[first] = part
            used.update(range(first, last))
    return [taken[first] for first in sorted(taken)]


def _name(part: Sequence[Typed]) -> str:
    return fold("".join(digits for _, digits in part))


def _term(base: Base, part: Sequence[Typed], owners: dict[str, set[str]], *, with_numbers: bool) -> Term:
    typed = " ".join(raw.replace("_", " ") for raw, _ in part)
    ids = owners.get(_name(part), set())
    if not ids:
        return Term(typed, frozenset([_name(part)]))
    called = base.named(base.spellings(ids), *NO_NAMES)
    own = {name for name, whose in called.items() if whose <= ids and not (name >= WIDE and len(name) == 1)}
    own = {fold(in_digits(name)) for name in own} if with_numbers else own
    if len(own) > MOST_SPELLINGS:  # each of which is looked for in every text
        en = "what is called {word} has {n:,} spellings, of which a search takes {most:,}: search for its id"
        ja = "{word}という名の記録には表記が{n:,}あり、検索は{most:,}まで：IDで検索する"
        raise UsageError(*template(en, ja, word=quoted(typed), n=len(own), most=MOST_SPELLINGS))
    return Term(typed, frozenset(own), frozenset(ids), _capitals(base, ids))


def _capitals(base: Base, ids: set[str]) -> frozenset[str]:
    """Folded abbreviations of some records: names that are written in capitals alone."""
    written = {name for record in base.get_all(ids).values() for name in record.called() if name not in ids}
    short = {name for name in written if len(name) <= SHORT}
    return frozenset(fold(name) for name in short if name.isupper()) - {fold(n) for n in short if not n.isupper()}


def parted(words: Sequence[str]) -> list[str]:
    """Words cut where the script changes, without the hiragana between: AI and パートナーシップ of AIパートナーシップ."""
    runs = (("".join(run), script) for word in words for script, run in groupby(word, _script))
    return [run for run, script in runs if script != "hiragana"] or list(words)


def _script(letter: str) -> str:
    if letter < WIDE:
        return "narrow"
    return "hiragana" if "\u3041" <= letter <= "\u309f" else "katakana" if "\u30a0" <= letter <= "\u30ff" else "wide"


def by_sound(base: Base, words: Sequence[str], texts: Iterable[str]) -> list[tuple[str, str]]:
    """What was typed and what it is taken for, term by term: itself, or what sounds so where nothing has it.

    `texts` are all that is searched. Raises UsageError as `read_query` does.
    """
    query, searched = read_query(base, words), list(texts)
    typed = [term.typed for term in query.terms]
    spelt = [query.spelt(text) for text in searched]
    known = {t.typed for t in query.terms if t.ids or not sound(t.typed) or any(map(t.spans, spelt))}
    heard = {} if known.issuperset(typed) else _sounds(base, searched)
    pairs: list[tuple[str, str]] = []
    while typed:
        for length in range(min(len(typed), MOST_NAME_WORDS), 0, -1):
            part = typed[:length]
            meant = heard.get(sound("".join(part))) if known.isdisjoint(part) else None
            if meant or length == 1:
                pairs.append((" ".join(part), meant or part[0]))
                typed = typed[length:]
                break
    return pairs


def _sounds(base: Base, texts: Iterable[str]) -> dict[str, str]:
    """How words and names sound: words as they stand in texts, and the ids that names stand for."""
    words = {word for text in texts for word in re.findall(r"[^\W\d_]{4,}", text)}
    heard = {sound(word): word for word in sorted(words)} | {sound(name): id_ for name, id_ in base.called()}
    heard.pop("", None)
    return heard


def taken_for(pairs: Iterable[tuple[str, str]]) -> list[Text]:
    """Notes on the words that were taken for others: one for each pair of different words."""
    forms = ("{a} is taken for {b}", "{a}を{b}とみなす")
    return [template(*forms, a=quoted(a), b=b) for a, b in pairs if a != b]
