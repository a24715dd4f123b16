"""Who holds which office, and who speaks for a country or a power."""

from __future__ import annotations

from cabrief.document import Pairs
from cabrief.language.dates import bounds, date_text, has_begun, years_since
from cabrief.language.text import template
from cabrief.model.kinds.people import OFFICES, Person
from cabrief.reports.desk import Desk

OLD_OFFICE = 1  # years after which who was known to hold an office may have left it


def offices(desk: Desk, id_: str) -> Pairs:
    """Who holds the offices that a desk asks for, as of the day."""
    host = desk.name(desk.base.pack.host)
    # somebody sent to all countries is kept with the region
    sent = [*desk.find(Person, country=id_), *desk.find(Person, region=desk.base.pack.id)]
    people = [
        *desk.find(Person, of=id_),
        *(p for p in sent if p.office == "ambassador-from-host" and id_ in p.countries),
    ]
    found = []
    for office, name in OFFICES.items():
        holders = [p for p in people if p.office == office and not has_left(desk, p)]
        holders = [p for p in holders if not p.since or desk.by_day.has_happened(p.since, p.refs)]
        if holders:
            holder = max(holders, key=lambda p: max(bounds(day)[0] for day in (p.since or "0001", p.as_of or "0001")))
            text = holder.name
            if since := holder.since or holder.as_of:
                forms = ("{n}, since {d}", "{n}（{d}から）") if holder.since else ("{n}, as of {d}", "{n}（{d}時点）")
                if holder.since and holder.as_of and years_since(holder.as_of, desk.as_of) >= OLD_OFFICE:
                    forms = ("{n}, since {d} (as of {a})", "{n}（{d}から、{a}時点）")
                text = template(*forms, n=holder.name, d=date_text(since), a=date_text(holder.as_of or since))
            found.append((template(name.en, name.ja, h=host), desk.cell(holder, text)))
    return Pairs(items=tuple(found))


def has_left(desk: Desk, person: Person) -> bool:
    """Whether the last day in the office is over."""
    if not person.until:
        return False
    first, last = bounds(person.until)
    return last < desk.as_of or (first < last and desk.by_day.has_happened(person.until, person.refs))


def people(desk: Desk, id_: str) -> Pairs:
    """Who speaks for a country or a power: names, each with a role as of a date."""
    items = []
    for person in desk.find(Person, of=id_):
        if person.as_of and not has_begun(person.as_of, desk.as_of):
            continue  # what is known of the role is younger than the report
        role = person.role
        if person.until and has_left(desk, person):
            role = template("{r} (until {d})", "{r}（{d}まで）", r=role, d=date_text(person.until))
        elif person.as_of:
            role = template("{r} (as of {d})", "{r}（{d}時点）", r=role, d=date_text(person.as_of))
        items.append((person.name, desk.cell(person, role)))
    return Pairs(items=tuple(items))
