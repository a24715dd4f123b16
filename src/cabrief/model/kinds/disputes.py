"""Disputes: where a source errs, is outdated or contradicts another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Literal

from cabrief.language.text import Text
from cabrief.model.frozen import Frozen
from cabrief.model.record import Assertion, Kind, Link, Pointer, Record, Ref, Weight

if TYPE_CHECKING:
    from cabrief.model.fields import Both, IdPath, Slug


class Claim(Frozen):
    """What a source says otherwise than we hold."""

    says: Both
    refs: tuple[Ref, ...]

    def as_words(self) -> Text:
        """What the source says."""
        return self.says


class Dispute(Record):
    """Where a source errs, is outdated or contradicts another: what we hold, who says otherwise, and why we hold it."""

    about: IdPath
    category: Literal["error", "outdated", "disagreement", "wording"]
    weight: Weight
    summary: Both | None = None
    countries: tuple[Slug, ...] = ()  # where it is about a treaty with several, those that it concerns
    held: Both
    others: tuple[Claim, ...]
    reason: Both
    refs: tuple[Ref, ...]

    def assertions(self, basics: Mapping[str, Text] | None = None) -> Iterator[Assertion]:  # noqa: ARG002
        """What is held."""
        yield Assertion(
            id=self.id, kind=KIND.singular, nature="judgement", text=self.held, date=None, refs=self.refs, path=()
        )

    def pointers(self) -> Iterator[Pointer]:
        """Every id that the dispute names; `about` is checked with the value that it may name."""
        yield from super().pointers()
        if about := getattr(self, "about", None):  # a dispute that could not be read whole may name nothing
            yield Pointer(place=("about",), role="about", id=about.split(".")[0], to=())


KIND = Kind(
    record=Dispute,
    singular="dispute",
    name=Text("dispute", "争点"),
    links={
        "countries": Link("country", ("countries",)),
    },
    named=False,
    meanings={
        "about": Text(
            "id of what it marks, or of a value of it behind a dot", "印を付ける対象のid。値ならドットの後に"
        ),
        "category": Text(
            "whether a source errs, is outdated, sources disagree, or words vary", "誤り・古い情報・食い違い・表記の別"
        ),
        "weight": Text("how much it matters to a reader", "読み手にとっての重さ"),
        "summary": Text(
            "what is contested, in a few words: CIA and official count differ",
            "何が争われているかを短く。例：CIAと公式統計が異なる",
        ),
        "countries": Text("of a treaty with several countries, those that it concerns", "複数国の条約なら、関係する国"),
        "held": Text("what is held here", "ここで採る内容"),
        "others": Text("who says otherwise", "異なる記述"),
        "reason": Text("why it is held", "採る理由"),
        "Claim.says": Text("what the source says instead", "出典の記述"),
    },
)
