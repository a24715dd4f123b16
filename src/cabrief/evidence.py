"""The evidence held against the originals: every card's digest and number of lines, every phrase in its very line.

Whoever holds the founding documents names their folder; without them, everything else works.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from cabrief.checks import Entry, Facts, name
from cabrief.facts import Source, references
from cabrief.problems import Problem

SHOWN = 40  # characters of a line that a problem quotes


def read_texts(directory: Path, documents: dict[str, str]) -> dict[str, list[str]]:
    """Lines of the documents that are in a folder, by source id; `documents` gives each id's file name."""
    return {
        id_: (directory / file).read_text("utf-8").splitlines()
        for id_, file in documents.items()
        if (directory / file).is_file()
    }


def held_against(facts: Facts, directory: Path) -> Iterator[Problem]:
    """What differs between the facts and the documents in a folder."""
    cards = {entry.record.id: entry for entry in facts.entries if isinstance(entry.record, Source)}
    documents = {id_: file for id_, card in cards.items() if (file := getattr(card.record, "document", None))}
    texts = read_texts(directory, documents)
    for id_, file in documents.items():
        yield from _card(facts, cards[id_], directory / file, texts.get(id_))
    for entry in facts.entries:
        for ref, path in references(entry.record):
            text = texts.get(ref.source)
            if text is None or ref.line is None or ref.line > len(text) or ref.phrase in text[ref.line - 1]:
                continue
            there = text[ref.line - 1].strip()[:SHOWN]
            found = [str(number) for number, line in enumerate(text, start=1) if ref.phrase in line]
            words = f"{name(entry)}: {ref.phrase!r} is not in line {ref.line} of {ref.source}, which reads {there!r} …"
            hint = f"it stands in line {', '.join(found)}" if found else "it stands nowhere in the document"
            yield Problem(facts.where(entry, *path, "phrase"), "phrase-not-there", words, hint)


def _card(facts: Facts, entry: Entry, path: Path, text: list[str] | None) -> Iterator[Problem]:
    card = entry.record
    assert isinstance(card, Source)  # noqa: S101 - only sources have documents
    if text is None:
        words = f"{name(entry)}: the folder has no file {card.document!r}"
        yield Problem(facts.where(entry, "document"), "text-missing", words)
        return
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != card.sha256:
        words = f"{name(entry)}: the document has another digest than the card: {digest}"
        yield Problem(facts.where(entry, "sha256"), "text-changed", words, "is it the same edition?")
    if len(text) != card.lines:
        words = f"{name(entry)}: the document has {len(text)} lines, the card says {card.lines}"
        yield Problem(facts.where(entry, "lines"), "text-lines", words)
