"""Which records may break a rule that holds across records, among what has changed; `checks` looks at each of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping

from cabrief.store.codec import DECODER
from cabrief.store.schema import SHIFT

# a record that cites a source which is not there, or whose lines do not fit its refs
UNFIT_REFS = """
SELECT DISTINCT cited.rank, source FROM cited LEFT JOIN cards ON cards.id = source
WHERE cards.id IS NULL OR (lines IS NULL AND lined) OR (lines IS NOT NULL AND (bare OR turned OR most > lines))"""
CITING = """
INSERT OR IGNORE INTO suspects SELECT facts.seq FROM links JOIN facts USING (seq)
WHERE target = ? AND role = 'source' AND place BETWEEN ? AND ?"""
NAMING = "INSERT OR IGNORE INTO suspects SELECT seq FROM links WHERE target = ?"
DISPUTES_ABOUT = f"{NAMING} AND role = 'about'"
IN_CHAINS = {"replaces": "treaties", "event": "events"}  # roles in which a record of a kind could lead back to itself
LEADING_ON = """
INSERT OR IGNORE INTO suspects SELECT facts.seq FROM links JOIN facts USING (seq) WHERE target = ? AND role = ? AND kind = ?"""
SAME_URL = """
INSERT OR IGNORE INTO suspects SELECT seq FROM cards JOIN facts USING (id)
WHERE url IN (SELECT url FROM cards WHERE url IS NOT NULL GROUP BY url HAVING COUNT(*) > 1)"""


def find_suspects(db: sqlite3.Connection, roles: Mapping[str, Iterable[str]], listed: Iterable[str]) -> Iterator[int]:
    """Yield the places of records to look at, in the order of the files; the build has been settled and not yet finished.

    `roles` are the kinds of record that may be named in each role; `listed` are ids that are told
    elsewhere where they are missing.
    """
    listed = frozenset(listed)
    named = "SELECT target, role, kind FROM touched LEFT JOIN facts ON facts.id = target"
    for target, role, kind in db.execute(named).fetchall():
        if role in roles and kind not in roles[role] and (kind or target not in listed):
            db.execute(f"{NAMING} AND role = ?", (target, role))
        elif role == "about":
            db.execute(DISPUTES_ABOUT, (target,))
        elif role in IN_CHAINS:
            db.execute(LEADING_ON, (target, role, IN_CHAINS[role]))
    _named_by_others(db)
    for rank, source in db.execute(UNFIT_REFS).fetchall():
        db.execute(CITING, (source, rank << SHIFT, ((rank + 1) << SHIFT) - 1))
    db.execute(SAME_URL)
    yield from (seq for (seq,) in db.execute("SELECT seq FROM suspects ORDER BY seq").fetchall())


def _named_by_others(db: sqlite3.Connection) -> None:
    """Whoever names a record that is there no more, or is another now."""
    changed = (
        "SELECT id, gone.kind, gone.data, facts.kind, facts.data FROM gone LEFT JOIN facts USING (id)"
        " WHERE gone.data IS NOT facts.data"
    )
    for id_, was, old, kind, new in db.execute(changed).fetchall():
        if was != kind:
            db.execute(NAMING, (id_,))
        db.execute(DISPUTES_ABOUT, (id_,))
        if kind == "treaties":
            db.execute(f"{NAMING} AND role = 'replaces'", (id_,))
        if kind == was == "sources" and DECODER.decode(old).lines != DECODER.decode(new).lines:
            db.execute(f"{NAMING} AND role = 'source'", (id_,))
