"""What the search of a site looks through: entries in scripts that a page loads from its own folder."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from cabrief.document import Bullets, Cell, Document, Section, layer
from cabrief.formats.notes import QUIET, contested, is_quiet
from cabrief.language.text import EMPTY, Text, clean, escaped, template
from cabrief.model.kinds import by_singular, kind
from cabrief.model.record import Record, kind_of, label
from cabrief.reports.desk import Desk
from cabrief.reports.facts import told
from cabrief.store.base import Base

ENTRIES_OF_A_SCRIPT = 2000
Hit = list[str]  # path, kind in both languages, words in both languages, other names


def search_entries(base: Base, as_of: str, places: dict[str, str], named: Sequence[Record]) -> Iterator[Hit]:
    """What has a page of its own, by all its names; then every fact, by its sentence."""
    desk = Desk(base, as_of)
    titles = [Cell(text=_words(record), id=record.id) for record in named]
    rows = [row for row in told(desk) if row["id"] in places]
    made = [Cell(text=row["text"], id=row["id"], by=row["by"], disputes=desk.disputes(row["id"])) for row in rows]
    document = desk.document(EMPTY, [Section(title=None, blocks=(Bullets(items=(*titles, *made)),))])
    for record, cell in zip(named, titles, strict=True):
        names = [name for name in record.called() if name not in label(record)] if kind_of(type(record)).named else []
        others = dict.fromkeys((record.id, *names))
        yield _entry(places[record.id], kind_of(type(record)).name, _signed(document, cell), others)
    for row, cell in zip(rows, made, strict=True):
        yield _entry(places[row["id"]], kind(by_singular()[row["kind"]]).name, _signed(document, cell), [row["id"]])


def scripts(found: Iterable[Hit]) -> Iterator[tuple[str, bytes]]:
    """Entries as scripts of some size, by their paths."""
    every = list(found)
    for number, at in enumerate(range(0, len(every), ENTRIES_OF_A_SCRIPT), start=1):
        lines = ",\n".join(json.dumps(each, ensure_ascii=False) for each in every[at : at + ENTRIES_OF_A_SCRIPT])
        yield f"search/{number}.js", escaped(f"cabriefFound([\n{lines}\n]);\n").encode()


def _signed(document: Document, cell: Cell) -> Text:
    """The words of a cell, whose they are, the layer that they come from, and what is contested of them."""
    words = template("{w} ({b})", "{w}（{b}）", w=cell.text, b=cell.by) if cell.by else cell.text
    if over := layer(document, cell):
        words = template("{w} [{o}]", "{w}[{o}]", w=words, o=over)
    if what := contested(document, cell):
        return template("{w} ({c})", "{w}（{c}）", w=words, c=what)
    return template("{w}{q}", "{w}{q}", w=words, q=QUIET) if is_quiet(document, cell) else words


def _words(record: Record) -> Text:
    held = getattr(record, "summary", None) or getattr(record, "held", None)
    return held if held and not kind_of(type(record)).named else label(record)


def _entry(path: str, what: Text, words: Text, others: Iterable[str]) -> Hit:
    return [path, *(clean(each) for each in (*what, *words, " ".join(others)))]
