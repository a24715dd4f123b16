"""A site: every page in both languages, every link with its end, a search in a browser, and a folder that loses nothing."""

import gc
import os
import re
import signal
import subprocess
import sys
import time
from collections import defaultdict
from html import unescape
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from cabrief.document import Bullets, Cell, Document, Moment, Section, Table, Timeline, cells
from cabrief.errors import UsageError
from cabrief.language.text import same
from cabrief.model.kinds.actors import Actor
from cabrief.model.kinds.countries import Country
from cabrief.model.kinds.disputes import Dispute
from cabrief.model.kinds.sources import Source
from cabrief.model.kinds.topics import Topic
from cabrief.model.kinds.treaties import Treaty
from cabrief.model.record import Assertion
from cabrief.reports import facts
from cabrief.reports.sources import in_rows
from cabrief.site.folder import MANIFEST, write_folder
from cabrief.site.pages import site_files
from cabrief.site.paging import paged
from cabrief.store.base import Base
from conftest import ATOLLS, Run

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DAY = "2026-11-26"


@pytest.fixture(scope="module")
def site(shipped: Base, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the shipped facts."""
    folder = tmp_path_factory.mktemp("site") / "pages"
    write_folder(folder, site_files(shipped, DAY))
    return folder


@pytest.fixture(scope="module")
def small(atolls: Base, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the invented facts."""
    folder = tmp_path_factory.mktemp("small") / "pages"
    write_folder(folder, site_files(atolls, "2031-06-01"))
    return folder


@pytest.mark.slow
def test_every_link_has_its_end(site: Path) -> None:
    """Each link within the site leads to a file that is there, and to a place in it that stands there once."""
    pages = {file: file.read_text("utf-8") for file in site.rglob("*.html")}
    ids = {file: re.findall(r' id="([^"]+)"', text) for file, text in pages.items()}
    assert [file for file, found in ids.items() if len(found) != len(set(found))] == []
    count, broken = 0, defaultdict(list)
    for file, text in pages.items():
        for link in map(unescape, re.findall(r' (?:href|src)="([^"]+)"', text)):
            if link.startswith(("http://", "https://")):
                continue
            path, _, place = unquote(link).partition("#")
            end = Path(os.path.normpath(file.parent / path)) if path else file
            count += 1
            if not end.is_file() or (place and place not in ids[end]):
                broken[link].append(file.name)
    assert count > 10_000
    assert dict(broken) == {}


@pytest.mark.slow
def test_everything_has_its_page(site: Path, shipped: Base) -> None:
    """Every country, topic, power, treaty, source and dispute has a page in each language; every fact a line with its evidence."""
    folders = {
        Country: "countries",
        Topic: "topics",
        Actor: "powers",
        Treaty: "treaties",
        Source: "sources",
        Dispute: "disputes",
    }
    for lang in ("en", "ja"):
        for kind, folder in folders.items():
            wanted = shipped.pack.countries if kind is Country else shipped.ids(kind)
            missing = [id_ for id_ in wanted if not (site / lang / folder / f"{id_}.html").is_file()]
            assert missing == []
        lists = "".join(file.read_text("utf-8") for file in (site / lang / "facts").iterdir())
        rows = facts.view(shipped, DAY, filters={}).rows or ()
        told = {row["id"] for row in rows if row["refs"]}
        assert len(told) > 1000
        assert {id_ for id_ in told if f'id="f-{id_}"' not in lists} == set()


@pytest.fixture
def each_site(request: pytest.FixtureRequest) -> Path:
    """The site of the invented facts, or of the shipped ones."""
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]


@pytest.mark.parametrize("each_site", ["small", pytest.param("site", marks=pytest.mark.slow)], indirect=True)
def test_each_page_leads_to_the_other_language(each_site: Path) -> None:
    """To the page of the same path, which is there; and its own language is declared."""
    site = each_site
    for lang, other in (("en", "ja"), ("ja", "en")):
        for file in (site / lang).rglob("*.html"):
            path = file.relative_to(site / lang)
            text = file.read_text("utf-8")
            assert f'<html lang="{lang}">' in text
            assert f'href="{"../" * len(path.parts)}{other}/{path.as_posix()}" lang="{other}"' in text
            assert (site / other / path).is_file()


@pytest.mark.slow
def test_evidence_leads_to_its_source(site: Path) -> None:
    """From the brief to the fact, from the fact to the page of its source."""
    brief = (site / "en" / "index.html").read_text("utf-8")
    note = re.search(r'<li id="n1">.*?</li>', brief, re.DOTALL)
    assert note
    assert re.search(r'href="sources/[\w-]+\.html"', note[0])
    to = re.search(r'href="(facts/[\w.]+)#(f-[\w.-]+)"', note[0])
    assert to
    listed = (site / "en" / to[1]).read_text("utf-8")
    row = re.search(rf'<tr role="row" id="{re.escape(to[2])}">.*?</tr>', listed, re.DOTALL)
    assert row
    number = re.search(r'href="#(n\d+)"', row[0])
    assert number
    assert re.search(rf'<li id="{number[1]}">.*?href="\.\./sources/[\w-]+\.html".*?</li>', listed, re.DOTALL)


def opened(chromium: "Browser", file: Path, mark: str = "", width: int = 1280) -> "tuple[Page, list[str]]":
    page = chromium.new_page(viewport={"width": width, "height": 900})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(file.as_uri() + mark)
    return page, complaints


@pytest.mark.parametrize(
    ("lang", "words", "first"),
    [
        ("en", "kazakhstan", "countries/kazakhstan.html"),
        ("ja", "カザフスタン", "countries/kazakhstan.html"),
        ("ja", "ＫＡＺＡＫＨＳＴＡＮ", "countries/kazakhstan.html"),
        ("en", "ウズベキスタン", "countries/uzbekistan.html"),
    ],
)
def test_the_search_works_from_the_disk(chromium: "Browser", site: Path, lang: str, words: str, first: str) -> None:
    """In either language, in any width of letters; a hit leads to its page, and words that are nowhere find nothing."""
    page, complaints = opened(chromium, site / lang / "search.html")
    page.locator("#words").fill(words)
    page.locator("#hits a").first.wait_for()
    assert page.locator("#hits a").first.get_attribute("href") == first
    assert re.search(r"\d", page.locator("#count").inner_text())
    page.locator("#words").fill("xyzzy qwertz")
    assert page.locator("#hits a").count() == 0
    assert page.locator("#count").inner_text() in ("Nothing found.", "見つからない。")
    page.locator("#words").fill(words)
    page.locator("#hits a").first.click()
    assert page.url == (site / lang / first).as_uri()
    assert complaints == []
    page.close()


def test_hostile_words_of_a_search_stay_words(chromium: "Browser", site: Path) -> None:
    """What is searched for and what is found is text, whatever it looks like."""
    page, complaints = opened(chromium, site / "en" / "search.html", "#%3Cimg%20src=x%20onerror=alert(1)%3E")
    assert page.locator("#words").input_value() == "<img src=x onerror=alert(1)>"
    assert page.locator("main img").count() == 0
    assert complaints == []
    page.close()


@pytest.mark.parametrize("width", [390, 820, 1280])
def test_pages_fit_and_break_no_rule(chromium: "Browser", site: Path, width: int) -> None:
    """One page of each sort: no error, nothing moves sideways, and axe-core finds nothing."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    names = ("index", "en/index", "ja/index", "ja/search", "en/facts/index.2", "en/treaties/index", "ja/disputes/index")
    for name in (*names, "en/sources/pwc-2026", "ja/countries/kazakhstan", "en/topics/index"):
        page, complaints = opened(chromium, site / f"{name}.html", width=width)
        assert page.evaluate("document.documentElement.scrollWidth") == width, name
        assert complaints == []  # axe-core itself asks for the style, which the policy refuses
        assert [(each["id"], each["nodes"][0]["html"]) for each in axe.run(page).response["violations"]] == [], name
        page.close()


def long_document(lines: int) -> Document:
    items = tuple(Cell(text=same(f"line {n}"), id=f"i{n}") for n in range(lines))
    rows = tuple((each.but(id=f"r{each.id}"),) for each in items)
    moments = tuple(
        Moment(date=str(1000 + n), kind=same("k"), cell=each.but(id=f"m{each.id}"), ahead=n > lines // 2)
        for n, each in enumerate(items)
    )
    blocks = (Bullets(items=items), Table(columns=(), rows=rows), Timeline(moments=moments, as_of=DAY))
    inner = Section(title=same("inner"), blocks=blocks)
    sections = (Section(title=same("a"), blocks=(blocks[0],), sections=(inner,)), Section(title=same("b"), blocks=()))
    return Document(title=same("t"), as_of=DAY, sections=sections, citations={}, notes={})


@pytest.mark.parametrize("lines", [1, 9, 10, 11, 95])
def test_parts_lose_nothing(lines: int) -> None:
    """The parts of a long report have its lines, each once and in order, ten at most, and its day once."""
    document = long_document(lines)
    parts = paged(document, 10)
    texts = [[(cell.id, cell.text) for cell in cells(part.sections)] for part in parts]
    assert list(chain(*texts)) == [(cell.id, cell.text) for cell in cells(document.sections)]
    assert all(len(each) <= 10 for each in texts) or len(parts) == 1
    marked = [
        block
        for part in parts
        for each in part.sections
        for inner in each.sections
        for block in inner.blocks
        if isinstance(block, Timeline) and block.marked
    ]
    assert len(marked) == 1
    assert {str(part.title.en) for part in parts} == (
        {"t"} if len(parts) == 1 else {f"t (page {n} of {len(parts)})" for n in range(1, len(parts) + 1)}
    )


def test_many_facts_are_many_files() -> None:
    """No part of the list of facts grows with their number."""
    assert (
        len(
            paged(
                long_document(1000).but(
                    sections=(Section(title=None, blocks=(long_document(1000).sections[0].blocks[0],)),)
                ),
                100,
            )
        )
        == 10
    )


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    """A new folder, an empty one and an earlier site are written to; anything else is refused, and stays as it is."""
    folder = tmp_path / "pages"
    assert write_folder(folder, [("a/b.html", b"one"), ("c.html", b"two")]) == 2
    assert write_folder(folder, [("d.html", b"three")]) == 1
    assert sorted(path.name for path in folder.rglob("*")) == [MANIFEST, "d.html"]
    (folder / "d.html").write_text("THREE")  # an edit of the same length
    with pytest.raises(UsageError, match=re.escape("holds other things (d.html)")):
        write_folder(folder, [("e.html", b"")])
    (folder / "d.html").write_text("three")
    (folder / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match=re.escape("holds other things (mine.txt)")):
        write_folder(folder, [("e.html", b"")])
    assert (folder / "d.html").read_bytes() == b"three"
    (tmp_path / "empty").mkdir()
    assert write_folder(tmp_path / "empty", [("a.html", b"")]) == 1
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="is no folder"):
        write_folder(tmp_path / "file", [])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "file", "pages"]


@pytest.mark.parametrize("thing", ["link", "empty", "private", "pipe", "device", "words of mine"])
def test_whatever_else_is_in_a_folder_is_not_lost(tmp_path: Path, thing: str) -> None:
    """Links to folders, empty folders, folders that may not be read, and what only is called as a site's list of files is."""
    folder = tmp_path / "pages"
    write_folder(folder, [("a/b.html", b"one"), ("d.html", b"three")])
    if thing == "link":
        (folder / "link").symlink_to(tmp_path)
    elif thing == "empty":
        (folder / "more" / "inside").mkdir(parents=True)
    elif thing == "private":
        (folder / "private").mkdir(mode=0o000)
    elif thing == "pipe":
        (folder / MANIFEST).unlink()
        os.mkfifo(folder / MANIFEST)
    elif thing == "words of mine":
        (folder / "d.html").write_text("mine")
    else:
        (folder / MANIFEST).unlink()
        (folder / MANIFEST).symlink_to("/dev/zero")
    with pytest.raises(UsageError):
        write_folder(folder, [("c.html", b"two")])
    assert (folder / "a" / "b.html").read_bytes() == b"one"
    assert not (folder / "c.html").exists()


@pytest.mark.one_in(4)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("command", ["site", "export"])
def test_nothing_is_left_behind_by_an_interrupt(tmp_path: Path, command: str, number: int) -> None:
    """Neither an interrupt nor a termination leaves half a folder beside the one that was to be made."""
    words = {"site": ["site", "out"], "export": ["export", "out", "--to", "sqlite"]}[command]
    program = f"import signal; signal.signal({int(number)}, signal.default_int_handler if {int(number)} == 2 else signal.SIG_DFL);"
    program += "import cabrief.__main__ as entry, sys; sys.argv = ['cabrief', *sys.argv[1:]]; entry.run()"
    process = subprocess.Popen([sys.executable, "-c", program, *words], cwd=tmp_path, stderr=subprocess.DEVNULL)
    while process.poll() is None and not [path for path in tmp_path.iterdir() if path.suffix == ".tmp"]:
        time.sleep(0.01)
    process.send_signal(number)
    assert process.wait() in (0, 128 + number)
    assert [path.name for path in tmp_path.iterdir() if path.name != "out"] == []


def test_what_is_saved_while_the_folder_is_looked_at_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody saves a file in the earlier site at the last moment before it is replaced: it is refused and stays."""
    folder, rename = tmp_path / "pages", Path.rename
    write_folder(folder, [("a.html", b"one")])

    def save_and_rename(self: Path, target: Path) -> Path:
        if self == folder:
            (folder / "mine.txt").write_text("mine")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", save_and_rename)
    with pytest.raises(UsageError, match=re.escape("holds other things (mine.txt)")):
        write_folder(folder, [("a.html", b"two")])
    assert sorted((path.name, path.read_text()) for path in folder.iterdir() if path.suffix) == [
        ("a.html", "one"),
        ("mine.txt", "mine"),
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["pages"]


def test_a_long_site_gives_memory_back_and_says_how_far_it_is(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command keeps the collector of cyclic garbage still, since it is short; a site of many pages is not."""
    from cabrief.cli.commands import site as command

    monkeypatch.setattr(command, "OFTEN", -1)
    enabled = gc.isenabled()
    gc.disable()
    try:
        done = run("site", str(tmp_path / "pages"), "--data", str(ATOLLS))
        assert gc.isenabled()
    finally:
        (gc.enable if enabled else gc.disable)()
    assert re.search(r"^cabrief: \d+ files so far, the last en/index\.html$", done.stderr, re.MULTILINE)


def test_what_fails_half_way_changes_nothing(tmp_path: Path) -> None:
    """The earlier site stays, and nothing is left beside it."""
    folder = tmp_path / "pages"
    write_folder(folder, [("a.html", b"one")])

    def broken() -> "list[tuple[str, bytes]]":
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_folder(folder, (broken() for _ in range(1)))  # type: ignore[misc]
    assert (folder / "a.html").read_bytes() == b"one"
    assert [path.name for path in tmp_path.iterdir()] == ["pages"]


def test_the_command_keeps_layers_at_home(run: Run, tmp_path: Path) -> None:
    """Facts of one's own get into a site only with --layers; it says where to begin."""
    own = tmp_path / "private"
    own.mkdir()
    (own / "notes.yaml").write_text(
        "notes:\n  - id: secret-reef\n    text: {en: The secret reef is wide., ja: 秘密の礁は広い。}\n    nature: reported\n"
        "    aspect: risk\n    of: [aru]\n    refs: [{source: log, line: 1, phrase: Port Aru}]\n",
        "utf-8",
    )
    data = ("--data", str(ATOLLS), "--data", str(own), "--as-of", "2031-06-01")
    for name, more, there in (("plain", (), False), ("whole", ("--layers",), True)):
        done = run("site", str(tmp_path / name), *data, *more)
        assert done.returncode == 0, done.stderr
        assert done.stdout == f"{tmp_path / name / 'index.html'}\n"
        text = "".join(file.read_text("utf-8") for file in (tmp_path / name).rglob("*.*") if file.is_file())
        assert ("secret reef" in text) is there
    assert run("site", str(own), *data).returncode == 2


@pytest.mark.slow
@pytest.mark.parametrize("page", ["treaties/index", "commitments/index", "topics/trans-caspian"])
def test_pages_show_their_pictures(site: Path, page: str) -> None:
    """The matrix of treaties, promises by state, and a map where a route belongs to the topic; other topics have none."""
    for lang in ("en", "ja"):
        assert (site / lang / f"{page}.html").read_text("utf-8").count('<figure class="picture"') == 1
        assert "<figure" not in (site / lang / "topics" / "water.html").read_text("utf-8")


def test_a_line_that_many_facts_rest_on_is_several_rows() -> None:
    """So that the page of a source can be cut into parts."""
    said = [
        Assertion(id=str(n), kind="note", nature="reported", text=same("t"), date=None, refs=(), path=())
        for n in range(45)
    ]
    found = list(in_rows(said, 20))
    assert [len(part) for part in found] == [20, 20, 5]
    assert [len(part) for part in in_rows(said, 20, {"3", "44"})] == [3, 1, 20, 20, 1]
    assert [each for part in found for each in part] == said
