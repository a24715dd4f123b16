"""The command `why`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cabrief.cli.commands import report
from cabrief.cli.filters import Texts
from cabrief.cli.names import complete
from cabrief.cli.printing import tell
from cabrief.cli.trail import last_name, recall
from cabrief.errors import UsageError
from cabrief.language.text import Text, quoted, template

if TYPE_CHECKING:
    from cabrief.library.fact_base import FactBase
    from cabrief.library.results import Report


@report
def why(
    base: "FactBase",
    fact: Annotated[
        str,
        typer.Argument(
            help="Id of a fact; k3 or 3 in the last report; or the first words of a line.",
            autocompletion=complete(),
        ),
    ],
    texts: Texts = None,
) -> "Report[Any]":
    """Print why a line stands: its nature, evidence and disputes, what is derived from it, and where it is kept.

    Examples: cabrief why kz-multi-vector-policy | cabrief why jp-kz-investment.signed | cabrief why k3
    """
    printed = recall(fact)
    found = [id_ for id_ in printed if id_ in base]
    if printed:
        _compare(fact, printed, found, base)
    if fact in base and fact not in found:
        if found:  # the line that the reader has before them comes first
            en, ja = (
                "{id} is a line of the last report and the id of a fact",
                "{id}は直前の出力の行でも、事実のIDでもある",
            )
            tell(template(f"{en}: both follow", f"{ja}：両方を示す", id=fact))
        found.append(fact)
    if not found and (last := last_name(fact)) is not None:
        raise UsageError(*_no_line(fact, last))
    return base.why(found or fact, texts=texts)


def _compare(name: str, printed: dict[str, Any], found: list[str], base: "FactBase") -> None:
    """Say so where the facts behind a line of the last report are not those that are read now."""
    if gone := [id_ for id_ in printed if id_ not in found]:
        en = "{n} stands for {id} in the last report, which is not among the facts that are read now"
        ja = "直前の出力の{n}は{id}だが、いま読んでいるfactにはない"
        hint = ": repeat its --data", "：そのときの --data を付ける"
        words = template(en + hint[0], ja + hint[1], n=name, id=quoted(gone[0]))
        if not found and name not in base:
            raise UsageError(*words)
        tell(words)
    now = base.base.fingerprints(found)
    if other := [id_ for id_ in found if printed[id_] not in (None, now.get(id_))]:
        en = "{id} has changed since the last report, or was read there from other --data: what follows is as it reads now"
        ja = "{id}は直前の出力の後に変わったか、そのときの --data が違う。以下はいまの内容"
        tell(template(en, ja, id=quoted(other[0])))


def _no_line(name: str, last: str) -> Text:
    """What to tell of the short name of a line that the last report does not have; `last` is the last that it has."""
    if last:
        en, ja = "the last report has no line {n}: its last one is {last}", "直前の出力に{n}はない。最後は{last}"
    else:
        en = (
            "no report with such names was printed: lines on a terminal have k1, k2 …, notes in a pipe or a file 1, 2 …"
        )
        ja = "そのような番号の出力がない。端末の行はk1、k2…、パイプやファイルの注は1、2…"
    return template(en, ja, n=name, last=last)
