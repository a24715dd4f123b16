"""Pictures: what they show is what the facts say, in words and signs as well as in colours, and text stays text."""

import importlib.util
import os
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import resvg_py
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cabrief.document import Document
from cabrief.errors import UsageError
from cabrief.formats import FORMATS, How, png, renderer
from cabrief.formats.drawing import svg
from cabrief.formats.drawing.canvas import PAPER, PICTURE_MARGIN, PICTURE_WIDTH, TONES, Canvas
from cabrief.formats.drawing.charts import Projection, clipped
from cabrief.formats.drawing.grids import draw_grid
from cabrief.formats.fonts import missing_letters
from cabrief.language.text import LANGS, Lang, Text, same, xml_words
from cabrief.model.happened import EVENT_STATUS
from cabrief.model.kinds.routes import Route
from cabrief.picture import Bars, Chart, Grid, Lanes, Picture, Tile
from cabrief.reports import commitments, timeline, treaties
from cabrief.reports.pages.countries import country_page
from cabrief.reports.pages.subjects import brief_page
from cabrief.reports.pictures import PICTURES, TREATY_TONES, with_pictures
from cabrief.store.base import Base
from conftest import ATOLLS, Run

DAY = "2026-11-26"
TOP = Path(__file__).parents[1]
SVG = "{http://www.w3.org/2000/svg}"


def picture(base: Base, name: str, document: Document | None = None) -> Picture:
    (found,) = with_pictures(base, [name], document or brief_page(base, DAY)).pictures
    return found


def drawn(base: Base, name: str, lang: Lang) -> ET.Element:
    document = with_pictures(base, [name], brief_page(base, DAY))
    return ET.fromstring(svg(document.pictures[0], document, lang))


def words(element: ET.Element) -> list[str]:
    return [each.text or "" for each in element.iter(f"{SVG}text")]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", PICTURES)
def test_every_picture_stands_alone(shipped: Base, name: str, lang: Lang) -> None:
    """Title, sentence, day and sources are in it; nothing is fetched, styled from outside or drawn beyond its border."""
    root = drawn(shipped, name, lang)
    title, says = (root.findtext(f"{SVG}{tag}") for tag in ("title", "desc"))
    told = " ".join(words(root))
    assert title
    assert title in told
    assert says
    assert ("Sources: " if lang == "en" else "出典：") in told
    assert ("26 November 2026" if lang == "en" else "2026年11月26日") in told
    for each in root.iter():
        assert not {"style", "href", "onclick"} & set(each.attrib)
        assert "url(" not in "".join(each.attrib.values())
    high = float(root.get("height", "0"))
    for each in root.iter(f"{SVG}text"):
        assert 0 < float(each.get("x", "0")) <= PICTURE_WIDTH
        assert 0 < float(each.get("y", "0")) <= high


def test_the_matrix_tells_each_state_by_a_sign_and_in_words(shipped: Base) -> None:
    """A tile for each pair, as the report has it; a state has one sign, and no two states of a legend look alike."""
    grid = picture(shipped, "treaties").drawing
    assert isinstance(grid, Grid)
    rows = treaties.view(shipped, DAY).rows or ()
    tiles = [tile for _, line in grid.rows for tile in line]
    assert [(tile.tone, tile.sign) for tile in tiles] == [TREATY_TONES[row["status"]] for row in rows]
    assert all(tile.text.en and tile.text.ja for tile in tiles)
    assert len({(tile.tone, tile.sign) for tile in grid.legend}) == len(grid.legend)
    told = words(drawn(shipped, "treaties", "en"))
    assert told.count("●") == sum(row["status"] == "in-force" for row in rows) + 1  # and once in the legend


@pytest.mark.parametrize("tone", TONES)
def test_words_stand_out_from_their_paper(tone: Any) -> None:
    """The contrast of words is at least 4.5 to 1 (WCAG AA)."""
    paper, ink = TONES[tone]
    assert contrast(paper, ink) >= 4.5
    assert contrast(PAPER, "#4f5661") >= 4.5


def contrast(one: str, other: str) -> float:
    light, dark = sorted(map(luminance, (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def test_no_name_of_a_row_is_cut(atolls: Base) -> None:
    """A long name has as many lines as it needs; one that is shortened in its place is whole where it is pointed at."""
    name = Text(
        "Agreement on customs cooperation and mutual assistance suspended in 2024", "関税協力と相互支援に関する協定"
    )
    grid = Grid(columns=(name,) * 6, rows=((name, ()),), legend=())
    canvas = Canvas("en")
    draw_grid(canvas, grid, "en")
    lines = [each.text for each in canvas.root.iter("text") if each.get("text-anchor") == "start"]
    assert " ".join(filter(None, lines)) == name.en
    assert name.en in [each.text for each in canvas.root.iter("title")]


def test_marks_of_the_timeline_speak_the_language(shipped: Base) -> None:
    titles = [each.text for each in drawn(shipped, "timeline", "ja").iter() if each.tag.endswith("title")]
    assert len(titles) > 30
    assert not [title for title in titles[1:] if title and re.search("[0-9] (?:May|March|June) ", title)]


def test_the_timeline_holds_every_dated_moment(shipped: Base) -> None:
    """A day is one day, a month or a year is a span; each moment is in one lane, and told in the picture."""
    lanes = picture(shipped, "timeline").drawing
    assert isinstance(lanes, Lanes)
    rows = [row for row in timeline.view(shipped, DAY).rows or () if row["date"]]
    spans = [span for _, found in lanes.lanes for span in found]
    assert len(spans) == len(rows) > 50
    assert {len(row["date"]) for row in rows} >= {4, 7, 10}
    marks = [
        EVENT_STATUS.get("" if row["status"] == "planned" or row["kind"] == "commitment" else row["status"])
        for row in rows
    ]
    told = [f"{mark.en}: {row['title'].en}" if mark else row["title"].en for mark, row in zip(marks, rows, strict=True)]
    assert sorted(span.text.en for span in spans) == sorted(told)
    assert {span.text.en for span in spans if span.text.en.startswith("postponed: ")}
    year = next(span for span in spans if span.when.en == "2027")
    assert (year.first, year.last, year.ahead) == ("2027-01-01", "2027-12-31", True)


def test_commitments_are_counted_as_the_report_counts_them(shipped: Base) -> None:
    bars = picture(shipped, "commitments").drawing
    assert isinstance(bars, Bars)
    rows = commitments.view(shipped, DAY).rows or ()
    _, total = bars.rows[0]
    assert sum(total) == len(rows)
    assert total[0] == sum(row["status"] == "kept" for row in rows) > 0


def test_a_picture_of_a_country_is_about_it(shipped: Base) -> None:
    """Of a country's page, the pictures show what concerns the country; of a list, its own rows."""
    page = country_page(shipped, DAY, "tajikistan")
    grid = picture(shipped, "treaties", page).drawing
    assert isinstance(grid, Grid)
    assert [column.en for column in grid.columns] == ["Tajikistan"]
    gaps = treaties.view(shipped, DAY, missing=True, countries=["kazakhstan"])
    grid = picture(shipped, "treaties", gaps).drawing
    assert isinstance(grid, Grid)
    assert len(grid.rows) == len(gaps.rows or ())


def test_the_map_shows_the_countries_and_every_stop(shipped: Base) -> None:
    """Countries, stops and means of transport of the pack are named; a map of no place is refused nowhere, but empty."""
    chart = picture(shipped, "map").drawing
    assert isinstance(chart, Chart)
    assert [code for code, _ in chart.countries] == ["KZ", "KG", "TJ", "TM", "UZ"]
    for lang in LANGS:
        told = set(words(drawn(shipped, "map", lang)))
        stops = [stop for route in shipped.find(Route) for stop in route.stops]
        assert {stop.name.pick(lang) for stop in stops} <= told
        assert {name.pick(lang) for _, name in chart.countries} <= told
    empty = picture(shipped, "map").but(drawing=Chart(countries=(("", same("Nowhere")),), ways=()))
    assert "<svg" in svg(empty, brief_page(shipped, DAY), "en")


def test_the_projection_keeps_areas_and_knows_no_date_line() -> None:
    """A degree of longitude shrinks as it should, and a place across the date line is as near as one on this side."""
    plane = Projection(0, 180)
    assert plane.xy(0, 180) == pytest.approx((0, 0))
    (x1, _), (x2, _) = plane.xy(0, 179), plane.xy(0, -179)
    assert x1 == pytest.approx(-x2)
    assert x2 > 0
    north = Projection(60, 0)
    assert north.xy(60, 1)[0] == pytest.approx(north.xy(60, -1)[0] * -1)
    assert north.xy(61, 0)[1] < 0
    assert not north.near(-60, 0)


@given(
    st.lists(st.tuples(st.floats(-500, 1500), st.floats(-500, 1500)), min_size=3, max_size=30),
)
@settings(deadline=None)
def test_what_is_cut_off_is_outside(points: list[tuple[float, float]]) -> None:
    """Every corner of a clipped shape is within the frame; a shape within it stays as it is."""
    edge = (0.0, 0.0, 1000.0, 600.0)
    for x, y in clipped(points, edge):
        assert -1e-6 <= x <= 1000 + 1e-6
        assert -1e-6 <= y <= 600 + 1e-6
    inside = [(min(900, abs(x)), min(500, abs(y))) for x, y in points]
    assert clipped(inside, edge) == inside


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
@example("no XML: \ufffe and \uffff")
@settings(deadline=None)
def test_text_stays_text(text: str) -> None:
    """Whatever a fact says comes back from the picture as the same characters, cleaned as everywhere."""
    tile = Tile(text=same(text), tone="done", sign="●")
    grid = Grid(columns=(same("A"),), rows=((same("B"), (tile,)),), legend=())
    document = Document(title=same("T"), as_of=DAY, sections=(), citations={}, notes={})
    made = svg(Picture(name="x", title=same("T"), says=same("S"), drawing=grid, refs=()), document, "en")
    root = ET.fromstring(made)
    titles = [each.text or "" for each in root.iter(f"{SVG}title")]
    assert xml_words(text) in titles
    assert "\ufffe" not in made
    assert "\uffff" not in made


def test_pictures_are_asked_for_by_name(run: Run, tmp_path: Path) -> None:
    """A list draws its own picture; another report says which; what shows no picture says what does."""
    assert run("treaties", "-f", "svg").stdout.startswith("<svg")
    assert "name it with --chart" in run("brief", "-f", "svg").stderr
    assert (
        "there is no picture 'pie': treaties, timeline, map, commitments"
        in run("brief", "-f", "svg", "--chart", "pie").stderr
    )
    assert "json shows no picture: -f " in run("brief", "-f", "json", "--chart", "map").stderr
    file = tmp_path / "map.png"
    drawn = run("brief", "--chart", "map", "-o", str(file))
    assert "図一つ" in run("brief", "-f", "svg", "--lang", "ja").stderr
    other = run("treaties", "-f", "svg", "--data", str(ATOLLS), "--layers")
    assert other.returncode == 0
    if drawn.returncode == 2 and "no font on this machine has the letters" in drawn.stderr:
        pytest.skip("no font here has the letters of the map")
    assert drawn.returncode == 0, drawn.stderr
    assert file.read_bytes().startswith(b"\x89PNG\r\n")


def test_no_picture_is_an_error_with_its_way_out(shipped: Base) -> None:
    with pytest.raises(UsageError, match="--chart"):
        renderer("svg")(brief_page(shipped, DAY), How())
    assert FORMATS["png"].extra == "png"


def test_letters_without_a_font_are_refused(shipped: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture has no boxes in the place of letters: the error names them, and what no font lacks is drawn."""

    def draw(svg: str) -> bytes:
        return bytes(resvg_py.svg_to_bytes(svg_string=svg))

    have = draw('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="9">A</text></svg>')
    if have == draw('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>'):
        pytest.skip("a machine without any font")
    words = "<svg><title>\U000e0041</title><text>Aé \U0010fffe&#x10fffe;</text></svg>"
    assert missing_letters(words, draw) == []  # no letters, but what no text of a pack can have
    nobodys = "\U0001e14e"  # a letter of a script that hardly any font has
    monkeypatch.setattr(png, "to_svg", lambda *_: f"<svg viewBox='0 0 9 9'><text>A{nobodys}</text></svg>")
    if missing_letters(nobodys, draw) != [nobodys]:
        pytest.skip("a machine with a font for everything")
    with pytest.raises(UsageError, match=f"no font on this machine has the letters {nobodys}: install one"):
        png.to_png(with_pictures(shipped, ["timeline"], timeline.view(shipped, DAY)), How())


def test_a_picture_that_nobody_could_open_is_refused(shipped: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    """PNG holds each pixel; SVG takes as much room as there are facts."""
    monkeypatch.setattr(png, "MOST_HIGH", 999)
    with pytest.raises(UsageError, match=r"pixels high, more than 999: ask for less, or write .svg"):
        png.to_png(with_pictures(shipped, ["timeline"], timeline.view(shipped, DAY)), How())


def test_a_pack_without_coordinates_has_a_map_of_its_countries(atolls: Base) -> None:
    """Pictures work for any pack, also one whose countries have no outline."""
    for name in PICTURES:
        document = with_pictures(atolls, [name], treaties.view(atolls, "2031-06-01"))
        assert ET.fromstring(svg(document.pictures[0], document, "ja")).tag == f"{SVG}svg"


def test_the_pictures_of_the_readme_are_current() -> None:
    """They are what the program draws now; `CABRIEF_GOLDEN=write` draws them anew."""
    spec = importlib.util.spec_from_file_location("pictures", TOP / "docs" / "pictures.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name, made in module.pictures().items():
        file = TOP / "docs" / "pictures" / name
        if os.environ.get("CABRIEF_GOLDEN") == "write":
            file.write_text(made, "utf-8")
        assert file.read_text("utf-8") == made, f"{name} is stale: run python docs/pictures.py"
        assert not re.search(r'https?://(?!www\.w3\.org/2000/svg")', made), name
    assert PICTURE_MARGIN < PICTURE_WIDTH
