"""The build of the facts: found in the cache, or made and kept there.

A build is keyed by everything that went into it, written to a temporary name and then renamed, so that commands that run
at once cannot harm each other. Nothing in the cache is trusted: whatever is wrong with it, the facts are read anew.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
import sys
import zlib
from collections.abc import Callable
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TYPE_CHECKING

from cabrief import __version__
from cabrief.config import cache_directory
from cabrief.errors import CabriefError
from cabrief.files import write_whole
from cabrief.language.text import Text, template
from cabrief.loading.layers import Layer, find_layers, read_files
from cabrief.store.base import Base
from cabrief.store.schema import is_build

if TYPE_CHECKING:
    from cabrief.problems.problem import Problem

Tell = Callable[[Text], None]
KEPT_BUILDS = 8
MOST_BUILD = 256_000_000  # bytes; no facts that are read make so many
# what a build depends on: folders of modules, and libraries
PROGRAM = ("language", "problems", "model", "model/kinds", "reading", "checks", "store", "loading")
LIBRARIES = ("pydantic", "pydantic_core", "yaml")
BUILD = r"facts-[0-9a-f]{8}\.sqlite"
ABANDONED_NAME = r"facts-[0-9a-f]{8}\.(?:sqlite|sum)\.[0-9]+\.tmp"
# what bytes that are no build of ours raise somewhere: in SQLite, in its words, in their figures
UNREADABLE = (
    *(OSError, ValueError, TypeError, LookupError, AttributeError, ImportError),
    *(RecursionError, ArithmeticError, MemoryError, sqlite3.Error),
)
BLINK = 0.25  # seconds
ABANDONED = 600  # seconds after which nobody is writing a file any more


class BadFacts(CabriefError):
    """The facts have problems, so there is nothing to answer from; `texts` are the files, by the names that problems use."""

    exit_code = 1

    def __init__(self, problems: list[Problem], texts: dict[str, bytes]) -> None:
        en = "{n} problem{s} in the fact files, so there is nothing to answer from"
        ja = "事実ファイルに問題{n}件、答えるもとがない"
        super().__init__(template(en, ja, n=len(problems), s="s" * (len(problems) != 1)))
        self.problems, self.texts = problems, texts


def fingerprint(stack: list[Layer], raw: dict[Path, bytes]) -> str:
    """Everything that goes into a build, a line each: the program, and every file's name, size and checksum."""
    lines = [f"cabrief {__version__} {_program()}"]
    for layer in stack:
        lines.append(f"{layer.name} {layer.directory.resolve()}")
        lines += [f"{layer.label(file)} {_digest(raw[file]) if file in raw else 'unread'}" for file in layer.files]
        lines += [f"{layer.label(file)} refused" for file in layer.refused]
    return "\n".join(lines).encode("utf-8", "backslashreplace").decode()  # names need not be text


def _program() -> str:
    """Sizes and times of the modules and the libraries that a build depends on, and the version of Python."""
    here = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120 - in a fraction of the time of pathlib
    stats = [sys.version]
    for room in PROGRAM:
        with os.scandir(f"{here}/{room}") as entries:
            stats += sorted(_stamp(entry.name, entry.stat()) for entry in entries if entry.name.endswith(".py"))
    specs = ((name, PathFinder.find_spec(name)) for name in LIBRARIES)
    stats += [_stamp(name, os.stat(spec.origin)) for name, spec in specs if spec and spec.origin]  # noqa: PTH116
    return " ".join(stats)


def _stamp(name: str, found: os.stat_result) -> str:
    return f"{name}.{found.st_size}.{found.st_mtime_ns}"


def open_base(extra: list[Path] | None = None, tell: Tell | None = None) -> Base:
    """The fact base over the built-in pack and further directories: from the cache, or built now; raises BadFacts.

    `tell` prints what a user should know meanwhile: that reading takes a while, or that a build cannot be kept.
    """
    stack = find_layers(extra or [])
    raw = read_files(stack)
    key = fingerprint(stack, raw)
    path = cache_directory() / f"facts-{zlib.crc32(key.encode()):08x}.sqlite"
    return _cached(path, key) or _built(stack, raw, path, key, tell or (lambda _: None))


def _cached(path: Path, key: str) -> Base | None:
    """A build that is there, whole, ours, and made of exactly these files."""
    try:
        raw = _contents(path, MOST_BUILD)
        if _contents(path.with_suffix(".sum"), len(str(MOST_BUILD)) * 2) != _digest(raw).encode("ascii"):
            return None
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        if not is_build(connection):
            return None
        base = Base(connection)
        return base if base.meta("key") == key else None
    except UNREADABLE:
        return None


def _contents(file: Path, most: int) -> bytes:
    """Bytes of a plain file; raises OSError for anything else, which could block or never end, and for more than `most`."""
    opened = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(opened, "rb", buffering=0) as whole:  # noqa: PTH123 - opened without blocking
        found = os.fstat(opened)
        if not stat.S_ISREG(found.st_mode) or found.st_size > most:
            raise OSError(f"{file} is no build")
        return whole.read(found.st_size)


def _digest(raw: bytes) -> str:
    return f"{len(raw)} {zlib.crc32(raw)}"


def _built(stack: list[Layer], raw: dict[Path, bytes], path: Path, key: str, tell: Tell) -> Base:
    """Build anew, keep it if the cache takes it, and answer from it."""
    import threading

    from cabrief.loading.load import in_memory, load_facts

    words = template("reading {n} fact files …", "事実ファイル{n}件を読み込み中…", n=len(raw))
    say = threading.Timer(BLINK, tell, [words])
    say.daemon = True
    say.start()
    try:
        loaded, problems = load_facts(stack, raw)
        if errors := [problem for problem in problems if problem.level == "error"]:
            raise BadFacts(errors, loaded.texts())
        base = in_memory(loaded, key)
    finally:
        say.cancel()
    try:
        _keep(base.serialize(), path)
    except OSError as error:
        en = "cannot keep the fact base in {folder} ({why}); building it each time"
        ja = "{folder}にファクトベースを保存できない（{why}）。毎回作り直す"
        tell(template(en, ja, folder=str(path.parent), why=error.strerror or str(error)))
    return base


def _keep(raw: bytes, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    for target, data in ((path, raw), (path.with_suffix(".sum"), _digest(raw).encode("ascii"))):
        # what a build holds may be its user's alone
        write_whole(target, data, f"{target.name}.{os.getpid()}.tmp", 0o600)
    _clear(path.parent)


def _clear(cache: Path) -> None:
    """Remove all but the latest builds, and what commands that were killed have left behind."""
    import re
    import time

    now, ages = time.time(), {}
    for path in cache.iterdir():
        with contextlib.suppress(OSError):  # another command may clear as well
            ages[path] = now - path.stat().st_mtime
    builds = sorted((path for path in ages if re.fullmatch(BUILD, path.name)), key=lambda path: ages[path])
    stale = [path for path in ages if re.fullmatch(ABANDONED_NAME, path.name) and ages[path] > ABANDONED]
    for old in (*stale, *(part for build in builds[KEPT_BUILDS:] for part in (build, build.with_suffix(".sum")))):
        with contextlib.suppress(OSError):
            old.unlink()
