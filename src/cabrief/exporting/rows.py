"""Rows of the tables that leave the program, out of an open base, one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cabrief.language.dates import bounds
from cabrief.language.text import Text
from cabrief.language.units import digits
from cabrief.model.concerns import concerned
from cabrief.model.evidence import references
from cabrief.model.kinds import kinds
from cabrief.model.kinds.actors import Actor
from cabrief.model.kinds.commitments import Commitment
from cabrief.model.kinds.disputes import Dispute
from cabrief.model.kinds.figures import Figure
from cabrief.model.kinds.sources import Source
from cabrief.model.kinds.treaties import Treaty
from cabrief.model.promises import promise_fate
from cabrief.model.record import Record, kind_of, label, plural_of
from cabrief.model.standing import Standing, standings
from cabrief.store.base import Base, Origin
from cabrief.store.codec import ENCODER, encode

ExportRow = dict[str, Any]
ROLES = ("country", "actor", "topic", "person", "organisation")


def _pick(name: str, text: Text | None) -> ExportRow:
    return {f"{name}_en": text.en if text else None, f"{name}_ja": text.ja if text else None}


def _spread(name: str, date: str | None) -> ExportRow:
    first, last = bounds(date) if date else (None, None)
    return {name: date, f"{name}_first": first, f"{name}_last": last}


def facts_rows(base: Base, _: str) -> Iterator[ExportRow]:
    """Every record, kind by kind."""
    countries, actors = frozenset(base.pack.countries), frozenset(base.ids(Actor))
    for record, origin in _all(base):
        linked: dict[str, list[str]] = {}
        for pointer in record.pointers():
            linked.setdefault(pointer.role, []).append(pointer.id)
        whom = concerned(record)  # in whatever role, as the lists are filtered
        linked["country"] = [*linked.get("country", ()), *countries.intersection(whom)]
        linked["actor"] = [*linked.get("actor", ()), *actors.intersection(whom)]
        amount = record if isinstance(record, Figure) else getattr(record, "amount", None)
        value = getattr(amount, "value", None)
        unit = getattr(amount, "unit", None)
        yield {
            "id": record.id,
            "kind": kind_of(type(record)).singular,
            **_pick("label", label(record)),
            **_pick("text", getattr(record, "text", None)),
            **_pick("summary", getattr(record, "summary", None)),
            "nature": getattr(record, "nature", None),
            "weight": getattr(record, "weight", None),
            **_spread("date", getattr(record, "date", None)),
            **_spread("as_of", getattr(record, "as_of", None)),
            "value": None if value is None else float(value),
            "value_written": None if value is None else digits(value),
            "unit": unit.en if isinstance(unit, Text) else unit,
            **{f"{role}_ids": sorted(set(linked.get(role, ()))) for role in ROLES},
            "file": origin.file,
            "line": origin.line,
            "layer": origin.layer,
            "data": ENCODER.encode(encode(record)),
        }


def _all(base: Base) -> Iterator[tuple[Record, Origin]]:
    """Every record, kind by kind."""
    for plural in kinds():
        yield from base.stream(plural)


def refs_rows(base: Base, _: str) -> Iterator[ExportRow]:
    """Every reference of every record, kind by kind."""
    for record, _origin in _all(base):
        for number, (ref, path) in enumerate(references(record), start=1):
            yield {
                "id": record.id,
                "kind": kind_of(type(record)).singular,
                "number": number,
                "part": ".".join(map(str, path[:-1] if path[-1:] != ("refs",) else path)).removesuffix(".refs"),
                "source": ref.source,
                "line": ref.line,
                "line_end": ref.line_end,
                "phrase": ref.phrase,
            }


def links_rows(base: Base, _: str) -> Iterator[ExportRow]:
    """Every record that a record names."""
    for record, _origin in _all(base):
        found = {(pointer.role, pointer.id) for pointer in record.pointers()}
        yield from ({"id": record.id, "role": role, "target": target} for role, target in sorted(found))


def sources_rows(base: Base, _: str) -> Iterator[ExportRow]:
    """Every source."""
    for card, _origin in base.stream(plural_of(Source)):
        yield {
            "id": card.id,
            **_pick("title", card.title),
            **_pick("publisher", card.publisher),
            "kind": card.kind,
            "rank": card.ranked(),
            "seen": card.seen,
            "language": card.language,
            **_spread("published", card.published),
            "retrieved": card.retrieved,
            "url": card.url,
        }


def steps_rows(base: Base, _: str) -> Iterator[ExportRow]:
    """Every step of every treaty."""
    for treaty, _origin in base.stream(plural_of(Treaty)):
        for number, step in enumerate(treaty.steps, start=1):
            yield {
                "treaty": treaty.id,
                "number": number,
                "type": treaty.type,
                "country_ids": list(treaty.countries),
                "stage": step.stage,
                **_spread("date", step.date),
                **_pick("note", step.note),
                "source_ids": sorted({ref.source for ref in step.refs}),
            }


def treaty_status_rows(base: Base, as_of: str) -> Iterator[ExportRow]:
    """Every pair of type and country as of an ISO day, and those of further types that are on record."""
    by_day = base.by_day(as_of)
    treaties = [treaty for treaty, _origin in base.stream(plural_of(Treaty))]
    for found in standings(treaties, base.pack.treaty_types, base.pack.countries, by_day, others=True):
        yield {
            "as_of": as_of,
            "type": found.type,
            "country": found.country,
            "status": found.status,
            "in_force": found.in_force,
            "since": found.begun,
            "treaty": found.treaty.id if found.treaty else None,
            "predecessor": found.predecessor.id
            if found.predecessor and found.predecessor is not found.treaty
            else None,
            **_pick("next_step", found.next_step),
            "next_step_nature": _nature(found),
        }


def _nature(found: Standing) -> str | None:
    """The nature of what is under way, where a fact file says it; what follows from dates is reported."""
    return found.noted[0][1].nature if found.noted else "reported" if found.next_step else None


def commitment_status_rows(base: Base, as_of: str) -> Iterator[ExportRow]:
    """Every commitment as of an ISO day."""
    by_day = base.by_day(as_of)
    for promise, _origin in base.stream(plural_of(Commitment)):
        fate = promise_fate(promise, by_day)
        yield {
            "as_of": as_of,
            "commitment": promise.id,
            "status": fate.status,
            "status_as_of": fate.last.date if fate.last else None,
            "done_in_ids": list(fate.done_in),
            "overdue": fate.overdue,
            "firmness": promise.firmness,
            **_spread("due", promise.due),
            "by_ids": list(promise.by),
            "to_ids": list(promise.to),
        }


def disputes_rows(base: Base, _: str) -> Iterator[ExportRow]:
    """Every dispute."""
    for dispute, _origin in base.stream(plural_of(Dispute)):
        yield {
            "id": dispute.id,
            "about": dispute.about,
            "category": dispute.category,
            "weight": dispute.weight,
            **_pick("held", dispute.held),
            **_pick("otherwise", None if not dispute.others else _joined([claim.says for claim in dispute.others])),
            **_pick("reason", dispute.reason),
            "source_ids": sorted({ref.source for ref in dispute.refs}),
            "other_source_ids": sorted({ref.source for claim in dispute.others for ref in claim.refs}),
        }


def _joined(texts: list[Text]) -> Text:
    return Text(" ".join(text.en for text in texts), "".join(text.ja for text in texts))
