"""Organisations, and who belongs to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Literal

from cabrief.language.dates import bounds, has_begun
from cabrief.language.text import Text, template
from cabrief.model.frozen import Frozen, numbered
from cabrief.model.record import Assertion, Fact, Kind, Pointer, Ref

if TYPE_CHECKING:
    from cabrief.model.fields import Both, Date, Name, Slug, Words


class Member(Frozen):
    """A country's or a power's standing in an organisation."""

    LISTED_BY = "of"
    ORDERED = False

    of: Slug
    role: Literal["member", "associate", "observer", "party", "none"]
    as_of: Date | None = None
    note: Both | None = None
    refs: tuple[Ref, ...]

    def as_words(self) -> Text:
        """The standing in the organisation."""
        return MEMBER_ROLES[self.role]


class Organisation(Fact):
    """A body, and who belongs to it."""

    name: Name
    abbreviation: Words | None = None
    aliases: tuple[Words, ...] = ()
    members: tuple[Member, ...] = ()

    def assertions(self, basics: Mapping[str, Text] | None = None) -> Iterator[Assertion]:
        """What the organisation is, and a statement for each member."""
        yield from super().assertions(basics)
        for i, (name, member) in enumerate(zip(numbered(m.of for m in self.members), self.members, strict=True)):
            words = template("{o}: {r}", "{o}：{r}", o=self.name, r=MEMBER_ROLES[member.role])
            words = template("{w} ({n})", "{w}（{n}）", w=words, n=member.note) if member.note else words
            about = {"date": member.as_of, "refs": member.refs, "countries": (member.of,)}
            yield self._part(name, words, ("members", i), **about)

    def standing_of(self, id_: str, as_of: str) -> Member | None:
        """The latest standing of a country or a power by an ISO day; one without a date is older than any."""
        known = [m for m in self.members if m.of == id_ and (not m.as_of or has_begun(m.as_of, as_of))]
        return max(reversed(known), key=lambda member: bounds(member.as_of)[0] if member.as_of else "", default=None)

    def name_of(self, member: Member) -> str:
        """The id by which reports tell a standing: the organisation's and the member's, numbered from the second of one."""
        names = zip(self.members, numbered(m.of for m in self.members), strict=True)
        return f"{self.id}.{next(name for each, name in names if each is member)}"

    def pointers(self) -> Iterator[Pointer]:
        """Every id that the organisation names, its members among them."""
        yield from super().pointers()
        for i, member in enumerate(getattr(self, "members", ())):
            if of := getattr(member, "of", None):  # a member that could not be read whole may have none
                yield Pointer(place=("members", i, "of"), role="member", id=of, to=("countries", "actors"))

    def called(self) -> list[str]:
        """Names of the organisation, its abbreviation among them."""
        return [*super().called(), *([self.abbreviation] if self.abbreviation else [])]


MEMBER_ROLES: dict[str, Text] = {
    "member": Text("member", "加盟"),
    "associate": Text("associate", "準加盟"),
    "observer": Text("observer", "オブザーバー"),
    "party": Text("party", "締約国"),
    "none": Text("not a member", "非加盟"),
}


KIND = Kind(
    record=Organisation,
    singular="organisation",
    name=Text("organisation", "機関"),
    section="background",
    meanings={
        "name": Text("what it is called: one string for both languages, or each", "名称。両言語で同じなら一つの文字列"),
        "abbreviation": Text("letters that it is known by", "略称"),
        "aliases": Text("other names and spellings that a user may type", "利用者が打ちうる別名・表記"),
        "members": Text("who belongs to it, with evidence for each", "加盟国・機関（それぞれ根拠付き）"),
        "Member.of": Text("country, power or organisation that it belongs to", "属する国・域外国・機関"),
        "Member.role": Text("standing in the organisation", "機関での地位"),
    },
)
