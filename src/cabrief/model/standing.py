"""How a treaty stands on a day, derived from its dated steps alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from cabrief.language.dates import has_come, within_text
from cabrief.language.text import Text, join, template
from cabrief.model.by_day import ByDay
from cabrief.model.frozen import Frozen
from cabrief.model.kinds.treaties import NextStep, Step, Treaty
from cabrief.model.record import Ref, label
from cabrief.model.searches import unsearched

IN_FORCE = ("in-force", "in-force-by-succession")
_STATUS = {"applies": "applies-provisionally"}  # stages that are no status of their own


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
    noted: NextStep | None = None  # where the next step is a note of the fact file, that
    dated: Text | None = None  # what was announced for a day, where a note of the fact file is the next step
    ends: str | None = None  # date ahead on which the treaty that applies ends, where that was announced
    applies_from: str | None = None  # date from which a treaty in force is applied, also one ahead that was announced
    enters: str | None = None  # date on which the country's own treaty enters into force, where that was announced
    refs: tuple[Ref, ...] = ()
    beside: str = ""  # id of another treaty, which is to replace one in force, if that is the next step

    @property
    def begun(self) -> str | None:
        """Date of the step that brought the status about; of an older treaty, since when it applies to the country."""
        if self.status == "in-force":
            return self.date_of("in-force")
        if self.status == "in-force-by-succession" and self.predecessor:
            entry = next((step.date for step in self.predecessor.steps if step.stage == "in-force"), None)
            return self.predecessor.succession_from or entry
        return self.since.date if self.since else None

    @property
    def telling(self) -> tuple[Ref, ...]:
        """The evidence of the status itself: of the step that brought it about, or of the older treaty that applies."""
        if self.status == "in-force-by-succession" and self.predecessor:
            entry = [step for step in self.predecessor.steps if step.stage == "in-force"]
            return (entry or self.predecessor.steps[-1:])[-1].refs
        entry = [step for step in self.steps if step.stage == "in-force"] if self.status == "in-force" else []
        return entry[-1].refs if entry else self.since.refs if self.since else ()

    @property
    def ahead(self) -> Text | None:
        """What is under way, behind what was announced for a day."""
        return join([self.dated, self.next_step], "; ", "、") if self.dated and self.next_step else self.next_step

    @property
    def told_by(self) -> tuple[str, ...]:
        """Ids of the treaties that the status follows from."""
        older = self.predecessor if self.status == "in-force-by-succession" else None
        return tuple(treaty.id for treaty in (self.treaty, older) if treaty)

    @property
    def looked(self) -> Step | None:
        """The last search that found nothing newer."""
        return next((step for step in reversed(self.steps) if step.stage == "unknown"), None)

    @property
    def in_force(self) -> bool:
        """Whether a treaty is in force; where none is, there is a gap."""
        return self.status in IN_FORCE

    def date_of(self, stage: str) -> str | None:
        """Date of the last step of a stage of the country's own treaty that has come."""
        return next((step.date for step in reversed(self.steps) if step.stage == stage), None)


def step_has_come(step: Step, by_day: ByDay) -> bool:
    """Whether a step was taken by a day; that somebody looked in vain, or that there was none, holds from its own date on."""
    looked = step.stage in ("unknown", "none")
    return has_come(step.date, by_day.day) if looked else by_day.has_happened(step.date, step.refs)


def _come(treaty: Treaty, by_day: ByDay) -> tuple[Step, ...]:
    return tuple(step for step in treaty.steps if step_has_come(step, by_day))


def _reached(steps: Iterable[Step]) -> Step | None:
    """The step that a treaty has reached; that somebody looked and found nothing counts only where nothing else does."""
    steps = tuple(steps)
    known = [step for step in steps if step.stage != "unknown"]
    return known[-1] if known else steps[-1] if steps else None


def _applies(steps: Iterable[Step]) -> bool:
    stages = [step.stage for step in steps if step.stage in ("in-force", "terminated")]
    return stages[-1:] == ["in-force"]


class Cells(Frozen):
    """Treaties by their type and country as of a day, and the ids of those that apply on it."""

    treaties: dict[tuple[str, str], list[Treaty]]
    applying: set[str]
    by_day: ByDay
    come: dict[str, tuple[Step, ...]]  # by the ids of their treaties, the steps that have come
    moved: dict[str, str]  # by the same, the day of the last of these
    told: dict[tuple[str, ...], Standing]  # by the ids of their treaties, which many countries have together


def by_cell(treaties: Sequence[Treaty], types: Collection[str], countries: Collection[str], by_day: ByDay) -> Cells:
    """The treaties of each of some types with each of some countries, in their order.

    One made with a predecessor state is among those of a country from the day on which the country became a state.
    """
    wanted = set(countries)
    mine = [treaty for treaty in treaties if treaty.type in types]
    mine = [each for each in mine if not each.succession_from or has_come(each.succession_from, by_day.day)]
    cells: dict[tuple[str, str], list[Treaty]] = {(kind, country): [] for kind in types for country in countries}
    for treaty in mine:
        for country in wanted.intersection(treaty.countries):
            cells[treaty.type, country].append(treaty)
    come = {treaty.id: _come(treaty, by_day) for treaty in mine}
    moved = {id_: _moved(steps, by_day) for id_, steps in come.items()}
    applying = {id_ for id_, steps in come.items() if _applies(steps)}
    return Cells(treaties=cells, applying=applying, by_day=by_day, come=come, moved=moved, told={})


def _latest(treaties: Sequence[Treaty], cells: Cells) -> Treaty:
    """Of several treaties, one that no other of them replaces, and of these the one whose last known step came last."""
    if len(treaties) == 1:
        return treaties[0]
    begun = [each for each in treaties if cells.come[each.id]] or treaties
    replaced = {each.replaces for each in begun}
    standing_alone = [each for each in begun if each.id not in replaced] or begun

    # of several on one day, the last of the file
    return max(reversed(standing_alone), key=lambda each: cells.moved[each.id])


def _moved(steps: tuple[Step, ...], by_day: ByDay) -> str:
    """Last day on which the last known of some steps may have been taken; nothing where none is known."""
    step = _reached(steps)
    return by_day.when(step.date, step.refs) if step and step.stage != "unknown" else ""


def standing(cells: Cells, kind: str, country: str) -> Standing:
    """Standing of a type of treaty with a country."""
    mine = cells.treaties.get((kind, country), [])
    key = (kind, *(treaty.id for treaty in mine))
    if key not in cells.told:
        cells.told[key] = _standing(cells, kind, country)
    return cells.told[key].but(country=country)


def standings(
    treaties: Sequence[Treaty], types: Sequence[str], countries: Sequence[str], by_day: ByDay, *, others: bool = False
) -> list[Standing]:
    """Every pair of type and country, by type and then country; behind them, of `others`, the pairs that are on record."""
    further = tuple(dict.fromkeys(each.type for each in treaties if each.type not in types)) if others else ()
    cells = by_cell(treaties, (*types, *further), countries, by_day)
    found = [standing(cells, kind, id_) for kind in types for id_ in countries]
    rest = [standing(cells, kind, id_) for kind in further for id_ in countries if cells.treaties[kind, id_]]
    return found + [each for each in rest if each.since]


def _standing(cells: Cells, kind: str, country: str) -> Standing:
    mine, by_day = cells.treaties.get((kind, country), []), cells.by_day
    own = [treaty for treaty in mine if not treaty.succession]
    older = [treaty for treaty in mine if treaty.succession]
    replacing = [each for each in mine if each.replaces]
    superseded = {each.replaces for each in replacing if any(s.stage == "in-force" for s in cells.come[each.id])}
    applying = cells.applying - superseded  # what another came in the place of stays ended when that ends
    in_force = [treaty for treaty in own if treaty.id in applying]
    inherited = [treaty for treaty in older if treaty.id in applying]
    candidates = in_force or own or inherited or older
    if not candidates:
        return Standing(type=kind, country=country, status="unknown")
    treaty = _latest(candidates, cells)
    by_id = {each.id: each for each in mine}
    predecessor = by_id.get(treaty.replaces or "")
    steps = cells.come[treaty.id] if treaty not in inherited else ()
    reached = _reached(steps)
    if not (in_force or inherited) and older and (reached is None or reached.stage == "unknown"):
        treaty = _latest(older, cells)  # that nothing is known of a new treaty says less than how the old one ended
        steps = cells.come[treaty.id]
        reached = _reached(steps)
    status = _STATUS.get(reached.stage, reached.stage) if reached else "unknown"
    if in_force:
        status = "in-force"
    elif inherited:
        status = "in-force-by-succession"
        predecessor = _latest(inherited, cells)
    older_one = predecessor if predecessor and predecessor.id in cells.applying else None
    refs = tuple(dict.fromkeys(ref for step in steps for ref in step.refs))
    if status == "in-force-by-succession" and predecessor:
        refs = tuple(dict.fromkeys((*(ref for step in predecessor.steps for ref in step.refs), *refs)))
    noted = unsearched(treaty.next_step.text, by_day.day) if treaty.next_step and _next_known(treaty, by_day) else None
    if treaty.next_step and noted:
        refs = tuple(dict.fromkeys((*refs, *treaty.next_step.refs)))
    ends = _ends(older_one if status == "in-force-by-succession" else treaty, by_day) if status in IN_FORCE else None
    told = template("ends {d}", "{d}に終了", d=within_text(ends)) if ends else None
    announced = [each for each in (told, _begins(treaty, older_one, status, by_day)) if each]
    dated = join(announced, "; ", "、") if announced else None
    newer = None if noted or dated else _beside(treaty, own, cells)
    refs = tuple(dict.fromkeys((*refs, *(newer[1].refs if newer else ()))))
    return Standing(
        type=kind,
        country=country,
        status=status,
        treaty=treaty,
        predecessor=predecessor,
        steps=steps,
        since=reached,
        next_step=noted or dated or _next(treaty, status, steps) or (newer and _told_of(*newer)),
        dated=dated if noted else None,
        noted=treaty.next_step if noted else None,
        ends=ends,
        applies_from=_applies_from(treaty, by_day) if status == "in-force" else None,
        enters=_enters(treaty, by_day),
        refs=refs,
        beside=newer[0].id if newer else "",
    )


def _beside(treaty: Treaty, own: Sequence[Treaty], cells: Cells) -> tuple[Treaty, Step] | None:
    """Another treaty that is to replace one in force, and how far it is."""
    newer = [each for each in own if each.replaces == treaty.id]
    reached = _reached(cells.come[newer[-1].id]) if newer else None
    if reached is None or reached.stage in ("unknown", "none", "in-force", "terminated"):
        return None
    return newer[-1], reached


def _told_of(treaty: Treaty, step: Step) -> Text:
    return template("{t}: {s}", "{t}：{s}", t=label(treaty), s=step.as_words())


def _enters(treaty: Treaty, by_day: ByDay) -> str | None:
    """Date of an entry into force that lies ahead and was announced."""
    ahead = (step for step in treaty.steps if step.stage == "in-force" and not step_has_come(step, by_day))
    return next((step.date for step in ahead if by_day.is_announced(step.refs)), None)


def _next_known(treaty: Treaty, by_day: ByDay) -> bool:
    """Whether what is under way could be told by the day: from its own day on, else from when its sources were out."""
    ahead = treaty.next_step
    if ahead is None or ahead.as_of:
        return ahead is not None and has_come(ahead.as_of or "", by_day.day)
    return not ahead.refs or by_day.is_out(ahead.refs)


def _ends(applying: Treaty | None, by_day: ByDay) -> str | None:
    """Date ahead on which a treaty ends, where that was announced."""
    end = next((s for s in applying.steps if s.stage == "terminated"), None) if applying else None
    if not end or has_come(end.date, by_day.day) or not by_day.is_announced(end.refs):
        return None
    return end.date


def _begins(treaty: Treaty, older: Treaty | None, status: str, by_day: ByDay) -> Text | None:
    """That a treaty enters into force, or is applied, from a day ahead that was announced; `older` still applies."""
    if entry := _enters(treaty, by_day):
        return template("{t} enters into force {d}", "{t}：{d}発効", t=label(treaty), d=within_text(entry))
    applies = _applies_from(treaty, by_day)
    if status != "in-force" or not applies or has_come(applies, by_day.day):
        return None
    forms = ("applies from {d}; until then {p}", "{d}から適用、それまでは{p}")
    forms = forms if older else ("applies from {d}", "{d}から適用")
    return template(*forms, d=within_text(applies), p=label(older) if older else "")


def _applies_from(treaty: Treaty, by_day: ByDay) -> str | None:
    """Date from which a treaty is applied, where that has come or was announced."""
    steps = (step for step in treaty.steps if step.stage == "applies")
    known = (step for step in steps if step_has_come(step, by_day) or by_day.is_announced(step.refs))
    return next((step.date for step in known), None)


def _next(treaty: Treaty, status: str, steps: tuple[Step, ...]) -> Text | None:
    """How far the treaty is that is to take the place of an older one."""
    if status == "in-force-by-succession" and steps and (reached := _reached(steps)) and reached.stage != "unknown":
        return _told_of(treaty, reached)
    return None
