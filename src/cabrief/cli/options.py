"""The options that every report has."""

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from cabrief.cli.names import complete_words
from cabrief.errors import UsageError
from cabrief.formats import FORMATS, WIDEST
from cabrief.language.text import LANGS

PANEL = "Output"
MOST_DAYS = 3650  # days before a date on which a calendar may remind


def _day(value: str | None) -> str | None:
    """Read a date to report as of; of a month or a year, its last day."""
    if value is None:
        return None
    from cabrief.library.days import read_last_day

    return read_last_day(value)


Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        rich_help_panel=PANEL,
        metavar="FORMAT",
        autocompletion=complete_words(lambda: FORMATS),
        help=f"{', '.join(FORMATS)}. Default: terminal on a terminal, else markdown.",
    ),
]


def _file(value: str) -> Path:
    """Read the name of a file; `x/` and `x/.` name directories, which a path does not tell any more."""
    if not value:
        raise UsageError("a file needs a name", "ファイルの名前が空")
    if os.path.basename(value) in ("", ".", ".."):  # noqa: PTH119 - a path drops the ending
        raise UsageError(f"{value} is a directory: name a file", f"{value}はフォルダー：ファイルを指定する")
    return Path(value)


def read_folder(value: str) -> Path:
    """Read the name of a directory of facts; an empty one, as of a variable that is not set, is not the one here."""
    if not value:
        raise UsageError("a directory of facts needs a name", "factのディレクトリの名前が空")
    return Path(value)


Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        rich_help_panel=PANEL,
        metavar="FILE",
        parser=_file,
        help="Write to a file; its ending picks the format. - is stdout.",
    ),
]

LangOption = Annotated[
    str | None,
    typer.Option(
        "--lang",
        "-l",
        rich_help_panel=PANEL,
        metavar="en|ja",
        autocompletion=complete_words(lambda: LANGS),
        help="Language. Default: CABRIEF_LANG, else the locale.",
    ),
]

AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        rich_help_panel=PANEL,
        metavar="DATE",
        callback=_day,
        help="Report as of a day. Default: today.",
    ),
]

Data = Annotated[
    list[Path] | None,
    typer.Option(
        "--data",
        rich_help_panel=PANEL,
        metavar="DIR",
        parser=read_folder,
        help="Lay further fact files over the built-in ones. Repeatable.",
    ),
]

Width = Annotated[
    int | None,
    typer.Option(
        "--width", rich_help_panel=PANEL, metavar="COLUMNS", min=20, max=WIDEST, help="Columns of terminal output."
    ),
]

ShowSources = Annotated[
    bool | None,
    typer.Option(
        "--sources/--no-sources",
        rich_help_panel=PANEL,
        help="Print the sources, or leave them out. Default: not on a terminal.",
    ),
]

NoPager = Annotated[bool, typer.Option("--no-pager", rich_help_panel=PANEL, help="Print long reports without a pager.")]

NoColor = Annotated[
    bool,
    typer.Option("--no-color", rich_help_panel=PANEL, help="No colour. NO_COLOR and TERM=dumb do the same."),
]

Bom = Annotated[
    bool | None,
    typer.Option(
        "--bom/--no-bom",
        rich_help_panel=PANEL,
        help="Begin CSV and TSV with a byte-order mark. Default: in files, which spreadsheet programs open.",
    ),
]

Layers = Annotated[
    bool,
    typer.Option(
        "--layers",
        rich_help_panel=PANEL,
        help="Let facts of your own directories into a file or a pipe; the screen always shows them.",
    ),
]

Charts = Annotated[
    list[str] | None,
    typer.Option(
        "--chart",
        rich_help_panel=PANEL,
        metavar="NAME",
        autocompletion=complete_words(lambda: ("treaties", "timeline", "map", "commitments")),
        help="Draw a picture: treaties, timeline, map or commitments. Repeatable in HTML; alone with -o x.svg or x.png.",
    ),
]

Template = Annotated[
    Path | None,
    typer.Option(
        "--template",
        rich_help_panel=PANEL,
        metavar="FILE.docx",
        help="Word: take styles, page, header and footer from a file of your own.",
    ),
]

Alarm = Annotated[
    int | None,
    typer.Option(
        "--alarm",
        rich_help_panel=PANEL,
        metavar="DAYS",
        min=0,
        max=MOST_DAYS,
        help="Calendar: remind that many days before what is planned or due.",
    ),
]

SHARED_OPTIONS: dict[str, tuple[Any, Any]] = {
    "format": (Format, None),
    "output": (Output, None),
    "lang": (LangOption, None),
    "as_of": (AsOf, None),
    "data": (Data, None),
    "width": (Width, None),
    "show_sources": (ShowSources, None),
    "no_pager": (NoPager, False),
    "no_color": (NoColor, False),
    "bom": (Bom, None),
    "layers": (Layers, False),
    "charts": (Charts, None),
    "template": (Template, None),
    "alarm": (Alarm, None),
}


Full = Annotated[bool, typer.Option("--full", help="The long form, with everything that is on record.")]
