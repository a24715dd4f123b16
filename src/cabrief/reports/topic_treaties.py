"""Which treaties a topic is about."""

from __future__ import annotations

from cabrief.model.kinds.treaties import Treaty
from cabrief.model.kinds.treaty_types import TreatyType
from cabrief.model.standing import Standing
from cabrief.reports.desk import Desk
from cabrief.reports.treaties import standings


def topic_standings(desk: Desk, topic: str) -> list[Standing]:
    """Pairs that a topic is about: all of its types of treaty, and those of a treaty that names it itself."""
    types = [kind.id for kind in desk.find(TreatyType) if topic in kind.topics]
    own = {(each.type, country) for each in desk.find(Treaty, topic=topic) for country in each.countries}
    kinds = dict.fromkeys((*types, *(kind for kind, _ in sorted(own))))
    found = standings(desk, kinds, desk.base.pack.countries)
    return [each for each in found if each.type in types or (each.type, each.country) in own]
