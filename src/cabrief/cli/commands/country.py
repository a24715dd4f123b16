"""The command `country`."""

from typing import Annotated

import typer

from cabrief.cli.commands import report
from cabrief.cli.names import complete, resolve_names
from cabrief.document import Document
from cabrief.reports import country as page
from cabrief.store.base import Base


@report
def country(
    base: "Base",
    as_of: str,
    names: Annotated[list[str], typer.Argument(help="Countries, by any name.", autocompletion=complete("countries"))],
) -> "Document":
    """Print a country's profile.

    Examples: cabrief country kazakhstan | cabrief country KZ -f json | cabrief country ウズベキスタン --lang ja
    """
    return page.view(base, as_of, resolve_names(base, names, "countries"))
