"""One rich document through every renderer in both languages. `CABRIEF_GOLDEN=write pytest` rewrites what is expected."""

import csv
import io
import json
import os
import re
from pathlib import Path

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from wcwidth import wcswidth

from cabrief.document import (
    Bullets,
    Cell,
    Citation,
    Column,
    DisputeNote,
    Document,
    Moment,
    Pairs,
    Paragraph,
    Section,
    Table,
    Timeline,
)
from cabrief.errors import UsageError
from cabrief.formats import FORMATS, How, OutputFormat, binary_renderer, renderer
from cabrief.formats.markdown import escape
from cabrief.language.layout import NOT_FIRST, NOT_LAST, units, width, wrap
from cabrief.language.text import Lang, Text, same
from cabrief.model.kinds.disputes import Dispute
from cabrief.model.record import Ref
from cabrief.reports import (
    between,
    brief,
    commitments,
    country,
    facts,
    projects,
    search,
    sources,
    timeline,
    treaties,
    voices,
)
from cabrief.store.base import Base

GOLDEN = Path(__file__).parent / "golden"
HOSTILE = "a|b *c* _d_ `e` [f](g) <b>h</b> &amp; $i$ ~~j~~ \\k [bold]l[/bold] \x1b[31mm\x1b[0m \u202eno\u0007 :tada:"
LINE = Ref(source="log", line=3, phrase="the very line")
RANGE = Ref(source="log", line=4, line_end=6, phrase="three lines")
PAGE = Ref(source="page", phrase="a phrase")
CELL = Cell(text=Text("A statement.", "一文である。"), id="one", refs=(LINE, PAGE))
RICH = Document(
    title=Text("A rich document", "豊かな文書"),
    as_of="2031-06-01",
    sections=(
        Section(
            title=Text("Statements", "陳述"),
            blocks=(
                Paragraph(text=Text("In the report's own words.", "報告書自身の言葉。")),
                Bullets(
                    items=(
                        CELL,
                        CELL.but(by=Text("view of the Log", "航海日誌の見方"), disputes=("quarrel",), refs=(RANGE,)),
                        Cell(text=same(HOSTILE), id="hostile"),
                        Cell(text=same("=1+1"), id="formula"),
                        Cell(text=same("1. not a list"), id="list"),
                        Cell(text=same("# not a heading"), id="heading"),
                    )
                ),
            ),
            sections=(Section(title=Text("Below", "下位"), blocks=(Bullets(items=(CELL,)),)),),
        ),
        Section(
            title=Text("Values", "値"),
            blocks=(
                Pairs(
                    items=(
                        (Text("Capital", "首都"), Cell(text=Text("Port Aru", "ポートアル"), id="c", refs=(LINE,))),
                        (Text("Reef", "礁"), Cell(text=Text("no", "なし"), state="no", id="r")),
                        (Text("Depth", "水深"), Cell(text=Text("unknown", "不明"), state="unknown", id="d")),
                    )
                ),
                Table(
                    columns=(Column(title=Text("Type", "種類")), Column(title=Text("Number", "数"), right=True)),
                    rows=(
                        (Cell(text=Text("Fishing | tax", "漁業｜租税")), Cell(text=same("3"), refs=(PAGE,))),
                        (Cell(text=Text("Schools", "学校")), Cell(text=same("—"), state="not-applicable")),
                    ),
                ),
            ),
        ),
        Section(
            title=Text("Time", "時"),
            blocks=(
                Timeline(
                    as_of="2031-06-01",
                    moments=(
                        Moment(date="1999", kind=Text("treaty", "条約"), cell=CELL),
                        Moment(
                            date="2031-08",
                            kind=Text("visit", "往訪"),
                            cell=CELL.but(refs=()),
                            ahead=True,
                            status=Text("planned", "予定"),
                        ),
                    ),
                ),
            ),
        ),
    ),
    citations={
        "log": Citation(
            id="log", title=Text("The Log", "航海日誌"), short=Text("Harbour", "港"), published="2031-05", url=None
        ),
        "page": Citation(
            id="page", title=same("Page"), short=same("Gazette"), published=None, url="https://example.org/a b|<c>"
        ),
    },
    layers={"heading": "private"},
    notes={
        "quarrel": DisputeNote(
            id="quarrel",
            category="disagreement",
            held=Text("It is so.", "そうである。"),
            others=((Text("It is not.", "そうでない。"), (PAGE,)),),
            reason=Text("The Log is newer.", "日誌の方が新しい。"),
            refs=(LINE,),
        )
    },
)


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize(
    "name", [name for name, form in FORMATS.items() if not form.binary and form.pictures != "alone"]
)
def test_rich_document(name: str, lang: Lang) -> None:
    """Every format, both languages, to the letter."""
    text = renderer(name)(RICH, How(lang=lang, width=72, color=name == "terminal"))
    path = GOLDEN / f"rich.{lang}.{name}"
    if os.environ.get("CABRIEF_GOLDEN") == "write":
        path.write_text(text, "utf-8", newline="")
    with path.open(encoding="utf-8", newline="") as file:
        assert text == file.read()


@pytest.mark.parametrize(
    "name", [name for name, form in FORMATS.items() if not form.binary and form.pictures != "alone"]
)
def test_nothing_steers_a_terminal(name: str) -> None:
    """Control characters and turners of text in a fact never come out as themselves, in any format."""
    text = renderer(name)(RICH, How(width=72, color=False))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_no_formula(name: str) -> None:
    """No field of a spreadsheet begins like a formula."""
    rows = csv.reader(io.StringIO(renderer(name)(RICH, How())), delimiter="\t" if name == "tsv" else ",")
    fields = [field for row in rows for field in row]
    assert "'=1+1" in fields
    assert not [field for field in fields if field[:1] in ("=", "+", "@", "\t")]


def html(markdown: str) -> str:
    return str(cmarkgfm.github_flavored_markdown_to_html(markdown, options=Options.CMARK_OPT_FOOTNOTES))


def test_markdown_prints_hostile_words_as_they_are() -> None:
    """GitHub's renderer makes no markup of what a fact says."""
    from html import unescape

    page = html(renderer("markdown")(RICH, How(sources=False)))
    plain = unescape(re.sub(r"<[^>]*>", "", page))
    assert "a|b *c* _d_ `e` [f](g) <b>h</b> &amp; $i$ ~~j~~ \\k [bold]l[/bold]" in plain
    for line in ("1. not a list", "# not a heading", "=1+1"):
        assert line in plain


@pytest.fixture(scope="module")
def reports(shipped: Base) -> list[Document]:
    """Made once for all widths and formats."""
    base, day = shipped, "2026-11-22"
    first, *rest = base.pack.countries
    return [
        brief.view(base, day),
        country.view(base, day, [first]),
        country.view(base, day, rest),
        timeline.view(base, day),
        treaties.view(base, day),
        treaties.view(base, day, missing=True),
        sources.view(base, day),
        facts.view(base, day, filters={"countries": [first]}),
        brief.view(base, day, base.pack.areas[0]),
    ]


@pytest.mark.one_in(2)
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_shipped_reports_are_sound_markdown(reports: list[Document], lang: Lang) -> None:
    """Every footnote that is called is there and called; every row of a table has its columns; no markup is left over."""
    for document in reports:
        markdown = renderer("markdown")(document, How(lang=lang))
        notes = set(re.findall(r"^\[\^([^]]+)\]:", markdown, re.MULTILINE))
        calls = set(re.findall(r"\[\^([^]]+)\](?!:)", markdown))
        assert notes == calls
        page = html(markdown)
        assert "[^" not in page
        assert len(re.findall(r"<li id=.fn-", page)) == len(notes)
        for table in re.findall(r"<table>.*?</table>", page, re.DOTALL):
            rows = [len(re.findall(r"<t[hd]", row)) for row in re.findall(r"<tr>.*?</tr>", table, re.DOTALL)]
            assert len(set(rows)) == 1
            assert "<td></td>" not in table, "a cell is blank"


@pytest.mark.one_in(10)
@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("columns", [20, 80, 40, 120, 200])
def test_no_line_is_too_long(reports: list[Document], lang: Lang, columns: int) -> None:
    """At any width, no line of terminal output is wider than the terminal, addresses aside."""
    for document in reports:
        for line in renderer("terminal")(document, How(lang=lang, width=columns)).splitlines():
            assert wcswidth(line) <= columns or columns < 40, line


def test_japanese_breaks_where_it_may(reports: list[Document]) -> None:
    """No wrapped line of Japanese begins with a closing mark or ends with an opening one."""
    for document in reports:
        for part in document.sections:
            for block in part.blocks:
                if isinstance(block, Bullets):
                    for cell in block.items:
                        lines = ["".join(words for words, _ in line) for line in wrap([(cell.text.ja, "")], 34)]
                        assert "".join(lines).replace(" ", "") == cell.text.ja.replace(" ", "")
                        assert not [line for line in lines[1:] if line[:1] in NOT_FIRST]
                        assert not [line for line in lines[:-1] if line[-1:] in NOT_LAST]


def test_widths_agree_with_an_independent_table(shipped: Base) -> None:
    """For every word of the shipped facts, the columns that we count are those that wcwidth counts."""
    for record, _ in shipped.records():
        for text in (getattr(record, "text", None), getattr(record, "name", None)):
            if text:
                assert (width(text.en), width(text.ja)) == (wcswidth(text.en), wcswidth(text.ja))


def test_units_lose_nothing() -> None:
    """Cutting words into units and joining them again changes nothing."""
    for words in ("カザフスタン（Kazakhstan）は、2025年12月。", "plain words", "「東京宣言」を採択", "  two  spaces "):
        assert "".join(units(words)) == words


def test_json_of_a_list_and_of_a_report(shipped: Base) -> None:
    """Lists are one object of rows with exactly the declared fields; reports give their sections; all text is bilingual."""
    listing = json.loads(renderer("json")(treaties.view(shipped, "2026-11-22"), How()))
    assert set(listing) == {"schema_version", "as_of", "rows"}
    assert len(listing["rows"]) == len(shipped.pack.countries) * len(shipped.pack.treaty_types)
    assert all(tuple(row) == treaties.FIELDS for row in listing["rows"])
    assert all(
        set(ref) - {"line_end"} == {"source", "line", "phrase", "url"} for row in listing["rows"] for ref in row["refs"]
    )
    profile = json.loads(renderer("json")(country.view(shipped, "2026-11-22", [shipped.pack.countries[0]]), How()))
    assert set(profile) == {"schema_version", "as_of", "title", "sections", "sources", "disputes"}
    assert set(profile["sections"][0]["blocks"][0]["items"][0]["text"]) == {"en", "ja"}


def test_rows_have_exactly_the_declared_fields(shipped: Base) -> None:
    """The same rows in JSON, NDJSON and CSV."""
    day = "2026-11-22"
    lists = [
        (
            timeline.view(shipped, day),
            "id, date, date_end, title, kind, place, countries, actors, status, refs, disputes, nature, whose",
        ),
        (
            sources.view(shipped, day),
            "id, title, publisher, author, published, language, kind, document, sha256, url, retrieved, facts, rank, seen",
        ),
        (
            facts.view(shipped, day, filters={}),
            "id, kind, nature, text, countries, actors, topics, date, refs, file, line, layer, by, disputes",
        ),
        (
            treaties.view(shipped, day),
            "id, type, country, status, in_force, name, signed, entered_into_force, applies_from, predecessor,"
            " next_step, disputed, refs, since",
        ),
    ]
    for document, fields in lists:
        assert ", ".join(document.fields) == fields
        rows = [json.loads(line) for line in renderer("ndjson")(document, How()).splitlines()]
        assert rows == json.loads(renderer("json")(document, How()))["rows"]
        assert {tuple(row) for row in rows} == {document.fields}
        assert len(list(csv.reader(io.StringIO(renderer("csv")(document, How()))))) == len(rows) + 1


def test_rows_name_what_is_contested(shipped: Base) -> None:
    """In each list of the data formats, a row about a contested record names the disputes about it, and no other row does."""
    day = "2026-11-22"
    lists = [
        timeline.view(shipped, day, whole=True),
        commitments.view(shipped, day),
        facts.view(shipped, day, filters={}),
        projects.view(shipped, day),
        voices.view(shipped, day),
        search.view(shipped, day, ["Japan"]),
        sources.weak(shipped, day),
        between.view(shipped, "2020-01-01", day),
    ]
    named = set()
    for document in lists:
        rows = json.loads(renderer("json")(document, How()))["rows"]
        printed = list(csv.DictReader(io.StringIO(renderer("csv")(document, How()))))
        for row, cells in zip(rows, printed, strict=True):
            about = row["id"].partition(".")[0]
            held = {
                d.id
                for d in shipped.find(Dispute, about=about)
                if "." not in row["id"] or d.about in (row["id"], about)
            }
            assert set(row["disputes"]) == held == set(filter(None, cells["disputes"].split("; ")))
            named |= held
            assert held <= set(document.notes)
    assert named


@pytest.mark.parametrize(
    "words",
    [
        "See https://e.example/x",
        "HTTP://X.example/y",
        "ftp://x.y/z",
        "at www.e.example",
        "    indented",
    ],
)
def test_a_bare_address_swallows_no_evidence(words: str) -> None:
    """It prints as the words that it is, and the footnote behind it stays one."""

    shown = html(f"{escape(words)}[^1]\n\n[^1]: A source.\n")
    assert "footnote-ref" in shown
    assert "<code>" not in shown
    assert words.strip() in re.sub(r"<[^>]*>", "", shown)
    assert not re.search(r'<a href="(?!#)', shown)


def test_a_format_without_its_extra_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the packages of a format are absent, the message says what to install."""
    monkeypatch.setitem(FORMATS, "tablet", OutputFormat(module="absent", binary=True, extra="clay"))
    monkeypatch.setattr("cabrief.formats.import_module", absent)
    with pytest.raises(UsageError, match=r"pip install 'cabrief\[clay\]'"):
        binary_renderer("tablet")


def absent(name: str) -> object:
    """Import a module whose own package is not installed."""
    raise ModuleNotFoundError(name, name="clay_tablets")
