"""Which treaties a topic is about."""

from __future__ import annotations

from cabrief.model.kinds.treaties import Treaty
from cabrief.model.kinds.treaty_types import TreatyType
from cabrief.model.standing import Standing
from cabrief.reports import standings
from cabrief.reports.desk import Desk


def topic_standings(desk: Desk, topic: str) -> list[Standing]:
    """Pairs that a topic is about: all of its types of treaty, and those of a treaty that names it itself."""
    types = _types(desk, topic)
    own = {(each.type, country) for each in desk.find(Treaty, topic=topic) for country in each.countries}
    kinds = dict.fromkeys((*types, *(kind for kind, _ in sorted(own))))
    found = standings.of(desk, desk.base.pack.countries, tuple(kinds))
    return [each for each in found if each.type in types or (each.type, each.country) in own]


def topic_treaties(desk: Desk, topic: str) -> list[Treaty]:
    """Treaties that a topic is about: of its types, and those that name it themselves."""
    types = _types(desk, topic)
    return [treaty for treaty in desk.find(Treaty) if treaty.type in types or topic in treaty.topics]


def _types(desk: Desk, topic: str) -> list[str]:
    return [kind.id for kind in desk.find(TreatyType) if topic in kind.topics]
