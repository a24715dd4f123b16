"""CSV and TSV for spreadsheets: one row of plain words each, in both languages, and no word that acts as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from typing import Any

from cabrief.document import Cell, Document, layer, row_layer, statements
from cabrief.formats import How
from cabrief.language.text import LANGS, Lang, Text, clean
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
    "outcome",
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
    "whose",
    "others",
    "partners",
)
# A sign that begins a formula, in any of its widths; programs skip what is not seen before it.
_UNSEEN = "\\s\u00ad\u200b-\u200f\ufeff\ufffd\ufe00-\ufe0f"
_SIGN = "[=+\\-@\u2212\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20]"
_FORMULA = re.compile(f"[{_UNSEEN}]*{_SIGN}")
# Some programs part fields at semicolons, or at commas, whatever the file parts them with: a cell could begin behind one. There,
# two quotes, as the file writes one, are an empty cell's that goes on. Between commas, what has one stands in quotes.
_PARTS = {",": ";；\t", "\t": ";；,，\t"}
_INNER_FORMULA = {delimiter: re.compile(f'([{parts}][{_UNSEEN}"]*)(?={_SIGN})') for delimiter, parts in _PARTS.items()}


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
        else tuple(_statement(document, *each) for each in statements(document.sections))
    )
    fields = document.fields or ("section", "label", "id", "text", "state", "by", "disputes", "refs")
    if document.layers and "layer" not in fields:
        fields = (*fields, "layer")
        rows = tuple({**row, "layer": row_layer(document, row)} for row in rows)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    columns = {field: _columns(field, rows) for field in fields}
    writer.writerow([column for field in fields for column in columns[field]])
    counts = [(field, len(found)) for field, found in columns.items()]
    for row in rows:
        writer.writerow(
            [_whole(safe(word), delimiter) for field, count in counts for word in _words(row.get(field), count)]
        )
    return ("\ufeff" if how.bom else "") + out.getvalue()


def _statement(document: Document, section: Text, label: Text, cell: Cell) -> dict[str, Any]:
    return {
        "section": section,
        "label": label,
        "id": cell.id,
        "text": cell.text,
        "state": cell.state,
        "by": cell.by or cell.credited or Text("", ""),
        "disputes": cell.disputes,
        "refs": cell.refs,
        "layer": layer(document, cell),
    }


def _columns(field: str, rows: Iterable[Mapping[str, Any]]) -> list[str]:
    bilingual = field in _TEXTS or any(_has_text(row.get(field)) for row in rows)
    return [f"{field}_en", f"{field}_ja"] if bilingual else [field]


def _has_text(value: Any) -> bool:
    """Whether a value is, or holds, words in both languages."""
    if isinstance(value, (str, Ref)) or value is None:
        return False
    if isinstance(value, Text):
        return True
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, (list, tuple)) else ()
    return any(map(_has_text, parts))


def _words(value: Any, count: int) -> tuple[str, ...]:
    """A value in one column, or in one for each language."""
    if isinstance(value, Text) and count > 1:
        return value
    if isinstance(value, str) or count == 1:
        return (_word(value, LANGS[0]),) * count
    return tuple(_word(value, lang) for lang in LANGS)


def _word(value: Any, lang: Lang) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Ref):
        return f"{value.source}:{value.line}" if value.line else value.source
    if isinstance(value, Text):
        return value.pick(lang)
    if isinstance(value, Mapping):
        return " ".join(_word(item, lang) for item in value.values())
    if isinstance(value, (list, tuple)):
        return "; ".join(dict.fromkeys(_word(item, lang) for item in value))
    return digits(value)


def safe(word: str) -> str:
    """A word that no spreadsheet program takes for a formula."""
    plain = clean(word)
    if not _FORMULA.match(plain) or re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", plain):
        return plain
    return f"'{plain}"


def _whole(word: str, delimiter: str) -> str:
    """A word no part of which, behind what another program parts fields at, is taken for a formula."""
    for part in _PARTS[delimiter]:
        if part in word:
            return _INNER_FORMULA[delimiter].sub(r"\1'", word)
    return word
