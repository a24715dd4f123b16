"""What is wrong with a fact file, as values: collected, sorted and printed, never raised inside the facts."""

from collections.abc import Callable
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


def counted(problems: "list[Problem]", records: int, files: int) -> Text:
    """How much was read, and how much is wrong with it."""
    count = Text(f"{len(problems)} problem{'s' * (len(problems) != 1)}", f"問題{len(problems)}件")
    return template(
        "cabrief: {records} records in {files} files: {found}",
        "cabrief: {files}ファイル、記録{records}件：{found}",
        records=records,
        files=files,
        found=count if problems else Text("no problems", "問題なし"),
    )


def as_lines(problems: "list[Problem]", lang: Lang) -> str:
    """A line each: `file:line:column: code: message (hint)`."""
    return "".join(f"{problem.words(lang)}\n" for problem in problems)


def as_json(problems: "list[Problem]", _: Lang) -> str:
    """A list of objects, in both languages."""
    import json

    rows = [
        {
            "file": p.where.file, "line": p.where.line, "column": p.where.column, "code": p.code,
            "message": p.message._asdict(), "hint": p.hint._asdict() if p.hint.en else None,
        }
        for p in problems
    ]  # fmt: skip
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def as_annotations(problems: "list[Problem]", lang: Lang) -> str:
    """Workflow commands that GitHub shows beside the lines; what it reads as its own syntax is escaped."""

    def escaped(words: str, more: str = "") -> str:
        return "".join(f"%{ord(c):02X}" if c in f"%\r\n{more}" else c for c in clean(words))

    return "".join(
        f"::error file={escaped(p.where.file, ':,')},line={max(1, p.where.line)},col={max(1, p.where.column)},"
        f"title={escaped(p.code, ':,')}::{escaped(p.message.pick(lang))}\n"
        for p in problems
    )


FORMATS: dict[str, Callable[[list[Problem], Lang], str]] = {
    "text": as_lines, "json": as_json, "github": as_annotations,
}  # fmt: skip
