"""Every id that is named is there: of records, of sources and their lines, of what a dispute is about, of what the pack lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from cabrief.language.text import Text, join, quoted, template
from cabrief.model.evidence import references
from cabrief.model.frozen import field_names
from cabrief.model.kinds import kind
from cabrief.model.kinds.actors import Actor
from cabrief.model.kinds.countries import Country
from cabrief.model.kinds.disputes import Dispute
from cabrief.model.kinds.events import Event
from cabrief.model.kinds.figures import Figure
from cabrief.model.kinds.sources import Source
from cabrief.model.kinds.topics import Topic
from cabrief.model.kinds.treaties import Treaty
from cabrief.model.kinds.treaty_types import TreatyType
from cabrief.model.record import Fact, Pack, Place, Pointer, Record, Ref, kind_of
from cabrief.problems.problem import Problem
from cabrief.reading.loaded import Entry, Loaded, words_on

MOST_DISPUTES = 20  # about one record
PARTS_AT_HAND = 50  # records whose parts are held, since several disputes may be about each


def dangling_ids(loaded: Loaded) -> Iterator[Problem]:
    """Every id that a record points to is the id of a record of the right kind; those that the pack lists are told there."""
    listed = loaded.pack.countries if loaded.pack else ()
    for entry in loaded.pointing:
        for pointer in entry.record.pointers():
            if not pointer.to or not pointer.id or pointer.id in loaded.broken:
                continue
            wanted = tuple(Fact if plural == "facts" else kind(plural).record for plural in pointer.to)
            found = loaded.get(pointer.id)
            if not isinstance(found, wanted) and (found is not None or pointer.id not in listed):
                yield _dangling(loaded, entry, pointer, wanted, found)


def _dangling(loaded: Loaded, entry: Entry, pointer: Pointer, wanted: tuple[type[Record], ...], found: Any) -> Problem:
    place, target = loaded.where(entry, *pointer.place), pointer.id
    names_ = [FACT if cls is Fact else kind_of(cls).name for cls in wanted]
    field = str(pointer.place[0])
    told: dict[str, Text | str] = {"field": field, "target": quoted(target), "wanted": join(names_, " or ", "か")}
    if found is not None:
        en, ja = "{field}: {target} is {kind}, expected {wanted}", "{field}: {target}は{kind}、必要なのは{wanted}"
        name = kind_of(type(found)).name
        told |= {
            "kind": Text(_article(name.en), name.ja),
            "wanted": join([Text(_article(each.en), each.ja) for each in names_], " or ", "か"),
        }
        return Problem(place, "wrong-kind", words_on(entry, en, ja, **told), about=f"{field} {target}")
    words = words_on(entry, "{field}: no {wanted} {target}", "{field}: {target}という{wanted}はない", **told)
    called = loaded.called(target, *wanted)
    near = (
        template("did you mean {id}?", "{id}のことか？", id=quoted(called)) if called else loaded.guess(target, *wanted)
    )
    return Problem(place, "unknown-id", words, near, about=target)


FACT = Text("fact", "事実")


def _article(noun: str) -> str:
    return f"a{'n' * (noun[0] in 'aeiou')} {noun}"


def refs(loaded: Loaded) -> Iterator[Problem]:
    """A ref names a source card; in a document that is kept line by line it names a line that the document has."""
    for entry in loaded.pointing:
        for ref, path in references(entry.record):
            if getattr(ref, "source", None) is None or ref.source in loaded.broken:
                continue
            source = loaded.get(ref.source)
            if isinstance(source, Source):
                yield from _line(loaded, entry, ref, path, source)
            else:
                where = loaded.where(entry, *path, "source")
                words = words_on(entry, "there is no source {id}", "{id}という出典はない", id=quoted(ref.source))
                near = loaded.guess(ref.source, Source)
                yield Problem(where, "unknown-source", words, near, about=ref.source)


def _line(loaded: Loaded, entry: Entry, ref: Ref, path: Place, source: Source) -> Iterator[Problem]:
    place = loaded.where
    if source.lines is None and ref.line is not None:
        words = words_on(
            entry, "{id} is a page, which has no lines", "{id}はウェブページで、行番号がない", id=ref.source
        )
        yield Problem(place(entry, *path, "line"), "line-of-page", words, Text("leave the line out", "lineを書かない"))
    elif source.lines is not None and ref.line is None:
        en, ja = "{id} has line numbers, but the ref has no line", "{id}は行番号のある文書だが、refにlineがない"
        words = words_on(entry, en, ja, id=ref.source)
        yield Problem(place(entry, *path), "missing-line", words, Text("add line:", "line:を加える"))
    elif source.lines is not None and max(ref.line or 0, ref.line_end or 0) > source.lines:
        en, ja = "{id} has {lines} lines, there is no line {line}", "{id}は{lines}行で、{line}行目はない"
        words = words_on(entry, en, ja, id=ref.source, lines=source.lines, line=ref.line_end or ref.line or 0)
        yield Problem(place(entry, *path, "line"), "no-such-line", words)
    elif ref.line_end is not None and ref.line_end < (ref.line or 0):
        en = "the passage ends on line {end}, before it begins on line {line}"
        ja = "箇所の終わり（{end}行目）が始まり（{line}行目）より前"
        words = words_on(entry, en, ja, end=ref.line_end, line=ref.line or 0)
        yield Problem(place(entry, *path, "line_end"), "lines-order", words)


def dispute_targets(loaded: Loaded) -> Iterator[Problem]:
    """A dispute is about a record, or about a value that the record has."""
    basics = set(_basics(loaded.pack))

    @lru_cache(maxsize=PARTS_AT_HAND)
    def parts_of(about: str) -> frozenset[str]:
        target = loaded.get(about)
        if target is None:
            return frozenset()
        said = (each.id.partition(".")[2] for each in target.assertions())
        fields = set(field_names(type(target))) - PARTED
        return frozenset((*said, *fields, *(basics if isinstance(target, Country) else ())))

    for entry in loaded.pointing:
        if not isinstance(entry.record, Dispute) or not isinstance(named := getattr(entry.record, "about", None), str):
            continue
        about, _, part = named.partition(".")
        target = loaded.get(about)
        if about in loaded.broken:
            continue
        if target is None:
            hint = loaded.guess(about, Record)
            words = words_on(entry, "about: there is no record {id}", "about: {id}という記録はない", id=quoted(about))
            yield Problem(loaded.where(entry, "about"), "unknown-id", words, hint, about=about)
        elif part:
            parts = parts_of(about)
            if part.replace("-", "_") in parts or part in parts:
                continue
            over = loaded.entry(about)
            if (
                over.record.overrides and over.layer != entry.layer
            ):  # what was laid over it lost what the dispute is about
                en, ja = "it lacks {part}, which the dispute {d} is about", "争点{d}の対象である{part}がない"
                words = words_on(over, en, ja, d=entry.record.id, part=quoted(part))
                yield Problem(loaded.where(over), "unknown-id", words, KEEP)
                continue
            en, ja = "about: {id} has no {part}", "about: {id}に{part}はない"
            words, hint = words_on(entry, en, ja, id=about, part=quoted(part)), loaded.near(part, sorted(parts - {""}))
            yield Problem(loaded.where(entry, "about"), "unknown-id", words, hint)


# lists whose parts have ids of their own, which lines print
PARTED = frozenset(("members", "steps", "outcomes", "basics"))
KEEP = Text("keep it, or override the dispute", "残すか、争点も置き換える")


def parties_to_disputes(loaded: Loaded) -> Iterator[Problem]:
    """The countries that a dispute about a treaty concerns are among those of the treaty."""
    for entry in loaded.entries:
        if not isinstance(entry.record, Dispute):
            continue
        over = loaded.entry(entry.record.about.partition(".")[0])
        treaty: Any = over.record if over else None
        for i, id_ in enumerate(entry.record.countries if isinstance(treaty, Treaty) else ()):
            if id_ in treaty.countries:
                continue
            if over.record.overrides and over.layer != entry.layer:
                en, ja = "it is without {id}, which the dispute {d} is about", "争点{d}の対象である{id}がない"
                words = words_on(over, en, ja, d=entry.record.id, id=quoted(id_))
                yield Problem(loaded.where(over, "countries"), "not-a-party", words, KEEP)
            else:
                en, ja = "countries: {id} is not among those of {t}", "countries: {id}は{t}の国ではない"
                words = words_on(entry, en, ja, id=quoted(id_), t=quoted(treaty.id))
                yield Problem(loaded.where(entry, "countries", i), "not-a-party", words)


def disputes_of_one(loaded: Loaded) -> Iterator[Problem]:
    """Few disputes are about one record, since every line about it names all of them."""
    count = Counter[str]()
    for entry in loaded.entries:
        if isinstance(entry.record, Dispute):
            about = entry.record.about.partition(".")[0]
            count[about] += 1
            if count[about] == MOST_DISPUTES + 1:
                en, ja = "more than {n} disputes are about {id}", "{id}についての争点が{n}件を超える"
                words, hint = (
                    words_on(entry, en, ja, n=MOST_DISPUTES, id=about),
                    Text("join some of them", "一部を一つにまとめる"),
                )
                yield Problem(loaded.where(entry, "about"), "too-large", words, hint)


def pack_names(loaded: Loaded) -> Iterator[Problem]:
    """What `pack.yaml` lists is there."""
    if not loaded.pack or not loaded.pack.id:
        return
    wanted: dict[str, tuple[type[Record], tuple[str, ...]]] = {
        "host": (Actor, (loaded.pack.host,) if loaded.pack.host else ()),
        "countries": (Country, loaded.pack.countries),
        "powers": (Actor, loaded.pack.powers),
        "treaty_types": (TreatyType, loaded.pack.treaty_types),
        "areas": (Topic, loaded.pack.areas),
        "summit": (Event, (loaded.pack.summit,) if loaded.pack.summit else ()),
    }
    for key, (cls, ids) in wanted.items():
        for i, id_ in enumerate(ids):
            if not isinstance(loaded.get(id_), cls) and id_ not in loaded.broken:
                hint = loaded.guess(id_, cls)
                en, ja = "the pack: {key}: there is no {kind} {id}", "パック: {key}: {id}という{kind}はない"
                words = template(en, ja, key=key, kind=kind_of(cls).name, id=quoted(id_))
                yield Problem(loaded.where_in_pack(key, i), "unknown-id", words, hint, about=id_)


def pack_rows(loaded: Loaded) -> Iterator[Problem]:
    """Figures and countries have no rows that `pack.yaml` does not list."""
    if not loaded.pack or not loaded.pack.id:
        return
    known = dict.fromkeys(_basics(loaded.pack))
    measures = dict.fromkeys(str(each.id) for each in loaded.pack.measures if hasattr(each, "id"))
    for entry in loaded.entries:
        if isinstance(entry.record, Figure) and entry.record.measure and entry.record.measure not in measures:
            wanted_id = entry.record.measure
            en, ja = "pack.yaml lists no measure {id}", "pack.yamlのmeasuresに{id}はない"
            where, words = loaded.where(entry, "measure"), words_on(entry, en, ja, id=quoted(wanted_id))
            yield Problem(where, "unknown-id", words, loaded.near(wanted_id, measures), about=wanted_id)
        listed = loaded.pack.countries
        if isinstance(entry.record, Country) and listed and entry.record.id not in listed:
            hint = Text("list it there, or make it a power, under actors", "そこに挙げるか、actorsに置く")
            words = words_on(entry, "pack.yaml does not list the country", "pack.yamlのcountriesにない")
            yield Problem(loaded.where(entry), "unlisted-country", words, hint, about=entry.record.id)
        if isinstance(entry.record, Country) and known:
            for key in entry.record.basics:
                if key not in known:
                    where = loaded.where(entry, "basics", key, key=True)
                    en, ja = "pack.yaml lists no basics {key}", "pack.yamlのbasicsに{key}はない"
                    words = words_on(entry, en, ja, key=quoted(key))
                    yield Problem(where, "unknown-key", words, loaded.near(key, known), about=f"basics {key}")


def _basics(pack: Pack | None) -> list[str]:
    """Keys of a country's basics; of a pack that could not be read whole, those that could."""
    return [id_ for basic in (pack.basics if pack else ()) if (id_ := getattr(basic, "id", None))]
