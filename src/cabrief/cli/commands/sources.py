"""The command `sources`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cabrief.cli.commands import report
from cabrief.cli.filters import Texts
from cabrief.cli.names import Names, complete, complete_words
from cabrief.cli.options import Full
from cabrief.reports import sources as page

if TYPE_CHECKING:
    from cabrief.library.fact_base import FactBase
    from cabrief.library.results import Report


@report
def sources(
    base: "FactBase",
    id_: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]", help="One source: what it says, line by line.", autocompletion=complete("sources")
        ),
    ] = None,
    kinds: Annotated[
        Names,
        typer.Option(
            "--kind",
            metavar="KIND",
            help="official, news, analysis, law, data, …",
            autocompletion=complete_words(lambda: page.SOURCE_KINDS),
        ),
    ] = None,
    texts: Texts = None,
    weak: Annotated[
        bool, typer.Option("--weak", help="What rests on one source alone that is weak: an excerpt, or of no rank.")
    ] = False,
    full: Full = False,
) -> "Report[Any]":
    """Print the documents, and what each was used for; or one of them in its own order.

    Examples: cabrief sources | cabrief sources --kind official -f csv | cabrief sources pwc-2026
    """
    return base.sources(id_, kind=kinds, texts=texts, weak=weak, full=full)
