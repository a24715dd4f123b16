"""What was promised, by whom, how firmly and by when, and what became of it: the verdict, then what is late and what is next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from cabrief.document import Bullets, Cell, Document, Paragraph, Section
from cabrief.language.dates import bounds, date_text, days_until, has_passed
from cabrief.language.text import EMPTY, Text, join, sentence, template, unstopped
from cabrief.model.concerns import concerned
from cabrief.model.happened import UNREPORTED, event_status
from cabrief.model.kinds.commitments import Commitment
from cabrief.model.kinds.events import Event
from cabrief.model.promises import DONE, SETTLED, outcomes_text, promise_fate, promise_status, tally
from cabrief.reports.credits import names_amount
from cabrief.reports.desk import NOTHING, Desk, filled, section
from cabrief.reports.entries import event_entry, promise_entry
from cabrief.store.base import Base

FIELDS = (
    "id",
    "text",
    "by",
    "to",
    "firmness",
    "agreement",
    "amount",
    "countries",
    "topics",
    "due",
    "status",
    "status_as_of",
    "overdue",
    "refs",
    "disputes",
    "done_in",
    "nature",
    "whose",
    "outcome",
)
FIRMNESS: dict[str, Text] = {
    "treaty": Text("binding treaty", "条約上の義務"),
    "political-declaration": Text("political declaration", "政治宣言"),
    "target": Text("target", "目標"),
    "intention": Text("intention", "意向"),
}
SOON = 183  # days within which a due date is near
STATUS_GROUPS: dict[str, Text] = {
    "overdue": Text("Overdue", "期限超過"),
    "soon": Text("Due within six months", "半年以内に期限"),
    "done": Text("Kept, partly kept or missed", "履行・一部履行・不履行"),
    "dated": Text("Due later", "期限はその後"),
    "undated": Text("Without a date", "期限なし"),
}
TITLE = "Commitments ({n})", "約束・目標（{n}件）"
TITLE_OVERDUE = "Overdue commitments ({n})", "期限を過ぎた約束・目標（{n}件）"
VAIN = Text("Planned events whose day has passed, no report on record", "期日を過ぎ、報道の記録がない予定")
LEGEND_OF_STATES: dict[str, Text] = {
    "open": Text(
        "Open: not yet due, or not reported as settled.",
        "未完了：期限前、または履行などの報道がないもの。",
    ),
    "unknown": Text(
        "Outcome unknown: overdue, or without a due date, and no result found by the day in brackets, if somebody searched. The"
        " promise may have been kept.",
        "結果確認できず：期限超過または期限なしで、括弧内の日の検索でも（検索した場合）結果が見つからないもの。履行された可能性もある。",
    ),
}


def view(
    base: Base,
    as_of: str,
    *,
    countries: Sequence[str] = (),
    topics: Sequence[str] = (),
    by: Sequence[str] = (),
    statuses: Sequence[str] = (),
    overdue: bool = False,
    due_before: str = "",
) -> Document:
    """List the commitments that pass every filter: what is overdue and due soon first. Rows come by due date and have FIELDS.

    `countries`, `topics` and `by` are ids, `statuses` words of a promise's status, `due_before` is an ISO date of any
    precision; an empty one lets all pass.
    """
    desk = Desk(base, as_of, countries)
    country = desk.country
    asked = [each for each in desk.find(Commitment) if _passes(each, countries, topics, by)]
    found = [each for each in asked if not statuses or promise_status(each, desk.by_day, country)[0] in statuses]
    if overdue:
        found = [each for each in found if promise_status(each, desk.by_day, country)[1]]
    if due_before:
        found = [each for each in found if each.due and bounds(each.due)[1] < bounds(due_before)[0]]
    found.sort(key=lambda each: (each.due is None, each.due or ""))
    forms = TITLE_OVERDUE if overdue else TITLE
    vain = [] if by or statuses else _vain(desk, found, countries, topics, due_before)
    if not found:
        sections, above = [section(None, _none(desk, asked, country))], 1
    else:
        states = {promise_status(each, desk.by_day, country)[0] for each in found}
        legend = join([text for state, text in LEGEND_OF_STATES.items() if state in states], " ", "")
        count = [] if overdue else [Paragraph(text=verdict(desk, found, country))]  # the title has it
        head = filled(section(None, *count, *([Paragraph(text=legend)] if legend.en else [])))
        sections, above = [*head, *_grouped(desk, found, country)], len(head)
    if vain:
        heading = template("{t} ({n})", "{t}（{n}件）", t=VAIN, n=len(vain))
        late = any(promise_status(each, desk.by_day, country)[1] for each in found)
        sections.insert(above + late, section(heading, Bullets(items=tuple(desk.cell(each) for each in vain))))
    document = desk.document(
        template(*forms, n=len(found)), sections, FIELDS, [commitment_row(desk, each, country) for each in found]
    )
    dated = (promise_entry(desk, each, country) for each in found if each.due)
    return document.but(calendar=(*dated, *(event_entry(desk, each) for each in vain)))


def _vain(
    desk: Desk, promises: Iterable[Commitment], countries: Sequence[str], topics: Sequence[str], due_before: str
) -> list[Event]:
    """Events that were planned, whose day has passed, and of which no report was found: they are late as promises are."""
    # others stand among the promises, which are due when the events were planned for
    promised = {(each.event, day) for each in promises if each.due for day in bounds(each.due)}
    return [
        each
        for each in desk.find(Event)
        if each.date
        and has_passed(each.date, desk.as_of)
        and promised.isdisjoint((each.id, day) for day in bounds(each.date))
        and event_status(each, desk.by_day) in UNREPORTED
        and (not countries or bool(set(desk.concerned(each)[0]) & set(countries)))
        and (not topics or bool(set(each.topics) & set(topics)))
        and (not due_before or bounds(each.date)[1] < bounds(due_before)[0])
    ]


def _passes(each: Commitment, countries: Sequence[str], topics: Sequence[str], by: Sequence[str]) -> bool:
    return (
        (not countries or bool(set(concerned(each)) & set(countries)))
        and (not topics or bool(set(each.topics) & set(topics)))
        and (not by or bool(set(each.by) & set(by)))
    )


def verdict(desk: Desk, promises: Sequence[Commitment], country: str = "") -> Text:
    """How promises stand, of all or for a country, in a sentence: 50 promises: 30 open, 4 kept, 16 outcome unknown; 3 overdue."""
    en = "{n} promise: {c}." if len(promises) == 1 else "{n} promises: {c}."
    return template(
        en,
        "約束{n}件：{c}。",
        n=len(promises),
        c=tally(promises, desk.by_day, country),
    )


def _grouped(desk: Desk, found: Sequence[Commitment], country: str) -> list[Section]:
    """A line each, under what a reader asks first; the weightiest of a date first."""
    groups: dict[str, list[Commitment]] = {name: [] for name in STATUS_GROUPS}
    for each in found:
        groups[_group(desk, each, country)].append(each)
    parts = []
    for name, mine in groups.items():
        title = template("{t} ({n})", "{t}（{n}件）", t=STATUS_GROUPS[name], n=len(mine))
        mine.sort(key=lambda each: (each.due or "", ("high", "medium", "low").index(each.weight)))
        parts.append(section(title, Bullets(items=tuple(_line(desk, each, country) for each in mine))))
    return filled(*parts)


def _group(desk: Desk, each: Commitment, country: str) -> str:
    state, late = promise_status(each, desk.by_day, country)
    if late:
        return "overdue"
    if state in DONE:
        return "done"
    if not each.due:
        return "undated"
    return "soon" if days_until(bounds(each.due)[1], desk.as_of) <= SOON else "dated"


def _line(desk: Desk, each: Commitment, country: str) -> Cell:
    """Who promised what, how firmly, by when, and what became of it."""
    text = unstopped(desk.said(each, desk.shortly(each)))
    if each.amount and not names_amount(text, each.amount):
        text = template("{t} ({a})", "{t}（{a}）", t=text, a=each.amount.as_words())
    due = [template("due {d}", "期限{d}", d=date_text(each.due))] if each.due else []
    facts = join(
        [_parties(desk, each), FIRMNESS[each.firmness], *due, outcomes_text(each, desk.by_day, desk.name, country)],
        "; ",
        "／",
    )
    return desk.cell(each, template("{t}. {f}", "{t}。{f}", t=text, f=sentence(facts)), signed=True)


def commitment_row(desk: Desk, each: Commitment, country: str) -> dict[str, Any]:
    """A commitment as data, with the fields of FIELDS; its status is that for a country, if one is given."""
    fate = promise_fate(each, desk.by_day, country)
    amount = {"value": each.amount.value, "unit": each.amount.unit} if each.amount else None
    return {
        "id": each.id,
        "text": desk.told(each),
        "by": each.by,
        "to": each.to,
        "firmness": each.firmness,
        "agreement": each.agreement,
        "amount": amount,
        "countries": desk.concerned(each)[0],
        "topics": each.topics,
        "due": each.due,
        "status": fate.status,
        "status_as_of": fate.last.date if fate.last else None,
        "overdue": fate.overdue,
        "refs": desk.refs(each),
        "disputes": desk.disputes(each.id),
        "done_in": fate.done_in,
        "nature": each.nature,
        "whose": desk.by(each),
        "outcome": outcomes_text(each, desk.by_day, desk.name, country),
    }


def _parties(desk: Desk, each: Commitment) -> Text:
    """Who promised to whom; all countries of the region are named by the region."""
    by, to = _names(desk, each.by), _names(desk, each.to)
    return template("{b} to {t}", "{b}→{t}", b=by, t=to) if each.to else by


def _names(desk: Desk, ids: Sequence[str]) -> Text:
    region = desk.base.pack.countries
    if len(region) == 1 or not set(region) <= set(ids):
        return desk.names(ids)
    return join([*(desk.name(id_) for id_ in ids if id_ not in region), desk.base.pack.region])


def _none(desk: Desk, asked: Sequence[Commitment], country: str) -> Paragraph:
    """What to say where none of the commitments asked for is such: how many they are, and which is due next."""
    unsettled = [each for each in asked if promise_status(each, desk.by_day, country)[0] not in SETTLED]
    ahead = sorted((bounds(c.due)[1], c.due) for c in unsettled if c.due and bounds(c.due)[1] >= desk.as_of)
    if not asked:
        return Paragraph(text=NOTHING)
    text = template("None of the {n} on record.", "記録した{n}件のうち該当なし。", n=len(asked))
    due = template(" Next due: {d}.", "次の期限は{d}。", d=date_text(ahead[0][1])) if ahead else EMPTY
    return Paragraph(text=Text(text.en + due.en, text.ja + due.ja))
