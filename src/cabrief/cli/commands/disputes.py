"""The command `disputes`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cabrief.cli.commands import report
from cabrief.cli.filters import Countries, Sources, Topics
from cabrief.cli.names import Names, complete_words
from cabrief.cli.options import Full
from cabrief.reports import disputes as page

if TYPE_CHECKING:
    from cabrief.library.fact_base import FactBase
    from cabrief.library.results import Report


@report
def disputes(
    base: "FactBase",
    categories: Annotated[
        Names,
        typer.Option(
            "--category",
            metavar="KIND",
            help="error, outdated, disagreement or wording.",
            autocompletion=complete_words(lambda: page.CATEGORIES),
        ),
    ] = None,
    weights: Annotated[
        Names,
        typer.Option(
            "--weight",
            metavar="WEIGHT",
            help="high, medium or low.",
            autocompletion=complete_words(lambda: page.WEIGHT_TITLES),
        ),
    ] = None,
    sources: Sources = None,
    countries: Countries = None,
    topics: Topics = None,
    full: Full = False,
) -> "Report[Any]":
    """Print where sources err or disagree, and what is held; the weightiest first.

    Examples: cabrief disputes | cabrief disputes --source pwc-2026 | cabrief disputes --weight high -f json
    """
    return base.disputes(
        category=categories, weight=weights, source=sources, country=countries, topic=topics, full=full
    )
