"""The tables of a build."""

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
    published TEXT, url TEXT, rank TEXT) WITHOUT ROWID;
CREATE TABLE replaced (id TEXT NOT NULL, data TEXT NOT NULL, file TEXT NOT NULL, line INTEGER NOT NULL, layer TEXT NOT NULL);
CREATE TABLE names (name TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (name, seq)) WITHOUT ROWID;
"""
