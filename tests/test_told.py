"""What reports tell is what the facts say: what is done is done under whatever date, and nothing is taken from words by chance."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

import cabrief
from cabrief.language.text import Text
from cabrief.language.units import amount_text
from conftest import Run

REF = "[{source: first-source, phrase: words that stand there}]"
DAY = "2026-11-27"


@pytest.fixture
def pack_with(tmp_path: Path, run: Run) -> Any:
    """A pack of one country, and in it what a test adds; the source came out on the day given."""

    def make(added: str, published: str = "2026-11-20", types: tuple[str, ...] = ()) -> str:
        folder = tmp_path / "own"
        assert run("init", str(folder)).returncode == 0
        facts = (folder / "facts.yaml").read_text("utf-8")
        facts = re.sub(r"    retrieved: .*", f"    published: {published}\n    retrieved: {DAY}", facts, count=1)
        assert f"published: {published}" in facts
        kinds = "".join(f"  - {{id: {name}, name: {{en: {name}, ja: {name}}}}}\n" for name in types)
        if kinds:
            facts = facts.replace("treaty_types:\n", f"treaty_types:\n{kinds}", 1)
            about = folder / "pack.yaml"
            text = about.read_text("utf-8")
            about.write_text(text.replace("treaty_types: [", f"treaty_types: [{', '.join(types)}, ", 1), "utf-8")
        (folder / "facts.yaml").write_text(facts, "utf-8")
        (folder / "more.yaml").write_text(added, "utf-8")
        checked = run("check", str(folder))
        assert checked.returncode == 0, checked.stdout + checked.stderr
        return str(folder)

    return make


def rows(run: Run, *words: str, day: str = DAY) -> list[dict[str, Any]]:
    done = run(*words, "-f", "json", "--as-of", day)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)["rows"]
    return found


def said(run: Run, *words: str, day: str = DAY) -> str:
    done = run(*words, "--as-of", day, "--no-sources")
    assert done.returncode == 0, done.stderr
    return str(done.stdout)


def event(id_: str, date: str, status: str, **more: str) -> str:
    """An event of the pack's host and country."""
    fields = "".join(f", {key}: {value}" for key, value in more.items())
    named = id_.replace("-", " ").capitalize()
    return (
        f"  - {{id: {id_}, title: {{en: {named}, ja: {named}}}, type: summit, date: {date}, status: {status}, actors: [host],"
        f" countries: [first-country], text: {{en: {named} was told., ja: {named}の記述。}}, refs: {REF}{fields}}}\n"
    )


def treaty(id_: str, kind: str, steps: list[tuple[str, str]], **more: str) -> str:
    fields = "".join(f", {key}: {value}" for key, value in more.items())
    listed = ", ".join(f"{{stage: {stage}, date: {date}, refs: {REF}}}" for stage, date in steps)
    return (
        f"  - {{id: {id_}, type: {kind}, countries: [first-country], short_name: {{en: {id_}, ja: {id_}}}{fields},"
        f" steps: [{listed}]}}\n"
    )


def promise(id_: str, due: str, *outcomes: tuple[str, str], made: str = "2025-01-01") -> str:
    listed = ", ".join(
        f"{{date: {date}, status: {status}, text: {{en: It is so., ja: 記述。}}, refs: {REF}}}"
        for date, status in outcomes
    )
    return (
        f"  - {{id: {id_}, by: [host], to: [first-country], firmness: intention, date: {made}, due: {due},"
        f" text: {{en: The host promised {id_}., ja: {id_}を約束した。}}, refs: {REF}, outcomes: [{listed}]}}\n"
    )


def note(id_: str, en: str, ja: str, **more: str) -> str:
    fields = "".join(f", {key}: {value}" for key, value in more.items())
    return f'  - {{id: {id_}, aspect: policy, of: [first-country], text: {{en: "{en}", ja: "{ja}"}}, refs: {REF}{fields}}}\n'


def test_what_was_done_this_year_is_done(pack_with: Any, run: Run) -> None:
    """A held event, a step and an outcome of a year that is not over are told as done once their source is out, and not before."""
    own = pack_with(
        "events:\n"
        + event("big-forum", "2026", "held")
        + "commitments:\n"
        + promise("a-bridge", "2026-02", ("2026", "kept"))
        + "treaties:\n"
        + treaty("new-air", "air", [("signed", "2025-03-01"), ("in-force", "2026")]),
        types=("air",),
    )
    status = {row["id"]: row["status"] for row in rows(run, "timeline", "--all", "--data", own)}
    assert status["big-forum"] == "held"
    assert [row["status"] for row in rows(run, "commitments", "--data", own) if row["id"] == "a-bridge"] == ["kept"]
    (air,) = [row for row in rows(run, "treaties", "--data", own) if row["type"] == "air"]
    assert (air["status"], air["entered_into_force"]) == ("in-force", "2026")
    early = {row["id"]: row["status"] for row in rows(run, "timeline", "--all", "--data", own, day="2026-11-01")}
    assert early.get("big-forum", "planned") == "planned"


def test_what_is_called_off_is_never_planned(pack_with: Any, run: Run) -> None:
    """A cancelled or postponed event of a coming day is told as such, without a countdown, in lists, calendars and pages."""
    own = pack_with(
        "events:\n" + event("grand-summit", "2026-12-20", "cancelled") + event("next-one", "2027-02", "postponed")
    )
    printed = said(run, "timeline", "--data", own)
    assert "Grand summit **(cancelled)**" in printed
    assert "days left" not in printed
    status = {row["id"]: row["status"] for row in rows(run, "timeline", "--data", own)}
    assert (status["grand-summit"], status["next-one"]) == ("cancelled", "postponed")
    page = said(run, "country", "first-country", "--data", own)
    assert "**Next high-level meeting**: none on record" in page
    assert "planned for" not in said(run, "facts", "--kind", "event", "--data", own)


def test_the_words_that_tell_what_became_of_it_go_along(shipped: Any, run: Run) -> None:
    """Quotes, rows of a page and the picture say that a summit was postponed."""
    facts = cabrief.open(as_of="2026-11-26", lang="en")
    quoted = [quote.text.en for quote in facts.timeline(all=True).quotes if quote.id == "gcc-ca-summit-2025"]
    assert quoted
    assert all("postponed" in words for words in quoted)
    drawn = run("timeline", "--all", "--actor", "gcc", "-f", "svg", "--as-of", "2026-11-26").stdout
    assert "postponed: Second GCC" in drawn
    done = run("diff", "--since", "2025-05-02", "--until", "2025-05-10").stdout
    assert "Second GCC–Central Asia summit: postponed." in done
    assert "postponed" in run("brief", "gcc-ca-summit-2025", "--as-of", "2025-05-10").stdout.lower()


def test_the_last_outcome_is_the_last_by_date(pack_with: Any, run: Run) -> None:
    """Whatever the order of the file; and a later search in vain takes back nothing that was done."""
    own = pack_with(
        "commitments:\n"
        + promise("a-road", "2025-12", ("2026-03-01", "kept"), ("2025-06-01", "open"))
        + promise("a-port", "2025-12", ("2025-11-01", "kept"), ("2026-02-01", "unknown"))
        + promise("a-dam", "2025-12", ("2025-06-01", "open"))
    )
    found = {row["id"]: (row["status"], row["overdue"]) for row in rows(run, "commitments", "--data", own)}
    assert found["a-road"] == found["a-port"] == ("kept", False)
    assert found["a-dam"] == ("open", True)
    assert "overdue, open" in said(run, "timeline", "--all", "--data", own)


def test_the_treaty_that_counts_is_no_matter_of_order(pack_with: Any, run: Run) -> None:
    """The one that replaces another, or that moved last, wherever it stands; one that has not begun hides nothing."""
    own = pack_with(
        "treaties:\n"
        + treaty("a-old", "a", [("in-force", "1960"), ("terminated", "2005-03-01")], succession="true")
        + treaty("b-new", "b", [("signed", "2024-05-01")])
        + treaty("b-old", "b", [("in-force", "1970"), ("terminated", "1990-03-01")])
        + treaty("c-new", "c", [("signed", "2019-05-01"), ("in-force", "2020-05-01")], replaces="c-old")
        + treaty("c-old", "c", [("in-force", "1995-03-01")])
        + treaty("d-new", "d", [("signed", "2019-05-01"), ("applies", "2020-05-01")])
        + treaty("e-old", "e", [("in-force", "1995-03-01")])
        + treaty("e-new", "e", [("signed", "2030-05-01")], replaces="e-old"),
        types=("a", "b", "c", "d", "e"),
    )
    found = {row["type"]: (row["id"], row["status"], row["in_force"]) for row in rows(run, "treaties", "--data", own)}
    assert found["a"] == ("a-old", "terminated", False)
    assert found["b"] == ("b-new", "signed", False)
    assert found["c"] == ("c-new", "in-force", True)
    assert found["d"] == ("d-new", "applies-provisionally", False)
    assert found["e"] == ("e-old", "in-force", True)
    assert "ended 1 March 2005" in said(run, "treaties", "--missing", "--data", own)


def test_whose_words_they_are(pack_with: Any, run: Run) -> None:
    """A speaker goes unnamed only where the sentence names them as a word and says that they say it, in both languages."""
    own = pack_with(
        "people:\n"
        f"  - {{id: ursula, name: {{en: Ursula von der Leyen, ja: ウルズラ・フォン・デア・ライエン}}, of: host, role: {{en: R, ja: 役}},"
        f" text: {{en: She speaks., ja: 話す。}}, refs: {REF}}}\n"
        "notes:\n"
        + note("n-a", "The border was closed.", "国境が閉じた。", nature="statement", people="[ursula]")
        + note("n-b", "Leyen closed the road.", "ライエンが道を閉じた。", nature="statement", people="[ursula]")
        + note(
            "n-d",
            "Leyen said the road was shut.",
            "ライエンは道が閉じたと述べた。",
            nature="statement",
            people="[ursula]",
        )
        + note("n-c", "Leyen closed the port.", "港が閉じた。", nature="statement", people="[ursula]")
    )
    by = {row["id"]: row["by"] for row in rows(run, "facts", "--kind", "note", "--data", own)}
    assert (
        by["n-a"] == by["n-c"] == {"en": "said by Ursula von der Leyen", "ja": "ウルズラ・フォン・デア・ライエンの発言"}
    )
    assert by["n-d"] is None


def test_a_plan_stays_a_plan(pack_with: Any, run: Run) -> None:
    """Its date may pass: nobody knows from that whether it came true."""
    own = pack_with(
        "notes:\n"
        + note("n-plan", "The ministry opens an embassy.", "大使館を開く。", nature="plan", date="2025-06-01")
    )
    (row,) = [row for row in rows(run, "facts", "--kind", "note", "--data", own) if row["id"] == "n-plan"]
    assert row["by"]["en"] == "planned"


def test_what_lies_ahead_is_told_once_it_is_announced(pack_with: Any, run: Run) -> None:
    """Facts of a coming day stand in reports from the day of their source on; a number in a sentence hides none."""
    own = pack_with(
        "notes:\n"
        + note(
            "n-law",
            "The new law takes effect on 1 January 2027.",
            "新法は2027年1月1日に施行される。",
            date="2027-01-01",
        )
        + note("n-pipe", "The pipeline is 2040 km long.", "長さは2040キロ。"),
    )
    listed = {row["id"] for row in rows(run, "facts", "--kind", "note", "--data", own)}
    assert {"n-law", "n-pipe"} <= listed
    assert "n-law" not in {row["id"] for row in rows(run, "facts", "--kind", "note", "--data", own, day="2026-11-01")}


def test_what_came_out_this_month_is_out(pack_with: Any, run: Run) -> None:
    """A source of which the month alone is known had come out when somebody looked at it."""
    own = pack_with("notes:\n" + note("n-view", "It matters.", "重要である。", nature="judgement"), published="2026-11")
    assert "n-view" in {row["id"] for row in rows(run, "facts", "--kind", "note", "--data", own)}


def test_a_new_promise_keeps_its_outcome(pack_with: Any, run: Run) -> None:
    """What was promised and missed within the days asked for is told with both."""
    own = pack_with(
        "commitments:\n" + promise("a-bridge", "2026-05-01", ("2026-06-01", "missed"), made="2026-02-01"), "2026-06-02"
    )
    told = [row for row in rows(run, "diff", "--since", "2026-01-01", "--pack", own) if row["id"] == "a-bridge"]
    assert [(row["change"], row["after"]["en"].split(" (")[0]) for row in told] == [("promise", "missed")]


def test_memberships_and_offices_are_those_of_the_day(pack_with: Any, run: Run) -> None:
    """The latest standing in a body counts, in whatever order; who holds an office is who has it on the day, its last included."""
    own = pack_with(
        "organisations:\n"
        f"  - {{id: org-x, name: Org X, text: {{en: It is a body., ja: 機関。}}, refs: {REF}, members:\n"
        f"      [{{of: first-country, role: member, as_of: 2020, refs: {REF}}}, {{of: first-country, role: observer, as_of: 2010, refs: {REF}}}]}}\n"
        "people:\n"
        + "".join(
            f"  - {{id: {name}, name: {name.capitalize()}, of: first-country, role: {{en: Minister, ja: 大臣}}, office: foreign-minister,"
            f" since: {since}{until}, text: {{en: It is said., ja: 記述。}}, refs: {REF}}}\n"
            for name, since, until in (
                ("olda", "2010-01-01", ", until: 2019-12-31"),
                ("newa", "2020-01-01", f", until: {DAY}"),
            )
        )
    )
    page = said(run, "country", "first-country", "--full", "--data", own)
    assert "| Org X | member" in " ".join(page.split())
    assert "**Foreign minister**: Newa, since 1 January 2020" in page
    assert "Minister (until 31 December 2019)" in page
    assert "Newa" in said(run, "country", "first-country", "--data", own)


def test_the_last_meeting_is_the_last(pack_with: Any, run: Run) -> None:
    """Of whatever weight, and with whomever else; reports agree on it."""
    own = pack_with("events:\n" + event("small-one", "2026-11-02", "held", weight="low"), "2026-11-25")
    assert "**Last high-level meeting**: Small one (2 November 2026)" in said(
        run, "country", "first-country", "--data", own
    )
    assert "2 November 2026" in said(run, "actors", "--data", own)


def test_counts_of_a_country_leave_out_what_was_done_elsewhere(run: Run) -> None:
    """The picture of promises and the rows say where something was done."""
    listed = rows(run, "commitments", "--country", "tajikistan", day="2026-11-26")
    away = [row for row in listed if row["done_in"] and "tajikistan" not in row["done_in"]]
    assert away
    printed = list(csv.DictReader(io.StringIO(run("commitments", "-f", "csv", "--as-of", "2026-11-26").stdout)))
    assert {row["id"] for row in away} <= {row["id"] for row in printed if row["done_in"]}
    drawn = run("commitments", "-f", "svg", "--as-of", "2026-11-26").stdout
    assert "What was done in other countries alone counts as open for a country." in drawn


def test_on_its_day_a_plan_is_still_planned(pack_with: Any, run: Run) -> None:
    """What is planned for today is next, not late; on the day after, it has passed."""
    own = pack_with("events:\n" + event("todays-talks", DAY, "planned", nature="plan"))
    status = {row["id"]: row["status"] for row in rows(run, "timeline", "--data", own)}
    assert status["todays-talks"] == "planned"
    assert "**Next high-level meeting**: Todays talks" in said(run, "country", "first-country", "--data", own)
    late = {row["id"]: row["status"] for row in rows(run, "timeline", "--data", own, day="2026-11-28")}
    assert late["todays-talks"] == "lapsed"
    assert "day has passed" in said(run, "commitments", "--data", own, day="2026-11-28")


def test_a_sentence_that_is_silent_on_it_says_what_became_of_an_event(pack_with: Any, run: Run) -> None:
    """In lists, pages and short forms; without a date as well, and never as the next meeting."""
    own = pack_with(
        "events:\n"
        + event("gone-talks", "2026-11-02", "cancelled", summary="{en: Host and country talk, ja: 会談}")
        + event("open-talks", "2026-11-02", "postponed").replace("date: 2026-11-02, ", "")
    )
    told = {row["id"]: row["text"]["en"] for row in rows(run, "facts", "--kind", "event", "--data", own)}
    assert told["gone-talks"] == "Gone talks was told. Cancelled."
    assert told["open-talks"] == "Open talks was told. Postponed."
    assert "Gone talks was told. Cancelled · gone-talks" in said(run, "facts", "--kind", "event", "--data", own)
    listed = said(run, "timeline", "--data", own)
    assert "## Date not known" in listed
    assert "## Planned, without a date" not in listed


def test_what_became_of_a_promise_is_told_for_each_country(tmp_path: Path, run: Run) -> None:
    """What was kept in one country hides nothing of another; of one alone, what came about there counts."""
    own = tmp_path / "own"
    assert run("init", str(own)).returncode == 0
    about = (own / "pack.yaml").read_text("utf-8")
    (own / "pack.yaml").write_text(
        about.replace("countries: [first-country]", "countries: [first-country, other]"), "utf-8"
    )
    outcomes = "".join(
        f"{{date: {date}, status: {status}, countries: [{country}], text: {{en: It is so., ja: 記述。}}, refs: {REF}}}, "
        for date, status, country in (("2025-03-01", "missed", "first-country"), ("2025-09-01", "kept", "other"))
    )
    (own / "more.yaml").write_text(
        "countries:\n  - {id: other, name: Other, codes: [OT], basics: {}}\n"
        "commitments:\n  - {id: doctors, by: [host], to: [first-country, other], firmness: intention, date: 2025-01-01,"
        f" due: 2025-12-31, text: {{en: The host promised doctors., ja: 約束した。}}, refs: {REF}, outcomes: [{outcomes}]}}\n"
        "  - {id: nurses, by: [host], to: [first-country, other], firmness: intention, date: 2025-01-01, due: 2025-12-31,"
        f" text: {{en: The host promised nurses., ja: 約束した。}}, refs: {REF}, outcomes: [{{date: 2025-09-01, status: kept,"
        f" countries: [other], text: {{en: It is so., ja: 記述。}}, refs: {REF}}}]}}\n",
        "utf-8",
    )
    checked = run("check", str(own))
    assert checked.returncode == 0, checked.stdout
    day = "2027-01-01"  # the source was looked at on the day on which the test runs
    found = {row["id"]: row for row in rows(run, "commitments", "--data", str(own), day=day)}
    assert found["doctors"]["status"] == found["nurses"]["status"] == "partly"
    assert (found["doctors"]["overdue"], found["nurses"]["overdue"]) == (False, True)
    here = {
        row["id"]: row for row in rows(run, "commitments", "--country", "first-country", "--data", str(own), day=day)
    }
    assert (here["doctors"]["status"], here["nurses"]["overdue"]) == ("missed", True)
    facts = cabrief.open(own, as_of=day)
    ends = {each.cell.id: each.state for each in facts.commitments(country="first-country").document.calendar or ()}
    assert ends["doctors"] == "missed"
    printed = said(run, "commitments", "--data", str(own), day=day)
    assert "missed in First Country (as of 1 March 2025); kept in Other (as of 1 September 2025)" in " ".join(
        printed.split()
    )


def test_a_treaty_says_how_it_stands_and_since_when(pack_with: Any, run: Run) -> None:
    """Ratified is not signed; what was replaced stays ended; an entry that is announced is told; rows keep to one treaty."""
    own = pack_with(
        "treaties:\n"
        + treaty("r-one", "r", [("signed", "2019-05-01"), ("ratified", "2023-06-01")])
        + treaty("s-old", "s", [("in-force", "1990-01-01")])
        + treaty("s-new", "s", [("in-force", "2010-01-01"), ("terminated", "2020-03-01")], replaces="s-old")
        + treaty("u-one", "u", [("signed", "2026-09-01"), ("in-force", "2026-12-24")])
        + treaty("v-old", "v", [("signed", "1986-01-01"), ("in-force", "1986-11-27")], succession="true")
        + treaty("v-new", "v", [("signed", "2025-12-19")], replaces="v-old")
        + treaty("w-one", "w", [("in-force", "2009-12-30"), ("applies", "2010-01-01")]),
        types=("r", "s", "u", "v", "w"),
    )
    found = {row["type"]: row for row in rows(run, "treaties", "--data", own)}
    assert (found["r"]["status"], found["r"]["since"]) == ("ratified", "2023-06-01")
    assert (found["s"]["status"], found["s"]["since"]) == ("terminated", "2020-03-01")
    assert found["u"]["next_step"]["en"] == "u-one enters into force 24 December 2026"
    assert (found["v"]["name"]["en"], found["v"]["signed"], found["v"]["since"]) == (
        "v-old",
        "1986-01-01",
        "1986-11-27",
    )
    assert found["w"]["since"] == "2009-12-30"
    assert "no evidence of entry into force" in said(run, "treaties", "--missing", "--type", "r", "--data", own)
    assert "enters into force 24 December 2026" in said(run, "treaties", "--missing", "--type", "u", "--data", own)


def test_the_picture_of_gaps_has_each_tile_under_its_country(shipped: Any) -> None:
    """What is in force has no tile there, and leaves its place free."""
    from cabrief.picture import Grid
    from cabrief.reports import treaties
    from cabrief.reports.pictures import with_pictures

    document = with_pictures(shipped, ["treaties"], treaties.view(shipped, "2026-11-26", missing=True))
    grid = document.pictures[0].drawing
    assert isinstance(grid, Grid)
    gaps = {(row["type"], row["country"]) for row in document.rows or ()}
    for name, tiles in grid.rows:
        kind = next(kind for kind, _ in gaps if shipped.name(kind) == name)
        for country, tile in zip(grid.columns, tiles, strict=True):
            id_ = next(id_ for id_ in shipped.pack.countries if shipped.name(id_) == country)
            assert bool(tile.sign) == ((kind, id_) in gaps)


def test_lists_say_to_what_they_were_narrowed(run: Run) -> None:
    """In words, in every format that is handed on; a whole list says nothing."""
    kept = run("commitments", "--status", "open", "--country", "kz").stdout
    assert "Only: country Kazakhstan; status open." in kept
    assert "絞り込み：国=カザフスタン。" in run("facts", "--country", "kz", "--lang", "ja").stdout
    assert "Only:" not in run("commitments").stdout
    assert "Only: country Kazakhstan." in run("commitments", "--country", "kz", "-f", "svg").stdout


def test_a_short_form_has_its_speaker(pack_with: Any, run: Run) -> None:
    """Where the sentence names the speaker and the summary does not, the summary prints with the name."""
    people = f"people:\n  - {{id: newa, name: Newa, of: host, role: {{en: Minister, ja: 大臣}}, text: {{en: Newa speaks., ja: 話す。}}, refs: {REF}}}\n"
    own = pack_with(
        people
        + "notes:\n"
        + note(
            "n-said",
            "Newa said that the port is full.",
            "Newaは港が一杯だと述べた。",
            nature="statement",
            people="[newa]",
            summary="{en: The port is full, ja: 港は一杯}",
        )
    )
    assert "The port is full · n-said *(said by Newa)*" in said(run, "facts", "--kind", "note", "--data", own)
    assert "Newa" in run("why", "n-said", "--data", own).stdout.split("## Where it is kept")[0]


def test_rows_say_whose_they_are(run: Run) -> None:
    """CSV and JSON of lists have the nature of a row, and whose words it is."""
    for list_ in ("timeline", "commitments", "projects"):
        found = rows(run, list_, day="2026-11-26")
        assert all({"nature", "whose"} <= set(row) for row in found), list_
        assert {row["nature"] for row in found} & {"plan", "judgement", "statement"}, list_


def test_differences_of_broken_and_odd_states(tmp_path: Path, run: Run) -> None:
    """A source that is not there, a statement without one, and links and hidden files of a revision end in no error."""
    import os
    import subprocess

    own = tmp_path / "own"
    assert run("init", str(own)).returncode == 0
    (own / ".drafts").mkdir()
    (own / ".drafts" / "n.yaml").write_text("notes:\n  - {id: hidden}\n", "utf-8")
    (own / "shared.txt").write_text("topics:\n  - {id: by-link, name: {en: Linked, ja: 先}}\n", "utf-8")
    (own / "linked.yaml").symlink_to("shared.txt")
    git = ["git", "-C", str(own), "-c", "user.name=a", "-c", "user.email=a@b.example"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "a"]):
        subprocess.run([*git, *words], check=True, env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull})
    clean = run("diff", "HEAD", "--pack", str(own))
    assert (clean.returncode, "Records: 0 added, 0 changed, 0 removed." in clean.stdout) == (0, True), clean.stderr
    odd = note("n-odd", "It is so.", "記述。").replace("first-source", "frist-source")
    (own / "x.yaml").write_text(
        "notes:\n" + odd + note("n-bare", "He said so.", "言う。", nature="statement").replace(REF, "[]"), "utf-8"
    )
    done = run("diff", "HEAD", "--pack", str(own))
    assert done.returncode == 0, done.stderr
    assert "records that cannot be read there are left out on both sides." in done.stdout


def test_what_became_of_a_promise_is_nobodys_words(pack_with: Any, run: Run) -> None:
    """Who made a promise has not said what became of it; the name stands behind the promise, before its outcome."""
    made = promise("a-school", "2026-06-01", ("2026-05-01", "kept"))
    made = made.replace("firmness:", "nature: statement, people: [newa], event: first-summit, firmness:")
    own = pack_with(
        f"people:\n  - {{id: newa, name: Newa, of: host, role: {{en: R, ja: 役}}, text: {{en: Newa speaks., ja: 話す。}}, refs: {REF}}}\n"
        "commitments:\n" + made
    )
    listed = said(run, "commitments", "--data", own)
    assert "The host promised a-school (said by Newa). Host to First Country" in listed
    assert "kept (as of 1 May 2026): It is so." in listed
    assert "*(said by" not in listed
    assert "**Since then**: It is so (1 May 2026)\n" in said(run, "brief", "--data", own)


def test_a_promise_to_a_country_and_a_body_can_be_kept(pack_with: Any, run: Run) -> None:
    """Outcomes name countries: a body that a promise is to as well lacks nothing."""
    made = promise("a-ferry", "2026-08-01", ("2026-07-05", "kept")).replace(
        "to: [first-country]", "to: [first-country, union]"
    )
    own = pack_with(
        f"organisations:\n  - {{id: union, name: Union, text: {{en: It is a body., ja: 機関。}}, refs: {REF}}}\n"
        "commitments:\n" + made.replace("status: kept,", "status: kept, countries: [first-country],")
    )
    (row,) = [row for row in rows(run, "commitments", "--data", own) if row["id"] == "a-ferry"]
    assert (row["status"], row["overdue"], row["done_in"]) == ("kept", False, ["first-country"])


def test_evidence_tells_events_as_the_day_knows_them(run: Run) -> None:
    """`why` and `sources` have the words that lists have: planned before its day, and nothing of what nobody knew."""
    before = run("why", "jp-kz-summit-2025", "--as-of", "2025-12-17").stdout
    assert "Japan–Kazakhstan summit: planned for 18 December 2025." in before
    assert "held talks" not in before
    assert "Nothing on record." in run("brief", "tokyo-declaration", "--as-of", "2024-06-15").stdout
    assert "552 days left" not in run("brief", "--full", "--as-of", "2024-06-15").stdout


def test_a_kept_promise_was_made(pack_with: Any, run: Run) -> None:
    """The page of a topic says what was promised as well where it says what became of it."""
    made = promise("some-boats", "2027-06-01", ("2026-11-01", "kept"), made="2025-02-01").replace(
        "firmness:", "topics: [first-topic], firmness:"
    )
    page = said(run, "brief", "first-topic", "--data", pack_with("commitments:\n" + made))
    assert "**Promised**: The host promised some-boats" in page
    assert "**Since the summit**: It is so (1 November 2026)" in page


def test_what_is_of_all_countries_is_of_each(tmp_path: Path, run: Run) -> None:
    """Statements, offices and meetings of every country are said of each one, though they are kept with the region."""
    own = tmp_path / "own"
    assert run("init", str(own)).returncode == 0
    about = (own / "pack.yaml").read_text("utf-8")
    (own / "pack.yaml").write_text(
        about.replace("countries: [first-country]", "countries: [first-country, other]"), "utf-8"
    )
    (own / "more.yaml").write_text(
        "countries:\n  - {id: other, name: Other, codes: [OT], basics: {}}\n"
        "notes:\n" + note("neutral", "Both are neutral.", "中立。").replace("first-country", "first-country, other")
        + "people:\n  - {id: newa, name: Newa, of: host, office: ambassador-from-host, countries: [all], since: 2024-01-01,"
        f" role: {{en: Ambassador, ja: 大使}}, text: {{en: Newa is ambassador., ja: 大使。}}, refs: {REF}}}\n"
        "events:\n" + event("talks", "2026-11-05", "held").replace("actors: [host], countries: [first-country]", "host: host, countries: [all]"),
        "utf-8",
    )  # fmt: skip
    checked = run("check", str(own))
    assert checked.returncode == 0, checked.stdout
    day = "2027-01-01"  # the source was looked at on the day on which the test runs
    compared = said(run, "compare", "first-country", "other", "--on", "policy", "--data", str(own), day=day)
    assert "- Both are neutral." in compared
    assert "Nothing on record" not in compared
    for country in ("first-country", "other"):
        page = said(run, "country", country, "--data", str(own), day=day)
        assert ": Newa, since 1 January 2024" in page
        assert "**: Talks (5 November 2026)" in page
        assert "5 November 2026 · summit · Talks" in said(
            run, "country", country, "--full", "--data", str(own), day=day
        )
    assert "5 November 2026 · summit · Talks" in said(run, "actors", "host", "--full", "--data", str(own), day=day)
    unlike = ("compare", "first-country", "other", "--on", "treaties", "--only-differences", "--data", str(own))
    assert "differences only" in said(run, *unlike, day="2020-01-01")
    assert "No differences known; some cells are unknown." in said(run, *unlike, day="2020-01-01")


def test_what_nobody_reported_is_not_said_to_have_happened(pack_with: Any, run: Run) -> None:
    """On the line of time it stands apart; what may come until the end of the year stands behind its first days."""
    own = pack_with(
        "events:\n"
        + event("old-fair", "2026-05-01", "unknown", as_of="2026-11-20")
        + event("year-fair", "2026", "unknown", as_of="2026-11-20")
        + event("held-fair", "2026-05-02", "held")
        + event("next-fair", "2027", "planned")
        + event("january-fair", "2027-01-20", "planned")
    )
    text = said(run, "timeline", "--data", own)
    heads = {part.partition("\n")[0]: part for part in text.split("\n## ")}
    assert "Old fair" in heads["Past their date, no report on record"]
    assert "Year fair" in heads["Planned and due"]  # it may still come
    assert "Held fair" in heads["What happened, newest first"]
    assert heads["What happened, newest first"].count("fair") == 1
    ahead = heads["Planned and due"]
    assert ahead.index("January fair") < ahead.index("Next fair")


def test_a_promise_is_open_until_its_day_even_if_somebody_searched(pack_with: Any, run: Run) -> None:
    """A search before the day found nothing; from the day on, the outcome is unknown."""
    own = pack_with("commitments:\n" + promise("a-bridge", "2030", ("2026-11-20", "unknown")))
    (row,) = [row for row in rows(run, "commitments", "--data", own) if row["id"] == "a-bridge"]
    assert (row["status"], row["overdue"]) == ("open", False)
    assert "open, no result found (searched 20 November 2026)" in said(run, "commitments", "--data", own)
    (row,) = [row for row in rows(run, "commitments", "--data", own, day="2031-01-01") if row["id"] == "a-bridge"]
    assert (row["status"], row["overdue"]) == ("unknown", True)


def test_what_came_about_is_of_the_days_asked_for(pack_with: Any, run: Run) -> None:
    """Neither views nor what may still come; the title names the days asked for."""
    own = pack_with(
        "events:\n"
        + event("year-fair", "2026", "unknown", as_of="2026-11-20")
        + event("old-fair", "2026-11-03", "unknown", as_of="2026-11-20")
        + "notes:\n"
        + note("news", "The port was widened.", "港が広げられた。", date="2026-11-10")
        + note("opinion", "The port is too small.", "港は狭すぎる。", nature="judgement")
    )
    text = said(run, "diff", "--since", "2026-11-01", "--until", DAY, "--pack", own)
    assert text.startswith("# Developments from 1 November 2026 to 27 November 2026")
    assert "The port was widened." in text
    assert "too small" not in text
    assert "views: " in text
    assert "Old fair" in text
    assert "Year fair" not in text.partition("Planned for this period")[2].partition("\n## ")[0]


def test_a_sentence_that_says_it_is_a_plan_needs_no_mark(pack_with: Any, run: Run) -> None:
    """In lists and pages alike; words that do not say so in both languages keep it."""
    own = pack_with(
        "notes:\n"
        + note("told", "A port is planned at Aru.", "アルに港を造る計画である。", nature="plan")
        + note("untold", "The port has three piers.", "港には埠頭が三つある。", nature="plan")
    )
    for words in (["facts", "--full", "--data", own], ["search", "port", "--data", own]):
        text = said(run, *words)
        assert re.search(r"A «?port»? is planned at Aru\.(?! \*\(planned\))", text), words
        assert re.search(r"The «?port»? has three piers\. \*\(planned\)\*", text), words


def test_a_sum_is_said_once_with_its_hedge(run: Run) -> None:
    """A sentence that names the figure keeps its `nearly` and `up to`; no second figure stands behind it without them."""
    text = said(run, "projects")
    (line,) = [line for line in text.splitlines() if "nearly" in line and "grid training centre" in line]
    assert "USD 10 million" not in line
    assert re.search(r"MurooSystems signed a power purchase agreement.*USD 28 million", text)


def test_a_topic_shows_its_newest_projects(run: Run) -> None:
    text = said(run, "brief", "nuclear-energy").partition("## Projects")[2]
    assert "Itochu" in text
    assert "2007" not in text


def test_what_is_alike_is_no_difference(run: Run) -> None:
    """Nor are cells that point to an earlier column; that nothing newer was found, a treaty's status says."""
    text = said(run, "compare", "kz", "uz", "--only-differences")
    whole = said(run, "compare", "kz", "uz")
    alone = r"\| the same as for Kazakhstan(?:\[\^[0-9]+\])* +\|"
    assert re.search(alone, whole)
    assert not re.search(alone, text)
    assert "none as of 31 May 2013, none found since" in text


def test_what_is_under_way_is_news(pack_with: Any, run: Run) -> None:
    """An outcome that leaves a promise open is a report all the same."""
    own = pack_with(
        "commitments:\n"
        + promise("a-bridge", "2027", ("2026-10-10", "open"))
        + promise("a-dam", "2027", ("2026-10-11", "kept"))
    )
    told = {row["id"] for row in rows(run, "diff", "--since", "2026-10-01", "--pack", own)}
    assert {"a-bridge.outcome-1", "a-dam"} <= told
    assert "a-dam.outcome-1" not in told


def test_a_period_ends_with_the_day_of_the_report(run: Run) -> None:
    """Nothing that lies ahead is said to have passed."""
    text = said(run, "diff", "--since", "2026-11-01", "--until", "2027-12-31")
    assert text.startswith("# Developments from 1 November 2026 to 27 November 2026")
    assert "24 January 2027" not in text
    early = said(run, "diff", "--since", "2026-01-01", "--until", "2026-11-26", day="2026-03-01")
    assert "As of 1 March 2026" in early


def test_a_topic_has_what_names_it_in_any_field(pack_with: Any, run: Run) -> None:
    """The theme of a statement, the sector of a project; and nothing of a treaty that only shares the type with one of its own."""
    own = pack_with(
        "topics:\n  - {id: rail, name: {en: Rail, ja: 鉄道}}\n"
        f"projects:\n  - {{id: a-line, name: {{en: A line, ja: 路線}}, sector: rail, status: ongoing, date: 2026-10-10, countries: [first-country], actors: [host], text: {{en: A line., ja: 路線。}}, refs: {REF}}}\n"
        f"people:\n  - {{id: somebody, name: Somebody, role: {{en: Minister, ja: 大臣}}, of: host, text: {{en: S., ja: 人。}}, refs: {REF}}}\n"
        f"statements:\n  - {{id: a-word, speaker: somebody, theme: rail, date: 2026-10-11, text: {{en: The host spoke of trains., ja: 列車。}}, refs: {REF}}}\n"
        "treaties:\n"
        + treaty("t-own", "investment", [("signed", "2020-01-01")], topics="[rail]")
        + treaty("t-other", "investment", [("signed", "2026-10-01")])
    )
    for words in (["facts"], ["diff", "--since", "2026-10-01"]):
        where = ["--pack", own] if words[0] == "diff" else ["--data", own]
        found = {row["id"] for row in rows(run, *words, "--topic", "rail", *where)}
        assert {"a-line", "a-word"} <= found
    page = said(run, "brief", "rail", "--data", own)
    assert "t-own: signed" not in page
    assert "t-other: signed" not in page.partition("## ")[2].partition("## ")[0]


def test_a_risk_of_nobody_is_compared(run: Run) -> None:
    """What is about a country is on record for it, whether or not it is its own."""
    text = said(run, "compare", "kazakhstan", "uzbekistan", "--on", "risks")
    assert "fenders" in text
    assert "WTO accession" in text


def test_options_that_do_not_narrow_are_refused(run: Run) -> None:
    weak = {row["source"] for row in rows(run, "sources", "--weak")}
    official = {row["source"] for row in rows(run, "sources", "--weak", "--kind", "official")}
    assert official < weak
    for words in (
        ["sources", "pwc-2026", "--weak"],
        ["sources", "pwc-2026", "--kind", "news"],
        ["brief", "aviation", "--list"],
    ):
        assert run(*words).returncode == 2, words


def test_disputes_of_a_source_are_those_that_rest_on_it(run: Run) -> None:
    for source in ("timesca-gazprom-2019", "pwc-2026"):
        found = rows(run, "disputes", "--source", source)
        assert found
        for row in found:
            named = {
                ref["source"] for refs in (row["refs"], *(other["refs"] for other in row["others"])) for ref in refs
            }
            assert source in named


def test_a_search_in_vain_says_where_it_looked(run: Run) -> None:
    assert "(Only: " in run("search", "uranium", "--country", "kg", "--kind", "treaty").stderr


def test_talks_that_go_on_are_told_of_a_period(pack_with: Any, run: Run) -> None:
    """They are no moment of the line of time, and yet on record; that there was none is no news."""
    own = pack_with(
        "treaties:\n" + treaty("t-own", "investment", [("negotiating", "2020-01-01"), ("negotiating", "2026-10-01")])
    )
    found = rows(run, "diff", "--since", "2026-09-01", "--pack", own)
    assert [row["id"] for row in found if row["kind"] == "treaty"] == ["t-own.negotiating-2"]


def test_what_is_noted_of_two_powers_is_known_of_each(pack_with: Any, run: Run) -> None:
    more = "".join(
        f"  - {{id: {id_}, name: {{en: {id_.capitalize()}, ja: {id_}}}, text: {{en: P., ja: 国。}}, refs: {REF}}}\n"
        for id_ in ("pow", "rival")
    )
    own = pack_with(
        f"actors:\n{more}notes:\n"
        f"  - {{id: n-both, aspect: aim, of: [pow, rival], text: {{en: Pow and Rival both want gas., ja: ガスを求める。}}, refs: {REF}}}\n"
        f"  - {{id: n-one, aspect: aim, of: [pow], text: {{en: Pow wants roads., ja: 道路を求める。}}, refs: {REF}}}\n"
    )
    text = said(run, "compare", "pow", "rival", "--data", own)
    (line,) = [line for line in text.splitlines() if "want gas" in line]
    assert line.count("want gas") == 2
    assert line.index("wants roads") < line.index("want gas")


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("Toshiba", "kz-kharasan-uranium"),
        ("東芝", "kz-kharasan-uranium"),
        ("Hyundai", "tm-kiyanly-polymer"),
        ("NEXI", "uz-samarkand-solar"),
        ("regional department", "hiroshi-yamazoe"),
    ],
)
def test_what_is_printed_beside_a_sentence_is_searched(run: Run, word: str, found: str) -> None:
    """And shown behind it."""
    (row,) = [row for row in rows(run, "search", word) if row["id"] == found]
    assert word.split(maxsplit=1)[0].casefold() in (row["text"]["en"] + row["text"]["ja"]).casefold()


def test_a_due_date_is_told_beside_its_event(pack_with: Any, run: Run) -> None:
    """The line of a meeting says nothing of what became of a promise."""
    own = pack_with(
        "events:\n"
        + event("some-day", '"2026"', "planned")
        + event("that-day", "2026-12-30", "planned")
        + "commitments:\n"
        + promise("a-bridge", "2026-12-31").replace("firmness", "event: some-day, firmness")
        + promise("a-dam", "2026-12-30").replace("firmness", "event: that-day, firmness")
    )
    text = said(run, "timeline", "--data", own)
    assert "The host promised a-bridge" in text
    assert "The host promised a-dam" in text


def test_a_promise_of_which_somebody_reports_is_not_unreported(pack_with: Any, run: Run) -> None:
    own = pack_with(
        "commitments:\n" + promise("a-bridge", "2026-06-30", ("2026-10-05", "open")) + promise("a-dam", "2026-06-30")
    )
    vain = (
        said(run, "timeline", "--data", own).partition("## Past their date, no report on record")[2].partition("## ")[0]
    )
    assert "a-dam" in vain
    assert "a-bridge" not in vain


def test_what_all_countries_share_is_in_each_long_form(run: Run) -> None:
    """Risks are nobody's own; a comparison counts them."""
    assert "Weak investment protection" in said(run, "country", "turkmenistan", "--full")
    text = said(run, "compare", "kazakhstan", "uzbekistan", "--on", "risks")
    assert re.search(r"[0-9]{2} further points: ", text)
    assert "of its own on record" in text


def test_each_outcome_of_a_period_is_told(pack_with: Any, run: Run) -> None:
    """The line of a promise has its last one."""
    own = pack_with(
        "commitments:\n"
        + promise("a-bridge", "2027", ("2026-10-05", "partly"), ("2026-10-20", "kept")).replace(
            "It is so", "Half is built", 1
        )
    )
    found = [row["id"] for row in rows(run, "diff", "--since", "2026-10-01", "--pack", own)]
    assert found == ["a-bridge", "a-bridge.outcome-1"]


def test_a_topic_says_with_whom_nobody_met(run: Run) -> None:
    assert "No meeting with Japan on this topic" in said(run, "brief", "regional-cooperation")


def test_a_power_has_its_memberships(run: Run) -> None:
    text = said(run, "actors", "china", "--full")
    assert "## Memberships" in text
    assert "Shanghai Cooperation Organisation (SCO)" in text


def test_a_plan_is_told_in_its_own_words(run: Run) -> None:
    """By the day on which they were said; before, by the title alone; and never in words on how it went."""
    assert "as guests" in said(run, "why", "g20-miami-2026")
    assert "as guests." not in said(run, "why", "g20-miami-2026", day="2025-12-01")


def test_a_treaty_that_was_signed_twice_has_one_day(pack_with: Any, run: Run) -> None:
    steps = [("signed", "2010-01-01"), ("negotiating", "2015-01-01"), ("signed", "2020-02-02")]
    own = pack_with("treaties:\n" + treaty("t-own", "investment", steps))
    assert "2 February 2020" in said(run, "country", "first-country", "--data", own)
    (row,) = rows(run, "treaties", "--data", own)
    assert row["signed"] == "2020-02-02"


def test_data_say_what_nobody_has_found(run: Run) -> None:
    for form in ("csv", "ndjson"):
        done = run("compare", "kazakhstan", "uzbekistan", "-f", form, "--as-of", DAY)
        assert done.stdout.count("Not found for any of them") == 2, form


def test_a_data_frame_has_lists_in_both_languages() -> None:
    from cabrief.library.frames import flat_columns

    facts = cabrief.open(as_of=DAY, lang="ja")
    columns = flat_columns(list(facts.projects()))
    assert "本田技研工業" in [name for names in columns["partners_ja"] for name in names]
    others = flat_columns(list(facts.disputes()))
    assert re.search(r"\([a-z0-9-]+(:[0-9]+)?(; .*)?\)$", others["others_en"][0][0])
    assert others["others_ja"][0][0] != others["others_en"][0][0]


def test_a_step_that_was_announced_is_a_fact(run: Run) -> None:
    """What tables and the line of time print can be asked for."""
    text = said(run, "why", "jp-kg-tax.applies")
    assert "after January 1, 2027" in text
    assert "signed" not in text
    assert "jp-kg-tax.applies" in [row["id"] for row in rows(run, "facts", "--since", "2027")]
    assert "jp-kg-tax.applies" not in [row["id"] for row in rows(run, "facts", day="2026-06-01")]


def test_a_search_in_vain_is_not_told_years_before(run: Run) -> None:
    assert "found by" not in said(run, "country", "kazakhstan", "--full", day="2010-01-01")


def test_a_sum_is_known_by_its_unit(pack_with: Any, run: Run) -> None:
    """The same number may stand in the sentence for something else."""
    own = pack_with(
        "commitments:\n"
        + promise("on-12-may", "2027").replace("firmness", "amount: {value: 12, unit: percent}, firmness")
        + promise("a-loan", "2027")
        .replace("firmness", "amount: {value: 30, unit: usd}, firmness")
        .replace("promised a-loan", "promised a loan of 30 dollars")
        .replace("a-loanを", "30ドルの融資を")
    )
    text = said(run, "commitments", "--data", own)
    assert "12%" in text
    assert text.count("30") == 1


def test_a_long_form_says_what_it_leaves_to_the_region(run: Run) -> None:
    text = said(run, "country", "turkmenistan", "--full")
    assert re.search(r"On all of Central Asia together, [0-9]+ more: cabrief facts --country turkmenistan\.", text)


def test_what_came_about_in_a_country_is_about_it(pack_with: Any, run: Run) -> None:
    """A promise may name it in an outcome alone; and an actor's record may name it too."""
    done = promise("a-scanner", "2027", ("2026-10-05", "kept")).replace("to: [first-country], ", "")
    own = pack_with(
        "commitments:\n"
        + done.replace("status: kept", "status: kept, countries: [first-country]")
        + f"actors:\n  - {{id: pow, name: Pow, countries: [first-country], text: {{en: Pow is near., ja: 近い。}}, refs: {REF}}}\n"
    )
    assert (
        "none on record" not in said(run, "country", "first-country", "--data", own).partition("Promises with")[2][:80]
    )
    text = said(run, "country", "first-country", "--full", "--data", own)
    assert "promised a-scanner" in text
    assert "Pow is near" in text


@pytest.mark.parametrize(
    ("unit", "shown"),
    [
        ("gas plants", "1 gas plants"),
        ("Gbps", "1 Gbps"),
        ("news agencies", "1 news agencies"),
        ("boats a day", "1 boat a day"),
    ],
)
def test_one_of_a_unit(unit: str, shown: str) -> None:
    assert amount_text(1, Text(unit, "個")).en == shown


def test_a_search_has_no_words_of_a_later_day(run: Run) -> None:
    """Neither what it finds nor what it prints."""
    done = run("search", "adopted", "summit", "-f", "json", "--as-of", "2025-12-18")
    assert "cajad-summit-2025" not in done.stdout
    early = said(run, "search", "first", "summit", "--all", day="2025-12-18")
    (line,) = [line for line in early.splitlines() if "cajad-summit-2025" in line]
    assert "planned for 19–20 December 2025" in line
    assert "held their" not in line


def test_lists_of_a_source_agree(run: Run) -> None:
    """What says otherwise rests on a source as well as what is held."""
    ids = [
        {row["id"] for row in rows(run, *words, "--source", "pwc-2026")}
        for words in (["disputes"], ["facts", "--kind", "dispute"])
    ]
    assert ids[0] == ids[1] != set()


def test_a_page_says_from_when_a_treaty_applies(run: Run) -> None:
    """Where that lies ahead; a tax treaty in force may not apply yet."""
    assert "Tax (26 July 2026, applies from 1 January 2027, until then an older treaty)" in said(
        run, "country", "kyrgyzstan"
    )
    assert "applies from" not in said(run, "country", "kyrgyzstan", day="2027-01-02").partition("## ")[0]


def test_that_nobody_found_anything_is_no_plan(run: Run) -> None:
    """It is told from its own day on, by every report."""
    for words in (["facts", "--kind", "treaty"], ["search", "air", "services"], ["sources", "menafn-tm-flights-2025"]):
        assert "jp-tm-air-services.unknown" not in said(run, *words, day="2025-12-25"), words


def test_an_outcome_is_told_whatever_its_words(pack_with: Any, run: Run) -> None:
    """They may stand in the promise itself."""
    made = promise("a-bridge", "2027", ("2026-10-05", "partly"), ("2026-10-20", "kept")).replace(
        "It is so.", "Done.", 1
    )
    own = pack_with("commitments:\n" + made.replace("The host promised a-bridge.", '"It reads: Done. Then more."'))
    found = [row["id"] for row in rows(run, "diff", "--since", "2026-10-01", "--pack", own)]
    assert found == ["a-bridge", "a-bridge.outcome-1"]


def test_a_role_of_a_later_day_is_not_searched(pack_with: Any, run: Run) -> None:
    own = pack_with(
        "people:\n  - {id: bob, name: Bob, role: {en: Chairman of the Senate, ja: 上院議長}, since: 2020-01-01, as_of: 2026-05-01,"
        f" text: {{en: Bob is a politician., ja: 政治家。}}, refs: {REF}}}\n",
        published="2019-01-01",
    )
    assert run("search", "senate", "--data", own, "--as-of", "2021-06-01").returncode == 1
    assert "Senate" in said(run, "search", "senate", "--data", own)


def test_a_plan_of_which_somebody_looked_for_news_is_not_told_years_before(run: Run) -> None:
    assert "27 November 2026" not in said(run, "country", "turkmenistan", "--full", day="2025-12-18")
