"""Agreements by type and country as of a day, and the gaps between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cabrief.document import Cell, Column, Document, Pairs, Paragraph, Section, State, Table
from cabrief.language.dates import date_text, days_until, searched_text, within_text
from cabrief.language.text import Text, join, same, template
from cabrief.model.kinds.sources import Source
from cabrief.model.kinds.treaties import STAGES, Step, Treaty, stage_text
from cabrief.model.record import Record, label
from cabrief.model.standing import Standing, by_cell, standing
from cabrief.reports.desk import IN_SHORT, Desk, plain, section, unstopped
from cabrief.store.base import Base

FIELDS = (
    "id",
    "type",
    "country",
    "status",
    "in_force",
    "name",
    "signed",
    "entered_into_force",
    "applies_from",
    "predecessor",
    "next_step",
    "disputed",
    "refs",
    "since",
)
COUNTRY, TYPE, STATUS_HEAD = Text("Country", "国"), Text("Type", "種類"), Text("Status", "状況")
NEXT, STEPS = Text("Next step", "次の段階"), Text("Dates", "日付")
HEAD_IN_FORCE, HEAD_MISSING = Text("In force", "発効済み"), Text("Not in force", "未発効・未締結")
HEAD_UNKNOWN = Text("No evidence found", "確認できず")
HEAD_SIGNED = Text("Signed, no evidence of entry into force", "署名済み・発効は確認できず")
NO_GAP = Text("No gap among these.", "この範囲に未整備の条約はない。")
RULE = Text(
    "A gap is a type of treaty not known to be in force with a country. If an older treaty still applies (in force by"
    ' succession), there is no gap. "No evidence found" does not mean that none exists.',
    "発効を確認できない条約を国別・種類別に「未整備」と数える。旧条約が引き続き適用される場合（承継）は含めない。"
    "「確認できず」は「なし」を意味しない。",
)
NOT_NONE = Text('"No evidence found" does not mean that none exists.', "「確認できず」は「なし」を意味しない。")
MANY = 4  # columns from which on countries are headed by their short names


def standings(desk: Desk, types: Iterable[str], countries: Iterable[str]) -> list[Standing]:
    """Every pair of type and country, by type and then country, as of the desk's day. Both are ids that exist."""
    kinds, ids = tuple(types), tuple(countries)
    treaties = desk.find(Treaty, country=ids[0]) if len(ids) == 1 else desk.find(Treaty)
    cells = by_cell(treaties, kinds, ids, desk.by_day)
    return [standing(cells, kind, id_) for kind in kinds for id_ in ids]


def view(
    base: Base, as_of: str, *, types: Sequence[str] = (), countries: Sequence[str] = (), missing: bool = False
) -> Document:
    """List the pairs of type and country, or only the gaps among them with their reasons.

    `types` and `countries` are ids, all of the pack's where none is named. The rows have FIELDS, a pair each.
    """
    desk = Desk(base, as_of)
    kept_types, kept_countries = types or base.pack.treaty_types, countries or base.pack.countries
    found = standings(desk, kept_types, kept_countries)
    if missing:
        gaps = [each for each in found if not each.in_force]
        title = template("Treaty gaps ({n})", "未整備の条約（{n}件）", n=len(gaps))
        by_type = [(kind, mine) for kind, mine in _by_type(kept_types, gaps) if mine]
        short = (gap_overview(desk, by_type), Paragraph(text=_counted(gaps))) if gaps else (Paragraph(text=NO_GAP),)
        sections = [section(IN_SHORT if gaps else None, *short, Paragraph(text=RULE))]
        sections += [section(desk.name(kind), gap_table(desk, mine)) for kind, mine in by_type]
        return desk.document(
            _title(desk, title, countries), sections, FIELDS, [treaty_row(desk, each) for each in gaps]
        )
    sections = [
        section(Text("Overview", "一覧"), Paragraph(text=NOT_NONE), matrix(desk, kept_types, kept_countries, found))
    ]
    sections += [type_section(desk, kind, mine) for kind, mine in _by_type(kept_types, found)]
    return desk.document(
        _title(desk, Text("Treaties", "条約・協定"), countries),
        sections,
        FIELDS,
        [treaty_row(desk, each) for each in found],
    )


def _by_type(types: Sequence[str], found: Iterable[Standing]) -> list[tuple[str, list[Standing]]]:
    """Pairs of type and country, by type, in the order of the types."""
    groups: dict[str, list[Standing]] = {kind: [] for kind in types}
    for each in found:
        groups[each.type].append(each)
    return list(groups.items())


def _title(desk: Desk, what: Text, countries: Sequence[str]) -> Text:
    """What is listed, between the host and the region, or the countries that were asked for."""
    whom = desk.names(countries) if countries else desk.base.pack.region
    return template("{w}: {h} and {r}", "{w}：{h}と{r}", w=what, h=desk.name(desk.base.pack.host), r=whom)


def standing_disputes(desk: Desk, each: Standing) -> tuple[str, ...]:
    """Disputes about the treaty, or about the older one that applies in its stead."""
    ids = [treaty.id for treaty in (each.treaty, each.predecessor) if treaty]
    return tuple(dict.fromkeys(id_ for treaty in ids for id_ in desk.disputes(treaty, each.country)))


def status_cell(desk: Desk, each: Standing, *, dated: bool = True) -> Cell:
    """A pair's status, with the date of the step that brought it about; a bare word where it is not to be `dated`."""
    date = None if each.status == "in-force-by-succession" else each.begun
    words = stage_text(each.status, date) if dated and date else STAGES[each.status]
    if dated and each.looked and each.status == "none":
        words = template("{s}, none found since", "{s}、以後も確認できず", s=words)
    state: State = "unknown" if each.status == "unknown" else "no" if each.status == "none" else "value"
    return Cell(
        text=words,
        state=state,
        id=each.told_by[0] if each.told_by else "",
        more=each.told_by[1:],
        refs=each.refs,
        disputes=standing_disputes(desk, each),
    )


def short_heads(desk: Desk, ids: Sequence[str]) -> list[Text]:
    """Heads of columns: names, and where many countries stand side by side, the shortest that they have."""
    if len(ids) < MANY:
        return [desk.name(id_) for id_ in ids]
    return [_short_name(desk.card(id_)) for id_ in ids]


def _short_name(record: Record) -> Text:
    """A code in English, the beginning of the name in Japanese, as far as the record has them among its names."""
    name, codes = label(record), getattr(record, "codes", ())
    begins = [alias for alias in getattr(record, "aliases", ()) if name.ja.startswith(alias)]
    return Text(codes[0] if codes else name.en, min(begins, key=len, default=name.ja))


def matrix(desk: Desk, types: Sequence[str], countries: Sequence[str], found: list[Standing]) -> Table:
    """Draw types down, countries across, both ids; `found` has a standing for each pair of them."""
    cell = {(each.type, each.country): each for each in found}
    heads = (Column(title=TYPE), *(Column(title=name) for name in short_heads(desk, countries)))
    rows = []
    for kind in types:
        statuses = (_short(desk, cell[kind, country]) for country in countries)
        rows.append((plain(desk.name(kind)), *statuses))
    return Table(columns=heads, rows=tuple(rows))


def _short(desk: Desk, each: Standing) -> Cell:
    """A status for the overview; `none` rests on a day, which belongs to it."""
    cell = status_cell(desk, each, dated=False).but(refs=())
    if each.status == "none" and each.since:
        return cell.but(text=template("none as of {d}", "{d}年時点でなし", d=each.since.date[:4]))
    return cell


def type_section(desk: Desk, kind: str, found: list[Standing]) -> Section:
    """One type: a country a row, with dates and next step."""
    columns = tuple(Column(title=title) for title in (COUNTRY, STATUS_HEAD, STEPS, NEXT))
    rows = tuple(
        (plain(desk.name(each.country)), status_cell(desk, each), steps_cell(each), next_cell(desk, each))
        for each in found
    )
    return section(desk.name(kind), Table(columns=columns, rows=rows))


def steps_cell(each: Standing) -> Cell:
    """The dated steps in a row; of a treaty that an older one stands for, that one's name; a dash where there is none."""
    steps = [step for step in each.steps if step.stage not in ("unknown", "none")]
    if not steps and each.predecessor and each.status == "in-force-by-succession":
        return plain(label(each.predecessor))
    parts = [template("{s} {d}", "{s} {d}", s=STAGES[step.stage], d=within_text(step.date)) for step in steps]
    text = Text("; ".join(part.en for part in parts), "、".join(part.ja for part in parts))
    return plain(text) if steps else Cell(text=same("—"), state="not-applicable")


def next_words(desk: Desk, each: Standing) -> Text | None:
    """What is under way, with whose view it is where it is one; None where nothing is known to be."""
    noted = each.treaty.next_step if each.treaty else None
    if each.next_step is None or noted is None or each.next_step != noted.text:
        return each.next_step
    asides = []
    if noted.nature not in ("reported", "plan"):  # that it is planned, the next step says by its name
        asides.append(desk.view_of(noted.refs))
    if noted.as_of and days_until(noted.as_of, desk.as_of) < -OLD_NEWS:
        asides.append(template("as of {d}", "{d}時点", d=date_text(noted.as_of)))
    if not asides:
        return each.next_step
    return template("{t} ({b}).", "{t}（{b}）。", t=unstopped(each.next_step), b=join(asides))


def next_cell(desk: Desk, each: Standing) -> Cell:
    """What is under way; a dash where nothing is known to be."""
    words = next_words(desk, each)
    return plain(words) if words else Cell(text=same("—"), state="not-applicable")


def gap_overview(desk: Desk, by_type: Iterable[tuple[str, list[Standing]]]) -> Pairs:
    """A line for each type: the countries where it is missing, by how they stand. `by_type` has ids with their gaps."""
    items = []
    for kind, mine in by_type:
        by_status: dict[Text, list[str]] = {}
        for each in mine:
            by_status.setdefault(_in_a_word(each), []).append(each.country)
        parts = [
            template("{c} ({s})", "{c}（{s}）", c=desk.names(countries), s=status)
            for status, countries in by_status.items()
        ]
        items.append((desk.name(kind), plain(join(parts, "; ", "／"))))
    return Pairs(items=tuple(items))


def _in_a_word(each: Standing) -> Text:
    """A status without brackets; `none` rests on a day, which belongs to it."""
    if each.status == "none" and each.since:
        return template("none as of {d}", "{d}年時点でなし", d=each.since.date[:4])
    return STAGES[each.status]


def gap_table(desk: Desk, gaps: list[Standing]) -> Table:
    """The gaps of one type with their reasons, a row for the countries that share one; what comes next where that is known."""
    alike: dict[tuple[Text, Text | None], list[Standing]] = {}
    for each in gaps:
        alike.setdefault((_reason(desk, each).text, next_words(desk, each)), []).append(each)
    ahead = any(each.next_step for each in gaps)
    columns = tuple(Column(title=title) for title in (COUNTRY, STATUS_HEAD, *([NEXT] if ahead else [])))
    rows = tuple(
        (
            plain(desk.names(each.country for each in mine)),
            _shared_reason(desk, mine),
            *([next_cell(desk, mine[0])] if ahead else []),
        )
        for mine in alike.values()
    )
    return Table(columns=columns, rows=rows)


def _shared_reason(desk: Desk, alike: Sequence[Standing]) -> Cell:
    """The reason that some countries share, with the evidence on all of them."""
    cells = [_reason(desk, each) for each in alike]
    return cells[0].but(
        more=tuple(dict.fromkeys(cell.id for cell in cells[1:] if cell.id and cell.id != cells[0].id)),
        refs=tuple(dict.fromkeys(ref for cell in cells for ref in cell.refs)),
        disputes=tuple(dict.fromkeys(id_ for cell in cells for id_ in cell.disputes)),
    )


def gaps_by_title(found: Iterable[Standing]) -> list[tuple[Text, list[Standing]]]:
    """Gaps among some standings under what is known to be missing and what nobody has found, as far as there are some."""
    gaps = [each for each in found if not each.in_force]
    kinds = (
        (HEAD_MISSING, [each for each in gaps if each.status not in ("unknown", *SIGNED)]),
        (HEAD_SIGNED, [each for each in gaps if each.status in SIGNED]),
        (HEAD_UNKNOWN, [each for each in gaps if each.status == "unknown"]),
    )
    return [(title, mine) for title, mine in kinds if mine]


def _counted(gaps: Sequence[Standing]) -> Text:
    """How many gaps there are of what sort."""
    kinds = [
        template("{n} {t}", "{t}{n}件", n=len(mine), t=Text(f"{title.en[:1].lower()}{title.en[1:]}", title.ja))
        for title, mine in gaps_by_title(gaps)
    ]
    en = "{n} gap: {k}." if len(gaps) == 1 else "{n} gaps: {k}."
    return template(en, "{n}件：{k}。", n=len(gaps), k=join(kinds, "; ", "、"))


def gap_lines(desk: Desk, gaps: list[Standing]) -> list[Paragraph]:
    """Gaps in a line each for what is known to be missing and for what nobody has found: none, one or two lines."""
    return [
        Paragraph(text=template("{t}: {g}.", "{t}：{g}。", t=title, g=desk.names(each.type for each in mine)))
        for title, mine in gaps_by_title(gaps)
    ]


SIGNED = ("signed", "ratified")  # that these are not in force, nobody has said
OLD_NEWS = 183  # days after which the day of what was under way is told
REASONS: dict[str, tuple[str, str]] = {
    "signed": ("signed {d}; no evidence of entry into force", "{d}署名、発効は確認できず"),
    "ratified": ("ratified {d}; no evidence of entry into force", "{d}批准、発効は確認できず"),
    "terminated": ("ended {d}", "{d}終了"),
}


def _reason(desk: Desk, each: Standing) -> Cell:
    """Why a pair is a gap: its last known step, what was looked for since, and what the fact files note on it."""
    cell = status_cell(desk, each)
    if each.since is None:
        return cell
    forms = REASONS.get(each.status)
    day = within_text(each.since.date)
    text = template(*forms, d=day) if forms else stage_text(each.status, each.since.date)
    if each.enters and each.status in SIGNED:
        said = template("{s}, {d}", "{d}{s}", s=STAGES[each.status], d=day)
        text = template("{s}; enters into force {d}", "{s}、{d}発効", s=said, d=within_text(each.enters))
    if each.status != "unknown" and (who := _told_by(desk, each.since)):
        text = template("{t}, according to {w}", "{t}（{w}による）", t=text, w=who)
    looked = each.looked
    if looked and looked is not each.since:
        newer = searched_text(Text("nothing newer found", "以後の情報は確認できず"), looked.date)
        text = template("{t}; {n}", "{t}、{n}", t=text, n=newer)
    noted = looked or (each.since if each.status in ("none", "unknown") else None)
    if noted and (note := noted.note):
        text = template("{t} – {n}", "{t}。{n}", t=text, n=note)
    return cell.but(text=text)


def _told_by(desk: Desk, step: Step) -> Text | None:
    """Who tells of a step that no official source has."""
    cards = [desk.card(ref.source) for ref in step.refs]
    if not cards or any(isinstance(card, Source) and card.ranked() == "official" for card in cards):
        return None
    return join(list(dict.fromkeys(desk.short(ref.source) for ref in step.refs)), " and ", "、")


def treaty_row(desk: Desk, each: Standing) -> dict[str, object]:
    """A pair as data, with the fields of FIELDS."""
    older = each.predecessor if each.status == "in-force-by-succession" else None
    shown = older or each.treaty

    def day_of(stage: str) -> str | None:
        """Day of a step of the treaty that the row names."""
        return next((step.date for step in older.steps if step.stage == stage), None) if older else each.date_of(stage)

    return {
        "id": each.treaty.id if each.treaty else f"{each.country}-{each.type}",
        "type": each.type,
        "country": each.country,
        "status": each.status,
        "in_force": each.in_force,
        "name": (shown.name or shown.short_name) if shown else None,
        "signed": day_of("signed"),
        "entered_into_force": day_of("in-force"),
        "applies_from": day_of("applies") or _future(each),
        "predecessor": each.predecessor.id if each.predecessor and each.predecessor is not each.treaty else None,
        "next_step": next_words(desk, each),
        "disputed": list(standing_disputes(desk, each)),
        "refs": each.refs,
        "since": each.begun,
    }


def _future(each: Standing) -> str | None:
    """Date from which a treaty in force will be applied: known from its entry into force on."""
    if each.status != "in-force" or not each.treaty:
        return None
    return next((step.date for step in each.treaty.steps if step.stage == "applies"), None)
