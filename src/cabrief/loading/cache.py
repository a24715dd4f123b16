"""The build of the facts: found in the cache as it is, brought up to date, or made and kept there.

There is a build for each stack of directories. It is written to a temporary name and then renamed, so that commands that run at
once cannot harm each other. Nothing in the cache is trusted: whatever is wrong with it, the facts are read anew.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import time
import zlib
from collections.abc import Callable
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from cabrief import __version__
from cabrief.config import cache_directory
from cabrief.errors import CabriefError
from cabrief.language.text import Text, template
from cabrief.loading.freshness import Stamps, look_at_build, read_stamps, stamp, state_of
from cabrief.loading.layers import Layer, find_layers
from cabrief.model.frozen import Frozen
from cabrief.store.base import Base
from cabrief.store.schema import is_build

if TYPE_CHECKING:
    from cabrief.loading.whole import Whole
    from cabrief.loading.workers import Progress
    from cabrief.problems.problem import Problem

Tell = Callable[[Text], None]
ProgressOrNone = Callable[[], "Progress | None"]
Told = TypeVar("Told")
# what a build depends on: folders of modules, and libraries
PROGRAM = ("language", "problems", "model", "model/kinds", "reading", "checks", "store", "loading")
LIBRARIES = ("pydantic", "pydantic_core", "yaml")
# what bytes that are no build of ours raise somewhere: in SQLite, in its words, in their figures
UNREADABLE = (
    *(OSError, ValueError, TypeError, LookupError, AttributeError, ImportError),
    *(RecursionError, ArithmeticError, MemoryError, sqlite3.Error),
)


DAMAGED = Text(
    "the kept fact base is damaged; reading the facts anew", "保存したファクトベースが壊れているため、事実を読み直す"
)


class BadFacts(CabriefError):
    """The facts have problems, so there is nothing to answer from; `texts` are the files, by the names that problems use.

    `loaded` is what could be read.
    """

    exit_code = 1

    def __init__(self, problems: list[Problem], loaded: Whole) -> None:
        en = "{n} problem{s} in the fact files, so there is nothing to answer from"
        ja = "事実ファイルに問題{n}件、答えるもとがない"
        super().__init__(template(en, ja, n=len(problems), s="s" * (len(problems) != 1)))
        self.problems, self.texts, self.loaded = problems, loaded.texts(), loaded


class Wanted(Frozen):
    """A base that is asked for: the directories, the files as they are, where its build is kept, and whom to tell."""

    stack: list[Layer]
    made_of: str  # what a build depends on besides the files: the program, and where the directories are
    path: Path
    at: int  # when the files were looked at, in nanoseconds since the epoch
    state: str
    tell: Tell
    progress: Callable[[], Progress | None]


def made_of(stack: list[Layer]) -> str:
    """What a build depends on besides its files, a line each: the program and the directories."""
    lines = [f"cabrief {__version__} {_program()}"]
    lines += [f"{layer.name} {layer.top} {layer.directory.resolve()}" for layer in stack]
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


def _nobody(_: Text) -> None:
    pass


def _no_progress() -> None:
    return None


def open_base(
    extra: list[Path] | None = None,
    tell: Tell | None = None,
    progress: ProgressOrNone | None = None,
) -> Base:
    """The fact base over the built-in pack and further directories; raises BadFacts.

    `tell` prints what a user should know meanwhile: that reading takes a while, or that a build cannot be kept;
    `progress` gives what shows how far reading is.
    """
    return ask(_looked_through, extra, tell, progress)


def _looked_through(base: Base) -> Base:
    """The base, if SQLite finds nothing wrong with any page of it, nor with any record's words.

    Whoever keeps it open asks nobody again.
    """
    (found,) = base.connection.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise sqlite3.DatabaseError(found)
    for data, valid in base.connection.execute("SELECT data, json_valid(data) FROM facts"):  # fails for what is no text
        if not valid:
            raise sqlite3.DatabaseError(data)
    return base


def ask(
    question: Callable[[Base], Told],
    extra: list[Path] | None = None,
    tell: Tell | None = None,
    progress: ProgressOrNone | None = None,
) -> Told:
    """What a question to the fact base gives; see `open_base`.

    A build in which something cannot be true shows that only when it is read: then the facts are read anew.
    """
    stack, at = find_layers(extra or []), time.time_ns()
    words = made_of(stack)
    path = cache_directory() / f"facts-{zlib.crc32(words.encode()):08x}.sqlite"
    wanted = Wanted(
        stack=stack,
        made_of=words,
        path=path,
        at=at,
        state=state_of(stack),
        tell=tell or _nobody,
        progress=progress or _no_progress,
    )
    base = _cached(wanted)
    old = base is not None
    if base is None:
        from cabrief.loading.renew import renew

        base, old = renew(wanted)
    try:
        return question(base)
    except (CabriefError, OSError):
        raise
    except (
        Exception
    ):  # a row of anything raises anything; a fault of the program is raised again by the second question
        if not old:
            raise
        base.close()
        from cabrief.loading.renew import make

        answer = question(make(wanted))
        wanted.tell(DAMAGED)  # else the fault was not the build's, and was raised again
        return answer


def seen(extra: list[Path]) -> str:
    """The program and all files of some directories as they are: the same as before where nothing has changed.

    Files that are so young that a change might not show make it another each time.
    """
    stack, at = find_layers(extra), time.time_ns()
    stamps = stamp(made_of(stack), "", at, state_of(stack))
    return f"{stamps.id} {at if stamps.racy else ''} {stamps.state}"


def _cached(wanted: Wanted) -> Base | None:
    """A build that is there, whole, ours, and made of exactly these files as they are."""
    try:
        stamps = read_stamps(wanted.path.with_suffix(".stamps"))
        return open_kept(wanted, stamps) if stamps.state == wanted.state and not stamps.racy else None
    except UNREADABLE:
        return None


def open_kept(wanted: Wanted, stamps: Stamps) -> Base | None:
    """The build of which stamps tell, whatever has become of its files since; None where it is none of ours or was changed."""
    path = wanted.path
    if look_at_build(path) != stamps.build:
        return None
    connection = sqlite3.connect(f"{_address(path.absolute())}?mode=ro&immutable=1", uri=True)
    if not is_build(connection):
        return None
    base = Base(connection)
    return base if (base.meta("id"), base.meta("made of")) == (stamps.id, wanted.made_of) else None


_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-")


def _address(path: Path) -> str:
    """A file as a URI. What needs no escapes is put together here: `as_uri` loads a module for them."""
    plain = path.as_posix()
    return f"file://{plain}" if plain.startswith("/") and _PLAIN.issuperset(plain) else path.as_uri()
