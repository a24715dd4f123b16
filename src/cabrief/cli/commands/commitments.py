"""The command `commitments`."""

from typing import Annotated

import typer

from cabrief.cli.commands import report
from cabrief.cli.names import Names, choose, complete, complete_words, resolve_names
from cabrief.cli.options import Countries, Topics, date_option
from cabrief.document import Document
from cabrief.model.kinds.commitments import OUTCOMES
from cabrief.reports import commitments as page
from cabrief.store.base import Base

PROMISERS = ("countries", "actors", "people", "organisations")  # kinds of those who promise


@report
def commitments(
    base: "Base",
    as_of: str,
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
) -> "Document":
    """Print what was promised, by when, and what became of it.

    Examples: cabrief commitments --overdue | cabrief commitments --country kz | cabrief commitments --as-of 2026-03-01
    """
    return page.view(
        base,
        as_of,
        countries=resolve_names(base, countries, "countries"),
        topics=resolve_names(base, topics, "topics"),
        by=resolve_names(base, by, *PROMISERS),
        overdue=overdue,
        statuses=choose(statuses, OUTCOMES, "status"),
        due_before=due_before or "",
    )
