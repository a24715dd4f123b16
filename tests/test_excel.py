"""Excel: a list is a table with dates, numbers and links; every word is text and comes back; LibreOffice opens it."""

import csv
import io
import re
import zipfile
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings

from cabrief.document import Document
from cabrief.errors import UsageError
from cabrief.formats import How, binary_renderer, excel
from cabrief.formats.excel import DATE_FIELDS, LONGEST_CELL
from cabrief.formats.excel_heads import HEADS_OF_FIELDS, SAID_NO, SAID_YES
from cabrief.language.dates import bounds, date_text
from cabrief.language.text import Lang, Text, clean, same
from cabrief.model.record import Ref
from cabrief.reports import (
    actors,
    brief,
    commitments,
    diff,
    disputes,
    facts,
    projects,
    search,
    sources,
    timeline,
    treaties,
    voices,
)
from cabrief.reports.ids_in_words import with_words
from cabrief.store.base import Base
from conftest import examples
from office import convert, needs_libreoffice
from test_characters import TEXTS, document, with_examples
from test_renderers import HOSTILE, RICH

DAY = "2026-11-22"
LISTS = (timeline, treaties, commitments, projects, voices, disputes, sources)


def printed(base: Base, pages: Document, **how: Any) -> Any:
    """The same, of a report as the command prints it."""
    return book(with_words(base, pages), **how)


def book(pages: Document, **how: Any) -> Any:
    """A report as a workbook, read back by openpyxl."""
    return openpyxl.load_workbook(io.BytesIO(binary_renderer("xlsx")(pages, How(**how))))


def table(sheet: Any) -> list[list[Any]]:
    """Cells of the one table of a sheet, its heads first."""
    (found,) = sheet.tables.values()
    return [list(row) for row in sheet[found.ref]]


def values(sheet: Any) -> list[dict[str, Any]]:
    heads, *rows = [[cell.value for cell in row] for row in table(sheet)]
    return [dict(zip(heads, row, strict=True)) for row in rows]


@pytest.mark.one_in(5)
@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("module", LISTS, ids=lambda module: module.__name__.rpartition(".")[2])
def test_a_list_is_a_table_of_its_rows(shipped: Base, module: Any, lang: Lang) -> None:
    """Every row and field is there; whole dates are dates, others text; numbers are numbers; heads and filters stay."""
    pages = module.view(shipped, DAY)
    sheet = book(pages, lang=lang).worksheets[0]
    (frame,) = sheet.tables.values()
    assert frame.autoFilter.ref == frame.ref
    assert sheet.freeze_panes == "A3"
    assert sheet["A1"].value.startswith(pages.title.pick(lang))
    found = values(sheet)
    assert len(found) == len(pages.rows or ())
    heads = {field: HEADS_OF_FIELDS[field].pick(lang) for field in pages.fields}
    assert len(set(heads.values())) == len(heads)
    for row, cells in zip(pages.rows or (), found, strict=True):
        for field, head in heads.items():
            value, cell = row[field], cells[head]
            if isinstance(value, Text):
                assert cell == clean(value.pick(lang))
            elif isinstance(value, bool):
                assert cell == (SAID_YES if value else SAID_NO).pick(lang)
            elif isinstance(value, int) or value is None:
                assert cell == value
            elif isinstance(cell, datetime):
                assert cell.date().isoformat() == value
            elif field in DATE_FIELDS:
                first, last = bounds(value)
                assert first < last or value[-1] in "~?%"
                assert cell == (value if set(value) <= set("0123456789-") else clean(date_text(value).pick(lang)))
            else:
                assert isinstance(cell, (str, int, float)) or not value


def test_every_field_of_every_list_has_a_head() -> None:
    """In both languages; nothing is named in vain."""
    modules = (actors, commitments, diff, disputes, facts, projects, search, sources, timeline, treaties, voices)
    fields = {field for module in modules for field in module.FIELDS} | set(sources.WEAK_FIELDS)
    own = {"section", "label", "state", "disputes", "unit", "layer", "rank", "url"}
    assert fields | own == set(HEADS_OF_FIELDS)


def test_links_lead_to_pages_and_to_the_sheet_of_sources(shipped: Base) -> None:
    """An address is a link to itself; a source of a row leads to its own row where it is the only one."""
    pages = treaties.view(shipped, DAY)
    made = book(pages)
    cited = values(made["Sources"])
    assert [row["Id"] for row in cited] == list(pages.citations)
    addresses = [cell.value for cell in table(made["Sources"])[0]].index("Address")
    for cell, citation in zip(
        [row[addresses] for row in table(made["Sources"])[1:]], pages.citations.values(), strict=True
    ):
        assert (cell.hyperlink.target if cell.hyperlink else None) == citation.url
    place = pages.fields.index("refs") - 1  # the id stands last
    links = 0
    for row, cells in zip(pages.rows or (), table(made.worksheets[0])[1:], strict=True):
        link = cells[place].hyperlink
        assert bool(link) == (len({ref.source for ref in row["refs"]}) == 1)
        if link:
            links += 1
            name, _, cell = link.location.partition("!")
            assert made[name.strip("'")][cell].value == pages.citations[row["refs"][0].source].short.en
    assert links > 5


def test_a_report_is_a_sheet_of_its_statements(shipped: Base) -> None:
    """As many as CSV has, in words; its disputes have a sheet."""
    pages = brief.view(shipped, DAY)
    made = book(pages)
    assert made.sheetnames == ["Statements", "Sources", "Disputes"]
    found = values(made["Statements"])
    from cabrief.formats import renderer

    rows = list(csv.DictReader(io.StringIO(renderer("csv")(pages, How()))))
    assert [row["Text"] for row in found] == [row["text_en"].removeprefix("'") for row in rows]
    assert [row["Id"] for row in values(made["Disputes"])] == list(pages.notes)
    assert book(pages, sources=False).sheetnames == ["Statements", "Disputes"]


def test_what_looks_like_a_formula_is_text() -> None:
    """To a reader, and to whoever edits the cell."""
    sheet = book(RICH).worksheets[0]
    cells = {cell.value: cell for row in table(sheet) for cell in row}
    assert cells["=1+1"].data_type == "s"
    assert cells["=1+1"].quotePrefix
    assert cells[clean(HOSTILE)].data_type == "s"
    assert not cells[clean(HOSTILE)].quotePrefix
    assert not [cell for sheet in book(RICH) for row in sheet for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize(
    "words", ["<r><t>one</t></r>", "<r>a</b></r>", "<r><t>one</t></r></si><si><r><t>two</t></r>", "<r></r>", "<r>"]
)
def test_what_looks_like_the_workbooks_own_xml_is_text(words: str) -> None:
    """The library leaves such words unescaped, which would break the file, or show other words in all later cells."""
    found = [cell.value for row in book(document(words)).worksheets[0].iter_rows() for cell in row]
    assert any(words in str(value) for value in found)


@pytest.mark.parametrize(
    "words", ["A_x0041_x0009_B", "A_x000A_=1", "_x005F_x202E_", "a_x0041__x0041_b", "_x0041_x0041_x0041_"]
)
def test_what_looks_like_an_escape_is_text(words: str) -> None:
    """A low line before x, four digits and a low line stands for itself, also where two such words share one."""
    packed = (
        zipfile.ZipFile(io.BytesIO(binary_renderer("xlsx")(document(words), How())))
        .read("xl/sharedStrings.xml")
        .decode()
    )
    escaped = re.sub(r"_(?=x[0-9A-F]{4}_)", "_x005F_", words)
    assert f">{escaped}<" in packed
    assert re.sub("_x005F_", "_", escaped) == words  # as readers do, from left to right
    if "x005F" not in words:  # which openpyxl reads twice
        first, *_ = values(book(document(words)).worksheets[0])
        assert first["Text"] == words


def test_a_long_link_is_counted_as_it_is_written() -> None:
    pages = document("words")
    for address, links in (("https://example.org/" + "[" * 600, True), ("https://example.org/" + "[" * 700, False)):
        cited = {id_: card.but(url=address) for id_, card in pages.citations.items()}
        raw = zipfile.ZipFile(io.BytesIO(binary_renderer("xlsx")(pages.but(citations=cited), How())))
        targets = [name for name in raw.namelist() if name.endswith(".rels") and b"%5B" in raw.read(name)]
        assert bool(targets) == links


@with_examples
@settings(deadline=None, max_examples=examples(60))
@given(TEXTS)
def test_excel_gives_back_every_character(words: str) -> None:
    """As a title, a statement and the title of a source."""
    made = book(document(words))
    first, second, *_ = values(made.worksheets[0])
    assert (first["Section"], first["Text"], second["By"]) == (words, words, words)
    assert values(made["Sources"])[0]["Title"] == words
    assert made.properties.title == words


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1b", "\ud800", "\ufffe", "\uffff", "\u202e"])
def test_what_a_workbook_cannot_hold_is_shown_as_a_mark(character: str) -> None:
    first, *_ = values(book(document(f"a{character}b")).worksheets[0])
    assert first["Text"] == "a\ufffdb"


def test_odd_values_keep_their_kind() -> None:
    """Numbers too long for Excel are text; days before its calendar are text; long text is cut; an empty list is a table."""
    rows = (
        {"id": "a", "amount": {"value": Decimal("1.5"), "unit": "jpy"}, "facts": 10**20, "date": "1899-12-31"},
        {"id": "b", "amount": None, "facts": 7, "date": "2025-12~", "url": "https://e.example/" + "a" * 3000},
        {
            "id": "c",
            "amount": {"value": 10**9, "unit": same("boats")},
            "text": same("x" * 40_000),
            "date": "2025-12-20",
        },
    )
    pages = Document(
        title=same("t"),
        as_of=DAY,
        sections=(),
        citations={},
        notes={},
        fields=("id", "amount", "facts", "date", "url", "text"),
        rows=rows,
    )
    first, second, third = values(book(pages).worksheets[0])
    assert (first["Amount"], first["Unit"], first["Facts"], first["Date"]) == (1.5, "jpy", "1" + "0" * 20, "1899-12-31")
    assert (second["Amount"], second["Facts"], second["Date"]) == (None, 7, "about December 2025")
    assert len(second["Address"]) == 3018
    assert (third["Amount"], third["Unit"], third["Date"]) == (10**9, "boats", datetime(2025, 12, 20))  # noqa: DTZ001
    assert len(third["Text"].encode("utf-16-le")) == 2 * LONGEST_CELL
    assert third["Text"].endswith("CSV and HTML have the rest]")
    (empty,) = values(book(pages.but(rows=())).worksheets[0])
    assert set(empty.values()) == {None}
    again = pages.but(rows=({"id": "a", "refs": (Ref(source="absent", phrase="p"),)},), fields=("id", "refs"))
    assert values(book(again).worksheets[0]) == [{"Sources": "absent", "Id": "a"}]


def test_the_same_report_gives_the_same_bytes(shipped: Base) -> None:
    """So that a file in version control changes only when the facts do."""
    pages = treaties.view(shipped, DAY)
    assert binary_renderer("xlsx")(pages, How()) == binary_renderer("xlsx")(pages, How())


@pytest.mark.office
@needs_libreoffice
def test_libreoffice_opens_it(shipped: Base, tmp_path: Path) -> None:
    """And gives back the same words as CSV, with dates as dates."""
    pages = timeline.view(shipped, DAY)
    target = tmp_path / "timeline.xlsx"
    target.write_bytes(binary_renderer("xlsx")(pages, How()))
    made = convert(target, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false")
    _, heads, *lines = csv.reader(io.StringIO(made.read_text("utf-8")))
    rows = [dict(zip(heads, line, strict=False)) for line in lines]
    assert [(row["Id"], row["Date"], row["Title"]) for row in rows] == [
        (row["id"], _shown(row["date"] or ""), clean(row["title"].en)) for row in pages.rows or ()
    ]


def _shown(date: str) -> str:
    return date if set(date) <= set("0123456789-") else date_text(date).en


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", ("Investment treaty", "Kyrgyzstan", "negotiating", "no", "MOFA Japan; PwC Intelligence, line 121")),
        ("ja", ("投資協定", "キルギス", "交渉中", "なし", "外務省；PwC Intelligence、121行目")),
    ],
)
def test_a_list_is_in_words_of_its_language(shipped: Base, lang: Lang, expected: tuple[str, ...]) -> None:
    """Names stand for ids and codes; the id of the row itself stands behind and is not printed on paper."""
    sheet = printed(shipped, treaties.view(shipped, DAY), lang=lang).worksheets[0]
    _, _, second, *_ = table(sheet)
    kind, country, status, in_force, *_ = (cell.value for cell in second)
    assert (kind, country, status, in_force, second[11].value) == expected
    assert second[-1].value == "jp-kg-investment"
    assert sheet.print_area.endswith(f"${second[-2].column_letter}${sheet.max_row}")


@pytest.mark.one_in(3)
@pytest.mark.parametrize("module", LISTS, ids=lambda module: module.__name__.rpartition(".")[2])
def test_no_cell_but_the_last_is_an_id(shipped: Base, module: Any) -> None:
    """Of any record, or a code that the program has a word for, on any sheet."""
    known = set(shipped.ids())
    publishers = {"ep-commons"}
    made = printed(shipped, module.view(shipped, DAY), lang="ja")
    ids = HEADS_OF_FIELDS["id"].ja
    for sheet in made:
        found = {str(value) for row in values(sheet) for head, value in row.items() if head != ids}
        parts = {part for words in found for part in words.split("；")}
        assert not parts & known
        assert not {part for part in parts if re.fullmatch("[a-z]+(-[a-z]+)+", part)} - publishers


def test_a_dispute_says_what_it_is_about(shipped: Base) -> None:
    """By the name of the record, and of what has none, by its sentence."""
    found = {row["Id"]: row for row in values(printed(shipped, disputes.view(shipped, DAY)).worksheets[0])}
    assert found["basics-tm-population"]["About"] == "Turkmenistan"
    assert found["dispute-tm-gas-route"]["About"] == "Most of Turkmenistan's gas exports go to China"
    assert found["dispute-tm-gas-route"]["Category"] == "outdated"


@pytest.mark.parametrize("sheet", ["list", "statements"])
def test_a_sheet_too_long_is_refused(shipped: Base, monkeypatch: pytest.MonkeyPatch, sheet: str) -> None:
    """A list, or the statements of a report: the library would leave out what has no room."""
    monkeypatch.setattr(excel, "MOST_SHEET_ROWS", 10)
    pages = projects.view(shipped, DAY) if sheet == "list" else brief.view(shipped, DAY)
    with pytest.raises(UsageError, match=r"no room for [0-9]+ rows, but for 10"):
        book(pages)
