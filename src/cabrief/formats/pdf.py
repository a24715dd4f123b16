"""PDF: the HTML page on A4, by its own print style."""

from __future__ import annotations

import io
import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import redirect_stdout

from cabrief.document import Document
from cabrief.errors import UsageError
from cabrief.formats import How
from cabrief.formats.fonts import is_drawn, no_font
from cabrief.formats.html import to_html
from cabrief.formats.notes import MOST_ON_PAPER, check_columns, extent
from cabrief.language.layout import clusters
from cabrief.language.text import template

try:
    with redirect_stdout(io.StringIO()), warnings.catch_warnings():  # it prints where it finds no library
        warnings.simplefilter("ignore")
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
except OSError as error:
    raise UsageError(
        f"the format pdf needs the library Pango (Debian: apt-get install libpangoft2-1.0-0 libharfbuzz-subset0): {error}",
        f"形式pdfにはライブラリPangoが必要（Debian：apt-get install libpangoft2-1.0-0 libharfbuzz-subset0）：{error}",
    ) from None

LONG_TEXT = 120  # characters
LONG_NOTE = 600  # characters
MOST_PIECE = 40  # characters of a text that is laid out in pieces; a reference to one is one


class _Missing(logging.Handler):
    """The letters that no font of the machine can draw, as the layout complains of them."""

    def __init__(self) -> None:
        super().__init__()
        self.letters: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Take the letter from a complaint; other complaints are about rules for browsers."""
        if ".notdef" in record.msg and isinstance(record.args, tuple) and is_drawn(letter := str(record.args[0])):
            self.letters[letter] = None


def to_pdf(document: Document, how: How) -> bytes:
    """Print a document as PDF. Raises UsageError where the fonts of the machine lack letters that it needs."""
    check_columns(document)
    if (count := extent(document, how.lang)) > MOST_ON_PAPER:
        en = "{n:,} characters are too many for a PDF, which holds {most:,}: ask for less, or write .html or .docx"
        ja = "{n:,}字はPDFに多すぎる（最大{most:,}字）：範囲を絞るか、.htmlか.docxに書く"
        raise UsageError(*template(en, ja, n=count, most=MOST_ON_PAPER))
    missing, logger = _Missing(), logging.getLogger("weasyprint")
    before = logger.propagate
    logger.addHandler(missing)
    logger.propagate = False
    try:
        page = HTML(
            string=in_pieces(_in_columns(to_html(document, how))), url_fetcher=URLFetcher(allowed_protocols=["data"])
        )
        raw = bytes(page.write_pdf(pdf_tags=True))
    finally:
        logger.removeHandler(missing)
        logger.propagate = before
    if missing.letters:
        raise no_font(missing.letters)
    return raw


def _in_columns(page: str) -> str:
    """The page with a mark on its notes where one is long: columns of equal height are found by trying, line by line."""
    head, notes, rest = page.partition('<section class="notes"')
    longest = max((len(re.sub("<[^>]*>", "", note)) for note in rest.split('<li id="n')), default=0)
    return head + notes.replace('"notes"', '"notes long"') + rest if longest > LONG_NOTE else page


def in_pieces(page: str) -> str:
    """The page with its long texts in several spans, since the time of the layout grows with the square of a text.

    They part before spaces, since the layout may cut the first word of a span rather than end a line before it; and a run
    without a space within. A picture stays whole: it knows no spans.
    """
    head, body, text = page.partition("<body")

    def parted(words: re.Match[str]) -> str:
        if len(words[0]) <= LONG_TEXT or words[0][0] == "<":
            return words[0]
        return "".join(f"<span>{piece}</span>" for piece in _pieces(words[0]))

    return head + body + re.sub(r"<svg\b[\s\S]*?</svg>|(?<=>)[^<>]+", parted, text)


def _pieces(text: str) -> Iterator[str]:
    """A text in pieces that begin with a space where they can, and never within a letter with its marks."""
    piece: list[str] = []
    for part in re.findall(r"&#?\w+;|[^&]+|&", text):
        for character in [part] if part[0] == "&" else clusters(part):
            if len(piece) >= (MOST_PIECE // 2 if character.isspace() else MOST_PIECE):
                yield "".join(piece)
                piece = []
            piece.append(character)
    yield "".join(piece)
