"""What the reports say: comparison, promises, voices, search, and the day that a report is as of."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cabrief.document import Bullets, Cell, Document, Pairs, Paragraph, Section, Table, Timeline, cells
from cabrief.language.dates import bounds, has_begun, has_come
from cabrief.language.text import Text
from cabrief.library.fact_base import FactBase
from cabrief.loading.layers import find_layers, read_files
from cabrief.loading.load import in_memory, load_facts
from cabrief.model.by_day import ByDay
from cabrief.model.happened import UNREPORTED, event_status
from cabrief.model.kinds.agreements import Agreement
from cabrief.model.kinds.commitments import Commitment
from cabrief.model.kinds.countries import Country
from cabrief.model.kinds.disputes import Dispute
from cabrief.model.kinds.events import Event
from cabrief.model.kinds.figures import Figure
from cabrief.model.kinds.notes import Note
from cabrief.model.kinds.statements import Statement
from cabrief.model.kinds.topics import Topic
from cabrief.model.kinds.treaties import Treaty
from cabrief.model.record import Fact
from cabrief.model.searches import unsearched
from cabrief.model.standing import by_cell, standing
from cabrief.reports import actors, brief, commitments, compare, country, facts, search, timeline, voices, why
from cabrief.reports.pages.subjects import brief_page
from cabrief.store.base import Base
from conftest import ATOLLS, Run

DAY = "2031-06-01"


def titles(document: Document) -> list[str]:
    return [part.title.en for part in document.sections if part.title]


def table(part: Section) -> dict[str, list[Cell]]:
    (found,) = [block for block in part.blocks if isinstance(block, Table)]
    return {row[0].text.en.removesuffix(" ≠"): list(row[1:]) for row in found.rows}


def test_compare_countries(atolls: Base) -> None:
    """Aspects as rows, countries as columns; a dispute marks its cell; what is not there is unknown, never blank."""
    document = compare.view(atolls, DAY, ["aru", "bela"])
    basics = table(document.sections[0])
    assert [cell.text.en for cell in basics["Population"]] == [
        "12,000 people (2030 est.)",
        "not found (searched 1 June 2031)",
    ]
    assert [cell.state for cell in basics["Population"]] == ["value", "unknown"]
    assert basics["Population"][0].disputes == ("aru-people-count",)
    assert basics["Relations with Zemland"][1].state == "unknown"
    assert [cell.text.en for cell in table(document.sections[-1])["LL"]] == ["member", "not a member"]
    assert all(cell.text.en.strip() and cell.text.ja.strip() for cell in cells(document.sections))


def test_only_differences(atolls: Base, shipped: Base) -> None:
    """Rows on which all agree go, also that nobody found anything; a section without a difference says so."""
    full = table(compare.view(atolls, DAY, ["aru", "bela"], aspects=["treaties"]).sections[0])
    kept = table(compare.view(atolls, DAY, ["aru", "bela"], aspects=["treaties"], only_differences=True).sections[0])
    assert set(kept) <= set(full)
    assert all(len({cell.text for cell in row}) > 1 for row in kept.values())
    sought = compare.view(shipped, "2026-11-26", shipped.pack.countries[:3], aspects=["ties"], only_differences=True)
    tables = [block for part in (*sought.sections, *sought.sections[0].sections) for block in part.blocks]
    rows = [row[1:] for block in tables if isinstance(block, Table) for row in block.rows]
    assert rows
    assert not [row for row in rows if {cell.state for cell in row} == {"unknown"}]
    same = compare.view(atolls, DAY, ["aru", "aru"], only_differences=True).sections[0]
    assert not [block for block in same.blocks if isinstance(block, Table)]


def test_compare_powers(atolls: Base) -> None:
    document = compare.view(atolls, DAY, ["zemland", "north-union"])
    wants = table(document.sections[0])["Wants"]
    assert [cell.text.en for cell in wants] == ["Zemland wants fish.", "unknown"]
    assert table(document.sections[1])["2031"][0].text.en == "3–4 May 2031, Port Zem"


def test_compare_says_what_can_be_compared(run: Run) -> None:
    data = ("--data", str(ATOLLS))
    mixed = run("compare", "aru", "zemland", *data)
    assert mixed.returncode == 2
    assert "countries compare with countries (aru, bela), powers with powers (zemland, north-union)" in mixed.stderr
    assert run("compare", "aru", *data).returncode == 2
    assert (
        "there is no aspect 'treties'; did you mean 'treaties'?"
        in run("compare", "aru", "bela", "--on", "treties", *data).stderr
    )


@pytest.mark.parametrize(
    ("day", "status", "overdue"),
    [("2031-05-04", "open", False), ("2035-12-31", "open", False), ("2036-01-01", "unknown", True)],
)
def test_a_promise_becomes_overdue_by_itself(atolls: Base, day: str, status: str, overdue: bool) -> None:  # noqa: FBT001
    (row,) = commitments.view(atolls, day).rows or ()
    assert (row["status"], row["overdue"], row["amount"]["value"]) == (status, overdue, 1000)
    assert len(commitments.view(atolls, day, overdue=True).rows or ()) == overdue


def test_a_promise_is_not_told_before_it_is_made(atolls: Base) -> None:
    assert commitments.view(atolls, "2031-05-03").rows == ()


def test_commitments_filters(atolls: Base) -> None:
    assert len(commitments.view(atolls, DAY, countries=["aru"]).rows or ()) == 1
    assert len(commitments.view(atolls, DAY, due_before="2035").rows or ()) == 0
    assert len(commitments.view(atolls, DAY, due_before="2036").rows or ()) == 1
    assert len(commitments.view(atolls, DAY, topics=["schools"]).rows or ()) == 0


def test_actors(atolls: Base) -> None:
    """The powers in one table, unknown where nothing is held, without what is held of none; one in full."""
    document = actors.view(atolls, DAY)
    assert [cell.text.en for cell in table(document.sections[0])["North Union"]] == ["unknown"] * 2
    assert "People" in titles(actors.view(atolls, DAY, ["zemland"]))
    assert [row["id"] for row in document.rows or ()] == ["zemland", "north-union"]
    assert "What it wants" in titles(actors.view(atolls, DAY, ["zemland"]))


def test_voices(atolls: Base) -> None:
    """Under the speaker with role, at an event; or under the theme."""
    document = voices.view(atolls, DAY)
    assert titles(document) == ["Ann Pilot, Minister (Zemland) – 1"]
    document = voices.view(atolls, DAY, full=True)
    assert titles(document) == ["Ann Pilot, Minister (Zemland)"]
    assert document.sections[0].sections[0].title is not None
    assert document.sections[0].sections[0].title.en == "Port Summit, 3–4 May 2031"
    assert len(voices.view(atolls, DAY, countries=["zemland"]).rows or ()) == 1
    assert len(voices.view(atolls, DAY, countries=["bela"]).rows or ()) == 0
    assert titles(voices.view(atolls, DAY, by_theme=True)) == ["Without a theme"]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        (["aru"], "aru"),
        (["ＡＲＵ"], "aru"),
        (["Арў"], "aru"),
        (["арў"], "aru"),
        (["ｱﾙ"], "aru"),
        (["海"], "sea"),
        (["サミット"], "port-summit-2031"),
        (["鉄"], ""),
        (["north", "union"], "north-union"),
        (["boats", "thousand"], "thousand-boats"),
        (["千隻"], "thousand-boats"),
        (["漁業"], "fishing"),
    ],
)
def test_search_finds(atolls: Base, words: list[str], first: str) -> None:
    """Two Japanese characters, Cyrillic, accents, half and full width: what is named outright comes first."""
    rows = search.view(atolls, DAY, words).rows or ()
    assert (rows[0]["id"] if rows else "") == first


def test_search_without_a_result(run: Run) -> None:
    done = run("search", "zemlend", "--data", str(ATOLLS), "--as-of", DAY)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "cabrief: nothing has 'zemlend'; near it: zemland, zemland-motive\n"


@pytest.mark.one_in(3)
@pytest.mark.parametrize(("words", "least"), [("回廊", 10), ("税", 20), ("uranium", 8), ("тенге", 0), ("Tokayev", 10)])
def test_search_in_the_shipped_facts(run: Run, words: str, least: int) -> None:
    rows = [json.loads(line) for line in run("search", words, "-f", "ndjson").stdout.splitlines()]
    assert len(rows) >= least
    assert all(list(row) == ["id", "kind", "text", "by", "score", "refs", "disputes"] for row in rows)


days = st.dates(date(2003, 1, 1), date(2031, 12, 31)).map(date.isoformat)


@pytest.mark.parametrize("examples", [10, pytest.param(60, marks=pytest.mark.slow)])
def test_what_is_told_stays_told(shipped: Base, examples: int) -> None:
    """Moving the day forward takes back no record, and un-happens no event."""
    settings(deadline=None, max_examples=examples)(
        given(days, days)(lambda a, b: _what_is_told_stays_told(shipped, a, b))
    )()


def _what_is_told_stays_told(shipped: Base, a: str, b: str) -> None:
    early, late = sorted((a, b))
    assert {r.id for r, _ in shipped.records(early)} <= {r.id for r, _ in shipped.records(late)}

    def held(day: str) -> set[str]:
        return {
            row["id"]
            for row in timeline.view(shipped, day, whole=True).rows or ()
            if row["status"] == "held" and "." not in row["id"]
        }

    assert held(early) <= held(late)


@pytest.mark.parametrize("examples", [10, pytest.param(60, marks=pytest.mark.slow)])
def test_nothing_is_told_that_had_not_happened(shipped: Base, examples: int) -> None:
    """No event of the timeline is held before its day may have come, and none that lies ahead is told by its sentence."""
    settings(deadline=None, max_examples=examples)(
        given(days)(lambda day: _nothing_is_told_that_had_not_happened(shipped, day))
    )()


def _nothing_is_told_that_had_not_happened(shipped: Base, day: str) -> None:
    for row in timeline.view(shipped, day).rows or ():
        assert row["status"] != "held" or has_begun(row["date"], day), row["id"]
    events = {event.id: event for event in shipped.find(Event)}
    for cell in cells(brief.view(shipped, day).sections):
        event = events.get(cell.id)
        if event and event.date and event_status(event, ByDay(day, shipped.get)) == "planned":
            assert cell.text != event.text


@pytest.mark.parametrize("examples", [20, pytest.param(80, marks=pytest.mark.slow)])
def test_a_gap_closes_only_on_a_date_that_some_treaty_gives(shipped: Base, examples: int) -> None:
    """Between a day and the one before it, a pair comes into force only if a step of that date is in the facts."""
    settings(deadline=None, max_examples=examples)(
        given(days)(lambda day: _a_gap_closes_only_on_a_date_that_some_treaty_gives(shipped, day))
    )()


def _a_gap_closes_only_on_a_date_that_some_treaty_gives(shipped: Base, day: str) -> None:
    treaties = shipped.find(Treaty)
    before = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    by_days = [ByDay(each, shipped.get) for each in (before, day)]
    both = [by_cell(treaties, shipped.pack.treaty_types, shipped.pack.countries, by_day) for by_day in by_days]
    for kind in shipped.pack.treaty_types:
        for place in shipped.pack.countries:
            was, now = (standing(cells, kind, place) for cells in both)
            if now.in_force and not was.in_force:
                ends = {step.date[:4] for t in treaties for step in t.steps} | {
                    t.succession_from[:4] for t in treaties if t.succession_from
                }
                assert day[:4] in ends


@pytest.mark.one_in(3)
@pytest.mark.parametrize("day", ["2024-08-01", "2025-12-18", "2026-03-01"])
def test_reports_of_another_day_hold_together(shipped: Base, day: str) -> None:
    """Every report answers as of any day, without a blank cell."""
    first, second, *_ = shipped.pack.countries
    for document in (
        brief.view(shipped, day),
        country.view(shipped, day, [first]),
        compare.view(shipped, day, [first, second]),
        actors.view(shipped, day),
        commitments.view(shipped, day),
        voices.view(shipped, day),
    ):
        assert document.as_of == day
        assert all(cell.text.en.strip() and cell.text.ja.strip() for cell in cells(document.sections))


@pytest.mark.parametrize("examples", [10, pytest.param(40, marks=pytest.mark.slow)])
def test_no_reported_sentence_names_a_later_year(shipped: Base, examples: int) -> None:
    """What a report tells as reported names no year that had not begun, unless it lay ahead of the source as well."""
    settings(deadline=None, max_examples=examples)(
        given(days)(lambda day: _no_reported_sentence_names_a_later_year(shipped, day))
    )()


def _no_reported_sentence_names_a_later_year(shipped: Base, day: str) -> None:
    import re

    for record, _ in shipped.records(day):
        if isinstance(record, Note) and record.nature == "reported":
            cards = [shipped.get(ref.source) for ref in record.refs]
            out = min((card.published or card.retrieved or "9999" for card in cards), default="9999")[:4]
            later = [
                year for year in re.findall(r"\b(?:19|20)\d\d\b", unsearched(record.text, day).en) if year > day[:4]
            ]
            assert all(year > out for year in later), record.id


def test_what_was_planned_is_shown_as_planned(run: Run) -> None:
    out = run("brief", "--full", "--as-of", "2025-12-18", "--no-sources").stdout
    assert "planned for 19–20 December 2025" in out
    assert "adopted the Tokyo Declaration" not in out
    assert "3 trillion" not in out


def test_brief_of_a_topic_and_of_an_event(shipped: Base) -> None:
    """Every topic and every summit has a brief that says something."""

    for topic in shipped.find(Topic):
        assert len(brief.view(shipped, "2026-11-22", topic.id).sections) > 1, topic.id
    for event in shipped.find(Event):
        if event.type == "summit":
            assert brief.view(shipped, "2026-11-22", event.id).sections


def test_japanese_reports_are_japanese(shipped: Base) -> None:
    """Labels and statements of the reports have no untranslated English: where both languages agree, it is a name or a number."""
    documents = [
        brief.view(shipped, "2026-11-22"),
        actors.view(shipped, "2026-11-22"),
        commitments.view(shipped, "2026-11-22"),
        compare.view(shipped, "2026-11-22", shipped.pack.countries),
    ]
    for document in documents:
        for cell in cells(document.sections):
            words = [
                word
                for word in cell.text.ja.replace("-", " ").split()
                if word.isascii() and word.isalpha() and word.islower()
            ]
            assert not words, cell.text.ja


def test_shipped_voices_have_speakers(shipped: Base) -> None:
    """Every statement has a speaker with a role; every country's officials are heard."""
    said = voices.view(shipped, "2026-11-22").rows or ()
    assert len(said) == len(shipped.find(Statement)) > 100
    assert all(row["role"].ja for row in said)
    assert {row["of"] for row in said} >= set(shipped.ids(Country))


def laid_over_atolls(tmp_path: Path, text: str) -> Base:
    """The invented pack with one file laid over it."""
    (tmp_path / "facts.yaml").write_text(text, "utf-8")
    stack = find_layers([ATOLLS, tmp_path])
    facts, problems = load_facts(stack, read_files(stack))
    assert problems == []
    return in_memory(facts)


REST = "text: {en: SAID., ja: 述べた。}, refs: [{source: gazette, phrase: hello}]}"
REFS = "refs: [{source: gazette, phrase: hello}]"


def test_an_event_without_a_date_is_told(tmp_path: Path) -> None:
    """The next summit has no date yet: the timeline, the brief and the profile tell it all the same."""
    event = f"events:\n  - {{id: next, title: {{en: Next, ja: 次}}, type: summit, status: planned, countries: [aru], actors: [zemland], {REST}\n"
    base = laid_over_atolls(tmp_path, event)
    for document in (
        timeline.view(base, DAY),
        brief.view(base, DAY),
        country.view(base, DAY, ["aru"]),
        actors.view(base, DAY, ["zemland"]),
    ):
        assert "next" in {cell.id for cell in cells(document.sections)}
    rows = timeline.view(base, DAY).rows or ()
    assert [row["date"] for row in rows if row["id"] == "next"] == [None]
    assert "next" not in {row["id"] for row in timeline.view(base, DAY, until="2031").rows or ()}
    assert "next" not in {row["id"] for row in timeline.view(base, DAY, kinds=["visit"]).rows or ()}


def test_what_the_host_had_no_part_in_stands_apart(tmp_path: Path) -> None:
    """A profile's ties are with the host; an agreement with one country is there, a meeting with others under its own head."""
    base = laid_over_atolls(
        tmp_path,
        f"agreements:\n  - {{id: pact, title: {{en: Pact, ja: 協約}}, type: partnership, countries: [aru], {REST}\n"
        f"events:\n  - {{id: talks, title: {{en: Talks, ja: 会談}}, type: meeting, date: 2031-01, countries: [aru], actors: [north-union], {REST}\n",
    )
    sections = {part.title.en: part for part in country.view(base, DAY, ["aru"]).sections if part.title}
    assert "talks" in {cell.id for cell in cells((sections["Other events"],))}
    ties = {cell.id for cell in cells((sections["Ties with Zemland"],))}
    assert "pact" in ties
    assert "talks" not in ties


def test_a_year_is_a_year_and_notes_of_steps_are_told(tmp_path: Path) -> None:
    """Four figures without a unit are those four figures, in either language; steps of one day stand in the order in which they came."""
    base = laid_over_atolls(
        tmp_path,
        f"countries:\n  - {{id: bela, overrides: true, name: Bela, basics: {{relations: {{value: 1975, {REFS}}}, population: {{value: 1975, unit: people, as_of: 2030, {REFS}}}}}}}\n"
        f"treaties:\n  - {{id: zz, type: fishing, countries: [bela], short_name: ZZ, steps: [{{stage: signed, date: 2031-01-01, {REFS}}},"
        f" {{stage: in-force, date: 2031-01-01, note: {{en: on the spot, ja: 即日}}, {REFS}}}]}}\n",
    )
    shown = [cell.text for cell in cells(country.view(base, DAY, ["bela"]).sections)]
    assert Text("1975", "1975") in shown
    assert Text("1,975 people (2030)", "1975人（2030年）") in shown
    assert [row["id"] for row in timeline.view(base, DAY).rows or () if row["id"].startswith("zz")] == [
        "zz.signed",
        "zz.in-force",
    ]
    told = [cell.text.en for cell in cells(why.view(base, DAY, ["zz.in-force"]).sections)]
    assert "ZZ: in force, 1 January 2031 (on the spot)" in told


def test_timeline_shows_two_years_and_what_lies_ahead(shipped: Base) -> None:
    """What lies ahead stands first, then the newest of two years; the rest is counted, and `whole`, `since`, `until` bring it."""
    day = "2026-11-26"
    document = timeline.view(shipped, day)
    assert titles(document)[:1] == ["Planned and due"]
    (before,) = [part for part in document.sections if part.title and part.title.en == "What happened, newest first"]
    (block,) = [block for block in before.blocks if isinstance(block, Timeline)]
    dates = [moment.date for moment in block.moments]
    assert all(date >= "2024-11-26" or "2024" in date for date in dates)
    assert [bounds(date)[0] for date in dates] == sorted((bounds(date)[0] for date in dates), reverse=True)
    shown, everything = document.rows or (), timeline.view(shipped, day, whole=True).rows or ()
    assert 0 < len(shown) < len(everything)
    (told,) = [b.text.en for b in document.sections[-1].blocks if isinstance(b, Paragraph)]
    assert told.startswith(f"{len(everything) - len(shown)} earlier events are left out: cabrief timeline --all")
    assert len(timeline.view(shipped, day, since="2003").rows or ()) > len(shown)
    assert {row["date"][:4] for row in timeline.view(shipped, day, until="1992").rows or ()} >= {"1992", "1991"}
    assert not [
        b for p in timeline.view(shipped, day, whole=True).sections for b in p.blocks if isinstance(b, Paragraph)
    ]


@pytest.mark.parametrize(("day", "since"), [("2028-02-29", "2026-02-28"), ("2026-11-26", "2024-11-26")])
def test_two_years_before_a_day(day: str, since: str) -> None:
    """A day that the year does not have is the last one before it."""
    assert timeline._years_before(day) == since


def test_a_planned_event_whose_day_has_passed_has_no_report(atolls: Base) -> None:
    """Nobody is told that last year's visit is planned."""
    rows = {row["id"]: row["status"] for row in timeline.view(atolls, "2031-12-01").rows or ()}
    assert rows["aru-visit-2031"] == "lapsed"


def test_commitments_open_with_their_verdict(shipped: Base) -> None:
    """One sentence counts them all; what is overdue stands first, then what is due soon."""
    day = "2026-11-26"
    document = commitments.view(shipped, day)
    rows = document.rows or ()
    (told,) = [b.text.en for b in document.sections[0].blocks[:1] if isinstance(b, Paragraph)]
    late = sum(row["overdue"] for row in rows)
    assert told.startswith(f"{len(rows)} promises: ")
    assert told.endswith(f" outcome unknown; {late} overdue.")
    for word, state in (("open", "open"), ("kept", "kept"), ("outcome unknown", "unknown")):
        assert f" {sum(row['status'] == state for row in rows)} {word}" in told
    heads = ["Overdue", commitments.VAIN.en, "Due within six months"]
    assert [title.partition(" (")[0] for title in titles(document)[:3]] == heads
    assert titles(document)[0] == f"Overdue ({late})"
    listed = [p for p in document.sections if p.title and not p.title.en.startswith(commitments.VAIN.en)]
    assert sum(len(b.items) for p in listed for b in p.blocks if isinstance(b, Bullets)) == len(rows)


def test_planned_events_without_a_report_are_late_too(shipped: Base) -> None:
    """What was planned, is over and has no report stands behind what is overdue; what a dated promise tells stands once."""
    day = "2026-11-26"
    document = commitments.view(shipped, day, overdue=True)
    (part,) = [part for part in document.sections if part.title and part.title.en.startswith(commitments.VAIN.en)]
    (late,) = [block for block in part.blocks if isinstance(block, Bullets)]
    events = [shipped.get(cell.id) for cell in late.items]
    assert len(events) > 1
    assert all(
        event_status(event, ByDay(day, shipped.get)) in UNREPORTED and has_come(event.date, day) for event in events
    )
    assert not {event.id for event in events} & {each.event for each in shipped.find(Commitment) if each.due}
    assert not [title for title in titles(commitments.view(shipped, day, by=["japan"])) if title.startswith("Planned")]


def test_facts_stand_in_groups_and_in_full(shipped: Base) -> None:
    """A line for each under its kind, in its short form; all of it in one table on request; the rows are the same."""
    day = "2026-11-26"
    short, full = (facts.view(shipped, day, filters={}, full=full) for full in (False, True))
    assert short.rows == full.rows
    assert len(titles(short)) > 8
    assert titles(full) == []
    ids = [cell.id for cell in cells(short.sections)]
    assert sorted(ids) == sorted(row["id"] for row in short.rows or ())
    text = {cell.id: cell.text.en for cell in cells(short.sections)}
    assert text["tokyo-declaration"].endswith("· tokyo-declaration")


LINKED = {"country_or_of_or_by_or_to_or_party_or_host": "kazakhstan"}


def ids_in(document: Document) -> set[str]:
    return {id_.partition(".")[0] for cell in cells(document.sections) for id_ in (cell.id, *cell.more) if id_}


@pytest.mark.parametrize("which", ["country", "power", "summit", "topic", "event"])
def test_a_long_form_has_all_that_is_on_record(shipped: Base, which: str) -> None:
    """Every fact that names what the page is about, whatever its kind; but figures that nobody has found."""
    day, summit = "2026-11-26", shipped.pack.summit or ""
    documents = tuple(each.id for each in shipped.find(Agreement, event=summit))
    pages: dict[str, tuple[Document, dict[str, Any]]] = {
        "country": (country.view(shipped, day, ["kazakhstan"]), LINKED),
        "power": (actors.view(shipped, day, ["china"]), {"actor_or_of_or_by_or_to_or_party_or_host": "china"}),
        "summit": (brief.view(shipped, day), {"event_or_agreement": (summit, *documents)}),
        "topic": (brief.view(shipped, day, "aviation"), {"topic": "aviation"}),
        "event": (brief.view(shipped, day, "ai-partnership"), {"event_or_agreement": "ai-partnership"}),
    }
    document, links = pages[which]
    wanted = [fact for fact in shipped.find(by_day=day, **links) if isinstance(fact, Fact)]
    assert wanted
    left = [fact for fact in wanted if fact.id not in ids_in(document)]
    assert [fact.id for fact in left if not isinstance(fact, Figure) or fact.value is not None] == []


@pytest.mark.parametrize("subject", [None, "kazakhstan", "china", "aviation", "ai-partnership"])
def test_a_long_form_has_all_that_its_page_has(shipped: Base, subject: str | None) -> None:
    """But for disputes, which stand at the lines that they are about."""
    opened = FactBase(shipped, "2026-11-26")
    long = opened.country if subject == "kazakhstan" else opened.actors if subject == "china" else opened.brief
    whole = long(subject, full=True) if subject else opened.brief(full=True)
    left = ids_in(opened.brief(subject).document) - ids_in(whole.document)
    assert [id_ for id_ in left if not isinstance(shipped.get(id_), Dispute)] == []


def test_what_is_derived_is_told_by_the_day(shipped: Base) -> None:
    """`why` explains a fact on any day; what was derived from it later is another fact."""
    for day, known in (("2025-05-01", False), ("2025-10-01", True)):
        assert ("air-astana-narita-flights-plan" in ids_in(why.view(shipped, day, ["kz-direct-flights-2026"]))) is known


def test_a_search_of_a_later_day_is_not_told(atolls: Base) -> None:
    """Bela's people were looked for in vain on 1 June 2031."""
    for day, words in (("2031-05-31", "—"), ("2031-06-01", "not found (searched 1 June 2031)")):
        (glance,) = country.view(atolls, day, ["bela"]).sections[0].blocks
        assert isinstance(glance, Pairs)
        assert words in [cell.text.en for label, cell in glance.items if label.en == "Population"]


def test_an_event_without_a_date_is_on_the_list_of_pages(tmp_path: Path, run: Run) -> None:
    """It has a page of its own, and facts on it."""
    (tmp_path / "more.yaml").write_text(
        "events:\n  - {id: talks, title: {en: Talks, ja: 協議}, type: visit, status: planned, nature: plan, text: {en: Talks., ja: 協議。}, "
        "refs: [{source: log, line: 8, phrase: talks}]}\n"
        "notes:\n  - {id: n, aspect: background, event: talks, text: {en: Hi., ja: はい。}, refs: [{source: log, line: 8, phrase: said so}]}\n",
        "utf-8",
    )
    told = run("brief", "--list", "--data", str(ATOLLS), "--data", str(tmp_path), "--layers", "--as-of", DAY).stdout
    assert "talks" in told


def test_an_outcome_in_all_countries_is_one_in_each(tmp_path: Path, run: Run) -> None:
    """`all` stands for every country there as elsewhere: a promise kept in all of them is kept."""
    (tmp_path / "more.yaml").write_text(
        "commitments:\n  - {id: bridges, by: [zemland], to: [all], firmness: target, due: 2031-01-01, date: 2030-01-01, "
        "text: {en: Zemland builds bridges., ja: 橋を造る。}, refs: [{source: gazette, phrase: bridges}], outcomes: "
        "[{date: 2031-02-01, status: kept, countries: [all], text: {en: They stand., ja: 完成。}, "
        "refs: [{source: gazette, phrase: bridges}]}]}\n",
        "utf-8",
    )
    told = run("commitments", "-f", "json", "--data", str(ATOLLS), "--data", str(tmp_path), "--layers", "--as-of", DAY)
    (row,) = [row for row in json.loads(told.stdout)["rows"] if row["id"] == "bridges"]
    assert (row["status"], row["overdue"], row["done_in"]) == ("kept", False, ["aru", "bela"])


def laid(tmp_path: Path, facts: str) -> Base:
    """The atolls with some facts laid over them."""
    (tmp_path / "more.yaml").write_text(facts, "utf-8")
    stack = find_layers([ATOLLS, tmp_path])
    found, problems = load_facts(stack, read_files(stack))
    assert [problem for problem in problems if problem.level == "error"] == []
    return in_memory(found)


EVENT = (
    "events:\n  - {id: talks, title: {en: Talks, ja: 協議}, type: visit, date: 2031-02-01, host: aru, actors: [zemland], "
    "STATUS text: {en: They talked., ja: 話した。}, refs: [{source: log, line: 8, phrase: talked}]}\n"
)


def test_a_treaty_stands_on_the_pages_of_its_own_topics(tmp_path: Path) -> None:
    """Also where its type names none; other countries have no part in it."""
    facts = (
        "treaties:\n  - {id: bela-tax, type: tax, countries: [bela], topics: [schools], short_name: {en: Bela tax, ja: ベラ租税}, "
        "steps: [{stage: signed, date: 2031-01-01, refs: [{source: gazette, phrase: signed}]}]}\n"
    )
    base = laid(tmp_path, facts)
    document = brief.view(base, DAY, "schools")
    (rows,) = [table(part) for part in document.sections if part.title and part.title.en == "Treaties"]
    assert [[cell.text.en for cell in row][:2] for row in rows.values()] == [["Bela", "in force by succession"]]
    assert "bela-tax" in ids_in(brief_page(base, DAY, "schools"))


def test_the_host_of_an_event_was_there(tmp_path: Path) -> None:
    """On the long form as on the page."""
    base = laid(tmp_path, EVENT.replace("STATUS", ""))
    for document in (brief.view(base, DAY, "talks"), brief_page(base, DAY, "talks")):
        assert "Zemland, Aru" in [cell.text.en for cell in cells(document.sections)]


def test_a_late_event_is_hidden_by_no_promise_that_is_not_shown(tmp_path: Path) -> None:
    """A promise to Bela tells of it, in the list of Bela alone."""
    promise = (
        "commitments:\n  - {id: fish, by: [zemland], to: [bela], firmness: target, event: talks, due: 2031-02-01, date: 2030-01-01, "
        "text: {en: Zemland sends fish., ja: 魚を送る。}, refs: [{source: gazette, phrase: fish}]}\n"
    )
    event = EVENT.replace("STATUS", "status: unknown, countries: [bela], ")
    base = laid(tmp_path, event + promise)
    assert "talks" in ids_in(commitments.view(base, DAY, countries=["aru"]))
    assert {"fish", "talks"} & ids_in(commitments.view(base, DAY, countries=["bela"])) == {"fish"}


def test_differences_say_what_is_left_out(shipped: Base) -> None:
    """Cells are cut to the same few statements as in the whole comparison."""
    told = []
    for only in (False, True):
        document = compare.view(shipped, "2026-11-26", ["kazakhstan", "uzbekistan"], only_differences=only)
        blocks = [block for part in document.sections for block in part.blocks if isinstance(block, Paragraph)]
        told.append([block.text.en for block in blocks if "further point" in block.text.en])
    assert len(told[0]) == len(told[1]) > 0
