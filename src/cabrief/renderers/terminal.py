"""For a person at a terminal, with Rich: wrapped to the width, sources numbered at the end."""

from __future__ import annotations

import io
from collections.abc import Iterable

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table as RichTable
from rich.text import Text as Rich

from cabrief.document import (
    Block, Bullets, Cell, Document, Pairs, Paragraph, Section, Table, Timeline, footnotes, lettered, reference,
)  # fmt: skip
from cabrief.facts import Ref
from cabrief.renderers import How
from cabrief.text import Text, clean, date_text

STATES = {"unknown": "yellow", "no": "dim", "not-applicable": "dim", "value": ""}
AS_OF, SOURCES, DISPUTES = Text("As of {d}", "{d}現在"), Text("Sources", "出典"), Text("Disputes", "争点と誤り")
HELD, ELSE_, WHY = Text("Held here", "本書の採用"), Text("Otherwise", "異説"), Text("Why", "理由")


def to_terminal(document: Document, how: How) -> str:
    """Print a document for a screen."""
    return _Writer(document, how).write()


class _Writer:
    def __init__(self, document: Document, how: How) -> None:
        self.document, self.how, self.lang = document, how, how.lang
        self.numbers, self.footnotes = footnotes(document)
        self.letters = lettered(document)
        self.out = io.StringIO()
        self.console = Console(
            file=self.out, width=how.width or 80, force_terminal=how.color, no_color=not how.color, highlight=False,
            emoji=False, markup=False, legacy_windows=False, color_system="standard" if how.color else None,
            safe_box=True,
        )  # fmt: skip
        self.bullet = "*" if how.ascii else "•"
        self.line = "-" if how.ascii else "─"
        self.box = box.ASCII2 if how.ascii else box.SIMPLE_HEAD

    def write(self) -> str:
        put = self.console.print
        put(Rich(self.words(self.document.title), style="bold"))
        day = date_text(self.document.as_of).pick(self.lang)
        put(Rich(AS_OF.pick(self.lang).format(d=day), style="dim"))
        for part in self.document.sections:
            self.section(part, 0)
        if self.how.sources:
            self.end()
        return "".join(f"{line.rstrip()}\n" for line in self.out.getvalue().splitlines())

    def words(self, text: Text) -> str:
        return clean(text.pick(self.lang))

    def section(self, part: Section, level: int) -> None:
        self.console.print()
        title = Rich(self.words(part.title), style="bold cyan" if level == 0 else "bold")
        if level == 0:
            self.console.print(Rule(title, characters=self.line, align="left", style="cyan"))
        else:
            self.console.print(title)
        for block in part.blocks:
            self.console.print(self.block(block))
        for inner in part.sections:
            self.section(inner, level + 1)

    def block(self, block: Block) -> object:
        match block:
            case Paragraph():
                return Rich(self.words(block.text), style="dim")
            case Bullets():
                return self.grid((Rich(self.bullet), self.cell(cell)) for cell in block.items)
            case Pairs():
                return self.grid((Rich(self.words(label), style="bold"), self.cell(cell)) for label, cell in block.items)
            case Table():
                return self.table(block)
            case Timeline():
                return self.timeline(block)

    def grid(self, rows: Iterable[tuple[Rich, ...]]) -> object:
        grid = RichTable.grid(padding=(0, 2, 0, 0))
        found = list(rows)
        for column in range(len(found[0]) if found else 0):
            last = column == len(found[0]) - 1
            grid.add_column(overflow="fold", ratio=1 if last else None, max_width=None if last else 28)
        for row in found:
            grid.add_row(*row)
        return Padding(grid, (0, 0, 0, 2))

    def table(self, block: Table) -> object:
        width = self.how.width or 80
        if len(block.columns) > 2 and width < 14 * len(block.columns):  # noqa: PLR2004
            return self.stacked(block)
        made = RichTable(box=self.box, pad_edge=False, expand=False, header_style="bold", show_lines=False)
        for column in block.columns:
            made.add_column(self.words(column.title), overflow="fold", justify="right" if column.right else "left")
        for row in block.rows:
            made.add_row(*(self.cell(cell) for cell in row))
        return made

    def stacked(self, block: Table) -> object:
        """A table too narrow for its columns: row after row, each column a line."""
        rows: list[tuple[Rich, ...]] = []
        for row in block.rows:
            rows.append((Rich(self.words(row[0].text), style="bold"), Rich()))
            for column, cell in zip(block.columns[1:], row[1:], strict=True):
                rows.append((Rich("  " + self.words(column.title)), self.cell(cell)))
        return self.grid(rows)

    def timeline(self, block: Timeline) -> object:
        day = date_text(block.as_of).pick(self.lang)
        mark = Rich(f"{self.line * 2} {day} {self.line * 2}", style="bold green")
        rows: list[tuple[Rich, ...]] = []
        year, marked = "", False
        for moment in block.moments:
            if moment.ahead and not marked:
                rows.append((Rich(), Rich(), mark))
                marked = True
            if moment.date[:4] != year:
                year = moment.date[:4]
                rows.append((Rich(year, style="bold"), Rich(), Rich()))
            words = self.cell(moment.cell)
            if moment.status:
                words = Rich(f"({self.words(moment.status)}) ", style="yellow") + words
            rows.append((Rich("  " + self.words(date_text(moment.date))), Rich(self.words(moment.kind), style="cyan"), words))
        if block.moments and not marked:
            rows.append((Rich(), Rich(), mark))
        return self.grid(rows)

    def cell(self, cell: Cell) -> Rich:
        words = Rich(self.words(cell.text), style=STATES[cell.state])
        if cell.by:
            by = self.words(cell.by)
            words.append(f"（{by}）" if self.lang == "ja" else f" ({by})", style="italic dim")
        if cell.layer:
            words.append(f" [{clean(cell.layer)}]", style="magenta")
        letters = [self.letters[id_] for id_ in cell.disputes if id_ in self.letters]
        if letters:
            words.append(f" [{', '.join(letters)}]", style="bold yellow")
        if cell.refs and self.how.sources:
            words.append(" ")
            words.append(self.marks(cell.refs), style="dim")
        return words

    def marks(self, refs: Iterable[Ref]) -> str:
        numbers = sorted({self.numbers[ref] for ref in refs})
        return f"[{','.join(str(number) for number in numbers)}]" if numbers else ""

    def end(self) -> None:
        if self.letters:
            self.heading(DISPUTES)
            self.console.print(self.grid(self.notes()))
        if self.footnotes:
            self.heading(SOURCES)
            rows = []
            for note in self.footnotes:
                url = note.citation.url if note.citation else None
                words = Rich(self.words(reference(note)))
                words.append(f" {clean(url)}" if url else "", style="dim")
                rows.append((Rich(f"[{note.number}]", style="dim"), words))
            self.console.print(self.grid(rows))

    def heading(self, text: Text) -> None:
        self.console.print()
        self.console.print(Rule(Rich(self.words(text), style="bold cyan"), characters=self.line, align="left", style="cyan"))

    def notes(self) -> Iterable[tuple[Rich, ...]]:
        for id_, letter in self.letters.items():
            note = self.document.notes[id_]
            words = Rich(f"{self.words(HELD)}: ", style="bold")
            words.append(f"{self.words(note.held)} {self.marks(note.refs)}".rstrip(), style="not bold")
            for says, refs in note.others:
                words.append(f"\n{self.words(ELSE_)}: ", style="bold")
                words.append(f"{self.words(says)} {self.marks(refs)}".rstrip(), style="not bold")
            words.append(f"\n{self.words(WHY)}: ", style="bold")
            words.append(f"{self.words(note.reason)}", style="not bold")
            words.append(f" ({id_})", style="dim not bold")
            yield Rich(f"[{letter}]", style="bold yellow"), words
