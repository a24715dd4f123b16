"""The command `brief`."""

from typing import Annotated

import typer

from cabrief.cli.commands import report
from cabrief.cli.names import complete, resolve_names
from cabrief.cli.options import Full
from cabrief.document import Document
from cabrief.reports import brief as page
from cabrief.reports import one_page
from cabrief.store.base import Base


@report
def brief(
    base: "Base",
    as_of: str,
    subject: Annotated[
        str | None,
        typer.Argument(help="A topic or an event; the summit if absent.", autocompletion=complete("topics", "events")),
    ] = None,
    full: Full = False,
) -> "Document":
    """Print a page on the summit, on a topic, or on another event.

    Examples: cabrief brief | cabrief brief critical-minerals | cabrief brief 航空 --lang ja -o brief.md
    """
    id_ = resolve_names(base, [subject], "topics", "events")[0] if subject else None
    return page.view(base, as_of, id_) if full else one_page.brief_page(base, as_of, id_)
