"""The full screen, used as its users use it: by keys and mouse, at the sizes of real terminals, in both languages."""

import asyncio
import os
import pty
import re
import select
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from fcntl import ioctl
from pathlib import Path
from struct import pack as packed
from termios import TIOCSWINSZ
from threading import Event
from typing import Any

import pyte
import pytest
from rich.style import Style
from textual.color import Color
from textual.pilot import Pilot
from textual.widgets import Input

from cabrief.browsing.app import TEXTUAL_THEMES, Browser, make_ready
from cabrief.browsing.branches import Branch, branches
from cabrief.browsing.keys import KEYS
from cabrief.browsing.pages import page_lines, quotation, stated, with_keys
from cabrief.browsing.plain import WAYS, Dialogue
from cabrief.browsing.questions import evidence_of, leading_to, question
from cabrief.browsing.widgets import CLASSES, BranchTree, PageView
from cabrief.cli.commands import browse as command
from cabrief.document import Paragraph
from cabrief.errors import CabriefError
from cabrief.language.layout import line_width
from cabrief.language.text import LANGS, Lang
from cabrief.library.fact_base import FactBase
from cabrief.library.opening import open_directories
from conftest import ATOLLS, Run

DAY, ATOLLS_DAY = "2026-11-26", "2031-06-01"
SMALL, LARGE = (80, 24), (120, 40)
GOLDEN = Path(__file__).parent / "golden"
DOCS = Path(__file__).parents[1] / "docs"
MARKUP = "[bold red]alarm[/] [link=https://example.org]here[/link] [/nothing] \\[x] $text"
Use = Callable[[Browser, "Pilot[None]"], Awaitable[None]]


def browse(
    use: Use,
    *data: Path,
    size: tuple[int, int] = SMALL,
    lang: Lang = "en",
    as_of: str = ATOLLS_DAY,
    theme: str = "dark",
) -> Browser:
    """Open the screen over some directories, the shipped facts if there are none, and use it."""

    async def run() -> Browser:
        with ThreadPoolExecutor(max_workers=1) as clerk:
            opened = clerk.submit(lambda: make_ready(open_directories(list(data), as_of=as_of, lang=lang)))
            browser = Browser(opened.result(), clerk, theme)
            async with browser.run_test(size=size, notifications=True) as pilot:
                await settled(pilot)
                await use(browser, pilot)
            return browser

    return asyncio.run(run())


async def settled(pilot: "Pilot[None]") -> None:
    """Wait until every question is answered and shown."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete(
        [each for each in pilot.app.workers if each.group in ("asking", "leading")]
    )
    await pilot.app.workers.wait_for_complete([each for each in pilot.app.workers if each.group == "asking"])
    await pilot.pause()


async def press(pilot: "Pilot[None]", *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


async def type_words(pilot: "Pilot[None]", words: str) -> None:
    """Type words, as an input method hands them over: each character as it is."""
    for character in words:
        await pilot.press("space" if character == " " else character)
    await settled(pilot)


async def go_to(browser: Browser, pilot: "Pilot[None]", *names: str) -> None:
    """Go to a place on the left by the names above it, with the keys."""
    tree = browser.query_one(BranchTree)
    tree.focus()
    node = tree.root
    for name in names:
        node = next(each for each in node.children if each.data and name in each.data.name)
        tree.move_cursor(node)
        if node.allow_expand:
            node.expand()
        await pilot.pause()
    await press(pilot, "enter")


def shown(browser: Browser) -> str:
    """The screen as text."""
    lines = browser.screen._compositor.render_strips()
    return "\n".join(line.text.rstrip() for line in lines) + "\n"


def right(browser: Browser) -> str:
    """The page as it is shown, in one line."""
    lines = [line.rpartition("│")[2] for line in shown(browser).splitlines()[1:-1]]
    return re.sub(r"\s+", " ", " ".join(lines))


def squeezed(words: str) -> str:
    return re.sub(r"[\s▁-▇▎]+", "", words)


@pytest.mark.one_in(4)
@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("lang", LANGS)
def test_screens_are_as_they_were_last_looked_at(
    lang: Lang, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The screens of an invented pack, character by character; `CABRIEF_GOLDEN=write pytest` rewrites them."""
    screens: list[tuple[str, str]] = []

    async def use(browser: Browser, pilot: "Pilot[None]") -> None:
        def keep(what: str) -> None:
            screens.append((what, shown(browser)))

        keep("at first")
        await press(pilot, "down", "right", "down", "enter")
        keep("a country")
        await press(pilot, "tab", "down", "down", "w")
        keep("why")
        await press(pilot, "escape", "f")
        keep("the whole of it")
        await press(pilot, "slash")
        await type_words(pilot, "ar" if lang == "en" else "アル")
        keep("search")
        await press(pilot, "enter", "question_mark")
        keep("keys")

    monkeypatch.chdir(ATOLLS.parent)
    browse(use, Path(ATOLLS.name), size=size, lang=lang)
    found = "".join(f"=== {what}\n{screen}" for what, screen in screens)
    assert all(len(screen.splitlines()) == size[1] for _, screen in screens)
    path = GOLDEN / f"browse.{lang}.{size[0]}x{size[1]}"
    if os.environ.get("CABRIEF_GOLDEN") == "write":
        path.write_text(found, "utf-8")
    assert found == path.read_text("utf-8")


# What a desk officer asks, the places that answer it, and what must be on the first screen.
PLACE_QUESTIONS: list[tuple[str, tuple[str, ...], str]] = [
    ("How do Japan and Kazakhstan stand?", ("Countries", "Kazakhstan"), "With Japan"),
    (
        "Which treaties are missing with Kyrgyzstan?",
        ("Countries", "Kyrgyzstan", "Treaty gaps"),
        "Kyrgyzstan (negotiating)",
    ),
    ("Who said what about the corridor?", ("Topics", "Trans-Caspian route", "Voices"), "Tokayev"),
    ("What is overdue?", ("Promises", "Overdue"), "Narita"),
    ("カザフスタンとの関係は", ("国", "カザフスタン"), "日本との関係"),
    ("キルギスと結んでいない条約は", ("国", "キルギス", "未整備の条約"), "キルギス（交渉中）"),
    ("回廊について誰が何を言ったか", ("テーマ", "カスピ海ルート", "発言"), "トカエフ"),
    ("期限の過ぎた約束は", ("約束", "期限切れ"), "成田"),
]


@pytest.mark.one_in(8)
@pytest.mark.parametrize(("asked", "way", "expected"), PLACE_QUESTIONS, ids=[each[0] for each in PLACE_QUESTIONS])
def test_questions_of_a_desk_officer_are_answered_on_the_first_screen(
    asked: str, way: tuple[str, ...], expected: str
) -> None:
    """In each language, at 80 by 24, by the places on the left; and the evidence of what is said is one key away."""
    lang: Lang = "en" if asked.isascii() else "ja"

    async def use(browser: Browser, pilot: "Pilot[None]") -> None:
        await go_to(browser, pilot, *way)
        assert squeezed(expected) in squeezed(right(browser))
        await press(pilot, "tab", "w")
        assert ("Why:" if lang == "en" else "根拠：") in right(browser)
        page = browser.query_one(PageView)
        assert page.document.citations
        assert page.line is not None

    browse(use, lang=lang, as_of=DAY)


@pytest.mark.slow
@pytest.mark.parametrize("typed", ["corridor", "回廊"])
def test_search_leads_from_words_in_either_script_to_a_page(typed: str) -> None:
    """The name comes first, Enter leaves the line, and Enter again leads to the page; Escape leads back."""

    async def use(browser: Browser, pilot: "Pilot[None]") -> None:
        before = right(browser)
        await press(pilot, "slash")
        await type_words(pilot, typed)
        assert "▸ Trans-Caspian route (topic)" in right(browser)
        assert "figure · " in right(browser) or f"«{typed}»" in right(browser)
        await press(pilot, "enter", "enter")
        assert "Brief: Trans-Caspian route" in right(browser)
        await press(pilot, "escape")
        assert "Search:" in right(browser)
        await press(pilot, "escape")
        assert right(browser) == before

    browse(use, as_of=DAY)


@pytest.mark.slow
def test_escape_while_typing_leads_back_to_where_the_search_began() -> None:
    async def use(browser: Browser, pilot: "Pilot[None]") -> None:
        before = shown(browser)
        await press(pilot, "slash")
        await type_words(pilot, "aru")
        assert shown(browser) != before
        await press(pilot, "escape", "shift+tab")
        assert shown(browser) == before
        await press(pilot, "slash", "escape", "tab")
        assert shown(browser) == before

    browse(use, ATOLLS)


@pytest.mark.slow
def test_a_slow_search_keeps_nobody_from_typing() -> None:
    """While the library is busy, letters appear and names are found; what was typed on the way is never asked."""
    asked: list[str] = []

    async def use(browser: Browser, pilot: "Pilot[None]") -> None:
        free = Event()
        busy = browser.clerk.submit(free.wait)
        await pilot.press("slash")
        for typed in ("b", "be", "bel", "bela"):
            await pilot.press(typed[-1])
            await pilot.pause(0.15)  # longer than a search waits for another key
            assert browser.query_one(Input).value == typed
            assert "Bela" in right(browser)
            assert "Searching" in right(browser)
        free.set()
        await settled(pilot)
        assert busy.result()
        assert "Searching" not in right(browser)
        assert asked == ["bela"]

    class Watched(FactBase):
        def search(self, words: Any, **more: Any) -> Any:
            asked.append(" ".join(words))
            return super().search(words, **more)

    async def watched(browser: Browser, pilot: "Pilot[None]") -> None:
        facts = browser.facts
        browser.facts = Watched(facts.base, facts.as_of, facts.lang)
        await use(browser, pilot)

    browse(watched, ATOLLS)


@pytest.mark.one_in(2)
@pytest.mark.parametrize("facts", [None, ATOLLS], ids=["shipped", "atolls"])
def test_every_place_has_a_page_and_every_line_leads_somewhere(facts: Path | None) -> None:
    """Every place answers; its page fits its width in both languages; what stands on it can be followed and explained."""
    base = open_directories([facts] if facts else [], as_of=ATOLLS_DAY if facts else DAY)

    def walk(found: tuple[Branch, ...]) -> Iterator[Branch]:
        for place in found:
            yield place
            yield from walk(place.inside)

    everything = list(walk(branches(base)))
    assert len(everything) > (30 if facts else 250)
    names = {place.ask: place for place in everything}
    for asked in list(names)[:: 1 if facts else 7]:
        try:
            document, _ = asked.ask(base)
        except CabriefError as error:
            pytest.fail(f"{asked}: {error}")
        lines = stated(document)
        for lang in LANGS:
            for width in (30, 54, 85):
                laid = page_lines(document, lang, width)
                assert max(line.number for line in laid) == len(lines), asked
                assert all(line_width(line.pieces) <= width + 1 for line in laid), asked  # a table's last gap
        for line in lines[:5]:
            leads = leading_to(base, line.ids)
            assert (leads or evidence_of(base, line.ids)) or asked.method in ("treaties", "compare", "timeline"), (
                asked,
                line.ids,
            )
            if leads:
                assert leads.ask(base)[0].title.en


@pytest.mark.slow
def test_a_line_is_copied_with_its_sources() -> None:
    """The clipboard has the words, whose they are, the day, and each source with its place and address."""

    async def use(browser: Browser, pilot: "Pilot[None]") -> None:
        await go_to(browser, pilot, "Countries", "Kyrgyzstan")
        await press(pilot, "tab")
        for _ in range(40):
            await press(pilot, "down", "y")
            if "/ Population: " in browser.clipboard:
                break
        first, *sources = browser.clipboard.splitlines()
        assert first.startswith("Kyrgyzstan: country profile / Population: 7")
        assert first.endswith("(as of 26 November 2026)")
        assert "(disputed: " in first
        assert sources
        assert all(re.match(r"— .+, .+«.+»", source) for source in sources)
        assert "https://" in sources[0]
        await press(pilot, "w", "y")
        assert len(browser.clipboard.splitlines()) > 1, "also the statement on the page of the evidence has its source"
        await press(pilot, "l", "y")
        assert "2026年11月26日現在" in browser.clipboard

    browse(use, as_of=DAY)


def _evil(tmp_path: Path) -> Path:
    """An overlay whose words look like markup wherever they may print."""
    mine = tmp_path / "[red]mine"
    mine.mkdir()
    (mine / "facts.yaml").write_text(
        f"""
topics:
  - id: evil
    name: {{en: '{MARKUP}', ja: '[/]悪[bold]'}}
    text: {{en: 'It is {MARKUP}.', ja: '[@click=app.quit]これは[/]。'}}
notes:
  - id: evil-note
    text: {{en: 'Zzyzx says {MARKUP}.', ja: '[on red]悪い[/]記述。'}}
    topics: [evil]
    countries: [aru]
    aspect: risk
    weight: high
    refs: [{{source: log, line: 1, phrase: '[i]Port Aru[/i]'}}]
""",
        "utf-8",
    )
    return mine


@pytest.mark.slow
def test_words_of_facts_are_never_markup_and_private_ones_are_marked(tmp_path: Path) -> None:
    """Brackets print as they are on the left, on the page, in what is said beside it and in what is copied."""

    async def use(browser: Browser, pilot: "Pilot[None]") -> None:
        await go_to(browser, pilot, "Topics", MARKUP)
        assert "[bold red]alarm[/]" in shown(browser).partition("│")[2]
        assert "[bold red]" in "\n".join(line.partition("│")[0] for line in shown(browser).splitlines())
        await press(pilot, "slash")
        await type_words(pilot, "zzyzx")
        page = squeezed(right(browser))
        assert squeezed(f"says {MARKUP}.") in page
        assert squeezed("[[red]mine]") in page
        await press(pilot, "enter", "y")
        assert f"says {MARKUP}." in browser.clipboard
        assert "[[red]mine]" in browser.clipboard
        assert "[bold" in shown(browser)  # beside the page
        await press(pilot, "w", "l")
        assert "[on red]悪い[/]記述。" in right(browser)
        assert browser.is_running
        await press(pilot, "d")
        browser.query_one(Input).value = "[/red] [bold]"
        await press(pilot, "enter")
        assert "[/red]" in shown(browser)

    browse(use, ATOLLS, _evil(tmp_path), size=LARGE)


def test_a_place_opens_and_closes_and_stays_open_when_it_is_gone_to() -> None:
    async def use(browser: Browser, pilot: "Pilot[None]") -> None:
        tree = browser.query_one(BranchTree)
        countries = tree.root.children[1]

        def is_open() -> bool:
            return countries.is_expanded

        await press(pilot, "down", "enter")
        assert is_open()
        await press(pilot, "enter", "right")
        assert is_open()
        await press(pilot, "left")
        assert not is_open()
        await press(pilot, "right", "down")
        assert tree.cursor_node is countries.children[0]
        await press(pilot, "left")
        assert tree.cursor_node is countries

    browse(use, ATOLLS)


def test_the_mouse_chooses_and_follows() -> None:
    async def use(browser: Browser, pilot: "Pilot[None]") -> None:
        await pilot.click(BranchTree, offset=(4, 1))
        await settled(pilot)
        tree = browser.query_one(BranchTree)
        assert tree.root.children[1].is_expanded
        await pilot.click(BranchTree, offset=(6, 2))
        await settled(pilot)
        assert "Aru: country profile" in right(browser)
        page = browser.query_one(PageView)
        at = next(i for i, line in enumerate(page._lines) if line.number == 2)
        await pilot.click(PageView, offset=(12, at))
        await settled(pilot)
        assert page.chosen == 2
        await pilot.click(PageView, offset=(12, at))
        await settled(pilot)
        assert "Aru: country profile" not in right(browser)
        word = next(each for each in browser.query("KeyWord") if getattr(each, "key").action == "language")  # noqa: B009
        await pilot.click(word)
        await settled(pilot)
        assert browser.lang == "ja"

    browse(use, ATOLLS)


@pytest.mark.slow
def test_language_day_and_full_form_change_the_page_that_is_here() -> None:
    async def use(browser: Browser, pilot: "Pilot[None]") -> None:
        await go_to(browser, pilot, "Countries", "Aru")
        short = len(browser.query_one(PageView)._lines)
        await press(pilot, "f")
        assert len(browser.query_one(PageView)._lines) > short
        await press(pilot, "f", "l")
        assert "アル" in right(browser)
        assert "国" in shown(browser).splitlines()[2]
        await press(pilot, "d")
        browser.query_one(Input).value = "someday"
        await press(pilot, "enter")
        assert browser.facts.as_of == ATOLLS_DAY
        assert browser.query_one(Input).has_focus
        browser.query_one(Input).value = "1 Feb 2030"
        await press(pilot, "enter")
        assert browser.facts.as_of == "2030-02-01"
        assert "2030年2月1日" in shown(browser).splitlines()[0]
        assert "2030年2月1日現在" in right(browser)
        await press(pilot, "slash")
        await type_words(pilot, "aru")
        assert "アル（国）" in right(browser)
        assert "アル訪問（出来事）" not in right(browser), "nobody knew of it that day"

    browse(use, ATOLLS)


@pytest.mark.slow
@pytest.mark.parametrize(
    "size", [(200, 60), *(pytest.param(size, marks=pytest.mark.slow) for size in [(40, 10), (80, 24)])]
)
def test_reading_on_reaches_every_line(size: tuple[int, int]) -> None:
    """Step by step, every line of a page comes to be chosen in its order, and is in sight with its mark; then back."""

    async def use(browser: Browser, pilot: "Pilot[None]") -> None:
        await go_to(browser, pilot, "Countries", "Aru")
        await press(pilot, "tab", "f")
        page = browser.query_one(PageView)
        chosen = [page.chosen]
        for _ in range(2 * len(page._lines)):
            await pilot.press("down")
            if page.chosen != chosen[-1]:
                chosen.append(page.chosen)
                await pilot.pause()
                assert "▸" in shown(browser)
        assert chosen == list(range(1, len(page.stated) + 1))
        await press(pilot, "home")
        assert (page.chosen, page.scroll_offset.y) == (1, 0)
        await press(pilot, "end")
        assert page.chosen == len(page.stated)
        await pilot.resize_terminal(64, 20)
        await settled(pilot)
        assert all(len(line) <= 64 for line in shown(browser).splitlines())

    browse(use, ATOLLS, size=size)


def _luminance(color: Color) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part / 255) for part in (color.r, color.g, color.b))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.one_in(2)
@pytest.mark.parametrize("theme", TEXTUAL_THEMES)
def test_every_colour_is_legible(theme: str) -> None:
    """Text has a contrast of at least 4.5 with its ground (WCAG 2 AA), also where a line is chosen."""

    async def use(browser: Browser, pilot: "Pilot[None]") -> None:
        assert browser.theme == TEXTUAL_THEMES[theme]
        page = browser.query_one(PageView)
        page.focus()
        base = page.rich_style
        chosen = page.get_component_rich_style("page--chosen", partial=True)
        for ground in (base, base + chosen):
            for name in ("", *CLASSES.values()):
                style = (
                    ground
                    + (page.get_component_rich_style(name, partial=True) if name else Style.null())
                    + Style(bgcolor=ground.bgcolor)
                )
                assert style.color is not None
                assert style.bgcolor is not None
                one, other = (_luminance(Color.from_rich_color(each)) for each in (style.color, style.bgcolor))
                contrast = (max(one, other) + 0.05) / (min(one, other) + 0.05)
                assert contrast >= 4.5, (name, style, round(contrast, 2))
        await press(pilot, "t")
        assert browser.theme != TEXTUAL_THEMES[theme]

    browse(use, ATOLLS, theme=theme)


def test_every_key_is_told_and_does_something() -> None:
    """The page of keys, the last line and the bindings tell of the same actions."""
    actions = {key.action for key in KEYS if key.action}
    bound = {re.split(r"\W", getattr(each, "action"))[0] for each in Browser.BINDINGS}  # noqa: B009
    assert actions - {"follow"} == bound - {"to_page"}
    assert all(hasattr(Browser, f"action_{action}") for action in actions)
    for lang in LANGS:
        foot = [f"{key.shown} {key.short.pick(lang)}" for key in KEYS if key.short]
        assert sum(line_width([(words, "")]) + 1 for words in foot) - 1 <= SMALL[0], (
            "the last line fits into 80 columns"
        )


@pytest.mark.parametrize("lang", LANGS)
def test_the_documentation_tells_the_same_keys(lang: Lang) -> None:
    """The pages on the screen list each key and each word of the dialogue as the program does."""
    page = (DOCS / ("browse.md" if lang == "en" else "browse.ja.md")).read_text("utf-8")
    for shown_, does in [*((key.shown, key.does) for key in KEYS), *WAYS]:
        assert f"| `{shown_}` | {does.pick(lang)} |" in page


def test_a_fault_of_the_program_closes_the_screen_and_is_kept() -> None:
    async def use(browser: Browser, pilot: "Pilot[None]") -> None:
        def broken(*_: Any, **__: Any) -> None:
            raise RuntimeError("boom")

        browser.facts.timeline = broken  # type: ignore[method-assign, assignment]
        await go_to(browser, pilot, "Timeline")

    browser = browse(use, ATOLLS)
    assert isinstance(browser.failure, RuntimeError)


# The command


def on_terminal(
    *arguments: str, keys: list[tuple[str, str]], size: tuple[int, int] = SMALL, **environment: str
) -> tuple[int, str, list[str]]:
    """Run the command in a terminal; press keys when some words are seen. Returns the exit code, all output, the last screen."""
    outer, inner = pty.openpty()
    ioctl(inner, TIOCSWINSZ, packed("HHHH", size[1], size[0], 0, 0))
    terminal = pyte.Screen(*size)
    stream, raw, waiting = pyte.ByteStream(terminal), b"", list(keys)
    command = [sys.executable, "-m", "cabrief", "browse", *arguments]
    settings = {"TERM": "xterm-256color", **environment}
    with subprocess.Popen(
        command, stdin=inner, stdout=inner, stderr=inner, env={**os.environ, **settings}, start_new_session=True
    ) as process:
        os.close(inner)
        try:
            quiet = 0
            while quiet < 120:
                part = os.read(outer, 65536) if select.select([outer], [], [], 0.5)[0] else b""
                quiet = 0 if part else quiet + 1
                raw += part
                # pyte prints private modes with parameters that it does not know
                stream.feed(
                    re.sub(rb"\x1b\[[<>=?][0-9;]*[a-zA-Z]|\x1b\[[0-9;]*\$[a-z]|\x1b[P_][^\x1b]*\x1b\\", b"", part)
                )
                if waiting and squeezed(waiting[0][0]) in squeezed("".join(terminal.display)):
                    os.write(outer, waiting.pop(0)[1].encode("utf-8", "surrogateescape"))
        except OSError:  # how a terminal tells its end
            pass
        if process.poll() is None and waiting:
            process.send_signal(signal.SIGKILL)
        code = process.wait()
    os.close(outer)
    assert not waiting, (waiting, terminal.display)
    return code, raw.decode(errors="replace"), [line.rstrip() for line in terminal.display]


@pytest.mark.one_in(2)
@pytest.mark.parametrize("lang", LANGS)
def test_the_screen_opens_in_a_terminal_and_leaves_it_as_it_was(lang: Lang) -> None:
    first, then = ("In force", "Keys") if lang == "en" else ("発効", "Page Up")
    code, raw, _ = on_terminal("--data", str(ATOLLS), "--lang", lang, keys=[(first, "?"), (then, "q")])
    assert code == 0
    assert "\x1b[?1049h" in raw
    assert raw.rstrip().rfind("\x1b[?1049l") > raw.rfind("\x1b[?1049h")
    assert "Traceback" not in raw


def test_bytes_that_are_no_characters_are_passed_over() -> None:
    """A terminal of another encoding sends them; the screen stays, and a key that comes with them in one reading counts."""
    keys = [("In force", "\udcff\udce9x\udcff?"), ("Keys", "q")]
    code, raw, _ = on_terminal("--data", str(ATOLLS), "--lang", "en", keys=keys)
    assert (code, "Traceback" in raw) == (0, False)


def test_bytes_that_are_no_characters_end_no_dialogue() -> None:
    """In a locale whose Python refuses them as well."""
    keys = [("?", "/ caf\udce9\n"), ("nothing has", "q\n")]
    code, raw, _ = on_terminal(
        "--data", str(ATOLLS), "--lang", "en", "--plain", keys=keys, PYTHONIOENCODING="utf-8:strict"
    )
    assert (code, "nothing has 'caf\ufffd'" in raw) == (0, True)


@pytest.mark.parametrize(("lang", "said"), [("en", "needs a terminal"), ("ja", "端末が必要")], ids=["en", "ja"])
def test_without_a_terminal_it_says_so(run: Run, lang: str, said: str) -> None:
    for plain in ((), ("--plain",)):
        done = run("browse", "--lang", lang, *plain)
        assert (done.returncode, done.stdout) == (2, "")
        assert said in done.stderr
        assert done.stderr.count("\n") == 1


@pytest.mark.one_in(2)
@pytest.mark.parametrize("lang", LANGS)
def test_without_the_extra_it_names_it(tmp_path: Path, lang: str) -> None:
    (tmp_path / "textual.py").write_text("raise ModuleNotFoundError('no', name='textual')\n", "utf-8")
    code, raw, _ = on_terminal("--lang", lang, keys=[], PYTHONPATH=str(tmp_path))
    assert code == 2
    assert "pip install 'cabrief[browse]'" in raw
    code, raw, _ = on_terminal("--lang", lang, "--plain", keys=[("?", "q\n")], PYTHONPATH=str(tmp_path))
    assert code == 0, "the dialogue needs nothing"


@pytest.mark.slow
def test_bad_facts_are_told_before_the_screen_opens(pack: Path) -> None:
    (pack / "bad.yaml").write_text("notes: [{id: x}]\n", "utf-8")
    code, raw, _ = on_terminal("--data", str(pack), keys=[])
    assert code == 1
    assert "missing-key" in raw
    assert "\x1b[?1049h" not in raw
    assert on_terminal("--theme", "pink", keys=[])[0] == 2


def test_colours_follow_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """As asked for, else by the ground that the terminal tells, else dark."""
    for ground, asked, colours in (
        ("15;0", None, "dark"),
        ("0;15", None, "light"),
        ("0;default;7", None, "light"),
        ("", None, "dark"),
        ("0;15", "dark", "dark"),
    ):
        monkeypatch.setenv("COLORFGBG", ground)
        assert command._theme(asked) == colours


# The dialogue


def converse(*said: str, data: Path = ATOLLS, lang: Lang = "en") -> str:
    """What the dialogue answers to some lines."""
    words = iter(said)
    heard: list[str] = []
    facts = open_directories([data], as_of=ATOLLS_DAY, lang=lang)
    Dialogue(facts, lambda *lines: heard.extend(lines), lambda: next(words, None)).run()
    return "\n".join(heard)


def test_the_dialogue_gives_the_same_answers_line_by_line() -> None:
    """Places by number, a page, its evidence, a line to copy, search, back, day, language and help."""
    assert "2. Countries" in converse()
    assert "Aru: country profile" in converse("2", "2", "1")
    assert "Why:" in converse("2", "2", "1", "w 1")
    assert "\n— " in converse("2", "2", "1", "y 2")
    assert "アル" in converse("2", "2", "1", "l")
    assert "1 February 2030" in converse("2", "2", "1", "d 1 Feb 2030")
    assert "Search: bela" in converse("/bela")
    assert converse("2", "m", "b").count("2. Aru") == 2
    assert len(converse("2", "2", "1", "f")) > len(converse("2", "2", "1", "l"))
    assert all(f"{way}: " in converse("?") for way, _ in WAYS)
    assert "x is not understood" in converse("x")
    assert "there is no line 99 here" in converse("99")
    assert "nothing has" in converse("/qqqqqqq")
    assert "is not a date" in converse("2", "2", "1", "d soon")
    assert "国" in converse(lang="ja")


def test_the_dialogue_draws_nothing(run: Run) -> None:
    """No frame, rule, colour or movement of the cursor: only lines, in a dumb terminal without being asked."""
    _, raw, screen = on_terminal(
        "--data", str(ATOLLS), "--as-of", ATOLLS_DAY, keys=[("for help:", "1\n"), ("In short", "q\n")], TERM="dumb"
    )
    assert not re.search(r"[\x1b─│▸·•]", raw)
    assert any(line.startswith("1. ") for line in screen)


def test_what_is_copied_names_what_a_table_is_about() -> None:
    facts = open_directories([ATOLLS], as_of=ATOLLS_DAY)
    document, _ = question("treaties").ask(facts)
    words = [quotation(document, line, "en") for line in stated(document)]
    assert words
    assert not any("—;" in each or ": —" in each for each in words)
    assert any(": " in each.partition("; ")[2] for each in words)


def test_words_of_a_record_are_no_commands(tmp_path: Path) -> None:
    """Keys stand for commands in the report's own words alone; what a topic says stays as it is."""
    said = "Git has --full and --all; by theme: --by-theme."
    (tmp_path / "t.yaml").write_text(
        f"topics:\n  - {{id: git, name: Git, text: {{en: '{said}', ja: 'gitには --full がある。'}}}}\n", "utf-8"
    )
    facts = open_directories([ATOLLS, tmp_path], as_of=ATOLLS_DAY)
    for page in (facts.why("git"), facts.brief("git", full=True)):
        paragraphs = [
            b.text.en for part in with_keys(page.document).sections for b in part.blocks if isinstance(b, Paragraph)
        ]
        assert any(words.startswith(said) for words in paragraphs)
