"""The options that narrow a list: to countries, actors, topics, sources, kinds and days; and the folder of originals."""

from pathlib import Path
from typing import Annotated

import typer

from cabrief.cli.names import Names, complete, complete_words
from cabrief.model.kinds import by_singular


def date_option(value: str | None) -> str | None:
    """Read a date on the command line."""
    if value is None:
        return None
    from cabrief.library.days import read_day

    return read_day(value)


Countries = Annotated[
    Names,
    typer.Option(
        "--country",
        metavar="NAME",
        help="Only this country. Repeatable.",
        autocompletion=complete("countries"),
    ),
]

Actors = Annotated[
    Names,
    typer.Option(
        "--actor",
        metavar="NAME",
        help="Only this outside power. Repeatable.",
        autocompletion=complete("actors"),
    ),
]

Topics = Annotated[
    Names,
    typer.Option("--topic", metavar="NAME", help="Only this topic. Repeatable.", autocompletion=complete("topics")),
]

Sources = Annotated[
    Names,
    typer.Option(
        "--source",
        metavar="ID",
        help="Only what rests on this source. Repeatable.",
        autocompletion=complete("sources"),
    ),
]

Kinds = Annotated[
    Names,
    typer.Option(
        "--kind", metavar="KIND", help="Only this kind. Repeatable.", autocompletion=complete_words(by_singular)
    ),
]

Texts = Annotated[
    Path | None,
    typer.Option("--texts", metavar="DIR", help="Folder of the original documents, to hold phrases against."),
]

Since = Annotated[
    str | None, typer.Option("--since", metavar="DATE", callback=date_option, help="From a day, month or year on.")
]

Until = Annotated[
    str | None, typer.Option("--until", metavar="DATE", callback=date_option, help="Up to a day, month or year.")
]
