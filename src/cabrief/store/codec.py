"""Records as JSON and back. Decoding runs nothing that is in a build: it names classes of `model` alone.

Under `~` every object says what it is: a class of `model`, or a mapping. One that does not is a text in both languages.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import import_module
from typing import Any

from cabrief.language.text import Text
from cabrief.model.frozen import Frozen, field_names
from cabrief.model.record import Ref

_MISSING = object()
MAPPING = "mapping"
DECIMAL = "="
REFS = "refs"  # the key that references stand under, in every class
REF_FIELDS = ("source", "phrase", "line", "line_end")


@cache
def name_of(cls: type[Frozen]) -> str:
    """A class as a build names it: its module in `model`, or in `model.kinds`, and its own name."""
    return f"{cls.__module__.rpartition('.')[2]}.{cls.__name__}"


@cache
def class_of(name: str) -> type[Frozen]:
    """The class that a build names; its module is imported when the first of its records is read.

    A name of no such module or class is an ImportError or an AttributeError.
    """
    module, _, cls = name.partition(".")
    path = "cabrief.model.record" if module == "record" else f"cabrief.model.kinds.{module}"
    found: type[Frozen] = getattr(import_module(path), cls)
    return found


@cache
def _defaults(name: str) -> dict[str, Any]:
    cls = class_of(name)
    return {key: getattr(cls, key) for key in field_names(cls) if hasattr(cls, key)}


def encode(value: Any) -> Any:
    """A record as plain JSON values, without its defaults: dicts, lists, strings, numbers, booleans and None.

    DECODER reads them.
    """
    kind = type(value)
    if kind is Text:
        return {"en": value.en, "ja": value.ja}
    if kind is Ref:  # the most frequent value by far, so it stands as a list: `_decode` knows it by its key
        fields = [value.source, value.phrase, value.line, value.line_end]
        return fields if value.line_end is not None else fields[:2] if value.line is None else fields[:3]
    if kind is tuple:
        return [item if type(item) is str else encode(item) for item in value]
    if kind is dict:  # its keys are a pack's own words, so it stands as a list, which no key can be mistaken in
        return {"~": MAPPING, "items": [[key, encode(item)] for key, item in value.items()]}
    if kind.__name__ == "Decimal":  # which only fact files with decimals need to import
        return {"~": DECIMAL, "digits": str(value)}
    if not isinstance(value, Frozen):
        return value
    name = name_of(type(value))  # type: ignore[arg-type] # a class is hashable
    plain: dict[str, Any] = {"~": name}
    defaults = _defaults(name)
    for key, item in value.__dict__.items():
        if item is defaults.get(key, _MISSING):
            continue
        plain[key] = (
            item if type(item) is str else {"en": item[0], "ja": item[1]} if type(item) is Text else encode(item)
        )
    return plain


def _decode(item: dict[str, Any]) -> Any:
    name = item.pop("~", None)
    if name is None:
        return _tuple(Text, (item["en"], item["ja"]))
    if name == MAPPING:
        return dict(item["items"])
    if name == DECIMAL:
        from decimal import Decimal

        return Decimal(item["digits"])
    for key, value in item.items():
        if type(value) is list:
            item[key] = tuple([_ref(each) for each in value]) if key == REFS else tuple(value)
    found = _new(class_of(name))
    _set(found, "__dict__", item)  # what `__init__` does, without copying the fields
    return found


_new, _set, _tuple = object.__new__, object.__setattr__, tuple.__new__


def _ref(fields: list[Any]) -> Ref:
    found = _new(Ref)
    _set(found, "__dict__", dict(zip(REF_FIELDS, fields, strict=False)))
    return found


# records are trees, so nobody needs to look for circles
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
DECODER = json.JSONDecoder(object_hook=_decode)
