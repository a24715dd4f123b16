"""Facts under the headings that their kinds name, and what a long form has not printed yet: it holds all that is on record."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from cabrief.document import Cell, Pairs, Section, cells
from cabrief.language.dates import within_text
from cabrief.language.text import Text, join, same, template, unstopped
from cabrief.model.kinds.actors import Actor
from cabrief.model.kinds.events import Event
from cabrief.model.kinds.figures import Figure
from cabrief.model.kinds.organisations import Organisation
from cabrief.model.kinds.people import Person
from cabrief.model.kinds.treaties import Step, Treaty, stage_text, to_come
from cabrief.model.record import Fact, Record, label
from cabrief.model.standing import next_known, step_has_come, steps_ahead
from cabrief.reports import moments, standings
from cabrief.reports.credits import PLANNED
from cabrief.reports.desk import Desk, filled, section
from cabrief.reports.figures import figure_table
from cabrief.reports.noting import with_layer

GROUPS: dict[str, Text] = {
    "promises": Text("What is promised", "約束・目標"),
    "agreements": Text("Agreements", "文書"),
    "cooperation": Text("Fields of cooperation", "協力分野"),
    "projects": Text("Projects and routes", "事業・経路"),
    "significance": Text("Why it matters", "意義"),
    "positions": Text("Positions, dependencies and resources", "立場・依存・資源"),
    "risks": Text("Risks and limits", "リスクと限界"),
    "recommendations": Text("Recommendations", "提言"),
    "outlook": Text("Outlook", "見通し"),
    "voices": Text("What was said", "発言"),
    "background": Text("Background", "背景"),
}  # headings of pages on a topic or an event, in order, by the section that each kind of fact names
MAINLY_NAMES = (Actor, Person, Organisation)


def grouped(desk: Desk, facts: Sequence[Fact]) -> list[Section]:
    """Facts under the headings that their kinds name; figures stand in a table of their own."""
    left = [fact for fact in facts if not isinstance(fact, Figure)]
    return [
        section(title, desk.bullets(fact for fact in left if fact.topic_section() == name))
        for name, title in GROUPS.items()
    ]


def printed_in(sections: Iterable[Section]) -> set[str]:
    """Ids of the records of which some sections print anything."""
    return {id_.partition(".")[0] for id_ in _stated(sections)}


def _stated(sections: Iterable[Section]) -> set[str]:
    return {id_ for cell in cells(tuple(sections)) for id_ in (cell.id, *cell.more)}


def the_rest(desk: Desk, sections: Iterable[Section], facts: Sequence[Record]) -> list[Section]:
    """Under one heading, the facts and treaties that some sections do not print; nothing where they print all.

    A figure that nobody has found is left out, as in the tables above it.
    """
    stated, printed = _stated(sections), printed_in(sections)
    facts_left = (fact for fact in facts if isinstance(fact, Fact))
    # that somebody is a member of a body does not tell what it is
    left = [fact for fact in facts_left if fact.id not in (stated if isinstance(fact, Organisation) else printed)]
    figures = [fact for fact in left if isinstance(fact, Figure) and fact.value is not None]
    events = [fact for fact in left if isinstance(fact, Event)]
    named = [fact for fact in left if isinstance(fact, MAINLY_NAMES)]
    treaties = [each for each in facts if isinstance(each, Treaty)]
    notes = standings.step_notes(desk, ((each, (desk.country,)) for each in treaties if each.id not in stated))
    parts = filled(
        section(Text("Figures", "数字"), figure_table(desk, [(figure.label, figure) for figure in figures])),
        section(
            Text("Events", "出来事"),
            moments.time_block(desk, moments.event_rows(desk, events)),
            moments.undated(desk, events),
        ),
        section(Text("Other treaties", "その他の条約・協定"), _treaties(desk, treaties, stated), sections=notes),
        *grouped(desk, [fact for fact in left if not isinstance(fact, MAINLY_NAMES)]),
        section(Text("People and bodies", "人物・機関"), desk.bullets(named)),
    )
    return [section(Text("Also on record", "その他の記録"), sections=parts)] if parts else []


def _treaties(desk: Desk, treaties: Sequence[Treaty], printed: Container[str]) -> Pairs:
    """Treaties that are not printed, each with its steps and with what is in force in its place among them all."""
    newer: dict[str | None, list[Text]] = {}
    for each in treaties:
        come = _come(desk, each)
        # until it applies, the older one does
        waits = any(step.stage == "applies" for step in steps_ahead(each, come, desk.by_day))
        if not waits and any(step.stage == "in-force" for step in come):
            newer.setdefault(each.replaces, []).append(with_layer(desk.base, each.id, label(each)))
    items = []
    for each in treaties:
        if each.id not in printed:
            steps = _come(desk, each)
            ahead = steps_ahead(each, steps, desk.by_day)
            noted = next_known(each, desk.by_day)
            if not steps and not ahead and not noted:
                continue  # nobody knew of it
            told = [stage_text(step.stage, step.date) for step in steps]
            forms = ("{s}, {d} ({p})", "{s}（{d}、{p}）")
            told += [template(*forms, s=to_come(step.stage), d=within_text(step.date), p=PLANNED) for step in ahead]
            told += [unstopped(standings.noted_words(desk, noted))] if noted else []
            if each.id in newer:
                told.append(template("replaced by: {t}", "後継：{t}", t=join(newer[each.id])))
            cited = [*(step.refs for step in (*steps, *ahead)), noted.refs if noted else ()]
            refs = tuple(dict.fromkeys(ref for refs in cited for ref in refs))
            text = join(told, "; ", "；") if told else same("—")
            items.append(
                (label(each), Cell(text=text, id=each.id, refs=refs, disputes=desk.disputes(each.id, desk.country)))
            )
    return Pairs(items=tuple(items))


def _come(desk: Desk, treaty: Treaty) -> list[Step]:
    return [step for step in treaty.steps if step_has_come(step, desk.by_day)]
