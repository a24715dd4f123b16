"""Days as people write them on the command line."""

import inspect
import json
from datetime import date
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cabrief.cli.application import COMMANDS
from cabrief.errors import UsageError
from cabrief.library import days
from conftest import ATOLLS, Run

TODAY = "2026-11-26"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days, "today", lambda: TODAY)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("today", TODAY),
        ("Today", TODAY),
        ("今日", TODAY),
        ("yesterday", "2026-11-25"),
        ("昨日", "2026-11-25"),
        ("30d", "2026-10-27"),
        ("-30d", "2026-10-27"),
        ("30 days ago", "2026-10-27"),
        ("30日前", "2026-10-27"),
        ("2w", "2026-11-12"),
        ("9m", "2026-02-26"),
        ("1y", "2025-11-26"),
        ("2026-11-22", "2026-11-22"),
        ("2026-11", "2026-11"),
        ("2013~", "2013~"),
        ("2026/11/22", "2026-11-22"),
        ("2026/3/4", "2026-03-04"),
        ("2026.11.22", "2026-11-22"),
        ("2026/11", "2026-11"),
        ("20261122", "2026-11-22"),
        ("2026年11月22日", "2026-11-22"),
        ("２０２６年１１月２２日", "2026-11-22"),
        ("2026年11月", "2026-11"),
        ("2026年", "2026"),
        ("令和8年11月22日", "2026-11-22"),
        ("令和元年", "2019"),
        ("22 Nov 2026", "2026-11-22"),
        ("22 november 2026", "2026-11-22"),
        ("Nov 22, 2026", "2026-11-22"),
        ("November 22nd, 2026", "2026-11-22"),
        ("Sept 2026", "2026-09"),
        ("22/11/2026", "2026-11-22"),
        ("11/22/2026", "2026-11-22"),
        ("22.11.2026", "2026-11-22"),
        ("04/04/2026", "2026-04-04"),
        ("2025-12-19/2025-12-20", "2025-12-19/2025-12-20"),
    ],
)
def test_usual_ways_to_write_a_day(words: str, expected: str) -> None:
    """Words, distances from today, and the orders of Japan and of English."""
    assert days.read_day(words) == expected


def test_the_last_day_of_a_shorter_month(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days, "today", lambda: "2026-03-31")
    assert days.read_day("1m") == "2026-02-28"


def test_what_has_two_readings_is_refused() -> None:
    """Both are named, in both languages."""
    with pytest.raises(UsageError) as refused:
        days.read_day("03/04/2026")
    assert str(refused.value) == "'03/04/2026' is 2026-03-04 (4 March 2026) or 2026-04-03 (3 April 2026): write which"
    assert "2026年3月4日" in refused.value.message.ja
    assert "2026年4月3日" in refused.value.message.ja


@pytest.mark.parametrize(
    "words",
    [
        "",
        "soon",
        "31 Feb 2026",
        "2026/13/01",
        "32/13/2026",
        "99999y",
        "5x",
        "22 Foo 2026",
        "1000000d",
        "年",
        "元年",
        "令和9999年",
    ],
)
def test_what_is_no_day_is_refused(words: str) -> None:
    with pytest.raises(UsageError):
        days.read_day(words)


@given(st.dates(date(1000, 1, 1), date(9999, 12, 31)))
def test_every_day_reads_back(day: date) -> None:
    """However it is written."""
    for form in (
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        day.strftime("%d %b ") + str(day.year),
    ):
        assert days.read_day(form) == day.isoformat()


@given(st.text(max_size=30))
def test_no_words_are_a_bug(words: str) -> None:
    try:
        days.read_day(words)
    except UsageError:
        return


def test_a_command_takes_them(run: Run) -> None:
    """In every option that is a date; a distance may begin with a hyphen."""
    asked = [
        ("--as-of", "2026/11/22"),
        ("--as-of", "today"),
        ("--since", "-30d"),
        ("--since", "30d"),
        ("--until", "22 Nov 2026"),
    ]
    for option, words in asked:
        assert run("timeline", option, words, "-f", "json").returncode == 0, words
    assert run("commitments", "--due-before", "2031年", "--data", str(ATOLLS)).returncode == 0
    refused = run("brief", "--as-of", "2026-11-01/2026-11-22")
    assert (refused.returncode, "is a range" in refused.stderr) == (2, True)
    rows = json.loads(run("brief", "--as-of", "yesterday", "-f", "json").stdout)
    assert rows["as_of"] == "2026-11-25"


def test_bounds_in_the_wrong_order_are_refused(run: Run) -> None:
    """By every command that takes both; one day from and until is no wrong order."""
    takers = [
        name
        for name in COMMANDS
        if {"since", "until"}
        <= set(inspect.signature(getattr(import_module(f"cabrief.cli.commands.{name}"), name)).parameters)
    ]
    assert {"timeline", "facts"} <= set(takers)
    for name in takers:
        done = run(name, "--since", "2026", "--until", "2025")
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == "cabrief: --since 2026 comes after --until 2025: nothing lies between\n"
        assert "より後" in run(name, "--since", "2026-02-02", "--until", "2026-01", "--lang", "ja").stderr
        assert run(name, "--since", "2026-02", "--until", "2026", "-f", "json").returncode == 0
