"""The lists in short: grouped, a line or two for each, the most useful first; in full on request; the rows are the same."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from cabrief.document import Bullets, Document, Paragraph, Section, cells
from cabrief.formats import How, renderer
from cabrief.language.text import LANGS, Lang
from cabrief.model.frozen import Frozen
from cabrief.model.kinds.sources import Source
from cabrief.model.record import Fact
from cabrief.reports import commitments, country, disputes, facts, projects, sources, timeline, voices
from cabrief.store.base import Base
from conftest import ATOLLS, Run, open_facts

DAY = "2026-11-26"
REFS = "refs: [{source: gazette, phrase: hello}]"
PROJECTS = f"""
projects:
  - {{id: pier, name: Pier, status: signed, started: 2030, partners: [Zem Works, Aru Port], sector: sea, countries: [aru],
     amount: {{value: 2000000, unit: usd}}, text: {{en: Zem Works builds a pier., ja: 桟橋を造る。}}, {REFS}}}
  - {{id: school, name: School, status: ongoing, topics: [schools], countries: [bela], text: {{en: A school., ja: 学校。}}, {REFS}}}
  - {{id: both, name: Both, countries: [all], actors: [zemland], text: {{en: A cable., ja: 海底線。}}, {REFS}}}
  - {{id: none, name: None, text: {{en: A study., ja: 調査。}}, {REFS}}}
"""


def titles(document: Document) -> list[str]:
    return [part.title.en for part in document.sections if part.title]


def items(part: Section) -> int:
    return sum(len(block.items) for block in part.blocks if isinstance(block, Bullets))


@pytest.fixture
def working(tmp_path: Path) -> Base:
    """The invented pack with projects."""
    (tmp_path / "projects.yaml").write_text(PROJECTS, "utf-8")
    return open_facts(ATOLLS, tmp_path)


def test_long_forms_have_the_same_rows(shipped: Base) -> None:
    """How much is printed for the eye changes nothing in the data."""
    assert voices.view(shipped, DAY).rows == voices.view(shipped, DAY, full=True).rows
    assert disputes.view(shipped, DAY).rows == disputes.view(shipped, DAY, full=True).rows
    assert sources.view(shipped, DAY).rows == sources.view(shipped, DAY, full=True).rows


@pytest.mark.one_in(2)
@pytest.mark.parametrize("lang", LANGS)
def test_short_lists_leave_nothing_out_and_are_short(shipped: Base, lang: Lang) -> None:
    """Every item is there, and together they take a fraction of the lines that the long form takes."""
    pairs = (
        (voices.view(shipped, DAY), voices.view(shipped, DAY, full=True), 1.05),
        (disputes.view(shipped, DAY), disputes.view(shipped, DAY, full=True), 0.5),
        (sources.view(shipped, DAY), sources.view(shipped, DAY, full=True), 0.5),
        (facts.view(shipped, DAY, filters={}), facts.view(shipped, DAY, filters={}, full=True), 0.5),
    )
    for short, full, most in pairs:
        assert sum(items(part) for part in short.sections) == len(short.rows or ())
        length = [
            renderer("terminal")(each, How(lang=lang, width=80, sources=False)).count("\n") for each in (short, full)
        ]
        assert length[0] < length[1] * most, short.title.en


@pytest.mark.one_in(2)
@pytest.mark.parametrize("lang", LANGS)
def test_the_first_screen_shows_items(shipped: Base, lang: Lang) -> None:
    """Of 40 lines at 80 columns most tell something: ten items at least, and no line that is too long."""
    documents = (
        voices.view(shipped, DAY),
        disputes.view(shipped, DAY),
        sources.view(shipped, DAY),
        facts.view(shipped, DAY, filters={}),
        commitments.view(shipped, DAY),
        timeline.view(shipped, DAY),
    )
    for document in documents:
        screen = renderer("terminal")(document, How(lang=lang, width=80, sources=False)).splitlines()[:40]
        marks = [line for line in screen if line.strip()[:1] in "•●◆◇○"]
        assert len(marks) >= 6, "\n".join(screen)


def test_disputes_are_filtered_by_country_and_topic_together(shipped: Base) -> None:
    """A filter more leaves fewer, as in every list; of a treaty, the topics are those of its type."""

    def ids(**filters: Any) -> set[str]:
        return {row["id"] for row in disputes.view(shipped, DAY, **filters).rows or ()}

    both = ids(countries=["kazakhstan"], topics=["investment-protection"])
    assert both == ids(countries=["kazakhstan"]) & ids(topics=["investment-protection"])
    about = {
        row["about"].partition(".")[0]
        for row in disputes.view(shipped, DAY, topics=["investment-protection"]).rows or ()
    }
    assert {"jp-kz-investment", "jp-uz-investment"} <= about
    assert both < ids(topics=["investment-protection"])


def test_disputes_stand_by_weight(shipped: Base) -> None:
    """The weightiest first, each with what is held and what others say, in one item."""
    document = disputes.view(shipped, DAY)
    rows = {row["id"]: row for row in document.rows or ()}
    for cell in cells(document.sections):
        assert rows[cell.id]["held"].en in cell.text.en
        assert all(claim["says"].en.rstrip(".") in cell.text.en for claim in rows[cell.id]["others"])


def test_sources_stand_by_rank(shipped: Base) -> None:
    """Official before first-rate before other; the most used first; a card without a rank goes by its kind."""
    uses = shipped.uses(DAY)
    document = sources.view(shipped, DAY)
    assert [title.partition(":")[0].partition(" (")[0] for title in titles(document)] == [
        "Official",
        "First-rate",
        "Other",
    ]
    for part, rank in zip(document.sections, sources.RANKS, strict=True):
        found = [shipped.get(cell.id) for cell in cells((part,))]
        assert {card.ranked() for card in found} == {rank}
        counts = [uses.get(card.id, 0) for card in found]
        assert counts == sorted(counts, reverse=True)
    assert all(row["rank"] in sources.RANKS for row in document.rows or ())


def test_weak_sources(shipped: Base) -> None:
    """Only what rests on one source alone that is weak, and all of that."""
    document = sources.weak(shipped, DAY)
    listed = {row["id"]: row for row in document.rows or ()}
    assert listed
    for record, _ in shipped.records(DAY):
        if isinstance(record, Fact) and record.refs:
            names = {ref.source for ref in record.refs}
            card: Source = shipped.get(next(iter(names)))
            weak = len(names) == 1 and (card.seen == "excerpt" or card.ranked() == "other")
            assert (record.id in listed) == weak, record.id
    assert sum(items(part) for part in document.sections) == len(listed)


def test_projects_by_country(working: Base) -> None:
    """Under its country, or under several or none; with parties, sum, sector and state; filters by each."""
    document = projects.view(working, "2031-06-01")
    assert titles(document) == ["Aru (1)", "Bela (1)", "Several countries (1)", "No country named (1)"]
    (head,) = [block.text.en for block in document.sections[0].blocks if isinstance(block, Paragraph)]
    assert head == "4 projects: 1 signed, 1 under way, 2 state not known; 1 in several countries."
    text = {cell.id: cell.text.en for cell in cells(document.sections)}
    assert text["pier"] == "Zem Works builds a pier. Zem Works, Aru Port; USD 2 million; The sea; signed, begun 2030."
    assert text["both"] == "A cable. The Atolls; state not known."

    def ids(**filters: list[str]) -> list[str]:
        return [row["id"] for row in projects.view(working, "2031-06-01", **filters).rows or ()]

    assert ids(countries=["bela"]) == ["school", "both"]
    assert projects.view(working, "2031-06-01", countries=["bela"]).title.en == "Projects: Bela (2)"
    assert ids(topics=["sea"]) == ["pier"]
    assert ids(topics=["schools"]) == ["school"]
    assert ids(statuses=["unknown"]) == ["both", "none"]
    assert ids(statuses=["completed"]) == []


def test_projects_as_data(working: Base) -> None:
    """The fields of a row, in their order."""
    document = projects.view(working, "2031-06-01")
    assert ", ".join(document.fields) == (
        "id, name, text, partners, sector, amount, countries, status, started, date, refs, disputes, nature, whose"
    )
    assert {tuple(row) for row in document.rows or ()} == {document.fields}


@pytest.mark.parametrize(
    "arguments",
    [
        ("timeline", "--all"),
        ("facts", "--full"),
        ("voices", "--full"),
        ("disputes", "--full"),
        ("sources", "--full"),
        ("sources", "--weak"),
        ("projects", "--status", "signed"),
    ],
    ids=" ".join,
)
def test_options_of_lists(arguments: tuple[str, ...], run: Run) -> None:
    done = run(*arguments, "--data", str(ATOLLS), "--as-of", "2031-06-01")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("# ")


@pytest.mark.parametrize("report", ["projects", "facts", "country"])
def test_many_of_a_kind_are_not_compared_with_each_other(
    report: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two hundred projects of a country, and as many disputes about it: the work grows with their number, not with its square."""
    many = 200
    about = f"held: {{en: It holds., ja: そう。}}, others: [{{says: {{en: No., ja: 否。}}, {REFS}}}], reason: {{en: So., ja: 故に。}}, {REFS}"
    (tmp_path / "many.yaml").write_text(
        "projects:\n"
        + "".join(
            f"  - {{id: p{n}, name: P, countries: [aru], text: {{en: A pier., ja: 桟橋。}}, {REFS}}}\n"
            for n in range(many)
        )
        + "notes:\n"
        + "".join(
            f"  - {{id: n{n}, aspect: outlook, of: [aru], text: {{en: Aru grows., ja: 伸びる。}}, {REFS}}}\n"
            for n in range(10)
        )
        + "disputes:\n"
        + "".join(f"  - {{id: d{n}, about: n{n % 10}, category: error, weight: low, {about}}}\n" for n in range(many)),
        "utf-8",
    )
    base, compared = open_facts(ATOLLS, tmp_path), Counter[str]()
    equal = Frozen.__eq__

    def counting(one: Frozen, other: object) -> bool:
        compared[report] += 1
        return equal(one, other)

    monkeypatch.setattr(Frozen, "__eq__", counting)
    views = {
        "projects": lambda: projects.view(base, "2031-06-01"),
        "facts": lambda: facts.view(base, "2031-06-01", filters={}, full=True),
        "country": lambda: country.view(base, "2031-06-01", ["aru"]),
    }
    assert renderer("markdown")(views[report](), How(sources=True))
    assert compared[report] < 20 * many
