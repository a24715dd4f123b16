"""Reading many files: in this process, or where there is much to read, in one process for each core.

Workers are plain processes that get their files on stdin and write what they find to stdout, so that none outlives the command:
when its pipes are closed, it ends.
"""

from __future__ import annotations

import contextlib
import gc
import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO, TYPE_CHECKING, Any, NamedTuple, Protocol

from cabrief.loading.layers import Files
from cabrief.loading.parts import Found, Task, read_part
from cabrief.model.record import Pack

if TYPE_CHECKING:
    import queue

ENOUGH = 8_000_000  # bytes from which on the start of workers pays
READ_AHEAD = 2  # files that a worker may have read before they are asked for
LENGTH = 8  # bytes that say how long what follows is


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
    found = read_here(wanted, raw, pack)
    if isinstance(raw, Files) and (workers := _workers(wanted)) > 1:
        found = _read_by_workers(wanted, raw, pack, workers)
    for done, (task, each) in enumerate(found, 1):
        yield task, each
        records += len(each.part.records)
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


def _workers(wanted: Sequence[Task]) -> int:
    """How many processes to read files in: none besides this one where they are few or small."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if cores == 1:
        return 1
    left = ENOUGH
    for task in wanted:
        try:
            left -= os.stat(task.path).st_size  # noqa: PTH116 - for thousands of files
        except OSError:
            continue
        if left <= 0:
            return min(cores, len(wanted))
    return 1


class _Worker(NamedTuple):
    """A process, and what it has found and nobody has taken yet; None where there will be nothing more."""

    process: subprocess.Popen[bytes]
    found: queue.Queue[bytes | None]


def _read_by_workers(
    wanted: Sequence[Task], raw: Mapping[str, bytes], pack: Pack | None, count: int
) -> Iterator[tuple[Task, Found]]:
    """Give every worker each so-manieth file; what one that dies leaves is read here."""
    import pickle

    workers: list[_Worker] = []
    try:
        try:
            workers += [_started(wanted[n::count], pack) for n in range(count)]
        except OSError:  # no more processes are allowed
            yield from read_here(wanted, raw, pack)
            return
        for n, task in enumerate(wanted):
            given = workers[n % count].found.get()
            if given is None:
                workers[n % count].found.put(None)
                yield from read_here([task], raw, pack)
            else:
                yield task, pickle.loads(given)  # noqa: S301 - from our own worker
    finally:
        for worker in workers:
            worker.process.kill()
            worker.process.wait()


def _started(tasks: Sequence[Task], pack: Pack | None) -> _Worker:
    import pickle
    import queue

    command = [sys.executable, "-P", "-c", f"from {__name__} import work; work()"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    process = subprocess.Popen(  # noqa: S603 - our own program
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    )
    worker = _Worker(process, queue.Queue(READ_AHEAD))
    threading.Thread(target=_listen, args=(worker, pickle.dumps((tasks, pack))), daemon=True).start()
    return worker


def _listen(worker: _Worker, tasks: bytes) -> None:
    """Tell a worker what to do, and take what it finds."""
    given, found = worker.process.stdin, worker.process.stdout
    if given and found:
        with contextlib.suppress(OSError), found:  # it may have died
            with given:
                given.write(tasks)
            while len(head := found.read(LENGTH)) == LENGTH:
                size = int.from_bytes(head, "big")
                part = found.read(size)
                if len(part) < size:
                    break
                worker.found.put(part)
    worker.found.put(None)


def work() -> None:
    """Read the files that are named on stdin, in a process of its own."""
    import pickle

    gc.disable()  # as in a command: reading makes next to no cyclic garbage
    tasks, pack = pickle.loads(sys.stdin.buffer.read())  # noqa: S301 - from our own command
    out: IO[Any] = sys.stdout.buffer
    for _, found in read_here(tasks, Files(()), pack):
        rows = found._replace(part=found.part._replace(read={}))
        part = pickle.dumps(rows, pickle.HIGHEST_PROTOCOL)
        out.write(len(part).to_bytes(LENGTH, "big"))
        out.write(part)
        out.flush()
