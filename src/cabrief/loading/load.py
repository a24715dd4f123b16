"""Fact files to checked facts, all problems of all files at once, and to a fact base in memory."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from cabrief.checks import CHECKS
from cabrief.language.text import Text, quoted, template
from cabrief.loading.layers import MOST_TOGETHER, Layer
from cabrief.model.record import Pack, Record
from cabrief.problems.problem import Problem, Where, together
from cabrief.reading import nodes, records
from cabrief.reading.loaded import Broken, Entry, Loaded
from cabrief.reading.nodes import Nodes
from cabrief.store.base import Base, Origin
from cabrief.store.write import write

ALL = "all"  # in a fact file: every country of the pack


def in_memory(loaded: Loaded, key: str = "") -> Base:
    """Facts without a problem as a fact base that is kept nowhere."""
    assert loaded.pack is not None  # noqa: S101 - a missing pack is a problem
    connection = sqlite3.connect(":memory:")
    rows, under = _rows(loaded, loaded.entries), _rows(loaded, (before for before, _ in loaded.replaced))
    write(connection, loaded.pack, rows, under, loaded.pack_layer, {"key": key})
    return Base(connection)


def _rows(loaded: Loaded, entries: Iterable[Entry]) -> list[tuple[Record, Origin]]:
    return [(e.record, Origin(file=e.file, line=loaded.where(e).line, layer=e.layer)) for e in entries]


def load_facts(stack: list[Layer], raw: dict[Path, bytes]) -> tuple[Loaded, list[Problem]]:
    """Read and check every file; all problems of all files at once, in order."""
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
            pack, pack_file, pack_layer = records.read_pack(found, problems), found.file, layer.name
            continue
        if found.data is None or any(problem.code == "duplicate-key" for problem in found.problems):
            unread += re.findall(rb"\bid: *['\"]?([a-z0-9-]+)", found.raw.replace(b"\0", b""))
        for entry in records.read_records(found, layer.name, problems):
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
    loaded = Loaded(pack, pack_file, whole, read, broken, missed, replaced, pack_layer)
    problems += [problem for check in CHECKS for problem in check(loaded)]
    return loaded, together(problems)


def _nodes(stack: list[Layer], raw: dict[Path, bytes], problems: list[Problem]) -> Iterator[tuple[Layer, Path, Nodes]]:
    """Every file as data, in the order in which files are laid; what cannot be read is appended to the problems."""
    for layer in stack:
        for file in layer.files:
            if file not in raw:
                problems.append(_not_read(layer.label(file), raw))
                continue
            found = nodes.read(raw[file], layer.label(file))
            problems += found.problems
            yield layer, file, found


def _not_read(label: str, raw: dict[Path, bytes]) -> Problem:
    if sum(map(len, raw.values())) > MOST_TOGETHER:
        en, ja = "all files together have more than {most:,} bytes", "全ファイルを合わせて{most:,}バイトを超える"
        return Problem(Where(label), "too-large", template(en, ja, most=MOST_TOGETHER), about="all files")
    words = Text("the file cannot be read", "ファイルを読めない")
    hint = Text("check that it exists and that you may read it", "存在と読み取りの権限を確かめる")
    return Problem(Where(label), "not-readable", words, hint)


def _refused(layer: Layer) -> Iterator[Problem]:
    """What is wrong with a directory, whatever its files say."""
    for file in layer.refused:
        en, ja = (
            "not a regular file of this directory; it is not read",
            "このフォルダーの通常のファイルではないため読まない",
        )
        yield Problem(Where(layer.label(file)), "not-a-file", Text(en, ja))
    for file in layer.other:
        words = Text("fact files end in .yaml; this one is not read", "事実ファイルの拡張子は.yaml。これは読まない")
        code = "no-pack" if file == layer.directory / "pack.yml" else "wrong-ending"
        yield Problem(Where(layer.label(file)), code, words, Text("rename it", "名前を変える"))
    if not layer.files and not layer.refused:
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
    where = read[entry.file].where((*entry.path, "id"))
    if not before:
        words = template("no earlier record has the id {id}", "id{id}の記録が下の層にない", id=quoted(entry.record.id))
        hint = Text(
            "remove overrides, or add the other pack with --data", "overridesを消すか、下のパックを--dataで指定する"
        )
        return Problem(where, "overrides-nothing", words, hint)
    taken = str(read[before.file].where(before.path))
    words = template(
        "the id {id} is already used at {place}", "id{id}は{place}で使用済み", id=quoted(entry.record.id), place=taken
    )
    hint = Text("add overrides: true to replace that record", "置き換えるならoverrides: trueと書く")
    if before.layer == entry.layer:
        hint = Text("choose another id", "別のidにする")
    # a file that was copied has every id twice: one problem
    return Problem(where, "duplicate-id", words, hint, about=f"{entry.file} {before.file}")
