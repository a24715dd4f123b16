"""Long reports in several pages, so that none grows with the number of facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from cabrief.document import Block, Bullets, Document, Pairs, Paragraph, Section, Table, Timeline
from cabrief.language.text import Text, template

LINES_OF_A_PART = 200  # of one page
Headings = tuple[
    tuple[int, Text | None], ...
]  # the sections that a block stands in, each with its place among its neighbours


def paged(document: Document, most: int = LINES_OF_A_PART) -> list[Document]:
    """A document in parts of some lines each, in order, under the same headings; one that is short is one part."""
    parts: list[list[tuple[Headings, Block | None]]] = [[]]
    room = most
    for path, block, lines in _pieces(document.sections, most):
        if lines > room and parts[-1]:
            parts.append([])
            room = most
        parts[-1].append((path, block))
        room -= lines
    if len(parts) == 1:
        return [document]
    return [
        document.but(
            title=template("{t} (page {n} of {m})", "{t}（{n}／{m}ページ）", t=document.title, n=number, m=len(parts)),
            sections=_sections(part, 0),
            left_out=None if number < len(parts) else document.left_out,
            pictures=() if number > 1 else document.pictures,
        )
        for number, part in enumerate(parts, start=1)
    ]


def _pieces(
    sections: Sequence[Section], most: int, above: Headings = ()
) -> Iterator[tuple[Headings, Block | None, int]]:
    """Blocks of some lines at most, with the sections that they stand in and the number of their lines."""
    for place, part in enumerate(sections):
        path = (*above, (place, part.title))
        if not part.blocks and not part.sections:
            yield path, None, 1
        for block in part.blocks:
            yield from ((path, piece, lines) for piece, lines in _cut(block, most))
        yield from _pieces(part.sections, most, path)


def _cut(block: Block, most: int) -> Iterator[tuple[Block, int]]:
    """A block in pieces; the day of the report stands in that piece of a timeline where it belongs."""
    match block:
        case Paragraph():
            yield block, 1
        case Bullets() | Pairs():
            for at in range(0, len(block.items), most):
                found = block.items[at : at + most]
                yield block.but(items=found), len(found)
        case Table():
            for at in range(0, len(block.rows), most):
                rows = block.rows[at : at + most]
                yield block.but(rows=rows), len(rows)
        case Timeline():
            turn = next((i for i, each in enumerate(block.moments) if each.ahead), len(block.moments) - 1)
            for at in range(0, len(block.moments), most):
                moments = block.moments[at : at + most]
                yield block.but(moments=moments, marked=block.marked and at <= turn < at + most), len(moments)


def _sections(pieces: Sequence[tuple[Headings, Block | None]], depth: int) -> tuple[Section, ...]:
    """Sections again, of blocks with the sections that they stand in."""
    made = []
    for (_, title), found in groupby(pieces, key=lambda piece: piece[0][depth]):
        group = list(found)
        own = tuple(block for path, block in group if len(path) == depth + 1 and block is not None)
        below = [piece for piece in group if len(piece[0]) > depth + 1]
        made.append(Section(title=title, blocks=own, sections=_sections(below, depth + 1)))
    return tuple(made)
