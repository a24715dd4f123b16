"""What lies ahead, and what happened, the newest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cabrief.document import Bullets, Cell, Dated, Document, Moment, Paragraph, Section, Timeline
from cabrief.language.dates import bounds, days_until, has_begun, has_come, has_passed
from cabrief.language.text import Text, template
from cabrief.model.happened import EVENT_KINDS, EVENT_STATUS, event_status
from cabrief.model.kinds.commitments import Commitment
from cabrief.model.kinds.events import Event
from cabrief.model.kinds.treaties import STAGES, Treaty
from cabrief.model.promises import promise_status, promise_text
from cabrief.model.record import label
from cabrief.model.standing import step_has_come
from cabrief.reports.commitments import promise_entry
from cabrief.reports.desk import PLANNED, Desk, filled, section, unstopped
from cabrief.reports.lanes import lanes
from cabrief.reports.noting import with_place
from cabrief.store.base import Base

FIELDS = (
    "id",
    "date",
    "date_end",
    "title",
    "kind",
    "place",
    "countries",
    "actors",
    "status",
    "refs",
    "disputes",
    "nature",
    "whose",
)
DATE_UNKNOWN = Text("Date not known", "日付不明")
UNDATED = Text("Planned, without a date", "予定（日付なし）")
AHEAD = Text("Planned and due", "今後の予定と期限")
BEFORE = Text("What happened, newest first", "これまで（新しい順）")
PLANNED_STATUS = EVENT_STATUS["planned"]
YEARS_SHOWN = 2  # back from the day of the report, where nobody asks for more
LEFT_OUT_OF_TIMELINE = (
    "{n} earlier events are left out: cabrief timeline --all, or --since YEAR.",
    "これより前の{n}件を省略。全件は cabrief timeline --all、または --since 年。",
)
DAY = len("2025-12-20")


def view(
    base: Base,
    as_of: str,
    *,
    since: str = "",
    until: str = "",
    countries: Sequence[str] = (),
    kinds: Sequence[str] = (),
    actors: Sequence[str] = (),
    topics: Sequence[str] = (),
    by: str = "",
    whole: bool = False,
) -> Document:
    """Events, steps of treaties and due dates that pass every filter.

    Without `since` and `until`, ISO dates of any precision, it goes back two years from the day, unless the whole is asked for.
    `by` is `actor` for the powers' summits side by side, over all years. Rows are in the order of time.
    """
    desk = Desk(base, as_of)
    wanted = {"countries": countries, "actors": actors, "topics": topics, "kind": kinds}
    found = [row for row in moments(desk) if _passes(row, wanted)]
    narrowed = not (since or until or whole or by)
    if narrowed:
        since = _years_before(as_of)
    kept = [row for row in found if _within(row, since, until)]
    title = template("Timeline: {h} and {r}", "年表：{h}と{r}", h=desk.name(base.pack.host), r=base.pack.region)
    if by == "actor":
        told = [section(None, lanes(desk, kept))]
        return desk.document(title, told, FIELDS, map(_as_data, kept)).but(calendar=entries(desk, kept))
    events = [] if until else [event for event in desk.find(Event) if not event.date]
    open_ = [event for event in events if _passes(_event(desk, event), wanted)]
    more = _left_out(found, kept) if narrowed else []
    told_once = _told_once(desk, kept) if narrowed else kept
    sections = [*_in_sight(desk, told_once, open_), *more] or [section(None)]
    dated = entries(desk, kept)
    kept += [_event(desk, event) for event in open_]
    return desk.document(title, sections, FIELDS, map(_as_data, kept)).but(calendar=dated)


def _years_before(day: str) -> str:
    """The day some years before an ISO day."""
    return f"{max(1, int(day[:4]) - YEARS_SHOWN):04}{day[4:].replace('-02-29', '-02-28')}"


def _in_sight(desk: Desk, rows: Sequence[dict[str, Any]], open_: Sequence[Event]) -> list[Section]:
    """What lies ahead, the next first; then what has begun or is over, the newest first."""
    lines = time_block(desk, rows).moments
    ahead = tuple(
        moment if moment.status != PLANNED_STATUS else moment.but(status=None) for moment in lines if moment.ahead
    )
    before = tuple(moment for moment in reversed(lines) if not moment.ahead)
    parts = (
        section(AHEAD, Timeline(moments=ahead, as_of=desk.as_of, marked=False, legend=True)),
        section(UNDATED, undated(desk, open_)),
        section(DATE_UNKNOWN, undated_others(desk, open_)),
        section(BEFORE, Timeline(moments=before, as_of=desk.as_of, marked=False, legend=not ahead)),
    )
    return filled(*parts)


def _told_once(desk: Desk, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows without the due dates of promises whose event is among them: its line says whether it came about."""
    events = {row["id"] for row in rows}
    due = {each.id: each for each in desk.find(Commitment) if each.due and each.event in events}
    return [row for row in rows if row["id"] not in due or due[row["id"]].due != _date_of(rows, due[row["id"]].event)]


def _date_of(rows: Sequence[dict[str, Any]], id_: str | None) -> str | None:
    return next((row["date"] for row in rows if row["id"] == id_), None)


def _left_out(found: Sequence[dict[str, Any]], kept: Sequence[dict[str, Any]]) -> list[Section]:
    """How much a reader does not see, and how to get it."""
    count = len(found) - len(kept)
    return [section(None, Paragraph(text=template(*LEFT_OUT_OF_TIMELINE, n=count)))] if count else []


def _as_data(row: dict[str, Any]) -> dict[str, Any]:
    """A moment as data; of a range, `date` is where it begins and `date_end` where it ends."""
    row = {"whose": row["by"], **row, "date": row["date"] and row["date"].partition("/")[0]}
    return {field: row[field] for field in FIELDS if field in row}


def _passes(row: dict[str, Any], wanted: Mapping[str, Sequence[str]]) -> bool:
    """Whether a row has, in every field that is asked about, one of the words asked for."""
    found = {field: {row[field]} if isinstance(row[field], str) else set(row[field]) for field in wanted}
    return all(not words or found[field] & set(words) for field, words in wanted.items())


def undated(desk: Desk, events: Iterable[Event]) -> Bullets:
    """Planned events of which no date is known, which no line of time can hold: the next summit, talks that are to open.

    Others are passed over.
    """
    return desk.bullets(event for event in events if not event.date and event.status == "planned")


def undated_others(desk: Desk, events: Iterable[Event]) -> Bullets:
    """Events that are not planned, and of which no date is known, with what became of them."""
    return desk.bullets(event for event in events if not event.date and event.status != "planned")


def time_block(desk: Desk, rows: Iterable[dict[str, Any]], *, marked: bool = False) -> Timeline:
    """Rows as moments; the day is marked where it is asked for, and where something lies ahead of it."""
    found = []
    for row in rows:
        text = row["shown"] or row["title"]
        if row["place"]:
            text = with_place(text, row["place"])
        off = row["status"] in ("cancelled", "postponed", "kept", "missed")
        if not off and len(row["date"].partition("/")[0]) == DAY and (left := days_until(row["date"], desk.as_of)) > 0:
            days = "{t} – {n} day left" if left == 1 else "{t} – {n} days left"
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
    both = len({moment.ahead for moment in found}) > 1  # something has come, and something has not
    return Timeline(moments=tuple(found), as_of=desk.as_of, marked=marked or both)


def is_behind(row: Mapping[str, Any], day: str) -> bool:
    """Whether a moment has come: what is only planned or due has, when its last day is over."""
    if row["kind"] == "commitment" or row["status"] == "planned":  # what is due or planned today is not late
        last = row["date_end"] or row["date"]
        return has_passed(last, day)
    return has_begun(row["date"], day)


def event_rows(desk: Desk, events: Iterable[Event]) -> list[dict[str, Any]]:
    """Events in the order of time."""
    return sorted((_event(desk, event) for event in events if event.date), key=_order)


def _within(row: dict[str, Any], since: str, until: str) -> bool:
    first, last = bounds(row["date"])
    return (not since or last >= bounds(since)[0]) and (not until or first <= bounds(until)[1])


def moments(desk: Desk) -> list[dict[str, Any]]:
    """Every dated event, step of a treaty and due date that can be told, in the order of time."""
    rows = [_event(desk, event) for event in desk.find(Event) if event.date]
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
        **more,
    }


def entries(desk: Desk, rows: Iterable[dict[str, Any]]) -> tuple[Dated, ...]:
    """Moments as a calendar has them: an event in its own words, a promise in its shortest, a step of a treaty by its name."""
    known = {each.id: each for each in (*desk.find(Event), *desk.find(Commitment))}
    found = []
    for row in rows:
        record = known.get(row["id"])
        if isinstance(record, Commitment):
            found.append(promise_entry(desk, record))
            continue
        text = desk.told(record) if isinstance(record, Event) else row["title"]
        cell = Cell(text=text, id=row["id"], by=row["by"], refs=row["refs"], disputes=desk.disputes(row["id"]))
        found.append(
            Dated(
                date=row["date"],
                title=row["title"],
                kind=EVENT_KINDS[row["kind"]],
                cell=cell,
                place=row["place"],
                status=EVENT_STATUS.get(row["status"]),
                state=row["status"],
                ahead=row["status"] == "planned" and not has_begun(row["date"], desk.as_of),
            )
        )
    return tuple(found)


def _event(desk: Desk, event: Event) -> dict[str, Any]:
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
        if not (come := step_has_come(step, desk.by_day)) and not desk.announced(step.refs):
            continue
        title = template("{t}: {s}", "{t}：{s}", t=label(treaty), s=STAGES[step.stage])
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
    status, late = promise_status(commitment, desk.by_day)
    shown = commitment.summary or commitment.text
    by = desk.by(commitment, shown)
    if status != "open" or late:
        shown = template(
            "{t} – {s}",
            "{t}：{s}",
            t=unstopped(desk.said(commitment, shown)),
            s=promise_text(commitment, desk.by_day, desk.name),
        )
    countries, actors = desk.concerned(commitment)
    return _row(
        commitment.id,
        commitment.due or "",
        commitment.text,
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
    )
