"""A question to the library as a value: it can be asked again on another day, in full, or on the way back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from cabrief.document import Block, Bullets, Cell, Document, Pairs, Section, Table
from cabrief.language.text import Text, template
from cabrief.library.fact_base import FactBase
from cabrief.model.record import Record, Ref, kind_of, label, plural_of
from cabrief.reports.desk import Desk

WHOLE = {
    "brief": "full",
    "country": "full",
    "actors": "full",
    "voices": "full",
    "facts": "full",
    "sources": "full",
    "disputes": "full",
    "timeline": "all",
    "search": "all",
}  # methods of the library that can tell everything, and the argument that asks for it
PAGES = ("countries", "actors", "topics", "events", "agreements")  # kinds of which each record has a page
LEADS_TO = Text("From here", "関連ページ")


class Question(NamedTuple):
    """A method of the library with its arguments; `whole` asks for everything on record where the method can tell it."""

    method: str
    arguments: tuple[tuple[str, Any], ...] = ()
    whole: bool = False

    @property
    def has_whole(self) -> bool:
        """Whether there is a longer form."""
        return self.method in WHOLE

    def turned(self) -> Question:
        """The same question, short if it was long and long if it was short."""
        return self._replace(whole=not self.whole)

    def ask(self, facts: FactBase) -> tuple[Document, tuple[Text, ...]]:
        """The answer, and what its reader should know of the names that were made out; raises CabriefError."""
        more = {WHOLE[self.method]: True} if self.whole and self.has_whole else {}
        report = getattr(facts, self.method)(**dict(self.arguments), **more)
        document: Document = report.document
        if self.method == "why":
            document = _with_ways(document, facts, dict(self.arguments)["fact"])
        elif self.method == "search":
            document = _hits(document)
        return document, report.notes


def question(method: str, **arguments: Any) -> Question:
    """A question with arguments as the library's method of that name takes them."""
    return Question(method, tuple(arguments.items()))


def evidence_of(facts: FactBase, ids: tuple[str, ...]) -> Question | None:
    """The question for the evidence of a line that states some things; None where none of them can be asked about."""
    known = tuple(dict.fromkeys(id_ for id_ in ids if id_ in facts))
    return question("why", fact=known) if known else None


def leading_to(facts: FactBase, ids: tuple[str, ...]) -> Question | None:
    """Where a line leads: to the page of the first thing that it states, or to its evidence where that has no page."""
    for id_ in ids:
        record = facts.base.get(id_)
        if record is None:
            continue
        plural = plural_of(type(record))
        if plural == "countries":
            return question("country", name=id_)
        if plural == "actors":
            return question("actors", names=id_)
        if plural in PAGES:
            return question("brief", subject=id_)
        if plural == "sources":
            return question("sources", id=id_)
        if plural == "treaty_types":
            return question("treaties", type=id_)
        if plural == "people" and facts.voices(speaker=id_).rows:
            return question("voices", speaker=id_)
        break
    return evidence_of(facts, ids)


def named_cell(record: Record) -> Cell:
    """A line that leads to a record: its name and kind."""
    words = template("{l} ({k})", "{l}（{k}）", l=label(record), k=kind_of(type(record)).name)
    return Cell(text=words, id=record.id)


def _with_ways(document: Document, facts: FactBase, ids: tuple[str, ...]) -> Document:
    """The evidence of a line, and below it the pages that it leads to; each statement has its sources, as elsewhere."""
    rests = {said.id: said.refs for id_ in ids for said in _record(facts, id_).assertions(facts.base.basics())}
    cited = Desk(facts.base, facts.as_of).cited(ref for refs in rests.values() for ref in refs)
    sections = tuple(_resting(part, rests) for part in document.sections)
    document = document.but(sections=sections, citations={**cited, **document.citations})
    found = dict.fromkeys(_concerned(facts, ids))
    records = [record for id_ in found if (record := facts.base.get(id_)) is not None]
    cells = tuple(named_cell(record) for record in records)
    if not cells:
        return document
    ways = Section(title=LEADS_TO, blocks=(Bullets(items=cells),))
    overlaid = facts.base.overlaid()
    layers = {**document.layers, **{id_: over for id_ in found if (over := overlaid.get(id_))}}
    return document.but(sections=(*document.sections, ways), layers=layers)


def _record(facts: FactBase, id_: str) -> Any:
    return facts.base.get(id_.partition(".")[0])


def _resting(part: Section, rests: Mapping[str, tuple[Ref, ...]]) -> Section:
    """A section whose statements have the references that stand below them."""
    blocks: list[Block] = []
    for block in part.blocks:
        if isinstance(block, Pairs):
            items = ((label, cell.but(refs=cell.refs or rests.get(cell.id, ()))) for label, cell in block.items)
            blocks.append(Pairs(items=tuple(items)))
        else:
            blocks.append(block)
    inside = tuple(_resting(each, rests) for each in part.sections)
    return part.but(blocks=tuple(blocks), sections=inside)


def _concerned(facts: FactBase, ids: tuple[str, ...]) -> Iterator[str]:
    """Ids of what some records name and what has a page; the sources stand above, with the evidence."""
    for id_ in ids:
        record = _record(facts, id_)
        for named in (record.id, *record.named_ids()):
            target = facts.base.get(named)
            if target is not None and plural_of(type(target)) in PAGES:
                yield named


def _hits(document: Document) -> Document:
    """The hits of a search as a list, each with its kind before it: a table of sentences is too wide for half a screen."""
    sections = []
    for part in document.sections:
        blocks: list[Block] = []
        for block in part.blocks:
            if isinstance(block, Table):
                items = (
                    what.but(text=template("{k} · {w}", "{k} · {w}", w=what.text, k=kind.text))
                    for what, kind, _ in block.rows
                )
                blocks.append(Bullets(items=tuple(items)))
            else:
                blocks.append(block)
        sections.append(part.but(blocks=tuple(blocks)))
    return document.but(sections=tuple(sections))
