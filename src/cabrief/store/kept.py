"""The records of a build with their places in the fact files, as whoever checks and writes facts sees them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cabrief.model.record import Record, plural_of
from cabrief.store.base import Base
from cabrief.store.codec import DECODER
from cabrief.store.schema import SHIFT, places_for


class Kept(NamedTuple):
    """A record and where it is kept: what its file is called, its kind and its position there, its layer."""

    record: Record
    file: str
    kind: str
    item: int
    layer: str


class KeptFacts:
    """Lookups in an open build that no report asks for."""

    def __init__(self, base: Base) -> None:
        self._base, self._db = base, base.connection

    def kept(self, only: Sequence[int] | None = None) -> Iterator[Kept]:
        """Every record, or those at some places in the order of reports, with what a place in its file needs."""
        sql = "SELECT data, place, kind, item FROM facts"
        if only is None:
            yield from (self._kept(*row) for row in self._db.execute(f"{sql} ORDER BY seq"))
            return
        for seq in only:
            yield self._kept(*self._db.execute(f"{sql} WHERE seq = ?", (seq,)).fetchone())

    def kept_of(self, *kinds: type[Record]) -> Iterator[Kept]:
        """Every record of some kinds, with what a place in its file needs."""
        sql = f"SELECT data, place, kind, item FROM facts WHERE kind IN ({places_for(kinds)}) ORDER BY seq"
        yield from (self._kept(*row) for row in self._db.execute(sql, [plural_of(cls) for cls in kinds]))

    def plain(self, *kinds: type[Record]) -> Iterator[tuple[int, str, str, str]]:
        """Every record, or those of some kinds, as it is kept: place in the order of reports, layer, kind, JSON."""
        only = f"WHERE kind IN ({places_for(kinds)})" if kinds else ""
        sql = f"SELECT seq, place, kind, data FROM facts {only} ORDER BY seq"
        last, layer = -1, ""
        for seq, place, plural, data in self._db.execute(sql, [plural_of(cls) for cls in kinds]):
            if place >> SHIFT != last:  # most come from the same file as the one before
                last, layer = place >> SHIFT, self._base.file(place)[1]
            yield seq, layer, plural, data

    def titles(self) -> Iterator[tuple[str, str]]:
        """Titles of all sources, in English and in Japanese."""
        yield from self._db.execute("SELECT title_en, title_ja FROM cards ORDER BY id")

    def count_naming(self, id_: str, role: str, most: int) -> int:
        """How many facts name a record in a role; not counted beyond so many."""
        sql = "SELECT COUNT(*) FROM (SELECT 1 FROM links JOIN facts USING (seq) WHERE target = ? AND role = ?"
        row = self._db.execute(f"{sql} AND kind <> 'treaty_types' LIMIT ?)", (id_, role, most))
        return int(row.fetchone()[0])

    def kept_as(self, id_: str) -> Kept | None:
        """The record with an id, with what a place in its file needs."""
        row = self._db.execute("SELECT data, place, kind, item FROM facts WHERE id = ?", (id_,)).fetchone()
        return self._kept(*row) if row else None

    def _kept(self, data: str, place: int, kind: str, item: int) -> Kept:
        file, layer = self._base.file(place)
        return Kept(DECODER.decode(data), file, kind, item, layer)

    def all_replaced(self) -> Iterator[list[Kept]]:
        """Of each record that took the place of others: these, the first of them first, then itself."""
        for (id_,) in self._db.execute("SELECT DISTINCT id FROM replaced ORDER BY place"):
            rows = self._db.execute("SELECT data, place, kind, item FROM replaced WHERE id = ? ORDER BY place", (id_,))
            if over := self.kept_as(id_):
                yield [*(self._kept(*row) for row in rows), over]

    def layers(self) -> set[str]:
        """Names of the layers that records come from."""
        has = "EXISTS (SELECT 1 FROM facts WHERE place BETWEEN rank << ? AND ((rank + 1) << ?) - 1 AND place = seq)"
        over = "EXISTS (SELECT 1 FROM facts WHERE place BETWEEN rank << ? AND ((rank + 1) << ?) - 1 AND place <> seq)"
        sql = f"SELECT DISTINCT layer FROM files WHERE {has.replace('place BETWEEN', 'seq BETWEEN')} OR {over}"
        return {row[0] for row in self._db.execute(sql, (SHIFT,) * 4)}

    def count(self) -> int:
        """How many records there are."""
        return int(self._db.execute("SELECT COUNT(*) FROM facts").fetchone()[0])
