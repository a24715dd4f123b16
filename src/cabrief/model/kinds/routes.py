"""Transport routes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from cabrief.language.text import Text
from cabrief.model.record import Fact, Kind, Landmark

if TYPE_CHECKING:
    from cabrief.model.degrees import Latitude, Longitude  # noqa: F401 - a stop inherits them
    from cabrief.model.fields import Name, Words


class Stop(Landmark):
    """A place on a route, and how it is reached from the one before."""

    by: Literal["rail", "road", "sea", "air", "pipeline"] | None = None


class Route(Fact):
    """A transport route, with the names it goes by."""

    name: Name
    aliases: tuple[Words, ...] = ()
    stops: tuple[Stop, ...] = ()  # in order, for maps; what the route is said to pass rests on its refs


KIND = Kind(
    record=Route,
    singular="route",
    name=Text("route", "経路"),
    section="projects",
    meanings={
        "name": Text("what it is called: one string for both languages, or each", "名称。両言語で同じなら一つの文字列"),
        "stops": Text("places on the route in order, for maps", "地図に描く経由地（順）"),
        "Stop.name": Text("name of the place", "経由地の名"),
        "Stop.by": Text("how a place is reached from the one before", "前の経由地からの手段"),
        "aliases": Text("other names and spellings that a user may type", "利用者が打ちうる別名・表記"),
    },
)
