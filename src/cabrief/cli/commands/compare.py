"""The command `compare`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cabrief.cli.commands import report
from cabrief.cli.names import complete, complete_words
from cabrief.reports import compare as page

if TYPE_CHECKING:
    from cabrief.library.fact_base import FactBase
    from cabrief.library.results import Report


@report
def compare(
    base: "FactBase",
    names: Annotated[
        list[str],
        typer.Argument(
            help="Countries, or outside powers: two or more.", autocompletion=complete("countries", "actors")
        ),
    ],
    on: Annotated[
        str | None,
        typer.Option(
            "--on",
            metavar="ASPECT,...",
            help="Only these aspects, e.g. treaties,memberships.",
            autocompletion=complete_words(lambda: (*page.COUNTRY_ASPECTS, *page.POWER_ASPECTS), several=True),
        ),
    ] = None,
    only_differences: Annotated[
        bool, typer.Option("--only-differences", help="Only rows in which they differ.")
    ] = False,
) -> "Report[Any]":
    """Print countries, or outside powers, side by side.

    Examples: cabrief compare kazakhstan uzbekistan | cabrief compare kz uz kg tj tm --on treaties | cabrief compare eu china
    """
    return base.compare(names, on=on.split(",") if on else None, only_differences=only_differences)
