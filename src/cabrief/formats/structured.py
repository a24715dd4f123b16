"""JSON and NDJSON: both languages, every reference, every state."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from typing import Any

from cabrief.document import (
    Block,
    Bullets,
    Cell,
    Document,
    Pairs,
    Paragraph,
    Section,
    Table,
    Timeline,
    layer,
    row_layer,
    statements,
)
from cabrief.formats import How
from cabrief.language.text import Text, escaped
from cabrief.language.units import digits
from cabrief.model.record import Ref

SCHEMA_VERSION = 1
# JSON has numbers of any length, which the library prints only as far as a float goes. So they pass it as strings between
# signs that no text has, since they are made anew each time; a quotation mark within a text has a backslash before it.
LITERAL = f"={time.time_ns():x}="
NUMBER = rf'(?<!\\)"{LITERAL}([-0-9.]+){LITERAL}"'


def to_json(document: Document, _: How) -> str:
    """Print a list as its rows, a report as its sections."""
    head: dict[str, Any] = {"schema_version": SCHEMA_VERSION, "as_of": document.as_of}
    if document.laid_over:
        head["laid_over"] = list(document.laid_over)
    if document.rows:
        begin, rest = _dump({**head, "rows": [0]}, indent=2).rsplit("0", 1)
        # each by itself, so that a long list is not held in several forms at once
        rows = (_dump(_row(document, row), indent=2).rstrip("\n").replace("\n", "\n    ") for row in document.rows)
        return "".join((begin, ",\n    ".join(rows), rest))
    if document.rows is not None:
        return _dump({**head, "rows": []}, indent=2)
    body = {
        "title": as_plain(document, document.title),
        "sections": [_section(document, s) for s in document.sections],
    }
    return _dump({**head, **body, "sources": _sources(document), "disputes": _disputes(document)}, indent=2)


def to_ndjson(document: Document, _: How) -> str:
    """Print a row a line; of a report, a statement a line, with the headings that it stands under and its label."""
    if document.rows is not None:
        return "".join(_dump(_row(document, row)) for row in document.rows)
    return "".join(
        _dump({"section": as_plain(document, section), "label": as_plain(document, label), **_cell(document, cell)})
        for section, label, cell in statements(document.sections)
    )


def _row(document: Document, row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of a list; one of a layer over the pack says so."""
    over = row_layer(document, row)
    found: dict[str, Any] = as_plain(document, {key: value for key, value in row.items() if key != "layer" or value})
    return {**found, "layer": over} if over else found


def _dump(value: Any, indent: int | None = None) -> str:
    words = re.sub(NUMBER, r"\1", json.dumps(value, ensure_ascii=False, indent=indent))
    return escaped(words) + "\n"


def as_plain(document: Document, value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, Text):
        return {"en": value.en, "ja": value.ja}
    if isinstance(value, Ref):
        return _ref(document, value)
    if isinstance(value, Mapping):
        return {key: as_plain(document, item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_plain(document, item) for item in value]
    if value is None or isinstance(value, (str, int, float)):
        return value
    return f"{LITERAL}{digits(value)}{LITERAL}"  # a decimal number, which `_dump` prints to its last digit


def _ref(document: Document, ref: Ref) -> dict[str, Any]:
    citation = document.citations.get(ref.source)
    line = {"line": ref.line, "line_end": ref.line_end} if ref.line_end else {"line": ref.line}
    return {"source": ref.source, **line, "phrase": ref.phrase, "url": citation.url if citation else None}


def _cell(document: Document, cell: Cell) -> dict[str, Any]:
    return {
        "id": cell.id or None,
        **({"more": list(cell.more)} if cell.more else {}),  # ids of what else it states
        "text": as_plain(document, cell.text),
        "state": cell.state,
        "by": as_plain(document, cell.by or cell.credited),
        "disputes": list(cell.disputes),
        "refs": as_plain(document, cell.refs),
        **({"layer": over} if (over := layer(document, cell)) else {}),
    }


def _section(document: Document, section: Section) -> dict[str, Any]:
    return {
        "title": as_plain(document, section.title),
        "blocks": [_block(document, block) for block in section.blocks],
        "sections": [_section(document, inner) for inner in section.sections],
    }


def _block(document: Document, block: Block) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"type": "paragraph", "text": as_plain(document, block.text)}
        case Bullets():
            return {"type": "bullets", "items": [_cell(document, cell) for cell in block.items]}
        case Pairs():
            items = [{"label": as_plain(document, label), **_cell(document, cell)} for label, cell in block.items]
            return {"type": "pairs", "items": items}
        case Table():
            heads = [as_plain(document, column.title) for column in block.columns]
            rows = [[_cell(document, cell) for cell in row] for row in block.rows]
            return {"type": "table", "columns": heads, "rows": rows}
        case Timeline():
            moments = [
                {
                    "date": moment.date,
                    "kind": as_plain(document, moment.kind),
                    "status": as_plain(document, moment.status),
                    "ahead": moment.ahead,
                    **_cell(document, moment.cell),
                }
                for moment in block.moments
            ]
            return {"type": "timeline", "moments": moments}


def _sources(document: Document) -> dict[str, Any]:
    return {
        id_: {
            "title": as_plain(document, c.title),
            "publisher": as_plain(document, c.short),
            "published": c.published,
            "url": c.url,
            **({"layer": c.layer} if c.layer else {}),
        }
        for id_, c in document.citations.items()
    }


def _disputes(document: Document) -> dict[str, Any]:
    return {
        id_: {
            "held": as_plain(document, note.held),
            "others": [
                {"says": as_plain(document, says), "refs": as_plain(document, refs)} for says, refs in note.others
            ],
            "reason": as_plain(document, note.reason),
            "refs": as_plain(document, note.refs),
        }
        for id_, note in document.notes.items()
    }
