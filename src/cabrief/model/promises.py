"""What has become of a commitment by a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from cabrief.language.dates import bounds, date_text, has_come, searched_text
from cabrief.language.text import Text, join, template
from cabrief.model.kinds.commitments import OUTCOMES, Commitment, Outcome


def last_outcome(commitment: Commitment, as_of: str) -> Outcome | None:
    """The last outcome that was on record by a day."""
    come = [outcome for outcome in commitment.outcomes if has_come(outcome.date, as_of)]
    return come[-1] if come else None


def promise_status(commitment: Commitment, as_of: str) -> tuple[str, bool]:
    """Status on a day, and whether it is overdue: due, and neither kept nor missed on record."""
    outcome = last_outcome(commitment, as_of)
    due = bool(commitment.due) and bounds(commitment.due or "")[1] < as_of
    state = outcome.status if outcome else "unknown" if due else "open"
    return state, due and state not in ("kept", "missed")


def done_in(commitment: Commitment, as_of: str, name: Callable[[str], Text]) -> Text | None:
    """Names of the countries in which the last outcome came about, where it says so; `name` finds a name by an id."""
    outcome = last_outcome(commitment, as_of)
    return join([name(id_) for id_ in outcome.countries], " and ", "と") if outcome and outcome.countries else None


def is_elsewhere(commitment: Commitment, as_of: str, country: str) -> bool:
    """Whether what became of a promise to several countries came about in others than this one, by its id."""
    outcome = last_outcome(commitment, as_of)
    return bool(country and outcome and outcome.countries and country not in outcome.countries)


def tally(promises: Iterable[Commitment], as_of: str, country: str = "") -> Text:
    """How many promises stand how on a day, in words: 4 open, 1 kept, 2 outcome unknown; 1 overdue.

    For a country, by its id, what was done in others alone is counted as done elsewhere.
    """
    states = [(*promise_status(each, as_of), is_elsewhere(each, as_of, country)) for each in promises]
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


def promise_text(commitment: Commitment, as_of: str, where: Text | None = None) -> Text:
    """The status on a day in words, with the day of its evidence; of one that is overdue, that it is.

    `where` names the countries in which it came about, if these are not all that the promise is to.
    """
    state, overdue = promise_status(commitment, as_of)
    outcome = last_outcome(commitment, as_of)
    text = template("{s} in {w}", "{w}で{s}", s=OUTCOMES[state], w=where) if where else OUTCOMES[state]
    if outcome and state == "unknown":
        text = searched_text(text, outcome.date)
    elif outcome:
        text = template("{s} (as of {d})", "{s}（{d}時点）", s=text, d=date_text(outcome.date))
    return template("overdue, {s}", "期限超過、{s}", s=text) if overdue else text
