"""Dates of reduced precision, held against an independent reader of EDTF."""

import calendar
import time

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from cabrief.language.dates import BadDate, bounds, date_text, has_begun, has_come, year_text
from cabrief.language.text import Text

days = st.dates().map(lambda day: day.isoformat())
parts = days.flatmap(lambda day: st.sampled_from([day[:4], day[:7], day]))
dates = st.builds(str.__add__, parts, st.sampled_from(["", "", "~", "?", "%"]))


@given(dates)
def test_bounds_agree_with_edtf(date: str) -> None:
    """The days that a date may mean are those that the EDTF library gives for it, doubt aside."""
    theirs = parse_edtf(date.rstrip("~?%"))
    mine = tuple(time.strptime(day, "%Y-%m-%d")[:3] for day in bounds(date))
    assert mine == (tuple(theirs.lower_strict())[:3], tuple(theirs.upper_strict())[:3])


@given(dates, dates)
def test_a_range_has_the_outer_days(a: str, b: str) -> None:
    """A range begins with its first part and ends with its last, or is refused where it runs backwards."""
    if bounds(b)[0] < bounds(a)[0]:
        with pytest.raises(BadDate):
            bounds(f"{a}/{b}")
    else:
        assert bounds(f"{a}/{b}") == (bounds(a)[0], bounds(b)[1])


@given(dates, days)
def test_begun_and_come(date: str, day: str) -> None:
    """A date has begun when its first day is here, and has come when its last is."""
    assert has_begun(date, day) == (bounds(date)[0] <= day)
    assert has_come(date, day) == (bounds(date)[1] <= day)


@given(dates, days, days)
def test_time_does_not_run_back(date: str, a: str, b: str) -> None:
    """What has come by a day has come by every later day."""
    early, late = sorted((a, b))
    assert has_come(date, late) or not has_come(date, early)


@pytest.mark.parametrize(
    "date", ["", "20251", "2025-13", "2025-1", "2025-02-29", "0000", "12:30", "2025-12-20T09:30", "２０２５", "2025/"]
)
def test_what_is_no_date(date: str) -> None:
    with pytest.raises(BadDate):
        bounds(date)


@pytest.mark.parametrize(
    ("date", "text"),
    [
        ("2025", Text("2025", "2025年")),
        ("2025-12", Text("December 2025", "2025年12月")),
        ("2025-12-20", Text("20 December 2025", "2025年12月20日")),
        ("2013~", Text("about 2013", "2013年頃")),
        ("2025-01/2025-06", Text("January–June 2025", "2025年1〜6月")),
        ("2024-12/2025-06", Text("December 2024 – June 2025", "2024年12月〜2025年6月")),
        ("2025-12-19/2025-12-20", Text("19–20 December 2025", "2025年12月19〜20日")),
        ("2025-01-29/2025-02-08", Text("29 January 2025 – 8 February 2025", "2025年1月29日〜2025年2月8日")),
    ],
)
def test_words(date: str, text: Text) -> None:
    assert date_text(date) == text


def test_months_have_their_days() -> None:
    """Every month of every year, as the standard library counts them."""
    for year in range(1, 2600):
        for month in range(1, 13):
            assert (
                bounds(f"{year:04}-{month:02}")[1] == f"{year:04}-{month:02}-{calendar.monthrange(year, month)[1]:02}"
            )


def test_the_year_of_a_range_is_said_once_with_its_doubt() -> None:
    ranges = {"2023-07/2023-10?": "2023 (?)", "2023-07~/2023-10": "about 2023", "2022-12/2023-01": "2022 – 2023"}
    assert {each: year_text(each).en for each in ranges} == ranges
