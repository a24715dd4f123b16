"""What came about between two days, by the facts' own dates: without git, in sentences with sources."""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cabrief.document import Paragraph, cells
from cabrief.language.dates import bounds
from cabrief.model.happened import UNREPORTED
from cabrief.reports import between, facts, timeline
from cabrief.store.base import Base
from conftest import ATOLLS, Run, examples, open_facts

days = st.dates(date(2003, 1, 1), date(2031, 12, 31)).map(date.isoformat)
HISTORY = {"happened", "vain", "treaty"}


def ids(base: Base, after: str, until: str, changes: set[str]) -> set[str]:
    return {row["id"] for row in between.view(base, after, until).rows or () if row["change"] in changes}


@settings(deadline=None, max_examples=examples(15))
@given(days, days, days)
def test_two_spans_make_one(shipped: Base, a: str, b: str, c: str) -> None:
    """What came about from one day to a third is what came about up to any day between and after it; from a day to itself, nothing."""
    a, b, c = sorted((a, b, c))
    whole = ids(shipped, a, c, HISTORY)
    assert whole == ids(shipped, a, b, HISTORY) | ids(shipped, b, c, HISTORY)
    assert not ids(shipped, a, b, HISTORY) & ids(shipped, b, c, HISTORY)
    assert between.view(shipped, a, a).rows == ()


@settings(deadline=None, max_examples=examples(10))
@given(days, days)
def test_it_is_what_the_line_of_time_says(shipped: Base, a: str, b: str) -> None:
    """An event or a step is told exactly where it was not held, postponed or over without a report on one day and is so on the other."""
    a, b = sorted((a, b))
    was, now = (
        {
            row["id"]: "planned"
            if row["status"] in UNREPORTED and day <= bounds(row["date_end"] or row["date"])[1]
            else row["status"]
            for row in timeline.view(shipped, day, whole=True).rows or ()
            if row["kind"] != "commitment" and row["date"]
        }
        for day in (a, b)
    )
    states = {id_: (was.get(id_), status) for id_, status in now.items() if status != "planned"}
    # that somebody has looked for it in vain is no news
    changed = {id_ for id_, both in states.items() if both[0] != both[1] and not {*both} <= {*UNREPORTED}}
    assert ids(shipped, a, b, HISTORY) == changed


def test_sentences_with_sources(atolls: Base) -> None:
    """A summit, a step of a treaty and a promise that fell due, each with its evidence."""
    document = between.view(atolls, "2031-01-31", "2031-06-01")
    text = {cell.id: cell.text.en for cell in cells(document.sections)}
    assert text["port-summit-2031"] == "The leaders met at Port Zem."
    assert text["aru-tax.in-force"] == "Aru tax treaty: in force, 1 February 2031."
    assert text["port-declaration"] == "The Port Declaration was adopted."
    assert all(row["refs"] for row in document.rows or ())
    assert not between.view(atolls, "2035-12-31", "2036-01-01").rows  # it fell due in the year that is over
    late = between.view(atolls, "2035-12-30", "2036-01-01").rows or ()
    assert [(row["change"], row["id"], row["before"].en, row["after"].en) for row in late] == [
        ("promise", "thousand-boats", "open", "overdue, outcome unknown")
    ]
    (row,) = [row for row in between.view(atolls, "2031-07-01", "2031-12-01").rows or () if row["change"] == "vain"]
    assert row["text"].en == "A visit to Aru is planned. Day passed, not looked up since."


def test_a_step_that_was_announced_is_news(pack: Path) -> None:
    """Once when it is announced, and once more when it has come."""
    refs = "refs: [{source: gazette, phrase: relations}]"
    steps = f"{{stage: signed, date: 2030-02, {refs}}}, {{stage: in-force, date: 2031-09-01, {refs}}}"
    treaty = (
        f"{{id: fish, type: fishing, countries: [aru], short_name: {{en: Fish treaty, ja: 魚条約}}, steps: [{steps}]}}"
    )
    (pack / "more.yaml").write_text(f"treaties:\n  - {treaty}\n", "utf-8")
    base = open_facts(pack)
    for days, change, by in (
        (("2031-05-03", "2031-08-01"), "told", "planned"),
        (("2031-08-01", "2031-10-01"), "treaty", None),
    ):
        found = {row["id"]: row for row in between.view(base, *days).rows or ()}
        row = found["fish.in-force"]
        assert (row["change"], row["by"].en if row["by"] else None) == (change, by)
        assert ("発効済み" in row["text"].ja) == (by is None)


def rows(run: Run, *arguments: str, **more: str) -> list[dict[str, Any]]:
    done = run("diff", *arguments, "-f", "json", **more)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)["rows"]
    return found


def test_who_came_into_office(shipped: Base) -> None:
    """What lasts has the date on which it was seen, which is none of a change; the end says that it is left out."""
    document = between.view(shipped, "2026-01-31", "2026-02-28")
    told = {row["id"] for row in document.rows or () if row["kind"] == "person"}
    assert told == {"nurlanbek-turgunbek-uulu", "eisuke-mori", "marlen-mamataliev"}
    overlaid = between.view(shipped, "2025-12-01", "2026-02-28")
    assert not {row["kind"] for row in overlaid.rows or ()} & {"organisation", "country"}
    left = " ".join(b.text.en for p in overlaid.sections for b in p.blocks if isinstance(b, Paragraph))
    assert "facts on people, bodies and countries" in left


def test_on_the_command_line(tmp_path: Path, run: Run) -> None:
    """Days of a pack that no git knows, and --since with any pack; the first day of --since belongs to it."""
    pack = Path(shutil.copytree(ATOLLS, tmp_path / "pack"))
    alone = {"GIT_CEILING_DIRECTORIES": str(tmp_path)}
    expected = {"port-summit-2031", "port-declaration", "thousand-boats"}
    for arguments in (
        ("2031-05-03", "2031-05-04"),
        ("--since", "2031-05-04", "--until", "2031-05-04"),
    ):
        found = rows(run, *arguments, "--pack", str(pack), "--as-of", "2031-06-01", **alone)
        assert expected <= {row["id"] for row in found}, arguments
        assert "aru-tax.in-force" not in {row["id"] for row in found}
    assert "in-force" in " ".join(
        row["id"]
        for row in rows(run, "--since", "2031-02", "--until", "2031-02", "--pack", str(pack), "--as-of", "2031-06-01")
    )
    assert run("diff", "2031-05-03", "2031-05-04", "--pack", str(pack), PATH="/nowhere").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "--since DATE"),
        (("--until", "2031"), "say --since DATE"),
        (("HEAD", "--since", "2031"), "and no other state"),
        (("--since", "2032", "--until", "2031"), "comes after"),
        (("--since", "soon"), "is not a date"),
        (("--since", "2031", "--as-of", "2030-01-01"), "comes after the day of the report"),
    ],
)
def test_wrong_requests(arguments: tuple[str, ...], words: str, run: Run) -> None:
    done = run("diff", *arguments, "--pack", str(ATOLLS))
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr


def test_narrowed_to_countries_and_topics(shipped: Base, run: Run) -> None:
    """What is about other countries is left out; a word that goes with no day is refused."""
    whole = ids(shipped, "2025-06-01", "2026-06-01", {*between.HEADS})
    found = between.view(shipped, "2025-06-01", "2026-06-01", countries=["tajikistan"]).rows or ()
    assert {row["id"] for row in found} < whole
    listed = facts.view(shipped, "2026-06-01", filters={"countries": ["tajikistan"]}).rows or ()
    about = {row["id"] for row in listed} | {row["id"].partition(".")[0] for row in listed}
    assert found
    assert {row["id"] for row in found} <= about
    both = between.view(shipped, "2025-06-01", "2026-06-01", countries=["tajikistan"], topics=["energy"]).rows or ()
    assert {row["id"] for row in both} < {row["id"] for row in found}
    done = run("diff", "--since", "2025-06", "--country", "Tajikistan")
    assert "Only: country Tajikistan." in done.stdout
    done = run("diff", "old", "new", "--country", "Tajikistan")
    assert (done.returncode, done.stderr) == (2, "cabrief: --country and --topic go with --since\n")
