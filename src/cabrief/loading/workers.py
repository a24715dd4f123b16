"""Reading many files: in this process, or where there is much to read, in one process for each core."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from cabrief.loading.parts import Found, Task, read_part
from cabrief.model.record import Pack


class Progress(Protocol):
    """What shows how far reading is."""

    def __call__(self, done: int, files: int, records: int, /) -> None:
        """Show that so many of the files are read, and how many records they had."""

    def end(self) -> None:
        """Show nothing any more."""


def read_all(
    wanted: Sequence[Task], raw: Mapping[str, bytes], pack: Pack | None, progress: Progress | None = None
) -> Iterator[tuple[Task, Found]]:
    """Yield what is in each file, in order."""
    records = 0
    for done, (task, found) in enumerate(read_here(wanted, raw, pack), 1):
        yield task, found
        records += len(found.part.records)
        if progress:
            progress(done, len(wanted), records)


def read_here(wanted: Iterable[Task], raw: Mapping[str, bytes], pack: Pack | None) -> Iterator[tuple[Task, Found]]:
    """Yield what is in each file, in order, without another process."""
    for task in wanted:
        try:
            found = raw[task.path]
        except KeyError:
            yield task, read_part(task, None, pack)
        else:
            yield task, read_part(task, found, pack)
