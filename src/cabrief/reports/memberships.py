"""In which organisations a country or a power stands."""

from __future__ import annotations

from cabrief.document import Cell, Column, Table
from cabrief.language.dates import date_text
from cabrief.language.text import Text, same, template
from cabrief.model.kinds.organisations import MEMBER_ROLES, Organisation
from cabrief.model.record import label
from cabrief.reports.desk import Desk, plain

MEMBERSHIPS = Text("Memberships", "加盟機関")


def member_text(desk: Desk, body: Organisation, number: int) -> Text:
    """The standing of a member, by its number in the record, in words that stand alone: `Lake Union: Aru (member)`."""
    member = body.members[number]
    role = MEMBER_ROLES[member.role]
    role = template("{r}; {n}", "{r}、{n}", r=role, n=member.note) if member.note else role
    return template("{o}: {m} ({r})", "{o}：{m}（{r}）", o=body.name, m=desk.name(member.of), r=role)


def memberships(desk: Desk, id_: str) -> Table:
    """Organisations with the standing of a country or a power in each."""
    rows = []
    for body in desk.find(Organisation, member=id_):
        member = body.standing_of(id_, desk.as_of)
        if member is None:
            continue
        told = body.name_of(member)
        words = MEMBER_ROLES[member.role]
        if member.note:
            words = template("{w} ({n})", "{w}（{n}）", w=words, n=member.note)
        cell = Cell(
            text=words,
            id=told,
            refs=member.refs,
            disputes=desk.disputes(told),
            state="no" if member.role == "none" else "value",
        )
        name = (
            template("{n} ({a})", "{n}（{a}）", n=label(body), a=body.abbreviation)
            if body.abbreviation
            else label(body)
        )
        rows.append((plain(name), cell, plain(date_text(member.as_of) if member.as_of else same("—"))))
    heads = (Text("Organisation", "機関"), Text("Standing", "地位"), Text("As of", "時点"))
    return Table(columns=tuple(Column(title=head) for head in heads), rows=tuple(rows))
