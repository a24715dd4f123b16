"""What came about between two days, by the facts' own dates: no history of the fact files is needed for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from cabrief.document import Bullets, Cell, Document, Paragraph, Section
from cabrief.language.dates import bounds, date_text
from cabrief.language.text import EMPTY, Text, join, sentence, template, unstopped
from cabrief.model.happened import UNREPORTED, event_status
from cabrief.model.kinds.commitments import Commitment
from cabrief.model.kinds.events import Event
from cabrief.model.kinds.people import Person
from cabrief.model.promises import Fate, outcomes_text, promise_fate, promise_text
from cabrief.model.searches import search_day
from cabrief.reports import facts, moments
from cabrief.reports.desk import Desk, filled, section
from cabrief.reports.offices import has_left
from cabrief.store.base import Base

FIELDS = ("change", "id", "kind", "date", "text", "before", "after", "refs", "by", "disputes")
HEADS: dict[str, Text] = {
    "happened": Text("What happened", "起きたこと"),
    "vain": Text("Planned for this period, no report on record", "この間に予定され、報道の記録がないもの"),
    "treaty": Text("Treaties", "条約・協定"),
    "promise": Text("Promises that fell due or changed", "期限が来た約束・状況が変わった約束"),
    "told": Text("What else became known", "その他に分かったこと"),
}
COUNTED: dict[str, tuple[str, str, str]] = {  # one, several, Japanese
    "happened": ("{n} event", "{n} events", "出来事{n}件"),
    "vain": ("{n} planned event without a report", "{n} planned events without a report", "報道の記録がない予定{n}件"),
    "treaty": ("{n} treaty step", "{n} treaty steps", "条約の動き{n}件"),
    "promise": (
        "{n} promise that fell due or changed status",
        "{n} promises that fell due or changed status",
        "期限が来た、または状況が変わった約束{n}件",
    ),
    "told": ("{n} other fact", "{n} other facts", "その他{n}件"),
}
TO_MONTH = len("2026-11")  # characters of an ISO day that tell its month
NOTHING_NEW = Text("nothing on record", "記録なし")
LEFT_OUT: dict[str, tuple[str, str]] = {  # why facts are left out that could not be told before
    "vain": ("facts that say up to when no report was found: {n}", "報道を確認できないとする記述{n}件"),
    "view": ("views: {n}", "見方{n}件"),
    "earlier": (
        "facts from outside this period or without a date: {n}",
        "期間外または日付のない事実{n}件",
    ),
    "long": ("facts of a year or more that began before: {n}", "以前に始まった年などの事実{n}件"),
    "standing": (
        "facts on people, bodies and countries, whose dates are not those of a change: {n}",
        "人物・機関・国の記述（日付は変化の日ではない）{n}件",
    ),
    "dispute": ("disputes about sources: {n} (cabrief disputes)", "争点{n}件（cabrief disputes）"),
}
STANDING = ("person", "organisation", "country", "actor")  # whose records tell what lasts, not what happened
TimelineRow = dict[str, Any]


def view(base: Base, after: str, until: str, *, countries: Sequence[str] = (), topics: Sequence[str] = ()) -> Document:
    """Tell what holds on the ISO day `until` and did not on the ISO day `after`: events, treaties, promises, other facts.

    `after` is the earlier of the two. Only what is about one of some countries, and one of some topics, where any are given.
    The rows have FIELDS; `change` says of what sort each is.
    """
    desks = Desk(base, after, countries), Desk(base, until, countries)
    before, now = ({row["id"]: row for row in moments.every_moment(desk)} for desk in desks)
    rows = [*_happened(desks, before, now), *_promises(desks)]
    rows += _left(desks)
    seen = {id_ for row in rows for id_ in (row["id"], *row.get("tells", ()))}
    others = list(_told(desks, seen))
    if countries or topics:
        rows, others = _about(desks[1], (rows, others), {"countries": countries, "topics": topics})
    reasons = [_why_left(desks, row) for row in others]
    rows += [row for row, why in zip(others, reasons, strict=True) if why is None]
    groups = {name: [row for row in rows if row["change"] == name] for name in HEADS}
    counts = [_counted(name, len(mine)) for name, mine in groups.items() if mine] or [NOTHING_NEW]
    first = (date.fromisoformat(after) + timedelta(days=1)).isoformat()
    days = {"a": date_text(first), "u": date_text(until)}
    told = sentence(join(counts))
    parts = [_listed(name, groups[name]) for name in HEADS if name != "told"]
    parts.append(
        section(
            HEADS["told"] if groups["told"] else None, _left_out(Counter(reasons)), sections=_by_kind(groups["told"])
        )
    )
    title = template("Developments from {a} to {u}", "{a}から{u}までの動き", **days)
    sections = [section(None, Paragraph(text=told)), *filled(*parts)]
    return desks[1].document(title, sections, FIELDS, [{f: row[f] for f in FIELDS if f in row} for row in rows])


def _about(
    desk: Desk, lists: Sequence[Sequence[TimelineRow]], filters: Mapping[str, Sequence[str]]
) -> list[list[TimelineRow]]:
    """The rows of some lists of which the record, or the part that is told, passes the filters."""
    passed = {row["id"] for row in facts.told(desk) if facts.passes(row, filters)}
    records = {id_.partition(".")[0] for id_ in passed}
    return [
        [row for row in rows if row["id"] in passed or ("." not in row["id"] and row["id"] in records)]
        for rows in lists
    ]


def _counted(name: str, n: int) -> Text:
    one, several, ja = COUNTED[name]
    return template(one if n == 1 else several, ja, n=n)


def _row(change: str, kind: str, cell: Cell, date: str | None, **sides: Text | None) -> TimelineRow:
    shown = {"change": change, "id": cell.id, "kind": kind, "date": date, "text": cell.text, "refs": cell.refs}
    return {**shown, "before": None, "after": None, "by": cell.by, **sides, "cell": cell}


def _happened(
    desks: tuple[Desk, Desk], before: dict[str, TimelineRow], now: dict[str, TimelineRow]
) -> Iterator[TimelineRow]:
    """Events that are over now and were not, the newest first, and steps of treaties that have come; of moments by their ids.

    Last stand events without a date of which the news came in these days, such as that they were put off.
    """
    for id_, row in reversed(now.items()):
        was = _came_of(before[id_], desks[0].as_of) if id_ in before else "planned"
        status = _came_of(row, desks[1].as_of)
        unheard = status in UNREPORTED and was in UNREPORTED  # that somebody has looked for it is no news
        if row["kind"] == "commitment" or status in (was, "planned") or unheard:
            continue
        treaty = row["kind"] == "treaty"
        change = "treaty" if treaty else "vain" if status in UNREPORTED else "happened"
        yield _row(change, "treaty" if treaty else "event", _cell(desks[1], row), row["date"])
    for event in desks[1].find(Event):
        if not event.date:
            was, status = (event_status(event, desk.by_day) for desk in desks)
            if status not in (was, "planned", *UNREPORTED):
                yield _row("happened", "event", desks[1].cell(event), event.as_of)


def _came_of(row: Mapping[str, Any], day: str) -> str:
    """Status of an event or a step on a day; what may still come is planned, even if somebody has looked for it in vain."""
    return "planned" if moments.may_still_come(row, day) else str(row["status"])


def _cell(desk: Desk, row: Mapping[str, Any]) -> Cell:
    """An event in its sentence with what became of it; a step of a treaty with its day."""
    event = desk.base.get(row["id"])
    if isinstance(event, Event):
        return desk.cell(event)
    text = template("{t}, {d}.", "{t}（{d}）。", t=row["title"], d=date_text(row["date"]))
    return Cell(text=text, id=row["id"], refs=row["refs"], disputes=desk.disputes(row["id"]))


def _promises(desks: tuple[Desk, Desk]) -> Iterator[TimelineRow]:
    """Promises whose status changed, or that fell due; new ones too, which stood open before they were made."""
    known = {each.id for each in desks[0].find(Commitment)}
    days = desks[0].as_of, desks[1].as_of
    by_days = desks[0].by_day, desks[1].by_day
    for each in desks[1].find(Commitment):
        fates = [promise_fate(each, by_day, desks[1].country) for by_day in by_days]
        states = [fate.status for fate in fates]
        due = bool(each.due) and days[0] < bounds(each.due or "")[1] <= days[1]
        # a search that found nothing is no change
        searched = {*states} <= {"open", "unknown"}
        same_as_before = searched or _found(fates[0]) == _found(fates[1])
        if not due and same_as_before:
            continue
        new = each.id not in known
        if new and searched and not due:  # it is told as what became known
            continue
        words = [
            promise_text(each, by_days[0], desks[0].name, desks[0].country),
            outcomes_text(each, by_days[1], desks[1].name, desks[1].country),
        ]
        late = template(" Due {d}.", "期限は{d}。", d=date_text(each.due)) if each.due and due else EMPTY
        forms = ("{t}. Before: {a}; now: {b}.{l}", "{t}。以前：{a}、現在：{b}。{l}")
        if new or states[0] == states[1]:
            forms = ("{t}. Now: {b}.{l}", "{t}。現在：{b}。{l}")
        text = template(
            *forms, t=unstopped(desks[1].said(each, desks[1].shortly(each))), a=words[0], b=words[1], l=late
        )
        cell = desks[1].cell(each, text, signed=True)
        come = [id(outcome) for outcome in fates[1].outcomes]
        tells = [f"{each.id}.outcome-{n}" for n, outcome in enumerate(each.outcomes, start=1) if id(outcome) in come]
        yield _row("promise", "commitment", cell, each.due, before=words[0], after=words[1]) | {"tells": tells}


def _found(fate: Fate) -> Fate:
    """What has become of a promise in one country or in all, without the searches that found nothing."""
    return fate.but(elsewhere=False, results=tuple(each for each in fate.results if each.status != "unknown"))


def _told(desks: tuple[Desk, Desk], seen: set[str]) -> Iterator[TimelineRow]:
    """Whatever else can be told now and could not before; a step of a treaty as soon as announced.

    `seen` are the ids of what is told above, outcomes in the lines of their promises among them.
    """
    before = {row["id"] for row in facts.told(desks[0])}
    for row in facts.told(desks[1]):
        if row["id"] in before or row["id"] in seen:
            continue
        disputes = desks[1].disputes(row["id"])
        cell = Cell(text=row["text"], id=row["id"], refs=row["refs"], disputes=disputes, by=row["by"])
        yield _row("told", row["kind"], cell, row["date"]) | {"nature": row["nature"], "in_vain": row["in_vain"]}


def _left(desks: tuple[Desk, Desk]) -> Iterator[TimelineRow]:
    """Who left an office in these days."""
    for person in desks[1].find(Person):
        if person.until and has_left(desks[1], person) and not has_left(desks[0], person):
            text = template(
                "{n}: {r} (until {d}).",
                "{n}：{r}（{d}まで）。",
                n=person.name,
                r=person.role,
                d=date_text(person.until),
            )
            yield _row("told", "person", desks[1].cell(person, text), person.until)


def _why_left(desks: tuple[Desk, Desk], row: TimelineRow) -> str | None:
    """Why a row tells of no change in the world, a word of LEFT_OUT; None for one that does."""
    after, until = desks[0].as_of, desks[1].as_of
    if row["kind"] == "dispute":
        return "dispute"
    if row.get("in_vain"):
        return "vain"
    # a source without a date was looked at in these days, which changes nothing
    dates = [row["date"], *(getattr(desks[1].card(ref.source), "published", None) for ref in row["refs"])]
    record = desks[1].base.get(row["id"])  # None for a part of one
    seen = getattr(record, "as_of", None)
    if row["kind"] in STANDING:  # their dates are those on which it was seen; who came into office is news
        dates = [getattr(record, "since", None)]
    elif searched := search_day(row["text"].en):
        alone = ". " not in row["text"].en  # what stands beside it is news if it is of these days
        # the day of a search, or its month, is not that of what stands beside it
        of_month = bool(seen) and row["date"] == seen and bounds(seen)[0] <= searched <= bounds(seen)[1]
        of_search = of_month or row["date"] in (None, searched)
        if alone or not _lies_in(dates[1:] if of_search else dates, after, until):
            return "vain"
    elif seen:  # beside an older date
        dates.append(seen)
    if row.get("nature") == "judgement":
        return "view"
    if _lies_in(dates, after, until):
        return None
    if row["kind"] in STANDING:
        return "standing"
    return "long" if any(day and _may_lie_in(day, after, until) for day in dates) else "earlier"


def _lies_in(dates: Sequence[str | None], after: str, until: str) -> bool:
    """Whether one of some dates is of the days behind the first of two up to the second, or of a month with such a day.

    A year, or a longer time, is so where it ends in these days, or lies within them.
    """
    spans = [bounds(day) for day in dates if day and _may_lie_in(day, after, until)]
    return any(first[:TO_MONTH] == last[:TO_MONTH] or last <= until or after < first for first, last in spans)


def _may_lie_in(date: str, after: str, until: str) -> bool:
    """Whether some day that a date may mean lies behind one day and not behind another."""
    return after < bounds(date)[1] and bounds(date)[0] <= until


def _left_out(reasons: Counter[str | None]) -> Paragraph | None:
    """How many facts are left out, and why; None where none is."""
    parts = [template(*forms, n=reasons[why]) for why, forms in LEFT_OUT.items() if reasons[why]]
    if not parts:
        return None
    return Paragraph(text=template("Left out: {p}.", "省略：{p}。", p=join(parts, "; ", "、")))


def _listed(name: str, rows: Sequence[TimelineRow]) -> Section:
    title = template("{t} ({n})", "{t}（{n}件）", t=HEADS[name], n=len(rows))
    return section(title, Bullets(items=tuple(row["cell"] for row in rows)))


def _by_kind(rows: Sequence[TimelineRow]) -> list[Section]:
    groups: dict[str, list[TimelineRow]] = {}
    for row in rows:
        groups.setdefault(row["kind"], []).append(row)
    titles = {
        kind: template("{k} ({n})", "{k}（{n}件）", k=facts.named(kind), n=len(mine)) for kind, mine in groups.items()
    }
    return [
        section(titles[kind], Bullets(items=tuple(row["cell"] for row in groups[kind])))
        for kind in facts.in_order(groups)
    ]
