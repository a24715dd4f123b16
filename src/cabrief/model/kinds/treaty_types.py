"""Treaty types: the rows of the treaty table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cabrief.language.text import Text
from cabrief.model.record import Kind, Link, Record

if TYPE_CHECKING:
    from cabrief.model.fields import Both, Name, Slug, Words


class TreatyType(Record):
    """A row of the treaty table."""

    name: Name
    aliases: tuple[Words, ...] = ()
    topics: tuple[Slug, ...] = ()
    text: Both | None = None


KIND = Kind(
    record=TreatyType,
    singular="treaty-type",
    name=Text("treaty type", "条約の種類"),
    links={
        "topics": Link("topic", ("topics",)),
    },
    meanings={
        "name": Text("what it is called: one string for both languages, or each", "名称。両言語で同じなら一つの文字列"),
        "aliases": Text("other names and spellings that a user may type", "利用者が打ちうる別名・表記"),
        "topics": Text("topics on whose pages its table stands", "表を載せるテーマ"),
        "text": Text("one precise sentence of one's own in each language", "自分の言葉による正確な一文を両言語で"),
    },
)
