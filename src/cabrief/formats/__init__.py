"""One module per format: a `Document` in, text out.

A renderer is a function of the document and `How`. A new format is a new module and a line in `FORMATS` and in `ENDINGS`.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from cabrief.document import Document
from cabrief.errors import UsageError
from cabrief.language.text import Lang
from cabrief.model.frozen import Frozen

WIDEST = 1000  # columns of a terminal's output


class How(Frozen):
    """What a user may choose about the output."""

    lang: Lang = "en"
    width: int | None = None
    sources: bool = True
    color: bool = False
    ascii: bool = False
    handles: bool = False  # short names of lines in the margin, which `why` takes
    keys: bool = False  # name keys of the full screen, not commands
    links: bool = False  # addresses as hyperlinks of the terminal
    bom: bool = False
    template: Path | None = None  # a Word file in the style of a house
    alarm: int | None = None  # days before a date on which a calendar reminds
    trail: dict[str, list[str]] | None = None  # filled while printing: what short names and numbers stand for


Renderer = Callable[[Document, How], str]
BinaryRenderer = Callable[[Document, How], bytes]


class OutputFormat(Frozen):
    """Where a format is made: the module with its function `to_<name>`, and the extra of the package that it needs."""

    module: str
    binary: bool = False  # whether the function returns bytes, which no terminal shows
    extra: str = ""
    pictures: Literal["none", "within", "alone"] = "none"
    worded: bool = False  # whether ids and codes of rows print as words


FORMATS: dict[str, OutputFormat] = {
    "terminal": OutputFormat(module="terminal"),
    "markdown": OutputFormat(module="markdown"),
    "json": OutputFormat(module="structured"),
    "ndjson": OutputFormat(module="structured"),
    "csv": OutputFormat(module="delimited"),
    "tsv": OutputFormat(module="delimited"),
    "svg": OutputFormat(module="svg", pictures="alone"),
    "png": OutputFormat(module="png", binary=True, extra="png", pictures="alone"),
    "html": OutputFormat(module="html", extra="html", pictures="within"),
    "pdf": OutputFormat(module="pdf", binary=True, extra="pdf", pictures="within"),
    "docx": OutputFormat(module="word", binary=True, extra="word"),
    "xlsx": OutputFormat(module="excel", binary=True, extra="excel", worded=True),
    "ics": OutputFormat(module="ics", binary=True, extra="calendar"),
    "csl-json": OutputFormat(module="citations"),
    "bibtex": OutputFormat(module="citations"),
}
ENDINGS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".json": "json",
    ".ndjson": "ndjson",
    ".jsonl": "ndjson",
    ".csv": "csv",
    ".tsv": "tsv",
    ".txt": "terminal",
    ".svg": "svg",
    ".png": "png",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".xlsx": "xlsx",
    ".ics": "ics",
    ".csl.json": "csl-json",
    ".bib": "bibtex",
}


def renderer(name: str) -> Renderer:
    """The renderer of a format of text; only its own module is imported. Raises UsageError where its extra is not installed."""
    found: Renderer = _function(name)
    return found


def binary_renderer(name: str) -> BinaryRenderer:
    """The renderer of a binary format, as `renderer`."""
    found: BinaryRenderer = _function(name)
    return found


def _function(name: str) -> Any:
    form = FORMATS[name]
    try:
        module = import_module(f"cabrief.formats.{form.module}")
    except ModuleNotFoundError as error:
        if not form.extra or (error.name or "").startswith("cabrief"):
            raise
        raise UsageError(
            f"the format {name} needs packages that are not installed: pip install 'cabrief[{form.extra}]'",
            f"形式{name}に必要なパッケージがない：pip install 'cabrief[{form.extra}]'",
        ) from None
    return getattr(module, f"to_{name.replace('-', '_')}")
