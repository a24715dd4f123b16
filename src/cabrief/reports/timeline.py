"""What lies ahead, and what happened, the newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cabrief.document import Document, Moment, Paragraph, Section, Timeline
from cabrief.language.dates import bounds
from cabrief.language.text import Text, template
from cabrief.model.happened import EVENT_STATUS
from cabrief.model.kinds.events import Event
from cabrief.reports import moments
from cabrief.reports.desk import Desk, filled, section
from cabrief.reports.lanes import lanes, of_leaders
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
UNREPORTED_HEAD = Text("Past their date, no report on record", "期日を過ぎても報道の記録がないもの")
BEFORE = Text("What happened, newest first", "これまで（新しい順）")
YEARS_SHOWN = 2  # back from the day of the report, where nobody asks for more
LEFT_OUT_OF_TIMELINE = (
    "{n} earlier events are left out: cabrief timeline --all, or --since YEAR.",
    "これより前の{n}件を省略。全件は cabrief timeline --all、または --since 年。",
)


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
    desk = Desk(base, as_of, countries)
    wanted = {"countries": countries, "actors": actors, "topics": topics, "kind": kinds}
    found = [row for row in moments.every_moment(desk) if _passes(row, wanted)]
    narrowed = not (since or until or whole or by)
    if narrowed:
        since = _years_before(as_of)
    kept = [row for row in found if _within(row, since, until)]
    title = template("Timeline: {h} and {r}", "年表：{h}と{r}", h=desk.name(base.pack.host), r=base.pack.region)
    if by == "actor":
        kept = of_leaders(desk, kept)
        told = [section(None, lanes(desk, kept))]
        return desk.document(title, told, FIELDS, map(_as_data, kept)).but(calendar=moments.entries(desk, kept))
    events = [] if until else [event for event in desk.find(Event) if not event.date]
    open_ = [event for event in events if _passes(moments.event_row(desk, event), wanted)]
    more = _left_out(found, kept) if narrowed else []
    sections = [*_in_sight(desk, kept, open_), *more] or [section(None)]
    dated = moments.entries(desk, kept)
    kept += [moments.event_row(desk, event) for event in open_]
    return desk.document(title, sections, FIELDS, map(_as_data, kept)).but(calendar=dated)


def _years_before(day: str) -> str:
    """The day some years before an ISO day."""
    return f"{max(1, int(day[:4]) - YEARS_SHOWN):04}{day[4:].replace('-02-29', '-02-28')}"


def _in_sight(desk: Desk, rows: Sequence[dict[str, Any]], open_: Sequence[Event]) -> list[Section]:
    """What lies ahead, the next first; what nobody has reported on; and what has begun or is over, the newest first."""
    lines = dict(zip((row["id"] for row in rows), moments.as_moments(desk, rows), strict=True))
    # what may be any day until the end of a year or a month stands there
    by_end = sorted(rows, key=lambda row: bounds(row["date"])[::-1])
    ahead = [_unmarked(lines[row["id"]], "planned") for row in by_end if lines[row["id"]].ahead]
    behind = [row for row in reversed(rows) if not lines[row["id"]].ahead]
    vain = [_unmarked(lines[row["id"]], "unknown") for row in behind if moments.is_unreported(row)]
    before = [lines[row["id"]] for row in behind if not moments.is_unreported(row)]
    blocks = [Timeline(moments=tuple(part), as_of=desk.as_of, marked=False) for part in (ahead, vain, before)]
    first = next((n for n, block in enumerate(blocks) if block.moments), 0)  # the marks are explained once
    blocks[first] = blocks[first].but(legend=True)
    return filled(
        section(AHEAD, blocks[0]),
        section(UNDATED, moments.undated_ahead(desk, open_)),
        section(DATE_UNKNOWN, moments.undated_others(desk, open_)),
        section(UNREPORTED_HEAD, blocks[1]),
        section(BEFORE, blocks[2]),
    )


def _unmarked(moment: Moment, status: str) -> Moment:
    """A moment without a status that its heading says."""
    return moment.but(status=None) if moment.status == EVENT_STATUS[status] else moment


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


def _within(row: dict[str, Any], since: str, until: str) -> bool:
    first, last = bounds(row["date"])
    return (not since or last >= bounds(since)[0]) and (not until or first <= bounds(until)[1])
