"""A page on the summit, or on a topic: what a reader with ten minutes needs, and where to look further."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cabrief.document import Bullets, Cell, Column, Document, Pairs, Paragraph, Section, Table, Timeline
from cabrief.language.dates import bounds, date_text, years_since
from cabrief.language.text import Text, join, same, template
from cabrief.model.happened import UNREPORTED, taking_part
from cabrief.model.kinds.agreements import Agreement
from cabrief.model.kinds.commitments import Commitment
from cabrief.model.kinds.disputes import Dispute
from cabrief.model.kinds.events import Event
from cabrief.model.kinds.figures import Figure
from cabrief.model.kinds.notes import Note
from cabrief.model.kinds.topics import Topic
from cabrief.model.kinds.treaties import Treaty
from cabrief.model.record import Fact, label
from cabrief.model.standing import Standing
from cabrief.reports import actors, moments, standings
from cabrief.reports.desk import UNKNOWN_CELL, Desk, filled, plain, section
from cabrief.reports.disputes import claim_words
from cabrief.reports.noting import with_layer
from cabrief.reports.rest import grouped, the_rest
from cabrief.reports.topic_treaties import topic_standings, topic_treaties
from cabrief.store.base import Base

EXPECTED = 2  # years within which a reader expects a figure to be


def view(base: Base, as_of: str, subject: str | None = None) -> Document:
    """Brief on the pack's summit, on another event, or on a topic.

    `subject` is the id of an event, an agreement or a topic that exists; None is the pack's summit.
    """
    desk = Desk(base, as_of)
    if subject is None or subject == base.pack.summit:
        return _summit(desk)
    record = base.get(subject)
    if not isinstance(record, Topic) and not base.can_be_told(record.id, as_of):
        return nothing_yet(desk, record)
    return _topic(desk, record) if isinstance(record, Topic) else _event(desk, record)


def nothing_yet(desk: Desk, record: Event | Agreement) -> Document:
    """A page on what nobody knew of on the day of the report."""
    return desk.document(template("Brief: {t}", "概況メモ：{t}", t=record.title), [section(None)])


def _summit(desk: Desk) -> Document:
    pack = desk.base.pack
    if not pack.summit:
        return desk.document(pack.name, [])
    event: Event = desk.base.get(pack.summit)
    key = desk.find(key=pack.id)
    told = [each for each in desk.find(Event) if each.id == event.id]
    notes = [fact for fact in key if isinstance(fact, Note)]
    motives = [note for note in notes if note.aspect in ("motive", "significance")]
    whole = set(pack.countries)
    sections = [
        section(Text("In short", "要点"), desk.bullets([*told, *(f for f in key if _opens(f, event.id))])),
        happened(desk, event),
        *filled(section(Text("Since then", "その後"), _since(desk, event))),
        section(Text("The figures", "数字"), figures(desk, [f for f in key if isinstance(f, Figure)])),
        agreed(
            desk, event, [f for f in key if isinstance(f, (Note, Commitment)) and (f.agreement or f.event == event.id)]
        ),
        section(
            template("Why it matters to {h}", "{h}にとっての意義", h=desk.name(pack.host)),
            desk.bullets(n for n in motives if pack.host in n.of),
        ),
        section(
            template("Why it matters to {r}", "{r}にとっての意義", r=pack.region),
            desk.bullets(n for n in motives if pack.host not in n.of and whole & {*n.of, *n.countries}),
        ),
        section(Text("The powers around them", "周辺の主要国"), actors.powers_table(desk, pack.powers)),
        section(Text("Which treaties are missing", "未整備の条約"), *missing(desk)),
        section(
            Text("What could go wrong, what comes next", "課題と今後"),
            desk.bullets(n for n in notes if n.aspect in ("risk", "challenge", "limit", "outlook", "recommendation")),
            *ahead(desk),
        ),
        section(Text("What is disputed", "主な争点"), disputed(desk)),
    ]
    meetings = (event.id, *desk.classes(Event, event=event.id))  # those around it
    linked = (*meetings, *desk.classes(Agreement, event=meetings), pack.id)
    sections += the_rest(desk, sections, desk.find(event_or_agreement_or_key=linked))
    return desk.document(template("Brief: {t}", "概況メモ：{t}", t=event.title), filled(*sections))


def _opens(fact: Fact, event: str) -> bool:
    """Whether a fact belongs to the bottom line: the documents of the event itself, and what has a price on it."""
    return (isinstance(fact, Agreement) and fact.event == event) or (isinstance(fact, Commitment) and bool(fact.amount))


def happened(desk: Desk, event: Event) -> Section:
    """The event and the meetings around it, in the order of time; then those of which no date is known."""
    around = [each for each in desk.find(Event) if event.id in (each.id, each.event)]
    rows = moments.time_block(desk, moments.event_rows(desk, around))
    return section(Text("What happened", "経過"), rows, moments.undated_others(desk, around))


def _since(desk: Desk, event: Event) -> Timeline:
    """What has come about with the host since an event: meetings, and steps of treaties."""
    after, host = bounds(event.date or "9999")[1], desk.base.pack.host
    return moments.time_block(
        desk,
        (
            row
            for row in moments.every_moment(desk)
            if row["kind"] != "commitment"
            and host in row["actors"]
            and bounds(row["date"])[0] > after
            and moments.is_behind(row, desk.as_of)
            and not moments.is_unreported(row)
        ),
    )


def figures(desk: Desk, found: Sequence[Figure]) -> Table:
    """Numbers with their dates: a row a figure, under what it measures, value and date."""
    heads = (Text("Figure", "項目"), Text("Value", "数値"), Text("Date or period", "時点・期間"))
    rows = []
    for figure in found:
        date = figure.as_of or figure.date
        rows.append(
            (
                plain(figure.label),
                desk.cell(figure, figure.as_words()),
                plain(_dated(date, desk.as_of)),
            )
        )
    return Table(columns=tuple(Column(title=head) for head in heads), rows=tuple(rows))


def _dated(date: str | None, as_of: str) -> Text:
    """Date of a figure, and its age where it is older than a reader would expect."""
    if date is None:
        return same("—")
    years = years_since(date, as_of)
    text = date_text(date)
    return template("{d} – {n} years old", "{d}・{n}年前の値", d=text, n=years) if years >= EXPECTED else text


def agreed(desk: Desk, event: Event, items: Sequence[Fact]) -> Section:
    """What was agreed, area by area, the rest after the areas; the event's own documents before those around it.

    `items` are the facts to sort.
    """
    documents = {each.id for each in desk.find(Agreement, event=event.id)}
    left = [fact for fact in items if not getattr(fact, "amount", None)]
    left.sort(key=lambda fact: fact.agreement not in documents)
    parts = []
    for area in desk.base.pack.areas:
        mine = [fact for fact in left if area in fact.topics]
        left = [fact for fact in left if area not in fact.topics]
        parts.append(section(desk.name(area), desk.bullets(mine)))
    parts.append(section(Text("Across the areas", "分野横断"), desk.bullets(left)))
    return section(Text("What was agreed", "合意内容"), sections=filled(*parts))


def missing(desk: Desk) -> list[Any]:
    """Blocks of a section: the treaties by type and country, and the command that tells dates and reasons."""
    pack = desk.base.pack
    found = standings.of(desk, pack.countries)
    columns = (Column(title=standings.TYPE), *(Column(title=desk.name(country)) for country in pack.countries))
    return [
        standings.matrix(desk, pack.countries, found).but(columns=columns),
        Paragraph(
            text=Text(
                "Dates, reasons and sources: cabrief treaties, cabrief treaties --missing.",
                "日付・理由・出典は cabrief treaties、cabrief treaties --missing を参照。",
            )
        ),
    ]


def ahead(desk: Desk) -> tuple[Timeline, Bullets]:
    """What lies ahead of the day, what was due by it and has no known outcome, and what is planned without a date."""
    events = desk.find(Event)
    rows = moments.event_rows(desk, events)
    dated = moments.time_block(desk, [row for row in rows if row["status"] in ("planned", *UNREPORTED)])
    return dated, moments.undated_ahead(desk, events)


def _in_time(desk: Desk, events: Sequence[Event]) -> tuple[Timeline, Bullets]:
    return moments.time_block(desk, moments.event_rows(desk, events)), moments.undated(desk, events)


def disputed(desk: Desk) -> Bullets:
    """Disputes of high weight: what is held, against whom."""
    rows = []
    for dispute in desk.find(Dispute):
        if dispute.weight == "high":
            said = join([claim_words(desk, claim) for claim in dispute.others], "; ", "／")
            text = template("{h} Otherwise: {s}.", "{h}これと異なる記述：{s}。", h=dispute.held, s=said)
            refs = (*dispute.refs, *(ref for claim in dispute.others for ref in claim.refs))
            rows.append(Cell(text=text, id=dispute.id, refs=tuple(dict.fromkeys(refs))))
    return Bullets(items=tuple(rows))


def _topic(desk: Desk, topic: Topic) -> Document:
    found = desk.find(topic=topic.id)
    facts = [fact for fact in found if isinstance(fact, Fact)]
    facts.sort(key=lambda fact: not fact.key)
    events = [fact for fact in facts if isinstance(fact, Event)]
    numbers = [fact for fact in facts if isinstance(fact, Figure)]
    standing = topic_standings(desk, topic.id)
    sections = [
        *(
            [section(Text("About", "対象"), Paragraph(text=with_layer(desk.base, topic.id, topic.text), kept=True))]
            if topic.text
            else []
        ),
        section(Text("The figures", "数字"), figures(desk, numbers)),
        section(Text("What happened, what is due", "経過と予定"), *_in_time(desk, events)),
        section(Text("Treaties", "条約・協定"), _treaties(desk, standing), sections=standings.notes_on(desk, standing)),
    ]
    sections += grouped(desk, facts)
    title = template("Brief: {t}", "概況メモ：{t}", t=label(topic))
    treaties = standings.unnamed(topic_treaties(desk, topic.id), standing)
    others = [record for record in found if not isinstance(record, Treaty)]
    return desk.document(title, filled(*sections, *the_rest(desk, sections, [*others, *treaties])))


def _treaties(desk: Desk, found: Sequence[Standing]) -> Table:
    """How treaties stand with each country."""
    columns = tuple(Column(title=t) for t in (standings.TYPE, standings.COUNTRY, standings.STATUS_HEAD, standings.NEXT))
    rows = (
        (
            plain(desk.name(e.type)),
            plain(desk.name(e.country)),
            standings.status_cell(desk, e),
            standings.next_cell(desk, e),
        )
        for e in found
    )
    return Table(columns=columns, rows=tuple(rows))


def _event(desk: Desk, event: Event | Agreement) -> Document:
    """One event or agreement: what it was, who was there, what was said and agreed, and what belongs to it."""
    agreements = desk.find(Agreement, event=event.id)
    ids = {event.id, *(each.id for each in agreements)}
    facts = [fact for fact in desk.find(event_or_agreement=tuple(ids)) if fact.id != event.id]
    who = [desk.name(id_) for id_ in taking_part(event)]
    items = [(Text("Date", "日付"), plain(date_text(event.date)) if event.date else UNKNOWN_CELL)]
    items += (
        [(Text("Place", "場所"), plain(event.place).but(id=event.id, credited=desk.by(event)))]
        if isinstance(event, Event) and event.place
        else []
    )
    items += [(Text("Who", "参加"), plain(join(who)))] if who else []
    events = [f for f in facts if isinstance(f, Event)]
    sections = [
        section(Text("In short", "要点"), desk.bullets([event]), Pairs(items=tuple(items))),
        section(Text("The figures", "数字"), figures(desk, [f for f in facts if isinstance(f, Figure)])),
        section(Text("What happened around it", "前後の出来事"), *_in_time(desk, events)),
    ]
    title = template("Brief: {t}", "概況メモ：{t}", t=event.title)
    return desk.document(title, filled(*sections, *grouped(desk, facts)))
