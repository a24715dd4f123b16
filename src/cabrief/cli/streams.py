"""The standard streams, made safe: closed ones, full ones, and readers that have read enough."""

import io
import os
import sys
from contextlib import suppress
from typing import Any

STREAMS = range(3)  # stdin, stdout, stderr


class StandardStream(io.TextIOWrapper):
    """A standard stream that forgives some errors of writing: what comes after the first of them goes nowhere."""

    def __init__(self, stream: io.TextIOWrapper, forgiven: type[OSError]) -> None:
        buffer, lines = stream.buffer, stream.line_buffering
        if isinstance(buffer, io.RawIOBase):  # with PYTHONUNBUFFERED; it may take a part alone, and nobody looks
            buffer = io.BufferedWriter(buffer)
        super().__init__(buffer, encoding=stream.encoding, errors="replace", line_buffering=lines)
        self._stream, self._forgiven = stream, forgiven  # the stream would close its buffer if nobody held it

    def write(self, words: str) -> int:
        """Write words; see the class."""
        try:
            return super().write(words)
        except self._forgiven:
            self._drop()
            return len(words)

    def flush(self) -> None:
        """Write what is kept back; see the class."""
        try:
            super().flush()
        except self._forgiven:
            self._drop()

    def _drop(self) -> None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())


def secure_streams() -> None:
    """Let nobody fail because of stderr, nor because a reader of stdout left; writing to a closed stdout is an OSError."""
    if None in (sys.stdin, sys.stdout, sys.stderr):
        # else the next file would get the number of the closed stream, and what is printed with it
        while (opened := os.open(os.devnull, os.O_RDONLY)) in STREAMS:
            os.set_inheritable(opened, True)  # noqa: FBT003 - git needs them as well
        os.close(opened)
        sys.stdin = sys.stdin or open(os.devnull)  # noqa: PTH123, SIM115
        sys.stdout = sys.stdout or open(1, "w", closefd=False)  # noqa: SIM115
        sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: PTH123, SIM115
    for stream in STREAMS:
        with suppress(OSError):  # Windows has no such thing for a terminal
            os.set_blocking(stream, True)
    for name, forgiven in (("stdout", BrokenPipeError), ("stderr", OSError)):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            setattr(sys, name, StandardStream(stream, forgiven))


def finish(code: Any) -> None:
    """End the process with an exit code as `sys.exit` takes it, at once: taking the interpreter down takes time and can fail."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 1 if code else 0)
