"""What has happened since the summit of the pack."""

from __future__ import annotations

from collections.abc import Sequence

from cabrief.document import Cell
from cabrief.language.dates import bounds, date_text, has_begun
from cabrief.language.text import Text, template, unstopped
from cabrief.model.happened import UNREPORTED, event_status
from cabrief.model.kinds.commitments import Commitment, Outcome
from cabrief.model.kinds.events import Event
from cabrief.model.kinds.treaties import STAGES, Treaty
from cabrief.model.promises import DONE, promise_fate
from cabrief.model.record import Fact, label
from cabrief.model.searches import unsearched
from cabrief.model.standing import step_has_come
from cabrief.reports.desk import plain
from cabrief.reports.pages.building import Page, is_over

# dated later: what has a month alone may have been before
NOTHING_AFTER = Text(
    "No meeting dated later and no result of a promise on record that is linked to it.",
    "これに結び付く、その後の日付の会合も、約束の結果も、記録なし。",
)
NOTHING_ON_TOPIC = (
    "No meeting with {h} on this topic that is dated later, and no result of a promise, on record.",
    "このテーマについての{h}との会合でその後の日付のものも、約束の結果も、記録なし。",
)
NOTHING_SINCE = Text(
    "No meeting dated later, and no result of its promises, on record.",
    "その後の日付の会合も、約束の結果も、記録なし。",
)


def since_summit(
    page: Page, events: Sequence[Event], promises: Sequence[Commitment], start: str | None = None
) -> Cell | None:
    """The newest that has happened since the summit, an event with the host or an outcome of a promise.

    Since another ISO day, if one is given; then events of others count as well.
    """
    host, start = (page.pack.host, page.summit_day) if start is None else ("", start)
    after = [e for e in events if is_over(e, page.desk.by_day) and bounds(e.date or "0001")[0] > start]
    after = [e for e in after if event_status(e, page.desk.by_day) not in UNREPORTED]
    # what others do is not what has come of the summit
    after = [e for e in after if not host or host in (*e.actors, e.host)]
    after = [e for e in after if e.status == "held" and e.weight != "low"] or after
    moved = [
        (outcome, each)
        for each in promises
        if (outcome := promise_fate(each, page.desk.by_day).last)
        and outcome.status in DONE
        and page.desk.by_day.when(outcome.date, outcome.refs) > start
    ]
    newest = max(after, key=lambda event: _when(page, event), default=None)
    last = max(moved, key=lambda each: _when(page, each[0]), default=None)
    if last and (newest is None or _when(page, last[0]) > _when(page, newest)):
        outcome, promise = last
        page.printed.add(promise.id)
        text = template(
            "{t} ({d})", "{t}（{d}）", t=unstopped(unsearched(outcome.text, page.desk.as_of)), d=date_text(outcome.date)
        )
        number = next(n for n, each in enumerate(promise.outcomes, start=1) if each is outcome)
        id_ = f"{promise.id}.outcome-{number}"
        return Cell(text=text, id=id_, refs=outcome.refs, disputes=page.desk.disputes(id_))
    if newest is None:
        return None
    page.printed.add(newest.id)
    return page.moment(newest)


def newest_told(page: Page, facts: Sequence[Fact]) -> Cell | None:
    """The newest of some facts that is dated after the summit, in its short form with its date."""
    start, day = page.summit_day, page.desk.as_of
    later = [f for f in facts if f.date and has_begun(f.date, day) and bounds(f.date)[0] > start and f.nature != "plan"]
    if not later:
        return None
    newest = max(later, key=lambda fact: bounds(fact.date or "0001")[0])
    page.printed.add(newest.id)
    cell = page.cell(newest)
    return cell.but(text=template("{t} ({d})", "{t}（{d}）", t=unstopped(cell.text), d=date_text(newest.date or "")))


def since_line(page: Page, moved: Cell | None, nothing: Text = NOTHING_SINCE) -> Cell | None:
    """What is told of the time since the summit, or that nothing is; None for nothing since one not known to have been held."""
    if moved:
        return moved
    summit, desk = page.summit, page.desk
    held = not summit or (page.summit_day < desk.as_of and event_status(summit, desk.by_day) not in UNREPORTED)
    return plain(nothing) if held else None


def _when(page: Page, what: Event | Outcome) -> str:
    """The last day on which an event or an outcome may have come about."""
    return page.desk.by_day.when(what.date or "0001", what.refs)


def _day_of(page: Page, id_: str) -> str:
    """The last day on which an event, or an outcome by its id, may have come about."""
    whole, _, part = id_.partition(".outcome-")
    record = page.desk.base.get(whole)
    return _when(page, record.outcomes[int(part) - 1] if part else record)


def newer_step(page: Page, moved: Cell | None, since: str, treaties: Sequence[Treaty] | None = None) -> Cell | None:
    """The latest step of a treaty with the host after an ISO day, if it came later than an event or an outcome, else that.

    Of some treaties, or of all.
    """
    desk = page.desk
    day = max(_day_of(page, moved.id), since) if moved and moved.id else since
    steps = [
        (bounds(step.date)[0], treaty, step, name)
        for treaty in (desk.find(Treaty) if treaties is None else treaties)
        for step, name in zip(treaty.steps, treaty.step_names(), strict=True)
        if step.stage in ("signed", "in-force", "terminated")
        and step_has_come(step, desk.by_day)
        and bounds(step.date)[0] > day
    ]
    if not steps:
        return moved
    if moved and moved.id:  # it may stand elsewhere on the page
        page.printed.discard(moved.id.partition(".")[0])
    _, treaty, step, name = max(steps, key=lambda each: each[0])
    text = template("{t}: {s} ({d})", "{t}：{s}（{d}）", t=label(treaty), s=STAGES[step.stage], d=date_text(step.date))
    return Cell(text=text, id=treaty.id, refs=step.refs, disputes=desk.disputes(f"{treaty.id}.{name}"))
