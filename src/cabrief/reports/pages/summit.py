"""One page on the pack's summit: what was agreed, what it is worth, what has come of it."""

from __future__ import annotations

from cabrief.document import Bullets, Document
from cabrief.language.text import Text, template
from cabrief.model.kinds.agreements import Agreement
from cabrief.model.kinds.commitments import Commitment
from cabrief.model.kinds.events import Event
from cabrief.model.kinds.figures import Figure
from cabrief.model.kinds.notes import Note
from cabrief.reports.desk import IN_SHORT, Desk, filled, plain, section
from cabrief.reports.figures import figure_table
from cabrief.reports.pages.building import (
    Page,
    labelled_figures,
    labelled_lines,
    left_out,
    what_was_agreed,
)
from cabrief.reports.pages.fitting import fitted
from cabrief.reports.pages.since import newer_step, since_line, since_summit
from cabrief.store.base import Base


def summit_page(base: Base, as_of: str) -> Document:
    """One page on the pack's summit: what was agreed area by area, what it is worth, what has come of it, what is missing."""
    desk = Desk(base, as_of)
    page = Page(desk)
    if page.summit is None:
        return desk.document(base.pack.name, [])
    event = page.summit
    meetings = (event.id, *desk.classes(Event, event=event.id))
    documents = desk.classes(Agreement, event=meetings)
    linked = {"event_or_agreement_or_key": (*meetings, *documents, page.pack.id)}
    facts = desk.find(Agreement, Commitment, Note, **linked)
    promises = [f for f in facts if isinstance(f, Commitment)]
    figures = sorted(
        desk.find(Figure, key=page.pack.id), key=lambda f: not set(page.pack.countries) <= set(f.countries)
    )
    target = next(iter(page.urgent([p for p in promises if p.amount])), None)
    told = page.best([f for f in facts if isinstance(f, Agreement) and f.event == event.id], 2)
    page.printed |= {event.id, *({target.id} if target else ())}
    hosted = desk.find(Event, actor_or_host=page.pack.host)
    since = newer_step(page, since_summit(page, hosted, promises), page.summit_day)
    in_short = section(
        IN_SHORT,
        labelled_lines(
            (Text("What", "内容"), page.cell(event) if desk.by_day.is_announced(event.refs) else None),
            *zip((Text("Agreed", "合意"), Text("Also", "ほかに")), map(page.cell, told), strict=False),
            (Text("Target", "目標"), page.cell(target) if target else None),
            (Text("Since then", "その後"), since_line(page, since)),
            (Text("Promises", "約束"), plain(page.verdict(promises)) if promises else None),
        ),
    )
    areas = []
    for area in page.pack.areas:
        # a line about all areas stands under none of them; what concerns all countries comes before what concerns one
        mine = [f for f in what_was_agreed(facts) if area in f.topics and not set(page.pack.areas) <= set(f.topics)]
        mine.sort(key=lambda f: not set(page.pack.countries) <= set(f.countries))
        areas.append(section(desk.name(area), page.bullets(page.best(mine, 4))))
    rest = [f for f in facts if isinstance(f, Note) and f.aspect in ("risk", "challenge", "limit", "outlook")]
    motives = [f for f in facts if isinstance(f, Note) and f.aspect in ("motive", "significance")]
    sections = [
        in_short,
        section(Text("What was agreed", "合意内容"), sections=filled(*areas)),
        section(Text("The figures", "数字"), figure_table(desk, labelled_figures(page.best(figures, 3)))),
        section(Text("Why it matters", "意義"), page.bullets(page.best(motives, 2))),
        section(
            Text("Treaties", "条約・協定"),
            labelled_lines(
                (Text("In force", "発効済み"), page.treaties_in_force() if page.pack.treaty_types else None)
            ),
        ),
        section(Text("Challenges and outlook", "課題と見通し"), page.bullets(page.best(rest, 2))),
        section(Text("Ahead", "今後"), Bullets(items=tuple(page.moments(hosted, 2, ahead=True)))),
    ]
    left = left_out("cabrief brief --full")
    title = template("Brief: {t}", "概況メモ：{t}", t=event.title)
    return fitted(desk.document(title, filled(*sections), left_out=left))
