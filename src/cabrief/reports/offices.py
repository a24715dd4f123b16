"""Who holds which office, and who speaks for a country or a power."""

from __future__ import annotations

from cabrief.document import Pairs
from cabrief.language.dates import bounds, date_text, has_come
from cabrief.language.text import template
from cabrief.model.kinds.people import OFFICES, Person
from cabrief.reports.desk import Desk


def offices(desk: Desk, id_: str) -> Pairs:
    """Who holds the offices that a desk asks for, as of the day."""
    host = desk.name(desk.base.pack.host)
    people = [
        *desk.find(Person, of=id_),
        *(p for p in desk.find(Person, country=id_) if p.office == "ambassador-from-host"),
    ]
    found = []
    for office, name in OFFICES.items():
        holders = [p for p in people if p.office == office and not (p.until and has_come(p.until, desk.as_of))]
        holders = [p for p in holders if not p.since or has_come(p.since, desk.as_of)]
        if holders:
            holder = max(holders, key=lambda p: bounds(p.since or p.as_of or "0001")[0])
            text = holder.name
            if since := holder.since or holder.as_of:
                forms = ("{n}, since {d}", "{n}（{d}から）") if holder.since else ("{n}, as of {d}", "{n}（{d}時点）")
                text = template(*forms, n=holder.name, d=date_text(since))
            found.append((template(name.en, name.ja, h=host), desk.cell(holder, text)))
    return Pairs(items=tuple(found))


def people(desk: Desk, id_: str) -> Pairs:
    """Who speaks for a country or a power: names, each with a role as of a date."""
    items = []
    for person in desk.find(Person, of=id_):
        role = person.role
        if person.as_of:
            role = template("{r} (as of {d})", "{r}（{d}時点）", r=role, d=date_text(person.as_of))
        items.append((person.name, desk.cell(person, role)))
    return Pairs(items=tuple(items))
