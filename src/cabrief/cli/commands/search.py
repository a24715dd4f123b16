"""The command `search`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cabrief.cli.commands import report
from cabrief.cli.filters import Countries, Kinds

if TYPE_CHECKING:
    from cabrief.library.fact_base import FactBase
    from cabrief.library.results import Report


@report
def search(
    base: "FactBase",
    words: Annotated[list[str], typer.Argument(help="Words, in either language, in any spelling.")],
    kinds: Kinds = None,
    countries: Countries = None,
    everything: Annotated[bool, typer.Option("--all", help="Every hit, not the first ten.")] = False,
) -> "Report[Any]":
    """Find names and statements that have every word; what is named outright comes first.

    Examples: cabrief search 回廊 | cabrief search uranium | cabrief search 税 --kind treaty
    """
    return base.search(words, kind=kinds, country=countries, all=everything)
