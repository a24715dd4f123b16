"""The rules of facts: functions from what was read to the problems found, one module per subject.

A new rule is a new function and a line in one of the two lists. What a record and the pack alone tell is asked of every record
while its file is read; what others have to do with, of the records that `store.suspects` finds.
"""

from collections.abc import Callable, Iterator

from cabrief.checks import evidence, order, references
from cabrief.problems.problem import Problem
from cabrief.reading.loaded import Loaded

Check = Callable[[Loaded], Iterator[Problem]]
WITHIN: tuple[Check, ...] = (
    evidence.evidence,
    order.date_order,
    evidence.owners,
    evidence.sources_say_where,
    references.pack_rows,
    order.listed_twice,
)
ACROSS: tuple[Check, ...] = (
    references.dangling_ids,
    references.refs,
    references.dispute_targets,
    references.parties_to_disputes,
    references.disputes_of_one,
    evidence.same_urls,
    order.circles,
    order.replaced_types,
    references.pack_names,
    order.listed_twice_in_pack,
)
CHECKS = (*WITHIN, *ACROSS)
