"""What goes wrong around the program: it is killed, the disk is full, the home is gone, many run at once, a file changes meanwhile.

Whatever happened, the next command answers rightly.
"""

import contextlib
import json
import os
import select
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import cabrief
from cabrief import config
from cabrief.files import in_the_making, replacing
from cabrief.language.text import Text
from cabrief.loading.cache import open_base
from cabrief.loading.freshness import look_at_build
from cabrief.loading.layers import find_layers, read_files
from cabrief.loading.load import load_facts
from conftest import ATOLLS, Run, unhurried

COMMAND = [sys.executable, "-m", "cabrief", "country", "aru", "--as-of", "2031-06-01", "--data"]


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The answer, given by a command to which nothing happened."""
    environment = {**os.environ, "CABRIEF_CACHE_DIR": str(tmp_path_factory.mktemp("quiet"))}
    return subprocess.run([*COMMAND, str(ATOLLS)], capture_output=True, text=True, env=environment, check=True).stdout


@pytest.mark.parametrize("kills", [2, pytest.param(25, marks=pytest.mark.slow)])
def test_killed_at_any_moment(own: Path, pack: Path, right: str, kills: int) -> None:
    """Commands on a cold cache, each killed a little later than the one before; the next one is right."""
    begun = time.monotonic()
    subprocess.run([*COMMAND, str(pack)], capture_output=True, check=True)
    whole = time.monotonic() - begun
    killed = 0
    for step in range(kills):
        shutil.rmtree(own, ignore_errors=True)
        running = subprocess.Popen([*COMMAND, str(pack)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(whole * (0.4 + 0.6 * step / kills))
        running.send_signal(signal.SIGKILL)
        if running.wait() == -signal.SIGKILL:
            killed += 1
        else:
            whole *= 0.8  # the machine has less to do than when this was measured
        done = subprocess.run([*COMMAND, str(pack)], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (0, right)
    assert killed > kills / 3


@pytest.mark.parametrize("stride", [40, pytest.param(1, marks=pytest.mark.slow)])
def test_killed_while_writing_a_build(own: Path, pack: Path, right: str, stride: int) -> None:
    """Killed before and after steps of keeping a build: writing, syncing, renaming the one file and the other."""
    program = (
        "import os, sys\nfrom pathlib import Path\ncount = int(sys.argv.pop(1))\nleft = [count]\n"
        "def guarded(call):\n    def run(*a, **k):\n        left[0] -= 1\n        if left[0] == 0: os.kill(os.getpid(), 9)\n"
        "        return call(*a, **k)\n    return run\n"
        "os.fsync = guarded(os.fsync)\nPath.replace = guarded(Path.replace)\nPath.open = guarded(Path.open)\n"
        "Path.unlink = guarded(Path.unlink)\nsys.argv[0] = 'cabrief'\nfrom cabrief.__main__ import run\nrun()\n"
    )
    finished = False
    for count in range(1, 200, stride):
        shutil.rmtree(own, ignore_errors=True)
        command = [sys.executable, "-c", program, str(count), *COMMAND[3:], str(pack)]
        code = subprocess.run(command, capture_output=True, check=False).returncode
        finished = code == 0
        done = subprocess.run([*COMMAND, str(pack)], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (0, right), count
        if finished:
            break
        assert code == -signal.SIGKILL
    assert finished
    assert count > stride, "no step was killed"


def test_what_killed_commands_left_is_cleared(own: Path, pack: Path) -> None:
    """A file that nobody writes any more goes with the next build; one that somebody may be writing stays."""
    own.mkdir()
    old, young = own / "facts-00000000.sqlite.1.tmp", own / "facts-00000000.sqlite.2.tmp"
    for file in (old, young):
        file.write_bytes(b"half")
    os.utime(old, (0, 0))
    open_base([pack])
    assert (old.exists(), young.exists()) == (False, True)


def on_a_small_disk(script: str, size: str = "64k") -> "subprocess.CompletedProcess[str]":
    """Run a script in a mount namespace of its own, in which ./disk is a file system of a few kilobytes."""
    mount = f"set -e; mkdir -p disk; mount -t tmpfs -o size={size} tmpfs disk; {script}"
    return subprocess.run(
        ["unshare", "--map-root-user", "--mount", "sh", "-c", mount], capture_output=True, text=True, check=False
    )


def can_mount() -> bool:
    try:
        return on_a_small_disk("true").returncode == 0
    except OSError:
        return False


@pytest.fixture
def in_tmp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    if not can_mount():
        pytest.skip("this machine lets nobody mount a file system of one's own")
    return tmp_path


def test_a_full_disk_under_the_cache(in_tmp: Path, right: str) -> None:
    """The answer is given, stderr says why it is not kept, nothing is left behind; with room again, it is kept."""
    command = " ".join(COMMAND)
    script = (
        f"export CABRIEF_CACHE_DIR=disk/cache; {command} {ATOLLS} > full.out 2> full.err; ls disk/cache -I 'last-report*' > full.ls;"
        f" mount -o remount,size=4m disk; {command} {ATOLLS} > roomy.out 2> roomy.err; ls disk/cache -I 'last-report*' > roomy.ls"
    )
    done = on_a_small_disk(script, "32k")
    assert done.returncode == 0, done.stderr
    assert (in_tmp / "full.out").read_text("utf-8") == right
    assert (in_tmp / "full.err").read_text("utf-8").count("cannot keep the fact base") == 1
    assert (in_tmp / "full.ls").read_text("utf-8") == ""
    assert (in_tmp / "roomy.out").read_text("utf-8") == right
    assert unhurried((in_tmp / "roomy.err").read_text("utf-8")) == ""
    assert len((in_tmp / "roomy.ls").read_text("utf-8").splitlines()) == 2


def test_a_full_disk_under_the_output(in_tmp: Path) -> None:
    """The file that was there is there still, whole; the user is told; nothing is left beside it."""
    command = " ".join(COMMAND)
    script = (
        f"echo before > disk/out.md; head -c 60k /dev/zero > disk/filling; code=0;"
        f" {command} {ATOLLS} -o disk/out.md 2> err || code=$?; echo $code > code; cp disk/out.md kept; ls -A disk > ls"
    )
    done = on_a_small_disk(script)
    assert done.returncode == 0, done.stderr
    assert (in_tmp / "code").read_text("utf-8") == "2\n"
    told = unhurried((in_tmp / "err").read_text("utf-8"))
    assert told == "cabrief: cannot write disk/out.md: No space left on device\n"
    assert (in_tmp / "kept").read_text("utf-8") == "before\n"
    assert (in_tmp / "ls").read_text("utf-8").split() == ["filling", "out.md"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize(
    "arguments", [("country", "aru", "--data", str(ATOLLS)), ("schema",), ("check", "--explain", "tag")]
)
def test_a_full_disk_under_a_redirection(arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "cabrief", *arguments], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (done.returncode, unhurried(done.stderr)) == (2, "cabrief: the system says: No space left on device\n")


@pytest.mark.parametrize("kills", [2, pytest.param(15, marks=pytest.mark.slow)])
def test_an_output_is_replaced_whole(own: Path, pack: Path, tmp_path: Path, kills: int) -> None:
    """A command that is killed leaves the old file or the new one, never a part of it."""
    target = tmp_path / "out.md"
    command = [*COMMAND, str(pack), "-o", str(target)]
    subprocess.run(command, check=True)
    whole = target.read_bytes()
    begun = time.monotonic()
    subprocess.run(command, check=True)
    length = time.monotonic() - begun
    for step in range(kills):
        target.write_bytes(b"before")
        running = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        time.sleep(length * (0.5 + 0.5 * step / kills))
        running.kill()
        running.wait()
        assert target.read_bytes() in (b"before", whole)


@pytest.mark.parametrize("home", ["/dev/null/home", "/dev/null", "no/such/place"])
def test_a_home_that_is_gone(home: str, run: Run, right: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a directory of the user's the facts are built in memory."""
    environment = {
        "HOME": home,
        "CABRIEF_CACHE_DIR": "",
        "CABRIEF_CONFIG": "",
        "XDG_CACHE_HOME": "",
        "XDG_CONFIG_HOME": "",
    }
    monkeypatch.chdir(tmp_path)
    done = run(*COMMAND[3:], str(ATOLLS), **environment)
    assert (done.returncode, done.stdout) == (0, right)
    assert done.stderr.count("cannot keep the fact base") == 1
    assert list(tmp_path.iterdir()) == [], "nothing is written where the user happens to be"


def test_a_user_whom_the_system_does_not_know(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container: no HOME, no entry for the user."""

    def nobody() -> Path:
        raise RuntimeError("Could not determine home directory.")

    for name in ("CABRIEF_CACHE_DIR", "CABRIEF_CONFIG", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", nobody)
    config.load_config.cache_clear()
    assert config.load_config() == {}
    config.load_config.cache_clear()
    told: list[Text] = []
    assert open_base([ATOLLS], told.append).name("aru").en == "Aru"
    assert [words.en[:25] for words in told if "reading" not in words.en] == ["cannot keep the fact base"]


@pytest.mark.parametrize("commands", [3, pytest.param(32, marks=pytest.mark.slow)])
def test_many_at_once(own: Path, pack: Path, right: str, commands: int) -> None:
    """On a cold cache: all answer, and one whole build is left."""
    running = [
        subprocess.Popen([*COMMAND, str(pack)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(commands)
    ]
    answers = [process.communicate() for process in running]
    assert {process.returncode for process in running} == {0}
    assert {out for out, _ in answers} == {right}
    assert sorted(path.suffix for path in own.iterdir() if not path.name.startswith("last-report")) == [
        ".sqlite",
        ".stamps",
    ]


@pytest.mark.slow
@pytest.mark.parametrize("reads", [2, pytest.param(12, marks=pytest.mark.slow)])
def test_a_file_that_changes_while_it_is_read(own: Path, pack: Path, right: str, reads: int) -> None:
    """Each answer is of one state or the other, and once the file rests, of that one."""
    facts = pack / "facts.yaml"
    one = facts.read_text("utf-8")
    other = one.replace("capital: {value: {en: Port Aru,", "capital: {value: {en: Old Aru,")
    stop = threading.Event()

    def change() -> None:
        states = [one, other]
        while not stop.is_set():
            new = pack / "new.tmp"
            new.write_text(states[0], "utf-8")
            new.replace(facts)
            states.reverse()

    changing = threading.Thread(target=change)
    changing.start()
    try:
        answers = {
            subprocess.run([*COMMAND, str(pack)], capture_output=True, text=True, check=True).stdout
            for _ in range(reads)
        }
    finally:
        stop.set()
        changing.join()
    assert answers <= {right, right.replace("Port Aru", "Old Aru", 1)}
    for text in (other, one):
        facts.write_text(text, "utf-8")
        done = subprocess.run([*COMMAND, str(pack)], capture_output=True, text=True, check=True)
        assert ("Old Aru" in done.stdout) == (text == other)


def test_a_file_that_goes_away_while_it_is_looked_for(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a problem of that file, in words, and no fault of the program."""
    stack = find_layers([pack])
    (pack / "facts.yaml").unlink()
    _, found = load_facts(stack, read_files(stack))
    assert "not-readable" in {problem.code for problem in found}


def test_a_file_that_became_a_pipe(own: Path, pack: Path) -> None:
    """Between the listing and the reading: it is not waited for; nor is a pipe in the place of a build."""
    stack = find_layers([pack])
    (pack / "facts.yaml").unlink()
    os.mkfifo(pack / "facts.yaml")
    assert read_files(stack)[pack / "facts.yaml"] == b""
    (pack / "facts.yaml").unlink()
    shutil.copy(ATOLLS / "facts.yaml", pack)
    open_base([pack])
    (kept,) = own.glob("facts-*.sqlite")
    kept.unlink()
    os.mkfifo(kept)
    assert open_base([pack]).name("aru").en == "Aru"


def without_privileges() -> list[str]:
    """What to put before a command so that permissions count for it, as they do for everybody but root."""
    if os.geteuid() != 0:
        return []
    dropped = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]
    if not shutil.which("setpriv") or subprocess.run([*dropped, "true"], capture_output=True, check=False).returncode:
        pytest.skip("root cannot become an ordinary user here")
    return dropped


@pytest.mark.slow
def test_a_cache_that_may_not_be_entered(own: Path, right: str) -> None:
    """The answer comes from memory, with one line on stderr, in the user's language."""
    own.mkdir()
    own.chmod(0)
    command = [*without_privileges(), *COMMAND, str(ATOLLS)]
    for folder in (own, own / "deeper"):
        environment = {**os.environ, "CABRIEF_CACHE_DIR": str(folder)}
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        assert (done.returncode, done.stdout) == (0, right)
        why = f"cannot keep the fact base in {folder} (Permission denied); building it each time"
        assert unhurried(done.stderr) == f"cabrief: {why}\n"
        done = subprocess.run(
            command, capture_output=True, text=True, env={**environment, "CABRIEF_LANG": "ja"}, check=False
        )
        assert f"{folder}にファクトベースを保存できない（Permission denied）。毎回作り直す\n" in done.stderr
    own.chmod(0o700)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
@pytest.mark.parametrize("part", [".sqlite", ".stamps"])
def test_a_build_of_somebody_else_is_not_believed(own: Path, part: str) -> None:
    """Where many share a folder, another user could forge one; the facts are read anew, and the next build is one's own."""
    assert open_base([ATOLLS]).name("aru").en == "Aru"
    (kept,) = own.glob(f"*{part}")
    os.chown(kept, 65534, -1)
    assert open_base([ATOLLS]).name("aru").en == "Aru"
    (kept,) = own.glob(f"*{part}")
    assert kept.stat().st_uid == 0


@pytest.mark.slow
def test_a_pack_that_may_not_be_entered(tmp_path: Path) -> None:
    """It is told in a line by every command, and by the server, which answers on."""
    pack = tmp_path / "pack"
    shutil.copytree(ATOLLS, pack)
    pack.chmod(0)
    command = [*without_privileges(), *COMMAND, str(pack)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, f"cabrief: cannot read {pack}: Permission denied\n")
    pack.chmod(0o700)


@pytest.mark.one_in(14)
@pytest.mark.parametrize("part", [".sqlite", ".stamps"])
@pytest.mark.parametrize("thing", ["pipe", "zero", "sparse", "directory", "loop", "socket", "unreadable"])
def test_strange_things_in_place_of_a_build(own: Path, pack: Path, right: str, part: str, thing: str) -> None:
    """Neither waited for nor read without end: replaced where that is possible, and otherwise told in one line."""
    subprocess.run([*COMMAND, str(pack)], capture_output=True, check=True)
    (kept,) = own.glob(f"facts-*{part}")
    kept.unlink()
    match thing:
        case "pipe":
            os.mkfifo(kept)
        case "zero":
            kept.symlink_to("/dev/zero")
        case "sparse":
            with kept.open("wb") as file:
                file.truncate(30_000_000_000)
        case "directory":
            kept.mkdir()
        case "loop":
            kept.symlink_to(kept.name)
        case "socket":
            with socket.socket(socket.AF_UNIX) as opened, contextlib.chdir(own):  # a long path is no name of a socket
                opened.bind(kept.name)
        case "unreadable":
            kept.write_bytes(b"")
            kept.chmod(0)
    limited = ["sh", "-c", 'ulimit -v 4000000; exec "$@"', "sh", *COMMAND, str(pack)]
    done = subprocess.run(limited, capture_output=True, text=True, check=False, timeout=300)
    assert (done.returncode, done.stdout) == (0, right), done.stderr
    told = unhurried(done.stderr).splitlines()
    assert [line.startswith("cabrief: cannot keep the fact base in ") for line in told] == [True] * (
        thing == "directory"
    )
    assert thing == "directory" or kept.is_file()


FOREIGN = {
    "no tables": "DROP TABLE facts",
    "another table": "ALTER TABLE facts RENAME COLUMN data TO words",
    "a trigger": "CREATE TRIGGER t AFTER INSERT ON facts BEGIN SELECT 1; END",
    "a view": "CREATE VIEW v AS SELECT 1",
    "another program's": "PRAGMA application_id = 1",
    "another version": "PRAGMA user_version = 99",
    "no pack": "DELETE FROM meta WHERE key = 'pack'",
    "a pack that is none": "UPDATE meta SET value = '{\"~\": \"os.system\"}' WHERE key = 'pack'",
    "a pack without end": f"UPDATE meta SET value = '{'[' * 100_000}' WHERE key = 'pack'",
    "other facts": "UPDATE meta SET value = 'x' WHERE key = 'made of'",
    "another build": "UPDATE meta SET value = 'x' WHERE key = 'id'",
}


def stamp_again(build: Path) -> None:
    """Say beside a build that it was written as it is now."""
    stamps = build.with_suffix(".stamps")
    words = stamps.read_text("utf-8").split("\0")
    stamps.write_text("\0".join([words[0], look_at_build(build), *words[2:]]), "utf-8")


@pytest.mark.one_in(12)
@pytest.mark.parametrize("what", FOREIGN)
def test_a_build_that_is_not_ours(own: Path, pack: Path, right: str, what: str) -> None:
    """Right stamps alone make no build: its head, its tables and what it says of itself must be ours."""
    subprocess.run([*COMMAND, str(pack)], capture_output=True, check=True)
    (kept,) = own.glob("facts-*.sqlite")
    with contextlib.closing(sqlite3.connect(kept)) as connection:
        connection.execute(FOREIGN[what])
        connection.commit()
    raw = kept.read_bytes()
    stamp_again(kept)
    done = subprocess.run([*COMMAND, str(pack)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, unhurried(done.stderr)) == (0, right, "")
    assert kept.read_bytes() != raw


ROWS = {
    "words that are none": "UPDATE facts SET data = 'x' WHERE id = 'aru'",
    "no words": "UPDATE facts SET data = x'00' WHERE id = 'aru'",
    "words without end": f"UPDATE facts SET data = '{'[' * 100_000}' WHERE id = 'aru'",
    "another kind of record": "UPDATE facts SET data = (SELECT data FROM facts WHERE kind = 'sources') WHERE id = 'aru'",
    "a field of another type": "UPDATE facts SET data = replace(data, '\"basics\":{', '\"basics\":7,\"x\":{') WHERE id = 'aru'",
    "a class that is none": "UPDATE facts SET data = '{\"~\":\"os.system\"}' WHERE id = 'aru'",
}


@pytest.mark.one_in(8)
@pytest.mark.parametrize("what", ROWS)
def test_a_row_that_is_not_ours(own: Path, pack: Path, right: str, what: str) -> None:
    """It shows only when it is read: the answer comes from the files, with one line on stderr, and the build is made anew."""
    subprocess.run([*COMMAND, str(pack)], capture_output=True, check=True)
    (kept,) = own.glob("facts-*.sqlite")
    with contextlib.closing(sqlite3.connect(kept)) as connection:
        assert connection.execute(ROWS[what]).rowcount
        connection.commit()
    stamp_again(kept)
    answers = [subprocess.run([*COMMAND, str(pack)], capture_output=True, text=True, check=False) for _ in range(2)]
    assert [(done.returncode, done.stdout) for done in answers] == [(0, right)] * 2
    damaged = "cabrief: the kept fact base is damaged; reading the facts anew\n"
    assert [unhurried(done.stderr) for done in answers] == [damaged, ""]


WHOLE = {
    "check": ("check", "{pack}"),
    "site": ("site", "{out}", "--data", "{pack}"),
    "sqlite": ("export", "{out}", "--to", "sqlite", "--data", "{pack}"),
    "why": ("why", "aru", "--data", "{pack}"),
}


@pytest.mark.slow
@pytest.mark.one_in(4)
@pytest.mark.parametrize("step", [13, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("command", WHOLE)
def test_a_page_of_the_build_that_rotted(own: Path, pack: Path, tmp_path: Path, command: str, step: int) -> None:
    """Whichever page it is, whoever reads it: the files answer, and the next command finds a sound build."""

    def run_on(out: str) -> "subprocess.CompletedProcess[str]":
        words = [word.format(pack=pack, out=tmp_path / out) for word in WHOLE[command]]
        return subprocess.run(
            [sys.executable, "-m", "cabrief", *words],
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    assert run_on("first").returncode == 0
    (kept,) = own.glob("facts-*.sqlite")
    sound = kept.read_bytes()
    size = int.from_bytes(sound[16:18], "big")
    for page in range(1, len(sound) // size, step):
        kept.write_bytes(sound[: page * size] + bytes(size) + sound[(page + 1) * size :])
        stamp_again(kept)
        for out in (f"damaged-{page}", f"again-{page}"):
            done = run_on(out)
            assert done.returncode == 0, (page, done.stderr)
            assert "bug" not in done.stderr


def test_a_library_over_a_build_that_rotted(own: Path, pack: Path) -> None:
    """Whoever keeps it open asks it for long, so it is looked through at the start."""
    subprocess.run([*COMMAND, str(pack)], capture_output=True, check=True)
    (kept,) = own.glob("facts-*.sqlite")
    sound = kept.read_bytes()
    size = int.from_bytes(sound[16:18], "big")
    for page in range(1, len(sound) // size, 3):
        kept.write_bytes(sound[: page * size] + bytes(size) + sound[(page + 1) * size :])
        stamp_again(kept)
        facts = cabrief.open(pack)
        assert len(facts.facts().rows) > 0
        assert facts.why("aru").document.sections
        facts.base.close()


STREAMS = [
    # how the streams are redirected, the exit code of a report, of a problem and of a wrong request, and the line on stderr
    (">&-", 2, 2, 2, "cabrief: standard output is closed\n"),
    ("> /dev/full", 2, 2, 2, "cabrief: the system says: No space left on device\n"),
    ("2>&-", 0, 1, 2, None),
    ("2> /dev/full", 0, 1, 2, None),
    ("> /dev/full 2> /dev/full", 2, 2, 2, None),
    (">&- 2>&-", 2, 2, 2, None),
    ("<&- >&- 2>&-", 2, 2, 2, None),
    ("<&-", 0, 1, 2, ""),
    ("1< /dev/null", 2, 2, 2, "cabrief: standard output is closed\n"),
]


@pytest.mark.one_in(20)
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("part", [3, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("case", STREAMS, ids=lambda case: case[0])
def test_streams_that_are_closed_or_full(
    case: tuple[str, int, int, int, str | None], part: int, tmp_path: Path
) -> None:
    """Documented exit codes only, a plain line where there is somewhere to print it, and an answer that needs no stream."""
    streams, right, problem, wrong, line = case
    (tmp_path / "mine.yaml").write_text("noets: []\n", "utf-8")
    cabrief = f"{sys.executable} -m cabrief"
    report = f"{cabrief} country --data {ATOLLS} aru"
    commands = {
        report: right,
        f"{cabrief} --help": right,
        f"{cabrief} --version": right,
        f"{cabrief} check {tmp_path} --data {ATOLLS}": problem,
        f"{cabrief} schema": right,
        f"{cabrief} facts --data {ATOLLS} -f json": right,
        f"{cabrief} country --data {ATOLLS} narnia": wrong,
        f"{cabrief} country --bogus": wrong,
        f"{cabrief} check --explain tag": right,
        f"{report} -o {tmp_path}/out.md": 0,
    }
    for command, code in [*commands.items()][::part]:
        done = subprocess.run(["bash", "-c", f"{command} {streams}"], capture_output=True, text=True, check=False)
        told = unhurried(done.stderr)
        assert (done.returncode, "bug" in told, "Traceback" in told) == (code, False, False), command
        if line is not None and not command.endswith(("narnia", "bogus", "out.md", str(ATOLLS))):
            assert told == line, command
    assert (tmp_path / "out.md").read_text("utf-8").startswith("# Aru")


@pytest.mark.one_in(2)
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_write_that_is_cut_short(unbuffered: str, tmp_path: Path) -> None:
    """A file that may not grow takes the beginning of what is written; that the rest is lost is told."""
    script = f"ulimit -f 4; exec {sys.executable} -m cabrief schema > {tmp_path}/out"
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, env=environment, check=False)
    assert (done.returncode, done.stderr) == (2, "cabrief: the system says: File too large\n")


@pytest.mark.one_in(2)
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_pipe_that_does_not_wait(unbuffered: str) -> None:
    """A program may hand over a pipe that takes no more than it has room for; all arrives when it is read."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    command = [sys.executable, "-m", "cabrief", "schema"]  # which is more than a pipe has room for
    with subprocess.Popen(command, stdout=writing, env={**os.environ, "PYTHONUNBUFFERED": unbuffered}) as process:
        os.close(writing)
        while not select.select([reading], [], [], 0)[0]:
            assert process.poll() is None
        time.sleep(0.1)  # until it is full
        with open(reading, "rb") as opened:  # noqa: PTH123 - a pipe has no path
            read = opened.read()
    assert process.returncode == 0
    assert len(read) > 1 << 16
    assert json.loads(read)


@pytest.mark.one_in(3)
@pytest.mark.parametrize("command", ["facts", "schema", "--help", "check --explain tag", "check"])
def test_a_reader_that_leaves(command: str, tmp_path: Path) -> None:
    """Whoever has read enough makes no error, and takes none away: `check` still says that there are problems."""
    (tmp_path / "mine.yaml").write_text("noets: []\n", "utf-8")
    whole = f"check {tmp_path}" if command == "check" else command
    script = f"{sys.executable} -m cabrief {whole} | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == (command == "check")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("steps", [4, pytest.param(30, marks=pytest.mark.slow)])
def test_interrupted_from_the_first_line_on(own: Path, pack: Path, steps: int) -> None:
    """An interrupt at any moment is quiet, ends with 130, and leaves nothing half written."""
    target = pack / "out.md"
    command = [*COMMAND, str(pack), "-o", str(target)]
    begun = time.monotonic()
    subprocess.run(command, capture_output=True, check=True)
    whole = time.monotonic() - begun
    heeding = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "  # whatever the tests' shell does
    )
    ours = f"{heeding}import sys, cabrief.__main__ as m; print(flush=True); sys.argv = sys.argv[1:]; m.run()"
    interrupted = 0
    for step in range(steps):
        shutil.rmtree(own)
        started = [sys.executable, "-c", ours, *command[2:]]
        running = subprocess.Popen(started, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert running.stdout
        running.stdout.readline()  # our first lines have run
        time.sleep(whole * step / steps)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate()
        assert (running.returncode in (0, 130), out, unhurried(err)) == (True, "", ""), step
        interrupted += running.returncode == 130
        own.mkdir(exist_ok=True)
        assert [path for folder in (own, pack) for path in folder.iterdir() if path.suffix == ".tmp"] == []
    assert interrupted > steps / 3


def test_an_interrupt_that_is_ignored(own: Path, pack: Path, right: str) -> None:
    """As a shell has it for what runs in the background."""
    script = f"trap '' INT; {' '.join(COMMAND)} {pack} & sleep 0.2; kill -INT $!; wait $!"
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, right)


def test_two_writers_with_one_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two machines that share a folder have processes of one number: neither takes the other's file away."""
    monkeypatch.setattr(os, "getpid", lambda: 2)
    with replacing(tmp_path / "a", ".cabrief") as first, replacing(tmp_path / "b", ".cabrief") as second:
        first.write_bytes(b"A")
        second.write_bytes(b"B")
    assert ((tmp_path / "a").read_bytes(), (tmp_path / "b").read_bytes()) == (b"A", b"B")
    with in_the_making(tmp_path / "c") as one:
        one.mkdir()
        with in_the_making(tmp_path / "d") as other:
            assert not other.exists()
        assert one.is_dir()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


@pytest.mark.skipif(sys.platform != "linux", reason="needs a pseudo-terminal as Linux has it")
def test_a_terminal_that_goes_away(own: Path) -> None:
    """The full screen ends, though nobody tells it: a hang-up is ignored below nohup."""
    import fcntl
    import pty
    import struct
    import termios

    process, terminal = pty.fork()
    if process == 0:  # pragma: no cover - the child becomes the command
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        os.execve(sys.executable, [sys.executable, "-m", "cabrief", "browse"], {**os.environ, "TERM": "xterm"})  # noqa: S606
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    shown = b""
    while b"Countries" not in shown:
        shown += os.read(terminal, 65536)
    os.close(terminal)
    for _ in range(200):
        done, status = os.waitpid(process, os.WNOHANG)
        if done:
            break
        time.sleep(0.1)
    else:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
    assert done
    assert os.waitstatus_to_exitcode(status) in (128 + signal.SIGHUP, 1)
