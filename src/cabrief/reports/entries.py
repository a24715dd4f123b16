"""Entries of a calendar: an event in its own words, a promise in its shortest."""

from __future__ import annotations

from cabrief.document import Cell, Dated
from cabrief.language.dates import bounds, has_begun
from cabrief.language.text import Text, unstopped
from cabrief.model.happened import EVENT_KINDS, EVENT_STATUS, event_status
from cabrief.model.kinds.commitments import Commitment
from cabrief.model.kinds.events import Event
from cabrief.model.promises import outcomes_text, promise_status
from cabrief.reports.desk import Desk


def event_entry(desk: Desk, event: Event) -> Dated:
    """An event with a date."""
    status, date = event_status(event, desk.by_day), event.date or ""
    disputes = desk.disputes(event.id)
    return Dated(
        date=date,
        title=event.title,
        kind=EVENT_KINDS[event.type],
        cell=Cell(text=desk.told(event), id=event.id, by=desk.by(event), refs=event.refs, disputes=disputes),
        place=event.place,
        status=EVENT_STATUS.get(status),
        state=status,
        ahead=status == "planned" and not has_begun(date, desk.as_of),
    )


def promise_entry(desk: Desk, each: Commitment, country: str = "") -> Dated:
    """A promise with a date, as a calendar has it; its status is that for a country, if one is given."""
    state, _ = promise_status(each, desk.by_day, country)
    return Dated(
        date=each.due or "",
        title=unstopped(desk.shortly(each)),
        kind=Text("due", "期限"),
        cell=desk.cell(each, desk.told(each)),
        status=outcomes_text(each, desk.by_day, desk.name, country),
        state=state,
        due=True,
        ahead=state in ("open", "partly", "unknown") and bounds(each.due or "")[1] >= desk.as_of,
    )
