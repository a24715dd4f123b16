"""The same as a dialogue, for screen readers and for terminals that cannot address lines: it only ever adds lines at the end.

Every line that leads somewhere begins with its number. A number follows it; the other words are letters of the screen's keys.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from cabrief.browsing.branches import Branch, branches
from cabrief.browsing.pages import StatedLine, block_lines, line_words, quotation, with_keys
from cabrief.browsing.questions import Question, evidence_of, leading_to
from cabrief.browsing.searching import search_for
from cabrief.document import AS_OF, Document, Paragraph, Section
from cabrief.errors import CabriefError
from cabrief.language.dates import date_text
from cabrief.language.text import Text, template
from cabrief.library.fact_base import FactBase

MOST_LINE_DIGITS = 9  # of the number of a line

WAYS: tuple[tuple[str, Text], ...] = (
    ("3", Text("follow line 3", "3行目の先へ進む")),
    ("w 3", Text("why line 3 stands", "3行目の根拠")),
    ("y 3", Text("line 3 with its sources, to copy", "3行目を出典とともに示す")),
    ("/ words", Text("search, in either script", "検索（英語でも日本語でも）")),
    ("f", Text("everything on record, or one page again", "すべての記録、または元のページ")),
    ("d 2026-06-30", Text("another day to report as of", "基準日を変える")),
    ("l", Text("the other language", "もう一方の言語")),
    ("b", Text("back", "戻る")),
    ("m", Text("the list of what there is", "一覧")),
    ("?", Text("these words", "この説明")),
    ("q", Text("quit", "終了")),
)
WHAT_THERE_IS = Text("What there is", "一覧")
ALL_OF_IT = Text("{n}: overview", "{n}：全体")
ASKED = Text("A number, / and words, or ? for help:", "番号、/と検索語、または?で説明：")
NOT_UNDERSTOOD = Text("{w} is not understood; ? tells what is", "{w}は分からない。?で説明")
NO_SUCH_LINE = Text("there is no line {w} here", "ここに{w}行目はない")


class _Page(NamedTuple):
    """A page of the dialogue: the question, its answer, and its numbered lines; or a list of places."""

    question: Question | None
    document: Document | None
    lines: tuple[StatedLine, ...] = ()
    listed: tuple[Branch, ...] = ()
    title: Text = WHAT_THERE_IS


class Dialogue:
    """A dialogue with the fact base. `say` prints lines; `listen` reads one, None where there are no more."""

    def __init__(self, facts: FactBase, say: Callable[..., None], listen: Callable[[], str | None]) -> None:
        self.facts, self.lang = FactBase(facts.base, facts.as_of, facts.lang), facts.lang
        self._say, self._listen = say, listen
        self._here, self._past = _Page(None, None, listed=branches(self.facts)), list[_Page]()

    def run(self) -> None:
        """Talk until it is over."""
        self._show()
        while True:
            self._say(ASKED.pick(self.lang))
            words = self._listen()
            if words is None or words.strip() in ("q", "quit"):
                return
            try:
                self._answer(words.strip())
            except CabriefError as error:
                self._say(error.message.pick(self.lang))

    def _answer(self, words: str) -> None:
        letter, rest = words[:1], words[1:].strip()
        match letter:
            case "?":
                self._say(*(f"{way}: {does.pick(self.lang)}" for way, does in WAYS))
            case "m":
                self._go_to(_Page(None, None, listed=branches(self.facts)))
            case "b":
                self._here = self._past.pop() if self._past else self._here
                self._show()
            case "/":
                self._ask(search_for(rest))
            case "l" | "d" | "f":
                self._change(letter, rest)
            case _ if words:
                self._on_line(letter if letter in ("w", "y") else "", words.lstrip("wy").strip())

    def _change(self, letter: str, rest: str) -> None:
        """Show what is here in the other language, as of another day, or in full."""
        if letter == "l":
            self.lang = "en" if self.lang == "ja" else "ja"
        elif letter == "d":
            self.facts = self.facts.at(rest or None)
        asked = self._here.question
        self._ask(asked.turned() if asked and letter == "f" else asked, again=True)

    def _on_line(self, letter: str, words: str) -> None:
        here = self._here
        number = int(words) if words.isdecimal() and len(words) <= MOST_LINE_DIGITS else 0
        if not number:
            self._say(template(NOT_UNDERSTOOD.en, NOT_UNDERSTOOD.ja, w=words).pick(self.lang))
        elif not 1 <= number <= len(here.lines or here.listed):
            self._say(template(NO_SUCH_LINE.en, NO_SUCH_LINE.ja, w=words).pick(self.lang))
        elif here.listed:
            self._open(here.listed[number - 1])
        elif letter == "y" and here.document:
            self._say(*quotation(here.document, here.lines[number - 1], self.lang).splitlines())
        else:
            find = evidence_of if letter == "w" else leading_to
            self._ask(find(self.facts, here.lines[number - 1].ids))

    def _open(self, place: Branch) -> None:
        if not place.inside:
            self._ask(place.ask)
            return
        whole = template(ALL_OF_IT.en, ALL_OF_IT.ja, n=place.name)
        self._go_to(_Page(None, None, listed=(Branch(whole, place.ask), *place.inside), title=place.name))

    def _ask(self, asked: Question | None, *, again: bool = False) -> None:
        if asked is None:
            self._show()
            return
        document, notes = asked.ask(self.facts)
        self._say(*(note.pick(self.lang) for note in notes))
        lines = tuple(
            line for part in _parts(document.sections) for line in part if isinstance(line, StatedLine) and line.ids
        )
        page = _Page(asked, with_keys(document), lines)
        if again:
            self._here = page
            self._show()
        else:
            self._go_to(page)

    def _go_to(self, page: _Page) -> None:
        self._past.append(self._here)
        self._here = page
        self._show()

    def _show(self) -> None:
        here = self._here
        if here.document is None:
            self._say("", here.title.pick(self.lang))
            self._say(*(f"{i}. {place.name.pick(self.lang)}" for i, place in enumerate(here.listed, start=1)))
            return
        day = AS_OF.pick(self.lang).format(d=date_text(here.document.as_of).pick(self.lang))
        self._say("", here.document.title.pick(self.lang), day)
        number = 0
        for part in _parts(here.document.sections):
            for line in part:
                if isinstance(line, Text):
                    self._say(line.pick(self.lang))
                    continue
                number += bool(line.ids)
                mark = f"{number}. " if line.ids else ""
                self._say(mark + line_words(here.document, line, self.lang))
        if here.document.left_out:
            self._say(here.document.left_out.pick(self.lang))


def _parts(sections: Sequence[Section]) -> Iterator[list[Text | StatedLine]]:
    """Each section as what is said of it, line by line: its heading, its paragraphs, its lines."""
    for section in sections:
        found: list[Text | StatedLine] = [Text("", ""), section.title] if section.title else []
        for block in section.blocks:
            found += [block.text] if isinstance(block, Paragraph) else list(block_lines(block))
        yield found
        yield from _parts(section.sections)
