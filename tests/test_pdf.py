"""A report on paper: its pages, its words, its links, and what is said where fonts are missing."""

import io
import logging
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from cabrief.document import Bullets, Cell, Document, Section
from cabrief.errors import UsageError
from cabrief.formats import How, binary_renderer
from cabrief.language.text import Lang, Text, same
from cabrief.reports.pages.countries import country_page
from cabrief.reports.pages.subjects import brief_page
from cabrief.store.base import Base
from conftest import Run
from test_renderers import RICH

DAY = "2026-11-22"
LANGUAGES: tuple[Lang, ...] = ("en", "ja")
pypdf = pytest.importorskip("pypdf")


@pytest.fixture(autouse=True)
def _pango() -> None:
    """A machine without the library that lays pages out skips these tests."""
    try:
        binary_renderer("pdf")
    except UsageError as error:
        pytest.skip(error.message.en)


def read(document: Document, lang: Lang) -> tuple[Any, str]:
    """A document as PDF, to another reader, and its words without the spaces that lines make."""
    reader = pypdf.PdfReader(io.BytesIO(binary_renderer("pdf")(document, How(lang=lang))))
    return reader, re.sub(r"\s", "", "".join(page.extract_text() for page in reader.pages))


@pytest.fixture
def japanese() -> None:
    """Whether this machine can draw Japanese; one that cannot skips the test, with the words of the error."""
    section = Section(title=None, blocks=(Bullets(items=(Cell(text=same("日本語")),)),))
    try:
        read(Document(title=same("t"), as_of=DAY, sections=(section,), citations={}, notes={}), "en")
    except UsageError as error:
        pytest.skip(error.message.en)


@pytest.mark.slow
@pytest.mark.usefixtures("japanese")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_of_one_sheet_has_two_sides(shipped: Base, lang: Lang) -> None:
    """The default brief and every country's page: A4, two pages at most, the answer on the first, numbered, with a running title."""
    for document in (brief_page(shipped, DAY), *(country_page(shipped, DAY, id_) for id_ in shipped.pack.countries)):
        reader, words = read(document, lang)
        assert len(reader.pages) <= 2
        assert reader.metadata.title == document.title.pick(lang)
        assert reader.trailer["/Root"]["/Lang"] == lang
        width, height = reader.pages[0].mediabox[2:]
        assert (round(width), round(height)) == (595, 842)
        first = re.sub(r"\s", "", reader.pages[0].extract_text())
        assert Text("Inshort", "要点").pick(lang) in first
        assert f"1/{len(reader.pages)}" in first
        if len(reader.pages) > 1:
            assert "".join(document.title.pick(lang).split()) in re.sub(r"\s", "", reader.pages[1].extract_text())
        for part in document.sections:
            for block in part.blocks:
                if isinstance(block, Bullets):
                    assert all("".join(cell.text.pick(lang).split()) in words for cell in block.items)


@pytest.mark.slow
@pytest.mark.usefixtures("japanese")
def test_links_lead_within_and_out() -> None:
    """A mark leads to its note; an address of the data is a link; hostile words are words."""
    reader, words = read(RICH, "en")
    links = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    out = {str(link["/A"]["/URI"]) for link in links if "/A" in link}
    assert {unquote(address) for address in out} == {"https://example.org/a b|<c>"}
    names = {str(link["/Dest"]) for link in links if "/Dest" in link}
    assert {"n1", "n2"} <= names
    assert names <= set(reader.named_destinations)
    assert "a|b*c*_d_`e`[f](g)<b>h</b>&amp;$i$~~j~~" in words
    assert "=1+1" in words
    assert "»example.org/ab|<c>" in words


@pytest.mark.slow
@pytest.mark.usefixtures("japanese")
def test_a_page_is_made_without_a_network(
    shipped: Base, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing is fetched, and nothing is told of rules that only browsers know."""

    def refuse(*_: object) -> None:
        raise AssertionError("something was fetched")

    monkeypatch.setattr("socket.socket.connect", refuse)
    with caplog.at_level(logging.DEBUG):
        binary_renderer("pdf")(brief_page(shipped, DAY), How())
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


@pytest.mark.slow
def test_missing_fonts_are_named(run_process: Run, tmp_path: Path) -> None:
    """A machine without a font for some letters is told so, with a package that has one, and no file is written."""
    (tmp_path / "fonts.conf").write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>/usr/share/fonts/truetype/dejavu</dir><cachedir>{tmp_path}/cache</cachedir></fontconfig>",
        "utf-8",
    )
    file = tmp_path / "x.pdf"
    done = run_process("brief", "--lang", "ja", "-o", str(file), FONTCONFIG_FILE=str(tmp_path / "fonts.conf"))
    assert done.returncode == 2
    assert "fonts-noto-cjk" in done.stderr
    assert not file.exists()


@pytest.mark.slow
def test_a_pictograph_without_a_font_stops_nothing() -> None:
    """Only letters count: a pictograph that no font has is a box, not an error."""
    section = Section(title=None, blocks=(Bullets(items=(Cell(text=Text("Words \U0001fae8.", "文。")),)),))
    assert read(Document(title=same("t"), as_of=DAY, sections=(section,), citations={}, notes={}), "en")[1]


def test_a_long_run_without_spaces_is_laid_out_in_pieces() -> None:
    """The layout takes a run anew for each of its lines; in pieces, its time grows with its length. Every letter stays."""
    from cabrief.formats.pdf import in_pieces

    page = f"<body title='{'x' * 500}'><p>{'あ' * 300}&amp;{'い' * 130} {'う' * 50}</p></body>"
    parted = in_pieces(page)
    assert re.sub("</?span>", "", parted) == page
    assert max(map(len, re.findall("[あいう]+", parted))) <= 50
    assert "&amp;" in parted


def test_words_are_not_cut() -> None:
    """Each piece of a long text begins with a space: a line may end there, and in no word."""
    from cabrief.formats.pdf import in_pieces

    parted = in_pieces(f"<body><p>{'some words of a long text ' * 20}</p></body>")
    spans = re.findall("<span>(.*?)</span>", parted)
    assert len(spans) > 10
    assert all(span.startswith(" ") for span in spans[1:])
    words = ["foreign", "ministers", "discussed", "infrastructure", "between", "Kazakhstan", "and", "Turkmenistan"]
    texts = [same(" ".join(words[(i * k) % len(words)] for i in range(1, 60))) for k in (2, 3, 5, 7)]
    section = Section(title=None, blocks=(Bullets(items=tuple(Cell(text=text) for text in texts)),))
    document = Document(title=same("t"), as_of=DAY, sections=(section,), citations={}, notes={})
    reader = pypdf.PdfReader(io.BytesIO(binary_renderer("pdf")(document, How(lang="en"))))
    told = " ".join(page.extract_text() for page in reader.pages).split()
    assert {word for word in told if word.isalpha() and len(word) > 1} == {*words, "As", "of", "November"}


def test_a_picture_on_a_page_stays_whole() -> None:
    """An element of HTML within a picture ends it, and what follows is printed as mere words."""
    from cabrief.formats.pdf import in_pieces

    picture = f"<svg><text>{'a long line ' * 20}</text><text>6</text></svg>"
    page = f"<body><p>{'words ' * 40}</p>{picture}<p>{'words ' * 40}</p>{picture}"
    parted = in_pieces(page)
    assert parted.count(picture) == 2
    assert re.sub("</?span>", "", parted) == page != parted


@pytest.mark.parametrize("run", ["&amp;" * 2_000, "a &amp; " * 700, "&#x27;&amp;" * 900, "&" * 2_000])
def test_pieces_are_found_in_linear_time(run: str) -> None:
    """A run of references to characters can be read in one way only; it took a time that doubled with each of them."""
    from cabrief.formats.pdf import in_pieces

    parted = in_pieces(f"<body><p>{run}</p>")
    assert re.sub("</?span>", "", parted) == f"<body><p>{run}</p>"
    assert not re.search(r"&[^;&]*<", parted) or ";" not in run  # no reference is cut


@pytest.mark.parametrize("letter", ["か\u3099", "葛\U000e0100", "e\u0301"])
def test_a_letter_stays_with_its_marks(letter: str) -> None:
    """A mark that is laid out alone is drawn on a dotted circle, and another letter stands in the text of the page."""
    from cabrief.formats.pdf import in_pieces

    parted = in_pieces(f"<body><p>あ{letter * 200}</p>")
    assert parted.count("<span>") > 3
    assert f"<span>{letter[1]}" not in parted
