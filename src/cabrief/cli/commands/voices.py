"""The command `voices`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cabrief.cli.commands import report
from cabrief.cli.filters import Countries, Topics
from cabrief.cli.names import Names, complete
from cabrief.cli.options import Full

if TYPE_CHECKING:
    from cabrief.library.fact_base import FactBase
    from cabrief.library.results import Report


@report
def voices(
    base: "FactBase",
    speakers: Annotated[
        Names, typer.Option("--speaker", metavar="NAME", help="Only this person.", autocompletion=complete("people"))
    ] = None,
    events: Annotated[
        Names, typer.Option("--event", metavar="ID", help="Only at this event.", autocompletion=complete("events"))
    ] = None,
    by_theme: Annotated[bool, typer.Option("--by-theme", help="Under themes instead of speakers.")] = False,
    asks: Annotated[bool, typer.Option("--asks", help="Only what asks something of somebody.")] = False,
    proposes: Annotated[bool, typer.Option("--proposes", help="Only proposals.")] = False,
    countries: Countries = None,
    topics: Topics = None,
    full: Full = False,
) -> "Report[Any]":
    """Print who said what, where.

    Examples: cabrief voices --country uzbekistan | cabrief voices --by-theme --asks | cabrief voices --speaker Tokayev
    """
    return base.voices(
        speaker=speakers,
        event=events,
        by_theme=by_theme,
        asks=asks,
        proposes=proposes,
        country=countries,
        topic=topics,
        full=full,
    )
