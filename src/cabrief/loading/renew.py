"""A build that is not fresh: looked at more closely, brought up to date, or made anew; and kept."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from cabrief.errors import CabriefError
from cabrief.files import replacing, write_whole
from cabrief.language.text import template
from cabrief.loading.cache import UNREADABLE, BadFacts, Wanted, open_kept
from cabrief.loading.freshness import Stamps, look_at_build, read_stamps, stamp, told_of
from cabrief.loading.layers import read_file, read_files
from cabrief.loading.load import about_folder, load_facts, update
from cabrief.loading.parts import Task, digest, tasks
from cabrief.loading.whole import Whole
from cabrief.loading.workers import Progress, read_all
from cabrief.problems.problem import Problem
from cabrief.store.base import Base
from cabrief.store.schema import SPACING

KEPT_BUILDS = 8
BUILD = r"facts-[0-9a-f]{8}\.sqlite"
ABANDONED_NAME = r"facts-[0-9a-f]{8}\.(?:sqlite|stamps)[-.][0-9]+(?:-[0-9a-f]+)?\.tmp"
BLINK = 0.25  # seconds
ABANDONED = 600  # seconds after which nobody is writing a file any more
SHARE = 4  # of so many files one may have changed, and a build is brought up to date rather than made anew
MOST_HELD = 32_000_000  # bytes of changed files, whose facts are held in memory
File = tuple[str, str]  # the name of its layer, and its path


class Changes(NamedTuple):
    """What has become of the files of a build: ranks of those that go or change, and those to be read."""

    removed: list[int]
    wanted: list[Task]


class NoRoom(CabriefError):
    """The facts are more than fits into memory, and there is no room on the disk for the rest."""


class _Anew(Exception):
    """A build that cannot be brought up to date."""


def renew(wanted: Wanted) -> tuple[Base, bool]:
    """A base for files that are not known to be those of the build, and whether it comes from the build; raises BadFacts."""
    try:
        return _brought_up_to_date(wanted), True
    except (_Anew, *UNREADABLE):
        return make(wanted), False


def make(wanted: Wanted) -> Base:
    """A base made of all files anew; raises BadFacts, and NoRoom where even the temporary folder is full."""
    with _told(wanted, sum(len(layer.files) for layer in wanted.stack)) as progress:
        id_ = os.urandom(8).hex()
        meta = {"id": id_, "made of": wanted.made_of}
        try:
            base = _sound(*load_facts(wanted.stack, read_files(wanted.stack), meta, progress))
        except sqlite3.OperationalError as error:
            en, ja = "cannot build the fact base: {why}", "ファクトベースを作れない：{why}"
            raise NoRoom(template(en, ja, why=str(error))) from error
    try:
        _keep(base, id_, wanted)
    except (OSError, sqlite3.Error) as error:
        en = "cannot keep the fact base in {folder} ({why}); building it each time"
        ja = "{folder}にファクトベースを保存できない（{why}）。毎回作り直す"
        why = getattr(error, "strerror", None) or str(error)
        wanted.tell(template(en, ja, folder=str(wanted.path.parent), why=why))
    return base


@contextlib.contextmanager
def _told(wanted: Wanted, files: int) -> Iterator[Progress | None]:
    """Say that reading goes on, if it does for longer than a blink; or show how far it is."""
    if progress := wanted.progress():
        try:
            yield progress
        finally:
            progress.end()
        return
    words = template("reading {n} fact file{s} …", "事実ファイル{n}件を読み込み中…", n=files, s="s" * (files != 1))
    say = threading.Timer(BLINK, wanted.tell, [words])
    say.daemon = True
    say.start()
    try:
        yield None
    finally:
        say.cancel()


def _sound(loaded: Whole, problems: list[Problem]) -> Base:
    if errors := [problem for problem in problems if problem.level == "error"]:
        raise BadFacts(errors, loaded)
    return loaded.base


def _brought_up_to_date(wanted: Wanted) -> Base:
    """The build that is kept, with the files that have changed since; raises _Anew, BadFacts, or whatever the build raises."""
    stamps = read_stamps(wanted.path.with_suffix(".stamps"))
    base = open_kept(wanted, stamps)
    if not base:
        raise _Anew
    changes = _changes(wanted, stamps, base)
    if not changes.removed and not changes.wanted:
        fresh = stamp(stamps.id, stamps.build, wanted.at, wanted.state)
        if not fresh.racy or fresh.state != stamps.state:
            with contextlib.suppress(OSError):  # then the files are looked at again next time
                _write_stamps(fresh, wanted.path)
        return base
    base.close()
    with _told(wanted, len(changes.wanted)) as progress:
        raw = read_files(wanted.stack)
        read = list(read_all(changes.wanted, raw, base.pack, progress))
        path, id_ = wanted.path, os.urandom(8).hex()
        # what a build holds may be its user's alone
        with replacing(path, path.name, 0o600) as new:
            shutil.copyfile(path, new)
            connection = sqlite3.connect(new)
            # while files were read, another command may have put an older build there
            if connection.execute("SELECT value FROM meta WHERE key = 'id'").fetchone() != (stamps.id,):
                connection.close()
                raise _Anew
            meta = {"id": id_, "made of": wanted.made_of}
            found = _sound(*update(connection, wanted.stack, raw, changes.removed, read, meta))
    _write_stamps(stamp(id_, look_at_build(path), wanted.at, wanted.state), path)
    return found


def _changes(wanted: Wanted, stamps: Stamps, base: Base) -> Changes:
    """Which files are not those of the build; raises _Anew where it is better made anew."""
    rows = base.connection.execute("SELECT rank, layer, path, digest FROM files ORDER BY rank").fetchall()
    built = {(layer, os.fsdecode(path)): (rank, was) for rank, layer, path, was in rows}
    then, now = dict(told_of(stamps.state)), dict(told_of(wanted.state))
    files = [(layer.name, file) for layer in wanted.stack for file in layer.files]
    changed = [
        file
        for file in files
        if file not in built or (not (then.get(file) == now[file] and stamps.sure(now[file])) and _differs(file, built))
    ]
    there = set(files)
    removed = [rank for file, (rank, _) in built.items() if file not in there]
    faulty = any(problem.level == "error" for layer in wanted.stack for problem in about_folder(layer))
    packs = {(layer.name, layer.pack_file()) for layer in wanted.stack}
    lost = [file for file in built if file not in there]
    if faulty or not packs.isdisjoint((*changed, *lost)) or (len(changed) + len(removed)) * SHARE > len(files):
        raise _Anew
    if sum(int(now[file].partition(" ")[0]) for file in changed if now[file] != "none") > MOST_HELD:
        raise _Anew
    ranks = _ranks(files, {file: rank for file, (rank, _) in built.items()})
    those = set(changed)
    again = [task for task in tasks(wanted.stack, ranks) if (task.layer, task.path) in those]
    return Changes([*removed, *(built[file][0] for file in changed if file in built)], again)


def _differs(file: File, built: dict[File, tuple[int, str]]) -> bool:
    try:
        return digest(read_file(file[1])) != built[file][1]
    except OSError:
        return True


def _ranks(files: list[File], built: dict[File, int]) -> dict[File, int]:
    """Ranks of all files: those of the build, and between them those of new ones; raises _Anew where there is no room."""
    ranks: dict[File, int] = {}
    before, waiting = 0, []
    for file in (*files, None):
        if file is not None and file not in built:
            waiting.append(file)
            continue
        after = built[file] if file is not None else before + SPACING * (len(waiting) + 1)
        if after - before <= len(waiting):
            raise _Anew
        ranks.update({each: before + (after - before) * n // (len(waiting) + 1) for n, each in enumerate(waiting, 1)})
        if file is not None:
            ranks[file] = after
        before, waiting = after, []
    return ranks


def _keep(base: Base, id_: str, wanted: Wanted) -> None:
    path = wanted.path
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path, path.name, 0o600) as new:
        target = sqlite3.connect(new)
        with contextlib.closing(target):
            target.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
            base.connection.backup(target)
    _write_stamps(stamp(id_, look_at_build(path), wanted.at, wanted.state), path)
    _clear(path.parent)


def _write_stamps(stamps: Stamps, path: Path) -> None:
    file = path.with_suffix(".stamps")
    write_whole(file, stamps.encode(), file.name, 0o600, lasting=False)


def _clear(cache: Path) -> None:
    """Remove all but the latest builds, and what commands that were killed have left behind."""
    now, ages = time.time(), {}
    for path in cache.iterdir():
        with contextlib.suppress(OSError):  # another command may clear as well
            ages[path] = now - path.stat().st_mtime
    builds = sorted((path for path in ages if re.fullmatch(BUILD, path.name)), key=lambda path: ages[path])
    stale = [path for path in ages if re.fullmatch(ABANDONED_NAME, path.name) and ages[path] > ABANDONED]
    for old in (*stale, *(part for build in builds[KEPT_BUILDS:] for part in (build, build.with_suffix(".stamps")))):
        with contextlib.suppress(OSError):
            old.unlink()
