"""The command `sources`."""

from typing import Annotated

import typer

from cabrief.cli.commands import report
from cabrief.cli.data import original_texts
from cabrief.cli.names import Names, choose, complete, complete_words, resolve_names
from cabrief.cli.options import Full, Texts
from cabrief.document import Document
from cabrief.reports import sources as page
from cabrief.store.base import Base


@report
def sources(
    base: "Base",
    as_of: str,
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
) -> "Document":
    """Print the documents, and what each was used for; or one of them in its own order.

    Examples: cabrief sources | cabrief sources --kind official -f csv | cabrief sources pwc-2026
    """
    if id_:
        return page.one(base, as_of, resolve_names(base, [id_], "sources")[0], original_texts(base, texts))
    if weak:
        return page.weak(base, as_of)
    return page.view(base, as_of, kinds=choose(kinds, page.SOURCE_KINDS, "kind"), full=full)
