"""The build: its key, its cache, and what happens to it when things go wrong."""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from cabrief.loading import cache
from cabrief.loading.cache import BadFacts, open_base
from cabrief.loading.renew import KEPT_BUILDS
from conftest import ATOLLS, Run


def builds(folder: Path) -> list[Path]:
    return sorted(folder.glob("facts-*.sqlite"))


def test_second_time_reads_the_build(own: Path, pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that fits is opened, and nothing is read anew."""
    open_base([pack])

    def never(*_: object) -> None:
        raise AssertionError("built again")

    monkeypatch.setattr("cabrief.loading.parts.read_part", never)
    assert open_base([pack]).name("aru").en == "Aru"


def test_a_changed_fact_is_never_answered_from_an_old_build(own: Path, pack: Path) -> None:
    """Same size, same time of change: the contents count."""
    facts = pack / "facts.yaml"
    before = facts.stat()
    assert open_base([pack]).name("aru").en == "Aru"
    facts.write_text(facts.read_text("utf-8").replace("name: {en: Aru,", "name: {en: Ara,"), "utf-8")
    os.utime(facts, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert facts.stat().st_size == before.st_size
    assert open_base([pack]).name("aru").en == "Ara"


def test_a_build_is_keyed_by_all_that_it_depends_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A changed module of any folder that reading uses, another library or another Python makes another build."""
    program = tmp_path / "cabrief"
    shutil.copytree(Path(cache.__file__).parents[1], program, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(cache, "__file__", str(program / "loading" / "cache.py"))
    libraries = tmp_path / "libraries"
    for name in cache.LIBRARIES:
        (libraries / name).mkdir(parents=True)
        (libraries / name / "__init__.py").write_text("", "utf-8")
    monkeypatch.syspath_prepend(str(libraries))
    used = subprocess.run(
        [sys.executable, "-c", "import sys, cabrief.loading.load; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    plain = {"config", "errors", "files"}  # which say nothing of what is read
    rooms = {name.split(".")[1] for name in used if name.startswith("cabrief.")} - plain
    assert rooms <= {room.partition("/")[0] for room in cache.PROGRAM}
    before = cache.made_of([])
    assert cache.made_of([]) == before
    files = [next((program / room).glob("*.py")) for room in cache.PROGRAM]
    for file in (*files, *libraries.glob("*/__init__.py")):
        status = file.stat()
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns + 1_000_000_000))
        assert cache.made_of([]) != before, file
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
        assert cache.made_of([]) == before
    monkeypatch.setattr(sys, "version", "3.99")
    assert cache.made_of([]) != before


@pytest.mark.parametrize("at", [0, 100, 5000, -200])
def test_damage_is_mended(own: Path, pack: Path, at: int) -> None:
    """Whatever byte of a build is changed, the next command builds anew and answers rightly."""
    open_base([pack])
    (path,) = builds(own)
    raw = bytearray(path.read_bytes())
    raw[at] ^= 0xFF
    path.write_bytes(raw)
    assert open_base([pack]).name("aru").en == "Aru"
    assert path.read_bytes() != bytes(raw)


@pytest.mark.parametrize("damage", [b"\xff", b'"'])
def test_damage_in_words_is_mended(own: Path, pack: Path, damage: bytes, run: Run) -> None:
    """SQLite looks at the pages, not at what stands in them; whoever keeps a build open would stumble over it later."""
    where: tuple[str, ...] = ("--pack", str(pack))
    where += ("--as-of", "2031-06-01")
    right = run("diff", "--since", "2031-01-01", *where).stdout
    (path,) = builds(own)
    with path.open("r+b") as file:  # its age and size stay, as where a disk fails
        status, raw = path.stat(), path.read_bytes()
        file.seek(raw.index(b"thousand boats."))
        file.write(damage)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    done = run("diff", "--since", "2031-01-01", *where)
    assert (done.returncode, done.stdout) == (0, right)


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00", b"nonsense"])
def test_a_build_that_is_none(own: Path, pack: Path, content: bytes) -> None:
    """An empty, a cut or a foreign file in the place of the build is replaced."""
    open_base([pack])
    (path,) = builds(own)
    path.write_bytes(content)
    assert open_base([pack]).name("aru").en == "Aru"
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT COUNT(*) FROM facts WHERE id = 'aru'").fetchone() == (1,)


def test_cache_that_cannot_be_written(tmp_path: Path, pack: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """Facts are built in memory, the answer is given, and stderr says so once."""
    (tmp_path / "file").write_text("in the way")
    done = run("country", "aru", "--data", str(pack), CABRIEF_CACHE_DIR=str(tmp_path / "file" / "cache"))
    assert done.returncode == 0
    assert "Port Aru" in done.stdout
    assert done.stderr.count("cannot keep the fact base") == 1


@pytest.mark.slow
def test_two_at_once(own: Path, pack: Path) -> None:
    """Commands that build at the same time all answer, and leave one whole build and nothing else."""
    command = [sys.executable, "-m", "cabrief", "country", "aru", "--data", str(pack)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(6)]
    answers = [process.communicate() for process in running]
    assert [process.returncode for process in running] == [0] * 6
    assert len({out for out, _ in answers}) == 1
    assert "Port Aru" in answers[0][0]
    assert len(builds(own)) == 1
    assert [
        path.suffix
        for path in own.iterdir()
        if path.suffix not in (".sqlite", ".stamps") and not path.name.startswith("last-report")
    ] == []


def test_old_builds_are_cleared(own: Path, pack: Path) -> None:
    """The cache keeps one build of a directory, however often that is edited, and those of a few directories."""
    facts = pack / "facts.yaml"
    for number in range(3):
        facts.write_text(f"{facts.read_text('utf-8')}# {number}\n", "utf-8")
        open_base([pack])
    assert len(builds(own)) == 1
    for number in range(KEPT_BUILDS + 3):
        open_base([Path(shutil.copytree(ATOLLS, pack.parent / f"pack-{number}"))])
    assert len(builds(own)) == len(list(own.glob("facts-*.stamps"))) == KEPT_BUILDS


def test_problems_stop_the_answer(own: Path, pack: Path) -> None:
    """Facts with a problem answer nothing, and are not kept."""
    (pack / "facts.yaml").write_text("notes: [", "utf-8")
    with pytest.raises(BadFacts) as caught:
        open_base([pack])
    assert "yaml" in {problem.code for problem in caught.value.problems}
    assert builds(own) == []


def test_overlay_replaces_the_whole_record(own: Path, tmp_path: Path) -> None:
    """A later record that says so takes the place of the earlier one; nothing is merged."""
    (tmp_path / "facts.yaml").write_text(
        "countries:\n  - {id: bela, overrides: true, name: Bella, basics: {}}\n", "utf-8"
    )
    base = open_base([ATOLLS, tmp_path])
    assert base.country("bela").name.en == "Bella"
    assert base.country("bela").basics == {}
    assert base.origin("bela").layer == tmp_path.name
    assert base.origin("aru").layer == "atolls"


def test_facts_from_an_overlay_are_marked(own: Path, tmp_path: Path, run: Run) -> None:
    """Wherever a record of a further directory prints, it says whose it is."""
    mine = tmp_path / "house"
    mine.mkdir()
    (mine / "facts.yaml").write_text(
        "notes:\n  - {id: our-view, aspect: resource, of: [aru], text: {en: Aru has fish., ja: アルには魚がある。},"
        " refs: [{source: log, line: 1, phrase: Port Aru}]}\n",
        "utf-8",
    )
    data = ("--data", str(ATOLLS), "--data", str(mine))
    markdown = run("country", "aru", *data, "--layers").stdout
    assert "- Aru has fish [house][^" in markdown.replace("\\[", "[").replace("\\]", "]")
    assert "[house]" in run("country", "aru", *data, "-f", "terminal", "--layers").stdout
    assert '"layer": "house"' in run("country", "aru", *data, "-f", "json", "--layers").stdout
    assert '"layer": "house"' in run("facts", *data, "-f", "ndjson", "--layers").stdout
    assert "house" in run("facts", *data, "-f", "csv", "--layers").stdout
    (mine / "events.yaml").write_text(
        "events:\n  - {id: our-visit, title: {en: Visit, ja: 訪問}, type: visit, date: 2031-02, countries: [aru], actors: [zemland],"
        " text: {en: A., ja: あ。}, refs: [{source: gazette, phrase: hello}]}\n",
        "utf-8",
    )
    for form in ("json", "ndjson", "csv", "tsv", "markdown", "terminal"):
        for report in (("country", "aru"), ("timeline",), ("actors", "zemland")):
            assert "house" in run(*report, *data, "-f", form, "--layers", "--as-of", "2031-06-01").stdout, (
                form,
                report,
            )
    assert "house" not in run("country", "aru", "--data", str(ATOLLS)).stdout


def test_an_overlay_leaves_the_screen_only_when_asked(own: Path, tmp_path: Path, run: Run) -> None:
    """Whatever goes into a file or a pipe has the pack alone, and stderr says so; the record under an override stands."""
    mine = tmp_path / "house"
    mine.mkdir()
    (mine / "facts.yaml").write_text(
        "countries:\n  - {id: bela, overrides: true, name: Bela, basics: {capital: {value: {en: SECRET, ja: SECRET},"
        " refs: [{source: log, line: 4, phrase: Bela Town}]}}}\n",
        "utf-8",
    )
    data = ("country", "bela", "--data", str(ATOLLS))
    given = (*data, "--data", str(mine))
    target = tmp_path / "out.txt"
    for form in ("markdown", "json", "ndjson", "csv", "tsv"):
        done = run(*given, "-f", form)
        assert (done.returncode, done.stdout) == (0, run(*data, "-f", form).stdout)
        assert done.stderr == "cabrief: left out of what is written: house; --layers lets it in\n"
        assert "SECRET" in run(*given, "-f", form, "--layers").stdout
    assert run(*given, "-o", str(target), "--lang", "ja").stderr.startswith("cabrief: 出力から除いたデータ層：house")
    assert "SECRET" not in target.read_text("utf-8")
    both = f"{ATOLLS}{os.pathsep}{mine}"
    assert "SECRET" not in run(*data[:2], CABRIEF_DATA=both).stdout
    assert "SECRET" in run(*data[:2], "--layers", CABRIEF_DATA=both).stdout
    assert "SECRET" not in run(*given, "-f", "terminal").stdout, "a pipe is no screen"
    assert "SECRET" not in run(*given, CABRIEF_FORMAT="terminal").stdout
    pack_last = (*data[:2], "--data", str(mine), "--data", str(ATOLLS))
    assert "SECRET" in run(*pack_last, "--layers").stdout, "a pack lies under the directories named beside it"
    missing = run(*data, "--data", str(tmp_path / "nowhere"))
    assert missing.returncode == 2


def test_why_tells_what_was_replaced(own: Path, tmp_path: Path, run: Run) -> None:
    """The layer of a record, and what it took the place of: where that is kept and what it said."""
    note = (
        'notes:\n  - {id: aru-leans-north, overrides: true, aspect: dependency, of: [aru], text: {en: "Aru leans WAY", ja: アル。},'
        " refs: [{source: log, line: 1, phrase: Port Aru}]}\n"
    )
    for name, way in (("first", "south"), ("second", "east")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "facts.yaml").write_text(note.replace("WAY", way), "utf-8")
    data = ("--data", str(ATOLLS), "--data", str(tmp_path / "first"), "--data", str(tmp_path / "second"))
    out = run("why", "aru-leans-north", *data, "-f", "terminal", "--layers", "--no-sources", "--width", "300").stdout
    assert "Aru leans east" in out
    kept, *replaced = out.partition("Where it is kept")[2].split("What it replaces")
    assert "second" in kept
    assert [("atolls" in part, "Aru leans on the North Union." in part) for part in replaced] == [
        (True, True),
        (False, False),
    ]
    assert "Aru leans south" in replaced[1]
    assert "What it replaces" not in run("why", "aru-tax", *data[:2]).stdout
