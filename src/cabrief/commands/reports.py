"""The commands that answer: a report each."""

from typing import TYPE_CHECKING, Annotated

import typer

from cabrief.commands import report
from cabrief.options import (
    Actors,
    Countries,
    Kinds,
    Names,
    NothingFound,
    Since,
    Sources,
    Texts,
    Topics,
    Until,
    Usage,
    complete,
    dates,
    known,
    one_of,
    texts_in,
)

if TYPE_CHECKING:
    from cabrief.base import Base
    from cabrief.document import Document


@report
def brief(
    base: "Base", as_of: str,
    subject: Annotated[
        str | None,
        typer.Argument(help="A topic or an event; the summit if absent.", autocompletion=complete("topics", "events")),
    ] = None,
) -> "Document":  # fmt: skip
    """Print a page on the summit, on a topic, or on another event.

    Examples: cabrief brief | cabrief brief critical-minerals | cabrief brief 航空 --lang ja -o brief.md
    """
    from cabrief.views import brief

    return brief.view(base, as_of, known(base, [subject], "topics", "events")[0] if subject else None)


@report
def country(
    base: "Base", as_of: str,
    names: Annotated[list[str], typer.Argument(help="Countries, by any name.", autocompletion=complete("countries"))],
) -> "Document":  # fmt: skip
    """Print a country's profile.

    Examples: cabrief country kazakhstan | cabrief country KZ -f json | cabrief country ウズベキスタン --lang ja
    """
    from cabrief.views import country

    return country.view(base, as_of, known(base, names, "countries"))


@report
def compare(
    base: "Base", as_of: str,
    names: Annotated[
        list[str],
        typer.Argument(help="Countries, or outside powers: two or more.", autocompletion=complete("countries", "actors")),
    ],
    on: Annotated[
        str | None, typer.Option("--on", metavar="ASPECT,...", help="Only these aspects, e.g. treaties,memberships.")
    ] = None,
    only_differences: Annotated[bool, typer.Option("--only-differences", help="Only rows in which they differ.")] = False,  # noqa: FBT002
) -> "Document":  # fmt: skip
    """Print countries, or outside powers, side by side.

    Examples: cabrief compare kazakhstan uzbekistan | cabrief compare kz uz kg tj tm --on treaties | cabrief compare eu china
    """
    from cabrief.facts import Country
    from cabrief.views import compare

    ids = known(base, names, "countries", "actors")
    countries = [id_ for id_ in ids if isinstance(base.get(id_), Country)]
    if len(ids) < 2:  # noqa: PLR2004 - nothing to compare
        raise Usage("name two or more: countries, or outside powers", "国どうし、または域外国・機関どうしを二つ以上")
    if countries and len(countries) < len(ids):
        others = ", ".join(base.ids(*(type(base.get(id_)) for id_ in ids if id_ not in countries)))
        mine = ", ".join(base.pack.countries)
        raise Usage(
            f"countries compare with countries ({mine}), powers with powers ({others})",
            f"国は国どうし（{mine}）、域外国・機関は域外国・機関どうし（{others}）で比べる",
        )
    aspects = compare.COUNTRY_ASPECTS if countries else compare.POWER_ASPECTS
    wanted = one_of(on.split(",") if on else None, aspects, "aspect")
    return compare.view(base, as_of, ids, aspects=wanted, only_differences=only_differences)


@report
def timeline(
    base: "Base", as_of: str, since: Since = None, until: Until = None, countries: Countries = None,
    actors: Actors = None, topics: Topics = None, kinds: Kinds = None,
    by: Annotated[str | None, typer.Option("--by", metavar="actor", help="actor: the powers' summits side by side.")] = None,
) -> "Document":  # fmt: skip
    """Print what happened, and what is due.

    Examples: cabrief timeline --since 2025-12 | cabrief timeline --country kg --kind treaty | cabrief timeline --by actor
    """
    from cabrief.views import timeline

    return timeline.view(
        base, as_of, since=since or "", until=until or "", countries=known(base, countries, "countries"),
        actors=known(base, actors, "actors"), topics=known(base, topics, "topics"),
        kinds=one_of(kinds, timeline.KINDS, "kind"), by="".join(one_of([by] if by else None, ["actor"], "grouping")),
    )  # fmt: skip


@report
def treaties(
    base: "Base", as_of: str,
    missing: Annotated[bool, typer.Option("--missing", help="Only the gaps, with their reasons.")] = False,  # noqa: FBT002
    types: Annotated[
        Names, typer.Option("--type", metavar="TYPE", help="Only this type.", autocompletion=complete("treaty_types"))
    ] = None,
    countries: Countries = None,
) -> "Document":  # fmt: skip
    """Print agreements by type and country, and the gaps.

    Examples: cabrief treaties --missing | cabrief treaties --type tax --as-of 2026-01-31 -f csv
    """
    from cabrief.views import treaties

    return treaties.view(
        base,
        as_of,
        types=known(base, types, "treaty_types"),
        countries=known(base, countries, "countries"),
        missing=missing,
    )


@report
def commitments(
    base: "Base", as_of: str,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only what is past its date without a known outcome.")] = False,  # noqa: FBT002
    due_before: Annotated[
        str | None, typer.Option("--due-before", metavar="DATE", callback=dates, help="Only what is due before a date.")
    ] = None,
    statuses: Annotated[
        Names, typer.Option("--status", metavar="STATUS", help="open, kept, partly, missed or unknown.")
    ] = None,
    by: Annotated[Names, typer.Option("--by", metavar="NAME", help="Only what this country or power promised.")] = None,
    countries: Countries = None, topics: Topics = None,
) -> "Document":  # fmt: skip
    """Print what was promised, by when, and what became of it.

    Examples: cabrief commitments --overdue | cabrief commitments --country kz | cabrief commitments --as-of 2026-03-01
    """
    from cabrief.status import OUTCOMES
    from cabrief.views import commitments

    return commitments.view(
        base, as_of, countries=known(base, countries, "countries"), topics=known(base, topics, "topics"),
        by=known(base, by, "countries", "actors", "people", "organisations"), overdue=overdue,
        statuses=one_of(statuses, OUTCOMES, "status"), due_before=due_before or "",
    )  # fmt: skip


@report
def actors(
    base: "Base", as_of: str,
    names: Annotated[Names, typer.Argument(help="Outside powers, for each in full.", autocompletion=complete("actors"))] = None,
) -> "Document":  # fmt: skip
    """Print how each outside power engages.

    Examples: cabrief actors | cabrief actors eu | cabrief actors 中国 --lang ja
    """
    from cabrief.views import actors

    return actors.view(base, as_of, known(base, names, "actors"))


@report
def voices(
    base: "Base", as_of: str,
    speakers: Annotated[
        Names, typer.Option("--speaker", metavar="NAME", help="Only this person.", autocompletion=complete("people"))
    ] = None,
    events: Annotated[
        Names, typer.Option("--event", metavar="ID", help="Only at this event.", autocompletion=complete("events"))
    ] = None,
    by_theme: Annotated[bool, typer.Option("--by-theme", help="Under themes instead of speakers.")] = False,  # noqa: FBT002
    asks: Annotated[bool, typer.Option("--asks", help="Only what asks something of somebody.")] = False,  # noqa: FBT002
    proposes: Annotated[bool, typer.Option("--proposes", help="Only proposals.")] = False,  # noqa: FBT002
    countries: Countries = None, topics: Topics = None,
) -> "Document":  # fmt: skip
    """Print who said what, where.

    Examples: cabrief voices --country uzbekistan | cabrief voices --by-theme --asks | cabrief voices --speaker Tokayev
    """
    from cabrief.views import voices

    return voices.view(
        base, as_of, speakers=known(base, speakers, "people"), countries=known(base, countries, "countries", "actors"),
        events=known(base, events, "events"), topics=known(base, topics, "topics"), by_theme=by_theme, asks=asks,
        proposes=proposes,
    )  # fmt: skip


@report
def search(
    base: "Base", as_of: str,
    words: Annotated[list[str], typer.Argument(help="Words, in either language, in any spelling.")],
    kinds: Kinds = None, countries: Countries = None,
) -> "Document":  # fmt: skip
    """Find names and statements that have every word; what is named outright comes first.

    Examples: cabrief search 回廊 | cabrief search uranium | cabrief search 税 --kind treaty
    """
    from cabrief.facts import SINGULAR
    from cabrief.views import search

    found = search.view(
        base,
        as_of,
        words,
        kinds=one_of(kinds, SINGULAR.values(), "kind"),
        countries=known(base, countries, "countries"),
    )
    if not found.rows:
        from cabrief.text import Text, join, quoted, same, template

        near = [same(id_) for id_ in base.near(" ".join(words))]
        beside = template("; near it: {ids}", "近いもの：{ids}", ids=join(near)) if near else Text("", "")
        en, ja = "nothing has {words}{near}", "{words}を含むものはない。{near}"
        raise NothingFound(template(en, ja, words=quoted(" ".join(words)), near=beside))
    return found


@report
def facts(
    base: "Base", as_of: str, kinds: Kinds = None, countries: Countries = None, actors: Actors = None,
    topics: Topics = None, sources: Sources = None,
    natures: Annotated[Names, typer.Option("--nature", metavar="NATURE", help="reported, judgement, statement or plan.")] = None,
    since: Since = None, until: Until = None,
) -> "Document":  # fmt: skip
    """Print every fact, filtered.

    Examples: cabrief facts -f ndjson | cabrief facts --country tj --topic water | cabrief facts --source pwc-2026
    """
    from cabrief.facts import SINGULAR
    from cabrief.views import facts

    filters = {
        "kind": one_of(kinds, SINGULAR.values(), "kind"), "countries": known(base, countries, "countries"),
        "actors": known(base, actors, "actors"), "topics": known(base, topics, "topics"),
        "sources": known(base, sources, "sources"), "nature": one_of(natures, facts.NATURES, "nature"),
    }  # fmt: skip
    return facts.view(base, as_of, filters=filters, since=since or "", until=until or "")


@report
def sources(
    base: "Base", as_of: str,
    id_: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", help="One source: what it says, line by line.", autocompletion=complete("sources")),
    ] = None,
    kinds: Annotated[Names, typer.Option("--kind", metavar="KIND", help="official, news, analysis, law, data, …")] = None,
    texts: Texts = None,
) -> "Document":  # fmt: skip
    """Print the documents, and what each was used for; or one of them in its own order.

    Examples: cabrief sources | cabrief sources --kind official -f csv | cabrief sources pwc-2026
    """
    from cabrief.views import sources

    if id_:
        return sources.one(base, as_of, known(base, [id_], "sources")[0], texts_in(base, texts))
    return sources.view(base, as_of, kinds=one_of(kinds, sources.SOURCE_KINDS, "kind"))


@report
def disputes(
    base: "Base", as_of: str,
    categories: Annotated[
        Names, typer.Option("--category", metavar="KIND", help="error, outdated, disagreement or wording.")
    ] = None,
    weights: Annotated[Names, typer.Option("--weight", metavar="WEIGHT", help="high, medium or low.")] = None,
    sources: Sources = None, countries: Countries = None, topics: Topics = None,
) -> "Document":  # fmt: skip
    """Print where sources err or disagree, and what is held; the weightiest first.

    Examples: cabrief disputes | cabrief disputes --source pwc-2026 | cabrief disputes --weight high -f json
    """
    from cabrief.views import disputes

    return disputes.view(
        base, as_of, categories=one_of(categories, disputes.CATEGORIES, "category"),
        weights=one_of(weights, disputes.WEIGHTS, "weight"), sources=known(base, sources, "sources"),
        countries=known(base, countries, "countries"), topics=known(base, topics, "topics"),
    )  # fmt: skip


@report
def why(
    base: "Base", as_of: str,
    fact: Annotated[
        str, typer.Argument(help="Id of a fact, as reports and JSON give it.", autocompletion=complete("notes", "events"))
    ],
    texts: Texts = None,
) -> "Document":  # fmt: skip
    """Print why a line stands: its nature, evidence and disputes, what is derived from it, and where it is kept.

    Examples: cabrief why kz-multi-vector-policy | cabrief why jp-kz-investment.signed
    """
    from cabrief.views import why

    ids = why.known_ids(base)
    if fact not in ids:
        from cabrief.base import UnknownName
        from cabrief.problems import closest
        from cabrief.text import same

        raise UnknownName(fact, same("fact"), closest(fact, list(ids), 5), list(ids))
    from cabrief.facts import Source

    if isinstance(base.get(fact), Source):
        from cabrief.views import sources

        return sources.one(base, as_of, fact, texts_in(base, texts))
    return why.view(base, as_of, fact, texts_in(base, texts))
