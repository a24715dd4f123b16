"""Coverage-guided fuzzing of the way of a fact's words into Markdown, a terminal, CSV and JSON, and back.

    pip install atheris cmarkgfm && python tests/fuzz/texts.py -runs=100000 CORPUS

Whatever the words: no exception, no control character in what is printed, and a reader of the format finds the words and
nothing else. The first byte picks the format.
"""

import csv
import io
import json
import re
import sys
from html import unescape

import atheris
import cmarkgfm
from cmarkgfm.cmark import Options

with atheris.instrument_imports(include=["cabrief"]):
    from cabrief.document import Bullets, Cell, Column, Document, Section, Table
    from cabrief.formats import How, renderer
    from cabrief.language.text import UNPRINTABLE, clean, same

LONGEST = 300
UNPRINTABLES = re.compile(UNPRINTABLE)


def document(words: str) -> Document:
    """A report in which words stand as a title, in a list and in a table."""
    cell = Cell(text=same(words), id="a")
    columns = (Column(title=same(words)), Column(title=same("b")))
    blocks = (Bullets(items=(cell,)), Table(columns=columns, rows=((cell, Cell(text=same("end"))),)))
    section = Section(title=same(words), blocks=blocks)
    return Document(title=same(words), as_of="2031-06-01", sections=(section,), citations={}, notes={})


def markdown(words: str) -> None:
    """In GitHub's renderer the words stand in their places, without markup and links."""
    page = renderer("markdown")(document(words), How())
    check(page)
    html = cmarkgfm.github_flavored_markdown_to_html(page, options=Options.CMARK_OPT_FOOTNOTES)
    for tag in ("h1", "h2", "li", "th", "td"):
        (found, *_) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        found = re.sub("<!--.*?-->", "", found)
        same_words(unescape(found) if "<" not in found else found, words)


def terminal(words: str) -> None:
    """In lines that are not too long, with only our own styles between."""
    page = renderer("terminal")(document(words), How(width=40, color=True))
    bare = re.sub(r"\x1b\[[0-9;]*m", "", page)
    check(bare)
    found = re.search(r"^  • (.*?)^ \S", bare, re.DOTALL | re.MULTILINE)
    same_words(found[1] if found else "", words)


def spreadsheet(words: str) -> None:
    """To a reader of CSV; a quote mark may stand before what would be a formula, also behind what another program parts cells at."""
    page = renderer("csv")(document(words), How())
    check(page)
    row, *_ = csv.DictReader(io.StringIO(page))
    same_words(row["text_en"].replace("'", ""), words.replace("'", ""))


def structured(words: str) -> None:
    """To a parser of JSON, the very words, also those that are not printable."""
    page = renderer("json")(document(words), How())
    check(page)
    if json.loads(page)["title"]["ja"] != words:
        raise AssertionError(words)


def check(page: str) -> None:
    """No character steers a terminal."""
    if UNPRINTABLES.search(page):
        raise AssertionError(page)


def same_words(found: str, words: str) -> None:
    """What a reader found is the words, but for spaces."""
    if found.split() != words.split() and "".join(found.split()) != "".join(words.split()):
        raise AssertionError(found, words)


FORMATS = (markdown, terminal, spreadsheet, structured)


def one(raw: bytes) -> None:
    """Print words that are a text, in one of the formats."""
    words = raw[1:].decode("utf-8", "surrogateescape")[:LONGEST]
    form = FORMATS[raw[0] % len(FORMATS)] if raw else markdown
    words = words if form is structured else clean(words).strip()
    if words:
        form(words)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
