"""Data to facts, with pydantic, and what pydantic says is wrong to problems at their places."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import lru_cache
from typing import Any, get_args, get_origin

from pydantic_core import ValidationError

from cabrief.language.text import EMPTY, Text, cut, join, quoted, same, template
from cabrief.model.fields import Bad
from cabrief.model.frozen import Frozen, field_names
from cabrief.model.kinds import kind, plurals
from cabrief.model.record import Pack, Place, Record, kind_of
from cabrief.problems.problem import Problem, Where, closest, did_you_mean
from cabrief.reading.loaded import Broken, Entry
from cabrief.reading.nodes import Nodes
from cabrief.reading.validators import hints, validator

NO_ITEM = ""  # in the place of an item of a list that could not be read
MOST_PROBLEMS = 200  # of one file
MOST_OF_PACK = 300  # countries, powers or areas of a pack, more than there are; a fact may be about all countries
MOST_CELLS = 20_000  # of the table of treaties: all states of the world and a hundred types
MOST_MEANT = 5  # keys of one record that are looked at as misspellings


def read_records(nodes: Nodes, layer: str, problems: list[Problem]) -> Iterator[Entry | Broken]:
    """Yield the records of a fact file, or what could be read of one that has problems, which are appended.

    `layer` is the name by which its facts are marked. Nothing is raised.
    """
    if nodes.data is None:
        return
    if not isinstance(nodes.data, dict):
        where = nodes.where(())
        words = Text("a fact file maps kinds to lists of records", "事実ファイルは種類ごとに記録のリストを並べる")
        problems.append(Problem(where, "wrong-type", words, Text("e.g. notes: [...]", "例：notes: [...]")))
        return
    try:  # a file without a problem is read list by list; one with problems record by record, so that none hides another
        whole = {
            plural: validator(tuple[_class_of(plural), ...]).validate_python(items)  # type: ignore[misc]
            for plural, items in nodes.data.items()
        }
    except (ValidationError, LookupError):
        yield from _one_by_one(nodes, layer, problems)
        return
    for plural, items in whole.items():
        for i, found in enumerate(items):
            yield Entry(record=found, file=nodes.file, path=(plural, i), layer=layer)


def _class_of(plural: str) -> type[Record]:
    if plural not in plurals():
        raise LookupError(plural)
    return kind(plural).record


def _one_by_one(nodes: Nodes, layer: str, problems: list[Problem]) -> Iterator[Entry | Broken]:
    before = len(problems)
    for plural, items in nodes.data.items():
        meant = plural
        if len(problems) - before > MOST_PROBLEMS:
            problems.append(_too_many(nodes, (plural,)))
            return
        if plural not in plurals():
            words = template("{kind} is not a kind of fact", "{kind}という種類の事実はない", kind=quoted(plural))
            where = nodes.where((plural,), key=True)
            problems.append(Problem(where, "unknown-kind", words, _choose(plural, list(plurals()))))
            (meant,) = closest(plural, list(plurals())) or [""]
        if meant and not isinstance(items, list):
            words = template(
                "expected a list of records under {kind}", "{kind}の下には記録のリストが必要", kind=quoted(plural)
            )
            hint = Text("begin each with '- id:'", "各記録を「- id:」で始める")
            problems.append(Problem(nodes.where((plural,)), "wrong-type", words, hint))
        elif meant:
            cls = kind(meant).record
            for i, item in enumerate(items):
                if len(problems) - before > MOST_PROBLEMS:
                    problems.append(_too_many(nodes, (plural, i)))
                    return
                found = validate(cls, item, nodes, (plural, i), problems)
                if found is not None:
                    yield Entry(record=found, file=nodes.file, path=(plural, i), layer=layer)
                elif isinstance(id_ := (given := _mended(cls, item)).get("id"), str):
                    rest = readable(cls, item).but(id=id_)
                    lost = tuple(key for key in given if key not in rest.__dict__)
                    entry = Entry(record=rest, file=nodes.file, path=(plural, i), layer=layer, lost=lost)
                    yield Broken(id=id_, rest=entry)


def _too_many(nodes: Nodes, path: Place) -> Problem:
    words = Text("there may be more problems; correct these first", "ほかにも問題がありうる。まずこれらを直す")
    return Problem(nodes.where(path), "too-many", words)


def _mended(cls: type[Frozen], data: Any) -> dict[str, Any]:
    """A mapping as it was meant: what stands under a misspelt key is under the right one."""
    if not isinstance(data, dict):
        return {}
    names = list(hints(cls))
    meant: dict[Any, Any] = {key: key for key in data}
    strange = [key for key in data if key not in names]
    for key in strange[:MOST_MEANT]:
        missing = tuple(name for name in names if name not in meant.values())
        if near := _nearest(key, missing):
            meant[key] = near
    return {meant[key]: value for key, value in data.items()}


@lru_cache(maxsize=1000)
def _nearest(key: str, missing: tuple[str, ...]) -> str:
    """The key that a misspelt one is meant to be, or nothing; `source:log` is one whose colon lacks its space.

    Every problem of a record asks for the same ones.
    """
    head, colon, _ = key.partition(":")
    return next(iter([head] if colon and head in missing else closest(key, missing)), "")


def readable(cls: type[Frozen], data: Any) -> Any:
    """What of a record could be read, key by key and item by item, so that the rest of its problems is found in the same run."""
    kept: dict[str, Any] = {}
    given = _mended(cls, data)
    for name, hint in hints(cls).items():
        if name in given:
            kept |= _one(name, hint, given[name])
            inner: Any = next(iter(get_args(hint)), None)
            if name not in kept and get_origin(hint) is tuple and isinstance(given[name], list):
                # what did not come through keeps its place, so that positions hold
                kept[name] = tuple(
                    readable(inner, item) if _is_value(inner) else _one(name, inner, item).get(name, NO_ITEM)
                    for item in given[name]
                )
    return cls(**kept)


def _one(name: str, hint: Any, given: Any) -> dict[str, Any]:
    """What stands under a key, by the key; nothing where it cannot be read."""
    with suppress(ValidationError):
        return {name: validator(hint).validate_python(given)}
    return {}


def _is_value(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, Frozen)


def read_pack(nodes: Nodes, problems: list[Problem]) -> Pack:
    """Read `pack.yaml`; where it has problems, which are appended, what of it could be read, empty where that is nothing."""
    if nodes.data is None and not nodes.problems:
        words = Text("pack.yaml is empty", "pack.yamlが空")
        hint = Text("cabrief init makes one to begin with", "cabrief initで初めの形を作れる")
        problems.append(Problem(nodes.where(()), "missing-key", words, hint))
    found = validate(Pack, nodes.data, nodes, (), problems) if nodes.data is not None else None
    if found:
        for name in ("countries", "powers", "areas"):
            if (count := len(getattr(found, name))) > MOST_OF_PACK:
                en, ja = "{n:,} {name}, more than {most}", "{name}が{n:,}で、{most}を超える"
                words = template(en, ja, n=count, name=name, most=MOST_OF_PACK)
                problems.append(Problem(nodes.where((name,)), "too-large", words))
                found = found.but(**{name: getattr(found, name)[:MOST_OF_PACK]})
        if (cells := len(found.countries) * len(found.treaty_types)) > MOST_CELLS:
            en = "a table of these types of treaty with all countries has {n:,} cells, more than {most:,}"
            ja = "これらの条約の種類と全ての国との表は{n:,}マスで、{most:,}を超える"
            words = template(en, ja, n=cells, most=MOST_CELLS)
            problems.append(Problem(nodes.where(("treaty_types",)), "too-large", words))
        return found  # type: ignore[no-any-return]
    rest = dict(readable(Pack, nodes.data).__dict__)
    rest["basics"] = tuple(each for each in rest.get("basics", ()) if {"id", "label"} <= set(each.__dict__))
    empty: dict[str, Any] = {name: "" if name == "id" else () for name in hints(Pack)}
    return Pack(**{**empty, "host": "", "summit": None, "name": same(""), "region": same(""), **rest})


def validate(cls: Any, data: Any, nodes: Nodes, path: Place, problems: list[Problem]) -> Any:
    """Read one record of a class, or append all that is wrong with it and return None.

    `path` is where `data` stands in the file of `nodes`.
    """
    if not isinstance(data, dict):
        words = Text("expected a record: a mapping with an id", "記録（idを持つマッピング）が必要")
        problems.append(Problem(nodes.where(path), "wrong-type", words))
        return None
    found = _errors(cls, data)
    if isinstance(found, cls):
        return found
    if len(found) > MOST_PROBLEMS:
        problems.append(_too_many(nodes, path))
    strange = [error for error in found if error["type"] == "unexpected_keyword_argument"]
    guessed = strange[:MOST_MEANT]
    meant = {_meant(error, found) for error in guessed}
    mended = _mended(cls, data)
    name = _called(cls, mended) if path else Text("the pack", "パック")
    problems += [
        _problem(cls, data, error, nodes.where, (name, path), guess=error not in strange or error in guessed)
        for error in found
        if error["type"] != "missing" or error["loc"] not in meant
    ]
    # what stands under a misspelt key may be wrong as well
    written = {right: key for right, key in zip(mended, data, strict=True) if right != key}
    again = _errors(cls, mended) if written else ()
    for error in () if isinstance(again, cls) else again:
        if error["loc"][0] in written and ":" not in written[error["loc"][0]]:
            error["loc"] = (written[error["loc"][0]], *error["loc"][1:])
            problems.append(_problem(cls, data, error, nodes.where, (name, path), guess=True))
    return None


def _called(cls: Any, data: dict[str, Any]) -> Text:
    """A record as its problems name it."""
    id_ = str(data.get("id") or "")
    called = kind_of(cls).name if issubclass(cls, Record) else same("")
    return template("{k} {i}", "{k}{i}", k=called, i=cut(id_)) if id_ else called


def _errors(cls: Any, data: dict[str, Any]) -> Any:
    """What pydantic finds wrong; or the record, where that is nothing."""
    try:
        return validator(cls).validate_python(data)
    except ValidationError as invalid:
        return invalid.errors(include_url=False)[: MOST_PROBLEMS + 1]


def _meant(error: Any, errors: list[Any]) -> tuple[Any, ...]:
    """The place of the missing key that a misspelt one is meant to be, which is then no problem of its own."""
    *above, key = error["loc"]
    missing = tuple(e["loc"][-1] for e in errors if e["type"] == "missing" and e["loc"][:-1] == tuple(above))
    near = _nearest(str(key), missing)
    return (*above, near) if near else ()


def _problem(
    cls: type[Any],
    data: dict[str, Any],
    error: Any,
    place: Callable[..., Where],
    of: tuple[Text, Place],
    *,
    guess: bool,
) -> Problem:
    """What is wrong in a record, `of` which the name and the place are given; with a `guess` at what a key was meant to be."""
    (name, path), loc = of, tuple(error["loc"])
    where = place((*path, *loc), key=error["type"] == "unexpected_keyword_argument")
    at = ".".join(str(part) for part in loc)

    def words(en: str, ja: str, **more: Text | str) -> Text:
        return template("{name}: " + en, "{name}: " + ja, name=name, at=at, **more)

    cause = error.get("ctx", {}).get("error")
    if isinstance(cause, Bad):
        if cause.key:
            where = place((*path, *loc, cause.key), key=True)
        return Problem(where, cause.code, words("{at}: {cause}", "{at}: {cause}", cause=cause.message), cause.hint)
    match error["type"]:
        case "missing":
            return Problem(where, "missing-key", words("{at} is missing", "{at}がない"))
        case "unexpected_keyword_argument":
            message = words("unknown key {key}", "{key}というキーはない", key=quoted(at))
            return Problem(where, "unknown-key", message, _key_hint(cls, data, loc, guess=guess))
        case "literal_error" if error["input"] is None:
            return Problem(where, "unknown-value", words("{at} is empty", "{at}が空"), _choose("", _words_of(error)))
        case "literal_error":
            found = str(error["input"])
            message = words("{at} cannot be {found}", "{at}を{found}とは書けない", found=quoted(found))
            return Problem(where, "unknown-value", message, _choose(found, _words_of(error)))
        case "tuple_type":
            message = words("{at}: expected a list", "{at}: リストが必要")
            return Problem(where, "wrong-type", message, _shape_hint(cls, loc))
        case "dataclass_type" | "dict_type":
            message = words("{at}: expected a mapping", "{at}: マッピングが必要")
            return Problem(where, "wrong-type", message, _shape_hint(cls, loc))
        case _:
            return Problem(where, "wrong-type", words("{at}: {said}", "{at}: 形が合わない：{said}", said=error["msg"]))


def _key_hint(cls: type[Any], data: Any, loc: tuple[Any, ...], *, guess: bool) -> Text:
    """What a key that is none may have been meant to be: another, or words that were cut at a comma or lack a space."""
    for part in loc[:-1]:
        data = data[part] if isinstance(data, (list, dict)) else None
    key = str(loc[-1])
    names = field_names(_class_at(cls, loc[:-1]))
    if ":" in key and key.partition(":")[0] in names:
        return Text("write a space after the colon", "コロンの後に空白を入れる")
    near = did_you_mean(key, names) if guess else EMPTY
    if not near.en and isinstance(data, dict) and data.get(key) is None:
        return Text("put words with a comma into quotes", "コンマを含む言葉は引用符で囲む")
    return near


def _shape_hint(cls: type[Any], loc: tuple[Any, ...]) -> Text:
    """How a list or a mapping is written at a place."""
    inner = _class_at(cls, loc)
    wanted = [name for name in hints(inner) if not hasattr(inner, name)]
    if inner is cls or not wanted:
        return Text("write [a, b]", "[a, b]と書く")
    mapping = "{" + ", ".join(f"{name}: …" for name in wanted) + "}"
    listed = get_origin(_hint_at(cls, loc)) is tuple and not isinstance(loc[-1], int)
    return template("write {m}", "{m}と書く", m=f"[{mapping}]" if listed else mapping)


def _hint_at(cls: type[Any], loc: tuple[Any, ...]) -> Any:
    names = [part for part in loc if isinstance(part, str)]
    return hints(_class_at(cls, tuple(names[:-1]))).get(names[-1])


def _words_of(error: Any) -> list[str]:
    return _choices(error["ctx"]["expected"])


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
        cls = next((inner for inner in _walk(annotation) if _is_value(inner)), cls)
    return cls


def _walk(annotation: Any) -> Iterator[Any]:
    yield annotation
    for inner in get_args(annotation):
        yield from _walk(inner)
