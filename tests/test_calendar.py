"""Calendars: all-day entries with stable names, spans where a day is not known, alarms on request; vobject reads them back."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import vobject
from hypothesis import assume, given, settings
from icalendar import Calendar

from cabrief.document import Cell, Dated, Document, cells
from cabrief.errors import UsageError
from cabrief.formats import How, binary_renderer
from cabrief.language.dates import bounds
from cabrief.language.text import Lang, Text, clean, same
from cabrief.reports import brief, commitments, timeline
from cabrief.store.base import Base
from conftest import ATOLLS, Run
from test_characters import TEXTS, document, with_examples
from test_renderers import HOSTILE, RICH

DAY = "2026-11-22"


def raw(pages: Document, **how: Any) -> bytes:
    return binary_renderer("ics")(pages, How(**how))


def events(pages: Document, **how: Any) -> list[Any]:
    """Entries of a calendar as vobject reads them."""
    return list(vobject.readOne(raw(pages, **how).decode()).vevent_list)


def one(words: str = "Words.", **fields: Any) -> Document:
    """A report with one entry, in which words stand wherever a fact's can."""
    pages = document(words)
    cell = Cell(text=same(words), id="a", refs=pages.sections[0].blocks[0].items[0].refs)  # type: ignore[union-attr]
    entry = Dated(**{"date": "2031-08-01", "title": same(words), "kind": same("visit"), "cell": cell, **fields})
    return pages.but(calendar=(entry,))


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("module", [timeline, commitments], ids=["timeline", "commitments"])
def test_every_date_of_a_report_is_an_entry(shipped: Base, module: Any, lang: Lang) -> None:
    """Over the days that it may mean, named once and for all, with its words, its place and its sources."""
    pages = module.view(shipped, DAY)
    rows = [row for row in pages.rows or () if row.get("date") or row.get("due")]
    found = events(pages, lang=lang)[: len(rows)]
    assert [event.uid.value for event in found] == [f"{row['id']}@cabrief" for row in rows]
    assert len({event.uid.value for event in found}) == len(found)
    for event, row, entry in zip(found, rows, (pages.calendar or ())[: len(rows)], strict=True):
        when = row.get("due") or "/".join(filter(None, (row["date"], row["date_end"])))
        first, last = (date.fromisoformat(day) for day in bounds(when))
        assert (event.dtstart.value, event.dtend.value) == (first, last + timedelta(1))
        assert clean(entry.title.pick(lang)) in event.summary.value
        assert clean(entry.cell.text.pick(lang)) in event.description.value
        for ref in row["refs"]:
            if entry.cell.refs and ref in entry.cell.refs:
                assert ref.phrase in event.description.value
        if row.get("place"):
            assert event.location.value == row["place"].pick(lang)
    assert len(found) > 5


def test_late_events_stand_in_the_calendar_of_promises(shipped: Base) -> None:
    """Whatever the page lists as late, promises and planned events alike, is an entry."""
    pages = commitments.view(shipped, DAY, overdue=True)
    listed = {cell.id for cell in cells(pages.sections) if cell.id}
    assert {event.uid.value for event in events(pages)} == {f"{id_}@cabrief" for id_ in listed}
    assert len(listed) > len(pages.rows or ())


def test_what_a_calendar_has_no_place_for_is_told(run: Run, tmp_path: Path) -> None:
    file = str(tmp_path / "x.ics")
    done = run("commitments", "-o", file)
    dated = len([row for row in json.loads(run("commitments", "-f", "json").stdout)["rows"] if row["due"]])
    of = len(json.loads(run("commitments", "-f", "json").stdout)["rows"])
    assert done.stderr.endswith(f"cabrief: {of - dated} of {of} lines have no date and are not in the calendar\n")


def test_names_stay_from_day_to_day(shipped: Base) -> None:
    """A later report renews an entry instead of adding another: same name, later stamp; so does the other report."""
    early = {event.uid.value: event for event in events(timeline.view(shipped, "2026-06-01", whole=True))}
    late = {event.uid.value: event for event in events(timeline.view(shipped, DAY, whole=True))}
    assert len(early.keys() & late.keys()) > 100
    for name in early.keys() & late.keys():
        assert early[name].dtstamp.value == datetime(2026, 6, 1, tzinfo=UTC)
        assert late[name].dtstamp.value == datetime(2026, 11, 22, tzinfo=UTC)
    due = {event.uid.value for event in events(commitments.view(shipped, DAY))}
    assert due <= late.keys()


@pytest.mark.parametrize(
    ("when", "first", "last", "en", "ja"),
    [
        ("2031-08-01", "2031-08-01", "2031-08-01", "A visit", "往訪"),
        ("2031-08-01/2031-08-03", "2031-08-01", "2031-08-03", "A visit", "往訪"),
        ("2031-08", "2031-08-01", "2031-08-31", "A visit (August 2031)", "往訪（2031年8月）"),
        ("2032", "2032-01-01", "2032-12-31", "A visit (2032)", "往訪（2032年）"),
        ("2031-08-01~", "2031-08-01", "2031-08-01", "A visit (about 1 August 2031)", "往訪（2031年8月1日頃）"),
        (
            "2031-08/2031-09",
            "2031-08-01",
            "2031-09-30",
            "A visit (August–September 2031)",
            "往訪（2031年8〜9月）",
        ),
    ],
)
def test_a_date_without_its_day_is_a_span_and_says_so(when: str, first: str, last: str, en: str, ja: str) -> None:
    """In the title and in the description; a range whose ends are days is known."""
    pages = one(date=when, title=Text("A visit", "往訪"))
    for lang, title in (("en", en), ("ja", ja)):
        (event,) = events(pages, lang=lang)
        assert event.dtstart.value == date.fromisoformat(first)
        assert event.dtend.value == date.fromisoformat(last) + timedelta(1)
        assert event.summary.value == title
        said = {"en": "The date is known only as", "ja": "判明している日付"}[lang]
        assert (said in event.description.value) == (title not in ("A visit", "往訪"))
        assert event.transp.value == "TRANSPARENT"


def test_alarms_are_set_for_what_lies_ahead_alone(shipped: Base) -> None:
    """On request, in the morning: before the first day of what is planned, before the last day of what is due."""
    pages = timeline.view(shipped, DAY)
    assert b"VALARM" not in raw(pages)
    set_ = [event for event in events(pages, alarm=7) if hasattr(event, "valarm")]
    ahead = [entry.cell.id for entry in pages.calendar or () if entry.ahead]
    assert [event.uid.value.removesuffix("@cabrief") for event in set_] == ahead
    assert len(ahead) > 3
    assert all(event.dtend.value > date.fromisoformat(DAY) for event in set_)
    (planned,) = events(one(ahead=True), alarm=7)
    assert planned.valarm.trigger.value == timedelta(days=-7, hours=9)
    (due,) = events(one(ahead=True, due=True, date="2031-08"), alarm=0)
    assert due.valarm.trigger.params == {"RELATED": ["END"]}
    assert due.dtend.value + due.valarm.trigger.value == date(2031, 9, 1) + timedelta(days=-1)
    assert due.valarm.trigger.value == timedelta(days=-1, hours=9)
    assert due.summary.value.startswith("Due: ")


def test_lines_are_folded_utf_8() -> None:
    """No line is longer than 75 octets, no character is torn, lines end as the standard has it."""
    words = "「中央アジア＋日本」対話・第1回首脳会合、" * 20
    whole = raw(one(words), lang="ja")
    lines = whole.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in whole.replace(b"\r\n", b"")
    for line in lines:
        line.decode("utf-8")
    (event,) = events(one(words), lang="ja")
    assert event.summary.value == words


@with_examples
@settings(deadline=None, max_examples=60)
@given(TEXTS)
def test_a_calendar_gives_back_every_character(words: str) -> None:
    """In a title, a place, a description and the name of the calendar."""
    assume("\\N" not in words)
    pages = one(words, place=same(words))
    calendar = Calendar.from_ical(raw(pages))
    for name in ("name", "x-wr-calname"):  # the library knows neither, and leaves what is escaped in their text
        assert re.sub(r"\\(.)", r"\1", str(calendar[name])) == words
    (event,) = calendar.walk("VEVENT")
    assert (str(event["summary"]), str(event["location"])) == (words, words)
    assert str(event["description"]).splitlines()[0] == words
    assert str(event["url"]) == "https://example.org/page"
    if not words.endswith("\\"):  # which vobject misreads at the end of a value
        (seen,) = events(pages)
        assert (seen.summary.value, seen.location.value) == (words, words)
        assert seen.description.value.splitlines()[0] == words


def test_a_backslash_before_an_n_is_no_line_end() -> None:
    """As the second library reads it; the first takes it for one, in writing and in reading."""
    (seen,) = events(one("X \\N Y", place=same("a\\nb")))
    assert (seen.summary.value, seen.location.value) == ("X \\N Y", "a\\nb")


def test_hostile_words_stay_in_their_line() -> None:
    """Nothing in a fact begins a line, a property or an entry of its own, or steers a terminal."""
    words = f"{HOSTILE}\nEND:VEVENT\r\nBEGIN:VALARM\x1b[2J;,:\\n"
    whole = raw(one(words, place=same(words)).but(title=same(words)))
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", whole)
    assert whole.count(b"BEGIN:") == whole.count(b"END:") + words.count("BEGIN:") * 4 - words.count("END:") * 4
    (event,) = events(one(words))
    assert event.summary.value == clean(words)


def test_contested_values_and_layers_are_marked() -> None:
    """As on a page: what is contested in words, slips with a dagger, and the layer that a record comes from."""
    cell = Cell(text=same("It is so"), id="one", disputes=("quarrel",))
    note = RICH.notes["quarrel"].but(about="one", summary=Text("whether", "是非"))
    pages = one(cell=cell).but(notes={"quarrel": note}, layers={"one": "private"})
    (event,) = events(pages)
    assert event.description.value.splitlines()[:2] == ["It is so [private]", "† disputed: whether"]
    (event,) = events(pages.but(notes={"quarrel": note.but(category="wording")}))
    assert event.description.value.splitlines()[1] == "† quarrel"


def test_without_sources_there_are_none(shipped: Base) -> None:
    pages = timeline.view(shipped, DAY)
    assert not [event for event in events(pages, sources=False) if hasattr(event, "url")]
    assert all("Sources:" not in event.description.value for event in events(pages, sources=False))


def test_a_report_without_dates_is_refused(shipped: Base, run: Run) -> None:
    """It says which reports have dates; so does a list in which nothing has one."""
    with pytest.raises(UsageError, match="no dates for a calendar: use cabrief timeline or"):
        raw(brief.view(shipped, DAY))
    with pytest.raises(UsageError, match="nothing in this report has a date"):
        raw(timeline.view(shipped, DAY, since="1800", until="1801"))
    day = ("--data", str(ATOLLS), "--as-of", "2031-06-01")
    done = run("timeline", *day, "-f", "ics", "--alarm", "2")
    assert done.returncode == 0
    assert done.stdout.startswith("BEGIN:VCALENDAR")
    done = run("timeline", *day, "--alarm", "2")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--alarm is for the format ics only, and this is markdown" in done.stderr


def test_the_last_days_of_the_calendar_do_no_harm() -> None:
    (event,) = events(one(date="9999-12-31"))
    assert event.dtstart.value == date.max
