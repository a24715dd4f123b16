"""Data to facts, with pydantic, and what pydantic says is wrong to problems at their places."""

from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from typing import Any, get_args

from pydantic import GetCoreSchemaHandler, TypeAdapter, ValidationError
from pydantic_core import CoreSchema, core_schema

from cabrief import facts
from cabrief.checks import Broken, Entry
from cabrief.facts import KINDS, SINGULAR, Pack
from cabrief.nodes import Nodes, Path
from cabrief.problems import Problem, did_you_mean
from cabrief.rules import Bad
from cabrief.text import Text, join, quoted, same, template
from cabrief.values import Value, field_names


@cache
def _type(annotation: str) -> Any:
    return eval(annotation, vars(facts))  # noqa: S307 - our own annotations, as typing.get_type_hints evaluates them


def hints(cls: type[Value]) -> dict[str, Any]:
    """Types of a class's fields; many fields share an annotation, which is evaluated once."""
    return {
        name: _type(annotation)
        for base in reversed(cls.__mro__)
        if issubclass(base, Value)
        for name, annotation in base.__dict__.get("__annotations__", {}).items()
    }


MOST_PROBLEMS = 200  # of one file
FACT_FILE = type(
    "FactFile",
    (Value,),
    {
        "__doc__": "What a fact file holds: lists of records under the plural names of their kinds.",
        "__annotations__": {plural: f"tuple[{cls.__name__}, ...]" for plural, cls in KINDS.items()},
        **dict.fromkeys(KINDS, ()),
    },
)
_schemas: dict[Any, CoreSchema] = {}  # by type: the classes share most of them


def _core_schema(cls: type[Value], _source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
    """Tell pydantic to read a value class as it would read a dataclass that allows no other keys."""
    fields = []
    for name, hint in hints(cls).items():
        schema = _schemas.get(hint) or _schemas.setdefault(hint, handler.generate_schema(hint))
        if hasattr(cls, name):
            schema = core_schema.with_default_schema(schema, default=getattr(cls, name))
        fields.append(core_schema.dataclass_field(name, schema, kw_only=True))
    arguments = core_schema.dataclass_args_schema(cls.__name__, fields, extra_behavior="forbid")
    return core_schema.dataclass_schema(cls, arguments, [field["name"] for field in fields])


Value.__get_pydantic_core_schema__ = classmethod(_core_schema)  # type: ignore[attr-defined]


@cache
def adapter(cls: Any) -> TypeAdapter[Any]:
    """The validator of a class of facts, made once."""
    return TypeAdapter(cls)


def records(nodes: Nodes, layer: str, problems: list[Problem]) -> Iterator[Entry | Broken]:
    """Yield the records of a fact file, or what could be read of one that has problems, which are appended."""
    if nodes.data is None:
        return
    if not isinstance(nodes.data, dict):
        where = nodes.where(())
        words = Text("a fact file maps kinds to lists of records", "事実ファイルは種類ごとに記録のリストを並べる")
        problems.append(Problem(where, "wrong-type", words, Text("e.g. notes: [...]", "例：notes: [...]")))
        return
    try:  # a file without a problem is read at one go; one with problems record by record, so that none hides another
        whole = adapter(FACT_FILE).validate_python(nodes.data)
    except ValidationError:
        yield from _one_by_one(nodes, layer, problems)
        return
    for plural in nodes.data:
        for i, record in enumerate(getattr(whole, plural)):
            yield Entry(record=record, file=nodes.file, path=(plural, i), layer=layer)


def _one_by_one(nodes: Nodes, layer: str, problems: list[Problem]) -> Iterator[Entry | Broken]:
    before = len(problems)
    for plural, items in nodes.data.items():
        where = nodes.where((plural,))
        if plural not in KINDS:
            words = template("{kind} is no kind of fact", "{kind}という種類の事実はない", kind=quoted(plural))
            problems.append(Problem(where, "unknown-kind", words, _choose(plural, list(KINDS))))
        elif not isinstance(items, list):
            words = template(
                "expected a list of records under {kind}", "{kind}の下には記録のリストが必要", kind=quoted(plural)
            )
            hint = Text("begin each with '- id:'", "各記録を「- id:」で始める")
            problems.append(Problem(where, "wrong-type", words, hint))
        else:
            for i, item in enumerate(items):
                if len(problems) - before > MOST_PROBLEMS:
                    words = Text("there may be more; mend these first", "ほかにもありうる。まずこれらを直す")
                    problems.append(Problem(nodes.where((plural, i)), "too-many", words))
                    return
                record = validate(KINDS[plural], item, nodes, (plural, i), problems)
                if record is not None:
                    yield Entry(record=record, file=nodes.file, path=(plural, i), layer=layer)
                elif isinstance(item, dict) and isinstance(item.get("id"), str):
                    rest = readable(KINDS[plural], item)
                    entry = Entry(record=rest, file=nodes.file, path=(plural, i), layer=layer)
                    yield Broken(id=item["id"], rest=entry)


def readable(cls: type[Value], data: dict[str, Any]) -> Any:
    """What of a record could be read, key by key, so that the rest of its problems is found in the same run."""
    kept = {}
    for name, hint in hints(cls).items():
        if name in data:
            with suppress(ValidationError):
                kept[name] = adapter(hint).validate_python(data[name])
    return cls(**{"id": data["id"], **kept})


def pack(nodes: Nodes, problems: list[Problem]) -> Pack | None:
    """Read `pack.yaml`."""
    return validate(Pack, nodes.data, nodes, (), problems) if not nodes.problems else None


def validate(cls: Any, data: Any, nodes: Nodes, path: Path, problems: list[Problem]) -> Any:
    """Read one record, or append all that is wrong with it and return None."""
    if not isinstance(data, dict):
        words = Text("expected a record: a mapping with an id", "記録（idを持つマッピング）が必要")
        problems.append(Problem(nodes.where(path), "wrong-type", words))
        return None
    try:
        return adapter(cls).validate_python(data)
    except ValidationError as invalid:
        problems += [_problem(cls, data, error, nodes, path) for error in invalid.errors(include_url=False)]
        return None


def _problem(cls: type[Any], data: dict[str, Any], error: Any, nodes: Nodes, path: Path) -> Problem:
    loc = tuple(error["loc"])
    where = nodes.where((*path, *loc))
    kind = SINGULAR.get(str(path[0]), str(path[0])) if path else ""
    name = same(f"{kind} {data.get('id', '')!s}".strip()) if path else Text("the pack", "パック")
    at = ".".join(str(part) for part in loc)

    def words(en: str, ja: str, **more: Text | str) -> Text:
        return template("{name}: " + en, "{name}: " + ja, name=name, at=at, **more)

    cause = error.get("ctx", {}).get("error")
    if isinstance(cause, Bad):
        return Problem(where, cause.code, words("{at}: {cause}", "{at}: {cause}", cause=cause.message))
    match error["type"]:
        case "missing":
            return Problem(where, "missing-key", words("{at} is missing", "{at}がない"))
        case "unexpected_keyword_argument":
            hint = did_you_mean(str(loc[-1]), field_names(_class_at(cls, loc[:-1])))
            message = words("there is no key {key}", "{key}というキーはない", key=quoted(at))
            return Problem(where, "unknown-key", message, hint)
        case "literal_error":
            found = str(error["input"])
            message = words("{at} cannot be {found}", "{at}を{found}とは書けない", found=quoted(found))
            return Problem(where, "unknown-value", message, _choose(found, _choices(error["ctx"]["expected"])))
        case "tuple_type":
            message = words("{at}: expected a list", "{at}: リストが必要")
            return Problem(where, "wrong-type", message, Text("write [a, b]", "[a, b]と書く"))
        case "dataclass_type" | "dict_type":
            return Problem(where, "wrong-type", words("{at}: expected a mapping", "{at}: マッピングが必要"))
        case _:
            return Problem(where, "wrong-type", words("{at}: {said}", "{at}: 形が合わない：{said}", said=error["msg"]))


def _choose(word: str, words: list[str]) -> Text:
    """A hint with the closest right word, or with all of them."""
    near = did_you_mean(word, words)
    every = join([same(each) for each in words])
    return near if near.en else template("one of {every}", "次のいずれか：{every}", every=every)


def _choices(expected: str) -> list[str]:
    return [part.strip().strip("'") for part in expected.replace(" or ", ", ").split(",")]


def _class_at(cls: type[Any], loc: tuple[Any, ...]) -> type[Any]:
    """The class of the mapping at a place inside a record of a class."""
    for part in loc:
        if not isinstance(part, str):
            continue
        annotation = hints(cls).get(part)
        for inner in _walk(annotation):
            if isinstance(inner, type) and issubclass(inner, Value):
                cls = inner
                break
    return cls


def _walk(annotation: Any) -> Iterator[Any]:
    yield annotation
    for inner in get_args(annotation):
        yield from _walk(inner)
