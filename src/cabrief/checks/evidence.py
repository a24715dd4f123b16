"""Nothing is said without evidence that can be found, and what is somebody's says whose it is."""

from __future__ import annotations

from collections.abc import Iterator

from cabrief.language.text import Text, quoted
from cabrief.model.kinds.disputes import Dispute
from cabrief.model.kinds.notes import OWNED_ASPECTS, Note
from cabrief.model.kinds.sources import Source
from cabrief.model.record import Fact
from cabrief.problems.problem import Problem
from cabrief.reading.loaded import Loaded, words_on

_WHERE = {"document", "url", "lines", "sha256"}


def evidence(loaded: Loaded) -> Iterator[Problem]:
    """Nothing is said without evidence, except that something is unknown."""
    for entry in loaded.entries:
        record = entry.record
        # most facts say one thing, their sentence, and have evidence
        sure = type(record).assertions is Fact.assertions and isinstance(record, Fact) and record.refs
        for said in () if sure else record.assertions():
            if said.refs:
                continue
            if record.admits_ignorance(said.path):
                continue
            words = words_on(entry, "{id} has no refs", "{id}にrefsがない", id=said.id)
            hint = Text(
                "add a source and a phrase, and for a document the line", "source、phrase、文書ならlineを加える"
            )
            yield Problem(loaded.where(entry, *said.path), "no-evidence", words, hint)
        if isinstance(record, Dispute):
            if not record.others and "others" not in entry.lost:
                words = words_on(entry, "others: nobody says otherwise", "others: 異なる記述がない")
                hint = Text("add what a source says otherwise", "異なる記述を加える")
                yield Problem(loaded.where(entry, "others"), "no-evidence", words, hint)
            for i, claim in enumerate(record.others):
                if not claim.refs:
                    words = words_on(entry, "the claim has no refs", "異なる記述にrefsがない")
                    where = loaded.where(entry, "others", i)
                    yield Problem(where, "no-evidence", words, Text("add refs", "refsを加える"))


def owners(loaded: Loaded) -> Iterator[Problem]:
    """A policy, a dependency or a motive is somebody's."""
    for entry in loaded.entries:
        if isinstance(entry.record, Note) and entry.record.aspect in OWNED_ASPECTS and not entry.record.of:
            words = words_on(
                entry, "of is missing: whose {aspect} is it?", "ofがない：誰の{aspect}か", aspect=entry.record.aspect
            )
            hint = Text("add of: [country or actor]", "of: [countryかactor]を加える")
            yield Problem(loaded.where(entry), "missing-key", words, hint)


def sources_say_where(loaded: Loaded) -> Iterator[Problem]:
    """A source can be found: it is a document with its lines and its digest, or a page with its address."""
    for entry in loaded.pointing:
        source = entry.record
        if not isinstance(source, Source) or not _WHERE.isdisjoint(entry.lost):
            continue
        if source.document and not (source.lines and source.sha256):
            en, ja = "a document needs its number of lines and its sha256", "文書には行数（lines）とsha256が必要"
            yield Problem(loaded.where(entry, "document"), "missing-key", words_on(entry, en, ja))
        elif not source.document and not source.url:
            words = words_on(entry, "the source has neither document nor url", "documentもurlもない")
            hint = Text("add url: or document:", "url:かdocument:を加える")
            yield Problem(loaded.where(entry), "missing-key", words, hint)
        elif not source.document and source.lines:
            words = words_on(entry, "a page has no lines", "ウェブページに行数はない")
            yield Problem(loaded.where(entry, "lines"), "line-of-page", words)


def same_urls(loaded: Loaded) -> Iterator[Problem]:
    """A page has one card."""
    urls: dict[str, str] = {}
    for entry in loaded.entries:
        source = entry.record
        if not isinstance(source, Source) or not source.url:
            continue
        if source.url in urls:
            en, ja = "the same page is the source {id} already", "同じページがすでにsource{id}にある"
            words = words_on(entry, en, ja, id=quoted(urls[source.url]))
            yield Problem(loaded.where(entry, "url"), "same-url", words, Text("keep one card", "カードを一つにする"))
        else:
            urls[source.url] = source.id
