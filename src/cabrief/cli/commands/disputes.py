"""The command `disputes`."""

from typing import Annotated

import typer

from cabrief.cli.commands import report
from cabrief.cli.names import Names, choose, complete_words, resolve_names
from cabrief.cli.options import Countries, Full, Sources, Topics
from cabrief.document import Document
from cabrief.reports import disputes as page
from cabrief.store.base import Base


@report
def disputes(
    base: "Base",
    as_of: str,
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
) -> "Document":
    """Print where sources err or disagree, and what is held; the weightiest first.

    Examples: cabrief disputes | cabrief disputes --source pwc-2026 | cabrief disputes --weight high -f json
    """
    return page.view(
        base,
        as_of,
        categories=choose(categories, page.CATEGORIES, "category"),
        weights=choose(weights, page.WEIGHT_TITLES, "weight"),
        sources=resolve_names(base, sources, "sources"),
        countries=resolve_names(base, countries, "countries"),
        topics=resolve_names(base, topics, "topics"),
        full=full,
    )
