"""A page on the summit, or on a topic: what a reader with ten minutes needs, and where to look further."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from cabrief.base import Base
from cabrief.dates import years_since
from cabrief.document import Bullets, Cell, Column, Document, Paragraph, Section, Table
from cabrief.facts import (
    Agreement,
    Commitment,
    Dispute,
    Event,
    Fact,
    Figure,
    Note,
    Organisation,
    Person,
    Project,
    Route,
    Statement,
    Topic,
    Treaty,
    figure_text,
    label,
)  # fmt: skip
from cabrief.text import Text, date_text, join, same, template
from cabrief.views import timeline, treaties
from cabrief.views.common import Desk, filled, plain, section

EXPECTED = 2  # years within which a reader expects a figure to be
POWER_ASPECTS: tuple[tuple[Text, str], ...] = (
    (Text("Wants", "目的"), "aim"),
    (Text("Engages by", "手段"), "means"),
    (Text("Part in the corridor", "回廊での役割"), "corridor-role"),
)
GROUPS: tuple[tuple[Text, Callable[[Any], bool]], ...] = (
    (Text("What is promised", "約束・目標"), lambda f: isinstance(f, Commitment)),
    (Text("Agreements", "文書"), lambda f: isinstance(f, Agreement)),
    (Text("Projects and routes", "事業・経路"), lambda f: isinstance(f, (Project, Route))),
    (
        Text("Why it matters", "意義"),
        lambda f: isinstance(f, Note) and f.aspect in ("significance", "motive"),
    ),
    (
        Text("Positions, dependencies and resources", "立場・依存・資源"),
        lambda f: (
            isinstance(f, Note)
            and f.aspect in ("policy", "dependency", "constraint", "resource", "aim", "means", "corridor-role")
        ),
    ),
    (
        Text("Risks and limits", "リスクと限界"),
        lambda f: isinstance(f, Note) and f.aspect in ("risk", "challenge", "limit"),
    ),
    (Text("Recommendations", "提言"), lambda f: isinstance(f, Note) and f.aspect == "recommendation"),
    (Text("Outlook", "見通し"), lambda f: isinstance(f, Note) and f.aspect == "outlook"),
    (Text("What was said", "発言"), lambda f: isinstance(f, Statement)),
    (Text("Background", "背景"), lambda f: isinstance(f, (Note, Route, Organisation, Person))),
)


def view(base: Base, as_of: str, subject: str | None = None) -> Document:
    """Brief on the pack's summit, or on a topic."""
    desk = Desk(base, as_of)
    return _summit(desk) if subject is None else _topic(desk, base.get(subject))


def _summit(desk: Desk) -> Document:
    pack = desk.base.pack
    event: Event | None = desk.base.get(pack.summit) if pack.summit else None
    if event is None:
        return desk.document(pack.name, [])
    key = desk.told(fact for fact in desk.base.find() if isinstance(fact, Fact) and fact.key)
    notes = [fact for fact in key if isinstance(fact, Note)]
    motives = [note for note in notes if note.aspect in ("motive", "significance")]
    whole = set(pack.countries)
    sections = [
        section(Text("In short", "要点"), desk.bullets([event, *(f for f in key if _opens(f, event.id))])),
        happened(desk, event),
        section(Text("The figures", "数字"), figures(desk, [f for f in key if isinstance(f, Figure)])),
        agreed(desk, event, [f for f in key if isinstance(f, (Note, Commitment)) and f.agreement]),
        section(
            template("Why it matters to {h}", "{h}にとっての意義", h=desk.name(pack.host)),
            desk.bullets(n for n in motives if pack.host in n.of),
        ),
        section(
            template("Why it matters to {r}", "{r}にとっての意義", r=pack.region),
            desk.bullets(n for n in motives if pack.host not in n.of and whole & {*n.of, *n.countries}),
        ),
        section(Text("The powers around them", "周辺の主要国"), powers(desk)),
        section(Text("Which treaties are missing", "未整備の条約"), *missing(desk)),
        section(
            Text("What could go wrong, what comes next", "課題と今後"),
            desk.bullets(n for n in notes if n.aspect in ("risk", "challenge", "limit", "outlook", "recommendation")),
            ahead(desk),
        ),
        section(Text("What is disputed", "争点と誤り"), disputed(desk)),
    ]
    return desk.document(template("Brief: {t}", "ブリーフ：{t}", t=event.title), filled(*sections))


def _opens(fact: Fact, event: str) -> bool:
    """Whether a fact belongs to the bottom line: the documents of the event itself, and what has a price on it."""
    return (isinstance(fact, Agreement) and fact.event == event) or (isinstance(fact, Commitment) and bool(fact.amount))


def happened(desk: Desk, event: Event) -> Section:
    """The summit and the meetings around it."""
    around = [each for each in desk.base.find(Event, event=event.id) if each.id != event.id]
    return section(Text("What happened", "経過"), timeline.timeline(desk, timeline.event_rows(desk, [event, *around])))


def figures(desk: Desk, found: Sequence[Figure]) -> Table:
    """Numbers with their dates."""
    heads = (Text("Figure", "項目"), Text("Value", "数値"), Text("As of", "時点"))
    rows = []
    for figure in found:
        date = figure.as_of or figure.date
        rows.append(
            (
                plain(figure.label),
                desk.cell(figure, figure_text(figure)),
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
    """What was agreed, area by area, the rest after the areas; the event's own documents before those around it."""
    documents = {each.id for each in desk.base.find(Agreement, event=event.id)}
    left = [fact for fact in items if not getattr(fact, "amount", None)]
    left.sort(key=lambda fact: fact.agreement not in documents)
    parts = []
    for area in desk.base.pack.areas:
        mine = [fact for fact in left if area in fact.topics]
        left = [fact for fact in left if fact not in mine]
        parts.append(section(desk.name(area), desk.bullets(mine)))
    parts.append(section(Text("Across the areas", "分野横断"), desk.bullets(left)))
    return section(Text("What was agreed", "合意内容"), sections=filled(*parts))


def powers(desk: Desk) -> Table:
    """Powers down; what each wants, how it engages, its part, and its last summit with the region across."""
    pack = desk.base.pack
    heads = (
        Text("Power", "主体"),
        *(head for head, _ in POWER_ASPECTS),
        Text("Last summit with the region", "直近の首脳会合"),
    )
    rows = []
    for power in pack.powers:
        notes = [note for note in desk.base.find(Note, of=power) if len(note.of) == 1]
        by_aspect = []
        for _, aspect in POWER_ASPECTS:
            mine = [note for note in notes if note.aspect == aspect and note.key] or [
                note for note in notes if note.aspect == aspect
            ]
            by_aspect.append(merged(desk, mine))
        rows.append((plain(desk.name(power)), *by_aspect, _last_summit(desk, power)))
    return Table(columns=tuple(Column(title=head) for head in heads), rows=tuple(rows))


def merged(desk: Desk, facts: Iterable[Fact]) -> Cell:
    """Several facts in one cell."""
    found = [desk.cell(fact) for fact in facts]
    if not found:
        return Cell(text=Text("unknown", "不明"), state="unknown")
    return Cell(
        text=join([cell.text for cell in found], " ", ""),
        id=found[0].id,
        refs=tuple(dict.fromkeys(ref for cell in found for ref in cell.refs)),
        disputes=tuple(dict.fromkeys(id_ for cell in found for id_ in cell.disputes)),
    )


def _last_summit(desk: Desk, power: str) -> Cell:
    held = [
        row
        for row in timeline.event_rows(desk, desk.base.find(Event, actor=power))
        if row["kind"] == "summit"
        and row["status"] == "held"
        and len(set(row["actors"]) & set(desk.base.pack.powers)) == 1
    ]
    if not held:
        return Cell(text=Text("unknown", "不明"), state="unknown")
    last = held[-1]
    parts = [date_text(last["date"]), *([last["place"]] if last["place"] else [])]
    return Cell(text=join(parts), id=last["id"], refs=last["refs"], disputes=desk.disputes(last["id"]))


def missing(desk: Desk) -> list[Any]:
    """The gaps, a line a type."""
    pack = desk.base.pack
    found = treaties.standings(desk, pack.treaty_types, pack.countries)
    columns = (Column(title=treaties.TYPE), *(Column(title=desk.name(country)) for country in pack.countries))
    return [
        treaties.matrix(desk, pack.treaty_types, pack.countries, found).but(columns=columns),
        Paragraph(
            text=Text(
                "Dates, reasons and sources: cabrief treaties, cabrief treaties --missing.",
                "日付・理由・出典は cabrief treaties、cabrief treaties --missing を参照。",
            )
        ),
    ]


def ahead(desk: Desk) -> Any:
    """What lies ahead of the day, and what was due by it and has no known outcome."""
    rows = timeline.event_rows(desk, desk.base.find(Event))
    return timeline.timeline(desk, [row for row in rows if row["status"] in ("planned", "unknown")])


def disputed(desk: Desk) -> Bullets:
    """Disputes of high weight: what is held, against whom."""
    rows = []
    for dispute in desk.base.find(Dispute):
        if dispute.weight == "high":
            said = join([claim.says for claim in dispute.others], "; ", "；")
            text = template("{h} Otherwise: {s}", "{h}これに対し、{s}", h=dispute.held, s=said)
            refs = (*dispute.refs, *(ref for claim in dispute.others for ref in claim.refs))
            rows.append(Cell(text=text, id=dispute.id, refs=tuple(dict.fromkeys(refs))))
    return Bullets(items=tuple(rows))


def _topic(desk: Desk, topic: Topic) -> Document:
    found = desk.base.find(topic=topic.id)
    facts = desk.told(fact for fact in found if isinstance(fact, Fact))
    facts.sort(key=lambda fact: not fact.key)
    events = timeline.event_rows(desk, [fact for fact in facts if isinstance(fact, Event)])
    numbers = [fact for fact in facts if isinstance(fact, Figure)]
    sections = [
        *([section(Text("About", "対象"), Paragraph(text=topic.text))] if topic.text else []),
        section(Text("The figures", "数字"), figures(desk, numbers)),
        section(Text("What happened, what is due", "経過と予定"), timeline.timeline(desk, events)),
        section(Text("Treaties", "条約・協定"), _treaties(desk, [r for r in found if isinstance(r, Treaty)])),
    ]
    left = [fact for fact in facts if not isinstance(fact, (Event, Figure))]
    for title, belongs in GROUPS:
        mine = [fact for fact in left if belongs(fact)]
        left = [fact for fact in left if not belongs(fact)]
        sections.append(section(title, desk.bullets(mine)))
    return desk.document(template("Brief: {t}", "ブリーフ：{t}", t=label(topic)), filled(*sections))


def _treaties(desk: Desk, found: Sequence[Treaty]) -> Table:
    pairs = [(treaty.type, country) for treaty in found for country in treaty.countries]
    rows = [each for kind, country in dict.fromkeys(pairs) for each in treaties.standings(desk, [kind], [country])]
    columns = tuple(Column(title=t) for t in (treaties.TYPE, treaties.COUNTRY, treaties.STATUS, treaties.NEXT))
    return Table(
        columns=columns,
        rows=tuple(
            (
                plain(desk.name(each.type)),
                plain(desk.name(each.country)),
                treaties.status_cell(desk, each),
                treaties.next_cell(each),
            )
            for each in rows
        ),
    )
