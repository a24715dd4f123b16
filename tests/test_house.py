"""The house: style, types and layers hold, and no country is known to the program."""

import re
import subprocess
import sys
import tokenize
from pathlib import Path

import pytest

from cabrief.model.kinds.countries import Country
from cabrief.model.kinds.events import Event
from cabrief.model.kinds.treaties import Treaty
from cabrief.model.record import label
from cabrief.store.base import Base

TOP = Path(__file__).parents[1]
# the examples of the help, and of docstrings
ALLOWED = {
    "commands": {"kazakhstan", "uzbekistan", "ウズベキスタン", "jp-kz-investment"},
    "store": {"kazakhstan"},
    "model": {"kazakhstan", "jp-kz-investment"},
}
SOURCES = sorted((TOP / "src").rglob("*.py"))


@pytest.mark.parametrize(
    "command",
    [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"], ["importlinter.cli", "lint"]],
    ids=["ruff", "format", "mypy", "layers"],
)
def test_tool_is_content(command: list[str]) -> None:
    module = ["-c", "from importlinter.cli import lint_imports_command as run; run()"]
    arguments = module if command[0].startswith("importlinter") else ["-m", *command]
    done = subprocess.run([sys.executable, *arguments], cwd=TOP, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    if arguments is module:
        seen = re.search(r"(\d+) files, (\d+) dependencies", done.stdout)
        assert seen, done.stdout
        assert int(seen[1]) > 20, "the layers were checked over too few files"
        assert int(seen[2]) > 60, "the layers were checked over too few imports"


def _words(path: Path) -> str:
    """Strings and names of a module, comments and docstrings included."""
    with path.open("rb") as file:
        return " ".join(token.string for token in tokenize.tokenize(file.readline)).casefold()


def test_no_country_treaty_or_summit_is_named_in_the_program(shipped: Base) -> None:
    """What the tool knows comes from a pack; only its own one-line description of itself says where it grew up."""
    names = {
        word.casefold()
        for record in [*shipped.find(Country), *shipped.find(Treaty), *shipped.find(Event)]
        for word in (record.id, label(record).en, label(record).ja, *getattr(record, "aliases", ()))
        if len(word) > 3
    }
    assert "kazakhstan" in names
    allowed = ALLOWED
    for path in SOURCES:
        words = _words(path)
        found = {name for name in names if name in words} - allowed.get(path.parent.name, set())
        assert not found, f"{path.name} names {found}"


def test_functions_and_modules_stay_small() -> None:
    """A module of more than 600 lines asks to be taken apart; a declaration of data may be longer than a page of code."""
    sizes = {path.name: len(path.read_text("utf-8").splitlines()) for path in SOURCES}
    assert max(sizes.values()) <= 350, sizes


def test_shipped_facts_have_no_problem(shipped: Base) -> None:
    """The build fixture found none; and there is something to find."""
    assert len(shipped.ids(Country)) == 5
    assert sum(1 for _ in shipped.records()) > 1000
