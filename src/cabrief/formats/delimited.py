"""CSV and TSV for spreadsheets: one row of plain words each, in both languages, and no word that acts as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from typing import Any

from cabrief.document import Cell, Document, statements
from cabrief.formats import How
from cabrief.language.text import Text, clean
from cabrief.language.units import digits
from cabrief.model.record import Ref

# fields that are words in both languages, even where no row has any
_TEXTS = (
    "text",
    "title",
    "name",
    "place",
    "publisher",
    "author",
    "next_step",
    "held",
    "reason",
    "says",
    "role",
    "institution",
    "aim",
    "means",
    "corridor_role",
    "before",
    "after",
    "by",
)


def to_csv(document: Document, how: How) -> str:
    """Print rows with commas between."""
    return _write(document, how, ",")


def to_tsv(document: Document, how: How) -> str:
    """Print rows with tabs between."""
    return _write(document, how, "\t")


def _write(document: Document, how: How, delimiter: str) -> str:
    rows = (
        document.rows
        if document.rows is not None
        else tuple(_statement(*each) for each in statements(document.sections))
    )
    fields = document.fields or ("section", "label", "id", "text", "state", "by", "disputes", "refs")
    if document.layers and "layer" not in fields:
        fields = (*fields, "layer")
        rows = tuple({**row, "layer": document.layers.get(str(row.get("id")).partition(".")[0])} for row in rows)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow([column for field in fields for column in _columns(field, rows)])
    for row in rows:
        writer.writerow([safe(word) for field in fields for word in _words(row.get(field), _columns(field, rows))])
    return ("\ufeff" if how.bom else "") + out.getvalue()


def _statement(section: Text, label: Text, cell: Cell) -> dict[str, Any]:
    return {
        "section": section,
        "label": label,
        "id": cell.id,
        "text": cell.text,
        "state": cell.state,
        "by": cell.by or cell.credited or Text("", ""),
        "disputes": cell.disputes,
        "refs": cell.refs,
    }


def _columns(field: str, rows: Iterable[Mapping[str, Any]]) -> list[str]:
    bilingual = field in _TEXTS or any(isinstance(row.get(field), Text) for row in rows)
    return [f"{field}_en", f"{field}_ja"] if bilingual else [field]


def _words(value: Any, columns: list[str]) -> list[str]:
    if len(columns) == 1:
        return [_word(value)]
    return [value.en, value.ja] if isinstance(value, Text) else [_word(value)] * 2


def _word(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Ref):
        return f"{value.source}:{value.line}" if value.line else value.source
    if isinstance(value, Text):
        return value.en
    if isinstance(value, Mapping):
        return " ".join(_word(item) for item in value.values())
    if isinstance(value, (list, tuple)):
        return "; ".join(dict.fromkeys(_word(item) for item in value))
    return value if isinstance(value, str) else digits(value)


def safe(word: str) -> str:
    """A word that no spreadsheet program takes for a formula."""
    plain = clean(word)
    return (
        f"'{plain}" if re.match(r"\s*[=+\-@＝＋－＠]", plain) and not re.fullmatch(r"-?\d+(\.\d+)?", plain) else plain
    )
