"""Packs and overlays to checked facts to the SQLite file; finds, makes and trusts the cache.

A pack is a directory with `pack.yaml`; it stands on its own. A directory without one is an overlay: its records are laid
over those before it, and one whose id is taken must say `overrides: true`. A build is keyed by everything that went into
it, written to a temporary name and then renamed, so that commands that run at once cannot harm each other.
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
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from cabrief import __version__
from cabrief.base import Base, Origin, write
from cabrief.places import cache_directory
from cabrief.text import Text, quoted, template
from cabrief.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cabrief.checks import Entry, Facts
    from cabrief.facts import Pack, Record
    from cabrief.nodes import Nodes
    from cabrief.problems import Problem

BUILT_IN = "built-in"
ALL = "all"  # in a fact file: every country of the pack
KEPT_BUILDS = 8
# modules that a build depends on
PROGRAM = ("dates", "values", "text", "rules", "facts", "base", "nodes", "schema", "checks", "build")
BUILD = re.compile(r"facts-[0-9a-f]{8}\.sqlite")
LEFT = re.compile(r"facts-[0-9a-f]{8}\.(?:sqlite|sum)\.[0-9]+\.tmp")
MOST_READ = 2_000_000  # bytes of a file; the reader of facts refuses half as many
MOST_TOGETHER = 20_000_000  # bytes of all files
BLINK = 0.25  # seconds
ABANDONED = 600  # seconds after which nobody is writing a file any more


class BadFacts(Exception):  # noqa: N818 - facts that are bad, named as such
    """The facts have problems, so there is nothing to answer from."""

    def __init__(self, problems: list[Problem], texts: dict[str, bytes]) -> None:
        super().__init__(f"{len(problems)} problem{'s' * (len(problems) != 1)}")
        self.problems = problems
        self.texts = texts  # bytes of the files, by the names that the problems call them


class NoSuchDirectory(Exception):  # noqa: N818 - what is wrong, named as such
    """A directory of facts that is not there, or is none."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory)
        en, ja = "there is no directory {path}", "{path}というフォルダーはない"
        if directory.is_file():
            en, ja = "{path} is a file: name its folder", "{path}はファイル：そのフォルダーを指定する"
        self.message = template(en, ja, path=str(directory))


class Layer(Value):
    """One directory of fact files, with the name that its facts are marked by."""

    name: str
    top: str  # what problems and reports call the directory
    directory: Path
    files: tuple[Path, ...]
    refused: tuple[Path, ...] = ()  # called .yaml, and no files of this directory: devices, pipes, links out of it
    other: tuple[Path, ...] = ()  # called .yml

    def label(self, file: Path) -> str:
        """A file as problems and reports name it: from the top of the pack, or as the user named the directory."""
        whole = f"{self.top}/{file.relative_to(self.directory).as_posix()}"
        return whole.encode("utf-8", "surrogateescape").decode("utf-8", "replace")  # names need not be text


def built_in() -> Path:
    """The pack that comes with cabrief: inside the installed package, or at the top of a checkout."""
    inside = Path(__file__).parent / "pack" / "data"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "data"


def layers(extra: list[Path]) -> list[Layer]:
    """Directories in the order in which they are laid: a pack with its seeds, then overlays. A further pack begins anew.

    Each has a name of its own, by which its facts are marked; where two would have the same, the later one is numbered.
    """
    found: list[Layer] = []
    for directory in [built_in(), *extra]:
        if not directory.is_dir():
            raise NoSuchDirectory(directory)
        is_pack = (directory / "pack.yaml").is_file()
        name = BUILT_IN if directory.resolve() == built_in().resolve() else directory.resolve().name
        taken = {BUILT_IN, *(layer.name for layer in found)} if name != BUILT_IN or directory != built_in() else set()
        if not is_pack and name in taken:
            name = next(f"{name}-{n}" for n in count(2) if f"{name}-{n}" not in taken)
        if is_pack:
            seeds = directory.parent / "seeds"
            found = [_layer(name, seeds)] if seeds.is_dir() and directory.resolve().name == "data" else []
        found.append(_layer(name, directory))
    return found


def _layer(name: str, directory: Path) -> Layer:
    top = directory.name if name == BUILT_IN else directory.as_posix()
    if name != BUILT_IN and top in ("data", "seeds"):  # what the built-in facts are called
        top = f"./{top}"
    files, refused, other = _collect(directory)
    return Layer(
        name=name, top=top, directory=directory, files=tuple(files), refused=tuple(refused), other=tuple(other)
    )


def _collect(top: Path) -> tuple[list[Path], list[Path], list[Path]]:
    """What lies below a folder: .yaml files that are its own, those that only are called so, and .yml files.

    A link to a file within the folder is its own. Names that begin with a dot are nobody's facts: version control, locks.
    """
    files: list[Path] = []
    refused: list[Path] = []
    other: list[Path] = []
    folders = [str(top)]
    while folders:
        folder = folders.pop()
        try:
            entries = [entry for entry in os.scandir(folder) if not entry.name.startswith(".")]
        except OSError:  # taken away meanwhile, too deep, or not ours to read
            refused.append(Path(folder))
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            elif entry.is_symlink() and Path(entry.path).is_dir():
                refused.append(Path(entry.path))
            elif entry.name.endswith(".yaml"):
                plain = entry.is_file(follow_symlinks=False)
                (files if plain or _linked_within(Path(entry.path), top) else refused).append(Path(entry.path))
            elif entry.name.lower().endswith((".yml", ".yaml")):
                other.append(Path(entry.path))
    return sorted(files), sorted(refused), sorted(other)


def _linked_within(link: Path, top: Path) -> bool:
    try:
        return link.is_symlink() and link.resolve().is_relative_to(top.resolve()) and link.is_file()
    except (OSError, RuntimeError):  # links that lead in a circle
        return False


def fingerprint(stack: list[Layer], raw: dict[Path, bytes]) -> str:
    """Everything that goes into a build, a line each: the program, and every file's name, size and checksum."""
    here = Path(__file__).parent
    program = (os.stat(here / f"{name}.py") for name in PROGRAM)  # noqa: PTH116 - in half the time of Path.stat
    lines = [f"cabrief {__version__} {' '.join(f'{stat.st_size}.{stat.st_mtime_ns}' for stat in program)}"]
    for layer in stack:
        lines.append(f"{layer.name} {layer.directory.resolve()}")
        lines += [f"{layer.label(file)} {_digest(raw[file]) if file in raw else 'unread'}" for file in layer.files]
        lines += [f"{layer.label(file)} refused" for file in layer.refused]
    return "\n".join(lines)


def open_base(extra: list[Path] | None = None, *, quiet: bool = False) -> Base:
    """The fact base over the built-in pack and further directories: from the cache, or built now; raises BadFacts."""
    stack = layers(extra or [])
    raw = contents(stack)
    key = fingerprint(stack, raw)
    path = cache_directory() / f"facts-{zlib.crc32(key.encode()):08x}.sqlite"
    return _cached(path, key) or _built(stack, raw, path, key, quiet=quiet)


def contents(stack: list[Layer]) -> dict[Path, bytes]:
    """Bytes of every fact file that can be read; what is missing from them, `load` has a problem for."""
    raw: dict[Path, bytes] = {}
    left = MOST_TOGETHER
    for layer in stack:
        for file in layer.files:
            with contextlib.suppress(OSError):
                raw[file] = _head(file)
                left -= len(raw[file])
            if left < 0:
                return raw
    return raw


def _head(file: Path) -> bytes:
    """A file; of one that is far too large, as much as shows that it is. One that became a pipe meanwhile is not waited for."""
    opened = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        whole = b""
        while len(whole) < MOST_READ and (part := os.read(opened, MOST_READ - len(whole))):
            whole += part
        return whole
    finally:
        os.close(opened)


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
    say = threading.Timer(BLINK, print, [f"cabrief: reading {len(raw)} fact files …"], {"file": sys.stderr})
    say.daemon = True
    if not quiet:
        say.start()
    try:
        facts, problems = load(stack, raw)
        if errors := [problem for problem in problems if problem.level == "error"]:
            raise BadFacts(errors, facts.texts())
        base = in_memory(facts, key)
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


def in_memory(facts: Facts, key: str = "") -> Base:
    """Facts without a problem as a fact base that is kept nowhere."""
    assert facts.pack is not None  # noqa: S101 - a missing pack is a problem
    connection = sqlite3.connect(":memory:")
    rows, under = _rows(facts, facts.entries), _rows(facts, (before for before, _ in facts.replaced))
    write(connection, facts.pack, rows, under, facts.pack_layer, {"key": key})
    return Base(connection)


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


def _rows(facts: Facts, entries: Iterable[Entry]) -> list[tuple[Record, Origin]]:
    return [(e.record, Origin(file=e.file, line=facts.where(e).line, layer=e.layer)) for e in entries]


def load(stack: list[Layer], raw: dict[Path, bytes]) -> tuple[Facts, list[Problem]]:
    """Read and check every file; all problems of all files at once, in order."""
    from cabrief import schema
    from cabrief.checks import CHECKS, Broken, Facts
    from cabrief.problems import Problem, Where, together

    problems: list[Problem] = []
    broken: list[Broken] = []
    unread = [ALL.encode()]  # besides it, the ids in files that could not be read
    entries: dict[str, Entry] = {}
    replaced: list[tuple[Entry, Entry]] = []
    read: dict[str, Nodes] = {}
    pack, pack_file, pack_layer = None, "", ""
    for layer, file, found in _nodes(stack, raw, problems):
        read[found.file] = found
        if file == layer.directory / "pack.yaml":
            pack, pack_file, pack_layer = schema.pack(found, problems), found.file, layer.name
            continue
        if found.data is None or any(problem.code == "duplicate-key" for problem in found.problems):
            unread += re.findall(rb"\bid: *['\"]?([a-z0-9-]+)", found.raw.replace(b"\0", b""))
        for entry in schema.records(found, layer.name, problems):
            if isinstance(entry, Broken):
                broken.append(entry)
                continue
            before = entries.get(entry.record.id)
            if bool(before) != entry.record.overrides:
                problems.append(_laid(entry, before, read))
            elif before:
                replaced.append((before, entry))
            if not before or entry.record.overrides:
                entries[entry.record.id] = entry
    problems += [problem for layer in stack for problem in _refused(layer)]
    if not pack:
        words = Text("there is no pack.yaml", "pack.yamlがない")
        problems.append(Problem(Where(str(stack[0].directory)), "no-pack", words))
    whole = [_spelt_out(entry, pack) for entry in entries.values()] if pack else []
    missed = [id_.decode("ascii") for id_ in unread]
    facts = Facts(pack, pack_file, whole, read, broken, missed, replaced, pack_layer)
    problems += [problem for check in CHECKS for problem in check(facts)]
    return facts, together(problems)


def _nodes(stack: list[Layer], raw: dict[Path, bytes], problems: list[Problem]) -> Iterator[tuple[Layer, Path, Nodes]]:
    """Every file as data, in the order in which files are laid; what cannot be read is appended to the problems."""
    from cabrief import nodes

    for layer in stack:
        for file in layer.files:
            if file not in raw:
                problems.append(_not_read(layer.label(file), raw))
                continue
            found = nodes.read(raw[file], layer.label(file))
            problems += found.problems
            yield layer, file, found


def _not_read(label: str, raw: dict[Path, bytes]) -> Problem:
    from cabrief.problems import Problem, Where

    if sum(map(len, raw.values())) > MOST_TOGETHER:
        en, ja = "all files together have more than {most:,} bytes", "全ファイルを合わせて{most:,}バイトを超える"
        return Problem(Where(label), "too-large", template(en, ja, most=MOST_TOGETHER), about="all files")
    words = Text("the file cannot be read", "ファイルを読めない")
    hint = Text("may you read it, and is it still there?", "読む権限があるか、まだあるか")
    return Problem(Where(label), "not-readable", words, hint)


def _refused(layer: Layer) -> Iterator[Problem]:
    """What is wrong with a directory, whatever its files say."""
    from cabrief.problems import Problem, Where

    for file in layer.refused:
        en, ja = (
            "no plain file of this directory, so it is not read",
            "このフォルダーの通常のファイルではないため読まない",
        )
        yield Problem(Where(layer.label(file)), "not-a-file", Text(en, ja))
    for file in layer.other:
        words = Text("fact files end in .yaml; this one is not read", "事実ファイルの拡張子は.yaml。これは読まない")
        code = "no-pack" if file == layer.directory / "pack.yml" else "wrong-ending"
        yield Problem(Where(layer.label(file)), code, words, Text("rename it", "名前を変える"))
    if not layer.files:
        words = Text("there is no .yaml file in this directory", "このフォルダーに.yamlファイルがない")
        yield Problem(Where(str(layer.directory)), "no-files", words)


def _spelt_out(entry: Entry, pack: Pack) -> Entry:
    """The entry with `all` in its record replaced by every country of the pack."""
    record = entry.record
    spelt = {}
    for name in ("countries", "of", "parties", "by", "to"):
        ids = record.__dict__.get(name)
        if type(ids) is tuple and ALL in ids:
            each = (id_ for word in ids for id_ in (pack.countries if word == ALL else (word,)))
            spelt[name] = tuple(dict.fromkeys(each))
    return entry.but(record=record.but(**spelt)) if spelt else entry


def _laid(entry: Entry, before: Entry | None, read: dict[str, Nodes]) -> Problem:
    """What is wrong with how a record takes its id: from another without saying so, or from none."""
    from cabrief.problems import Problem

    where = read[entry.file].where((*entry.path, "id"))
    if not before:
        words = template("there is no {id} to override", "置き換える相手の{id}がない", id=quoted(entry.record.id))
        hint = Text(
            "remove overrides, or name the pack below with --data", "overridesを消すか、下のパックを--dataで指定する"
        )
        return Problem(where, "overrides-nothing", words, hint)
    taken = str(read[before.file].where(before.path))
    words = template(
        "the id {id} is taken by {place}", "id{id}は{place}で使用済み", id=quoted(entry.record.id), place=taken
    )
    hint = Text("say overrides: true to replace it", "置き換えるならoverrides: trueと書く")
    if before.layer == entry.layer:
        hint = Text("choose another", "別のidにする")
    # a file that was copied has every id twice: one problem
    return Problem(where, "duplicate-id", words, hint, about=f"{entry.file} {before.file}")
