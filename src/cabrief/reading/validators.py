"""Validators of pydantic for the classes of facts, from their annotations.

Only pydantic's core is imported: it validates. The rest of pydantic would work out the schemas below from the annotations of
any class, which takes three times as long as a report.
"""

import sys
import typing
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_origin

from pydantic_core import SchemaValidator

from cabrief.model import degrees, fields, record
from cabrief.model.fields import Rule
from cabrief.model.frozen import Frozen

if TYPE_CHECKING:
    from pydantic_core import CoreSchema

_NAMES = {**vars(typing), **vars(fields), **vars(degrees), **vars(record)}  # what annotations of records may name


@cache
def _names(module: str) -> dict[str, Any]:
    return {**_NAMES, **vars(sys.modules[module])}


@cache
def _type(annotation: str, module: str) -> Any:
    return eval(annotation, _names(module))  # noqa: S307 - our own annotations, as typing.get_type_hints evaluates them


def hints(cls: type[Frozen]) -> dict[str, Any]:
    """Types of a class's fields; many fields share an annotation, which is evaluated once."""
    return {
        name: _type(annotation, base.__module__)
        for base in reversed(cls.__mro__)
        if issubclass(base, Frozen)
        for name, annotation in base.__dict__.get("__annotations__", {}).items()
        if not name.isupper()
    }


@cache
def core_schema(hint: Any) -> "CoreSchema":
    """What pydantic's core is to make of a type: a class of values, a rule, words to choose from, or several of these.

    A class takes its fields by keyword and no others, as pydantic reads a dataclass that forbids extra keys.
    """
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        rule: Rule = hint.__metadata__[0]
        return {"type": "function-plain", "function": {"type": "no-info", "function": rule.read}}
    if origin is Literal:
        return {"type": "literal", "expected": list(inner)}
    if origin is tuple:
        return {"type": "tuple", "items_schema": [core_schema(inner[0])], "variadic_item_index": 0}
    if origin is dict:
        return {"type": "dict", "keys_schema": core_schema(inner[0]), "values_schema": core_schema(inner[1])}
    if inner:  # or nothing
        (some,) = (each for each in inner if each is not type(None))
        return {"type": "nullable", "schema": core_schema(some)}
    fields = [_field(hint, name, each) for name, each in hints(hint).items()]
    arguments: CoreSchema = {
        "type": "dataclass-args",
        "dataclass_name": hint.__name__,
        "fields": fields,
        "extra_behavior": "forbid",
    }
    return {"type": "dataclass", "cls": hint, "schema": arguments, "fields": [field["name"] for field in fields]}


def _field(cls: type[Frozen], name: str, hint: Any) -> Any:
    schema = core_schema(hint)
    if hasattr(cls, name):
        schema = {"type": "default", "schema": schema, "default": getattr(cls, name)}
    return {"type": "dataclass-field", "name": name, "schema": schema, "kw_only": True}


@cache
def validator(hint: Any) -> SchemaValidator:
    """The validator of a type, made once. It raises pydantic's ValidationError."""
    return SchemaValidator(core_schema(hint))
