"""JSON Schema of the fact files, for editors: the same declarations and rules, told in another language."""

from __future__ import annotations

import inspect
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from cabrief.facts import KINDS, Pack
from cabrief.rules import Rule
from cabrief.schema import hints
from cabrief.values import Value

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def fact_file() -> dict[str, Any]:
    """Schema of a fact file: plural kind names, each with a list of records."""
    definitions: dict[str, Any] = {}
    kinds = {plural: {"type": "array", "items": _of(cls, definitions)} for plural, cls in KINDS.items()}
    return {
        "$schema": DIALECT, "title": "cabrief fact file", "type": "object", "properties": kinds,
        "additionalProperties": False, "$defs": definitions,
    }  # fmt: skip


def pack_file() -> dict[str, Any]:
    """Schema of `pack.yaml`."""
    definitions: dict[str, Any] = {}
    _of(Pack, definitions)
    return {"$schema": DIALECT, **definitions.pop("Pack"), "title": "cabrief pack", "$defs": definitions}


def _of(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        rule = next((item for item in arguments if isinstance(item, Rule)), None)
        return rule.json if rule else _of(arguments[0], definitions)
    if origin in (Union, UnionType):
        kept = [_of(item, definitions) for item in arguments if item is not NoneType]
        return {"anyOf": [*kept, {"type": "null"}]}
    if origin is tuple:
        return {"type": "array", "items": _of(arguments[0], definitions)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _of(arguments[1], definitions)}
    if origin is Literal:
        return {"enum": list(arguments)}
    if isinstance(hint, type) and issubclass(hint, Value):
        return _record(hint, definitions)
    raise TypeError(f"no JSON Schema for {hint!r}")


def _record(cls: type[Value], definitions: dict[str, Any]) -> dict[str, Any]:
    if cls.__name__ not in definitions:
        definitions[cls.__name__] = {}
        fields = hints(cls)
        definitions[cls.__name__] = {
            "type": "object",
            "description": inspect.getdoc(cls),
            "properties": {name: _of(hint, definitions) for name, hint in fields.items()},
            "required": [name for name in fields if not hasattr(cls, name)],
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{cls.__name__}"}
