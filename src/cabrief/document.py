"""What a report says, as plain values: no format, no width and no language is chosen here.

A view makes a `Document`; a renderer prints it. Everything that is printed as said by somebody is a `Cell`, which carries
its evidence and the disputes about it, so that no format can lose them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal

from cabrief.language.text import Text, join, same, template
from cabrief.model.frozen import Frozen
from cabrief.model.record import Ref

if TYPE_CHECKING:
    from cabrief.picture import Picture

State = Literal["value", "no", "unknown", "not-applicable"]


# What every printed form of a report says around its content.
AS_OF = Text("As of {d}", "{d}現在")
HELD, OTHERWISE, WHY = Text("Held here", "本書の立場"), Text("Other sources", "異なる記述"), Text("Why", "理由")


class Cell(Frozen):
    """Something stated: the words, what state they are in, whose they are, their evidence and the disputes about them.

    `url` is set where the words are the address of a page; nothing else is a link. Words that state several things have the ids
    of all but the first in `more`.
    """

    text: Text
    url: str | None = None
    state: State = "value"
    id: str = ""
    by: Text | None = None
    credited: Text | None = None  # the same, where a line above a table says it once
    refs: tuple[Ref, ...] = ()
    disputes: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    evidence: tuple[Ref, ...] = ()  # what it rests on, where no note says so: its table or its page does


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

    def alone(self) -> Cell:
        """What it states where it stands without its date and status, which says what became of it."""
        if not self.status:
            return self.cell
        return self.cell.but(text=template("{t} – {s}", "{t}：{s}", t=self.cell.text, s=self.status))


class Timeline(Frozen):
    """Moments in the order of time; the day of the report stands between what has come and what has not."""

    moments: tuple[Moment, ...]
    as_of: str
    marked: bool = True  # whether the day is shown
    legend: bool = False  # whether the marks of a rail are explained above


class Paragraph(Frozen):
    """The report's own words: an explanation, a count, a pointer to another command. Those of a record are `kept` as they are."""

    text: Text
    kept: bool = False


class Dated(Frozen):
    """Something with a date, as a calendar holds it: a short title, and what is stated of it as a cell.

    `date` is a date as `language.dates` reads them. `due` says that it is a deadline, `ahead` that it lies ahead and is not done
    with. `state` is the status as data has it, `status` the same in words.
    """

    date: str
    title: Text
    kind: Text
    cell: Cell
    place: Text | None = None
    status: Text | None = None
    state: str = ""
    due: bool = False
    ahead: bool = False


Block = Bullets | Pairs | Table | Timeline | Paragraph


class Section(Frozen):
    """Blocks under a heading; a list that is a whole report needs none."""

    title: Text | None
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...] = ()


class Citation(Frozen):
    """A source as a footnote names it; `particulars` is what a bibliography needs besides, as JSON."""

    id: str
    title: Text
    short: Text
    published: str | None
    url: str | None
    rank: str = "other"  # official, first-rate or other
    layer: str = ""  # that its card comes from, where that is not the pack itself
    particulars: str = ""


class DisputeNote(Frozen):
    """A dispute as a footnote tells it."""

    id: str
    about: str = ""
    category: str
    weight: str = "medium"
    summary: Text | None = None
    held: Text
    others: tuple[tuple[Text, tuple[Ref, ...]], ...]
    reason: Text
    refs: tuple[Ref, ...]
    layer: str = ""  # the one that it comes from, if that is not the pack


class Document(Frozen):
    """A report. Lists have rows besides: what the data formats print, with the fields in their order."""

    title: Text
    as_of: str
    sections: tuple[Section, ...]
    citations: Mapping[str, Citation]
    notes: Mapping[str, DisputeNote]
    layers: Mapping[str, str] = {}  # records that are laid over the pack, and by which layer
    laid_over: tuple[str, ...] = ()  # every layer over the pack, whatever is printed
    page: bool = False  # a report of one page, whose notes name the best source alone
    left_out: Text | None = None  # what the page leaves out, and how to get it
    selection: Text | None = None  # to what a list was narrowed
    explains: bool = False  # it explains lines of the last report, whose short names stay as they are
    subjects: tuple[str, ...] = ()  # ids of the records that it is about, where it is about some
    pictures: tuple[Picture, ...] = ()  # what is drawn besides, where it is asked for
    fields: tuple[str, ...] = ()
    rows: tuple[Mapping[str, Any], ...] | None = None
    words: Mapping[str, Mapping[str, Text]] = {}  # for ids and codes in rows, by field; filled for people alone
    bibliography: Mapping[str, Citation] | None = None  # of a report about sources: those that it lists
    calendar: tuple[Dated, ...] | None = None  # of a report about dates: what a calendar holds of it


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


def narrowed(document: Document, line: Text) -> Document:
    """A list with a line above that says to what it was narrowed: who is handed a list has not typed what made it."""
    above = Section(title=None, blocks=(Paragraph(text=line),))
    return document.but(selection=line, sections=(above, *document.sections))


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
                    yield from ((title, same(moment.date), moment.alone()) for moment in block.moments)
                case Paragraph(kept=True):
                    yield title, same(""), Cell(text=block.text)
                case Table():
                    for row in block.rows:
                        for column, cell in zip(block.columns[1:], row[1:], strict=True):
                            yield title, template("{r} / {c}", "{r} / {c}", r=row[0].text, c=column.title), cell
        yield from statements(section.sections, title)


def laid_over(names: Iterable[str]) -> Text:
    """That facts are laid over the pack. Marks at lines cannot show names, counts, disputes and gaps that change with them."""
    en = "Facts of {m} are laid over the pack. They may also change names, sources, counts, disputes and gaps."
    ja = "{m}の事実をパックに重ねている。名称、出典、件数、争点、欠落にも影響しうる。"
    return template(en, ja, m=join([same(f"[{name}]") for name in names]))


def row_layer(document: Document, row: Mapping[str, Any]) -> str | None:
    """The layer that a row of a list comes from, or the older treaty that its status rests on; None for the pack itself.

    A row that is made of several records says itself which layers these come from.
    """
    if row.get("layer"):
        return str(row["layer"])
    ids = (row.get("id"), row.get("predecessor"))
    found = (document.layers.get(str(id_).partition(".")[0]) for id_ in ids)
    return next((name for name in found if name), None)


def layer(document: Document, cell: Cell) -> str:
    """Names of the layers that a cell's records come from, where that is not the pack itself."""
    over = (document.layers.get(id_.partition(".")[0], "") for id_ in (cell.id, *cell.more))
    return ", ".join(dict.fromkeys(name for name in over if name)) if document.layers else ""
