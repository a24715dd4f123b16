"""Statements: one point that a person made at an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cabrief.language.text import Text
from cabrief.model.record import Fact, Kind, Link, Nature

if TYPE_CHECKING:
    from cabrief.model.fields import Flag, Slug


class Statement(Fact):
    """One point that a person made at an event."""

    nature: Nature = "statement"
    speaker: Slug
    theme: Slug | None = None
    asks: Flag = False
    proposes: Flag = False


KIND = Kind(
    record=Statement,
    singular="statement",
    name=Text("statement", "発言"),
    links={
        "speaker": Link("speaker", ("people",)),
        "theme": Link("topic", ("topics",)),
    },
    named=False,
    section="voices",
    meanings={
        "speaker": Text("id of the person who said it", "話者のid"),
        "theme": Text("topic under which it stands with --by-theme", "--by-theme でまとめるテーマ"),
        "asks": Text("whether it asks something of somebody", "要望か"),
        "proposes": Text("whether it proposes something", "提案か"),
    },
)
