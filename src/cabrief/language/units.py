"""Numbers, units and sums of money in words, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cabrief.language.text import Text, same

if TYPE_CHECKING:
    from decimal import Decimal

    Figure = int | float | Decimal

MONEY = {"jpy": Text("JPY", "円"), "usd": Text("USD", "ドル"), "eur": Text("EUR", "ユーロ")}
UNITS = {
    "percent": Text("%", "%"),
    "people": Text("people", "人"),
    "km": Text("km", "キロメートル"),
    "km2": Text("km²", "平方キロメートル"),
    "documents": Text("documents", "件"),
    "projects": Text("projects", "件"),
    "agreements": Text("agreements", "件"),
    "years": Text("years", "年"),
    "tests": Text("tests", "回"),
    "participants": Text("participants", "人"),
    "flights-per-week": Text("flights a week", "便／週"),
    "times": Text("times", "倍"),
    "countries": Text("countries", "か国"),
    "meetings": Text("meetings", "回"),
    "minutes": Text("minutes", "分"),
    "rank": Text("in rank", "位"),
}
INVARIABLE = (
    *("gas", "news", "bus", "lens", "plus", "series", "species"),
    *("means", "works", "headquarters", "crossroads", "barracks"),
)  # words in s that are no plurals, or also singulars
_SCALES = ((12, "trillion"), (9, "billion"), (6, "million"))  # powers of ten with a word in English
_MYRIADS = ((12, "兆"), (8, "億"), (4, "万"))  # and in Japanese
_MOST_DECIMALS = 3  # behind which a word for a power of ten makes a sum no easier to read


def number_text(value: Figure) -> Text:
    """A number in digits, grouped by thousands: every digit that was written, and no other."""
    return same(_grouped(*_parts(value)))


def amount_text(value: Figure, unit: str | Text | None) -> Text:
    """A number with its unit: 3 trillion yen is `JPY 3 trillion` and 3兆円, 87.7 million tonnes are 8770万トン."""
    if unit is None:
        return number_text(value)
    if isinstance(unit, str) and unit in MONEY:
        sign = MONEY[unit]
        return Text(f"{sign.en} {_scaled(value)}", f"{_myriads(value)}{sign.ja}")
    words = UNITS.get(unit, same(unit)) if isinstance(unit, str) else unit
    if words.en == "%":
        return same(f"{number_text(value).en}%")
    en = _singular(words.en) if str(value) == "1" else words.en
    return Text(f"{_scaled(value)} {en}", f"{_myriads(value)}{words.ja}")


def _singular(words: str) -> str:
    """A unit as it stands behind one: `1 flight a week`, `1 company`."""
    first, space, rest = words.partition(" ")
    if first in INVARIABLE or first[1:] != first[1:].lower() or first.endswith("bps"):
        return words
    if first == "people":
        first = "person"
    elif first.endswith("ies"):
        first = f"{first[:-3]}y"
    elif first.endswith("s") and not first.endswith("ss"):
        first = first[:-1]
    return f"{first}{space}{rest}"


def digits(value: Figure) -> str:
    """A number in plain digits, as a reader of data takes it."""
    sign, whole, decimals = _parts(value)
    return f"{sign}{whole}{'.' * bool(decimals)}{decimals}"


def _parts(value: Figure) -> tuple[str, str, str]:
    """Sign, whole digits and decimals of a number, as they were written."""
    words = str(value)
    if "E" in words.upper():
        from decimal import Decimal

        words = f"{Decimal(words):f}"
    whole, _, decimals = words.lstrip("-").partition(".")
    return "-" * words.startswith("-"), whole, decimals


def _grouped(sign: str, whole: str, decimals: str) -> str:
    """A number by thousands, with its decimals."""
    return f"{sign}{int(whole):,}{'.' * bool(decimals)}{decimals}"


def _scaled(value: Figure) -> str:
    """A sum as English counts it: 288.406 billion."""
    sign, whole, decimals = _parts(value)
    for power, word in _SCALES:
        if len(whole) > power:
            rest = (whole[-power:] + decimals).rstrip("0")
            if len(rest) <= _MOST_DECIMALS:
                return f"{_grouped(sign, whole[:-power], rest)} {word}"
    return _grouped(sign, whole, decimals)


def _myriads(value: Figure) -> str:
    """A number as Japanese counts it: 2884億600万. Below ten thousand no comma stands, as in the sentences of facts."""
    sign, whole, decimals = _parts(value)
    left, parts = int(whole), []
    for power, word in _MYRIADS:
        count, left = divmod(left, 10**power)
        parts += [f"{_few(count)}{word}"] if count else []
    if decimals and parts and not left:  # 150万0.5 would be no number
        return _grouped(sign, whole, decimals)
    if left or not parts:
        parts.append(f"{left}{'.' * bool(decimals)}{decimals}")
    return sign + "".join(parts)


def _few(count: int) -> str:
    """How many of a power of ten there are, with commas only from ten thousand on."""
    return f"{count:,}" if count >= 10**4 else str(count)
