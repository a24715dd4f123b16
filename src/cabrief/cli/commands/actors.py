"""The command `actors`."""

from typing import Annotated

import typer

from cabrief.cli.commands import report
from cabrief.cli.names import Names, complete, resolve_names
from cabrief.cli.options import Full
from cabrief.document import Document
from cabrief.reports import actors as page
from cabrief.reports.pages.actors import actor_page
from cabrief.store.base import Base


@report
def actors(
    base: "Base",
    as_of: str,
    names: Annotated[
        Names, typer.Argument(help="Outside powers, for each in full.", autocompletion=complete("actors"))
    ] = None,
    full: Full = False,
) -> "Document":
    """Print how each outside power engages.

    Examples: cabrief actors | cabrief actors eu | cabrief actors 中国 --lang ja
    """
    ids = resolve_names(base, names, "actors")
    return page.view(base, as_of, ids) if full or len(ids) != 1 else actor_page(base, as_of, base.get(ids[0]))
