"""Find anything: names, statements and aliases in both languages, however they are written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cabrief.document import Cell, Column, Document, Table
from cabrief.language.text import Text, template
from cabrief.model.kinds import by_singular, kind
from cabrief.model.kinds.disputes import Dispute
from cabrief.model.kinds.sources import Source
from cabrief.model.names import fold, names
from cabrief.model.record import Record, kind_of, label
from cabrief.reports.desk import Desk, plain, section
from cabrief.store.base import Base

FIELDS = ("id", "kind", "text", "score", "refs")
NAMED, NAME_BEGINS, NAME_HAS, TEXT_HAS = 100, 40, 20, 1


def view(
    base: Base, as_of: str, words: Sequence[str], *, kinds: Sequence[str] = (), countries: Sequence[str] = ()
) -> Document:
    """List what has every word, what is named outright first; the words are marked where they stand."""
    desk = Desk(base, as_of)
    terms = [fold(word) for word in words if fold(word)]
    whole = fold("".join(words))
    rows: list[dict[str, Any]] = []
    for record, _ in base.records(as_of):
        singular = kind_of(type(record)).singular
        if kinds and singular not in kinds:
            continue
        if countries and not set(countries) & _about(record):
            continue
        if terms and (score := _score(record, terms, whole)):
            rows.append(
                {"id": record.id, "kind": singular, "text": said(record), "score": score, "refs": _refs(record)}
            )
    rows.sort(key=lambda row: -row["score"])
    columns = tuple(Column(title=t) for t in (Text("What", "内容"), Text("Kind", "種別"), Text("Id", "ID")))
    cells = tuple(
        (_cell(desk, row, words), plain(kind(by_singular()[row["kind"]]).name), plain(row["id"])) for row in rows
    )
    title = template("Search: {w} ({n})", "検索：{w}（{n}件）", w=" ".join(words), n=len(rows))
    return desk.document(title, [section(None, Table(columns=columns, rows=cells))], FIELDS, rows)


def _about(record: Record) -> set[str]:
    lists = ("countries", "of", "by", "to", "parties")
    found = {record.id}
    for name in lists:
        value = getattr(record, name, None) or ()
        found |= {value} if isinstance(value, str) else set(value)
    return found


def said(record: Record) -> Text:
    """The sentence of a record; of one that is mainly a name, the name before it."""
    text = record.held if isinstance(record, Dispute) else getattr(record, "text", None)
    if not kind_of(type(record)).named:
        return text or label(record)
    return template("{n}: {t}", "{n}：{t}", n=label(record), t=text) if text else label(record)


def _refs(record: Record) -> tuple[Any, ...]:
    return getattr(record, "refs", ()) if not isinstance(record, Source) else ()


def _score(record: Record, terms: Sequence[str], whole: str) -> int:
    """How well a record answers: named outright, a name that begins with or has the words, a sentence that has them."""
    called = names(record)
    text = said(record)
    words = fold(text.en) + "\n" + fold(text.ja)
    if not all(any(term in name for name in called) or term in words for term in terms):
        return 0
    score = TEXT_HAS * sum(words.count(term) for term in terms)
    if not kind_of(type(record)).named:
        return max(score, 1)
    if whole in called:
        return score + NAMED
    if any(name.startswith(term) for name in called for term in terms):
        return score + NAME_BEGINS
    return score + (NAME_HAS if any(term in name for name in called for term in terms) else 0)


def _cell(desk: Desk, row: dict[str, Any], words: Sequence[str]) -> Cell:
    """The sentence with the words in it marked by brackets that paste anywhere."""
    text: Text = row["text"]
    marked = Text(mark_words(text.en, words), mark_words(text.ja, words))
    return Cell(text=marked, id=row["id"], refs=row["refs"], disputes=desk.disputes(row["id"]))


def mark_words(text: str, words: Sequence[str]) -> str:
    """Put every place where a word stands, however it is written there, between « and »."""
    letters = [(i, part) for i, letter in enumerate(text) for part in fold(letter)]
    folded = "".join(part for _, part in letters)
    spans: list[tuple[int, int]] = []
    for word in words:
        term, at = fold(word), 0
        while term and (at := folded.find(term, at)) >= 0:
            spans.append((letters[at][0], letters[at + len(term) - 1][0] + 1))
            at += len(term)
    out, end = "", 0
    for first, last in sorted(spans):
        if first >= end:
            out += text[end:first] + "«" + text[first:last] + "»"
            end = last
    return out + text[end:]
