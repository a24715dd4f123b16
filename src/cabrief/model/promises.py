"""What has become of a commitment by a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from cabrief.language.dates import bounds, date_text, has_come, searched_text
from cabrief.language.text import Text, join, template
from cabrief.model.by_day import ByDay
from cabrief.model.kinds.commitments import OUTCOMES, Commitment, Outcome

DONE = ("kept", "partly", "missed")


def last_outcome(commitment: Commitment, by_day: ByDay) -> Outcome | None:
    """The last outcome that was on record by a day.

    That somebody searched and found nothing takes back nothing that was done before.
    """
    come = sorted((each for each in commitment.outcomes if _is_known(each, by_day)), key=lambda each: bounds(each.date))
    reported = [each for each in come if each.status != "unknown"]
    found = reported if any(each.status in DONE for each in reported) else come
    return found[-1] if found else None


def _is_known(outcome: Outcome, by_day: ByDay) -> bool:
    if outcome.status == "unknown":  # its date is that of the search
        return has_come(outcome.date, by_day.day)
    return by_day.has_happened(outcome.date, outcome.refs)


def promise_status(commitment: Commitment, by_day: ByDay) -> tuple[str, bool]:
    """Status on a day, and whether it is overdue: due, and neither kept nor missed on record."""
    outcome = last_outcome(commitment, by_day)
    due = bool(commitment.due) and bounds(commitment.due or "")[1] < by_day.day
    state = outcome.status if outcome else "unknown" if due else "open"
    return state, due and state not in ("kept", "missed")


def done_in(commitment: Commitment, by_day: ByDay, name: Callable[[str], Text]) -> Text | None:
    """Names of the countries in which the last outcome came about, where it says so; `name` finds a name by an id."""
    outcome = last_outcome(commitment, by_day)
    return join([name(id_) for id_ in outcome.countries], " and ", "と") if outcome and outcome.countries else None


def is_elsewhere(commitment: Commitment, by_day: ByDay, country: str) -> bool:
    """Whether what became of a promise to several countries came about in others than this one, by its id."""
    outcome = last_outcome(commitment, by_day)
    return bool(country and outcome and outcome.countries and country not in outcome.countries)


def tally(promises: Iterable[Commitment], by_day: ByDay, country: str = "") -> Text:
    """How many promises stand how on a day, in words: 4 open, 1 kept, 2 outcome unknown; 1 overdue.

    For a country, by its id, what was done in others alone is counted as done elsewhere.
    """
    states = [(*promise_status(each, by_day), is_elsewhere(each, by_day, country)) for each in promises]
    told = [
        template(
            "{n} {s} in another country" if away else "{n} {s}", "他国で{s}{n}件" if away else "{s}{n}件", n=n, s=words
        )
        for state, words in OUTCOMES.items()
        for away in (False, True)
        if (n := sum(mine == state and other == away for mine, _, other in states))
    ]
    late = sum(overdue for _, overdue, _ in states)
    text = join(told)
    return template("{t}; {n} overdue", "{t}、うち期限超過{n}件", t=text, n=late) if late else text


def promise_text(commitment: Commitment, by_day: ByDay, where: Text | None = None) -> Text:
    """The status on a day in words, with the day of its evidence; of one that is overdue, that it is.

    `where` names the countries in which it came about, if these are not all that the promise is to.
    """
    state, overdue = promise_status(commitment, by_day)
    outcome = last_outcome(commitment, by_day)
    text = template("{s} in {w}", "{w}で{s}", s=OUTCOMES[state], w=where) if where else OUTCOMES[state]
    if outcome and state == "unknown":
        text = searched_text(text, outcome.date)
    elif outcome:
        text = template("{s} (as of {d})", "{s}（{d}時点）", s=text, d=date_text(outcome.date))
    return template("overdue, {s}", "期限超過、{s}", s=text) if overdue else text
