"""The command `country`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cabrief.cli.commands import report
from cabrief.cli.names import complete
from cabrief.cli.options import Full

if TYPE_CHECKING:
    from cabrief.library.fact_base import FactBase
    from cabrief.library.results import Report


@report
def country(
    base: "FactBase",
    names: Annotated[list[str], typer.Argument(help="Countries, by any name.", autocompletion=complete("countries"))],
    full: Full = False,
) -> "Report[Any]":
    """Print a country's profile.

    Examples: cabrief country kazakhstan | cabrief country KZ -f json | cabrief country ウズベキスタン --lang ja
    """
    return base.country(names, full=full)
