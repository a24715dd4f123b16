"""Treaties, as dated steps; their status on a day follows from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal

from cabrief.language.dates import searched_text, within_text
from cabrief.language.text import Text, template
from cabrief.model.frozen import Frozen, numbered
from cabrief.model.record import Assertion, Kind, Link, Nature, Place, Record, Ref, label

if TYPE_CHECKING:
    from cabrief.model.fields import Both, Date, Flag, Name, Slug


Stage = Literal[
    "unknown",
    "none",
    "preliminary-talks",
    "negotiating",
    "agreed-in-principle",
    "signed",
    "ratified",
    "in-force",
    "applies",
    "terminated",
]


class Step(Frozen):
    """A dated step in the life of a treaty."""

    LISTED_BY = "stage"

    stage: Stage
    date: Date
    place: Both | None = None
    note: Both | None = None
    refs: tuple[Ref, ...] = ()

    def as_words(self) -> Text:
        """The step with its date."""
        return stage_text(self.stage, self.date)


class NextStep(Frozen):
    """What is under way behind a treaty's status, where the dates cannot tell it."""

    text: Both
    nature: Nature = "reported"
    as_of: Date | None = None
    refs: tuple[Ref, ...] = ()

    def as_words(self) -> Text:
        """What is under way."""
        return self.text


class Treaty(Record):
    """An agreement under international law. Its status on a date follows from its steps and is never written down."""

    type: Slug
    countries: tuple[Slug, ...]
    name: Name | None = None
    short_name: Name
    replaces: Slug | None = None
    succession: Flag = False
    succession_from: Date | None = None  # when the countries became states of their own
    steps: tuple[Step, ...]
    next_step: NextStep | None = None
    topics: tuple[Slug, ...] = ()

    def step_names(self) -> list[str]:
        """A name for each step, by which ids and reports tell them apart: the stage, numbered from the second of a stage on."""
        return numbered(step.stage for step in self.steps)

    def assertions(self, basics: Mapping[str, Text] | None = None) -> Iterator[Assertion]:  # noqa: ARG002
        """A statement for each step, and for what is under way."""
        about: dict[str, Any] = {"countries": self.countries, "topics": self.topics}
        for i, (name, step) in enumerate(zip(self.step_names(), self.steps, strict=True)):
            words = template("{t}: {s}", "{t}：{s}", t=label(self), s=step.as_words())
            words = template("{w} ({n})", "{w}：{n}", w=words, n=step.note) if step.note else words
            yield self._part(name, words, ("steps", i), date=step.date, refs=step.refs, **about)
        if ahead := self.next_step:
            about |= {"date": ahead.as_of, "refs": ahead.refs, "nature": ahead.nature}
            yield self._part("next-step", ahead.text, ("next_step",), **about)

    def admits_ignorance(self, path: Place) -> bool:
        """Whether a step says only that somebody looked and found nothing."""
        return path[:1] == ("steps",) and self.steps[int(path[1])].stage == "unknown"


STAGES: dict[str, Text] = {
    "unknown": Text("no evidence found", "確認できず"),
    "none": Text("none", "なし"),
    "preliminary-talks": Text("preliminary talks", "予備協議"),
    "negotiating": Text("negotiating", "交渉中"),
    "agreed-in-principle": Text("agreed in principle", "実質合意"),
    "signed": Text("signed", "署名済み"),
    "ratified": Text("ratified", "批准済み"),
    "in-force": Text("in force", "発効済み"),
    "in-force-by-succession": Text("in force by succession", "承継（旧条約を適用）"),
    "applies": Text("applies", "適用開始"),
    "applies-provisionally": Text("applied provisionally", "暫定適用"),
    "terminated": Text("terminated", "失効・終了"),
}


def to_come(stage: str) -> Text:
    """A stage as the name of a step that lies ahead: 発効, not 発効済み."""
    return Text(STAGES[stage].en, STAGES[stage].ja.removesuffix("済み"))


def stage_text(stage: str, date: str) -> Text:
    """A stage, or a status, with the day from which it is known."""
    if stage == "unknown":
        return searched_text(STAGES[stage], date)
    forms = ("none as of {d}", "{d}時点でなし") if stage == "none" else ("{s}, {d}", "{s}（{d}）")
    return template(*forms, s=STAGES[stage], d=within_text(date))


KIND = Kind(
    record=Treaty,
    singular="treaty",
    name=Text("treaty", "条約"),
    links={
        "countries": Link("country", ("countries",)),
        "topics": Link("topic", ("topics",)),
        "type": Link("type", ("treaty_types",)),
        "replaces": Link("replaces", ("treaties",)),
    },
    meanings={
        "type": Text("id of a treaty type", "条約の種類のid"),
        "countries": Text(
            "countries that it binds with the host; all stands for every one", "主催国との間で拘束される国。allはすべて"
        ),
        "name": Text("official name", "正式名称"),
        "short_name": Text("what reports call it", "報告での呼び名"),
        "replaces": Text("treaty in whose place it comes", "これが代わる条約"),
        "succession": Text(
            "whether it was made with a predecessor state and passed to the countries",
            "前身の国との条約を承継したものか",
        ),
        "succession_from": Text("when the countries became states of their own", "承継国が独立した日"),
        "steps": Text(
            "dated steps in the order of time; the status follows from them", "時の順の段階。状況はここから導く"
        ),
        "next_step": Text("what is under way where dates cannot tell it", "日付からは分からない進行中の動き"),
        "topics": Text("topics on whose pages it belongs", "載せるテーマ"),
        "Step.stage": Text(
            "which step it is; unknown says that somebody looked in vain",
            "どの段階か。unknownは探して見つからなかったこと",
        ),
    },
)
