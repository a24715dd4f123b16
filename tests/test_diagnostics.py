"""How problems print: the line, the mark below it, and what else a terminal and a machine want to know."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cabrief.language.layout import width
from cabrief.language.text import Text
from cabrief.loading.layers import find_layers
from cabrief.loading.load import load_facts
from cabrief.problems.codes import CODES
from cabrief.problems.printing import HowProblems, as_excerpts, explain_code
from cabrief.problems.problem import Problem, Where
from conftest import ATOLLS, Run

DATA = ("--data", str(ATOLLS))
LINE = "  - {id: a, aspect: polcy, text: {en: A., ja: 日本語の文}}"
FOUND = Problem(
    Where("m.yaml", 2, 21, 26),
    "unknown-value",
    Text("aspect cannot be 'polcy'", "x"),
    Text("did you mean 'policy'?", "x"),
)


def excerpt(problem: Problem = FOUND, line: str = LINE, **how: Any) -> list[str]:
    return as_excerpts([problem], {"m.yaml": f"notes:\n{line}\n".encode()}, HowProblems(**how)).splitlines()


def test_an_excerpt() -> None:
    """The place, the code, the words; the line with a mark under what is meant; how to mend it."""
    assert excerpt() == [
        "m.yaml:2:21: error[unknown-value]: aspect cannot be 'polcy'",
        "    2 │   - {id: a, aspect: polcy, text: {en: A., ja: 日本語の文}}",
        "      │                     ^^^^^",
        "      = did you mean 'policy'?",
        "",
        "More about a code: cabrief check --explain unknown-value",
    ]


def test_a_wide_character_is_two_columns() -> None:
    """The mark stands under the words as a screen shows them."""
    begin = LINE.index("日本語") + 1
    shown = excerpt(Problem(Where("m.yaml", 2, begin, begin + 5), "unknown-value", Text("x", "x")))
    bar, mark = shown[1].index("日"), shown[2].index("^")
    assert width(shown[1][:bar]) == width(shown[2][:mark])
    assert shown[2].count("^") == 10


@pytest.mark.parametrize("column", [1, 60, 500, 999])
@pytest.mark.parametrize("character", ["x", "日"])
def test_a_long_line_is_cut_around_its_place(column: int, character: str) -> None:
    """What is meant stays in view, and nothing is wider than the screen."""
    line = character * (column - 1) + "!" + character * (1000 - column)
    shown = excerpt(Problem(Where("m.yaml", 2, column, column + 1), "yaml", Text("x", "x")), line, width=60)
    assert all(width(each) <= 60 for each in shown)
    mark = width(shown[2][: shown[2].index("^")])
    assert width(shown[1][: shown[1].index("!")]) == mark


def test_a_place_alone_is_a_word() -> None:
    """Where only the beginning of a thing is known, its first word is marked; of an empty place, one column."""
    assert excerpt(Problem(Where("m.yaml", 2, 6), "missing-key", Text("x", "x")))[2].count("^") == 2
    assert excerpt(Problem(Where("m.yaml", 2, 99), "yaml", Text("x", "x")))[2].count("^") == 1
    assert len(excerpt(Problem(Where("m.yaml"), "no-pack", Text("x", "x")))) == 3
    assert len(excerpt(Problem(Where("m.yaml", 40, 2), "yaml", Text("x", "x")))) == 3


def test_what_steers_a_terminal_is_shown_as_a_mark() -> None:
    """In a line, in a message and in the name of a file; and columns stay where they are."""
    shown = "\n".join(excerpt(FOUND, "a\x1b[31m\u202e\tb"))
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "a\ufffd[31m\ufffd b" in shown
    bad = Problem(Where("\x1b[2J.yaml", 1, 1), "yaml", Text("\x1b]0;x\x07", "x"))
    assert "\x1b" not in as_excerpts([bad], {}, HowProblems())


def test_colour_and_ascii() -> None:
    assert "\x1b[1;31merror[unknown-value]" in "\n".join(excerpt(color=True))
    assert "\n".join(excerpt(ascii=True)).isascii() is False  # the words of the file are what they are
    assert "│" not in "\n".join(excerpt(ascii=True))


def on_a_terminal(command: list[str], environment: dict[str, str]) -> str:
    """What a command writes to a terminal."""
    outer, inner = pty.openpty()
    done = subprocess.Popen(command, stdout=inner, stderr=inner, env=environment)
    os.close(inner)
    written = b""
    while True:
        try:
            part = os.read(outer, 65536)
        except OSError:
            break
        if not part:
            break
        written += part
    done.wait()
    os.close(outer)
    return written.decode()


def test_on_a_terminal_and_into_a_pipe(run: Run, tmp_path: Path) -> None:
    """Excerpts in colour for a person, lines for a program; a report that cannot answer shows them too."""
    (tmp_path / "mine.yaml").write_text("noets: []\n", "utf-8")
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80", "PYTHONUTF8": "1"}
    for arguments in (("check", str(tmp_path)), ("country", "aru", "--data", str(tmp_path))):
        command = [sys.executable, "-m", "cabrief", arguments[0], *DATA, *arguments[1:]]
        shown = on_a_terminal(command, environment)
        assert "\x1b[1;31merror[unknown-kind]" in shown
        assert "^^^^^" in shown
        assert "\x1b[" not in on_a_terminal(command, {**environment, "NO_COLOR": "1"})
    lines = run("check", str(tmp_path), *DATA).stdout.splitlines()
    assert len(lines) == 1
    assert lines[0].endswith("mine.yaml:1:1: unknown-kind: 'noets' is not a kind of fact (did you mean 'notes'?)")
    assert "^^^^^" in run("check", str(tmp_path), *DATA, "-f", "terminal").stdout


def test_a_layer_of_ones_own_is_on_the_screen(tmp_path: Path) -> None:
    """On a terminal it is there without more, marked; the same command into a pipe leaves it out."""
    house = tmp_path / "house"
    house.mkdir()
    (house / "mine.yaml").write_text(
        "notes:\n  - {id: n, aspect: resource, of: [aru], text: {en: Aru has fish., ja: 魚。}, refs: [{source: log, line: 1, phrase: Port Aru}]}\n",
        "utf-8",
    )
    command = [sys.executable, "-m", "cabrief", "country", "aru", *DATA, "--data", str(house)]
    shown = on_a_terminal(command, {**os.environ, "TERM": "dumb", "COLUMNS": "80", "PYTHONUTF8": "1"})
    assert "Aru has fish [house]" in shown


def test_json_has_everything(run: Run, tmp_path: Path) -> None:
    """Level, code, place with its end, both languages, and the other config."""
    note = "  - {id: n%d, aspect: risk, topics: [see], text: {en: A., ja: あ。}, refs: [{source: log, line: 1, phrase: hello}]}\n"
    (tmp_path / "mine.yaml").write_text("notes:\n" + note % 1 + note % 2, "utf-8")
    (found,) = json.loads(run("check", str(tmp_path), *DATA, "-f", "json").stdout)
    assert found == {
        "level": "error",
        "code": "unknown-id",
        "file": f"{tmp_path.as_posix()}/mine.yaml",
        "line": 2,
        "column": 37,
        "end_column": 40,
        "message": {"en": "note n1: topics: no topic 'see'", "ja": "記述n1: topics: 「see」というテーマはない"},
        "hint": {"en": "did you mean 'sea'?", "ja": "「sea」のことか？"},
        "also": [{"file": f"{tmp_path.as_posix()}/mine.yaml", "line": 3, "column": 37, "end_column": 40}],
    }


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_explain(run: Run, lang: str) -> None:
    """Every code is explained in both languages, in lines that fit; a misspelt one is offered the right one."""
    for code in CODES:
        words = explain_code(code, "ja" if lang == "ja" else "en")
        assert words.startswith(code)
        assert all(width(line) <= 80 for line in words.splitlines())
    done = run("check", "--explain", "unknown-id", "--lang", lang)
    assert (done.returncode, done.stdout) == (0, explain_code("unknown-id", "ja" if lang == "ja" else "en"))
    asked = run("check", "--explain", "unknown-ids", "--lang", lang)
    assert asked.returncode == 2
    assert "unknown-id" in asked.stderr


@pytest.mark.slow
def test_directories_that_are_no_packs(run: Run, tmp_path: Path) -> None:
    """An empty directory, and one whose file goes away while it is read."""
    done = run("check", str(tmp_path))
    assert done.stdout == f"{tmp_path}:0:0: no-files: there is no .yaml file in this directory\n"
    (tmp_path / "mine.yaml").write_text("notes: []\n", "utf-8")
    (stack,) = find_layers([tmp_path])[-1:]
    assert {problem.code for problem in load_facts([stack], {})[1]} == {"not-readable", "no-pack"}


def test_files_of_another_ending(run: Run, tmp_path: Path) -> None:
    """What ends in .yml is not read, and that is said; what begins with a dot is nobody's facts."""
    (tmp_path / "mine.yaml").write_text("notes: []\n", "utf-8")
    (tmp_path / "more.yml").write_text("notes: [\n", "utf-8")
    (tmp_path / ".#mine.yaml").symlink_to("user@host.1")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.yaml").write_text("[", "utf-8")
    done = run("check", str(tmp_path), *DATA, "--as-of", "2031-06-02")
    assert (done.returncode, done.stdout) == (
        0,
        f"{tmp_path}/more.yml:0:0: warning: wrong-ending: fact files end in .yaml; this one is not read (rename it)\n",
    )
    assert run("country", "aru", *DATA, "--data", str(tmp_path), "--layers").returncode == 0
    (tmp_path / "pack.yml").write_text("id: x\n", "utf-8")
    assert "pack.yml:0:0: no-pack: fact files end in .yaml" in run("check", str(tmp_path), *DATA).stdout
