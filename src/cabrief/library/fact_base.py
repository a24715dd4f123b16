"""The fact base as its users ask it: a method for each report, with the arguments of the command of that name.

An argument that names something takes any spelling of it, one or several; what is misspelt beyond doubt is understood, and
the report's `notes` say so. Each report is imported when it is asked for.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from cabrief.errors import UsageError
from cabrief.language.text import Lang, Text
from cabrief.library.asking import PROMISERS, Day, Named, Request, choose, day_words, listed, only, report_day
from cabrief.library.directories import original_texts
from cabrief.library.languages import output_language
from cabrief.library.results import Report
from cabrief.loading.cache import Tell
from cabrief.model.kinds import by_singular
from cabrief.model.kinds import kind as kind_of_plural
from cabrief.model.record import label
from cabrief.store.base import Base

if TYPE_CHECKING:
    from cabrief.document import Document
    from cabrief.library import rows


class FactBase:
    """An open fact base as of a day. It answers in the thread in which it was opened."""

    def __init__(self, base: Base, as_of: str, lang: Lang = "en", tell: Tell | None = None) -> None:
        self.base, self.as_of, self.lang = base, as_of, lang
        self._tell = tell or (lambda _: None)

    def __repr__(self) -> str:
        return f"<FactBase {self.base.pack.name.pick(self.lang)!r} as of {self.as_of}>"

    def __contains__(self, id_: object) -> bool:
        """Whether an id can be asked about: that of a record, or of a value, step or membership of one."""
        record = self.base.get(id_.partition(".")[0]) if isinstance(id_, str) and id_.isascii() else None
        return record is not None and (id_ == record.id or any(id_ == said.id for said in record.assertions()))

    def at(self, as_of: Day | None = None, lang: str | None = None) -> FactBase:
        """The same facts as of another day, or in another language."""
        day = report_day(as_of) if as_of else self.as_of
        return FactBase(self.base, day, output_language(lang) if lang else self.lang, self._tell)

    def names(self, kind: str) -> dict[str, Text]:
        """Ids of all records of a kind, such as country, topic or event, with what they are called; raises UsageError."""
        (plural,) = (by_singular()[one] for one in choose(only(kind), by_singular(), "kind"))
        return {record.id: label(record) for record in self.base.find(kind_of_plural(plural).record)}

    def brief(self, subject: str | None = None, *, full: bool = False, list: bool = False) -> Report[rows.Quote]:
        """One page on the summit, a topic, an event, an agreement, a country or a power; with `list`, what there are pages on."""
        from cabrief.library.subjects import brief_on

        ask = self._request()
        return self._report(
            ask, brief_on(ask, self.as_of, None if subject is None else only(subject), full=full, listing=list)
        )

    def country(self, name: Named, *, full: bool = False) -> Report[rows.Quote]:
        """One page on a country; the whole profile if it is asked for, or of several.

        >>> import cabrief
        >>> page = cabrief.open(as_of="2026-11-26").country("KZ")
        >>> page.title.en
        'Kazakhstan: country profile'
        >>> quote = page.rows[0]
        >>> quote.id, quote.nature, quote.refs[0].source  # doctest: +ELLIPSIS
        (...)
        """
        ask = self._request()
        ids = ask.ids(name, "countries")
        if not ids:
            raise UsageError("name a country", "国を指定する")
        from cabrief.library.subjects import country_document

        return self._report(ask, country_document(self.base, self.as_of, ids, full=full))

    def compare(self, names: Named, *, on: Named = None, only_differences: bool = False) -> Report[rows.Quote]:
        """Two or more countries, or powers, side by side; `on` names the aspects."""
        from cabrief.library.subjects import compared
        from cabrief.reports import compare

        ask = self._request()
        ids, known = compared(ask, names)
        aspects = choose(on, known, "aspect")
        found = compare.view(self.base, self.as_of, ids, aspects=aspects, only_differences=only_differences)
        return self._report(ask, found)

    def timeline(
        self,
        *,
        since: Day | None = None,
        until: Day | None = None,
        country: Named = None,
        actor: Named = None,
        topic: Named = None,
        kind: Named = None,
        by: str | None = None,
        all: bool = False,
    ) -> Report[rows.MomentRow]:
        """What happened and what is due: the last two years and what lies ahead, or `all`; by="actor" shows lanes."""
        from cabrief.model.happened import EVENT_KINDS
        from cabrief.reports import timeline

        ask = self._request()
        first, last = ask.span(since, until)
        found = timeline.view(
            self.base,
            self.as_of,
            since=first,
            until=last,
            countries=ask.ids(country, "countries"),
            actors=ask.ids(actor, "actors"),
            topics=ask.ids(topic, "topics"),
            kinds=ask.words(kind, EVENT_KINDS, "kind"),
            by="".join(choose(by, ["actor"], "grouping")),
            whole=all,
        )
        return self._report(ask, found, "MomentRow")

    def treaties(self, *, missing: bool = False, type: Named = None, country: Named = None) -> Report[rows.TreatyRow]:
        """Agreements by type and country, or only the gaps.

        >>> import cabrief
        >>> gaps = cabrief.open(as_of="2026-11-26").treaties(missing=True, country="KZ")
        >>> {row.in_force for row in gaps}
        {False}
        """
        from cabrief.reports import treaties

        ask = self._request()
        types, countries = ask.ids(type, "treaty_types"), ask.ids(country, "countries")
        found = treaties.view(self.base, self.as_of, types=types, countries=countries, missing=missing)
        return self._report(ask, found, "TreatyRow")

    def commitments(
        self,
        *,
        overdue: bool = False,
        due_before: Day | None = None,
        status: Named = None,
        by: Named = None,
        country: Named = None,
        topic: Named = None,
    ) -> Report[rows.CommitmentRow]:
        """What was promised, by when, and what became of it."""
        from cabrief.model.kinds.commitments import OUTCOMES
        from cabrief.reports import commitments

        ask = self._request()
        found = commitments.view(
            self.base,
            self.as_of,
            countries=ask.ids(country, "countries"),
            topics=ask.ids(topic, "topics"),
            by=ask.ids(by, *PROMISERS),
            overdue=overdue,
            statuses=ask.words(status, OUTCOMES, "status"),
            due_before=ask.span(due_before, to="due_before")[0],
        )
        return self._report(ask, found, "CommitmentRow")

    def projects(self, *, country: Named = None, topic: Named = None, status: Named = None) -> Report[rows.ProjectRow]:
        """Projects of the host: partners, sum, sector, country, status."""
        from cabrief.reports import projects

        ask = self._request()
        found = projects.view(
            self.base,
            self.as_of,
            countries=ask.ids(country, "countries"),
            topics=ask.ids(topic, "topics"),
            statuses=ask.words(status, projects.PROJECT_STATUS, "status"),
        )
        return self._report(ask, found, "ProjectRow")

    def actors(self, names: Named = None, *, full: bool = False) -> Report[Any]:
        """How outside powers engage: rows are ActorRow for all powers, Quote for one or several."""
        from cabrief.reports import actors
        from cabrief.reports.pages.actors import actor_page

        ask = self._request()
        ids = ask.ids(names, "actors")
        if len(ids) == 1 and not full:
            return self._report(ask, actor_page(self.base, self.as_of, self.base.get(ids[0])))
        return self._report(ask, actors.view(self.base, self.as_of, ids), "" if ids else "ActorRow")

    def voices(
        self,
        *,
        speaker: Named = None,
        event: Named = None,
        by_theme: bool = False,
        asks: bool = False,
        proposes: bool = False,
        country: Named = None,
        topic: Named = None,
        full: bool = False,
    ) -> Report[rows.VoiceRow]:
        """Who said what, where."""
        from cabrief.reports import voices

        ask = self._request()
        found = voices.view(
            self.base,
            self.as_of,
            speakers=ask.ids(speaker, "people"),
            countries=ask.ids(country, "countries", "actors"),
            events=ask.ids(event, "events"),
            topics=ask.ids(topic, "topics"),
            by_theme=by_theme,
            asks=ask.flag(asks, "asks"),
            proposes=ask.flag(proposes, "proposes"),
            full=full,
        )
        return self._report(ask, found, "VoiceRow")

    def search(
        self, words: Named, *, kind: Named = None, country: Named = None, all: bool = False
    ) -> Report[rows.HitRow]:
        """What has every word; the rows are all hits, the printed table shows the first ten unless `all` is asked for.

        Words that nothing has are read by their sound. Raises NothingFound, UsageError.

        >>> import cabrief
        >>> hits = cabrief.open(as_of="2026-11-26").search("uranium")
        >>> hits.rows[0].kind in ("topic", "commitment", "figure")
        True
        """
        from cabrief.library.subjects import searched

        ask = self._request()
        kinds = ask.words(kind, by_singular(), "kind")
        countries = ask.ids(country, "countries")
        found = searched(ask, self.as_of, listed(words), kinds=kinds, countries=countries, everything=all)
        return self._report(ask, found, "HitRow")

    def facts(
        self,
        *,
        kind: Named = None,
        country: Named = None,
        actor: Named = None,
        topic: Named = None,
        source: Named = None,
        nature: Named = None,
        since: Day | None = None,
        until: Day | None = None,
        full: bool = False,
    ) -> Report[rows.FactRow]:
        """Every fact, filtered."""
        from cabrief.reports import facts

        ask = self._request()
        first, last = ask.span(since, until)
        filters = {
            "kind": ask.words(kind, by_singular(), "kind"),
            "countries": ask.ids(country, "countries"),
            "actors": ask.ids(actor, "actors"),
            "topics": ask.ids(topic, "topics"),
            "sources": ask.ids(source, "sources"),
            "nature": ask.words(nature, facts.NATURES, "nature"),
        }
        found = facts.view(self.base, self.as_of, filters=filters, since=first, until=last, full=full)
        return self._report(ask, found, "FactRow")

    def sources(
        self,
        id: str | None = None,
        *,
        kind: Named = None,
        texts: str | Path | None = None,
        weak: bool = False,
        full: bool = False,
    ) -> Report[Any]:
        """The sources (SourceRow); with `weak`, what rests on one weak source alone (WeakRow); or what one of them says (Quote).

        `texts` is a folder of the original documents.
        """
        from cabrief.library.subjects import said_by, sources_on

        ask = self._request()
        if id is not None:
            return self._report(ask, said_by(ask, self.as_of, id, self._texts(texts), narrowed=bool(kind or weak)))
        return self._report(ask, *sources_on(ask, self.as_of, kind, weak=weak, full=full))

    def disputes(
        self,
        *,
        category: Named = None,
        weight: Named = None,
        source: Named = None,
        country: Named = None,
        topic: Named = None,
        full: bool = False,
    ) -> Report[rows.DisputeRow]:
        """Where sources err or disagree, and what is held; the weightiest first."""
        from cabrief.reports import disputes

        ask = self._request()
        found = disputes.view(
            self.base,
            self.as_of,
            categories=ask.words(category, disputes.CATEGORIES, "category"),
            weights=ask.words(weight, disputes.WEIGHT_TITLES, "weight"),
            sources=ask.ids(source, "sources"),
            countries=ask.ids(country, "countries"),
            topics=ask.ids(topic, "topics"),
            full=full,
        )
        return self._report(ask, found, "DisputeRow")

    def why(self, fact: Named, *, texts: str | Path | None = None) -> Report[rows.Quote]:
        """Why a line stands: its nature, evidence and disputes. `fact` is an id, several, or the first words of a line.

        `texts` is a folder of the original documents. Raises UnknownName.
        """
        from cabrief.library.subjects import why_so

        ask = self._request()
        return self._report(ask, why_so(ask, self.as_of, listed(fact), self.__contains__, self._texts(texts)))

    def diff(
        self, *, since: Day, until: Day | None = None, country: Named = None, topic: Named = None
    ) -> Report[rows.ChangeRow]:
        """What came about from one day until another, or until the day of the report, by the facts' own dates."""
        from cabrief.library.days import days_between
        from cabrief.reports import between

        ask, days = self._request(), days_between(day_words(since), day_words(until), self.as_of)
        found = between.view(self.base, *days, countries=ask.ids(country, "countries"), topics=ask.ids(topic, "topics"))
        return self._report(ask, found, "ChangeRow")

    def _request(self) -> Request:
        return Request(self.base, self._tell)

    def _texts(self, folder: str | Path | None) -> dict[str, list[str]] | None:
        return original_texts(self.base, folder) if folder else None

    def _report(self, ask: Request, document: Document, row: str = "") -> Report[Any]:
        document = ask.told(document) if row else document
        return Report(document, self.base, self.lang, tuple(ask.notes), row)
