"""A long reading shows on a terminal how far it is, and leaves no trace there."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pyte
import pytest

from cabrief.cli import progress
from cabrief.cli.progress import Bar, drawn, progress_words
from conftest import ATOLLS


def test_words_of_the_bar() -> None:
    """Files, records and the time left, which follows from the time taken; in both languages."""
    words = progress_words(250, 1000, 125_000, 30)
    assert words.en == "250/1,000 files, 125,000 records, 1 min 30 s left"
    assert words.ja == "ファイル250/1,000件、記録125,000件、残り約1分30秒"
    assert progress_words(999, 1000, 5, 10).en.endswith("0 s left")
    assert progress_words(1000, 1000, 500_000, 60).en == "1,000/1,000 files, 500,000 records, linking them"


@pytest.mark.parametrize(
    ("part", "cells", "bar"),
    [(0, 4, "░░░░"), (0.5, 4, "██░░"), (1, 4, "████"), (0.5, 0, ""), (0.5, -3, "")],
)
def test_drawing(part: float, cells: int, bar: str) -> None:
    assert drawn(part, cells, "█░") == bar


def test_nothing_in_the_first_second(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Then a line that is drawn anew, not more often than anybody sees, and is taken away."""
    clock = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    bar = Bar()
    clock[0] += 0.9
    bar(1, 10, 5)
    bar.end()
    assert capsys.readouterr().err == ""
    clock[0] += 0.2
    bar(2, 10, 10)
    clock[0] += 0.01
    bar(3, 10, 15)
    assert capsys.readouterr().err.count("files") == 1
    bar(10, 10, 50)
    assert capsys.readouterr().err.count("linking") == 1
    bar.end()
    assert capsys.readouterr().err == "\r\x1b[K"


@pytest.mark.one_in(3)
@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_on_a_terminal(own: Path, columns: int, lang: str) -> None:
    """In one line of the terminal, however narrow; when the answer is there, it is alone."""
    program = (
        "import sys\nfrom cabrief.cli import progress\nprogress.PATIENCE = progress.BETWEEN = 0\n"
        f"sys.argv = ['cabrief', 'country', 'aru', '--data', {str(ATOLLS)!r}]\nfrom cabrief.cli.application import main\nmain()\n"
    )
    ours, theirs = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(columns), "CABRIEF_LANG": lang, "TERM": "xterm", "PYTHONUTF8": "1"}
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, env=environment
    ) as running:
        assert running.stdout
        answer = running.stdout.read()
    os.close(theirs)
    told = os.read(ours, 100_000).decode("utf-8")
    os.close(ours)
    assert answer.decode("utf-8").startswith("# ")
    assert re.search(r"1/1 files|1/1件", told)
    screen = pyte.Screen(columns, 5)
    pyte.Stream(screen).feed(told.removesuffix("\r\x1b[K"))
    assert [bool(line.strip()) for line in screen.display] == [True, False, False, False, False]
    pyte.Stream(screen).feed("\r\x1b[K")
    assert not "".join(screen.display).strip()


def test_not_in_a_file_nor_on_a_dumb_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not progress.is_wanted()
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "dumb")
    assert not progress.is_wanted()
