"""Whatever comes from outside is printed as the characters it is: nothing steers a terminal or turns text around."""

import ast
import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from cabrief.language.text import UNPRINTABLE
from conftest import ATOLLS, Run

SRC = Path(__file__).parents[1] / "src" / "cabrief"
EVIL = "\x1b[31mred\x1b]0;title\x07\u202ecba\u200b\u3164\x9b1m"
ESCAPED = '"\\e[31mred\\u202e"'


def raw(done: "subprocess.CompletedProcess[str]") -> list[str]:
    """Characters that ought not to be printed as they are."""
    return re.findall(UNPRINTABLE, done.stdout + done.stderr)


def test_there_is_one_way_to_print() -> None:
    """Every call that prints stands in one module, and what is printed unchecked comes from renderers alone."""
    found: dict[str, set[str]] = {}
    for path in sorted(SRC.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                if called in ("print", "input", "os.write", "print_rendered") or re.search(
                    r"(^|\.)(echo|secho|pprint|print_exc)$|std(out|err)(\.buffer)?\.write", called
                ):
                    found.setdefault(called, set()).add(path.relative_to(SRC).as_posix())
            elif isinstance(node, ast.Name) and node.id == "print" and isinstance(node.ctx, ast.Load):
                found.setdefault("print", set()).add(path.relative_to(SRC).as_posix())
    assert found == {
        "print": {"cli/printing.py"},
        "print_rendered": {"cli/printing.py", "cli/output.py", "cli/progress.py"},
        "sys.stdout.buffer.write": {"cli/printing.py"},
        "os.write": {"assistant/stdio.py"},  # messages for an assistant's program, no terminal
    }


@pytest.mark.parametrize(
    "arguments",
    [
        (f"--{EVIL}",),
        (f"-{EVIL}",),
        (EVIL,),
        ("country", EVIL),
        ("country", "aru", EVIL),
        ("country", f"--lang={EVIL}", "aru"),
        ("country", "aru", "--as-of", EVIL),
        ("country", "aru", "--width", EVIL),
        ("country", "aru", "-f", EVIL),
        ("country", "aru", "-o", f"/nowhere/{EVIL}.md"),
        ("country", "aru", "-o", f"{EVIL}.{EVIL}"),
        ("country", "aru", "--data", f"/nowhere/{EVIL}"),
        ("facts", "--kind", EVIL),
        ("search", EVIL),
        ("why", EVIL),
        ("diff", EVIL),
        ("diff", EVIL, EVIL),
        ("check", f"/nowhere/{EVIL}"),
        ("check", "--explain", EVIL),
        ("check", "--texts", f"/nowhere/{EVIL}"),
        ("new", EVIL),
        ("new", "note", "--from-phrase", EVIL[:20], "--texts", "/"),
        ("timeline", "--since", EVIL),
    ],
    ids=ascii,
)
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_words_of_the_command_line(run: Run, lang: str, arguments: tuple[str, ...]) -> None:
    """They come back in messages as marks or escapes, whichever part of the program or its libraries answers."""
    done = run(*arguments, CABRIEF_DATA=str(ATOLLS), CABRIEF_LANG=lang)
    assert done.returncode in (1, 2), done.stderr
    assert done.stderr
    assert raw(done) == []


def test_a_pack_whose_name_steers(run: Run, tmp_path: Path) -> None:
    """Its folder's name stands in what `init` prints, and in what is said of the folder afterwards."""
    folder = tmp_path / f"pack{EVIL}\nx"
    done = run("init", str(folder))
    assert (done.returncode, raw(done)) == (0, [])
    assert "\nx" not in done.stdout
    assert raw(run("init", str(folder))) == []
    for arguments in (
        ("brief", "--data"),
        ("check",),
        ("check", "-f", "json"),
        ("check", "-f", "github"),
        ("facts", "-f", "json", "--data"),
    ):
        done = run(*arguments, str(folder))
        assert raw(done) == []


def test_an_original_that_steers(run: Run, pack: Path, tmp_path: Path) -> None:
    """A skeleton from a phrase of an original is words alone."""
    texts = tmp_path / "originals"
    texts.mkdir()
    facts = (pack / "facts.yaml").read_text("utf-8")
    (name,) = re.findall(r"document: ([\w.-]+)", facts)[:1]
    (texts / name).write_text(f"here {EVIL} stands\nhere {EVIL} again\n", "utf-8")
    digest = hashlib.sha256((texts / name).read_bytes()).hexdigest()
    (pack / "facts.yaml").write_text(re.sub('sha256: "[0-9a-f]*"', f'sha256: "{digest}"', facts), "utf-8")
    for phrase in ("here ", f"here {EVIL[:8]}"):
        done = run("new", "note", "--from-phrase", phrase, "--texts", str(texts), "--data", str(pack))
        assert raw(done) == []
        assert done.returncode == 0, done.stderr
    done = run("sources", "log", "--texts", str(texts), "--data", str(pack))
    assert (done.returncode, raw(done)) == (0, [])


@pytest.mark.parametrize("form", ["text", "json", "github", "terminal"])
def test_a_fact_file_that_steers(run: Run, pack: Path, tmp_path: Path, form: str) -> None:
    """Its name, keys, ids and values are told as marks."""
    overlay = tmp_path / f"mine{EVIL}"
    overlay.mkdir()
    (overlay / f"a{EVIL}.yaml").write_text(
        f"notes:\n  - {{id: {ESCAPED}, {ESCAPED}: a, aspect: {ESCAPED}}}\n{ESCAPED}: []\n", "utf-8"
    )
    done = run("check", str(overlay), "--data", str(pack), "-f", form)
    assert (done.returncode, raw(done)) == (1, [])
    assert "invisible" in done.stdout


def test_a_layer_whose_name_steers(run: Run, pack: Path, tmp_path: Path) -> None:
    """In reports of every format, and in the word that it was left out."""
    overlay = tmp_path / f"mine{EVIL}"
    overlay.mkdir()
    (overlay / "a.yaml").write_text(
        "notes:\n  - {id: n, aspect: outlook, countries: [aru], text: {en: A., ja: あ。}, refs: [{source: log, line: 1, phrase: hello}]}\n",
        "utf-8",
    )
    for form in ("terminal", "markdown", "json", "ndjson", "csv", "tsv"):
        for arguments in (("country", "aru"), ("facts",), ("why", "n")):
            done = run(*arguments, "--data", str(pack), "--data", str(overlay), "--layers", "-f", form)
            assert (done.returncode, raw(done)) == (0, []), (form, arguments)
    done = run("facts", "--data", str(pack), "--data", str(overlay))
    assert (done.returncode, raw(done)) == (0, [])
    assert "--layers" in done.stderr


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_a_revision_that_steers(run: Run, pack: Path) -> None:
    """What git says is printed as words; so is a branch's name."""
    subprocess.run(["git", "init", "-q"], cwd=pack, check=True)
    for name in (EVIL, "HEAD~1", f"x{EVIL}"):
        done = run("diff", name, "--pack", str(pack))
        assert raw(done) == []
        assert done.returncode == 2, done.stderr


def test_a_configuration_that_steers(run: Run, tmp_path: Path) -> None:
    """Its keys, values and own name."""
    for number, text in enumerate(
        (f'"{EVIL[3:6]}\\u202e" = 1', 'language = "\\u001b[31m"', f"x = {EVIL}", 'data = ["\\u001b[31m"]')
    ):
        file = tmp_path / f"{EVIL}{number}.toml"
        file.write_text(text, "utf-8")
        done = run("facts", CABRIEF_CONFIG=str(file))
        assert raw(done) == []
        assert done.returncode == 2, done.stderr
