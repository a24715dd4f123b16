"""Transport routes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cabrief.language.text import Text
from cabrief.model.record import Fact, Kind

if TYPE_CHECKING:
    from cabrief.model.fields import Name, Words


class Route(Fact):
    """A transport route, with the names it goes by."""

    name: Name
    aliases: tuple[Words, ...] = ()


KIND = Kind(
    record=Route,
    singular="route",
    name=Text("route", "経路"),
    section="projects",
    meanings={
        "name": Text("what it is called: one string for both languages, or each", "名称。両言語で同じなら一つの文字列"),
        "aliases": Text("other names and spellings that a user may type", "利用者が打ちうる別名・表記"),
    },
)
