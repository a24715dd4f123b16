"""What one begins with: a skeleton of each kind, and a pack that builds at once."""

import hashlib
import json
import re
import shutil
from pathlib import Path

import pytest

from cabrief.authoring.skeletons import record_skeleton
from cabrief.model.kinds import kinds
from cabrief.model.record import Ref
from cabrief.problems.problem import Problem
from cabrief.reading import nodes, records
from conftest import ATOLLS, Run


@pytest.mark.parametrize("plural", kinds())
def test_a_skeleton_is_read(plural: str) -> None:
    """Every skeleton is a record that the loader reads; so is the one with all its optional keys taken in."""
    text = record_skeleton(plural)
    for each in (text, re.sub("^    # ", "    ", text, flags=re.MULTILINE)):
        problems: list[Problem] = []
        read = nodes.read(each.encode(), "x.yaml")
        assert read.problems == []
        assert len(list(records.read_records(read, "mine", problems))) == 1
        assert problems == [], each


def test_a_ref_is_filled_in() -> None:
    text = record_skeleton("notes", Ref(source="log", line=3, phrase='a "quoted" phrase'))
    assert '    refs: [{source: log, line: 3, phrase: "a \\"quoted\\" phrase"}]  # ' in text


def test_new(run: Run, tmp_path: Path) -> None:
    """A kind that is misspelt is offered the right one; a phrase is looked for in the texts."""
    assert run("new", "event").stdout.startswith("# Something that happened")
    assert "\n    of: [an-id]" in run("new", "note").stdout  # without it, the aspect that stands there is refused
    assert "did you mean 'event'" in run("new", "evnt").stderr
    refused = run("new", "note", "--from-phrase", "no such words", "--texts", str(tmp_path))
    assert refused.returncode == 1
    assert "not read: " in refused.stderr  # an answer that looked into no document must not pass for one that did
    assert run("new", "note", "--from-phrase", "words").returncode == 2
    assert "4 to 25 characters" in run("new", "note", "--from-phrase", "x", "--texts", str(tmp_path)).stderr
    (tmp_path / "log.txt").write_text("one\nthe reef, and\nthe reef again\n", "utf-8")
    pack = Path(shutil.copytree(ATOLLS, tmp_path / "pack"))
    given = ("new", "note", "--from-phrase", "the reef", "--texts", str(tmp_path), "--data", str(pack))
    assert "not read: log" in run(*given).stderr, "another text than the card describes"
    digest = hashlib.sha256((tmp_path / "log.txt").read_bytes()).hexdigest()
    facts = (pack / "facts.yaml").read_text("utf-8")
    (pack / "facts.yaml").write_text(facts.replace('sha256: "00"', f'sha256: "{digest}"'), "utf-8")
    assert '[{source: log, line: 2, phrase: "the reef"}]' in run(*given).stdout
    assert run(*given).stdout.endswith("# also in log, line 3\n")
    assert run(*given, "--lang", "ja").stdout.endswith("# ほかにlogの3行目\n")
    assert "# 記述\n" in run("new", "note", "--lang", "ja").stdout


@pytest.mark.one_in(6)
@pytest.mark.parametrize("name", ["true", "null", "x" * 200, "2026", "Ярлык", "a--b"])
def test_init_in_a_folder_whose_name_is_no_id(run: Run, tmp_path: Path, name: str) -> None:
    """The pack gets another id, and builds."""
    done = run("init", str(tmp_path / name))
    assert (done.returncode, run("check", str(tmp_path / name)).stdout) == (0, ""), done.stderr


@pytest.mark.parametrize("words", [("init", ""), ("check", ""), ("brief", "--data", ""), ("diff", "v1", "--pack", "")])
def test_a_folder_has_a_name(run: Run, words: tuple[str, ...]) -> None:
    """An empty one, as of a variable that is not set, is not the folder here."""
    done = run(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert "needs a name" in done.stderr


def test_init(run: Run, tmp_path: Path) -> None:
    """The pack builds at once, its reports run, and its examples are read once their marks are taken away."""
    target = tmp_path / "my pack"
    assert run("init", str(target)).returncode == 0
    assert run("check", str(target)).stdout == ""
    assert run("brief", "--data", str(target)).stdout.startswith("# Brief: First summit\n")
    assert run("country", "FC", "--data", str(target)).returncode == 0
    for file in target.glob("*.yaml"):  # editors find the schema beside the file
        kept = re.search(r"\$schema=(.*)", file.read_text("utf-8"))
        assert kept
        assert json.loads((target / kept[1]).read_text("utf-8"))["title"].startswith("cabrief")
    again = run("init", str(target))
    assert again.returncode == 2
    assert "not empty" in again.stderr
    lines = (target / "examples.yaml").read_text("utf-8").splitlines()
    text = "\n".join(line.removeprefix("# ") for line in lines[2:])
    problems: list[Problem] = []
    read = nodes.read(text.encode(), "x.yaml")
    assert read.problems == []
    assert len(list(records.read_records(read, "mine", problems))) == len(kinds()) - 8
    assert problems == []
