"""Coverage-guided fuzzing of what may stand in place of a build: bytes, a build with other bytes in it, and strange words of a pack.

    pip install atheris && python tests/fuzz/builds.py -runs=50000 CORPUS

Whatever stands there, with the right checksum: no exception, and no base but one whose pack is read. The first byte picks
what is made of the others.
"""

import shutil
import sqlite3
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["cabrief"]):
    from cabrief.loading import cache
    from cabrief.model.record import Pack
    from cabrief.store.base import Base
    from cabrief.store.schema import APPLICATION, SCHEMA, VERSION

KEY = "the key"
ROOM = Path(tempfile.mkdtemp(dir="/dev/shm" if Path("/dev/shm").is_dir() else None))  # noqa: S108 - a name of its own
FILE = ROOM / "facts-00000000.sqlite"


def build(pack: str) -> bytes:
    """A build without facts, with some words in the place of its pack."""
    connection = sqlite3.connect(":memory:")
    head = f"PRAGMA page_size = 512; PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION};"
    connection.executescript(f"{head} {SCHEMA}")
    connection.executemany("INSERT INTO meta VALUES (?, ?)", {"key": KEY, "pack": pack}.items())
    connection.commit()
    raw = connection.serialize()
    connection.close()
    return raw


EMPTY = build('{"~":"record.Pack"}')
PLACE = 2  # bytes that say where other bytes begin


def stray(raw: bytes) -> bytes:
    """The bytes themselves."""
    return raw


def patched(raw: bytes) -> bytes:
    """A build with other bytes somewhere in it."""
    at = int.from_bytes(raw[:PLACE], "big") % len(EMPTY)
    return EMPTY[:at] + raw[PLACE:] + EMPTY[at + len(raw[PLACE:]) :]


def worded(raw: bytes) -> bytes:
    """A build that is whole, with a pack that need not be one."""
    return build(raw.decode("utf-8", "replace"))


MAKERS = (stray, patched, worded)


def one(raw: bytes) -> None:
    """Put a build in its place, with its checksum, and open it."""
    made = MAKERS[raw[0] % len(MAKERS)](raw[1:]) if raw else raw
    FILE.write_bytes(made)
    FILE.with_suffix(".sum").write_bytes(cache._digest(made).encode("ascii"))
    found = cache._cached(FILE, KEY)
    if found is not None and not (isinstance(found, Base) and isinstance(found.pack, Pack)):
        raise AssertionError(found)


if __name__ == "__main__":
    try:
        atheris.Setup(sys.argv, one)
        atheris.Fuzz()
    finally:
        shutil.rmtree(ROOM)
