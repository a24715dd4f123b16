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
from cabrief.language.words import Numeral, in_digits, numbers, replace_numbers, stem
from cabrief.model.kinds.sources import Source
from cabrief.model.kinds.topics import Topic
from cabrief.model.names import fold, sound
from cabrief.store.base import Base

MOST_LETTERS = 200_000  # of one search, which is cut into words before they are counted
MOST_WORDS = 40  # different words of one search
MOST_SPELLINGS = 1_000  # that stand for all words of a search
MOST_IN_A_TEXT = 5_000  # that are looked at for one word of a search, in one text
MOST_NAME_WORDS = 6  # words of a name that is typed as several
SHORT = 3  # letters of a word that has no stem, and of an abbreviation, which capitals tell from a word: US, us
# English words that may be codes as well (IN is India): in small letters, beside other words, they count for nothing. `us` is
# not among them, since whoever types it means the country.
SMALL_WORDS = (
    "all am an and are as at be but by can do few for has he if in is it its me my no not of on or so the to up was we"
)
NO_NAMES = (Topic, Source)  # the names of a topic are subjects of their own, and a title is often another's name
WIDE = "\u2e80"  # from here on, scripts write without spaces
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
Typed = tuple[str, str]  # a word as typed, and with its numbers in digits
# a letter with what belongs to it: marks over it, vowels and finals of Hangul, joiners, and what selects its shape
_LETTER = re.compile(f"(.)[\u0300-\u036f\u1160-\u11ff\u3099-\u309c\uff9e\uff9f\u200c\u200d{SELECTORS}]*", re.DOTALL)


_folded_letter = lru_cache(maxsize=8192)(fold)  # few letters make up all texts


class Spelling(NamedTuple):
    """A way to write something, folded.

    With it stand what all its forms begin with, whether it counts in capitals alone (US, not us), and whether it has a digit.
    """

    folded: str
    beginning: str
    capitals: bool = False
    numbered: bool = False


def spelling(folded: str, *, capitals: bool = False) -> Spelling:
    """A folded word as what a search looks for in texts."""
    beginning = stem(folded) if folded < WIDE and len(folded) > SHORT else folded
    return Spelling(folded, beginning, capitals, any(letter.isdigit() for letter in folded))


class Spelt:
    """A text as a search reads it: folded, numbers in digits, with the places where words begin and end."""

    def __init__(self, text: str, found: Sequence[Numeral] = ()) -> None:
        """Read a text with the numbers that were found in it; without any, it is read as words alone."""
        self.text, self._numbers = text, found
        self.folded = fold(replace_numbers(text, lambda _, digits: digits, found))
        begun = [_begun(text, *each) for each in found]
        self._as_written = Spelt(text, begun) if begun != list(found) else None  # 71.7 stands in 71.7 million
        self._words: Spelt | None = None  # as does million, and trillion in three trillion
        self._places: list[tuple[int, int]] = []  # of each folded letter, where its original begins and ends
        self._borders: set[int] = set()  # places between words

    def _in_words(self) -> Spelt:
        """The text with its numbers as they are written, in which words stand that have no digit."""
        self._words = self._words or (Spelt(self.text) if self._numbers else self)
        return self._words

    def that_begin(self, spellings: Sequence[Spelling]) -> list[Spelling]:
        """Those of some spellings that begin anywhere in the text: of many, few do, and the rest need not be looked for."""
        in_words = self._in_words().folded
        digits = f"{self.folded}\n{self._as_written.folded}" if self._as_written else self.folded
        return [each for each in spellings if each.beginning in (digits if each.numbered else in_words)]

    def spans(self, spelling: Spelling) -> list[tuple[int, int]]:
        """Where a spelling stands, as pairs of first place and place after the last in the text as written.

        Whole words where its script has words, in every form of an English word.
        """
        if self._numbers and not spelling.numbered:
            return self._in_words().spans(spelling)
        as_written: list[tuple[int, int]] = []
        if (
            self._as_written and spelling.folded[0].isdigit() and len(spelling.folded) > 1
        ):  # 3 would stand in everything
            as_written = self._as_written.spans(spelling)
        if spelling.beginning not in self.folded:
            return as_written
        self._read()
        found, at = [], self.folded.find(spelling.beginning)
        while at >= 0:
            begins = spelling.folded[0] >= WIDE or at in self._borders
            if begins and (end := self._end(at, *spelling[:2])):
                span = self._places[at][0], self._places[end - 1][1]
                if not spelling.capitals or self.text[slice(*span)].isupper():
                    found.append(span)
            at = self.folded.find(spelling.beginning, at + 1)
        return list(dict.fromkeys(found + as_written))

    def could_be(self, spelling: Spelling) -> int:
        """At how many places a spelling could stand at most, about."""
        return self.folded.count(spelling.beginning) * len(spelling.beginning)  # they may overlap

    def _end(self, at: int, spelling: str, beginning: str) -> int:
        """Where a spelling, or another form of it, ends that begins at a place; 0 where what stands there is another word."""
        end = at + len(spelling)
        if self.folded.startswith(spelling, at) and (spelling[-1] >= WIDE or end in self._borders):
            return end
        end = at + len(beginning)
        while end not in self._borders:
            end += 1
        return end if spelling < WIDE and stem(self.folded[at:end]) == beginning else 0

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
        self.folded = folded

    def _letters(self) -> Iterator[tuple[int, int, str]]:
        at = 0
        for first, last, digits in [*self._numbers, (len(self.text), 0, "")]:
            yield from ((m.start(), m.end(), m[0]) for m in _LETTER.finditer(self.text, at, first))
            if digits:
                yield first, last, digits
            at = last


def _begun(text: str, first: int, last: int, digits: str) -> Numeral:
    """The digits alone that a number begins with, as they are written: 71.7 of 71.7 million; the number where it has none."""
    begun = _DIGITS.match(text, first, last)
    return (first, begun.end(), in_digits(begun[0])) if begun else (first, last, digits)


class Term(NamedTuple):
    """One thing that is searched for: as typed, the spellings that stand for it, and the records that they name."""

    typed: str
    spellings: tuple[Spelling, ...]
    ids: frozenset[str] = frozenset()

    def spans(self, text: Spelt) -> list[tuple[int, int]]:
        """Where the term stands in a text, as pairs of first place and place after the last.

        They come in no order and may overlap. Spellings that could stand at more than MOST_IN_A_TEXT together are not all
        looked for: a text has not so many letters, so that happens where hundreds of them begin with the same few.
        """
        found: list[tuple[int, int]] = []
        places = 0
        for each in text.that_begin(self.spellings):
            if places > MOST_IN_A_TEXT:
                break
            found += text.spans(each)
            places += text.could_be(each)
        return found


class Query(NamedTuple):
    """The terms of a search, every one of which a record must have."""

    terms: tuple[Term, ...]
    with_numbers: bool

    def spelt(self, text: str) -> Spelt:
        """A text, read as the search needs it."""
        return Spelt(text, list(numbers(text)) if self.with_numbers else ())


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
        _check_spellings(terms.values())
    small = SMALL_WORDS.split()
    telling = [term for name, term in terms.items() if name not in small or term.typed.isupper()]
    return Query(tuple(telling or terms.values()), with_numbers)


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
        return Term(typed, (spelling(_name(part)),))
    called = base.named(base.spellings(ids), *NO_NAMES)
    own = {name for name, whose in called.items() if whose <= ids and not (name >= WIDE and len(name) == 1)}
    own = {fold(in_digits(name)) for name in own} if with_numbers else own
    capitals = _capitals(base, ids)
    first = _name(part)  # what was typed is looked for in any case
    ordered = sorted(own, key=lambda each: (each != first, each))
    return Term(typed, tuple(spelling(each, capitals=each in capitals) for each in ordered), frozenset(ids))


def _check_spellings(terms: Iterable[Term]) -> None:
    """Whether there are no more spellings than a search takes, each of which is looked for in every text; raises UsageError."""
    count = sum(len(term.spellings) for term in terms)
    if count > MOST_SPELLINGS:
        most = max(terms, key=lambda term: len(term.spellings))
        en = "a search takes {most:,} spellings, here are {n:,}, most of them of what is called {word}: search for its id"
        ja = "検索は表記{most:,}個まで、ここには{n:,}個。最も多いのは{word}という名の記録：IDで検索する"
        raise UsageError(*template(en, ja, word=quoted(most.typed), n=count, most=MOST_SPELLINGS))


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
