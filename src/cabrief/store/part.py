"""What one fact file adds to a build: plain rows, which may come from another process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from cabrief.model.evidence import references
from cabrief.model.kinds.sources import Source
from cabrief.model.known import Known
from cabrief.model.names import names
from cabrief.model.record import Fact, Pack, Pointer, Record, Ref, plural_of
from cabrief.store.codec import ENCODER, encode

Roles = set[tuple[str, tuple[str, ...]]]  # roles in which records are named, and the kinds that may be named so


class Part(NamedTuple):
    """Rows of one file; `n` is the number of a record in its file, from 0."""

    records: list[
        tuple[int, str, str, str | None, int, int, bool, str]
    ]  # n, id, kind, known, item, line, overrides, data
    links: list[tuple[int, str, str]]  # n, target, role
    names: list[tuple[int, str]]  # n, folded name
    cards: list[tuple[Any, ...]]  # n, then a row of `cards`
    cited: list[
        tuple[str, int, bool, bool, bool]
    ]  # source, highest line, and whether refs have no line, a line, an end before it
    roles: Roles
    read: dict[str, Record]  # records by their data, for whoever would have to decode it; empty from another process


class _Elsewhere(Exception):
    """Something has to be looked up that another file may have."""


class _Nowhere:
    def get(self, _: str, /) -> Any:
        raise _Elsewhere


_KNOWN_HERE = Known(_Nowhere())


def known_here(record: Record) -> str | None:
    """The first day on which a record can be told; None where that depends on other records."""
    try:
        return _KNOWN_HERE(record)
    except _Elsewhere:
        return None


def targets(record: Record, pack: Pack, roles: Roles, refs: Iterable[Ref] | None = None) -> set[tuple[str, str]]:
    """Whatever a record points to: (role, id). The pack's id stands for the region, of which a fact about every country is.

    It also stands for the pack's own brief, on which a key fact belongs: (key, the pack's id). `roles` is added to; `refs`
    are the record's references, where they are known.
    """
    pointers = list(record.pointers())
    roles.update([(role, to) for _, role, _, to in pointers if to])
    if isinstance(record, Fact) and len(pack.countries) > 1 and _names_all(pointers, pack):
        found = set(_with_region(pointers, pack))
    else:
        found = {(role, id_) for _, role, id_, _ in pointers}
    if isinstance(record, Fact) and record.key:
        found.add(("key", pack.id))
    cited = refs if refs is not None else [ref for ref, _ in references(record)]
    found.update([("source", ref.source) for ref in cited])
    return found


def _names_all(pointers: list[Pointer], pack: Pack) -> bool:
    """Whether pointers name every country of the pack, in whatever fields."""
    return len(pointers) >= len(pack.countries) and {pointer.id for pointer in pointers}.issuperset(pack.countries)


def _with_region(pointers: Iterable[Pointer], pack: Pack) -> Iterator[tuple[str, str]]:
    """What pointers name, with the region in the place of all countries in one field."""
    everywhere = set(pack.countries)
    by_field: dict[Any, list[tuple[str, str]]] = {}
    for pointer in pointers:
        field = pointer.place[0] if len(pointer.place) <= len(("field", 0)) else pointer.place
        by_field.setdefault(field, []).append((pointer.role, pointer.id))
    for found in by_field.values():
        if everywhere <= {id_ for _, id_ in found}:
            yield "region", pack.id
            yield from ((role, id_) for role, id_ in found if id_ not in everywhere)
        else:
            yield from found


def card(record: Source) -> tuple[Any, ...]:
    """What a footnote and a bibliography need of a source: a row of `cards`."""
    short = record.short or record.publisher
    names_ = ("publisher", "author", "language", "kind", "retrieved", "seen")
    particulars = ENCODER.encode({name: getattr(record, name) for name in names_})
    footnote = record.id, *record.title, *short, record.published, record.url, record.ranked()
    return *footnote, particulars, record.treaty, record.lines


def part_of(records: Iterable[tuple[Record, int, int]], pack: Pack) -> Part:
    """The rows of a file's records; each comes with its position in its list, and its line."""
    part = Part([], [], [], [], [], set(), {})
    cited: dict[str, list[Any]] = {}
    for n, (record, item, line) in enumerate(records):
        data = ENCODER.encode(encode(record))
        part.read[data] = record
        kind = plural_of(type(record))
        part.records.append((n, record.id, kind, known_here(record), item, line, record.overrides, data))
        refs = [ref for ref, _ in references(record)]
        part.links.extend([(n, target, role) for role, target in targets(record, pack, part.roles, refs)])
        part.names.extend([(n, name) for name in names(record)])
        if isinstance(record, Source):
            part.cards.append((n, *card(record)))
        for ref in refs:
            seen = cited.setdefault(ref.source, [ref.source, 0, False, False, False])
            seen[1] = max(seen[1], ref.line or 0, ref.line_end or 0)
            seen[2] |= ref.line is None
            seen[3] |= ref.line is not None
            seen[4] |= ref.line_end is not None and ref.line_end < (ref.line or 0)
    part.cited.extend(tuple(seen) for seen in cited.values())
    return part
