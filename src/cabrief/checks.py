"""The rules across facts: a tuple of functions, each from the facts to the problems that it finds.

A new rule is a new function and a line in `CHECKS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from cabrief.base import fold, names
from cabrief.dates import bounds
from cabrief.facts import (
    KIND_NAMES,
    NAME_OF,
    OWNED_ASPECTS,
    SINGULAR,
    Actor,
    Agreement,
    Commitment,
    Country,
    Dispute,
    Event,
    Fact,
    Figure,
    Note,
    Organisation,
    Pack,
    Person,
    Project,
    Record,
    Ref,
    Route,
    Source,
    Step,
    Topic,
    Treaty,
    TreatyType,
    assertions,
    references,
)  # fmt: skip
from cabrief.nodes import Nodes, Path
from cabrief.problems import Problem, Where, did_you_mean
from cabrief.text import NOTHING, Text, join, quoted, template
from cabrief.values import Value, field_names

MOST_GUESSES = 30


class Entry(Value):
    """A record and where it was read."""

    record: Record
    file: str
    path: Path
    layer: str


class Broken(Value):
    """A record that is there but could not be read whole: its id, and what of it could."""

    id: str
    rest: Entry


class Facts:
    """Everything that was read: the records by id, the pack, and the place of each path in its file."""

    def __init__(
        self,
        pack: Pack | None,
        pack_file: str,
        entries: list[Entry],
        nodes: dict[str, Nodes],
        broken: Sequence[Broken] = (),
        unread: Iterable[str] = (),
        replaced: Sequence[tuple[Entry, Entry]] = (),
        pack_layer: str = "",
    ) -> None:
        self.pack, self.pack_file, self.entries, self._nodes = pack, pack_file, entries, nodes
        self.by_id = {entry.record.id: entry for entry in entries}
        self.pack_layer = pack_layer
        self._guessed: set[str] = set()
        self.replaced = replaced  # what was laid over, and what over it, in the order of the layers
        self.broken = frozenset((*(each.id for each in broken), *unread))  # no reason to miss them where they are named
        self.pointing = (*entries, *(each.rest for each in broken))  # whatever may point to something that is not there

    def may_guess(self, word: str) -> bool:
        """Whether to look for what a word was meant to be, which takes a while: for the first of them only."""
        if len(self._guessed) < MOST_GUESSES:
            self._guessed.add(word)
        return word in self._guessed

    def texts(self) -> dict[str, bytes]:
        """Bytes of the files, by the names that problems call them."""
        return {file: nodes.raw for file, nodes in self._nodes.items()}

    def where(self, entry: Entry, *path: str | int, key: bool = False) -> Where:
        """Place of something in a record, or of its key."""
        return self._nodes[entry.file].where((*entry.path, *path), key=key)

    def where_in_pack(self, *path: str | int) -> Where:
        """Place of something in `pack.yaml`."""
        return self._nodes[self.pack_file].where(path)

    def of(self, *kinds: type[Record]) -> list[str]:
        """Ids of the records of some kinds."""
        return [id_ for id_, entry in self.by_id.items() if isinstance(entry.record, kinds)]

    def get(self, id_: str) -> Any:
        """The record with an id, or None."""
        entry = self.by_id.get(id_)
        return entry.record if entry else None


def name(entry: Entry) -> Text:
    """A record as problems name it: `note kz-policy`."""
    kind = KIND_NAMES[SINGULAR[NAME_OF[type(entry.record)]]]
    return template("{k} {i}", "{k}{i}", k=kind, i=entry.record.id)


def words_on(entry: Entry, en: str, ja: str, **words: Text | str | int) -> Text:
    """What a problem says of a record: its name, then a sentence with places to fill."""
    return template("{name}: " + en, "{name}: " + ja, name=name(entry), **words)


POINTERS: dict[str, tuple[type[Record], ...]] = {
    "countries": (Country,), "actors": (Actor,), "topics": (Topic,), "people": (Person,), "theme": (Topic,),
    "organisations": (Organisation,), "event": (Event,), "agreement": (Agreement,), "project": (Project,),
    "route": (Route,), "speaker": (Person,), "type": (TreatyType,), "replaces": (Treaty,), "based_on": (Fact,),
    "of": (Country, Actor, Organisation), "parties": (Country, Actor, Organisation),
    "by": (Country, Actor, Organisation, Person), "to": (Country, Actor, Organisation, Person, Fact),
    "host": (Country, Actor, Organisation), "sector": (Topic,),
}  # fmt: skip


def dangling_ids(facts: Facts) -> Iterator[Problem]:
    """Every id that a record points to is the id of a record of the right kind; those that the pack lists are told there."""
    listed = facts.pack.countries if facts.pack else ()
    for entry in facts.pointing:
        for field, kinds in POINTERS.items():
            value = getattr(entry.record, field, None)
            if not value or (field == "type" and not isinstance(entry.record, Treaty)):
                continue
            for i, target in enumerate((value,) if isinstance(value, str) else value):
                found = facts.get(target)
                if not isinstance(found, kinds) and target not in facts.broken and target not in listed:
                    place = facts.where(entry, field) if isinstance(value, str) else facts.where(entry, field, i)
                    yield _dangling(facts, entry, field, target, kinds, found, place, facts.of(*kinds))
        if isinstance(entry.record, Organisation):
            for i, member in enumerate(entry.record.members):
                target = getattr(member, "of", None)  # a member that could not be read whole may have none
                found = facts.get(target or "")
                if target and not isinstance(found, (Country, Actor)) and target not in facts.broken:
                    place = facts.where(entry, "members", i, "of")
                    yield _dangling(
                        facts, entry, "members", target, (Country, Actor), found, place, facts.of(Country, Actor)
                    )


def _dangling(
    facts: Facts,
    entry: Entry,
    field: str,
    target: str,
    kinds: tuple[type[Record], ...],
    found: Any,
    place: Where,
    known: list[str],
) -> Problem:
    kinds_ = [KIND_NAMES[SINGULAR[NAME_OF[kind]]] if kind in NAME_OF else FACT for kind in kinds]
    told: dict[str, Text | str] = {"field": field, "target": quoted(target), "wanted": join(kinds_, " or ", "か")}
    if found is not None:
        en, ja = "{field}: {target} is {kind}, expected {wanted}", "{field}: {target}は{kind}、必要なのは{wanted}"
        kind = KIND_NAMES[SINGULAR[NAME_OF[type(found)]]]
        told |= {
            "kind": Text(_article(kind.en), kind.ja),
            "wanted": join([Text(_article(k.en), k.ja) for k in kinds_], " or ", "か"),
        }
        return Problem(place, "wrong-kind", words_on(entry, en, ja, **told), about=f"{field} {target}")
    words = words_on(entry, "{field}: no {wanted} {target}", "{field}: {target}という{wanted}はない", **told)
    called = next((id_ for id_ in known if fold(target) in names(facts.get(id_))), None)
    near = (
        template("did you mean {id}?", "{id}のことか？", id=quoted(called)) if called else did_you_mean(target, known)
    )
    return Problem(place, "unknown-id", words, near, about=target)


FACT = Text("fact", "事実")


def _article(noun: str) -> str:
    return f"a{'n' * (noun[0] in 'aeiou')} {noun}"


def refs(facts: Facts) -> Iterator[Problem]:
    """A ref names a source card; in a document that is kept line by line it names a line that the document has."""
    sources = facts.of(Source)
    for entry in facts.pointing:
        for ref, path in references(entry.record):
            if getattr(ref, "source", None) is None or ref.source in facts.broken:
                continue
            source = facts.get(ref.source)
            if isinstance(source, Source):
                yield from _line(facts, entry, ref, path, source)
            else:
                where = facts.where(entry, *path, "source")
                words = words_on(entry, "there is no source {id}", "{id}という出典はない", id=quoted(ref.source))
                near = did_you_mean(ref.source, sources) if facts.may_guess(ref.source) else NOTHING
                yield Problem(where, "unknown-source", words, near, about=ref.source)


def _line(facts: Facts, entry: Entry, ref: Ref, path: Path, source: Source) -> Iterator[Problem]:
    place = facts.where
    if source.lines is None and ref.line is not None:
        words = words_on(
            entry, "{id} is a page, which has no lines", "{id}はウェブページで、行番号がない", id=ref.source
        )
        yield Problem(place(entry, *path, "line"), "line-of-page", words, Text("leave the line out", "lineを書かない"))
    elif source.lines is not None and ref.line is None:
        en, ja = "{id} is read by lines, and the ref names none", "{id}は行で引くのに、refに行番号がない"
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


def evidence(facts: Facts) -> Iterator[Problem]:
    """Nothing is said without evidence, except that something is unknown."""
    for entry in facts.entries:
        record = entry.record
        for said in () if isinstance(record, Note) and record.refs else assertions(record):
            if said.refs:
                continue
            if _unknown(record, said.path):
                continue
            words = words_on(entry, "{id} has no refs", "{id}にrefsがない", id=said.id)
            hint = Text(
                "name a source and a phrase there, of a document also the line", "sourceとphrase、文書ならlineも挙げる"
            )
            yield Problem(facts.where(entry, *said.path), "no-evidence", words, hint)
        if isinstance(record, Dispute):
            for i, claim in enumerate(record.others):
                if not claim.refs:
                    words = words_on(entry, "who says otherwise, and where?", "異説は誰がどこで述べたか")
                    where = facts.where(entry, "others", i)
                    yield Problem(where, "no-evidence", words, Text("add refs", "refsを加える"))


def _unknown(record: Record, path: Path) -> bool:
    """Whether what stands at a path says only that something is unknown."""
    match record, path:
        case Country(), (_, key):
            return record.basics[str(key)].value is None
        case Treaty(), ("steps", int(i)):
            return record.steps[i].stage == "unknown"
        case Figure(), ():
            return record.value is None
        case Commitment(), ("outcomes", int(i)):
            return record.outcomes[i].status == "unknown"
    return False


def date_order(facts: Facts) -> Iterator[Problem]:
    """The steps of a treaty stand in the order of time, and nothing is due before it was promised."""
    for entry in facts.entries:
        record = entry.record
        if isinstance(record, Treaty):
            for i, (before, after) in enumerate(pairwise(record.steps)):
                if bounds(after.date)[1] < bounds(before.date)[0]:
                    words = words_on(
                        entry,
                        "{late} on {day} stands after {early} on {before}",
                        "{late}（{day}）が{early}（{before}）の後に並ぶ",
                        **_told(after, before),
                    )
                    hint = Text("order the steps by date", "stepsを日付順に並べる")
                    yield Problem(facts.where(entry, "steps", i + 1, "date"), "date-order", words, hint)
            yield from _stages(facts, entry, record)
        due = getattr(record, "due", None)
        date = getattr(record, "date", None)
        if due and date and bounds(due)[1] < bounds(date)[0]:
            en, ja = "due {due}, before it was promised on {date}", "期限{due}が約束の日{date}より前"
            words = words_on(entry, en, ja, due=due, date=date)
            yield Problem(facts.where(entry, "due"), "date-order", words)


def _told(late: Step, early: Step) -> dict[str, str]:
    return {"late": late.stage, "day": late.date, "early": early.stage, "before": early.date}


def _stages(facts: Facts, entry: Entry, treaty: Treaty) -> Iterator[Problem]:
    order = ("signed", "ratified", "in-force", "applies", "terminated")
    dated = [(order.index(step.stage), i, step) for i, step in enumerate(treaty.steps) if step.stage in order[::2]]
    for (before, _, earlier), (after, i, later) in pairwise(dated):
        if after < before:
            en, ja = "{late} on {day}, after {early} on {before}", "{late}（{day}）が{early}（{before}）より後"
            words = words_on(entry, en, ja, **_told(later, earlier))
            hint = Text("which of the two is right?", "正しいのはどちらか")
            yield Problem(facts.where(entry, "steps", i, "stage"), "stage-order", words, hint)


def owners(facts: Facts) -> Iterator[Problem]:
    """A policy, a dependency or a motive is somebody's."""
    for entry in facts.entries:
        if isinstance(entry.record, Note) and entry.record.aspect in OWNED_ASPECTS and not entry.record.of:
            words = words_on(entry, "whose {aspect} is it?", "誰の{aspect}か", aspect=entry.record.aspect)
            hint = Text("add of: [country or actor]", "of: [countryかactor]を加える")
            yield Problem(facts.where(entry), "missing-key", words, hint)


def dispute_targets(facts: Facts) -> Iterator[Problem]:
    """A dispute is about a record, or about a value that the record has."""
    basics = set(_basics(facts.pack))
    for entry in facts.entries:
        if not isinstance(entry.record, Dispute):
            continue
        about, _, part = entry.record.about.partition(".")
        target, where = facts.get(about), facts.where(entry, "about")
        if about in facts.broken:
            continue
        if target is None:
            hint = did_you_mean(about, list(facts.by_id)) if facts.may_guess(about) else NOTHING
            words = words_on(entry, "about: there is no record {id}", "about: {id}という記録はない", id=quoted(about))
            yield Problem(where, "unknown-id", words, hint, about=about)
        elif part:
            parts = {said.id.partition(".")[2] for said in assertions(target)} | set(field_names(type(target)))
            parts |= basics if isinstance(target, Country) else set()
            if part.replace("-", "_") in parts or part in parts:
                continue
            hint = did_you_mean(part, sorted(parts - {""}))
            over = facts.by_id[about]
            if (
                over.record.overrides and over.layer != entry.layer
            ):  # what was laid over it lost what the dispute is about
                en, ja = "the dispute {d} is about its {part}, which it lacks", "争点{d}の対象である{part}がない"
                words = words_on(over, en, ja, d=entry.record.id, part=quoted(part))
                yield Problem(
                    facts.where(over),
                    "unknown-id",
                    words,
                    Text("keep it, or override the dispute", "残すか、争点も置き換える"),
                )
                continue
            en, ja = "about: {id} has no {part}", "about: {id}に{part}はない"
            yield Problem(where, "unknown-id", words_on(entry, en, ja, id=about, part=quoted(part)), hint)


def sources_say_where(facts: Facts) -> Iterator[Problem]:
    """A source can be found: it is a document with its lines and its digest, or a page with its address."""
    urls: dict[str, str] = {}
    for entry in facts.entries:
        source = entry.record
        if not isinstance(source, Source):
            continue
        if source.document and not (source.lines and source.sha256):
            en, ja = "a document needs its number of lines and its sha256", "文書には行数（lines）とsha256が必要"
            yield Problem(facts.where(entry, "document"), "missing-key", words_on(entry, en, ja))
        elif not source.document and not source.url:
            words = words_on(entry, "neither a document nor a page", "文書でもウェブページでもない")
            hint = Text("add url: or document:", "url:かdocument:を加える")
            yield Problem(facts.where(entry), "missing-key", words, hint)
        elif not source.document and source.lines:
            words = words_on(entry, "a page has no lines", "ウェブページに行数はない")
            yield Problem(facts.where(entry, "lines"), "line-of-page", words)
        if source.url and source.url in urls:
            en, ja = "the same page is the source {id} already", "同じページがすでにsource{id}にある"
            words = words_on(entry, en, ja, id=quoted(urls[source.url]))
            yield Problem(facts.where(entry, "url"), "same-url", words, Text("keep one card", "カードを一つにする"))
        elif source.url:
            urls[source.url] = source.id


def pack_names(facts: Facts) -> Iterator[Problem]:
    """What `pack.yaml` lists is there, and countries have no basics that it does not list."""
    if not facts.pack or not facts.pack.id:
        return
    wanted: dict[str, tuple[type[Record], tuple[str, ...]]] = {
        "host": (Actor, (facts.pack.host,) if facts.pack.host else ()), "countries": (Country, facts.pack.countries),
        "powers": (Actor, facts.pack.powers), "treaty_types": (TreatyType, facts.pack.treaty_types),
        "areas": (Topic, facts.pack.areas), "summit": (Event, (facts.pack.summit,) if facts.pack.summit else ()),
    }  # fmt: skip
    for key, (kind, ids) in wanted.items():
        for i, id_ in enumerate(ids):
            if not isinstance(facts.get(id_), kind) and id_ not in facts.broken:
                hint = did_you_mean(id_, facts.of(kind))
                en, ja = "the pack: {key}: there is no {kind} {id}", "パック: {key}: {id}という{kind}はない"
                words = template(en, ja, key=key, kind=KIND_NAMES[SINGULAR[NAME_OF[kind]]], id=quoted(id_))
                yield Problem(facts.where_in_pack(key, i), "unknown-id", words, hint, about=id_)
    known = _basics(facts.pack)
    measures = [str(each.id) for each in facts.pack.measures if hasattr(each, "id")]
    for entry in facts.entries:
        if isinstance(entry.record, Figure) and entry.record.measure and entry.record.measure not in measures:
            wanted_id = entry.record.measure
            en, ja = "pack.yaml lists no measure {id}", "pack.yamlのmeasuresに{id}はない"
            where, words = facts.where(entry, "measure"), words_on(entry, en, ja, id=quoted(wanted_id))
            yield Problem(where, "unknown-id", words, did_you_mean(wanted_id, measures), about=wanted_id)
        if isinstance(entry.record, Country) and known:
            for key in entry.record.basics:
                if key not in known:
                    where = facts.where(entry, "basics", key, key=True)
                    en, ja = "pack.yaml lists no basics {key}", "pack.yamlのbasicsに{key}はない"
                    words = words_on(entry, en, ja, key=quoted(key))
                    yield Problem(where, "unknown-key", words, did_you_mean(key, known), about=f"basics {key}")


def _basics(pack: Pack | None) -> list[str]:
    """Keys of a country's basics; of a pack that could not be read whole, those that could."""
    return [id_ for basic in (pack.basics if pack else ()) if (id_ := getattr(basic, "id", None))]


Check = Callable[[Facts], Iterator[Problem]]
CHECKS: tuple[Check, ...] = (
    dangling_ids, refs, evidence, date_order, owners, dispute_targets, sources_say_where, pack_names,
)  # fmt: skip
