"""Rows as the columns of a data frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cabrief.language.text import LANGS, Lang, Text
from cabrief.language.units import digits
from cabrief.library.rows import OtherClaim, Passage, Row
from cabrief.model.frozen import field_names


def flat_columns(rows: Sequence[Any]) -> dict[str, list[Any]]:
    """Columns by their names: words, also those in lists, in a column for each language, references as `source:line`.

    Ids stand in a list, what others say with the sources behind it.
    """
    fields = list(dict.fromkeys(name for row in rows[:1] for name in field_names(type(row)) if name != "layer"))
    if any(row.layer for row in rows):
        fields.append("layer")
    found: dict[str, list[Any]] = {}
    for name in fields:
        values = [getattr(row, name) for row in rows]
        if any(isinstance(value, Text) for value in values):
            found[f"{name}_en"] = [value.en if value else None for value in values]
            found[f"{name}_ja"] = [value.ja if value else None for value in values]
        elif any(isinstance(part, Text) for value in values if isinstance(value, Mapping) for part in value.values()):
            for lang in LANGS:
                found[f"{name}_{lang}"] = [_amount(value, lang) if value else None for value in values]
        elif any(isinstance(item, Text | OtherClaim) for value in values if isinstance(value, tuple) for item in value):
            for lang in LANGS:
                found[f"{name}_{lang}"] = [[_said(item, lang) for item in value or ()] for value in values]
        else:
            found[name] = [_flat(value) for value in values]
    return found


def _said(item: Text | OtherClaim, lang: Lang) -> str:
    if isinstance(item, OtherClaim):
        return f"{item.says.pick(lang)} ({'; '.join(_flat_item(ref) for ref in item.refs)})"
    return item.pick(lang)


def _amount(parts: Mapping[str, Any], lang: Lang) -> str:
    """A number with its unit; a unit in both languages in one of them."""
    words = (part.pick(lang) if isinstance(part, Text) else part for part in parts.values())
    return " ".join(part if isinstance(part, str) else digits(part) for part in words)


def _flat(value: Any) -> Any:
    match value:
        case tuple():
            return [_flat_item(item) for item in value]
        case None | str() | int() | float():
            return value
    return _flat_item(value)


def _flat_item(item: Any) -> Any:
    match item:
        case Passage():
            return f"{item.source}:{item.line}" if item.line else item.source
        case Row():
            return item.to_dict()
        case dict():
            return _amount(item, LANGS[0])
        case str() | int():
            return item
    return float(item)
