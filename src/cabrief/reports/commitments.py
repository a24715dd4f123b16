"""What was promised, by whom, how firmly and by when, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cabrief.document import Cell, Column, Document, Paragraph, Table
from cabrief.language.dates import bounds, date_text
from cabrief.language.text import Text, join, same, template
from cabrief.language.units import amount_text
from cabrief.model.kinds.commitments import OUTCOMES, Commitment
from cabrief.model.promises import last_outcome, promise_status
from cabrief.reports.desk import Desk, plain, section
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
)
FIRMNESS: dict[str, Text] = {
    "treaty": Text("binding treaty", "条約上の義務"),
    "political-declaration": Text("political declaration", "政治宣言"),
    "target": Text("target", "目標"),
    "intention": Text("intention", "意向"),
}
HEADS = (
    Text("Commitment", "約束"),
    Text("By, and to whom", "約束した側→相手"),
    Text("Area", "分野"),
    Text("Firmness", "拘束力"),
    Text("Due", "期限"),
    Text("Status", "状況"),
)


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
    """List the commitments that pass every filter, those with a date first."""
    desk = Desk(base, as_of)
    rows = [commitment_row(desk, each) for each in desk.find(Commitment)]
    rows = [each for each in rows if _passes(each, countries, topics, by, statuses)]
    if overdue:
        rows = [each for each in rows if each["overdue"]]
    if due_before:
        rows = [each for each in rows if each["due"] and bounds(each["due"])[1] < bounds(due_before)[0]]
    rows.sort(key=lambda each: (each["due"] is None, each["due"] or ""))
    records = base.get_all(each["id"] for each in rows)
    columns = tuple(Column(title=head) for head in HEADS)
    cells = tuple(_cells(desk, records[each["id"]], each) for each in rows)
    title = template("Commitments ({n})", "約束・目標（{n}件）", n=len(rows))
    block = Table(columns=columns, rows=cells) if cells else _none(desk)
    return desk.document(title, [section(None, block)], FIELDS, rows)


def _passes(row: dict[str, Any], *filters: Sequence[str]) -> bool:
    countries, topics, by, statuses = filters
    named = {*row["countries"], *row["by"], *row["to"]}
    return (
        (not countries or bool(named & set(countries)))
        and (not topics or bool(set(row["topics"]) & set(topics)))
        and (not by or bool(set(row["by"]) & set(by)))
        and (not statuses or row["status"] in statuses)
    )


def commitment_row(desk: Desk, each: Commitment) -> dict[str, Any]:
    """A commitment as data."""
    state, overdue = promise_status(each, desk.as_of)
    outcome = last_outcome(each, desk.as_of)
    refs = dict.fromkeys((*each.refs, *(outcome.refs if outcome else ())))
    amount = {"value": each.amount.value, "unit": each.amount.unit} if each.amount else None
    return {
        "id": each.id,
        "text": each.text,
        "by": each.by,
        "to": each.to,
        "firmness": each.firmness,
        "agreement": each.agreement,
        "amount": amount,
        "countries": each.countries,
        "topics": each.topics,
        "due": each.due,
        "status": state,
        "status_as_of": outcome.date if outcome else None,
        "overdue": overdue,
        "refs": tuple(refs),
    }


def _cells(desk: Desk, each: Commitment, row: dict[str, Any]) -> tuple[Cell, ...]:
    text = each.text
    if each.amount:
        amount = amount_text(each.amount.value, each.amount.unit)
        text = template("{t} ({a})", "{t}（{a}）", t=text, a=amount) if amount.en not in text.en else text
    due = date_text(each.due) if each.due else same("—")
    if row["overdue"]:
        due = template("{d}, overdue", "{d}、期限超過", d=due)
    return (
        desk.cell(each, text),
        plain(_parties(desk, each)),
        plain(join([desk.name(area) for area in desk.base.pack.areas if area in each.topics] or [Text("—", "—")])),
        plain(FIRMNESS[each.firmness]),
        plain(due) if each.due else Cell(text=Text("no date", "期限なし"), state="not-applicable"),
        outcome_cell(desk, each, row["status"]),
    )


def _parties(desk: Desk, each: Commitment) -> Text:
    by, to = desk.names(each.by), desk.names(each.to)
    return template("{b} → {t}", "{b}→{t}", b=by, t=to) if each.to else by


def _none(desk: Desk) -> Paragraph:
    """What to say where no commitment passes the filters: how many there are, and which is due next."""
    everything = desk.find(Commitment)
    ahead = sorted((bounds(c.due)[1], c.due) for c in everything if c.due and bounds(c.due)[1] >= desk.as_of)
    text = template("None of the {n} on record.", "記録した{n}件のうち該当なし。", n=len(everything))
    if ahead:
        due = template(" Next due: {d}.", "次の期限は{d}。", d=date_text(ahead[0][1]))
        text = Text(text.en + due.en, text.ja + due.ja)
    return Paragraph(text=text)


def outcome_cell(desk: Desk, each: Commitment, state: str) -> Cell:
    """A status with its evidence; an unknown one says since when."""
    outcome = last_outcome(each, desk.as_of)
    if outcome:
        text = template(
            "{s}, {d}: {t}", "{s}（{d}）：{t}", s=OUTCOMES[state], d=date_text(outcome.date), t=outcome.text
        )
        return Cell(text=text, state="unknown" if state == "unknown" else "value", refs=outcome.refs)
    if state == "unknown":
        text = template("unknown since {d}", "{d}以降不明", d=date_text(each.due or desk.as_of))
        return Cell(text=text, state="unknown")
    return Cell(text=OUTCOMES[state])
