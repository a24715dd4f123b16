"""Word: a report with real styles, footnotes and tables, on A4 or in a house's own look."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Pt

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
from cabrief.errors import CabriefError
from cabrief.formats import How
from cabrief.formats.notes import (
    QUIET,
    QUIET_MEANS,
    Footnote,
    Footnotes,
    check_columns,
    contested,
    is_quiet,
    more_words,
    shown_address,
    speakers,
    subject,
)
from cabrief.formats.word_notes import FootnotePart, RunWriter, Wording
from cabrief.formats.word_styles import (
    BULLET,
    LANGUAGES,
    TABLE_STYLE,
    TABLE_TEXT,
    add_missing_styles,
    new_document,
)
from cabrief.formats.word_template import no_template, open_template
from cabrief.language.dates import date_text
from cabrief.language.layout import columns, units, width
from cabrief.language.text import Text, unstopped, xml_words

DEEPEST = 9  # levels of headings that Word has
PAGE_ROOM = 107  # columns of a terminal that a page is about as wide as, by which tables share it
LONGEST_PROPERTY = 255  # characters of what a file says of itself
NARROW = 6
PADDING = 4  # columns beside the words of a cell
TIMELINE_HEADS = (Text("Date", "日付"), Text("Kind", "種別"), Text("What", "内容"))
HEAD_ABOVE, HEAD_BESIDE = "0620", "0680"  # bits of w:tblLook: the first row, or the first column, is special; no bands
LABEL_ROOM = 26  # columns that the labels of values take at most
TOGETHER = 12  # rows of a table that stays on one page


def to_docx(document: Document, how: How) -> bytes:
    """Make a Word file of a document; raises UsageError for a template that is none, and for a table that no page holds."""
    check_columns(document)
    try:
        return _Maker(document, how).make()
    except (CabriefError, OSError):
        raise
    except Exception as error:
        if not how.template:
            raise
        _Maker(document, how.but(template=None)).make()  # where this fails as well, the fault is ours
        raise no_template(str(how.template), "some part of it is damaged", "壊れた部分がある") from error


class _Maker:
    def __init__(self, document: Document, how: How) -> None:
        self.document, self.lang = document, how.lang
        self.house = how.template is not None
        self.file = open_template(str(how.template)) if how.template else new_document(how.lang)
        add_missing_styles(self.file, how.lang)
        styles = {str(style.name): str(style.style_id) for style in self.file.styles}
        east = how.lang == "ja"
        self.writer = RunWriter(self.file.part, styles, east=east)
        self.footnotes = Footnotes(document) if how.sources else None
        self.notes = {note.number: note for note in self.footnotes.notes} if self.footnotes else {}
        self.part = FootnotePart(self.file, styles, east=east) if self.notes else None
        self.quiet = False
        page = self.file.sections[0]
        self.page_width = int(page.page_width or 0) - int(page.left_margin or 0) - int(page.right_margin or 0)

    def make(self) -> bytes:
        document = self.document
        day = AS_OF.pick(self.lang).format(d=date_text(document.as_of).pick(self.lang))
        self.paragraph("Title", [Wording(self.words(document.title))])
        self.paragraph("Subtitle", [Wording(day)])
        for part in document.sections:
            self.section(part, 1)
        for text in (document.left_out, QUIET_MEANS if self.quiet else None):
            if text:
                self.paragraph("Caption", [Wording(self.words(text).replace("`", ""))])
        self.margins(day)
        self.properties(day)
        out = io.BytesIO()
        self.file.save(out)
        return out.getvalue()

    def words(self, text: Text) -> str:
        return xml_words(text.pick(self.lang))

    def bracketed(self, text: Text) -> str:
        return f"（{self.words(text)}）" if self.lang == "ja" else f" ({self.words(text)})"

    def paragraph(self, style: str, spans: Iterable[Wording]) -> Any:
        paragraph = self.file.add_paragraph()
        paragraph._p.style = self.writer.styles[style]
        self.writer.put(paragraph._p, spans)
        return paragraph

    def section(self, part: Section, level: int) -> None:
        if part.title:
            self.paragraph(f"Heading {min(level, DEEPEST)}", [Wording(self.words(part.title))])
        for block, after in zip(part.blocks, (*part.blocks[1:], None), strict=False):
            self.block(block, after)
        for inner in part.sections:
            self.section(inner, level + 1)

    def block(self, block: Block, after: Block | None) -> None:
        match block:
            case Paragraph():
                caption = isinstance(after, Table)
                made = self.paragraph("Caption" if caption else "Normal", [Wording(self.words(block.text))])
                made.paragraph_format.keep_with_next = caption or None
            case Bullets():
                for cell in block.items:
                    self.noted(self.paragraph(BULLET, self.cell(cell)), (cell,))
            case Pairs():
                labels = [[Wording(self.words(label), bold=True)] for label, _ in block.items]
                rows = [[label, self.cell(cell)] for label, (_, cell) in zip(labels, block.items, strict=True)]
                self.table((), rows, [(cell,) for _, cell in block.items], [1] * len(rows))
            case Table():
                heads = tuple(column.title for column in block.columns)
                rows = [[self.cell(cell) for cell in row] for row in block.rows]
                resting = [[i for i, cell in enumerate(row) if cell.refs] for row in block.rows]
                at = [found[0] if len(found) == 1 else 0 for found in resting]
                self.table(heads, rows, block.rows, at, [column.right for column in block.columns])
            case Timeline():
                self.timeline(block)

    def timeline(self, block: Timeline) -> None:
        """A table of moments; the day of the report is a row of its own where something lies on either side."""
        rows: list[list[list[Wording]]] = []
        cells: list[tuple[Cell, ...]] = []
        marked = not block.marked
        for moment in block.moments:
            if moment.ahead and not marked:
                marked = True
                day = date_text(block.as_of).pick(self.lang)
                rows.append([[Wording(AS_OF.pick(self.lang).format(d=day), italic=True)], [], []])
                cells.append(())
            status = [Wording(self.bracketed(moment.status), bold=True)] if moment.status else []
            words = [Wording(self.words(text)) for text in (date_text(moment.date), moment.kind)]
            rows.append([[words[0]], [words[1]], [*self.cell(moment.cell), *status]])
            cells.append((moment.cell,))
        self.table(TIMELINE_HEADS, rows, cells, [2] * len(rows))

    def table(
        self,
        heads: Sequence[Text],
        rows: Sequence[Sequence[list[Wording]]],
        cells: Sequence[Sequence[Cell]],
        at: Sequence[int],
        right: Sequence[bool] = (),
    ) -> None:
        """A table; without heads its first column labels the rows. The note of row i stands in column `at[i]`."""
        head = [[[Wording(self.words(title), bold=True)] for title in heads]] if heads else []
        whole = [*head, *rows]
        table = self.file.add_table(len(whole), len(whole[0]), style=TABLE_STYLE)
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        sizes = self.sizes(whole) if head else self.label_sizes
        look = table._tbl.tblPr.find(qn("w:tblLook"))
        look.attrib.clear()
        look.set(qn("w:val"), HEAD_ABOVE if head else HEAD_BESIDE)
        table.autofit = False
        for column, size in zip(table.columns, sizes, strict=True):
            column.width = size
        for number, (row, made) in enumerate(zip(whole, table.rows, strict=True)):
            settings = made._tr.get_or_add_trPr()
            settings.append(OxmlElement("w:cantSplit"))
            if head and number == 0:
                settings.append(OxmlElement("w:tblHeader"))
            found = made.cells
            if len(row) > 1 and row[0] and not any(row[1:]):
                found = (found[0].merge(found[-1]),)
            for i, (box, spans) in enumerate(zip(found, row, strict=False)):
                paragraph = box.paragraphs[0]
                paragraph._p.style = self.writer.styles[TABLE_TEXT]
                if right and right[i]:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                paragraph.paragraph_format.keep_with_next = (number < len(whole) - 1 and len(whole) <= TOGETHER) or None
                self.writer.put(paragraph._p, spans)
                if len(found) == len(row):
                    box.width = sizes[i]
                if number >= len(head) and i == at[number - len(head)]:
                    self.noted(paragraph, cells[number - len(head)], heads)
        spacer = self.paragraph("Normal", []).paragraph_format  # without it Word would join two tables
        spacer.space_after, spacer.line_spacing = Pt(0), Pt(3)

    def sizes(self, rows: Sequence[Sequence[list[Wording]]]) -> list[Emu]:
        """Widths of columns that fill the page, by what stands in them."""
        texts = [["".join(map(_shown, spans)) for spans in row] for row in rows if all(row[:2])]
        across = list(zip(*texts, strict=True))
        natural = [max(NARROW, *(width(words) + PADDING for words in column)) for column in across]
        longest = [max((width(unit) for words in column for unit in units(words)), default=0) for column in across]
        least = [min(n, max(NARROW, most + PADDING)) for n, most in zip(natural, longest, strict=True)]
        return self.shared(columns(natural, least, PAGE_ROOM))

    @cached_property
    def label_sizes(self) -> list[Emu]:
        """Widths of labels and of values, the same in all sections, so that values stand under each other."""
        labels = (self.words(label) for label in _labels(self.document.sections))
        widest = max((width(_shown(Wording(words, bold=True))) + PADDING for words in labels), default=LABEL_ROOM)
        return self.shared([min(LABEL_ROOM, widest), PAGE_ROOM - min(LABEL_ROOM, widest)])

    def shared(self, shares: Sequence[int]) -> list[Emu]:
        """The width of the page, shared out."""
        return [Emu(self.page_width * share // sum(shares)) for share in shares]

    def noted(self, paragraph: Any, cells: Sequence[Cell], heads: Sequence[Text] = ()) -> None:
        """Set the mark of the note of a line behind it."""
        number = self.footnotes.number(cells, heads) if self.footnotes else None
        if number and self.part:
            self.part.call(paragraph._p, number, self.note(self.notes[number]))

    def cell(self, cell: Cell) -> list[Wording]:
        spans = [Wording(xml_words(cell.url), url=cell.url) if cell.url else Wording(self.words(cell.text))]
        if cell.by:
            spans.append(Wording(self.bracketed(cell.by), italic=self.lang == "en"))
        if over := layer(self.document, cell):
            spans.append(Wording(f" [{xml_words(over)}]"))
        if what := contested(self.document, cell):
            spans.append(Wording(self.bracketed(what), bold=True))
        elif is_quiet(self.document, cell):
            spans.append(Wording(QUIET))
            self.quiet = True
        return spans

    def note(self, note: Footnote) -> Iterator[Wording]:
        """A note: its sources, then its disputes."""
        stop, comma, colon = ("。", "；", "：") if self.lang == "ja" else (". ", "; ", ": ")
        begun = False
        for head, cited, more in note.parts:
            yield Wording(stop if begun else "")
            begun = True
            yield Wording(self.words(head) + colon if head else "", bold=True)
            for number, each in enumerate(cited):
                yield Wording(comma if number else "")
                yield Wording(self.words(each.words), url=each.url)
                yield Wording(self.bracketed(more_words(more)) if more and each is cited[-1] else "")
                yield Wording(f" {address}" if (address := shown_address(each.url)) else "")
        for dispute in note.disputes:  # which ends with a full stop
            yield Wording((stop if begun else "") + f"{QUIET} ")
            begun, stop = True, stop.strip("。.")
            yield from self.dispute(dispute)
        if note.further:
            named = [self.words(subject(self.document.notes[id_])) for id_ in note.further]
            yield Wording((stop if begun else "") + f"{QUIET} " + comma.join(named))

    def dispute(self, note: DisputeNote) -> Iterator[Wording]:
        """A dispute, as in Markdown: on a page, the first that says otherwise."""
        colon, stop, end = ("：", "", "。") if self.lang == "ja" else (": ", " ", ".")
        parts = [
            (OTHERWISE, self.words(unstopped(text)) + self.bracketed(speakers(self.document, refs)) + end)
            for text, refs in note.others
        ]
        whole = [(HELD, self.words(note.held)), *parts, (WHY, self.words(note.reason))]
        for number, (head, words) in enumerate(parts[:1] if self.document.page else whole):
            yield Wording((stop if number else "") + self.words(head) + colon, bold=True)
            yield Wording(words)

    def margins(self, day: str) -> None:
        """Title and day in the header, the number of the page in the footer; those of a house stay as they are."""
        page = self.file.sections[0]
        if self.house and any(_filled(part) for part in (page.header, page.footer)):
            return
        wide = self.page_width
        for part, style in ((page.header, "Header"), (page.footer, "Footer")):
            part.is_linked_to_previous = False
            paragraph = part.paragraphs[0] if part.paragraphs else part.add_paragraph()
            paragraph.style = style
            stops = paragraph.paragraph_format.tab_stops
            stops.add_tab_stop(Emu(wide), WD_TAB_ALIGNMENT.RIGHT)
            for old in list(self.file.styles[style].element.pPr.findall(qn("w:tabs"))):
                self.file.styles[style].element.pPr.remove(old)
            writer = RunWriter(part.part, self.writer.styles, east=self.writer.east)
            if style == "Header":
                writer.put(paragraph._p, [Wording(self.words(self.document.title))])
                paragraph.add_run("\t")
                writer.put(paragraph._p, [Wording(day)])
            else:
                paragraph.add_run("\t")
                for number, name in enumerate(("PAGE", "NUMPAGES")):
                    writer.put(paragraph._p, [Wording(" / ")] if number else [])
                    paragraph._p.append(_field(name))

    def properties(self, day: str) -> None:
        """What a file says of itself: title, day, language; the same report gives the same words."""
        about = self.file.core_properties
        about.title, about.subject = self.words(self.document.title)[:LONGEST_PROPERTY], day[:LONGEST_PROPERTY]
        about.author = about.last_modified_by = "cabrief"
        about.comments, about.keywords, about.category = "", "", ""
        about.language = LANGUAGES[self.lang]
        about.created = about.modified = datetime.fromisoformat(self.document.as_of).replace(tzinfo=UTC)
        about.revision = 1


def _labels(sections: Sequence[Section]) -> Iterator[Text]:
    for part in sections:
        for block in part.blocks:
            if isinstance(block, Pairs):
                yield from (label for label, _ in block.items)
        yield from _labels(part.sections)


def _shown(span: Wording) -> str:
    """Words as long as they are drawn: bold ones are wider."""
    return span.words + ("-" * (width(span.words) // 8) if span.bold else "")


def _filled(part: Any) -> bool:
    """Whether a header or a footer of a template says or shows anything."""
    return bool(part._element.xpath(".//w:t[normalize-space()] | .//w:drawing | .//w:pict"))


def _field(name: str) -> Any:
    """A number that Word counts."""
    return parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{name}"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
