"""One SQLite file for datasette, sqlite-utils and whoever speaks SQL: tables, views, indexes, full-text search."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from cabrief.exporting.tables import EXPORTED, TableOf, Type
from cabrief.store.base import Base

BATCH_OF_ROWS = 20_000
SQL_TYPES: dict[Type, str] = {"text": "TEXT", "integer": "INTEGER", "number": "REAL", "flag": "INTEGER", "list": "TEXT"}
# lists are JSON arrays of ids: json_each() takes them apart
VIEWS = {
    "gaps": """SELECT s.type, t.label_en AS type_en, t.label_ja AS type_ja, s.country, c.label_en AS country_en,
  c.label_ja AS country_ja, s.status, s.since, s.next_step_en, s.next_step_ja, s.as_of
FROM treaty_status s LEFT JOIN facts t ON t.id = s.type LEFT JOIN facts c ON c.id = s.country WHERE NOT s.in_force""",
    "evidence": """SELECT r.id, f.text_en, f.text_ja, r.part, r.line, r.phrase, s.title_en, s.title_ja, s.publisher_en,
  s.publisher_ja, s.published, s.rank, s.url
FROM refs r JOIN facts f ON f.id = r.id JOIN sources s ON s.id = r.source""",
    "overdue": """SELECT p.commitment, f.text_en, f.text_ja, p.due, p.status, p.status_as_of, p.as_of
FROM commitment_status p JOIN facts f ON f.id = p.commitment WHERE p.overdue""",
}
INDEXES = (
    ("refs", "source"),
    ("links", "target"),
    ("facts", "kind"),
    ("facts", "date_first"),
    ("treaty_steps", "type"),
    ("disputes", "about"),
)
REFERS = {
    ("refs", "id"): "facts",
    ("refs", "source"): "sources",
    ("links", "id"): "facts",
    ("commitment_status", "commitment"): "facts",
}
FULL_TEXT = """CREATE VIRTUAL TABLE facts_fts USING fts5 (
  label_en, label_ja, text_en, text_ja, content='facts', content_rowid='rowid', tokenize='trigram');
INSERT INTO facts_fts (facts_fts) VALUES ('rebuild');"""  # trigrams find Japanese, which has no spaces


def write_sqlite(base: Base, as_of: str, file: Path) -> Iterator[tuple[str, int]]:
    """Write every table into a new file; yields each table's name with how many rows it has."""
    file.open("ab").close()  # where it cannot be written, no fault of the facts that are read
    connection = sqlite3.connect(file)
    try:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        for table in EXPORTED:
            connection.execute(f"CREATE TABLE {table.name} ({_columns(table)})")
            yield table.name, _fill(connection, table, base, as_of)
        for table_name, column in INDEXES:
            connection.execute(f"CREATE INDEX {table_name}_{column} ON {table_name} ({column})")
        for name, query in VIEWS.items():
            connection.execute(f"CREATE VIEW {name} AS {query}")
        _describe(connection)
        connection.executescript(FULL_TEXT)
        connection.commit()
        connection.execute("ANALYZE")
        connection.commit()
    finally:
        connection.close()


def _columns(table: TableOf) -> str:
    told = [
        f"{column.name} {SQL_TYPES[column.type]}"
        + (f" REFERENCES {target} (id)" if (target := REFERS.get((table.name, column.name))) else "")
        for column in table.columns
    ]
    return ", ".join([*told, f"PRIMARY KEY ({', '.join(table.key)})"])


def _fill(connection: sqlite3.Connection, table: TableOf, base: Base, as_of: str) -> int:
    marks, count = ", ".join("?" * len(table.columns)), 0
    names = [column.name for column in table.columns]
    rows = ([_plain(row[name]) for name in names] for row in table.rows(base, as_of))
    while batch := list(islice(rows, BATCH_OF_ROWS)):
        connection.executemany(f"INSERT INTO {table.name} VALUES ({marks})", batch)
        count += len(batch)
    return count


def _plain(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value


def _describe(connection: sqlite3.Connection) -> None:
    """A table that tells what every table and column holds."""
    connection.execute(
        "CREATE TABLE columns_explained"
        " (table_name TEXT, column_name TEXT, en TEXT, ja TEXT, PRIMARY KEY (table_name, column_name))"
    )
    rows = [(table.name, "", *table.holds) for table in EXPORTED]
    rows += [(table.name, column.name, *column.holds) for table in EXPORTED for column in table.columns]
    connection.executemany("INSERT INTO columns_explained VALUES (?, ?, ?, ?)", rows)
