"""Write a build: files are added to it and taken out of it, and what depends on several of them is worked out afterwards.

A new build is an empty one to which all files are added, so that both ways give the same rows. Memory is bounded by a file:
what grows with the pack stands in temporary tables.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from cabrief.model.kinds.sources import Source
from cabrief.model.known import Known
from cabrief.model.names import names
from cabrief.model.record import Pack, Record
from cabrief.store.codec import DECODER, encode
from cabrief.store.part import Part, Roles, card, known_here, targets
from cabrief.store.schema import APPLICATION, SCHEMA, SHIFT, VERSION

PAGE = 16_384  # bytes; a report reads far fewer of these than of the smallest
CACHE = 48_000  # kilobytes of pages that are kept in memory while a build is written
LOOKED_UP = 4_096  # records that the days of others depend on, kept in memory
MEMBER = "place, kind, item, line, data"
SCRATCH = """
CREATE TEMP TABLE new_links (target TEXT, role TEXT, seq INTEGER);
CREATE TEMP TABLE new_names (name TEXT, seq INTEGER);
CREATE TEMP TABLE touched (target TEXT, role TEXT, PRIMARY KEY (target, role)) WITHOUT ROWID;
CREATE TEMP TABLE cited (source TEXT, rank INTEGER, most INTEGER, bare, lined, turned);
CREATE TEMP TABLE contested (place INTEGER PRIMARY KEY, id TEXT, kind TEXT, item INTEGER, line INTEGER, data TEXT);
CREATE INDEX contested_id ON contested (id);
CREATE TEMP TABLE gone (id TEXT PRIMARY KEY, kind TEXT, data TEXT) WITHOUT ROWID;
CREATE TEMP TABLE undated (seq INTEGER PRIMARY KEY);
CREATE TEMP TABLE suspects (seq INTEGER PRIMARY KEY);
"""


class Claimant(NamedTuple):
    """One of the records that have the same id: where it stands, and its words."""

    place: int
    kind: str
    item: int
    line: int
    data: str

    def record(self) -> Record:
        """The record itself."""
        found: Record = DECODER.decode(self.data)
        return found


class Clash(NamedTuple):
    """A record that takes an id from another without saying so, or from one of another kind, or says so and there is none."""

    id: str
    member: Claimant
    before: Claimant | None


class BuildWriter:
    """An open build that is being written. Add and remove files, then call `settle`, look for what is wrong, and `finish`."""

    def __init__(self, connection: sqlite3.Connection, pack: Pack, *, new: bool = True) -> None:
        self._db, self._pack = connection, pack
        self.roles: Roles = set()  # in which records name others, as far as was seen
        self._read: dict[str, Record] = {}  # records by their data, of the first files
        # nobody else sees the file, and one that is not finished is thrown away
        connection.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -{CACHE};")
        if new:
            connection.executescript(
                f"PRAGMA page_size = {PAGE}; PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; {SCHEMA}"
            )
        connection.executescript(SCRATCH)

    def add_file(self, rank: int, layer: str, file: str, path: str, digest: str) -> None:
        """Note a file: its rank among the files, its layer, what it is called, where it is, and the digest of its contents."""
        self._db.execute("INSERT INTO files VALUES (?, ?, ?, ?, ?)", (rank, layer, file, os.fsencode(path), digest))

    def add(self, rank: int, part: Part) -> None:
        """Add the records of a file."""
        db, at = self._db, rank << SHIFT
        self.roles |= part.roles
        if len(self._read) < LOOKED_UP:
            self._read.update(part.read)
        plain = [
            (at + n, id_, kind, known, at + n, item, line, data)
            for n, id_, kind, known, item, line, overrides, data in part.records
            if not overrides
        ]
        before = db.total_changes
        db.executemany("INSERT OR IGNORE INTO facts VALUES (?, ?, ?, ?, ?, ?, ?, ?)", plain)
        out: set[int] = set()  # numbers of the records that an id is contested by
        if db.total_changes - before < len(part.records):
            taken = db.execute("SELECT seq FROM facts WHERE seq BETWEEN ? AND ?", (at, at + (1 << SHIFT) - 1))
            out = {n for n, *_ in part.records} - {seq - at for (seq,) in taken}
            rows = [(at + n, i, k, item, line, data) for n, i, k, _, item, line, _, data in part.records if n in out]
            db.executemany("INSERT INTO contested VALUES (?, ?, ?, ?, ?, ?)", rows)
        links = [(target, role, at + n) for n, target, role in part.links if n not in out]
        db.executemany("INSERT INTO new_links VALUES (?, ?, ?)", links)
        called = [(name, at + n) for n, name in part.names if n not in out]
        db.executemany("INSERT INTO new_names VALUES (?, ?)", called)
        self._cards([row for n, *row in part.cards if n not in out])
        undated = [(at + row[0],) for row in part.records if row[3] is None and row[0] not in out]
        db.executemany("INSERT INTO undated VALUES (?)", undated)
        db.executemany(
            "INSERT INTO cited VALUES (?, ?, ?, ?, ?, ?)", ((source, rank, *rest) for source, *rest in part.cited)
        )

    def _cards(self, rows: list[list[Any]]) -> None:
        self._db.executemany("INSERT INTO cards VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def remove(self, rank: int) -> None:
        """Take a file and its records out; what they were laid over, or what was laid over them, is contested anew."""
        db, span = self._db, (rank << SHIFT, ((rank + 1) << SHIFT) - 1)
        own = db.execute(
            f"SELECT seq, id, {MEMBER} FROM facts WHERE seq BETWEEN ? AND ? AND place = seq"
            f" UNION ALL SELECT seq, id, {MEMBER} FROM facts WHERE place <> seq AND place BETWEEN ? AND ?",
            (*span, *span),
        ).fetchall()
        chained = {row[0] for row in db.execute("SELECT id FROM replaced WHERE place BETWEEN ? AND ?", span)}
        db.execute("DELETE FROM replaced WHERE place BETWEEN ? AND ?", span)
        db.execute(
            "DELETE FROM contested WHERE place BETWEEN ? AND ?", span
        )  # since a file was removed before this one
        for seq, id_, *member in own:
            self._take_out(seq, id_, Claimant(*member))
            if db.execute("SELECT 1 FROM replaced WHERE id = ?", (id_,)).fetchone():
                chained.add(id_)
        for id_ in chained:
            self._contest(id_)
        db.execute("DELETE FROM files WHERE rank = ?", (rank,))

    def _take_out(self, seq: int, id_: str, member: Claimant) -> None:
        """Remove a record that stands in the build; its links and names follow from its words, so no index finds them."""
        db, record = self._db, member.record()
        db.execute("DELETE FROM facts WHERE seq = ?", (seq,))
        links = [(target, role, seq) for role, target in targets(record, self._pack, self.roles)]
        db.executemany("DELETE FROM links WHERE target = ? AND role = ? AND seq = ?", links)
        db.executemany("DELETE FROM names WHERE name = ? AND seq = ?", [(name, seq) for name in names(record)])
        db.execute("DELETE FROM cards WHERE id = ?", (id_,))
        db.execute("INSERT OR IGNORE INTO gone VALUES (?, ?, ?)", (id_, member.kind, member.data))

    def _contest(self, id_: str) -> None:
        """Whoever has an id in the build contests it."""
        db = self._db
        for seq, *member in db.execute(f"SELECT seq, {MEMBER} FROM facts WHERE id = ?", (id_,)).fetchall():
            self._take_out(seq, id_, Claimant(*member))
            place, kind, item, line, data = member
            db.execute("INSERT INTO contested VALUES (?, ?, ?, ?, ?, ?)", (place, id_, kind, item, line, data))
        db.execute("INSERT INTO contested SELECT place, id, kind, item, line, data FROM replaced WHERE id = ?", (id_,))
        db.execute("DELETE FROM replaced WHERE id = ?", (id_,))

    def settle(self) -> Iterator[Clash]:
        """Decide which record has each contested id, and work out links, names and days; yields what is wrong with the claims."""
        self._flush()
        contested = self._db.execute("SELECT id FROM contested GROUP BY id ORDER BY MIN(place)").fetchall()
        for (id_,) in contested:
            self._contest(id_)
            yield from self._fold(id_)
        self._flush()
        self._date()

    def _fold(self, id_: str) -> Iterator[Clash]:
        """Lay the records of one id over each other."""
        rows = self._db.execute(f"SELECT {MEMBER} FROM contested WHERE id = ? ORDER BY place", (id_,))
        first, before = None, None
        for member in [Claimant(*row) for row in rows]:
            first = first or member
            overrides = member.record().overrides
            if bool(before) != overrides or (before and before.kind != member.kind):
                yield Clash(id_, member, before)
            elif before:
                values = (id_, before.place, before.kind, before.item, before.line, before.data)
                self._db.execute("INSERT INTO replaced VALUES (?, ?, ?, ?, ?, ?)", values)
            if not before or overrides:
                before = member
        if first and before:
            self._put(first.place, id_, before)

    def _put(self, seq: int, id_: str, member: Claimant) -> None:
        db, record = self._db, member.record()
        known = known_here(record)
        place, kind, item, line, data = member
        db.execute(
            "INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (seq, id_, kind, known, place, item, line, data)
        )
        if known is None:
            db.execute("INSERT OR IGNORE INTO undated VALUES (?)", (seq,))
        links = {(target, role, seq) for role, target in targets(record, self._pack, self.roles)}
        db.executemany("INSERT INTO new_links VALUES (?, ?, ?)", links)
        db.executemany("INSERT INTO new_names VALUES (?, ?)", [(name, seq) for name in names(record)])
        if isinstance(record, Source):
            self._cards([list(card(record))])

    def _flush(self) -> None:
        """Sort new links and names into their tables, which is far faster than to put each in its place."""
        db = self._db
        db.execute("INSERT OR IGNORE INTO touched SELECT DISTINCT target, role FROM new_links")
        db.execute("INSERT INTO links SELECT * FROM new_links ORDER BY target, role, seq")
        db.execute("INSERT INTO names SELECT * FROM new_names ORDER BY name, seq")
        db.execute("DELETE FROM new_links")
        db.execute("DELETE FROM new_names")

    def _date(self) -> None:
        """Work out from which day records can be told that depend on others: new ones, and those whose others have changed."""
        db = self._db
        changed = (
            "SELECT id, gone.data, facts.data FROM gone LEFT JOIN facts USING (id) WHERE gone.data IS NOT facts.data"
        )
        for id_, was, now in db.execute(changed).fetchall():
            if _days(was) != _days(now):
                depend = "SELECT seq FROM links WHERE target = ? AND role IN ('source', 'event', 'agreement')"
                db.execute(f"INSERT OR IGNORE INTO undated {depend}", (id_,))

        @lru_cache(maxsize=LOOKED_UP)
        def get(id_: str) -> Any:
            row = db.execute("SELECT data FROM facts WHERE id = ?", (id_,)).fetchone()
            return (self._read.get(row[0]) or DECODER.decode(row[0])) if row else None

        known = Known(_Lookup(get))
        last = -1
        while rows := db.execute(WITHOUT_DAY, (last,)).fetchall():
            records: Any = [self._read.get(data) for _, data in rows]
            if None in records:  # together they are decoded faster
                records = DECODER.decode(f"[{','.join(data for _, data in rows)}]")
            days = [(known(record), seq) for record, (seq, _) in zip(records, rows, strict=True)]
            db.executemany("UPDATE facts SET known = ? WHERE seq = ?", days)
            last = rows[-1][0]

    def finish(self, meta: dict[str, str]) -> None:
        """Note what the build says about itself, and end the writing."""
        told = {**meta, "pack": json.dumps(encode(self._pack), ensure_ascii=False)}
        self._db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", told.items())
        for line in SCRATCH.split(";\n"):
            if line.strip().startswith("CREATE TEMP TABLE"):
                self._db.execute(f"DROP TABLE {line.split()[3]}")
        self._db.commit()


WITHOUT_DAY = "SELECT seq, data FROM undated JOIN facts USING (seq) WHERE seq > ? ORDER BY seq LIMIT 500"


class _Lookup:
    def __init__(self, get: Any) -> None:
        self.get = get


def _days(data: str | None) -> tuple[Any, ...]:
    """What of a record the days of others depend on."""
    record = DECODER.decode(data) if data else None
    return tuple(getattr(record, name, None) for name in ("date", "published", "retrieved"))
