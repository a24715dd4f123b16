"""Sentences at the end of a text that say up to when somebody searched in vain: a report of an earlier day leaves them out."""

from __future__ import annotations

import re
from typing import Any

from cabrief.language.dates import MONTHS
from cabrief.language.text import Text
from cabrief.model.kinds.figures import Figure
from cabrief.model.kinds.projects import Project

_FOUND_BY = re.compile(rf"\bfound by ([0-9]{{1,2}}) ({'|'.join(MONTHS)}) ([0-9]{{4}})\b")
_DENIED = re.compile(r"\b(?:no|not|none|nothing|unconfirmed|unknown)\b", re.IGNORECASE)
_IN_VAIN = re.compile(r"(?:No|None|Nothing|(?:Its|Their|His|Her)\b[^,;]*\bnot)\b")  # how a sentence on a search begins
_BUT = re.compile("(?<=[うくぐすつぬぶむるいただ])(?:が|ものの)、")  # behind a verb, not the mark of a subject


def searched_on(text: Text) -> str:
    """ISO day of the search that the last sentence of a text tells of; empty where it tells of none, or of nothing else."""
    return _parted(text)[1]


def unsearched(text: Text, day: str = "") -> Text:
    """A text without its last sentence, where that is on a search of a later ISO day; whole where nothing else would be left."""
    before, searched = _parted(text)
    return before if searched > day else text


def summary_or_told(summary: Text | None, text: Text, told: Text) -> Text:
    """A summary of a text, where all of it is told but a search of which the summary has nothing; else what is told."""
    before = unsearched(text)
    whole = told is text or (
        before is not text and told == before and not _DENIED.search(summary.en if summary else "")
    )
    return summary if summary and whole else told


def before_search(record: Any, day: str) -> Any:
    """A figure or a project without the sentence on a search of a later ISO day, and without that day."""
    if not isinstance(record, (Figure, Project)) or (text := unsearched(record.text, day)) is record.text:
        return record
    return record.but(text=text, as_of=None if record.as_of == searched_on(record.text) else record.as_of)


def _parted(text: Text) -> tuple[Text, str]:
    """A text without its last sentence, and the day of the search that this tells of; or the whole, and nothing."""
    if "found by" not in text.en:  # as in nearly every text
        return text, ""
    en, stop, last = text.en.rpartition(". ")
    found = _FOUND_BY.search(last)
    if not stop or not found or not _IN_VAIN.match(last) or last.count(")") > last.count("("):  # nor within a bracket
        return text, ""
    month = MONTHS.index(found[2]) + 1
    ja = _before_search(text.ja, f"{found[3]}年{month}月{int(found[1])}日まで")
    return (Text(f"{en}.", ja), f"{found[3]}-{month:02}-{int(found[1]):02}") if ja else (text, "")


def _before_search(words: str, stamp: str) -> str:
    """Japanese words up to the sentence, or the clause behind a but, that has a date; empty where the date is in no such."""
    head, stop, last = words.removesuffix("。").rpartition("。")
    at = last.find(stamp)
    clauses = [found.start() for found in _BUT.finditer(last, 0, max(at, 0))]
    if at < 0:
        return ""
    return f"{head}{stop}{last[: clauses[-1]]}。" if clauses else f"{head}{stop}"
