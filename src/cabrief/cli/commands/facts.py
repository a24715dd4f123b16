"""The command `facts`."""

from typing import Annotated

import typer

from cabrief.cli.commands import report
from cabrief.cli.names import Names, choose, complete_words, resolve_names
from cabrief.cli.options import Actors, Countries, Full, Kinds, Since, Sources, Topics, Until
from cabrief.document import Document
from cabrief.model.kinds import by_singular
from cabrief.reports import facts as page
from cabrief.store.base import Base


@report
def facts(
    base: "Base",
    as_of: str,
    kinds: Kinds = None,
    countries: Countries = None,
    actors: Actors = None,
    topics: Topics = None,
    sources: Sources = None,
    natures: Annotated[
        Names,
        typer.Option(
            "--nature",
            metavar="NATURE",
            help="reported, judgement, statement or plan.",
            autocompletion=complete_words(lambda: page.NATURES),
        ),
    ] = None,
    since: Since = None,
    until: Until = None,
    full: Full = False,
) -> "Document":
    """Print every fact, filtered.

    Examples: cabrief facts -f ndjson | cabrief facts --country tj --topic water | cabrief facts --source pwc-2026
    """
    filters = {
        "kind": choose(kinds, by_singular(), "kind"),
        "countries": resolve_names(base, countries, "countries"),
        "actors": resolve_names(base, actors, "actors"),
        "topics": resolve_names(base, topics, "topics"),
        "sources": resolve_names(base, sources, "sources"),
        "nature": choose(natures, page.NATURES, "nature"),
    }
    return page.view(base, as_of, filters=filters, since=since or "", until=until or "", full=full)
