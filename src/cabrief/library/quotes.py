"""What a report states, piece by piece: each has its own id, nature, evidence and disputes, so that it can be quoted alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from cabrief.document import (
    Bullets,
    Cell,
    Citation,
    Column,
    Document,
    Pairs,
    Paragraph,
    Section,
    Table,
    Timeline,
    layer,
)
from cabrief.formats.notes import RANK_ORDER
from cabrief.language.text import EMPTY, Text, join, same, template
from cabrief.library.rows import Passage, Quote
from cabrief.model.by_day import ByDay
from cabrief.model.kinds.disputes import Dispute
from cabrief.model.kinds.statements import Statement
from cabrief.model.kinds.treaties import Treaty
from cabrief.model.record import Assertion, Record, Ref
from cabrief.model.standing import step_has_come
from cabrief.reports.desk import Desk
from cabrief.reports.noting import as_of_day
from cabrief.store.base import Base

AT_ONCE = 500  # records that one look-up asks for


class Said(NamedTuple):
    """A record, and what it asserts, or the one assertion of it that is meant."""

    record: Record
    parts: Sequence[Assertion]


Stated = tuple[Text, Text, Cell]  # the headings above it, the label beside it, and what is stated


def quotes_of(document: Document, base: Base) -> tuple[tuple[Quote, ...], Mapping[str, Citation]]:
    """Everything that a report states, in the order in which it is read, and the sources that it rests on, by id.

    `base` knows the natures, and the evidence of what a report prints too briefly to give any.
    """
    stated = list(_stated(document.sections, EMPTY))
    desk = Desk(base, document.as_of)
    said = _said(desk, [id_ for _, _, cell in stated for id_ in (cell.id, *cell.more) if id_])
    refs = [cell.refs or cell.evidence or _refs(cell, said, desk.by_day) for _, _, cell in stated]
    missing = {ref.source for found in refs for ref in found} - document.citations.keys()
    cards = base.cards(missing) if missing else {}
    cited = {**document.citations, **{id_: Citation(id=id_, **vars(card)) for id_, card in cards.items()}}
    quotes = (
        Quote(
            section=heading,
            label=label,
            id=cell.id or None,
            text=cell.text,
            nature=_nature(cell, said),
            state=cell.state,
            by=_whose(desk, cell, said.get(cell.id)),
            disputes=cell.disputes,
            refs=passages(
                cited,
                sorted(found, key=partial(_rank, cited, frozenset(_telling(cell, said.get(cell.id), desk.by_day)))),
            ),
            layer=layer(document, cell) or None,
        )
        for (heading, label, cell), found in zip(stated, refs, strict=True)
    )
    return tuple(quotes), cited


def unmarked(document: Document) -> Document:
    """The hits of a search in the words that they have themselves, without the marks of what was searched for."""
    words = {row["id"]: row["text"] for row in document.rows or ()}
    sections = []
    for part in document.sections:
        hits = (row for block in part.blocks if isinstance(block, Table) for row in block.rows)
        items = tuple((row[1].text, row[0].but(text=words[row[0].id])) for row in hits)
        sections.append(part.but(blocks=(Pairs(items=items),)))
    return document.but(sections=tuple(sections))


def _nature(cell: Cell, said: Mapping[str, Said]) -> str | None:
    """The nature of what a cell states; None where it states things of several natures."""
    natures = {_nature_of(cell, id_, said[id_]) for id_ in (cell.id, *cell.more) if id_ in said}
    return natures.pop() if len(natures) == 1 else None


def _nature_of(cell: Cell, id_: str, said: Said) -> str | None:
    """The nature of a record or a part; of a treaty's status, that of its steps but for those that were only announced."""
    if isinstance(said.record, Dispute) and cell.credited:
        return "statement"  # what others say; what is held here is a judgement
    natures: list[str | None] = [part.nature for part in said.parts]
    if isinstance(said.record, Treaty) and "." not in id_:
        natures = [each for each in natures if each != "plan"] or [None if cell.state == "unknown" else natures[0]]
    return natures[0]


def _refs(cell: Cell, said: Mapping[str, Said], by_day: ByDay) -> tuple[Ref, ...]:
    """The evidence of what a cell states, where the cell itself has none."""
    if cell.state in ("unknown", "not-applicable") or cell.id not in said:
        return ()
    last = said.get(cell.more[-1]) if cell.more else said[cell.id]  # of an older treaty that applies, that stands last
    if last and isinstance(last.record, Treaty) and "." not in cell.id:
        come = (step for step in last.record.steps if step_has_come(step, by_day))
        return tuple(dict.fromkeys(ref for step in come for ref in step.refs))
    return tuple(dict.fromkeys(ref for each in said[cell.id].parts for ref in each.refs))


def _telling(cell: Cell, said: Said | None, by_day: ByDay) -> tuple[Ref, ...]:
    """The evidence of a treaty's status: that of the last step that has come, not of the talks before it; of what is held."""
    if said and isinstance(said.record, Dispute):
        return said.record.refs
    if said is None or not isinstance(said.record, Treaty) or "." in cell.id or cell.more:
        return ()
    steps = said.record.steps
    if cell.refs and not any(ref == cell.refs[0] for step in steps for ref in step.refs):
        return ()
    come = (s for s in reversed(steps) if s.stage not in ("unknown", "applies") and step_has_come(s, by_day))
    return next((step.refs for step in come), ())


def _rank(cited: Mapping[str, Citation], telling: frozenset[Ref], ref: Ref) -> tuple[bool, int]:
    """Place of a reference among others: what tells most before what is official, first-rate, and other."""
    rank = cited[ref.source].rank if ref.source in cited else RANK_ORDER[-1]
    return ref not in telling, RANK_ORDER.index(rank)


def _whose(desk: Desk, cell: Cell, said: Said | None) -> Text | None:
    """Whose the words of a cell are, also where other words of the report say so: a heading with the speaker, a caption."""
    own = cell.by or cell.credited
    if said is None or said.parts[0].nature not in ("judgement", "statement"):
        return own
    if isinstance(said.record, Statement):
        speaker = template("said by {w}", "{w}の発言", w=desk.name(said.record.speaker))
        return join([speaker, own]) if own and own != speaker else speaker
    return own or desk.whose(said.record, said.parts[0])


def passages(cited: Mapping[str, Citation], refs: Iterable[Ref]) -> tuple[Passage, ...]:
    """References with the addresses of their sources."""
    return tuple(
        Passage(
            source=ref.source,
            line=ref.line,
            line_end=ref.line_end,
            phrase=ref.phrase,
            url=cited[ref.source].url if ref.source in cited else None,
        )
        for ref in refs
    )


def _stated(sections: Sequence[Section], above: Text) -> Iterator[Stated]:
    for part in sections:
        heading = join([words for words in (above, part.title or EMPTY) if words.en], " / ", "／")
        for block in part.blocks:
            match block:
                case Bullets():
                    yield from ((heading, EMPTY, cell) for cell in block.items)
                case Pairs():
                    yield from ((heading, label, cell) for label, cell in block.items)
                case Timeline():
                    for moment in block.moments:
                        label = join([words for words in (same(moment.date), moment.kind) if words.en], " · ", "・")
                        yield heading, label, moment.alone()
                case Paragraph(kept=True):
                    yield heading, EMPTY, Cell(text=block.text)
                case Table():
                    for row in block.rows:
                        yield from ((heading, label, cell) for label, cell in _row(row, block.columns))
        yield from _stated(part.sections, heading)


def _row(row: Sequence[Cell], columns: Sequence[Column]) -> Iterator[tuple[Text, Cell]]:
    """A row of a table: one statement where one cell at most has evidence, else each cell under its head."""
    first, rest = row[0], list(zip(columns, row, strict=True))[1:]
    if sum(bool(cell.refs or cell.id) for cell in row) > 1:
        for column, cell in rest:
            yield template("{r} / {c}", "{r}／{c}", r=first.text, c=column.title), cell
        return
    head = next((cell for cell in row if cell.refs or cell.id), first)
    told = [
        template("{h}: {t}", "{h}：{t}", h=column.title, t=cell.text) for column, cell in rest if cell.text.en != "—"
    ]
    if head is first:
        yield EMPTY, first.but(text=join([first.text, *told], "; ", "；"))
    else:
        yield first.text, head.but(text=join(told, "; ", "；"))


def _said(desk: Desk, ids: Sequence[str]) -> Mapping[str, Said]:
    """What stands behind each id: the assertion of that id, or all that its record says, the first of them first."""
    found: dict[str, Said] = {}
    whole = list(dict.fromkeys(id_.partition(".")[0] for id_ in ids))
    for at in range(0, len(whole), AT_ONCE):
        for record in desk.base.get_all(whole[at : at + AT_ONCE]).values():
            parts = list(as_of_day(record.assertions(), desk.by_day))
            found |= {each.id: Said(record, [each]) for each in parts}
            if parts:
                found.setdefault(record.id, Said(record, parts))
    known = {id_: found.get(id_) or found.get(id_.partition(".")[0]) for id_ in ids}
    return {id_: said for id_, said in known.items() if said}
