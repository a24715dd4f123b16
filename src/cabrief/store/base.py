"""The fact base: an open build, and the lookups that views ask for.

A build is a SQLite file with one row per record (`facts`, with the day from which it can be told), the files that they stand
in (`files`), what each record points to (`links`), what footnotes say of sources (`cards`), every name that a user may type
(`names`), and what was laid over (`replaced`). Records travel as JSON; opening a build runs nothing that is in it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any
from zlib import crc32

from cabrief.errors import UnknownName
from cabrief.language.dates import END_OF_TIME
from cabrief.language.text import Text, join, template
from cabrief.model.by_day import ByDay
from cabrief.model.frozen import Frozen
from cabrief.model.kinds import kind
from cabrief.model.kinds.countries import Country
from cabrief.model.names import fold, is_close, sound
from cabrief.model.record import Pack, Record, label, plural_of
from cabrief.store.codec import DECODER
from cabrief.store.schema import SHIFT, places_for, where_of

SHORTEST_PART = 4  # letters of a part of a name that tells which is meant
AMONG = "(SELECT value FROM json_each(?))"  # any number of words, as one parameter
DAYS_KEPT = 10  # of which a base keeps what was worked out: a server may be asked for many
MOST_CONTAINING = 5  # records that a message names


class Origin(Frozen):
    """Where a record is kept: its file as reports name it, the line (from 1), and the name of its layer."""

    file: str
    line: int
    layer: str


class Card(Frozen):
    """What a footnote needs of a source: title, short name of who made it, date, address, and how good it is.

    `particulars` is what a bibliography needs besides, as JSON, which only that reads.
    """

    title: Text
    short: Text
    published: str | None
    url: str | None
    rank: str
    particulars: str


class Base:
    """An open build. Every lookup reads only the rows it returns, in the order of the fact files."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._over: tuple[str, ...] | None = None
        self._files: dict[int, tuple[str, str]] = {}  # names of files and layers, by rank
        self._read: dict[int, Any] = {}  # records that were found, by their place; reports find many of them twice
        self._days: dict[str, ByDay] = {}
        pack = DECODER.decode(self.meta("pack"))
        if not isinstance(pack, Pack):
            raise TypeError(type(pack))
        self.pack = pack

    @property
    def connection(self) -> sqlite3.Connection:
        """The database itself, for whoever writes or copies it."""
        return self._db

    def close(self) -> None:
        """Close the build; nothing can be asked any more."""
        self._db.close()

    def meta(self, key: str) -> str:
        """Read a word that the build keeps about itself. A key that it does not have is a TypeError."""
        (value,) = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(value)

    def get(self, id_: str) -> Any:
        """The record with an id, or None."""
        found = self._records("id = ?", (id_,)) if id_.isascii() else ()  # not every string can be asked for
        return found[0] if found else None

    def by_day(self, day: str) -> ByDay:
        """What there is by an ISO day; all reports of the day have it together, with what they worked out."""
        if day not in self._days:
            if len(self._days) >= DAYS_KEPT:
                self._days.clear()
            self._days[day] = ByDay(day, cache(self.get))
        return self._days[day]

    def can_be_told(self, id_: str, by_day: str) -> bool:
        """Whether a record can be told by an ISO day."""
        return bool(self._db.execute("SELECT 1 FROM facts WHERE id = ? AND known <= ?", (id_, by_day)).fetchone())

    def get_all(self, ids: Iterable[str]) -> dict[str, Any]:
        """Records by their ids; an unknown one is left out."""
        wanted = json.dumps(list(dict.fromkeys(ids)))
        return {record.id: record for record in self._records(f"id IN {AMONG}", (wanted,))}

    def fingerprints(self, ids: Iterable[str]) -> dict[str, int]:
        """A number for each id, or part of one (`id.value`), that changes when its record does; an unknown id is left out."""
        whole = {id_: id_.partition(".")[0] for id_ in ids}
        wanted = list(dict.fromkeys(whole.values()))
        rows = self._db.execute(f"SELECT id, data FROM facts WHERE id IN {AMONG}", (json.dumps(wanted),))
        marks = {id_: crc32(data.encode()) for id_, data in rows}
        return {id_: marks[record] for id_, record in whole.items() if record in marks}

    def find(self, *kinds: type[Record], by_day: str = "", **links: str | tuple[str, ...]) -> list[Any]:
        """Records of some kinds, or of all, that point to every target named by role: `find(Note, country="kazakhstan")`.

        A role may be several, joined by `_or_`: `country_or_of="kazakhstan"`. Several targets stand for any of them. With
        an ISO day, only what can be told by then. A target that does not exist finds nothing.
        """
        where, words = where_of(kinds, by_day, links)
        return self._records(f"{where} ORDER BY seq", words)

    def _records(self, where: str, words: Sequence[str]) -> list[Any]:
        """Records of some rows, each decoded once."""
        rows = self._db.execute(f"SELECT seq, data FROM facts WHERE {where}", words).fetchall()
        if unread := {seq: data for seq, data in rows if seq not in self._read}:
            self._read.update(zip(unread, DECODER.decode(f"[{','.join(unread.values())}]"), strict=True))
        return [self._read[seq] for seq, _ in rows]

    def classes(
        self, *kinds: type[Record], by_day: str = "", **links: str | tuple[str, ...]
    ) -> dict[str, type[Record]]:
        """Ids of the records that `find` gives, with their classes; what is only counted need not be read."""
        where, words = where_of(kinds, by_day, links)
        rows = self._db.execute(f"SELECT id, kind FROM facts WHERE {where} ORDER BY seq", words)
        return {id_: kind(plural).record for id_, plural in rows}

    def cards(self, ids: Iterable[str]) -> dict[str, Card]:
        """What a footnote needs of each source, by its id; an id of no source is left out."""
        wanted = list(dict.fromkeys(ids))
        fields = "id, title_en, title_ja, short_en, short_ja, published, url, rank, particulars, treaty"
        rows = self._db.execute(f"SELECT {fields} FROM cards WHERE id IN {AMONG}", (json.dumps(wanted),)).fetchall()
        treaties = self.get_all(row[-1] for row in rows if row[-1])
        return {
            id_: Card(
                title=Text(a, b),
                short=Text(c, d),
                published=published,
                url=url,
                rank=rank,
                particulars=_with_steps(more, treaties[treaty]) if treaty in treaties else more,
            )
            for id_, a, b, c, d, published, url, rank, more, treaty in rows
        }

    def country(self, id_: str) -> Country:
        """Look up a country that is known to exist."""
        found: Country = self.get(id_)
        return found

    def name(self, id_: str) -> Text:
        """What a record is called, or the id itself where there is none."""
        record = self.get(id_)
        return label(record) if record is not None else Text(id_, id_)

    def disputed(self) -> frozenset[str]:
        """Ids of all records that a dispute is about."""
        return frozenset(row[0] for row in self._db.execute("SELECT DISTINCT target FROM links WHERE role = 'about'"))

    def overlaid(self) -> Mapping[str, str]:
        """Records that come from a layer over the pack, with the name of the layer; looked up where there are any."""
        return _Overlaid(self, self.meta("layer")) if self.layers_over() else {}

    def layers_over(self) -> tuple[str, ...]:
        """Names of the layers that are laid over the pack, in their order."""
        if self._over is None:
            sql = "SELECT layer FROM files WHERE layer <> ? GROUP BY layer ORDER BY MIN(rank)"
            self._over = tuple(row[0] for row in self._db.execute(sql, (self.meta("layer"),)))
        return self._over

    def basics(self) -> dict[str, Text]:
        """Labels of the rows of a country's profile, by the row's id, in the pack's order."""
        return {basic.id: basic.label for basic in self.pack.basics}

    def records(self, by_day: str = END_OF_TIME) -> Iterator[tuple[Record, Origin]]:
        """Every record that can be told by a day, with its origin."""
        sql = "SELECT data, place, line FROM facts WHERE known <= ? ORDER BY seq"
        for data, place, line in self._db.execute(sql, (by_day,)):
            yield DECODER.decode(data), self._origin(place, line)

    def file(self, place: int) -> tuple[str, str]:
        """What the file of a place and its layer are called."""
        if not self._files:
            rows = self._db.execute("SELECT rank, file, layer FROM files")
            self._files = {rank: (file, layer) for rank, file, layer in rows}
        return self._files[place >> SHIFT]

    def _origin(self, place: int, line: int) -> Origin:
        file, layer = self.file(place)
        return Origin(file=file, line=line, layer=layer)

    def layer(self, id_: str) -> str | None:
        """The layer that a record comes from; None where there is no such record."""
        row = self._db.execute("SELECT place FROM facts WHERE id = ?", (id_,)).fetchone()
        return self.file(row[0])[1] if row else None

    def stream(self, plural: str) -> Iterator[tuple[Any, Origin]]:
        """Every record of a kind, by the plural name of the kind, with its origin; none is kept in memory."""
        sql = "SELECT data, place, line FROM facts WHERE kind = ? ORDER BY seq"
        for data, place, line in self._db.execute(sql, (plural,)):
            yield DECODER.decode(data), self._origin(place, line)

    def origin(self, id_: str) -> Origin:
        """Where a record is kept."""
        place, line = self._db.execute("SELECT place, line FROM facts WHERE id = ?", (id_,)).fetchone()
        return self._origin(place, line)

    def replaced(self, id_: str) -> list[tuple[Record, Origin]]:
        """Records that the one with an id took the place of, the first of them first."""
        rows = self._db.execute("SELECT data, place, line FROM replaced WHERE id = ? ORDER BY place", (id_,))
        return [(DECODER.decode(data), self._origin(place, line)) for data, place, line in rows]

    def uses(self, by_day: str) -> dict[str, int]:
        """How many records rest on each source, by its id; a source that nothing rests on is left out.

        Nor does a record count that could not be told by an ISO day.
        """
        joined = "links JOIN facts USING (seq) WHERE role = 'source' AND known <= ?"
        rows = self._db.execute(f"SELECT target, COUNT(*) FROM {joined} GROUP BY target", (by_day,))
        return {target: count for target, count in rows}  # noqa: C416 - rows are plain tuples

    def ids(self, *kinds: type[Record]) -> list[str]:
        """Ids of all records of some kinds, or of all."""
        sql = f"SELECT id FROM facts WHERE {f'kind IN ({places_for(kinds)})' if kinds else '1'} ORDER BY seq"
        return [row[0] for row in self._db.execute(sql, [plural_of(cls) for cls in kinds])]

    def near(self, name: str, most: int = 5) -> list[str]:
        """At most `most` ids whose names are spelt much like a word, the nearest first."""
        from cabrief.problems.problem import closest

        known = dict(self.called())
        return list(dict.fromkeys(known[match] for match in closest(fold(name), list(known), most)))

    def named(self, names: Iterable[str], *but: type[Record]) -> dict[str, set[str]]:
        """Ids of the records, but those of some kinds, that answer to folded names; a name without any is left out."""
        wanted, plurals = sorted(set(names)), [plural_of(cls) for cls in but]
        sql = f"SELECT name, id FROM names JOIN facts USING (seq) WHERE name IN {AMONG}"
        found: dict[str, set[str]] = {}
        for name, id_ in self._db.execute(f"{sql} AND kind NOT IN ({places_for(but)})", [json.dumps(wanted), *plurals]):
            found.setdefault(name, set()).add(id_)
        return found

    def spellings(self, ids: Iterable[str]) -> list[str]:
        """Every folded name of some records."""
        sql = f"SELECT DISTINCT name FROM names JOIN facts USING (seq) WHERE id IN {AMONG}"
        return [row[0] for row in self._db.execute(sql, (json.dumps(sorted(ids)),))]

    def called(self, *kinds: type[Record]) -> list[tuple[str, str]]:
        """Every folded name of the records of some kinds, or of all, with the id that it names, in the order of the files."""
        only = f"WHERE kind IN ({places_for(kinds)})" if kinds else ""
        sql = f"SELECT name, id FROM names JOIN facts USING (seq) {only} ORDER BY seq"
        return self._db.execute(sql, [plural_of(cls) for cls in kinds]).fetchall()

    def named_first(self, name: str, *kinds: type[Record]) -> tuple[str] | None:
        """The record of some kinds whose id a name is, as typed or folded, else the first that answers to it, in a row."""
        where = f"name = ? AND kind IN ({places_for(kinds)}) ORDER BY id <> ?, replace(id, '-', '') <> ?, seq LIMIT 1"
        sql = f"SELECT id FROM names JOIN facts USING (seq) WHERE {where}"
        typed = name.lower() if name.isascii() else ""  # as every id is
        words = [fold(name), *(plural_of(cls) for cls in kinds), typed, fold(name)]
        row: tuple[str] | None = self._db.execute(sql, words).fetchone()
        return row

    def _containing(self, name: str, known: Mapping[str, str]) -> list[str]:
        """Ids of the records with a name that contains a folded one, the newest first: 13th Tokyo Dialogue for tokyo dialogue."""
        if len(name) < SHORTEST_PART:
            return []
        ids = {id_ for called, id_ in known.items() if name in called}
        return [each.id for each in sorted(self.get_all(ids).values(), key=_newest_first, reverse=True)]

    def _are_a_series(self, ids: Sequence[str]) -> bool:
        """Whether records belong to one series of events, of which the newest is meant."""
        series = {getattr(record, "series", None) for record in self.get_all(ids).values()}
        return len(series) == 1 and None not in series

    def resolve(self, name: str, *kinds: type[Record]) -> tuple[str, bool]:
        """The id that a user means by a name in any spelling, and whether it is one of its names.

        False is for a misspelling that can only be one of them. `kinds` are one or more. Raises UnknownName, which lists
        what is near.
        """
        if row := self.named_first(name, *kinds):
            return row[0], True
        from cabrief.problems.problem import LONGEST, closest

        known = dict(self.called(*kinds))
        what = join([kind(plural_of(cls)).name for cls in kinds], " or ", "か")
        heard = sound(name) if len(name) <= LONGEST else ""
        alike = {id_ for called, id_ in known.items() if heard and sound(called) == heard}
        if len(alike) == 1:
            return alike.pop(), False
        if parts := self._containing(fold(name), known):
            if len(parts) == 1 or self._are_a_series(parts):
                return parts[0], False
            raise UnknownName(name, what, parts[:MOST_CONTAINING], list(dict.fromkeys(known.values())))
        near = list(dict.fromkeys(known[match] for match in closest(fold(name), list(known), 5)))
        if len(near) == 1 and is_close(fold(name), [n for n, i in known.items() if i == near[0]]):
            return str(near[0]), False
        others = "SELECT kind, id FROM names JOIN facts USING (seq) WHERE name = ? ORDER BY seq LIMIT 1"
        found = self._db.execute(others, [fold(name)])
        elsewhere = [template("{k} {id}", "{k}{id}", k=kind(plural).name, id=id_) for plural, id_ in found]
        raise UnknownName(name, what, near, list(dict.fromkeys(known.values())), elsewhere)


def _newest_first(record: Any) -> str:
    return str(getattr(record, "date", None) or "")


def _with_steps(particulars: str, treaty: Any) -> str:
    """What a bibliography needs of the text of a treaty, the dates of its steps among it."""
    return json.dumps({**json.loads(particulars), "steps": [[step.stage, step.date] for step in treaty.steps]})


class _Overlaid(Mapping[str, str]):
    """Layers of the records that are not the pack's own, looked up one by one."""

    def __init__(self, base: Base, own: str) -> None:
        self._base, self._own = base, own

    def __getitem__(self, id_: str) -> str:
        kept = self._base.layer(id_)
        if kept in (None, self._own):
            raise KeyError(id_)
        return str(kept)

    def __iter__(self) -> Iterator[str]:
        return (id_ for id_ in self._base.ids() if id_ in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)
