"""Days as people write them, to dates as the facts have them."""

import re
import unicodedata
from datetime import date, timedelta

from cabrief.errors import UsageError
from cabrief.language.dates import MONTHS, BadDate, bounds, date_text, today
from cabrief.language.text import Text, quoted, template

_NEAR = {"today": 0, "now": 0, "今日": 0, "本日": 0, "yesterday": -1, "昨日": -1, "tomorrow": 1, "明日": 1}
_UNITS = {"d": 1, "day": 1, "days": 1, "日": 1, "w": 7, "week": 7, "weeks": 7, "週間": 7}
_MONTHS_AGO = {"m": 1, "month": 1, "months": 1, "か月": 1, "y": 12, "year": 12, "years": 12, "年": 12}
_REIWA = 2018  # the year before the first of the era
_NUMBERED = r"(\d{4})(?:[/.](\d{1,2})(?:[/.](\d{1,2}))?|(\d{2})(\d{2}))"  # 2026/11/22, 2026.11, 20261122
_JAPANESE = r"(?:令和(\d{1,3}|元)|(\d{1,4}))年(?:(\d{1,2})月(?:(\d{1,2})日)?)?"
_DAY_LAST = r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})"
_IN_WORDS = r"(?:(\d{1,2})(?:st|nd|rd|th)? )?([a-z]{3,9})\.?(?: (\d{1,2})(?:st|nd|rd|th)?)?,? (\d{4})"


def read_day(words: str) -> str:
    """A date as the facts have it: of the words today, yesterday, 30d or -30d, 2026/11/22, 2026年11月22日, 22 Nov 2026.

    Raises UsageError for what is not a date, and for 03/04/2026, which has two readings.
    """
    plain = " ".join(unicodedata.normalize("NFKC", words).lower().split())
    found = _relative(plain) or _numbered(plain) or _japanese(plain) or _in_words(plain) or _day_last(plain)
    try:
        bounds(found or plain)
    except BadDate as error:
        raise UsageError(*(error.message if found or plain[:4].isdecimal() else _no_day(words))) from None
    return found or plain


def read_last_day(words: str) -> str:
    """The day to report as of: a day as `read_day` takes it, or the last one of a month or a year; raises UsageError."""
    date = read_day(words)
    if "/" in date:
        raise UsageError(f"{date} is a range: name one day", f"{date}は期間：一つの日を指定する")
    return bounds(date)[1]


def _no_day(words: str) -> Text:
    en = "{d} is not a date: write 2026-11-22, 2026-11, 2026, 22 Nov 2026, today, yesterday or 30d for thirty days ago"
    ja = "{d}は日付ではない：2026-11-22、2026-11、2026、2026年11月22日、今日、昨日、30d（30日前）などと書く"
    return template(en, ja, d=quoted(words))


def _relative(words: str) -> str | None:
    if words in _NEAR:
        return _moved(days=_NEAR[words])
    match = re.fullmatch(r"[-−]?(\d{1,5}) ?([a-z]+|日|週間|か月|年)(?: ago|前)?", words)
    if not match or (match[2] == "年" and not words.endswith("前")):  # 2026年 is a year
        return None
    if match[2] in _UNITS:
        return _moved(days=-int(match[1]) * _UNITS[match[2]])
    return _moved(months=-int(match[1]) * _MONTHS_AGO[match[2]]) if match[2] in _MONTHS_AGO else None


def _moved(days: int = 0, months: int = 0) -> str | None:
    """The day so far from today; of a month that is shorter, its last. None where the calendar ends."""
    day = date.fromisoformat(today())
    try:
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        last = int(bounds(f"{year:04}-{month + 1:02}")[1][-2:])
        return (date(year, month + 1, min(day.day, last)) + timedelta(days=days)).isoformat()
    except (OverflowError, ValueError):
        return None


def _iso(year: str, month: str | None = None, day: str | None = None) -> str:
    return "-".join(part.zfill(2) for part in (year.zfill(4), month, day) if part)


def _numbered(words: str) -> str | None:
    match = re.fullmatch(_NUMBERED, words)
    return _iso(match[1], match[2] or match[4], match[3] or match[5]) if match else None


def _japanese(words: str) -> str | None:
    match = re.fullmatch(_JAPANESE, words.replace(" ", ""))
    if not match:
        return None
    year = _REIWA + (1 if match[1] == "元" else int(match[1])) if match[1] else int(match[2])
    return _iso(str(year), match[3], match[4])


def _in_words(words: str) -> str | None:
    match = re.fullmatch(_IN_WORDS, words)
    named = [
        i
        for i, month in enumerate(MONTHS, start=1)
        if match and month.lower().startswith("sep" if match[2] == "sept" else match[2])
    ]
    if not match or not named or (match[1] and match[3]):  # two days name none
        return None
    return _iso(match[4], str(named[0]), match[1] or match[3])


def _day_last(words: str) -> str | None:
    """A date that ends in its year: which of the others is the day must be plain."""
    match = re.fullmatch(_DAY_LAST, words)
    if not match:
        return None
    readings = {_iso(match[3], match[a], match[b]) for a, b in ((2, 1), (1, 2)) if 1 <= int(match[a]) <= len(MONTHS)}
    if len(readings) > 1:
        first, second = (template("{w} ({d})", "{w}（{d}）", w=each, d=date_text(each)) for each in sorted(readings))
        en, ja = "{d} is {a} or {b}: write which", "{d}は{a}か{b}：どちらかを書く"
        raise UsageError(*template(en, ja, d=quoted(words), a=first, b=second))
    return next(iter(readings), None)


def check_order(since: str, until: str) -> None:
    """Check that what is asked from one date until another does not end before it begins; raises UsageError."""
    if bounds(until)[1] < bounds(since)[0]:
        raise UsageError(
            f"--since {since} comes after --until {until}: nothing lies between",
            f"--since {since} は --until {until} より後で、間に何もない",
        )


def days_between(since: str, until: str | None, as_of: str) -> tuple[str, str]:
    """The ISO days to tell of what came about from one date until another: the last one before, and the last one.

    What lies behind the ISO day of the report has not come about yet. Raises UsageError for what is not a date, and for
    dates in the wrong order.
    """
    first, last = read_day(since), read_day(until or as_of)
    if bounds(first)[0] > as_of:
        raise UsageError(f"{first} comes after the day of the report, {as_of}", f"{first}は報告日{as_of}より後")
    check_order(first, last)
    before = max(1, date.fromisoformat(bounds(first)[0]).toordinal() - 1)
    return date.fromordinal(before).isoformat(), min(bounds(last)[1], as_of)
