"""The command `brief`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cabrief.cli.commands import report
from cabrief.cli.names import complete
from cabrief.cli.options import Full

if TYPE_CHECKING:
    from cabrief.library.fact_base import FactBase
    from cabrief.library.results import Report


@report
def brief(
    base: "FactBase",
    subject: Annotated[
        list[str] | None,
        typer.Argument(
            help="A topic, an event or an agreement; also a country or a power. The summit if absent.",
            autocompletion=complete("topics", "events", "agreements", "countries", "actors"),
        ),
    ] = None,
    full: Full = False,
    list_: Annotated[
        bool, typer.Option("--list", help="List the topics, events and agreements that there are pages on.")
    ] = False,
) -> "Report[Any]":
    """Print one page on the summit, on a topic, on another event or on an agreement.

    Examples: cabrief brief | cabrief brief critical-minerals | cabrief brief --list | cabrief brief 航空 --lang ja -o brief.md
    """
    return base.brief(" ".join(subject or ()) or None, full=full, list=list_)
