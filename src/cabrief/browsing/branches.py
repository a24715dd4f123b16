"""What there is, as a tree of places: each with its name in both languages and the question that it asks."""

from __future__ import annotations

from typing import NamedTuple

from cabrief.browsing.questions import Question, question
from cabrief.language.text import Text
from cabrief.library.fact_base import FactBase
from cabrief.model.kinds.commitments import OUTCOMES

TREATIES, MISSING = Text("Treaties", "条約"), Text("Treaty gaps", "未整備の条約")
PROMISES, OVERDUE = Text("Promises", "約束"), Text("Overdue", "期限切れ")
VOICES, TIMELINE, PROJECTS, DISPUTES = (
    Text("Voices", "発言"),
    Text("Timeline", "年表"),
    Text("Projects", "事業"),
    Text("Disputes", "争点"),
)
WEIGHTY = {"high": Text("Misleading", "重大"), "medium": Text("Worth knowing", "要注意"), "low": Text("Slips", "軽微")}


class Branch(NamedTuple):
    """A branch of what there is."""

    name: Text
    ask: Question
    inside: tuple[Branch, ...] = ()


def branches(facts: FactBase) -> tuple[Branch, ...]:
    """Everything that can be gone to, in the order in which it is shown."""
    countries, topics, powers = (facts.names(kind) for kind in ("country", "topic", "actor"))
    found = [Branch(Text("Summit", "首脳会合"), question("brief"))] if facts.base.pack.summit else []
    return (
        *found,
        Branch(
            Text("Countries", "国"),
            _side_by_side(tuple(countries)),
            tuple(_country(*each) for each in countries.items()),
        ),
        Branch(
            Text("Outside powers", "域外国・機関"),
            question("actors"),
            tuple(Branch(name, question("actors", names=id_)) for id_, name in powers.items()),
        ),
        Branch(
            Text("Topics", "テーマ"),
            question("brief", list=True),
            tuple(_topic(*each) for each in topics.items()),
        ),
        _treaties(facts),
        Branch(
            PROMISES,
            question("commitments"),
            (
                Branch(OVERDUE, question("commitments", overdue=True)),
                *(Branch(_capital(name), question("commitments", status=status)) for status, name in OUTCOMES.items()),
            ),
        ),
        Branch(
            VOICES,
            question("voices"),
            (
                Branch(Text("By theme", "主題ごと"), question("voices", by_theme=True)),
                Branch(Text("Requests", "要望"), question("voices", asks=True)),
                Branch(Text("Proposals", "提案"), question("voices", proposes=True)),
            ),
        ),
        Branch(
            TIMELINE,
            question("timeline"),
            (Branch(Text("By power", "国・機関ごと"), question("timeline", by="actor")),),
        ),
        Branch(PROJECTS, question("projects")),
        Branch(
            DISPUTES,
            question("disputes"),
            tuple(Branch(name, question("disputes", weight=weight)) for weight, name in WEIGHTY.items()),
        ),
        Branch(
            Text("Sources", "出典"),
            question("sources"),
            (Branch(Text("One weak source", "弱い出典のみ"), question("sources", weak=True)),),
        ),
    )


def _side_by_side(ids: tuple[str, ...]) -> Question:
    return question("compare", names=ids) if len(ids) > 1 else question("country", name=ids)


def _country(id_: str, name: Text) -> Branch:
    return Branch(
        name,
        question("country", name=id_),
        (
            Branch(TREATIES, question("treaties", country=id_)),
            Branch(MISSING, question("treaties", missing=True, country=id_)),
            Branch(PROMISES, question("commitments", country=id_)),
            Branch(VOICES, question("voices", country=id_)),
            Branch(TIMELINE, question("timeline", country=id_)),
            Branch(PROJECTS, question("projects", country=id_)),
            Branch(DISPUTES, question("disputes", country=id_)),
        ),
    )


def _topic(id_: str, name: Text) -> Branch:
    return Branch(
        name,
        question("brief", subject=id_),
        (
            Branch(VOICES, question("voices", topic=id_)),
            Branch(PROMISES, question("commitments", topic=id_)),
            Branch(TIMELINE, question("timeline", topic=id_)),
            Branch(PROJECTS, question("projects", topic=id_)),
            Branch(DISPUTES, question("disputes", topic=id_)),
        ),
    )


def _treaties(facts: FactBase) -> Branch:
    types = facts.names("treaty-type")
    each = (Branch(name, question("treaties", type=id_)) for id_, name in types.items())
    return Branch(TREATIES, question("treaties"), (Branch(MISSING, question("treaties", missing=True)), *each))


def _capital(name: Text) -> Text:
    return Text(name.en[:1].upper() + name.en[1:], name.ja)
