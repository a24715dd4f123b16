"""Variants of names in sentences: other width, hyphens, spaces and middle dots than the record of that name has."""

from __future__ import annotations

import json
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
from typing import Any

from cabrief.language.text import LANGS, Lang
from cabrief.loading.whole import Whole
from cabrief.model.fields import LONGEST_TEXT
from cabrief.model.kinds import kinds
from cabrief.model.kinds.sources import Source
from cabrief.model.names import fold
from cabrief.model.record import LABELS

SHORTEST_NAME, LONG_NAME = 4, 8  # of a name whose variants are looked for; of one that is looked for by more letters
_SEPARATORS = "・･＝=‧·-‐‑–—_ \u3000"  # spellings of one name differ in these, and in width
_PARTS = [slice(at, at + SHORTEST_NAME) for at in range(LONGEST_TEXT)]  # so many letters from each place on


class Spellings:
    """Spellings of records in one language, and the search for their variants in sentences."""

    def __init__(self, labels: Iterable[str], known: Callable[[str], bool]) -> None:
        """`labels` is what records are called; `known` tells whether a record is called so."""
        self._known = known
        self._spellings: dict[str, str] = {}
        for name in labels:
            self._spellings.setdefault(_plain(name), name)
        # names by their first letters, in the order of letters; and for each how long the names are that it begins with
        self._heads: dict[str, list[str]] = defaultdict(list)
        self._lengths: dict[str, tuple[int, ...]] = {"": (0,)}
        begun = [""]
        for name in sorted(name for name in self._spellings if len(name) >= SHORTEST_NAME):
            self._heads[name[: LONG_NAME if len(name) >= LONG_NAME else SHORTEST_NAME]].append(name)
            while not name.startswith(begun[-1]):
                begun.pop()
            self._lengths[name] = (*self._lengths[begun[-1]], len(name))
            begun.append(name)
        self._beginnings = frozenset(head[:SHORTEST_NAME] for head in self._heads)
        self._firsts = frozenset(head[0] for head in self._heads)

    @cached_property
    def _meetings(self) -> frozenset[str]:
        """Some letters of each name that has separators or width, which meet only where it is written without them."""
        parted = ((name, spelling) for name, spelling in self._spellings.items() if name != spelling)
        return frozenset(_meeting(name, spelling) for name, spelling in parted if len(name) >= SHORTEST_NAME)

    def variants(self, words: str) -> Iterator[tuple[str, str]]:
        """Each variant of a name in a sentence, and the name."""
        plain, places, after = _plain(words), list[int](), 0
        if plain == words and self._meetings.isdisjoint(map(plain.__getitem__, _PARTS[: len(plain)])):
            return
        some, firsts = self._beginnings, self._firsts
        begins = [i for i, letter in enumerate(plain) if letter in firsts and plain[i : i + SHORTEST_NAME] in some]
        for at in begins:
            name = self._name_at(plain, at) if at >= after else ""
            if not name:
                continue
            after = at + len(name)
            spelling = self._spellings[name]
            if words.count(spelling) == plain.count(name):  # it stands there as it is spelt, as nearly always
                continue
            places = places or _condensed(words)[1]
            begin, end = places[at], places[after - 1] + 1
            found = words[begin:end]
            cut = (begin and words[begin - 1].isalnum()) or (end < len(words) and words[end].isalnum())
            if not (cut and found[0].isascii()) and not self._known(found):
                yield found, spelling

    def _name_at(self, plain: str, at: int) -> str:
        """The longest name that stands at a place of words without separators, or nothing."""
        for letters in (LONG_NAME, SHORTEST_NAME):
            if names := self._heads.get(plain[at : at + letters]):
                # what the words begin with is the last name before them in the order of letters, or begins that one
                before = bisect_right(names, plain[at : at + LONGEST_TEXT])
                name = names[before - 1] if before else ""
                if not plain.startswith(name, at):
                    name = self._begun(name, plain[at : at + len(name)])
                if name:
                    return name
        return ""

    def _begun(self, name: str, words: str) -> str:
        """The longest of the names that a name begins with that some words begin with; a longer one only where the shorter do."""
        lengths = self._lengths[name]
        reached = bisect_left(lengths, x=True, key=lambda length: not words.startswith(name[:length]))
        return name[: lengths[reached - 1]]


def _meeting(name: str, spelling: str) -> str:
    """Letters of a name on both sides of the first place where its spelling has a separator, or another width."""
    pairs = enumerate(zip(name, spelling, strict=False))
    at = next((i for i, (letter, written) in pairs if letter != written), len(name))
    begin = max(0, min(at - SHORTEST_NAME // 2, len(name) - SHORTEST_NAME))
    return name[begin : begin + SHORTEST_NAME]


def known_names(loaded: Whole) -> dict[Lang, Spellings]:
    """The names of all records that have one, in each language."""
    named = [each.record for each in kinds().values() if each.named and each.record is not Source]
    labels = [_label(json.loads(data)) for *_, data in loaded.kept.plain(*named)]
    labels += [dict(zip(LANGS, title, strict=True)) for title in loaded.kept.titles()]

    @cache
    def known(name: str) -> bool:
        records = loaded.base.get_all(id_ for ids in loaded.base.named([fold(name)]).values() for id_ in ids)
        return any(name in record.called() for record in records.values())

    return {lang: Spellings([label[lang] for label in labels if label], known) for lang in LANGS}


def _label(plain: dict[str, Any]) -> dict[Lang, str]:
    """What a record is called, from its JSON; nothing where it has no name but its id."""
    return next((name for field in LABELS if type(name := plain.get(field)) is dict and "~" not in name), {})


def _plain(words: str) -> str:
    """Words without width and separators."""
    for separator in "=-_ " if words.isascii() else _SEPARATORS:
        if separator in words:
            words = words.replace(separator, "")
    if not words.isascii() and not unicodedata.is_normalized("NFKC", words):
        for character in set(words):  # each by itself, as in `_condensed`
            words = words.replace(character, unicodedata.normalize("NFKC", character))
    return words


def _condensed(words: str) -> tuple[str, list[int]]:
    """Words without width and separators, and for each of their characters its place in the words."""
    kept = [
        (letter, i)
        for i, character in enumerate(words)
        if character not in _SEPARATORS
        for letter in unicodedata.normalize("NFKC", character)
    ]
    return "".join(letter for letter, _ in kept), [i for _, i in kept]
