"""What has become of an event by a day."""

from __future__ import annotations

from cabrief.language.dates import has_come
from cabrief.language.text import Text
from cabrief.model.kinds.events import Event

EVENT_STATUS: dict[str, Text] = {
    "planned": Text("planned", "予定"),
    "postponed": Text("postponed", "延期"),
    "cancelled": Text("cancelled", "中止"),
    "unknown": Text("no report found", "報道確認できず"),
}


def event_status(event: Event, as_of: str) -> str:
    """Status of an event on an ISO day, a word of the events' own: planned until it is over.

    Unknown where it is over and was only planned.
    """
    over = event.date and has_come(event.date, as_of)
    status = event.status if over or not event.date else "planned"
    return "unknown" if over and status == "planned" else status
