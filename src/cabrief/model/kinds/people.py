"""People, with their offices."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from cabrief.language.text import Text
from cabrief.model.record import Fact, Kind, Link

if TYPE_CHECKING:
    from cabrief.model.fields import Both, Date, Name, Slug, Words


BETWEEN_NAMES = r"[\s・＝=-]+"
Office = Literal[
    "head-of-state",
    "head-of-government",
    "foreign-minister",
    "trade-minister",
    "speaker",
    "special-envoy",
    "ambassador-to-host",
    "ambassador-from-host",
]

OFFICES: dict[str, Text] = {
    "head-of-state": Text("Head of state", "国家元首"),
    "head-of-government": Text("Prime minister", "首相"),
    "foreign-minister": Text("Foreign minister", "外相"),
    "trade-minister": Text("Trade minister", "経済産業相"),
    "speaker": Text("Speaker", "議会議長"),
    "special-envoy": Text("Special envoy", "特使"),
    "ambassador-to-host": Text("Ambassador in {h}", "駐{h}大使"),
    "ambassador-from-host": Text("Ambassador of {h}", "{h}の大使"),
}


class Person(Fact):
    """Somebody with a name and a role as of a date."""

    name: Name
    aliases: tuple[Words, ...] = ()
    role: Both
    institution: Name | None = None
    of: Slug | None = None
    office: Office | None = None
    since: Date | None = None
    until: Date | None = None

    def called(self) -> list[str]:
        """Names of the person; people are called by their family names too, and with these first."""
        parts = [
            part for name in (*self.name, *self.aliases) for part in re.split(BETWEEN_NAMES, name) if len(part) > 1
        ]
        given, _, family = self.name.en.rpartition(" ")
        return [*super().called(), *parts, f"{family} {given}"]


KIND = Kind(
    record=Person,
    singular="person",
    name=Text("person", "人物"),
    links={
        "of": Link("of", ("countries", "actors", "organisations")),
    },
    section="background",
    meanings={
        "name": Text("what it is called: one string for both languages, or each", "名称。両言語で同じなら一つの文字列"),
        "aliases": Text("other names and spellings that a user may type", "利用者が打ちうる別名・表記"),
        "role": Text("office or function, as of the date", "役職（時点付き）"),
        "institution": Text("where the person works", "所属"),
        "of": Text("country, power or organisation that it belongs to", "属する国・域外国・機関"),
        "office": Text("office that lists of who is who show", "要人一覧に示す職"),
        "since": Text("first day in the office", "就任日"),
        "until": Text("last day in the office", "退任日"),
    },
)
