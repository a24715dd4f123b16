"""The JSON Schema that editors use says what the loader says, by an independent validator."""

import json
import re
import subprocess
import sys
from pathlib import Path
from shutil import which
from typing import Any, get_args, get_origin

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft202012Validator

from cabrief.authoring.json_schema import fact_file_schema, pack_file_schema, schema_text
from cabrief.authoring.meanings import SHARED_MEANINGS, meaning, own_meanings
from cabrief.authoring.skeletons import record_skeleton
from cabrief.loading.layers import find_layers
from cabrief.model.frozen import Frozen
from cabrief.model.kinds import kinds
from cabrief.model.record import Pack, Record
from cabrief.problems.problem import Problem
from cabrief.reading import nodes, records, validators
from conftest import ATOLLS
from test_pacific import PACIFIC
from test_problems import BROKEN

TOP = Path(__file__).parents[1]
FACTS, PACK = fact_file_schema(), pack_file_schema()
VALIDATORS = (Draft202012Validator(FACTS), Draft7Validator(FACTS))


class Core(yaml.SafeLoader):
    """As an editor reads YAML, by the core schema of YAML 1.2: dates and `no` are words."""


Core.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", "true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", "~|null|Null|NULL|", "~nN\0"),
    ("int", "[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{pattern})$"), list(first))
Core.add_constructor("tag:yaml.org,2002:int", lambda _, node: int(node.value))
Core.add_constructor("tag:yaml.org,2002:float", lambda _, node: float(node.value))


def accepted_by_editors(text: str) -> bool:
    """What an editor says of a fact file; both dialects must agree."""
    data = yaml.load(text, Core)  # noqa: S506 - a safe loader with fewer types
    verdicts = {validator.is_valid(data) for validator in VALIDATORS}
    assert len(verdicts) == 1
    return True in verdicts


def refused_by_the_loader(text: str) -> list[str]:
    """What the loader says of the shape of a fact file."""
    problems: list[Problem] = []
    read = nodes.read(text.encode(), "x.yaml")
    assert read.problems == [], "this is no matter of shape"
    list(records.read_records(read, "mine", problems))
    return [str(problem) for problem in problems]


def test_both_dialects_know_the_schemas() -> None:
    """The schemas are valid by the metaschemas of draft-07 and 2020-12."""
    for lang in ("en", "ja"):
        for made in (fact_file_schema(lang), pack_file_schema(lang)):
            Draft202012Validator.check_schema(made)
            Draft7Validator.check_schema(made)


def test_kept_schemas_are_current() -> None:
    """What the editor setting points to is what the program prints."""
    for name, made in (("facts", FACTS), ("pack", PACK)):
        assert (TOP / ".vscode" / f"{name}.schema.json").read_text("utf-8") == schema_text(made)


def test_every_key_is_described_in_both_languages() -> None:
    """Each key of each class has its meaning, which an editor shows; no meaning is of a key that is not there."""
    classes: dict[str, type[Frozen]] = {}

    def walk(hint: Any) -> None:
        for inner in get_args(hint):
            walk(inner)
        if isinstance(hint, type) and issubclass(hint, Frozen) and hint.__name__ not in classes:
            classes[hint.__name__] = hint
            for each in validators.hints(hint).values():
                walk(each)

    for cls in (*(each.record for each in kinds().values()), Pack):
        walk(cls)
    shared: set[str] = set()
    own: dict[str, set[str]] = {}
    for name, cls in classes.items():
        for key in validators.hints(cls):
            assert meaning(cls, key).ja, f"{name}.{key}"
            mine = key if issubclass(cls, Record) else f"{name}.{key}"
            if mine in own_meanings(cls):
                own.setdefault(cls.__module__, set()).add(mine)
            else:
                shared.add(f"{name}.{key}" if f"{name}.{key}" in SHARED_MEANINGS else key)
    assert shared == set(SHARED_MEANINGS)
    assert all(own.get(each.record.__module__, set()) == set(each.meanings) for each in kinds().values())
    english, japanese = FACTS["$defs"]["Note"]["properties"], fact_file_schema("ja")["$defs"]["Note"]["properties"]
    assert all(english[key]["description"] != japanese[key]["description"] for key in english)
    assert "policy" in english["aspect"]["enum"]
    assert all(FACTS["$defs"][name]["examples"] for name in FACTS["$defs"])


def test_examples_are_examples() -> None:
    for name, made in FACTS["$defs"].items():
        for example in made.get("examples", ()):
            alone = Draft202012Validator({"$defs": FACTS["$defs"], "$ref": f"#/$defs/{name}"})
            assert alone.is_valid(example), (name, example)


@pytest.mark.slow
def test_shipped_files_are_valid() -> None:
    for layer in [*find_layers([ATOLLS])[-1:], *find_layers([PACIFIC])[-1:], *find_layers([])]:
        for file in layer.files:
            text = Path(file).read_text("utf-8")
            if file == layer.pack_file():
                assert Draft202012Validator(PACK).is_valid(yaml.load(text, Core))  # noqa: S506
            else:
                assert accepted_by_editors(text), file


# no matter of shape: the YAML itself, or what a schema never sees of it
UNSEEN = {name for name in BROKEN if nodes.read(BROKEN[name][0].encode(), "x.yaml").problems}


@pytest.mark.parametrize("name", [name for name in BROKEN if name not in UNSEEN])
def test_broken_files(name: str) -> None:
    """Whatever the loader refuses for its shape, an editor underlines, and nothing else; a range that runs backwards it cannot see."""
    text = BROKEN[name][0]
    assert accepted_by_editors(text) == (not refused_by_the_loader(text) or name == "range")


VALUES = (
    "a",
    "an-id",
    "An Id",
    "a.b",
    "a.b.c",
    "''",
    "' '",
    "~",
    "true",
    "True",
    "'true'",
    "no",
    "12",
    "'12'",
    "012",
    "-1",
    "0",
    "3.5",
    "1234567890123456789",
    "2025",
    "999",
    "10000",
    "2025-12",
    "2025-13",
    "2025-00",
    "2024-02-29",
    "2023-02-29",
    "1900-02-29",
    "2000-02-29",
    "2025-04-31",
    "2025-1-1",
    "2013~",
    "2013?%",
    "2013/2014",
    "2013/",
    "0000",
    "2025-12-19/2025-12-20",
    "unknown",
    "percent",
    "[]",
    "[a]",
    "[a, ~]",
    "[[a]]",
    "['']",
    "{}",
    "{en: a, ja: b}",
    "{en: a}",
    "{en: a, ja: ''}",
    "{en: a, ja: b, fr: c}",
    "{en: 1, ja: 2}",
    "{en: a, ja: [b]}",
    "[{en: a, ja: b}]",
    "[{}]",
    "{a: {value: 1}}",
    "{a: 1}",
    "{value: 1, unit: km}",
    "{value: a, unit: km}",
    "[{source: s, phrase: four}]",
    "[{source: s, phrase: abc}]",
    "[{source: s, phrase: four, line: 0}]",
    "[{source: s, phrase: four, line: 7}]",
    "[{source: s}]",
    "[{says: {en: a, ja: b}, refs: []}]",
    "news",
    "member",
    "signed",
    "[{stage: signed, date: 2025}]",
    "[{stage: sgned, date: 2025}]",
    "abcd",
    "../x",
    "a/b",
    ".a",
    "a.txt",
    "a phrase of twenty-five c",
    "a phrase of twenty-six ch",
)


def _each_hint_once() -> list[tuple[str, str]]:
    seen: dict[str, tuple[str, str]] = {}
    for plural, each in kinds().items():
        for key, hint in validators.hints(each.record).items():
            seen.setdefault(f"{hint} {get_origin(hint)}", (plural, key))
    return list(seen.values())


@pytest.mark.one_in(48)
@pytest.mark.parametrize(("plural", "key"), _each_hint_once(), ids=str)
def test_every_type_of_value(plural: str, key: str) -> None:
    """A record with one value put in the place of another is accepted by both, or by neither."""
    lines = re.sub("^    # ", "    ", record_skeleton(plural), flags=re.MULTILINE).splitlines()
    lines = [line.partition("  #")[0] for line in lines]
    at = next(i for i, line in enumerate(lines) if line.strip(" -").startswith(f"{key}:"))
    head = lines[at].partition(":")[0]
    for value in VALUES:
        text = "\n".join([*lines[:at], f"{head}: {value}", *lines[at + 1 :]]) + "\n"
        problems = refused_by_the_loader(text)
        assert accepted_by_editors(text) == (not problems), (value, problems)


@pytest.mark.parametrize("examples", [80, pytest.param(400, marks=pytest.mark.slow)])
def test_dates_and_ids(examples: int) -> None:
    """Dates but for the order of a range, and ids, spelt in any way."""
    chosen = given(st.text(alphabet="0123456789-/~?%", max_size=22), st.text(alphabet="abz019-._ A", max_size=12))
    settings(deadline=None, max_examples=examples)(chosen(_dates_and_ids))()


def _dates_and_ids(date: str, slug: str) -> None:
    for key, value in (("date", date), ("id", slug)):
        note = {"id": "n", "aspect": "risk", "text": "{en: a, ja: b}", "refs": "[]", key: "'" + value + "'"}
        text = "notes:\n  - {" + ", ".join(f"{k}: {v}" for k, v in note.items()) + "}\n"
        problems = refused_by_the_loader(text)
        backwards = any("ends before it begins" in problem for problem in problems)
        assert accepted_by_editors(text) == (not problems or backwards), (value, problems)


def patterns(schema: Any) -> set[str]:
    """Every pattern of a schema."""
    if isinstance(schema, dict):
        own = {schema["pattern"]} if isinstance(schema.get("pattern"), str) else set()
        return own.union(*map(patterns, schema.values()))
    return set().union(*map(patterns, schema)) if isinstance(schema, list) else set()


@pytest.mark.skipif(not which("node"), reason="node is not installed")
def test_patterns_are_those_of_ecmascript() -> None:
    """Each compiles with the `u` flag, as editors and other validators compile it."""
    found = sorted(patterns(fact_file_schema()) | patterns(pack_file_schema()))
    assert len(found) > 5
    script = "for (const p of JSON.parse(require('fs').readFileSync(0))) new RegExp(p, 'u')"
    done = subprocess.run(["node", "-e", script], input=json.dumps(found), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def check_jsonschema(schema: str, *files: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--schemafile",
        str(TOP / ".vscode" / schema),
        *map(str, files),
    ]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_check_jsonschema_takes_the_schemas(tmp_path: Path) -> None:
    """The validator that others use in their hooks accepts the schemas, right files, and no broken ones."""
    for schema, file in (("facts.schema.json", ATOLLS / "facts.yaml"), ("pack.schema.json", ATOLLS / "pack.yaml")):
        done = check_jsonschema(schema, file)
        assert done.returncode == 0, done.stdout + done.stderr
    for name, (text, told) in WRONG_FILES.items():
        broken = tmp_path / f"{name}.yaml"
        broken.write_text(text, "utf-8")
        done = check_jsonschema("facts.schema.json", broken)
        assert done.returncode == 1, name
        assert told in done.stdout, done.stdout


WRONG_FILES = {
    "url": (
        "sources:\n  - {id: a, title: A, publisher: A, language: en, kind: news, url: 'https://a b\"'}\n",
        "does not match",
    ),
    "key": ("topics:\n  - {id: a, name: {en: A, ja: あ}, colour: red}\n", "'colour' was unexpected"),
    "degrees": (
        "routes:\n  - {id: a, name: A, text: {en: A., ja: あ。}, refs: [], stops: [{name: A, lat: 91, lon: 0}]}\n",
        "greater than the maximum",
    ),
}


@pytest.mark.slow
def test_check_jsonschema_accepts_every_shipped_file() -> None:
    files = sorted(path for path in (TOP / "data").rglob("*.yaml") if path.name != "pack.yaml")
    assert len(files) > 90
    done = check_jsonschema("facts.schema.json", *files)
    assert done.returncode == 0, done.stdout
