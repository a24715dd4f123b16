"""Words as a search compares them: English stems, and numbers that read alike in digits, in words and in kanji."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

# Endings that forms of an English word differ in, taken off in this order. What is left is always a beginning of the word.
_ENDINGS = (
    r"(?<=ss)es$|(?<=..)(?:ies|ied)$|(?<=[xhz])es$|(?<=...)(?<![sui])s$",
    r"(?<=...)(?<=[aeiouy].)(?:ing|ed)$|(?<=...)(?<=[aeiouy]..)(?:ing|ed)$|(?<=....)(?:ing|ed)$",
    r"(?<=([bdfgkmnprt]))\1$",
    r"(?<=....)(?:ational|ation|ator|ating|at|ate)$",
    r"(?<=...)(?:ly|(?<!...e)e+|[yi])$",
)
_SMALL = dict(zip("〇零一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "億": 10**8, "兆": 10**12}
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_COUNTING = frozenset((*_SMALL, *_TENS))
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """The beginning of an English word that its forms share: `sign` of signs, signed and signing."""
    if not word.isalpha() or not word.isascii():
        return word
    for ending in _ENDINGS:
        word = re.sub(ending, "", word)
    return word


@cache
def _in_numbers() -> re.Pattern[str]:
    """A digit of any script, or a kanji that counts."""
    return re.compile(rf"[\d{''.join(sorted(_COUNTING))}]")


@cache
def _numbers(*, english: bool) -> re.Pattern[str]:
    digits, kanji = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?", "[〇零一二三四五六七八九十百千]+"
    japanese = (
        f"(?:{digits}|{kanji})(?:[万億兆](?:(?:{digits}|{kanji})(?=[万億兆]))?)*(?:(?<=[万億兆])(?:{digits}|{kanji}))?"
    )
    if not english:
        return re.compile(rf"(?<![A-Za-z\d])(?:{japanese})")
    # what stands inside a row of digits begins no number, so that a long row is looked at once
    scaled = rf"(?:(?<!\d)(?<!\d[,.])(?:{digits})|\b(?a:{'|'.join(_WORDS)})\b)[\s-]+(?a:{'|'.join(_SCALES)})\b"
    return re.compile(rf"{scaled}|(?<![A-Za-z\d])(?:{japanese})", re.IGNORECASE)


def has_numbers(text: str) -> bool:
    """Whether a number may stand in a text, which is quicker to tell than which."""
    return bool(_in_numbers().search(text)) or _has_scale(text)


def _has_scale(text: str) -> bool:
    small = text.lower()
    return "illion" in small or "thousand" in small  # in every word of `_SCALES`


Numeral = tuple[int, int, str]  # where a number begins and ends in a text, and its digits


def numbers(text: str) -> Iterator[Numeral]:
    """Every number in a text: where it begins, where it ends, and its digits; 3兆, 三兆 and `three trillion` are one number.

    `p` stands for the decimal point, which would not count once a text is folded, and make 3.3 of 33.
    """
    english = _has_scale(text)
    if not english and not _in_numbers().search(text):
        return  # as most names are; the patterns below are slow
    for match in _numbers(english=english).finditer(text):
        yield match.start(), match.end(), _digits(match[0].lower())


def in_digits(text: str) -> str:
    """A text with every number in digits."""
    return replace_numbers(text, lambda _, digits: digits)


def replace_numbers(text: str, put: Callable[[str, str], str], found: Iterable[Numeral] | None = None) -> str:
    """A text with something else for every number, or for those found: what `put` makes of it as it stands and in digits."""
    parts, done = [], 0
    for first, last, digits in numbers(text) if found is None else found:
        parts += [text[done:first], put(text[first:last], digits)]
        done = last
    return "".join(parts) + text[done:]


def _digits(words: str) -> str:
    if words.isascii() and words.isdecimal() and not words.startswith("0"):  # as nearly all are
        return words
    from decimal import Decimal  # a warm report has no use for it

    first, _, scale = re.sub(r"[\s-]+", " ", words).partition(" ")
    if scale.strip() in _SCALES:
        value = Decimal(_WORDS.get(first) or first.replace(",", "")) * _SCALES[scale.strip()]
    else:
        value = Decimal(0)
        for part, myriad in re.findall("([^万億兆]*)([万億兆]?)", words):
            if part or myriad:
                value += _small(part) * _MYRIADS.get(myriad, 1)
    shown = f"{value:f}"
    return shown.rstrip("0").rstrip(".").replace(".", "p") if "." in shown else shown


def _small(part: str) -> Decimal:
    """A number below ten thousand, in digits or in kanji, placed (二〇二六) or counted (二千二十六)."""
    from decimal import Decimal

    if part.replace(",", "").replace(".", "").isdecimal():
        return Decimal(part.replace(",", ""))
    if not set(part) & set(_TENS):
        return Decimal("".join(str(_SMALL[each]) for each in part) or 1)
    value = unit = 0
    for each in part:
        if each in _TENS:
            value, unit = value + (unit or 1) * _TENS[each], 0
        else:
            unit = _SMALL[each]
    return Decimal(value + unit)
