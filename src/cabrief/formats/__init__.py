"""One module per format: a `Document` in, text out.

A renderer is a function of the document and `How`. A new format is a new module and a line in `FORMATS`.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from cabrief.document import Document
from cabrief.language.text import Lang
from cabrief.model.frozen import Frozen


class How(Frozen):
    """What a user may choose about the output."""

    lang: Lang = "en"
    width: int | None = None
    sources: bool = True
    color: bool = False
    ascii: bool = False
    handles: bool = False  # short names of lines in the margin, which `why` takes
    links: bool = False  # addresses as hyperlinks of the terminal
    bom: bool = False
    trail: dict[str, list[str]] | None = None  # filled while printing: what short names and numbers stand for


Renderer = Callable[[Document, How], str]
FORMATS: dict[str, tuple[str, str]] = {
    "terminal": ("terminal", "terminal"),
    "markdown": ("markdown", "markdown"),
    "json": ("structured", "json"),
    "ndjson": ("structured", "ndjson"),
    "csv": ("delimited", "csv"),
    "tsv": ("delimited", "tsv"),
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
}


def renderer(name: str) -> Renderer:
    """The renderer of a format; only its own module is imported."""
    module, function = FORMATS[name]
    found: Renderer = getattr(import_module(f"cabrief.formats.{module}"), f"to_{function}")
    return found
