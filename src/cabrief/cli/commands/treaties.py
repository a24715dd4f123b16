"""The command `treaties`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cabrief.cli.commands import report
from cabrief.cli.filters import Countries
from cabrief.cli.names import Names, complete

if TYPE_CHECKING:
    from cabrief.library.fact_base import FactBase
    from cabrief.library.results import Report


@report
def treaties(
    base: "FactBase",
    missing: Annotated[bool, typer.Option("--missing", help="Only the gaps, with their reasons.")] = False,
    types: Annotated[
        Names, typer.Option("--type", metavar="TYPE", help="Only this type.", autocompletion=complete("treaty_types"))
    ] = None,
    countries: Countries = None,
) -> "Report[Any]":
    """Print agreements by type and country, and the gaps.

    Examples: cabrief treaties --missing | cabrief treaties --type tax --as-of 2026-01-31 -f csv
    """
    return base.treaties(missing=missing, type=types, country=countries)
