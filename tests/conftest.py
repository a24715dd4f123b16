"""Fixtures: an invented pack, fact files written for one test, and the command line, within the process or as one."""

import gc
import io
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from cabrief.cli.application import main
from cabrief.config import load_config
from cabrief.loading.cache import open_base
from cabrief.loading.layers import find_layers, read_files
from cabrief.loading.load import in_memory, load_facts
from cabrief.problems.problem import Problem
from cabrief.store.base import Base

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HERE = Path(__file__).parent
ATOLLS = HERE / "packs" / "atolls"
Run = Callable[..., "subprocess.CompletedProcess[str]"]


_thorough = False
ALL_CHARACTERS = "".join(map(chr, range(0x110000)))
STRIDE = 64


def characters_that(has: Callable[[str], bool]) -> list[int]:
    """Code points of all characters that a function finds, alone or among others: where it finds none of many, it need not look at each."""
    firsts = (first for first in range(0, len(ALL_CHARACTERS), STRIDE) if has(ALL_CHARACTERS[first : first + STRIDE]))
    return [code for first in firsts for code in range(first, first + STRIDE) if has(chr(code))]


def pytest_configure(config: pytest.Config) -> None:
    """Slow tests run with all examples."""
    global _thorough  # noqa: PLW0603 - before test modules are read, which ask for it in decorators
    _thorough = config.option.markexpr != "not slow"
    settings.register_profile("patient", deadline=None)  # no test is about seconds
    settings.load_profile("patient")


def examples(full: int) -> int:
    """How many examples a test tries: all of them where slow tests run, else a tenth, of at least three."""
    return full if _thorough else min(full, max(3, full // 10))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What drives a browser or an office is slow; so are the parameters of a test that `one_in` leaves for later."""
    seen = Counter[str]()
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()) or item.get_closest_marker("office"):
            item.add_marker(pytest.mark.slow)
        if thinned := item.get_closest_marker("one_in"):
            test = item.nodeid.partition("[")[0]
            if seen[test] % thinned.args[0]:
                item.add_marker(pytest.mark.slow)
            seen[test] += 1


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
        "LINES",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CABRIEF_CACHE_DIR", str(cache))
    monkeypatch.setenv("CABRIEF_PAGER", "cat")  # a pager would wait for somebody to press a key
    monkeypatch.setenv("CABRIEF_CONFIG", str(cache / "empty.toml"))
    (cache / "empty.toml").touch()
    yield


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass over what was imported: looking through it again took a tenth of a run."""
    gc.collect()
    gc.freeze()


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
        return [p._replace(where=p.where._replace(file=Path(p.where.file).name)) for p in problems]

    return check


def unhurried(stderr: str) -> str:
    """Messages without the one that only a slow machine shows."""
    return re.sub(r"cabrief: (?:reading \d+ fact files? …|事実ファイル\d+件を読み込み中…)\n", "", stderr)


@pytest.fixture
def run_process() -> Run:
    """Run the command line as its user would, with nothing of this process but the environment."""

    def cabrief(*arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
        environment = {**os.environ, **more}
        command = [sys.executable, "-m", "cabrief", *arguments]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, check=False)
        done.stderr = unhurried(done.stderr)
        return done

    return cabrief


@pytest.fixture(scope="module")
def chromium() -> "Iterator[Browser]":
    """The Chromium of the system, without a window; a machine without it skips the test.

    It ends with the module, since no other event loop can run in the meantime.
    """
    sync_api = pytest.importorskip("playwright.sync_api")
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not program:
        pytest.skip("no Chromium is installed (Debian: apt-get install chromium)")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command line within this process, a tenth of the time that a process takes; a test holds that both answer alike.

    What depends on a process, signals, streams that are closed, modules that are loaded, needs `run_process`.
    """

    def cabrief(*arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
        encoding = more.get("PYTHONIOENCODING", "utf-8")
        stdin, out, err = (io.TextIOWrapper(io.BytesIO(), encoding, errors="replace") for _ in range(3))
        with monkeypatch.context() as patch:
            for name, value in more.items():
                patch.setenv(name, value)
            patch.setattr(sys, "argv", ["cabrief", *arguments])
            for name, stream in (("stdin", stdin), ("stdout", out), ("stderr", err)):
                patch.setattr(sys, name, stream)
            load_config.cache_clear()  # the one thing kept in memory that depends on the environment
            try:
                main()
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else int(bool(end.code))
            for stream in (out, err):
                stream.flush()
        load_config.cache_clear()
        shown = [io.TextIOWrapper(io.BytesIO(stream.buffer.getvalue()), "utf-8").read() for stream in (out, err)]
        return subprocess.CompletedProcess(arguments, code, shown[0], unhurried(shown[1]))

    return cabrief
