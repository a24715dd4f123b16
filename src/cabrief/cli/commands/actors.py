"""The command `actors`."""

from typing import Annotated

import typer

from cabrief.cli.commands import report
from cabrief.cli.names import Names, complete, resolve_names
from cabrief.document import Document
from cabrief.reports import actors as page
from cabrief.store.base import Base


@report
def actors(
    base: "Base",
    as_of: str,
    names: Annotated[
        Names, typer.Argument(help="Outside powers, for each in full.", autocompletion=complete("actors"))
    ] = None,
) -> "Document":
    """Print how each outside power engages.

    Examples: cabrief actors | cabrief actors eu | cabrief actors 中国 --lang ja
    """
    return page.view(base, as_of, resolve_names(base, names, "actors"))
