"""Find anything: names, statements and aliases in both languages, however they are written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from cabrief.document import Cell, Column, Document, Paragraph, Table
from cabrief.language.dates import has_begun
from cabrief.language.text import Text, cut, join, template
from cabrief.model.kinds import by_singular, kind
from cabrief.model.kinds.commitments import Commitment
from cabrief.model.kinds.countries import Country
from cabrief.model.kinds.disputes import Dispute
from cabrief.model.kinds.figures import Figure
from cabrief.model.kinds.organisations import Organisation
from cabrief.model.kinds.people import OFFICES, Person
from cabrief.model.kinds.routes import Route
from cabrief.model.kinds.topics import Topic
from cabrief.model.names import fold, names
from cabrief.model.record import WEIGHTS, Amount, Fact, Record, Ref, kind_of, label
from cabrief.model.searches import unsearched
from cabrief.reports.credits import without_mark
from cabrief.reports.desk import HELD_HERE, Desk, plain, section
from cabrief.reports.disputes import touched
from cabrief.reports.facts import told_assertions
from cabrief.store.base import Base
from cabrief.store.queries import WIDE, Query, Spelt, Term, read_query, spelling

FIELDS = ("id", "kind", "text", "by", "score", "refs", "disputes")
NAMED, PROMISED, NAME_HAS, TEXT_HAS, CONCERNS = 1000, 500, 20, 2, 1
MOST_TIMES = 10  # that a word of one text counts
MOST_HITS = 10  # hits that are printed for a reader unless all are asked for


def view(
    base: Base,
    as_of: str,
    words: Sequence[str],
    *,
    kinds: Sequence[str] = (),
    countries: Sequence[str] = (),
    everything: bool = True,
) -> Document:
    """List what has every word: what is named outright, then commitments and figures, then the rest; the words are marked.

    `kinds` are words in the singular, `countries` ids; an empty filter lets all pass. The rows, with FIELDS, are all hits;
    the table shows the first ten unless `everything` is asked for. Raises UsageError for too many words.
    """
    desk = Desk(base, as_of, countries)
    query = read_query(base, words)
    rows: list[dict[str, Any]] = []
    weights: dict[str, int] = {}
    for record, _ in base.records(as_of):
        singular = kind_of(type(record)).singular
        if (kinds and singular not in kinds) or not query.terms:
            continue
        for hit in _hits(desk, record, query, countries):
            weights[hit["id"]] = WEIGHTS.index(getattr(record, "weight", "medium"))
            rows.append({**hit, "kind": singular})
    rows.sort(key=lambda row: (-row["score"], weights[row["id"]]))
    columns = tuple(Column(title=t) for t in (Text("What", "内容"), Text("Kind", "種別"), Text("Id", "ID")))
    shown = rows if everything else rows[:MOST_HITS]
    cells = tuple(
        (_cell(desk, row, query), plain(kind(by_singular()[row["kind"]]).name), plain(row["id"])) for row in shown
    )
    title = template("Search: {w} ({n})", "検索：{w}（{n}件）", w=cut(" ".join(words)), n=len(rows))
    blocks: list[Table | Paragraph] = [Table(columns=columns, rows=cells)]
    if len(rows) > len(shown):
        more = ("{n} more: --all prints them.", "ほか{n}件。すべて見るには --all。")
        blocks.append(Paragraph(text=template(*more, n=len(rows) - len(shown))))
    return desk.document(title, [section(None, *blocks)], FIELDS, rows)


def said(record: Record) -> Text:
    """The sentence of a record; of one that is mainly a name, the name before it."""
    text = record.held if isinstance(record, Dispute) else getattr(record, "text", None)
    if not kind_of(type(record)).named:
        return text or label(record)
    return template("{n}: {t}", "{n}：{t}", n=label(record), t=text) if text else label(record)


def _concerns(desk: Desk, record: Record, countries: Sequence[str]) -> bool:
    named = touched(desk, record) if isinstance(record, Dispute) else (record.id, *desk.concerned(record)[0])
    return not set(named).isdisjoint(countries)


def _told(desk: Desk, record: Record) -> Text:
    """What is said of a record, never in words of a later day."""
    if isinstance(record, Fact) and (told := desk.told(record)) != record.text:
        return said(record.but(text=told)) if told == unsearched(record.text, desk.as_of) else told
    return said(record)


def _by(desk: Desk, record: Record) -> Text | None:
    """Whose the sentence of a record is, where it is not simply reported."""
    if isinstance(record, Dispute):
        return HELD_HERE
    return desk.by(record) if isinstance(record, Fact) else None


def sentences(base: Base, as_of: str) -> Iterator[str]:
    """Every text that is searched as of an ISO day: sentences and names, one language each."""
    desk = Desk(base, as_of)
    for record, _ in base.records(as_of):
        yield _called(record)
        told = _told(desk, record)
        for words in (told, *_beside(desk, record, told), *(part.text for part in _parts(desk, record))):
            yield from words


def _hits(desk: Desk, record: Record, query: Query, countries: Sequence[str]) -> Iterator[dict[str, Any]]:
    """What answers of a record: its sentence, and each value, step or outcome that has one of the words behind its name.

    Of a dispute, whose parts have no ids, the first that answers of what is held, what others say and why. Of a record that
    concerns none of some countries, if any are given, the parts that do: who belongs to an organisation.
    """
    if countries and not _concerns(desk, record, countries):
        parts = _parts(desk, record, countries) if isinstance(record, Organisation) else ()
        found = (_hit(part, map(query.spelt, part.text), query, {record.id, *part.ids}) for part in parts)
        yield from (hit for hit in found if hit)
        return
    told = _told(desk, record)
    beside = _beside(desk, record, told)
    if score := _score(record, [told, *beside], query):
        refs = getattr(record, "refs", ())
        text = _with_beside(told, beside, query)
        yield {"id": record.id, "text": text, "by": _by(desk, record), "score": score, "refs": refs}
    own: set[str] | None = None  # looked up where a part needs them
    for part in () if score and isinstance(record, Dispute) else _parts(desk, record, countries):
        texts = [query.spelt(text) for text in part.text]
        heads = [len(name) if text.startswith(name) else 0 for text, name in zip(part.text, label(record), strict=True)]
        says = (
            last > head
            for text, head in zip(texts, heads, strict=True)
            for t in query.terms
            for _, last in t.spans(text)
        )
        if not any(says):
            continue
        own = own or {record.id, *record.named_ids()}
        if hit := _hit(part, texts, query, own.union(part.ids)):
            yield hit
            if isinstance(record, Dispute):
                return


def _hit(part: Saying, texts: Iterable[Spelt], query: Query, ids: Collection[str]) -> dict[str, Any] | None:
    """A part of a record, with its texts as spelt, as a row, where it has the terms, or names one of `ids` by them."""
    score = _times(query, list(texts), ids)
    return {"id": part.id, "text": part.text, "by": part.by, "score": score, "refs": part.refs} if score else None


# words of a record that reports print beside its sentence
BESIDE = (
    *("label", "note", "place", "role", "institution", "partners", "amount", "summary"),
    *("publisher", "short", "author", "trust"),
)


def _beside(desk: Desk, record: Record, told: Text) -> list[Text]:
    """What reports print of a record beside its sentence: the partners of a project, the role of a person, a figure's label.

    Nothing where that is of a later day: its sentence is not what is `told` then, or it is as of that day.
    """
    found: list[Text] = []
    text = unsearched(record.text, desk.as_of) if isinstance(record, Fact) else told
    whole = not isinstance(record, Fact) or text is record.text
    if isinstance(record, Fact) and (
        text.en not in told.en or (whole and not has_begun(record.as_of or "0001", desk.as_of))
    ):
        return found
    for field in BESIDE:
        if field == "summary" and not whole:  # it may tell of the search
            continue
        value = getattr(record, field, None)
        for each in value if type(value) is tuple else (value,):
            found += [each] if isinstance(each, Text) else [each.as_words()] if isinstance(each, Amount) else []
    if isinstance(record, Figure) and record.value is not None:
        found.append(record.as_words())
    return found + [stop.name for stop in record.stops] if isinstance(record, Route) else found


def _with_beside(told: Text, beside: Sequence[Text], query: Query) -> Text:
    """A sentence, and behind it what has the words beside it that it lacks."""
    texts = [query.spelt(text) for text in told]
    lacking = [term for term in query.terms if not any(term.spans(text) for text in texts)]
    has = [
        each
        for each in (beside if lacking else ())
        if any(term.spans(spelt) for spelt in map(query.spelt, each) for term in lacking)
    ]
    return template("{t} ({b})", "{t}（{b}）", t=told, b=join(list(dict.fromkeys(has)))) if has else told


class Saying(NamedTuple):
    """What a record says besides its own sentence: with its id, whose it is, its evidence and the ids that it names."""

    id: str
    text: Text
    by: Text | None
    refs: tuple[Ref, ...]
    ids: tuple[str, ...] = ()


def _parts(desk: Desk, record: Record, countries: Sequence[str] = ()) -> Iterator[Saying]:
    """What a record says by the day besides its own sentence; of some countries, if any are given, what is not of others."""
    if isinstance(record, Dispute):
        for claim in record.others:
            who = join(list(dict.fromkeys(desk.short(ref.source) for ref in claim.refs)), " and ", "、")
            yield Saying(record.id, claim.says, template("otherwise: {w}", "異なる記述：{w}", w=who), claim.refs)
        yield Saying(record.id, record.reason, HELD_HERE, record.refs)
        return
    for said in told_assertions(desk, record):
        if said.id != record.id and said.refs:  # that somebody looked and found nothing is no fact
            text = said.text
            if isinstance(record, Country):
                text = template("{c}: {t}", "{c}：{t}", c=record.name, t=text)
            ids = (*said.countries, *said.actors)
            if not countries or not ids or not set(countries).isdisjoint(ids):
                yield Saying(said.id, text, desk.whose(record, said), said.refs, ids)


def _called(record: Record) -> str:
    return "\n".join(record.called() if kind_of(type(record)).named else [record.id])


def _score(record: Record, told: Sequence[Text], query: Query) -> int:
    """How well a record answers; 0 where it lacks a term. A term that names a record is had by all that concerns it."""
    # together they are read once for each word, however many partners a project has
    called, texts = query.spelt(_called(record)), [query.spelt("\n".join(texts)) for texts in zip(*told, strict=True)]
    ids = {record.id, *record.named_ids()}
    if isinstance(record, Person) and _holds(record, query):
        return NAMED
    score = _times(query, texts, ids, called)
    if not score:
        return 0
    if len(query.terms) == 1 and (record.id in query.terms[0].ids or _is_called(record, query.terms[0])):
        return score + NAMED
    return score + PROMISED * (isinstance(record, (Commitment, Figure)) and score > len(query.terms))


def _times(query: Query, texts: Sequence[Spelt], ids: Collection[str], called: Spelt | None = None) -> int:
    """How often texts, and what a record is called by, have the terms; 0 where they lack one that does not name one of `ids`."""
    score = 0
    for term in query.terms:
        times = sum(len(term.spans(text)) for text in texts)
        named = called is not None and bool(term.spans(called))
        if not (times or named or not term.ids.isdisjoint(ids)):
            return 0
        score += TEXT_HAS * min(times, MOST_TIMES) + NAME_HAS * named + CONCERNS
    return score


def _holds(person: Person, query: Query) -> bool:
    """Whether somebody holds the office that is asked for by its name, or by words of the role, and by a country."""
    if not person.office or person.until:
        return False
    roles = [query.spelt(text) for text in (*person.role, *OFFICES[person.office])]
    ids = set(person.named_ids())
    in_role = [any(term.spans(role) for role in roles) for term in query.terms]
    return any(in_role) and all(
        known or not term.ids.isdisjoint(ids) for known, term in zip(in_role, query.terms, strict=True)
    )


def _is_called(record: Record, term: Term) -> bool:
    return isinstance(record, Topic) and fold(term.typed) in names(record)


def _cell(desk: Desk, row: dict[str, Any], query: Query) -> Cell:
    """The sentence with the words in it marked by brackets that paste anywhere, in the language in which it was asked for."""
    text: Text = row["text"]
    english, japanese = mark_words(text.en, query), mark_words(text.ja, query)
    typed = "".join(term.typed for term in query.terms)
    if any(letter >= WIDE for letter in typed):
        english = japanese
    elif any(letter.isalpha() for letter in typed) and not _typed_in(text.ja, query.terms):
        japanese = english
    cell = without_mark(
        Cell(text=text, id=row["id"], by=row["by"], refs=row["refs"], disputes=desk.disputes(row["id"]))
    )
    return cell.but(text=Text(english, japanese))


def _typed_in(text: str, terms: Sequence[Term]) -> bool:
    """Whether a text has the words as they were typed."""
    spelt = Spelt(text)
    return all(spelt.spans(spelling(fold(term.typed))) for term in terms)


def mark_words(text: str, query: Query) -> str:
    """Put every place where a term stands, however it is written there, between « and ».

    Places that overlap are marked once.
    """
    spelt = query.spelt(text)
    out, end = "", 0
    found = {span for term in query.terms for span in term.spans(spelt)}
    for first, last in sorted(found, key=lambda span: (span[0], -span[1])):
        if first >= end:
            out += text[end:first] + "«" + text[first:last] + "»"
            end = last
    return out + text[end:]
