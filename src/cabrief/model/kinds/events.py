"""Events: what happened, was to happen or will."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from cabrief.language.text import Text
from cabrief.model.record import Fact, Kind, Link, Pointer

if TYPE_CHECKING:
    from cabrief.model.fields import Both, Slug


EventType = Literal[
    "summit",
    "foreign-ministers",
    "dialogue",
    "bilateral",
    "visit",
    "forum",
    "conference",
    "lecture",
    "meeting",
    "signing",
    "launch",
    "history",
    "flight",
]


class Event(Fact):
    """Something that happened, was to happen or will."""

    title: Both
    type: EventType
    place: Both | None = None
    host: Slug | None = None
    series: Slug | None = None
    status: Literal["held", "planned", "postponed", "cancelled", "unknown"] = "held"

    def pointers(self) -> Iterator[Pointer]:
        """Every id that the event names, and what sort of event it is."""
        yield from super().pointers()
        if type_ := getattr(self, "type", None):  # an event that could not be read whole may have none
            yield Pointer(place=("type",), role="event-type", id=type_, to=())


KIND = Kind(
    record=Event,
    singular="event",
    name=Text("event", "出来事"),
    links={
        "host": Link("host", ("countries", "actors", "organisations")),
    },
    meanings={
        "title": Text("its title, as it names itself", "題名"),
        "type": Text("what sort of event or agreement it is", "出来事・文書の種類"),
        "place": Text("where it took place", "場所"),
        "host": Text("who hosted it", "主催者"),
        "series": Text("id shared by meetings of a series", "一連の会合に共通のid"),
        "status": Text("what became of it", "どうなったか"),
    },
)
