"""Figures: numbers with their units and years."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from cabrief.language.dates import date_text, searched_text
from cabrief.language.text import Text, join, template
from cabrief.language.units import amount_text
from cabrief.model.record import NOT_FOUND, UNKNOWN, Fact, Kind, Place, Pointer

if TYPE_CHECKING:
    from cabrief.model.fields import Both, Date, Flag, Quantity, Slug, Unit


class Figure(Fact):
    """A number with its unit and its year, or `unknown` with the day on which it was looked for."""

    label: Both
    value: Quantity
    unit: Unit
    measure: Slug | None = None  # a row of the pack's tables of figures
    looked: Date | None = None
    approximate: Flag = False
    bound: Literal["at-least", "more-than", "at-most"] | None = None
    note: Both | None = None  # what it counts, where that is less than its row says

    def as_words(self) -> Text:
        """The number in words, with what it counts; one that was looked for in vain says so."""
        text = self.number_words()
        return template("{t} ({n})", "{t}（{n}）", t=text, n=self.note) if self.note else text

    def dated_words(self) -> Text:
        """The same with its date in one bracket: 21,112 tonnes (Upton Mines, 2025)."""
        date = self.as_of or self.date
        asides = [*([self.note] if self.note else []), *([date_text(date)] if date and self.value is not None else [])]
        text = self.number_words()
        return template("{t} ({a})", "{t}（{a}）", t=text, a=join(asides)) if asides else text

    def number_words(self) -> Text:
        """The number alone in words: about, at least, more than."""
        if self.value is None:
            if not self.looked:
                return UNKNOWN
            return searched_text(NOT_FOUND, self.looked)
        text = amount_text(self.value, self.unit)
        forms = {
            "at-least": ("at least {t}", "{t}以上"),
            "more-than": ("more than {t}", "{t}超"),
            "at-most": ("at most {t}", "{t}以下"),
        }
        if self.bound:
            text = template(*forms[self.bound], t=text)
        return template("about {t}", "約{t}", t=text) if self.approximate else text

    def admits_ignorance(self, path: Place) -> bool:
        """Whether the figure says only that it was looked for in vain."""
        return path == () and self.value is None

    def pointers(self) -> Iterator[Pointer]:
        """Every id that the figure names, and the row of the pack's tables that it fills."""
        yield from super().pointers()
        if self.measure:
            yield Pointer(place=("measure",), role="measure", id=self.measure, to=())


KIND = Kind(
    record=Figure,
    singular="figure",
    name=Text("figure", "数値"),
    named=False,
    section="background",
    meanings={
        "label": Text("what stands before the value", "値の前に付く見出し"),
        "value": Text("a plain number, or unknown", "数、またはunknown"),
        "unit": Text("unit or currency; words in both languages for others", "単位・通貨。ほかは両言語の言葉"),
        "approximate": Text("whether the number is rounded: about", "概数か（約）"),
        "bound": Text("whether the number is a bound", "以上・以下などの限界値か"),
        "note": Text(
            "what the number counts, where that is less than its row says: one company, one metal",
            "表の行より狭い範囲の数値である場合の範囲（一社分、一種類の金属など）",
        ),
        "measure": Text("row of the pack's tables of figures that it fills", "パックの数値表のどの行か"),
        "looked": Text("day on which it was looked for in vain", "探して見つからなかった日"),
    },
)
