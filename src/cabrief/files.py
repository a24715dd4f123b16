"""Files that are written whole or not at all, and read without waiting."""

import os
import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

# interrupts, terminations, and a terminal that was closed, where the system knows that
STOPPING = (signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else []))
STEM = ".cabrief"  # of names beside what a user asked for
IN_THE_MAKING = r"\.cabrief-([0-9]+)(?:-[0-9a-f]+)?\.(?:tmp|old)"
ABANDONED_AFTER = 600  # seconds; a process elsewhere may have the same number


def _scratch(stem: str) -> str:
    """A name that nobody else has: two machines that share a folder have processes of the same number."""
    return f"{stem}-{os.getpid()}-{os.urandom(4).hex()}.tmp"


def without_waiting(file: str | Path, flags: int = os.O_RDONLY | getattr(os, "O_BINARY", 0)) -> int:
    """Open a file, also as the `opener` of Python's: one that became a pipe meanwhile is not waited for. Raises OSError."""
    return os.open(file, flags | getattr(os, "O_NONBLOCK", 0))


def write_whole(file: Path, raw: bytes, stem: str = STEM, mode: int | None = None, *, lasting: bool = True) -> None:
    """Put a new file in the place of another: what stood there stays until all of the new is on the disk.

    `stem` begins the name, in the same folder, under which it is written; `mode` are its permissions, those of any
    new file unless given. What need not last beyond a loss of power is not waited for. Raises OSError.
    """
    with replacing(file, stem, mode, lasting=lasting) as path, path.open("wb") as opened:
        opened.write(raw)


@contextmanager
def replacing(file: Path, stem: str, mode: int | None = None, *, lasting: bool = True) -> Iterator[Path]:
    """An empty file to be written; if nothing is raised meanwhile, it takes the place of another. See `write_whole`."""
    path = file.with_name(_scratch(stem))
    with uninterrupted():
        with path.open("xb"):
            pass
        try:
            if mode is not None:
                path.chmod(mode)
            yield path
            if lasting:
                with path.open("rb+") as opened:
                    os.fsync(opened.fileno())
            path.replace(file)
        finally:
            with suppress(OSError):
                path.unlink(missing_ok=True)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let an interrupt wait, so that nothing is left behind."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def put_where_nothing_is(made: Path, target: Path) -> None:
    """Give what was made its name; raises FileExistsError where something has that name by then, and OSError."""
    if not made.is_dir():
        try:
            os.link(made, target)  # which replaces nothing, as a renaming would
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            pass
        else:
            made.unlink()
            return
    if target.exists() or target.is_symlink():
        raise FileExistsError(target)
    made.rename(target)


@contextmanager
def in_the_making(target: Path) -> Iterator[Path]:
    """A name beside a target for what will take its place; whatever stands there at the end is removed, also when interrupted.

    What earlier commands left there that were killed is removed as well.
    """
    _remove_abandoned(target.parent)
    made = target.with_name(_scratch(STEM))
    with _stopped_by_exception():
        try:
            yield made
        finally:
            remove(made)


@contextmanager
def _stopped_by_exception() -> Iterator[None]:
    """Let an interrupt or a termination raise SystemExit, so that what was begun is cleared up."""

    def stop(number: int, _: Any) -> None:
        raise SystemExit(128 + number)

    before = {}
    with suppress(ValueError):  # not in the main thread, which no signal comes to
        before = {each: signal.signal(each, stop) for each in STOPPING}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def remove(path: Path) -> None:
    """Remove a file or a folder with all that is in it, if it is there."""
    import shutil

    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()


def _remove_abandoned(folder: Path) -> None:
    with suppress(OSError):
        for path in list(folder.iterdir()):
            match = re.fullmatch(IN_THE_MAKING, path.name)
            old = match and time.time() - path.lstat().st_mtime > ABANDONED_AFTER
            if match and old and not _is_running(int(match[1])):
                remove(path)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True
