"""Files from a stranger: each is read or refused with a clear problem, soon and in little memory, and nothing else happens."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cabrief.language.text import UNPRINTABLE
from cabrief.problems.printing import HowProblems, as_excerpts
from cabrief.problems.problem import Problem
from cabrief.reading import nodes, records
from conftest import ATOLLS

HEAD = "notes:\n  - id: n\n    aspect: outlook\n    refs: [{source: log, line: 1, phrase: hello}]\n    text: "
HOSTILE: dict[str, tuple[bytes, set[str]]] = {
    "python object": (b"notes: !!python/object/apply:os.system [echo]\n", {"tag"}),
    "billion laughs": (b"a: &a [x, x]\nb: &b [*a, *a]\nnotes: [*b, *b]\n", {"alias"}),
    "deep": (b"[" * 400_000, {"too-deep"}),
    "deep mapping": (b"{a: " * 200_000, {"too-deep"}),
    "large": (b"# " + b"x" * 1_500_000, {"too-large"}),
    "long line": (b"notes: '" + b"x" * 900_000 + b"'\n", {"wrong-type"}),
    "many records": (b"notes:\n" + b"  - x\n" * 50_000, {"wrong-type", "too-many"}),
    "too many records": (b"notes:\n" + b"  - x\n" * 100_000, {"too-large"}),
    "many keys": (b"".join(b"k%d: []\n" % i for i in range(50_000)), {"too-large"}),
    "many keys in a record": (
        b"notes:\n  - {" + b",".join(b"k%d" % i for i in range(999)) + b"}\n",
        {"too-many", "unknown-key"},
    ),
    "many ids": (HEAD.encode() + b"{en: A., ja: B.}\n    topics: [" + b"a," * 900 + b"]\n", {"unknown-id"}),
    "endless ids": (HEAD.encode() + b"{en: A., ja: B.}\n    topics: [" + b"a," * 400_000 + b"]\n", {"too-large"}),
    "many bad ids": (HEAD.encode() + b"{en: A., ja: B.}\n    topics: [" + b"A," * 900 + b"]\n", {"bad-id"}),
    "many names": (
        HEAD.encode() + b"{en: A., ja: B.}\n    topics: [" + b"".join(b"x%d," % i for i in range(900)) + b"]\n",
        {"unknown-id"},
    ),
    "empty refs": (b"notes:\n  - {id: n, refs: [" + b"{}," * 900 + b"]}\n", {"missing-key"}),
    "one key again and again": (b"notes:\n  - {" + b"a," * 400_000 + b"}\n", {"duplicate-key", "too-large"}),
    "many escapes": (b"notes: [" + b'"\\e",' * 50_000 + b"]\n", {"invisible"}),
    "many escapes in a text": (b'notes: "' + b"\\u202e" * 150_000 + b'"\n', {"invisible"}),
    "a long tag": (b"notes: !" + b"a" * 900_000 + b" []\n", {"tag"}),
    "a key with an escape": (b'notes:\n  - {"\\e[31m": a}\n', {"invisible"}),
    "nul": (b"notes: \x00\n", {"invisible"}),
    "control": (b"notes: \x1b[31m\n", {"invisible"}),
    "text turned around": (HEAD.encode() + "{en: abc\u202etxt., ja: あ。}\n".encode(), {"invisible"}),
    "an escape spelt out": (HEAD.encode() + b'{en: "\\e[31mred", ja: "\\u202e"}\n', {"invisible"}),
    "utf-16": ("notes: []\n".encode("utf-16"), {"encoding"}),
    "utf-32": ("notes: []\n".encode("utf-32"), {"encoding"}),
    "latin-1": (b"# caf\xe9\nnotes: []\n", {"encoding"}),
    "half a surrogate": (b"notes: '\xed\xa0\x80'\n", {"encoding"}),
    "path as id": (
        HEAD.replace("id: n", "id: ../../etc/passwd").encode() + "{en: A., ja: あ。}\n".encode(),
        {"bad-id"},
    ),
    "null everywhere": (b"notes: [~, {id: ~, text: ~, refs: ~}]\n", {"wrong-type", "missing-key"}),
    "lists for words": (
        b"figures: [{id: f, unit: [a], value: {}, label: [], text: [], refs: {}}]\n",
        {"wrong-type", "unknown-value"},
    ),
    "tabs": (b"notes:\n\t- id: n\n", {"yaml"}),
    "nothing": (b"", set()),
    "only a word": (b"hello\n", {"wrong-type"}),
}


@pytest.mark.one_in(2)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file(name: str, problems_of: Callable[[bytes], list[Problem]]) -> None:
    raw, codes = HOSTILE[name]
    found = problems_of(raw)
    assert codes <= {problem.code for problem in found} or (not codes and not found), [str(p)[:200] for p in found[:5]]
    assert not any(re.search(UNPRINTABLE, str(problem)) for problem in found)
    assert len(found) < 60_000
    assert all(len(str(problem)) < 2_000 for problem in found)


@pytest.mark.one_in(8)
@pytest.mark.parametrize(
    "name",
    [
        "deep",
        "large",
        "many records",
        "many keys",
        "long line",
        "billion laughs",
        "many keys in a record",
        "endless ids",
        "many names",
        "one key again and again",
        "many escapes",
        "many escapes in a text",
        "a long tag",
    ],
)
def test_soon_and_small(name: str, tmp_path: Path) -> None:
    """The heaviest of them within a few seconds of processor time and 200 MB, in a process of their own."""
    (tmp_path / "facts.yaml").write_bytes(HOSTILE[name][0])
    program = (
        "import resource, sys\nresource.setrlimit(resource.RLIMIT_CPU, (10, 10))\n"
        "resource.setrlimit(resource.RLIMIT_AS, (1_200_000_000, 1_200_000_000))\n"
        "sys.argv = ['cabrief', 'check', *sys.argv[1:]]\nfrom cabrief.cli.application import main\n"
        "try:\n    main()\nfinally:\n    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)\n"
    )
    done = subprocess.run(
        # a process counts the memory of the one that it was forked from, so a small one stands between
        ["sh", "-c", '"$@"; exit $?', "sh", sys.executable, "-c", program, str(tmp_path), "--data", str(ATOLLS)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr[-500:]
    assert "Traceback" not in done.stderr
    assert int(done.stderr.split()[-1]) < 200_000, "kilobytes"


def test_what_is_no_file(tmp_path: Path) -> None:
    """A pipe, a device, links out of the directory and a file's second name are refused by name, not opened."""
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "device.yaml").symlink_to("/dev/zero")
    (tmp_path / "outside.yaml").symlink_to("/etc/passwd")
    (tmp_path / "broken.yaml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "fine.yaml").write_text("notes: []\n", "utf-8")
    (tmp_path / "inside.yaml").symlink_to(tmp_path / "fine.yaml")
    command = [sys.executable, "-m", "cabrief", "check", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=20)
    assert done.returncode == 1
    assert [line.split("/")[-1].split(":")[0] for line in done.stdout.splitlines()] == [
        "broken.yaml",
        "device.yaml",
        "inside.yaml",
        "outside.yaml",
        "pipe.yaml",
    ]
    assert all("not-a-file" in line for line in done.stdout.splitlines())


def test_what_fuzzing_found() -> None:
    """Every input that once went wrong is read or refused, and prints."""
    corpus = sorted((Path(__file__).parent / "fuzz" / "corpus").iterdir())
    assert corpus
    for file in corpus:
        read = nodes.read(file.read_bytes(), "x.yaml")
        problems = [*read.problems]
        list(records.read_records(read, "mine", problems))
        shown = as_excerpts(problems, {"x.yaml": read.raw}, HowProblems(width=60))
        assert not re.search(UNPRINTABLE, shown.replace("\n", "")), file.name


words = st.sampled_from(
    [
        "notes:",
        "- id: a",
        "  text:",
        "{en: A, ja: あ}",
        "[",
        "]",
        "{",
        "}",
        ":",
        ",",
        "- ",
        "\n",
        "\n  ",
        "'",
        '"',
        "|",
        ">",
        "&a",
        "*a",
        "!!x",
        "%YAML",
        "---",
        "refs",
        "#",
        "\t",
        "~",
        "null",
        "?",
        "\u202e",
        "é",
        "\x07",
        "2025-13",
        "events:",
        "countries: [all]",
    ]
)


@pytest.mark.parametrize("examples", [300, pytest.param(1500, marks=pytest.mark.slow)])
def test_any_bytes_are_read_or_refused(examples: int) -> None:
    """Whatever the bytes, what comes back is data and problems that print as plain text; nothing is raised."""
    chosen = given(st.one_of(st.binary(max_size=120), st.lists(words, max_size=30).map("".join).map(str.encode)))
    settings(deadline=None, max_examples=examples)(chosen(_is_read_or_refused))()


def _is_read_or_refused(raw: bytes) -> None:
    read = nodes.read(raw, "x.yaml")
    problems: list[Problem] = list(read.problems)
    list(records.read_records(read, "mine", problems))
    for problem in problems:
        assert not re.search(UNPRINTABLE, problem.words("en") + problem.words("ja"))
        assert problem.where.line >= 0
