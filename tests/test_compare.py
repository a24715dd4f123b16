"""Comparison: a mark where a difference says something, statements theme by theme, ties as a reader compares them."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cabrief.document import Paragraph, Section, Table, cells
from cabrief.formats.notes import handles
from cabrief.language.text import Text
from cabrief.model.kinds.figures import Figure
from cabrief.model.kinds.notes import Note
from cabrief.reports import commitments, compare, country
from cabrief.store.base import Base
from conftest import ATOLLS, Run, examples, open_facts

DAY = "2026-11-26"
REFS = "refs: [{source: gazette, phrase: hello}]"
days = st.dates(date(2010, 1, 1), date(2031, 12, 31)).map(date.isoformat)


def tables(sections: tuple[Section, ...]) -> Iterator[tuple[str, Table]]:
    for part in sections:
        yield from ((part.title.en if part.title else "", b) for b in part.blocks if isinstance(b, Table))
        yield from tables(part.sections)


def rows(base: Base, aspect: str, ids: list[str], day: str = DAY) -> dict[str, list[str]]:
    found = list(tables(compare.view(base, day, ids, aspects=[aspect]).sections))
    return {row[0].text.en: [cell.text.en for cell in row[1:]] for row in found[0][1].rows}


def test_names_are_no_difference(shipped: Base) -> None:
    """A mark stands only where the difference says something: never at names, capitals, numbers and the like."""
    marked = {head for head in rows(shipped, "basics", list(shipped.pack.countries)) if head.endswith("≠")}
    assert marked == {"Caspian coast ≠", "Access to the sea ≠"}
    for aspect in ("policy", "dependencies", "resources", "risks", "ties"):
        assert not [head for head in rows(shipped, aspect, list(shipped.pack.countries)) if head.endswith("≠")]
    powers = compare.view(shipped, DAY, shipped.pack.powers)
    assert not [cell for cell in cells(powers.sections) if "≠" in cell.text.en]


def test_a_treaty_differs_by_its_status_alone(shipped: Base) -> None:
    """In force since one day or another is in force; what nobody found is no difference."""
    found = rows(shipped, "treaties", ["kazakhstan", "uzbekistan"])
    assert "Investment treaty" in found
    assert "Nuclear cooperation agreement ≠" in found
    for head, (one, other) in found.items():
        stages = {text.partition(",")[0].partition(" as of")[0] for text in (one, other) if "searched" not in text}
        assert head.endswith("≠") == (len(stages) > 1), head


@settings(deadline=None, max_examples=examples(15))
@given(days)
def test_each_statement_stands_in_one_row_of_its_theme(shipped: Base, day: str) -> None:
    """A row is a topic or a power, and each statement in it is about that."""
    ids = list(shipped.pack.countries[:2])
    for _, table in tables(compare.view(shipped, day, ids, aspects=["policy", "dependencies", "risks"]).sections):
        seen = []
        for row in table.rows:
            for cell in row[1:]:
                note = shipped.get(cell.id) if cell.id else None
                if isinstance(note, Note):
                    themes = {shipped.name(id_).en for id_ in (*note.topics, *note.actors)} or {"Other points"}
                    assert row[0].text.en in themes
                    seen.append((cell.id, row[0].text.en))
        assert len(seen) == len(set(seen))


def test_what_is_left_out_is_counted(shipped: Base) -> None:
    """Cells are short; below stands how many points are missing, and where they are."""
    document = compare.view(shipped, DAY, ["kazakhstan", "uzbekistan"], aspects=["policy"])
    assert "further points: cabrief country NAME" in document.sections[0].blocks[-1].text.en  # type: ignore[union-attr]


def test_ties_are_what_a_reader_compares(shipped: Base) -> None:
    """Last meetings, treaties by name, promises as their own list has them; no counts of records."""
    found = rows(shipped, "ties", ["kazakhstan", "uzbekistan"])
    assert list(found) == [
        "Last summit of several countries",
        "Last bilateral meeting",
        "Treaties in force, of 7 types",
        "Promises with Japan",
    ]
    assert found["Last summit of several countries"][0].startswith("19–20 December 2025, Tokyo")
    assert re.match(r"\d; not in force: Air services agreement", found["Treaties in force, of 7 types"][0])
    for place, told in zip(("kazakhstan", "uzbekistan"), found["Promises with Japan"], strict=True):
        everything = commitments.view(shipped, DAY, countries=[place]).rows or ()
        listed = [row for row in everything if "japan" in (*row["by"], *row["to"])]
        assert 0 < len(listed) < len(everything)
        assert told.startswith(f"{len(listed)}: {sum(row['status'] == 'open' for row in listed)} open, ")
        late = sum(row["overdue"] for row in listed)
        assert ("overdue" in told) == bool(late)


def test_what_is_compared_first_stands_first(shipped: Base) -> None:
    """Treaties and ties with the host come before memberships and risks; the mark is explained once, where it stands."""
    for ids in (["kazakhstan", "uzbekistan"], list(shipped.pack.countries)):
        document = compare.view(shipped, DAY, ids)
        heads = [part.title.en for part in document.sections if part.title]
        assert heads[:3] == ["At a glance", "Treaties with Japan", "Ties with Japan"]
        assert heads.index("Risks") < heads.index("Memberships")
        explained = [
            block for part in document.sections for block in part.blocks if block == Paragraph(text=compare.DIFFERS)
        ]
        assert len(explained) == 1
    assert not [
        b for p in compare.view(shipped, DAY, ["russia", "china"]).sections for b in p.blocks if b == explained[0]
    ]


def test_powers_have_no_empty_sections(shipped: Base) -> None:
    """What nobody has anything in is left out unless it is asked for; summits stand by their years."""
    document = compare.view(shipped, DAY, ["russia", "china"])
    assert "Nothing on record." not in [
        b.text.en for p in document.sections for b in p.blocks if isinstance(b, Paragraph)
    ]
    summits = next(block for name, block in tables(document.sections) if name.startswith("Summits"))
    years = [row[0].text.en for row in summits.rows]
    assert years == sorted(set(years), reverse=True)
    assert all(cell.text.en == "—" or row[0].text.en in cell.text.en for row in summits.rows for cell in row[1:])
    asked = compare.view(shipped, DAY, ["russia", "china"], aspects=["risks"])
    assert "Nothing on record." in [b.text.en for p in asked.sections for b in p.blocks if isinstance(b, Paragraph)]


def test_a_sentence_on_several_countries_stands_once(shipped: Base) -> None:
    """What an earlier column of a row has said is pointed to."""
    document = compare.view(shipped, DAY, ["kazakhstan", "uzbekistan"])
    for _, table in tables(document.sections):
        for row in table.rows:
            told = [cell.text.en for cell in row[1:] if isinstance(shipped.get(cell.id), Note)]
            assert len(told) == len(set(told))
    shared = [cell.text for cell in cells(document.sections) if cell.text.en == "the same as for Kazakhstan"]
    assert Text("the same as for Kazakhstan", "カザフスタンと同じ") in shared


def test_the_same_is_all_that_is_said(shipped: Base) -> None:
    """A statement that two countries share does not make what else is said of the first one true of the second."""
    for aspects in ((), ("dependencies",)):
        for only in (False, True):
            document = compare.view(shipped, DAY, ["tajikistan", "uzbekistan"], aspects=aspects, only_differences=only)
            rows = [row for _, table in tables(document.sections) for row in table.rows]
            (row,) = [row for row in rows if "debt to China" in row[1].text.en]
            assert "debt" not in row[2].text.en
            assert "20 to 22 per cent" in row[2].text.en


def test_a_figure_of_several_together_is_none_of_one(tmp_path: Path) -> None:
    pack = (ATOLLS / "pack.yaml").read_text("utf-8")
    more = "measures:\n  - {id: trade, table: resources, label: {en: Trade, ja: 貿易}}\n"
    pack = pack.replace("countries: [aru, bela]", "countries: [aru, bela, coro]")
    (tmp_path / "pack.yaml").write_text(pack + more, "utf-8")
    (tmp_path / "facts.yaml").write_text((ATOLLS / "facts.yaml").read_text("utf-8"), "utf-8")
    figure = f"""countries:
  - {{id: coro, name: {{en: Coro, ja: コロ}}, basics: {{}}}}
figures:
  - {{id: both, measure: trade, countries: [aru, bela], label: {{en: Trade of both, ja: 両国の貿易}}, value: 592, unit: percent, as_of: 2030, text: {{en: A., ja: 甲。}}, {REFS}}}
"""
    (tmp_path / "figures.yaml").write_text(figure, "utf-8")
    document = country.view(open_facts(tmp_path), "2031-06-01", ["aru"])
    (row,) = [row for _, table in tables(document.sections) for row in table.rows if "592" in row[1].text.en]
    assert row[0].text == Text("Trade of both", "両国の貿易")


def test_a_figure_says_what_it_counts(tmp_path: Path) -> None:
    """A part of a year, one company's share and other units are said beside the number; what nobody has is named below."""
    figures = f"""
figures:
  - {{id: f1, measure: fish, countries: [aru], label: {{en: Fish, ja: 魚}}, value: 87700000, unit: {{en: tonnes, ja: トン}}, note: {{en: Aru Fish, ja: アル水産}}, as_of: 2030-01/2030-06, text: {{en: A., ja: 甲。}}, {REFS}}}
  - {{id: f2, measure: fish, countries: [bela], label: {{en: Fish, ja: 魚}}, value: 1, unit: {{en: boats a day, ja: 隻/日}}, as_of: 2030, text: {{en: A., ja: 甲。}}, {REFS}}}
  - {{id: f3, measure: gold, countries: [aru], label: {{en: Gold, ja: 金}}, value: unknown, unit: usd, looked: 2031-05-01, text: {{en: A., ja: 甲。}}, {REFS}}}
  - {{id: f4, measure: gold, countries: [bela], label: {{en: Gold, ja: 金}}, value: unknown, unit: usd, looked: 2031-05-03, text: {{en: A., ja: 甲。}}, {REFS}}}
"""
    pack = (ATOLLS / "pack.yaml").read_text("utf-8")
    more = "measures:\n  - {id: fish, table: resources, label: {en: Fish, ja: 魚}}\n  - {id: gold, table: resources, label: {en: Gold, ja: 金}}\n"
    (tmp_path / "pack.yaml").write_text(pack + more, "utf-8")
    (tmp_path / "facts.yaml").write_text((ATOLLS / "facts.yaml").read_text("utf-8"), "utf-8")
    (tmp_path / "figures.yaml").write_text(figures, "utf-8")
    (part,) = compare.view(open_facts(tmp_path), "2031-06-01", ["aru", "bela"], aspects=["resources"]).sections
    (below,) = [block.text.en for inner in part.sections for block in inner.blocks if isinstance(block, Paragraph)]
    assert below == "Not found for any of them: Gold (searched 1 May 2031)."
    ((head, *values),) = dict(tables((part,)))["Resources in figures"].rows
    assert head.text == Text("Fish (units differ)", "魚（単位が異なる）")
    assert [cell.text for cell in values] == [
        Text("87.7 million tonnes (Aru Fish, January–June 2030)", "8770万トン（アル水産、2030年1〜6月）"),
        Text("1 boat a day (2030)", "1隻/日（2030年）"),
    ]


def test_no_part_of_a_year_is_told_as_a_year(shipped: Base) -> None:
    """A figure whose sentence names months or a part of a year has these months as its date."""
    part = re.compile(r"\b(?:first|last) (?:half|quarter|\w+ months)\b|\bfrom January to [A-Z]|\bin January and ")
    partial = [figure for figure in shipped.find(Figure) if part.search(figure.text.en)]
    assert len(partial) > 15
    assert [figure.id for figure in partial if "/" not in (figure.as_of or figure.date or "/")] == []


@settings(deadline=None, max_examples=examples(10))
@given(days)
def test_no_cell_is_blank(shipped: Base, day: str) -> None:
    """On any day every cell says something, figures too."""
    for ids in (shipped.pack.countries, shipped.pack.powers):
        document = compare.view(shipped, day, ids)
        assert all(cell.text.en.strip() and cell.text.ja.strip() for cell in cells(document.sections))


def test_figures_stand_side_by_side(tmp_path: Path) -> None:
    """The latest of each measure with its year; what was searched for in vain says when; what nobody has is left out."""
    figures = f"""
figures:
  - {{id: f1, measure: fleet, countries: [aru], label: {{en: Fleet, ja: 船}}, value: 10, unit: countries, as_of: 2029, text: {{en: A., ja: 甲。}}, {REFS}}}
  - {{id: f2, measure: fleet, countries: [aru], label: {{en: Fleet, ja: 船}}, value: 12, unit: countries, as_of: 2030, text: {{en: A., ja: 甲。}}, {REFS}}}
  - {{id: f3, measure: fleet, countries: [bela], label: {{en: Fleet, ja: 船}}, value: unknown, unit: countries, looked: 2031-05-01, text: {{en: A., ja: 甲。}}, {REFS}}}
"""
    pack = (ATOLLS / "pack.yaml").read_text("utf-8")
    more = "measures:\n  - {id: fleet, table: ties, label: {en: Fleet, ja: 船団}}\n  - {id: gold, table: resources, label: {en: Gold, ja: 金}}\n"
    (tmp_path / "pack.yaml").write_text(pack + more, "utf-8")
    (tmp_path / "facts.yaml").write_text((ATOLLS / "facts.yaml").read_text("utf-8"), "utf-8")
    (tmp_path / "figures.yaml").write_text(figures, "utf-8")
    found = dict(tables(compare.view(open_facts(tmp_path), "2031-06-01", ["aru", "bela"], aspects=["ties"]).sections))
    assert "Gold" not in [row[0].text.en for table in found.values() for row in table.rows]
    ((label, *values),) = found["Ties with Zemland in figures"].rows
    assert label.text.en == "Fleet"
    assert [cell.text.en for cell in values] == ["12 countries (2030)", "not found (searched 1 May 2031)"]
    assert [cell.state for cell in values] == ["value", "unknown"]


@pytest.mark.parametrize(("count", "heads"), [(2, ["Kazakhstan", "Kyrgyzstan"]), (5, ["KZ", "KG", "TJ", "TM", "UZ"])])
def test_many_columns_have_short_heads(shipped: Base, count: int, heads: list[str]) -> None:
    """Where many countries stand side by side, a code in English, the shortest name in Japanese."""
    ((_, table),) = tables(compare.view(shipped, DAY, shipped.pack.countries[:count], aspects=["treaties"]).sections)
    assert [column.title.en for column in table.columns[1:]] == heads
    assert all(column.title.ja for column in table.columns)


def test_the_short_name_of_a_row_stands_for_all_its_cells(shipped: Base) -> None:
    """`why k3` of a row explains what it says of each country."""
    document = compare.view(shipped, DAY, ["kazakhstan", "uzbekistan"], aspects=["basics"])
    assert ["kazakhstan.population", "uzbekistan.population"] in handles(document).values()


def test_what_is_asked_twice_is_told_once(run: Run) -> None:
    """An aspect, or a name, that stands on the line again adds nothing."""
    once = run("compare", "kazakhstan", "uzbekistan", "--on", "treaties")
    assert (
        run("compare", "kazakhstan", "uzbekistan", "--on", "treaties,treaties", "--on", "treaties").stdout
        == once.stdout
    )
    done = run("facts", "--country", "kazakhstn", "--country", "kazakhstn")
    assert done.stderr.count("is taken for") == 1


def test_names_with_commas_between_are_several(run: Run) -> None:
    """As aspects are; a name that has a comma stays one, and commas alone are a name that nothing has."""
    once = run("treaties", "--country", "kz", "--country", "uz").stdout
    for names in ("kz,uz", "カザフスタン、ウズベキスタン", "kz, uz,"):
        assert run("treaties", "--country", names).stdout == once
    assert "there is no country 'narnia'" in run("treaties", "--country", "kz,narnia").stderr
    assert run("treaties", "--country", ",").returncode == 2
    for command in (("brief", "aviation,energy"), ("sources", "pwc-2026,inps-2025")):
        done = run(*command)
        assert (done.returncode, done.stderr) == (2, "cabrief: name one thing, not 2\n"), command
