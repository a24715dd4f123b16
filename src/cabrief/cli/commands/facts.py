"""The command `facts`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cabrief.cli.commands import report
from cabrief.cli.filters import Actors, Countries, Kinds, Since, Sources, Topics, Until
from cabrief.cli.names import Names, complete_words
from cabrief.cli.options import Full
from cabrief.reports import facts as page

if TYPE_CHECKING:
    from cabrief.library.fact_base import FactBase
    from cabrief.library.results import Report


@report
def facts(
    base: "FactBase",
    kinds: Kinds = None,
    countries: Countries = None,
    actors: Actors = None,
    topics: Topics = None,
    sources: Sources = None,
    natures: Annotated[
        Names,
        typer.Option(
            "--nature",
            metavar="NATURE",
            help="reported, judgement, statement or plan.",
            autocompletion=complete_words(lambda: page.NATURES),
        ),
    ] = None,
    since: Since = None,
    until: Until = None,
    full: Full = False,
) -> "Report[Any]":
    """Print every fact, filtered.

    Examples: cabrief facts -f ndjson | cabrief facts --country tj --topic water | cabrief facts --source pwc-2026
    """
    return base.facts(
        kind=kinds,
        country=countries,
        actor=actors,
        topic=topics,
        source=sources,
        nature=natures,
        since=since,
        until=until,
        full=full,
    )
