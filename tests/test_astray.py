"""Names, links and places that lead astray: what a directory holds, what layers are called, where an answer is written."""

import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from cabrief.loading.cache import open_base
from cabrief.loading.layers import find_layers, read_files
from cabrief.loading.load import load_facts
from cabrief.loading.renew import KEPT_BUILDS
from conftest import ATOLLS, Run, unhurried

LONG = "x" * 100_000
NOTE = "notes:\n  - {id: mine, aspect: resource, of: [aru], text: {en: Aru has fish., ja: 魚。}, refs: [{source: log, line: 1, phrase: Port Aru}]}\n"


def codes_of(*directories: Path) -> list[str]:
    stack = find_layers([ATOLLS, *directories])
    return [problem.code for problem in load_facts(stack, read_files(stack))[1]]


def test_links_that_lead_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("notes: []\n", "utf-8")
    (tmp_path / "a.yaml").symlink_to(tmp_path / "b.yaml")
    (tmp_path / "b.yaml").symlink_to(tmp_path / "a.yaml")
    (tmp_path / "folder").symlink_to(tmp_path)
    assert codes_of(tmp_path) == ["not-a-file"] * 3


def test_seeds_that_are_a_link(tmp_path: Path, run: Run) -> None:
    """A link out of the pack is refused like a link to a file: nothing behind it is read or told; one within it is followed."""
    data = tmp_path / "pack" / "data"
    shutil.copytree(ATOLLS, data)
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "diary.yaml").write_text("secret-key: [private]\n", "utf-8")
    seeds = tmp_path / "pack" / "seeds"
    for target in (tmp_path / "private", Path("../private")):
        seeds.symlink_to(target)
        for arguments in (("check", str(data)), ("country", "aru", "--data", str(data))):
            done = run(*arguments)
            assert done.returncode == 1
            assert f"{seeds}:0:0: not-a-file: " in done.stdout + done.stderr
            assert "secret" not in done.stdout + done.stderr
            assert "diary" not in done.stdout + done.stderr
        seeds.unlink()
    (tmp_path / "pack" / "more").mkdir()
    (tmp_path / "pack" / "more" / "notes.yaml").write_text(NOTE, "utf-8")
    seeds.symlink_to("more")
    assert "Aru has fish" in run("country", "aru", "--data", str(data)).stdout


def test_a_name_that_is_no_text(tmp_path: Path, run: Run) -> None:
    """The file is read, and called by what can be printed of its name."""
    (tmp_path / os.fsdecode(b"\xff.yaml")).write_text(NOTE, "utf-8")
    assert codes_of(tmp_path) == []
    done = run("why", "mine", "--data", str(ATOLLS), "--data", str(tmp_path), "--layers")
    assert done.returncode == 0
    assert "\ufffd.yaml:2" in done.stdout


def test_what_is_refused_is_refused_from_the_cache_too(own: Path, pack: Path, run: Run) -> None:
    """A build that was made before a pipe or a link out of the directory was put there does not answer."""
    assert run("country", "aru", "--data", str(pack)).returncode == 0
    (pack / "more.yaml").symlink_to("/etc/passwd")
    done = run("country", "aru", "--data", str(pack))
    assert (done.returncode, done.stdout) == (1, "")
    assert "not-a-file" in done.stderr


@pytest.mark.parametrize("name", ["built-in", "atolls", "data"])
def test_layers_of_one_name(name: str, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A layer called as another is: its facts are marked all the same, and every record keeps its place."""
    monkeypatch.chdir(tmp_path)
    mine = tmp_path / name
    mine.mkdir()
    (mine / "facts.yaml").write_text(f"# one line more\n{NOTE}", "utf-8")
    given = ("facts", "--data", str(ATOLLS), "--data", name, "--layers", "--as-of", "2031-06-01", "-f", "json")
    rows = {row["id"]: row for row in json.loads(run(*given).stdout)["rows"]}
    assert rows["mine"]["layer"] not in ("built-in", "atolls")
    assert rows["mine"]["layer"].startswith(name)
    assert rows["mine"]["line"] == 3
    assert rows["zemland-motive"]["line"] == 83
    assert "[" in run("country", "aru", *given[1:8], "-f", "terminal").stdout.partition("Aru has fish")[2][:4]


@pytest.mark.slow
def test_a_layer_called_as_the_built_in_facts(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "figures.yaml").write_text("figures: []\n", "utf-8")
    given = ("facts", "--kind", "figure", "-f", "ndjson")
    assert run(*given, "--data", "data", "--layers").stdout == run(*given).stdout


def test_an_answer_goes_where_it_is_sent(pack: Path, tmp_path: Path, run: Run) -> None:
    """Permissions stay, a link is followed, a pipe is written to, a directory is refused."""
    report = ("country", "aru", "--data", str(pack))
    target, link = tmp_path / "out.md", tmp_path / "link.md"
    target.write_text("before", "utf-8")
    target.chmod(0o600)
    link.symlink_to(target)
    assert run(*report, "-o", str(link)).returncode == 0
    assert link.is_symlink()
    assert target.read_text("utf-8").startswith("# Aru")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    for name in (".", str(tmp_path), "/"):
        done = run(*report, "-o", name, "-f", "markdown")
        assert (done.returncode, done.stderr.count("is a directory")) == (2, 1)
    assert run(*report, "-o", "/dev/null", "-f", "markdown").returncode == 0
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_a_file_without_an_ending_is_markdown(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a pipe, where the environment and the configuration are asked first; an ending that says nothing is refused."""
    monkeypatch.chdir(tmp_path)
    report = ("country", "aru", "--data", str(ATOLLS))
    for name in ("notes", "notes.", ".notes"):
        assert run(*report, "-o", name).returncode == 0, name
        assert Path(name).read_text("utf-8") == run(*report).stdout
    assert run(*report, "-o", "/dev/null").returncode == 0
    assert run(*report, "-o", "notes", CABRIEF_FORMAT="json").returncode == 0
    assert json.loads(Path("notes").read_text("utf-8"))["title"]["en"].startswith("Aru")
    assert "no format has the ending '.doc'" in run(*report, "-o", "notes.doc").stderr


def test_an_output_that_is_a_stream(tmp_path: Path, run: Run) -> None:
    """Open streams, pipes and devices are written to, and what stands in an open file stays."""
    command = f"{sys.executable} -m cabrief country aru --data {ATOLLS}"
    expected = run("country", "aru", "--data", str(ATOLLS)).stdout
    out = tmp_path / "out"
    link = tmp_path / "link"
    link.symlink_to("/dev/stdout")
    for script in (
        f"{command} -o /dev/stdout | cat > {out}",
        f"{command} -o /dev/stderr 2>&1 > /dev/null | cat > {out}",
        f"{command} -o {link} | cat > {out}",
        f"{command} -o /dev/fd/3 3> {out}",
        f"{command} -o /proc/self/fd/3 3>&1 | cat > {out}",
        f"{command} -o >(cat > {out}); wait $!; while ! test -s {out}; do sleep 0.05; done",
        f"mkfifo {tmp_path}/pipe; cat {tmp_path}/pipe > {out} & {command} -o {tmp_path}/pipe; wait",
        f"(echo before; {command} -o /dev/stdout; echo after) > {out}",
    ):
        out.unlink(missing_ok=True)
        done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
        assert (done.returncode, unhurried(done.stderr)) == (0, ""), script
        written = out.read_text("utf-8")
        assert written == (f"before\n{expected}after\n" if "before" in script else expected), script
    done = run("country", "aru", "--data", str(ATOLLS), "-o", "/dev/fd/99")
    assert (done.returncode, done.stderr) == (2, "cabrief: cannot write /dev/fd/99: Bad file descriptor\n")


@pytest.mark.slow
def test_links_to_an_open_stream_lead_to_the_stream(tmp_path: Path, run: Run) -> None:
    """What a file got before stays in it, however the stream is called that was opened on it."""
    report = f"{sys.executable} -m cabrief country aru --data {ATOLLS} -f markdown -o"
    expected = run("country", "aru", "--data", str(ATOLLS)).stdout
    out, link, further = tmp_path / "out", tmp_path / "link", tmp_path / "further"
    link.symlink_to("/dev/stdout")
    further.symlink_to("link")
    names = ("/dev/stdout", "/dev/../dev/stdout", "//dev/stdout", "/proc/thread-self/fd/1", str(link), str(further))
    for name in (*names, "/dev/fd/3"):
        script = f"exec 3>&1; echo before; {report} {name}; echo after"
        with out.open("wb") as opened:
            done = subprocess.run(["bash", "-c", script], stdout=opened, stderr=subprocess.PIPE, text=True, check=False)
        assert (done.returncode, unhurried(done.stderr)) == (0, ""), name
        assert out.read_text("utf-8") == f"before\n{expected}after\n", name


def test_a_name_that_ends_as_a_directory_is_no_file(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether it is there or not."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there").mkdir()
    for name in ("x/", "x/.", "there/", "there/..", "x//"):
        done = run("country", "aru", "--data", str(ATOLLS), "-o", name)
        assert (done.returncode, done.stderr) == (2, f"cabrief: {name} is a directory: name a file\n")
        japanese = run("diff", "--since", "2031-01-01", "-o", name, "--lang", "ja")
        assert japanese.stderr == f"cabrief: {name}はフォルダー：ファイルを指定する\n"
    assert [path.name for path in tmp_path.iterdir()] == ["there"]


def test_a_protected_file_stays(tmp_path: Path, run: Run) -> None:
    """A file that nobody may write to is not replaced, not even by root; its link neither."""
    target, link = tmp_path / "brief.md", tmp_path / "link.md"
    target.write_text("signed", "utf-8")
    target.chmod(0o444)
    link.symlink_to(target)
    for name in (target, link):
        done = run("country", "aru", "--data", str(ATOLLS), "-o", str(name))
        assert (done.returncode, done.stderr) == (2, f"cabrief: {name} is write-protected\n")
    assert target.read_text("utf-8") == "signed"


def test_names_as_long_as_the_system_allows(tmp_path: Path, run: Run) -> None:
    """A file of 255 bytes is written; a longer one and links in a circle are refused in words."""
    report = ("country", "aru", "--data", str(ATOLLS), "-f", "markdown", "-o")
    for length in (252, 255):
        assert run(*report, str(tmp_path / ("n" * length))).returncode == 0
    assert {len(path.name) for path in tmp_path.iterdir()} == {252, 255}
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    for name, words in (("n" * 256, "File name too long"), ("a", "Too many levels of symbolic links")):
        done = run(*report, str(tmp_path / name))
        assert (done.returncode, done.stderr) == (2, f"cabrief: cannot write {tmp_path / name}: {words}\n")


def test_the_cache_clears_its_own_only(own: Path, pack: Path) -> None:
    """Files of other names stay, however old; builds are for their user's eyes."""
    own.mkdir()
    strange = [own / name for name in ("thesis.tmp", "facts-notes.sqlite", "facts-12345678.sqlite.bak")]
    for file in strange:
        file.write_text("mine", "utf-8")
        os.utime(file, (0, 0))
    for number in range(KEPT_BUILDS + 3):
        open_base([Path(shutil.copytree(pack, pack.parent / f"pack-{number}"))])
    assert all(file.exists() for file in strange)
    assert {stat.S_IMODE(path.stat().st_mode) for path in own.glob("facts-????????.s*") if path not in strange} == {
        0o600
    }


def test_messages_and_json_without_escapes(tmp_path: Path, run: Run) -> None:
    """Whatever a directory, a file or a value is called."""
    evil = tmp_path / "o\x1b]0;x\x07\u009b1m"
    evil.mkdir()
    (evil / "a\u202eb.yaml").write_text('topics:\n  - {id: "A\\u009b1m", name: T}\n', "utf-8")
    data = ("--data", str(ATOLLS))
    for arguments in (
        ("check", str(evil), *data, "-f", "json"),
        ("check", str(evil), *data, "-f", "github"),
        ("check", str(evil), *data),
        ("country", "aru", *data, "--data", str(evil)),
        ("country", "aru", "--data", f"{evil}-not"),
        ("country", str(evil), *data),
        ("why", "\x1b[31m", *data),
        ("timeline", "--kind", "\x1b[31m", "--lang", "ja"),
        ("diff", "t\u009b31m", "--pack", str(ATOLLS)),
    ):
        done = run(*arguments)
        assert not {"\x1b", "\u009b", "\x07", "\u202e"} & {*done.stdout, *done.stderr}, arguments


def test_a_configuration_without_end(tmp_path: Path, run: Run) -> None:
    file = tmp_path / "config.toml"
    for text in ("data = " + "[" * 9_000, "data = " + "9" * 9_000, "x" * 9_000_000):
        file.write_text(text, "utf-8")
        done = run("country", "aru", CABRIEF_CONFIG=str(file))
        assert done.returncode == 2
        assert "config.toml" in done.stderr
    assert run("country", "aru", CABRIEF_CONFIG=str(tmp_path / "none.toml")).returncode == 2


def test_a_link_out_of_the_originals(tmp_path: Path, run: Run) -> None:
    pack = Path(shutil.copytree(ATOLLS, tmp_path / "pack"))
    (tmp_path / "texts").mkdir()
    (tmp_path / "secret.txt").write_text("SECRET\n" * 40, "utf-8")
    (tmp_path / "texts" / "log.txt").symlink_to(tmp_path / "secret.txt")
    given = ("--texts", str(tmp_path / "texts"))
    for arguments in (
        ("check", str(pack)),
        ("why", "pilot-asks", "--data", str(pack)),
        ("sources", "log", "--data", str(pack)),
    ):
        assert "SECRET" not in run(*arguments, *given).stdout


def test_widths_without_end(run: Run) -> None:
    assert run("country", "aru", "--data", str(ATOLLS), "-f", "terminal", "--width", "999999999").returncode == 2


def test_a_stream_that_is_no_utf_8(run: Run) -> None:
    """JSON keeps every character, spelt out; where characters are lost, that is said."""
    report = ("country", "aru", "--data", str(ATOLLS), "--lang", "ja")
    for name in ("json", "ndjson"):
        wide, narrow = run(*report, "-f", name), run(*report, "-f", name, PYTHONIOENCODING="latin-1")
        lines = zip(
            *((done.stdout,) if name == "json" else done.stdout.splitlines() for done in (wide, narrow)), strict=True
        )
        assert all(json.loads(one) == json.loads(other) for one, other in lines)
        assert narrow.stdout.isascii()
    lost = run(*report, "-f", "csv", PYTHONIOENCODING="latin-1")
    assert "PYTHONIOENCODING=utf-8" in lost.stderr
    assert "PYTHONIOENCODING" not in run(*report, "-f", "csv").stderr


@pytest.mark.skipif(os.name != "posix", reason="where arguments are bytes")
def test_an_argument_that_is_no_text(run: Run) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cabrief", "why", b"\xff"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "there is no fact" in done.stderr


@pytest.mark.parametrize(("command", "code"), [("mcp", 0), ("browse", 2), ("browse --plain", 2)])
def test_a_standard_input_that_is_closed(command: str, code: int) -> None:
    done = subprocess.run(
        ["sh", "-c", f'"$0" -m cabrief {command} <&-', sys.executable],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, "bug" in done.stderr) == (code, False), done.stderr


@pytest.mark.slow
@pytest.mark.usefixtures("shipped")  # built before, so that nothing says that files are read
def test_a_full_standard_output_is_not_the_files_fault(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no device that is always full")
    for words in (["export", "facts.sqlite", "--to", "sqlite"], ["init", "mine"]):
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(
                [sys.executable, "-m", "cabrief", *words],
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
                check=False,
                cwd=tmp_path,
            )
        assert (done.returncode, done.stderr) == (2, "cabrief: the system says: No space left on device\n")


@pytest.mark.one_in(5)
@pytest.mark.parametrize(
    "arguments",
    [("brief", "-f", LONG), ("brief", "-o", LONG), ("brief", "-o", f"{LONG}.md"), ("diff", LONG), ("init", LONG)],
)
def test_a_message_quotes_no_more_than_its_reader_reads(run_process: Run, arguments: tuple[str, ...]) -> None:
    """Of a word as long as nobody writes, the beginning."""
    told = run_process(*arguments).stderr
    assert "xxxx…" in told
    assert len(told) < 600


def test_a_report_replaces_no_fact_file_and_no_template(tmp_path: Path, run: Run) -> None:
    """Who mistypes the name of the output does not lose what the report was made of."""
    pack = Path(shutil.copytree(ATOLLS, tmp_path / "pack"))
    before = (pack / "facts.yaml").read_bytes()
    (tmp_path / "out.json").symlink_to(pack / "facts.yaml")
    for name in (pack / "facts.yaml", tmp_path / "out.json"):
        done = run("facts", "--data", str(pack), "-f", "json", "-o", str(name))
        assert done.returncode == 2
        assert "may hold facts: name another file" in done.stderr
        assert (pack / "facts.yaml").read_bytes() == before
    house = tmp_path / "house.docx"
    assert run("brief", "--data", str(pack), "-o", str(house)).returncode == 0
    before = house.read_bytes()
    done = run("brief", "--data", str(pack), "--template", str(house), "-o", str(house))
    assert (done.returncode, house.read_bytes() == before) == (2, True)
    assert "is the template: name another file" in done.stderr
