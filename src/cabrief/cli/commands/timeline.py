"""The command `timeline`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cabrief.cli.commands import report
from cabrief.cli.filters import Actors, Countries, Since, Topics, Until
from cabrief.cli.names import Names, complete_words
from cabrief.model.happened import EVENT_KINDS

if TYPE_CHECKING:
    from cabrief.library.fact_base import FactBase
    from cabrief.library.results import Report


@report
def timeline(
    base: "FactBase",
    since: Since = None,
    until: Until = None,
    countries: Countries = None,
    actors: Actors = None,
    topics: Topics = None,
    kinds: Annotated[
        Names,
        typer.Option(
            "--kind",
            metavar="KIND",
            help="Only this kind. Repeatable.",
            autocompletion=complete_words(lambda: EVENT_KINDS),
        ),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="actor",
            help="actor: the powers' summits side by side.",
            autocompletion=complete_words(lambda: ["actor"]),
        ),
    ] = None,
    whole: Annotated[bool, typer.Option("--all", help="All years, not only the last two and what lies ahead.")] = False,
) -> "Report[Any]":
    """Print what happened, and what is due.

    Examples: cabrief timeline --since 2025-12 | cabrief timeline --country kg --kind treaty | cabrief timeline --by actor
    """
    return base.timeline(
        since=since, until=until, country=countries, actor=actors, topic=topics, kind=kinds, by=by, all=whole
    )
