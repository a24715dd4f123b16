"""Warnings: each rule over the invented pack with one thing changed, as of a day."""

from pathlib import Path

import pytest

from cabrief.authoring.warnings import find_warnings, printed_nowhere
from cabrief.document import cells
from cabrief.loading.layers import find_layers, read_files
from cabrief.loading.load import load_facts
from cabrief.model.kinds.actors import Actor
from cabrief.model.kinds.events import Event
from cabrief.model.kinds.sources import Source
from cabrief.model.kinds.topics import Topic
from cabrief.model.record import Fact
from cabrief.reports import actors, brief, commitments, country, disputes, timeline, treaties, voices
from cabrief.store.base import Base
from conftest import ATOLLS, Run

DAY = "2031-08-01"


def warnings(pack: Path, *overlays: Path, day: str = DAY, only: str = "") -> list[str]:
    stack = find_layers([pack, *overlays])
    facts, problems = load_facts(stack, read_files(stack))
    assert problems == []
    found = sorted(find_warnings(facts, day))
    assert all(problem.level == "warning" for problem in found)
    passed = "passed-plan"  # the visit of 2031-08, which has a test of its own
    return [str(problem).partition("facts.yaml:")[2] for problem in found if only or problem.code != passed]


def change(pack: Path, old: str, new: str) -> None:
    facts = pack / "facts.yaml"
    text = facts.read_text("utf-8")
    assert text.count(old) == 1
    facts.write_text(text.replace(old, new), "utf-8")


def test_nothing_to_look_at(pack: Path) -> None:
    assert warnings(pack) == []


def test_a_page_not_looked_at_for_a_year(pack: Path) -> None:
    """Counted from the day of the report; a document that is kept does not age, a page without a day is as bad."""
    assert warnings(pack, day="2032-05-31") == []
    assert warnings(pack, day="2032-06-01") == [
        "3:215: warning: stale-source: source gazette: last retrieved on 2031-06-01, 1 year ago"
        " (check the page, then update retrieved)"
    ]
    change(pack, 'url: "https://example.org/gazette", retrieved: 2031-06-01', 'url: "https://example.org/gazette"')
    (found,) = warnings(pack)
    assert "stale-source: source gazette: the card has no day of retrieval" in found


def test_a_promise_past_its_date(pack: Path) -> None:
    """Until somebody is identical to the record at became of it, if only that nobody knows."""
    assert [w.split(": ")[2] for w in warnings(pack, day="2031-12-31")] == []
    change(pack, "due: 2035,", "due: 2031-07,")
    (found,) = warnings(pack)
    assert found.endswith(
        "warning: overdue-promise: commitment thousand-boats: due 2031-07, but no outcome is recorded"
        " (add an outcome with its date)"
    )
    change(
        pack, "due: 2031-07,", "due: 2031-07, outcomes: [{date: 2031-08, status: unknown, text: {en: A., ja: あ。}}],"
    )
    assert warnings(pack, day="2031-09-01") == []


def test_a_plan_whose_day_is_over(pack: Path) -> None:
    """Until somebody is identical to the record at became of it."""
    assert warnings(pack, day="2031-08-31", only="all") == []
    (found,) = warnings(pack, day="2031-09-01", only="all")
    assert found.endswith(
        "passed-plan: event aru-visit-2031: planned for 2031-08, which has passed"
        " (set status to held, postponed, cancelled or unknown)"
    )
    change(pack, "status: planned", "status: cancelled")
    assert warnings(pack, day="2031-09-01", only="all") == []


def test_what_is_as_of_a_day_ahead_is_told_late(pack: Path) -> None:
    change(pack, "aspect: dependency, of: [aru]", "aspect: dependency, as_of: 2062, of: [aru]")
    found = warnings(pack, day="2031-07-01")
    assert any(
        "held-ahead: note aru-leans-north: as_of: 2062, which lies ahead (is the year right?)" in each for each in found
    )


def test_a_source_of_this_year_that_nobody_looked_at_is_not_out(pack: Path) -> None:
    """Whatever rests on it is told when the year is over; the day on which somebody had it says that it is."""
    change(pack, "published: 2031-05, language", "published: 2031, language")
    assert not any("held-ahead" in each for each in warnings(pack, day="2031-07-01"))
    change(pack, "lines: 40, retrieved: 2031-06-01", "lines: 40")
    told = "held-ahead: source log: out by the end of 2031 alone, which lies ahead (add retrieved"
    assert any(told in each for each in warnings(pack, day="2031-07-01"))
    assert not any("held-ahead" in each for each in warnings(pack, day="2031-12-31"))


def test_what_lies_ahead_was_not_held(pack: Path) -> None:
    """Nor was it where the record says nothing of its status."""
    change(pack, "status: planned", "status: held")
    (found,) = warnings(pack, day="2031-07-01", only="all")
    assert "held-ahead: event aru-visit-2031: held on 2031-08, which lies ahead (write status: planned)" in found
    assert warnings(pack, day="2031-09-01", only="all") == []


def test_a_page_looked_at_on_a_day_to_come(pack: Path) -> None:
    (found,) = (each for each in warnings(pack, day="2031-05-31") if "stale-source" in each)
    assert found.endswith("stale-source: source gazette: retrieved on 2031-06-01, which is in the future")


def test_a_number_without_its_year(pack: Path) -> None:
    """A figure, and a basic value that a reader expects to be fresh."""
    change(pack, "approximate: true, as_of: 2031-05,", "approximate: true,")
    change(pack, "as_of: 2030, estimate: true,", "estimate: true,")
    (pack / "pack.yaml").write_text(
        (pack / "pack.yaml").read_text("utf-8").replace("ja: 人口}}", "ja: 人口}, fresh_years: 2}"), "utf-8"
    )
    assert [w.partition(": ")[2] for w in warnings(pack)] == [
        "warning: figure-without-year: country aru: population has no year (add as_of)",
        "warning: figure-without-year: figure boats-value: the value has no year (add as_of)",
    ]


def test_a_fact_that_nothing_prints(pack: Path) -> None:
    """A note about nothing; one that names a topic is on that topic's page."""
    change(
        pack,
        "\nstatements:",
        "\n  - {id: stray, aspect: background, text: {en: A., ja: あ。}, refs: [{source: gazette, phrase: hello}]}\nstatements:",
    )
    (found,) = warnings(pack)
    assert "warning: printed-nowhere: note stray: only facts, search and why print it" in found
    change(pack, "{id: stray, aspect", "{id: stray, topics: [sea], aspect")
    assert warnings(pack) == []


@pytest.mark.parametrize(
    ("facts", "words"), [("[]", "no fact is about it"), ("[schools]", "only one fact is about it")]
)
def test_a_topic_with_one_fact(pack: Path, facts: str, words: str) -> None:
    change(pack, "countries: [bela], topics: [schools]", f"countries: [bela], topics: {facts}")
    change(pack, "actors: [zemland], topics: [schools]", "actors: [zemland]")
    (found,) = warnings(pack)
    assert f"lone-topic: topic schools: {words}" in found


def test_an_override_that_changes_nothing(pack: Path, tmp_path: Path) -> None:
    overlay = tmp_path / "mine"
    overlay.mkdir()
    same = "treaty_types:\n  - {id: tax, overrides: true, name: {en: Tax treaty, ja: 租税条約}}\n"
    (overlay / "facts.yaml").write_text(same, "utf-8")
    (found,) = warnings(pack, overlay)
    assert found.startswith("2:5: warning: override-same: treaty type tax: is identical to the record at ")
    (overlay / "facts.yaml").write_text(same.replace("Tax treaty", "Tax pact"), "utf-8")
    assert warnings(pack, overlay) == []


def test_levels_on_the_command_line(run: Run, pack: Path) -> None:
    """Warnings print, and end with 1 only where the user is strict; an answer is never kept back for them."""
    change(pack, "status: planned", "status: unknown")
    late = ("--as-of", "2040-01-01")
    done = run("check", str(pack), *late)
    assert done.returncode == 0
    assert "warning: stale-source" in done.stdout
    assert done.stderr.endswith(": 2 warnings\n")
    assert run("check", str(pack), *late, "--strict").returncode == 1
    assert run("check", str(pack), "--as-of", DAY, "--strict").returncode == 0
    assert "::warning file=" in run("check", str(pack), *late, "-f", "github").stdout
    assert run("country", "aru", "--data", str(pack)).returncode == 0


def test_the_shipped_facts_are_clean_as_of_their_last_look(shipped: Base, run: Run) -> None:
    """As of the day on which a page was looked at last; later, pages grow old."""
    last = max(card.retrieved for card in shipped.find(Source) if card.retrieved)
    done = run("check", "--strict", "--as-of", last)
    assert done.stdout == ""


def facts_in_reports(base: Base) -> set[str]:
    """Ids of the facts that some report prints, by making all reports."""
    day, pack = "9999-12-31", base.pack
    documents = [
        brief.view(base, day),
        country.view(base, day, pack.countries),
        actors.view(base, day, base.ids(Actor)),
        timeline.view(base, day),
        treaties.view(base, day),
        commitments.view(base, day),
        voices.view(base, day),
        disputes.view(base, day),
        *(brief.view(base, day, subject) for subject in base.ids(Topic, Event)),
    ]
    cells_ = {cell.id for document in documents for cell in cells(document.sections)}
    rows = {str(row["id"]) for document in documents for row in document.rows or () if "id" in row}
    return {id_.partition(".")[0] for id_ in cells_ | rows}


LINKS = (
    *(
        "countries: [aru]",
        "actors: [zemland]",
        "topics: [sea]",
        "event: port-summit-2031",
        "event: aru-visit-2031",
        "key: true",
    ),
    *(
        "organisations: [league]",
        "people: [ann-pilot]",
        "agreement: port-declaration",
        "based_on: [aru-leans-north]",
        "",
    ),
)
_MEMBER = "role: member, refs: [{source: log, line: 1, phrase: Port Aru}]"
OWN_LINKS = {
    "notes": ("of: [bela]", "of: [zemland]"),
    "people": ("of: aru", "of: zemland", "of: league"),
    "organisations": (f"members: [{{of: aru, {_MEMBER}}}]", f"members: [{{of: zemland, {_MEMBER}}}]"),
}


def test_what_no_report_prints_is_told(tmp_path: Path) -> None:
    """A fact of each kind with each link alone: what is told is exactly what no report prints."""
    refs = "text: {en: A., ja: あ。}, refs: [{source: log, line: 1, phrase: Port Aru}]}\n"
    name = "name: {en: N, ja: 名}"
    kinds = {
        "notes": "aspect: risk",
        "events": "title: {en: N, ja: 名}, type: visit, date: 2031-01",
        "organisations": name,
        "people": f"{name}, role: {{en: R, ja: 役}}",
        "projects": name,
        "routes": name,
        "figures": "label: {en: L, ja: 量}, value: 3, unit: percent, as_of: 2031",
        "agreements": "title: {en: N, ja: 名}, type: declaration",
        "statements": "speaker: ann-pilot, nature: statement",
        "commitments": "by: [zemland], to: [aru], firmness: target, nature: plan",
        "actors": name,
    }
    text = ""
    for kind, fields in kinds.items():
        links = [*LINKS, *OWN_LINKS.get(kind, ())]
        text += f"{kind}:\n" + "".join(
            f"  - {{id: {kind.replace('_', '-')}-{n}, {fields}, {link}{', ' if link else ''}{refs}"
            for n, link in enumerate(links)
        )
    (tmp_path / "mine.yaml").write_text(text, "utf-8")
    stack = find_layers([ATOLLS, tmp_path])
    loaded, problems = load_facts(stack, read_files(stack))
    assert problems == []
    facts = {entry.record.id for entry in loaded.entries if isinstance(entry.record, Fact)}
    told = {str(problem).split(": ")[3].split()[1] for problem in printed_nowhere(loaded, DAY)}
    assert told == facts - facts_in_reports(loaded.base)
    assert len(told) > len(kinds)


@pytest.mark.parametrize("pack", ["atolls", "shipped"])
def test_every_fact_of_a_pack_is_printed(pack: str, request: pytest.FixtureRequest) -> None:
    base: Base = request.getfixturevalue(pack)
    facts = {record.id for record, _ in base.records() if isinstance(record, Fact)}
    assert facts <= facts_in_reports(base)
