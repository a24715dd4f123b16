"""The command `projects`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cabrief.cli.commands import report
from cabrief.cli.filters import Countries, Topics
from cabrief.cli.names import Names

if TYPE_CHECKING:
    from cabrief.library.fact_base import FactBase
    from cabrief.library.results import Report


@report
def projects(
    base: "FactBase",
    countries: Countries = None,
    topics: Topics = None,
    statuses: Annotated[
        Names, typer.Option("--status", metavar="STATUS", help="planned, signed, ongoing, completed or unknown.")
    ] = None,
) -> "Report[Any]":
    """Print the projects by country: who carries them, what they cost, how far they are.

    Examples: cabrief projects | cabrief projects --country kz --topic energy | cabrief projects --status signed -f csv
    """
    return base.projects(country=countries, topic=topics, status=statuses)
