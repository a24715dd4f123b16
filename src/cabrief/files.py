"""Files that are written whole or not at all."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def write_whole(file: Path, raw: bytes, temporary: str, mode: int | None = None, *, lasting: bool = True) -> None:
    """Put a new file in the place of another: what stood there stays until all of the new is on the disk.

    `temporary` is the name, in the same folder, under which it is written; `mode` are its permissions, those of any
    new file unless given. What need not last beyond a loss of power is not waited for. Raises OSError.
    """
    with replacing(file, temporary, mode, lasting=lasting) as path, path.open("wb") as opened:
        opened.write(raw)


@contextmanager
def replacing(file: Path, temporary: str, mode: int | None = None, *, lasting: bool = True) -> Iterator[Path]:
    """An empty file to be written; if nothing is raised meanwhile, it takes the place of another. See `write_whole`."""
    path = file.with_name(temporary)
    with _uninterrupted():
        path.unlink(missing_ok=True)  # left by a command that was killed
        try:
            with path.open("xb"):
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
def _uninterrupted() -> Iterator[None]:
    """Let an interrupt wait, so that nothing is left behind."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
