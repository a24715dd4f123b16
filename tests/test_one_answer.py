"""One answer to one question: what every report says of a promise, a treaty or an event is the same, on any day."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cabrief.document import Cell, Table, cells
from cabrief.language.dates import has_begun, has_come
from cabrief.language.text import Text
from cabrief.model.by_day import ByDay
from cabrief.model.kinds.commitments import Commitment
from cabrief.model.kinds.events import Event
from cabrief.model.kinds.notes import Note
from cabrief.model.kinds.treaties import Treaty
from cabrief.model.promises import promise_status, promise_text
from cabrief.reports import actors, commitments, compare, country, facts, standings, timeline, treaties
from cabrief.reports.desk import Desk
from cabrief.store.base import Base
from conftest import examples

DAY = "2026-11-26"
days = st.dates(date(2003, 1, 1), date(2031, 12, 31)).map(date.isoformat)


@settings(deadline=None, max_examples=examples(20))
@given(days)
def test_a_promise_has_one_status(shipped: Base, day: str) -> None:
    """Lists, lines of time and sentences give a promise the same status, in rows and in words."""
    listed = {row["id"]: row for row in commitments.view(shipped, day).rows or ()}
    promises: dict[str, Commitment] = {each.id: each for each in Desk(shipped, day).find(Commitment)}
    assert set(listed) == set(promises)
    due = {row["id"]: row for row in timeline.view(shipped, day, kinds=["commitment"], whole=True).rows or ()}
    assert set(due) == {id_ for id_, each in promises.items() if each.due}
    shown = {cell.id: cell.text for cell in cells(timeline.view(shipped, day, whole=True).sections)}
    page = {cell.id: cell.text for cell in cells(commitments.view(shipped, day).sections)}
    for id_, each in promises.items():
        status, overdue = promise_status(each, ByDay(day, shipped.get))
        words = promise_text(each, ByDay(day, shipped.get), shipped.name)
        assert (listed[id_]["status"], listed[id_]["overdue"]) == (status, overdue)
        assert words.en in page[id_].en
        assert words.ja in page[id_].ja
        if id_ in due:
            assert due[id_]["status"] == status
            assert (status, overdue) == ("open", False) or words.en in shown[id_].en
        assert (status, overdue) == ("open", False) or words.en.lower() in Desk(shipped, day).cell(each).text.en.lower()


@settings(deadline=None, max_examples=examples(12))
@given(days)
def test_a_record_concerns_the_same_everywhere(shipped: Base, day: str) -> None:
    """A filter by country finds the same promises and events in every list: those that name it in any role."""
    whole = [row for row in facts.view(shipped, day, filters={}).rows or () if "." not in row["id"]]
    promises = {each.id: each for each in Desk(shipped, day).find(Commitment)}
    for place in shipped.pack.countries:
        told = {(row["kind"], row["id"]) for row in whole if place in row["countries"]}
        mine = {row["id"] for row in commitments.view(shipped, day, countries=[place]).rows or ()}
        assert mine == {id_ for kind, id_ in told if kind == "commitment"}
        assert mine == {id_ for id_, e in promises.items() if place in {*e.countries, *e.by, *e.to}}
        rows = timeline.view(shipped, day, countries=[place], whole=True).rows or ()
        assert {row["id"] for row in rows if row["kind"] == "commitment"} == {i for i in mine if promises[i].due}
        events = {event.id for event in Desk(shipped, day).find(Event) if event.date or event.id in told}
        assert {row["id"] for row in rows if row["id"] in events} == {
            id_ for kind, id_ in told if kind == "event" and id_ in events
        }


def treaty_cells(table: Table) -> dict[str, list[Cell]]:
    return {row[0].text.en.removesuffix(" ≠"): list(row[1:]) for row in table.rows}


@settings(deadline=None, max_examples=examples(12))
@given(days)
def test_a_treaty_has_one_status(shipped: Base, day: str) -> None:
    """The table, a country's page and a comparison print the same words; the line of time has the steps that have come."""
    pack, desk = shipped.pack, Desk(shipped, day)
    found = standings.of(desk, pack.countries, pack.treaty_types)
    words = {(each.type, each.country): standings.status_cell(desk, each).text for each in found}
    rows = {(row["type"], row["country"]): row["status"] for row in treaties.view(shipped, day).rows or ()}
    assert rows == {(each.type, each.country): each.status for each in found}
    (block,) = [
        b
        for b in compare.view(shipped, day, pack.countries, aspects=["treaties"]).sections[0].blocks
        if isinstance(b, Table)
    ]
    for kind, row in zip(pack.treaty_types, block.rows, strict=True):
        assert [cell.text for cell in row[1:]] == [words[kind, place] for place in pack.countries]
    printed = {cell.text for cell in cells(treaties.view(shipped, day).sections)}
    assert set(words.values()) <= printed
    steps = {
        row["id"]
        for row in timeline.view(shipped, day, kinds=["treaty"], whole=True).rows or ()
        if row["status"] == "held"
    }
    assert steps <= {said.id for treaty in shipped.find(Treaty) for said in treaty.assertions()}
    for each in found:
        if each.status == "in-force" and each.treaty:
            assert f"{each.treaty.id}.in-force" in steps


@settings(deadline=None, max_examples=examples(20))
@given(days)
def test_an_event_has_one_status(shipped: Base, day: str) -> None:
    """What the line of time calls held is told by its sentence elsewhere, what it calls planned is told as planned."""
    rows = {row["id"]: row for row in timeline.view(shipped, day, whole=True).rows or ()}
    desk = Desk(shipped, day)
    told = {row["id"]: row["text"] for row in facts.view(shipped, day, filters={"kind": ["event"]}).rows or ()}
    for event in desk.find(Event):
        assert told[event.id] == desk.told(event)
        if event.date:
            over, begun = has_come(event.date, day), has_begun(event.date, day)
            assert rows[event.id]["status"] != ("planned" if over else "held" if not begun else "")
            planned = rows[event.id]["status"] == "planned"
            told_as_plan = desk.told(event).en.startswith(f"{event.title.en}: planned for")
            assert told_as_plan == planned or (planned and event.status == "planned" and desk.told(event) == event.text)
    for power in shipped.pack.powers:
        for row in actors.summits(desk, power):
            assert rows[row["id"]]["status"] == row["status"]


def test_a_promise_is_filtered_by_who_made_it(shipped: Base) -> None:
    """A promise that names a country only as the one who made it, or to whom, is on that country's line of time."""
    silent = [
        (each, place)
        for each in shipped.find(Commitment)
        for place in {*each.by, *each.to} & set(shipped.pack.countries)
        if each.due and place not in each.countries
    ]
    for each, place in silent:
        rows = timeline.view(shipped, DAY, countries=[place], whole=True).rows or ()
        assert each.id in {row["id"] for row in rows}


def test_whose_note_it_is_counts_as_its_country(shipped: Base) -> None:
    """A note that names a country only in `of` is listed under that country, and not under it as a power."""
    notes = [each for each in shipped.find(Note) if set(each.of) & set(shipped.pack.countries) and not each.countries]
    assert notes
    rows = {row["id"]: row for row in facts.view(shipped, DAY, filters={"kind": ["note"]}).rows or ()}
    for each in notes:
        if each.id in rows:
            assert set(rows[each.id]["countries"]) == set(each.of) & set(shipped.pack.countries)
            assert not set(rows[each.id]["actors"]) & set(shipped.pack.countries)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2031-06-01", Text("Due 2035.", "期限2035年。")),
        (
            "2036-01-01",
            Text("Due 2035; overdue, outcome unknown.", "期限2035年、期限超過、結果確認できず。"),
        ),
    ],
)
def test_words_of_a_status(atolls: Base, day: str, words: Text) -> None:
    """A status reads as a sentence, without brackets in brackets."""
    (promise,) = Desk(atolls, day).find(Commitment)
    text = Desk(atolls, day).cell(promise).text
    assert text.en.endswith(words.en)
    assert text.ja.endswith(words.ja)
    assert country.view(atolls, day, ["aru"]).sections
