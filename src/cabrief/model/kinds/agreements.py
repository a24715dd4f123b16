"""Agreements that are no treaties: declarations, initiatives, statements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from cabrief.language.text import Text
from cabrief.model.record import Fact, Kind, Link

if TYPE_CHECKING:
    from cabrief.model.fields import Both, Slug, Words


class Agreement(Fact):
    """A declaration, initiative or statement that is no treaty; what it says are facts that name it."""

    title: Both
    aliases: tuple[Words, ...] = ()
    type: Literal[
        "declaration",
        "initiative",
        "joint-statement",
        "press-release",
        "programme",
        "memorandum",
        "partnership",
    ]
    parties: tuple[Slug, ...] = ()


KIND = Kind(
    record=Agreement,
    singular="agreement",
    name=Text("agreement", "文書"),
    links={
        "parties": Link("party", ("countries", "actors", "organisations")),
    },
    section="agreements",
    meanings={
        "title": Text("its title, as it names itself", "題名"),
        "aliases": Text("other names and spellings that a user may type", "利用者が打ちうる別名・表記"),
        "type": Text("what sort of event or agreement it is", "出来事・文書の種類"),
        "parties": Text("who adopted it", "採択した当事者"),
    },
)
