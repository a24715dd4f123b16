"""The screen: it asks the library in a thread of its own, so that no answer keeps anybody from typing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial
from typing import ClassVar, NamedTuple

from textual import on, work
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from cabrief.browsing.branches import Branch, branches
from cabrief.browsing.driver import forgive
from cabrief.browsing.keys import KEYS, keys_page
from cabrief.browsing.pages import quotation
from cabrief.browsing.questions import Question, evidence_of, leading_to
from cabrief.browsing.searching import NameIndex, search_for
from cabrief.browsing.widgets import BranchTree, KeyWord, PageView
from cabrief.document import Document
from cabrief.errors import CabriefError
from cabrief.language.dates import date_text
from cabrief.language.text import Text, clean, cut, join, template
from cabrief.library.fact_base import FactBase

TEXTUAL_THEMES = {"dark": "textual-dark", "light": "textual-light"}
ASK_WORDS, ASK_DAY = Text("Search: ", "検索："), Text("As of: ", "基準日：")
HOW_TO_QUIT = Text("q quits; in a line that you type, Ctrl-Q", "終了はq。入力中はCtrl-Q")
NO_LINE = Text("no line is chosen", "行が選ばれていない")
NO_EVIDENCE = Text("this line rests on nothing of its own", "この行には固有の根拠がない")
NO_WHOLE = Text("this is everything on record", "記録はこれですべて")
COPIED = Text("copied, if the terminal allows it: {w}", "コピーした（端末が許す場合）：{w}")
WIDE_SCREEN = 110  # columns from which on the places get more room
PAUSE = 0.1  # seconds without a key after which a search begins


class Visit(NamedTuple):
    """A page on the way: the question, its answer, and the line that was chosen."""

    question: Question | None
    document: Document
    chosen: int = 1


class Start(NamedTuple):
    """What the screen opens with, read before it opens."""

    facts: FactBase
    places: tuple[Branch, ...]
    names: NameIndex
    first: Visit


def make_ready(facts: FactBase) -> Start:
    """Read what the screen opens with, in the thread in which the facts were opened; raises CabriefError."""
    facts = FactBase(facts.base, facts.as_of, facts.lang)  # what it has to tell stands in its reports, not on stderr
    found = branches(facts)
    asked = found[0].ask
    return Start(facts, found, NameIndex(facts), Visit(asked, asked.ask(facts)[0]))


class Browser(App[None]):
    """The fact base on a full screen."""

    TITLE = "cabrief"
    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", show=False),
        Binding("escape,backspace", "way_back", show=False),
        Binding("w", "why", show=False),
        Binding("y", "copy", show=False),
        Binding("f", "whole", show=False),
        Binding("d", "day", show=False),
        Binding("l", "language", show=False),
        Binding("t", "theme", show=False),
        Binding("tab,shift+tab", "switch", show=False, priority=True),
        Binding("down", "to_page", show=False),
        Binding("question_mark", "keys", show=False),
        Binding("q,ctrl+q", "quit", show=False),
    ]

    def __init__(self, start: Start, clerk: Executor, theme: str = "dark") -> None:
        """Browse facts that were opened in the one thread of `clerk`."""
        super().__init__()
        forgive(self.driver_class)
        self.HORIZONTAL_BREAKPOINTS = [(0, "narrow"), (WIDE_SCREEN, "wide")]
        self.theme = TEXTUAL_THEMES[theme]
        self.facts, self.lang, self.clerk = start.facts, start.facts.lang, clerk
        self.names, self._places = start.names, start.places
        self.here, self.past = start.first, list[Visit]()
        self.typing = ""  # what the last line is open for: find, day, or nothing
        self.sought = False  # whether the page of what is being typed is the one that is here
        self.failure: Exception | None = None  # a fault of the program, to be told when the screen is closed

    def compose(self) -> ComposeResult:
        """The head, the places beside the page, and the last line."""
        yield Static(id="head", markup=False)
        with Horizontal(id="middle"):
            yield BranchTree(self._places, self.lang)
            yield PageView(self.here.document, self.lang)
        with Horizontal(id="foot"):
            for key in KEYS:
                if key.short:
                    yield KeyWord(key)
        with Horizontal(id="asking"):
            yield Static(id="label", markup=False)
            yield Input(id="input", compact=True, select_on_focus=True)

    def on_mount(self) -> None:
        """Show the words of the language, and begin on the left."""
        self.query_one("#asking").display = False
        self._speak()
        self.query_one(BranchTree).cursor_line = 0
        self.query_one(BranchTree).focus()

    def _speak(self) -> None:
        pack = self.facts.base.pack
        day = date_text(self.facts.as_of)
        head = template("cabrief · {h} · {d}", "cabrief · {h} · {d}", h=pack.name, d=day)
        self.query_one("#head", Static).update(clean(head.pick(self.lang)))
        self.query_one(BranchTree).speak(self.lang)
        for word in self.query(KeyWord):
            word.speak(self.lang)

    def tell(self, words: Text, *, wrong: bool = False) -> None:
        """Say something beside the page."""
        said = clean(words.pick(self.lang))
        self.notify(said, severity="warning" if wrong else "information", markup=False, timeout=5)

    def action_help_quit(self) -> None:
        """Say how to quit, for whoever presses Ctrl-C."""
        self.tell(HOW_TO_QUIT)

    # asking

    def go(self, asked: Question | None) -> None:
        """Ask a question, and keep the page before it for the way back."""
        if asked is not None:
            self._ask(asked)

    @work(exclusive=True, group="asking")
    async def _ask(self, asked: Question, *, again: bool = False) -> None:
        """Show the answer to a question; one that is asked again takes the place of the page that is here."""
        page = self.query_one(PageView)
        try:
            document, notes = await self._answer(asked)
        except CabriefError as error:
            self.tell(error.message, wrong=True)
            return
        except Exception as error:  # noqa: BLE001 - told when the screen is closed
            self._fail(error)
            return
        if not again:
            self.past.append(self.here._replace(chosen=page.chosen))
        self.here = Visit(asked, document, min(page.chosen, 1) if not again else page.chosen)
        page.show(document, self.lang, page.chosen if again else 1)
        if notes:
            self.tell(join(list(notes), "; ", "；"))

    async def _answer(self, asked: Question) -> tuple[Document, tuple[Text, ...]]:
        """An answer of the library, from the thread in which its facts were opened."""
        search = asked.method == "search"
        answer = partial(self.names.found, self.facts, asked) if search else partial(asked.ask, self.facts)
        return await asyncio.get_running_loop().run_in_executor(self.clerk, answer)

    def _fail(self, error: Exception) -> None:
        self.failure = error
        self.exit()

    # moving

    @on(BranchTree.NodeSelected)
    def _place_chosen(self, event: BranchTree.NodeSelected[Branch]) -> None:
        if event.node.data:
            event.node.expand()
            self.go(event.node.data.ask)

    @on(PageView.Followed)
    def action_follow(self) -> None:
        """Follow the chosen line, or open the chosen place."""
        if self.query_one(BranchTree).has_focus:
            self.query_one(BranchTree).action_select_cursor()
        else:
            self._lead(leading_to)

    def action_why(self) -> None:
        """Show the evidence of the chosen line."""
        self._lead(evidence_of)

    @work(exclusive=True, group="leading")
    async def _lead(self, find: Callable[[FactBase, tuple[str, ...]], Question | None]) -> None:
        line = self.query_one(PageView).line
        if line is None:
            self.tell(NO_LINE, wrong=True)
            return
        try:
            asked = await asyncio.get_running_loop().run_in_executor(self.clerk, find, self.facts, line.ids)
        except Exception as error:  # noqa: BLE001 - told when the screen is closed
            self._fail(error)
            return
        if asked is None or asked == self.here.question:
            self.tell(NO_EVIDENCE)
            return
        self.query_one(PageView).focus()
        self.go(asked)

    def action_way_back(self) -> None:
        """Go back to the page before; while one types, to the one from which the search began."""
        undone = not self.typing or self.sought
        self._close_line()
        if self.past and undone:
            self._ask_nothing()
            self.here = self.past.pop()
            self.query_one(PageView).show(self.here.document, self.lang, self.here.chosen)

    def _ask_nothing(self) -> None:
        """Drop the question that is under way."""
        self.workers.cancel_group(self, "asking")

    def action_switch(self) -> None:
        """From the places to the page, and back."""
        if self.typing:
            self.action_to_page()
        else:
            (self.query_one(PageView) if self.query_one(BranchTree).has_focus else self.query_one(BranchTree)).focus()

    # what the page shows

    def action_whole(self) -> None:
        """Ask the question of the page for everything on record, or for one page again."""
        asked = self.here.question
        if asked and asked.has_whole:
            self._ask(asked.turned(), again=True)
        else:
            self.tell(NO_WHOLE)

    def action_language(self) -> None:
        """Show everything in the other language."""
        self.lang = "en" if self.lang == "ja" else "ja"
        self._speak()
        page = self.query_one(PageView)
        page.show(self.here.document, self.lang, page.chosen)

    def action_theme(self) -> None:
        """From dark to light, and back."""
        self.theme = TEXTUAL_THEMES["light" if self.theme == TEXTUAL_THEMES["dark"] else "dark"]

    def action_keys(self) -> None:
        """Show the keys."""
        page = self.query_one(PageView)
        self._ask_nothing()
        self.past.append(self.here._replace(chosen=page.chosen))
        self.here = Visit(None, keys_page(self.facts.as_of))
        page.show(self.here.document, self.lang)

    def action_copy(self) -> None:
        """Copy the chosen line with its sources."""
        page = self.query_one(PageView)
        if page.line is None:
            self.tell(NO_LINE, wrong=True)
            return
        words = quotation(page.document, page.line, self.lang)
        self.copy_to_clipboard(words)
        self.tell(template(COPIED.en, COPIED.ja, w=cut(words.partition("\n")[0])))

    @on(KeyWord.Pressed)
    async def _key_clicked(self, event: KeyWord.Pressed) -> None:
        await self.run_action(event.action)

    # the line that is typed

    def action_search(self) -> None:
        """Search as one types."""
        self._open_line("find", ASK_WORDS, "")

    def action_day(self) -> None:
        """Ask for another day."""
        self._open_line("day", ASK_DAY, self.facts.as_of)

    def _open_line(self, what: str, label: Text, value: str) -> None:
        self.typing, self.sought = what, False
        self.query_one("#label", Static).update(label.pick(self.lang))
        self.query_one("#asking").display, self.query_one("#foot").display = True, False
        line = self.query_one(Input)
        with line.prevent(Input.Changed):
            line.value = value
        line.focus()

    def _close_line(self) -> None:
        if self.typing:
            self.query_one("#asking").display, self.query_one("#foot").display = False, True
            self.typing, self.sought = "", False
            self.query_one(PageView).focus()

    def action_to_page(self) -> None:
        """From what is typed to what was found."""
        if self.typing == "find":
            self._close_line()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        asked = search_for(event.value)
        if self.typing != "find" or asked is None:
            return
        page = self.query_one(PageView)
        if not self.sought:
            self.past.append(self.here._replace(chosen=page.chosen))
            self.sought = True
        self.here = Visit(asked, self.names.at_once(event.value, self.facts.as_of))
        page.show(self.here.document, self.lang)
        self._search(asked)

    @work(exclusive=True, group="asking")
    async def _search(self, asked: Question) -> None:
        """Show everything that is found for what was typed last."""
        await asyncio.sleep(PAUSE)
        try:
            document, _ = await self._answer(asked)
        except Exception as error:  # noqa: BLE001 - told when the screen is closed
            self._fail(error)
            return
        page = self.query_one(PageView)
        self.here = Visit(asked, document)
        page.show(document, self.lang, max(1, page.chosen))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        if self.typing == "day":
            try:
                self.facts = self.facts.at(event.value.strip() or None)
            except CabriefError as error:
                self.tell(error.message, wrong=True)
                return
            self._speak()
            self.past = []
            self._renew_names()
            if self.here.question:
                self._ask(self.here.question, again=True)
        self._close_line()

    @work(exclusive=True, group="leading")
    async def _renew_names(self) -> None:
        """Find by name what can be told by the day that was chosen."""
        self.names = await asyncio.get_running_loop().run_in_executor(self.clerk, NameIndex, self.facts)
