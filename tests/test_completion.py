"""Completion in the shells: closed sets, ids, and names in any script."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cabrief.cli.application import COMMANDS
from cabrief.cli.completing import SHELLS
from conftest import ATOLLS, Run

CABRIEF = str(Path(sys.executable).with_name("cabrief"))


def offered(shell: str, *words: str, **environment: str) -> list[str]:
    """What a shell is offered behind the words, the last of which is not finished."""
    asked = {
        "_CABRIEF_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": " ".join(("cabrief", *words)),
        "COMP_CWORD": str(len(words)),
        "_TYPER_COMPLETE_ARGS": " ".join(("cabrief", *words)),
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    done = subprocess.run(
        [CABRIEF], capture_output=True, text=True, env={**os.environ, **asked, **environment}, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.split("\n")
    if shell == "zsh":  # _arguments '*: :(("a"⏎"b"))'
        lines = done.stdout.strip().removeprefix("_arguments '*: :((").removesuffix("))'").split("\n")
    return [line.strip('"') for line in lines if line not in ("", "_files")]


@pytest.mark.one_in(13)
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("facts --kind s", {"source", "statement"}),
        ("facts --nature r", {"reported"}),
        ("facts --nature 出", {"出典による事実"}),
        ("commitments --status k", {"kept"}),
        ("disputes --weight h", {"high"}),
        ("disputes --category o", {"outdated"}),
        ("timeline --by a", {"actor"}),
        ("timeline --kind su", {"summit"}),
        ("compare --on tr", {"treaties"}),
        ("compare --on basics,tr", {"basics,treaties"}),
        ("check --explain bad-d", {"bad-date"}),
        ("sources --kind an", {"analysis"}),
        ("brief --format m", {"markdown"}),
        ("brief --lang j", {"ja"}),
        ("check --format g", {"github"}),
        ("new no", {"note"}),
        ("country kaz", {"kazakhstan"}),
        ("country カ", {"カザフスタン"}),
        ("country каз", {"казахстан"}),
        ("commitments --by uz", {"uzbekistan"}),
        ("voices --speaker トカ", {"トカエフ"}),
        ("sea", {"search"}),
        ("facts --top", {"--topic"}),
    ],
)
def test_what_begins_so_is_offered(shell: str, words: str, expected: set[str]) -> None:
    """In bash, zsh and fish alike."""
    found = offered(shell, *words.split())
    assert expected <= set(found)
    last = words.rsplit(maxsplit=1)[-1]
    assert all(each.startswith(last) and " " not in each for each in found)


def test_a_family_name_completes(run: Run) -> None:
    """What is offered of people names them: `voices --speaker` takes it."""
    found = offered("bash", "voices", "--speaker", "Tok")
    assert len(found) == 1
    assert run("voices", "--speaker", found[0]).stderr == ""


def test_ids_of_all_facts_complete() -> None:
    """`why` takes any of them."""
    assert offered("bash", "why", "kz-multi-vector-po") == ["kz-multi-vector-policy"]
    assert offered("bash", "why", "tokyo-declaration") != []


def test_facts_of_the_users_own_complete() -> None:
    """Those of a pack that the command line names, or the environment."""
    assert offered("bash", "country", "--data", str(ATOLLS), "ar") == ["aru"]
    assert offered("bash", "country", "ar", CABRIEF_DATA=str(ATOLLS)) == ["aru"]


@pytest.mark.slow
def test_a_completion_costs_no_more_than_a_report(run: Run) -> None:
    """No completion imports what renders, validates or reads YAML, nor the commands that it does not complete."""
    run("country", "kazakhstan")
    program = "import sys\nfrom cabrief.cli.application import main\ntry:\n    main()\nfinally:\n    print(*sys.modules, file=sys.stderr)\n"
    for words in ("country kaz", "country カ", "facts --kind s", "facts --to", "sea"):
        asked = {"_CABRIEF_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": f"cabrief {words}"}
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, env={**os.environ, **asked}, check=False
        )
        assert done.stdout.startswith("_arguments")
        loaded = set(done.stderr.split())
        assert not loaded & {"rich", "pydantic", "yaml"}, words
        commands = {name for name in COMMANDS if f"cabrief.cli.commands.{name}" in loaded}
        assert commands <= {words.split()[0]}


@pytest.mark.one_in(16)
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
@pytest.mark.parametrize(
    "broken",
    [
        {"COMP_CWORD": "x"},
        {"COMP_CWORD": ""},
        {"COMP_CWORD": "-7"},
        {"COMP_CWORD": "9" * 30},
        {"COMP_WORDS": "cabrief 'country"},
        {"COMP_WORDS": "", "_TYPER_COMPLETE_ARGS": ""},
        {"CABRIEF_CONFIG": "/nowhere/config.toml"},
        {"CABRIEF_CACHE_DIR": "/dev/null/x"},
    ],
    ids=str,
)
def test_what_a_shell_gets_wrong_is_no_error(shell: str, broken: dict[str, str]) -> None:
    """Variables that make no sense are answered with nothing, or with what there is: a message would stand in the command line."""
    offered(shell, "country", "kaz", **broken)  # which asserts that it ends well and without a word


@pytest.mark.skipif(os.name != "posix", reason="a shell redirects")
@pytest.mark.parametrize("where", [">&-", ">/dev/full"])
def test_a_completion_that_nobody_can_read(where: str) -> None:
    asked = {"_CABRIEF_COMPLETE": "complete_bash", "COMP_WORDS": "cabrief country k", "COMP_CWORD": "2"}
    done = subprocess.run(
        ["sh", "-c", f'"$0" {where}', CABRIEF], capture_output=True, text=True, env={**os.environ, **asked}, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
@pytest.mark.parametrize("variable", ["COMP_WORDS", "COMP_CWORD"])
def test_variables_that_are_missing(variable: str) -> None:
    """Nothing is offered, and nothing told."""
    asked = {"_CABRIEF_COMPLETE": "complete_bash", "COMP_WORDS": "cabrief cou", "COMP_CWORD": "1"}
    del asked[variable]
    done = subprocess.run([CABRIEF], capture_output=True, text=True, env={**os.environ, **asked}, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_bash_itself_completes(tmp_path: Path) -> None:
    """With the script that the program shows."""
    script = subprocess.run(
        [CABRIEF], capture_output=True, text=True, env={**os.environ, "_CABRIEF_COMPLETE": "source_bash"}, check=True
    ).stdout
    asked = (
        'COMP_WORDS=(cabrief country カ); COMP_CWORD=2; _cabrief_completion cabrief; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    path = f"{Path(CABRIEF).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", f"{script}\n{asked}"],
        capture_output=True,
        text=True,
        env={**os.environ, "PATH": path},
        check=False,
    )
    assert done.stdout == "カザフスタン\n"


HOSTILE = [
    "$(touch${IFS}ran)",
    "`id`",
    "\\$(id)",
    "a;id",
    "a'b",
    'a"b',
    "(a)",
    "{a,b}",
    "*",
    "~root",
    "!1",
    "a|b",
    "&a",
    "<a",
    "a#b",
    "$x",
]


def test_a_number_in_words_is_found_by_its_digits(tmp_path: Path) -> None:
    """A name answers to its numbers in digits too, so these are offered."""
    (tmp_path / "topics.yaml").write_text("topics:\n  - {id: goal, name: Three million tons}\n", "utf-8")
    assert "3000000tons" in offered("bash", "facts", "--topic", "300", CABRIEF_DATA=str(tmp_path))


@pytest.mark.one_in(3)
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_names_that_mean_more_to_a_shell_are_not_offered(shell: str, tmp_path: Path) -> None:
    """A shell evaluates what it is offered, at Tab or at Enter: `$(…)` in a name of a fact file would run."""
    topics = [
        f"  - {{id: t{n}, name: {{en: {json.dumps('Zz ' + name)}, ja: {json.dumps('甲乙' + name)}}}}}"
        for n, name in enumerate((*HOSTILE, "plain"))
    ]
    (tmp_path / "topics.yaml").write_text("topics:\n" + "\n".join(topics) + "\n", "utf-8")
    for begun, plain in (("甲乙", "甲乙plain"), ("Zz", "Zzplain")):
        found = offered(shell, "facts", "--topic", begun, CABRIEF_DATA=str(tmp_path))
        assert plain in found
        assert all(re.fullmatch(r"[\w.+-]+", name) for name in found)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_installing_changes_nothing_of_the_users_own(
    shell: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever stands in the file that the shell reads stays as it is, byte by byte; a second time adds nothing."""
    own = b'alias a=1\r\nexport B="x\ry"\n\nalias caf\xe9=1'
    for name in (".bashrc", ".zshrc"):
        (tmp_path / name).write_bytes(own)
    monkeypatch.setattr("shellingham.detect_shell", lambda: (shell, ""))
    monkeypatch.setenv("HOME", str(tmp_path))
    for _ in range(2):
        assert run("--install-completion").returncode == 0
        files = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
        script = SHELLS[shell][0].rpartition("/")[2]
        assert b"_CABRIEF_COMPLETE" in files.pop(script)
        added = files[".bashrc"].removeprefix(own), files[".zshrc"].removeprefix(own)
        lines = "".join(f"\n{line}\n" for line in SHELLS[shell][2]).encode()
        assert added == {"bash": (lines, b""), "zsh": (b"", lines), "fish": (b"", b"")}[shell]
        assert sorted(files) == [".bashrc", ".zshrc"]


def test_installing_where_there_is_no_room_changes_nothing(tmp_path: Path) -> None:
    """The file that the shell reads may not grow: it keeps all that it has, and no line names a script that is not there."""
    own = b"alias a=1\n" * 920
    (tmp_path / ".bashrc").write_bytes(own)
    script = f"ulimit -f 9; {sys.executable} -m cabrief --install-completion; echo $?"
    done = subprocess.run(
        ["bash", "-c", script], capture_output=True, text=True, env={**os.environ, "HOME": str(tmp_path)}, check=False
    )
    assert done.stdout == "2\n"
    assert "bug" not in done.stderr
    assert (tmp_path / ".bashrc").read_bytes() == own


def test_installing_needs_a_home(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A number for a user, as in a container, has none."""

    def unknown() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr("shellingham.detect_shell", lambda: ("bash", ""))
    monkeypatch.setattr(Path, "home", unknown)
    done = run("--install-completion")
    assert (done.returncode, done.stderr) == (2, "cabrief: the system knows no home directory of yours\n")
