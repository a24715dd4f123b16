"""Excel: a list as a table with types, filters and links; a report that is no list as a table of its statements."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter import xmlwriter

from cabrief.document import AS_OF, HELD, OTHERWISE, WHY, Cell, Document, layer, row_layer, statements
from cabrief.errors import UsageError
from cabrief.formats import How
from cabrief.formats.delimited import safe
from cabrief.formats.excel_heads import HEADS_OF_FIELDS, SAID_NO, SAID_YES, SHEETS, STATES_IN_WORDS
from cabrief.formats.notes import proper_url, speakers
from cabrief.language.dates import date_text
from cabrief.language.layout import width
from cabrief.language.text import Text, same, template, xml_words
from cabrief.language.units import digits
from cabrief.model.frozen import Frozen
from cabrief.model.record import Ref

DATE_FIELDS = {
    "date",
    "date_end",
    "published",
    "retrieved",
    "signed",
    "since",
    "entered_into_force",
    "applies_from",
    "due",
    "status_as_of",
    "started",
}
FIRST_DAY = "1900-03-01"  # Excel counts the days before wrongly or not at all
MOST_DIGITS = 15  # of a number in Excel
MOST_SHEET_ROWS = 1_048_576 - 3  # of Excel, without title, heads and the line between
LONGEST_CELL = 32_767  # characters that Excel takes
CUT = Text(
    " … [cut: a cell holds 32,767 characters; CSV and HTML have the rest]",
    "…［以下略：1セルは32,767字まで。続きはCSVかHTMLに］",
)
MOST_SHEET_LINKS = 60_000  # on a sheet; Excel takes 65,530
LONGEST_LINK = 2_000  # characters
TOP = 1  # row of the heads; above stand the title and the day
MOST_WIDE, MOST_WIDE_NAMES, LEAST_WIDE = 44, 22, 8  # width of a column, of one that lists names, in letters
A3, A4 = 8, 9  # as Excel numbers sizes of paper
WIDE_SHEET = 150  # letters that stay readable side by side on A4
LINE_HEIGHT, TALLEST_ROW = 13.5, 405  # points
SHEET_FONTS = {"en": "Calibri", "ja": "Yu Gothic"}
CELL_LOOKS: dict[str, dict[str, Any]] = {
    "text": {},
    "quoted": {"quote_prefix": True},  # so that it stays text when somebody edits the cell
    "date": {"num_format": "yyyy-mm-dd", "align": "left"},
    "number": {"num_format": "#,##0.##########_)"},  # room before the unit
    "whole": {"num_format": "#,##0_)"},
    "link": {"font_color": "#0B4F9E", "underline": 1},
}
# In a workbook _xHHHH_ is a character. The library escapes such words, but not where two of them share a low line.
xmlwriter.re_control_chars_1 = re.compile("(_(?=x[0-9a-fA-F]{4}_))")
SheetRow = Mapping[str, Any]


class Linked(Frozen):
    """Words that lead to a page or to a cell of another sheet."""

    words: str
    to: str


def to_xlsx(document: Document, how: How) -> bytes:
    """Make a workbook of a document, with its sources and disputes; raises UsageError where it is too long."""
    return _Book(document, how).make()


class _Book:
    def __init__(self, document: Document, how: How) -> None:
        self.document, self.lang = document, how.lang
        self.out = io.BytesIO()
        base = {"font_name": SHEET_FONTS[how.lang], "font_size": 10, "valign": "top", "text_wrap": True}
        self.book = xlsxwriter.Workbook(self.out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
        self.looks = {name: self.book.add_format({**base, **look}) for name, look in CELL_LOOKS.items()}
        head = {"bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF"}
        self.column_head = self.book.add_format({**base, **head, "valign": "vcenter"})
        self.head = self.book.add_format({"font_name": SHEET_FONTS[how.lang], "font_size": 12, "bold": True})
        self.places = {id_: number for number, id_ in enumerate(document.citations)} if how.sources else {}

    def make(self) -> bytes:
        document = self.document
        day = AS_OF.pick(self.lang).format(d=date_text(document.as_of).pick(self.lang))
        made = datetime.fromisoformat(document.as_of).replace(tzinfo=UTC)
        title = self.words(document.title)
        about = {"title": title, "subject": day, "author": "cabrief", "created": made}
        self.book.set_properties({**about, "language": self.lang})
        fields, rows = _table(document)
        self.sheet("list" if document.rows is not None else "statements", fields, rows)
        if self.places:
            over = ("layer",) if any(card.layer for card in self.cited()) else ()
            columns = ("publisher", "title", "published", "rank", "url", "id", *over)
            self.sheet("sources", columns, map(_source, self.cited()))
        if document.notes:
            heads = {"held": HELD, "others": OTHERWISE, "reason": WHY}
            self.sheet(
                "disputes", ("about", "category", "held", "others", "reason", "refs", "id"), self.disputes(), heads
            )
        self.book.close()
        return self.out.getvalue()

    def words(self, text: Text) -> str:
        return xml_words(text.pick(self.lang))

    def cited(self) -> Iterable[Any]:
        return self.document.citations.values()

    def disputes(self) -> Iterator[SheetRow]:
        for note in self.document.notes.values():
            others = [
                Text(f"{says.en} ({who.en})", f"{says.ja}（{who.ja}）")
                for says, refs in note.others
                for who in [speakers(self.document, refs)]
            ]
            whole = {"id": note.id, "about": note.about, "category": note.category, "held": note.held}
            yield {**whole, "others": others, "reason": note.reason, "refs": note.refs}

    def sheet(
        self, name: str, fields: Sequence[str], rows: Iterable[SheetRow], heads: Mapping[str, Text] | None = None
    ) -> None:
        """A sheet with a table: title and day above, heads that stay in sight, filters, widths by what stands in it."""
        rows = tuple(rows)
        if len(rows) > MOST_SHEET_ROWS:  # the library would leave out the rest
            en = "a sheet has no room for {n:,} rows, but for {m:,}: ask for less, or write .csv"
            ja = "シートの{m:,}行に{n:,}行は収まらない：範囲を絞るか、.csvに書く"
            raise UsageError(*template(en, ja, n=len(rows), m=MOST_SHEET_ROWS))
        names = {**HEADS_OF_FIELDS, **(heads or {})}
        columns = _columns(fields)
        titles = _once([self.words(names.get(field, same(field))) for field in columns])
        lines = [[self.value(field, row) for field in columns] for row in rows]
        sheet = self.book.add_worksheet(self.words(SHEETS[name]))
        day = AS_OF.pick(self.lang).format(d=date_text(self.document.as_of).pick(self.lang))
        between = " – " if self.lang == "en" else "・"
        put_words(sheet, 0, 0, f"{self.words(self.document.title)}{between}{day}", self.head)
        last = TOP + max(1, len(lines))
        heading = [{"header": title, "header_format": self.column_head} for title in titles]
        table = {"columns": heading, "name": f"{name.capitalize()}Table", "style": "Table Style Medium 2"}
        sheet.add_table(TOP, 0, last, len(columns) - 1, table)
        links = 0
        for number, line in enumerate(lines, start=TOP + 1):
            for i, value in enumerate(line):
                links += isinstance(value, Linked)
                self.write(sheet, number, i, value, linked=links <= MOST_SHEET_LINKS)
        most = [MOST_WIDE_NAMES if self.document.words.get(field) else MOST_WIDE for field in columns]
        wide = [_wide(title, [line[i] for line in lines], most[i]) for i, title in enumerate(titles)]
        for i, size in enumerate(wide):
            sheet.set_column(i, i, size)
        for number, line in enumerate(lines, start=TOP + 1):  # not every program does so by itself
            tall = max(_lines(value, size) for value, size in zip(line, wide, strict=True))
            sheet.set_row(number, min(TALLEST_ROW, LINE_HEIGHT * tall))
        sheet.freeze_panes(TOP + 1, 0)
        sheet.set_landscape()
        printed = wide[:-1] if columns[-1] == "id" else wide  # nobody needs the ids on paper
        sheet.print_area(0, 0, last, len(printed) - 1)
        sheet.set_paper(A3 if sum(printed) > WIDE_SHEET else A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)  # inches
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, TOP)
        sheet.set_footer("&R&P / &N")

    def write(self, sheet: Any, row: int, column: int, value: Any, *, linked: bool) -> None:
        """Write a value as what it is; whatever begins like a formula is text, and stays so when it is edited."""
        match value:
            case None:
                return
            case int():
                sheet.write_number(row, column, value, self.looks["whole"])
            case Decimal() | float():
                sheet.write_number(row, column, float(value), self.looks["number"])
            case datetime():
                sheet.write_datetime(row, column, value, self.looks["date"])
            case Linked() if linked and len(value.to) <= LONGEST_LINK and not is_marked_up(value.words):
                sheet.write_url(row, column, value.to, self.looks["link"], value.words)
            case _:
                words = _shown(value)
                put_words(sheet, row, column, words, self.looks["text" if safe(words) == words else "quoted"])

    def value(self, field: str, row: SheetRow) -> Any:
        """A value of a row as a cell has it; an amount takes two columns."""
        if field in ("amount", "unit"):
            amount = row.get("amount")
            found = amount.get("value" if field == "amount" else "unit") if isinstance(amount, Mapping) else amount
        else:
            found = row.get(field)
        if found is None:
            return None
        if isinstance(found, bool):
            return self.words(SAID_YES if found else SAID_NO)
        if field in DATE_FIELDS and isinstance(found, str):
            return self.day(found)
        if isinstance(found, (int, float, Decimal)):
            return found if len(digits(found).strip("-").replace(".", "")) <= MOST_DIGITS else digits(found)
        named = self.named(field)
        if isinstance(found, str):  # a code may mean something of its own in rows of a kind
            named = {**named, found: told} if (told := named.get(f"{row.get('kind')} {found}")) else named
        words = self.fitting(xml_words(self.flat(found, named)))
        if field == "url" and words:
            return Linked(words=words, to=proper_url(words))  # the library would count it before it escapes it
        # A link leads to one place; LibreOffice draws one on a single line, so that the end of several sources would be cut.
        if field == "refs" and len({ref.source for ref in found}) == 1 and found[0].source in self.places:
            place = self.places[found[0].source] + TOP + 2
            return Linked(words=words, to=f"internal:'{self.words(SHEETS['sources'])}'!A{place}")
        return words or None

    def fitting(self, words: str) -> str:
        """Words as long as a cell takes, which counts in UTF-16; where the rest is cut, the cell says so."""
        units = words.encode("utf-16-le", "replace")
        if len(units) <= 2 * LONGEST_CELL:
            return words
        said = CUT.pick(self.lang)
        return units[: 2 * (LONGEST_CELL - len(said))].decode("utf-16-le", "ignore") + said

    def named(self, field: str) -> Mapping[str, Text]:
        """The words for the ids and codes of a field; a dispute is told by what is contested."""
        if field in ("disputes", "disputed"):
            return {id_: note.summary or note.held for id_, note in self.document.notes.items()}
        return self.document.words.get(field, {})

    def day(self, date: str) -> Any:
        """A date that names its day as a date; a year or a month as the text it is, which sorts; any other in words."""
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", date, re.ASCII) and date >= FIRST_DAY:
            return datetime.fromisoformat(date)
        return xml_words(date) if re.fullmatch(r"[\d-]*", date, re.ASCII) else self.words(date_text(date))

    def flat(self, value: Any, named: Mapping[str, Text]) -> str:
        """A value in words of the language asked for; `named` are the words for ids and codes."""
        if isinstance(value, Text):
            return value.pick(self.lang)
        if isinstance(value, Ref):
            return self.place(value)
        if isinstance(value, Mapping):
            return " ".join(filter(None, (self.flat(each, named) for each in value.values())))
        if isinstance(value, (list, tuple)):
            between = "; " if self.lang == "en" else "；"
            return between.join(dict.fromkeys(filter(None, (self.flat(each, named) for each in value))))
        if value is None:
            return ""
        return named[value].pick(self.lang) if value in named else str(value)

    def place(self, ref: Ref) -> str:
        """Who is the source, and the line of it."""
        card = self.document.citations.get(ref.source)
        who = card.short.pick(self.lang) if card else ref.source
        if not ref.line:
            return who
        return f"{who}、{ref.line}行目" if self.lang == "ja" else f"{who}, line {ref.line}"


def is_marked_up(words: str) -> bool:
    """Whether the library would take words for XML that it has written itself, and leave them unescaped."""
    return words.startswith("<r>") and words.endswith("</r>")


def put_words(sheet: Any, row: int, column: int, words: str, look: Any) -> None:
    """Write words as the characters they are."""
    if is_marked_up(words):  # in pieces, each of which is escaped
        sheet.write_rich_string(row, column, words[0], words[1], words[2:], look)
    else:
        sheet.write_string(row, column, words, look)


def _table(document: Document) -> tuple[tuple[str, ...], Iterable[SheetRow]]:
    """Fields and rows of a list, or those of the statements of a report; what comes from a layer says so."""
    if document.rows is None:
        fields: tuple[str, ...] = ("section", "label", "text", "state", "by", "disputes", "refs", "id")
        rows: Iterable[SheetRow] = [_statement(document, *each) for each in statements(document.sections)]
    else:
        fields = (*(field for field in document.fields if field != "id"), "id")  # a reader looks for other things first
        rows = document.rows
    if document.layers and "layer" not in fields:
        return (*fields, "layer"), [{**row, "layer": row_layer(document, row)} for row in rows]
    return fields, rows


def _statement(document: Document, section: Text, label: Text, cell: Cell) -> SheetRow:
    by = cell.by or cell.credited
    words = {"section": section, "label": label, "id": cell.id, "text": cell.text, "by": by}
    rest = {"state": STATES_IN_WORDS.get(cell.state), "disputes": cell.disputes, "refs": cell.refs}
    return {**words, **rest, "layer": layer(document, cell)}


def _source(card: Any) -> SheetRow:
    return {**card.__dict__, "publisher": card.short}


def _columns(fields: Sequence[str]) -> list[str]:
    return [column for field in fields for column in ((field, "unit") if field == "amount" else (field,))]


def _wide(title: str, values: Sequence[Any], most: int) -> int:
    """Width of a column, in letters: nine of ten values fit into a line, unless that takes more than `most`."""
    widths = sorted(width(_shown(value)) for value in values if value is not None)
    usual = widths[len(widths) * 9 // 10] if widths else 0
    return max(LEAST_WIDE, width(title) + 4, min(most, usual + 2))


def _lines(value: Any, size: int) -> int:
    """Lines that a value takes in a column; words that are wrapped leave some of each line empty."""
    letters = width(_shown(value))
    return 1 if letters < size else -(-letters * 115 // (100 * size))


def _once(titles: Sequence[str]) -> list[str]:
    """Titles of columns, each once, as a table needs them."""
    found: list[str] = []
    for title in titles:
        again = sum(title.casefold() == each.casefold() for each in found)
        found.append(f"{title} {again + 1}" if again else title)
    return found


def _shown(value: Any) -> str:
    match value:
        case None:
            return ""
        case Linked():
            return value.words
        case datetime():
            return value.date().isoformat()
        case int() | float() | Decimal():
            return digits(value)
    return str(value)
