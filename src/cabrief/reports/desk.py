"""What reports share: from facts to cells with their evidence, and from sections to a whole document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cabrief.document import Bullets, Cell, Citation, Document, Paragraph, Section, State, cells
from cabrief.language.dates import date_text, has_begun, years_since
from cabrief.language.text import Text, join, same, sentence, template, unstopped
from cabrief.model.concerns import concerned
from cabrief.model.happened import event_sentence, event_status, with_status
from cabrief.model.kinds.actors import Actor
from cabrief.model.kinds.commitments import Commitment
from cabrief.model.kinds.disputes import Dispute
from cabrief.model.kinds.events import Event
from cabrief.model.kinds.organisations import Organisation
from cabrief.model.kinds.people import Person
from cabrief.model.kinds.projects import Project
from cabrief.model.kinds.sources import Source
from cabrief.model.kinds.statements import Statement
from cabrief.model.kinds.treaties import Treaty
from cabrief.model.promises import outcomes_text, promise_fate
from cabrief.model.record import UNKNOWN, Assertion, Fact, Record, Ref, Value, label
from cabrief.model.searches import beside_search, summary_or_told, unsearched
from cabrief.reports.credits import PLANNED, credited, speaks_for_itself, tells_who_says_it
from cabrief.reports.noting import as_citations, dispute_note, dispute_refs, row_refs, said_of_layers
from cabrief.store.base import Base

NOT_BEGUN = {"planned": PLANNED, "unknown": Text("state not known", "状況不明")}  # of a project
HELD_HERE = Text("held here", "本書の立場")
UNKNOWN_CELL = Cell(text=UNKNOWN, state="unknown")
IN_SHORT = Text("In short", "要点")
NOTHING = Text("Nothing on record.", "記録なし。")


class Desk:
    """A fact base as of an ISO day, and what was looked up in it for the report at hand.

    Ids that are passed to it must exist.
    """

    def __init__(self, base: Base, as_of: str, countries: Sequence[str] = ()) -> None:
        self.base, self.as_of = base, as_of
        self.disputed, self.overlaid = base.disputed(), base.overlaid()
        self._notes: dict[str, list[Dispute]] = {}
        self._names: dict[str, Text] = {}
        self._cards: dict[str, Any] = {}
        self._concerned: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        self._views: dict[Text, dict[str, None]] = {}
        self._actors: frozenset[str] | None = None
        self._countries = frozenset(base.pack.countries)
        self.by_day = base.by_day(as_of)
        # whose outcomes and disputes count, where all is about one country
        self.country = countries[0] if len(countries) == 1 else ""

    def find(self, *kinds: type[Record], **links: str | tuple[str, ...]) -> list[Any]:
        """Records as `Base.find` gives them, without what could not be told by the day of the report."""
        found = self.base.find(*kinds, by_day=self.as_of, **links)
        return [beside_search(each, self.as_of, self.card) for each in found]

    def classes(self, *kinds: type[Record], **links: str | tuple[str, ...]) -> dict[str, type[Record]]:
        """Ids and classes as `Base.classes` gives them, without what could not be told by the day of the report."""
        return self.base.classes(*kinds, by_day=self.as_of, **links)

    def name(self, id_: str) -> Text:
        """What a record is called."""
        if id_ not in self._names:
            self._names[id_] = self.base.name(id_)
        return self._names[id_]

    def names(self, ids: Iterable[str]) -> Text:
        """What records are called, in a row: `Aru, Bela` and `アル、ベラ`."""
        return join([self.name(id_) for id_ in ids])

    def card(self, id_: str) -> Any:
        """Source card by its id, or None for what is no source."""
        if id_ not in self._cards:
            self._cards[id_] = self.base.get(id_)
        return self._cards[id_]

    def disputes(self, id_: str, country: str = "") -> tuple[str, ...]:
        """Ids of the disputes about a record, or one value of it (`id.value`), that concern a country: this, or the report's."""
        whole, country = id_.partition(".")[0], country or self.country
        if whole not in self.disputed:
            return ()
        if whole not in self._notes:
            self._notes[whole] = self.find(Dispute, about=whole)
        return tuple(
            d.id
            for d in self._notes[whole]
            if ("." not in id_ or d.about in (id_, whole))
            and (not country or not d.countries or country in d.countries)
        )

    def topics(self, record: Any) -> tuple[str, ...]:
        """Topics of a record: a treaty has those of its type as well, a statement its theme, a project its sector."""
        records = (record, self.card(record.type)) if isinstance(record, Treaty) else (record,)
        own = (getattr(record, "theme", None), getattr(record, "sector", None))
        named = (id_ for each in records for id_ in getattr(each, "topics", None) or ())
        return tuple(dict.fromkeys((*named, *(id_ for id_ in own if id_))))

    def short(self, source: str) -> Text:
        """How a source is named in passing."""
        card = self.card(source)
        return (card.short or card.publisher) if isinstance(card, Source) else same(source)

    def view_of(self, refs: Iterable[Ref]) -> Text:
        """That something is the judgement of its sources; whose, is kept for the captions of tables."""
        sources = tuple(dict.fromkeys(ref.source for ref in refs))
        names = dict.fromkeys(self.short(source) for source in sources)
        text = template("view of {s}", "{s}の見方", s=join(list(names)))
        self._views.setdefault(text, {}).update(dict.fromkeys(sources))
        return text

    def quoted_by(self, refs: Sequence[Ref]) -> Text:
        """That something was said by somebody whom its first source quotes."""
        return template("as quoted by {s}", "{s}による引用", s=self.short(refs[0].source))

    def whose(self, record: Record, said: Assertion) -> Text | None:
        """Whose an assertion of a record is, where it is not simply reported."""
        if isinstance(record, Dispute):
            return HELD_HERE
        if isinstance(record, Fact) and said.id == record.id:
            return self.by(record)
        if said.nature == "judgement":
            return self.view_of(said.refs)
        if said.nature == "statement" and said.refs:
            return self.quoted_by(said.refs)
        return PLANNED if said.nature == "plan" else None

    def by(self, fact: Fact, words: Text | None = None) -> Text | None:
        """Whose a fact is, where it is not simply reported, and the words that are printed, or its sentence, do not say so."""
        if isinstance(fact, Project) and fact.nature == "reported" and fact.status in NOT_BEGUN:
            return NOT_BEGUN[fact.status]
        if not self.has_begun(fact) and fact.nature == "reported" and not isinstance(fact, (Event, Commitment)):
            return PLANNED
        if fact.nature == "plan":
            told = isinstance(fact, Commitment) or getattr(fact, "aspect", "") == "outlook"
            told |= isinstance(fact, Project) and fact.status in ("ongoing", "completed")
            told |= isinstance(fact, Event) and event_status(fact, self.by_day) != "planned"
            return None if told else PLANNED
        if fact.nature == "judgement":
            return self.view_of(fact.refs)
        if fact.nature == "statement":
            who = [fact.speaker] if isinstance(fact, Statement) else fact.people
            if who and tells_who_says_it(words or fact.text, (self.name(id_) for id_ in who)):
                return None  # the sentence names its speaker
            if who:
                return template("said by {w}", "{w}の発言", w=self.names(who))
            if fact.refs and not speaks_for_itself(words or fact.text, self.short(fact.refs[0].source)):
                return self.quoted_by(fact.refs)
        return None

    def has_begun(self, fact: Fact) -> bool:
        """Whether the first day that the date of a fact may mean has come; a fact without a date lies nowhere ahead."""
        return not fact.date or has_begun(fact.date, self.as_of)

    def cell(self, fact: Fact, text: Text | None = None, *, signed: bool = False) -> Cell:
        """A fact as a cell: its sentence unless other words are given; an event that lies ahead is only planned.

        Words that are `signed` say themselves whose they are, as `said` gives them.
        """
        if isinstance(fact, Event) or (text is None and not isinstance(fact, Commitment)):
            text = self.told(fact)
        if isinstance(fact, Commitment) and text is None:
            text, signed = self._promised(fact), True
        by = self.by(fact, self.shortly(fact) if signed else text)
        return Cell(
            text=text or fact.text,
            id=fact.id,
            by=None if signed else by,
            credited=by if signed else None,
            refs=self.refs(fact),
            disputes=self.disputes(fact.id),
        )

    def said(self, fact: Fact, words: Text) -> Text:
        """Words on a fact with whose they are behind them, where something of another's is to follow."""
        by = self.by(fact, words)
        return template("{w} ({b})", "{w}（{b}）", w=unstopped(words), b=by) if by else words

    def refs(self, fact: Fact) -> tuple[Ref, ...]:
        """What a fact rests on; of a promise, what became of it as well."""
        if not isinstance(fact, Commitment) or not fact.outcomes:
            return fact.refs
        outcomes = promise_fate(fact, self.by_day).outcomes
        return tuple(dict.fromkeys((*fact.refs, *(ref for outcome in outcomes for ref in outcome.refs))))

    def shortly(self, fact: Fact) -> Text:
        """A fact in the fewest words that it has; an event never in words of a later day."""
        told = self.told(fact)
        short = summary_or_told(fact.summary, fact.text, told)
        return with_status(short, fact, self.by_day) if isinstance(fact, Event) and short is not told else short

    def told(self, fact: Fact) -> Text:
        """The sentence of a fact, never one of a later day: an event's as `event_sentence` gives it, or a name alone."""
        if isinstance(fact, Event):
            return event_sentence(fact, self.by_day)
        text = unsearched(fact.text, self.as_of)
        younger = isinstance(fact, Person) and self.by_day.is_younger(text.en, fact.refs)
        if isinstance(fact, (Actor, Organisation)):
            from cabrief.model.known import Known

            younger = Known(self.base).sentence(fact) > self.as_of
        return label(fact) if younger else text

    def _promised(self, fact: Commitment) -> Text:
        """A commitment with its date and what became of it, where either is known."""
        parts = [template("due {d}", "期限{d}", d=date_text(fact.due))] if fact.due else []
        if (fate := promise_fate(fact, self.by_day)).results or fate.status != "open":
            parts.append(outcomes_text(fact, self.by_day, self.name, self.country))
        told = self.said(fact, unsearched(fact.text, self.as_of))
        if not parts:
            return told
        whole = Text(f"{told.en.rstrip('.')}.", f"{told.ja.rstrip('。')}。")
        return template("{t} {p}", "{t}{p}", t=whole, p=sentence(join(parts, "; ", "、")))

    def concerned(self, record: Record) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Ids of the region's countries that a record concerns, in whatever role it names them; and of the powers."""
        if record.id not in self._concerned:
            self._concerned[record.id] = self.sorted_out(concerned(record))
        return self._concerned[record.id]

    def sorted_out(self, ids: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The countries of the region among ids, and the powers among them, each in the order given."""
        if self._actors is None:
            self._actors = frozenset(self.base.ids(Actor))
        return tuple(id_ for id_ in ids if id_ in self._countries), tuple(id_ for id_ in ids if id_ in self._actors)

    def value(self, id_: str, value: Value | None, fresh_years: int | None = None) -> Cell:
        """A value that stands alone; one that is missing is unknown, one older than a reader expects is said to be so."""
        days = (value.as_of, value.looked if value.value is None else None) if value else ()
        if value is None:
            return Cell(text=Text("unknown", "不明"), state="unknown", id=id_)
        younger = self.by_day.is_younger(value.as_words().en, value.refs)
        if younger or any(day and not has_begun(day, self.as_of) for day in days):  # nobody looked for an older one
            return Cell(text=same("—"), state="unknown", id=id_)
        state: State = "unknown" if value.value is None else "no" if value.value is False else "value"
        text = value.as_words()
        if fresh_years and value.as_of and (years := years_since(value.as_of, self.as_of)) >= fresh_years:
            old = template("{n} years old", "{n}年前の値", n=years) if years > 1 else Text("a year old", "1年前の値")
            text = template("{t} – {o}", "{t}・{o}", t=text, o=old)
        return Cell(text=text, state=state, id=id_, refs=value.refs, disputes=self.disputes(id_))

    def bullets(self, facts: Iterable[Fact]) -> Bullets:
        """Facts under each other."""
        return Bullets(items=tuple(self.cell(fact) for fact in facts))

    def points(self, statements: Iterable[Statement], *, short: bool = False) -> Bullets:
        """Statements under their speaker: who said it stands above, what it asks or proposes behind, unless it says so."""
        kinds = (("asks", Text("asks", "要望")), ("proposes", Text("proposes", "提案")))
        items = []
        for each in statements:
            text = self.shortly(each) if short else self.told(each)
            marks = [m for name, m in kinds if getattr(each, name) and not re.search(rf"\b{m.en[:-1]}", text.en)]
            items.append(self.cell(each, text).but(by=join(marks) if marks else None))
        return Bullets(items=tuple(items))

    def _credit(self, by: Text) -> Text | None:
        """Sources of a judgement with their dates, by what cells say of them; None for what is no judgement."""
        names = []
        for source in self._views.get(by, ()):
            card, name = self.card(source), self.short(source)
            dated = getattr(card, "published", None)
            names.append(template("{n}, {d}", "{n}（{d}）", n=name, d=date_text(dated)) if dated else name)
        return join(names, " and ", "、") if names else None

    def cited(self, refs: Iterable[Ref]) -> dict[str, Citation]:
        """The sources of references, as notes name them."""
        return as_citations(self.base, (ref.source for ref in refs))

    def _layers_of(self, stated: Iterable[Cell], rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
        """The layers of the records that cells and rows are about, of those that are not the pack's own."""
        if not self.overlaid:
            return {}
        named = [id_.partition(".")[0] for cell in stated for id_ in (cell.id, *cell.more)]
        named += [str(row.get(key)).partition(".")[0] for row in rows for key in ("id", "predecessor")]
        return {id_: over for id_ in dict.fromkeys(named) if (over := self.overlaid.get(id_))}

    def _contested(self, fields: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
        """Rows with the disputes about each, where the list has a field for them and the row does not name them itself."""
        if "disputes" not in fields:
            return tuple(rows)
        full = (row if "disputes" in row else {**row, "disputes": self.disputes(row["id"])} for row in rows)
        return tuple({field: row[field] for field in fields} for row in full)

    def document(
        self,
        title: Text,
        sections: Iterable[Section],
        fields: tuple[str, ...] = (),
        rows: Iterable[Mapping[str, Any]] | None = None,
        *,
        left_out: Text | None = None,
        subjects: tuple[str, ...] = (),
    ) -> Document:
        """Put the sections together with every source and dispute that they touch.

        A report of one page says what it leaves out; its notes name the best source alone.
        """
        over = self.base.layers_over()
        kept = tuple(credited(part, self._credit) for part in (*sections, *said_of_layers(over)))
        all_cells = list(cells(kept))
        kept_rows = self._contested(fields, rows) if rows is not None else None
        about = {d.id: d for found in self._notes.values() for d in found}
        named = [*(cell.disputes for cell in all_cells), *(row.get("disputes", ()) for row in kept_rows or ())]
        disputes = [about[id_] for id_ in dict.fromkeys(id_ for ids in named for id_ in ids)]
        refs = [ref for cell in all_cells for ref in cell.refs]
        refs += [ref for d in disputes for ref in dispute_refs(d)]
        refs += [ref for row in kept_rows or () for ref in row_refs(row)]
        return Document(
            title=title,
            as_of=self.as_of,
            sections=kept,
            fields=fields,
            rows=kept_rows,
            citations=self.cited(refs),
            notes={d.id: dispute_note(d, self.overlaid.get(d.id, "")) for d in disputes},
            layers=self._layers_of(all_cells, kept_rows or ()),
            laid_over=over,
            page=left_out is not None,
            left_out=left_out,
            subjects=subjects,
        )


def section(title: Text | None, *blocks: Any, sections: Iterable[Section] = ()) -> Section:
    """A section without its empty blocks; it says so when nothing is left. Untitled, it goes on with the one above."""
    kept = tuple(block for block in blocks if _filled(block))
    inner = tuple(sections)
    return Section(title=title, blocks=kept or (() if inner else (Paragraph(text=NOTHING),)), sections=inner)


def filled(*sections: Section) -> list[Section]:
    """The sections that say anything."""
    empty = (Paragraph(text=NOTHING),)
    return [part for part in sections if part.sections or (part.blocks and part.blocks != empty)]


def _filled(block: Any) -> bool:
    return isinstance(block, Paragraph) or any(getattr(block, name, None) for name in ("items", "rows", "moments"))


def plain(text: Text | str) -> Cell:
    """A cell of the report's own words: a label, an id, a date."""
    return Cell(text=text if isinstance(text, Text) else same(text))
