"""Whom a fact concerns: every report finds it under the same countries and powers."""

import pytest

from cabrief.document import cells
from cabrief.model.kinds.actors import Actor
from cabrief.model.kinds.countries import Country
from cabrief.model.kinds.disputes import Dispute
from cabrief.model.record import Record
from cabrief.reports import country, facts, search
from cabrief.store.base import Base

DAY = "2026-11-26"


def rows_of(base: Base, **filters: list[str]) -> dict[str, dict[str, object]]:
    return {str(row["id"]): dict(row) for row in facts.view(base, DAY, filters=filters).rows or ()}


def test_a_country_named_in_any_role_is_a_country_of_the_row(shipped: Base) -> None:
    """`of`, `by`, `to`, `parties` and `host` count as `countries` do, and no country is told as an outside power."""
    countries, actors = set(shipped.ids(Country)), set(shipped.ids(Actor))
    found = rows_of(shipped)
    assert "kazakhstan" in found["kz-multi-vector-policy"]["countries"]  # type: ignore[operator]
    whole: dict[str, Record] = {record.id: record for record, _ in shipped.records(DAY)}
    seen = 0
    for id_, row in found.items():
        assert set(row["countries"]) <= countries, id_  # type: ignore[call-overload]
        assert set(row["actors"]) <= actors, id_  # type: ignore[call-overload]
        for role in ("of", "by", "to", "parties", "host"):
            value = getattr(whole.get(id_), role, None) or ()
            named = {value} if isinstance(value, str) else set(value)
            assert named & countries <= set(row["countries"]), id_  # type: ignore[call-overload]
            assert named & actors <= set(row["actors"]), id_  # type: ignore[call-overload]
            seen += bool(named & countries)
    assert seen > 100


@pytest.mark.slow
def test_the_same_facts_answer_everywhere(shipped: Base) -> None:
    """What a country's page says is in `facts --country` and in `search --country`; a power's facts answer to --actor."""
    for id_ in shipped.pack.countries:
        listed = set(rows_of(shipped, countries=[id_]))
        page = {cell.id for cell in cells(country.view(shipped, DAY, [id_]).sections) if cell.refs and cell.id}
        whole = {row.partition(".")[0] for row in listed}
        assert {i for i in page if i not in listed and i not in whole} == set()
        words = {row["id"] for row in search.view(shipped, DAY, [id_], countries=[id_]).rows or ()}
        disputes = {dispute.id for dispute in shipped.find(Dispute)}  # which are about something that concerns it
        assert {i for i in listed if "." not in i} - disputes <= words
        assert listed >= {row["id"] for row in facts.view(shipped, DAY, filters={"countries": [id_]}).rows or ()}
    china = set(rows_of(shipped, actors=["china"]))
    assert {fact.id for fact in shipped.find(by_day=DAY, actor_or_of_or_by_or_to="china")} <= china
