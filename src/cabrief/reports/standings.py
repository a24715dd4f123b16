"""How treaties stand by type and country as of a day: the cells and tables that reports share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from cabrief.document import Bullets, Cell, Column, Paragraph, Section, State, Table
from cabrief.language.dates import date_text, days_until, within_text, year_text
from cabrief.language.text import Text, join, same, template, unstopped
from cabrief.model.kinds.treaties import STAGES, NextStep, Treaty, stage_text
from cabrief.model.record import Record, label
from cabrief.model.standing import Standing, standings, step_has_come
from cabrief.reports.desk import Desk, filled, plain, section
from cabrief.reports.noting import with_layer

COUNTRY, TYPE, STATUS_HEAD = Text("Country", "国"), Text("Type", "種類"), Text("Status", "状況")
NEXT, STEPS = Text("Next step", "次の段階"), Text("Dates", "日付")
HEAD_IN_FORCE, HEAD_MISSING = Text("In force", "発効済み"), Text("Not in force", "未発効・未締結")
STEP_NOTES = Text("On these dates", "日付についての補足")
HEAD_UNKNOWN = Text("No evidence found", "確認できず")
HEAD_ENTERS = Text("Signed, entry into force announced", "署名済み・発効日発表済み")
HEAD_SIGNED = Text("Signed, no evidence of entry into force", "署名済み・発効は確認できず")
DASH = Cell(text=same("—"), state="not-applicable")
R = TypeVar("R", bound=Record)
MANY = 4  # columns from which on countries are headed by their short names
SIGNED = ("signed", "ratified")  # that these are not in force, nobody has said
MOST_KEPT = 1_000  # rows of steps that are kept as words
OLD_NEWS = 183  # days after which the day of what was under way is told


def of(
    desk: Desk,
    countries: Sequence[str],
    types: Sequence[str] | None = None,
    treaties: Sequence[Treaty] | None = None,
) -> list[Standing]:
    """Every pair of type and country, by type and then country, as of the desk's day. Both are ids that exist.

    Without `types`, those of the pack, and behind them the pairs of further types that are on record. `treaties` are those
    with these countries, where they are at hand.
    """
    found = with_countries(desk, countries) if treaties is None else treaties
    kinds = desk.base.pack.treaty_types if types is None else types
    return standings(found, kinds, countries, desk.by_day, others=types is None)


def with_countries(desk: Desk, countries: Sequence[str]) -> list[Treaty]:
    """Treaties with some countries, by their ids."""
    if len(countries) == 1:
        return desk.find(Treaty, country=countries[0])
    wanted = set(countries)
    return [each for each in desk.find(Treaty) if not wanted.isdisjoint(each.countries)]


def standing_disputes(desk: Desk, each: Standing) -> tuple[str, ...]:
    """Disputes about the treaty, or about the older one that applies in its stead."""
    ids = [treaty.id for treaty in (each.treaty, each.older) if treaty]
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


def matrix(desk: Desk, countries: Sequence[str], found: list[Standing]) -> Table:
    """Draw the types of `found` down, countries across by their ids."""
    cell = {(each.type, each.country): each for each in found}
    heads = (Column(title=TYPE), *(Column(title=name) for name in short_heads(desk, countries)))
    rows = []
    for kind in dict.fromkeys(each.type for each in found):
        statuses = (_short(desk, cell.get((kind, country))) for country in countries)
        rows.append((plain(desk.name(kind)), *statuses))
    return Table(columns=heads, rows=tuple(rows))


def _short(desk: Desk, each: Standing | None) -> Cell:
    """A status for the overview; `none` rests on a day, which belongs to it."""
    if each is None:
        return DASH
    cell = status_cell(desk, each, dated=False).but(refs=())
    if each.status == "none" and each.since:
        return cell.but(text=template("none as of {d}", "{d}時点でなし", d=year_text(each.since.date)))
    return cell


def steps_cell(each: Standing) -> Cell:
    """The dated steps in a row; of a treaty that an older one stands for, that one's name; a dash where there is none."""
    steps = [step for step in each.steps if step.stage not in ("unknown", "none")]
    if not steps and each.predecessor and each.status == "in-force-by-succession":
        return plain(label(each.predecessor))
    return plain(_in_a_row(tuple((step.stage, step.date) for step in steps))) if steps else DASH


@lru_cache(maxsize=MOST_KEPT)
def _in_a_row(steps: tuple[tuple[str, str], ...]) -> Text:
    """Steps, as stages and dates, in a row; the countries of a treaty have theirs together."""
    parts = [template("{s} {d}", "{s} {d}", s=STAGES[stage], d=within_text(date)) for stage, date in steps]
    return join(parts, "; ", "、")


def next_words(desk: Desk, each: Standing) -> Text | None:
    """What is to come and what is under way, with whose view that is where it is one; None where nothing is known to be."""
    successor = with_layer(desk.base, each.beside, each.successor) if each.successor else None
    notes = [
        with_layer(desk.base, "" if treaty is each.treaty else treaty.id, each.named(treaty, noted_words(desk, noted)))
        for treaty, noted in each.noted
    ]
    told = [words for words in (each.announced, successor, each.underway, *notes) if words]
    return join(told, "; ", "、") if told else None


def noted_words(desk: Desk, noted: NextStep) -> Text:
    """What the fact file says is under way, with whose it is."""
    asides = []
    if noted.nature == "statement" and noted.refs:
        asides.append(desk.quoted_by(noted.refs))
    elif noted.nature == "judgement":
        asides.append(desk.view_of(noted.refs))
    if noted.as_of and days_until(noted.as_of, desk.as_of) < -OLD_NEWS:
        asides.append(template("as of {d}", "{d}時点", d=date_text(noted.as_of)))
    return template("{t} ({b}).", "{t}（{b}）。", t=unstopped(noted.text), b=join(asides)) if asides else noted.text


def notes_on(desk: Desk, found: Iterable[Standing]) -> list[Section]:
    """What a reader must know of the steps of some pairs, as `step_notes` has it."""
    treaties: dict[str, tuple[Treaty, list[str]]] = {}
    for each in found:
        for treaty in filter(None, (each.treaty, each.older)):
            treaties.setdefault(treaty.id, (treaty, []))[1].append(each.country)
    return step_notes(desk, treaties.values())


def step_notes(desk: Desk, treaties: Iterable[tuple[Treaty, Sequence[str]]]) -> list[Section]:
    """What a reader must know of the steps of some treaties, such as that a day is presumed: no section, or one.

    Each stands with the ids of the countries of which disputes are told.
    """
    cells = []
    for treaty, countries in treaties:
        for name, step in zip(treaty.step_names(), treaty.steps, strict=True):
            if not step.note or step.stage in ("unknown", "none") or desk.by_day.is_younger(step.note.en, step.refs):
                continue
            if step_has_come(step, desk.by_day):
                forms = ("{t}, {s}: {n}.", "{t}、{s}：{n}。")
                text = template(*forms, t=label(treaty), s=step.as_words(), n=unstopped(step.note))
                id_ = f"{treaty.id}.{name}"
                disputes = dict.fromkeys(d for country in countries for d in desk.disputes(id_, country))
                cells.append(Cell(text=text, id=id_, refs=step.refs, disputes=tuple(disputes)))
    return filled(section(STEP_NOTES, Bullets(items=tuple(cells))))


def unnamed(records: Iterable[R], found: Iterable[Standing]) -> list[R]:
    """Records without the treaties in whose place others came and that still apply: the rows of these name them."""
    named = {each.older.id for each in found if each.older}
    return [record for record in records if record.id not in named]


def next_cell(desk: Desk, each: Standing) -> Cell:
    """What is under way; a dash where nothing is known to be."""
    words = next_words(desk, each)
    return plain(words) if words else DASH


def gaps_by_title(found: Iterable[Standing]) -> list[tuple[Text, list[Standing]]]:
    """Gaps among some standings under what is known to be missing and what nobody has found, as far as there are some."""
    gaps = [each for each in found if not each.in_force]
    kinds = (
        (HEAD_MISSING, [each for each in gaps if each.status not in ("unknown", *SIGNED)]),
        (HEAD_ENTERS, [each for each in gaps if each.status in SIGNED and each.enters]),
        (HEAD_SIGNED, [each for each in gaps if each.status in SIGNED and not each.enters]),
        (HEAD_UNKNOWN, [each for each in gaps if each.status == "unknown"]),
    )
    return [(title, mine) for title, mine in kinds if mine]


def gap_lines(desk: Desk, gaps: list[Standing]) -> list[Paragraph]:
    """Gaps in a line each for what is known to be missing and for what nobody has found: none, one or two lines."""
    return [
        Paragraph(text=template("{t}: {g}.", "{t}：{g}。", t=title, g=desk.names(each.type for each in mine)))
        for title, mine in gaps_by_title(gaps)
    ]
