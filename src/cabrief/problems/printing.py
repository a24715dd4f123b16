"""How problems print: with the lines they are about on a terminal, a line each elsewhere, as JSON, as GitHub's annotations."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from cabrief.language.layout import NOT_FIRST, width, wrap
from cabrief.language.text import Lang, Text, clean, escaped, join, template, visible
from cabrief.problems.codes import CODES, LEVELS, RIGHT, WRONG, level_text
from cabrief.problems.problem import Problem, Where, elsewhere

COLUMNS = 80
MOST_LETTERS_OF_A_COLUMN = 4  # letters with marks over them
LONGEST_MARK = 1_000  # letters under which a mark is drawn, more than a line of a screen has
COLOURS = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "place": "\x1b[1m", "hint": "\x1b[36m", "dim": "\x1b[2m"}


class HowProblems(NamedTuple):
    """What a terminal allows."""

    lang: Lang = "en"
    width: int = 80
    color: bool = False
    ascii: bool = False


def counted(problems: Sequence[Problem], records: int, files: int) -> Text:
    """How much was read, and how much is wrong with it."""
    levels = Counter(problem.level for problem in problems)
    told = [Text(f"{n} {level}{'s' * (n != 1)}", f"{LEVELS[level].ja}{n}件") for level, n in sorted(levels.items())]
    return template(
        "{records} records in {files} files: {found}",
        "{files}ファイル、記録{records}件：{found}",
        records=records,
        files=files,
        found=join(told) if told else Text("no problems", "問題なし"),
    )


def as_lines(problems: Sequence[Problem], _: Mapping[str, bytes], how: HowProblems) -> str:
    """A line each."""
    return "".join(f"{problem.words(how.lang)}\n" for problem in problems)


def as_excerpts(problems: Sequence[Problem], texts: Mapping[str, bytes], how: HowProblems) -> str:
    """Each with the line that it is about, a mark below it, and how to mend it."""
    parts = [_excerpt(problem, texts, how) for problem in problems]
    if parts:
        code = problems[0].code
        more = Text(
            f"More about a code: cabrief check --explain {code}", f"コードの説明：cabrief check --explain {code}"
        )
        parts.append(_styled(more.pick(how.lang), "dim", how))
    return "".join(f"{part}\n\n" for part in parts[:-1]) + "".join(f"{part}\n" for part in parts[-1:])


def _excerpt(problem: Problem, texts: Mapping[str, bytes], how: HowProblems) -> str:
    level = LEVELS[problem.level].pick(how.lang)
    colon = "：" if how.lang == "ja" else ": "
    lead = [(f"{problem.where}: ", "place"), (f"{level}[{problem.code}]", problem.level), (colon, problem.level)]
    message = problem.message.pick(how.lang) + elsewhere(problem).pick(how.lang)
    rows = wrap([*((clean(words), style) for words, style in lead), (clean(message), "")], how.width)
    told = ["".join(_styled(words, style, how) for words, style in row) for row in rows]
    shown = _shown(problem.where, texts)
    bar = "|" if how.ascii else "│"
    number = f"{problem.where.line:>5} {bar} "
    if shown:
        words, start, length = _window(shown, problem.where, how.width - len(number))
        told.append(_styled(number, "dim", how) + words)
        gutter = " " * 5 + f" {bar} "
        told.append(_styled(gutter, "dim", how) + " " * start + _styled("^" * length, problem.level, how))
    if problem.hint.en:
        sign = "= " if how.lang == "en" else "→ "
        hint = wrap([(clean(problem.hint.pick(how.lang)), "hint")], how.width - len(number) - 2)
        for i, row in enumerate(hint):
            before = " " * 6 + ("= " if how.ascii else sign) if i == 0 else " " * 8
            told.append(before + "".join(_styled(words, style, how) for words, style in row))
    return "\n".join(told)


def _styled(words: str, style: str, how: HowProblems) -> str:
    return f"{COLOURS[style]}{words}\x1b[0m" if how.color and style else words


def _shown(where: Where, texts: Mapping[str, bytes]) -> str:
    """The line that a problem is about, with its columns kept: what steers a terminal is one visible mark each."""
    lines = _lines_of(texts.get(where.file, b""))
    if not 0 < where.line <= len(lines):
        return ""
    return _visible_line(lines[where.line - 1])


@lru_cache(maxsize=2)
def _visible_line(line: str) -> str:
    """A line as it is shown; many problems may stand in one."""
    return visible(line).replace("\t", " ").replace("\r", " ").rstrip()


@lru_cache(maxsize=2)
def _lines_of(raw: bytes) -> list[str]:
    """The lines of a file, in which many problems may stand."""
    return raw.decode("utf-8-sig", "replace").split("\n")


def _window(shown: str, where: Where, room: int) -> tuple[str, int, int]:
    """As much of a line as fits, and where in it the mark begins and how long it is, in columns of the screen."""
    begin = min(where.column - 1, len(shown))
    end = min(where.end - 1, len(shown)) if where.end > where.column else _word_end(shown, begin)
    near = end < MOST_LETTERS_OF_A_COLUMN * room  # a line of a whole file is not measured for each of its problems
    first = (
        0
        if near and width(shown[:end]) < room
        else begin - _fitting(shown[max(0, begin - room) : begin][::-1], room // 3)
    )
    ahead = "… " if first else ""
    last = first + _fitting(shown[first : first + room], room - len(ahead) - 1)
    words = ahead + shown[first:last] + ("…" if last < len(shown) else "")
    return words, width(ahead + shown[first:begin]), max(1, width(shown[begin : min(end, last)]))


def _fitting(words: str, room: int) -> int:
    """How many characters fit into so many columns."""
    used = 0
    for i, character in enumerate(words):
        used += width(character)
        if used > room:
            return i
    return len(words)


def _word_end(shown: str, begin: int) -> int:
    """Where the word that begins at a place ends: what a position alone is taken to mean."""
    end, last = begin, min(len(shown), begin + LONGEST_MARK)
    while end < last and not shown[end].isspace() and shown[end] not in NOT_FIRST and shown[end] not in "{[":
        end += 1
    return max(end, begin + 1)


def as_json(problems: Sequence[Problem], _: Mapping[str, bytes], __: HowProblems) -> str:
    """A list of objects, in both languages."""
    rows = [
        {
            "level": p.level,
            "code": p.code,
            **_place(p.where),
            "message": p.message._asdict(),
            "hint": p.hint._asdict() if p.hint.en else None,
            "also": [_place(where) for where in p.also],
        }
        for p in problems
    ]
    return escaped(json.dumps(rows, ensure_ascii=False, indent=2)) + "\n"


def _place(where: Where) -> dict[str, str | int | None]:
    return {"file": where.file, "line": where.line, "column": where.column, "end_column": where.end or None}


def as_annotations(problems: Sequence[Problem], _: Mapping[str, bytes], how: HowProblems) -> str:
    """Workflow commands that GitHub shows beside the lines; what it reads as its own syntax is escaped."""

    def escaped(words: str, more: str = "") -> str:
        return "".join(f"%{ord(c):02X}" if c in f"%\r\n{more}" else c for c in clean(words))

    def annotation(p: Problem) -> str:
        end = f",endColumn={p.where.end}" if p.where.end else ""
        place = f"file={escaped(p.where.file, ':,')},line={max(1, p.where.line)},col={max(1, p.where.column)}{end}"
        hint = p.hint.pick(how.lang)
        words = p.message.pick(how.lang) + (f"\n{hint}" if hint else "") + elsewhere(p).pick(how.lang)
        told = "%0A".join(escaped(part) for part in words.split("\n"))
        return f"::{p.level} {place},title={escaped(p.code, ':,')}::{told}\n"

    return "".join(annotation(problem) for problem in problems)


PROBLEM_FORMATS: dict[str, Callable[[Sequence[Problem], Mapping[str, bytes], HowProblems], str]] = {
    "text": as_lines,
    "terminal": as_excerpts,
    "json": as_json,
    "github": as_annotations,
}


def explain_code(code: str, lang: Lang) -> str:
    """The explanation of a code, for a screen of 80 columns."""
    about, said = CODES[code], level_text(code).pick(lang)
    head = f"{code}（{said}）" if lang == "ja" else f"{code} ({said})"
    lines = ["".join(words for words, _ in line) for line in wrap([(about.text.pick(lang), "")], COLUMNS)]
    parts = [head, "", *lines]
    for title, yaml in ((WRONG, about.wrong), (RIGHT, about.right)):
        parts += ["", title.pick(lang), *(f"    {line}" for line in yaml.splitlines())] if yaml else []
    return "\n".join(parts) + "\n"
