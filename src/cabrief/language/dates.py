"""Dates of reduced precision, as EDTF (ISO 8601-2) writes them.

What we read: `2025`, `2025-12`, `2025-12-20`, each with `~` (about), `?` (uncertain) or `%` (both) behind it, and two of
them with `/` between, a range whose ends are part of it. A date stands for every day that it may mean: `bounds` gives
the first and the last of them, as ISO days, so that days compare as strings.
"""

import re
from datetime import date as day
from functools import cache
from time import strftime

from cabrief.language.text import Text, quoted, same, template

END_OF_TIME = "9999-12-31"  # the last day, on which everything can be told
FULL = 3  # parts of a date that names its day
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)  # days of the months
_DIGITS = (4, 2, 2)  # of a year, a month and a day


class BadDate(ValueError):
    """A string that is not a date as we read them; the message says what is wrong with it, in both languages."""

    def __init__(self, en: str, ja: str) -> None:
        super().__init__(en)
        self.message = Text(en, ja)


@cache
def bounds(date: str) -> tuple[str, str]:
    """First and last ISO day that a date may mean; raises BadDate."""
    start, slash, end = date.partition("/")
    parts = [_numbers_of(part) for part in ((start, end) if slash else (start,))]
    if not all(parts):
        raise _no_date(date)
    first, last = _bounds(start, *parts[0])
    if slash:
        opened, last = _bounds(end, *parts[1])
        if opened < first:
            raise BadDate(f"the range {date} ends before it begins", f"期間{date}は終わりが始まりより前")
    return first, last


def _no_date(date: str) -> BadDate:
    shown = quoted(date)
    if parts := re.fullmatch(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?", date, re.ASCII):
        meant = "-".join((parts[1], *(part.zfill(2) for part in parts.groups()[1:] if part)))
        return BadDate(f"{shown.en} is not a date: write {meant}", f"{shown.ja}は日付ではない：{meant}と書く")
    return BadDate(
        f"{shown.en} is not a date: write 2025, 2025-12, 2025-12-20, a range a/b, or ~ behind it for about",
        f"{shown.ja}は日付ではない：2025、2025-12、2025-12-20と書く。期間はa/b、「頃」は末尾に~",
    )


def _length(year: int, month: int) -> int:
    """Days of a month."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _LENGTHS[month - 1] + (leap and month == 2)  # noqa: PLR2004 - February


def _numbers_of(part: str) -> list[str]:
    """The digits of a date's year, of its month and its day as far as it has them; empty for what is no date.

    Without a pattern, which would take longer to compile than a page has dates to read.
    """
    plain = part[:-1] if part[-1:] in ("~", "?", "%") else part
    numbers = plain.split("-")
    fits = plain.isascii() and tuple(map(len, numbers)) == _DIGITS[: len(numbers)] and "".join(numbers).isdecimal()
    return numbers if fits else []


def _bounds(part: str, year: str, month: str | None = None, day: str | None = None) -> tuple[str, str]:
    if int(year) == 0:
        raise BadDate(f"{part!r}: there is no year 0000", f"「{part}」：0000年はない")
    if month is None:
        return f"{year}-01-01", f"{year}-12-31"
    if not 1 <= int(month) <= 12:  # noqa: PLR2004 - months
        raise BadDate(f"{part!r}: there is no month {month}", f"「{part}」：{month}月はない")
    length = _length(int(year), int(month))
    if day is None:
        return f"{year}-{month}-01", f"{year}-{month}-{length:02}"
    if not 1 <= int(day) <= length:
        raise BadDate(
            f"{part!r}: {year}-{month} has {length} days", f"「{part}」：{year}年{int(month)}月は{length}日まで"
        )
    return f"{year}-{month}-{day}", f"{year}-{month}-{day}"


def real_day(year: str, month: int, day: int) -> str | None:
    """The ISO day of numbers as words have them; None where the month has no such day, or the year is 0."""
    return f"{year}-{month:02}-{day:02}" if int(year) and 1 <= day <= _length(int(year), month) else None


def has_come(date: str, as_of: str) -> bool:
    """Whether every day that a date may mean lies on or before an ISO day."""
    return bounds(date)[1] <= as_of


def has_passed(date: str, as_of: str) -> bool:
    """Whether every day that a date may mean lies before an ISO day: on its day, what is planned is still planned."""
    return bounds(date)[1] < as_of


def has_begun(date: str, as_of: str) -> bool:
    """Whether the first day that a date may mean lies on or before an ISO day."""
    return date.partition("/")[0].rstrip("~?%") <= as_of  # ISO dates compare as strings, also where they are cut short


def years_since(date: str, as_of: str) -> int:
    """Whole years between the last day that a date may mean and an ISO day; 0 where it lies ahead."""
    last = bounds(date)[1]
    years = int(as_of[:4]) - int(last[:4]) - (as_of[4:] < last[4:])
    return max(0, years)


def days_until(date: str, as_of: str) -> int:
    """Days from an ISO day to the first day that a date may mean; negative where that has passed."""
    return (day.fromisoformat(bounds(date)[0]) - day.fromisoformat(as_of)).days


def today() -> str:
    """Today's ISO day where the user is."""
    return strftime("%Y-%m-%d")  # datetime refuses an offset of a day or more, which TZ may have


@cache
def date_text(date: str) -> Text:
    """A date in words: `2025-12` is December 2025 and 2025年12月; precision is kept, doubt is said."""
    start, slash, end = date.partition("/")
    if not slash:
        return _one_date(start)
    a, b = start.split("-"), end.split("-")
    sure = (start + end).isascii() and end[-1].isdigit() and start[-1].isdigit()
    if sure and a[:1] == b[:1] and len(a) == len(b) == FULL - 1:
        return Text(f"{MONTHS[int(a[1]) - 1]}–{MONTHS[int(b[1]) - 1]} {a[0]}", f"{a[0]}年{int(a[1])}〜{int(b[1])}月")
    if sure and a[:2] == b[:2] and len(a) == len(b) == FULL:
        month = _one_date(f"{a[0]}-{a[1]}")
        return Text(f"{int(a[2])}–{int(b[2])} {month.en}", f"{month.ja}{int(a[2])}〜{int(b[2])}日")
    return template("{a} – {b}", "{a}〜{b}", a=_one_date(start), b=_one_date(end))


def year_text(date: str) -> Text:
    """The year of a date, or the years of a range, in words; doubt is said."""
    ends = [f"{end[:4]}{'' if end[-1].isdigit() else end[-1]}" for end in date.split("/")]
    if len({end[:4] for end in ends}) == 1:  # what is in doubt of one end is of the year
        ends = [max(ends)]
    return date_text("/".join(ends))


def within_text(date: str) -> Text:
    """A day that is known only to lie in a range: between its ends."""
    start, slash, end = date.partition("/")
    if not slash:
        return date_text(date)
    return template("between {a} and {b}", "{a}から{b}の間", a=_one_date(start), b=_one_date(end))


def searched_text(found: Text, date: str) -> Text:
    """That something was searched for in vain, and when: no report found (searched 22 November 2026)."""
    return template("{f} (searched {d})", "{f}（{d}に検索）", f=found, d=within_text(date))


def _one_date(date: str) -> Text:
    numbers = _numbers_of(date)
    if not numbers:
        return same(date)
    year, month, day = (*numbers, "", "")[:FULL]
    doubt = date[len("-".join(numbers)) :]
    en, ja = year, f"{year}年"
    if month:
        en, ja = f"{MONTHS[int(month) - 1]} {en}", f"{ja}{int(month)}月"
    if day:
        en, ja = f"{int(day)} {en}", f"{ja}{int(day)}日"
    if doubt in ("~", "%"):
        en, ja = f"about {en}", f"{ja}頃"
    if doubt in ("?", "%"):
        en, ja = f"{en} (?)", f"{ja}（?）"
    return Text(en, ja)
