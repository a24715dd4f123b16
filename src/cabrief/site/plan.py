"""Which pages a site has, and on which of them a record or a fact is found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from cabrief.document import Bullets, Cell, Document, Table
from cabrief.language.text import Text
from cabrief.model.frozen import Frozen
from cabrief.model.kinds.actors import Actor
from cabrief.model.kinds.agreements import Agreement
from cabrief.model.kinds.disputes import Dispute
from cabrief.model.kinds.events import Event
from cabrief.model.kinds.routes import Route
from cabrief.model.kinds.sources import Source
from cabrief.model.kinds.topics import Topic
from cabrief.model.kinds.treaties import Treaty
from cabrief.model.record import Record, label
from cabrief.reports import (
    actors,
    brief,
    commitments,
    country,
    disputes,
    facts,
    projects,
    sources,
    timeline,
    treaties,
    voices,
    why,
)
from cabrief.reports.desk import Desk, section
from cabrief.reports.pages.actors import actor_page
from cabrief.reports.pages.countries import country_page
from cabrief.reports.pages.subjects import brief_page
from cabrief.reports.pictures import with_pictures
from cabrief.site.paging import LINES_OF_A_PART, paged
from cabrief.store.base import Base

FACTS_ON_A_PAGE = 100
ALL_PAGES = Text("All pages", "全ページ")


class Shelf(Frozen):
    """Pages of one sort: their folder, what they are called, the page that lists them, and the records that have one each.

    `page` makes the page of a record, `full` its long form, where it has one; `report` is what the list begins with, and
    all of it where every record is `listed` in it.
    """

    folder: str
    name: Text
    records: Sequence[Record] = ()
    report: Callable[[Base, str], Document] | None = None
    listed: bool = False
    page: Callable[[Base, str, str], Document] | None = None
    full: Callable[[Base, str, str], Document] | None = None
    most: int = LINES_OF_A_PART  # lines of a part of its pages


class Planned(Frozen):
    """A page to be: its path below the folder of a language, its shelf, how it is made, and the path of its long form."""

    path: str
    shelf: str
    make: Callable[[], Document]
    full: str = ""
    most: int = LINES_OF_A_PART


def shelves(base: Base, as_of: str) -> list[Shelf]:
    """The shelves of a site, in the order of its navigation."""
    desk = Desk(base, as_of)
    held = [each for each in desk.find(Event) if each.id != base.pack.summit and base.find(event=each.id)]
    return [
        Shelf(
            folder="countries",
            name=Text("Countries", "国"),
            records=[base.get(id_) for id_ in base.pack.countries],
            page=country_page,
            full=lambda base, day, id_: country.view(base, day, [id_]),
        ),
        Shelf(
            folder="topics",
            name=Text("Topics", "テーマ"),
            records=[*desk.find(Topic), *desk.find(Agreement), *held],
            page=_subject,
            full=brief.view,
        ),
        Shelf(
            folder="powers",
            name=Text("Powers", "域外国・機関"),
            records=desk.find(Actor),
            report=actors.view,
            page=lambda base, day, id_: actor_page(base, day, base.get(id_)),
            full=lambda base, day, id_: actors.view(base, day, [id_]),
        ),
        Shelf(
            folder="treaties",
            name=Text("Treaties", "条約・協定"),
            records=base.find(Treaty),
            report=_drawn(treaties.view),
            page=_why,
        ),
        Shelf(folder="commitments", name=Text("Promises", "約束"), report=_drawn(commitments.view)),
        Shelf(folder="projects", name=Text("Projects", "事業"), report=projects.view),
        Shelf(folder="voices", name=Text("Statements", "発言"), report=voices.view),
        Shelf(
            folder="timeline",
            name=Text("Timeline", "年表"),
            report=lambda base, day: timeline.view(base, day, whole=True),
        ),
        Shelf(
            folder="disputes",
            name=Text("Disputes", "争点"),
            records=desk.find(Dispute),
            report=disputes.view,
            listed=True,
            page=_why,
        ),
        Shelf(
            folder="sources",
            name=Text("Sources", "出典"),
            records=desk.find(Source),
            report=sources.view,
            listed=True,
            page=sources.one,
            most=LINES_OF_A_PART // 2,
        ),
    ]


def plan(base: Base, as_of: str, found: Sequence[Shelf]) -> Iterator[Planned]:
    """Every page but those of the facts."""
    yield Planned(path="index.html", shelf="", make=lambda: brief_page(base, as_of), full="index.full.html")
    yield Planned(path="index.full.html", shelf="", make=lambda: brief.view(base, as_of))
    for shelf in found:
        yield Planned(path=f"{shelf.folder}/index.html", shelf=shelf.folder, make=_list(base, as_of, shelf))
        for record in shelf.records:
            path = record_path(shelf, record.id)
            if shelf.full:
                full = path.replace(".html", ".full.html")
                yield Planned(path=path, shelf=shelf.folder, make=_bound(shelf.page, base, as_of, record.id), full=full)
                yield Planned(path=full, shelf=shelf.folder, make=_bound(shelf.full, base, as_of, record.id))
            else:
                make = _bound(shelf.page, base, as_of, record.id)
                yield Planned(path=path, shelf=shelf.folder, make=make, most=shelf.most)


def record_path(shelf: Shelf, id_: str) -> str:
    """Path of the page of a record; no id has a dot, so that no page takes the name of a list, a part or a long form."""
    return f"{shelf.folder}/{id_ if id_ != 'index' else 'index.page'}.html"


def part_path(path: str, number: int) -> str:
    """Path of a part of a page that is too long for one file."""
    return path if number == 1 else f"{path.removesuffix('.html')}.{number}.html"


def fact_pages(base: Base, as_of: str) -> list[Document]:
    """All facts with their evidence, a hundred to a page."""
    found = facts.view(base, as_of, filters={}, full=True)
    return paged(found.but(rows=None), FACTS_ON_A_PAGE)  # rows would keep all facts in memory a second time


def record_ids(document: Document) -> Iterator[str]:
    """Ids of the rows of a part of the list of facts."""
    for part in document.sections:
        for block in part.blocks:
            if isinstance(block, Table):
                yield from (next(cell.id for cell in row if cell.id) for row in block.rows)


def _drawn(view: Callable[..., Document]) -> Callable[[Base, str], Document]:
    """A report with the picture of its list."""
    return lambda base, day: with_pictures(base, (), view(base, day))


def _subject(base: Base, as_of: str, id_: str) -> Document:
    """The page of a topic, an agreement or an event, with a map where a route belongs to it."""
    document = brief_page(base, as_of, id_)
    has_map = any(route.stops and id_ in route.topics for route in base.find(Route, by_day=as_of))
    return with_pictures(base, ("map",), document) if has_map else document


def _why(base: Base, as_of: str, id_: str) -> Document:
    return why.view(base, as_of, [id_])


def _bound(make: Any, base: Base, as_of: str, id_: str) -> Callable[[], Document]:
    return lambda: make(base, as_of, id_)


def _list(base: Base, as_of: str, shelf: Shelf) -> Callable[[], Document]:
    """The page that lists a shelf: its report, where it has one, then every record by name, which leads to its page."""

    def make() -> Document:
        if shelf.report and (shelf.listed or not shelf.records):
            return shelf.report(base, as_of)
        names = Bullets(items=tuple(Cell(text=label(record), id=record.id) for record in shelf.records))
        if shelf.report:
            document = shelf.report(base, as_of)
            return document.but(sections=(*document.sections, section(ALL_PAGES, names)))
        return Desk(base, as_of).document(shelf.name, [section(None, names)])

    return make
