"""The command `actors`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cabrief.cli.commands import report
from cabrief.cli.names import Names, complete
from cabrief.cli.options import Full

if TYPE_CHECKING:
    from cabrief.library.fact_base import FactBase
    from cabrief.library.results import Report


@report
def actors(
    base: "FactBase",
    names: Annotated[
        Names, typer.Argument(help="Outside powers, for each in full.", autocompletion=complete("actors"))
    ] = None,
    full: Full = False,
) -> "Report[Any]":
    """Print how each outside power engages.

    Examples: cabrief actors | cabrief actors eu | cabrief actors 中国 --lang ja
    """
    return base.actors(names, full=full)
