"""Fixtures: an invented pack, fact files written for one test, and the command line as a process."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cabrief.loading.cache import open_base
from cabrief.loading.layers import find_layers, read_files
from cabrief.loading.load import in_memory, load_facts
from cabrief.problems.problem import Problem
from cabrief.store.base import Base

HERE = Path(__file__).parent
ATOLLS = HERE / "packs" / "atolls"
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for the session, shared by all workers: each pack is built once."""
    base = tmp_path_factory.getbasetemp()
    directory = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shared-cache"
    directory.mkdir(exist_ok=True)
    return directory


@pytest.fixture(autouse=True)
def _own_environment(cache: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in (
        "CABRIEF_LANG",
        "CABRIEF_DATA",
        "CABRIEF_FORMAT",
        "LC_ALL",
        "LC_MESSAGES",
        "LANG",
        "NO_COLOR",
        "COLUMNS",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CABRIEF_CACHE_DIR", str(cache))
    monkeypatch.setenv("CABRIEF_PAGER", "cat")  # a pager would wait for somebody to press a key
    monkeypatch.setenv("CABRIEF_CONFIG", str(cache / "empty.toml"))
    (cache / "empty.toml").touch()
    yield


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of one test's own."""
    directory = tmp_path / "cache"
    monkeypatch.setenv("CABRIEF_CACHE_DIR", str(directory))
    return directory


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The invented pack, to be changed."""
    return Path(shutil.copytree(ATOLLS, tmp_path / "pack"))


def open_facts(*directories: Path) -> Base:
    """The facts of directories without a problem, the first of them a pack; of none, the shipped facts."""
    stack = find_layers(list(directories))
    facts, problems = load_facts(stack, read_files(stack))
    assert problems == []
    return in_memory(facts)


@pytest.fixture(scope="session")
def atolls() -> Base:
    return open_facts(ATOLLS)


@pytest.fixture(scope="session")
def shipped(cache: Path) -> Base:
    """The shipped pack, which has no error: `open_base` refuses one that has."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CABRIEF_CACHE_DIR", str(cache))
        return open_base([])


@pytest.fixture
def problems_of(tmp_path: Path) -> Callable[[str], list[Problem]]:
    """Lay a fact file over the invented pack and return what is wrong with it."""

    def check(text: str | bytes | tuple[str, ...]) -> list[Problem]:
        directory = tmp_path / "mine"
        directory.mkdir(exist_ok=True)
        for number, each in enumerate(text if isinstance(text, tuple) else (text,)):
            raw = each.encode() if isinstance(each, str) else each
            (directory / f"mine{number or ''}.yaml").write_bytes(raw)
        stack = find_layers([ATOLLS, directory])
        _, problems = load_facts(stack, read_files(stack))
        return [replace(p, where=p.where._replace(file=Path(p.where.file).name)) for p in problems]

    return check


def unhurried(stderr: str) -> str:
    """Messages without the one that only a slow machine shows."""
    return re.sub(r"cabrief: (?:reading \d+ fact files …|事実ファイル\d+件を読み込み中…)\n", "", stderr)


@pytest.fixture
def run() -> Run:
    """Run the command line as its user would, with nothing of this process but the environment."""

    def cabrief(*arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
        environment = {**os.environ, **more}
        command = [sys.executable, "-m", "cabrief", *arguments]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, check=False)
        done.stderr = unhurried(done.stderr)
        return done

    return cabrief
