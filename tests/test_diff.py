"""What changed: over two directories, over two revisions, in sentences with sources and as data."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from cabrief.loading import revisions
from conftest import ATOLLS, Run

DUE = ("due: 2035", "due: 2034")
CHANGES = {
    "a date": (DUE, ("thousand-boats", "due", "2035", "2034")),
    "the digits of a value": (
        ("value: 12000, unit", "value: 12000.0, unit"),
        ("aru", "basics.population", "12,000 people (2030 est.)", "12,000.0 people (2030 est.)"),
    ),
    "a truth that became a number": (
        ("reef: {value: true,", "reef: {value: 1,"),
        ("aru", "basics.reef", "yes", "1"),
    ),
    "who is named": (("to: [aru, bela], firm", "to: [aru], firm"), ("thousand-boats", "to", "Aru, Bela", "Aru")),
    "a sentence": (
        ("Zemland is to build a thousand boats.", "Zemland builds boats."),
        ("thousand-boats", "text.en", "Zemland is to build a thousand boats.", "Zemland builds boats."),
    ),
    "a value": (
        ("value: 12000, unit: people, as_of: 2030, estimate: true", "value: 13000, unit: people, as_of: 2031"),
        ("aru", "basics.population", "12,000 people (2030 est.)", "13,000 people (2031)"),
    ),
    "a step": (
        ("{stage: negotiating, date: 2030,", "{stage: agreed-in-principle, date: 2031,"),
        ("bela-fishing", "steps.negotiating", "negotiating, 2030", None),
    ),
    "evidence alone": (
        ("line: 3, phrase: the reef", "line: 4, phrase: the reef"),
        ("aru", "basics.reef.refs", "log:3 «the reef»", "log:4 «the reef»"),
    ),
    "evidence of a sentence": (
        ("line: 12, phrase: wants fish", "line: 13, phrase: wants fish"),
        ("zemland-wants-fish", "refs", "log:12 «wants fish»", "log:13 «wants fish»"),
    ),
    "who errs": (
        ("The Gazette counts 15,000.", "The Gazette counts more."),
        ("aru-people-count", "others.1.en", "The Gazette counts 15,000.", "The Gazette counts more."),
    ),
    "a flag": (("approximate: true", "approximate: false"), ("boats-value", "approximate", "yes", "no")),
    "a word that is also an id": (
        ("aliases: [Арў, Áru Isles]", "aliases: [Арў, sea]"),
        ("aru", "aliases", "Арў, Áru Isles", "Арў, sea"),
    ),
    "the pack": (("schools]\nsummit", "]\nsummit"), ("atolls", "areas", "The sea, Schools", "The sea")),
}


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    return Path(shutil.copytree(ATOLLS, tmp_path / "old")), Path(shutil.copytree(ATOLLS, tmp_path / "new"))


def change(pack: Path, old: str, new: str) -> None:
    for file in pack.glob("*.yaml"):
        text = file.read_text("utf-8")
        if old in text:
            file.write_text(text.replace(old, new), "utf-8")
            return
    raise AssertionError(old)


def rows(run: Run, *arguments: str) -> list[dict[str, Any]]:
    done = run("diff", *arguments, "-f", "json")
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)["rows"]
    return found


def said(row: dict[str, Any], lang: str = "en") -> tuple[Any, ...]:
    return (row["id"], row["field"], *(row[side] and row[side][lang] for side in ("before", "after")))


@pytest.mark.parametrize("what", CHANGES)
def test_a_field(what: str, pair: tuple[Path, Path], run: Run) -> None:
    """One edit is told by record and field, with what stood there and what stands there; back again the other way round."""
    (old, new), expected = CHANGES[what]
    change(pair[1], old, new)
    found = rows(run, *map(str, pair))
    assert {row["change"] for row in found} == {"changed"}
    assert said(found[0]) == expected
    back = rows(run, *map(str, reversed(pair)))
    assert {(r["id"], r["field"]) for r in back} == {(r["id"], r["field"]) for r in found}
    assert [row["before"] for row in sorted(back, key=lambda r: str(r["field"]))] == [
        row["after"] for row in sorted(found, key=lambda r: str(r["field"]))
    ]


TALKS = "{stage: negotiating, date: 2030, refs: [{source: log, line: 9, phrase: talks with Bela}]}"
MORE_TALKS = f"{TALKS}\n      - {TALKS.replace('2030', '2031')}"
LOST = {
    "a note of a step": (
        TALKS,
        TALKS.replace("refs", "note: {en: Hard talks, ja: 難航}, refs"),
        "steps.negotiating.note",
    ),
    "an estimate": (
        "capital: {value: {en: Port",
        "capital: {estimate: true, value: {en: Port",
        "basics.capital",
    ),
    "how long a value is fresh": ("ja: 人口}}", "ja: 人口}, fresh_years: 3}", "basics.population.fresh_years"),
    "a member's day": ("role: none, refs", "role: none, as_of: 2030, refs", "members.bela.as_of"),
    "the end of a passage": ("line_end: 15, ", "line_end: 16, ", "refs"),
    "precision of a date": ("as_of: 2031-05, key", "as_of: 2031-05~, key", "as_of"),
    "the order of the pack": ("countries: [aru, bela]\npowers", "countries: [bela, aru]\npowers", "countries"),
    "the order of rows": (
        "  - {id: reef, label: {en: Reef, ja: 礁}}\n  - {id: relations, label: {en: Relations with Zemland, ja: ゼムランドとの国交}}",
        "  - {id: relations, label: {en: Relations with Zemland, ja: ゼムランドとの国交}}\n  - {id: reef, label: {en: Reef, ja: 礁}}",
        "basics",
    ),
}


@pytest.mark.parametrize("what", LOST)
def test_nothing_is_lost(what: str, pair: tuple[Path, Path], run: Run) -> None:
    """Whatever differs between two records is told, also what their sentences and values do not show."""
    old, new, field = LOST[what]
    change(pair[1], old, new)
    found = rows(run, *map(str, pair))
    assert [row["field"] for row in found] == [field]
    assert found[0]["before"] != found[0]["after"]


def test_a_value_may_be_called_as_the_evidence_is(pair: tuple[Path, Path], run: Run) -> None:
    """A name that ends in refs is a user's own: what it stands for is no evidence."""
    for pack, value in zip(pair, ("yes", "no"), strict=True):
        change(pack, "- {id: reef, label", "- {id: refs, label")
        for before in ("true", "false"):
            change(pack, f"reef: {{value: {before},", f"refs: {{value: {{en: {value}, ja: 値}},")
    assert [said(row)[1:] for row in rows(run, *map(str, pair))] == [("basics.refs.en", "yes", "no")] * 2


def test_a_word_of_the_pack_is_no_name(pair: tuple[Path, Path], run: Run) -> None:
    """Where a topic has it as its id."""
    for pack, table in zip(pair, ("ties", "resources"), strict=True):
        change(pack, "- {id: sea, name", "- {id: resources, name: {en: Oil, ja: 油}}\n  - {id: sea, name")
        measure = f"measures: [{{id: trade, label: {{en: Trade, ja: 貿易}}, table: {table}}}]"
        change(pack, "areas: [sea, schools]", f"areas: [sea, schools]\n{measure}")
    assert [said(row) for row in rows(run, *map(str, pair))] == [
        ("atolls", "measures.trade.table", "ties", "resources")
    ]


@pytest.mark.parametrize(
    "half", ["measures: [{id: trade, label: {en: Trade}, table: ties}]", "landmarks: [{lat: 3, lon: 4}]"]
)
def test_a_half_written_pack_is_compared_as_far_as_it_goes(half: str, pair: tuple[Path, Path], run: Run) -> None:
    change(pair[1], "schools]\nsummit", f"]\n{half}\nsummit")
    for states in (pair, pair[::-1]):
        assert [row["field"] for row in rows(run, *map(str, states))] == ["areas"]


def test_the_first_of_two_steps_of_one_stage(pair: tuple[Path, Path], run: Run) -> None:
    """Steps of one stage have names and ids of their own, in every report, and a dispute can be about each."""
    for pack in pair:
        change(pack, TALKS, MORE_TALKS)
        change(
            pack,
            "disputes:\n",
            "disputes:\n  - {id: when, about: bela-fishing.negotiating-2, category: error, weight: low, held: {en: In 2031., ja: 2031年。},"
            " others: [{says: {en: Later., ja: 後。}, refs: [{source: gazette, phrase: much later}]}], reason: {en: So it is., ja: そう。},"
            " refs: [{source: log, line: 9, phrase: talks with Bela}]}\n",
        )
    change(pair[1], "date: 2030, refs: [{source: log, line: 9", "date: 2029, refs: [{source: log, line: 9")
    found = rows(run, *map(str, pair))
    assert [said(row) for row in found] == [
        ("bela-fishing", "steps.negotiating", "negotiating, 2030", "negotiating, 2029")
    ]
    data = ("--data", str(pair[1]), "--as-of", "2032-01-01")
    listed = [json.loads(line) for line in run("facts", *data, "-f", "ndjson").stdout.splitlines()]
    ids = [row["id"] for row in listed]
    assert len(ids) == len(set(ids))
    assert {"bela-fishing.negotiating", "bela-fishing.negotiating-2"} <= set(ids)
    first, second = (run("why", f"bela-fishing.negotiating{n}", *data).stdout for n in ("", "-2"))
    assert ("2029" in first, "2031" in second) == (True, True)
    assert ("Later (Gazette)." in first, "Later (Gazette)." in second) == (False, True)


def test_order_that_means_nothing(pair: tuple[Path, Path], run: Run) -> None:
    """Ids of other records, names and references are sets."""
    for pack in pair:
        change(pack, "topics: [schools], asks", "topics: [schools, sea], asks")
        change(pack, "countries: [bela], topics", "countries: [bela, aru], topics")
        change(pack, "phrase: thousand boats}]", "phrase: thousand boats}, {source: log, line: 9, phrase: more boats}]")
    change(pair[1], "topics: [schools, sea], asks", "topics: [sea, schools], asks")
    change(pair[1], "countries: [bela, aru], topics", "countries: [aru, bela], topics")
    change(pair[1], "to: [aru, bela]", "to: [bela, aru]")
    change(pair[1], "aliases: [Арў, Áru Isles]", "aliases: [Áru Isles, Арў]")
    change(
        pair[1],
        "{source: gazette, phrase: thousand boats}, {source: log, line: 9, phrase: more boats}",
        "{source: log, line: 9, phrase: more boats}, {source: gazette, phrase: thousand boats}",
    )
    change(
        pair[1],
        "      - {of: aru, role: member, as_of: 2030, refs: [{source: log, line: 7, phrase: Aru joined}]}\n"
        "      - {of: bela, role: none, refs: [{source: log, line: 7, phrase: not Bela}]}\n",
        "      - {of: bela, role: none, refs: [{source: log, line: 7, phrase: not Bela}]}\n"
        "      - {of: aru, role: member, as_of: 2030, refs: [{source: log, line: 7, phrase: Aru joined}]}\n",
    )
    assert rows(run, *map(str, pair)) == []


def test_as_of_a_day(pair: tuple[Path, Path], run: Run) -> None:
    """The report is dated that day, and compares what could be told by then."""
    change(pair[1], *DUE)
    for day, expected in (("2031-06-01", 1), ("2031-05-01", 0)):
        done = run("diff", *map(str, pair), "--as-of", day, "-f", "json")
        assert (done.returncode, json.loads(done.stdout)["as_of"]) == (0, day)
        assert len(json.loads(done.stdout)["rows"]) == expected
    assert run("diff", *map(str, pair), "--as-of", "2031-13").returncode == 2


def test_records_that_come_and_go(pair: tuple[Path, Path], run: Run) -> None:
    """What is added and what is removed is told in its sentences, with the sources, those that are gone among them."""
    change(
        pair[1],
        "statements:\n",
        "statements:\n  - {id: praise, speaker: ann-pilot, nature: statement, topics: [schools], text: {en: Ann praised Bela., ja: アンはベラを称賛した。},"
        " refs: [{source: paper, phrase: praised Bela}]}\n",
    )
    change(
        pair[1],
        "topics:\n",
        "  - {id: paper, title: The Paper, publisher: P, language: en, kind: news, url: 'https://example.org/p'}\ntopics:\n",
    )
    forth, back = run("diff", *map(str, pair)).stdout, run("diff", *map(str, reversed(pair))).stdout
    assert "Records: 2 added, 0 changed, 0 removed." in forth
    assert "## Added\n\n### Source (1)\n\n- The Paper (P)\n\n### Statement (1)\n\n- Ann praised Bela.[^1]" in forth
    assert "Records: 0 added, 0 changed, 2 removed." in back
    assert "## Removed" in back
    for printed in (forth, back):
        assert "[^1]: P, “The Paper”, «praised Bela» <https://example.org/p>" in printed
    assert {(r["change"], r["id"]) for r in rows(run, *map(str, reversed(pair)))} == {
        ("removed", "paper"),
        ("removed", "praise"),
    }


def test_nothing_changed(pair: tuple[Path, Path], run: Run) -> None:
    """Comments, order of files and places in them are no change."""
    (pair[1] / "facts.yaml").rename(pair[1] / "other.yaml")
    other = pair[1] / "other.yaml"
    other.write_text("# a comment\n" + other.read_text("utf-8"), "utf-8")
    done = run("diff", *map(str, pair))
    assert done.stdout.endswith("Records: 0 added, 0 changed, 0 removed.\n")
    assert rows(run, *map(str, pair)) == []


def test_a_state_with_problems_is_compared_as_far_as_it_goes(pair: tuple[Path, Path], run: Run) -> None:
    """A record that cannot be read on one side is neither removed nor added: nobody knows."""
    change(pair[0], *DUE)
    change(pair[0], "aspect: dependency", "aspect: dependancy")
    for arguments in (pair, tuple(reversed(pair))):
        done = run("diff", *map(str, arguments))
        assert done.returncode == 0
        assert "Records: 0 added, 1 changed, 0 removed." in done.stdout
        assert (
            f"cabrief: {pair[0]} has 1 problem; records that cannot be read there are left out on both sides"
            in done.stderr
        )
    (pair[0] / "facts.yaml").write_text("x: [", "utf-8")
    assert "Records: 0 added, 0 changed," in run("diff", str(pair[0]), str(pair[0])).stdout
    broken = Path(shutil.copytree(ATOLLS, pair[0].parent / "broken"))
    (broken / "facts.yaml").write_text((broken / "facts.yaml").read_text("utf-8") + "x: [\n", "utf-8")
    assert "Records: 0 added, 0 changed, 0 removed." in run("diff", str(broken), str(pair[1])).stdout


def test_a_directory_alone(pair: tuple[Path, Path], run: Run) -> None:
    """Compared with what? Not with a pack on something else."""
    done = run("diff", str(pair[0]))
    assert (done.returncode, done.stdout) == (2, "")
    assert "name two directories" in done.stderr


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository of the layout data/ with seeds/ beside it, of two commits on two days."""
    top = tmp_path / "repo"
    shutil.copytree(ATOLLS, top / "data")
    (top / "seeds").mkdir()
    facts = (top / "data" / "facts.yaml").read_text("utf-8").splitlines(keepends=True)
    (top / "seeds" / "log.yaml").write_text("".join(facts[:2]), "utf-8")
    (top / "data" / "facts.yaml").write_text("".join([facts[0], *facts[2:]]), "utf-8")
    (top / "data" / "link.yaml").symlink_to("/etc/passwd")
    git(top, "init", "--quiet")
    commit(top, "2031-01-10T12:00:00")
    git(top, "tag", "first")
    change(top / "data", *DUE)
    commit(top, "2031-02-10T12:00:00")
    return top


def git(top: Path, *arguments: str, **more: str) -> None:
    name = ("-c", "user.name=N", "-c", "user.email=n@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(
        ["git", "-C", str(top), *name, *arguments], check=True, capture_output=True, env={**os.environ, **more}
    )


def commit(top: Path, day: str) -> None:
    git(top, "add", "--all")
    git(top, "commit", "--quiet", "--message", "facts", GIT_AUTHOR_DATE=day, GIT_COMMITTER_DATE=day)


def test_revisions(repository: Path, run: Run) -> None:
    """Revisions by name and by day, and the pack as it stands; nothing is written into the repository."""
    pack = ("--pack", str(repository / "data"))
    expected = [("thousand-boats", "due", "2035", "2034")]
    before = sorted(repository.rglob("*"))
    for arguments in (
        ("first", "HEAD"),
        ("HEAD~1",),
        ("2031-01-31", "2031-02-28"),
        ("2031-01-31",),
        ("first", str(repository / "data")),
    ):
        found = rows(run, *arguments, *pack)
        assert [said(row) for row in found if row["id"] != "paper"] == expected, arguments
    assert rows(run, "first", *pack)[0]["file"].endswith("data/facts.yaml")
    assert rows(run, "HEAD", "first", *pack)[0]["file"] == "first:data/facts.yaml"
    assert "What changed: first → HEAD" in run("diff", "first", "HEAD", *pack).stdout
    assert sorted(repository.rglob("*")) == before


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nonsense", "neither a directory nor a revision"),
        ("--upload-pack=x", "there is no option"),
        ("2030-12-31", "no commit of these facts by 2030-12-31"),
        ("2031-02-30", "2031-02 has 28 days"),
    ],
)
def test_states_that_are_none(name: str, words: str, repository: Path, run: Run) -> None:
    done = run("diff", name, "--pack", str(repository / "data"))
    assert done.returncode == 2
    assert words.lower() in done.stderr.lower()
    assert "Traceback" not in done.stderr


def test_a_layer_of_ones_own(pair: tuple[Path, Path], run: Run) -> None:
    """It goes into a pipe or a file only when asked to."""
    (pair[1] / "pack.yaml").unlink()
    done = run("diff", str(ATOLLS), str(pair[1]))
    assert (done.returncode, done.stdout) == (2, "")
    assert "--layers" in done.stderr
    for days in (("--since", "2020"), ("2020-01-01",), ("2020-01-01", "2031-01-01", "-o", str(pair[1] / "out.md"))):
        done = run("diff", *days, "--pack", str(pair[1]))
        assert (done.returncode, done.stdout) == (2, "")
        assert "--layers" in done.stderr
    assert not (pair[1] / "out.md").exists()


def test_a_git_that_does_not_answer_is_told(
    repository: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its time has an end, and the message says so."""
    (tmp_path / "git").write_text("#!/bin/sh\nexec sleep 60\n")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(revisions, "SECONDS", 0.2)
    done = run("diff", "v1", "--pack", str(repository / "data"))
    assert done.returncode == 2
    assert "git does not answer within 0.2 seconds" in done.stderr


def test_an_id_that_became_another_kind(pair: tuple[Path, Path], run: Run) -> None:
    change(pair[1], "  - {id: zemland-motive, aspect", "  - {id: zemland-motif, aspect")
    change(pair[1], "topics:\n", "topics:\n  - {id: zemland-motive, name: {en: Motive, ja: 動機}}\n")
    found = rows(run, *map(str, pair))
    assert ("zemland-motive", "kind", "note", "topic") in [said(row) for row in found]


@pytest.mark.slow
def test_a_repository_that_is_too_much(repository: Path, run: Run) -> None:
    """Small in git's store, endless when read: refused, soon."""
    blob = b"# " + b"x" * 999_000
    made = subprocess.run(
        ["git", "-C", str(repository), "hash-object", "-w", "--stdin"], input=blob, capture_output=True, check=True
    )
    id_ = made.stdout.decode().strip()
    tree = "".join(f"100644 blob {id_}\t{n}.yaml\n" for n in range(10))
    for _ in range(6):
        top = subprocess.run(
            ["git", "-C", str(repository), "mktree"], input=tree.encode(), capture_output=True, check=True
        )
        tree = "".join(f"040000 tree {top.stdout.decode().strip()}\t{n}\n" for n in range(20))
    root = subprocess.run(
        ["git", "-C", str(repository), "mktree"],
        input=f"040000 tree {top.stdout.decode().strip()}\tdata\n".encode(),
        capture_output=True,
        check=True,
    )
    name = (
        "-c",
        "user.name=N",
        "-c",
        "user.email=n@example.org",
        "commit-tree",
        "-m",
        "bomb",
        root.stdout.decode().strip(),
    )
    made = subprocess.run(["git", "-C", str(repository), *name], capture_output=True, check=True)
    done = run("diff", made.stdout.decode().strip(), "HEAD", "--pack", str(repository / "data"))
    assert done.returncode == 2
    assert "more than is read" in done.stderr


@pytest.mark.parametrize("bound", ["MOST_FILES", "MOST_LISTED", "MOST_TOGETHER", "MOST_REPEATED"])
def test_few_objects_that_stand_for_many_files(
    repository: Path, run: Run, monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    """One blob of a tree may have a thousand names, and each of them is a file that is read."""

    def git(*arguments: str, given: str = "") -> str:
        command = ["git", "-C", str(repository), *arguments]
        return subprocess.run(command, input=given, capture_output=True, text=True, check=True).stdout.strip()

    blob = git("hash-object", "-w", "--stdin", given="notes: []\n")
    folder = git("mktree", given="".join(f"100644 blob {blob}\t{n}.yaml\n" for n in range(100)))
    tree = git("mktree", given="".join(f"040000 tree {folder}\t{n}\n" for n in range(10)))
    top = git("mktree", given=f"040000 tree {tree}\tdata\n")
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    commit = git(*identity, "commit-tree", top, "-m", "many")
    pack = ("--pack", str(repository / "data"))
    assert "more than is read" not in run("diff", commit, "HEAD", *pack).stderr
    monkeypatch.setattr(revisions, bound, 999)
    refused = run("diff", commit, "HEAD", *pack)
    assert (refused.returncode, "more than is read" in refused.stderr) == (2, True)


def test_git_in_another_language(repository: Path, tmp_path: Path, run: Run) -> None:
    """git's exit codes are read, not its words; what of them is shown is asked for in English."""
    real = shutil.which("git")
    folder = tmp_path / "bin"
    folder.mkdir()
    spoken = f'"{real}" "$@" 2> /dev/null || {{ code=$?; echo "fatal: kein Repository ($LC_ALL)" >&2; exit $code; }}'
    (folder / "git").write_text(f"#!/bin/sh\n{spoken}\n", "utf-8")
    (folder / "git").chmod(0o755)
    german = {"PATH": f"{folder}:{os.environ['PATH']}", "LANG": "de_DE.UTF-8", "LANGUAGE": "de"}
    pack = ("--pack", str(repository / "data"))
    assert len(json.loads(run("diff", "first", "HEAD", *pack, "-f", "json", **german).stdout)["rows"]) == 1
    assert "neither a directory nor a revision" in run("diff", "nonsense", *pack, **german).stderr
    outside = Path(shutil.copytree(ATOLLS, tmp_path / "outside"))
    done = run("diff", "HEAD", "--pack", str(outside), **german, GIT_CEILING_DIRECTORIES=str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"cabrief: 'HEAD' is no directory, and git finds no repository around {outside}: fatal: kein Repository (C)\n"
    )


def test_no_repository(tmp_path: Path, run: Run) -> None:
    """Outside of a repository a revision is refused in words; two directories need no git at all."""
    pack = Path(shutil.copytree(ATOLLS, tmp_path / "pack"))
    done = run("diff", "HEAD", "--pack", str(pack), GIT_CEILING_DIRECTORIES=str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("cabrief: ")
    assert run("diff", str(pack), str(pack), PATH="/nowhere").returncode == 0
    assert "is it installed?" in run("diff", "HEAD", "--pack", str(pack), PATH="/nowhere").stderr


def test_a_day_is_a_state_of_this_branch(repository: Path, run: Run) -> None:
    """What another branch held on a day came to the pack with its merge, later."""
    main = subprocess.run(
        ["git", "-C", str(repository), "branch", "--show-current"], check=True, capture_output=True, text=True
    ).stdout.strip()
    for start, branch, name, day in (
        ("-b", "side", "shells", "2031-03-01T18:00"),
        ("-q", main, "waves", "2031-03-01T09:00"),
    ):
        git(repository, "checkout", start, branch)
        (repository / "data" / f"{name}.yaml").write_text(f"topics: [{{id: {name}, name: {name}}}]\n", "utf-8")
        commit(repository, f"{day}:00")
    later = {"GIT_AUTHOR_DATE": "2031-04-01T12:00:00", "GIT_COMMITTER_DATE": "2031-04-01T12:00:00"}
    git(repository, "merge", "-q", "--no-ff", "-m", "merge", "side", **later)
    found = {row["id"]: row["change"] for row in rows(run, "2031-03-05", "HEAD", "--pack", str(repository / "data"))}
    assert found == {"shells": "added"}


def test_a_repository_that_git_does_not_read_is_told(
    repository: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A day is then no day of the facts' own dates, which would be another question: git is missing, or refuses."""
    where = ("diff", "2031-01-31", "--pack", str(repository / "data"))
    assert run(*where).returncode == 0
    (repository / ".git" / "config").write_text("[core\n", "utf-8")
    done = run(*where)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("cabrief: git: ")
    monkeypatch.setenv("PATH", "/nowhere")
    assert run(*where).stderr == "cabrief: git does not answer: is it installed?\n"


def test_links_of_a_revision_are_followed_as_in_a_folder(repository: Path, run: Run) -> None:
    """From link to link, into a folder with a dot, by way of the folder above; none out of the pack, none in a circle."""
    data = repository / "data"
    (data / ".store").mkdir()
    for name, file in (("chain", "c.txt"), ("dot", ".store/x.txt"), ("out", "o.txt")):
        (data / file).write_text(f"topics: [{{id: {name}, name: {name}}}]\n", "utf-8")
    links = {
        "b": "c.txt",
        "chain.yaml": "b",
        "dot.yaml": ".store/x.txt",
        "out.yaml": "../data/o.txt",
        "again.yaml": "zz",
    }
    for name, to in {**links, "zz": "again.yaml", "away.yaml": "../../x.yaml"}.items():
        (data / name).symlink_to(to)
    commit(repository, "2031-03-01T12:00:00")
    assert rows(run, "HEAD", "--pack", str(data)) == []
    found = {row["id"]: row["change"] for row in rows(run, "HEAD~1", "--pack", str(data))}
    assert found == {"chain": "added", "dot": "added", "out": "added"}


NOTES = "".join(
    f"  - {{id: n{n}, aspect: risk, text: {{en: Hi., ja: はい。}}, refs: [{{source: log, line: 1, phrase: said so}}]}}\n"
    for n in range(300)
)


@pytest.mark.parametrize(
    "spoilt",
    [
        f"remarks:\n{NOTES}",
        "notes:\n" + NOTES.replace("aspect", "zzz: 1, aspect"),
        "notes:\n" + NOTES.replace("id:", "Id:"),
        "notes: [" + NOTES.replace("aspect", "zzz: 1, aspect").replace("  - ", "").replace("\n", ", ") + "]\n",
    ],
    ids=["a kind that is none", "too many problems", "a misspelt key", "in one line"],
)
def test_what_could_not_be_read_is_not_new(pair: tuple[Path, Path], run: Run, spoilt: str) -> None:
    """Whatever kept records of one state from being read: nobody knows whether they changed."""
    topic = "topics: [{id: reefs, name: Reefs}]\n"
    for pack, notes in zip(pair, (spoilt, f"notes:\n{NOTES}"), strict=True):
        (pack / "more.yaml").write_text(topic + notes, "utf-8")
    assert [run("check", str(pack)).returncode for pack in pair] == [1, 0]
    for arguments in (pair, tuple(reversed(pair))):
        assert "Records: 0 added, 0 changed, 0 removed." in run("diff", *map(str, arguments)).stdout


@pytest.mark.parametrize("name", [":pack", ":(top)data", ":!pack", "*", "[a]"])
def test_a_folder_is_no_pattern(repository: Path, run: Run, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git takes some names of folders for patterns, or for other folders."""
    pack = repository / name
    shutil.copytree(ATOLLS, pack)
    commit(repository, "2031-03-01T12:00:00")
    change(pack, *DUE)
    monkeypatch.setenv("GIT_ICASE_PATHSPECS", "1")
    found = rows(run, "HEAD", "--pack", str(pack))
    assert [said(row) for row in found] == [("thousand-boats", "due", "2035", "2034")]


def test_in_a_hook_of_a_second_work_tree(repository: Path, run: Run, tmp_path: Path) -> None:
    """Git names its own folder to the hook, and would then take the folder that is asked about for the top."""
    git(repository, "worktree", "add", "-q", str(tmp_path / "second"))
    hook = {"GIT_DIR": str(repository / ".git" / "worktrees" / "second"), "GIT_PREFIX": "", "GIT_INDEX_FILE": "index"}
    done = run("diff", "HEAD", "--pack", str(tmp_path / "second" / "data"), "-f", "json", **hook)
    assert (done.returncode, json.loads(done.stdout)["rows"]) == (0, [])
