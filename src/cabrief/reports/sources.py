"""The documents, and what each was used for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from cabrief.document import Bullets, Cell, Column, Document, Pairs, Paragraph, Section, Table
from cabrief.language.dates import END_OF_TIME, date_text
from cabrief.language.text import Text, join, same, template, unstopped
from cabrief.model.kinds.disputes import Dispute
from cabrief.model.kinds.sources import Source
from cabrief.model.record import Assertion, Fact
from cabrief.reports.credits import PLANNED
from cabrief.reports.desk import HELD_HERE, Desk, filled, plain, section
from cabrief.reports.facts import told_assertions
from cabrief.reports.noting import NOT_READ, address, as_citations
from cabrief.store.base import Base

FIELDS = (
    "id",
    "title",
    "publisher",
    "author",
    "published",
    "language",
    "kind",
    "document",
    "sha256",
    "url",
    "retrieved",
    "facts",
    "rank",
    "seen",
)
WEAK_FIELDS = ("id", "kind", "text", "source", "rank", "seen", "refs", "by", "disputes")
WEAK = (
    "{n} statements rest on a single weak source ({s} sources): seen as an excerpt only, or neither official nor first-rate.",
    "{s}の出典のいずれか一つだけに基づく記述が{n}件。抜粋のみ確認した出典、または公的でも一級でもない出典。",
)
STATEMENTS_OF_A_ROW = 20  # that rest on the same line of a document
BEGINNING = 60  # characters of a line that are shown to recognise it by
SOURCE_KINDS: dict[str, Text] = {
    "analysis": Text("analysis", "分析"),
    "news": Text("news", "報道"),
    "official": Text("official", "公式"),
    "reference": Text("reference", "参考"),
    "law": Text("law", "法令"),
    "company": Text("company", "企業"),
    "data": Text("data", "統計"),
}


RANKS: dict[str, Text] = {
    "official": Text("Official", "公的な出典"),
    "first-rate": Text(
        "First-rate: world bodies, leading agencies and papers", "一級の出典（国際機関・主要通信社・主要紙）"
    ),
    "other": Text("Other", "その他の出典"),
}


def view(base: Base, as_of: str, *, kinds: tuple[str, ...] = (), full: bool = False) -> Document:
    """List the cards by rank, the most used first, a line each; in full as tables, documents before pages.

    `kinds` are words of SOURCE_KINDS, all where none is named. The rows have FIELDS; `facts` counts the records that rest
    on a card.
    """
    desk = Desk(base, as_of)
    uses = base.uses(as_of)
    cards = [card for card in desk.find(Source) if not kinds or card.kind in kinds]
    sections = _tables(cards, uses) if full else _by_rank(cards, uses)
    rows = [
        {**{f: getattr(card, f, None) for f in FIELDS}, "facts": uses.get(card.id, 0), "rank": card.ranked()}
        for card in cards
    ]
    title = template("Sources ({n})", "出典（{n}件）", n=len(cards))
    return desk.document(title, sections, FIELDS, rows).but(
        bibliography=as_citations(base, (card.id for card in cards))
    )


def _by_rank(cards: Sequence[Source], uses: Mapping[str, int]) -> list[Section]:
    """The best first, and under each rank the most used."""
    parts = []
    for name, title in RANKS.items():
        mine = sorted((card for card in cards if card.ranked() == name), key=lambda card: -uses.get(card.id, 0))
        heading = template("{t} ({n})", "{t}（{n}件）", t=title, n=len(mine))
        lines = tuple(Cell(text=_line(card, uses.get(card.id, 0)), id=card.id) for card in mine)
        parts.append(section(heading, Bullets(items=lines)))
    return filled(*parts) or [section(None)]


def _line(card: Source, facts: int) -> Text:
    """Who, what, when, how much rests on it, and its id."""
    parts = [template("{p}: {t}", "{p}：{t}", p=card.short or card.publisher, t=card.title)]
    parts += [date_text(card.published)] if card.published else []
    parts.append(template("{n} facts" if facts != 1 else "{n} fact", "{n}件", n=facts))
    parts += [Text("only an excerpt was seen", "抜粋のみ確認")] if card.seen == "excerpt" else []
    return join([*parts, same(card.id)], " · ", "・")


def _tables(cards: Sequence[Source], uses: Mapping[str, int]) -> list[Section]:
    """Founding documents, then pages, in tables."""
    parts = (
        (Text("Documents read line by line", "行単位で読んだ文書"), [card for card in cards if card.document]),
        (Text("Pages", "ウェブページ等"), [card for card in cards if not card.document]),
    )
    heads = (
        Text("Id", "ID"),
        Text("Title", "表題"),
        Text("Publisher", "発行者"),
        Text("Date", "日付"),
        Text("Kind", "種別"),
        Text("Facts", "事実数"),
    )
    columns = tuple(Column(title=head, right=i == len(heads) - 1) for i, head in enumerate(heads))
    return [
        section(title, Table(columns=columns, rows=tuple(_cells(card, uses.get(card.id, 0)) for card in found)))
        for title, found in parts
        if found
    ]


def weak(base: Base, as_of: str, kinds: Sequence[str] = ()) -> Document:
    """List what rests on one source alone of which only an excerpt was seen, or which is of no rank, under that source.

    Of sources of some kinds, or of all. The rows have WEAK_FIELDS, a fact each.
    """
    desk = Desk(base, as_of)
    found: dict[str, list[tuple[Assertion, Text | None]]] = {}
    for record, _ in base.records(as_of):
        for said in told_assertions(desk, record):
            sources = {ref.source for ref in said.refs}
            if len(sources) == 1 and _is_weak(desk.card(next(iter(sources))), kinds):
                found.setdefault(next(iter(sources)), []).append((said, desk.whose(record, said)))
    parts, rows = [], []
    for source, mine in sorted(found.items(), key=lambda pair: -len(pair[1])):
        card = desk.card(source)
        title = template("{s} ({n})", "{s}（{n}件）", s=_about(card), n=len(mine))
        cells = [
            Cell(
                text=join([unstopped(said.text), same(said.id)], " · ", "・"),
                id=said.id,
                by=by,
                refs=said.refs,
                disputes=desk.disputes(said.id),
            )
            for said, by in mine
        ]
        parts.append(section(title, Bullets(items=tuple(cells))))
        rows += [
            {"id": said.id, "kind": said.kind, "text": said.text, "source": source, "rank": card.ranked()}
            | {"seen": card.seen, "refs": said.refs, "by": by}
            for said, by in mine
        ]
    told = template(*WEAK, n=len(rows), s=len(found))
    title = Text("What rests on one weak source", "弱い出典一つだけに基づく事実")
    return desk.document(title, [section(None, Paragraph(text=told)), *parts], WEAK_FIELDS, rows)


def _is_weak(card: Any, kinds: Sequence[str]) -> bool:
    if not isinstance(card, Source) or (kinds and card.kind not in kinds):
        return False
    return card.seen == "excerpt" or card.ranked() == "other"


def _about(card: Source) -> Text:
    seen = [Text("only an excerpt was seen", "抜粋のみ確認")] if card.seen == "excerpt" else []
    return join([card.short or card.publisher, card.title, *seen], ", ", "、")


def one(base: Base, as_of: str, id_: str, texts: Mapping[str, list[str]] | None = None) -> Document:
    """One source: what it is, how far it is to be trusted, and what it says in its own order.

    `id_` is that of a source that exists. `texts` are the lines of original documents by source id: with them, the lines
    are shown.
    """
    desk = Desk(base, as_of)
    card: Source = base.get(id_)
    found = [(first, last, [_told(desk, each) for each in said]) for first, last, said in by_line(base, id_, as_of)]
    kept = [
        section(Text("What it is", "文書"), _card(card)),
        section(Text("How far to trust it", "信頼度"), *_trust(card)),
    ]
    if card.lines:
        text = (texts or {}).get(id_)
        carried = _carried(found, len(text)) if text else set()
        words = sum(bool(line.strip()) for line in text) if text else card.lines
        forms = (
            "Facts rest on {p} passages of it; with --texts DIR the lines that carry none are shown.",
            "事実は{p}か所に基づく。--texts DIR を付けると、事実のない行を示す。",
        )
        if text:
            forms = ("{n} of its {m} lines with words carry facts.", "文字のある{m}行のうち{n}行から事実を採った。")
            carried = {n for n in carried if text[n - 1].strip()}
        counted = template(*forms, n=len(carried), m=words, p=len(found))
        left = _left(carried, text)
        lacking = [Paragraph(text=NOT_READ)] if texts is not None and text is None else []
        kept.append(section(Text("How much of it is used", "利用の範囲"), Paragraph(text=counted), *lacking, left))
    columns = tuple(Column(title=head) for head in (Text("Line", "行"), Text("What it says", "内容"), Text("Id", "ID")))
    stated = {each.id for _, _, said in found for each in said}
    marked = {id_ for id_ in stated if _has_mark(desk, id_)}
    rows = tuple(
        (plain(_place(first, last)), *_said(desk, each, id_, first))
        for first, last, said in found
        for each in in_rows(
            said, STATEMENTS_OF_A_ROW if first else 1, marked
        )  # a page has no lines to hold them together
    )
    kept.append(section(Text("What it says", "内容"), Table(columns=columns, rows=rows)))
    return desk.document(template("Source: {t}", "出典：{t}", t=card.title), kept).but(
        bibliography=as_citations(base, [id_])
    )


def _told(desk: Desk, said: Assertion) -> Assertion:
    """An assertion with the words by which reports tell it on the day."""
    record = desk.card(said.id)
    return said.but(text=desk.told(record)) if isinstance(record, Fact) else said


def _card(card: Source) -> Pairs:
    """The particulars of a source."""
    unknown = Cell(text=Text("unknown", "不明"), state="unknown")
    items: list[tuple[Text, Cell]] = [
        (Text("Publisher", "発行者"), plain(card.publisher)),
        (
            Text("Author", "著者"),
            plain(card.author) if card.author else Cell(text=Text("not named", "署名なし"), state="no"),
        ),
        (Text("Date", "日付"), plain(date_text(card.published)) if card.published else unknown),
        (Text("Kind", "種別"), plain(SOURCE_KINDS[card.kind])),
        (Text("Language", "言語"), plain(card.language)),
    ]
    for title, word in (
        (Text("File", "ファイル"), card.document),
        (Text("SHA-256", "SHA-256"), card.sha256),
    ):
        if word:
            items.append((title, plain(word)))
    if card.url:
        items.append(address(card.url))
    if card.retrieved:
        items.append((Text("Last looked at", "最終確認"), plain(date_text(card.retrieved))))
    return Pairs(items=tuple(items))


def _trust(card: Source) -> list[Paragraph]:
    return [Paragraph(text=card.trust, kept=True)] if card.trust else []


def _carried(found: Iterable[tuple[int, int, Any]], most: int) -> set[int]:
    """Lines of the passages, of a text that has so many; each is looked at once, however many passages have it."""
    lines: set[int] = set()
    after = 1
    for first, last, _ in sorted(found, key=lambda passage: passage[:2]):
        lines.update(range(max(first, after), min(last, most) + 1))
        after = max(after, last + 1)
    return lines


def _left(carried: set[int], text: list[str] | None) -> Table:
    """Lines that carry no fact, where the text is at hand to show them."""
    columns = (
        Column(title=Text("Line", "行")),
        Column(title=Text("Begins, and carries no fact", "未使用の行（冒頭）")),
    )
    lines = [(n, line.strip()) for n, line in enumerate(text or [], start=1) if line.strip() and n not in carried]
    return Table(columns=columns, rows=tuple((plain(str(n)), plain(line[:BEGINNING])) for n, line in lines))


def by_line(base: Base, id_: str, by_day: str = END_OF_TIME) -> list[tuple[int, int, list[Assertion]]]:
    """Passages of a source in its own order, each as first line, last line and what rests on it.

    A page is one passage, line 0. What could not be told by `by_day`, an ISO day, is left out.
    """
    places: dict[tuple[int, int], list[Assertion]] = {}
    seen: set[tuple[int, int, str]] = set()
    desk = Desk(base, by_day)
    for record in desk.find(source=id_):
        for said in told_assertions(desk, record):
            for ref in said.refs:
                if ref.source == id_:
                    place = ref.line or 0, ref.line_end or ref.line or 0
                    if (*place, said.id) not in seen:
                        seen.add((*place, said.id))
                        places.setdefault(place, []).append(said)
        if isinstance(record, Dispute):
            for claim in record.others:
                for ref in claim.refs:
                    if ref.source == id_:
                        said = Assertion(
                            id=record.id,
                            kind="dispute",
                            nature="judgement",
                            text=claim.says,
                            date=None,
                            refs=(ref,),
                            path=(),
                        )
                        places.setdefault((ref.line or 0, ref.line_end or ref.line or 0), []).append(said)
    return [(first, last, said) for (first, last), said in sorted(places.items(), key=lambda place: place[0])]


def in_rows(said: Sequence[Assertion], most: int, marked: Collection[str] = ()) -> Iterator[list[Assertion]]:
    """What rests on a line, in rows of at most so many statements; those of marked ids stand alone, since a mark is the row's."""
    row: list[Assertion] = []
    for each in said:
        alone = each.id in marked
        if row and (alone or len(row) == most):
            yield row
            row = []
        row.append(each)
        if alone:
            yield row
            row = []
    if row:
        yield row


def _has_mark(desk: Desk, id_: str) -> bool:
    """Whether a statement is a dispute or has one, or comes from a layer over the pack."""
    whole = id_.partition(".")[0]
    return bool(desk.disputes(id_)) or whole in desk.overlaid or isinstance(desk.card(whole), Dispute)


def _place(first: int, last: int) -> str:
    return "—" if not first else f"{first}–{last}" if last > first else f"{first}"


def _said(desk: Desk, said: list[Assertion], source: str, line: int) -> tuple[Cell, Cell]:
    ids = tuple(dict.fromkeys(each.id for each in said))
    disputes = tuple(dict.fromkeys(id_ for id_ in ids for id_ in desk.disputes(id_)))
    forms = ("{t} ({p})", "{t}（{p}）")
    ahead = {each.id for each in said if each.path[:1] == ("steps",) and each.nature == "plan"}
    told = [template(*forms, t=each.text, p=PLANNED) if each.id in ahead else each.text for each in said]
    words = join(told, " ", "")
    own = Text("what it says", "この出典の記述") if any(each.nature != "reported" for each in said) else None
    dispute = desk.card(ids[0].partition(".")[0])
    by = HELD_HERE if isinstance(dispute, Dispute) and said[0].text == dispute.held else None  # no words of the source
    refs = dict.fromkeys(ref for each in said for ref in each.refs if (ref.source, ref.line or 0) == (source, line))
    cell = Cell(text=words, id=ids[0], more=ids[1:], disputes=disputes, by=by, credited=None if by else own)
    return cell.but(evidence=tuple(refs)), plain(", ".join(ids))


def _cells(card: Source, facts: int) -> tuple[Cell, ...]:
    date = date_text(card.published) if card.published else same("—")
    kind = SOURCE_KINDS[card.kind]
    return (*(plain(t) for t in (same(card.id), card.title, card.publisher, date, kind)), plain(str(facts)))
