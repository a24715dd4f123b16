"""The command `why`."""

from typing import Annotated

import typer

from cabrief.cli.commands import report
from cabrief.cli.data import original_texts
from cabrief.cli.names import complete
from cabrief.cli.options import Texts
from cabrief.cli.printing import tell
from cabrief.cli.trail import recall
from cabrief.document import Document
from cabrief.errors import UnknownName
from cabrief.language.text import Text, template
from cabrief.model.kinds.sources import Source
from cabrief.reports import sources as source_page
from cabrief.reports import why as page
from cabrief.store.base import Base


@report
def why(
    base: "Base",
    as_of: str,
    fact: Annotated[
        str,
        typer.Argument(
            help="Id of a fact; k3 or 3 in the last report; or the first words of a line.",
            autocompletion=complete(),
        ),
    ],
    texts: Texts = None,
) -> "Document":
    """Print why a line stands: its nature, evidence and disputes, what is derived from it, and where it is kept.

    Examples: cabrief why kz-multi-vector-policy | cabrief why jp-kz-investment.signed | cabrief why k3
    """
    lines = original_texts(base, texts)
    ids = page.known_ids(base)
    found = [id_ for id_ in recall(fact) if id_ in ids]
    if fact in ids and fact not in found:
        if found:  # the line that the reader has before them comes first
            en, ja = (
                "{id} is a line of the last report and the id of a fact",
                "{id}は直前の出力の行でも、事実のIDでもある",
            )
            tell(template(f"{en}: both follow", f"{ja}：両方を示す", id=fact))
        found.append(fact)
    found = found or page.beginning_with(base, as_of, fact)
    if not found:
        from cabrief.problems.problem import closest

        raise UnknownName(fact, Text("fact", "事実"), closest(fact, list(ids), 5), list(ids))
    if len(found) == 1 and isinstance(base.get(found[0]), Source):
        return source_page.one(base, as_of, found[0], lines)
    return page.view(base, as_of, found, lines)
