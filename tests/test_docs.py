"""The documents tell the truth: each block of output is what the command prints, and the pages made from the program are current.

A block whose first line has a path is a file, which the commands below it find. `CABRIEF_GOLDEN=write pytest tests/test_docs.py`
writes what the commands print now into the documents, and makes the pages anew.
"""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from cabrief.cli.application import COMMANDS, command_function

TOP = Path(__file__).parents[1]
DOCUMENTS = [TOP / "README.md", TOP / "docs" / "tour.md", *sorted((TOP / "docs").glob("writing-facts*.md"))]
WRITE = os.environ.get("CABRIEF_GOLDEN") == "write"


class Step(NamedTuple):
    """A command with what is printed below it, or a file with what it holds."""

    document: Path
    command: str
    output: str


def steps() -> list[Step]:
    found = []
    for document in DOCUMENTS:
        blocks = re.findall(r"^```(\w+)(?: (\S+))?\n(.*?)^```", document.read_text("utf-8"), re.DOTALL | re.MULTILINE)
        for kind, path, text in blocks:
            if path:
                found.append(Step(document, path, text))
            elif kind == "console":
                said = re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", text, re.MULTILINE)
                found += [Step(document, f"$ {command}", output) for command, output in said]
    return found


@pytest.mark.one_in(4)
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_document(document: Path, tmp_path: Path) -> None:
    """Its blocks build on each other: files are written, commands print what stands below them."""
    wrong = [found for step in steps() if step.document == document and (found := _try(step, tmp_path))]
    assert "\n\n".join(wrong) == ""


def _try(step: Step, folder: Path) -> str:
    """Write a file, or run a command; what it printed where that is not what stands there."""
    if not step.command.startswith("$ "):
        file = folder / step.command
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(step.output, "utf-8")
        return ""
    programs = Path(sys.executable).parent
    language = {"CABRIEF_LANG": "ja"} if step.document.stem.endswith(".ja") else {}
    environment = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", **language}
    done = subprocess.run(
        ["bash", "-c", step.command[2:]], capture_output=True, text=True, env=environment, cwd=folder, check=False
    )
    if done.returncode:
        return f"{step.command}\nexit code {done.returncode}\n{done.stderr}"
    if WRITE:
        block = f"{step.command}\n"
        text = step.document.read_text("utf-8")
        step.document.write_text(text.replace(block + step.output, block + done.stdout), "utf-8")
        return ""
    return "" if done.stdout == step.output else f"{step.command}\n{done.stdout}"


def test_there_are_blocks() -> None:
    counts = {document: sum(step.document == document for step in steps()) for document in DOCUMENTS}
    assert counts.pop(DOCUMENTS[0]) >= 1
    assert min(counts.values()) >= 4, counts


def test_every_command_is_in_the_readme() -> None:

    readme = DOCUMENTS[0].read_text("utf-8")
    assert [name for name in COMMANDS if f"cabrief {name}" not in readme] == []


def generator() -> Any:
    """The program that makes pages of the documentation, as a module."""
    spec = importlib.util.spec_from_file_location("generate", TOP / "docs" / "generate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pages_made_from_the_program_are_current() -> None:
    module = generator()
    for name, page in module.pages().items():
        if WRITE:
            (TOP / "docs" / name).write_text(page, "utf-8")
        assert (TOP / "docs" / name).read_text("utf-8") == page, f"{name} is stale: run python docs/generate.py"


def test_no_link_is_broken() -> None:
    """Every link to a file of the project leads somewhere, with its heading."""
    for document in (*TOP.glob("*.md"), *(TOP / "docs").glob("*.md")):
        for target in re.findall(r"\]\(([^)\s]+)\)", document.read_text("utf-8")):
            if target.startswith(("http:", "https:")):
                continue
            path, _, anchor = target.partition("#")
            file = (document.parent / path) if path else document
            assert file.exists(), f"{document.name}: {target}"
            if anchor:
                heads = re.findall(r"^#+ (.*)$", file.read_text("utf-8"), re.MULTILINE)
                slugs = {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}
                assert anchor.lower() in {*slugs, *(slug.partition("-")[0] for slug in slugs)}, (
                    f"{document.name}: {target}"
                )


def examples() -> list[str]:
    """Every example of the help of a command that stands for itself: no file or folder of the user's own."""

    said = [
        each
        for function in map(command_function, COMMANDS)
        for each in (function.__doc__ or "").rpartition("Examples: ")[2].split(" | ")
    ]
    return [
        line.strip() for line in said if not re.search(r"/|my-|\b(?:mcp|browse)\b|\bk3\b|v1\.0|2026-10-01|\.md|>", line)
    ]


@pytest.mark.one_in(14)
@pytest.mark.parametrize(
    "example", [pytest.param(each, marks=[pytest.mark.slow] * (" site " in each)) for each in examples()]
)
def test_examples_of_the_help_run(example: str, tmp_path: Path) -> None:
    arguments = [sys.executable, "-m", *example.split()]
    done = subprocess.run(arguments, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() or done.stderr.endswith("no problems\n")
