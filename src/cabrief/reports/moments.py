"""What stands on a line of time: events, steps of treaties and due dates, as rows, as a block and as a calendar has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cabrief.document import Bullets, Cell, Dated, Moment, Timeline
from cabrief.language.dates import bounds, days_until, has_begun, has_come, has_passed
from cabrief.language.text import Text, template, unstopped
from cabrief.model.happened import EVENT_KINDS, EVENT_STATUS, UNREPORTED, event_status
from cabrief.model.kinds.commitments import Commitment
from cabrief.model.kinds.events import Event
from cabrief.model.kinds.treaties import STAGES, Treaty, to_come
from cabrief.model.promises import promise_fate, promise_text
from cabrief.model.record import label
from cabrief.model.standing import step_has_come
from cabrief.reports.credits import PLANNED
from cabrief.reports.desk import Desk
from cabrief.reports.entries import event_entry, promise_entry
from cabrief.reports.noting import with_place

DAY = len("2025-12-20")


def undated(desk: Desk, events: Iterable[Event]) -> Bullets:
    """Events of which no date is known, which no line of time can hold: planned ones, then others with what became of them."""
    events = tuple(events)
    return Bullets(items=(*undated_ahead(desk, events).items, *undated_others(desk, events).items))


def undated_ahead(desk: Desk, events: Iterable[Event]) -> Bullets:
    """Events of which no date is known, and which were planned on the day: the next summit, talks that are to open."""
    return desk.bullets(e for e in events if not e.date and event_status(e, desk.by_day) == "planned")


def undated_others(desk: Desk, events: Iterable[Event]) -> Bullets:
    """Events that were not planned on the day, and of which no date is known."""
    return desk.bullets(e for e in events if not e.date and event_status(e, desk.by_day) != "planned")


def time_block(desk: Desk, rows: Iterable[dict[str, Any]], *, marked: bool = False) -> Timeline:
    """Rows as moments, what may still come behind what has; the day is marked where it is asked for, and where it parts them."""
    found = sorted(as_moments(desk, rows), key=lambda moment: moment.ahead)  # a year that has begun may still bring it
    both = len({moment.ahead for moment in found}) > 1
    return Timeline(moments=tuple(found), as_of=desk.as_of, marked=marked or both)


def as_moments(desk: Desk, rows: Iterable[dict[str, Any]]) -> list[Moment]:
    """Rows as moments, each in the place of its row."""
    found = []
    for row in rows:
        text = row["shown"] or row["title"]
        if row["place"]:
            text = with_place(text, row["place"])
        off = row["status"] in ("cancelled", "postponed", "kept", "missed")
        if not off and len(row["date"].partition("/")[0]) == DAY and (left := days_until(row["date"], desk.as_of)) > 0:
            days = "{t} – in {n} day" if left == 1 else "{t} – in {n} days"
            text = template(days, "{t}・あと{n}日", t=text, n=left)
        elif (
            row["status"] == "planned" and has_begun(row["date"], desk.as_of) and not has_come(row["date"], desk.as_of)
        ):
            text = template("{t} – day not known", "{t}・日は不明", t=text) if "/" not in row["date"] else text
        found.append(
            Moment(
                date=row["date"],
                kind=EVENT_KINDS[row["kind"]],
                sort=row["kind"],
                cell=Cell(
                    text=text,
                    id=row["id"],
                    by=row["by"] if row["by"] is not PLANNED else None,
                    credited=PLANNED if row["status"] == "planned" else None,  # which the status says on a page
                    refs=row["refs"],
                    disputes=desk.disputes(row["id"]),
                ),
                status=EVENT_STATUS.get(row["status"]) if row["kind"] != "commitment" else None,
                ahead=not is_behind(row, desk.as_of),
            )
        )
    return found


def is_behind(row: Mapping[str, Any], day: str) -> bool:
    """Whether a moment has come: what is only planned or due has, when its last day is over."""
    if row["kind"] == "commitment" or row["status"] == "planned":  # what is due or planned today is not late
        last = row["date_end"] or row["date"]
        return has_passed(last, day)
    if may_still_come(row, day):
        return False
    return has_begun(row["date"], day)


def may_still_come(row: Mapping[str, Any], day: str) -> bool:
    """Whether nobody has reported on an event, and the year or month that it was planned for is not over."""
    return row["status"] in UNREPORTED and row["kind"] != "commitment" and not has_passed(row["date"], day)


def is_unreported(row: Mapping[str, Any]) -> bool:
    """Whether nobody knows what became of a moment that has come: an event without a report, a promise without an outcome."""
    return row["status"] in (("unknown", "open") if row["kind"] == "commitment" else UNREPORTED) and not row["reported"]


def event_rows(desk: Desk, events: Iterable[Event]) -> list[dict[str, Any]]:
    """Events in the order of time."""
    return sorted((event_row(desk, event) for event in events if event.date), key=_order)


def every_moment(desk: Desk) -> list[dict[str, Any]]:
    """Every dated event, step of a treaty and due date that can be told, in the order of time."""
    rows = [event_row(desk, event) for event in desk.find(Event) if event.date]
    rows += [row for treaty in desk.find(Treaty) for row in _treaty(desk, treaty)]
    rows += [_due(desk, commitment) for commitment in desk.find(Commitment) if commitment.due]
    return sorted(rows, key=_order)


def _order(row: dict[str, Any]) -> tuple[str, str, str]:
    return (*bounds(row["date"]), row["id"].partition(".")[0])  # steps of a treaty on one day stay in their order


def _row(id_: str, date: str | None, title: Text, kind: str, **more: Any) -> dict[str, Any]:
    _, slash, end = (date or "").partition("/")
    base: dict[str, Any] = {
        "date_end": end if slash else None,
        "place": None,
        "countries": (),
        "actors": (),
        "topics": (),
    }
    return {
        "id": id_,
        "date": date,
        "title": title,
        "kind": kind,
        **base,
        "shown": None,
        "by": None,
        "nature": "reported",
        "reported": False,  # of a promise that is open: whether somebody says so
        **more,
    }


def entries(desk: Desk, rows: Iterable[dict[str, Any]]) -> tuple[Dated, ...]:
    """Moments as a calendar has them: an event in its own words, a promise in its shortest, a step of a treaty by its name."""
    known = {each.id: each for each in (*desk.find(Event), *desk.find(Commitment))}
    found = []
    for row in rows:
        record = known.get(row["id"])
        if isinstance(record, Commitment):
            found.append(promise_entry(desk, record, desk.country))
        elif isinstance(record, Event):
            found.append(event_entry(desk, record))
        else:
            disputes = desk.disputes(row["id"])
            cell = Cell(text=row["title"], id=row["id"], by=row["by"], refs=row["refs"], disputes=disputes)
            kind, status = EVENT_KINDS[row["kind"]], EVENT_STATUS.get(row["status"])
            ahead = row["status"] == "planned" and not has_begun(row["date"], desk.as_of)
            entry = Dated(date=row["date"], title=row["title"], kind=kind, cell=cell, status=status, ahead=ahead)
            found.append(entry.but(place=row["place"], state=row["status"]))
    return tuple(found)


def event_row(desk: Desk, event: Event) -> dict[str, Any]:
    """An event with its status on the day."""
    status = event_status(event, desk.by_day)
    countries, actors = desk.concerned(event)
    return _row(
        event.id,
        event.date,
        event.title,
        event.type,
        place=event.place,
        countries=countries,
        actors=actors,
        topics=event.topics,
        by=desk.by(event),
        nature=event.nature,
        status=status,
        refs=event.refs,
    )


def _treaty(desk: Desk, treaty: Treaty) -> Iterable[dict[str, Any]]:
    for before, step, name in zip((None, *treaty.steps), treaty.steps, treaty.step_names(), strict=False):
        if step.stage in ("unknown", "none"):
            continue
        if before and before.stage == step.stage == "negotiating":  # talks that go on
            continue
        if not (come := step_has_come(step, desk.by_day)) and not desk.by_day.is_announced(step.refs):
            continue
        title = template("{t}: {s}", "{t}：{s}", t=label(treaty), s=STAGES[step.stage] if come else to_come(step.stage))
        if "/" in step.date:  # a step is taken on a day, whatever its date
            title = template("{t}, on one of these days", "{t}（このうちのある日）", t=title)
        yield _row(
            f"{treaty.id}.{name}",
            step.date,
            title,
            "treaty",
            place=step.place,
            countries=treaty.countries,
            actors=(desk.base.pack.host,),
            topics=desk.topics(treaty),
            refs=step.refs,
            status="held" if come else "planned",
        )


def _due(desk: Desk, commitment: Commitment) -> dict[str, Any]:
    """A promise on its due date, with what has become of it by the day."""
    fate = promise_fate(commitment, desk.by_day, desk.country)
    status, late = fate.status, fate.overdue
    shown = desk.shortly(commitment)
    by = desk.by(commitment, shown)
    if status != "open" or late:
        shown = template(
            "{t} – {s}",
            "{t}：{s}",
            t=unstopped(desk.said(commitment, shown)),
            s=promise_text(commitment, desk.by_day, desk.name, desk.country),
        )
    countries, actors = desk.concerned(commitment)
    return _row(
        commitment.id,
        commitment.due or "",
        desk.told(commitment),
        "commitment",
        countries=countries,
        actors=actors,
        topics=commitment.topics,
        refs=desk.refs(commitment),
        shown=shown,
        by=None if status != "open" or late else by,
        whose=desk.by(commitment),
        nature=commitment.nature,
        status=status,
        reported=any(outcome.status == "open" for outcome in fate.outcomes),
    )
