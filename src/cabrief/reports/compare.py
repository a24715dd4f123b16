"""Countries, or outside powers, side by side: aspects as rows, subjects as columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from cabrief.document import Cell, Column, Document, Paragraph, Section, State, Table
from cabrief.language.dates import has_begun
from cabrief.language.text import Text, join, template
from cabrief.model.kinds.agreements import Agreement
from cabrief.model.kinds.commitments import Commitment
from cabrief.model.kinds.countries import Country
from cabrief.model.kinds.events import Event
from cabrief.model.kinds.notes import Note
from cabrief.model.kinds.organisations import MEMBER_ROLES, Organisation
from cabrief.model.kinds.projects import Project
from cabrief.model.record import Fact, label
from cabrief.reports import actors, treaties
from cabrief.reports.desk import Desk, plain, section
from cabrief.store.base import Base

NONE = Cell(text=Text("nothing on record", "記録なし"), state="unknown")
ASPECT = Text("Aspect", "項目")
LISTS: dict[str, tuple[Text, tuple[str, ...]]] = {
    "policy": (Text("Foreign policy", "外交"), ("policy", "strength")),
    "dependencies": (Text("Dependencies and constraints", "依存と制約"), ("dependency", "constraint")),
    "resources": (Text("Resources", "資源"), ("resource",)),
    "risks": (Text("Risks", "リスク"), ("risk", "challenge")),
}
COUNTRY_ASPECTS = ("basics", "treaties", "memberships", *LISTS, "ties")
POWER_ASPECTS = ("engagement", "summits", "strengths", "risks")
Row = tuple[Cell, ...]


def view(
    base: Base, as_of: str, ids: Sequence[str], *, aspects: Sequence[str] = (), only_differences: bool = False
) -> Document:
    """Compare countries with countries, or powers with powers."""
    desk = Desk(base, as_of)
    countries = isinstance(base.get(ids[0]), Country)
    makers: dict[str, Callable[[Desk, Sequence[str]], Section]] = _COUNTRIES if countries else _POWERS
    sections = [makers[aspect](desk, ids) for aspect in (aspects or makers)]
    if only_differences:
        sections = [_differences(part) for part in sections]
    return desk.document(template("{s} compared", "{s}の比較", s=join([desk.name(id_) for id_ in ids])), sections)


def _table(desk: Desk, title: Text, ids: Sequence[str], rows: Iterable[Row]) -> Section:
    columns = (Column(title=ASPECT), *(Column(title=desk.name(id_)) for id_ in ids))
    return section(title, Table(columns=columns, rows=tuple(_marked(row) for row in rows)))


def _marked(row: Row) -> Row:
    """The row with its head marked where the subjects differ."""
    head, *cells = row
    if len({cell.text for cell in cells}) < 2 or head.text.en.isdigit():  # noqa: PLR2004 - all alike, or a mere number
        return row
    return (head.but(text=template("{h} ≠", "{h} ≠", h=head.text)), *cells)


def _differences(part: Section) -> Section:
    """The section without the rows in which all subjects agree."""
    blocks = []
    for block in part.blocks:
        if isinstance(block, Table):
            kept = tuple(row for row in block.rows if len({cell.text for cell in row[1:]}) > 1)
            same = Paragraph(text=Text("No differences.", "違いなし。"))
            blocks.append(block.but(rows=kept) if kept else same)
    return part.but(blocks=tuple(blocks))


def _basics(desk: Desk, ids: Sequence[str]) -> Section:
    countries = [desk.base.country(id_) for id_ in ids]
    rows = (
        (
            plain(basic.label),
            *(desk.value(f"{c.id}.{basic.id}", c.basics.get(basic.id), basic.fresh_years) for c in countries),
        )
        for basic in desk.base.pack.basics
    )
    return _table(desk, Text("At a glance", "概要"), ids, rows)


def _treaties(desk: Desk, ids: Sequence[str]) -> Section:
    types = desk.base.pack.treaty_types
    found = {(each.type, each.country): each for each in treaties.standings(desk, types, ids)}
    rows = ((plain(desk.name(kind)), *(treaties.status_cell(desk, found[kind, id_]) for id_ in ids)) for kind in types)
    title = template("Treaties with {h}", "{h}との条約・協定", h=desk.name(desk.base.pack.host))
    return _table(desk, title, ids, rows)


def _memberships(desk: Desk, ids: Sequence[str]) -> Section:
    rows = []
    for body in desk.find(Organisation):
        roles = {m.of: m for m in body.members if not m.as_of or has_begun(m.as_of, desk.as_of)}
        if set(roles) & set(ids):
            cells = []
            for id_ in ids:
                member, name = roles.get(id_), f"{body.id}.{id_}"
                if member is None:
                    cells.append(Cell(text=Text("unknown", "不明"), state="unknown", id=name))
                else:
                    state: State = "no" if member.role == "none" else "value"
                    cells.append(
                        Cell(
                            text=MEMBER_ROLES[member.role],
                            state=state,
                            id=name,
                            refs=member.refs,
                            disputes=desk.disputes(name),
                        )
                    )
            rows.append((plain(body.abbreviation or label(body)), *cells))
    return _table(desk, Text("Memberships", "加盟機関"), ids, rows)


def _listed(name: str) -> Callable[[Desk, Sequence[str]], Section]:
    title, aspects = LISTS[name]

    def make(desk: Desk, ids: Sequence[str]) -> Section:
        shared = set(ids) == set(desk.base.pack.countries)
        notes = {id_: [n for n in desk.find(Note, of=id_) if n.aspect in aspects] for id_ in ids}
        return _lists(desk, title, ids, notes, one=shared)

    return make


def _lists(desk: Desk, title: Text, ids: Sequence[str], notes: dict[str, list[Note]], *, one: bool) -> Section:
    """Statements under each subject, one a row; many subjects at once get only as many as each has marked or first."""
    most = max((len(found) for found in notes.values()), default=0)
    rows = []
    for number in range(min(most, 3) if one else most):
        cells = [
            desk.cell(notes[id_][number]) if number < len(notes[id_]) else NONE.but(text=Text("—", "—")) for id_ in ids
        ]
        rows.append((plain(str(number + 1)), *cells))
    part = _table(desk, title, ids, rows)
    if one and most > 3:  # noqa: PLR2004 - as above
        more = Text(
            "The first three each; the rest: cabrief country NAME.", "各国上位3件。全件は cabrief country 国名。"
        )
        return part.but(blocks=(*part.blocks, Paragraph(text=more)))
    return part


def _ties(desk: Desk, ids: Sequence[str]) -> Section:
    """What binds each to the host: counts of what is on record, and gaps."""
    kinds: tuple[tuple[Text, type[Fact]], ...] = (
        (Text("Events on record", "出来事の件数"), Event),
        (Text("Agreements", "文書の件数"), Agreement),
        (Text("Commitments", "約束の件数"), Commitment),
        (Text("Projects", "事業の件数"), Project),
    )
    rows: list[Row] = [(plain(title), *(plain(str(_count(desk, kind, id_))) for id_ in ids)) for title, kind in kinds]
    found = {id_: treaties.standings(desk, desk.base.pack.treaty_types, [id_]) for id_ in ids}
    open_ = (Text("Not in force", "効力が確認できないもの"), Text("No evidence found", "根拠が見つからないもの"))
    for title in open_:
        missing = [
            [e for e in found[id_] if not e.in_force and (e.status == "unknown") == (title is open_[1])] for id_ in ids
        ]
        names = [[desk.name(each.type) for each in mine] for mine in missing]
        rows.append((plain(title), *(plain(join(each) if each else Text("none", "なし")) for each in names)))
    return _table(desk, template("Ties with {h}", "{h}との関係", h=desk.name(desk.base.pack.host)), ids, rows)


def _count(desk: Desk, kind: type[Fact], country: str) -> int:
    """How many facts of a kind are about a country, those about all countries among them."""
    found = (*desk.find(kind, country_or_to=country), *desk.find(kind, region=desk.base.pack.id))
    return len({fact.id for fact in found})


def _engagement(desk: Desk, ids: Sequence[str]) -> Section:
    told = [(title, [actors.notes(desk, id_, aspect) for id_ in ids]) for title, aspect in actors.TABLE]
    rows = ((plain(title), *(actors.merged(desk, each) for each in found)) for title, found in told if any(found))
    return _table(desk, Text("How they engage", "関与の仕方"), ids, rows)


def _summits(desk: Desk, ids: Sequence[str]) -> Section:
    found = {id_: actors.summits(desk, id_) for id_ in ids}
    most = max((len(rows) for rows in found.values()), default=0)
    rows = []
    for number in range(most):
        cells = [actors.summit_cell(desk, found[id_][number]) if number < len(found[id_]) else NONE for id_ in ids]
        rows.append((plain(str(number + 1)), *(c if c is not NONE else c.but(text=Text("—", "—")) for c in cells)))
    title = template("Summits with {r}", "{r}との首脳会合", r=desk.base.pack.region)
    return _table(desk, title, ids, rows)


def _strengths(desk: Desk, ids: Sequence[str]) -> Section:
    wanted = ("strength", "limit", "motive")
    notes = {id_: [n for n in desk.find(Note, of=id_) if n.aspect in wanted] for id_ in ids}
    return _lists(desk, Text("Motives, strengths and limits", "動機・強み・限界"), ids, notes, one=False)


_COUNTRIES: dict[str, Callable[[Desk, Sequence[str]], Section]] = {
    "basics": _basics,
    "treaties": _treaties,
    "memberships": _memberships,
    **{name: _listed(name) for name in LISTS},
    "ties": _ties,
}
_POWERS: dict[str, Callable[[Desk, Sequence[str]], Section]] = {
    "engagement": _engagement,
    "summits": _summits,
    "strengths": _strengths,
    "risks": _listed("risks"),
}
