"""What a report says, as plain values: no format, no width and no language is chosen here.

A view makes a `Document`; a renderer prints it. Everything that is printed as said by somebody is a `Cell`, which carries
its evidence and the disputes about it, so that no format can lose them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from cabrief.language.dates import date_text
from cabrief.language.text import Text, same, template
from cabrief.model.frozen import Frozen
from cabrief.model.record import Ref

State = Literal["value", "no", "unknown", "not-applicable"]


# What every printed form of a report says around its content.
AS_OF = Text("As of {d}", "{d}現在")
HELD, OTHERWISE, WHY = Text("Held here", "本書の立場"), Text("Otherwise", "異説"), Text("Why", "理由")


class Cell(Frozen):
    """Something stated: the words, what state they are in, whose they are, their evidence and the disputes about them.

    `url` is set where the words are the address of a page; nothing else is a link.
    """

    text: Text
    url: str | None = None
    state: State = "value"
    id: str = ""
    by: Text | None = None
    refs: tuple[Ref, ...] = ()
    disputes: tuple[str, ...] = ()


class Column(Frozen):
    """Head of a column; numbers align right."""

    title: Text
    right: bool = False


class Bullets(Frozen):
    """Statements under each other."""

    items: tuple[Cell, ...]


class Pairs(Frozen):
    """Labels with their values, one a line."""

    items: tuple[tuple[Text, Cell], ...]


class Table(Frozen):
    """Rows of cells."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Moment(Frozen):
    """An entry of a timeline."""

    date: str
    kind: Text
    sort: str = ""  # which mark stands for it on a rail
    cell: Cell
    status: Text | None = None
    ahead: bool = False


class Timeline(Frozen):
    """Moments in the order of time; the day of the report stands between what has come and what has not."""

    moments: tuple[Moment, ...]
    as_of: str
    marked: bool = True  # whether the day is shown


class Paragraph(Frozen):
    """The report's own words: an explanation, a count, a pointer to another command."""

    text: Text


Block = Bullets | Pairs | Table | Timeline | Paragraph


class Section(Frozen):
    """Blocks under a heading; a list that is a whole report needs none."""

    title: Text | None
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...] = ()


class Citation(Frozen):
    """A source as a footnote names it."""

    id: str
    title: Text
    short: Text
    published: str | None
    url: str | None


class DisputeNote(Frozen):
    """A dispute as a footnote tells it."""

    id: str
    category: str
    held: Text
    others: tuple[tuple[Text, tuple[Ref, ...]], ...]
    reason: Text
    refs: tuple[Ref, ...]


class Document(Frozen):
    """A report. Lists have rows besides: what the data formats print, with the fields in their order."""

    title: Text
    as_of: str
    sections: tuple[Section, ...]
    citations: Mapping[str, Citation]
    notes: Mapping[str, DisputeNote]
    layers: Mapping[str, str] = {}  # records that are laid over the pack, and by which layer
    fields: tuple[str, ...] = ()
    rows: tuple[Mapping[str, Any], ...] | None = None


def cells(sections: tuple[Section, ...]) -> Iterator[Cell]:
    """Every cell, in the order in which it is read."""
    for section in sections:
        for block in section.blocks:
            yield from _cells(block)
        yield from cells(section.sections)


def _cells(block: Block) -> Iterator[Cell]:
    match block:
        case Bullets():
            yield from block.items
        case Pairs():
            yield from (cell for _, cell in block.items)
        case Table():
            yield from (cell for row in block.rows for cell in row)
        case Timeline():
            yield from (moment.cell for moment in block.moments)


def statements(sections: tuple[Section, ...], above: Text | None = None) -> Iterator[tuple[Text, Text, Cell]]:
    """Every cell with the headings that it stands under and the label beside it: a report as rows."""
    for section in sections:
        own = section.title or same("")
        title = template("{a} / {o}", "{a} / {o}", a=above, o=own) if above and own.en else above or own
        for block in section.blocks:
            match block:
                case Bullets():
                    yield from ((title, same(""), cell) for cell in block.items)
                case Pairs():
                    yield from ((title, label, cell) for label, cell in block.items)
                case Timeline():
                    yield from ((title, same(moment.date), moment.cell) for moment in block.moments)
                case Table():
                    for row in block.rows:
                        for column, cell in zip(block.columns[1:], row[1:], strict=True):
                            yield title, template("{r} / {c}", "{r} / {c}", r=row[0].text, c=column.title), cell
        yield from statements(section.sections, title)


class Footnote(Frozen):
    """A place in a source, the phrases that stand there, and the number that stands for it."""

    number: int
    citation: Citation | None
    ref: Ref
    phrases: tuple[str, ...]


def footnotes(document: Document) -> tuple[dict[Ref, int], tuple[Footnote, ...]]:
    """Number the places that the document rests on, in the order in which it comes to them: a line, or a page."""
    places: dict[tuple[str, int | None, int | None], dict[Ref, None]] = {}
    notes = (document.notes[id_] for id_ in lettered(document))
    refs = [ref for cell in cells(document.sections) for ref in cell.refs]
    refs += [ref for note in notes for ref in (*note.refs, *(ref for _, refs in note.others for ref in refs))]
    for ref in refs:
        places.setdefault((ref.source, ref.line, ref.line_end), {})[ref] = None
    numbers: dict[Ref, int] = {}
    found = []
    for number, (place, there) in enumerate(places.items(), start=1):
        numbers.update(dict.fromkeys(there, number))
        phrases = tuple(dict.fromkeys(ref.phrase for ref in there))
        citation = document.citations.get(place[0])
        found.append(Footnote(number=number, citation=citation, ref=next(iter(there)), phrases=phrases))
    return numbers, tuple(found)


def lettered(document: Document) -> dict[str, str]:
    """Marks of the disputes, d1, d2 …, in the order in which the document comes to them."""
    seen = dict.fromkeys(id_ for cell in cells(document.sections) for id_ in cell.disputes)
    return {id_: f"d{n}" for n, id_ in enumerate((id_ for id_ in seen if id_ in document.notes), start=1)}


def reference(note: Footnote) -> Text:
    """A place in a source, in words: who, what, when, which line, and the phrases that stand there."""
    ref, citation = note.ref, note.citation
    phrases = " ".join(f"«{phrase}»" for phrase in note.phrases)
    lines = f"{ref.line}–{ref.line_end}" if ref.line_end and ref.line_end != ref.line else f"{ref.line}"
    if citation is None:
        return Text(f"{ref.source}, {phrases}", f"{ref.source}、{phrases}")
    en, ja = [f"{citation.short.en}, “{citation.title.en}”"], [f"{citation.short.ja}「{citation.title.ja}」"]
    if citation.published:
        date = date_text(citation.published)
        en.append(date.en)
        ja.append(date.ja)
    if ref.line:
        en.append(f"line{'s' if '–' in lines else ''} {lines}")
        ja.append(f"{lines}行目")
    return Text(", ".join([*en, phrases]), "、".join([*ja, phrases]))


MARKS: dict[str, Text] = {
    "error": Text("a source errs", "出典に誤りあり"),
    "outdated": Text("a source is outdated", "古い出典あり"),
    "disagreement": Text("disputed", "異論あり"),
    "wording": Text("wording varies", "表記に揺れあり"),
}
_GRAVEST = ("disagreement", "error", "outdated", "wording")


def mark(document: Document, disputes: Sequence[str]) -> Text:
    """How a value is marked that disputes are about: by the gravest of them."""
    found = {document.notes[id_].category for id_ in disputes if id_ in document.notes}
    return MARKS[next(category for category in _GRAVEST if category in found)]


def layer(document: Document, cell: Cell) -> str:
    """Name of the layer that a cell's record comes from, where that is not the pack itself."""
    return document.layers.get(cell.id.partition(".")[0], "")
