"""Countries, or outside powers, side by side: aspects as rows, subjects as columns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from cabrief.document import Block, Cell, Column, Document, Paragraph, Section, State, Table
from cabrief.language.text import Text, join, same, template
from cabrief.model.concerns import concerned
from cabrief.model.happened import LEADERS
from cabrief.model.kinds.commitments import Commitment
from cabrief.model.kinds.countries import Country
from cabrief.model.kinds.events import Event
from cabrief.model.kinds.notes import Note
from cabrief.model.kinds.organisations import MEMBER_ROLES, Member, Organisation
from cabrief.model.promises import tally
from cabrief.model.record import label
from cabrief.model.standing import Standing
from cabrief.reports import actors, moments, standings
from cabrief.reports.desk import Desk, filled, plain, section
from cabrief.reports.figures import figures_compared
from cabrief.reports.memberships import MEMBERSHIPS
from cabrief.reports.themes import by_theme
from cabrief.store.base import Base

NO_VALUE = Cell(text=Text("—", "—"), state="unknown")
ASPECT, THEME = Text("Aspect", "項目"), Text("Theme", "主題")
LISTS: dict[str, tuple[Text, tuple[str, ...]]] = {
    "policy": (Text("Foreign policy", "外交"), ("policy", "strength")),
    "dependencies": (Text("Dependencies and constraints", "依存と制約"), ("dependency", "constraint")),
    "resources": (Text("Resources", "資源"), ("resource",)),
    "risks": (Text("Risks", "リスク"), ("risk", "challenge")),
}
# What a reader compares first stands first.
COUNTRY_ASPECTS = ("basics", "treaties", "ties", "resources", "policy", "dependencies", "risks", "memberships")
POWER_ASPECTS = ("engagement", "summits", "strengths", "risks")
DIFFERS = Text(
    "≠ marks a known difference. Rows without it may differ too.",
    "≠：違いが確認された項目。印のない項目にも違いはありうる。",
)
FIGURES_OF = {"resources": "resources", "dependencies": "neighbours"}  # which table of figures stands with which aspect
NO_STATEMENT = Text("—: no statement of its own on record under this theme.", "—：この主題について固有の記述なし。")
OTHER_POINTS = Text("Other points", "その他の論点")
NO_DIFFERENCES = Text("No differences.", "違いなし。")
NO_DIFFERENCES_SHOWN = Text("No differences in what is shown.", "示した範囲では違いなし。")
NONE_KNOWN = Text("No differences known; some cells are unknown.", "わかる範囲では違いなし（不明の欄がある）。")
IN_A_CELL = 2  # statements of one theme and country
LEFT_OUT_OF_COMPARISON = (
    "{n} further point{s}: cabrief country NAME --full, or cabrief actors NAME --full.",
    "ほかの{n}件は cabrief country 国名 --full、または cabrief actors 国・機関名 --full。",
)
CellRow = tuple[Cell, ...]


def view(
    base: Base, as_of: str, ids: Sequence[str], *, aspects: Sequence[str] = (), only_differences: bool = False
) -> Document:
    """Compare countries with countries, or powers with powers: a table for each aspect, a column for each of them.

    `ids` are two or more that exist, all of one kind; `aspects` are words that the kind has, all of them where none is
    named, less those in which nobody has anything; another is a KeyError. With `only_differences`, lines in which all are
    alike are left out. There are no rows.
    """
    desk = Desk(base, as_of)
    countries = isinstance(base.get(ids[0]), Country)
    makers: dict[str, Callable[[Desk, Sequence[str]], Section]] = _COUNTRIES if countries else _POWERS
    sections = [makers[aspect](desk, ids) for aspect in (aspects or makers)]
    if not aspects:
        sections = filled(*sections) or [section(None)]
    if only_differences:
        alike = {_same_as(desk, id_) for id_ in ids}
        sections = [_differences(part, alike) for part in sections]
    sections = _explained(sections)
    forms = (
        ("{s} compared: differences only", "{s}の比較：相違点のみ")
        if only_differences
        else ("{s} compared", "{s}の比較")
    )
    title = template(*forms, s=join([desk.name(id_) for id_ in ids]))
    return desk.document(title, sections, subjects=tuple(ids))


def _table(desk: Desk, title: Text, ids: Sequence[str], rows: Iterable[CellRow], head: Text = ASPECT) -> Section:
    columns = (Column(title=head), *(Column(title=name) for name in standings.short_heads(desk, ids)))
    return section(title, Table(columns=columns, rows=tuple(rows)))


def _head(title: Text, values: Iterable[Any]) -> Cell:
    """Head of a row, marked where the subjects are known to differ in what matters; None is what nobody knows."""
    known = {value for value in values if value is not None}
    return plain(template("{t} ≠", "{t} ≠", t=title) if len(known) > 1 else title)


def _explained(sections: Sequence[Section]) -> list[Section]:
    """The sections with a line on the mark above the first table that has one."""
    kept = list(sections)
    for i, part in enumerate(kept):
        for block in part.blocks:
            if isinstance(block, Table) and any(row[0].text.en.endswith("≠") for row in block.rows):
                kept[i] = part.but(blocks=(Paragraph(text=DIFFERS), *part.blocks))
                return kept
    return kept


def _differences(part: Section, alike: Collection[Text]) -> Section:
    """The section without the rows in which all subjects agree; words that are `alike` point to an earlier column."""
    blocks: list[Block] = []
    none = NO_DIFFERENCES_SHOWN if any(isinstance(b, Paragraph) and b.kept for b in part.blocks) else NO_DIFFERENCES
    for block in part.blocks:
        if isinstance(block, Paragraph):  # how much is left out
            blocks.append(block)
        elif isinstance(block, Table):
            kept = tuple(
                row for row in block.rows if len({_known(cell) for cell in row[1:] if cell.text not in alike}) > 1
            )
            unknown = any(cell.state == "unknown" for row in block.rows for cell in row)
            blocks.append(block.but(rows=kept) if kept else Paragraph(text=NONE_KNOWN if unknown else none, kept=True))
    blocks = blocks or [Paragraph(text=NO_DIFFERENCES)] * bool(part.blocks)
    return part.but(blocks=tuple(blocks), sections=tuple(_differences(inner, alike) for inner in part.sections))


def _known(cell: Cell) -> Text | None:
    """What a cell tells; None for whatever nobody has found, on whichever day it was looked for."""
    return None if cell.state == "unknown" else cell.text


def _basics(desk: Desk, ids: Sequence[str]) -> Section:
    countries = [desk.base.country(id_) for id_ in ids]
    rows = []
    for basic in desk.base.pack.basics:
        given = [country.basics.get(basic.id) for country in countries]
        cells = [
            desk.value(f"{country.id}.{basic.id}", value, basic.fresh_years)
            for country, value in zip(countries, given, strict=True)
        ]
        values = [v and v.value if cell.state != "unknown" else None for v, cell in zip(given, cells, strict=True)]
        rows.append((_head(basic.label, values if basic.compare else ()), *cells))
    return _table(desk, Text("At a glance", "概要"), ids, rows)


def _treaties(desk: Desk, ids: Sequence[str]) -> Section:
    found = {(each.type, each.country): each for each in standings.of(desk, ids)}
    rows = []
    for kind in dict.fromkeys(kind for kind, _ in found):
        mine = [found.get((kind, id_)) for id_ in ids]
        known = [None if each is None or each.status == "unknown" else each.status for each in mine]
        cells = (standings.status_cell(desk, each) if each else standings.DASH for each in mine)
        rows.append((_head(desk.name(kind), known), *cells))
    title = template("Treaties with {h}", "{h}との条約・協定", h=desk.name(desk.base.pack.host))
    return _table(desk, title, ids, rows)


def _memberships(desk: Desk, ids: Sequence[str]) -> Section:
    rows = []
    for body in desk.find(Organisation):
        members = {id_: body.standing_of(id_, desk.as_of) for id_ in ids}
        if any(members.values()):
            roles = [(member.role, member.note) if member else None for member in members.values()]
            cells = (_membership(desk, body, id_, member) for id_, member in members.items())
            rows.append((_head(same(body.abbreviation) if body.abbreviation else label(body), roles), *cells))
    return _table(desk, MEMBERSHIPS, ids, rows)


def _membership(desk: Desk, body: Organisation, id_: str, member: Member | None) -> Cell:
    if member is None:
        return Cell(text=Text("unknown", "不明"), state="unknown", id=f"{body.id}.{id_}")
    name = body.name_of(member)
    state: State = "no" if member.role == "none" else "value"
    disputes = desk.disputes(name)
    text = MEMBER_ROLES[member.role]
    text = template("{r} ({n})", "{r}（{n}）", r=text, n=member.note) if member.note else text
    return Cell(text=text, state=state, id=name, refs=member.refs, disputes=disputes)


def _listed(name: str) -> Callable[[Desk, Sequence[str]], Section]:
    """Statements of an aspect; of countries, with the figures that belong to it."""
    title, aspects = LISTS[name]

    def listed(desk: Desk, ids: Sequence[str]) -> Section:
        part = _themes(desk, title, ids, aspects)
        if name in FIGURES_OF and isinstance(desk.base.get(ids[0]), Country):
            return part.but(sections=tuple(figures_compared(desk, ids, FIGURES_OF[name])))
        return part

    return listed


def _themes(desk: Desk, title: Text, ids: Sequence[str], aspects: Sequence[str]) -> Section:
    """Statements of some aspects, a row for each theme; those that most subjects share first, a few in each cell."""
    found = {
        id_: desk.find(Note, country_or_of=id_) for id_ in ids
    }  # a risk may be nobody's own, and yet about a country
    notes = {id_: [n for n in mine if n.aspect in aspects and (not n.of or id_ in n.of)] for id_, mine in found.items()}
    region = desk.find(Note, region=desk.base.pack.id)  # where a statement on all countries is kept
    countries = isinstance(desk.base.get(ids[0]), Country)
    shared = [n for n in region if n.aspect in aspects and ({*ids} <= {*n.of} or (countries and not n.of))]
    if shared and not any(notes.values()):
        return section(title, desk.bullets(shared))
    most = 1 if len(ids) >= standings.MANY else IN_A_CELL
    rows, left = [], len(shared)
    for theme, by in by_theme(notes):
        told = {id_: by[id_] for id_ in ids if id_ in by}
        cells = (_told(desk, told, id_, most) if id_ in told else NO_VALUE for id_ in ids)
        rows.append((plain(desk.name(theme) if theme else OTHER_POINTS), *cells))
        left += len({note.id for each in by.values() for note in each[most:]})
    part = _table(desk, title, ids, rows, THEME)
    gaps = (Paragraph(text=NO_STATEMENT),) if any(NO_VALUE in row for row in rows) else ()
    return part.but(blocks=(*part.blocks, *gaps, *_further(left)))


def _further(n: int) -> list[Paragraph]:
    """Where some points that a table leaves out are found."""
    return [Paragraph(text=template(*LEFT_OUT_OF_COMPARISON, n=n, s="s" * (n > 1)), kept=True)] if n else []


def _told(desk: Desk, told: Mapping[str, Sequence[Note]], id_: str, most: int) -> Cell:
    """The first statements of one subject in a row; where an earlier column says all of its statements and no other, that one."""
    mine = {note.id for note in told[id_]}
    earlier = list(told)[: list(told).index(id_)]
    cell = actors.merged(desk, told[id_][:most], short=True)
    alike = next((other for other in earlier if {note.id for note in told[other]} == mine), None)
    return Cell(text=_same_as(desk, alike), refs=cell.refs) if alike else cell


def _same_as(desk: Desk, id_: str) -> Text:
    return template("the same as for {c}", "{c}と同じ", c=desk.name(id_))


def _ties(desk: Desk, ids: Sequence[str]) -> Section:
    """What binds each to the host: the last meetings, treaties, promises; then the figures of the pack."""
    host = desk.name(desk.base.pack.host)
    events = moments.event_rows(desk, desk.find(Event, actor_or_host=desk.base.pack.host))
    held = [row for row in events if row["status"] == "held"]
    met = {id_: [row for row in held if id_ in row["countries"]] for id_ in ids}
    found: dict[str, list[Standing]] = {id_: [] for id_ in ids}
    for each in standings.of(desk, ids, desk.base.pack.treaty_types):
        found[each.country].append(each)
    promises: dict[str, list[Commitment]] = {id_: [] for id_ in ids}
    ours = (each for each in desk.find(Commitment) if desk.base.pack.host in (*each.by, *each.to))
    for each in ours:
        for id_ in promises.keys() & concerned(each):
            promises[id_].append(each)
    types = template(
        "Treaties in force, of {n} types", "発効済みの条約（{n}種類中）", n=len(desk.base.pack.treaty_types)
    )
    rows = [
        (
            plain(Text("Last summit of several countries", "直近の多国間首脳会合")),
            *(_last(desk, [row for row in met[id_] if not _is_alone(row)], "summit") for id_ in ids),
        ),
        (
            plain(Text("Last bilateral meeting", "直近の二国間会合")),
            *(_last(desk, [row for row in met[id_] if _is_alone(row)], *LEADERS) for id_ in ids),
        ),
        (plain(types), *(_types(desk, found[id_]) for id_ in ids)),
        (
            plain(template("Promises with {h}", "{h}との約束", h=host)),
            *(_promises(desk, promises[id_], id_) for id_ in ids),
        ),
    ]
    part = _table(desk, template("Ties with {h}", "{h}との関係", h=host), ids, rows)
    return part.but(sections=tuple(figures_compared(desk, ids, "ties")))


def _is_alone(row: dict[str, Any]) -> bool:
    """Whether a meeting was one with this country alone, as a country's page counts them."""
    return len(row["countries"]) == 1


def _last(desk: Desk, met: Sequence[dict[str, Any]], *kinds: str) -> Cell:
    mine = [row for row in met if row["kind"] in kinds]
    return actors.summit_cell(desk, mine[-1]) if mine else NO_VALUE.but(text=Text("none on record", "記録なし"))


def _types(desk: Desk, found: Sequence[Standing]) -> Cell:
    """How many types of treaty are in force, and which are not, by name."""
    parts = [template("{n}", "{n}件", n=sum(each.in_force for each in found))]
    parts += [
        template("{s}: {t}", "{s}：{t}", s=Text(title.en.lower(), title.ja), t=desk.names(each.type for each in mine))
        for title, mine in standings.gaps_by_title(found)
    ]
    return Cell(text=join(parts, "; ", "／"), refs=tuple(dict.fromkeys(ref for each in found for ref in each.refs)))


def _promises(desk: Desk, promises: Sequence[Commitment], country: str) -> Cell:
    """What became of the promises that concern a country, in numbers."""
    if not promises:
        return NO_VALUE.but(text=Text("none on record", "記録なし"))
    return plain(template("{n}: {c}", "{n}件：{c}", n=len(promises), c=tally(promises, desk.by_day, country)))


def _engagement(desk: Desk, ids: Sequence[str]) -> Section:
    told = [(title, [actors.notes(desk, id_, aspect) for id_ in ids]) for title, aspect in actors.TABLE]
    rows = [(plain(title), *(actors.merged(desk, each) for each in found)) for title, found in told if any(found)]
    part = _table(desk, Text("How they engage", "関与の仕方"), ids, rows)
    return part.but(blocks=(*part.blocks, *_further(actors.unshown(desk, ids))))


def _summits(desk: Desk, ids: Sequence[str]) -> Section:
    """The summits of each power with the region, a row for each year, the newest first."""
    found = {id_: actors.summits(desk, id_) for id_ in ids}
    years = sorted({row["date"][:4] for rows in found.values() for row in rows}, reverse=True)
    rows = [
        (
            plain(template("{y}", "{y}年", y=year)),
            *(_summits_of(desk, [row for row in found[id_] if row["date"][:4] == year]) for id_ in ids),
        )
        for year in years
    ]
    title = template("Summits with {r}", "{r}との首脳会合", r=desk.base.pack.region)
    return _table(desk, title, ids, rows, Text("Year", "年"))


def _summits_of(desk: Desk, rows: Sequence[dict[str, Any]]) -> Cell:
    """The summits of one power in one year."""
    if not rows:
        return NO_VALUE
    told = [actors.summit_cell(desk, row) for row in rows]
    return told[0].but(
        text=join([cell.text for cell in told], "; ", "／"),
        more=tuple(cell.id for cell in told[1:]),
        refs=tuple(dict.fromkeys(ref for cell in told for ref in cell.refs)),
        disputes=tuple(dict.fromkeys(id_ for cell in told for id_ in cell.disputes)),
    )


def _strengths(desk: Desk, ids: Sequence[str]) -> Section:
    return _themes(
        desk, Text("Motives, strengths and limits", "動機・強み・限界"), ids, ("strength", "limit", "motive")
    )


_COUNTRIES: dict[str, Callable[[Desk, Sequence[str]], Section]] = {
    "basics": _basics,
    "treaties": _treaties,
    "ties": _ties,
    "resources": _listed("resources"),
    "policy": _listed("policy"),
    "dependencies": _listed("dependencies"),
    "risks": _listed("risks"),
    "memberships": _memberships,
}
_POWERS: dict[str, Callable[[Desk, Sequence[str]], Section]] = {
    "engagement": _engagement,
    "summits": _summits,
    "strengths": _strengths,
    "risks": _listed("risks"),
}
