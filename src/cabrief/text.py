"""Text in both languages, and the words for dates, numbers and units in each.

Nothing here chooses a language: a `Text` carries both, and a renderer picks one.
"""

import re
from functools import cache
from typing import Literal, NamedTuple

from cabrief.dates import _DATE

Lang = Literal["en", "ja"]
LANGS: tuple[Lang, ...] = ("en", "ja")

FULL = 3  # parts of a date that names its day
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


class Text(NamedTuple):
    """The same words in English and Japanese."""

    en: str
    ja: str

    def pick(self, lang: Lang) -> str:
        """The words in one language."""
        return self.ja if lang == "ja" else self.en


NOTHING = Text("", "")


def same(words: str) -> Text:
    """A text that reads alike in both languages: a name, an id, a code."""
    return Text(words, words)


def quoted(words: object) -> Text:
    """Words as they were found, in quotes; what cannot be seen is escaped."""
    shown = repr(words)
    return Text(shown, f"「{shown[1:-1] if isinstance(words, str) else shown}」")


def join(texts: "tuple[Text, ...] | list[Text]", en: str = ", ", ja: str = "、") -> Text:
    """Texts in a row, with each language's own comma between."""
    return Text(en.join(text.en for text in texts), ja.join(text.ja for text in texts))


def template(en: str, ja: str, **words: Text | str | int) -> Text:
    """A sentence with places to fill; a `Text` gives each language its own words."""
    pick = {lang: {k: w.pick(lang) if isinstance(w, Text) else w for k, w in words.items()} for lang in LANGS}
    return Text(en.format(**pick["en"]), ja.format(**pick["ja"]))


@cache
def date_text(date: str) -> Text:
    """A date in words: `2025-12` is December 2025 and 2025年12月; precision is kept, doubt is said."""
    start, slash, end = date.partition("/")
    if not slash:
        return _one_date(start)
    a, b = start.split("-"), end.split("-")
    if (
        a[:2] == b[:2]
        and len(a) == len(b) == FULL
        and (start + end).isascii()
        and end[-1].isdigit()
        and start[-1].isdigit()
    ):
        month = _one_date(f"{a[0]}-{a[1]}")
        return Text(f"{int(a[2])}–{int(b[2])} {month.en}", f"{month.ja}{int(a[2])}〜{int(b[2])}日")
    return template("{a} – {b}", "{a}〜{b}", a=_one_date(start), b=_one_date(end))


def within_text(date: str) -> Text:
    """A day that is known only to lie in a range: between its ends."""
    start, slash, end = date.partition("/")
    if not slash:
        return date_text(date)
    return template("between {a} and {b}", "{a}から{b}の間", a=_one_date(start), b=_one_date(end))


def _one_date(date: str) -> Text:
    match = _DATE.fullmatch(date)
    if not match:
        return same(date)
    year, month, day, doubt = match.groups()
    en, ja = year, f"{year}年"
    if month:
        en, ja = f"{_MONTHS[int(month) - 1]} {en}", f"{ja}{int(month)}月"
    if day:
        en, ja = f"{int(day)} {en}", f"{ja}{int(day)}日"
    if doubt in ("~", "%"):
        en, ja = f"about {en}", f"{ja}頃"
    if doubt in ("?", "%"):
        en, ja = f"{en} (?)", f"{ja}（?）"
    return Text(en, ja)


MONEY = {"jpy": Text("JPY", "円"), "usd": Text("USD", "ドル"), "eur": Text("EUR", "ユーロ")}
UNITS = {
    "percent": Text("%", "%"),
    "people": Text("people", "人"),
    "km": Text("km", "km"),
    "km2": Text("km²", "km²"),
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
_SHORT = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_MAN = ((10**12, "兆"), (10**8, "億"), (10**4, "万"))


def number_text(value: float) -> Text:
    """A number in digits, grouped by thousands."""
    return same(f"{value:,}" if isinstance(value, int) else f"{value:,.10g}")


def amount_text(value: float, unit: "str | Text | None") -> Text:
    """A number with its unit: 3 trillion yen is `JPY 3 trillion` and 3兆円."""
    if isinstance(unit, str) and unit in MONEY:
        sign = MONEY[unit]
        return Text(f"{sign.en} {_scaled(value, _SHORT, ' ')}", f"{_myriads(value)}{sign.ja}")
    if unit is None:
        return number_text(value)
    words = UNITS.get(unit, same(unit)) if isinstance(unit, str) else unit
    number = number_text(value)
    if words.en == "%":
        return same(f"{number.en}%")
    return Text(f"{number.en} {words.en}", f"{number.ja}{words.ja}")


def _myriads(value: float) -> str:
    """A sum as Japanese counts it: 2884億600万."""
    if value != int(value):
        return f"{value:,}"
    left, parts = int(abs(value)), []
    for size, word in _MAN:
        count, left = divmod(left, size)
        parts += [f"{count:,}{word}"] if count else []
    return ("-" if value < 0 else "") + "".join([*parts, *([f"{left:,}"] if left or not parts else [])])


def _scaled(value: float, scale: tuple[tuple[int, str], ...], space: str) -> str:
    for size, word in scale:
        if abs(value) >= size:
            return f"{value / size:,.10g}{space}{word}"
    return f"{value:,}"


def lang_of(requested: str | None, environ: "dict[str, str]") -> Lang:
    """The language of the output: as asked for, else CABRIEF_LANG, else the locale's, else English."""
    for wish in (requested, environ.get("CABRIEF_LANG")):
        if wish:
            return "ja" if wish.lower().startswith("ja") else "en"
    locale = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    return "ja" if locale.lower().startswith("ja") else "en"


# what steers a terminal, turns text around or is not seen at all; joiners, which some scripts need, are let through
UNPRINTABLE = (
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def clean(words: str) -> str:
    """Words as the characters they are: line breaks become spaces, what steers a terminal or turns text a visible mark."""
    if words.isprintable():
        return words
    return re.sub(UNPRINTABLE, "\ufffd", " ".join(words.split()))


def escaped(json: str) -> str:
    """JSON with whatever is not seen spelt out; control characters it escapes by itself."""
    from json import dumps

    return re.sub(UNPRINTABLE.replace("\x00-\x1f", ""), lambda match: dumps(match[0])[1:-1], json)
