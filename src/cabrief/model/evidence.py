"""The references in a record, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cabrief.language.text import Text
from cabrief.model.frozen import Frozen
from cabrief.model.record import Place, Ref


def references(record: Frozen) -> Iterator[tuple[Ref, Place]]:
    """Every reference in a record, wherever it stands, with its path."""
    for name, item in record.__dict__.items():
        kind = type(item)
        if kind is str or kind is Text or item is None or kind is bool:  # most are
            continue
        if kind is tuple:
            parts: Any = enumerate(item) if item and isinstance(item[0], Frozen) else ()
        elif kind is dict:
            parts = item.items()
        else:
            parts = ((None, item),) if isinstance(item, Frozen) else ()
        for key, part in parts:
            path = (name,) if key is None else (name, key)
            if type(part) is Ref:
                yield part, path
            else:
                yield from ((ref, (*path, *below)) for ref, below in references(part))
