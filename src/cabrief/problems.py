"""What is wrong with a fact file, as values: collected, sorted and printed, never raised inside the facts."""

from dataclasses import dataclass
from difflib import get_close_matches
from typing import NamedTuple

from cabrief.text import Lang, Text, clean, quoted, template

NOTHING = Text("", "")


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
    message: Text
    hint: Text = NOTHING

    def __str__(self) -> str:
        return self.words("en")

    def words(self, lang: Lang) -> str:
        """The problem as a line in one language: `file:line:column: code: message (hint)`."""
        message, hint = self.message.pick(lang), self.hint.pick(lang)
        brackets = "（{}）" if lang == "ja" else " ({})"
        return clean(f"{self.where}: {self.code}: {message}" + (brackets.format(hint) if hint else ""))


def closest(word: str, words: "list[str] | tuple[str, ...]", most: int = 1) -> list[str]:
    """The words nearest in spelling, best first; none where none is near."""
    return get_close_matches(word, words, n=most, cutoff=0.6)


def did_you_mean(word: str, words: "list[str] | tuple[str, ...]") -> Text:
    """A hint with the closest right word, or nothing."""
    near = closest(word, words)
    return template("did you mean {near}?", "{near}のことか？", near=quoted(near[0])) if near else NOTHING
