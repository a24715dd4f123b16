"""Records come back from a build as they went in, whatever a pack calls its things."""

from pathlib import Path

import pytest

from cabrief.reports import brief, compare, country, facts, timeline, treaties
from cabrief.store.base import Base
from cabrief.store.codec import DECODER, ENCODER, encode
from conftest import open_facts

KEYS = ("id", "name", "basics", "value", "text", "refs", "mapping", "items")
LANGUAGES = ("en", "ja")
SQL = ("select", "table", "order", "where", "drop", "index")
PACK = """
id: pack-{w}
name: Pack
host: host-{w}
region: The Isles
countries: [{w}, other-{w}]
powers: [host-{w}]
treaty_types: [type-{w}]
areas: [topic-{w}]
basics: [{{id: {w}, label: {{en: First, ja: 甲}}}}, {{id: {v}, label: {{en: Second, ja: 乙}}}}]
"""
FACTS = """
sources: [{{id: source-{w}, title: T, publisher: P, language: en, kind: news, url: "https://example.org/"}}]
topics: [{{id: topic-{w}, name: Sea}}]
treaty_types: [{{id: type-{w}, name: Fishing}}]
actors: [{{id: host-{w}, name: Host, text: {{en: E., ja: 日。}}, refs: [{{source: source-{w}, phrase: some words}}]}}]
countries:
  - id: {w}
    name: Aru
    basics:
      {w}: {{value: {{en: Port Aru, ja: 港}}, refs: [{{source: source-{w}, phrase: some words}}]}}
      {v}: {{value: unknown, looked: 2031-06-01}}
  - {{id: other-{w}, name: Bela, basics: {{}}}}
events:
  - {{id: event-{w}, title: {{en: Talks, ja: 会談}}, type: visit, date: 2031-05, countries: [{w}], topics: [topic-{w}],
     text: {{en: They met., ja: 会った。}}, refs: [{{source: source-{w}, phrase: some words}}]}}
"""


@pytest.mark.parametrize("pack", ["atolls", "shipped"])
def test_every_record_comes_back(pack: str, request: pytest.FixtureRequest) -> None:
    """Written and read again, each record equals itself, the pack too."""
    base: Base = request.getfixturevalue(pack)
    for record in (base.pack, *(record for record, _ in base.records())):
        assert DECODER.decode(ENCODER.encode(encode(record))) == record


@pytest.mark.parametrize("word", [*KEYS, *LANGUAGES, *SQL])
def test_ids_that_mean_something_elsewhere(word: str, tmp_path: Path) -> None:
    """A country and its two basics may be called like a key, a language or a word of SQL."""
    day, second = "2031-06-01", "ja" if word == "en" else "en"
    (tmp_path / "pack.yaml").write_text(PACK.format(w=word, v=second), "utf-8")
    (tmp_path / "facts.yaml").write_text(FACTS.format(w=word, v=second), "utf-8")
    base = open_facts(tmp_path)
    assert {name: value.value and value.value.en for name, value in base.get(word).basics.items()} == {
        word: "Port Aru",
        second: None,
    }
    for document in (
        country.view(base, day, [word]),
        compare.view(base, day, [word, f"other-{word}"]),
        brief.view(base, day, f"topic-{word}"),
        treaties.view(base, day),
    ):
        assert document.sections
    assert [row["id"] for row in facts.view(base, day, filters={"countries": [word]}).rows or ()] == [
        f"{word}.{word}",
        f"{word}.{second}",
        f"event-{word}",
    ]
    assert [row["id"] for row in timeline.view(base, day, countries=[word]).rows or ()] == [f"event-{word}"]
