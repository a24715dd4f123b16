"""What was read, as checks see it: records with their places, what else there is, and those that could not be read whole."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol

from cabrief.language.text import EMPTY, Text, template
from cabrief.model.frozen import Frozen
from cabrief.model.record import Pack, Place, Record, kind_of
from cabrief.problems.problem import Where, did_you_mean
from cabrief.reading.nodes import Nodes

MOST_GUESSES = 30  # hints with the right word in one answer
MOST_KNOWN = 20_000  # ids among which a misspelt one is looked for, which takes seconds where there are many more


class Entry(Frozen):
    """A record and where it was read: file, path to it within (plural and number from 0), and name of its layer.

    `lost` are the keys of a record that stand in the file and could not be read.
    """

    record: Record
    file: str
    path: Place
    layer: str
    lost: tuple[str, ...] = ()


class Broken(Frozen):
    """A record that is there but could not be read whole: its id, and what of it could."""

    id: str
    rest: Entry


class Records(Protocol):
    """All records that were read, whatever file they stand in."""

    def entry(self, id_: str) -> Entry | None:
        """The record with an id, with its place."""

    def ids(self, kinds: tuple[type[Record], ...]) -> list[str]:
        """Ids of the records of some classes, in the order of the files."""

    def called(self, name: str, kinds: tuple[type[Record], ...]) -> str | None:
        """The id of the first record of some classes that answers to a name."""


class Loaded:
    """What a check looks at (`entries`), and what it may ask of everything else that was read."""

    def __init__(
        self,
        pack: Pack | None,
        entries: Iterable[Entry],
        nodes: Callable[[str], Nodes],
        *,
        records: Records | None = None,
        broken: Sequence[Broken] = (),
        unread: Iterable[str] = (),
        pack_file: str = "",
        pack_layer: str = "",
    ) -> None:
        self.pack, self.pack_file, self.pack_layer, self.entries = pack, pack_file, pack_layer, entries
        self._nodes, self._records = nodes, records
        self._guessed: dict[tuple[str, tuple[type[Record], ...]], Text] = {}
        self._ids: dict[tuple[type[Record], ...], list[str]] = {}
        self._hints = 0
        self._parts = broken
        self.broken = frozenset((*(each.id for each in broken), *unread))  # no reason to miss them where they are named

    @property
    def pointing(self) -> Iterable[Entry]:
        """Whatever may point to something that is not there."""
        yield from self.entries
        yield from (each.rest for each in self._parts)

    def guess(self, word: str, *kinds: type[Record]) -> Text:
        """A hint with the id that a word was meant to be, as far as `near` gives one."""
        if not self._records:
            return EMPTY
        if (word, kinds) not in self._guessed:
            if kinds not in self._ids:
                self._ids[kinds] = self._records.ids(kinds)
            self._guessed[word, kinds] = self.near(word, self._ids[kinds])
        return self._guessed[word, kinds]

    def near(self, word: str, known: Collection[str]) -> Text:
        """A hint with the nearest of some words; for the first words only, since each takes a while."""
        self._hints += 1
        return did_you_mean(word, tuple(known)) if self._hints <= MOST_GUESSES and len(known) <= MOST_KNOWN else EMPTY

    def called(self, name: str, *kinds: type[Record]) -> str | None:
        """The id of the first record of some classes that answers to a name."""
        return self._records.called(name, kinds) if self._records else None

    def where(self, entry: Entry, *path: str | int, key: bool = False) -> Where:
        """Place of what stands under a path of keys and numbers in a record, or of its key.

        Where nothing stands there, the place of the nearest above.
        """
        return self._nodes(entry.file).where((*entry.path, *path), key=key)

    def where_in_pack(self, *path: str | int) -> Where:
        """Place of something in `pack.yaml`."""
        return self._nodes(self.pack_file).where(path)

    def entry(self, id_: str) -> Any:
        """The record with an id and its place, or None."""
        return self._records.entry(id_) if self._records else None

    def get(self, id_: str) -> Any:
        """The record with an id, or None."""
        entry = self.entry(id_)
        return entry.record if entry else None


class FileTexts(Mapping[str, bytes]):
    """Bytes of the files, by the names that problems call them: read when somebody looks."""

    def __init__(self, nodes: Callable[[str], Nodes], files: Sequence[str]) -> None:
        self._nodes, self._files = nodes, files

    def __getitem__(self, file: str) -> bytes:
        return self._nodes(file).raw

    def __iter__(self) -> Any:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def entry_name(entry: Entry) -> Text:
    """A record as problems name it: `note kz-policy`."""
    kind = kind_of(type(entry.record)).name
    return template("{k} {i}", "{k}{i}", k=kind, i=entry.record.id)


def words_on(entry: Entry, en: str, ja: str, **words: Text | str | int) -> Text:
    """What a problem says of a record.

    Its name, then a sentence in each language with places to fill (`{value}`) from `words`.
    """
    return template("{name}: " + en, "{name}: " + ja, name=entry_name(entry), **words)
