"""Topics: subjects that facts can be about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cabrief.language.text import Text
from cabrief.model.record import Kind, Record

if TYPE_CHECKING:
    from cabrief.model.fields import Both, Name, Words


class Topic(Record):
    """A subject that facts can be about."""

    name: Name
    aliases: tuple[Words, ...] = ()
    text: Both | None = None


KIND = Kind(
    record=Topic,
    singular="topic",
    name=Text("topic", "テーマ"),
    meanings={
        "name": Text("what it is called: one string for both languages, or each", "名称。両言語で同じなら一つの文字列"),
        "aliases": Text("other names and spellings that a user may type", "利用者が打ちうる別名・表記"),
        "text": Text("one precise sentence of one's own in each language", "自分の言葉による正確な一文を両言語で"),
    },
)
