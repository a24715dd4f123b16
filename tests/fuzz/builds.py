"""Coverage-guided fuzzing of what may stand in place of a build: bytes, a build with other bytes in it, and strange words of a pack.

    pip install atheris && python tests/fuzz/builds.py -runs=50000 CORPUS

Whatever stands there, with stamps that fit: no exception, and no base but one whose pack is read. The first byte picks
what is made of the others. An empty folder gets inputs to begin with, since nothing leads from noise to a database.
"""

import json
import shutil
import sqlite3
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["cabrief"]):
    from cabrief.loading import cache
    from cabrief.loading.freshness import Stamps, look_at_build
    from cabrief.loading.parts import NO_PACK
    from cabrief.model.record import Pack
    from cabrief.store.base import Base
    from cabrief.store.codec import encode
    from cabrief.store.schema import APPLICATION, SCHEMA, VERSION

ID, MADE_OF, STATE = "the build", "what it is made of", "the files"
ROOM = Path(tempfile.mkdtemp(dir="/dev/shm" if Path("/dev/shm").is_dir() else None))  # noqa: S108 - a name of its own
FILE = ROOM / "facts-00000000.sqlite"
WANTED = cache.Wanted(
    stack=[], made_of=MADE_OF, path=FILE, at=0, state=STATE, tell=lambda _: None, progress=lambda: None
)


def build(pack: str) -> bytes:
    """A build without facts, with some words in the place of its pack."""
    connection = sqlite3.connect(":memory:")
    head = f"PRAGMA page_size = 512; PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION};"
    connection.executescript(f"{head} {SCHEMA}")
    connection.executemany(
        "INSERT INTO meta VALUES (?, ?)", {"id": ID, "made of": MADE_OF, "layer": "", "pack": pack}.items()
    )
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
    """Put a build in its place, with its stamps, and open it."""
    made = MAKERS[raw[0] % len(MAKERS)](raw[1:]) if raw else raw
    FILE.write_bytes(made)
    FILE.with_suffix(".stamps").write_bytes(
        Stamps(id=ID, build=look_at_build(FILE), at=0, racy=False, state=STATE).encode()
    )
    found = cache._cached(WANTED)
    if found is not None and not (isinstance(found, Base) and isinstance(found.pack, Pack)):
        raise AssertionError(found)


def sow(folder: Path) -> None:
    """Give an empty corpus an input of each sort that is a build, or nearly one."""
    pack = json.dumps(encode(NO_PACK)).encode()
    if folder.is_dir() and not any(folder.iterdir()):
        for number, rest in enumerate((EMPTY, b"\0\x64" + EMPTY[100:140], pack)):
            (folder / f"seed-{number}").write_bytes(bytes([number]) + rest)


if __name__ == "__main__":
    for word in sys.argv[1:]:
        sow(Path(word))
    try:
        atheris.Setup(sys.argv, one)
        atheris.Fuzz()
    finally:
        shutil.rmtree(ROOM)
