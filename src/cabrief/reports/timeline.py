"""What happened and what is due, by year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from cabrief.document import Bullets, Cell, Column, Document, Moment, Table, Timeline
from cabrief.language.dates import bounds, date_text, days_until, has_begun, has_come
from cabrief.language.text import Text, join, template
from cabrief.model.kinds.commitments import Commitment
from cabrief.model.kinds.events import Event
from cabrief.model.kinds.treaties import STAGES, Treaty
from cabrief.model.record import label
from cabrief.reports.desk import Desk, filled, plain, section
from cabrief.store.base import Base

FIELDS = ("id", "date", "date_end", "title", "kind", "place", "countries", "actors", "status", "refs")
UNDATED = Text("Planned, without a date", "予定（日付なし）")
DAY = len("2025-12-20")
EVENT_KINDS: dict[str, Text] = {
    "summit": Text("summit", "首脳会合"),
    "foreign-ministers": Text("foreign ministers", "外相会合"),
    "dialogue": Text("dialogue", "対話"),
    "bilateral": Text("bilateral", "二国間"),
    "visit": Text("visit", "訪問"),
    "forum": Text("forum", "フォーラム"),
    "conference": Text("conference", "会議"),
    "lecture": Text("lecture", "講演"),
    "meeting": Text("meeting", "会合"),
    "signing": Text("signing", "署名"),
    "launch": Text("launch", "開始"),
    "history": Text("background", "背景"),
    "flight": Text("flights", "航空便"),
    "treaty": Text("treaty", "条約"),
    "commitment": Text("due", "期限"),
}
STATUS: dict[str, Text] = {
    "planned": Text("planned", "予定"),
    "postponed": Text("postponed", "延期"),
    "cancelled": Text("cancelled", "中止"),
    "unknown": Text("outcome unknown", "結果不明"),
}


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
) -> Document:
    """Events, steps of treaties and due dates in the order of time."""
    desk = Desk(base, as_of)
    found = [moment for moment in _all(desk) if _wanted(moment, since, until, kinds)]
    for field, ids in (("countries", countries), ("actors", actors), ("topics", topics)):
        if ids:
            found = [row for row in found if set(ids) & set(row[field])]
    title = template("Timeline: {h} and {r}", "年表：{h}と{r}", h=desk.name(base.pack.host), r=base.pack.region)
    if by == "actor":
        sections = [section(None, lanes(desk, found))]
    else:
        open_ = (
            [] if until else [event for event in desk.find(Event) if _about(event, countries, actors, topics, kinds)]
        )
        sections = [section(None, time_block(desk, found, marked=True))]
        sections += filled(section(UNDATED, undated(desk, open_)))
        found += [_event(desk, event) for event in open_ if not event.date]
    return desk.document(title, sections, FIELDS, [_as_data(row) for row in found])


def _as_data(row: dict[str, Any]) -> dict[str, Any]:
    """A moment as data; of a range, `date` is where it begins and `date_end` where it ends."""
    return {field: row[field] for field in FIELDS} | {"date": row["date"] and row["date"].partition("/")[0]}


def _about(event: Event, *wanted: Sequence[str]) -> bool:
    found = (event.countries, event.actors, event.topics, (event.type,))
    return all(not ids or set(ids) & set(mine) for ids, mine in zip(wanted, found, strict=True))


def undated(desk: Desk, events: Iterable[Event]) -> Bullets:
    """Events of which no date is known, which no line of time can hold: the next summit, talks that are to open."""
    return desk.bullets(event for event in events if not event.date)


def lanes(desk: Desk, rows: Iterable[dict[str, Any]]) -> Table:
    """Meetings of leaders with the region by year: the pack's powers side by side, all others in the last column."""
    region, powers = set(desk.base.pack.countries), desk.base.pack.powers
    met = [row for row in rows if row["kind"] == "summit" and region <= set(row["countries"]) and row["actors"]]
    others = tuple({actor for row in met for actor in row["actors"]} - set(powers))
    columns = (Text("Year", "年"), *(desk.name(power) for power in powers), Text("Others", "その他"))
    years = sorted({row["date"][:4] for row in met})
    lines = []
    for year in years:
        mine = [row for row in met if row["date"][:4] == year]
        lanes_ = [[row for row in mine if power in row["actors"]] for power in powers]
        rest = [row for row in mine if set(row["actors"]) & set(others)]
        cells = (*(_lane(desk, lane) for lane in lanes_), _lane(desk, rest, named=True))
        lines.append((plain(year), *cells))
    return Table(columns=tuple(Column(title=title) for title in columns), rows=tuple(lines))


def _lane(desk: Desk, rows: list[dict[str, Any]], *, named: bool = False) -> Cell:
    if not rows:
        return Cell(text=Text("—", "—"), state="not-applicable")
    parts = []
    for row in rows:
        name = [desk.names(row["actors"])] if named else []
        state = [STATUS[row["status"]]] if row["status"] in STATUS else []
        parts.append(join([*name, date_text(row["date"]), *([row["place"]] if row["place"] else []), *state]))
    return Cell(
        text=join(parts, "; ", "；"),
        id=rows[0]["id"],
        refs=tuple(dict.fromkeys(ref for row in rows for ref in row["refs"])),
        disputes=tuple(dict.fromkeys(id_ for row in rows for id_ in desk.disputes(row["id"]))),
    )


def time_block(desk: Desk, rows: Iterable[dict[str, Any]], *, marked: bool = False) -> Timeline:
    """Rows as moments; the day is marked where it is asked for, and where something lies ahead of it."""
    moments = []
    for row in rows:
        text = row["title"]
        if row["place"] and row["place"].en not in text.en:
            text = template("{t}, {p}", "{t}（{p}）", t=text, p=row["place"])
        if len(row["date"].partition("/")[0]) == DAY and (left := days_until(row["date"], desk.as_of)) > 0:
            days = "{t} – {n} day left" if left == 1 else "{t} – {n} days left"
            text = template(days, "{t}・あと{n}日", t=text, n=left)
        moments.append(
            Moment(
                date=row["date"],
                kind=EVENT_KINDS[row["kind"]],
                sort=row["kind"],
                cell=Cell(text=text, id=row["id"], refs=row["refs"], disputes=desk.disputes(row["id"])),
                status=STATUS.get(row["status"]),
                ahead=not has_begun(row["date"], desk.as_of),
            )
        )
    both = len({moment.ahead for moment in moments}) > 1  # something has come, and something has not
    return Timeline(moments=tuple(moments), as_of=desk.as_of, marked=marked or both)


def event_rows(desk: Desk, events: Iterable[Event]) -> list[dict[str, Any]]:
    """Events in the order of time."""
    return sorted((_event(desk, event) for event in events if event.date), key=_order)


def _wanted(row: dict[str, Any], since: str, until: str, kinds: Sequence[str]) -> bool:
    first, last = bounds(row["date"])
    if since and last < bounds(since)[0]:
        return False
    if until and first > bounds(until)[1]:
        return False
    return not kinds or row["kind"] in kinds


def _all(desk: Desk) -> list[dict[str, Any]]:
    rows = [_event(desk, event) for event in desk.find(Event) if event.date]
    rows += [row for treaty in desk.find(Treaty) for row in _treaty(desk, treaty)]
    rows += [_due(desk, commitment) for commitment in desk.find(Commitment) if commitment.due]
    return sorted(rows, key=_order)


def _order(row: dict[str, Any]) -> tuple[str, str, str]:
    return (*bounds(row["date"]), row["id"].partition(".")[0])  # steps of a treaty on one day stay in their order


def _row(id_: str, date: str | None, title: Text, kind: str, **more: Any) -> dict[str, Any]:
    _, slash, end = (date or "").partition("/")
    base = {"date_end": end if slash else None, "place": None, "countries": (), "actors": (), "topics": ()}
    return {"id": id_, "date": date, "title": title, "kind": kind, **base, **more}


def event_status(event: Event, as_of: str) -> str:
    """Status of an event on an ISO day; one that is not over by the day is planned, whatever became of it."""
    return event.status if not event.date or has_come(event.date, as_of) else "planned"


def _event(desk: Desk, event: Event) -> dict[str, Any]:
    """An event; one that is not over by the day is planned, whatever became of it."""
    status = event_status(event, desk.as_of)
    return _row(
        event.id,
        event.date,
        event.title,
        event.type,
        place=event.place,
        countries=event.countries,
        actors=event.actors,
        topics=event.topics,
        status=status,
        refs=event.refs,
    )


def _treaty(desk: Desk, treaty: Treaty) -> Iterable[dict[str, Any]]:
    for before, step in zip((None, *treaty.steps), treaty.steps, strict=False):
        if step.stage in ("unknown", "none") or (before and before.stage == step.stage):
            continue
        if not has_come(step.date, desk.as_of) and not desk.announced(step.refs):
            continue
        title = template("{t}: {s}", "{t}：{s}", t=label(treaty), s=STAGES[step.stage])
        yield _row(
            f"{treaty.id}.{step.stage}",
            step.date,
            title,
            "treaty",
            place=step.place,
            countries=treaty.countries,
            actors=(desk.base.pack.host,),
            topics=treaty.topics,
            refs=step.refs,
            status="held" if has_come(step.date, desk.as_of) else "planned",
        )


def _due(desk: Desk, commitment: Commitment) -> dict[str, Any]:
    return _row(
        commitment.id,
        commitment.due or "",
        commitment.text,
        "commitment",
        countries=commitment.countries,
        actors=commitment.actors,
        topics=commitment.topics,
        refs=commitment.refs,
        status="planned" if not has_come(commitment.due or "", desk.as_of) else "unknown",
    )
