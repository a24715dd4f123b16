"""Numbers and sums: every digit that was written and no other, grouped and named as each language has it."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cabrief.language.text import Text
from cabrief.language.units import amount_text, number_text
from cabrief.model.fields import read_number
from cabrief.store.codec import DECODER, ENCODER, encode
from conftest import Run


@pytest.mark.parametrize(
    ("written", "number", "en", "ja"),
    [
        ("12345678901.5", "12,345,678,901.5", "USD 12,345,678,901.5", "123億4567万8901.5ドル"),
        ("0.30000000000000004", "0.30000000000000004", "USD 0.30000000000000004", "0.30000000000000004ドル"),
        (
            "123456789012345678.123456789012345678",
            "123,456,789,012,345,678.123456789012345678",
            "USD 123,456,789,012,345,678.123456789012345678",
            "123,456兆7890億1234万5678.123456789012345678ドル",
        ),
        ("0.0000001", "0.0000001", "USD 0.0000001", "0.0000001ドル"),
        ("3000000000000", "3,000,000,000,000", "USD 3 trillion", "3兆ドル"),
        ("288406000000", "288,406,000,000", "USD 288.406 billion", "2884億600万ドル"),
        ("999999999", "999,999,999", "USD 999,999,999", "9億9999万9999ドル"),
        ("1500000.50", "1,500,000.50", "USD 1,500,000.50", "1,500,000.50ドル"),
        ("-2500000", "-2,500,000", "USD -2.5 million", "-250万ドル"),
        ("-0.5", "-0.5", "USD -0.5", "-0.5ドル"),
        ("24.10", "24.10", "USD 24.10", "24.10ドル"),
        ("0", "0", "USD 0", "0ドル"),
        ("010", "10", "USD 10", "10ドル"),
    ],
)
def test_numbers_in_words(written: str, number: str, en: str, ja: str) -> None:
    value = read_number(written)
    assert number_text(value).en == number
    assert amount_text(value, "percent").ja == f"{number}%"
    assert amount_text(value, "usd") == (en, ja)
    assert DECODER.decode(ENCODER.encode(encode(value))) == value


@pytest.mark.parametrize(
    ("value", "unit", "en", "ja"),
    [
        (1, "flights-per-week", "1 flight a week", "1便／週"),
        (0, "flights-per-week", "0 flights a week", "0便／週"),
        (1, "countries", "1 country", "1か国"),
        (1, "people", "1 person", "1人"),
        (2724900, "km2", "2,724,900 km²", "272万4900平方キロメートル"),
        (87700000, Text("tonnes", "トン"), "87.7 million tonnes", "8770万トン"),
        (2407000000000, Text("cubic metres", "立方メートル"), "2.407 trillion cubic metres", "2兆4070億立方メートル"),
    ],
)
def test_numbers_with_their_units(value: int, unit: str | Text, en: str, ja: str) -> None:
    """One is singular; large numbers have the words that each language has for them."""
    assert amount_text(value, unit) == (en, ja)


@given(st.decimals(min_value=-(10**17), max_value=10**17, allow_nan=False, places=12))
def test_no_digit_is_lost(value: Decimal) -> None:
    """Taken apart again, a number in words is the number, in both languages."""
    read = read_number(f"{value:f}")
    assert Fraction(number_text(read).en.replace(",", "")) == Fraction(value)
    powers = {"": 0, "trillion": 12, "billion": 9, "million": 6}
    figure, _, word = amount_text(read, "jpy").en.removeprefix("JPY ").replace(",", "").partition(" ")
    assert Fraction(figure) * 10 ** powers[word] == Fraction(value)
    total, rest = Fraction(0), amount_text(read, "jpy").ja.removesuffix("円").replace(",", "").lstrip("-")
    for sign, power in (("兆", 12), ("億", 8), ("万", 4)):
        head, found, tail = rest.partition(sign)
        total, rest = (total + Fraction(head) * 10**power, tail) if found else (total, rest)
    assert total + Fraction(rest or 0) == abs(Fraction(value))


def test_a_figure_keeps_its_digits_in_every_format(run: Run, pack: Path, tmp_path: Path) -> None:
    """From the file through the build to each format; JSON has a number."""
    overlay = tmp_path / "mine"
    overlay.mkdir()
    record = (
        "  - {{id: c{n}, by: [zemland], text: {{en: A., ja: あ。}}, countries: [aru], firmness: target, date: 2031,"
        " amount: {{value: {n}, unit: eur}}, refs: [{{source: log, line: 1, phrase: hello}}]}}\n"
    )
    written = {"12345678901.5": "12,345,678,901.5", "0.30000000000000004": "0.30000000000000004"}
    records = "".join(record.format(n=n).replace(f"c{n}", f"c{i}") for i, n in enumerate(written))
    (overlay / "a.yaml").write_text(f"commitments:\n{records}", "utf-8")
    asked = ("commitments", "--data", str(pack), "--data", str(overlay), "--layers", "--as-of", "2032-01-01", "-f")
    for _ in range(2):  # from the files, and from the build
        for name in ("terminal", "markdown", "json", "ndjson", "csv", "tsv"):
            shown = run(*asked, name, "--width", "200").stdout
            for digits, words in written.items():
                assert (words if name in ("terminal", "markdown") else digits) in shown, name
    rows = json.loads(run(*asked, "json").stdout)["rows"]
    assert {"value": 0.1 + 0.2, "unit": "eur"} in [row["amount"] for row in rows]
