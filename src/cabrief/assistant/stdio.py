"""The server over stdin and stdout: a message in a line, in both directions, until the client closes its end.

It does without the SDK, which takes several times as long to import as a command takes to run.

Requests are answered in the order in which they come, so a request that the client cancels has been answered before, or is
being answered; the protocol allows for this. A thread reads ahead, so that a client can write many requests before it reads.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from threading import Condition, Thread

from cabrief.assistant.methods import Served
from cabrief.assistant.session import INVALID_REQUEST, Session, refusal

LONGEST_LINE = 4 << 20  # bytes; as the SDK takes over HTTP
MOST_WAITING = 16 << 20  # bytes that are read ahead
CHUNK = 1 << 16
STDIN, STDOUT, STDERR = range(3)


def serve_stdio(served: Served) -> None:
    """Serve the client at stdin and stdout until it leaves, at whatever moment that is.

    From here on the two streams belong to the protocol: what else reads gets nothing, and what else prints goes to stderr.
    """
    nothing = os.open(os.devnull, os.O_RDONLY)
    reading, writing = _taken(STDIN, nothing), _taken(STDOUT, STDERR)
    inbox = _Inbox()
    Thread(target=inbox.fill, args=(reading,), daemon=True).start()
    session = Session(served)
    try:
        for line in inbox:
            if answer := answer_line(session, line):
                _write(writing, answer + b"\n")
    except (BrokenPipeError, ConnectionResetError):
        pass  # the client has left


def answer_line(session: Session, line: bytes | None) -> bytes | None:
    """The answer to a line as `lines_from` gives it; None where none is due. An empty line is none."""
    if line is None:
        return refusal(INVALID_REQUEST, f"a line has at most {LONGEST_LINE} bytes")
    words = line.decode("utf-8", "replace")  # a request with a broken character is still answered by its id
    return session.answer(words) if words.strip(" \t\r") else None


def lines_from(chunks: Iterable[bytes]) -> Iterator[bytes | None]:
    """The lines of a stream, the last of which need not end; None for one above LONGEST_LINE, of which nothing is kept."""
    parts: list[bytes] = []
    size = 0
    for chunk in chunks:
        for number, part in enumerate(chunk.split(b"\n")):
            if number:
                yield b"".join(parts) if size <= LONGEST_LINE else None
                parts, size = [], 0
            size += len(part)
            if size <= LONGEST_LINE:
                parts.append(part)
            else:
                parts.clear()
    if size:
        yield b"".join(parts) if size <= LONGEST_LINE else None


class _Inbox:
    """Lines that were read and not answered yet. One thread fills it, another takes them out."""

    def __init__(self) -> None:
        self._lines: deque[bytes | None] = deque()
        self._size = 0
        self._ended = False
        self._changed = Condition()

    def fill(self, stream: int) -> None:
        """Read a stream to its end, with a pause while too much is waiting."""
        try:
            for line in lines_from(iter(lambda: os.read(stream, CHUNK), b"")):
                with self._changed:
                    self._changed.wait_for(lambda: self._size < MOST_WAITING)
                    self._lines.append(line)
                    self._size += len(line or b"")
                    self._changed.notify_all()
        except OSError:
            pass  # no more can be read: an end as any other
        finally:
            with self._changed:
                self._ended = True
                self._changed.notify_all()

    def __iter__(self) -> Iterator[bytes | None]:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._lines or self._ended)
                if not self._lines:
                    return
                line = self._lines.popleft()
                self._size -= len(line or b"")
                self._changed.notify_all()
            yield line


def _taken(stream: int, instead: int) -> int:
    """A standard stream under a number of our own; what goes by its old number goes elsewhere."""
    own = os.dup(stream)
    os.dup2(instead, stream)
    return own


def _write(stream: int, line: bytes) -> None:
    """Write all of a line, which a pipe may take in several parts."""
    rest = memoryview(line)
    while rest:
        rest = rest[os.write(stream, rest) :]
