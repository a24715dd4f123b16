"""The README tells the truth: each block of output is what the command prints.

`CABRIEF_GOLDEN=write pytest tests/test_readme.py` writes what the commands print now into the README.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PATH = Path(__file__).parents[1] / "README.md"
README = PATH.read_text("utf-8")
BLOCKS = re.findall(r"^```console\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


def steps() -> list[tuple[str, str]]:
    """Commands and what is printed below each; a line of three dots stands for what is left out."""
    return [
        (command, output)
        for block in BLOCKS
        for command, output in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
    ]


@pytest.mark.parametrize(("command", "output"), steps(), ids=[command for command, _ in steps()])
def test_block(command: str, output: str, tmp_path: Path) -> None:
    folder = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, env=environment, cwd=tmp_path, check=False
    )
    assert done.returncode == 0, done.stderr
    if os.environ.get("CABRIEF_GOLDEN") == "write":
        block = f"$ {command}\n"
        PATH.write_text(PATH.read_text("utf-8").replace(block + output, block + done.stdout), "utf-8")
        return
    pattern = ".*\n".join(re.escape(part) for part in re.split(r"^…\n", output, flags=re.MULTILINE))
    assert re.fullmatch(pattern, done.stdout, re.DOTALL), done.stdout


def test_there_are_blocks() -> None:
    assert len(steps()) >= 4


def test_every_command_is_in_the_readme() -> None:
    from cabrief.commands import COMMANDS

    assert [name for name in COMMANDS if f"cabrief {name}" not in README] == []
