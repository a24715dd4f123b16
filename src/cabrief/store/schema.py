"""The tables of a build, and the numbers in its head by which it is known."""

from __future__ import annotations

import sqlite3

APPLICATION, VERSION = 0x63616272, 1  # application_id ("cabr") and user_version of the SQLite file
SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE facts (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, data TEXT NOT NULL,
    file TEXT NOT NULL, line INTEGER NOT NULL, layer TEXT NOT NULL, known TEXT NOT NULL);
CREATE INDEX facts_kind ON facts (kind);
CREATE TABLE links (
    target TEXT NOT NULL, role TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (target, role, seq)) WITHOUT ROWID;
CREATE TABLE cards (
    id TEXT PRIMARY KEY, title_en TEXT, title_ja TEXT, short_en TEXT, short_ja TEXT,
    published TEXT, url TEXT, rank TEXT, particulars TEXT) WITHOUT ROWID;
CREATE TABLE replaced (id TEXT NOT NULL, data TEXT NOT NULL, file TEXT NOT NULL, line INTEGER NOT NULL, layer TEXT NOT NULL);
CREATE TABLE names (name TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (name, seq)) WITHOUT ROWID;
"""


def is_build(connection: sqlite3.Connection) -> bool:
    """Whether a database has the numbers and the very tables of a build; raises sqlite3.Error for what is no database."""
    head = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
    told = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
    return head == [APPLICATION, VERSION] and "".join(f"{row[0]};\n" for row in told) == SCHEMA.lstrip()
