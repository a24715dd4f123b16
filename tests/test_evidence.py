"""Evidence held against the originals, and the reports that lead to it."""

import hashlib
import json
import os
import re
import shutil
from pathlib import Path

import pytest

from cabrief.authoring import evidence
from cabrief.model.kinds.disputes import Dispute
from cabrief.model.kinds.sources import Source
from cabrief.reports import sources, why
from cabrief.store.base import Base
from conftest import ATOLLS, Run

TEXTS = Path(os.environ.get("CABRIEF_TEXTS") or "no texts at hand")
DAY = "2031-06-02"
WORDS = [
    "Port Aru",
    "some twelve thousand people",
    "the reef",
    "Bela Town",
    "no reef",
    "North Union",
    "the League Aru joined not Bela",
]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The invented pack with a document that fits it."""
    pack = Path(shutil.copytree(ATOLLS, tmp_path / "pack"))
    lines = [
        *WORDS,
        "a visit to Aru",
        "talks with Bela",
        "three trillion",
        "leans north",
        "wants fish",
        "feed Zemland",
        "asked Bela",
    ]
    lines += [""] * (40 - len(lines))
    text = "\n".join(lines) + "\n"
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "log.txt").write_text(text, "utf-8")
    facts = pack / "facts.yaml"
    digest = hashlib.sha256(text.encode()).hexdigest()
    facts.write_text(facts.read_text("utf-8").replace('sha256: "00"', f'sha256: "{digest}"'), "utf-8")
    return pack


def test_evidence_that_holds(run: Run, pack: Path) -> None:
    """Every phrase in its line, digest and number of lines right: no problem."""
    done = run("check", str(pack), "--texts", str(pack.parent / "texts"), "--as-of", DAY)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout


def test_what_stands_there_instead(run: Run, pack: Path) -> None:
    """A phrase in another line, a phrase nowhere, another edition: each says what stands there."""
    text = pack.parent / "texts" / "log.txt"
    lines = text.read_text("utf-8").splitlines()
    lines[0], lines[2] = lines[2], lines[0]
    lines[3] = "Bella City"
    text.write_text("\n".join([*lines, "one more"]) + "\n", "utf-8")
    done = run("check", str(pack), "--texts", str(text.parent), "--as-of", DAY)
    assert done.returncode == 1
    found = [line.split(": ", 1)[1] for line in done.stdout.splitlines()]
    digest = hashlib.sha256(text.read_bytes()).hexdigest()
    assert found == [
        f"text-changed: source log: the document has another digest than the card, {digest}, and 41 lines (is it the same edition?)",
        "warning: phrase-elsewhere: country aru: 'Port Aru' is not in line 1 of log, which reads 'the reef' … (it stands in line 3)",
        "warning: phrase-elsewhere: country aru: 'the reef' is not in line 3 of log, which reads 'Port Aru' … (it stands in line 1)",
        "phrase-not-there: country bela: 'Bela Town' is not in line 4 of log, which reads 'Bella City' …"
        " (it stands nowhere in the document)",
    ]


def test_missing_text(run: Run, pack: Path) -> None:
    (pack.parent / "texts" / "log.txt").unlink()
    done = run("check", str(pack), "--texts", str(pack.parent / "texts"), "--as-of", DAY)
    assert "text-missing: source log: the folder has no file 'log.txt'" in done.stdout
    assert run("check", str(pack), "--texts", "/nowhere").returncode == 2


@pytest.mark.skipif(
    not TEXTS.is_dir(), reason="the founding documents are not at hand: CABRIEF_TEXTS names their folder"
)
def test_shipped_evidence(run: Run) -> None:
    """Where the founding documents are at hand, every card and every phrase holds."""
    done = run("check", "--texts", str(TEXTS))
    assert done.returncode == 0, done.stdout


@pytest.mark.skipif(
    not TEXTS.is_dir(), reason="the founding documents are not at hand: CABRIEF_TEXTS names their folder"
)
def test_every_sentence_carries_a_fact(shipped: Base) -> None:
    """In the founding documents, a line with a full stop that carries no fact is one of these few: page furniture."""
    furniture = {"pwc-2026": {34}, "prism-2025": {28, 29, 30}}
    for card in shipped.find(Source):
        if not card.document:
            continue
        text = (TEXTS / card.document).read_text("utf-8").splitlines()
        carried = {n for first, last, _ in sources.by_line(shipped, card.id) for n in range(first, last + 1)}
        bare = {n for n, line in enumerate(text, start=1) if "。" in line and n not in carried}
        assert bare <= furniture.get(card.id, set()), f"{card.id}: {sorted(bare)}"


def test_why_answers_for_every_id(shipped: Base) -> None:
    """Every id that any report can print is explained, with where it is kept."""
    ids = why.known_ids(shipped)
    assert len(ids) > 1500
    for id_ in list(ids)[::7]:
        document = why.view(shipped, "2026-11-22", [id_])
        assert document.sections[-1].blocks, id_


def test_why_shows_the_line(run: Run, pack: Path) -> None:
    """With the texts at hand, the line stands between its neighbours."""
    done = run("why", "aru-leans-north", "--data", str(pack), "--texts", str(pack.parent / "texts"))
    assert "- **Line**: 11\n- **Phrase**: «leans north»\n" in done.stdout
    assert "- **10**: three trillion\n- **11**: leans north\n- **12**: wants fish\n" in done.stdout
    assert f"- **File**: {pack.as_posix()}/facts.yaml:81\n" in done.stdout


def test_why_of_nothing(run: Run) -> None:
    done = run("why", "aru-leans-nort", "--data", str(ATOLLS))
    assert done.returncode == 2
    assert "there is no fact 'aru-leans-nort'. Did you mean aru-leans-north" in done.stderr


def test_a_source_in_its_own_order(run: Run) -> None:
    """Lines ascend, each with what it says and the ids of the facts; the card comes first."""
    out = run("sources", "log", "--data", str(ATOLLS), "--as-of", "2031-12-31").stdout
    assert "Facts rest on 14 passages of it" in out
    rows = [line.split(" | ") for line in out.splitlines() if line.startswith("| ") and line[2].isdigit()]
    numbers = [int(re.split(r"[–\[]", row[0].strip("| "))[0]) for row in rows]
    assert numbers == sorted(numbers)
    assert rows[-1][-1].strip(" |") == "pilot-asks"


def test_disputes(run: Run, shipped: Base) -> None:
    """Weightiest first, with the fields of a row, and each with a side that says otherwise."""
    rows = [json.loads(line) for line in run("disputes", "-f", "ndjson").stdout.splitlines()]
    assert len(rows) >= 30
    assert all(list(row) == ["id", "about", "category", "held", "others", "reason", "refs"] for row in rows)
    assert all(row["others"] and all(other["refs"] for other in row["others"]) for row in rows)
    weights = {dispute.id: dispute.weight for dispute in shipped.find(Dispute)}
    order = ["high", "medium", "low"]
    found = [order.index(weights[row["id"]]) for row in rows]
    assert found == sorted(found)
    only = run("disputes", "--weight", "high", "--source", "pwc-2026", "-f", "ndjson").stdout.splitlines()
    assert 0 < len(only) < len(rows)


def test_every_disputed_value_is_marked(run: Run) -> None:
    """The reports mark what a dispute is about."""
    out = run("country", "aru", "--full", "--data", str(ATOLLS), "--as-of", "2031-06-01").stdout
    line = re.search(
        r"^- \*\*Population\*\*: 12,000 people \(2030 est\.\) \*\*\(disputed\)\*\*\[\^(\d+)\]$", out, re.MULTILINE
    )
    assert line
    note = re.search(rf"^\[\^{line[1]}\]: (.*)$", out, re.MULTILINE)
    assert note
    assert "† Held here: Aru has 12,000 people. Other sources: The Gazette counts 15,000. (Gazette" in note[1]
    assert "[^" not in note[1]


def test_old_values_are_said_to_be_old(run: Run) -> None:
    """A value older than its pack expects says so; as of an earlier day it does not."""
    assert "2 years old" in run("country", "kazakhstan", "--full", "--as-of", "2027-06-01").stdout
    assert "years old" not in run("country", "kazakhstan", "--full", "--as-of", "2026-11-22").stdout


@pytest.mark.parametrize("document", ["../outside.txt", "/etc/passwd", "a/b.txt", "..", ".hidden", "C:x"])
def test_a_document_is_a_name_alone(run: Run, pack: Path, document: str) -> None:
    """A card cannot lead out of the folder that the user names."""
    facts = pack / "facts.yaml"
    facts.write_text(facts.read_text("utf-8").replace("document: log.txt", f"document: '{document}'"), "utf-8")
    done = run("check", str(pack), "--texts", str(pack.parent / "texts"), "--as-of", DAY)
    assert done.returncode == 1
    assert "bad-file-name" in done.stdout


def test_a_document_that_is_not_text(run: Run, pack: Path) -> None:
    """Bytes that are no UTF-8 are another edition, not a fault."""
    (pack.parent / "texts" / "log.txt").write_bytes(b"\xff\xfe" * 50)
    done = run("check", str(pack), "--texts", str(pack.parent / "texts"), "--as-of", DAY)
    assert (done.returncode, done.stderr.count("bug")) == (1, 0)
    assert "text-changed" in done.stdout
    why_ = run("why", "aru-leans-north", "--data", str(pack), "--texts", str(pack.parent / "texts"))
    assert why_.returncode == 0


def test_a_card_that_miscounts(run: Run, pack: Path) -> None:
    """The right document, and a card with another number of lines."""
    facts = pack / "facts.yaml"
    facts.write_text(facts.read_text("utf-8").replace("lines: 40", "lines: 41"), "utf-8")
    done = run("check", str(pack), "--texts", str(pack.parent / "texts"), "--as-of", DAY)
    assert done.stdout.endswith("text-lines: source log: the document has 40 lines, the card says 41\n")


def test_names_as_long_as_systems_allow(run: Run, pack: Path) -> None:
    """Limits count bytes, as systems do; what one card says stops nothing else."""
    facts = pack / "facts.yaml"
    given = facts.read_text("utf-8")
    for name, found in (("魚" * 100, 300), ("n" * 256, 256), ("n" * 1_900, 1_900)):
        facts.write_text(given.replace("document: log.txt", f"document: {name}"), "utf-8")
        done = run("check", str(pack), "--texts", str(pack.parent / "texts"), "--as-of", DAY)
        words = f"a file name has at most 255 bytes, this one has {found}"
        assert done.returncode == 1
        assert f"{facts}:2:" in done.stdout
        assert f"bad-file-name: source log: document: {words}" in done.stdout
    facts.write_text(given.replace("document: log.txt", f"document: {'n' * 255}"), "utf-8")
    assert "text-missing" in run("check", str(pack), "--texts", str(pack.parent / "texts"), "--as-of", DAY).stdout


def test_an_original_that_became_a_pipe_is_not_waited_for(
    run: Run, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look at it and its opening."""
    looked, calls = evidence._found, []

    def swapped(directory: Path, name: str) -> Path:
        file = looked(directory, name)
        calls.append(file)
        if len(calls) > 1:  # the first look is at which files are one
            file.unlink()
            os.mkfifo(file)
        return file

    monkeypatch.setattr(evidence, "_found", swapped)
    done = run("check", str(pack), "--texts", str(pack.parent / "texts"), "--as-of", DAY)
    assert "text-changed: source log: " in done.stdout


@pytest.mark.parametrize("thing", ["directory", "pipe", "loop", "deep"])
def test_originals_that_cannot_be_read(run: Run, pack: Path, thing: str) -> None:
    """They are a problem of their card, and every other problem is told as well."""
    facts, folder = pack / "facts.yaml", pack.parent / "texts"
    other = "  - {id: memo, title: Memo, publisher: P, language: en, kind: official, document: memo.txt, lines: 1, sha256: '00'}\n"
    facts.write_text(facts.read_text("utf-8").replace("sources:\n", f"sources:\n{other}"), "utf-8")
    (folder / "memo.txt").write_text("another edition\n", "utf-8")
    log = folder / "log.txt"
    log.unlink()
    match thing:
        case "directory":
            log.mkdir()
        case "pipe":
            os.mkfifo(log)
        case "loop":
            log.symlink_to("log.txt")
        case "deep":
            log.symlink_to("x" * 300)
    done = run("check", str(pack), "--texts", str(folder), "--as-of", DAY)
    assert done.returncode == 1
    assert "text-missing: source log: " in done.stdout
    assert "text-changed: source memo: " in done.stdout


@pytest.mark.parametrize("end", ["\n", "\r"])
def test_an_original_of_line_ends(tmp_path: Path, end: str) -> None:
    """A limit is told before the lines are made."""
    (tmp_path / "log.txt").write_text(end * (evidence.MOST_DOCUMENT_LINES + 1), "utf-8", newline="")
    with pytest.raises(evidence.NoOriginal) as caught:
        evidence._read(tmp_path, "log.txt")
    assert caught.value.code == "too-large"
    assert "10,000,000 bytes or 200,000 lines" in caught.value.words.en
    (tmp_path / "log.txt").write_text("\r\n" * evidence.MOST_DOCUMENT_LINES, "utf-8", newline="")
    assert len(evidence._read(tmp_path, "log.txt").lines) == evidence.MOST_DOCUMENT_LINES
    (tmp_path / "log.txt").write_text("a\fb\r\nc\u2028d\re\n\nf", "utf-8", newline="")
    assert evidence._read(tmp_path, "log.txt").lines == ["a\fb", "c\u2028d", "e", "", "f"], "as editors count them"


def test_another_text_than_the_card_describes_is_not_shown(run: Run, pack: Path) -> None:
    """Who is sent an altered original is told, not shown its words as the source's."""
    file = pack.parent / "texts" / "log.txt"
    asked = ("--data", str(pack), "--texts", str(pack.parent / "texts"), "--as-of", DAY)
    assert "leans north" in run("why", "aru-leans-north", *asked).stdout.partition("«leans north»")[2]
    file.write_text(file.read_text("utf-8").replace("leans north", "leans south"), "utf-8")
    for words in (("why", "aru-leans-north"), ("sources", "log")):
        told = run(*words, *asked).stdout
        assert "leans south" not in told
        assert "not the text that the card describes" in told
    file.unlink()
    assert "Not in the folder" in run("why", "aru-leans-north", *asked).stdout
    assert "Not in the folder" not in run("why", "aru-leans-north", *asked[:2], "--as-of", DAY).stdout


def test_an_original_that_is_too_large_is_told(run: Run, pack: Path) -> None:
    with (pack.parent / "texts" / "log.txt").open("wb") as file:
        file.truncate(30_000_000_000)
    done = run("check", str(pack), "--texts", str(pack.parent / "texts"), "--as-of", DAY)
    assert done.returncode == 1
    assert "too-large: source log: the file 'log.txt' is not read" in done.stdout


class Counted(str):
    """A line that counts how often something is cut out of it."""

    __slots__ = ()
    cuts = 0

    def __getitem__(self, key: object) -> str:
        Counted.cuts += 1
        return super().__getitem__(key)  # type: ignore[index]


def test_phrases_are_looked_for_at_once() -> None:
    """The work grows with the lines and not with the phrases times the lines; what is found is what each line has."""
    lines = [Counted(f"line {number} says abcd{number % 100} and no more") for number in range(500)]
    few = {"line 7 says": {8}, "abcd42 and": {43}, "no mo": {1, 500}, "never": {3}}
    many = {**few, **{f"phrase {number}": {1} for number in range(5_000)}}
    counts = []
    for asked in (few, many):
        Counted.cuts = 0
        found = evidence.find_phrases(list(lines), asked)
        counts.append(Counted.cuts)
        assert list(found["line 7 says"]) == [8]
        assert list(found["abcd42 and"]) == [43, 143, 243, 343, 443]
        assert list(found["no mo"]) == [*range(1, 11), 500]
        assert list(found["never"]) == []
    assert counts[1] <= 1.1 * counts[0]
