"""Numbers, units and sums of money in words, in both languages."""

from cabrief.language.text import Text, same

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
