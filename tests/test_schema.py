"""The JSON Schema that editors use says what the loader says."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from cabrief import build, jsonschema
from conftest import ATOLLS
from test_problems import BROKEN

TOP = Path(__file__).parents[1]


class Yaml12(yaml.SafeLoader):
    """As an editor reads YAML: dates stay strings."""


Yaml12.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def errors(text: str, schema: dict[str, Any]) -> list[str]:
    Draft202012Validator.check_schema(schema)
    data = yaml.load(text, Yaml12)  # noqa: S506 - a safe loader with fewer types
    return [f"{list(error.path)}: {error.message}" for error in Draft202012Validator(schema).iter_errors(data)]


def test_kept_schemas_are_current() -> None:
    """What the editor setting points to is what the program prints."""
    for name, schema in (("facts", jsonschema.fact_file()), ("pack", jsonschema.pack_file())):
        assert json.loads((TOP / ".vscode" / f"{name}.schema.json").read_text("utf-8")) == json.loads(
            json.dumps(schema)
        )


def test_shipped_files_are_valid() -> None:
    for layer in build.layers([ATOLLS])[-1:] + build.layers([]):
        for file in layer.files:
            schema = jsonschema.pack_file() if file.name == "pack.yaml" else jsonschema.fact_file()
            assert errors(file.read_text("utf-8"), schema) == [], file


STRUCTURAL = (
    "unknown-key", "unknown-kind", "unknown-value", "bad-id", "missing-key", "missing-language", "comma-in-braces",
    "phrase-too-long", "wrong-type", "number",
)  # fmt: skip


@pytest.mark.parametrize("name", STRUCTURAL)
def test_what_the_loader_refuses_by_shape_the_schema_refuses(name: str) -> None:
    assert errors(BROKEN[name][0], jsonschema.fact_file())
