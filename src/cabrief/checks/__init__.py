"""The rules across facts: functions from what was read to the problems found, one module per subject.

A new rule is a new function and a line in `CHECKS`.
"""

from collections.abc import Callable, Iterator

from cabrief.checks import evidence, order, references
from cabrief.problems.problem import Problem
from cabrief.reading.loaded import Loaded

Check = Callable[[Loaded], Iterator[Problem]]
CHECKS: tuple[Check, ...] = (
    references.dangling_ids,
    references.refs,
    evidence.evidence,
    order.date_order,
    evidence.owners,
    references.dispute_targets,
    evidence.sources_say_where,
    references.pack_names,
)
