"""The command `country`."""

from typing import TYPE_CHECKING, Annotated

import typer

from cabrief.cli.commands import report
from cabrief.cli.names import complete, resolve_names
from cabrief.cli.options import Full

if TYPE_CHECKING:
    from cabrief.document import Document
    from cabrief.store.base import Base


@report
def country(
    base: "Base",
    as_of: str,
    names: Annotated[list[str], typer.Argument(help="Countries, by any name.", autocompletion=complete("countries"))],
    full: Full = False,
) -> "Document":
    """Print a country's profile.

    Examples: cabrief country kazakhstan | cabrief country KZ -f json | cabrief country ウズベキスタン --lang ja
    """
    ids = resolve_names(base, names, "countries")
    if full or len(ids) > 1:
        from cabrief.reports import country

        return country.view(base, as_of, ids)
    from cabrief.reports.pages.countries import country_page

    return country_page(base, as_of, ids[0])
