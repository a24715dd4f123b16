"""Packs and overlays to checked facts to the SQLite file; finds, makes and trusts the cache.

A pack is a directory with `pack.yaml`; it stands on its own. A directory without one is an overlay: its records are laid
over those before it, and one whose id is taken must say `overrides: true`. A build is keyed by everything that went into
it, written to a temporary name and then renamed, so that commands that run at once cannot harm each other.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import sys
import threading
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from cabrief import __version__
from cabrief.base import Base, Origin, write
from cabrief.places import cache_directory
from cabrief.text import Text, quoted, template
from cabrief.values import Value

if TYPE_CHECKING:
    from cabrief.checks import Entry, Facts
    from cabrief.facts import Pack, Record
    from cabrief.nodes import Nodes
    from cabrief.problems import Problem

BUILT_IN = "built-in"
ALL = "all"  # in a fact file: every country of the pack
KEPT_BUILDS = 8
MOST_READ = 2_000_000  # bytes of a file; the reader of facts refuses half as many
BLINK = 0.25  # seconds


class BadFacts(Exception):  # noqa: N818 - facts that are bad, named as such
    """The facts have problems, so there is nothing to answer from."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


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
    directory: Path
    files: tuple[Path, ...]
    refused: tuple[
        Path, ...
    ] = ()  # what is called .yaml but is no file of this directory: devices, pipes, links out of it

    def label(self, file: Path) -> str:
        """A file as problems and reports name it: from the top of the pack, or as the user named the directory."""
        top = self.directory.name if self.name == BUILT_IN else self.directory.as_posix()
        return f"{top}/{file.relative_to(self.directory).as_posix()}"


def built_in() -> Path:
    """The pack that comes with cabrief: inside the installed package, or at the top of a checkout."""
    inside = Path(__file__).parent / "pack" / "data"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "data"


def layers(extra: list[Path]) -> list[Layer]:
    """Directories in the order in which they are laid: a pack with its seeds, then overlays. A further pack begins anew."""
    found: list[Layer] = []
    for directory in [built_in(), *extra]:
        if not directory.is_dir():
            raise NoSuchDirectory(directory)
        is_pack = (directory / "pack.yaml").is_file()
        name = BUILT_IN if directory.resolve() == built_in().resolve() else directory.resolve().name
        if is_pack:
            seeds = directory.parent / "seeds"
            found = [_layer(name, seeds)] if seeds.is_dir() and name == BUILT_IN else []
        found.append(_layer(name, directory))
    return found


def _layer(name: str, directory: Path) -> Layer:
    files: list[Path] = []
    refused: list[Path] = []
    _collect(str(directory), directory, files, refused)
    return Layer(name=name, directory=directory, files=tuple(sorted(files)), refused=tuple(sorted(refused)))


def _collect(folder: str, top: Path, files: list[Path], refused: list[Path]) -> None:
    """Sort what is called .yaml below a folder into plain files of the directory, links within it among them, and the rest."""
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            _collect(entry.path, top, files, refused)
        elif entry.name.endswith(".yaml"):
            plain = entry.is_file(follow_symlinks=False)
            (files if plain or _linked_within(Path(entry.path), top) else refused).append(Path(entry.path))


def _linked_within(link: Path, top: Path) -> bool:
    return link.is_symlink() and link.resolve().is_relative_to(top.resolve()) and link.is_file()


def fingerprint(stack: list[Layer], raw: dict[Path, bytes]) -> str:
    """Everything that goes into a build, a line each: the program, and every file's name, size and checksum."""
    program = (
        Path(__file__).with_name(f"{name}.py")
        for name in ("rules", "facts", "base", "nodes", "schema", "checks", "build")
    )
    lines = [f"cabrief {__version__} {' '.join(str(zlib.crc32(path.read_bytes())) for path in program)}"]
    for layer in stack:
        lines.append(f"{layer.name} {layer.directory.resolve()}")
        lines += [f"{layer.label(file)} {_digest(raw[file])}" for file in layer.files]
    return "\n".join(lines)


def open_base(extra: list[Path] | None = None, *, quiet: bool = False) -> Base:
    """The fact base over the built-in pack and further directories: from the cache, or built now; raises BadFacts."""
    stack = layers(extra or [])
    raw = contents(stack)
    key = fingerprint(stack, raw)
    path = cache_directory() / f"facts-{zlib.crc32(key.encode()):08x}.sqlite"
    return _cached(path, key) or _built(stack, raw, path, key, quiet=quiet)


def contents(stack: list[Layer]) -> dict[Path, bytes]:
    """Bytes of every fact file."""
    return {file: _head(file) for layer in stack for file in layer.files}


def _head(file: Path) -> bytes:
    """A file, or as much of one that is far too large as shows that it is."""
    with file.open("rb") as opened:
        return opened.read(MOST_READ)


def _cached(path: Path, key: str) -> Base | None:
    """A build that is there, whole, and made of exactly these files."""
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
        if problems:
            raise BadFacts(problems)
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
    write(connection, facts.pack, _rows(facts), facts.pack_layer, {"key": key})
    return Base(connection)


def _keep(raw: bytes, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    for target, data in ((path, raw), (path.with_suffix(".sum"), _digest(raw).encode("ascii"))):
        temporary = target.with_name(f"{target.name}.{os.getpid()}.tmp")
        try:
            with temporary.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    builds = sorted(path.parent.glob("facts-*.sqlite"), key=lambda build: build.stat().st_mtime, reverse=True)
    for old in builds[KEPT_BUILDS:]:
        for part in (old, old.with_suffix(".sum")):
            with contextlib.suppress(OSError):
                part.unlink()


def _rows(facts: Facts) -> list[tuple[Record, Origin]]:
    rows = []
    for entry in facts.entries:
        where = facts.where(entry)
        rows.append((entry.record, Origin(file=entry.file, line=where.line, layer=entry.layer)))
    return rows


def load(stack: list[Layer], raw: dict[Path, bytes]) -> tuple[Facts, list[Problem]]:
    """Read and check every file; all problems of all files at once, sorted."""
    from cabrief import nodes, schema
    from cabrief.checks import CHECKS, Broken, Facts
    from cabrief.problems import Problem, Where

    problems: list[Problem] = []
    broken: list[Broken] = []
    entries: dict[str, Entry] = {}
    read: dict[str, Nodes] = {}
    pack, pack_file, pack_layer = None, "", ""
    for layer in stack:
        for file in layer.files:
            label = layer.label(file)
            read[label] = nodes.read(raw[file], label)
            problems += read[label].problems
            if file == layer.directory / "pack.yaml":
                pack, pack_file, pack_layer = schema.pack(read[label], problems), label, layer.name
                continue
            for entry in schema.records(read[label], layer.name, problems):
                if isinstance(entry, Broken):
                    broken.append(entry)
                else:
                    _lay(entry, entries, read, problems)
    for layer in stack:
        for file in layer.refused:
            words = Text(
                "no plain file of this directory, so it is not read",
                "このフォルダーの通常のファイルではないため読まない",
            )
            problems.append(Problem(Where(layer.label(file)), "not-a-file", words))
        if not layer.files:
            words = Text("there is no .yaml file in this directory", "このフォルダーに.yamlファイルがない")
            problems.append(Problem(Where(str(layer.directory)), "no-files", words))
    if not pack_file:
        words = Text("there is no pack.yaml", "pack.yamlがない")
        problems.append(Problem(Where(str(stack[0].directory)), "no-pack", words))
    whole = [entry.but(record=_spelt_out(entry.record, pack)) for entry in entries.values()] if pack else []
    facts = Facts(pack, pack_file, whole, read, broken, pack_layer)
    problems += [problem for check in CHECKS for problem in check(facts)]
    return facts, sorted(set(problems))


def _spelt_out(record: Record, pack: Pack) -> Record:
    """The record with `all` replaced by every country of the pack."""
    lists = {name: getattr(record, name, ()) for name in ("countries", "of", "parties", "by", "to")}
    with_all = {name: ids for name, ids in lists.items() if isinstance(ids, tuple) and ALL in ids}
    spelt = {
        name: tuple(dict.fromkeys(id_ for each in ids for id_ in (pack.countries if each == ALL else (each,))))
        for name, ids in with_all.items()
    }
    return record.but(**spelt) if spelt else record


def _lay(entry: Entry, entries: dict[str, Entry], read: dict[str, Nodes], problems: list[Problem]) -> None:
    from cabrief.problems import Problem, Where

    id_ = entry.record.id
    before = entries.get(id_)

    def where() -> Where:
        return read[entry.file].where((*entry.path, "id"))

    if before and not entry.record.overrides:
        taken = read[before.file].where(before.path)
        words = template(
            "the id {id} is taken by {place}", "id{id}は{place}で使用済み", id=quoted(id_), place=str(taken)
        )
        hint = Text("say overrides: true to replace it", "置き換えるならoverrides: trueと書く")
        if before.layer == entry.layer:
            hint = Text("choose another", "別のidにする")
        problems.append(Problem(where(), "duplicate-id", words, hint))
        return
    if entry.record.overrides and not before:
        words = template("there is no {id} to override", "置き換える相手の{id}がない", id=quoted(id_))
        hint = Text("remove overrides", "overridesを消す")
        problems.append(Problem(where(), "overrides-nothing", words, hint))
    entries[id_] = entry
