"""One fact file to what it adds to a build, and what is wrong with it as far as it and the pack tell."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from cabrief.checks import WITHIN
from cabrief.language.text import Text
from cabrief.loading.layers import Layer
from cabrief.model.frozen import Frozen
from cabrief.model.record import Pack
from cabrief.problems.problem import Problem, Where
from cabrief.reading import nodes, records
from cabrief.reading.loaded import Broken, Entry, Loaded
from cabrief.reading.nodes import Nodes
from cabrief.store.part import Part, part_of

COMMENT, ID_WRITTEN = rb"(?m)^[ \t]*#.*$", rb"(?i)\bid['\"]?: *['\"]?([a-z0-9-]+)"  # in the text of a fact file
ALL = "all"  # in a fact file: every country of the pack


class Task(NamedTuple):
    """A file to read: its rank among the files, its path, what it is called, and the name of its layer."""

    rank: int
    path: str
    file: str
    layer: str


class Found(NamedTuple):
    """What is in a file: the digest of its bytes, its rows, its problems, and what of it could not be read whole."""

    digest: str
    part: Part
    problems: list[Problem]
    broken: list[Broken]
    unread: list[str]  # ids in a file that could not be read


def digest(raw: bytes) -> str:
    """By which contents are known again."""
    return hashlib.blake2b(raw, digest_size=16).hexdigest()


def tasks(stack: list[Layer], ranks: Mapping[tuple[str, str], int]) -> list[Task]:
    """Every file in the order in which files are laid, but those that say what the pack is about."""
    return [
        Task(ranks[layer.name, file], file, layer.label(file), layer.name)
        for layer in stack
        for file in layer.files
        if file != layer.pack_file()
    ]


def read_part(task: Task, raw: bytes | None, pack: Pack | None) -> Found:
    """Read a file's bytes, or None for one that cannot be read; records are empty where there is no pack."""
    if raw is None:
        words = Text("the file cannot be read", "ファイルを読めない")
        hint = Text("check that it exists and that you may read it", "存在と読み取りの権限を確かめる")
        return Found("", part_of((), NO_PACK), [Problem(Where(task.file), "not-readable", words, hint)], [], [])
    found = nodes.read(raw, task.file)
    problems = list(found.problems)
    entries: list[Entry] = []
    broken: list[Broken] = []
    for each in records.read_records(found, task.layer, problems):
        if isinstance(each, Broken):
            broken.append(each.but(rest=_spelt_out(each.rest, pack)) if pack else each)
        else:
            entries.append(_spelt_out(each, pack) if pack else each)
    if pack:
        loaded = Loaded(pack, entries, lambda _: found, broken=broken)
        problems += [problem for check in WITHIN for problem in check(loaded)]
    rows = ((each.record, int(each.path[1]), found.where(each.path).line) for each in entries)
    return Found(
        digest(raw), part_of(rows, pack or NO_PACK), problems, broken, _missed(found, entries) if problems else []
    )


def _missed(found: Nodes, entries: list[Entry]) -> list[str]:
    """Ids in a file with problems of what could not be read, which counts as present."""
    read, text = {each.record.id for each in entries}, re.sub(COMMENT, b"", found.raw.replace(b"\0", b""))
    written = (i.decode("ascii") for i in re.findall(ID_WRITTEN, text))
    return [id_ for id_ in dict.fromkeys(written) if id_ not in read]


def _spelt_out(entry: Entry, pack: Pack) -> Entry:
    """The entry with `all` in its record, and in what came of it, replaced by every country of the pack."""
    record = entry.record
    spelt = _each_country(record, pack)
    outcomes = [(each, _each_country(each, pack)) for each in getattr(record, "outcomes", None) or ()]
    if any(more for _, more in outcomes):
        spelt["outcomes"] = tuple(each.but(**more) for each, more in outcomes)
    return entry.but(record=record.but(**spelt)) if spelt else entry


def _each_country(part: Frozen, pack: Pack) -> dict[str, Any]:
    """Fields of a record, or of a part of one, that have `all` among their ids, with what it stands for."""
    given, spelt = part.__dict__, dict[str, Any]()
    for name in ("countries", "of", "parties", "by", "to"):
        if name in given and type(ids := given[name]) is tuple and ALL in ids:
            each = (id_ for word in ids for id_ in (pack.countries if word == ALL else (word,)))
            spelt[name] = tuple(dict.fromkeys(each))
    return spelt


_NOTHING = Text("", "")
NO_PACK = Pack(
    id="", name=_NOTHING, host="", region=_NOTHING, countries=(), powers=(), treaty_types=(), basics=(), measures=()
)
