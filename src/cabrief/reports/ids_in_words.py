"""The ids and codes in the rows of a list in words, for formats that are read by people and not by programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cabrief.document import Document
from cabrief.language.text import Text
from cabrief.language.units import MONEY, UNITS
from cabrief.model.happened import EVENT_KINDS, EVENT_STATUS
from cabrief.model.kinds import kinds
from cabrief.model.kinds.commitments import OUTCOMES
from cabrief.model.kinds.treaties import STAGES
from cabrief.model.record import label
from cabrief.reports import between, commitments, diff, disputes, facts, projects, sources, timeline, treaties
from cabrief.store.base import Base

Codes = Mapping[str, Text]
OF_RECORDS = (  # fields whose words are ids
    *(
        "about",
        "actors",
        "agreement",
        "by",
        "countries",
        "country",
        "done_in",
        "event",
        "last_summit",
        "of",
        "predecessor",
    ),
    *("sector", "source", "speaker", "theme", "to", "topics", "type"),
)
WORDS_OF_CODES: dict[str, Codes] = {  # fields whose words are codes, the same in every list
    "nature": facts.NATURES,
    "firmness": commitments.FIRMNESS,
    "category": disputes.CATEGORIES,
    "rank": {
        "official": Text("official", "公的"),
        "first-rate": Text("first-rate", "一級"),
        "other": Text("other", "その他"),
    },
    "seen": {"page": Text("page", "ページ"), "excerpt": Text("only an excerpt", "抜粋のみ")},
    "unit": {**UNITS, **MONEY},
}
CODES_OF_LISTS: dict[tuple[str, ...], dict[str, Codes]] = {
    treaties.FIELDS: {"status": STAGES},
    commitments.FIELDS: {"status": OUTCOMES},
    projects.FIELDS: {"status": projects.PROJECT_STATUS},
    timeline.FIELDS: {
        "kind": EVENT_KINDS,
        "status": {
            **OUTCOMES,
            **EVENT_STATUS,
            "held": Text("held", "実施済み"),
            **{f"commitment {code}": words for code, words in OUTCOMES.items()},
        },
    },
    sources.FIELDS: {"kind": sources.SOURCE_KINDS},
    between.FIELDS: {"change": between.HEADS},
    diff.FIELDS: {"change": {"added": diff.ADDED, "changed": diff.CHANGED, "removed": diff.REMOVED}},
}


def with_words(base: Base, document: Document) -> Document:
    """The document with words, by field, for the ids and codes in its rows and disputes."""
    words: dict[str, Codes] = {**WORDS_OF_CODES, "kind": _kinds(), **CODES_OF_LISTS.get(document.fields, {})}
    ids = {
        field: {id_ for row in document.rows or () for id_ in _ids(row.get(field))}
        for field in OF_RECORDS
        if field in document.fields
    }
    ids["about"] = ids.get("about", set()) | {note.about for note in document.notes.values()}
    records = base.get_all(_of_record(id_) for found in ids.values() for id_ in found)
    for field, found in ids.items():
        words[field] = {id_: _called(records[_of_record(id_)]) for id_ in found if _of_record(id_) in records}
    return document.but(words=words)


def _of_record(id_: str) -> str:
    """Id of the record that a value belongs to."""
    return id_.partition(".")[0]


def _kinds() -> Codes:
    return {kind.singular: kind.name for kind in kinds().values()}


def _ids(value: Any) -> Iterator[str]:
    """The ids in a value of a row; what is already in words has none."""
    if isinstance(value, Text):
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple)):
        yield from (each for each in value if isinstance(each, str))


def _called(record: Any) -> Text:
    """What a record is called; what has no name, in the fewest words that it has."""
    name = label(record)
    if name.en != record.id:
        return name
    found: Text = getattr(record, "summary", None) or getattr(record, "text", None) or name
    return found
