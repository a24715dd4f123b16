"""What each printed line rests on: one numbered note a line, with its sources and its disputes.

Lines that rest on the same places share a note. Nothing in a note refers to another note.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from cabrief.document import Bullets, Cell, Citation, DisputeNote, Document, Pairs, Section, Table, Timeline
from cabrief.errors import UsageError
from cabrief.language.dates import date_text
from cabrief.language.text import Lang, Text, clean, join, same, template, unstopped
from cabrief.model.frozen import Frozen
from cabrief.model.kinds.treaties import STAGES
from cabrief.model.record import WEIGHTS, Ref

MOST_ON_A_PAGE = 1  # sources that a note of a one-page report names
ROOM_OF_A_LINE = 80  # characters
ROOM_OF_A_RUN = 10  # characters for which a run of Japanese in another language counts more than its own
JAPANESE = "[\u3001-\u30ff\u3400-\u9fff\uff01-\uff9f]+"
LONG_ON_PAPER, MOST_ON_PAPER = 50_000, 250_000  # characters of a PDF; a thousand take some 100 ms and 2 MB
MOST_ON_A4 = 60  # columns of a table
MOST_TELLINGS = 20  # notes of a report that tell one dispute in full; later ones give its id
RANK_ORDER = ("official", "first-rate", "other")  # the better source is named first
SAFE = "%/:=&?~#+!$,;'@()*"  # what stands in an address as it is, besides letters and digits
MOST_SPEAKERS = 5  # who says something otherwise, by name
QUIET = "†"
# parts of a record that lines about it print
STATED = ("value", "amount", "due", "outcome", "date", "status", "since", "started")
QUIET_MEANS = Text(
    "† A source errs, is outdated or puts it differently; `cabrief why` and `cabrief disputes` say how.",
    "† 出典に誤り・古い記述・表記の違いがある。内容は `cabrief why`、`cabrief disputes` を参照。",
)


class Line(Frozen):
    """One printed line: an item of a list, a row of a table or a moment, with the heads of the columns of a row."""

    cells: tuple[Cell, ...]
    heads: tuple[Text, ...] = ()

    @property
    def id(self) -> str:
        """Id of the first thing that the line states, or nothing."""
        return next((cell.id for cell in self.cells if cell.id), "")

    @property
    def ids(self) -> list[str]:
        """Ids of all that its cells state."""
        stated = (id_ for cell in self.cells if cell.id for id_ in (cell.id, *cell.more))
        return list(dict.fromkeys(stated))


class Cited(Frozen):
    """A source in a note: its words, with the places and phrases in it, its address, and its id."""

    words: Text
    url: str | None
    id: str


class Footnote(Frozen):
    """A numbered note: the sources, each group under the head of its column where a row has several, and the disputes.

    `further` are ids of disputes that a page only names, or that many notes have told before.
    """

    number: int
    parts: tuple[tuple[Text | None, tuple[Cited, ...], int], ...]  # head, sources, and how many more there are
    disputes: tuple[DisputeNote, ...]
    further: tuple[str, ...]
    ids: tuple[str, ...]  # what the lines with this note state


Key = tuple[tuple[tuple[Text | None, tuple[Ref, ...]], ...], tuple[str, ...]]


def lines(sections: Sequence[Section]) -> Iterator[Line]:
    """Every printed line, in the order in which it is read."""
    for section in sections:
        for block in section.blocks:
            match block:
                case Bullets():
                    yield from (Line(cells=(cell,)) for cell in block.items)
                case Pairs():
                    yield from (Line(cells=(cell,)) for _, cell in block.items)
                case Table():
                    heads = tuple(column.title for column in block.columns)
                    yield from (Line(cells=row, heads=heads) for row in block.rows)
                case Timeline():
                    yield from (Line(cells=(moment.cell,)) for moment in block.moments)
        yield from lines(section.sections)


def handles(document: Document) -> dict[str, list[str]]:
    """Short names of the printed lines that state something, by which `why` finds them: k1, k2 …, with the ids."""
    stated = (line.ids for line in lines(document.sections) if line.id)
    return {f"k{number}": ids for number, ids in enumerate(stated, start=1)}


class Footnotes:
    """The notes of a document, numbered in the order in which it comes to them."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._numbers: dict[Key, int] = {}
        self._first: dict[Any, Key] = {}  # the order of evidence is that of the first line that has it
        self._told = Counter[str]()  # how often each dispute was told
        ids: dict[Key, dict[str, None]] = {}
        for line in lines(document.sections):
            if key := self._key(line.cells, line.heads):
                self._numbers.setdefault(key, len(self._numbers) + 1)
                ids.setdefault(key, {}).update(dict.fromkeys(line.ids or [""]))
        self.notes = tuple(self._note(number, key, tuple(ids[key])) for key, number in self._numbers.items())

    def number(self, cells: Sequence[Cell], heads: Sequence[Text] = ()) -> int | None:
        """Number of the note of a printed line; None where it rests on nothing."""
        key = self._key(cells, heads)
        return self._numbers[key] if key else None

    def trail(self) -> dict[str, list[str]]:
        """What the numbers of notes stand for, and the disputes in order: d1, d2 …, as ids."""
        disputes = dict.fromkeys(
            id_ for note in self.notes for id_ in (*(dispute.id for dispute in note.disputes), *note.further)
        )
        found = {str(note.number): [id_ for id_ in note.ids if id_] for note in self.notes}
        return found | {f"d{number}": [id_] for number, id_ in enumerate(disputes, start=1)}

    def _key(self, cells: Sequence[Cell], heads: Sequence[Text]) -> Key | None:
        many = sum(bool(cell.refs) for cell in cells) > 1
        parts = tuple(
            (heads[i] if many and heads else None, tuple(dict.fromkeys(cell.refs)))
            for i, cell in enumerate(cells)
            if cell.refs
        )
        disputes = dict.fromkeys(id_ for cell in cells for id_ in cell.disputes if id_ in self._document.notes)
        if not parts and not disputes:
            return None
        same_places = tuple((head, frozenset(refs)) for head, refs in parts), frozenset(disputes)
        return self._first.setdefault(same_places, (parts, tuple(disputes)))

    def _note(self, number: int, key: Key, ids: tuple[str, ...]) -> Footnote:
        parts, disputes = key
        told = []
        for head, refs in _merged(parts):
            cited = self._cited(refs)
            most = MOST_ON_A_PAGE if self._document.page else len(cited)
            told.append((head, cited[:most], len(cited) - len(cited[:most])))
        found = sorted((self._document.notes[id_] for id_ in disputes), key=lambda note: WEIGHTS.index(note.weight))
        shown = found
        if self._document.page:  # what is a slip, or a source that is corrected, is only named
            shown = [note for note in found if note.category == "disagreement" and note.weight != "low"][
                :MOST_ON_A_PAGE
            ]
        shown = [note for note in shown if self._told[note.id] < MOST_TELLINGS]
        self._told.update(note.id for note in shown)
        named = {note.id for note in shown}
        further = tuple(note.id for note in found if note.id not in named)
        return Footnote(number=number, parts=tuple(told), disputes=tuple(shown), further=further, ids=ids)

    def _cited(self, refs: Sequence[Ref]) -> tuple[Cited, ...]:
        """Sources, each once, the better first."""
        by_source: dict[str, list[Ref]] = {}
        for ref in refs:
            by_source.setdefault(ref.source, []).append(ref)
        found = [(self._document.citations.get(source), places) for source, places in by_source.items()]
        found.sort(key=lambda each: RANK_ORDER.index(each[0].rank) if each[0] else len(RANK_ORDER))
        return tuple(
            Cited(
                words=source_words(citation, places, short=self._document.page),
                url=citation.url if citation else None,
                id=places[0].source,
            )
            for citation, places in found
        )


def check_columns(document: Document) -> None:
    """Whether a page has room for every table; raises UsageError."""
    columns = max((len(block.columns) for block in _tables(document.sections)), default=0)
    if columns > MOST_ON_A4:
        en = "a page has no room for a table of {n} columns: ask for fewer, or write .html or .xlsx"
        ja = "{n}列の表はページに収まらない：範囲を絞るか、.htmlか.xlsxに書く"
        raise UsageError(*template(en, ja, n=columns))


def _tables(sections: Iterable[Section]) -> Iterator[Table]:
    for part in sections:
        yield from (block for block in part.blocks if isinstance(block, Table))
        yield from _tables(part.sections)


def extent(document: Document, lang: Lang) -> int:
    """How many characters a report prints in a language, its notes among them; a line takes the room of some more."""
    printed_lines = list(lines(document.sections))
    printed = [cell.text for line in printed_lines for cell in line.cells]
    notes = Footnotes(document).notes
    cited = [each for note in notes for _, found, _ in note.parts for each in found]
    printed += [each.words for each in cited]
    for dispute in (dispute for note in notes for dispute in note.disputes):
        printed += [dispute.held, dispute.reason, *(says for says, _ in dispute.others)]
    addresses = sum(len(each.url or "") for each in cited)
    words = [text.pick(lang) for text in printed]
    runs = sum(len(re.findall(JAPANESE, each)) for each in words if not each.isascii()) if lang == "en" else 0
    return sum(map(len, words)) + addresses + ROOM_OF_A_LINE * len(printed_lines) + ROOM_OF_A_RUN * runs


def _merged(parts: Sequence[tuple[Text | None, tuple[Ref, ...]]]) -> list[tuple[Text | None, tuple[Ref, ...]]]:
    """The groups of a row, those that rest on the same places under their heads together."""
    heads: dict[tuple[Ref, ...], list[Text]] = {}
    for head, refs in parts:
        heads.setdefault(refs, []).extend([head] if head else [])
    return [(join(found) if found else None, refs) for refs, found in heads.items()]


def source_words(citation: Citation | None, places: Sequence[Ref], *, short: bool = False) -> Text:
    """A source in words: who, what, when, which lines, and the phrases that stand there; short, without its title."""
    told = list(dict.fromkeys(f"«{ref.phrase}»" for ref in places))
    phrases = told[0] if short else " ".join(told)
    if citation is None:
        return Text(f"{places[0].source}, {phrases}", f"{places[0].source}、{phrases}")
    en, ja = [citation.short.en], [citation.short.ja]
    if not short:
        en, ja = [*en, f"“{citation.title.en}”"], [f"{citation.short.ja}「{citation.title.ja}」"]
    if citation.layer:
        en, ja = [*en, f"[{citation.layer}]"], [*ja, f"[{citation.layer}]"]
    if citation.published:
        date = date_text(citation.published)
        en.append(date.en)
        ja.append(date.ja)
    if spans := list(dict.fromkeys(_span(ref) for ref in (places[:1] if short else places) if ref.line)):
        en.append(f"line{'s' if len(spans) > 1 or '–' in spans[0] else ''} {', '.join(spans)}")
        ja.append(f"{'、'.join(spans)}行目")
    return Text(", ".join([*en, phrases]), "、".join([*ja, phrases]))


def _span(ref: Ref) -> str:
    return f"{ref.line}–{ref.line_end}" if ref.line_end and ref.line_end != ref.line else f"{ref.line}"


def proper_url(url: str) -> str:
    """An address as the standard has it, with what may not stand in one escaped: Word takes a file with another for broken."""
    from urllib.parse import quote

    return re.sub(r"^(\w+://)%5B([\w:.]+)%5D", r"\1[\2]", quote(clean(url), SAFE))  # a host may be [::1]


def shown_address(url: str | None) -> str:
    """An address of the web as paper shows it: what a reader types, without the scheme; nothing for what is none."""
    shown = re.sub("^https?://(www[.])?", "", clean(url or ""), flags=re.IGNORECASE)
    return shown.removesuffix("/") if url and shown != url else ""


def subject(note: DisputeNote) -> Text:
    """What a dispute is about, in few words and without a full stop."""
    return unstopped(note.summary or note.held)


def more_words(count: int) -> Text:
    """How many sources a note of a page leaves out."""
    return template("+{n} more", "ほか{n}件", n=count)


def contested(document: Document, cell: Cell) -> Text | None:
    """What is contested of a printed value, where sources disagree about that very value; else None.

    Of several disagreements it tells the weightiest, and how many more there are.
    """
    notes = [note for id_ in cell.disputes if (note := document.notes.get(id_)) and _is_about(note.about, cell)]
    weighty = [note for note in notes if note.category == "disagreement" and note.weight != "low"]
    if not weighty:
        return None
    note = min(weighty, key=lambda each: WEIGHTS.index(each.weight))
    told = template("disputed: {w}", "争点：{w}", w=note.summary) if note.summary else None
    told = told or template("disputed{l}", "争点あり{l}", l=f" [{note.layer}]" if note.layer else "")
    return join([told, more_words(len(weighty) - 1)], "; ", "、") if len(weighty) > 1 else told


def _is_about(about: str, cell: Cell) -> bool:
    """Whether a dispute is about what a cell states: the thing itself, its value, or the step that a treaty's status rests on."""
    ids, (whole, _, part) = (cell.id, *cell.more), about.partition(".")
    own = part.rstrip("-0123456789")  # a second step or outcome of a sort is numbered
    return about in ids or (whole in ids and (own in STAGES or own in STATED))


def is_quiet(document: Document, cell: Cell) -> bool:
    """Whether a printed value has disputes that do not touch the value itself: slips, and sources that are corrected."""
    return contested(document, cell) is None and any(id_ in document.notes for id_ in cell.disputes)


def speakers(document: Document, refs: Sequence[Ref]) -> Text:
    """Short names of who says something, of the first few."""
    found = (document.citations.get(ref.source) for ref in refs)
    names = list(dict.fromkeys(each.short for each in found if each)) or [same("—")]
    more = [more_words(len(names) - MOST_SPEAKERS)] if len(names) > MOST_SPEAKERS else []
    return join([*names[:MOST_SPEAKERS], *more])
