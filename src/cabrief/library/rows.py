"""The rows of the lists as plain typed values, with the fields of each in the order in which the data formats print them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cabrief.language.text import Text
from cabrief.model.frozen import Frozen, field_names


class Passage(Frozen):
    """A place in a source: its line (1-based) where the source is a document, and a short phrase that stands there."""

    source: str
    line: int | None = None
    line_end: int | None = None
    phrase: str
    url: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The passage as JSON has it; `line_end` only where there is one."""
        found = {name: getattr(self, name) for name in field_names(Passage)}
        return found if self.line_end else {name: value for name, value in found.items() if name != "line_end"}


class Row(Frozen):
    """Base of all rows: fields are attributes. `layer` is the name of the layer over the pack that a row comes from, if any.

    Words are `Text`, in both languages; dates are strings such as 2025, 2025-12, 2025-12-20, or None where nobody knows them;
    `disputes` are the ids of what is contested about the row.
    """

    layer: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The row as the format `json` prints it: words as {"en": …, "ja": …}, no `layer` where there is none."""
        names = [*(name for name in field_names(type(self)) if name != "layer"), "layer"]
        found = {name: plain_value(getattr(self, name)) for name in names}
        return found if found["layer"] else {name: value for name, value in found.items() if name != "layer"}


class OtherClaim(Frozen):
    """What a source says instead of what is held here."""

    says: Text
    refs: tuple[Passage, ...]

    def to_dict(self) -> dict[str, Any]:
        """The claim as JSON has it."""
        return {"says": plain_value(self.says), "refs": plain_value(self.refs)}


class Quote(Row):
    """Something stated, as it may be quoted: the words, whose they are, how firm they are, and what they rest on.

    `nature` is reported, judgement, statement or plan; None for what is no statement of the facts: the report's own words, a
    count, and what a source says against what is held. `state` is value, no, unknown or not-applicable. `by` is whose the
    words are, where they are not simply reported. `disputes` are ids. Of `refs`, the most telling come first.
    """

    section: Text
    label: Text
    id: str | None
    text: Text
    nature: str | None
    state: str
    by: Text | None
    disputes: tuple[str, ...]
    refs: tuple[Passage, ...]


class TreatyRow(Row):
    """A pair of type and country; `id` is that of the treaty, or country-type where there is none."""

    id: str
    type: str
    country: str
    status: str
    in_force: bool
    name: Text | None
    signed: str | None
    entered_into_force: str | None
    applies_from: str | None
    predecessor: str | None
    next_step: Text | None
    disputed: tuple[str, ...]
    refs: tuple[Passage, ...]
    since: str | None


class CommitmentRow(Row):
    """A promise; `amount` has the keys `value` and `unit`, `done_in` the countries of its status, where these are not all.

    `outcome` is what became of it in words, as the list has it.
    """

    id: str
    text: Text
    by: tuple[str, ...]
    to: tuple[str, ...]
    firmness: str
    agreement: str | None
    amount: Mapping[str, Any] | None
    countries: tuple[str, ...]
    topics: tuple[str, ...]
    due: str | None
    status: str
    status_as_of: str | None
    overdue: bool
    refs: tuple[Passage, ...]
    disputes: tuple[str, ...]
    done_in: tuple[str, ...]
    nature: str
    whose: Text | None
    outcome: Text


class ProjectRow(Row):
    """A project; `amount` has the keys `value` and `unit`."""

    id: str
    name: Text
    text: Text
    partners: tuple[Text, ...]
    sector: str
    amount: Mapping[str, Any] | None
    countries: tuple[str, ...]
    status: str
    started: str | None
    date: str | None
    refs: tuple[Passage, ...]
    disputes: tuple[str, ...]
    nature: str
    whose: Text | None


class ActorRow(Row):
    """An outside power."""

    id: str
    name: Text
    aim: Text | None
    means: Text | None
    corridor_role: Text | None
    last_summit: str | None
    refs: tuple[Passage, ...]
    by: Text | None
    disputes: tuple[str, ...]


class VoiceRow(Row):
    """A statement and its speaker."""

    id: str
    speaker: str
    role: Text
    institution: Text
    of: str
    event: str
    date: str
    theme: str
    asks: bool
    proposes: bool
    text: Text
    refs: tuple[Passage, ...]
    disputes: tuple[str, ...]


class MomentRow(Row):
    """An entry of the timeline."""

    id: str
    date: str | None
    date_end: str | None
    title: Text
    kind: str
    place: Text | None
    countries: tuple[str, ...]
    actors: tuple[str, ...]
    status: str
    refs: tuple[Passage, ...]
    disputes: tuple[str, ...]
    nature: str
    whose: Text | None


class FactRow(Row):
    """One thing that a record says, with the file and the line (1-based) where it is kept."""

    id: str
    kind: str
    nature: str
    text: Text
    countries: tuple[str, ...]
    actors: tuple[str, ...]
    topics: tuple[str, ...]
    date: str | None
    refs: tuple[Passage, ...]
    file: str
    line: int
    layer: str | None
    by: Text | None
    disputes: tuple[str, ...]


class HitRow(Row):
    """What a search found; the higher the score, the better it answers."""

    id: str
    kind: str
    text: Text
    by: Text | None
    score: int
    refs: tuple[Passage, ...]
    disputes: tuple[str, ...]


class SourceRow(Row):
    """A source; `facts` is how many records rest on it."""

    id: str
    title: Text
    publisher: Text
    author: Text | None
    published: str | None
    language: str
    kind: str
    document: str | None
    sha256: str | None
    url: str | None
    retrieved: str
    facts: int
    rank: str
    seen: str | None


class WeakRow(Row):
    """What rests on one weak source alone."""

    id: str
    kind: str
    text: Text
    source: str
    rank: str
    seen: str | None
    refs: tuple[Passage, ...]
    by: Text | None
    disputes: tuple[str, ...]


class DisputeRow(Row):
    """Where sources err or disagree: what is held here, and what others say."""

    id: str
    about: str
    category: str
    held: Text
    others: tuple[OtherClaim, ...]
    reason: Text
    refs: tuple[Passage, ...]


class ChangeRow(Row):
    """What came about between two days."""

    change: str
    id: str
    kind: str
    date: str | None
    text: Text
    before: Text | None
    after: Text | None
    refs: tuple[Passage, ...]
    by: Text | None
    disputes: tuple[str, ...]


def plain_value(value: Any) -> Any:
    """A value of a row as JSON has it."""
    match value:
        case Text():
            return {"en": value.en, "ja": value.ja}
        case Passage() | OtherClaim():
            return value.to_dict()
        case Mapping():
            return {key: plain_value(item) for key, item in value.items()}
        case tuple():
            return [plain_value(item) for item in value]
        case None | str() | int() | float():
            return value
    return float(value)  # a decimal number
