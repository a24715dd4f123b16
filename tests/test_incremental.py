"""A build that was brought up to date is the build of all files made anew, whatever has become of the files; else it stays as it was."""

import os
import random
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cabrief.loading import parts, renew, workers
from cabrief.loading.cache import BadFacts, open_base
from cabrief.loading.layers import find_layers, read_files
from cabrief.loading.load import load_facts
from cabrief.store.base import Base
from cabrief.store.schema import SHIFT
from conftest import ATOLLS

REF = "refs: [{{source: {source}, {line}phrase: some words}}]"
TABLES = {
    "files": "SELECT rank, layer, file, path, digest FROM files ORDER BY rank",
    "facts": "SELECT seq, id, kind, known, place, item, line, data FROM facts ORDER BY seq",
    "links": "SELECT seq, target, role FROM links ORDER BY 1, 2, 3",
    "names": "SELECT seq, name FROM names ORDER BY 1, 2",
    "cards": "SELECT * FROM cards ORDER BY 1",
    "replaced": "SELECT place, id, kind, item, line, data FROM replaced ORDER BY 1",
    "meta": "SELECT key, value FROM meta WHERE key NOT IN ('id', 'made of') ORDER BY 1",
}
PLACES = {"facts": (0, 4), "links": (0,), "names": (0,), "replaced": (0,)}  # columns that hold places


def rows(base: Base) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of a build, with the number of each file in place of its rank, which depends on how it came to be there."""
    connection: sqlite3.Connection = base.connection
    number = {rank: n for n, (rank, *_) in enumerate(connection.execute(TABLES["files"]).fetchall())}
    found = {}
    for table, sql in TABLES.items():
        places = PLACES.get(table, ())
        found[table] = [
            tuple(
                (number[value >> SHIFT], value % (1 << SHIFT)) if i in places else value for i, value in enumerate(row)
            )
            for row in connection.execute(sql)
        ]
    found["files"] = [(number[rank], *rest) for rank, *rest in found["files"]]
    return found


CALM = random.Random(1)  # noqa: S311 - no secret


class Files:
    """A pack of many small files and a directory over it, and what may become of them."""

    def __init__(self, top: Path, chance: random.Random) -> None:
        self.pack, self.over, self.chance, self.count = top / "pack", top / "over", chance, 0
        shutil.copytree(ATOLLS, self.pack)
        self.over.mkdir()
        (self.over / "house.yaml").write_text("notes: []\n", "utf-8")
        for number in range(24):
            (self.pack / f"file-{number:02}.yaml").write_text(self.text(number, calm=True), "utf-8")

    def text(self, number: int, *, calm: bool = False) -> str:
        """The words of the file that has some records as its own: a source, an event, a note, a dispute."""
        pick: Any = (lambda words: words[0]) if calm else self.chance.choice
        odd = 0 if calm else self.chance.random()
        other = number if calm else pick([number, number, self.chance.randrange(24)])
        lines = "document: a.txt, sha256: ab, lines: {n}" if odd < 0.9 else 'url: "https://example.org/{n}"'
        lines = lines.format(n=pick((9, 9, 2)) if odd < 0.9 else number)
        ref = REF.format(source=f"source-{other}", line="line: 3, ")
        event = f"event: event-{other}, " if odd < 0.8 else ""
        note = (
            f"{{id: note-{number}, aspect: resource, {event}nature: {pick(('reported', 'judgement'))},"
            f" text: {{en: Fish of {pick((2001, 2020))}., ja: 魚。}}, of: [{pick(('aru', 'bela'))}], {ref}}}"
        )
        parts = [
            f"sources:\n  - {{id: source-{number}, title: T{pick('ab')}, publisher: P, language: en, kind: news,"
            f" published: {pick((2001, 2030))}, {lines}}}",
            f"events:\n  - {{id: event-{number}, title: {{en: Talks, ja: 会談}}, type: visit, date: {pick((2002, 2031))}, countries: [aru],"
            f" text: {{en: They met., ja: 会った。}}, {ref}}}",
            f"notes:\n  - {note}" + (f"\n  - {note}" if odd > 0.97 else ""),
            f"disputes:\n  - {{id: dispute-{number}, about: note-{other}, category: error, weight: low,"
            f" held: {{en: A., ja: あ。}}, reason: {{en: B., ja: い。}}, others: [{{says: {{en: C., ja: う。}}, {ref}}}], {ref}}}",
        ]
        if odd > 0.85:
            parts.pop(self.chance.randrange(len(parts)))
        if odd > 0.95:
            parts.append("notse: []")
        ending: str = "# again\n" * pick((0, 1))
        return "\n".join(parts) + "\n" + ending

    def house(self) -> str:
        """Words laid over the pack: other notes in the place of some, or in the place of none."""
        ref = REF.format(source="log", line="line: 1, ")
        numbers = self.chance.sample(range(24), self.chance.randrange(1, 4))
        texts = [
            f"  - {{id: note-{n}, overrides: true, aspect: aim, of: [aru], text: {{en: A., ja: あ。}}, {ref}}}"
            for n in numbers
        ]
        return "notes:\n" + "\n".join(texts) + "\n" if self.chance.random() < 0.8 else "notes: []\n"

    def calm_down(self) -> None:
        """Make the files right that are not, or may be not."""
        for file in self.pack.glob("file-*.yaml"):
            file.unlink()
        (self.over / "house.yaml").write_text("notes: []\n", "utf-8")
        (self.over / "more.yaml").unlink(missing_ok=True)
        for number in range(24):
            (self.pack / f"file-{number:02}.yaml").write_text(self.text(number, calm=True), "utf-8")

    def change(self) -> None:
        """Edit, add, rename or remove a file or two."""
        files = sorted(self.pack.glob("file-*.yaml"))
        for file in self.chance.sample(files, self.chance.randrange(1, 3)):
            number = int(file.stem.split("-")[1])
            match self.chance.choice(("edit", "edit", "add", "rename", "remove", "house", "touch", "more house")):
                case "edit":
                    file.write_text(self.text(number), "utf-8")
                case "add":
                    self.count += 1
                    new = "topics:\n  - {id: topic-%s, name: Sea %s}\n"
                    name = f"{self.chance.choice('az')}-{self.count}.yaml"
                    (self.pack / name).write_text(new % (self.count, self.count), "utf-8")
                case "rename":
                    file.rename(file.with_name(f"file-{number}-{self.chance.randrange(10)}.yaml"))
                case "remove":
                    file.unlink() if self.chance.random() < 0.3 else file.write_text("notes: []\n", "utf-8")
                case "house":
                    (self.over / "house.yaml").write_text(self.house(), "utf-8")
                case "more house":
                    (self.over / "more.yaml").write_text(self.house(), "utf-8")
                case "touch":
                    os.utime(file)


@contextmanager
def scene(chance: random.Random) -> Iterator[Files]:
    with tempfile.TemporaryDirectory() as top, pytest.MonkeyPatch.context() as patch:
        patch.setenv("CABRIEF_CACHE_DIR", f"{top}/cache")
        yield Files(Path(top), chance)


@pytest.mark.parametrize("examples", [2, pytest.param(300, marks=pytest.mark.slow)])
def test_both_ways_of_building_give_the_same(examples: int) -> None:
    """Row by row; and where there are problems, the same problems, and the build that was there is there still."""
    settings(max_examples=examples, deadline=None)(given(st.randoms(use_true_random=False))(_both_ways))()


def _both_ways(chance: random.Random) -> None:
    with scene(chance) as files:
        layers = [files.pack, files.over]
        open_base(layers).close()
        (build,) = (files.pack.parent / "cache").glob("facts-*.sqlite")
        for _ in range(8):
            files.change()
            before = build.read_bytes()
            stack = find_layers(layers)
            whole, problems = load_facts(stack, read_files(stack))
            if problems:
                with pytest.raises(BadFacts) as caught:
                    open_base(layers)
                assert caught.value.problems == problems
                assert build.read_bytes() == before
                files.calm_down()
                stack = find_layers(layers)
                whole, problems = load_facts(stack, read_files(stack))
                assert problems == []
            base = open_base(layers)
            assert rows(base) == rows(whole.base)
            base.close()


def test_only_what_has_changed_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a change of one file, that file; after a new time on one, none; after a change of the pack itself, all."""
    read: list[str] = []
    real = parts.read_part

    def counted(task: Any, *rest: Any) -> Any:
        read.append(Path(task.path).name)
        return real(task, *rest)

    monkeypatch.setattr(workers, "read_part", counted)

    def asked(files: Files) -> list[str]:
        read.clear()
        open_base([files.pack]).close()
        return list(read)

    with scene(CALM) as files:
        assert len(asked(files)) == 25
        assert asked(files) == []
        (files.pack / "file-05.yaml").write_text(files.text(5, calm=True) + "# more\n", "utf-8")
        assert asked(files) == ["file-05.yaml"]
        os.utime(files.pack / "file-06.yaml", (0, 0))
        assert asked(files) == []
        (files.pack / "file-07.yaml").rename(files.pack / "last.yaml")
        assert asked(files) == ["last.yaml"]
        (files.pack / "new.yaml").write_text("topics: []\n", "utf-8")
        assert asked(files) == ["new.yaml"]
        (files.pack / "new.yaml").unlink()
        assert asked(files) == []
        with (files.pack / "pack.yaml").open("a", encoding="utf-8") as pack:
            pack.write("# more\n")
        assert len(asked(files)) == 25


@pytest.mark.slow
def test_files_find_room_between_others() -> None:
    """Many times at the same place; where there is no room left, all is built anew, with the same rows."""
    with scene(CALM) as files:
        open_base([files.pack]).close()
        for number in range(14):
            name = "file-05-" + "a" * number + "b.yaml"  # each before the one before
            (files.pack / name).write_text(f"topics:\n  - {{id: topic-{number}, name: Sea}}\n", "utf-8")
            stack = find_layers([files.pack])
            base = open_base([files.pack])
            assert rows(base) == rows(load_facts(stack, read_files(stack))[0].base)
            base.close()


def test_an_update_that_fails_leaves_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever fails while the copy is written: the old build is whole, the answer is right, nothing is left behind."""
    with scene(CALM) as files:
        open_base([files.pack]).close()
        cache = files.pack.parent / "cache"
        (build,) = cache.glob("facts-*.sqlite")
        before = build.read_bytes()
        (files.pack / "file-05.yaml").write_text("topics:\n  - {id: topic-new, name: New sea}\n", "utf-8")
        (files.pack / "file-05.yaml").write_text(files.text(5, calm=True) + "topics: [{id: new, name: N}]\n", "utf-8")

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr("shutil.copyfile", full)
            patch.setattr(renew, "_keep", full)
            assert open_base([files.pack]).name("new").en == "N"
        assert build.read_bytes() == before
        assert [path.suffix for path in cache.iterdir() if path.suffix == ".tmp"] == []
        assert open_base([files.pack]).name("new").en == "N"
        assert build.read_bytes() != before


def test_an_older_build_put_there_meanwhile_is_not_taken_for_the_one_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slower command may put its build there while another reads what has changed: no answer is of the older facts."""
    with scene(CALM) as files:
        open_base([files.pack]).close()
        (build,) = (files.pack.parent / "cache").glob("facts-*.sqlite")
        older = build.read_bytes()
        (files.pack / "file-05.yaml").write_text("topics: [{id: fifth, name: Second version}]\n", "utf-8")
        open_base([files.pack]).close()
        (files.pack / "file-06.yaml").write_text("topics: [{id: sixth, name: N}]\n", "utf-8")
        real = shutil.copyfile

        def late(source: Path, target: Path) -> None:
            build.unlink()
            build.write_bytes(older)
            real(source, target)

        with monkeypatch.context() as patch:
            patch.setattr("shutil.copyfile", late)
            assert open_base([files.pack]).name("fifth").en == "Second version"
        assert open_base([files.pack]).name("fifth").en == "Second version"


@pytest.mark.one_in(3)
@pytest.mark.parametrize("program", ["", "/bin/false", "/nowhere/at/all"])
def test_many_processes_read_the_same(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows and problems are those of one process; what a process leaves that dies, or that never began, is read here."""
    with scene(CALM) as files:
        (files.pack / "file-05.yaml").write_text("notse: []\n", "utf-8")
        (files.pack / "file-06.yaml").write_bytes(b"\xff")
        stack = find_layers([files.pack])
        alone, problems = load_facts(stack, read_files(stack))
        started = []
        real = workers._started

        def counted(*given: Any) -> Any:
            started.append(given)
            return real(*given)

        monkeypatch.setattr(workers, "_started", counted)
        monkeypatch.setattr(workers, "_workers", lambda _: 3)
        if program:
            monkeypatch.setattr(sys, "executable", program)
        together, found = load_facts(stack, read_files(stack))
        assert len(started) == (1 if program == "/nowhere/at/all" else 3)
        assert found == problems != []
        assert rows(together.base) == rows(alone.base)


def test_few_files_are_read_in_one_process(tmp_path: Path) -> None:
    """Another process pays from some megabytes on."""
    (tmp_path / "small.yaml").write_bytes(b"x")
    (tmp_path / "large.yaml").write_bytes(b"x" * workers.ENOUGH)
    small, large = (parts.Task(1, str(tmp_path / f"{name}.yaml"), name, "mine") for name in ("small", "large"))
    assert workers._workers([small] * 3) == 1
    assert workers._workers([small, large, small]) == min(3, len(os.sched_getaffinity(0)))
