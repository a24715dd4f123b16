"""The standing of treaties on a day follows from their steps."""

from cabrief.model.by_day import ByDay
from cabrief.model.kinds.treaties import Treaty
from cabrief.model.standing import Standing, by_cell, standing
from cabrief.store.base import Base


def at(base: Base, kind: str, country: str, day: str) -> str:
    return standing(by_cell(base.find(Treaty), [kind], [country], ByDay(day, base.get)), kind, country).status


def test_own_treaty(atolls: Base) -> None:
    """Signed, then in force, each from its day on."""
    days = ("2029-02-28", "2029-03-01", "2029-12-31", "2030-01-01", "2040-01-01")
    found = [at(atolls, "fishing", "aru", day) for day in days]
    assert found == ["unknown", "signed", "signed", "in-force", "in-force"]


def test_partial_date_has_come_when_its_last_day_has(atolls: Base) -> None:
    """Talks of some day in 2030 are not told before the year is over."""
    assert at(atolls, "fishing", "bela", "2030-06-30") == "unknown"
    assert at(atolls, "fishing", "bela", "2030-12-31") == "negotiating"


def test_succession_ends_where_the_new_treaty_begins(atolls: Base) -> None:
    """An older treaty applies until the treaty that replaces it is in force, and for the others goes on."""
    assert [at(atolls, "tax", "aru", day) for day in ("2030-05-31", "2031-01-31", "2031-02-01")] == [
        "in-force-by-succession",
        "in-force-by-succession",
        "in-force",
    ]
    assert at(atolls, "tax", "bela", "2040-01-01") == "in-force-by-succession"


def test_next_step_from_the_dates(atolls: Base) -> None:
    """Behind a succession stands what was signed; behind a treaty in force, the day from which it applies, once announced."""

    def on(day: str) -> Standing:
        return standing(by_cell(atolls.find(Treaty), ["tax"], ["aru"], ByDay(day, atolls.get)), "tax", "aru")

    signed = on("2031-01-31").next_step
    assert signed is not None
    assert signed.en == "Aru tax treaty: signed, 1 June 2030"
    assert on("2031-02-01").next_step is None
    ahead = on("2031-05-31").next_step
    assert ahead is not None
    assert ahead.ja == "2032年1月1日から適用、それまでは旧帝国租税条約"
    assert on("2032-01-01").next_step is None


def test_shipped_tax_row(shipped: Base) -> None:
    """The tax row on three days, as the official record has it."""

    def row(day: str) -> dict[str, str]:
        treaties = by_cell(shipped.find(Treaty), ["tax"], shipped.pack.countries, ByDay(day, shipped.get))
        return {c: standing(treaties, "tax", c).status for c in shipped.pack.countries}

    old, new = "in-force-by-succession", "in-force"
    assert row("2025-10-01") == {
        "kazakhstan": new,
        "kyrgyzstan": old,
        "tajikistan": old,
        "turkmenistan": old,
        "uzbekistan": new,
    }
    assert row("2026-01-31") == {**row("2025-10-01"), "turkmenistan": new}
    assert row("2026-11-22") == {**row("2026-01-31"), "kyrgyzstan": new}
