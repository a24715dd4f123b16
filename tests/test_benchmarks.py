"""The benchmarks run; what they measure is no matter of the tests."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from cabrief.assistant.tools import TOOLS

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
STARTUP = BENCHMARKS / "startup.py"


@pytest.mark.slow
def test_the_start_up_of_every_report_is_compared(own: Path) -> None:
    """One round times the brief and a country in both languages, into a pipe and for a terminal, a first build and a change of one file."""
    done = subprocess.run([sys.executable, str(STARTUP), "--quick"], capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert len(lines) == 4
    assert all("at most" in line for line in lines)
    for line in lines[:2]:
        found = re.findall(r"(brief|country kazakhstan|country kazakhstan --lang ja) (\d+\.\d\d)(?:,|$)", line)
        assert [name for name, _ in found] == ["brief", "country kazakhstan", "country kazakhstan --lang ja"]
        assert all(float(ratio) > 0 for _, ratio in found)
    assert all(re.search(r": \d+\.\d\d$", line) for line in lines[2:])


@pytest.mark.slow
def test_the_first_answer_to_an_assistant_is_compared_with_the_command() -> None:
    """One round times the first answer and later ones, and each tool."""
    command = [sys.executable, str(BENCHMARKS / "assistant.py"), "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    first, later, *tools = done.stdout.splitlines()
    assert re.search(r"^first answer: +\d+\.\d\d x the command \(at most 1\.50\)$", first)
    assert re.search(r"^later answer: +\d+\.\d ms on a country, messages included \(at most 20\)$", later)
    assert [line.split()[3] for line in tools] == list(TOOLS)
