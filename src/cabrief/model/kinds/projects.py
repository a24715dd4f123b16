"""Projects: work on the ground."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from cabrief.language.text import Text
from cabrief.model.record import Amount, Fact, Kind, Link

if TYPE_CHECKING:
    from cabrief.model.fields import Date, Name, Slug


class Project(Fact):
    """Work on the ground."""

    name: Name
    status: Literal["planned", "signed", "ongoing", "completed", "unknown"] = "unknown"
    started: Date | None = None
    partners: tuple[Name, ...] = ()
    sector: Slug | None = None
    amount: Amount | None = None


KIND = Kind(
    record=Project,
    singular="project",
    name=Text("project", "事業"),
    links={
        "sector": Link("topic", ("topics",)),
    },
    section="projects",
    meanings={
        "name": Text("what it is called: one string for both languages, or each", "名称。両言語で同じなら一つの文字列"),
        "status": Text("what became of it", "どうなったか"),
        "started": Text("when work began", "開始日"),
        "partners": Text("firms and bodies that carry it, by name", "事業を担う企業・機関の名"),
        "sector": Text("topic under which lists of projects show it", "事業一覧での分野（テーマのid）"),
        "amount": Text("sum of the project", "事業の金額"),
    },
)
