"""HTML: one file that holds all that it needs, asks nothing of a network, and is read without a script.

The templates beside this module lay the page out; whatever a fact says goes into them as text, escaped.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import groupby
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from cabrief.document import AS_OF, HELD, OTHERWISE, WHY, Block, Cell, DisputeNote, Document, Moment, Section, layer
from cabrief.document import Timeline as TimelineBlock
from cabrief.formats import How
from cabrief.formats.markdown import TODAY
from cabrief.formats.notes import (
    JAPANESE,
    QUIET,
    QUIET_MEANS,
    Cited,
    Footnote,
    Footnotes,
    contested,
    is_quiet,
    more_words,
    shown_address,
    speakers,
    subject,
)
from cabrief.language.dates import date_text
from cabrief.language.text import Text, clean, cut, unstopped

POLICY = "default-src 'none'; {}; img-src data:; base-uri 'none'; form-action 'none'"
LONG_TITLE = 500  # letters that a mark says of its note; thousands of lines may rest on one
LONG_CELL = 40  # letters of a cell from which on a table is read row by row on a narrow screen
FEW_PARTS = 5  # sections up to which the contents name those below them, too
WORDS: dict[str, Text] = {
    "contents": Text("Contents", "目次"),
    "notes": Text("Sources and notes", "出典と注"),
    "back": Text("back to the line with note", "本文へ戻る：注"),
    "note": Text("note", "注"),
    "disputed": Text("Sources disagree about the value itself.", "その値について出典が食い違う。"),
    "disputed_mark": Text("(disputed)", "（争点）"),
    "table": Text("Table", "表"),
    "picture": Text("Picture", "図"),
    "stop": Text(".", "。"),
}
# Japanese within another language, so that it is set in its own letters and read with its own voice.
_JAPANESE = re.compile(JAPANESE)
_ISO = re.compile(r"\d{4}(-\d{2}){0,2}", re.ASCII)


def to_html(document: Document, how: How) -> str:
    """Print a document as one HTML page."""
    page = HtmlPage(document, how)
    style = css() + running_title(page.document.title.pick(how.lang), page.as_of)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = POLICY.format(f"style-src 'sha256-{digest}'")
    return render(environment(), "report.html.jinja", page, policy=policy, style=Markup(style))  # noqa: S704 - our own


def render(templates: Environment, name: str, page: HtmlPage, **more: Any) -> str:
    """Fill a template with a page and what surrounds it."""
    return templates.get_template(name).render(page=page, **more) + "\n"


@cache
def environment(*packages: str) -> Environment:
    """The templates of this folder, and before them those of further packages."""
    from jinja2 import ChoiceLoader

    loaders = [PackageLoader(package) for package in (*packages, "cabrief.formats")]
    return Environment(
        loader=ChoiceLoader(loaders), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


@cache
def css() -> str:
    """The style of a page, on a screen and on paper."""
    return files("cabrief.formats").joinpath("templates", "page.css").read_text("utf-8")


def running_title(title: str, as_of: str) -> str:
    """The style that prints a title and a day above each page but the first."""
    return (
        f"@page{{@top-left{{content:{_css_string(cut(title))}}}@top-right{{content:{_css_string(as_of)}}}}}"
        "@page:first{@top-left{content:none}@top-right{content:none}}"
    )


def _css_string(words: str) -> str:
    """Words as a string of CSS, in which each character that could end it is given by its number."""
    return '"' + re.sub(r"[^\w ]", lambda match: f"\\{ord(match[0]):x} ", clean(words)) + '"'


class HtmlPage:
    """What a template asks of a document: words as markup, and marks that lead to notes and back."""

    def __init__(self, document: Document, how: How) -> None:
        self.document, self.lang = document, how.lang
        self.footnotes = Footnotes(document) if how.sources else None
        if self.footnotes and how.trail is not None:
            how.trail.update(self.footnotes.trail())
        self.notes = self.footnotes.notes if self.footnotes else ()
        self._titles = {note.number: cut(self._in_short(note), LONG_TITLE) for note in self.notes}
        self._calls: dict[int, list[str]] = {}  # by the number of a note, the ids of the marks that call it
        self._anchors: set[str] = set()
        self.marks: set[str] = set()  # which marks were printed, and so have to be explained
        self.as_of = AS_OF.pick(self.lang).format(d=date_text(document.as_of).pick(self.lang))
        self.contents = self._contents()
        self._section_ids = {id(part): anchor for anchor, part, _ in self.contents}

    # Where a site has pages, these lead there.
    def evidence(self, note: Footnote) -> Sequence[str]:
        """Ids of what the lines with a note state, of those that have a page; none on a page that stands alone."""
        return [id_ for id_ in note.ids if id_ and self.fact_page(id_)]

    def fact_page(self, id_: str) -> str:  # noqa: ARG002 - a page of its own has none to lead to
        """Address of the page with the evidence of a fact, or nothing."""
        return ""

    def source_page(self, cited: Cited) -> str:
        """Address of a source, or nothing."""
        return web_address(cited.url)

    def address(self, cited: Cited) -> str:
        """Address of a source as paper shows it, or nothing."""
        return shown_address(cited.url)

    def cell_page(self, cell: Cell) -> str:
        """Address that the words of a cell lead to, or nothing."""
        return web_address(cell.url)

    def words(self, text: Text) -> Markup:
        """Words in the language of the page; Japanese in another language is marked as such."""
        told = str(escape(clean(text.pick(self.lang))))
        if self.lang == "ja" or told.isascii():
            return Markup(told)  # noqa: S704 - escaped above
        return Markup(_JAPANESE.sub(r'<span lang="ja">\g<0></span>', told))  # noqa: S704 - escaped above

    def plain(self, text: Text) -> str:
        """Words in the language of the page without any markup, for attributes and the title."""
        return clean(text.pick(self.lang))

    def say(self, name: str) -> str:
        """A word of the page's own."""
        return WORDS[name].pick(self.lang)

    def bracketed(self, text: Text) -> Markup:
        """Words in the brackets of the language, with the space before them that it has."""
        before, behind = ("（", "）") if self.lang == "ja" else (" (", ")")
        return before + self.words(text) + behind

    def pictures(self) -> list[Markup]:
        """The pictures of the document, which need no style of the page."""
        if not self.document.pictures:
            return []
        from cabrief.formats.drawing import svg

        return [Markup(svg(each, self.document, self.lang)) for each in self.document.pictures]  # noqa: S704 - made by an XML writer

    def kind(self, block: Block) -> str:
        """Name of a block's kind."""
        return type(block).__name__

    def section_id(self, part: Section) -> str:
        """The name by which the contents lead to a section; nothing for one below another."""
        return self._section_ids.get(id(part), "")

    def anchor(self, cells: Sequence[Cell]) -> str:
        """The name by which a line is found: the id of what it states, once on a page."""
        found = next((cell.id for cell in cells if cell.id), "")
        if not found or found in self._anchors:
            return ""
        self._anchors.add(found)
        return f"f-{found}"

    def call(self, cells: Sequence[Cell], heads: Sequence[Text] = ()) -> dict[str, Any] | None:
        """The mark behind a line: the number of its note, its own name, and what the note says in short."""
        number = self.footnotes.number(cells, heads) if self.footnotes else None
        if not number:
            return None
        calls = self._calls.setdefault(number, [])
        calls.append(f"r{number}" if not calls else f"r{number}-{len(calls) + 1}")
        return {"number": number, "id": calls[-1], "title": self._titles[number]}

    def calls(self, note: Footnote) -> list[str]:
        """Names of the marks that call a note."""
        return self._calls.get(note.number, [])

    def resting(self, row: Sequence[Cell]) -> int:
        """Which cell of a row its mark stands behind: the one that rests on something, or the first."""
        found = [i for i, cell in enumerate(row) if cell.refs]
        return found[0] if len(found) == 1 else 0

    def layer(self, cell: Cell) -> str:
        """Name of the layer over the pack that a cell comes from, or nothing."""
        return clean(layer(self.document, cell))

    def contested(self, cell: Cell) -> Text | None:
        """What is contested of a cell."""
        what = contested(self.document, cell)
        if what:
            self.marks.add("disputed")
        return what

    def is_quiet(self, cell: Cell) -> bool:
        """Whether a cell has the quiet mark."""
        quiet = is_quiet(self.document, cell)
        if quiet:
            self.marks.add("quiet")
        return quiet

    def quiet_means(self) -> Markup:
        """What the quiet mark means, with commands as code."""
        told = QUIET_MEANS.pick(self.lang).partition(" ")[2]
        return Markup(re.sub("`([^`]*)`", r"<code>\1</code>", told))  # noqa: S704 - our own words

    def more(self, count: int) -> Text:
        """How many sources a note leaves out."""
        return more_words(count)

    def otherwise(self, note: DisputeNote) -> list[tuple[Text, Markup]]:
        """A dispute under its heads; on a page of one sheet, only who says otherwise."""
        others = [
            (
                OTHERWISE,
                self.words(unstopped(text)) + self.bracketed(speakers(self.document, refs)) + self.say("stop"),
            )
            for text, refs in note.others
        ]
        if self.document.page:
            return others[:1]
        return [(HELD, self.words(note.held)), *others, (WHY, self.words(note.reason))]

    def disputed(self, id_: str) -> Markup:
        """What a dispute is about, by its id."""
        return self.words(subject(self.document.notes[id_]))

    def day(self, date: str) -> Markup:
        """A date in words; where it is exact, with the day that machines read."""
        told = self.words(date_text(date))
        return Markup('<time datetime="{}">{}</time>').format(date, told) if _ISO.fullmatch(date) else told

    def years(self, block: TimelineBlock) -> Iterable[tuple[str, list[Moment]]]:
        """Moments by year; under no year, the line of the day of the report between what has come and what has not."""
        past = [each for each in block.moments if not each.ahead]
        ahead = [each for each in block.moments if each.ahead]
        yield from ((year, list(found)) for year, found in groupby(past, key=lambda each: each.date[:4]))
        if block.marked and block.moments:
            yield "", []
        yield from ((year, list(found)) for year, found in groupby(ahead, key=lambda each: each.date[:4]))

    def today(self, block: TimelineBlock) -> str:
        """The words on the line of the day of the report."""
        return TODAY.pick(self.lang).format(d=date_text(block.as_of).pick(self.lang))

    def shape(self, rows: Sequence[Sequence[Cell]]) -> str:
        """How a table is read on a narrow screen: one of long cells row by row, one of short cells moved sideways."""
        most = max((len(cell.text.pick(self.lang)) for row in rows for cell in row), default=0)
        return "stacks" if most > LONG_CELL // (2 if self.lang == "ja" else 1) else "moves"

    def _contents(self) -> list[tuple[str, Section, bool]]:
        """Sections with the names by which links find them, and whether each stands below another."""
        parts = [(part, False) for part in self.document.sections if part.title]
        if len(parts) <= FEW_PARTS:  # several subjects under each other: what each has is asked for as well
            parts = [
                each for part, _ in parts for each in ((part, False), *((p, True) for p in part.sections if p.title))
            ]
        return [(f"s{number}", part, below) for number, (part, below) in enumerate(parts, start=1)]

    def _in_short(self, note: Footnote) -> str:
        """The sources of a note in plain words, for a pointer that rests on its mark."""
        cited = [clean(each.words.pick(self.lang)) for _, found, _ in note.parts for each in found]
        return "\n".join(cited or [clean(each.held.pick(self.lang)) for each in note.disputes] or [QUIET])


def web_address(url: str | None) -> str:
    """An address that a link may lead to; nothing for what is no address of the web."""
    return clean(url) if url and re.match("https?://", url, re.IGNORECASE) else ""
