"""Searching as one types: names at once, from memory; everything else when the library has it."""

from __future__ import annotations

from cabrief.browsing.questions import Question, named_cell, question
from cabrief.document import Bullets, Cell, Document, Paragraph, Section
from cabrief.errors import CabriefError
from cabrief.language.text import Text, cut, template
from cabrief.library.fact_base import FactBase
from cabrief.model.kinds import kind
from cabrief.model.names import fold

NAMED_KINDS = ("countries", "actors", "topics", "people", "treaty_types", "agreements", "events", "organisations")
MOST_AT_ONCE = 6
LEAST_INSIDE = 2  # letters of what is looked for inside a name, not only where it begins
NAMES, SEARCHING = Text("Names", "名称"), Text("Searching …", "検索中…")


class NameIndex:
    """What records that can be told by the day are called, in every spelling, with the line that leads to each."""

    def __init__(self, facts: FactBase) -> None:
        base, records = facts.base, [kind(plural).record for plural in NAMED_KINDS]
        told = (record for cls in records for record in base.find(cls, by_day=facts.as_of))
        self._cells: dict[str, Cell] = {record.id: named_cell(record) for record in told}
        self._called = [pair for cls in records for pair in base.called(cls) if pair[1] in self._cells]
        overlaid = base.overlaid()
        self._layers = {id_: over for id_ in self._cells if (over := overlaid.get(id_))}

    def like(self, typed: str) -> tuple[Cell, ...]:
        """Lines of those whose names begin with what is typed, then of those that have it inside; a few."""
        wanted = fold(typed)
        if not wanted:
            return ()
        first = [id_ for name, id_ in self._called if name.startswith(wanted)]
        inside = [id_ for name, id_ in self._called if wanted in name] if len(wanted) >= LEAST_INSIDE else []
        found = list(dict.fromkeys(first + inside))[:MOST_AT_ONCE]
        return tuple(self._cells[id_] for id_ in found)

    def at_once(self, typed: str, as_of: str) -> Document:
        """The page while the search goes on."""
        return self._page(typed, as_of, Section(title=None, blocks=(Paragraph(text=SEARCHING),)))

    def found(self, facts: FactBase, asked: Question) -> tuple[Document, tuple[Text, ...]]:
        """The page with what the library found, or with its reason for finding nothing, which is no error while one types."""
        typed = " ".join(dict(asked.arguments)["words"])
        try:
            document, notes = asked.ask(facts)
        except CabriefError as error:
            return self._page(typed, facts.as_of, Section(title=None, blocks=(Paragraph(text=error.message),))), ()
        names = self._names(typed)
        return document.but(sections=(*names, *document.sections), layers={**self._layers, **document.layers}), notes

    def _page(self, typed: str, as_of: str, *below: Section) -> Document:
        title = template("Search: {w}", "検索：{w}", w=cut(typed))
        sections = (*self._names(typed), *below)
        return Document(title=title, as_of=as_of, sections=sections, citations={}, notes={}, layers=self._layers)

    def _names(self, typed: str) -> tuple[Section, ...]:
        cells = self.like(typed)
        return (Section(title=NAMES, blocks=(Bullets(items=cells),)),) if cells else ()


def search_for(typed: str) -> Question | None:
    """The question for some words; None where none is typed."""
    words = tuple(typed.split())
    return question("search", words=words) if words else None
