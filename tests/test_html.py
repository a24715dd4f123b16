"""A page as its readers meet it: in a browser, narrow and wide, light and dark, by keyboard, and with hostile facts in it."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cabrief.document import Bullets, Cell, Citation, Document, Section
from cabrief.formats import How, renderer
from cabrief.formats.notes import proper_url
from cabrief.language.text import Lang, Text, same
from cabrief.model.record import Ref
from cabrief.reports import commitments, disputes, timeline, treaties
from cabrief.reports.pages.countries import country_page
from cabrief.reports.pages.subjects import brief_page
from cabrief.reports.pictures import with_pictures
from cabrief.store.base import Base
from test_renderers import RICH

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DAY = "2026-11-22"
WIDTHS = (390, 820, 1280)
LANGUAGES: tuple[Lang, ...] = ("en", "ja")
REPORTS: dict[str, Callable[[Base], Document]] = {
    "rich": lambda _: RICH,
    "brief": lambda base: brief_page(base, DAY),
    "country": lambda base: country_page(base, DAY, base.pack.countries[0]),
    "timeline": lambda base: timeline.view(base, DAY),
    "treaties": lambda base: treaties.view(base, DAY),
    "commitments": lambda base: commitments.view(base, DAY),
    "disputes": lambda base: disputes.view(base, DAY),
}


def html(document: Document, lang: Lang = "en", *, sources: bool = True) -> str:
    return renderer("html")(document, How(lang=lang, sources=sources))


@contextmanager
def opened(chromium: "Browser", file: Path, width: int = 1280, scheme: str = "light") -> "Iterator[Page]":
    """A page in a window of a width; whatever it complains of or asks a network for fails the test."""
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: complaints.append(request.url) if request.url != file.as_uri() else None)
    page.goto(file.as_uri())
    yield page
    assert complaints == []
    context.close()


def test_a_mark_says_the_beginning_of_a_long_note() -> None:
    """A note may have thousands of letters, and thousands of lines may rest on it; it stands in full once."""
    refs = tuple(Ref(source="page", phrase=f"a phrase of number {n}") for n in range(100))
    cells_ = tuple(Cell(text=same(f"Line {n}."), refs=refs) for n in range(20))
    citation = Citation(id="page", title=same("t"), short=same("s"), published=None, url="https://example.org/")
    document = Document(
        title=same("t"),
        as_of=DAY,
        sections=(Section(title=None, blocks=(Bullets(items=cells_),)),),
        citations={"page": citation},
        notes={},
    )
    page = html(document)
    titles = re.findall(r'<sup><a [^>]*title="([^"]*)"', page)
    assert len(titles) == 20
    assert {len(unescape(title)) for title in titles} == {500}
    assert page.count("a phrase of number 99") == 1


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", REPORTS)
def test_links_lead_to_what_is_there(shipped: Base, name: str, lang: Lang) -> None:
    """Every id stands once; every link within the page has its target; a note is called, and leads back to each call."""
    page = html(REPORTS[name](shipped), lang)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    links = re.findall(r' href="#([^"]+)"', page)
    assert set(links) <= set(ids)
    calls = {each for each in ids if re.fullmatch(r"r\d+(-\d+)?", each)}
    assert calls
    assert calls <= set(links)
    assert {f"n{each[1:].partition('-')[0]}" for each in calls} == {each for each in ids if re.fullmatch(r"n\d+", each)}
    assert f'<html lang="{lang}">' in page


def test_a_page_asks_nothing_of_anybody(shipped: Base) -> None:
    """It loads nothing, runs nothing, and its links lead to addresses that the data names."""
    for make in REPORTS.values():
        page = html(make(shipped))
        assert not re.search(r"<(script|img|iframe|object|embed|link|form|base|video|audio)\b|@import|url\(", page)
        assert not re.search(r"<[^>]*\s(on\w+|style|src|srcset|action)=", page)
        assert {re.split("[:#]", link)[0] for link in re.findall(r' href="([^"]*)', page)} <= {"", "https", "http"}


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", " https://e.example"])
def test_only_addresses_of_the_web_are_links(url: str) -> None:
    """What a renderer is handed as an address and is none prints as words."""
    section = Section(title=None, blocks=(Bullets(items=(Cell(text=same(url), url=url),)),))
    page = html(Document(title=same("t"), as_of=DAY, sections=(section,), citations={}, notes={}))
    assert " href=" not in page
    assert url.strip() in unescape(page)


def test_without_sources_a_page_has_no_notes() -> None:
    """As in Markdown: the marks of disputes stay, with what they mean."""
    page = html(RICH, sources=False)
    assert "<sup>" not in page
    assert 'id="n1"' not in page
    assert "Sources disagree about the value itself." not in page  # the quarrel is not about the value
    assert "A source errs, is outdated or puts it differently" in page


@pytest.mark.parametrize(
    "words", ["</title><script>alert(1)</script>", '"}</style><img src=x>', "\\22 }*{display:none}", "a\nb"]
)
def test_a_title_stays_within_the_style(words: str) -> None:
    """The running title of paper is a string of CSS that no title ends."""
    page = html(RICH.but(title=Text(words, words)))
    style = page.partition("<style>")[2].partition("</style>")[0]
    (title,) = re.findall(r'@top-left\{content:"([^"]*)"', style)
    plain = re.sub(r"\\([0-9a-f]+) ", lambda match: chr(int(match[1], 16)), title)
    assert plain == " ".join(words.split("\n"))
    assert "<" not in style


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", REPORTS)
def test_a_page_fits_every_window(
    chromium: "Browser", shipped: Base, tmp_path: Path, name: str, lang: Lang, width: int
) -> None:
    """Nothing moves sideways but a table of many columns in its own frame; no error, no request."""
    file = tmp_path / "page.html"
    file.write_text(html(REPORTS[name](shipped), lang), "utf-8")
    with opened(chromium, file, width) as page:
        assert page.evaluate("document.documentElement.scrollWidth") == width
        wide = "[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1"
        assert page.evaluate(f"{wide} && !e.closest('.moves, thead')).map(e => e.outerHTML.slice(0, 80))") == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_axe_finds_nothing(
    chromium: "Browser", shipped: Base, tmp_path: Path, lang: Lang, width: int, scheme: str
) -> None:
    """Contrast, names, roles, landmarks, headings, heads of tables: axe-core with all its rules."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    for name, make in REPORTS.items():
        file = tmp_path / "page.html"
        file.write_text(html(make(shipped), lang), "utf-8")
        with opened(chromium, file, width, scheme) as page:
            found = axe.run(page).response
            assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == [], name
            assert {"color-contrast", "html-has-lang", "link-name"} <= {each["id"] for each in found["passes"]}


def test_the_keyboard_reaches_everything(chromium: "Browser", shipped: Base, tmp_path: Path) -> None:
    """The tab key comes to every link and every table that moves; a mark shows its note, and the note leads back."""
    file = tmp_path / "page.html"
    file.write_text(html(brief_page(shipped, DAY)), "utf-8")
    with opened(chromium, file) as page:
        name = "e => e.id || e.getAttribute('href') + e.textContent"
        wanted = page.evaluate(f"[...document.querySelectorAll('a[href], [tabindex]')].map({name})")
        reached = []
        for _ in wanted:
            page.keyboard.press("Tab")
            reached.append(page.evaluate(f"({name})(document.activeElement)"))
        assert reached == wanted
        page.locator("#r4").focus()
        before = page.evaluate("scrollY")
        page.keyboard.press("Enter")
        note = page.locator("#n4")
        box = note.bounding_box()
        assert box
        assert box["y"] + box["height"] == pytest.approx(900, abs=1)
        assert page.evaluate("scrollY") == before, "the text stays where it was"
        assert "«" in note.inner_text()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('#n4') !== null")
        note.locator(".back a").focus()
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#r4"
        assert page.evaluate("getComputedStyle(document.querySelector('#n4')).position") == "static"


def test_a_mark_says_its_phrase(shipped: Base) -> None:
    """A pointer that rests on a mark is told the source and the phrase."""
    page = html(brief_page(shipped, DAY))
    titles = re.findall(r'<sup><a [^>]*title="([^"]*)"', page)
    assert titles
    assert sum("«" in each for each in titles) > len(titles) // 2
    assert not re.search("<sup><a (?![^>]*title=)", page)


def test_the_policy_holds(chromium: "Browser", tmp_path: Path) -> None:
    """What got into a page all the same would not run, load or dress it."""
    evil = (
        "<script>document.title = 'ran'</script><img src='https://e.example/x.png' onerror='document.title=\"ran\"'>"
        "<style>h1{display:none}</style><p style='position:fixed'>x</p><iframe src='https://e.example'></iframe></body>"
    )
    file = tmp_path / "page.html"
    file.write_text(html(RICH).replace("</body>", evil), "utf-8")
    page = chromium.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.goto(file.as_uri())
    assert page.title() == RICH.title.en
    assert page.locator("h1").is_visible()
    assert page.locator("main").evaluate("e => getComputedStyle(e.querySelector('.table')).marginTop") != "0px"
    assert page.locator("p", has_text="x").last.evaluate("e => getComputedStyle(e).position") == "static"
    for what in ("script", "image", "style", "frame"):
        assert [each for each in told if "Content Security Policy" in each and what in each.lower()], (what, told)
    page.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pictures_stand_in_the_page(chromium: "Browser", shipped: Base, tmp_path: Path, lang: Lang) -> None:
    """Each picture that is asked for is drawn, as wide as the window allows, and the policy lets it be; a narrow one moves it in its frame."""
    document = with_pictures(shipped, ["treaties", "timeline", "map"], brief_page(shipped, DAY))
    file = tmp_path / "page.html"
    file.write_text(html(document, lang), "utf-8")
    for width in WIDTHS:
        with opened(chromium, file, width) as page:
            found = page.locator("figure.picture")
            assert found.count() == page.locator("figure.picture svg").count() == 3
            assert page.evaluate("document.documentElement.scrollWidth") == width
            assert all(0 < (found.nth(i).bounding_box() or {"width": 0})["width"] <= width for i in range(3))
            drawn = [
                (page.locator("figure.picture svg").nth(i).bounding_box() or {"width": 0})["width"] for i in range(3)
            ]
            assert all(each > 600 for each in drawn)


@pytest.mark.parametrize("address", ["https://[::1]/x", "http://[2001:db8::1]:8080/a?b=%5B1%5D"])
def test_a_host_of_numbers_stays_an_address(address: str) -> None:
    """Brackets belong to it, and nowhere else in an address."""
    assert proper_url(address) == address
    assert proper_url("https://example.org/[1]") == "https://example.org/%5B1%5D"
