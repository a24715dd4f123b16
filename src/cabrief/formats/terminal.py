"""For a person at a terminal: wrapped to the width, sources numbered at the end. Styles and table borders are Rich's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.color import ColorSystem
from rich.style import Style

from cabrief.document import (
    AS_OF,
    HELD,
    OTHERWISE,
    WHY,
    Block,
    Bullets,
    Cell,
    Document,
    Pairs,
    Paragraph,
    Section,
    Table,
    Timeline,
    footnotes,
    layer,
    lettered,
    mark,
    reference,
)
from cabrief.formats import How
from cabrief.language.dates import date_text
from cabrief.language.layout import Piece, columns, units, width, wrap
from cabrief.language.text import Text, clean
from cabrief.model.record import Ref

STATES = {"unknown": "yellow", "no": "dim", "not-applicable": "dim", "value": ""}
SOURCES, DISPUTES = Text("Sources", "出典"), Text("Disputes", "争点の注")
RAIL = {"summit": "●", "treaty": "◆", "commitment": "◇"}  # whatever else happens is ○
LEGEND = Text("● summit  ◆ treaty  ◇ promise due  ○ other", "● 首脳会合  ◆ 条約  ◇ 約束の期限  ○ その他")
LABEL_MOST, GAP, NARROWEST = 28, 2, 9


def to_terminal(document: Document, how: How) -> str:
    """Print a document for a screen."""
    return _Writer(document, how).write()


class _Writer:
    def __init__(self, document: Document, how: How) -> None:
        self.document, self.lang, self.sources = document, how.lang, how.sources
        self.width, self.color = how.width or 80, how.color
        self.numbers, self.footnotes = footnotes(document)
        self.letters = lettered(document)
        self.bullet, self.rule = ("*", "-") if how.ascii else ("•", "─")
        self.ascii = how.ascii
        self.lines: list[str] = []
        self.codes: dict[str, tuple[str, str]] = {"": ("", "")}

    def write(self) -> str:
        self.put([(self.words(self.document.title), "bold")])
        self.put([(AS_OF.pick(self.lang).format(d=self.date(self.document.as_of)), "dim")])
        for part in self.document.sections:
            self.section(part, 0)
        if self.sources:
            self.end()
        return "\n".join(self.lines) + "\n"

    def words(self, text: Text) -> str:
        return clean(text.pick(self.lang))

    def bracketed(self, text: Text) -> str:
        return f"（{self.words(text)}）" if self.lang == "ja" else f"({self.words(text)})"

    def date(self, date: str) -> str:
        return self.words(date_text(date))

    def styled(self, line: Sequence[Piece]) -> str:
        return "".join(before + words + after for words, style in line for before, after in (self.code(style),))

    def code(self, style: str) -> tuple[str, str]:
        """What switches a style on and off."""
        if not self.color:
            return "", ""
        if style not in self.codes:
            before, _, after = Style.parse(style).render("|", color_system=ColorSystem.STANDARD).partition("|")
            self.codes[style] = before, after
        return self.codes[style]

    def put(self, pieces: Iterable[Piece], first: Sequence[Piece] = (), indent: int = 0) -> None:
        """Print a paragraph behind an indent; `first` stands in the indent of its first line."""
        for i, line in enumerate(wrap(pieces, max(NARROWEST, self.width - indent))):
            lead = list(first) if i == 0 else []
            pad = " " * (indent - sum(width(words) for words, _ in lead))
            self.lines.append(self.styled([*lead, (pad, ""), *line]).rstrip())

    def heading(self, words: str) -> None:
        if width(words) > self.width - 2:
            self.lines.append("")
            self.put([(words, "bold cyan")])
            return
        rest = self.rule * max(0, self.width - width(words) - 1)
        self.lines += ["", self.styled([(words, "bold cyan"), (f" {rest}", "cyan")])]

    def section(self, part: Section, level: int) -> None:
        if part.title is None:
            self.lines.append("")
        elif level == 0:
            self.heading(self.words(part.title))
        else:
            self.lines.append("")
            self.put([(self.words(part.title), "bold")])
        for block in part.blocks:
            self.block(block)
        for inner in part.sections:
            self.section(inner, level + 1)

    def block(self, block: Block) -> None:
        match block:
            case Paragraph():
                self.put([(self.words(block.text), "dim")])
            case Bullets():
                for cell in block.items:
                    self.put(self.cell(cell), [(f"  {self.bullet}", "")], 4)
            case Pairs():
                self.labelled([(self.words(label), "bold", self.cell(cell)) for label, cell in block.items])
            case Table():
                self.table(block)
            case Timeline():
                self.timeline(block)

    def labelled(self, rows: Sequence[tuple[str, str, list[Piece]]]) -> None:
        """Labels with what belongs to each beside them; a label that is too long stands above."""
        most = min(max((width(label) for label, _, _ in rows), default=0), LABEL_MOST, self.width // 3)
        for label, style, pieces in rows:
            if width(label) > most:
                self.put([(label, style)], indent=2)
                self.put(pieces, indent=2 + most + GAP)
            else:
                self.put(pieces, [(f"  {label}", style)], 2 + most + GAP)

    def timeline(self, block: Timeline) -> None:
        dates = [self.date(moment.date) for moment in block.moments]
        kinds = [self.words(moment.kind) for moment in block.moments]
        wide = max(map(width, dates), default=0), max(map(width, kinds), default=0)
        indent = 4 + wide[0] + GAP + wide[1] + GAP
        narrow = indent > self.width // 2
        today = f"  {self.rule * 2} {self.date(block.as_of)} {self.rule * 2}"
        year, marked = "", not block.marked
        if block.legend and not self.ascii:
            self.put([(self.words(LEGEND), "dim")], indent=2)
        for moment, date, kind in zip(block.moments, dates, kinds, strict=True):
            if moment.ahead and not marked:
                self.put([(today.strip(), "bold green")], indent=2)
                marked = True
            if moment.date[:4] != year:
                year = moment.date[:4]
                self.put([(year, "bold")], indent=2)
            status = [(self.bracketed(moment.status) + " ", "yellow")] if moment.status else []
            pieces = [*status, *self.cell(moment.cell)]
            if narrow:
                self.put([(date, ""), ("  ", ""), (kind, "cyan")], self.mark(moment.sort), 4)
                self.put(pieces, indent=6)
            else:
                space = " " * (wide[0] - width(date) + GAP)
                self.put(pieces, [*self.mark(moment.sort), (date + space, ""), (kind, "cyan")], indent)
        if block.moments and not marked:
            self.put([(today.strip(), "bold green")], indent=2)

    def mark(self, sort: str) -> list[Piece]:
        """The mark of a kind of moment, in front of its date."""
        sign = "*" if self.ascii else RAIL.get(sort, "○")
        return [(f"  {sign} ", "bold" if sort in RAIL else "")]

    def table(self, block: Table) -> None:
        heads: list[list[Piece]] = [[(self.words(column.title), "bold")] for column in block.columns]
        rows = [heads, *([self.cell(cell) for cell in row] for row in block.rows)]
        natural = [max(_width(row[i]) for row in rows) for i in range(len(heads))]
        least = [min(n, max(NARROWEST, *(_longest(row[i]) for row in rows))) for i, n in enumerate(natural)]
        room = self.width - 2 - GAP * (len(heads) - 1)
        if sum(least) > room:
            self.stacked(block)
            return
        widths = columns(natural, least, room)
        for number, row in enumerate(rows):
            wrapped = [wrap(cell, size) for cell, size in zip(row, widths, strict=True)]
            for i in range(max(map(len, wrapped))):
                parts: list[Piece] = [(" ", "")]
                for cell, size, column in zip(wrapped, widths, block.columns, strict=True):
                    line = cell[i] if i < len(cell) else []
                    pad = " " * (size - _width(line))
                    parts += [(pad, ""), *line, (" " * GAP, "")] if column.right else [*line, (pad + " " * GAP, "")]
                self.lines.append(self.styled(parts).rstrip())
            if number == 0:
                self.lines.append(self.styled([(" " + self.rule * (sum(widths) + GAP * (len(widths) - 1)), "dim")]))

    def stacked(self, block: Table) -> None:
        """Print a table too narrow for its columns: row after row, each column a line."""
        for row in block.rows:
            self.put([(self.words(row[0].text), "bold")], indent=1)
            titles = [self.words(column.title) for column in block.columns]
            self.labelled([(title, "", self.cell(cell)) for title, cell in zip(titles[1:], row[1:], strict=True)])

    def cell(self, cell: Cell) -> list[Piece]:
        pieces: list[Piece] = [(self.words(cell.text), STATES[cell.state])]
        if cell.by:
            space = "" if self.lang == "ja" else " "
            pieces.append((space + self.bracketed(cell.by), "italic dim"))
        if over := layer(self.document, cell):
            pieces.append((f" [{clean(over)}]", "magenta"))
        letters = [self.letters[id_] for id_ in cell.disputes if id_ in self.letters]
        if letters:
            told = (
                f" [{','.join(letters)}]" if self.sources else f" {self.bracketed(mark(self.document, cell.disputes))}"
            )
            pieces.append((told, "bold yellow"))
        if cell.refs and self.sources:
            pieces.append((f" {self.marks(cell.refs)}", "dim"))
        return pieces

    def marks(self, refs: Iterable[Ref]) -> str:
        numbers = sorted({self.numbers[ref] for ref in refs})
        return f"[{','.join(str(number) for number in numbers)}]" if numbers else ""

    def end(self) -> None:
        """Print the disputes and the sources that the marks stand for."""
        if self.letters:
            self.heading(self.words(DISPUTES))
            for id_, letter in self.letters.items():
                self.put(self.note(id_), [(f"  [{letter}]", "bold yellow")], 8)
        if self.footnotes:
            self.heading(self.words(SOURCES))
            for note in self.footnotes:
                url = note.citation.url if note.citation else None
                pieces = [(self.words(reference(note)), ""), (f" {clean(url)}" if url else "", "dim")]
                self.put(pieces, [(f"  [{note.number}]", "dim")], 8)

    def note(self, id_: str) -> list[Piece]:
        note = self.document.notes[id_]
        colon = "：" if self.lang == "ja" else ": "
        parts = [
            (HELD, note.held, note.refs),
            *((OTHERWISE, says, refs) for says, refs in note.others),
            (WHY, note.reason, ()),
        ]
        pieces: list[Piece] = []
        for head, text, refs in parts:
            pieces += [("\n", "")] if pieces else []
            pieces += [
                (self.words(head) + colon, "bold"),
                (self.words(text), ""),
                (f" {self.marks(refs)}" if refs else "", "dim"),
            ]
        return [*pieces, (f" ({id_})", "dim")]


def _width(pieces: Iterable[Piece]) -> int:
    return sum(width(words) for words, _ in pieces)


def _longest(pieces: Iterable[Piece]) -> int:
    """Columns that the longest word takes; marks may be cut at their commas."""
    return max((width(unit) for words, style in pieces if style != "dim" for unit in units(words)), default=0)
