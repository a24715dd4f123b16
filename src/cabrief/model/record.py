"""What every kind of fact shares: references, values, the base classes of records, and what a record says of itself.

Each kind has a module of its own in `kinds`, named as the fact files name it.
"""

from __future__ import annotations  # readers never evaluate these annotations; whoever validates does

import sys
from collections.abc import Iterator, Mapping
from functools import cache
from types import NoneType
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple, get_args

from cabrief.language.dates import date_text, searched_text
from cabrief.language.text import Text, join, same, template
from cabrief.language.units import amount_text
from cabrief.model.frozen import Frozen

if TYPE_CHECKING:
    from cabrief.model.degrees import Latitude, Longitude
    from cabrief.model.fields import (
        AnyValue,
        Both,
        Count,
        Date,
        Flag,
        Name,
        Number,
        Phrase,
        Slug,
        Unit,
    )

Nature = Literal["reported", "judgement", "statement", "plan"]
Weight = Literal["high", "medium", "low"]
WEIGHTS: tuple[Weight, ...] = get_args(Weight)
Place = tuple[str | int, ...]  # where something stands in a record: keys and positions
YEARS = range(1000, 2200)
YES, NO, UNKNOWN = Text("yes", "あり"), Text("no", "なし"), Text("unknown", "不明")
NOT_FOUND = Text("not found", "確認できず")


class Link:
    """A field that names other records: the role by which readers look it up, and the kinds that it may name.

    The kinds stand there by their plural names; `facts` stands for every kind that says something.
    """

    def __init__(self, role: str, to: tuple[str, ...]) -> None:
        self.role, self.to = role, to


class Pointer(NamedTuple):
    """One id that a record names: where it stands, in which role, and what it may be the id of (nothing: not checked)."""

    place: Place
    role: str
    id: str
    to: tuple[str, ...]


class Kind(Frozen):
    """What the program needs to know of a kind of fact; `KIND` of its module."""

    record: type[Record]
    singular: str
    name: Text
    links: Mapping[str, Link] = {}
    named: bool = True  # whether users call a record by name; a mere statement is found by its id and its words
    section: str = ""  # under which heading pages on a topic or an event list it; see `reports.rest`
    meanings: Mapping[str, Text] = {}  # of the fields that are its own
    usual: tuple[str, ...] = ()  # fields that a first record of the kind has, though some need none


class Assertion(Frozen):
    """One thing that a record says, by itself: its sentence, or a value, step or membership of it.

    `id` is the record's id, or that id, a dot and the name of the part; no two assertions share one.
    """

    id: str
    kind: str
    nature: Nature
    text: Text
    date: str | None
    refs: tuple[Ref, ...]
    path: Place
    countries: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


class Ref(Frozen):
    """Where a statement stands: a source, and there a line (1-based, as in the file) or, on a page, a phrase."""

    source: Slug
    phrase: Phrase
    line: Count | None = None
    line_end: Count | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ref) and self._place() == other._place()

    def __hash__(self) -> int:
        return hash(self._place())

    def _place(self) -> tuple[str, str, int | None, int | None]:
        return self.source, self.phrase, self.line, self.line_end

    def as_words(self) -> Text:
        """The reference as one short word: source, line, phrase."""
        end = f"–{self.line_end}" if self.line_end and self.line_end != self.line else ""
        return same(f"{self.source}{f':{self.line}' if self.line else ''}{end} «{self.phrase}»")


class Value(Frozen):
    """A value that stands alone: a capital, a population with its year. `value: unknown` is said, never left out."""

    value: AnyValue
    unit: Unit | None = None
    as_of: Date | None = None
    estimate: Flag = False
    note: Both | None = None
    looked: Date | None = None
    refs: tuple[Ref, ...] = ()

    def as_words(self) -> Text:
        """The value with its year where it is a number, `est.` where it is an estimate, else the day that it is as of."""
        plain = self.value
        if plain is None:
            text = searched_text(NOT_FOUND, self.looked) if self.looked else UNKNOWN
        elif isinstance(plain, bool):
            text = YES if plain else NO
        elif isinstance(plain, Text):
            text = plain
        elif isinstance(plain, int) and self.unit is None and plain in YEARS:
            text = same(str(plain))  # a year, or four figures that count something
        elif isinstance(plain, str):
            text = date_text(plain)
        else:
            text = amount_text(plain, self.unit)
        asides = [self.note] if self.note else []
        if self.as_of:
            counted = not isinstance(plain, (Text, str, NoneType))
            forms = ("{d}", "{d}") if counted else ("as of {d}", "{d}時点")
            forms = ("{d} est.", "{d}推計") if self.estimate else forms
            asides.append(template(*forms, d=date_text(self.as_of)))
        elif self.estimate:
            asides.append(Text("est.", "推計"))
        return template("{t} ({a})", "{t}（{a}）", t=text, a=join(asides)) if asides else text


class Amount(Frozen):
    """A sum or a quantity."""

    value: Number
    unit: Unit

    def as_words(self) -> Text:
        """The sum in words."""
        return amount_text(self.value, self.unit)


class Record(Frozen):
    """Whatever has an id."""

    id: Slug
    overrides: Flag = False

    LINKS: ClassVar[Mapping[str, Link]] = {}  # fields of every record of the class that name others

    def assertions(self, basics: Mapping[str, Text] | None = None) -> Iterator[Assertion]:  # noqa: ARG002 - countries use it
        """Everything that the record says, each with its own evidence; `basics` are the labels of a country's values."""
        yield from ()

    def _part(self, name: str, text: Text, path: Place, **more: Any) -> Assertion:
        """An assertion of a part of the record."""
        fields = {"nature": "reported", **more}
        return Assertion(id=f"{self.id}.{name}", kind=kind_of(type(self)).singular, text=text, path=path, **fields)

    @classmethod
    @cache
    def link_fields(cls) -> Mapping[str, Link]:
        """Fields that name other records; those that name several are sets."""
        return {**cls.LINKS, **kind_of(cls).links}

    def pointers(self) -> Iterator[Pointer]:
        """Every id that the record names."""
        for field, link in self.link_fields().items():
            value = self.__dict__.get(field)
            if not value:
                continue
            if isinstance(value, str):
                yield Pointer((field,), link.role, value, link.to)
            else:
                for i, id_ in enumerate(value):
                    yield Pointer((field, i), link.role, id_, link.to)

    def named_ids(self) -> list[str]:
        """Ids that the record itself names in any role, each once; what only a part of it names is left out."""
        return list(dict.fromkeys(p.id for p in self.pointers() if len(p.place) <= len(("field", 0))))

    def admits_ignorance(self, path: Place) -> bool:  # noqa: ARG002 - kinds with values use it
        """Whether what stands at a path says only that something is unknown, which needs no evidence."""
        return False

    def called(self) -> list[str]:
        """Every name that a user may call the record by, as it is written."""
        names = [self.id, *getattr(self, "aliases", ()), *getattr(self, "codes", ())]
        for field in ("name", "short_name", "title"):
            text = getattr(self, field, None)
            names += [text.en, text.ja] if isinstance(text, Text) else []
        return names

    def topic_section(self) -> str:
        """Under which heading pages on a topic or an event list the record; see `reports.rest`."""
        return kind_of(type(self)).section


class Fact(Record):
    """One statement in our own words, in both languages, with its evidence and what it is about."""

    text: Both
    summary: Both | None = None
    weight: Weight = "medium"
    nature: Nature = "reported"
    countries: tuple[Slug, ...] = ()
    actors: tuple[Slug, ...] = ()
    topics: tuple[Slug, ...] = ()
    people: tuple[Slug, ...] = ()
    organisations: tuple[Slug, ...] = ()
    event: Slug | None = None
    agreement: Slug | None = None
    project: Slug | None = None
    route: Slug | None = None
    date: Date | None = None
    as_of: Date | None = None
    based_on: tuple[Slug, ...] = ()
    key: Flag = False  # belongs on the one-page brief
    refs: tuple[Ref, ...]

    LINKS: ClassVar[Mapping[str, Link]] = {
        "countries": Link("country", ("countries",)),
        "actors": Link("actor", ("actors",)),
        "topics": Link("topic", ("topics",)),
        "people": Link("person", ("people",)),
        "organisations": Link("organisation", ("organisations",)),
        "event": Link("event", ("events",)),
        "agreement": Link("agreement", ("agreements",)),
        "project": Link("project", ("projects",)),
        "route": Link("route", ("routes",)),
        "based_on": Link("based-on", ("facts",)),
    }

    def assertions(self, basics: Mapping[str, Text] | None = None) -> Iterator[Assertion]:  # noqa: ARG002
        """The sentence of the fact."""
        yield Assertion(
            id=self.id,
            kind=kind_of(type(self)).singular,
            nature=self.nature,
            text=self.text,
            date=self.date or self.as_of,
            refs=self.refs,
            path=(),
            countries=self.countries,
            actors=self.actors,
            topics=self.topics,
        )


class Basic(Frozen):
    """A row at the top of every country's profile."""

    LISTED_BY = "id"

    id: Slug
    label: Both
    fresh_years: Count | None = None  # how long after its date a value is what a reader expects
    page: Flag = False  # belongs on the one-page profile
    compare: Flag = True  # whether a difference between countries says something; that of names never does

    def as_words(self) -> Text:
        """The label of the row."""
        return self.label


class Measure(Frozen):
    """A row of the tables of figures that every country's page shows."""

    LISTED_BY = "id"

    id: Slug
    label: Both
    table: Literal["ties", "neighbours", "resources"]

    def as_words(self) -> Text:
        """The label of the row."""
        return self.label


class Landmark(Frozen):
    """A named place: degrees north and degrees east."""

    name: Name
    lat: Latitude
    lon: Longitude

    def as_words(self) -> Text:
        """The name of the place."""
        return self.name


class Pack(Frozen):
    """What a pack is about, and the order in which its reports print: `pack.yaml`."""

    id: Slug
    name: Name
    host: Slug
    region: Name
    countries: tuple[Slug, ...]
    powers: tuple[Slug, ...]
    treaty_types: tuple[Slug, ...]
    areas: tuple[Slug, ...] = ()
    summit: Slug | None = None
    basics: tuple[Basic, ...]
    measures: tuple[Measure, ...] = ()
    landmarks: tuple[Landmark, ...] = ()  # names that help to read a map: seas, neighbours


def kind_of(record: type[Frozen]) -> Kind:
    """The kind that a class of records belongs to."""
    kind: Kind = sys.modules[record.__module__].KIND
    return kind


def plural_of(record: type[Record]) -> str:
    """The plural name of the kind that a class of records belongs to: the name of its module."""
    return record.__module__.rpartition(".")[2]


LABELS = ("short_name", "name", "title", "label")  # fields that say what a record is called, the first that it has


def label(record: Record) -> Text:
    """What a record is called."""
    for field in LABELS:
        named = getattr(record, field, None)
        if isinstance(named, Text):
            return named
    return same(record.id)
