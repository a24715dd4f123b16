"""The house: style, types, layers and sizes hold, and the document on the architecture is true."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tokenize
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from cabrief.authoring import style, warnings
from cabrief.checks import CHECKS
from cabrief.cli.application import COMMANDS
from cabrief.formats import FORMATS
from cabrief.model.kinds import kinds
from cabrief.model.kinds.countries import Country
from cabrief.model.kinds.events import Event
from cabrief.model.kinds.treaties import Treaty
from cabrief.model.record import label
from cabrief.reports.rest import GROUPS
from cabrief.store.base import Base
from conftest import ATOLLS

TOP = Path(__file__).parents[1]
PACKAGE = TOP / "src" / "cabrief"
ARCHITECTURE = (TOP / "docs" / "architecture.md").read_text("utf-8")
# the examples of the help, and of docstrings
LANGUAGES = {"kazakh", "kyrgyz", "tajik", "turkmen", "uzbek"}  # with alphabets of their own
ALLOWED = {
    "commands": {"kazakhstan", "uzbekistan", "ウズベキスタン", "jp-kz-investment"},
    "library": {"kazakhstan"},
    "assistant": {"カザフスタン"},
    "store": {"kazakhstan"},
    "model": {"kazakhstan", "jp-kz-investment"},
}
SOURCES = sorted((TOP / "src").rglob("*.py"))
MOST_LINES_OF_MODULE, MOST_LINES_OF_FUNCTION = 350, 60
# what every module of one sort has, so that whoever imports the module finds it by that name
PROTOCOLS = {
    "KIND": "what the program knows of a kind of fact; one in each module of model/kinds",
    "view": "the function of a report",
    "FIELDS": "the fields of a report's rows as data",
    "HEADS": "the heads of a report's table",
}


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
    """What the program knows comes from a pack; only its own one-line description names the region."""
    names = {
        word.casefold()
        for record in [*shipped.find(Country), *shipped.find(Treaty), *shipped.find(Event)]
        for word in (record.id, label(record).en, label(record).ja, *getattr(record, "aliases", ()))
        if len(word) > 3
    }
    assert "kazakhstan" in names
    for path in SOURCES:
        words = _words(path)
        found = {name for name in names if name in words} - ALLOWED.get(path.parent.name, set()) - LANGUAGES
        assert not found, f"{path.name} names {found}"


def test_functions_and_modules_stay_small() -> None:
    """No module has more than 350 lines, and no function more than 60."""
    modules = {path.name: len(path.read_text("utf-8").splitlines()) for path in SOURCES}
    assert {name: lines for name, lines in modules.items() if lines > MOST_LINES_OF_MODULE} == {}
    functions = {
        f"{path.name}:{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert len(functions) > 300
    assert {name: lines for name, lines in functions.items() if lines > MOST_LINES_OF_FUNCTION} == {}


def _defined(tree: ast.Module) -> Iterator[str]:
    """Names that a module defines at its top level."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        for target in targets:
            found = target.elts if isinstance(target, ast.Tuple) else [target]
            yield from (each.id for each in found if isinstance(each, ast.Name))


def test_one_name_means_one_thing() -> None:
    """No public name is defined at the top level of two modules, except what each module of a sort must have."""
    homes = defaultdict(list)
    for path in SOURCES:
        for name in dict.fromkeys(_defined(ast.parse(path.read_text("utf-8")))):
            if not name.startswith("_"):
                homes[name].append(str(path.relative_to(PACKAGE)))
    assert len(homes) > 400
    assert {name: found for name, found in homes.items() if len(found) > 1 and name not in PROTOCOLS} == {}
    assert {name for name in PROTOCOLS if len(homes[name]) < 2} == set(), "a protocol of one module is none"


# The document on the architecture


def _table(heading: str) -> list[list[str]]:
    """Cells of the first table under a heading of the document, without its head."""
    part = ARCHITECTURE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = [line.strip("|").split("|") for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def _code(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_the_table_of_folders_is_the_package() -> None:
    """Every folder and module of the package's top level, and each folder below, has a row; nothing else has one."""
    there = {f"{path.name}/" for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    there |= {path.name for path in PACKAGE.glob("*.py") if path.name != "__init__.py"}
    below = {path.relative_to(PACKAGE).parent.as_posix() + "/" for path in PACKAGE.rglob("*.py")} - {"./"}
    rows = _table("Folders")
    assert sorted(_code(row[0])[0] for row in rows) == sorted(there | below)
    assert all(row[1] for row in rows)


def test_the_table_of_folders_says_what_import_linter_enforces() -> None:
    """Each row names exactly the folders that the contracts let its folder import."""
    contracts = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    floors = [[name.strip() for name in layer.split("|")] for layer in contracts[0]["layers"]]
    allowed = {
        name: {each for below in floors[i + 1 :] for each in below} for i, floor in enumerate(floors) for name in floor
    }
    for contract in contracts[1:]:
        for source in contract["source_modules"]:
            taken = {name.removeprefix("cabrief.") for name in contract["forbidden_modules"]}
            if source.removeprefix("cabrief.") in allowed:
                allowed[source.removeprefix("cabrief.")] -= taken
    written = {_code(row[0])[0].removesuffix("/").removesuffix(".py"): set(_code(row[2])) for row in _table("Folders")}
    assert {name: found for name, found in written.items() if name in allowed} == allowed


def test_the_table_of_changes_leads_to_places_that_exist() -> None:
    """Every path in it exists, and every name with a path before it is defined in that file."""
    rows = _table("Where a change goes")
    assert {row[0] for row in rows} >= {"kind of fact", "check", "warning", "report", "format", "command"}
    for row in rows:
        for path in re.findall(r"`([a-z_]+[./][\w./:]*)`", " ".join(row[1:])):
            file, _, name = path.partition(":")
            assert (PACKAGE / file).exists() or (TOP / file).exists(), path
            if name:
                assert name in set(_defined(ast.parse((PACKAGE / file).read_text("utf-8")))), path


def test_what_is_registered_is_what_is_there() -> None:
    """Commands, formats, checks, warnings and headings: no module or function is forgotten, and none is named in vain."""
    assert sorted(COMMANDS) == sorted(
        path.stem for path in (PACKAGE / "cli" / "commands").glob("*.py") if path.stem != "__init__"
    )
    renderers = {form.module for form in FORMATS.values()}
    assert renderers | {
        "notes",
        "word_notes",
        "word_styles",
        "fonts",
        "excel_heads",
        "__init__",
    } == {path.stem for path in (PACKAGE / "formats").glob("*.py")}
    rules = (*warnings.RULES, *style.SENTENCE_RULES, *style.SUMMARY_RULES)
    for folder, registered in (("checks", CHECKS), ("authoring", rules)):
        names = {function.__name__ for function in registered}
        modules = {Path(sys.modules[function.__module__].__file__ or "") for function in registered}
        assert {path.parent.name for path in modules} == {folder}
        found = {
            node.name
            for path in modules
            for node in ast.parse(path.read_text("utf-8")).body
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        }
        assert names <= found
        assert found - names <= {"find_warnings", "printed_facts", "name_variants"}
    assert {each.section for each in kinds().values()} <= {*GROUPS, ""}


# A new kind of fact is one new file

TREASURES = '''
"""Treasures: what is kept in a house."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from cabrief.language.text import Text
from cabrief.model.record import Fact, Kind, Link

if TYPE_CHECKING:
    from cabrief.model.fields import Count, Name, Slug


class Treasure(Fact):
    """Something precious, and who keeps it."""

    name: Name
    metal: Literal["gold", "silver"]
    coins: Count | None = None
    keeper: Slug | None = None


KIND = Kind(
    record=Treasure,
    singular="treasure",
    name=Text("treasure", "宝物"),
    links={"keeper": Link("keeper", ("countries", "actors"))},
    section="background",
    meanings={
        "name": Text("what it is called", "名称"),
        "metal": Text("metal that it is made of", "素材"),
        "coins": Text("number of coins", "枚数"),
        "keeper": Text("who keeps it", "保管者"),
    },
)
'''
HOARD = """
treasures:
  - id: aru-hoard
    name: {en: Hoard of Aru, ja: アルの宝}
    metal: gold
    coins: 12
    keeper: aru
    topics: [sea]
    date: 2031-02
    text: {en: Aru keeps twelve gold coins., ja: アルは金貨12枚を保管する。}
    refs: [{source: log, line: 1, phrase: Port Aru}]
"""


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package with one more module in `model/kinds`, and a pack with a fact of that kind as its own."""
    top = tmp_path_factory.mktemp("extended")
    shutil.copytree(PACKAGE, top / "src" / "cabrief", ignore=shutil.ignore_patterns("__pycache__"))
    (top / "src" / "cabrief" / "model" / "kinds" / "treasures.py").write_text(TREASURES, "utf-8")
    shutil.copytree(ATOLLS, top / "data")
    (top / "data" / "treasures.yaml").write_text(HOARD, "utf-8")
    return top


def _ask(extended: Path, *arguments: str, code: int = 0) -> str:
    environment = {**os.environ, "PYTHONPATH": str(extended / "src")}
    command = [sys.executable, "-m", "cabrief", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=extended, check=False)
    assert done.returncode == code, done.stderr
    return done.stdout


@pytest.mark.slow
def test_a_new_kind_is_one_new_file_for_whoever_writes_facts(extended: Path) -> None:
    """Its facts are checked with its own rules, its schema and its skeleton are there."""
    assert _ask(extended, "check", "--strict", "--as-of", "2031-06-01") == ""
    properties = json.loads(_ask(extended, "schema"))["$defs"]["Treasure"]["properties"]
    assert properties["metal"] == {"description": "metal that it is made of", "enum": ["gold", "silver"]}
    assert "keeper: an-id" in _ask(extended, "new", "treasure")
    assert "# 宝物\n" in _ask(extended, "new", "treasure", "--lang", "ja")
    wrong = extended / "wrong"
    wrong.mkdir()
    (wrong / "treasures.yaml").write_text(
        HOARD.replace("aru-hoard", "poor").replace("gold\n", "tin\n").replace("keeper: aru", "keeper: sea"), "utf-8"
    )
    assert _ask(extended, "check", "wrong", code=1).splitlines() == [
        "wrong/treasures.yaml:5:12: unknown-value: treasure poor: metal cannot be 'tin' (one of gold, silver)",
        "wrong/treasures.yaml:7:13: wrong-kind: treasure poor: keeper: 'sea' is a topic, expected a country or an actor",
    ]


@pytest.mark.slow
def test_a_new_kind_is_one_new_file_for_whoever_reads_reports(extended: Path) -> None:
    """Its facts are listed, found, explained, compared, and stand on the page of their topic."""
    day = ("--as-of", "2031-06-01", "--no-sources")
    (row,) = map(json.loads, _ask(extended, "facts", "--kind", "treasure", "-f", "ndjson", *day).splitlines())
    assert (row["id"], row["kind"], row["topics"]) == ("aru-hoard", "treasure", ["sea"])
    assert "| treasure | aru-hoard |" in _ask(extended, "search", "hoard", *day)
    assert "宝物" in _ask(extended, "search", "金貨", *day, "--lang", "ja")
    assert _ask(extended, "why", "aru-hoard", *day).startswith("# Why: Hoard of Aru (treasure aru-hoard)\n")
    page = _ask(extended, "brief", "sea", "--full", *day)
    assert "- Aru keeps twelve gold coins." in page.partition("## Background")[2]
    assert "### Treasure (1)\n\n- Aru keeps twelve gold coins." in _ask(extended, "diff", str(ATOLLS), "data")
    richer = Path(shutil.copytree(extended / "data", extended / "richer"))
    (richer / "treasures.yaml").write_text(HOARD.replace("12\n", "13\n").replace(": aru\n", ": bela\n"), "utf-8")
    rows = _ask(extended, "diff", "data", "richer", "-f", "csv")
    assert [line.split(",")[3] for line in rows.splitlines()[1:]] == ["coins", "keeper"]


def test_shipped_facts_have_no_problem(shipped: Base) -> None:
    """The build fixture found none; and there is something to find."""
    assert len(shipped.ids(Country)) == 5
    assert sum(1 for _ in shipped.records()) > 1000
