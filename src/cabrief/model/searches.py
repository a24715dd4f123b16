"""Sentences at the end of a text that say up to when somebody searched in vain: a report of an earlier day leaves them out."""

from __future__ import annotations

import re
from typing import Any

from cabrief.language.dates import MONTHS
from cabrief.language.text import Text
from cabrief.model.kinds.figures import Figure
from cabrief.model.kinds.projects import Project

FOUR = 4  # digits of a year
# compiled when a text tells of a search, as few that a report prints do
_DENIED = r"\b(?:no|not|none|nothing|unconfirmed|unknown)\b"
_IN_VAIN = r"(?:No|None|Nothing|(?:Its|Their|His|Her)\b[^,;]*\bnot)\b"  # how a sentence on a search begins
_BUT = "(?<=[うくぐすつぬぶむるいただ])(?:が|ものの)、"  # behind a verb, not the mark of a subject


def searched_on(text: Text) -> str:
    """ISO day of the search that the last sentence of a text tells of; empty where it tells of none, or of nothing else."""
    return _parted(text)[1]


def unsearched(text: Text, day: str = "") -> Text:
    """A text without its last sentence, where that is on a search of a later ISO day; whole where nothing else would be left."""
    if not day < _day_of(text.en):  # which most texts end with
        return text
    before, searched = _parted(text)
    return before if searched > day else text


def summary_or_told(summary: Text | None, text: Text, told: Text) -> Text:
    """A summary of a text, where all of it is told but a search of which the summary has nothing; else what is told."""
    before = unsearched(text)
    whole = told is text or (
        before is not text and told == before and not re.search(_DENIED, summary.en if summary else "", re.IGNORECASE)
    )
    return summary if summary and whole else told


def before_search(record: Any, day: str) -> Any:
    """A figure or a project without the sentence on a search of a later ISO day, and without that day."""
    if not isinstance(record, (Figure, Project)) or (text := unsearched(record.text, day)) is record.text:
        return record
    return record.but(text=text, as_of=None if record.as_of == searched_on(record.text) else record.as_of)


def _day_of(words: str) -> str:
    """ISO day behind the last "found by" of English words; empty where there is none, as in nearly every text."""
    if "found by " not in words:
        return ""
    day, month, year = (*words.rpartition("found by ")[2].split(" ", 2), "", "", "")[:3]
    numbers = day + year[:4]
    if month not in MONTHS or not day or len(year) < FOUR or not (numbers.isascii() and numbers.isdecimal()):
        return ""
    return f"{year[:4]}-{MONTHS.index(month) + 1:02}-{int(day):02}"


def _parted(text: Text) -> tuple[Text, str]:
    """A text without its last sentence, and the day of the search that this tells of; or the whole, and nothing."""
    if not (searched := _day_of(text.en)):
        return text, ""
    en, stop, last = text.en.rpartition(". ")
    if not stop or "found by " not in last or not re.match(_IN_VAIN, last) or last.count(")") > last.count("("):
        return text, ""
    year, month, day = (int(part) for part in searched.split("-"))
    ja = _before_search(text.ja, f"{year}年{month}月{day}日まで")
    return (Text(f"{en}.", ja), searched) if ja else (text, "")


def _before_search(words: str, stamp: str) -> str:
    """Japanese words up to the sentence, or the clause behind a but, that has a date; empty where the date is in no such."""
    head, stop, last = words.removesuffix("。").rpartition("。")
    at = last.find(stamp)
    clauses = [found.start() for found in re.finditer(_BUT, last[: max(at, 0)])]
    if at < 0:
        return ""
    return f"{head}{stop}{last[: clauses[-1]]}。" if clauses else f"{head}{stop}"
