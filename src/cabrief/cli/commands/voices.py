"""The command `voices`."""

from typing import Annotated

import typer

from cabrief.cli.commands import report
from cabrief.cli.names import Names, complete, resolve_names
from cabrief.cli.options import Countries, Full, Topics
from cabrief.document import Document
from cabrief.reports import voices as page
from cabrief.store.base import Base


@report
def voices(
    base: "Base",
    as_of: str,
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
) -> "Document":
    """Print who said what, where.

    Examples: cabrief voices --country uzbekistan | cabrief voices --by-theme --asks | cabrief voices --speaker Tokayev
    """
    return page.view(
        base,
        as_of,
        speakers=resolve_names(base, speakers, "people"),
        countries=resolve_names(base, countries, "countries", "actors"),
        events=resolve_names(base, events, "events"),
        topics=resolve_names(base, topics, "topics"),
        by_theme=by_theme,
        asks=asks,
        proposes=proposes,
        full=full,
    )
