"""CSV and TSV: no formula, in time linear in the rows."""

import csv
import io
import json
import re
import time
from typing import Any

import pytest

from cabrief.document import Document
from cabrief.formats import How, renderer
from cabrief.formats.delimited import safe
from cabrief.language.text import Text, same
from cabrief.model.record import Ref
from cabrief.reports.facts import FIELDS
from conftest import ATOLLS, Run

SIGNS = "=+-@＝＋－＠\u2212\ufe62\ufe63\ufe66\ufe6b"
BEFORE = (
    "",
    " ",
    "\u3000",
    "\u00a0",
    "\t",
    "\n",
    "\u200b",
    "\ufeff",
    "\u202e",
    "\u3164",
    "\u2800",
    "\u00ad",
    "\ufe0f",
    "\u200d",
    "\x00",
)


@pytest.mark.parametrize("before", BEFORE, ids=ascii)
@pytest.mark.parametrize("sign", SIGNS)
def test_no_formula_in_any_width(sign: str, before: str) -> None:
    """A sign that a spreadsheet may take for a formula has a quote mark before it, whatever unseen stands in front."""
    assert safe(f"{before}{sign}1+1").startswith("'")
    assert sign in safe(f"{before}{sign}1+1")


@pytest.mark.parametrize("word", ["-5", "-5.25", "5", "a=b", "a-b", "1−2", "—", "–5", "日本=1", ""])
def test_what_is_no_formula_stays(word: str) -> None:
    assert safe(word) == word


def document(length: int) -> Document:
    row: dict[str, Any] = dict.fromkeys(FIELDS, "a")
    row |= {
        "text": Text("Words that say something.", "何かを言う言葉。"),
        "countries": ("aru",),
        "refs": (Ref(source="log", line=1, phrase="hello"),),
        "line": 7,
    }
    return Document(
        title=same("t"), as_of="2031-06-01", sections=(), citations={}, notes={}, fields=FIELDS, rows=(row,) * length
    )


def seconds(name: str, length: int) -> float:
    """The least time of three that a format takes over so many rows."""
    pages, times = document(length), []
    for _ in range(3):
        began = time.process_time()
        renderer(name)(pages, How())
        times.append(time.process_time() - began)
    return min(times)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_time_is_linear_in_the_rows(name: str) -> None:
    """Sixteen times the rows take about sixteen times as long, and about as long as NDJSON."""
    least, most = 500, 8_000
    assert seconds(name, most) < 60 * seconds(name, least)
    assert seconds(name, most) < 1.5 * seconds("ndjson", most)


def test_columns_are_those_of_all_rows() -> None:
    """A field that is bilingual in one row has two columns in all of them."""
    rows = ({"id": "a", "x": None}, {"id": "b", "x": Text("one", "一")}, {"id": "c", "x": 3})
    pages = Document(
        title=same("t"), as_of="2031-06-01", sections=(), citations={}, notes={}, fields=("id", "x"), rows=rows
    )
    found = list(csv.reader(io.StringIO(renderer("csv")(pages, How()))))
    assert found == [["id", "x_en", "x_ja"], ["a", "", ""], ["b", "one", "一"], ["c", "3", "3"]]


@pytest.mark.parametrize("separator", [";", "; ", "；", ";\u3000", ';"', '; ""'], ids=ascii)
@pytest.mark.parametrize("sign", SIGNS)
def test_no_formula_behind_a_semicolon(sign: str, separator: str) -> None:
    """A program that parts fields at semicolons would begin a cell there."""
    rows = ({"id": "a", "text": same(f"one{separator}{sign}A2{separator}two; three")},)
    pages = Document(
        title=same("t"), as_of="2031-06-01", sections=(), citations={}, notes={}, fields=("id", "text"), rows=rows
    )
    for name in ("csv", "tsv"):
        line = renderer(name)(pages, How()).splitlines()[1]
        assert not [cell for cell in re.split("[;；]", line) if cell.strip().lstrip('" ').startswith(sign)]
        assert f"'{sign}A2" in line


@pytest.mark.parametrize("separator", [",", ", ", "，", ',"'], ids=ascii)
@pytest.mark.parametrize("sign", "=+-@")
def test_no_formula_behind_a_comma_of_tsv(sign: str, separator: str) -> None:
    """A program that parts such a file at commas as well would begin a cell there; in CSV the words stand in quotes."""
    rows = ({"id": "a", "text": same(f"one{separator}{sign}A2")},)
    pages = Document(
        title=same("t"), as_of="2031-06-01", sections=(), citations={}, notes={}, fields=("id", "text"), rows=rows
    )
    assert f"'{sign}A2" in renderer("tsv")(pages, How())
    (_, row) = csv.reader(io.StringIO(renderer("csv")(pages, How())))
    assert row[1] == f"one{separator}{sign}A2"


@pytest.mark.parametrize("report", ["disputes", "projects"])
@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_words_in_lists_come_in_both_languages(run: Run, report: str, name: str) -> None:
    """What others say, and who carries a project: all that JSON has in Japanese."""
    given = json.loads(run(report, "-f", "json").stdout)["rows"]
    words = [claim["says"] for row in given for claim in row.get("others", ())]
    words += [partner for row in given for partner in row.get("partners", ())]
    rows = list(csv.DictReader(io.StringIO(run(report, "-f", name).stdout), delimiter="," if name == "csv" else "\t"))
    column = "others" if report == "disputes" else "partners"
    english, japanese = ("\n".join(row[f"{column}_{lang}"] for row in rows) for lang in ("en", "ja"))
    assert len(words) > 50
    for each in words:
        assert each["en"] in english
        assert each["ja"] in japanese


@pytest.mark.parametrize("name", ["csv", "tsv", "ndjson"])
def test_a_paragraph_of_a_record_is_a_row(run: Run, name: str) -> None:
    """What a topic is about, and how far a source is to be trusted."""
    for words, command in (("Fish and ships.", ("brief", "sea", "--full")),):
        assert words in run(*command, "-f", name, "--data", str(ATOLLS)).stdout
    assert "A local news site" in run("sources", "gazeta-uz-investment-2009", "-f", name).stdout
