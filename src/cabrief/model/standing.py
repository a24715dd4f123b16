"""How a treaty stands on a day, derived from its dated steps alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from cabrief.language.dates import bounds, has_come, within_text
from cabrief.language.text import Text, join, template
from cabrief.model.by_day import ByDay
from cabrief.model.frozen import Frozen
from cabrief.model.kinds.treaties import STAGES, NextStep, Step, Treaty
from cabrief.model.record import Ref, label
from cabrief.model.searches import searched_on, unsearched

IN_FORCE = ("in-force", "in-force-by-succession")
COMING = {  # how it is said that a step is to be taken
    "signed": ("{t} to be signed {d}", "{t}：{d}署名予定"),
    "ratified": ("{t} to be ratified {d}", "{t}：{d}批准予定"),
    "in-force": ("{t} enters into force {d}", "{t}：{d}発効"),
    "applies": ("{t} applies provisionally from {d}", "{t}：{d}から暫定適用"),
}
NOT_UNDER_WAY = ("unknown", "none", "in-force", "terminated")
_STATUS = {"applies": "applies-provisionally"}  # stages that are no status of their own


class Standing(Frozen):
    """How a type of treaty stands with a country on a day."""

    type: str
    country: str
    status: str
    treaty: Treaty | None = None
    predecessor: Treaty | None = None
    older: Treaty | None = None  # the one that applies by succession, or until the one in force is applied
    steps: tuple[Step, ...] = ()  # those that have come by the day, of the country's own treaty
    since: Step | None = None
    announced: Text | None = None  # what was announced for days ahead of the treaty of the row
    entering: Text | None = None  # that what comes in the place of one in force enters into force
    successor: Text | None = None  # how far another treaty is, `beside` by its id, that is to replace one in force
    beside: str = ""
    ahead_refs: tuple[Ref, ...] = ()  # the evidence of what was announced, as far as it was out
    # what is under way by the fact file, of this and of the treaties beside it
    noted: tuple[tuple[Treaty, NextStep], ...] = ()
    underway: Text | None = None  # how far the treaty is that is to take the place of an older one
    ends: str | None = None  # date ahead on which the treaty that applies ends, where that was announced
    applies_from: str | None = None  # date from which a treaty in force is applied, also one ahead that was announced
    enters: str | None = None  # date on which the country's own treaty enters into force, where that was announced
    refs: tuple[Ref, ...] = ()

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
    def next_step(self) -> Text | None:
        """What is to come, and what is under way; None where nothing is known to be."""
        notes = [self.named(treaty, noted.text) for treaty, noted in self.noted]
        told = [each for each in (self.announced, self.successor, self.underway, *notes) if each]
        return join(told, "; ", "、") if told else None

    def named(self, treaty: Treaty, words: Text) -> Text:
        """Words on what is under way of a treaty, with its name if it is not that of the row."""
        return words if treaty is self.treaty else template("{t}: {w}", "{t}：{w}", t=label(treaty), w=words)

    @property
    def told_by(self) -> tuple[str, ...]:
        """Ids of the treaties that the status follows from."""
        older = self.predecessor if self.status == "in-force-by-succession" else None
        return tuple(treaty.id for treaty in (self.treaty, older) if treaty)

    @property
    def looked(self) -> Step | None:
        """The last search that found nothing newer than the step that the treaty has reached."""
        reached = bounds(self.since.date)[0] if self.since else ""
        searches = (step for step in reversed(self.steps) if step.stage == "unknown")
        return next((step for step in searches if bounds(step.date)[1] >= reached), None)

    @property
    def in_force(self) -> bool:
        """Whether a treaty is in force; where none is, there is a gap."""
        return self.status in IN_FORCE

    def date_of(self, stage: str) -> str | None:
        """Date of the last step of a stage of the country's own treaty that has come."""
        return next((step.date for step in reversed(self.steps) if step.stage == stage), None)


def step_has_come(step: Step, by_day: ByDay) -> bool:
    """Whether a step was taken by a day; or looked for in vain, or seen not to be."""
    return by_day.has_happened(step.date, step.refs)


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
    ahead: dict[str, list[Step]]  # by the same, the steps that were announced, of those that were asked for
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
    return Cells(treaties=cells, applying=applying, by_day=by_day, come=come, moved=moved, ahead={}, told={})


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
    later = [each for each in reversed(own) if each.replaces == treaty.id] if status == "in-force" else []
    newer = next((each for each in later if _ahead(each, cells) or _is_under_way(each, cells)), None)
    found = Standing(
        type=kind,
        country=country,
        status=status,
        treaty=treaty,
        predecessor=predecessor,
        steps=steps,
        since=reached,
        applies_from=_applies_from(treaty, by_day) if status == "in-force" else None,
        refs=refs,
    )
    return _with_next(found, older_one, newer, cells)


def _with_next(found: Standing, older: Treaty | None, newer: Treaty | None, cells: Cells) -> Standing:
    """A standing with what is to come: of its own treaty, of the `older` that still applies, of the `newer` that replaces it."""
    treaty, status, by_day = found.treaty, found.status, cells.by_day
    each_once = {each.id: each for each in (treaty, newer, older) if each}.values()
    noted = tuple((each, ahead) for each in each_once if (ahead := next_known(each, by_day)))
    own = any(each is treaty for each, _ in noted)
    applying = older if status == "in-force-by-succession" else treaty
    ending = [step for step in _ahead(applying, cells) if step.stage == "terminated"]
    coming, beside = ([s for s in _ahead(each, cells) if s.stage != "terminated"] for each in (treaty, newer))
    reached = _reached(cells.come[newer.id]) if newer and not beside else None
    far = [reached] if reached and reached.stage not in NOT_UNDER_WAY else []
    told = [template("ends {d}", "{d}に終了", d=within_text(step.date)) for step in ending]
    told += [_comes(treaty, step, older if status == "in-force" else None) for step in coming if treaty]
    others = [_comes(newer, step) for step in beside if newer] + [_told_of(newer, step) for step in far if newer]
    entries = [step for step in (*coming, *beside) if step.stage == "in-force"]
    following = newer or (treaty if status == "in-force-by-succession" else None)
    steps = (*ending, *coming, *beside, *far)
    further = tuple(dict.fromkeys(ref for step in steps for ref in step.refs if by_day.is_out([ref])))
    until = status == "in-force" and any(step.stage == "applies" for step in coming)
    return found.but(
        older=found.predecessor if status == "in-force-by-succession" else older if until else None,
        announced=join(told, "; ", "、") if told else None,
        entering=_comes(following, entries[0]) if following and entries else None,
        successor=join(others, "; ", "、") if others else None,
        beside=newer.id if newer and others else "",
        noted=noted,
        underway=_next(treaty, status, found.steps) if treaty and not own and not told else None,
        ends=ending[0].date if ending else None,
        ahead_refs=further,
        enters=next((step.date for step in coming if step.stage == "in-force"), None),
        refs=tuple(dict.fromkeys((*found.refs, *(ref for _, each in noted for ref in each.refs), *further))),
    )


def _is_under_way(treaty: Treaty, cells: Cells) -> bool:
    reached = _reached(cells.come[treaty.id])
    return reached is not None and reached.stage not in NOT_UNDER_WAY


def _told_of(treaty: Treaty, step: Step) -> Text:
    return template("{t}: {s}", "{t}：{s}", t=label(treaty), s=step.as_words())


def steps_ahead(treaty: Treaty, come: Sequence[Step], by_day: ByDay) -> list[Step]:
    """Steps of a treaty that were announced, besides those that have `come` by the day."""
    taken = {id(step) for step in come}
    steps = (step for step in treaty.steps if step.stage not in ("unknown", "none") and id(step) not in taken)
    return [step for step in steps if by_day.is_announced(step.refs)]


def _ahead(treaty: Treaty | None, cells: Cells) -> list[Step]:
    if treaty is None:
        return []
    if treaty.id not in cells.ahead:
        cells.ahead[treaty.id] = steps_ahead(treaty, cells.come[treaty.id], cells.by_day)
    return cells.ahead[treaty.id]


def _comes(treaty: Treaty, step: Step, older: Treaty | None = None) -> Text:
    """That a treaty is to take a step; `older` is what applies until one in force is applied itself."""
    forms = COMING.get(step.stage, ("{t}: {s}, planned for {d}", "{t}：{s}、{d}に予定"))
    if step.stage == "applies" and any(each.stage == "in-force" for each in treaty.steps):  # else it is provisional
        forms = ("applies from {d}; until then {p}", "{d}から適用、それまでは{p}")
        forms = forms if older else ("applies from {d}", "{d}から適用")
    day, old = within_text(step.date), label(older) if older else ""
    return template(*forms, t=label(treaty), s=STAGES[step.stage], d=day, p=old)


def next_known(treaty: Treaty, by_day: ByDay) -> NextStep | None:
    """What is under way, as far as it could be told by the day; None where nothing could."""
    ahead = treaty.next_step
    if ahead is None or not is_known_ahead(ahead.as_of, ahead.text, ahead.refs, by_day):
        return None
    return ahead.but(text=unsearched(ahead.text, by_day.day))


def is_known_ahead(as_of: str | None, text: Text, refs: Sequence[Ref], by_day: ByDay) -> bool:
    """Whether what is under way could be told by the day: from its own day on, else from when its sources were out.

    The day of a search that its text ends with is not its own.
    """
    if as_of and (as_of != searched_on(text) or has_come(as_of, by_day.day)):
        return by_day.has_held(as_of, refs)
    return not refs or by_day.is_out(refs)


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
