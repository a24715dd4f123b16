"""Errors of the YAML library as problems, in words of our own with advice."""

from __future__ import annotations

from typing import Any

import yaml

from cabrief.language.text import EMPTY, Text, template
from cabrief.problems.problem import Problem, Where

# What the YAML library says, by a part of it, in our words, and what mostly is behind it.
_SAID: tuple[tuple[str, Text, Text], ...] = (
    (
        "mapping values are not allowed",
        Text("a colon is not allowed here", "ここにコロンは置けない"),
        Text(
            "put words with a colon into quotes, and check the indentation",
            "コロンを含む言葉は引用符で囲み、字下げを確かめる",
        ),
    ),
    (
        "cannot start any token",
        Text("a word cannot begin with this character", "この文字で言葉は始められない"),
        Text("put the words into quotes", "言葉を引用符で囲む"),
    ),
    (
        "while scanning a quoted scalar",
        Text("a quote is opened and not closed", "引用符が閉じていない"),
        Text("close it, or write '' for an apostrophe", "閉じるか、アポストロフィなら''と書く"),
    ),
    (
        "while parsing a flow",
        Text(
            "a bracket or brace is opened and not closed, or a comma is missing", "括弧が閉じていないか、コンマがない"
        ),
        Text("look at the line before as well", "前の行も見る"),
    ),
    (
        "while parsing a block",
        Text("this line does not fit the lines above it", "上の行とつながらない"),
        Text("is the indentation the same, and is every quote closed?", "字下げはそろっているか、引用符は閉じているか"),
    ),
)


def yaml_problem(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    """What the YAML library says, in our words where we know it; `text` is the file's and `file` its name."""
    mark = error.problem_mark or error.context_mark
    said = " ".join(part for part in (error.context, error.problem) if part) or "this is not YAML"
    words, hint = template("{said}", "YAMLとして読めない：{said}", said=said), EMPTY
    for part, ours, advice in _SAID:
        if part in said:
            words, hint = ours, advice
            break
    lines = text.splitlines()
    near = lines[max(0, mark.line - 1) : mark.line + 1] if mark else []
    lead = "".join(line[: len(line) - len(line.lstrip())] for line in near)
    if "\t" in lead or any(line.strip().startswith("-\t") for line in near):
        hint = Text("indent with spaces, not with tabs", "字下げはタブでなく空白で")
    elif set(lead) - {" "}:
        hint = Text("indent with plain spaces; here are wider ones", "字下げは半角の空白で。別の空白が混じっている")
    where = mark_place(file, mark)
    opened = error.context_mark
    if opened and mark and opened.line != mark.line and "quoted" in said:
        where = mark_place(file, opened)
    return Problem(where, "yaml", words, hint)


def mark_place(file: str, mark: Any) -> Where:
    """The place of a mark of the YAML library; the file as a whole where there is no mark."""
    return Where(file, mark.line + 1, mark.column + 1) if mark else Where(file)
