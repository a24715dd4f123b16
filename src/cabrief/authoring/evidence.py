"""The evidence held against the originals: every card's digest and number of lines, every phrase in its very line.

Whoever holds the founding documents names their folder; without them, everything else works.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from cabrief.language.text import Text, join, quoted, same, template
from cabrief.model.kinds.sources import Source
from cabrief.model.record import references
from cabrief.problems.problem import Problem
from cabrief.reading.loaded import Entry, Loaded, words_on

MOST_DOCUMENT_BYTES = 20_000_000  # of a document
SHOWN = 40  # characters of a line that a problem quotes


def read_texts(directory: Path, documents: dict[str, str]) -> dict[str, list[str]]:
    """Lines of the documents that are in a folder, by source id; `documents` gives each id's file name."""
    return {
        id_: _whole(directory / file).decode("utf-8", "replace").splitlines()
        for id_, file in documents.items()
        if (directory / file).is_file() and (directory / file).resolve().is_relative_to(directory.resolve())
    }


def _whole(file: Path) -> bytes:
    """A document; of one that is far too large to be one, the beginning, whose digest then differs."""
    with file.open("rb") as opened:
        return opened.read(MOST_DOCUMENT_BYTES)


def held_against(loaded: Loaded, directory: Path) -> Iterator[Problem]:
    """What differs between the facts and the documents in a folder."""
    cards = {entry.record.id: entry for entry in loaded.entries if isinstance(entry.record, Source)}
    documents = {id_: file for id_, card in cards.items() if (file := getattr(card.record, "document", None))}
    texts = read_texts(directory, documents)
    held = {cards[id_].layer for id_ in texts}
    own = {card.layer for card in cards.values()} - {loaded.pack_layer} or {loaded.pack_layer}
    for id_, file in documents.items():
        if id_ in texts or cards[id_].layer in held | own:  # who lays facts over a pack need not hold its originals
            yield from _card(loaded, cards[id_], directory / file, texts.get(id_))
    for entry in loaded.entries:
        for ref, path in references(entry.record):
            text = texts.get(ref.source)
            if text is None or ref.line is None or ref.line > len(text) or ref.phrase in text[ref.line - 1]:
                continue
            there = text[ref.line - 1].strip()[:SHOWN]
            found = [same(str(number)) for number, line in enumerate(text, start=1) if ref.phrase in line]
            en = "{phrase} is not in line {line} of {id}, which reads {there} …"
            ja = "{id}の{line}行目に{phrase}はない。そこにあるのは{there}…"
            told = {"phrase": quoted(ref.phrase), "there": quoted(there)}
            words = words_on(entry, en, ja, line=ref.line, id=ref.source, **told)
            place = loaded.where(entry, *path, "phrase")
            if found:
                hint = template("it stands in line {lines}", "{lines}行目にある", lines=join(found))
                yield Problem(place, "phrase-elsewhere", words, hint)
            else:
                hint = Text("it stands nowhere in the document", "文書のどこにもない")
                yield Problem(place, "phrase-not-there", words, hint)


def _card(loaded: Loaded, entry: Entry, path: Path, text: list[str] | None) -> Iterator[Problem]:
    card = entry.record
    assert isinstance(card, Source)  # noqa: S101 - only sources have documents
    if text is None:
        en, ja = "the folder has no file {file}", "フォルダーに{file}というファイルはない"
        words = words_on(entry, en, ja, file=quoted(card.document))
        yield Problem(loaded.where(entry, "document"), "text-missing", words)
        return
    digest = hashlib.sha256(_whole(path)).hexdigest()
    if digest != card.sha256:
        en = "the document has another digest than the card, {digest}, and {found} lines"
        ja = "文書のsha256（{digest}、{found}行）がカードと違う"
        hint = Text("is it the same edition?", "同じ版か")
        words = words_on(entry, en, ja, digest=digest, found=len(text))
        yield Problem(loaded.where(entry, "sha256"), "text-changed", words, hint)
    elif len(text) != card.lines:
        en, ja = "the document has {found} lines, the card says {lines}", "文書は{found}行、カードには{lines}行とある"
        words = words_on(entry, en, ja, found=len(text), lines=str(card.lines))
        yield Problem(loaded.where(entry, "lines"), "text-lines", words)
