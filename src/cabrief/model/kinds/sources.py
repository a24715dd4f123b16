"""Sources: cards of documents and pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from cabrief.language.text import Text
from cabrief.model.record import Kind, Link, Record

if TYPE_CHECKING:
    from cabrief.model.fields import Both, Count, Date, FileName, Name, Slug, Url, Words


class Source(Record):
    """A card: what a document or page is, who made it and when, never its text."""

    title: Name
    publisher: Name
    short: Name | None = None
    author: Name | None = None
    published: Date | None = None
    language: Words
    kind: Literal["analysis", "news", "official", "reference", "law", "company", "data"]
    trust: Both | None = None
    document: FileName | None = None
    sha256: Words | None = None
    lines: Count | None = None
    url: Url | None = None
    retrieved: Date | None = None
    rank: Literal["official", "first-rate", "other"] | None = None
    seen: Literal["page", "excerpt"] | None = None
    treaty: Slug | None = None

    def ranked(self) -> str:
        """How good the source is, best first: official, first-rate, other; what a card does not say follows from its kind."""
        return self.rank or ("official" if self.kind in ("official", "law") else "other")


KIND = Kind(
    record=Source,
    singular="source",
    name=Text("source", "出典"),
    links={"treaty": Link("treaty", ("treaties",))},
    meanings={
        "title": Text("its title, as it names itself", "題名"),
        "publisher": Text("who published it", "発行者"),
        "short": Text("the publisher as footnotes name it", "脚注での発行者の名"),
        "author": Text("who wrote it, where that is said", "著者（記されていれば）"),
        "published": Text("when it came out", "発行日"),
        "language": Text("language it is written in: en, ja, ru …", "書かれた言語（en、ja、ruなど）"),
        "kind": Text("what sort of source it is", "出典の種類"),
        "trust": Text("how far to trust it, and where not", "どこまで信頼できるか"),
        "document": Text("file name of the original, for what is read line by line", "行単位で読む原文書のファイル名"),
        "sha256": Text("SHA-256 of the original", "原文書のSHA-256"),
        "lines": Text("number of lines of the original", "原文書の行数"),
        "url": Text("address of the page", "ページのURL"),
        "retrieved": Text("day on which somebody last looked at it", "最後に確認した日"),
        "rank": Text(
            "how good the source is: official, first-rate (a world body, a leading agency or paper) or other",
            "出典の格。公的、一級（国際機関・主要通信社・主要紙）、その他",
        ),
        "seen": Text(
            "whether the page itself was seen, or only an excerpt of it", "ページ自体を見たか、抜粋だけを見たか"
        ),
        "treaty": Text(
            "treaty whose text this is; bibliographies then give its dates",
            "これが条文である条約。文献データに署名日と発効日が載る",
        ),
    },
)
