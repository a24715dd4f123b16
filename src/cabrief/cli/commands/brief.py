"""The command `brief`."""

from typing import TYPE_CHECKING, Annotated

import typer

from cabrief.cli.commands import report
from cabrief.cli.names import complete, resolve_names
from cabrief.cli.options import Full
from cabrief.errors import UnknownName, UsageError
from cabrief.model.kinds import kind

if TYPE_CHECKING:
    from cabrief.document import Document
    from cabrief.store.base import Base


@report
def brief(
    base: "Base",
    as_of: str,
    subject: Annotated[
        str | None,
        typer.Argument(
            help="A topic, an event or an agreement; also a country or a power. The summit if absent.",
            autocompletion=complete("topics", "events", "agreements", "countries", "actors"),
        ),
    ] = None,
    full: Full = False,
    list_: Annotated[
        bool, typer.Option("--list", help="List the topics, events and agreements that there are pages on.")
    ] = False,
) -> "Document":
    """Print one page on the summit, on a topic, on another event or on an agreement.

    Examples: cabrief brief | cabrief brief critical-minerals | cabrief brief --list | cabrief brief 航空 --lang ja -o brief.md
    """
    if list_:
        from cabrief.reports.pages.subjects import subjects

        return subjects(base, as_of)
    if subject is None or subject == "summit":
        return _page(base, as_of, None, full=full)
    country, exact = _resolved(base, subject, "countries")
    if exact:
        return _country(base, as_of, country, full=full)
    actor, exact = _resolved(base, subject, "actors")
    if exact:
        return _actor(base, as_of, actor, full=full)
    try:
        (id_,) = resolve_names(base, [subject], "topics", "events", "agreements")
    except UnknownName as error:
        raise UsageError(
            f"{error.message.en} cabrief brief --list lists them all.",
            f"{error.message.ja}一覧は cabrief brief --list。",
        ) from None
    return _page(base, as_of, id_, full=full)


def _resolved(base: "Base", name: str, plural: str) -> tuple[str, bool]:
    """The id of a name, and whether it is exactly one of the names of a kind."""
    try:
        return base.resolve(name, kind(plural).record)
    except UnknownName:
        return "", False


def _page(base: "Base", as_of: str, id_: str | None, *, full: bool) -> "Document":
    if full:
        from cabrief.reports import brief

        return brief.view(base, as_of, id_)
    from cabrief.reports.pages.subjects import brief_page

    return brief_page(base, as_of, id_)


def _country(base: "Base", as_of: str, id_: str, *, full: bool) -> "Document":
    from cabrief.reports import country
    from cabrief.reports.pages.countries import country_page

    return country.view(base, as_of, [id_]) if full else country_page(base, as_of, id_)


def _actor(base: "Base", as_of: str, id_: str, *, full: bool) -> "Document":
    from cabrief.reports import actors
    from cabrief.reports.pages.actors import actor_page

    return actors.view(base, as_of, [id_]) if full else actor_page(base, as_of, base.get(id_))
