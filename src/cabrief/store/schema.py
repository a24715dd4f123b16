"""The tables of a build, the numbers in its head by which it is known, and how a question finds its records."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from cabrief.model.record import Record, plural_of

APPLICATION, VERSION = 0x63616272, 2  # application_id ("cabr") and user_version of the SQLite file
# A record's place is its file's rank, shifted, and its number in the file. `seq` is the order in which reports list records:
# a record stands at its own place, or, where it takes the place of another, at that one's.
SHIFT = 16  # more than the bits of the number of values that a file may have
SPACING = 1024  # between the ranks of files, where files that are added later find room
SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files (
    rank INTEGER PRIMARY KEY, layer TEXT NOT NULL, file TEXT NOT NULL, path BLOB NOT NULL, digest TEXT NOT NULL,
    UNIQUE (layer, path));
CREATE TABLE facts (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, known TEXT, place INTEGER NOT NULL,
    item INTEGER NOT NULL, line INTEGER NOT NULL, data TEXT NOT NULL);
CREATE INDEX facts_kind ON facts (kind);
CREATE INDEX facts_over ON facts (place) WHERE place <> seq;
CREATE TABLE links (
    target TEXT NOT NULL, role TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (target, role, seq)) WITHOUT ROWID;
CREATE INDEX links_about ON links (target) WHERE role = 'about';
CREATE TABLE cards (
    id TEXT PRIMARY KEY, title_en TEXT, title_ja TEXT, short_en TEXT, short_ja TEXT,
    published TEXT, url TEXT, rank TEXT, particulars TEXT, treaty TEXT, lines INTEGER) WITHOUT ROWID;
CREATE INDEX cards_url ON cards (url);
CREATE TABLE replaced (
    id TEXT NOT NULL, place INTEGER NOT NULL, kind TEXT NOT NULL, item INTEGER NOT NULL, line INTEGER NOT NULL,
    data TEXT NOT NULL, PRIMARY KEY (id, place)) WITHOUT ROWID;
CREATE TABLE names (name TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (name, seq)) WITHOUT ROWID;
"""


def is_build(connection: sqlite3.Connection) -> bool:
    """Whether a database has the numbers and the very tables of a build; raises sqlite3.Error for what is no database."""
    head = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
    told = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
    return head == [APPLICATION, VERSION] and "".join(f"{row[0]};\n" for row in told) == SCHEMA.lstrip()


def where_of(
    kinds: Sequence[type[Record]], by_day: str, links: Mapping[str, str | tuple[str, ...]]
) -> tuple[str, list[str]]:
    """The condition on `facts` that `Base.find` describes, and the words for its marks."""
    words = [plural_of(cls) for cls in kinds]
    # the few rows that links lead to are looked at, not all rows of a kind
    sql = f"{'+' if links else ''}kind IN ({places_for(kinds)})" if kinds else "1"
    if by_day:
        sql += " AND known <= ?"
        words.append(by_day)
    for roles, target in links.items():
        found = [role.replace("_", "-") for role in roles.split("_or_")]
        ids = (target,) if isinstance(target, str) else target
        sql += (
            f" AND seq IN (SELECT seq FROM links WHERE target IN ({places_for(ids)}) AND role IN ({places_for(found)}))"
        )
        words += [*ids, *found]
    return sql, words


def places_for(words: Sequence[object]) -> str:
    """Places for so many words in a statement."""
    return ", ".join("?" * len(words))
