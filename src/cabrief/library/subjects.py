"""What a question is about, where it takes more than a name: the subject of a brief, of a comparison, a search, a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from cabrief.document import Document
from cabrief.errors import NothingFound, UnknownName, UsageError
from cabrief.language.text import EMPTY, Text, join, quoted, same, template
from cabrief.library.asking import Named, Request
from cabrief.model.kinds import kind
from cabrief.model.record import plural_of
from cabrief.store.base import Base


def brief_on(ask: Request, as_of: str, subject: str | None, *, full: bool, listing: bool) -> Document:
    """The page on the summit, or on what is exactly a country or a power, or else a topic, an event or an agreement."""
    base = ask.base
    if listing and subject is not None:
        raise UsageError(
            "the list has all pages: name no subject, or leave out the list",
            "一覧は全ページを示す：主題を指定しないか、一覧の指定を外す",
        )
    whole = subject is None or (subject == "summit" and subject not in base.get_all([subject]))
    if listing or (whole and not base.pack.summit):  # of a pack without a summit, there is no first page but the list
        from cabrief.reports.pages.subjects import subjects

        return subjects(base, as_of)
    if subject is None or whole:
        return _page(base, as_of, None, full=full)
    itself = base.get_all([subject]).get(subject)  # an id goes before the names of others
    if itself and plural_of(type(itself)) in ("topics", "events", "agreements"):
        return _page(base, as_of, subject, full=full)
    country, exact = _resolved(base, subject, "countries")
    if exact:
        return country_document(base, as_of, [country], full=full)
    actor, exact = _resolved(base, subject, "actors")
    if exact:
        return _actor(base, as_of, actor, full=full)
    try:
        id_ = ask.one(subject, "topics", "events", "agreements")
    except UnknownName as error:
        raise UsageError(
            f"{error.message.en} cabrief brief --list lists them all.",
            f"{error.message.ja}一覧は cabrief brief --list。",
        ) from None
    return _page(base, as_of, id_, full=full)


def _resolved(base: Base, name: str, plural: str) -> tuple[str, bool]:
    """The id of a name, and whether it is exactly one of the names of a kind."""
    try:
        return base.resolve(name, kind(plural).record)
    except UnknownName:
        return "", False


def _page(base: Base, as_of: str, id_: str | None, *, full: bool) -> Document:
    if full:
        from cabrief.reports import brief

        return brief.view(base, as_of, id_)
    if id_ is None or id_ == base.pack.summit:
        from cabrief.reports.pages.summit import summit_page

        return summit_page(base, as_of)
    from cabrief.reports.pages.subjects import brief_page

    return brief_page(base, as_of, id_)


def country_document(base: Base, as_of: str, ids: Sequence[str], *, full: bool) -> Document:
    """The page on a country; of several, or in full, the whole profiles."""
    if full or len(ids) > 1:
        from cabrief.reports import country

        return country.view(base, as_of, ids)
    from cabrief.reports.pages.countries import country_page

    return country_page(base, as_of, ids[0])


def _actor(base: Base, as_of: str, id_: str, *, full: bool) -> Document:
    if full:
        from cabrief.reports import actors

        return actors.view(base, as_of, [id_])
    from cabrief.reports.pages.actors import actor_page

    return actor_page(base, as_of, base.get(id_))


def said_by(
    ask: Request, as_of: str, source: str, texts: Mapping[str, list[str]] | None, *, narrowed: bool
) -> Document:
    """What one source says, which is all of it: raises UsageError where less was asked for."""
    from cabrief.reports import sources

    if narrowed:
        raise UsageError(
            "what one source says is neither of a kind nor weak: name no source, or leave out kind and weak",
            "一つの出典の内容はkindやweakでは絞り込めない：出典を指定しないか、kindとweakを外す",
        )
    return sources.one(ask.base, as_of, ask.one(source, "sources"), texts)


def sources_on(ask: Request, as_of: str, kind: Named, *, weak: bool, full: bool) -> tuple[Document, str]:
    """The sources of some kinds, or what rests on a weak one of them alone; with the name of its rows."""
    from cabrief.reports import sources

    kinds = ask.words(kind, sources.SOURCE_KINDS, "kind")
    if weak:
        return sources.weak(ask.base, as_of, kinds), "WeakRow"
    return sources.view(ask.base, as_of, kinds=kinds, full=full), "SourceRow"


def compared(ask: Request, names: Named) -> tuple[tuple[str, ...], Sequence[str]]:
    """Ids of what is to be compared, all countries or all powers, and the aspects that these have; raises UsageError."""
    from cabrief.model.kinds.countries import Country
    from cabrief.reports.compare import COUNTRY_ASPECTS, POWER_ASPECTS

    base = ask.base
    ids = ask.ids(names, "countries", "actors")
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
    return ids, COUNTRY_ASPECTS if countries else POWER_ASPECTS


def searched(
    ask: Request, as_of: str, words: list[str], *, kinds: Sequence[str], countries: Sequence[str], everything: bool
) -> Document:
    """What has every word, or where nothing has, what sounds so; raises NothingFound."""
    from cabrief.reports import search as page

    base = ask.base
    find = partial(page.view, base, as_of, kinds=kinds, countries=countries, everything=everything)
    found = find(words)
    if not found.rows:
        from cabrief.store.queries import by_sound, parted, taken_for

        parts = parted(words)
        if parts != words and (cut := find(parts)).rows:
            ask.note(taken_for([(" ".join(words), " ".join(parts))])[0])
            return cut
        heard = by_sound(base, words, page.sentences(base, as_of))
        notes = taken_for(heard)
        found = find([meant for _, meant in heard]) if notes else found
        for note in notes if found.rows else []:
            ask.note(note)
    if not found.rows:
        near = [same(id_) for id_ in base.near(" ".join(words))]
        beside = template("; near it: {ids}", "近いもの：{ids}", ids=join(near)) if near else EMPTY
        only = template(" ({w})", "（{w}）", w=ask.only()) if ask.only() != EMPTY else EMPTY
        en, ja = "nothing has {words}{near}{only}", "{words}を含むものはない。{near}{only}"
        raise NothingFound(template(en, ja, words=quoted(" ".join(words)), near=beside, only=only))
    return found


def why_so(
    ask: Request, as_of: str, facts: list[str], known: Callable[[str], bool], texts: Mapping[str, list[str]] | None
) -> Document:
    """Why lines stand, given by their ids or by the first words of one; raises UnknownName."""
    from cabrief.model.kinds.sources import Source
    from cabrief.reports import sources
    from cabrief.reports import why as page

    base, first = ask.base, facts[0] if facts else ""
    found = [id_ for id_ in facts if known(id_)]
    if not found and len(found := page.beginning_with(base, as_of, first)) > page.MOST_FOUND:
        found.pop()
        en, ja = "more lines begin with {w}: the first {n} follow", "{w}で始まる行はほかにもある：初めの{n}件を示す"
        ask.note(template(en, ja, w=quoted(first), n=page.MOST_FOUND))
    unknown = [id_ for id_ in facts if not known(id_)]
    if not found or (unknown and len(facts) > 1):  # one alone may be the beginning of a line
        from cabrief.problems.problem import closest

        ids = list(page.known_ids(base))
        name = unknown[0] if unknown else first
        raise UnknownName(name, Text("fact", "事実"), closest(name, ids, 5), ids)
    if len(found) == 1 and isinstance(base.get(found[0]), Source):
        return sources.one(base, as_of, found[0], texts)
    return page.view(base, as_of, found, texts)
