"""The command `commitments`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cabrief.cli.commands import report
from cabrief.cli.filters import Countries, Topics, date_option
from cabrief.cli.names import Names, complete, complete_words
from cabrief.library.asking import PROMISERS
from cabrief.model.kinds.commitments import OUTCOMES

if TYPE_CHECKING:
    from cabrief.library.fact_base import FactBase
    from cabrief.library.results import Report


@report
def commitments(
    base: "FactBase",
    overdue: Annotated[
        bool, typer.Option("--overdue", help="Only what is past its date without a known outcome.")
    ] = False,
    due_before: Annotated[
        str | None,
        typer.Option("--due-before", metavar="DATE", callback=date_option, help="Only what is due before a date."),
    ] = None,
    statuses: Annotated[
        Names,
        typer.Option(
            "--status",
            metavar="STATUS",
            help="open, kept, partly, missed or unknown.",
            autocompletion=complete_words(lambda: OUTCOMES),
        ),
    ] = None,
    by: Annotated[
        Names,
        typer.Option(
            "--by",
            metavar="NAME",
            help="Only what this country or power promised.",
            autocompletion=complete(*PROMISERS),
        ),
    ] = None,
    countries: Countries = None,
    topics: Topics = None,
) -> "Report[Any]":
    """Print what was promised, by when, and what became of it.

    Examples: cabrief commitments --overdue | cabrief commitments --country kz | cabrief commitments --as-of 2026-03-01
    """
    return base.commitments(
        overdue=overdue, due_before=due_before, status=statuses, by=by, country=countries, topic=topics
    )
