"""The evidence held against the originals: every card's digest and number of lines, every phrase in its very line.

Whoever holds the founding documents names their folder; without them, everything else works.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from cabrief.files import without_waiting
from cabrief.language.text import Text, join, quoted, same, template
from cabrief.loading.whole import Whole
from cabrief.model.evidence import references
from cabrief.model.fields import PHRASE_LENGTH
from cabrief.model.kinds.sources import Source
from cabrief.model.record import Place
from cabrief.problems.problem import Problem
from cabrief.reading.loaded import Entry, words_on

MOST_DOCUMENT_BYTES = 10_000_000  # of a document, which is several thick books
MOST_DOCUMENT_LINES = 200_000
SHOWN = 40  # characters of a line that a problem quotes
MOST_PLACES = 10  # lines where a phrase stands that a problem names
HEAD = PHRASE_LENGTH[0]  # characters that every phrase has


class Original(NamedTuple):
    """A document: its lines, and the SHA-256 of its bytes."""

    lines: list[str]
    digest: str


class NamedLine(NamedTuple):
    """A line of a document that a record names: the record, the place of the ref in it, and what the ref says."""

    entry: Entry
    path: Place
    source: str
    line: int
    phrase: str


class NoOriginal(Exception):
    """A document that is not there or cannot be read; the code and the words of the problem."""

    def __init__(self, code: str, words: Text) -> None:
        super().__init__(words.en)
        self.code, self.words = code, words


def read_texts(directory: Path, cards: Iterable[Source]) -> dict[str, list[str]]:
    """Lines of the documents that some cards describe, by the cards' ids; a text of another digest is not what they describe."""
    one_file: dict[tuple[int, int], list[Source]] = defaultdict(list)  # a file may have several names
    for card in cards:
        if card.document:
            with suppress(NoOriginal):
                one_file[_identity(directory, card.document)].append(card)
    held: dict[str, Original] = {}  # by its digest: what stands in several files is held once
    found: dict[str, list[str]] = {}
    for same_file in one_file.values():
        with suppress(NoOriginal):
            text = _read(directory, str(same_file[0].document), held)
            for card in same_file:
                if card.sha256 == text.digest:
                    found[card.id] = held.setdefault(text.digest, text).lines
    return found


def _read(directory: Path, name: str, held: Mapping[str, Original] | None = None) -> Original:
    """A document of a folder, or of those that are `held` by their digests the one of the same; raises NoOriginal."""
    try:
        with open(_found(directory, name), "rb", opener=without_waiting) as opened:
            plain = stat.S_ISREG(os.fstat(opened.fileno()).st_mode)  # else it became a pipe meanwhile
            raw = opened.read(MOST_DOCUMENT_BYTES + 1) if plain else b""
    except OSError as error:
        raise _unread(name, error) from None
    raw_lines = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")  # as editors and shells count lines
    ends = raw_lines.count(b"\n")
    if len(raw) > MOST_DOCUMENT_BYTES or ends > MOST_DOCUMENT_LINES:
        en = "the file {file} is not read: it has more than {bytes:,} bytes or {lines:,} lines"
        ja = "ファイル{file}は{bytes:,}バイトか{lines:,}行を超えるため読まない"
        limits = {"bytes": MOST_DOCUMENT_BYTES, "lines": MOST_DOCUMENT_LINES}
        raise NoOriginal("too-large", template(en, ja, file=quoted(name), **limits))
    digest = hashlib.sha256(raw).hexdigest()
    if held and digest in held:
        return held[digest]
    lines = raw_lines.decode("utf-8", "replace").removesuffix("\n").split("\n") if raw_lines else []
    return Original(lines, digest)


def _found(directory: Path, name: str) -> Path:
    """A file of a folder, which no link leads out of; raises NoOriginal."""
    file = directory / name
    try:
        inside = file.is_file() and file.resolve().is_relative_to(directory.resolve())
    except OSError as error:
        raise _unread(name, error) from None
    if not inside:
        words = template("the folder has no file {file}", "フォルダーに{file}というファイルはない", file=quoted(name))
        raise NoOriginal("text-missing", words)
    return file


def _unread(name: str, error: OSError) -> NoOriginal:
    en, ja = "the file {file} cannot be read: {why}", "ファイル{file}を読めない：{why}"
    return NoOriginal("text-missing", template(en, ja, file=quoted(name), why=error.strerror or str(error)))


def _identity(directory: Path, name: str) -> tuple[int, int]:
    """What tells a file from others, whatever its names; raises NoOriginal."""
    found = _found(directory, name).stat()
    return found.st_dev, found.st_ino


def held_against(loaded: Whole, directory: Path) -> Iterator[Problem]:
    """What differs between the facts and the documents in a folder. A document is read once, and then let go."""
    cards = [entry for entry in loaded.entries if isinstance(entry.record, Source)]
    described: dict[str, list[Entry]] = defaultdict(list)  # cards by the file names of their documents
    for card in cards:
        if file := getattr(card.record, "document", None):
            described[file].append(card)
    named = _named_lines(loaded)
    held, missing = set[str](), list[tuple[Entry, NoOriginal]]()
    one_file: dict[Any, list[Entry]] = defaultdict(list)  # a file may have several names
    for file, cards_of_name in described.items():
        try:
            one_file[_identity(directory, file)] += cards_of_name
        except NoOriginal as no:
            missing += [(card, no) for card in cards_of_name]
    for same_file in one_file.values():
        try:
            text = _read(directory, str(getattr(same_file[0].record, "document", "")))
        except NoOriginal as no:
            missing += [(card, no) for card in same_file]
            continue
        for card in same_file:
            held.add(card.layer)
            yield from _card(loaded, card, text)
        yield from _phrases(loaded, [each for card in same_file for each in named[card.record.id]], text.lines)
    own = {card.layer for card in cards} - {loaded.pack_layer} or {loaded.pack_layer}
    for card, none in missing:
        if card.layer in held | own:  # who lays facts over a pack need not hold its originals
            words = words_on(card, "{said}", "{said}", said=none.words)
            yield Problem(loaded.where(card, "document"), none.code, words)


def _named_lines(loaded: Whole) -> dict[str, list[NamedLine]]:
    """What names a line, by the source that is said to have it."""
    named: dict[str, list[NamedLine]] = defaultdict(list)
    for entry in loaded.entries:
        for ref, path in references(entry.record):
            if ref.line:
                named[ref.source].append(NamedLine(entry, path, ref.source, ref.line, ref.phrase))
    return named


def _phrases(loaded: Whole, named: list[NamedLine], lines: list[str]) -> Iterator[Problem]:
    """Phrases that are not in the line of a document that is said to have them."""
    asked: dict[str, set[int]] = defaultdict(set)
    for each in named:
        asked[each.phrase].add(each.line)
    found = find_phrases(lines, asked)
    for entry, path, source, line, phrase in named:
        places = found[phrase]
        if line in places or line > len(lines):
            continue
        there = lines[line - 1].lstrip()[:SHOWN].rstrip()
        en = "{phrase} is not in line {line} of {id}, which reads {there} …"
        ja = "{id}の{line}行目に{phrase}はない。そこにあるのは{there}…"
        told = {"phrase": quoted(phrase), "there": quoted(there)}
        words = words_on(entry, en, ja, line=line, id=source, **told)
        place = loaded.where(entry, *path, "phrase")
        if places:
            numbers = join([same(str(number)) for number in islice(places, MOST_PLACES)])
            hint = template("it stands in line {lines}", "{lines}行目にある", lines=numbers)
            yield Problem(place, "phrase-elsewhere", words, hint)
        else:
            hint = Text("it stands nowhere in the document", "文書のどこにもない")
            yield Problem(place, "phrase-not-there", words, hint)


def find_phrases(lines: list[str], asked: Mapping[str, set[int]]) -> dict[str, dict[int, None]]:
    """Numbers of the lines in which each phrase stands: the first few, and those that are asked for. One pass finds them all.

    Phrases are kept by their first characters and their length, so that a place in a line costs the same however many they are.
    """
    heads: dict[str, dict[int, set[str]]] = {}
    for phrase in asked:
        heads.setdefault(phrase[:HEAD], {}).setdefault(len(phrase), set()).add(phrase)
    found: dict[str, dict[int, None]] = {phrase: {} for phrase in asked}
    for number, line in enumerate(lines, start=1):
        for at in range(len(line) - HEAD + 1):
            for size, phrases in heads.get(line[at : at + HEAD], {}).items():
                phrase = line[at : at + size]
                if phrase in phrases and (len(found[phrase]) < MOST_PLACES or number in asked[phrase]):
                    found[phrase][number] = None
    return found


def _card(loaded: Whole, entry: Entry, text: Original) -> Iterator[Problem]:
    card = entry.record
    assert isinstance(card, Source)  # noqa: S101 - only sources have documents
    if text.digest != card.sha256:
        en = "the document has another digest than the card, {digest}, and {found} lines"
        ja = "文書のsha256（{digest}、{found}行）がカードと違う"
        hint = Text("is it the same edition?", "同じ版か")
        words = words_on(entry, en, ja, digest=text.digest, found=len(text.lines))
        yield Problem(loaded.where(entry, "sha256"), "text-changed", words, hint)
    elif len(text.lines) != card.lines:
        en, ja = "the document has {found} lines, the card says {lines}", "文書は{found}行、カードには{lines}行とある"
        words = words_on(entry, en, ja, found=len(text.lines), lines=str(card.lines))
        yield Problem(loaded.where(entry, "lines"), "text-lines", words)
