"""The trail from a printed report to its evidence: the last report's lines, by the short names and numbers that it printed.

The last report is that of the same terminal; where that has printed none of the name, the last of all.

`why k12` asks for a line of the last report on a terminal, `why 3` for a note of the last one in Markdown, `why d2` for its
second dispute, and `why "first words of a line"` for a line that begins so. With each id is kept the fingerprint of its record:
it tells whether the facts that are read later are those that were printed.
"""

from __future__ import annotations

import json
import os
import re
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from cabrief.config import cache_directory
from cabrief.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from cabrief.store.base import Base

MOST_BYTES = 1_000_000
TRAIL = r"last-report(-[0-9]+)?\.json"
KEPT_SECONDS = 7 * 24 * 3600
MOST_IDS = 100  # behind one short name
SHORT_NAME = r"[kd]?[1-9][0-9]{0,4}"


def _file() -> Path:
    """Where the trail of this terminal is kept: two windows do not disturb each other."""
    session = f"-{os.getsid(0)}" if hasattr(os, "getsid") else ""
    return cache_directory() / f"last-report{session}.json"


def save_trail(trail: Mapping[str, Sequence[str]], base: Base) -> None:
    """Keep what the short names of a report on a fact base stand for; where the cache takes nothing, nothing is kept.

    A page in a file has numbers, a page on a terminal has names: each leaves the other's as they were.
    """
    if not trail:
        return
    written = {_sort(name) for name in trail}
    marks = base.fingerprints(id_ for ids in trail.values() for id_ in ids)
    before = _kept(_file())
    kept = {name: ids for name, ids in before.items() if _sort(name) not in written}
    kept |= {name: {id_: marks.get(id_) for id_ in ids} for name, ids in trail.items()}
    if kept == before:
        return
    with suppress(OSError):
        path = _file()
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _clear()
        write_whole(path, json.dumps(kept).encode("ascii"), path.name, 0o600, lasting=False)


def _sort(name: str) -> str:
    return name.rstrip("0123456789")


def recall(name: str) -> dict[str, Any]:
    """Ids that a short name of the last report stands for, with the fingerprints that their records had.

    None where it is no such name.
    """
    if not re.fullmatch(SHORT_NAME, name):
        return {}
    return _ids(_kept(_file()).get(name) or _kept(_latest()).get(name))


def _ids(kept: Any) -> dict[str, Any]:
    """What is kept of a short name; anybody may have written the file."""
    return dict(list(kept.items())[:MOST_IDS]) if isinstance(kept, dict) else {}


def last_name(name: str) -> str | None:
    """The last short name of the sort of this one in the last report, empty where that has none; None for no short name."""
    if not re.fullmatch(SHORT_NAME, name):
        return None
    kept = {**_kept(_latest()), **_kept(_file())}
    known = [each for each, ids in kept.items() if _sort(each) == _sort(name) and _ids(ids)]
    return max(known, key=lambda each: (len(each), each), default="")


def _trails() -> list[Path]:
    """The trails of all terminals, the latest last."""
    with suppress(OSError):
        found = [path for path in cache_directory().iterdir() if re.fullmatch(TRAIL, path.name)]
        return sorted(found, key=lambda path: path.stat().st_mtime)
    return []


def _latest() -> Path:
    """The trail of whichever terminal printed last."""
    return (_trails() or [_file()])[-1]


def _clear() -> None:
    """Remove the trails of terminals that have printed nothing for days."""
    for path in _trails():
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > KEPT_SECONDS:
                path.unlink()


def _kept(path: Path) -> dict[str, Any]:
    """What a file holds, which anybody may have written."""
    with suppress(OSError, ValueError, RecursionError):
        if path.is_file() and path.stat().st_size < MOST_BYTES:
            found: Any = json.loads(path.read_text("utf-8"))
            return found if isinstance(found, dict) else {}
    return {}
