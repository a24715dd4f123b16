"""One page on a power: what it wants, how it engages, when it met the region, where its limits are."""

from __future__ import annotations

from cabrief.document import Bullets, Document
from cabrief.language.text import Text, template
from cabrief.model.happened import MEETINGS
from cabrief.model.kinds.actors import Actor
from cabrief.model.kinds.events import Event
from cabrief.model.kinds.notes import Note
from cabrief.model.record import label
from cabrief.reports import actors
from cabrief.reports.desk import IN_SHORT, Desk, filled, plain, section
from cabrief.reports.pages.building import NONE_ON_RECORD, Page, labelled_lines, latest_held, left_out
from cabrief.reports.pages.fitting import fitted
from cabrief.store.base import Base


def actor_page(base: Base, as_of: str, actor: Actor) -> Document:
    """One page on a power: what it wants, how it engages, when it met the region, where its limits are. It has no rows."""
    desk = Desk(base, as_of)
    page = Page(desk)
    page.printed.add(actor.id)
    notes = desk.find(Note, of=actor.id)
    events = desk.find(Event, actor_or_host=actor.id)
    region = set(page.pack.countries)
    met = [e for e in events if e.type in MEETINGS and region & {*e.countries, e.host}]
    own = {note.id for note in notes}
    named = [note for note in desk.find(Note, actor=actor.id) if note.id not in own]
    summits = {row["id"] for row in actors.summits(desk, actor.id)}  # as the table of all powers counts them
    last = page.moments(latest_held(desk, (each for each in met if each.id in summits)), 1, ahead=False)
    ahead = page.moments(met, 1, ahead=True)
    in_short = section(
        IN_SHORT,
        labelled_lines(
            (Text("What", "概要"), page.cell(actor)),
            (actors.last_summit(desk), last[0] if last else plain(NONE_ON_RECORD)),
            (Text("Ahead", "今後"), ahead[0] if ahead else None),
            (Text("Contested", "争点"), page.contested({actor.id, *(f.id for f in notes)})),
        ),
    )
    groups = (
        (Text("What it wants", "目的"), ("aim", "motive", "policy")),
        (Text("How it engages", "手段"), ("means", "cooperation")),
        (Text("Its part in the corridor", "回廊での役割"), ("corridor-role",)),
        (
            Text("Strengths and limits", "強みと限界"),
            ("strength", "limit", "risk", "challenge", "dependency", "constraint"),
        ),
        (Text("Outlook and advice", "見通しと提言"), ("outlook", "recommendation", "significance")),
    )
    parts = [
        section(title, page.bullets(page.best([n for n in notes if n.aspect in aspects], 3)))
        for title, aspects in groups
    ]
    sections = [
        in_short,
        *parts,
        section(Text("Where else it is named", "その他の言及"), page.bullets(page.best(named, 3))),
        section(
            template("Meetings with {r}", "{r}との会合", r=page.pack.region),
            Bullets(items=tuple(page.moments(met, 5, ahead=False))),
        ),
    ]
    title = template("{n}: how it engages {r}", "{n}：{r}への関与", n=label(actor), r=page.pack.region)
    left = left_out(f"cabrief actors {actor.id} --full")
    return fitted(desk.document(title, filled(*sections), left_out=left))
