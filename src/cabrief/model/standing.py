"""How a treaty stands on a day, derived from its dated steps alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from cabrief.language.dates import has_come, within_text
from cabrief.language.text import Text, template
from cabrief.model.frozen import Frozen
from cabrief.model.kinds.treaties import Step, Treaty
from cabrief.model.record import Ref, label

IN_FORCE = ("in-force", "in-force-by-succession")
_STATUS = {"ratified": "signed", "applies": "in-force"}  # stages that are no status of their own


class Standing(Frozen):
    """How a type of treaty stands with a country on a day."""

    type: str
    country: str
    status: str
    treaty: Treaty | None = None
    predecessor: Treaty | None = None
    steps: tuple[Step, ...] = ()  # those that have come by the day, of the country's own treaty
    since: Step | None = None
    next_step: Text | None = None
    refs: tuple[Ref, ...] = ()

    @property
    def looked(self) -> Step | None:
        """The last search that found nothing newer."""
        return next((step for step in reversed(self.steps) if step.stage == "unknown"), None)

    @property
    def in_force(self) -> bool:
        """Whether anything applies; where nothing does, there is a gap."""
        return self.status in IN_FORCE

    def date_of(self, stage: str) -> str | None:
        """Date of a step of the country's own treaty that has come."""
        return next((step.date for step in self.steps if step.stage == stage), None)


def _come(treaty: Treaty, as_of: str) -> tuple[Step, ...]:
    return tuple(step for step in treaty.steps if has_come(step.date, as_of))


def _reached(steps: Iterable[Step]) -> Step | None:
    """The step that a treaty has reached; that somebody looked and found nothing counts only where nothing else does."""
    steps = tuple(steps)
    known = [step for step in steps if step.stage != "unknown"]
    return known[-1] if known else steps[-1] if steps else None


def _applies(treaty: Treaty, as_of: str) -> bool:
    stages = [step.stage for step in _come(treaty, as_of)]
    return "in-force" in stages and "terminated" not in stages


def _succeeded(treaty: Treaty, as_of: str) -> bool:
    return treaty.succession_from is None or has_come(treaty.succession_from, as_of)


class Cells(NamedTuple):
    """Treaties by their type and country as of an ISO day, and the ids of those that apply on it."""

    treaties: dict[tuple[str, str], list[Treaty]]
    applying: set[str]
    as_of: str


def by_cell(treaties: Sequence[Treaty], types: Collection[str], countries: Collection[str], as_of: str) -> Cells:
    """The treaties of each of some types with each of some countries, in their order."""
    wanted = set(countries)
    mine = [treaty for treaty in treaties if treaty.type in types]
    cells: dict[tuple[str, str], list[Treaty]] = {(kind, country): [] for kind in types for country in countries}
    for treaty in mine:
        for country in wanted.intersection(treaty.countries):
            cells[treaty.type, country].append(treaty)
    return Cells(cells, {treaty.id for treaty in mine if _applies(treaty, as_of)}, as_of)


def standing(cells: Cells, kind: str, country: str) -> Standing:
    """Standing of a type of treaty with a country."""
    mine, as_of = cells.treaties.get((kind, country), []), cells.as_of
    own = [treaty for treaty in mine if not treaty.succession]
    inherited = [
        treaty for treaty in mine if treaty.succession and treaty.id in cells.applying and _succeeded(treaty, as_of)
    ]
    in_force = [treaty for treaty in own if treaty.id in cells.applying]
    candidates = in_force or own or inherited
    if not candidates:
        return Standing(type=kind, country=country, status="unknown")
    treaty = candidates[-1]
    by_id = {each.id: each for each in mine}
    predecessor = by_id.get(treaty.replaces or "")
    steps = _come(treaty, as_of) if not treaty.succession else ()
    reached = _reached(steps)
    status = _STATUS.get(reached.stage, reached.stage) if reached else "unknown"
    if in_force:
        status = "in-force"
    elif inherited:
        status = "in-force-by-succession"
        predecessor = inherited[-1]
    refs = tuple(dict.fromkeys(ref for step in steps for ref in step.refs))
    if status == "in-force-by-succession" and predecessor:
        refs = tuple(dict.fromkeys((*(ref for step in predecessor.steps for ref in step.refs), *refs)))
    if treaty.next_step and _next_known(treaty, as_of):
        refs = tuple(dict.fromkeys((*refs, *treaty.next_step.refs)))
    return Standing(
        type=kind,
        country=country,
        status=status,
        treaty=treaty,
        predecessor=predecessor,
        steps=steps,
        since=reached,
        next_step=_next(treaty, predecessor, status, steps, as_of),
        refs=refs,
    )


def _next_known(treaty: Treaty, as_of: str) -> bool:
    told = treaty.next_step.as_of if treaty.next_step else None
    return told is None or has_come(told, as_of)


def _next(treaty: Treaty, predecessor: Treaty | None, status: str, steps: tuple[Step, ...], as_of: str) -> Text | None:
    """What is under way: the note of the fact file where there is one, else what the dates tell."""
    if treaty.next_step and _next_known(treaty, as_of):
        return treaty.next_step.text
    if status == "in-force":
        ahead = next((s for s in treaty.steps if s.stage == "applies" and not has_come(s.date, as_of)), None)
        if ahead and predecessor:
            return template(
                "applies from {d}; until then {p}",
                "{d}から適用、それまでは{p}",
                d=within_text(ahead.date),
                p=label(predecessor),
            )
        return template("applies from {d}", "{d}から適用", d=within_text(ahead.date)) if ahead else None
    if status == "in-force-by-succession" and steps and (reached := _reached(steps)) and reached.stage != "unknown":
        return template("{t}: {s}", "{t}：{s}", t=label(treaty), s=reached.as_words())
    return None
