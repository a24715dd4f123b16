"""One page for every subject, one note for every line, and the way from a line to its evidence."""

import os
import pty
import re
import subprocess
import sys
import zipfile
from functools import cache, partial
from pathlib import Path
from shutil import which
from typing import Any
from xml.etree import ElementTree as ET

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options

from cabrief.document import Bullets, Cell, Column, DisputeNote, Document, Pairs, Section, Table
from cabrief.formats import How, renderer
from cabrief.formats.notes import Footnotes, contested, handles, is_quiet, lines
from cabrief.language.text import LANGS, Lang, Text, same
from cabrief.model.kinds.actors import Actor
from cabrief.model.kinds.agreements import Agreement
from cabrief.model.kinds.events import Event
from cabrief.model.kinds.notes import Note
from cabrief.model.kinds.organisations import Organisation
from cabrief.model.kinds.projects import Project
from cabrief.model.kinds.statements import Statement
from cabrief.model.kinds.topics import Topic
from cabrief.model.record import Fact, Ref
from cabrief.reports.pages.actors import actor_page
from cabrief.reports.pages.countries import country_page
from cabrief.reports.pages.fitting import fitted, word_count
from cabrief.reports.pages.subjects import brief_page
from cabrief.store.base import Base
from conftest import ATOLLS, Run

DAY = "2026-11-26"
MOST_LINES, MOST_WORDS = 70, 900


@cache
def every_page(base: Base) -> list[tuple[str, Document]]:
    found = [("brief", brief_page(base, DAY))]
    found += [(id_, brief_page(base, DAY, id_)) for id_ in base.ids(Topic, Event, Agreement)]
    found += [(id_, country_page(base, DAY, id_)) for id_ in base.pack.countries]
    return found + [(id_, actor_page(base, DAY, base.get(id_))) for id_ in base.ids(Actor)]


@pytest.mark.one_in(2)
@pytest.mark.parametrize("lang", LANGS)
def test_every_page_keeps_its_budget(shipped: Base, lang: Lang) -> None:
    """A page is at most 70 lines at 100 columns and 900 words of Markdown, sources included, for every subject."""
    pages = every_page(shipped)
    assert len(pages) > 100
    for name, page in pages:
        shown = renderer("terminal")(page, How(lang=lang, width=100, sources=False))
        assert shown.count("\n") <= MOST_LINES, name
        assert word_count(renderer("markdown")(page, How(lang=lang))) <= MOST_WORDS, name


def test_every_page_answers_first(shipped: Base) -> None:
    """A page opens with its answer in at most six lines, and says what it leaves out and how to get it."""
    for name, page in every_page(shipped):
        first = page.sections[0]
        assert first.title == Text("In short", "要点"), name
        assert 1 <= sum(len(getattr(block, "items", ())) for block in first.blocks) <= 6, name
        assert page.left_out, name
        assert "--full" in page.left_out.en, name


def test_nothing_is_printed_twice(shipped: Base) -> None:
    """No fact stands on a page twice."""
    for name, page in every_page(shipped):
        if page.sections:
            ids = [line.id for line in lines(page.sections[1:]) if line.id]
            assert len(ids) == len(set(ids)), (name, [id_ for id_ in ids if ids.count(id_) > 1])


def test_disputes_on_a_page_are_about_its_lines(shipped: Base) -> None:
    """What the notes of a page tell of disputes is about something that stands on a line with such a mark."""
    for name, page in every_page(shipped):
        marked = {id_ for line in lines(page.sections) for cell in line.cells for id_ in cell.disputes}
        for note in Footnotes(page).notes:
            assert {dispute.id for dispute in note.disputes} <= marked, name


@pytest.mark.parametrize("lang", LANGS)
def test_one_note_a_line(shipped: Base, lang: Lang) -> None:
    """A printed line has at most one mark, no note calls another, and GitHub's renderer finds as many notes as there are."""
    for name, page in every_page(shipped)[:20]:
        text = renderer("markdown")(page, How(lang=lang))
        body, _, notes = text.partition("\n[^1]: ")
        assert not re.search(r"\]\[\^|\[\^\d+\]\[\^", body), name
        assert "[^" not in re.sub(r"^\[\^\d+\]: ", "", notes, flags=re.MULTILINE), name
        for row in body.splitlines():
            assert row.count("[^") <= 1, row
        html = cmarkgfm.github_flavored_markdown_to_html(text, options=Options.CMARK_OPT_FOOTNOTES)
        count = len(re.findall(r"^\[\^\d+\]: ", text, re.MULTILINE))
        assert len(re.findall(r'<li id="fn-', html)) == count, name
        assert "[^" not in html, name


def test_pandoc_makes_real_footnotes(run: Run, tmp_path: Path) -> None:
    """A Word file made of the Markdown has as many footnotes as there are notes, none of them empty."""
    if not which("pandoc"):
        pytest.skip("pandoc is not installed")
    source = tmp_path / "brief.md"
    run("brief", "-o", str(source))
    subprocess.run(["pandoc", str(source), "-o", str(tmp_path / "brief.docx")], check=True)
    with zipfile.ZipFile(tmp_path / "brief.docx") as docx:
        tree = ET.fromstring(docx.read("word/footnotes.xml"))
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    found = ["".join(each.itertext()) for each in tree if not each.get(f"{space}type")]
    wanted = re.findall(r"^\[\^\d+\]: ", source.read_text("utf-8"), re.MULTILINE)
    assert len(found) == len(wanted)
    assert all(words.strip() and "[^" not in words for words in found)


def _document(**dispute: Any) -> tuple[Document, Cell]:
    fields: dict[str, Any] = {
        "id": "d",
        "about": "one",
        "category": "disagreement",
        "weight": "high",
        "summary": same("two counts differ"),
        "held": same("H."),
        "others": ((same("O."), ()),),
        "reason": same("R."),
        "refs": (),
        **dispute,
    }
    note = DisputeNote(**fields)
    cell = Cell(text=same("Words."), id="one", disputes=("d",), refs=(Ref(source="s", phrase="phrase"),))
    sections = (Section(title=None, blocks=(Bullets(items=(cell,)),)),)
    return Document(title=same("T"), as_of=DAY, sections=sections, citations={}, notes={"d": note}), cell


@pytest.mark.parametrize(
    ("dispute", "said"),
    [
        ({}, "disputed: two counts differ"),
        ({"summary": None}, "disputed"),
        ({"category": "error"}, ""),
        ({"category": "wording"}, ""),
        ({"weight": "low"}, ""),
        ({"about": "one.date"}, "disputed: two counts differ"),
        ({"about": "one.place"}, ""),
    ],
)
def test_marks_by_weight(dispute: dict[str, object], said: str) -> None:
    """Words stand only where the printed value itself is contested; anything less is a quiet mark, whose meaning is told."""
    document, cell = _document(**dispute)
    what = contested(document, cell)
    assert (what.en if what else "") == said
    assert is_quiet(document, cell) == (not said)
    for name in ("markdown", "terminal"):
        bare = renderer(name)(document, How(sources=False))
        assert ("†" in bare.split("\n\n")[-1]) == (not said)
        assert bare.count("†") == (0 if said else 2)


def test_why_takes_what_a_report_printed(run: Run, own: Path) -> None:
    """A number of the last Markdown, a dispute of it, and the first words of a line lead to the evidence."""
    run("country", "aru", "--full", "--data", str(ATOLLS), "--as-of", "2031-06-01")
    first = run("why", "1", "--data", str(ATOLLS), "--as-of", "2031-06-01")
    assert first.returncode == 0
    assert "Port Aru" in first.stdout
    assert run("why", "d1", "--data", str(ATOLLS), "--as-of", "2031-06-01").returncode == 0
    beyond = run("why", "9999", "--data", str(ATOLLS))
    assert beyond.returncode == 2
    assert re.search(r"has no line 9999: its last one is \d+\n", beyond.stderr)
    words = run("why", "Aru has", "--data", str(ATOLLS), "--as-of", "2031-06-01")
    assert words.returncode == 0, words.stderr


@pytest.mark.parametrize("name", ["k1", "1"])
def test_a_line_just_printed_comes_before_a_record_of_its_name(name: str, own: Path, tmp_path: Path, run: Run) -> None:
    """A record of an overlay that is called as a line of the last report is told behind that line, and stderr says so."""
    own.mkdir()
    (own / "last-report.json").write_text(f'{{"{name}": {{"aru.capital": null}}}}')
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "mine.yaml").write_text(
        f'topics:\n  - {{id: "{name}", name: {{en: Trap, ja: 罠}}}}\n', "utf-8"
    )
    done = run("why", name, "--data", str(ATOLLS), "--data", str(tmp_path / "mine"), "--layers")
    assert done.stderr == f"cabrief: {name} is a line of the last report and the id of a fact: both follow\n"
    assert done.stdout.startswith("# Why: 2 facts")
    assert done.stdout.index("Why: Aru") < done.stdout.index("Why: Trap")


def _on_a_terminal(*arguments: str, **environment: str) -> str:
    """What a terminal of 24 lines shows."""
    outer, inner = pty.openpty()
    command = [sys.executable, "-m", "cabrief", *arguments]
    with subprocess.Popen(
        command, stdout=inner, stdin=inner, stderr=inner, env={**os.environ, **environment}
    ) as process:
        os.close(inner)
        shown = b""
        try:
            while part := os.read(outer, 65536):
                shown += part
        except OSError:  # how a terminal tells its end
            pass
        process.wait()
    os.close(outer)
    return shown.decode().replace("\r", "")


def test_lines_have_short_names_on_a_terminal(own: Path) -> None:
    """On a terminal each line has a name that `why` takes after it; a pipe has none."""
    data = ("--data", str(ATOLLS), "--as-of", "2031-06-01")
    shown = _on_a_terminal("country", "aru", *data, NO_COLOR="1")
    names = re.findall(r"^ +(k\d+) ", shown, re.MULTILINE)
    assert names == [f"k{n}" for n in range(1, len(names) + 1)]
    assert len(names) > 5
    assert "add --sources" in shown
    assert "Why:" in _on_a_terminal("why", "k2", *data, NO_COLOR="1")


def test_a_line_of_several_treaties_leads_to_all_of_them(shipped: Base) -> None:
    """What is contested stands last on it, before the mark; its short name stands for each."""
    page = country_page(shipped, DAY, "uzbekistan")
    (block,) = page.sections[1].blocks
    assert isinstance(block, Pairs)
    in_force = block.items[0][1]
    assert in_force.text.en.endswith("; Investment (24 September 2009)")
    ids = {"jp-uz-tax", "jp-uz-jcm", "jp-uz-investment"}
    assert {in_force.id, *in_force.more} == ids
    assert ids in [set(found) for found in handles(page).values()]


def test_long_reports_go_through_a_pager(own: Path, tmp_path: Path) -> None:
    """A report that the terminal is too low for goes to the pager of the user's choice; a short one, and --no-pager, do not."""
    pager = tmp_path / "pager"
    pager.write_text("#!/bin/sh\necho PAGED; cat > /dev/null\n")
    pager.chmod(0o755)
    data = ("--data", str(ATOLLS), "--as-of", "2031-06-01")
    assert "PAGED" in _on_a_terminal("country", "aru", "--full", *data, CABRIEF_PAGER=str(pager))
    assert "PAGED" not in _on_a_terminal("country", "aru", "--full", "--no-pager", *data, CABRIEF_PAGER=str(pager))
    assert "PAGED" not in _on_a_terminal("schema", CABRIEF_PAGER=str(pager))
    assert "PAGED" not in _on_a_terminal("country", "aru", "--full", *data, CABRIEF_PAGER="", PAGER=str(pager))


@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    ("pager", "printed", "words"),
    [
        ("false", 1, "the pager 'false' failed"),
        ("/nonexistent", 1, ""),
        ("sh -c 'exit 127'", 1, "failed"),
        ("head -n 1", 0, ""),
        ("sh -c 'exec true'", 0, ""),
        ("sh -c 'kill -INT $PPID; sleep 0.1; exit 2'", 0, ""),
    ],
)
def test_a_pager_that_fails_loses_nothing(own: Path, pager: str, printed: int, words: str) -> None:
    """The page is printed when its pager fails, and not again when its reader has left it, by its key or by an interrupt."""
    data = ("--data", str(ATOLLS), "--as-of", "2031-06-01")
    shown = _on_a_terminal("country", "aru", "--full", *data, CABRIEF_PAGER=pager, NO_COLOR="1")
    assert shown.count("At a glance") == printed
    assert words in shown
    assert ("failed" in shown) == bool(words)


def test_addresses_are_links_where_the_terminal_has_them(own: Path) -> None:
    """Sources are hyperlinks of the terminal where it says that it has them, and nowhere else."""
    data = ("--sources", "--data", str(ATOLLS), "--as-of", "2031-06-01")
    assert "\x1b]8;;https://example.org/gazette" in _on_a_terminal("country", "aru", *data, FORCE_HYPERLINK="1")
    assert "\x1b]8;;" not in _on_a_terminal("country", "aru", *data, FORCE_HYPERLINK="0")


def test_brief_finds_its_subject(run: Run) -> None:
    """A country or a power leads to its own page, a list tells the subjects, and an unknown one says how to get it."""
    assert run("brief", "kazakhstan").stdout.startswith("# Kazakhstan: country profile")
    assert run("brief", "eu").stdout.startswith("# European Union")
    assert run("brief", "summit").stdout == run("brief").stdout
    listed = run("brief", "--list").stdout
    assert "aviation" in listed
    assert "cajad-summit-2025" in listed
    unknown = run("brief", "zzzz")
    assert unknown.returncode == 2
    assert "--list" in unknown.stderr


def test_a_page_reads_only_what_it_chooses_lines_from(shipped: Base) -> None:
    """Facts are found by their links; of those that are only counted, none is read, and a page reads a fraction of all."""
    for page in (brief_page, partial(country_page, id_="kazakhstan")):
        fresh = Base(shipped._db)
        page(fresh, DAY)
        assert 50 < len(fresh._read) < len(shipped.ids()) / 5
        assert not any(isinstance(record, (Organisation, Project, Statement)) for record in fresh._read.values())
    key = {fact.id for fact in shipped.find() if isinstance(fact, Fact) and fact.key}
    assert {fact.id for fact in shipped.find(key=shipped.pack.id)} == key
    assert len(key) > 5


def test_what_is_counted_is_what_would_be_found(shipped: Base) -> None:
    """Ids with their classes are those of the records that the same question finds, in the same order."""
    for kinds, links in (((), {"country_or_of": "kazakhstan"}), ((Event, Note), {"topic": "aviation"}), ((Event,), {})):
        found = shipped.find(*kinds, by_day="2025-12-31", **links)
        assert len(found) > 3
        counted = shipped.classes(*kinds, by_day="2025-12-31", **links)
        assert list(counted.items()) == [(record.id, type(record)) for record in found]


def test_no_country_opens_with_a_view(shipped: Base) -> None:
    """The first line of a country's page is no author's judgement."""
    for id_ in shipped.pack.countries:
        first = country_page(shipped, DAY, id_).sections[0].blocks[0]
        assert isinstance(first, Pairs)
        label, cell = first.items[0]
        assert label.en == "With Japan"
        assert shipped.get(cell.id.partition(".")[0]).nature != "judgement"


def test_an_agreement_has_a_page_that_says_what_came_of_it(shipped: Base) -> None:
    """Any name of an agreement opens its page; what is known since, or the day of a search in vain, stands in short."""
    page = brief_page(shipped, "2026-11-26", "ai-partnership")
    (lines,) = page.sections[0].blocks
    assert isinstance(lines, Pairs)
    told = {label.en: cell for label, cell in lines.items}
    assert told["Since then"].id == "ai-partnership-follow-up"
    assert told["Who"].text.en.startswith("Japan, Kazakhstan")
    for name in ("AIパートナーシップ", "AI partnership"):
        assert shipped.resolve(name, Agreement) == ("ai-partnership", True)


def test_a_page_with_a_table_of_many_columns_is_fitted() -> None:
    """A table may have more columns than a line has letters."""
    heads = tuple(Column(title=same(f"c{n}")) for n in range(150))
    table = Table(columns=heads, rows=(tuple(Cell(text=same("x")) for _ in heads),))
    document = Document(
        title=same("t"),
        as_of=DAY,
        sections=(Section(title=same("s"), blocks=(table,)),),
        citations={},
        notes={},
        page=True,
    )
    assert fitted(document).sections
