"""From the printed line to the line of the source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cabrief.document import Bullets, Cell, Document, Pairs, Paragraph, Section
from cabrief.language.dates import date_text
from cabrief.language.text import EMPTY, Text, same, template
from cabrief.model.kinds.commitments import Commitment
from cabrief.model.kinds.disputes import Dispute
from cabrief.model.kinds.sources import Source
from cabrief.model.kinds.statements import Statement
from cabrief.model.names import fold
from cabrief.model.promises import promise_fate
from cabrief.model.record import Assertion, Fact, Record, Ref, kind_of, label
from cabrief.reports.desk import UNKNOWN_CELL, Desk, filled, plain, section
from cabrief.reports.disputes import explain_dispute
from cabrief.reports.facts import NATURES, told_assertions
from cabrief.reports.noting import NOT_READ, address
from cabrief.store.base import Base, Origin

LEAST_LETTERS = 3  # of the words by which a line is looked for
MOST_FOUND = 5
LONGEST_LINE_SHOWN = 4_000  # characters of a line of an original that are shown
LONGEST_PASSAGE = 8_000  # characters of one passage that are shown
LEAST_OF_LINE = 80  # of them that a line counts for at least
MOST_WITH_TEXT = 40  # that are shown of the originals for one statement
AROUND = 1  # lines shown before and after the one that a ref names


def view(base: Base, as_of: str, ids: Sequence[str], texts: Mapping[str, list[str]] | None = None) -> Document:
    """Explain facts, or each thing that a record says; with the texts at hand, show the lines themselves.

    `ids` are one or more that `known_ids` has. `texts` are the lines of original documents by source id; line 1 is the
    first.
    """
    desk = Desk(base, as_of)
    if len(ids) == 1:
        return desk.document(_title(base, ids[0]), _sections(desk, ids[0], texts)).but(explains=True)
    parts = [section(_title(base, id_), sections=_sections(desk, id_, texts)) for id_ in ids]
    return desk.document(template("Why: {n} facts", "根拠：{n}件", n=len(ids)), parts).but(explains=True)


def _title(base: Base, id_: str) -> Text:
    record = base.get(id_.partition(".")[0])
    name, kind = label(record), kind_of(type(record)).name
    if name.en == record.id:
        return template("Why: {i} ({k})", "根拠：{i}（{k}）", k=kind, i=id_)
    return template("Why: {l} ({k} {i})", "根拠：{l}（{k} {i}）", l=name, k=kind, i=id_)


def _sections(desk: Desk, id_: str, texts: Mapping[str, list[str]] | None) -> list[Section]:
    base, whole = desk.base, id_.partition(".")[0]
    record = base.get(whole)
    said = list(told_assertions(desk, record))
    asked = [each for each in said if each.id == id_]
    if isinstance(record, Commitment) and id_ == whole:  # with what became of it
        come = promise_fate(record, desk.by_day).outcomes
        asked += [
            each for each in said if each.path[:1] == ("outcomes",) and record.outcomes[int(each.path[1])] in come
        ]
    said = asked or said
    sections = [_assertion(desk, each, _whose(desk, record, each), texts, titled=len(said) > 1) for each in said]
    if not said and getattr(record, "text", None):
        sections.append(section(Text("Statement", "内容"), Paragraph(text=record.text, kept=True)))
    if isinstance(record, Dispute):
        sections.append(explain_dispute(desk, record))
    else:
        found = {d.id: d for each in [s.id for s in said] or [whole] for d in _disputes(desk, each)}
        sections += [explain_dispute(desk, dispute) for dispute in found.values()]
    bases = [
        each
        for id_ in getattr(record, "based_on", ())
        if (each := desk.card(id_)) and base.can_be_told(id_, desk.as_of)
    ]
    sections += filled(section(Text("What it is derived from", "もとになる事実"), desk.bullets(bases)))
    derived = desk.find(based_on=whole)
    sections += filled(section(Text("What is derived from it", "ここから導かれる事実"), desk.bullets(derived)))
    sections.append(section(Text("Where it is kept", "収録場所"), _kept(base.origin(whole))))
    return [*sections, *(_replaced(desk, *each) for each in base.replaced(whole))]


def beginning_with(base: Base, as_of: str, words: str) -> list[str]:
    """Ids of what begins with some words, in either language, in any spelling; none for fewer than three letters.

    One more than are shown, where there are more.
    """
    start = fold(words)
    if len(start) < LEAST_LETTERS:
        return []
    found = []
    for record, _ in base.records(as_of):
        told = [*(each.text for each in record.assertions()), getattr(record, "summary", None) or EMPTY]
        if any(fold(text).startswith(start) for each in told for text in each):
            found.append(record.id)
    return found[: MOST_FOUND + 1]


def _disputes(desk: Desk, id_: str) -> list[Dispute]:
    return [desk.base.get(each) for each in desk.disputes(id_)]


def _assertion(
    desk: Desk, said: Assertion, whose: Text | None, texts: Mapping[str, list[str]] | None, *, titled: bool
) -> Section:
    items = [
        (Text("Statement", "内容"), Cell(text=said.text, id=said.id)),
        (Text("Nature", "性質"), plain(NATURES[said.nature])),
    ]
    if whose:
        items.append((Text("Whose", "誰の"), plain(whose)))
    if said.date:
        items.append((Text("Date", "日付"), plain(date_text(said.date))))
    many = len(said.refs) > 1
    evidence = [
        section(
            template("Evidence {n}", "根拠{n}", n=n) if many else Text("Evidence", "根拠"),
            _evidence(desk, ref, texts if n <= MOST_WITH_TEXT else None),
        )
        for n, ref in enumerate(said.refs, start=1)
    ]
    return section(
        same(said.id) if titled else Text("What is said", "内容"),
        Pairs(items=tuple(items)),
        sections=evidence,
    )


def _whose(desk: Desk, record: Record, said: Assertion) -> Text | None:
    """Whose words or whose view something is, also where its sentence names them; None for what is simply reported."""
    if said.nature == "statement" and isinstance(record, Fact) and said.id == record.id:
        who = [record.speaker] if isinstance(record, Statement) else record.people
        return desk.names(who) if who else desk.by(record)
    return desk.whose(record, said) if said.nature == "judgement" else None


def _evidence(desk: Desk, ref: Ref, texts: Mapping[str, list[str]] | None) -> Pairs:
    card: Source = desk.card(ref.source)
    items: list[tuple[Text, Cell]] = [
        (Text("Source", "出典"), Cell(text=card.title, id=card.id)),
        (Text("Publisher", "発行者"), plain(card.publisher)),
        (Text("Date", "日付"), plain(date_text(card.published)) if card.published else UNKNOWN_CELL),
    ]
    if ref.line:
        lines = f"{ref.line}–{ref.line_end}" if ref.line_end and ref.line_end != ref.line else f"{ref.line}"
        items.append((Text("Line", "行"), plain(lines)))
    items.append((Text("Phrase", "語句"), plain(f"«{ref.phrase}»")))
    if card.url:
        items.append(address(card.url))
    if card.retrieved:
        items.append((Text("Last looked at", "最終確認"), plain(date_text(card.retrieved))))
    text = (texts or {}).get(ref.source)
    if ref.line and texts is not None and text is None:
        items.append((Text("Original", "原文"), Cell(text=NOT_READ, state="unknown")))
    if text and ref.line:
        last = max(ref.line, ref.line_end or 0)
        items += _lines(text, range(max(1, ref.line - AROUND), min(len(text), last + AROUND) + 1))
    return Pairs(items=tuple(items))


def _lines(text: list[str], numbers: range) -> Iterator[tuple[Text, Cell]]:
    """Lines of an original by their numbers, and how many are left out of a passage that is too long to read."""
    left = LONGEST_PASSAGE
    for n in numbers:
        if left <= 0:
            yield same("…"), plain(template("{n:,} more lines", "ほか{n:,}行", n=numbers.stop - n))
            return
        line = text[n - 1].strip()
        left -= max(min(len(line), LONGEST_LINE_SHOWN), LEAST_OF_LINE)
        shown = line if len(line) <= LONGEST_LINE_SHOWN else line[:LONGEST_LINE_SHOWN] + "…"
        yield same(str(n)), plain(shown or "—")


def _kept(origin: Origin) -> Pairs:
    file = plain(f"{origin.file}:{origin.line}")
    return Pairs(items=((Text("File", "ファイル"), file), (Text("Layer", "データ層"), plain(origin.layer))))


def _replaced(desk: Desk, record: Record, origin: Origin) -> Section:
    """A record that this one took the place of: where it is kept, and what it said."""
    said = tuple(Cell(text=each.text, refs=each.refs) for each in record.assertions(desk.base.basics()))
    return section(Text("What it replaces", "置き換えた記録"), _kept(origin), Bullets(items=said))


def known_ids(base: Base) -> dict[str, Any]:
    """Every id that can be asked about, as keys: records, and the values, steps and memberships of them (`aru.capital`)."""
    return {
        each: None for record, _ in base.records() for each in (record.id, *(said.id for said in record.assertions()))
    }
