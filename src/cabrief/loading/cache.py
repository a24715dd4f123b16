"""The build of the facts: found in the cache, or made and kept there.

A build is keyed by everything that went into it, written to a temporary name and then renamed, so that commands that run
at once cannot harm each other.
"""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
import sys
import threading
import time
import zlib
from pathlib import Path

from cabrief import __version__
from cabrief.config import cache_directory
from cabrief.errors import CabriefError
from cabrief.language.text import template
from cabrief.loading.layers import Layer, find_layers, read_files
from cabrief.problems.problem import Problem
from cabrief.store.base import Base

KEPT_BUILDS = 8
# modules that a build depends on
PROGRAM = ("language", "model", "model/kinds", "reading", "checks", "store", "loading")
BUILD = re.compile(r"facts-[0-9a-f]{8}\.sqlite")
LEFT = re.compile(r"facts-[0-9a-f]{8}\.(?:sqlite|sum)\.[0-9]+\.tmp")
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
    return "\n".join(lines)


def _program() -> str:
    """Sizes and times of the modules that a build depends on, and versions of the libraries."""
    here = Path(__file__).parents[1]
    stats = []
    for room in PROGRAM:
        with os.scandir(here / room) as entries:
            stats += sorted(
                f"{e.name}.{e.stat().st_size}.{e.stat().st_mtime_ns}" for e in entries if e.name.endswith(".py")
            )
    return " ".join(stats)


def open_base(extra: list[Path] | None = None, *, quiet: bool = False) -> Base:
    """The fact base over the built-in pack and further directories: from the cache, or built now; raises BadFacts."""
    stack = find_layers(extra or [])
    raw = read_files(stack)
    key = fingerprint(stack, raw)
    path = cache_directory() / f"facts-{zlib.crc32(key.encode()):08x}.sqlite"
    return _cached(path, key) or _built(stack, raw, path, key, quiet=quiet)


def _cached(path: Path, key: str) -> Base | None:
    """A build that is there, whole, and made of exactly these files."""
    if not path.is_file():
        return None
    try:
        raw = path.read_bytes()
        digest = path.with_suffix(".sum").read_text("ascii")
        if digest != _digest(raw):
            return None
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        base = Base(connection)
        return base if base.meta("key") == key else None
    except (OSError, ValueError, TypeError, sqlite3.Error):
        return None


def _digest(raw: bytes) -> str:
    return f"{len(raw)} {zlib.crc32(raw)}"


def _built(stack: list[Layer], raw: dict[Path, bytes], path: Path, key: str, *, quiet: bool) -> Base:
    """Build anew, keep it if the cache takes it, and answer from it."""
    from cabrief.loading.load import in_memory, load_facts

    say = threading.Timer(BLINK, print, [f"cabrief: reading {len(raw)} fact files …"], {"file": sys.stderr})
    say.daemon = True
    if not quiet:
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
        print(
            f"cabrief: cannot keep the fact base in {path.parent} ({error.strerror}); building it each time",
            file=sys.stderr,
        )
    return base


def _keep(raw: bytes, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    for target, data in ((path, raw), (path.with_suffix(".sum"), _digest(raw).encode("ascii"))):
        temporary = target.with_name(f"{target.name}.{os.getpid()}.tmp")
        try:
            # what a build holds may be its user's alone
            with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:  # noqa: PTH123
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    _clear(path.parent)


def _clear(cache: Path) -> None:
    """Remove all but the latest builds, and what commands that were killed have left behind."""
    now, ages = time.time(), {}
    for path in cache.iterdir():
        with contextlib.suppress(OSError):  # another command may clear as well
            ages[path] = now - path.stat().st_mtime
    builds = sorted((path for path in ages if BUILD.fullmatch(path.name)), key=lambda path: ages[path])
    stale = [path for path in ages if LEFT.fullmatch(path.name) and ages[path] > ABANDONED]
    for old in (*stale, *(part for build in builds[KEPT_BUILDS:] for part in (build, build.with_suffix(".sum")))):
        with contextlib.suppress(OSError):
            old.unlink()
