"""The documents, and what each was used for."""

from __future__ import annotations

from cabrief.base import Base
from cabrief.document import Cell, Column, Document, Table
from cabrief.facts import Source
from cabrief.text import Text, date_text, same
from cabrief.views.common import Desk, plain, section

FIELDS = (
    "id", "title", "publisher", "author", "published", "language", "kind", "document", "sha256", "url", "retrieved", "facts",
)  # fmt: skip
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
    cards = [card for card in base.find(Source) if not kinds or card.kind in kinds]
    parts = (
        (
            Text("Documents read line by line", "行単位で読んだ文書"),
            [card for card in cards if card.document],
        ),
        (Text("Pages", "ウェブページ等"), [card for card in cards if not card.document]),
    )
    heads = (
        Text("Id", "ID"), Text("Title", "表題"), Text("Publisher", "発行者"), Text("Date", "日付"), Text("Kind", "種別"),
        Text("Facts", "事実数"),
    )  # fmt: skip
    columns = tuple(Column(title=head, right=i == len(heads) - 1) for i, head in enumerate(heads))
    sections = [
        section(title, Table(columns=columns, rows=tuple(_cells(card, uses.get(card.id, 0)) for card in found)))
        for title, found in parts
        if found
    ]
    rows = [{**{f: getattr(card, f, None) for f in FIELDS}, "facts": uses.get(card.id, 0)} for card in cards]
    return desk.document(Text("Sources", "出典"), sections, FIELDS, rows)


def _cells(card: Source, facts: int) -> tuple[Cell, ...]:
    date = date_text(card.published) if card.published else same("—")
    kind = SOURCE_KINDS[card.kind]
    return (*(plain(t) for t in (same(card.id), card.title, card.publisher, date, kind)), plain(str(facts)))
