"""`cabrief check` against other validators on the same files, in one run, as ratios of CPU time.

    pip install check-jsonschema yamllint linkml followthemoney
    python benchmarks/peers.py [--quick]

Each checks what it can, and each less than cabrief, which also holds references, dates, orders and evidence across files:

- check-jsonschema: every file against our JSON Schema;
- yamllint: the form of every file, with its rules relaxed;
- linkml-validate: every file, as JSON, against a LinkML schema of our keys, made here from the same declarations;
- ftm validate: every fact as an entity of FollowTheMoney, converted here, the conversion not counted.

A peer that is not installed is left out, and said so. The least of three runs counts; `--quick` runs once, on a small pack.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import which
from typing import Any

import yaml

from cabrief.authoring.json_schema import fact_file_schema
from cabrief.loading.cache import open_base
from cabrief.loading.layers import built_in
from cabrief.model.frozen import field_names
from cabrief.model.kinds import kinds
from cabrief.model.kinds.people import Person
from cabrief.model.record import label

SMALL = Path(__file__).parents[1] / "tests" / "packs" / "atolls"
PROGRAMS = Path(sys.executable).parent


def cpu(command: Sequence[str], runs: int, bytecode: str) -> float:
    """Least CPU seconds of a command over some runs, its children included; raises RuntimeError where it finds a fault.

    Each run has a cache of its own, which holds no build. Every program runs from bytecode in one folder, as an installed one
    does: pip compiles what it installs, but a checkout need not be compiled. A first run that does not count compiles it.
    """
    least = float("inf")
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    for number in range(runs + 1):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        with tempfile.TemporaryDirectory() as cache:
            environment = {**kept, "CABRIEF_CACHE_DIR": cache, "PYTHONPYCACHEPREFIX": bytecode}
            done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode:
            raise RuntimeError(f"{command[0]} found a fault: {(done.stdout + done.stderr)[-2000:]}")
        if number:
            least = min(least, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return least


def linkml_schema(files: list[dict[str, Any]]) -> dict[str, Any]:
    """Our kinds and their keys, as LinkML says them: that a record has an id and no other keys; lists as the files have them."""
    lists_of = {
        (plural, key)
        for file in files
        for plural, records in file.items()
        for record in records
        for key, value in record.items()
        if isinstance(value, list)
    }
    classes: dict[str, Any] = {"Any": {"class_uri": "linkml:Any"}}
    lists = {}
    for plural, each in kinds().items():
        name = each.record.__name__
        keys = {key: {"range": "Any", "multivalued": (plural, key) in lists_of} for key in field_names(each.record)}
        classes[name] = {"attributes": {**keys, "id": {"range": "string", "required": True}}}
        lists[plural] = {"range": name, "multivalued": True, "inlined_as_list": True}
    classes["FactFile"] = {"tree_root": True, "attributes": lists}
    return {
        "id": "https://example.org/facts",
        "name": "facts",
        "imports": ["linkml:types"],
        "prefixes": {"linkml": "https://w3id.org/linkml/"},
        "default_range": "string",
        "classes": classes,
    }


def entities(folder: Path) -> Iterator[dict[str, Any]]:
    """Every record as an entity of FollowTheMoney: a name and its texts."""
    for record, _ in open_base([folder]).records():
        texts = getattr(record, "text", None) or ()
        form = "Person" if isinstance(record, Person) else "Note"
        told = {"name": list(label(record)), "description" if form == "Note" else "summary": list(texts)}
        yield {"id": record.id, "schema": form, "properties": told}


def commands(folder: Path, work: Path) -> dict[str, list[str]]:
    """What each peer is asked."""
    files = sorted(str(path) for path in folder.rglob("*.yaml") if path.name != "pack.yaml")
    (work / "schema.json").write_text(json.dumps(fact_file_schema()), "utf-8")
    plain = [
        json.loads(json.dumps(yaml.load(Path(file).read_bytes(), yaml.CSafeLoader), default=str)) for file in files
    ]
    (work / "linkml.yaml").write_text(yaml.safe_dump(linkml_schema(plain), sort_keys=False), "utf-8")
    for number, file in enumerate(plain):  # with days as words, since the peer takes YAML's dates for something else
        (work / f"{number}.json").write_text(json.dumps(file, ensure_ascii=False), "utf-8")
    copies = [str(work / f"{number}.json") for number in range(len(plain))]
    (work / "entities.json").write_text("".join(json.dumps(each) + "\n" for each in entities(folder)), "utf-8")
    rules = "{extends: relaxed, rules: {line-length: disable, new-line-at-end-of-file: disable}}"
    return {
        "check-jsonschema": ["check-jsonschema", "--schemafile", str(work / "schema.json"), *files],
        "yamllint": ["yamllint", "-d", rules, *files],
        "linkml-validate": ["linkml-validate", "-s", str(work / "linkml.yaml"), "-C", "FactFile", *copies],
        "ftm": ["ftm", "validate", "-i", str(work / "entities.json"), "-o", os.devnull],
    }


def main() -> None:
    """Print cabrief's CPU seconds, and each peer's as a multiple of them."""
    quick = "--quick" in sys.argv
    folder, runs = (SMALL, 1) if quick else (built_in(), 3)
    with tempfile.TemporaryDirectory() as work, tempfile.TemporaryDirectory() as bytecode:
        own = cpu([sys.executable, "-m", "cabrief", "check", str(folder)], runs, bytecode)
        print(f"cabrief check        1.0   ({own:.2f} s of CPU)")
        for name, command in commands(folder, Path(work)).items():
            program = which(command[0], path=f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}")
            if program is None:
                print(f"{name:<20} not installed")
                continue
            print(f"{name:<20} {cpu([program, *command[1:]], runs, bytecode) / own:.1f}")


if __name__ == "__main__":
    main()
