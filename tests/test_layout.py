"""Lines on a screen: widths as an independent table has them, clusters that stay whole, and no more work than there are words."""

import subprocess
import sys
import time

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st
from wcwidth import iter_graphemes, wcswidth

from cabrief.document import Cell, Column, Document, Section, Table
from cabrief.formats import How, renderer
from cabrief.language.layout import UNSETTLED, clusters, has_unsettled, units, width, wrap
from cabrief.language.text import same
from conftest import ALL_CHARACTERS, characters_that, examples

FAMILY = "👨\u200d👩\u200d👧\u200d👦"
SEEN = regex.findall(rf"[^\x00-\x1f\x7f\x85\u2028\u2029{UNSETTLED}]", ALL_CHARACTERS)


@pytest.mark.parametrize(
    ("words", "columns"),
    [
        ("ที่", 1),
        (FAMILY, 2),
        ("🇯🇵", 2),
        ("☀\ufe0f", 2),
        ("☀", 1),
        ("👍🏽", 2),
        ("e\u0301", 1),
        ("か\u3099", 2),
        ("1\ufe0f\u20e3", 2),
        ("日本", 4),
    ],
)
def test_width_of_clusters(words: str, columns: int) -> None:
    """What a terminal draws as one takes the columns of one."""
    assert width(words) == columns
    assert width(f"日本{words}a") == columns + 5


def test_settled_characters_need_no_table() -> None:
    """Where the standard library is asked alone, it says the same as wcwidth, and every such character is a cluster."""
    assert len(SEEN) > 40_000
    assert [hex(ord(c)) for c in SEEN if width(c) != wcswidth(c)] == []
    assert list(iter_graphemes("".join(SEEN))) == SEEN


@settings(deadline=None, max_examples=examples(300))
@given(
    st.text(st.one_of(st.sampled_from(SEEN), st.characters(exclude_categories=["C", "Z"])), max_size=40),
    st.integers(9, 40),
)
def test_any_words_keep_their_width_and_clusters(words: str, size: int) -> None:
    """Widths are wcwidth's; wrapping loses nothing but spaces, cuts no cluster, and no line is wider than asked."""
    assert width(words) == max(0, wcswidth(words))
    assert "".join(units(words)) == words
    lines = ["".join(part for part, _ in line) for line in wrap([(words, "")], size)]
    assert regex.sub(r"\s", "", "".join(lines)) == regex.sub(r"\s", "", words)
    assert all(width(line) <= size for line in lines)
    whole = [cluster for cluster in clusters(words) if not cluster.isspace()]
    assert [cluster for line in lines for cluster in clusters(line) if not cluster.isspace()] == whole


@given(st.text("ab 日本、（", max_size=30), st.integers(9, 20))
def test_a_mark_of_its_own_style_begins_no_line(words: str, size: int) -> None:
    """It takes what stands before it along, no line grows too wide for it, and no word is lost."""
    lines = wrap([(words, ""), ("†", "yellow")], size)
    shown = ["".join(part for part, _ in line) for line in lines]
    assert all(width(line) <= size for line in shown)
    assert "".join(shown).replace(" ", "") == f"{words}†".replace(" ", "")
    assert lines[-1][-1] == ("†", "yellow")
    alone = not words.strip() or words.endswith(" ") or width(units(words)[-1]) + 1 > size
    assert alone or len(shown[-1]) > 1


def test_tables_line_up() -> None:
    """Cells of Thai and of joined pictures take the columns that a terminal gives them."""
    rows = tuple((Cell(text=same(words)), Cell(text=same("|"))) for words in ("ที่", FAMILY, "日本", "ab"))
    columns = (Column(title=same("a")), Column(title=same("b")))
    document = Document(
        title=same("t"),
        as_of="2031-06-01",
        sections=(Section(title=None, blocks=(Table(columns=columns, rows=rows),)),),
        citations={},
        notes={},
    )
    for name in ("terminal", "markdown"):
        lines = [
            line
            for line in renderer(name)(document, How()).splitlines()
            if line.rstrip(" |\\").endswith(("ที่", FAMILY, "日本", "ab")) or "|" in line
        ]
        ends = {
            wcswidth(line[: line.rindex("|")]) for line in lines if any(w in line for w in ("ที่", FAMILY, "日本", "ab"))
        }
        assert len(ends) == 1, name


@pytest.mark.one_in(4)
@pytest.mark.parametrize(
    "word", ["é", "。", "ที่", FAMILY, "a", "a-", "日", "e\u0301", "\u0301", "（", "☀\ufe0f。"], ids=ascii
)
def test_wrapping_takes_time_as_there_are_words(word: str) -> None:
    """Sixteen times the length takes no more than about sixteen times as long, where the square would be 256 times.

    What else a machine does may lengthen any one run, so one good ratio of five is enough; the square has none.
    """

    def seconds(length: int) -> float:
        began = time.thread_time()
        wrap([(word * (length // len(word)), "")], 80)
        return time.thread_time() - began

    seconds(1000)
    assert any(seconds(160_000) < 48 * seconds(10_000) for _ in range(5))


def test_the_table_is_loaded_only_where_a_character_needs_it() -> None:
    """English and Japanese are laid out without it."""
    program = (
        "import sys; from cabrief.language.layout import wrap; wrap([({!r}, '')], 20); print('wcwidth' in sys.modules)"
    )
    for words, loaded in (("Words — “and” 日本語の文。ｶﾅ한국À №", "False"), ("ที่", "True")):
        done = subprocess.run([sys.executable, "-c", program.format(words)], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == loaded


@pytest.mark.slow
def test_unsettled_characters_are_found() -> None:
    """Each character of the class, and no other, whether alone or among others."""
    pattern = regex.compile(f"[{UNSETTLED}]")
    assert characters_that(has_unsettled) == [match.start() for match in pattern.finditer(ALL_CHARACTERS)]
    assert has_unsettled("日本語e\u0301")
    assert not has_unsettled("日本語 and Latin")
