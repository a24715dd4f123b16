"""Heads of columns in which countries or powers stand side by side."""

from __future__ import annotations

from collections.abc import Sequence

from cabrief.language.text import Text
from cabrief.model.record import Record, label
from cabrief.reports.desk import Desk

MANY = 4  # columns from which on countries are headed by their short names


def short_heads(desk: Desk, ids: Sequence[str]) -> list[Text]:
    """Heads of columns: names, and where many countries stand side by side, the shortest that they have."""
    if len(ids) < MANY:
        return [desk.name(id_) for id_ in ids]
    return [_short_name(desk.card(id_)) for id_ in ids]


def _short_name(record: Record) -> Text:
    """A code in English, the beginning of the name in Japanese, as far as the record has them among its names."""
    name, codes = label(record), getattr(record, "codes", ())
    begins = [alias for alias in getattr(record, "aliases", ()) if name.ja.startswith(alias)]
    return Text(codes[0] if codes else name.en, min(begins, key=len, default=name.ja))
