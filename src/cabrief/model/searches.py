"""Sentences at the end of a text that say up to when somebody searched in vain: a report of an earlier day leaves them out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from cabrief.language.dates import MONTHS, bounds, has_begun, real_day
from cabrief.language.text import Lang, Text
from cabrief.model.kinds.figures import Figure
from cabrief.model.kinds.people import Person
from cabrief.model.kinds.projects import Project
from cabrief.model.kinds.sources import Source

FOUR = 4  # digits of a year
# compiled when a text tells of a search, as few that a report prints do
_DENIED = r"\b(?:no|not|none|nothing|unconfirmed|unknown)\b"
_IN_VAIN = r"(?:No|None|Nothing|(?:Its|Their|His|Her)\b[^,;.!?]*\bnot)\b"  # how a sentence on a search begins
_END = {"en": r"[.!?][\"”’)\]]*\s+(?![\sa-z])", "ja": "。(?![」』）]|$)"}  # where a sentence ends and another begins
_CLAUSES = "[しりきいちびみぎけえてでがばれせず]、"  # what ends a clause within a Japanese sentence
_ABBREVIATED = (
    r"(?:[A-Z][a-z]?\.)+|(?:[a-z]\.){2,}"
    r"|(?:Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec|Mrs|Prof|Gen|Col|Pres|Inc|Ltd|Corp|Univ|Dept|Art|est|approx|al|ca|vs)\."
)


def searched_on(text: Text) -> str:
    """ISO day of the search that the last sentence of a text tells of; empty where it tells of none, or of nothing else."""
    return _parted(text)[1]


def unsearched(text: Text, day: str = "") -> Text:
    """A text without its last sentence, where that is on a search of a later ISO day; whole where nothing else would be left."""
    if not day < search_day(text.en):  # which most texts end with
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


def beside_search(record: Any, day: str, get: Callable[[str], Any]) -> Any:
    """A figure, a project or a person without the sentence on a search of a later ISO day.

    Nor is the day of a search that found nothing one on which a value or a state was seen: what has no other stands as of the
    latest of its sources. `get` finds their cards by their ids.
    """
    if not isinstance(record, (Figure, Project, Person)):
        return record
    named = search_day(record.text.en)  # which few have, and most of these an own day
    if not named or (record.as_of != named and not day < named) or not (searched := searched_on(record.text)):
        return record
    as_of = record.as_of
    if as_of == searched:
        as_of = None if isinstance(record, Figure) and record.date else _seen(record, day, get)
    return record.but(text=unsearched(record.text, day), as_of=as_of)


def _seen(record: Figure | Project | Person, day: str, get: Callable[[str], Any]) -> str | None:
    """The date of the latest source of a record that was out by an ISO day; of one without a date, when it was looked at."""
    cards = [card for ref in record.refs if isinstance(card := get(ref.source), Source)]
    dates = [date for card in cards if (date := card.published or card.retrieved) and has_begun(date, day)]
    return max(dates, key=lambda date: bounds(date)[1], default=None)


def search_day(words: str) -> str:
    """ISO day behind the last "found by" of English words; empty where there is none, as in nearly every text."""
    if "found by " not in words:
        return ""
    day, month, year = (*words.rpartition("found by ")[2].split(" ", 2), "", "", "")[:3]
    numbers = day + year[:4]
    if month not in MONTHS or not day or len(year) < FOUR or not (numbers.isascii() and numbers.isdecimal()):
        return ""
    return real_day(year[:4], MONTHS.index(month) + 1, int(day)) or ""


def is_buried(text: Text) -> bool:
    """Whether a text tells of a search in vain and of more, but not of the search in a last sentence of its own.

    Reports of earlier days then cannot leave the search out and tell the rest.
    """
    if not search_day(text.en) or searched_on(text):
        return False
    begins = _begins(text.en, "en")
    alone = _search_in(text.en, begins) == 0 or all(re.compile(_IN_VAIN).match(text.en, at) for at in begins)
    return not alone and max(len(begins), len(_begins(text.ja, "ja"))) > 1


def _parted(text: Text) -> tuple[Text, str]:
    """A text without its last sentence, and the day of the search that this tells of; or the whole, and nothing.

    In Japanese that sentence tells of nothing else: it has one clause, or there are as many sentences as in English.
    """
    searched = search_day(text.en)
    if not searched or not any(end in text.en[:-1] for end in ".!?"):  # most tell of a search and of nothing else
        return text, ""
    en, ja = _begins(text.en, "en"), _begins(text.ja, "ja")
    at, (year, month, day) = _search_in(text.en, en), (int(part) for part in searched.split("-"))
    last = text.ja[ja[-1] :]
    apart = ja[-1] and f"{year}年{month}月{day}日" in last and (len(en) == len(ja) or not re.search(_CLAUSES, last))
    return (Text(text.en[:at].rstrip(), text.ja[: ja[-1]]), searched) if at > 0 and apart else (text, "")


def _search_in(words: str, begins: Sequence[int]) -> int:
    """Where the last sentence of an English text begins, if it tells of a search in vain; -1 where it tells of none.

    `begins` are the places where its sentences begin.
    """
    at = begins[-1]
    whole = words.count(")", at) <= words.count("(", at) and at < words.rfind("found by ")
    return at if whole and re.compile(_IN_VAIN).match(words, at) else -1


def _begins(words: str, lang: Lang) -> list[int]:
    """Where the sentences of a text begin; what is shortened ends none, but before one on a search."""
    found = [0]
    for end in re.finditer(_END[lang], words):
        word = words[found[-1] : end.start() + 1].rpartition(" ")[2].lstrip('("“‘[')
        if lang == "ja" or re.compile(_IN_VAIN).match(words, end.end()) or not re.fullmatch(_ABBREVIATED, word):
            found.append(end.end())
    return found
