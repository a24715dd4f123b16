"""What has become of a commitment by a day."""

from __future__ import annotations

from cabrief.language.dates import bounds, has_come
from cabrief.model.kinds.commitments import Commitment, Outcome


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
