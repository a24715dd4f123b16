"""Agreements by type and country as of a day, and the gaps between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cabrief.document import Cell, Column, Document, Pairs, Paragraph, Section, Table
from cabrief.language.dates import searched_text, within_text, year_text
from cabrief.language.text import Text, join, template
from cabrief.model.kinds.sources import Source
from cabrief.model.kinds.treaties import STAGES, Step, stage_text
from cabrief.model.standing import Standing
from cabrief.reports import standings
from cabrief.reports.desk import IN_SHORT, Desk, plain, section
from cabrief.reports.rest import the_rest
from cabrief.reports.standings import (
    COUNTRY,
    NEXT,
    SIGNED,
    STATUS_HEAD,
    STEPS,
    gaps_by_title,
    matrix,
    next_cell,
    next_words,
    standing_disputes,
    status_cell,
    steps_cell,
)
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
NO_GAP = Text("No gap among these.", "この範囲に未整備の条約はない。")
RULE = Text(
    "A gap is a type of treaty not known to be in force with a country. If an older treaty still applies (in force by"
    ' succession), there is no gap. "No evidence found" does not mean that none exists.',
    "発効を確認できない条約を国別・種類別に「未整備」と数える。旧条約が引き続き適用される場合（承継）は含めない。"
    "「確認できず」は「なし」を意味しない。",
)
NOT_NONE = Text('"No evidence found" does not mean that none exists.', "「確認できず」は「なし」を意味しない。")
NOTES_ELSEWHERE = Text("Notes on single dates: --type or --country.", "日付についての補足は --type か --country で。")
REASONS: dict[str, tuple[str, str]] = {
    "signed": ("signed {d}; no evidence of entry into force", "{d}署名、発効は確認できず"),
    "ratified": ("ratified {d}; no evidence of entry into force", "{d}批准、発効は確認できず"),
    "terminated": ("ended {d}", "{d}終了"),
}


def view(
    base: Base, as_of: str, *, types: Sequence[str] = (), countries: Sequence[str] = (), missing: bool = False
) -> Document:
    """List the pairs of type and country, or only the gaps among them with their reasons.

    `types` and `countries` are ids, all of the pack's where none is named. The rows have FIELDS, a pair each.
    """
    desk = Desk(base, as_of, countries)
    kept_countries = countries or base.pack.countries
    treaties = standings.with_countries(desk, kept_countries)
    found = standings.of(desk, kept_countries, types or None, treaties)
    narrowed = bool(types or countries)
    if missing:
        gaps = [each for each in found if not each.in_force]
        title = template("Treaty gaps ({n})", "未整備の条約（{n}件）", n=len(gaps))
        by_type = [(kind, mine) for kind, mine in _by_type(gaps)]
        short = (gap_overview(desk, by_type), Paragraph(text=_counted(gaps))) if gaps else (Paragraph(text=NO_GAP),)
        sections = [section(IN_SHORT if gaps else None, *short, Paragraph(text=RULE))]
        sections += [
            section(desk.name(kind), gap_table(desk, mine), sections=_notes(desk, mine, narrowed=narrowed))
            for kind, mine in by_type
        ]
        return desk.document(
            _title(desk, title, countries), sections, FIELDS, [treaty_row(desk, each) for each in gaps]
        )
    told = NOT_NONE if narrowed else template("{a} {b}", "{a}{b}", a=NOT_NONE, b=NOTES_ELSEWHERE)
    sections = [section(Text("Overview", "一覧"), Paragraph(text=told), matrix(desk, kept_countries, found))]
    sections += [type_section(desk, kind, mine, narrowed=narrowed) for kind, mine in _by_type(found)]
    others = [each for each in treaties if not types or each.type in types]
    sections += the_rest(desk, sections, standings.unnamed(others, found))
    return desk.document(
        _title(desk, Text("Treaties", "条約・協定"), countries),
        sections,
        FIELDS,
        [treaty_row(desk, each) for each in found],
    )


def _by_type(found: Iterable[Standing]) -> list[tuple[str, list[Standing]]]:
    """Pairs of type and country, by type."""
    groups: dict[str, list[Standing]] = {}
    for each in found:
        groups.setdefault(each.type, []).append(each)
    return list(groups.items())


def _title(desk: Desk, what: Text, countries: Sequence[str]) -> Text:
    """What is listed, between the host and the region, or the countries that were asked for."""
    whom = desk.names(countries) if countries else desk.base.pack.region
    return template("{w}: {h} and {r}", "{w}：{h}と{r}", w=what, h=desk.name(desk.base.pack.host), r=whom)


def _notes(desk: Desk, found: Iterable[Standing], *, narrowed: bool) -> list[Section]:
    """What must be known of single steps, for which a list of all has no room."""
    return standings.notes_on(desk, found) if narrowed else []


def type_section(desk: Desk, kind: str, found: list[Standing], *, narrowed: bool) -> Section:
    """One type: a country a row, with dates and next step."""
    columns = tuple(Column(title=title) for title in (COUNTRY, STATUS_HEAD, STEPS, NEXT))
    rows = tuple(
        (plain(desk.name(each.country)), status_cell(desk, each), steps_cell(each), next_cell(desk, each))
        for each in found
    )
    return section(desk.name(kind), Table(columns=columns, rows=rows), sections=_notes(desk, found, narrowed=narrowed))


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
        return template("none as of {d}", "{d}時点でなし", d=year_text(each.since.date))
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


def _counted(gaps: Sequence[Standing]) -> Text:
    """How many gaps there are of what sort."""
    kinds = [
        template("{n} {t}", "{t}{n}件", n=len(mine), t=Text(f"{title.en[:1].lower()}{title.en[1:]}", title.ja))
        for title, mine in gaps_by_title(gaps)
    ]
    en = "{n} gap: {k}." if len(gaps) == 1 else "{n} gaps: {k}."
    return template(en, "{n}件：{k}。", n=len(gaps), k=join(kinds, "; ", "、"))


def _reason(desk: Desk, each: Standing) -> Cell:
    """Why a pair is a gap: its last known step, what was looked for since, and what the fact files note on it."""
    cell = status_cell(desk, each)
    if each.since is None:
        return cell
    forms = REASONS.get(each.status)
    day = within_text(each.since.date)
    text = template(*forms, d=day) if forms else stage_text(each.status, each.since.date)
    ahead = each.enters if each.status in SIGNED else None
    if ahead:
        text = template("{s}, {d}", "{d}{s}", s=STAGES[each.status], d=day)
    if each.status != "unknown" and (who := _told_by(desk, each.since)):
        text = template("{t}, according to {w}", "{t}（{w}による）", t=text, w=who)
    if ahead:
        text = template("{s}; enters into force {d}", "{s}、{d}発効", s=text, d=within_text(ahead))
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
        "applies_from": day_of("applies") or each.applies_from,
        "predecessor": each.predecessor.id if each.predecessor and each.predecessor is not each.treaty else None,
        "next_step": next_words(desk, each),
        "disputed": list(standing_disputes(desk, each)),
        "refs": each.refs,
        "since": each.begun,
    }
