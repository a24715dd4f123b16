"""The command `why`."""

from typing import Annotated

import typer

from cabrief.cli.commands import report
from cabrief.cli.data import original_texts
from cabrief.cli.names import complete
from cabrief.cli.options import Texts
from cabrief.document import Document
from cabrief.errors import UnknownName
from cabrief.language.text import Text
from cabrief.model.kinds.sources import Source
from cabrief.problems.problem import closest
from cabrief.reports import sources as source_page
from cabrief.reports import why as page
from cabrief.store.base import Base


@report
def why(
    base: "Base",
    as_of: str,
    fact: Annotated[
        str,
        typer.Argument(help="Id of a fact, as reports and JSON give it.", autocompletion=complete()),
    ],
    texts: Texts = None,
) -> "Document":
    """Print why a line stands: its nature, evidence and disputes, what is derived from it, and where it is kept.

    Examples: cabrief why kz-multi-vector-policy | cabrief why jp-kz-investment.signed
    """
    ids = page.known_ids(base)
    if fact not in ids:
        raise UnknownName(fact, Text("fact", "事実"), closest(fact, list(ids), 5), list(ids))

    if isinstance(base.get(fact), Source):
        return source_page.one(base, as_of, fact, original_texts(base, texts))
    return page.view(base, as_of, fact, original_texts(base, texts))
