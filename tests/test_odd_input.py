"""Input that nobody means, and that once stopped a command: numbers in strange letters, settings, names that are no text."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cabrief.language.words import in_digits
from cabrief.reading import nodes
from conftest import ATOLLS, Run


@pytest.mark.parametrize("space", ["\u00a0", "\t", "\x1f", "\u3000", "-", "  "])
def test_a_number_with_any_space_is_that_number(space: str) -> None:
    assert in_digits(f"3{space}million yen") == "3000000 yen"
    assert in_digits(f"five{space}million yen") == "5000000 yen"


def test_letters_that_only_look_alike_make_no_number() -> None:
    """A dotless i and a long s are those of English words only where case is ignored."""
    assert in_digits("3 m\u0131llion") == "3 m\u0131llion"
    assert in_digits("three thou\u017fand") == "three thou\u017fand"


@pytest.mark.slow
def test_a_number_in_a_name(tmp_path: Path, run: Run) -> None:
    """Such a name is checked, found and printed as any other."""
    topic = 'topics:\n  - {id: xt, name: {en: "Plan of 3\u00a0million", ja: 計画}}\n'
    (tmp_path / "n.yaml").write_text(topic, "utf-8")
    done = run("check", str(tmp_path))
    assert (done.returncode, "lone-topic" in done.stdout) == (0, True), done.stderr
    found = run("search", "3 million", "--data", str(tmp_path), "--layers", "-f", "json")
    assert "xt" in {row["id"] for row in json.loads(found.stdout)["rows"]}


@pytest.mark.parametrize("setting", ['data = ["~x\\u0000"]', f"format = 0x{'f' * 9000}"])
def test_settings_that_python_cannot_even_show(setting: str, tmp_path: Path, run: Run) -> None:
    (tmp_path / "c.toml").write_text(setting)
    done = run("brief", CABRIEF_CONFIG=str(tmp_path / "c.toml"))
    assert (done.returncode, done.stdout) == (2, "")
    assert "c.toml" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.one_in(6)
@pytest.mark.parametrize("kept", ['{"k1": 5}', "null", "[]", '{"k1": true}', '{"k1": ["kazakhstan"]}', "{" * 9000])
def test_a_trail_that_is_not_ours(kept: str, tmp_path: Path, run: Run) -> None:
    (tmp_path / "last-report.json").write_text(kept)
    done = run("why", "k1", CABRIEF_CACHE_DIR=str(tmp_path))
    assert done.returncode == 2
    assert "no report with such names was printed" in done.stderr


def test_a_trail_of_other_facts_is_told(tmp_path: Path, run: Run) -> None:
    """`why k1` says so where the record behind k1 is not the one that was printed; where it is gone, nothing is explained."""
    note = "notes:\n  - id: mine\n    of: [kazakhstan]\n    aspect: outlook\n    nature: reported\n    date: 2026-01\n"
    note += "    text: {en: %s, ja: %s}\n    refs: [{source: wikipedia-cajad, phrase: dialogue}]\n"
    here = {"CABRIEF_CACHE_DIR": str(tmp_path / "cache")}
    for folder, words in (("a", ("It rises.", "上がる。")), ("b", ("It falls.", "下がる。"))):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "n.yaml").write_text(note % words, "utf-8")
    data = ["--layers", "--data", str(tmp_path / "a")]
    assert (
        run("facts", "--kind", "note", "--source", "wikipedia-cajad", "--since", "2026", *data, **here).returncode == 0
    )
    same = run("why", "1", *data, **here)
    assert (same.returncode, "rises" in same.stdout, same.stderr) == (0, True, "")
    other = run("why", "1", "--layers", "--data", str(tmp_path / "b"), **here)
    assert (other.returncode, "falls" in other.stdout) == (0, True)
    assert "as it reads now" in other.stderr
    gone = run("why", "1", **here)
    assert (gone.returncode, gone.stdout) == (2, "")
    assert "not among the facts that are read now" in gone.stderr


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "getsid"), reason="where terminals have no sessions")
def test_each_terminal_has_its_own_trail(tmp_path: Path) -> None:
    """What another window prints changes no short name of this one; what this one never printed is the other's."""
    environment = {**os.environ, "CABRIEF_CACHE_DIR": str(tmp_path), "CABRIEF_LANG": "en"}
    report = [sys.executable, "-m", "cabrief"]

    def run_here(*words: str, elsewhere: bool = False) -> str:
        done = subprocess.run(
            [*report, *words],
            capture_output=True,
            text=True,
            check=True,
            env=environment,
            start_new_session=elsewhere,
        )
        return str(done.stdout)

    run_here("country", "tajikistan")
    here = run_here("why", "1", "-f", "json")
    run_here("country", "uzbekistan", elsewhere=True)
    assert run_here("why", "1", "-f", "json") == here
    assert run_here("why", "1", "-f", "json", elsewhere=True) != here


@pytest.mark.skipif(os.name != "posix", reason="where the system's names are bytes")
def test_a_folder_whose_name_is_no_text(tmp_path: Path, run: Run) -> None:
    folder = os.fsdecode(os.fsencode(tmp_path) + b"/\xff")
    try:
        shutil.copytree(ATOLLS, folder)
    except OSError:
        pytest.skip("a system whose names are text")
    for arguments in (("facts", "--data", folder), ("check", folder)):
        done = run(*arguments)
        assert done.returncode == 0, done.stderr


def test_a_link_to_what_cannot_be_a_name(tmp_path: Path, run: Run) -> None:
    """It is a problem of its own, and the other files are read."""
    (tmp_path / "long.yaml").symlink_to("a" * 300)
    (tmp_path / "folder").symlink_to("a" * 300)
    (tmp_path / "n.yaml").write_text("topics:\n  - {id: xt}\n", "utf-8")
    done = run("check", str(tmp_path))
    assert done.returncode == 1
    assert "long.yaml" in done.stdout
    assert "n.yaml:2" in done.stdout


@pytest.mark.slow
def test_a_search_without_end_is_refused_at_once(run: Run) -> None:
    done = run("search", *["1"] * 120_000)
    assert (done.returncode, done.stdout) == (2, "")
    assert "200,000 characters" in done.stderr


def test_two_days_are_no_day_and_an_empty_name_no_state(run: Run) -> None:
    assert "is not a date" in run("brief", "--as-of", "3 Jan 4 2026").stderr
    assert "needs a name" in run("diff", "", "HEAD").stderr


def test_a_name_of_another_kind_is_pointed_to(run: Run) -> None:
    assert "There is: actor japan" in run("country", "japan").stderr
    assert "国kazakhstan" in run("actors", "kazakhstan", "--lang", "ja").stderr
    assert "There is: person sanae-takaichi" in run("brief", "sanae-takaichi").stderr


@pytest.mark.one_in(5)
@pytest.mark.parametrize("zone", ["XXX-99", "X24", "", "../../etc/passwd", "Asia/Tokyo"])
def test_any_time_zone_has_a_today(run_process: Run, zone: str) -> None:
    """An offset of a day or more is one that the system's clock takes."""
    done = run_process("treaties", "--data", str(ATOLLS), TZ=zone)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('高市 早苗と書く人も、"高市\n      早苗"と書く人もいる。', '高市 早苗と書く人も、"高市早苗"と書く人もいる。'),
        ("'高市 早苗と''高市\n      早苗''だ。'", "高市 早苗と'高市早苗'だ。"),
        ('"高市 早苗と\\"高市\n      早苗\\"だ。"', '高市 早苗と"高市早苗"だ。'),
        (">-\n      高市 早苗と高市\n      早苗だ。", "高市 早苗と高市早苗だ。"),
        ("日本 と\n      中央 アジア\n      の会合", "日本 と中央 アジアの会合"),
        ("日本 one\n      two 日本\n\n      日本", "日本 one two 日本\n日本"),
    ],
)
def test_lines_meet_where_they_ended(written: str, read: str) -> None:
    """Between East Asian characters a line end is no space; a space that stands in the file stays one."""
    found = nodes.read(f"topics:\n  - id: t\n    name: {written}\n".encode(), "x.yaml")
    assert found.problems == []
    assert found.data["topics"][0]["name"] == read
