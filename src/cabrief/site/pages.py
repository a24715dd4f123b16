"""A site: its pages in both languages, linked with each other, its search, its style."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Any

from cabrief.document import Cell, Document
from cabrief.formats import How
from cabrief.formats.html import POLICY, HtmlPage, css, environment, render, web_address
from cabrief.formats.notes import Cited
from cabrief.language.text import LANGS, Lang, Text
from cabrief.site.paging import paged
from cabrief.site.plan import Planned, Shelf, fact_pages, part_path, plan, record_ids, record_path, shelves
from cabrief.site.searching import scripts, search_entries
from cabrief.store.base import Base

SITE_STYLE = "style-src 'self'"
SCRIPT = f"script-src 'self'; {SITE_STYLE}"
SAYS: dict[str, Text] = {
    "skip": Text("Skip to the text", "本文へ"),
    "pages": Text("Pages of this site", "このサイトのページ"),
    "brief": Text("Brief", "概況メモ"),
    "facts": Text("Facts", "事実"),
    "search": Text("Search", "検索"),
    "parts": Text("Parts of this list", "この一覧のページ"),
    "full": Text("Everything on record", "記録の全体"),
    "evidence": Text("Facts", "事実"),
    "address": Text("Address", "URL"),
    "look_for": Text("Words, in English or Japanese", "語（日本語・英語）"),
    "no_script": Text(
        "The search needs JavaScript; every page is also in the lists above.",
        "検索にはJavaScriptが必要。どのページも上の一覧からたどれる。",
    ),
    "found": Text("{n} found", "{n}件"),
    "cut": Text("{n} found; the first {m} are shown", "{n}件のうち最初の{m}件"),
    "nothing": Text("Nothing found.", "見つからない。"),
}
OWN_NAMES: dict[Lang, str] = {"en": "English", "ja": "日本語"}


class _Site:
    """What all pages share: where each record and each fact is found, and what the navigation names."""

    def __init__(self, base: Base, as_of: str) -> None:
        self.base, self.as_of = base, as_of
        self.shelves: Sequence[Shelf] = shelves(base, as_of)
        self.named = [record for shelf in self.shelves for record in shelf.records]
        self.pages = {record.id: record_path(shelf, record.id) for shelf in self.shelves for record in shelf.records}
        self.facts = fact_pages(base, as_of)
        self.places = {
            id_: f"{part_path('facts/index.html', number)}#f-{id_}"
            for number, part in enumerate(self.facts, start=1)
            for id_ in record_ids(part)
        }
        self.templates = environment("cabrief.site")

    def all(self) -> Iterator[tuple[Planned, list[Document]]]:
        """Every page with its parts."""
        for planned in plan(self.base, self.as_of, self.shelves):
            yield planned, paged(planned.make(), planned.most)
        yield Planned(path="facts/index.html", shelf="facts", make=lambda: self.facts[0]), self.facts

    def evidence(self, id_: str) -> str:
        """Path of the page that says what a thing rests on: its own, or its line in the list of facts."""
        return self.places.get(id_) or self.pages.get(id_) or self.pages.get(id_.partition(".")[0], "")


class _Page(HtmlPage):
    """A page of a site, whose words lead to other pages."""

    def __init__(self, document: Document, lang: Lang, site: _Site, path: str) -> None:
        super().__init__(document, How(lang=lang))
        self.site, self.path = site, path
        self.up = "../" * path.count("/")  # to the folder of the language

    def fact_page(self, id_: str) -> str:
        return self._to(self.site.evidence(id_))

    def source_page(self, cited: Cited) -> str:
        return self._to(self.site.pages.get(cited.id, "")) or web_address(cited.url)

    def cell_page(self, cell: Cell) -> str:
        return web_address(cell.url) or self._to(self.site.pages.get(cell.id, ""))

    def say(self, name: str) -> str:
        return SAYS[name].pick(self.lang) if name in SAYS else super().say(name)

    def _to(self, path: str) -> str:
        return f"{self.up}{path}" if path and path != self.path else ""


def site_files(base: Base, as_of: str) -> Iterator[tuple[str, bytes]]:
    """Every file of a site, by its path, in the order in which they are made."""
    site = _Site(base, as_of)
    own = files("cabrief.site").joinpath("templates")
    yield "style.css", (css() + own.joinpath("site.css").read_text("utf-8")).encode()
    yield "search.js", own.joinpath("search.js").read_bytes()
    index = list(scripts(search_entries(base, as_of, site.pages | site.places, site.named)))
    yield from index
    for planned, parts in site.all():
        numbers = range(1, len(parts) + 1)
        for number, part in zip(numbers, parts, strict=True):
            for lang in LANGS:
                page = _Page(part, lang, site, part_path(planned.path, number))
                yield _file(page, "site.html.jinja", planned, number, len(parts))
    for lang in LANGS:
        title = SAYS["search"]
        blank = Document(title=title, as_of=as_of, sections=(), citations={}, notes={})
        planned = Planned(path="search.html", shelf="search", make=blank.but)
        yield _file(_Page(blank, lang, site, "search.html"), "search.html.jinja", planned, 1, 1, scripts=len(index))
    door = site.templates.get_template("door.html.jinja")
    yield (
        "index.html",
        door.render(policy=POLICY.format(SITE_STYLE), title=base.pack.region, languages=OWN_NAMES).encode(),
    )


def _file(page: _Page, template: str, planned: Planned, number: int, parts: int, **more: Any) -> tuple[str, bytes]:
    """A page of a site as a file with its path."""
    other: Lang = "ja" if page.lang == "en" else "en"
    near = sorted({1, *range(max(1, number - 2), min(parts, number + 2) + 1), parts})
    text = render(
        page.site.templates,
        template,
        page,
        policy=POLICY.format(SCRIPT if template.startswith("search") else SITE_STYLE),
        root=f"{page.up}../",
        site=page.site,
        planned=planned,
        other=(other, OWN_NAMES[other]),
        parts=[(each, part_path(planned.path, each)) for each in near] if parts > 1 else [],
        number=number,
        **more,
    )
    return f"{page.lang}/{page.path}", text.encode()
