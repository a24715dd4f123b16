"""No report prints a judgement, a statement or a plan without saying whose it is, in any format."""

import csv
import io
import json
from collections.abc import Iterator

import pytest

from cabrief.document import Cell, Document, Paragraph, Section, Table, statements
from cabrief.formats import How, renderer
from cabrief.language.text import LANGS, Lang, Text
from cabrief.model.kinds.actors import Actor
from cabrief.model.kinds.events import Event
from cabrief.model.kinds.sources import Source
from cabrief.model.kinds.statements import Statement
from cabrief.model.kinds.topics import Topic
from cabrief.model.record import Fact
from cabrief.reports import (
    actors,
    brief,
    commitments,
    compare,
    country,
    disputes,
    facts,
    projects,
    search,
    sources,
    timeline,
    treaties,
    voices,
)
from cabrief.reports.credits import tells_who_says_it
from cabrief.reports.desk import Desk
from cabrief.store.base import Base

DAYS = {"atolls": ("2031-06-01",), "shipped": ("2026-11-26", "2025-12-01")}


def reports(base: Base, day: str) -> Iterator[Document]:
    """Every report that prints sentences, on every subject that it has."""
    pack = base.pack
    powers = [actor.id for actor in base.find(Actor)]
    for subject in (None, *base.ids(Topic), *(e.id for e in base.find(Event) if e.type == "summit")):
        yield brief.view(base, day, subject)
    for place in pack.countries:
        yield country.view(base, day, [place])
    yield compare.view(base, day, pack.countries[:2])
    yield compare.view(base, day, pack.countries)
    yield compare.view(base, day, pack.powers)
    yield compare.view(base, day, powers)
    yield actors.view(base, day)
    for power in powers:
        yield actors.view(base, day, [power])
    for full in (False, True):
        yield facts.view(base, day, filters={}, full=full)
        yield voices.view(base, day, full=full)
        yield disputes.view(base, day, full=full)
    yield voices.view(base, day, by_theme=True)
    yield commitments.view(base, day)
    yield projects.view(base, day)
    yield treaties.view(base, day)
    yield timeline.view(base, day, whole=True)
    for word in ("japan", "aru"):
        yield search.view(base, day, [word])
    for card in base.find(Source):
        if card.document:
            yield sources.one(base, day, card.id)


def unsigned(base: Base, day: str, document: Document) -> Iterator[str]:
    """Ids of facts that are somebody's and print as if they were nobody's."""
    desk = Desk(base, day)
    for title, _, cell in statements(document.sections):
        record = base.get(cell.id) if cell.id and "." not in cell.id else None
        if not isinstance(record, Fact) or cell.text.en in (record.id, "—"):
            continue
        named = isinstance(record, Statement) and desk.name(record.speaker).en in f"{title.en} {cell.text.en}"
        if desk.by(record) and not (cell.by or cell.credited or named or _signed(desk, record, cell)):
            yield record.id


def _signed(desk: Desk, record: Fact, cell: Cell) -> bool:
    """Whether the words themselves say whose they are: behind one sentence of several, or as a plan with its day."""
    by = desk.by(record)
    return bool(by and by.en in cell.text.en) or "planned for" in cell.text.en


@pytest.mark.one_in(2)
@pytest.mark.parametrize("pack", DAYS)
def test_every_cell_says_whose_it_is(pack: str, request: pytest.FixtureRequest) -> None:
    """A cell of a fact that is somebody's says so, or a line above its table or its heading does."""
    base: Base = request.getfixturevalue(pack)
    found: list[tuple[str, str, str]] = []
    for day in DAYS[pack]:
        for document in reports(base, day):
            found += [(day, document.title.en, id_) for id_ in unsigned(base, day, document)]
    assert not found, found


def tables(sections: tuple[Section, ...]) -> Iterator[tuple[Paragraph | None, Table]]:
    for part in sections:
        before = None
        for block in part.blocks:
            if isinstance(block, Table):
                yield before if isinstance(before, Paragraph) else None, block
            before = block
        yield from tables(part.sections)


@pytest.mark.parametrize("lang", LANGS)
def test_a_table_of_one_source_says_so_once(shipped: Base, lang: Lang) -> None:
    """The powers are judged by one author: a line above the table names it with its date, and no cell repeats it."""
    day = DAYS["shipped"][0]
    for document in (
        actors.view(shipped, day),
        compare.view(shipped, day, ["china", "russia", "eu"], aspects=["engagement"]),
    ):
        (above, table), *_ = tables(document.sections)
        assert above
        assert "PwC Intelligence" in above.text.pick(lang)
        assert {"en": "January 2026", "ja": "2026年1月"}[lang] in above.text.pick(lang)
        assert sum(bool(cell.credited) for row in table.rows for cell in row) > 8
        assert not [cell for row in table.rows for cell in row if cell.by]
        for name in ("terminal", "markdown"):
            shown = renderer(name)(document, How(lang=lang, width=100, sources=False))
            words = " ".join(shown.split()) if lang == "en" else "".join(shown.split())
            assert words.count("PwC") == 1, words


@pytest.mark.slow
def test_every_row_of_data_says_whose_it_is(shipped: Base) -> None:
    """Lists as data and reports as rows have it in a field, in JSON, NDJSON and CSV alike."""
    day = DAYS["shipped"][0]
    everything = search.view(shipped, day, ["japan"])
    assert len(everything.rows or ()) > 100
    for document in (
        actors.view(shipped, day),
        facts.view(shipped, day, filters={}),
        brief.view(shipped, day),
        everything,
    ):
        rows = [json.loads(line) for line in renderer("ndjson")(document, How()).splitlines()]
        lines = list(csv.DictReader(io.StringIO(renderer("csv")(document, How()))))
        assert len(rows) == len(lines)
        for row, line in zip(rows, lines, strict=True):
            assert (row["by"]["en"] if row["by"] else "") == line["by_en"]
            record = shipped.get(row["id"]) if row["id"] and "." not in row["id"] else None
            if isinstance(record, Fact) and not isinstance(record, Actor) and Desk(shipped, day).by(record):
                assert line["by_en"] or "planned" in row["text"]["en"], row["id"]
    assert next(row["by"] for row in actors.view(shipped, day).rows or ()) is not None


@pytest.mark.one_in(3)
@pytest.mark.parametrize("name", ["terminal", "markdown"])
@pytest.mark.parametrize("lang", LANGS)
def test_every_signed_cell_is_printed_signed(shipped: Base, name: str, lang: Lang) -> None:
    """What a cell says of whose it is comes out, as often as there are such cells."""
    day = DAYS["shipped"][0]
    for document in (
        facts.view(shipped, day, filters={"nature": ["judgement"]}),
        compare.view(shipped, day, shipped.pack.countries),
    ):
        shown = "".join(renderer(name)(document, How(lang=lang, width=1000, sources=False)).split())
        signs = [cell.by.pick(lang) for _, _, cell in statements(document.sections) if cell.by]
        for sign in set(signs):
            assert shown.count("".join(sign.split())) >= 1
        assert signs


@pytest.mark.parametrize(
    ("en", "ja", "tells"),
    [
        ("President Tokayev called it a success.", "トカエフ大統領は成功と評価した。", True),
        ("Trade grew, according to President Tokayev.", "トカエフ大統領によれば、貿易は増えた。", True),
        ("The Tokayev doctrine rests on balance.", "トカエフ・ドクトリンは均衡に基づく。", False),
        ("Trade grew, the minister said.", "貿易は増えたと大臣は述べた。", False),
    ],
)
def test_a_sentence_tells_who_says_it_by_name_and_word(en: str, ja: str, *, tells: bool) -> None:
    """A name without a word of saying may be that of something else: the speaker then stands behind the sentence."""
    assert tells_who_says_it(Text(en, ja), [Text("Kassym-Jomart Tokayev", "カシムジョマルト・トカエフ")]) == tells
