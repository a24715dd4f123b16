"""In every format a fact gives back its own characters and nothing else: no link, no markup, no formula, no control."""

import csv
import io
import json
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import unquote

import cmarkgfm
import pyte
import pytest
from cmarkgfm.cmark import Options
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from wcwidth import wcwidth

from cabrief.document import Bullets, Cell, Citation, Column, Document, Pairs, Section, Table
from cabrief.formats import How, renderer
from cabrief.formats.markdown import escape
from cabrief.language.text import UNPRINTABLE, Lang, Text, clean, same
from cabrief.model.record import Ref
from conftest import examples

MARKUP = [
    *(
        "https://e.example/x",
        "a -- b --- ``c'' ?`d !`e ,,f <<g>>",
        "HTTP://X.example",
        "ftp://x.y/z",
        "www.e.example",
        "_www.e.example",
        "詳細はhttps://e.example/x",
        "あwww.e.example",
    ),
    *(
        "a@b.example",
        "mailto:a@b.example",
        "xmpp:a@b.example/c",
        "あ@b.example",
        "doi:10.1/x",
        "tel:110",
        "@user",
        "@org/team",
        "#123",
        "a/b#1",
        "GH-1",
    ),
    *(
        "[x] done",
        "[ ] to do",
        "☒ voted",
        "☐ not voted",
        "a -- b --- c -",
        "and so on... ....",
        "^",
        "^[note]",
        "x^2^",
        "[^1]",
        "[^1]: note",
        "[a](b)",
        "![a](b)",
        "[a]",
        "[ ] a",
        "[!NOTE]",
        "<b>",
        "<!-- -->",
        "<https://e.example>",
        "&amp;",
        "&#64;",
        "&copy",
    ),
    *(
        "# head",
        "head #",
        "head ##",
        "#",
        "- a",
        "+ a",
        "* a",
        "1. a",
        "1) a",
        "(1) a",
        "a. b",
        "iv) b",
        "(@) a",
        "> a",
        "---",
        "===",
        "***",
        "| a",
        "a | b",
        ": a",
        "    a",
    ),
    *(
        "*a*",
        "**a**",
        "_a_",
        "__a__",
        "a_b_c",
        "`a`",
        "``",
        "```",
        "~a~",
        "~~a~~",
        "$a$",
        "$$",
        "\\",
        "\\*",
        "a\\",
        ":tada:",
        "{#id}",
        "{.class}",
        "H~2~O",
        "=1+1",
        "a  b",
    ),
]
SEEN = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Cn"])
TEXTS = (
    st.lists(
        st.one_of(st.sampled_from(MARKUP), st.text(SEEN, max_size=6), st.sampled_from(" 。、（）「」あ漢a1")),
        min_size=1,
        max_size=6,
    )
    .map("".join)
    .map(str.strip)
    .filter(lambda words: words and not re.search(UNPRINTABLE, words) and words == clean(words))
)


def with_examples(test: Callable[..., None]) -> Callable[..., None]:
    """The test over every sample of markup, and over what is drawn."""
    for words in MARKUP:
        test = example(words.strip())(test)
    return test


def gfm(markdown: str) -> str:
    return str(cmarkgfm.github_flavored_markdown_to_html(markdown, options=Options.CMARK_OPT_FOOTNOTES))


def commonmark(markdown: str) -> str:
    return str(MarkdownIt("commonmark").render(markdown))


def plain(html: str) -> str:
    """What a reader of a page sees of it."""
    return unescape(re.sub(r"<!--.*?-->", "", re.sub(r"<(?!!)[^>]*>", "", html))).strip()


@with_examples
@settings(deadline=None, max_examples=examples(400))
@given(TEXTS)
def test_markdown_prints_every_character_as_it_is(words: str) -> None:
    """As a paragraph, a heading, an item and in bold; in GitHub's renderer and in CommonMark."""
    for render in (gfm, commonmark):
        for frame, tags in (("{}", "p"), ("# {}", "h1"), ("- {}", "ul li"), ("- **a**: {}", "ul li strong")):
            page = render(frame.format(escape(words)))
            assert plain(page) == frame.replace("# ", "").replace("- ", "").replace("*", "").format(words)
            assert re.findall(r"<([a-z]\w*)", page) == tags.split()


@with_examples
@settings(deadline=None, max_examples=examples(300))
@given(TEXTS)
def test_a_table_and_a_footnote_stay_whole(words: str) -> None:
    """Beside a cell stands the next cell, and behind a fact its evidence."""
    for lang in ("en", "ja"):
        page = gfm(renderer("markdown")(document(words), How(lang=lang)))
        cells = re.findall(r"<td>(.*?)</td>", page, re.DOTALL)
        assert [plain(re.sub(r"<sup.*?</sup>", "", cell)) for cell in cells] == [words, "end"]
        assert len(re.findall('class="footnote-ref"><a', page)) == 3
        assert re.findall(r'<a href="(?!#)([^"]*)', page) == ["https://example.org/page"] * 2


@pytest.mark.skipif(not shutil.which("pandoc"), reason="pandoc is not installed")
@pytest.mark.parametrize("reader", ["gfm", "commonmark_x-smart", "markdown-smart"])
def test_pandoc_prints_every_character_as_it_is(reader: str) -> None:
    """Each as a paragraph and as a heading; what is drawn alike, such as two spaces, counts as the same."""
    words = [each.strip() for each in MARKUP] + [
        f"{a.strip()}{b.strip()}" for a, b in zip(MARKUP, MARKUP[7:], strict=False)
    ]
    for frame, tag in (("# {}", "h1"), ("{}", "p")):
        page = "\n\n".join(frame.format(escape(each)) for each in words)
        command = ["pandoc", "-f", reader, "-t", "html", "--wrap=preserve"]
        html = subprocess.run(command, input=page, capture_output=True, encoding="utf-8", check=True).stdout
        found = re.findall(rf"<{tag}[^>]*>(.*?)</{tag}>", html, re.DOTALL)
        assert [plain(each) for each in found] == [" ".join(each.split()) for each in words]
        assert not re.search(r"<a |<em|<strong|<su[bp]|<code|<del", html)


def document(words: str) -> Document:
    """A report in which words stand wherever a fact's words can."""
    cell = Cell(text=same(words), id="a", refs=(Ref(source="page", phrase="a phrase"),))
    return Document(
        title=same(words),
        as_of="2031-06-01",
        sections=(
            Section(
                title=same(words),
                blocks=(
                    Bullets(items=(cell, cell.but(by=same(words)))),
                    Pairs(
                        items=(
                            (same("a"), Cell(text=same("https://example.org/page"), url="https://example.org/page")),
                        )
                    ),
                    Table(
                        columns=(Column(title=same("a")), Column(title=same("b"))),
                        rows=((cell, Cell(text=same("end"))),),
                    ),
                ),
            ),
        ),
        citations={
            "page": Citation(
                id="page", title=same(words), short=same("s"), published=None, url="https://example.org/page"
            )
        },
        notes={},
    )


@with_examples
@settings(deadline=None, max_examples=examples(200))
@given(TEXTS)
def test_json_gives_back_every_character(words: str) -> None:
    """To a parser, in sections and in rows; and no character that steers stands in it raw."""
    pages = document(words)
    text = renderer("json")(pages, How())
    section = json.loads(text)["sections"][0]
    assert section["title"] == section["blocks"][0]["items"][0]["text"] == {"en": words, "ja": words}
    line, *_ = renderer("ndjson")(pages, How()).splitlines()
    assert json.loads(line)["text"]["en"] == words
    assert not re.search(UNPRINTABLE, text)


@with_examples
@example("&amp;---")
@settings(deadline=None, max_examples=examples(200))
@given(TEXTS)
def test_spreadsheets_give_back_every_character(words: str) -> None:
    """To a reader of CSV or TSV; a quote mark alone may stand before what would be a formula, behind a semicolon too."""
    inner = re.compile(r"(?<=[;；\t])([^\w']*?)'(?=\W)")
    for name, delimiter in (("csv", ","), ("tsv", "\t")):
        first, second, *_ = csv.DictReader(io.StringIO(renderer(name)(document(words), How())), delimiter=delimiter)
        bare = inner.sub(r"\1", words)
        for cell in (first["text_en"], second["by_ja"]):
            assert inner.sub(r"\1", cell) in (bare, f"'{bare}")
        assert first["text_en"] == words or not words[0].isalnum() or inner.search(first["text_en"])


class Reader(HTMLParser):
    """What a page says and where its links lead, to an independent reader: text by element, and every element."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def tags(self) -> list[str]:
        return [tag for tag, _ in self.elements if tag != "span"]  # which tell in what language words are

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in ("title", "h1", "h2", "li", "th", "td"):
            self.texts.append((tag, ""))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "sup" not in self.open and self.texts and self.texts[-1][0] in self.open:
            tag, words = self.texts[-1]
            self.texts[-1] = tag, words + data


@with_examples
@settings(deadline=None, max_examples=examples(200))
@given(TEXTS)
def test_a_page_gives_back_every_character(words: str) -> None:
    """To a parser of HTML, in the title, a heading, an item and a cell; and no markup or link comes of it."""
    plain_page = Reader(renderer("html")(document("Words."), How()))
    for lang in ("en", "ja"):
        page = Reader(renderer("html")(document(words), How(lang=lang)))
        assert page.open == []
        assert [text for _, text in page.texts[:3]] == [words] * 3
        items = [text for tag, text in page.texts if tag == "li"]
        assert items[0] == words
        assert items[1] == (f"{words}（{words}）" if lang == "ja" else f"{words} ({words})")
        cells = [text for tag, text in page.texts if tag in ("th", "td")]
        assert cells[2:] == [words, "end"]
        links = [
            attrs["href"] for tag, attrs in page.elements if tag == "a" and not (attrs["href"] or "").startswith("#")
        ]
        assert links == ["https://example.org/page"] * 2
        assert page.tags() == plain_page.tags()


def on_screen(text: str) -> str:
    """The characters that a terminal emulator shows of a text, without spaces; letters with marks as one character."""
    lines = text.split("\n")
    screen = pyte.Screen(200, len(lines))
    pyte.Stream(screen).feed("\r\n".join(lines))
    return drawn("".join(screen.display))


def drawn(words: str) -> str:
    """Words without spaces, composed as a terminal composes them."""
    return unicodedata.normalize("NFC", "".join(words.split()))


@with_examples
@settings(deadline=None, max_examples=examples(200))
@given(TEXTS)
def test_a_terminal_shows_every_character(words: str) -> None:
    """In lines that fit, with nothing between but line ends; a terminal emulator shows what was printed."""
    columns = 60
    text = renderer("terminal")(document(words), How(width=columns, color=True, sources=False))
    bare = re.sub(r"\x1b\[[0-9;]*m", "", text)
    assert not re.search(UNPRINTABLE, bare)
    item = re.search(r"^  • (.*?)^  • ", bare, re.DOTALL | re.MULTILINE)
    assert item
    assert "".join(item[1].split()) == "".join(words.split())
    # the emulator draws nothing else, and no mark in the first place of the screen, which has no letter to stand on, nor one
    # behind a wide character
    on_wide = any(wcwidth(a) > 1 and unicodedata.combining(b) for a, b in pairwise(words))
    plain_ = all(wcwidth(c) > 0 or unicodedata.combining(c) for c in words) and not unicodedata.combining(words[0])
    if plain_ and not on_wide:
        assert on_screen(text) == drawn(bare)


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize(
    ("en", "ja"), [("https://evil.example/x", "日本語の文。"), ("Words.", "https://evil.example/x")]
)
def test_words_are_never_a_link(lang: Lang, en: str, ja: str) -> None:
    """Whatever they look like, in either language; the cell of an address is one."""
    cell = Cell(text=Text(en, ja), id="a")
    address = Cell(text=same("https://example.org/page"), url="https://example.org/page")
    section = Section(title=None, blocks=(Bullets(items=(cell, address)),))
    pages = Document(title=same("t"), as_of="2031-06-01", sections=(section,), citations={}, notes={})
    page = gfm(renderer("markdown")(pages, How(lang=lang)))
    assert re.findall(r'<a href="([^"]*)', page) == ["https://example.org/page"]
    assert Text(en, ja).pick(lang) in plain(page)


@pytest.mark.parametrize("name", ["^1", "[^1]", "a@b.example", "https://e.example", "<b>", "=1+1", "#1"])
def test_a_layer_is_called_as_it_is(name: str) -> None:
    """The name of a layer is text like any other, and forges no footnote."""
    pages = document("Words.").but(layers={"a": name})
    page = gfm(renderer("markdown")(pages, How()))
    assert len(re.findall('class="footnote-ref"><a', page)) == 3
    assert f"Words. [{name}]" in plain(page)
    assert f"[{name}]" in renderer("terminal")(pages, How())


@pytest.mark.parametrize("url", ["?a=1&copy;2&b=3", "`a`", "a[^1]*b*_c_", "a|b", "(a)", "a@b.example"])
def test_an_address_is_a_link_to_itself(url: str) -> None:
    """Whatever marks it has, it ends where it ends, and the renderer reads no entity in it."""
    whole = f"https://e.example/{url}"
    cell = Cell(text=same(whole), url=whole, id="a")
    table = Table(columns=(Column(title=same("a")), Column(title=same("b"))), rows=((cell, Cell(text=same("end"))),))
    pages = Document(
        title=same("t"), as_of="2031-06-01", sections=(Section(title=None, blocks=(table,)),), citations={}, notes={}
    )
    page = gfm(renderer("markdown")(pages, How()))
    (link,) = re.findall(r'<a href="([^"]*)', page)
    assert unquote(unescape(link)) == whole
    assert "<td>end</td>" in page
