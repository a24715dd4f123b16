"""Whom a record concerns: every report, list and filter asks here."""

from __future__ import annotations

from cabrief.model.record import Record

ABOUT = {"countries", "actors"}  # kinds that reports are filtered by


def concerned(record: Record) -> tuple[str, ...]:
    """Ids of countries and powers that a record names in any role, such as who promised and to whom; members are no role."""
    named = (pointer.id for pointer in record.pointers() if pointer.role != "member" and ABOUT & set(pointer.to))
    return tuple(dict.fromkeys(named))
