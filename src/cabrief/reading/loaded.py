"""What was read: records with their places, and those that could not be read whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from cabrief.language.text import Text, template
from cabrief.model.frozen import Frozen
from cabrief.model.record import Pack, Place, Record, kind_of
from cabrief.problems.problem import Where
from cabrief.reading.nodes import Nodes

MOST_GUESSES = 30


class Entry(Frozen):
    """A record and where it was read: file, path to it within (plural and number from 0), and name of its layer."""

    record: Record
    file: str
    path: Place
    layer: str


class Broken(Frozen):
    """A record that is there but could not be read whole: its id, and what of it could."""

    id: str
    rest: Entry


class Loaded:
    """Everything that was read: the records by id, the pack, and the place of each path in its file."""

    def __init__(
        self,
        pack: Pack | None,
        pack_file: str,
        entries: list[Entry],
        nodes: dict[str, Nodes],
        broken: Sequence[Broken] = (),
        unread: Iterable[str] = (),
        replaced: Sequence[tuple[Entry, Entry]] = (),
        pack_layer: str = "",
    ) -> None:
        self.pack, self.pack_file, self.entries, self._nodes = pack, pack_file, entries, nodes
        self.by_id = {entry.record.id: entry for entry in entries}
        self.pack_layer = pack_layer
        self._guessed: set[str] = set()
        self.replaced = replaced  # what was laid over, and what over it, in the order of the layers
        self.broken = frozenset((*(each.id for each in broken), *unread))  # no reason to miss them where they are named
        self.pointing = (*entries, *(each.rest for each in broken))  # whatever may point to something that is not there

    def may_guess(self, word: str) -> bool:
        """Whether to look for what a word was meant to be, which takes a while: for the first of them only."""
        if len(self._guessed) < MOST_GUESSES:
            self._guessed.add(word)
        return word in self._guessed

    def texts(self) -> dict[str, bytes]:
        """Bytes of the files, by the names that problems call them."""
        return {file: nodes.raw for file, nodes in self._nodes.items()}

    def where(self, entry: Entry, *path: str | int, key: bool = False) -> Where:
        """Place of what stands under a path of keys and numbers in a record, or of its key.

        Where nothing stands there, the place of the nearest above.
        """
        return self._nodes[entry.file].where((*entry.path, *path), key=key)

    def where_in_pack(self, *path: str | int) -> Where:
        """Place of something in `pack.yaml`."""
        return self._nodes[self.pack_file].where(path)

    def of(self, *kinds: type[Record]) -> list[str]:
        """Ids of the records of some kinds, one or more."""
        return [id_ for id_, entry in self.by_id.items() if isinstance(entry.record, kinds)]

    def get(self, id_: str) -> Any:
        """The record with an id, or None."""
        entry = self.by_id.get(id_)
        return entry.record if entry else None


def entry_name(entry: Entry) -> Text:
    """A record as problems name it: `note kz-policy`."""
    kind = kind_of(type(entry.record)).name
    return template("{k} {i}", "{k}{i}", k=kind, i=entry.record.id)


def words_on(entry: Entry, en: str, ja: str, **words: Text | str | int) -> Text:
    """What a problem says of a record.

    Its name, then a sentence in each language with places to fill (`{value}`) from `words`.
    """
    return template("{name}: " + en, "{name}: " + ja, name=entry_name(entry), **words)
