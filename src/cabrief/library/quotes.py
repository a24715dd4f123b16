"""What a report states, piece by piece: each has its own id, nature, evidence and disputes, so that it can be quoted alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from cabrief.document import Bullets, Cell, Column, Document, Pairs, Section, Table, Timeline, layer
from cabrief.language.text import EMPTY, Text, join, same, template
from cabrief.library.rows import Passage, Quote
from cabrief.model.record import Ref
from cabrief.store.base import Base

AT_ONCE = 500  # records that one look-up asks for
Stated = tuple[Text, Text, Cell]  # the headings above it, the label beside it, and what is stated


def quotes_of(document: Document, base: Base) -> Iterator[Quote]:
    """Everything that a report states, in the order in which it is read; `base` knows the natures."""
    found = list(_stated(document.sections, EMPTY))
    natures = _natures(base, [cell.id for _, _, cell in found if cell.id])
    for heading, label, cell in found:
        yield Quote(
            section=heading,
            label=label,
            id=cell.id or None,
            text=cell.text,
            nature=natures.get(cell.id) or natures.get(cell.id.partition(".")[0]),
            state=cell.state,
            by=cell.by or cell.credited,
            disputes=cell.disputes,
            refs=passages(document, cell.refs),
            layer=layer(document, cell) or None,
        )


def passages(document: Document, refs: Iterable[Ref]) -> tuple[Passage, ...]:
    """References with the addresses of their sources."""
    cited = document.citations
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
                        yield heading, label, moment.cell
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
        words = head.text if len(rest) == 1 else join(told, "; ", "；")
        yield first.text, head.but(text=words)


def _natures(base: Base, ids: Sequence[str]) -> Mapping[str, str]:
    """Whether each statement is reported, judged, said or planned; of a record of several parts, as the first of them is."""
    found: dict[str, str] = {}
    whole = list(dict.fromkeys(id_.partition(".")[0] for id_ in ids))
    for at in range(0, len(whole), AT_ONCE):
        for record in base.get_all(whole[at : at + AT_ONCE]).values():
            said = list(record.assertions())
            found |= {each.id: each.nature for each in said}
            if said:
                found.setdefault(record.id, said[0].nature)
    return found
