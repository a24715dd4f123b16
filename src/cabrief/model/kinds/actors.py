"""Actors: powers from outside the region, and the host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cabrief.language.text import Text
from cabrief.model.record import Fact, Kind

if TYPE_CHECKING:
    from cabrief.model.fields import Name, Words


class Actor(Fact):
    """A power from outside the region, or the host itself."""

    name: Name
    aliases: tuple[Words, ...] = ()


KIND = Kind(
    record=Actor,
    singular="actor",
    name=Text("actor", "域外国・機関"),
    section="background",
    meanings={
        "name": Text("what it is called: one string for both languages, or each", "名称。両言語で同じなら一つの文字列"),
        "aliases": Text("other names and spellings that a user may type", "利用者が打ちうる別名・表記"),
    },
)
