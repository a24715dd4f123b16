"""Commitments: what was promised, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Literal

from cabrief.language.text import Text, template
from cabrief.model.frozen import Frozen
from cabrief.model.record import Amount, Assertion, Fact, Kind, Link, Place, Pointer, Ref

if TYPE_CHECKING:
    from cabrief.model.fields import Both, Date, Slug


class Outcome(Frozen):
    """What became of a commitment by a date, with the evidence of it."""

    LISTED_BY = "date"

    date: Date
    status: Literal["open", "kept", "partly", "missed", "unknown"]
    text: Both
    countries: tuple[Slug, ...] = ()  # where it was done, where the promise is to several
    refs: tuple[Ref, ...] = ()

    def as_words(self) -> Text:
        """The status and what is known of it."""
        return template("{s}: {t}", "{s}：{t}", s=OUTCOMES[self.status], t=self.text)


class Commitment(Fact):
    """What somebody promised, or set as a target."""

    by: tuple[Slug, ...]
    to: tuple[Slug, ...] = ()
    firmness: Literal["treaty", "political-declaration", "target", "intention"]
    due: Date | None = None
    amount: Amount | None = None
    outcomes: tuple[Outcome, ...] = ()

    def assertions(self, basics: Mapping[str, Text] | None = None) -> Iterator[Assertion]:
        """The promise, and a statement for each outcome."""
        yield from super().assertions(basics)
        for i, outcome in enumerate(self.outcomes):
            about = {"date": outcome.date, "refs": outcome.refs, "topics": self.topics, "countries": outcome.countries}
            yield self._part(f"outcome-{i + 1}", outcome.text, ("outcomes", i), **about)

    def pointers(self) -> Iterator[Pointer]:
        """Every id that the commitment names, and the countries in which its outcomes came about."""
        yield from super().pointers()
        for i, outcome in enumerate(getattr(self, "outcomes", ())):
            for j, id_ in enumerate(getattr(outcome, "countries", ())):
                yield Pointer(place=("outcomes", i, "countries", j), role="done-in", id=id_, to=("countries",))

    def admits_ignorance(self, path: Place) -> bool:
        """Whether an outcome says only that nothing is known."""
        return path[:1] == ("outcomes",) and self.outcomes[int(path[1])].status == "unknown"


OUTCOMES: dict[str, Text] = {
    "open": Text("open", "未完了"),
    "kept": Text("kept", "履行済み"),
    "partly": Text("partly kept", "一部履行"),
    "missed": Text("missed", "不履行"),
    "unknown": Text("outcome unknown", "結果確認できず"),
}


KIND = Kind(
    record=Commitment,
    singular="commitment",
    name=Text("commitment", "約束"),
    links={
        "by": Link("by", ("countries", "actors", "organisations", "people")),
        "to": Link("to", ("countries", "actors", "organisations", "people", "facts")),
    },
    named=False,
    section="promises",
    meanings={
        "by": Text("who promised it", "約束した者"),
        "to": Text("to whom", "約束の相手"),
        "firmness": Text("how binding it is", "拘束の度合い"),
        "due": Text("by when", "期限"),
        "amount": Text("sum or quantity that was promised", "約束した金額・数量"),
        "outcomes": Text("what became of it, by date, with evidence", "その後の結果（日付と根拠付き）"),
        "Outcome.countries": Text(
            "where it came about, of a promise to several countries; without it, in all others",
            "複数国への約束の場合、結果が生じた国。なければ他のすべての国",
        ),
        "Outcome.status": Text("how far it was kept", "履行の度合い"),
    },
)
