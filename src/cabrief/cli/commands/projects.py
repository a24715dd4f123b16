"""The command `projects`."""

from typing import Annotated

import typer

from cabrief.cli.commands import report
from cabrief.cli.names import Names, choose, resolve_names
from cabrief.cli.options import Countries, Topics
from cabrief.document import Document
from cabrief.reports import projects as page
from cabrief.store.base import Base


@report
def projects(
    base: "Base",
    as_of: str,
    countries: Countries = None,
    topics: Topics = None,
    statuses: Annotated[
        Names, typer.Option("--status", metavar="STATUS", help="planned, signed, ongoing, completed or unknown.")
    ] = None,
) -> "Document":
    """Print the projects by country: who carries them, what they cost, how far they are.

    Examples: cabrief projects | cabrief projects --country kz --topic energy | cabrief projects --status signed -f csv
    """
    return page.view(
        base,
        as_of,
        countries=resolve_names(base, countries, "countries"),
        topics=resolve_names(base, topics, "topics"),
        statuses=choose(statuses, page.PROJECT_STATUS, "status"),
    )
