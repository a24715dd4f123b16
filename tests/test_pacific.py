"""A small real pack on another region: Japan and the Pacific islands. The same reports run on it, and nothing in them is of elsewhere."""

import re
from pathlib import Path

import pytest

from cabrief.loading.layers import find_layers, read_files
from cabrief.loading.load import in_memory, load_facts
from cabrief.model.kinds.countries import Country
from cabrief.model.kinds.sources import Source
from cabrief.model.record import Fact
from cabrief.store.base import Base
from conftest import Run

PACIFIC = Path(__file__).parent / "packs" / "pacific"
REPORTS = (
    ("brief",),
    ("brief", "climate-disasters"),
    ("country", "fiji"),
    ("country", "パラオ"),
    ("compare", "fiji", "samoa"),
    ("compare", "japan", "china"),
    ("timeline",),
    ("treaties",),
    ("treaties", "--missing"),
    ("commitments",),
    ("actors",),
    ("actors", "australia"),
    ("voices",),
    ("facts",),
    ("sources",),
    ("disputes",),
    ("search", "気候"),
    ("why", "palm10-declaration"),
)


@pytest.fixture(scope="module")
def pacific() -> Base:
    stack = find_layers([PACIFIC])
    facts, problems = load_facts(stack, read_files(stack))
    assert problems == []
    return in_memory(facts)


def test_facts_rest_on_pages_that_somebody_looked_at(pacific: Base, run: Run) -> None:
    """Ten facts and more, each with the address of its page and the day on which it was looked at."""
    facts = [record for record in pacific.find() if isinstance(record, Fact)]
    assert len(facts) >= 10
    assert all(fact.refs for fact in facts)
    assert all(card.url and card.retrieved for card in pacific.find(Source))
    done = run("check", str(PACIFIC), "--strict", "--as-of", "2026-11-22")
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("arguments", REPORTS, ids=" ".join)
def test_every_report_runs_on_it(arguments: tuple[str, ...], lang: str, run: Run, shipped: Base) -> None:
    """In both languages; and no report speaks of a country, or of a corridor, of the pack that comes with the program."""
    done = run(*arguments, "--data", str(PACIFIC), "--lang", lang, "--as-of", "2026-11-22")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout) > 200
    elsewhere = [word for country in shipped.find(Country) for word in country.name] + ["corridor", "回廊", "Caspian"]
    assert not re.search("|".join(elsewhere), done.stdout)
