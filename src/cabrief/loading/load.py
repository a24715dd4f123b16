"""Fact files to a build, all problems of all files at once: a new build of all files, or an old one of which some have changed.

Both ways add files to a build, then look at what may be wrong across records among what was added; a new build is an empty one
to which everything is added.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from cabrief.checks import ACROSS
from cabrief.language.text import Text, quoted, template
from cabrief.loading.layers import Layer
from cabrief.loading.parts import NO_PACK, Found, Task, digest, read_part, tasks
from cabrief.loading.whole import Places, Whole
from cabrief.loading.workers import Progress, read_all
from cabrief.model.kinds import kind, kinds
from cabrief.model.record import Fact, Pack
from cabrief.problems.problem import Problem, Where, together
from cabrief.reading import records
from cabrief.reading.loaded import Broken, Entry
from cabrief.store.base import Base
from cabrief.store.part import Roles
from cabrief.store.schema import SPACING
from cabrief.store.suspects import find_suspects
from cabrief.store.write import BuildWriter, Claimant, Clash

MOST_LOST = 1_000  # records whose id another has that are looked at further


def in_memory(loaded: Whole) -> Base:
    """Facts without a problem as a fact base that is kept nowhere."""
    assert loaded.pack is not None  # noqa: S101 - a missing pack is a problem
    return loaded.base


def load_facts(
    stack: list[Layer],
    raw: Mapping[str, bytes],
    meta: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> tuple[Whole, list[Problem]]:
    """Read and check every file; all problems of all files at once, in order.

    `meta` is what the build is to say about itself. What is too large for memory spills into a file that nobody sees.
    """
    places = Places(stack, raw)
    problems: list[Problem] = []
    pack, file, layer = _read_pack(stack, raw, places, problems)
    connection = sqlite3.connect("")
    building = _Building(connection, pack, stack, places, problems, new=True)
    ranks = {(each.name, path): SPACING * n for n, (each, path) in enumerate(_files(stack), 1)}
    for each, path in _files(stack):
        if path == each.pack_file():
            building.note(ranks[each.name, path], each, path, raw)
    wanted = tasks(stack, ranks)
    for task, found in read_all(wanted, raw, pack, progress):
        building.take(task, found)
    loaded = building.end({**(meta or {}), "layer": layer, "pack_file": file})
    return loaded, together(problems)


def update(
    connection: sqlite3.Connection,
    stack: list[Layer],
    raw: Mapping[str, bytes],
    removed: Iterable[int],
    wanted: Iterable[tuple[Task, Found]],
    meta: Mapping[str, str],
) -> tuple[Whole, list[Problem]]:
    """Bring a build up to date: take files out by their ranks, and add those that were read.

    The pack itself must not have changed. With a problem, the build is of no use any more.
    """
    before = Base(connection)
    problems: list[Problem] = []
    building = _Building(connection, before.pack, stack, Places(stack, raw), problems, new=False)
    building.remove(removed)
    for task, found in wanted:
        building.take(task, found)
    told = {name: before.meta(name) for name in ("layer", "pack_file")}
    return building.end({**told, **meta}), together(problems)


def _files(stack: list[Layer]) -> list[tuple[Layer, str]]:
    return [(layer, file) for layer in stack for file in layer.files]


def _read_pack(
    stack: list[Layer], raw: Mapping[str, bytes], places: Places, problems: list[Problem]
) -> tuple[Pack | None, str, str]:
    """What the pack is about, what its file is called, and the name of its layer."""
    pack, file, name = None, "", ""
    for layer, path in _files(stack):
        if path != layer.pack_file():
            continue
        if path not in raw:
            problems += read_part(Task(0, path, layer.label(path), layer.name), None, None).problems
            continue
        found = places.nodes(layer.label(path))
        problems += found.problems
        pack, file, name = records.read_pack(found, problems), found.file, layer.name
    if not pack:
        words = Text("there is no pack.yaml", "pack.yamlがない")
        problems.append(Problem(Where(str(stack[0].directory)), "no-pack", words))
    return pack, file, name


class _Building:
    """A build in the making, and what was wrong so far."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        pack: Pack | None,
        stack: list[Layer],
        places: Places,
        problems: list[Problem],
        *,
        new: bool,
    ) -> None:
        self._db, self._pack, self._stack, self._places, self._problems = connection, pack, stack, places, problems
        self._writer = BuildWriter(connection, pack or NO_PACK, new=new)
        self._broken: list[Broken] = []
        self._unread: list[str] = []

    def note(self, rank: int, layer: Layer, path: str, raw: Mapping[str, bytes]) -> None:
        """Note a file without facts."""
        self._writer.add_file(rank, layer.name, layer.label(path), path, digest(raw.get(path, b"")))

    def remove(self, ranks: Iterable[int]) -> None:
        """Take files out."""
        for rank in ranks:
            self._writer.remove(rank)

    def take(self, task: Task, found: Found) -> None:
        """Add what was read of a file."""
        self._problems += found.problems
        self._broken += found.broken
        self._unread += found.unread
        self._writer.add_file(task.rank, task.layer, task.file, task.path, found.digest)
        self._writer.add(task.rank, found.part)

    def end(self, meta: dict[str, str]) -> Whole:
        """Settle and check what has to do with several files."""
        self._problems += [problem for layer in self._stack for problem in about_folder(layer)]
        clashes = list(self._writer.settle())
        suspects = list(
            find_suspects(self._db, _allowed(self._writer.roles), self._pack.countries if self._pack else ())
        )
        self._writer.finish(meta)
        base = Base(self._db)
        self._broken += [
            _lost(clash, base) for clash in clashes[:MOST_LOST] if clash.before and not clash.member.record().overrides
        ]

        def seen(only: list[int] | None) -> Whole:
            return Whole(
                base,
                self._pack,
                self._places,
                only=only,
                broken=self._broken,
                unread=self._unread,
                pack_file=meta["pack_file"],
                pack_layer=meta["layer"],
            )

        whole, looked = seen(None), seen(suspects)
        # by their files, each of which is read again for its places: a file that was copied often is then read once
        clashes = sorted(
            clashes, key=lambda clash: [base.file(each.place) for each in (clash.member, clash.before) if each]
        )
        self._problems += [_laid(clash, base, self._places) for clash in clashes]
        if self._pack:
            self._problems += [problem for check in ACROSS for problem in check(looked)]
        return whole


def _allowed(roles: Roles) -> dict[str, frozenset[str]]:
    """Kinds of record that may be named in each role by whoever names others in it."""
    found: dict[str, frozenset[str]] = {}
    facts = frozenset(plural for plural, each in kinds().items() if issubclass(each.record, Fact))
    for role, to in roles:
        allowed = frozenset(to) - {"facts"} | (facts if "facts" in to else frozenset())
        found[role] = found.get(role, allowed) & allowed
    return found


def about_folder(layer: Layer) -> Iterator[Problem]:
    """What is wrong with a directory, whatever its files say."""
    for file in layer.refused:
        en, ja = (
            "not a regular file of this directory, or one that has another name here; it is not read",
            "このフォルダーの通常のファイルではないか、同じファイルが別の名前でここにあるため、読まない",
        )
        yield Problem(Where(layer.label(file)), "not-a-file", Text(en, ja))
    for file in layer.other:
        words = Text("fact files end in .yaml; this one is not read", "事実ファイルの拡張子は.yaml。これは読まない")
        code = "no-pack" if Path(file) == layer.directory / "pack.yml" else "wrong-ending"
        yield Problem(Where(layer.label(file)), code, words, Text("rename it", "名前を変える"))
    if not layer.files and not layer.refused:
        words = Text("there is no .yaml file in this directory", "このフォルダーに.yamlファイルがない")
        yield Problem(Where(str(layer.directory)), "no-files", words)


def _lost(clash: Clash, base: Base) -> Broken:
    """A record whose id another has, so that what else is wrong with it is told too."""
    member = clash.member
    file, layer = base.file(member.place)
    entry = Entry(record=member.record(), file=file, path=(member.kind, member.item), layer=layer)
    return Broken(id=clash.id, rest=entry)


def _laid(clash: Clash, base: Base, places: Places) -> Problem:
    """What is wrong with how a record takes its id: from another without saying so, or from none."""

    def place(member: Claimant, *more: str) -> Where:
        file, _ = base.file(member.place)
        return places.nodes(file).where((member.kind, member.item, *more))

    where = place(clash.member, "id")
    if not clash.before:
        words = template("no earlier record has the id {id}", "id{id}の記録が下の層にない", id=quoted(clash.id))
        hint = Text(
            "remove overrides, or add the other pack with --data", "overridesを消すか、下のパックを--dataで指定する"
        )
        return Problem(where, "overrides-nothing", words, hint)
    taken = place(clash.before)
    if clash.member.record().overrides:
        was, told = (kind(each.kind).name for each in (clash.before, clash.member))
        words = template(
            "the record {id} at {place} is of another kind: {was}, not {told}",
            "{place}の記録{id}は種類が違う：{told}ではなく{was}",
            id=quoted(clash.id),
            place=str(taken),
            was=was,
            told=told,
        )
        return Problem(where, "wrong-kind", words, Text("choose another id", "別のidにする"))
    words = template(
        "the id {id} is already used at {place}", "id{id}は{place}で使用済み", id=quoted(clash.id), place=str(taken)
    )
    hint = Text("add overrides: true to replace that record", "置き換えるならoverrides: trueと書く")
    if base.file(clash.before.place)[1] == base.file(clash.member.place)[1]:
        hint = Text("choose another id", "別のidにする")
    # a file that was copied has every id twice: one problem
    return Problem(where, "duplicate-id", words, hint, about=f"{where.file} {taken.file}")
