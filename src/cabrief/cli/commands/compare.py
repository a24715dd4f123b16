"""The command `compare`."""

from typing import Annotated

import typer

from cabrief.cli.commands import report
from cabrief.cli.names import choose, complete, complete_words, resolve_names
from cabrief.document import Document
from cabrief.errors import UsageError
from cabrief.model.kinds.countries import Country
from cabrief.reports import compare as page
from cabrief.store.base import Base


@report
def compare(
    base: "Base",
    as_of: str,
    names: Annotated[
        list[str],
        typer.Argument(
            help="Countries, or outside powers: two or more.", autocompletion=complete("countries", "actors")
        ),
    ],
    on: Annotated[
        str | None,
        typer.Option(
            "--on",
            metavar="ASPECT,...",
            help="Only these aspects, e.g. treaties,memberships.",
            autocompletion=complete_words(lambda: (*page.COUNTRY_ASPECTS, *page.POWER_ASPECTS), several=True),
        ),
    ] = None,
    only_differences: Annotated[
        bool, typer.Option("--only-differences", help="Only rows in which they differ.")
    ] = False,
) -> "Document":
    """Print countries, or outside powers, side by side.

    Examples: cabrief compare kazakhstan uzbekistan | cabrief compare kz uz kg tj tm --on treaties | cabrief compare eu china
    """
    ids = resolve_names(base, names, "countries", "actors")
    countries = [id_ for id_ in ids if isinstance(base.get(id_), Country)]
    if len(ids) < 2:  # noqa: PLR2004 - nothing to compare
        raise UsageError(
            "name two or more: countries, or outside powers", "国どうし、または域外国・機関どうしを二つ以上"
        )
    if countries and len(countries) < len(ids):
        others = ", ".join(base.ids(*(type(base.get(id_)) for id_ in ids if id_ not in countries)))
        mine = ", ".join(base.pack.countries)
        raise UsageError(
            f"countries compare with countries ({mine}), powers with powers ({others})",
            f"国は国どうし（{mine}）、域外国・機関は域外国・機関どうし（{others}）で比べる",
        )
    aspects = page.COUNTRY_ASPECTS if countries else page.POWER_ASPECTS
    wanted = choose(on.split(",") if on else None, aspects, "aspect")
    return page.view(base, as_of, ids, aspects=wanted, only_differences=only_differences)
