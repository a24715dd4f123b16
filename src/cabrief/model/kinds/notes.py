"""Notes: policies, dependencies, motives, risks and the like."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from cabrief.language.text import Text
from cabrief.model.record import Fact, Kind, Link, Pointer

if TYPE_CHECKING:
    from cabrief.model.fields import Slug


Aspect = Literal[
    "policy",
    "dependency",
    "constraint",
    "resource",
    "motive",
    "aim",
    "means",
    "corridor-role",
    "strength",
    "limit",
    "significance",
    "cooperation",
    "risk",
    "challenge",
    "recommendation",
    "outlook",
    "background",
    "assessment",
    "definition",
]


OWNED_ASPECTS = frozenset(
    (
        "policy",
        "dependency",
        "constraint",
        "resource",
        "motive",
        "aim",
        "means",
        "corridor-role",
        "strength",
        "limit",
    )
)

SECTIONS = {
    "cooperation": "cooperation",
    "significance": "significance",
    "motive": "significance",
    **dict.fromkeys(("policy", "dependency", "constraint", "resource", "aim", "means", "corridor-role"), "positions"),
    **dict.fromkeys(("risk", "challenge", "limit"), "risks"),
    "recommendation": "recommendations",
    "outlook": "outlook",
}


class Note(Fact):
    """A policy, dependency, motive, risk, recommendation …: `of` says whose."""

    aspect: Aspect
    of: tuple[Slug, ...] = ()

    def topic_section(self) -> str:
        """Notes stand under a heading by their aspect."""
        return SECTIONS.get(self.aspect, "background")

    def pointers(self) -> Iterator[Pointer]:
        """Every id that the note names, and its aspect."""
        yield from super().pointers()
        if aspect := getattr(self, "aspect", None):  # a note that could not be read whole may have none
            yield Pointer(place=("aspect",), role="aspect", id=aspect, to=())


KIND = Kind(
    record=Note,
    singular="note",
    name=Text("note", "記述"),
    links={
        "of": Link("of", ("countries", "actors", "organisations")),
    },
    usual=("of",),  # which most aspects need
    named=False,
    section="background",
    meanings={
        "aspect": Text("what sort of note it is", "記述の種類"),
        "of": Text("whose policy, dependency, motive, means … it is", "誰の政策・依存・動機・手段などか"),
    },
)
