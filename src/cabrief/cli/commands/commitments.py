"""The command `commitments`."""

from typing import Annotated

import typer

from cabrief.cli.commands import report
from cabrief.cli.names import Names, choose, resolve_names
from cabrief.cli.options import Countries, Topics, read_date
from cabrief.document import Document
from cabrief.model.kinds.commitments import OUTCOMES
from cabrief.reports import commitments as page
from cabrief.store.base import Base


@report
def commitments(
    base: "Base",
    as_of: str,
    overdue: Annotated[
        bool, typer.Option("--overdue", help="Only what is past its date without a known outcome.")
    ] = False,
    due_before: Annotated[
        str | None,
        typer.Option("--due-before", metavar="DATE", callback=read_date, help="Only what is due before a date."),
    ] = None,
    statuses: Annotated[
        Names, typer.Option("--status", metavar="STATUS", help="open, kept, partly, missed or unknown.")
    ] = None,
    by: Annotated[Names, typer.Option("--by", metavar="NAME", help="Only what this country or power promised.")] = None,
    countries: Countries = None,
    topics: Topics = None,
) -> "Document":
    """Print what was promised, by when, and what became of it.

    Examples: cabrief commitments --overdue | cabrief commitments --country kz | cabrief commitments --as-of 2026-03-01
    """
    return page.view(
        base,
        as_of,
        countries=resolve_names(base, countries, "countries"),
        topics=resolve_names(base, topics, "topics"),
        by=resolve_names(base, by, "countries", "actors", "people", "organisations"),
        overdue=overdue,
        statuses=choose(statuses, OUTCOMES, "status"),
        due_before=due_before or "",
    )
