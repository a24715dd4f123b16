"""How words come to a terminal: whatever the program prints, it prints here.

What comes from outside, from facts, files, arguments, git or the system, may hold characters that steer a terminal.
"""

import re
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from cabrief.cli.language import message_language
from cabrief.language.text import Text, clean

if TYPE_CHECKING:
    from cabrief.cli.progress import Bar

LONG_WORD = r"(\S{100})\S{300,}"


def say(*lines: str, stream: TextIO | None = None) -> None:
    """Print lines, on stdout unless another stream is named; what nobody would see in one becomes a visible mark."""
    print_rendered("".join(f"{clean(line)}\n" for line in lines), stream)


def tell(words: Text | str) -> None:
    """Print a message on stderr, in the user's language; of a word as long as nobody writes, its beginning."""
    message = words.pick(message_language()) if isinstance(words, Text) else words
    say("cabrief: " + re.sub(LONG_WORD, r"\1…", message), stream=sys.stderr)


def print_rendered(text: str, stream: TextIO | None = None) -> None:
    """Print what a renderer made of words that it has cleaned, with its own styles between them."""
    print(text, end="", file=stream, flush=True)


def print_bytes(raw: bytes) -> None:
    """Print a file of a format that is no text, on stdout; the caller sees to it that stdout is no terminal."""
    with suppress(BrokenPipeError):  # whoever reads has read enough
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()


def progress() -> "Bar | None":
    """What shows on a terminal how far a long reading of facts is, on stderr; None where nobody would see it."""
    if not sys.stderr.isatty():
        return None
    from cabrief.cli.progress import Bar, is_wanted

    return Bar() if is_wanted() else None
