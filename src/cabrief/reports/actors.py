"""How each outside power engages: aims, means, summits held, part in the corridor, strengths and limits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from cabrief.document import Cell, Column, Document, Section, Table
from cabrief.language.dates import date_text
from cabrief.language.text import Text, join, template, unstopped
from cabrief.model.happened import EVENT_STATUS
from cabrief.model.kinds.actors import Actor
from cabrief.model.kinds.events import Event
from cabrief.model.kinds.notes import Note
from cabrief.model.record import Fact, label
from cabrief.reports import moments
from cabrief.reports.credits import PLANNED
from cabrief.reports.desk import UNKNOWN_CELL, Desk, filled, plain, section
from cabrief.reports.memberships import MEMBERSHIPS, memberships
from cabrief.reports.offices import people
from cabrief.reports.rest import the_rest
from cabrief.store.base import Base

FIELDS = ("id", "name", "aim", "means", "corridor_role", "last_summit", "refs", "by", "disputes")
TABLE: tuple[tuple[Text, str], ...] = (
    (Text("Wants", "目的"), "aim"),
    (Text("Engages by", "手段"), "means"),
    (Text("Part in the corridor", "回廊での役割"), "corridor-role"),
)
FULL_PROFILE: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (Text("What it wants", "目的と動機"), ("aim", "motive", "policy")),
    (Text("How it engages", "手段"), ("means", "cooperation")),
    (Text("Its part in the corridor", "回廊での役割"), ("corridor-role",)),
    (Text("Strengths", "強み"), ("strength",)),
    (Text("Limits and risks", "限界とリスク"), ("limit", "risk", "challenge", "dependency", "constraint")),
    (Text("What it should do", "提言"), ("recommendation",)),
    (Text("Outlook", "見通し"), ("outlook", "significance")),
    (Text("Background", "背景"), ("background", "assessment", "definition", "resource")),
)

LINKED = "actor_or_of_or_by_or_to_or_party_or_host"


def view(base: Base, as_of: str, names: Sequence[str] = ()) -> Document:
    """Table of the pack's powers and of the others on record; or powers in full.

    `names` are ids of powers that exist; with them, there are no rows. Those of the table have FIELDS, a power each, and
    `layer` where something of a power is laid over the pack.
    """
    desk = Desk(base, as_of)
    if names:
        records = [base.get(name) for name in names]
        title = template(
            "{n}: how it engages {r}", "{n}：{r}への関与", n=join([label(a) for a in records]), r=base.pack.region
        )
        if len(records) == 1:
            return desk.document(title, _full(desk, records[0]))
        return desk.document(title, [section(label(actor), sections=_full(desk, actor)) for actor in records])
    others = [actor for actor in desk.find(Actor) if actor.id not in base.pack.powers]
    rows = [_row(desk, power) for power in (*base.pack.powers, *(actor.id for actor in others))]
    title = template("The powers around {r}", "{r}をめぐる主要国", r=base.pack.region)
    sections = [
        section(None, powers_table(desk, base.pack.powers)),
        *filled(section(Text("Others", "その他"), desk.bullets(others))),
    ]
    fields = (*FIELDS, "layer") if any(row["layer"] for row in rows) else FIELDS
    return desk.document(title, sections, fields, rows)


def powers_table(desk: Desk, powers: Iterable[str]) -> Table:
    """Powers down, in the order given; what each wants, how it engages, its part, and its last summit with the region across.

    `powers` are ids. A column in which no power has anything is left out.
    """
    powers = tuple(powers)
    told = {aspect: [notes(desk, power, aspect) for power in powers] for _, aspect in TABLE}
    heads = (Text("Power", "国・機関"), *(head for head, aspect in TABLE if any(told[aspect])), last_summit(desk))
    rows = tuple(
        (
            plain(desk.name(power)),
            *(merged(desk, found[i]) for found in told.values() if any(found)),
            _last(desk, power),
        )
        for i, power in enumerate(powers)
    )
    return Table(columns=tuple(Column(title=head) for head in heads), rows=rows)


def notes(desk: Desk, power: str, aspect: str) -> list[Note]:
    """What is held of a power in one respect, the `aspect` of a note: what belongs on a page, else all.

    What is held of several together comes last. Empty where nothing is.
    """
    mine = sorted((n for n in desk.find(Note, of=power) if n.aspect == aspect), key=lambda note: len(note.of) > 1)
    return [n for n in mine if n.key] or mine


def unshown(desk: Desk, powers: Sequence[str]) -> int:
    """How many statements on some powers, in the respects of the table, it has no room for."""
    shown = {note.id for power in powers for _, aspect in TABLE for note in notes(desk, power, aspect)}
    aspects = {aspect for _, aspect in TABLE}
    held = {note.id for power in powers for note in desk.find(Note, of=power) if note.aspect in aspects}
    return len(held - shown)


def last_summit(desk: Desk) -> Text:
    """What the last summit of a power alone with the region is called."""
    return template("Last summit with {r}", "{r}との直近の首脳会合", r=desk.base.pack.region)


def merged(desk: Desk, facts: Iterable[Fact], *, short: bool = False) -> Cell:
    """Several facts in one cell, which says behind each whose it is.

    With `short`, in their short forms. The cell has the id of the first and the references of all; of no facts it is
    unknown.
    """
    found = [desk.cell(fact, desk.shortly(fact) if short else None) for fact in facts]
    if not found:
        return UNKNOWN_CELL
    one = found[0].by if len(found) == 1 else None
    texts = [cell.text if one or not cell.by else _signed(cell.text, cell.by) for cell in found]
    return Cell(
        text=join(texts, " ", "") if not short else join([unstopped(text) for text in texts], ". ", "。"),
        id=found[0].id,
        by=one,
        refs=tuple(dict.fromkeys(ref for cell in found for ref in cell.refs)),
        disputes=tuple(dict.fromkeys(id_ for cell in found for id_ in cell.disputes)),
        more=tuple(cell.id for cell in found[1:] if cell.id),
    )


def _signed(text: Text, by: Text) -> Text:
    """A sentence with whose it is before its full stop."""
    return template("{t} ({b}).", "{t}（{b}）。", t=unstopped(text), b=by)


def summits(desk: Desk, power: str) -> list[dict[str, Any]]:
    """Summits of one power alone with the whole region, as rows of the timeline in the order of time."""
    region = set(desk.base.pack.countries)
    found = (event for event in desk.find(Event, actor_or_host=power) if event.type == "summit")
    found = (event for event in found if region <= {*event.countries, event.host})
    # two names tell of most events that others took part, which saves making a row of them
    alone = (event for event in found if set(desk.sorted_out(event.actors[:2])[1]) <= {power})
    return [row for row in moments.event_rows(desk, alone) if set(row["actors"]) <= {power}]


def summit_cell(desk: Desk, row: dict[str, Any]) -> Cell:
    """A summit, a row of the timeline, as date and place, with what became of it where it was not simply held."""
    parts = [date_text(row["date"]), *([row["place"]] if row["place"] else [])]
    text = join(parts)
    if row["status"] in EVENT_STATUS:
        text = template("{t} ({s})", "{t}（{s}）", t=text, s=EVENT_STATUS[row["status"]])
    by = row["by"] if row["by"] is not PLANNED else None
    return Cell(text=text, id=row["id"], by=by, refs=row["refs"], disputes=desk.disputes(row["id"]))


def _last(desk: Desk, power: str) -> Cell:
    held = [row for row in summits(desk, power) if row["status"] == "held"]
    return summit_cell(desk, held[-1]) if held else UNKNOWN_CELL


def _row(desk: Desk, power: str) -> dict[str, Any]:
    cells = {aspect: merged(desk, notes(desk, power, aspect)) for _, aspect in TABLE}
    last = _last(desk, power)
    refs = dict.fromkeys(ref for cell in (*cells.values(), last) for ref in cell.refs)
    whose = [by for by in dict.fromkeys(cell.by for cell in cells.values()) if by]
    over, told = desk.base.overlaid(), (id_ for cell in (*cells.values(), last) for id_ in (cell.id, *cell.more))
    layers = dict.fromkeys(over[root] for root in (power, *(id_.partition(".")[0] for id_ in told)) if root in over)
    said = {aspect: None if cell.state == "unknown" else cell.text for aspect, cell in cells.items()}
    return {
        "id": power,
        "name": desk.name(power),
        "aim": said["aim"],
        "means": said["means"],
        "corridor_role": said["corridor-role"],
        "last_summit": last.id or None,
        "refs": tuple(refs),
        "by": join(whose, "; ", "、") if whose else None,
        "disputes": tuple(dict.fromkeys(id_ for cell in (*cells.values(), last) for id_ in cell.disputes)),
        "layer": ", ".join(layers) or None,
    }


def _full(desk: Desk, actor: Actor) -> list[Section]:
    of = desk.find(Note, of=actor.id)
    seen = {note.id for note in of}
    named = [note for note in desk.find(Note, actor=actor.id) if note.id not in seen]
    sections = [section(Text("In short", "要点"), desk.bullets([actor]))]
    for title, aspects in FULL_PROFILE:
        sections.append(section(title, desk.bullets([n for n in of if n.aspect in aspects])))
    events = desk.find(Event, actor_or_host=actor.id)
    region = set(desk.base.pack.countries)
    events = [event for event in events if region & {*event.countries, event.host}]
    rows = moments.event_rows(desk, events)
    summits_title = template("Summits and meetings with {r}", "{r}との会合", r=desk.base.pack.region)
    sections.append(section(summits_title, moments.time_block(desk, rows), moments.undated(desk, events)))
    sections.append(section(Text("People", "人物"), people(desk, actor.id)))
    sections.append(section(MEMBERSHIPS, memberships(desk, actor.id)))
    sections.append(section(Text("Where else it is named", "その他の言及"), desk.bullets(named)))
    return filled(*sections, *the_rest(desk, sections, desk.find(**{LINKED: actor.id})))
