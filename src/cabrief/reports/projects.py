"""Work on the ground: who carries it, what it costs, how far it is, country by country."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from cabrief.document import Bullets, Cell, Document, Paragraph, Section
from cabrief.language.dates import date_text, has_begun, years_since
from cabrief.language.text import EMPTY, Text, join, sentence, template, unstopped
from cabrief.model.kinds.projects import Project
from cabrief.reports.credits import names_amount
from cabrief.reports.desk import NOT_BEGUN, Desk, filled, section
from cabrief.store.base import Base

FIELDS = (
    "id",
    "name",
    "text",
    "partners",
    "sector",
    "amount",
    "countries",
    "status",
    "started",
    "date",
    "refs",
    "disputes",
    "nature",
    "whose",
)
OLD = 2  # years after which work that was under way may long be over
PROJECT_STATUS: dict[str, Text] = {
    "planned": Text("planned", "計画"),
    "signed": Text("signed", "署名済み"),
    "ongoing": Text("under way", "実施中"),
    "completed": Text("completed", "完了"),
    "unknown": Text("state not known", "状況不明"),
}


def view(
    base: Base,
    as_of: str,
    *,
    countries: Sequence[str] = (),
    topics: Sequence[str] = (),
    statuses: Sequence[str] = (),
) -> Document:
    """List the projects that pass every filter under their countries; a topic may be the sector or any other.

    `countries` and `topics` are ids, `statuses` words of the projects' own; an empty filter lets all pass. The rows have
    FIELDS.
    """
    desk = Desk(base, as_of)
    found = [
        each
        for each in desk.find(Project)
        if (not countries or set(desk.concerned(each)[0]) & set(countries))
        and (not topics or {each.sector, *each.topics} & set(topics))
        and (not statuses or each.status in statuses)
    ]
    title = template("Projects ({n})", "事業（{n}件）", n=len(found))
    if countries:
        where = desk.names(countries)
        title = template("Projects: {c} ({n})", "事業：{c}（{n}件）", c=where, n=len(found))
    sections = _by_country(desk, found, countries or base.pack.countries)
    return desk.document(title, sections, FIELDS, [_row(desk, each) for each in found])


def _by_country(desk: Desk, found: Sequence[Project], countries: Iterable[str]) -> list[Section]:
    """Projects of one country under it, those of several, and of none, behind."""
    by_countries: dict[tuple[str, ...], list[Project]] = {}
    for each in found:
        by_countries.setdefault(desk.concerned(each)[0], []).append(each)
    parts = [_listed(desk, desk.name(country), by_countries.pop((country,), [])) for country in countries]
    nowhere = by_countries.pop((), [])
    shared = [each for each in found if desk.concerned(each)[0] in by_countries]
    parts.append(_listed(desk, Text("Several countries", "複数の国"), shared))
    parts.append(_listed(desk, Text("No country named", "国の特定なし"), nowhere))
    counts = [
        _counted(n, text, sum(each.status == name and is_old(each, desk.as_of) for each in found))
        for name, text in PROJECT_STATUS.items()
        if (n := sum(each.status == name for each in found))
    ]
    several = (
        template("; {n} in several countries", "。うち{n}件は複数国にまたがる", n=len(shared)) if shared else EMPTY
    )
    en = "{n} project: {c}{s}." if len(found) == 1 else "{n} projects: {c}{s}."
    told = template(en, "{n}件：{c}{s}。", n=len(found), c=join(counts), s=several)
    return [section(None, Paragraph(text=told)), *filled(*parts)] if found else [section(None)]


def _counted(n: int, state: Text, old: int) -> Text:
    """How many are in a state, and of how many of them nothing newer is known."""
    text = template("{n} {s}", "{s}{n}件", n=n, s=state)
    if not old:
        return text
    return template(
        "{t} ({o} last reported {y} or more years ago)", "{t}（うち{o}件は{y}年以上前の情報）", t=text, o=old, y=OLD
    )


def _listed(desk: Desk, name: Text, found: Sequence[Project]) -> Section:
    """A line for each: the weightiest first, then the newest."""
    newest = newest_first(found)
    newest.sort(key=lambda each: ("high", "medium", "low").index(each.weight))
    title = template("{c} ({n})", "{c}（{n}件）", c=name, n=len(found))
    return section(title, Bullets(items=tuple(_line(desk, each) for each in newest)))


def newest_first(found: Iterable[Project]) -> list[Project]:
    """Projects by the last day that anything is told of them."""
    return sorted(found, key=lambda each: each.date or each.as_of or each.started or "", reverse=True)


def _line(desk: Desk, each: Project) -> Cell:
    """What it is, who carries it, what it costs, in which sector, and how far it is; with several countries, which."""
    facts = []
    countries = desk.concerned(each)[0]
    if len(countries) > 1:
        facts.append(desk.names(countries) if set(countries) < set(desk.base.pack.countries) else desk.base.pack.region)
    if each.partners:
        facts.append(join(list(each.partners)))
    said = desk.shortly(each)
    if each.amount and not names_amount(said, each.amount):
        facts.append(each.amount.as_words())
    if each.sector:
        facts.append(desk.name(each.sector))
    facts.append(project_state(each, desk.as_of))
    text = template("{t}. {f}", "{t}。{f}", t=unstopped(said), f=sentence(join(facts, "; ", "／")))
    cell = desk.cell(each, text)
    return cell.but(by=None) if each.status in NOT_BEGUN and cell.by in NOT_BEGUN.values() else cell


def project_state(each: Project, day: str) -> Text:
    """How far a project is, since when, and as of which day; of one of which nothing new is known, when it was last told of."""
    text = PROJECT_STATUS[each.status]
    if each.started:
        forms = (
            ("{s}, begun {d}", "{s}、{d}開始")
            if has_begun(each.started, day)
            else ("{s}, to begin {d}", "{s}、{d}開始予定")
        )
        text = template(*forms, s=text, d=date_text(each.started))
    if not each.as_of or each.as_of == each.started:
        return text
    last = ("{s} (last report {d})", "{s}（最後の情報は{d}）")
    form = last if is_old(each, day) or each.status == "unknown" else ("{s} (as of {d})", "{s}（{d}時点）")
    return template(*form, s=text, d=date_text(each.as_of))


def is_old(each: Project, day: str) -> bool:
    """Whether a project that is not over was last told of so long ago that it may be."""
    going = each.status in ("planned", "signed", "ongoing")
    return going and bool(each.as_of) and years_since(each.as_of or "", day) >= OLD


def _row(desk: Desk, each: Project) -> dict[str, Any]:
    amount = {"value": each.amount.value, "unit": each.amount.unit} if each.amount else None
    return {
        "id": each.id,
        "name": each.name,
        "text": desk.told(each),
        "partners": each.partners,
        "sector": each.sector,
        "amount": amount,
        "countries": desk.concerned(each)[0],
        "status": each.status,
        "started": each.started,
        "date": each.date,
        "refs": each.refs,
        "disputes": desk.disputes(each.id),
        "nature": each.nature,
        "whose": desk.by(each),
    }
