"""A page of the screen: the lines of a document, which of them belong together, and what is copied of one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cabrief.document import AS_OF, Block, Bullets, Cell, Document, Pairs, Paragraph, Section, Table, Timeline, layer
from cabrief.formats import How
from cabrief.formats.notes import contested, is_quiet, source_words
from cabrief.formats.terminal import HANDLE, screen_lines
from cabrief.language.dates import date_text
from cabrief.language.layout import Piece
from cabrief.language.text import Lang, Text, clean, same
from cabrief.model.record import Ref

SLIPS = Text("a source errs or differs", "出典に誤りか相違")  # as † says elsewhere
NONE = same("—")  # what stands in a table where there is nothing to say
HEADS = ("bold", "bold cyan", "bold green")  # styles of lines that stand between those of a report
KEY_FOR = (
    (re.compile(r"(?:; by theme: |、主題ごとには )--by-theme"), ""),  # a place on the left
    (re.compile(r"`?cabrief why(?: [A-Z]+| k[0-9]+)?`?"), "w"),
    (
        re.compile(r"(?:cabrief [a-z]+(?: [^\s,、。]+)? )?--(?:full|all)\b(?:, or --since YEAR|、または --since 年)?"),
        "f",
    ),
)  # what a report says of the command line, and the key of the screen that does it


class PageLine(NamedTuple):
    """A line of the screen; `number` is which line of the report it is part of, from 1 on, 0 for none."""

    pieces: Sequence[Piece]
    number: int


class StatedLine(NamedTuple):
    """A line of a report that states something: what stands beside it and over its columns, and its cells."""

    label: Text
    heads: tuple[Text, ...]
    cells: tuple[Cell, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of all that it states."""
        return tuple(dict.fromkeys(cell.id for cell in self.cells if cell.id))


def stated(document: Document) -> list[StatedLine]:
    """The lines of a report that state something, in the order in which they are read."""
    return [line for line in _lines(document.sections) if line.ids]


def _lines(sections: Sequence[Section]) -> Iterator[StatedLine]:
    for section in sections:
        for block in section.blocks:
            yield from block_lines(block)
        yield from _lines(section.sections)


def block_lines(block: Block) -> Iterator[StatedLine]:
    """The lines of a block, also those that state nothing; none of a paragraph."""
    match block:
        case Bullets():
            yield from (StatedLine(same(""), (), (cell,)) for cell in block.items)
        case Pairs():
            yield from (StatedLine(label, (), (cell,)) for label, cell in block.items)
        case Table():
            heads = tuple(column.title for column in block.columns)
            yield from (StatedLine(same(""), heads, row) for row in block.rows)
        case Timeline():
            yield from (StatedLine(date_text(moment.date), (), (moment.alone(),)) for moment in block.moments)


def page_lines(document: Document, lang: Lang, width: int) -> list[PageLine]:
    """Lay a document out for so many columns."""
    how = How(lang=lang, width=width, sources=False, handles=True, keys=True)
    found, last, number = [], 0, 0
    for pieces in screen_lines(with_keys(document), how):
        if pieces and pieces[0][1] == HANDLE:
            last += 1
            number = last
        elif not any(words.strip() for words, _ in pieces) or _is_head(pieces):
            number = 0
        found.append(PageLine(pieces, number))
    return found


def _is_head(pieces: Sequence[Piece]) -> bool:
    return all(style in HEADS or not words.strip() for words, style in pieces)


def with_keys(document: Document) -> Document:
    """The document with the keys of the screen where it names commands that do the same."""
    left = _keyed(document.left_out) if document.left_out else None
    return document.but(sections=tuple(map(_section_keyed, document.sections)), left_out=left)


def _section_keyed(part: Section) -> Section:
    blocks: tuple[Block, ...] = tuple(
        block.but(text=_keyed(block.text)) if isinstance(block, Paragraph) and not block.kept else block
        for block in part.blocks
    )
    return part.but(blocks=blocks, sections=tuple(map(_section_keyed, part.sections)))


def _keyed(words: Text) -> Text:
    for command, key in KEY_FOR:
        words = Text(*(command.sub(key, each) for each in words))
    return words


def quotation(document: Document, line: StatedLine, lang: Lang) -> str:
    """A line as it is copied: what it is about, its words, and the day; then a line for each source."""
    title = clean(document.title.pick(lang))
    day = AS_OF.pick(lang).format(d=date_text(document.as_of).pick(lang))
    first = f"{title} / " if line.label.pick(lang) else ""
    first += line_words(document, line, lang)
    first += f"（{day}）" if lang == "ja" else f" ({day[0].lower()}{day[1:]})"
    places: dict[str, list[Ref]] = {}
    for ref in (ref for cell in line.cells for ref in cell.refs):
        places.setdefault(ref.source, []).append(ref)
    return "\n".join([first, *(f"— {_source(document, each, lang)}" for each in places.values())])


def line_words(document: Document, line: StatedLine, lang: Lang) -> str:
    """A line in one: what stands beside it, its words, whose they are, what is contested, and its layer."""
    colon, stop = ("：", "；") if lang == "ja" else (": ", "; ")
    said = []
    for i, cell in enumerate(line.cells):
        if cell.state != "not-applicable" and cell.text != NONE:
            head = clean(line.heads[i].pick(lang)) + colon if line.heads and i else ""
            said.append(head + _words(document, cell, lang))
    label = clean(line.label.pick(lang))
    return (label + colon if label else "") + stop.join(said)


def _words(document: Document, cell: Cell, lang: Lang) -> str:
    words = clean(cell.text.pick(lang))
    quiet = SLIPS if is_quiet(document, cell) else None
    for aside in (cell.by or cell.credited, contested(document, cell), quiet):
        if aside:
            words += f"（{clean(aside.pick(lang))}）" if lang == "ja" else f" ({clean(aside.pick(lang))})"
    over = layer(document, cell)
    return f"{words} [{clean(over)}]" if over else words


def _source(document: Document, places: list[Ref], lang: Lang) -> str:
    citation = document.citations.get(places[0].source)
    words = clean(source_words(citation, places).pick(lang))
    return f"{words} {clean(citation.url)}" if citation and citation.url else words
