"""The standard streams, made safe: closed ones, full ones, and readers that have read enough."""

import io
import os
import sys
from typing import Any


class StandardStream(io.TextIOWrapper):
    """A standard stream that forgives some errors of writing: what comes after the first of them goes nowhere."""

    def __init__(self, buffer: Any, forgiven: type[OSError], *, encoding: str, lines: bool) -> None:
        super().__init__(buffer, encoding=encoding, errors="replace", line_buffering=lines)
        self._forgiven = forgiven

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
        while (opened := os.open(os.devnull, os.O_RDONLY)) <= 2:  # noqa: PLR2004 - stdin, stdout, stderr
            os.set_inheritable(opened, True)  # noqa: FBT003 - git needs them as well
        os.close(opened)
        sys.stdout = sys.stdout or open(1, "w", closefd=False)  # noqa: SIM115
        sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: PTH123, SIM115
    for name, forgiven in (("stdout", BrokenPipeError), ("stderr", OSError)):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            lines, encoding = stream.line_buffering, stream.encoding
            own = StandardStream(stream.detach(), forgiven, encoding=encoding, lines=lines)
            setattr(sys, name, own)
            setattr(sys, f"__{name}__", own)  # whom the library asks for the size of the terminal


def finish(code: Any) -> None:
    """End the process with an exit code as `sys.exit` takes it, at once: taking the interpreter down takes time and can fail."""
    if isinstance(code, str):
        print(code, file=sys.stderr)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 1 if code else 0)
