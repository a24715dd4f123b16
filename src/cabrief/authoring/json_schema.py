"""JSON Schema of the fact files, for editors: the same declarations and rules, told in another language."""

from __future__ import annotations

import inspect
import json
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from cabrief.authoring.meanings import meaning
from cabrief.language.text import Lang
from cabrief.model.fields import Rule
from cabrief.model.frozen import Frozen
from cabrief.model.kinds import kinds
from cabrief.model.record import Pack, Record, kind_of
from cabrief.reading.validators import hints

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def fact_file_schema(lang: Lang = "en") -> dict[str, Any]:
    """Schema of a fact file: plural kind names, each with a list of records; descriptions in one language."""
    definitions: dict[str, Any] = {}
    lists = {
        plural: {"description": each.name.pick(lang), "type": "array", "items": _of(each.record, definitions, lang)}
        for plural, each in kinds().items()
    }
    return {
        "$schema": DIALECT,
        "title": "cabrief fact file",
        "type": ["object", "null"],
        "properties": lists,
        "additionalProperties": False,
        "$defs": definitions,
    }


def pack_file_schema(lang: Lang = "en") -> dict[str, Any]:
    """Schema of `pack.yaml`; descriptions in one language."""
    definitions: dict[str, Any] = {}
    _of(Pack, definitions, lang)
    return {"$schema": DIALECT, **definitions.pop("Pack"), "title": "cabrief pack", "$defs": definitions}


def schema_text(schema: dict[str, Any]) -> str:
    """A schema as it stands in a file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _of(hint: Any, definitions: dict[str, Any], lang: Lang) -> dict[str, Any]:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        rule = next((item for item in arguments if isinstance(item, Rule)), None)
        return _rule(rule, definitions) if rule else _of(arguments[0], definitions, lang)
    if origin in (Union, UnionType):
        kept = [_of(item, definitions, lang) for item in arguments if item is not NoneType]
        return {"anyOf": [*kept, {"type": "null"}]}
    if origin is tuple:
        return {"type": "array", "items": _of(arguments[0], definitions, lang)}
    if origin is dict:
        _of(arguments[0], definitions, lang)
        names = {"$ref": "#/$defs/slug"}
        return {"type": "object", "propertyNames": names, "additionalProperties": _of(arguments[1], definitions, lang)}
    if origin is Literal:
        return {"enum": list(arguments)}
    if isinstance(hint, type) and issubclass(hint, Frozen):
        return _record(hint, definitions, lang)
    raise TypeError(f"no JSON Schema for {hint!r}")


def _rule(rule: Rule, definitions: dict[str, Any]) -> dict[str, Any]:
    name = rule.read.__name__.removeprefix("read_")
    definitions[name] = rule.json
    return {"$ref": f"#/$defs/{name}"}


def _record(cls: type[Frozen], definitions: dict[str, Any], lang: Lang) -> dict[str, Any]:
    if cls.__name__ not in definitions:
        definitions[cls.__name__] = {}
        fields = hints(cls)
        definitions[cls.__name__] = {
            "type": "object",
            "description": inspect.getdoc(cls) if lang == "en" else _japanese_name(cls),
            "properties": {
                name: {"description": meaning(cls, name).pick(lang), **_of(hint, definitions, lang)}
                for name, hint in fields.items()
            },
            "required": [name for name in fields if not hasattr(cls, name)],
            "additionalProperties": False,
            "examples": [example(cls)],
        }
    return {"$ref": f"#/$defs/{cls.__name__}"}


def example(hint: Any) -> Any:
    """A value that a type may have, as plain data; of a class, with the keys that it needs."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return next(item for item in arguments if isinstance(item, Rule)).json["examples"][0]
    if origin in (Union, UnionType):
        return example(next(item for item in arguments if item is not NoneType))
    if origin is tuple:
        return [example(arguments[0])]
    if origin is dict:
        return {example(arguments[0]): example(arguments[1])}
    if origin is Literal:
        return arguments[0]
    return {name: example(each) for name, each in hints(hint).items() if not hasattr(hint, name)}


def _japanese_name(cls: type[Frozen]) -> str:
    return kind_of(cls).name.ja if issubclass(cls, Record) else cls.__name__
