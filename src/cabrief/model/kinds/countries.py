"""Countries of the region."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from cabrief.language.text import Text, same, template
from cabrief.model.record import Assertion, Kind, Place, Record, Value

if TYPE_CHECKING:
    from cabrief.model.fields import Name, Slug, Words


class Country(Record):
    """A country of the region. Its basics are keyed by the pack's list of them."""

    name: Name
    codes: tuple[Words, ...] = ()
    aliases: tuple[Words, ...] = ()
    basics: dict[Slug, Value]

    def assertions(self, basics: Mapping[str, Text] | None = None) -> Iterator[Assertion]:
        """A statement for each of the basic values."""
        for name, value in self.basics.items():
            words = template("{l}: {v}", "{l}：{v}", l=(basics or {}).get(name, same(name)), v=value.as_words())
            path = ("basics", name)
            day = value.as_of or (value.looked if value.value is None else None)
            yield self._part(name, words, path, date=day, refs=value.refs, countries=(self.id,))

    def admits_ignorance(self, path: Place) -> bool:
        """Whether a basic value is unknown."""
        return len(path) == len(("basics", "name")) and self.basics[str(path[1])].value is None


KIND = Kind(
    record=Country,
    singular="country",
    name=Text("country", "国"),
    meanings={
        "name": Text("what it is called: one string for both languages, or each", "名称。両言語で同じなら一つの文字列"),
        "codes": Text("ISO codes of the country", "国のISOコード"),
        "aliases": Text("other names and spellings that a user may type", "利用者が打ちうる別名・表記"),
        "basics": Text(
            "values at the top of the profile, by the keys that pack.yaml lists",
            "概況の冒頭の値。キーはpack.yamlの通り",
        ),
    },
)
