"""All that was read: the build, seen as the rules see facts, with the place of everything in its file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from cabrief.loading.layers import Layer, read_files
from cabrief.model.kinds import kinds
from cabrief.model.record import Pack, Record
from cabrief.reading import nodes
from cabrief.reading.loaded import Broken, Entry, FileTexts, Loaded
from cabrief.reading.nodes import Nodes
from cabrief.store.base import Base
from cabrief.store.kept import Kept, KeptFacts

OPEN = 4, 2_000_000  # files whose places are held in memory: so many at least, and so many bytes of others
AT_HAND = 500  # records that are held, since several rules look at them


class Places:
    """Where things stand in the files, which are read again for that: only problems ask for it."""

    def __init__(self, stack: Sequence[Layer], raw: Mapping[str, bytes]) -> None:
        self._stack, self._raw = stack, raw
        self._paths: dict[str, str] = {}
        self._held: dict[str, Nodes] = {}  # the last that was asked for stands last
        self._bytes = 0

    def files(self) -> list[str]:
        """What all files are called."""
        if not self._paths:
            self._paths = {layer.label(file): file for layer in self._stack for file in layer.files}
        return list(self._paths)

    def nodes(self, file: str) -> Nodes:
        """A file, read. Rules ask in the order of reports, which may go from file to file, so that many are held."""
        found = self._held.pop(file, None)
        if found is None:
            found = self._read(file)
            self._bytes += len(found.raw)
        self._held[file] = found
        least, most = OPEN
        while len(self._held) > least and self._bytes > most:
            self._bytes -= len(self._held.pop(next(iter(self._held))).raw)
        return found

    def _read(self, file: str) -> Nodes:
        self.files()
        try:
            raw = self._raw[self._paths[file]]
        except KeyError:  # gone meanwhile
            raw = b""
        return nodes.read(raw, file)


class Entries(Iterable[Entry]):
    """Records of a build with their places, decoded one after the other, each time that they are asked for.

    A few chosen ones are decoded once.
    """

    def __init__(self, kept: KeptFacts, only: Sequence[int] | None = None) -> None:
        self._kept, self._only = kept, only
        self._held: list[Entry] | None = None

    def __iter__(self) -> Iterator[Entry]:
        if self._only is None or len(self._only) > AT_HAND:
            return map(as_entry, self._kept.kept(self._only))
        if self._held is None:
            self._held = list(map(as_entry, self._kept.kept(self._only)))
        return iter(self._held)

    def __len__(self) -> int:
        return self._kept.count() if self._only is None else len(self._only)


def as_entry(kept: Kept) -> Entry:
    """A record of a build, as checks see it."""
    return Entry(record=kept.record, file=kept.file, path=(kept.kind, kept.item), layer=kept.layer)


class Lookup:
    """What checks ask of all records."""

    def __init__(self, base: Base) -> None:
        self._base, self._kept = base, KeptFacts(base)
        self._found: Callable[[str], Entry | None] = lru_cache(maxsize=AT_HAND)(self._read)

    def entry(self, id_: str) -> Entry | None:
        """The record with an id, with its place."""
        return self._found(id_)

    def _read(self, id_: str) -> Entry | None:
        found = self._kept.kept_as(id_)
        return as_entry(found) if found else None

    def ids(self, classes: tuple[type[Record], ...]) -> list[str]:
        """Ids of the records of some classes, in the order of the files."""
        return self._base.ids(*_concrete(classes))

    def called(self, name: str, classes: tuple[type[Record], ...]) -> str | None:
        """The id of the first record of some classes that answers to a name."""
        found = self._base.named_first(name, *_concrete(classes))
        return found[0] if found else None


def _concrete(classes: tuple[type[Record], ...]) -> list[type[Record]]:
    """The classes of all kinds that are of some classes."""
    return [each.record for each in kinds().values() if issubclass(each.record, classes)]


class Whole(Loaded):
    """Everything that was read; `base` is the build, which need not be without a problem."""

    entries: Entries

    def __init__(
        self,
        base: Base,
        pack: Pack | None,
        places: Places,
        *,
        broken: Sequence[Broken] = (),
        unread: Iterable[str] = (),
        pack_file: str = "",
        pack_layer: str = "",
        only: Sequence[int] | None = None,
    ) -> None:
        super().__init__(
            pack,
            Entries(KeptFacts(base), only),
            places.nodes,
            records=Lookup(base),
            broken=broken,
            unread=unread,
            pack_file=pack_file,
            pack_layer=pack_layer,
        )
        self.base, self.kept, self.places = base, KeptFacts(base), places

    @classmethod
    def sound(cls, base: Base, stack: list[Layer]) -> Whole:
        """What a build of the files of some layers has, which has no error."""
        layer, file = base.meta("layer"), base.meta("pack_file")
        return cls(base, base.pack, Places(stack, read_files(stack)), pack_file=file, pack_layer=layer)

    def texts(self) -> FileTexts:
        """Bytes of the files, by the names that problems call them."""
        return FileTexts(self.places.nodes, self.places.files())

    def layers(self) -> set[str]:
        """Names of the layers that records come from."""
        return self.kept.layers()

    def of(self, *classes: type[Record]) -> Iterator[Entry]:
        """The records of some classes."""
        return map(as_entry, self.kept.kept_of(*_concrete(classes)))

    def at(self, places: Sequence[int]) -> Entries:
        """The records at some places in the order of reports."""
        return Entries(self.kept, places)

    @property
    def replaced(self) -> Iterator[tuple[Entry, Entry]]:
        """What was laid over, and what over it."""
        for kept in self.kept.all_replaced():
            *under, over = map(as_entry, kept)
            yield from zip(under, [*under[1:], over], strict=True)
