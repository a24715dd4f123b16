"""What is wrong with a fact file, as values: collected, sorted and printed, never raised inside the facts."""

from dataclasses import dataclass
from difflib import get_close_matches
from typing import NamedTuple


class Where(NamedTuple):
    """A place in a file; line and column count from 1, 0 for the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong: where, which rule, what was found and what was expected, and how to mend it."""

    where: Where
    code: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.code}: {self.message}" + (f" ({self.hint})" if self.hint else "")


def closest(word: str, words: "list[str] | tuple[str, ...]", most: int = 1) -> list[str]:
    """The words nearest in spelling, best first; none where none is near."""
    return get_close_matches(word, words, n=most, cutoff=0.6)


def did_you_mean(word: str, words: "list[str] | tuple[str, ...]") -> str:
    """A hint with the closest right word, or nothing."""
    near = closest(word, words)
    return f"did you mean {near[0]!r}?" if near else ""
