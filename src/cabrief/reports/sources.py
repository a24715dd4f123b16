"""The documents, and what each was used for."""

from __future__ import annotations

from collections.abc import Mapping

from cabrief.document import Cell, Column, Document, Pairs, Paragraph, Table
from cabrief.language.dates import date_text
from cabrief.language.text import Text, join, same, template
from cabrief.model.kinds.disputes import Dispute
from cabrief.model.kinds.sources import Source
from cabrief.model.record import Assertion
from cabrief.reports.desk import Desk, address, plain, section
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
)
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


def view(base: Base, as_of: str, *, kinds: tuple[str, ...] = ()) -> Document:
    """List the cards: founding documents first, then pages."""
    desk = Desk(base, as_of)
    uses = base.uses()
    cards = [card for card in desk.find(Source) if not kinds or card.kind in kinds]
    parts = (
        (
            Text("Documents read line by line", "行単位で読んだ文書"),
            [card for card in cards if card.document],
        ),
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
    sections = [
        section(title, Table(columns=columns, rows=tuple(_cells(card, uses.get(card.id, 0)) for card in found)))
        for title, found in parts
        if found
    ]
    rows = [{**{f: getattr(card, f, None) for f in FIELDS}, "facts": uses.get(card.id, 0)} for card in cards]
    return desk.document(Text("Sources", "出典"), sections, FIELDS, rows)


def one(base: Base, as_of: str, id_: str, texts: Mapping[str, list[str]] | None = None) -> Document:
    """One source: what it is, how far it is to be trusted, and what it says in its own order."""
    desk = Desk(base, as_of)
    card: Source = base.get(id_)
    found = by_line(base, id_)
    kept = [
        section(Text("What it is", "文書"), _card(card)),
        section(Text("How far to trust it", "信頼度"), *_trust(card)),
    ]
    if card.lines:
        carried = {n for first, last, _ in found for n in range(first, last + 1)}
        text = (texts or {}).get(id_)
        words = sum(bool(line.strip()) for line in text) if text else card.lines
        forms = (
            "Facts rest on {p} passages of it; with --texts DIR the lines that carry none are shown.",
            "事実は{p}か所に基づく。--texts DIR を付けると、事実のない行を示す。",
        )
        if text:
            forms = ("{n} of its {m} lines with words carry facts.", "文字のある{m}行のうち{n}行から事実を採った。")
            carried = {n for n in carried if n <= len(text) and text[n - 1].strip()}
        counted = template(*forms, n=len(carried), m=words, p=len(found))
        left = _left(carried, text)
        kept.append(section(Text("How much of it is used", "利用の範囲"), Paragraph(text=counted), left))
    columns = tuple(Column(title=head) for head in (Text("Line", "行"), Text("What it says", "内容"), Text("Id", "ID")))
    rows = tuple(
        (plain(_place(first, last)), *_said(desk, each))
        for first, last, said in found
        for each in ([said] if first else [[one] for one in said])  # a page has no lines that would hold them together
    )
    kept.append(section(Text("What it says", "内容"), Table(columns=columns, rows=rows)))
    return desk.document(template("Source: {t}", "出典：{t}", t=card.title), kept)


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
    return [Paragraph(text=card.trust)] if card.trust else []


def _left(carried: set[int], text: list[str] | None) -> Table:
    """Lines that carry no fact, where the text is at hand to show them."""
    columns = (
        Column(title=Text("Line", "行")),
        Column(title=Text("Begins, and carries no fact", "未使用の行（冒頭）")),
    )
    lines = [(n, line.strip()) for n, line in enumerate(text or [], start=1) if line.strip() and n not in carried]
    return Table(columns=columns, rows=tuple((plain(str(n)), plain(line[:BEGINNING])) for n, line in lines))


def by_line(base: Base, id_: str) -> list[tuple[int, int, list[Assertion]]]:
    """Passages of a source in its own order, each with what rests on it; a page is one passage, line 0."""
    places: dict[tuple[int, int], list[Assertion]] = {}
    seen: set[tuple[int, int, str]] = set()
    basics = base.basics()
    for record in base.find(source=id_):
        for said in record.assertions(basics):
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


def _place(first: int, last: int) -> str:
    return "—" if not first else f"{first}–{last}" if last > first else f"{first}"


def _said(desk: Desk, said: list[Assertion]) -> tuple[Cell, Cell]:
    disputes = tuple(dict.fromkeys(id_ for each in said for id_ in desk.disputes(each.id)))
    words = join([each.text for each in said], " ", "")
    return Cell(text=words, id=said[0].id, disputes=disputes), plain(", ".join(each.id for each in said))


def _cells(card: Source, facts: int) -> tuple[Cell, ...]:
    date = date_text(card.published) if card.published else same("—")
    kind = SOURCE_KINDS[card.kind]
    return (*(plain(t) for t in (same(card.id), card.title, card.publisher, date, kind)), plain(str(facts)))
