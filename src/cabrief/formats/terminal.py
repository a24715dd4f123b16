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
    DisputeNote,
    Document,
    Pairs,
    Paragraph,
    Section,
    Table,
    Timeline,
    layer,
)
from cabrief.document import cells as all_cells
from cabrief.formats import How
from cabrief.formats.notes import QUIET, Footnote, Footnotes, contested, handles, is_quiet, more_words, speakers
from cabrief.language.dates import date_text
from cabrief.language.layout import Piece, columns, line_width, longest_unit, width, wrap
from cabrief.language.text import Text, clean

STATES = {"unknown": "yellow", "no": "dim", "not-applicable": "dim", "value": ""}
SOURCES = Text("Sources", "出典")
HINT = Text("{n} source{s}: add --sources.", "出典{n}件：--sources で表示。")
KEY_OF_QUIET = Text("† a source errs or differs: w", "† 出典に誤り・相違：w")
QUIET_IS = Text("† a source errs or differs: cabrief why", "† 出典に誤り・相違：cabrief why")
HANDLES = Text("Evidence of a line: cabrief why k1.", "各行の根拠：cabrief why k1。")
HANDLE = "not bold dim"  # the style of short names, by which a full screen knows where lines of a report begin
LINK = "link "  # a style: a hyperlink of the terminal to what follows
MARGIN = 5  # columns that the short names of lines stand in
TALLEST = 4  # lines of a cell
FEW = 5  # a table of which more than one row in so many has a taller cell is printed row after row
RAIL = {"summit": "●", "treaty": "◆", "commitment": "◇"}  # whatever else happens is ○
LEGEND = Text("● summit  ◆ treaty  ◇ promise due  ○ other", "● 首脳会合  ◆ 条約  ◇ 約束の期限  ○ その他")
LABEL_MOST, GAP, NARROWEST = 32, 2, 9


def to_terminal(document: Document, how: How) -> str:
    """Print a document for a screen."""
    return _Writer(document, how).write()


def screen_lines(document: Document, how: How) -> list[Sequence[Piece]]:
    """Lay a document out for a full screen: its lines as words with the names of their styles."""
    return _Writer(document, how).laid_out()


class _Writer:
    def __init__(self, document: Document, how: How) -> None:
        self.document, self.lang, self.sources = document, how.lang, how.sources
        self.width, self.color, self.links = how.width or 80, how.color, how.links
        self.footnotes = Footnotes(document)
        named = handles(document) if how.handles else {}
        self.handles = iter(named) if how.handles else None
        if how.trail is not None:
            how.trail.update({**self.footnotes.trail(), **named})
        self.bullet, self.rule = ("*", "-") if how.ascii else ("•", "─")
        self.ascii, self.keys = how.ascii, how.keys
        self.quiet = False  # whether a quiet mark was printed
        self.lines: list[Sequence[Piece]] = []
        self.codes: dict[str, tuple[str, str]] = {"": ("", "")}

    def write(self) -> str:
        return "\n".join(self.styled(line).rstrip() for line in self.laid_out()) + "\n"

    def laid_out(self) -> list[Sequence[Piece]]:
        self.put([(self.words(self.document.title), "bold")])
        head = len(self.lines)
        for part in self.document.sections:
            self.section(part, 0)
        self.end()
        body, self.lines = self.lines[head:], self.lines[:head]
        self.put([(self.as_of(), "dim")])
        self.lines += body
        return self.lines

    def as_of(self) -> str:
        """The line below the title: the day, and what the mark of a line means where a line has one."""
        day = AS_OF.pick(self.lang).format(d=self.date(self.document.as_of))
        if not self.quiet:
            return day
        mark = (KEY_OF_QUIET if self.keys else QUIET_IS).pick(self.lang).replace(QUIET, self.dagger())
        return f"{day}。{mark}" if self.lang == "ja" else f"{day}. {mark}"

    def words(self, text: Text) -> str:
        return clean(text.pick(self.lang))

    def bracketed(self, text: Text) -> str:
        return f"（{self.words(text)}）" if self.lang == "ja" else f" ({self.words(text)})"

    def date(self, date: str) -> str:
        return self.words(date_text(date))

    def styled(self, line: Sequence[Piece]) -> str:
        return "".join(before + words + after for words, style in line for before, after in (self.code(style),))

    def code(self, style: str) -> tuple[str, str]:
        """What switches a style on and off."""
        if style.startswith(LINK):
            return f"\x1b]8;;{style.removeprefix(LINK)}\x1b\\", "\x1b]8;;\x1b\\"
        if not self.color:
            return "", ""
        if style not in self.codes:
            before, _, after = Style.parse(style).render("|", color_system=ColorSystem.STANDARD).partition("|")
            self.codes[style] = before, after
        return self.codes[style]

    def add(self, line: Sequence[Piece] = ()) -> None:
        self.lines.append(line)

    def put(self, pieces: Iterable[Piece], first: Sequence[Piece] = (), indent: int = 0) -> None:
        """Print a paragraph behind an indent; `first` stands in the indent of its first line."""
        for i, line in enumerate(wrap(pieces, max(NARROWEST, self.width - indent))):
            lead = list(first) if i == 0 else []
            pad = " " * (indent - line_width(lead))
            self.add([*lead, (pad, ""), *line])

    def heading(self, words: str) -> None:
        if width(words) > self.width - 2:
            self.add()
            self.put([(words, "bold cyan")])
            return
        rest = self.rule * max(0, self.width - width(words) - 1)
        self.add()
        self.add([(words, "bold cyan"), (f" {rest}", "cyan")])

    def section(self, part: Section, level: int) -> None:
        if part.title is None:
            self.add()
        elif level == 0:
            self.heading(self.words(part.title))
        else:
            self.add()
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
                    lead = self.handle([cell]) or [(f"  {self.bullet}", "")]
                    self.put(self.line(cell), lead, MARGIN if self.handles else 4)
            case Pairs():
                self.labelled([(self.words(label), "bold", [cell]) for label, cell in block.items])
            case Table():
                self.table(block)
            case Timeline():
                self.timeline(block)

    def handle(self, cells: Sequence[Cell]) -> list[Piece]:
        """The short name of a line in the margin, by which `why` finds it; nothing where a line states nothing."""
        if self.handles is None:
            return []
        name = next(self.handles) if any(cell.id for cell in cells) else ""
        return [(f"{name:>{MARGIN - 1}} ", HANDLE if name else "")]

    def labelled(self, rows: Sequence[tuple[str, str, list[Cell]]]) -> None:
        """Labels with what belongs to each beside them; a label that is too long stands above."""
        most = min(max((width(label) for label, _, _ in rows), default=0), LABEL_MOST, self.width // 3)
        for label, style, cells in rows:
            margin = self.handle(cells) or [("  ", "")]
            indent = line_width(margin)
            pieces = self.line(cells[0])
            if width(label) > most:
                self.put([(label, style)], margin, indent)
                self.put(pieces, indent=indent + most + GAP)
            else:
                self.put(pieces, [*margin, (label, style)], indent + most + GAP)

    def timeline(self, block: Timeline) -> None:
        dates = [self.date(moment.date) for moment in block.moments]
        kinds = [self.words(moment.kind) for moment in block.moments]
        wide = max(map(width, dates), default=0), max(map(width, kinds), default=0)
        margin = MARGIN if self.handles else 2
        indent = margin + 2 + wide[0] + GAP + wide[1] + GAP
        narrow = indent > self.width // 2
        today = f"  {self.rule * 2} {self.date(block.as_of)} {self.rule * 2}"
        year, marked = "", not block.marked
        if block.legend and not self.ascii:
            self.put([(self.words(LEGEND), "dim")], indent=2)
        for moment, date, kind in zip(block.moments, dates, kinds, strict=True):
            if moment.ahead and not marked:
                self.put([(today.strip(), "bold green")], indent=margin)
                marked = True
            if moment.date[:4] != year:
                year = moment.date[:4]
                self.put([(year, "bold")], indent=margin)
            status = (
                [(self.bracketed(moment.status).strip() + " " * (self.lang == "en"), "yellow")] if moment.status else []
            )
            pieces = [*status, *self.line(moment.cell)]
            lead = [*(self.handle([moment.cell]) or [("  ", "")]), *self.mark(moment.sort)]
            if narrow:
                self.put([(date, ""), ("  ", ""), (kind, "cyan")], lead, margin + 2)
                self.put(pieces, indent=margin + 4)
            else:
                space = " " * (wide[0] - width(date) + GAP)
                self.put(pieces, [*lead, (date + space, ""), (kind, "cyan")], indent)
        if block.moments and not marked:
            self.put([(today.strip(), "bold green")], indent=margin)

    def mark(self, sort: str) -> list[Piece]:
        """The mark of a kind of moment, in front of its date."""
        sign = "*" if self.ascii else RAIL.get(sort, "○")
        return [(f"{sign} ", "bold" if sort in RAIL else "")]

    def table(self, block: Table) -> None:
        heads: list[list[Piece]] = [[(self.words(column.title), "bold")] for column in block.columns]
        titles = tuple(column.title for column in block.columns)
        rows = [heads, *(self.row(row, titles) for row in block.rows)]
        natural = [max(line_width(row[i]) for row in rows) for i in range(len(heads))]
        least = [min(n, max(NARROWEST, *(_longest(row[i]) for row in rows))) for i, n in enumerate(natural)]
        margin = MARGIN if self.handles else 1
        room = self.width - margin - 1 - GAP * (len(heads) - 1)
        widths = columns(natural, least, room) if sum(least) <= room else []
        wrapped = [[wrap(cell, size) for cell, size in zip(row, widths, strict=True)] for row in rows if widths]
        tall = sum(max(map(len, row)) > TALLEST for row in wrapped[1:])
        if not widths or tall * FEW > len(rows) - 1:
            self.stacked(block, rows[1:])
            return
        for number, row in enumerate(wrapped):
            lead = self.handle(block.rows[number - 1]) if number else []
            for i in range(max(map(len, row))):
                parts: list[Piece] = list(lead) if i == 0 and lead else [(" " * margin, "")]
                for cell, size, column in zip(row, widths, block.columns, strict=True):
                    line = cell[i] if i < len(cell) else []
                    pad = " " * (size - line_width(line))
                    parts += [(pad, ""), *line, (" " * GAP, "")] if column.right else [*line, (pad + " " * GAP, "")]
                self.add(parts)
            if number == 0:
                rule = self.rule * (sum(widths) + GAP * (len(widths) - 1))
                self.add([(" " * margin + rule, "dim")])

    def stacked(self, block: Table, rows: Sequence[Sequence[list[Piece]]]) -> None:
        """Print a table too narrow for its columns: row after row, each column a line."""
        titles = [self.words(column.title) for column in block.columns]
        most = min(max((width(title) for title in titles[1:]), default=0), LABEL_MOST, self.width // 3)
        margin = MARGIN if self.handles else 2
        for row, printed in zip(block.rows, rows, strict=True):
            self.put(printed[0], self.handle(row) or [(" ", "")], margin - 1 if not self.handles else margin)
            for title, pieces, cell in zip(titles[1:], printed[1:], row[1:], strict=True):
                if cell.state == "not-applicable":
                    continue
                label = [(" " * margin, ""), (title, "dim")]
                if width(title) > most:
                    self.put(label[1:], indent=margin)
                    label = []
                self.put(pieces, label, margin + most + GAP)

    def row(self, row: Sequence[Cell], heads: Sequence[Text]) -> list[list[Piece]]:
        """Cells of a row; the number of its note stands behind the one cell that rests on something, or the first."""
        found = [self.cell(cell) for cell in row]
        resting = [i for i, cell in enumerate(row) if cell.refs]
        found[resting[0] if len(resting) == 1 else 0] += self.number(row, heads)
        return found

    def line(self, cell: Cell) -> list[Piece]:
        """An item of a list, with the number of its note."""
        return [*self.cell(cell), *self.number((cell,))]

    def number(self, cells: Sequence[Cell], heads: Sequence[Text] = ()) -> list[Piece]:
        number = self.footnotes.number(cells, heads) if self.sources else None
        return [(f" [{number}]", "dim")] if number else []

    def cell(self, cell: Cell) -> list[Piece]:
        pieces: list[Piece] = [(self.words(cell.text), STATES[cell.state])]
        if cell.by:
            pieces.append((self.bracketed(cell.by), "italic dim"))
        if over := layer(self.document, cell):
            pieces.append((f" [{clean(over)}]", "magenta"))
        if what := contested(self.document, cell):
            pieces.append((self.bracketed(what), "bold yellow"))
        elif is_quiet(self.document, cell):
            pieces.append((self.dagger(), "yellow"))
            self.quiet = True
        return pieces

    def dagger(self) -> str:
        return "*" if self.ascii else QUIET

    def end(self) -> None:
        """Print the sources if they are asked for, else how many there are; and what the marks mean."""
        if self.document.left_out:
            self.add()
            self.put([(self.words(self.document.left_out), "dim")])
        if self.footnotes.notes and self.sources:
            self.heading(self.words(SOURCES))
            for note in self.footnotes.notes:
                self.put(self.note(note), [(f"  [{note.number}]", "dim")], 8)
            return
        printed = {ref.source for cell in all_cells(self.document.sections) for ref in cell.refs}
        if (count := len(printed & self.document.citations.keys())) and not self.keys:
            hints = [HINT.pick(self.lang).format(n=count, s="s" * (count > 1))]
            hints += [HANDLES.pick(self.lang)] * (self.handles is not None)
            self.add()
            self.put([((" " if self.lang == "en" else "").join(hints), "dim")])

    def note(self, note: Footnote) -> list[Piece]:
        """A note: its sources, each on a line of its own, then its disputes."""
        pieces: list[Piece] = []
        colon = "：" if self.lang == "ja" else ": "
        for head, cited, more in note.parts:
            for number, each in enumerate(cited):
                pieces += [("\n", "")] if pieces else []
                pieces += [(self.words(head) + colon, "bold")] if head and number == 0 else []
                url = clean(each.url) if each.url else ""
                pieces.append((self.words(each.words), LINK + url if url and self.links else ""))
                pieces += [(f" {url}", "dim")] if url and not self.links else []
            pieces += [(self.bracketed(more_words(more)), "dim")] if more else []
        for dispute in note.disputes:
            pieces += [("\n", "")] if pieces else []
            pieces += self.dispute(dispute)
        if note.further:
            pieces += [("\n", ""), (f"{self.dagger()} {', '.join(note.further)}", "dim")]
        return pieces

    def dispute(self, note: DisputeNote) -> list[Piece]:
        colon = "：" if self.lang == "ja" else ": "
        parts = [
            (OTHERWISE, self.words(text) + self.bracketed(speakers(self.document, refs))) for text, refs in note.others
        ]
        whole = [(HELD, self.words(note.held)), *parts, (WHY, self.words(note.reason))]
        parts = parts[:1] if self.document.page else whole
        pieces: list[Piece] = [(f"{self.dagger()} ", "bold yellow")]
        for number, (head, words) in enumerate(parts):
            pieces += [("\n", "")] if number else []
            pieces += [(self.words(head) + colon, "bold"), (words, "")]
        return [*pieces, (f" ({note.id})", "dim")]


def _longest(pieces: Iterable[Piece]) -> int:
    """Columns that the longest word takes; marks may be cut at their commas."""
    return longest_unit(words for words, style in pieces if style != "dim")
