"""Whether files are as they were when a build was made: by size, times and inode first, and by contents where those leave doubt.

What the system tells of all files is one string, so that a start compares it at once. A file that was changed within the
grain of the clock after it was looked at has the same times as before: git's index calls it racy, and so its contents count.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from cabrief.files import without_waiting
from cabrief.loading.layers import Layer
from cabrief.model.frozen import Frozen

GRAIN = 2_000_000_000  # nanoseconds: the coarsest clock of a file system in use
MOST_STAMPS = 500_000_000  # bytes; millions of files have not so many
END = "\0"  # which no name of a file has
HEAD_WORDS = 4  # words of stamps before the state


class Stamps(Frozen):
    """What is kept beside a build: which one it is, how its own file looks, and the state of the fact files at a time."""

    id: str
    build: str
    at: int  # nanoseconds since the epoch, before the files were looked at
    racy: bool  # whether some file may have been changed since without a trace
    state: str

    def encode(self) -> bytes:
        """As bytes of a file."""
        head = (self.id, self.build, str(self.at), str(int(self.racy)))
        return END.join((*head, self.state)).encode("utf-8", "surrogateescape")

    def sure(self, told: str) -> bool:
        """Whether a file of which the system tells the same now must be the same."""
        return not _may_change_unseen(told, self.at)


def told_of(state: str) -> Iterator[tuple[tuple[str, str], str]]:
    """The files in a state, each by the names of its layer and its own, with what the system told of it."""
    words = state.split(END)
    layer = ""
    for name, told in zip(words[::2], words[1::2], strict=False):
        if told.startswith("/"):
            layer = name
        else:
            yield (layer, name), told


def state_of(stack: list[Layer]) -> str:
    """Every layer and file of a stack, with what the system tells of it: size, times of change and inode."""
    words: list[str] = []
    for layer in stack:
        words += (layer.name, f"/{layer.top}")
        for file in layer.files:
            words += (file, look(file))
        for file in (*layer.refused, *layer.other):
            words += (file, "refused")
    return END.join(words)


def look(file: str | Path) -> str:
    """What the system tells of a file in a few figures; nothing of one that is not there."""
    try:
        found = os.stat(file)  # noqa: PTH116 - thousands of times at each start
    except OSError:
        return "none"
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"


def look_at_build(file: Path) -> str:
    """The same of a build: all but the time of its renaming. Raises OSError for one that somebody else put there."""
    found = file.stat()
    _check_owner(found, file)
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ino}"


def stamp(id_: str, build: str, at: int, state: str) -> Stamps:
    """Stamps of a build, made of files that were looked at from a time on."""
    return Stamps(
        id=id_, build=build, at=at, racy=any(_may_change_unseen(told, at) for _, told in told_of(state)), state=state
    )


def _may_change_unseen(told: str, at: int) -> bool:
    """Whether a file was so young that a change after it was looked at could have left its times as they were."""
    words = told.split()
    return len(words) > 1 and max(int(words[1]), int(words[2])) > at - GRAIN


def read_stamps(file: Path) -> Stamps:
    """Read stamps; raises OSError or ValueError for what are none."""
    _check_owner(file.stat(), file)
    words = contents(file, MOST_STAMPS).decode("utf-8", "surrogateescape").split(END, HEAD_WORDS)
    id_, build, at, racy, state = words
    return Stamps(id=id_, build=build, at=int(at), racy=racy != "0", state=state)


def _check_owner(found: os.stat_result, file: Path) -> None:
    """Whether a file is the user's own, or root's; raises OSError. In a folder that many share, another may forge a build."""
    if hasattr(os, "geteuid") and found.st_uid not in (os.geteuid(), 0):
        raise OSError(f"{file} is somebody else's")


def contents(file: Path, most: int) -> bytes:
    """Bytes of a plain file; raises OSError for anything else, which could block or never end, and for more than `most`."""
    with open(file, "rb", buffering=0, opener=without_waiting) as whole:
        found = os.fstat(whole.fileno())
        if not stat.S_ISREG(found.st_mode) or found.st_size > most:
            raise OSError(f"{file} is no file of ours")
        return whole.read(found.st_size)
