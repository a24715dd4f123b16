"""The fact base: an open build, and the lookups that views ask for.

A build is a SQLite file with one row per record (`facts`, with the day from which it can be told), what each record points
to (`links`), what footnotes say of sources (`cards`), every name that a user may type (`names`), and what was laid over
(`replaced`). Records travel as JSON; opening a build runs nothing that is in it.
"""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from cabrief import facts, values
from cabrief.dates import bounds
from cabrief.facts import NAME_OF, SINGULAR, Country, Dispute, Pack, Record, Treaty, label
from cabrief.text import Text, join

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE facts (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, data TEXT NOT NULL,
    file TEXT NOT NULL, line INTEGER NOT NULL, layer TEXT NOT NULL, known TEXT NOT NULL);
CREATE INDEX facts_kind ON facts (kind);
CREATE TABLE links (
    target TEXT NOT NULL, role TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (target, role, seq)) WITHOUT ROWID;
CREATE TABLE cards (
    id TEXT PRIMARY KEY, title_en TEXT, title_ja TEXT, short_en TEXT, short_ja TEXT, published TEXT, url TEXT) WITHOUT ROWID;
CREATE TABLE replaced (id TEXT NOT NULL, data TEXT NOT NULL, file TEXT NOT NULL, line INTEGER NOT NULL, layer TEXT NOT NULL);
CREATE TABLE names (name TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (name, seq)) WITHOUT ROWID;
"""
ROLES = {
    "countries": "country", "actors": "actor", "topics": "topic", "people": "person", "organisations": "organisation",
    "event": "event", "agreement": "agreement", "project": "project", "route": "route", "of": "of", "by": "by",
    "to": "to", "speaker": "speaker", "type": "type", "parties": "party", "replaces": "replaces", "theme": "topic",
    "based_on": "based-on", "host": "host", "aspect": "aspect",
    "sector": "topic", "measure": "measure", "office": "office",
}  # fmt: skip


_PUNCTUATION = dict.fromkeys(i for i in range(128) if not chr(i).isalnum())
_NO_WORD = r"[\W_]+"  # marks above and below letters among them
PARTS = r"[\s・＝=-]+"  # between the parts of a name
YEAR = r"\b(?:19|20)\d\d\b"
UNNAMED = (facts.Note, facts.Statement, facts.Figure, facts.Commitment, Dispute)


class UnknownName(Exception):  # noqa: N818 - a name that is unknown, named as such
    """The user named something that the facts do not hold."""

    def __init__(self, name: str, kind: Text, near: Sequence[str], known: Sequence[str]) -> None:
        super().__init__(name)
        self.name, self.kind, self.near, self.known = name, kind, near, known


class Origin(values.Value):
    """Where a record is kept."""

    file: str
    line: int
    layer: str


def fold(name: str) -> str:
    """A name as it is compared: width, case, accents, spaces and punctuation do not count."""
    if name.isascii():
        return name.lower().translate(_PUNCTUATION)
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    return re.sub(_NO_WORD, "", plain)


_MISSING = object()
_CLASSES = {
    cls.__name__: cls for cls in vars(facts).values() if isinstance(cls, type) and issubclass(cls, values.Value)
}


@cache
def _defaults(name: str) -> dict[str, Any]:
    cls = _CLASSES[name]
    return {key: getattr(cls, key) for key in values.field_names(cls) if hasattr(cls, key)}


def encode(value: Any) -> Any:
    """A record as plain JSON values, without its defaults."""
    kind = type(value)
    if kind is Text:
        return {"en": value.en, "ja": value.ja}
    if kind is tuple:
        return [item if type(item) is str else encode(item) for item in value]
    if kind is dict:
        return {key: encode(item) for key, item in value.items()}
    if not isinstance(value, values.Value):
        return value
    plain: dict[str, Any] = {"~": kind.__name__}
    defaults = _defaults(kind.__name__)
    for key, item in value.__dict__.items():
        if item is defaults.get(key, _MISSING):
            continue
        plain[key] = (
            item if type(item) is str else {"en": item[0], "ja": item[1]} if type(item) is Text else encode(item)
        )
    return plain


def _decode(item: dict[str, Any]) -> Any:
    if len(item) == 2 and "en" in item:  # noqa: PLR2004 - two languages
        return Text(item["en"], item["ja"])
    name = item.pop("~", None)
    for key, value in item.items():
        if type(value) is list:
            item[key] = tuple(value)
    return _CLASSES[name](**item) if name else item


_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_decoder = json.JSONDecoder(object_hook=_decode)


def targets(record: Record, pack: Pack) -> Iterator[tuple[str, str]]:
    """Whatever a record points to: (role, id). A fact about every country is about the region: (region, the pack's id)."""
    everywhere = set(pack.countries) if len(pack.countries) > 1 and isinstance(record, facts.Fact) else None
    for field, role in ROLES.items():
        value = getattr(record, field, None)
        if value and not (field == "type" and not isinstance(record, Treaty)):
            ids = (value,) if isinstance(value, str) else value
            if everywhere and everywhere <= set(ids):
                yield "region", pack.id
                ids = [id_ for id_ in ids if id_ not in everywhere]
            yield from ((role, id_) for id_ in ids)
    yield from (("source", source) for source in {ref.source for ref, _ in facts.references(record)})
    if isinstance(record, Dispute):
        yield "about", record.about.split(".")[0]
    if isinstance(record, facts.Event):
        yield "event-type", record.type
    if isinstance(record, facts.Organisation):
        yield from (("member", member.of) for member in record.members)


def names(record: Record) -> set[str]:
    """Every name that a record answers to, folded; a mere statement, and a source, answers to its id alone."""
    if isinstance(record, (*UNNAMED, facts.Source)):
        return {fold(record.id)}
    called = [record.id, *getattr(record, "aliases", ()), *getattr(record, "codes", ())]
    for field in ("name", "short_name", "title"):
        text = getattr(record, field, None)
        called += [text.en, text.ja] if isinstance(text, Text) else []
    called.append(getattr(record, "abbreviation", None) or "")
    if isinstance(record, facts.Person):  # people are called by their family names
        called += [part for name in record.name for part in re.split(PARTS, name) if len(part) > 1]
    return {fold(name) for name in called} - {""}


def write(
    connection: sqlite3.Connection,
    pack: Pack,
    rows: Iterable[tuple[Record, Origin]],
    replaced: Iterable[tuple[Record, Origin]],
    layer: str,
    meta: dict[str, str],
) -> None:
    """Fill an empty database with a build; the pack itself is the named layer, and what is laid over it is noted.

    `replaced` are the records that others took the place of, in the order of the layers.
    """
    connection.executescript(SCHEMA)
    kept: list[tuple[Any, ...]] = []
    links: list[tuple[str, str, int]] = []
    called: list[tuple[str, int]] = []
    everything = list(rows)
    known = Known({record.id: record for record, _ in everything})
    for seq, (record, origin) in enumerate(everything, start=1):
        data = _encoder.encode(encode(record))
        kept.append(
            (seq, record.id, NAME_OF[type(record)], data, origin.file, origin.line, origin.layer, known(record))
        )
        links += [(target, role, seq) for role, target in targets(record, pack)]
        called += [(name, seq) for name in names(record)]
    connection.executemany("INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?, ?)", kept)
    connection.executemany("INSERT INTO links VALUES (?, ?, ?)", sorted(set(links)))
    connection.executemany("INSERT INTO names VALUES (?, ?)", sorted(called))
    under = ((r.id, _encoder.encode(encode(r)), origin.file, origin.line, origin.layer) for r, origin in replaced)
    connection.executemany("INSERT INTO replaced VALUES (?, ?, ?, ?, ?)", under)
    cards = (record for record, _ in everything if isinstance(record, facts.Source))
    connection.executemany(
        "INSERT INTO cards VALUES (?, ?, ?, ?, ?, ?, ?)",
        ((c.id, *c.title, *(c.short or c.publisher), c.published, c.url) for c in cards),
    )
    over = {record.id: origin.layer for record, origin in everything if origin.layer != layer}
    told = {**meta, "overlaid": json.dumps(over), "pack": json.dumps(encode(pack), ensure_ascii=False)}
    connection.executemany("INSERT INTO meta VALUES (?, ?)", told.items())
    connection.commit()


def _year_in(words: str) -> str:
    """First day of the latest year that a sentence names: before that it cannot have been said."""
    return max((f"{year}-01-01" for year in re.findall(YEAR, words)), default="")


class Known:
    """The first ISO day on which a record can be told; an empty string for what always stands.

    An event can be told from its day on, or earlier if a source announced it; what was agreed, promised or said, from the day
    of it; a judgement, an expectation or a plan from the day it was published; a figure from the day it is as of; background
    without a date always, though not before a year that it names.
    """

    def __init__(self, records: dict[str, Record]) -> None:
        self._records = records

    def __call__(self, record: Record) -> str:
        """First ISO day on which a record can be told."""
        if isinstance(record, Dispute):
            others = (ref for claim in record.others for ref in claim.refs)
            named = f"{record.held.en} {record.reason.en}"
            return max(self._published(record.refs), self._published(others), _year_in(named))
        if isinstance(record, facts.Source):
            return bounds(record.published)[0] if record.published else ""
        if not isinstance(record, facts.Fact):
            return ""
        if isinstance(record, facts.Event):
            days = [day for day in (self._first(record.date), self._published(record.refs)) if day]
            return min(days, default="")
        around = max(self._day_of(record.event), self._day_of(record.agreement))
        if isinstance(record, facts.Figure):
            first, last = bounds(record.as_of or record.date or self._published(record.refs) or "0001")
            return max(first, min(last, self._published(record.refs) or last))
        if isinstance(record, (facts.Statement, facts.Commitment, facts.Agreement)):
            return self._first(record.date) or around or self._published(record.refs)
        dated = max(around, self._first(record.as_of))
        if record.nature != "reported":
            return max(dated, "" if record.as_of else self._published(record.refs))
        return max(dated, self._first(record.date), _year_in(record.text.en))

    def _day_of(self, id_: str | None) -> str:
        """First day of the event or the agreement that a fact belongs to."""
        record = self._records.get(id_ or "")
        return self._first(getattr(record, "date", None))

    def _first(self, date: str | None) -> str:
        return bounds(date)[0] if date else ""

    def _published(self, refs: Iterable[facts.Ref]) -> str:
        """Last day on which the earliest of the sources may have come out."""
        cards = (self._records.get(ref.source) for ref in refs)
        dates = [card.published or card.retrieved for card in cards if isinstance(card, facts.Source)]
        return min((bounds(date)[1] for date in dates if date), default="")


class Base:
    """An open build. Every lookup reads only the rows it returns, in the order of the fact files."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self.pack: Pack = _decoder.decode(self.meta("pack"))

    def serialize(self) -> bytes:
        """The build as the bytes of a SQLite file."""
        return self._db.serialize()

    def meta(self, key: str) -> str:
        """Read a word that the build keeps about itself."""
        (value,) = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(value)

    def get(self, id_: str) -> Any:
        """The record with an id, or None."""
        row = self._db.execute("SELECT data FROM facts WHERE id = ?", (id_,)).fetchone()
        return _decoder.decode(row[0]) if row else None

    def get_all(self, ids: Iterable[str]) -> dict[str, Any]:
        """Records by their ids; an unknown one is left out."""
        wanted = list(dict.fromkeys(ids))
        rows = self._db.execute(f"SELECT data FROM facts WHERE id IN ({_marks(wanted)})", wanted)
        return {record.id: record for record in _decoder.decode(f"[{','.join(row[0] for row in rows)}]")}

    def find(self, *kinds: type[Record], by_day: str = "", **links: str | tuple[str, ...]) -> list[Any]:
        """Records of some kinds, or of all, that point to every target named by role: `find(Note, country="kazakhstan")`.

        A role may be several, joined by `_or_`: `country_or_of="kazakhstan"`. Several targets stand for any of
        them. With a day, only what can be told by then.
        """
        words = [NAME_OF[kind] for kind in kinds]
        kind = f"kind IN ({_marks(kinds)})" if kinds else "1"
        sql = f"SELECT data FROM facts WHERE {kind}"
        if by_day:
            sql += " AND known <= ?"
            words.append(by_day)
        for roles, target in links.items():
            found = [role.replace("_", "-") for role in roles.split("_or_")]
            ids = (target,) if isinstance(target, str) else target
            sql += f" AND seq IN (SELECT seq FROM links WHERE target IN ({_marks(ids)}) AND role IN ({_marks(found)}))"
            words += [*ids, *found]
        rows = ",".join(row[0] for row in self._db.execute(sql + " ORDER BY seq", words))
        return _decoder.decode(f"[{rows}]")  # type: ignore[no-any-return]

    def cards(self, ids: Iterable[str]) -> dict[str, tuple[Text, Text, str | None, str | None]]:
        """What a footnote needs of each source: title, short name of who made it, date, address."""
        wanted = list(dict.fromkeys(ids))
        rows = self._db.execute(f"SELECT * FROM cards WHERE id IN ({_marks(wanted)})", wanted)
        return {id_: (Text(a, b), Text(c, d), published, url) for id_, a, b, c, d, published, url in rows}

    def country(self, id_: str) -> Country:
        """Look up a country that is known to exist."""
        found: Country = self.get(id_)
        return found

    def name(self, id_: str) -> Text:
        """What a record is called, or the id itself where there is none."""
        record = self.get(id_)
        return label(record) if record is not None else Text(id_, id_)

    def disputed(self) -> frozenset[str]:
        """Ids of all records that a dispute is about."""
        return frozenset(row[0] for row in self._db.execute("SELECT DISTINCT target FROM links WHERE role = 'about'"))

    def overlaid(self) -> dict[str, str]:
        """Records that come from a layer over the pack, with the name of the layer."""
        return dict(json.loads(self.meta("overlaid")))

    def basics(self) -> dict[str, Text]:
        """Labels of the rows of a country's profile."""
        return {basic.id: basic.label for basic in self.pack.basics}

    def records(self, by_day: str = "9999") -> Iterator[tuple[Record, Origin]]:
        """Every record that can be told by a day, with its origin."""
        sql = "SELECT data, file, line, layer FROM facts WHERE known <= ? ORDER BY seq"
        for data, file, line, layer in self._db.execute(sql, (by_day,)):
            yield _decoder.decode(data), Origin(file=file, line=line, layer=layer)

    def origin(self, id_: str) -> Origin:
        """Where a record is kept."""
        file, line, layer = self._db.execute("SELECT file, line, layer FROM facts WHERE id = ?", (id_,)).fetchone()
        return Origin(file=file, line=line, layer=layer)

    def replaced(self, id_: str) -> list[tuple[Record, Origin]]:
        """Records that the one with an id took the place of, the first of them first."""
        rows = self._db.execute("SELECT data, file, line, layer FROM replaced WHERE id = ? ORDER BY rowid", (id_,))
        return [(_decoder.decode(data), Origin(file=file, line=line, layer=layer)) for data, file, line, layer in rows]

    def uses(self) -> dict[str, int]:
        """How many records rest on each source."""
        rows = self._db.execute("SELECT target, COUNT(*) FROM links WHERE role = 'source' GROUP BY target")
        return {target: count for target, count in rows}  # noqa: C416 - rows are plain tuples

    def ids(self, *kinds: type[Record]) -> list[str]:
        """Ids of all records of some kinds."""
        sql = f"SELECT id FROM facts WHERE kind IN ({_marks(kinds)}) ORDER BY seq"
        return [row[0] for row in self._db.execute(sql, [NAME_OF[kind] for kind in kinds])]

    def near(self, name: str, most: int = 5) -> list[str]:
        """Ids whose names are spelt much like a word."""
        from cabrief.problems import closest

        known = dict(self._db.execute("SELECT name, id FROM names JOIN facts USING (seq) ORDER BY seq").fetchall())
        return list(dict.fromkeys(known[match] for match in closest(fold(name), list(known), most)))

    def resolve(self, name: str, *kinds: type[Record]) -> tuple[str, bool]:
        """The id that a user means by a name in any spelling, and whether it is one of its names; raises UnknownName."""
        words = [NAME_OF[kind] for kind in kinds]
        sql = f"SELECT id FROM names JOIN facts USING (seq) WHERE kind IN ({_marks(kinds)})"
        rows = self._db.execute(sql + " AND name = ? ORDER BY seq", [*words, fold(name)]).fetchall()
        if rows:
            return str(rows[0][0]), True
        from cabrief.problems import closest

        known = dict(self._db.execute(sql.replace("SELECT id", "SELECT name, id") + " ORDER BY seq", words).fetchall())
        near = list(dict.fromkeys(known[match] for match in closest(fold(name), list(known), 5)))
        if len(near) == 1 and _close(fold(name), [n for n, i in known.items() if i == near[0]]):
            return str(near[0]), False
        what = join([facts.KIND_NAMES[SINGULAR[word]] for word in words], " or ", "か")
        raise UnknownName(name, what, near, list(dict.fromkeys(known.values())))


def _marks(words: Sequence[Any]) -> str:
    return ", ".join("?" * len(words))


def _close(name: str, spellings: list[str]) -> bool:
    """Whether a misspelling is near enough to be taken for what it is nearest to."""
    from difflib import SequenceMatcher

    return any(SequenceMatcher(None, name, spelling).ratio() > 0.88 for spelling in spellings)  # noqa: PLR2004
