"""Cut a page to its budget: the last lines of its longest lists go first, the answer on top never."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from operator import add, sub

from cabrief.document import Block, Bullets, Cell, Citation, Document, Pairs, Section, Table
from cabrief.language.layout import width
from cabrief.language.text import LANGS, Lang, Text

PAGE_WORDS = 880  # of 900, for what differs between formats
MOST_LINES = 71  # at 100 columns, as counted here, which comes out a little high
WIDE_FROM = "\u3000"  # Japanese characters, and all others that take two columns, come from here on
WIDE_PER_WORD = 3  # Japanese characters that take the room of a word
ROOM = 80  # columns that a line of a list has at 100
PAGE_FRAME = 6  # lines of a page around its sections
MOST = (PAGE_WORDS, MOST_LINES - PAGE_FRAME) * len(LANGS)  # of all sections together
LEAST_LINES = 1  # line that every list keeps
# words of a note beside the name and the phrase: mark, date, line, address, how many more
NOTE: dict[Lang, int] = {"en": 11, "ja": 14}
LabelledCells = tuple[tuple[Text, ...], tuple[Cell, ...]]  # labels and cells of a line


@cache
def word_count(text: str) -> int:
    """Words of a text in either language: runs of letters, and every three wide characters."""
    if text.isascii():
        return len(text.split())
    narrow = "".join(" " if letter >= WIDE_FROM else letter for letter in text)
    wide = sum(map(WIDE_FROM.__le__, text))
    return -(-wide // WIDE_PER_WORD) + len(narrow.split())


def fitted(document: Document) -> Document:
    """The page within its budget of lines and words, in both languages.

    Until it fits, lines are left out of the longest sections but the first; some is kept of each.
    """
    sections = list(document.sections)
    sizes = [_size(document, part) for part in sections]
    while any(sum(part) > most for part, most in zip(zip(*sizes, strict=True), MOST, strict=False)):
        length, at = max(((_trimmable(part), i) for i, part in enumerate(sections) if i), default=(0, 0))
        if length <= LEAST_LINES:
            break
        sections[at], line = _trimmed(sections[at])
        sizes[at] = tuple(map(sub, sizes[at], _sizes_of(document, [], [line])))
    return document.but(sections=tuple(sections))


def _size(document: Document, part: Section) -> tuple[int, ...]:
    """Words and lines of a section in each language."""
    tables = sum(isinstance(block, Table) for each in _parts([part]) for block in each.blocks)
    words_lines = _sizes_of(document, list(_titles([part])), list(_rows([part])))
    return tuple(map(add, words_lines, (0, 2 * tables) * len(LANGS)))


def _sizes_of(document: Document, titles: Sequence[Text], rows: Sequence[LabelledCells]) -> tuple[int, ...]:
    """Words and lines of titles and lines in each language."""
    return tuple(
        size for lang in LANGS for size in (_words(document, titles, rows, lang), 2 * len(titles) + _lines(rows, lang))
    )


def _rows(sections: Sequence[Section]) -> Iterator[LabelledCells]:
    """Every line of a page: its labels and its cells."""
    for part in sections:
        for block in part.blocks:
            match block:
                case Bullets():
                    yield from (((), (cell,)) for cell in block.items)
                case Pairs():
                    yield from (((label,), (cell,)) for label, cell in block.items)
                case Table():
                    yield from (((), row) for row in block.rows)
        yield from _rows(part.sections)


def _titles(sections: Sequence[Section]) -> Iterator[Text]:
    for part in sections:
        yield from [part.title] if part.title else []
        yield from _titles(part.sections)


def _words(document: Document, titles: Sequence[Text], rows: Sequence[LabelledCells], lang: Lang) -> int:
    total = sum(word_count(title.pick(lang)) + 1 for title in titles)
    for labels, cells in rows:
        total += sum(word_count(text.pick(lang)) for text in labels) + 2
        for cell in cells:
            total += word_count(cell.text.pick(lang)) + (word_count(cell.by.pick(lang)) if cell.by else 0)
        total += _note_words(document, cells, lang)
    return total


def _note_words(document: Document, cells: Sequence[Cell], lang: Lang) -> int:
    """Words of the note of a line: a source with its phrase and address, and the disputes."""
    refs = [ref for cell in cells for ref in cell.refs][:1]
    total = 0
    for ref in refs:
        citation: Citation | None = document.citations.get(ref.source)
        name = citation.short.pick(lang) if citation else ref.source
        total += word_count(name) + word_count(ref.phrase) + NOTE[lang]
    for id_ in {id_ for cell in cells for id_ in cell.disputes if id_ in document.notes}:
        note = document.notes[id_]
        told = note.category == "disagreement" and note.weight != "low"
        total += word_count(note.others[0][0].pick(lang)) + 6 if told and note.others else 2
    return total


def _lines(rows: Sequence[LabelledCells], lang: Lang) -> int:
    total = 0
    for labels, cells in rows:
        if len(cells) == 1:
            room = ROOM - 16 * bool(labels)
            total += -(-width(cells[0].text.pick(lang)) // room)
        else:
            share = max(1, ROOM // len(cells))
            total += max(-(-width(cell.text.pick(lang)) // share) for cell in cells)
    return total


def _parts(sections: Sequence[Section]) -> Iterator[Section]:
    for part in sections:
        yield part
        yield from _parts(part.sections)


def _trimmable(part: Section) -> int:
    """How many lines the longest list of a section has; a matrix of many columns is whole or not there."""
    return max((_length(block) for each in _parts([part]) for block in each.blocks), default=0)


def _length(block: Block) -> int:
    if isinstance(block, Bullets):
        return len(block.items)
    return len(block.rows) if isinstance(block, Table) and len(block.columns) <= len(("what", "value", "date")) else 0


def _trimmed(part: Section) -> tuple[Section, LabelledCells]:
    """The section without the last line of its longest list, and that line."""
    longest = _trimmable(part)
    gone: list[LabelledCells] = []

    def cut(each: Section) -> Section:
        blocks: list[Block] = []
        for block in each.blocks:
            if not gone and _length(block) == longest and isinstance(block, Bullets):
                gone.append(((), block.items[-1:]))
                blocks.append(block.but(items=block.items[:-1]))
            elif not gone and _length(block) == longest and isinstance(block, Table):
                gone.append(((), block.rows[-1]))
                blocks.append(block.but(rows=block.rows[:-1]))
            else:
                blocks.append(block)
        return each.but(blocks=tuple(blocks), sections=tuple(cut(inner) for inner in each.sections))

    return cut(part), gone[0]
