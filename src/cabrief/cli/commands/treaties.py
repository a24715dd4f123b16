"""The command `treaties`."""

from typing import Annotated

import typer

from cabrief.cli.commands import report
from cabrief.cli.names import Names, complete, resolve_names
from cabrief.cli.options import Countries
from cabrief.document import Document
from cabrief.reports import treaties as page
from cabrief.store.base import Base


@report
def treaties(
    base: "Base",
    as_of: str,
    missing: Annotated[bool, typer.Option("--missing", help="Only the gaps, with their reasons.")] = False,
    types: Annotated[
        Names, typer.Option("--type", metavar="TYPE", help="Only this type.", autocompletion=complete("treaty_types"))
    ] = None,
    countries: Countries = None,
) -> "Document":
    """Print agreements by type and country, and the gaps.

    Examples: cabrief treaties --missing | cabrief treaties --type tax --as-of 2026-01-31 -f csv
    """
    return page.view(
        base,
        as_of,
        types=resolve_names(base, types, "treaty_types"),
        countries=resolve_names(base, countries, "countries"),
        missing=missing,
    )
