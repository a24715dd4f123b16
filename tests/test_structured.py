"""JSON: every number to its last digit, as a fact file has it."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cabrief.document import Document
from cabrief.formats import How, renderer
from cabrief.language.text import same


def printed(value: Any, name: str) -> str:
    rows = ({"id": "a", "value": value},)
    fields = ("id", "value")
    pages = Document(title=same("t"), as_of="2031-06-01", sections=(), citations={}, notes={}, fields=fields, rows=rows)
    return renderer(name)(pages, How())


def read(text: str, name: str) -> Any:
    found = json.loads(text, parse_float=Decimal)
    return (found["rows"][0] if name == "json" else found)["value"]


@pytest.mark.parametrize("name", ["json", "ndjson"])
@given(value=st.one_of(st.integers(), st.decimals(allow_nan=False, allow_infinity=False, places=18)))
def test_a_number_keeps_its_digits(name: str, value: int | Decimal) -> None:
    """A number is a JSON number of any length: what reads decimals gets back what was written."""
    assert read(printed(value, name), name) == value


@pytest.mark.parametrize("name", ["json", "ndjson"])
@pytest.mark.parametrize(
    "digits", ["3.5", "3.50", "0.1", "123456789012345678.123456789012345678", "0.000000000000000001"]
)
def test_a_decimal_is_printed_as_written(name: str, digits: str) -> None:
    assert f'"value": {digits}' in printed(Decimal(digits), name)


@pytest.mark.parametrize("name", ["json", "ndjson"])
@example(words='"\0000\0')
@given(words=st.text(st.sampled_from('\0\\"u01.-')))
def test_no_text_becomes_a_number(name: str, words: str) -> None:
    """Whatever a text has, it stays a text."""
    assert read(printed(f"x{words}", name), name) == f"x{words}"


@pytest.mark.parametrize("words", ["\x006\x00", "\x00-1.5\x00", "6", '"6"', "=6="])
def test_words_that_look_like_a_number_are_words(words: str) -> None:
    """Whatever stands around them: numbers pass through the library between signs that no text has."""
    pages = Document(title=same(words), as_of="2031-06-01", sections=(), citations={}, notes={})
    assert json.loads(renderer("json")(pages, How()))["title"] == {"en": words, "ja": words}
