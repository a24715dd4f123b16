"""Write a build."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cabrief.model.evidence import references
from cabrief.model.kinds.sources import Source
from cabrief.model.kinds.treaties import Treaty
from cabrief.model.known import Known
from cabrief.model.names import names
from cabrief.model.record import Fact, Pack, Record, plural_of
from cabrief.store.base import Origin
from cabrief.store.codec import ENCODER, encode
from cabrief.store.schema import APPLICATION, SCHEMA, VERSION


def targets(record: Record, pack: Pack) -> Iterator[tuple[str, str]]:
    """Whatever a record points to: (role, id). The pack's id stands for the region, of which a fact about every country is.

    It also stands for the pack's own brief, on which a key fact belongs: (key, the pack's id).
    """
    if isinstance(record, Fact) and record.key:
        yield "key", pack.id
    everywhere = set(pack.countries) if len(pack.countries) > 1 and isinstance(record, Fact) else set()
    by_field: dict[Any, list[tuple[str, str]]] = {}
    for pointer in record.pointers():
        field = pointer.place[0] if len(pointer.place) <= len(("field", 0)) else pointer.place
        by_field.setdefault(field, []).append((pointer.role, pointer.id))
    for found in by_field.values():
        if everywhere and everywhere <= {id_ for _, id_ in found}:
            yield "region", pack.id
            yield from ((role, id_) for role, id_ in found if id_ not in everywhere)
        else:
            yield from found
    yield from (("source", source) for source in {ref.source for ref, _ in references(record)})


def _particulars(card: Source, treaties: Mapping[str, Treaty]) -> str:
    """What a bibliography needs of a card besides, as JSON; of the text of a treaty, the dates of its steps."""
    found = {name: getattr(card, name) for name in ("publisher", "author", "language", "kind", "retrieved", "seen")}
    treaty = treaties.get(card.treaty or "")
    steps = [[step.stage, step.date] for step in treaty.steps] if treaty else None
    return json.dumps({**found, "steps": steps}, ensure_ascii=False)


def write(
    connection: sqlite3.Connection,
    pack: Pack,
    rows: Iterable[tuple[Record, Origin]],
    replaced: Iterable[tuple[Record, Origin]],
    layer: str,
    meta: dict[str, str],
) -> None:
    """Fill an empty database with a build; the pack itself is the named layer, and what is laid over it is noted.

    `replaced` are the records that others took the place of, in the order of the layers.
    """
    connection.executescript(f"PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; {SCHEMA}")
    kept: list[tuple[Any, ...]] = []
    links: list[tuple[str, str, int]] = []
    called: list[tuple[str, int]] = []
    everything = list(rows)
    known = Known({record.id: record for record, _ in everything})
    for seq, (record, origin) in enumerate(everything, start=1):
        data = ENCODER.encode(encode(record))
        kept.append(
            (seq, record.id, plural_of(type(record)), data, origin.file, origin.line, origin.layer, known(record))
        )
        links += [(target, role, seq) for role, target in targets(record, pack)]
        called += [(name, seq) for name in names(record)]
    connection.executemany("INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?, ?)", kept)
    connection.executemany("INSERT INTO links VALUES (?, ?, ?)", sorted(set(links)))
    connection.executemany("INSERT INTO names VALUES (?, ?)", sorted(called))
    under = ((r.id, ENCODER.encode(encode(r)), origin.file, origin.line, origin.layer) for r, origin in replaced)
    connection.executemany("INSERT INTO replaced VALUES (?, ?, ?, ?, ?)", under)
    cards = [record for record, _ in everything if isinstance(record, Source)]
    treaties = {record.id: record for record, _ in everything if isinstance(record, Treaty)}
    connection.executemany(
        "INSERT INTO cards VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (c.id, *c.title, *(c.short or c.publisher), c.published, c.url, c.ranked(), _particulars(c, treaties))
            for c in cards
        ),
    )
    over = {record.id: origin.layer for record, origin in everything if origin.layer != layer}
    told = {**meta, "overlaid": json.dumps(over), "pack": json.dumps(encode(pack), ensure_ascii=False)}
    connection.executemany("INSERT INTO meta VALUES (?, ?)", told.items())
    connection.commit()
