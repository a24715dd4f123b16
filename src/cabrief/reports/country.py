"""A country's profile, in a fixed order: scanned, not read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cabrief.document import Column, Document, Pairs, Paragraph, Section, Table
from cabrief.language.text import Text, join, template
from cabrief.model.happened import MEETINGS
from cabrief.model.kinds.agreements import Agreement
from cabrief.model.kinds.commitments import Commitment
from cabrief.model.kinds.countries import Country
from cabrief.model.kinds.events import Event
from cabrief.model.kinds.figures import Figure
from cabrief.model.kinds.notes import Note
from cabrief.model.kinds.projects import Project
from cabrief.model.kinds.statements import Statement
from cabrief.model.record import Fact
from cabrief.reports import moments, standings
from cabrief.reports.desk import Desk, filled, plain, section
from cabrief.reports.figures import TABLES, all_figures, figure_table
from cabrief.reports.memberships import MEMBERSHIPS, memberships
from cabrief.reports.offices import offices, people
from cabrief.reports.rest import printed_in, the_rest
from cabrief.store.base import Base

KINDS_SHOWN = (Note, Event, Agreement, Commitment, Project, Figure, Statement)
ASPECTS: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (Text("Foreign policy", "外交"), ("policy", "aim", "strength")),
    (
        Text("Dependencies and constraints", "依存と制約"),
        ("dependency", "constraint", "limit", "risk", "challenge"),
    ),
    (Text("Resources", "資源"), ("resource",)),
)


def view(base: Base, as_of: str, names: Sequence[str]) -> Document:
    """Profile one country, or several one after the other.

    `names` are ids of countries that exist, in the order of the pages.
    """
    desk = Desk(base, as_of)
    countries = [base.country(name) for name in names]
    title = template("{c}: country profile", "{c}：国別概況", c=join([country.name for country in countries]))
    if len(countries) == 1:
        return desk.document(title, profile(desk, countries[0]), subjects=tuple(names))
    return desk.document(title, [section(c.name, sections=profile(desk, c)) for c in countries], subjects=tuple(names))


def profile(desk: Desk, country: Country) -> list[Section]:
    """The sections of one country."""
    desk.country = country.id
    linked = {"country_or_of_or_by_or_to_or_party_or_host_or_done_in": country.id}
    own = desk.find(*KINDS_SHOWN, **linked)
    seen = {fact.id for fact in own}
    own += [each for each in desk.find(Commitment, region=desk.base.pack.id) if each.id not in seen]
    notes = [fact for fact in own if isinstance(fact, Note)]
    used = {aspect for _, aspects in ASPECTS for aspect in aspects}
    sections = [section(Text("At a glance", "概要"), glance(desk, country))]
    sections += filled(section(Text("Who is who", "要人"), offices(desk, country.id)))
    host = desk.name(desk.base.pack.host)
    for table, head in TABLES.items():
        title = template(head.en, head.ja, h=host)
        sections += filled(section(title, all_figures(desk, country.id, table)))
    rest = [f for f in own if isinstance(f, Figure) and not (f.measure and f.countries == (country.id,))]
    others = figure_table(desk, [(figure.label, figure) for figure in rest if not _of_summit(desk, figure)])
    sections += filled(section(Text("Other figures", "その他の数字"), others))
    for title, aspects in ASPECTS:
        found = [note for note in notes if note.aspect in aspects and (not note.of or country.id in note.of)]
        sections += filled(section(title, desk.bullets(found)))
    sections.append(ties(desk, country, own))
    other = [fact for fact in own if isinstance(fact, Event) and not _with_host(desk, fact)]
    rows = moments.time_block(desk, moments.event_rows(desk, other))
    sections += filled(section(Text("Other events", "その他の出来事"), rows, moments.undated(desk, other)))
    sections += filled(section(Text("People", "人物"), people(desk, country.id)))
    sections.append(section(MEMBERSHIPS, memberships(desk, country.id)))
    further = [n for n in notes if n.aspect not in used or (n.of and country.id not in n.of)]
    further = [n for n in further if not _of_summit(desk, n)]
    voices = [fact for fact in own if isinstance(fact, Statement)]
    sections += filled(
        section(Text("Further points", "その他の論点"), desk.bullets(further)),
        section(Text("What was said", "発言"), desk.bullets(voices)),
    )
    region = desk.find(Note, region=desk.base.pack.id, aspect=tuple(used))
    sections += filled(
        section(template("Shared by {r}", "{r}全体に共通", r=desk.base.pack.region), desk.bullets(region))
    )
    left = standings.unnamed(desk.find(**linked), standings.of(desk, [country.id]))
    return [*sections, *the_rest(desk, sections, left), *_on_all(desk, sections, country)]


def _on_all(desk: Desk, sections: Iterable[Section], country: Country) -> list[Section]:
    """How much is on record about all countries together that some sections do not print; nothing where that is nothing."""
    printed, pack = printed_in(sections), desk.base.pack
    left = [fact for fact in desk.find(region=pack.id) if isinstance(fact, Fact) and fact.id not in printed]
    told = template(
        "On all of {r} together, {n} more: cabrief facts --country {c}.",
        "{r}全体についてほかに{n}件：cabrief facts --country {c}。",
        r=pack.region,
        n=len(left),
        c=country.id,
    )
    return [section(None, Paragraph(text=told, kept=True))] if left else []


def glance(desk: Desk, country: Country) -> Pairs:
    """The basics, in the pack's order; what nobody has found is said to be unknown."""
    return Pairs(
        items=tuple(
            (basic.label, desk.value(f"{country.id}.{basic.id}", country.basics.get(basic.id), basic.fresh_years))
            for basic in desk.base.pack.basics
        )
    )


def ties(desk: Desk, country: Country, own: Sequence[Fact]) -> Section:
    """Ties with the host: treaties with their gaps, what the summit brought, events, projects."""
    host = desk.name(desk.base.pack.host)
    found = standings.of(desk, [country.id])
    columns = tuple(Column(title=t) for t in (standings.TYPE, standings.STATUS_HEAD, standings.STEPS, standings.NEXT))
    rows = tuple(
        (
            plain(desk.name(each.type)),
            standings.status_cell(desk, each),
            standings.steps_cell(each),
            standings.next_cell(desk, each),
        )
        for each in found
    )
    gaps = [each for each in found if not each.in_force]
    met = desk.find(Event, region=desk.base.pack.id, actor_or_host=desk.base.pack.host, event_type=MEETINGS)
    mine = [*(f for f in own if isinstance(f, Event) and _with_host(desk, f)), *met]
    events = list({event.id: event for event in mine}.values())
    parts = [
        section(
            Text("Treaties", "条約・協定"),
            Table(columns=columns, rows=rows),
            *standings.gap_lines(desk, gaps),
            sections=standings.notes_on(desk, found),
        ),
        section(
            Text("What the summit brought", "首脳会合の成果"),
            desk.bullets(
                sorted(
                    (f for f in own if not isinstance(f, Event) and _of_summit(desk, f)),
                    key=lambda fact: not isinstance(fact, Agreement),
                )
            ),
        ),
        section(
            Text("Agreements", "文書"),
            desk.bullets(f for f in own if isinstance(f, Agreement) and not _of_summit(desk, f)),
        ),
        section(
            Text("Events", "出来事"),
            moments.time_block(desk, moments.event_rows(desk, events)),
            moments.undated(desk, events),
        ),
        section(Text("Projects", "事業"), desk.bullets(f for f in own if isinstance(f, Project))),
        section(
            Text("Commitments", "約束"),
            desk.bullets(f for f in own if isinstance(f, Commitment) and not _of_summit(desk, f)),
        ),
    ]
    return section(template("Ties with {h}", "{h}との関係", h=host), sections=filled(*parts))


def _with_host(desk: Desk, event: Event) -> bool:
    return desk.base.pack.host in (*event.actors, event.host)


def _of_summit(desk: Desk, fact: Fact) -> bool:
    """Whether a fact belongs to the pack's summit: to the event, or to an agreement or a meeting made around it."""
    summit = desk.base.pack.summit
    if not summit or isinstance(fact, Statement):
        return False
    if isinstance(fact, Agreement):
        return fact.event == summit or _around(desk, fact.event)
    return fact.event == summit or _around(desk, fact.event) or _agreed_around(desk, fact.agreement)


def _around(desk: Desk, event: str | None) -> bool:
    if not event or not desk.base.pack.summit:
        return False
    record = desk.card(event)
    return bool(record) and getattr(record, "event", None) == desk.base.pack.summit


def _agreed_around(desk: Desk, agreement: str | None) -> bool:
    record = desk.card(agreement) if agreement else None
    return record is not None and (record.event == desk.base.pack.summit or _around(desk, record.event))
