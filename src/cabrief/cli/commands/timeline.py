"""The command `timeline`."""

from typing import Annotated

import typer

from cabrief.cli.commands import report
from cabrief.cli.names import Names, choose, complete_words, resolve_names
from cabrief.cli.options import Actors, Countries, Since, Topics, Until
from cabrief.document import Document
from cabrief.reports import timeline as page
from cabrief.store.base import Base


@report
def timeline(
    base: "Base",
    as_of: str,
    since: Since = None,
    until: Until = None,
    countries: Countries = None,
    actors: Actors = None,
    topics: Topics = None,
    kinds: Annotated[
        Names,
        typer.Option(
            "--kind",
            metavar="KIND",
            help="Only this kind. Repeatable.",
            autocompletion=complete_words(lambda: page.EVENT_KINDS),
        ),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="actor",
            help="actor: the powers' summits side by side.",
            autocompletion=complete_words(lambda: ["actor"]),
        ),
    ] = None,
    whole: Annotated[bool, typer.Option("--all", help="All years, not only the last two and what lies ahead.")] = False,
) -> "Document":
    """Print what happened, and what is due.

    Examples: cabrief timeline --since 2025-12 | cabrief timeline --country kg --kind treaty | cabrief timeline --by actor
    """
    return page.view(
        base,
        as_of,
        since=since or "",
        until=until or "",
        countries=resolve_names(base, countries, "countries"),
        actors=resolve_names(base, actors, "actors"),
        topics=resolve_names(base, topics, "topics"),
        kinds=choose(kinds, page.EVENT_KINDS, "kind"),
        by="".join(choose([by] if by else None, ["actor"], "grouping")),
        whole=whole,
    )
