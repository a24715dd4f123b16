"""The command `why`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cabrief.cli.commands import report
from cabrief.cli.names import complete
from cabrief.cli.options import Texts
from cabrief.cli.printing import tell
from cabrief.cli.trail import recall
from cabrief.language.text import template

if TYPE_CHECKING:
    from cabrief.library.fact_base import FactBase
    from cabrief.library.results import Report


@report
def why(
    base: "FactBase",
    fact: Annotated[
        str,
        typer.Argument(
            help="Id of a fact; k3 or 3 in the last report; or the first words of a line.",
            autocompletion=complete(),
        ),
    ],
    texts: Texts = None,
) -> "Report[Any]":
    """Print why a line stands: its nature, evidence and disputes, what is derived from it, and where it is kept.

    Examples: cabrief why kz-multi-vector-policy | cabrief why jp-kz-investment.signed | cabrief why k3
    """
    found = [id_ for id_ in recall(fact) if id_ in base]
    if fact in base and fact not in found:
        if found:  # the line that the reader has before them comes first
            en, ja = (
                "{id} is a line of the last report and the id of a fact",
                "{id}は直前の出力の行でも、事実のIDでもある",
            )
            tell(template(f"{en}: both follow", f"{ja}：両方を示す", id=fact))
        found.append(fact)
    return base.why(found or fact, texts=texts)
