"""What a fact is: one frozen class per kind, as the fact files spell it.

A fact file maps the plural names in `KINDS` to lists of records. The classes say what each record may hold; `rules` says
what a value must look like where its type alone does not. Whoever validates asks the rules (`schema`); readers never do.
"""

from __future__ import annotations  # readers never evaluate these annotations; whoever validates does

from collections.abc import Iterator
from typing import Any, Literal

from cabrief import values
from cabrief.rules import (
    AnyValue,
    Both,
    Count,
    Date,
    FileName,
    Flag,
    Name,
    Number,
    Path,
    Phrase,
    Quantity,
    Slug,
    Unit,
    Url,
    Words,
)
from cabrief.text import Text, amount_text, date_text, join, same, template

Nature = Literal["reported", "judgement", "statement", "plan"]
Stage = Literal[
    "unknown", "none", "preliminary-talks", "negotiating", "agreed-in-principle",
    "signed", "ratified", "in-force", "applies", "terminated",
]  # fmt: skip
Aspect = Literal[
    "policy", "dependency", "constraint", "resource", "motive", "aim", "means", "corridor-role", "strength", "limit",
    "significance", "cooperation", "risk", "challenge", "recommendation", "outlook", "background", "assessment",
    "definition",
]  # fmt: skip
Weight = Literal["high", "medium", "low"]
OWNED_ASPECTS = frozenset(
    (
        "policy",
        "dependency",
        "constraint",
        "resource",
        "motive",
        "aim",
        "means",
        "corridor-role",
        "strength",
        "limit",
    )
)


class Ref(values.Value):
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


class Value(values.Value):
    """A value that stands alone: a capital, a population with its year. `value: unknown` is said, never left out."""

    value: AnyValue
    unit: Unit | None = None
    as_of: Date | None = None
    estimate: Flag = False
    note: Both | None = None
    looked: Date | None = None
    refs: tuple[Ref, ...] = ()


class Step(values.Value):
    """A dated step in the life of a treaty."""

    stage: Stage
    date: Date
    place: Both | None = None
    note: Both | None = None
    refs: tuple[Ref, ...] = ()


class NextStep(values.Value):
    """What is under way behind a treaty's status, where the dates cannot tell it."""

    text: Both
    nature: Nature = "reported"
    as_of: Date | None = None
    refs: tuple[Ref, ...] = ()


class Member(values.Value):
    """A country's or a power's standing in an organisation."""

    of: Slug
    role: Literal["member", "associate", "observer", "party", "none"]
    as_of: Date | None = None
    note: Both | None = None
    refs: tuple[Ref, ...]


class Amount(values.Value):
    """A sum or a quantity."""

    value: Number
    unit: Unit


class Outcome(values.Value):
    """What became of a commitment by a date, with the evidence of it."""

    date: Date
    status: Literal["open", "kept", "partly", "missed", "unknown"]
    text: Both
    refs: tuple[Ref, ...] = ()


class Claim(values.Value):
    """What a source says otherwise than we hold."""

    says: Both
    refs: tuple[Ref, ...]


class Record(values.Value):
    """Whatever has an id."""

    id: Slug
    overrides: Flag = False


class Source(Record):
    """A card: what a document or page is, who made it and when, never its text."""

    title: Name
    publisher: Name
    short: Name | None = None
    author: Name | None = None
    published: Date | None = None
    language: Words
    kind: Literal["analysis", "news", "official", "reference", "law", "company", "data"]
    trust: Both | None = None
    document: FileName | None = None
    sha256: Words | None = None
    lines: Count | None = None
    url: Url | None = None
    retrieved: Date | None = None
    rank: Literal["official", "first-rate", "other"] | None = None
    seen: Literal["page", "excerpt"] | None = None


class Topic(Record):
    """A subject that facts can be about."""

    name: Name
    aliases: tuple[Words, ...] = ()
    text: Both | None = None


class TreatyType(Record):
    """A row of the treaty table."""

    name: Name
    aliases: tuple[Words, ...] = ()
    topics: tuple[Slug, ...] = ()
    text: Both | None = None


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


class Country(Record):
    """A country of the region. Its basics are keyed by the pack's list of them."""

    name: Name
    codes: tuple[Words, ...] = ()
    aliases: tuple[Words, ...] = ()
    basics: dict[Slug, Value]


class Actor(Fact):
    """A power from outside the region, or the host itself."""

    name: Name
    aliases: tuple[Words, ...] = ()


Office = Literal[
    "head-of-state", "head-of-government", "foreign-minister", "trade-minister", "speaker", "special-envoy",
    "ambassador-to-host", "ambassador-from-host",
]  # fmt: skip


class Person(Fact):
    """Somebody with a name and a role as of a date."""

    name: Name
    aliases: tuple[Words, ...] = ()
    role: Both
    institution: Name | None = None
    of: Slug | None = None
    office: Office | None = None
    since: Date | None = None
    until: Date | None = None


class Organisation(Fact):
    """A body, and who belongs to it."""

    name: Name
    abbreviation: Words | None = None
    aliases: tuple[Words, ...] = ()
    members: tuple[Member, ...] = ()


EventType = Literal[
    "summit", "foreign-ministers", "dialogue", "bilateral", "visit", "forum", "conference", "lecture", "meeting",
    "signing", "launch", "history", "flight",
]  # fmt: skip


class Event(Fact):
    """Something that happened, was to happen or will."""

    title: Both
    type: EventType
    place: Both | None = None
    host: Slug | None = None
    series: Slug | None = None
    status: Literal["held", "planned", "postponed", "cancelled", "unknown"] = "held"


class Agreement(Fact):
    """A declaration, initiative or statement that is no treaty; what it says are facts that name it."""

    title: Both
    aliases: tuple[Words, ...] = ()
    type: Literal[
        "declaration",
        "initiative",
        "joint-statement",
        "press-release",
        "programme",
        "memorandum",
        "partnership",
    ]
    parties: tuple[Slug, ...] = ()


class Treaty(Record):
    """An agreement under international law. Its status on a date follows from its steps and is never written down."""

    type: Slug
    countries: tuple[Slug, ...]
    name: Name | None = None
    short_name: Name
    replaces: Slug | None = None
    succession: Flag = False
    succession_from: Date | None = None  # when the countries became states of their own
    steps: tuple[Step, ...]
    next_step: NextStep | None = None
    topics: tuple[Slug, ...] = ()


class Commitment(Fact):
    """What somebody promised, or set as a target."""

    by: tuple[Slug, ...]
    to: tuple[Slug, ...] = ()
    firmness: Literal["treaty", "political-declaration", "target", "intention"]
    due: Date | None = None
    amount: Amount | None = None
    outcomes: tuple[Outcome, ...] = ()


class Project(Fact):
    """Work on the ground."""

    name: Name
    status: Literal["planned", "signed", "ongoing", "completed", "unknown"] = "unknown"
    started: Date | None = None
    partners: tuple[Name, ...] = ()
    sector: Slug | None = None
    amount: Amount | None = None


class Route(Fact):
    """A transport route, with the names it goes by."""

    name: Name
    aliases: tuple[Words, ...] = ()


class Statement(Fact):
    """One point that a person made at an event."""

    nature: Nature = "statement"
    speaker: Slug
    theme: Slug | None = None
    asks: Flag = False
    proposes: Flag = False


class Figure(Fact):
    """A number with its unit and its year, or `unknown` with the day on which it was looked for."""

    label: Both
    value: Quantity
    unit: Unit
    measure: Slug | None = None  # a row of the pack's tables of figures
    looked: Date | None = None
    approximate: Flag = False
    bound: Literal["at-least", "more-than", "at-most"] | None = None


class Note(Fact):
    """A policy, dependency, motive, risk, recommendation …: `of` says whose."""

    aspect: Aspect
    of: tuple[Slug, ...] = ()


class Dispute(Record):
    """Where a source errs, is outdated or contradicts another: what we hold, who says otherwise, and why we hold it."""

    about: Path
    category: Literal["error", "outdated", "disagreement", "wording"]
    weight: Weight
    summary: Both | None = None
    countries: tuple[Slug, ...] = ()  # where it is about a treaty with several, those that it concerns
    held: Both
    others: tuple[Claim, ...]
    reason: Both
    refs: tuple[Ref, ...]


KINDS: dict[str, type[Record]] = {
    "sources": Source, "topics": Topic, "treaty_types": TreatyType, "countries": Country, "actors": Actor,
    "people": Person, "organisations": Organisation, "events": Event, "agreements": Agreement, "treaties": Treaty,
    "commitments": Commitment, "projects": Project, "routes": Route, "statements": Statement, "figures": Figure,
    "notes": Note, "disputes": Dispute,
}  # fmt: skip
NAME_OF = {cls: plural for plural, cls in KINDS.items()}
SINGULAR = {
    plural: {
        "people": "person",
        "treaty_types": "treaty-type",
        "countries": "country",
        "treaties": "treaty",
    }.get(plural, plural.removesuffix("s"))
    for plural in KINDS
}


KIND_NAMES: dict[str, Text] = {
    "source": Text("source", "出典"), "topic": Text("topic", "テーマ"), "treaty-type": Text("treaty type", "条約の種類"),
    "country": Text("country", "国"), "actor": Text("actor", "域外国・機関"), "person": Text("person", "人物"),
    "organisation": Text("organisation", "機関"), "event": Text("event", "出来事"), "agreement": Text("agreement", "文書"),
    "treaty": Text("treaty", "条約"), "commitment": Text("commitment", "約束"), "project": Text("project", "事業"),
    "route": Text("route", "経路"), "statement": Text("statement", "発言"), "figure": Text("figure", "数値"),
    "note": Text("note", "記述"), "dispute": Text("dispute", "争点"),
}  # fmt: skip


class Basic(values.Value):
    """A row at the top of every country's profile."""

    id: Slug
    label: Both
    fresh_years: Count | None = None  # how long after its date a value is what a reader expects


class Measure(values.Value):
    """A row of the tables of figures that every country's page shows."""

    id: Slug
    label: Both
    table: Literal["ties", "neighbours", "resources"]


class Pack(values.Value):
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


class Assertion(values.Value):
    """One thing that a record says, by itself: its sentence, or a value, step or membership of it."""

    id: str
    kind: str
    nature: Nature
    text: Text
    date: str | None
    refs: tuple[Ref, ...]
    path: tuple[str | int, ...]
    countries: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


STAGES: dict[str, Text] = {
    "unknown": Text("unknown", "不明"),
    "none": Text("none", "なし"),
    "preliminary-talks": Text("preliminary talks", "予備協議"),
    "negotiating": Text("negotiating", "交渉中"),
    "agreed-in-principle": Text("agreed in principle", "実質合意"),
    "signed": Text("signed", "署名済み"),
    "ratified": Text("ratified", "批准済み"),
    "in-force": Text("in force", "発効済み"),
    "in-force-by-succession": Text("in force by succession", "承継（旧条約を適用）"),
    "applies": Text("applies", "適用開始"),
    "terminated": Text("terminated", "失効・終了"),
}
ROLES: dict[str, Text] = {
    "member": Text("member", "加盟"),
    "associate": Text("associate", "準加盟"),
    "observer": Text("observer", "オブザーバー"),
    "party": Text("party", "締約国"),
    "none": Text("not a member", "非加盟"),
}
YEARS = range(1000, 2200)
YES, NO, UNKNOWN = Text("yes", "あり"), Text("no", "なし"), Text("unknown", "不明")


def value_text(value: Value) -> Text:
    """A value in words, with its year where it is a number, `est.` where it is an estimate, else the day it is as of."""
    plain = value.value
    if plain is None:
        text = UNKNOWN
    elif isinstance(plain, bool):
        text = YES if plain else NO
    elif isinstance(plain, Text):
        text = plain
    elif isinstance(plain, str) or (value.unit is None and plain in YEARS):
        text = date_text(str(plain))  # a date; four figures that count nothing are a year
    else:
        text = amount_text(plain, value.unit)
    asides = []
    if value.note:
        asides.append(value.note)
    if value.as_of:
        forms = ("{d}", "{d}") if isinstance(plain, (int, float)) else ("as of {d}", "{d}時点")
        forms = ("{d} est.", "{d}推計") if value.estimate else forms
        asides.append(template(*forms, d=date_text(value.as_of)))
    if plain is None and value.looked:
        asides.append(template("looked for on {d}", "{d}調べ", d=date_text(value.looked)))
    return template("{t} ({a})", "{t}（{a}）", t=text, a=join(asides)) if asides else text


def figure_text(figure: Figure) -> Text:
    """A figure in words: about, at least, more than; one that was looked for in vain says so."""
    if figure.value is None:
        if not figure.looked:
            return UNKNOWN
        return template("not found (searched {d})", "見つからず（{d}に検索）", d=date_text(figure.looked))
    text = amount_text(figure.value, figure.unit)
    forms = {
        "at-least": ("at least {t}", "{t}以上"),
        "more-than": ("more than {t}", "{t}超"),
        "at-most": ("at most {t}", "{t}以下"),
    }
    if figure.bound:
        text = template(*forms[figure.bound], t=text)
    return template("about {t}", "約{t}", t=text) if figure.approximate else text


def references(record: values.Value) -> Iterator[tuple[Ref, tuple[str | int, ...]]]:
    """Every reference in a record, wherever it stands, with its path."""
    for name, item in record.__dict__.items():
        kind = type(item)
        if kind is str or kind is Text or item is None or kind is bool:  # most are
            continue
        if kind is tuple:
            parts: Any = enumerate(item) if item and isinstance(item[0], values.Value) else ()
        elif kind is dict:
            parts = item.items()
        else:
            parts = ((None, item),) if isinstance(item, values.Value) else ()
        for key, part in parts:
            path = (name,) if key is None else (name, key)
            if type(part) is Ref:
                yield part, path
            else:
                yield from ((ref, (*path, *below)) for ref, below in references(part))


def label(record: Record) -> Text:
    """What a record is called."""
    for field in ("short_name", "name", "title", "label"):
        named = getattr(record, field, None)
        if isinstance(named, Text):
            return named
    return same(record.id)


def assertions(record: Record, basics: dict[str, Text] | None = None) -> Iterator[Assertion]:  # noqa: C901
    """Everything that a record says, each with its own evidence; sources, topics and treaty types say nothing."""
    kind = SINGULAR[NAME_OF[type(record)]]

    def part(name: str, text: Text, path: tuple[str | int, ...], **more: Any) -> Assertion:
        return Assertion(id=f"{record.id}.{name}", kind=kind, text=text, path=path, **{"nature": "reported", **more})

    if isinstance(record, Fact):
        of = getattr(record, "of", ()) or ()
        yield Assertion(
            id=record.id, kind=kind, nature=record.nature, text=record.text, date=record.date or record.as_of,
            refs=record.refs, path=(), countries=record.countries, topics=record.topics,
            actors=tuple(dict.fromkeys((*record.actors, *((of,) if isinstance(of, str) else of)))),
        )  # fmt: skip
    if isinstance(record, Organisation):
        for i, member in enumerate(record.members):
            words = template("{o}: {r}", "{o}：{r}", o=record.name, r=ROLES[member.role])
            yield part(member.of, words, ("members", i), date=member.as_of, refs=member.refs, countries=(member.of,))
    elif isinstance(record, Commitment):
        for i, outcome in enumerate(record.outcomes):
            name = f"outcome-{i + 1}"
            yield part(
                name,
                outcome.text,
                ("outcomes", i),
                date=outcome.date,
                refs=outcome.refs,
                topics=record.topics,
            )
    elif isinstance(record, Country):
        for name, value in record.basics.items():
            words = template("{l}: {v}", "{l}：{v}", l=(basics or {}).get(name, same(name)), v=value_text(value))
            yield part(name, words, ("basics", name), date=value.as_of, refs=value.refs, countries=(record.id,))
    elif isinstance(record, Treaty):
        about: dict[str, Any] = {"countries": record.countries, "topics": record.topics}
        for i, step in enumerate(record.steps):
            words = template(
                "{t}: {s}, {d}",
                "{t}：{s}（{d}）",
                t=label(record),
                s=STAGES[step.stage],
                d=date_text(step.date),
            )
            words = template("{w} ({n})", "{w}：{n}", w=words, n=step.note) if step.note else words
            yield part(step.stage, words, ("steps", i), date=step.date, refs=step.refs, **about)
        if record.next_step:
            step_ = record.next_step
            yield part(
                "next-step",
                step_.text,
                ("next_step",),
                date=step_.as_of,
                refs=step_.refs,
                nature=step_.nature,
                **about,
            )
    elif isinstance(record, Dispute):
        yield Assertion(
            id=record.id,
            kind=kind,
            nature="judgement",
            text=record.held,
            date=None,
            refs=record.refs,
            path=(),
        )
