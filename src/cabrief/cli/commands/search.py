"""The command `search`."""

from functools import partial
from typing import Annotated

import typer

from cabrief.cli.commands import report
from cabrief.cli.names import choose, resolve_names
from cabrief.cli.options import Countries, Kinds
from cabrief.cli.printing import tell
from cabrief.document import Document
from cabrief.errors import NothingFound
from cabrief.language.text import EMPTY, join, quoted, same, template
from cabrief.model.kinds import by_singular
from cabrief.reports import search as page
from cabrief.store.base import Base


@report
def search(
    base: "Base",
    as_of: str,
    words: Annotated[list[str], typer.Argument(help="Words, in either language, in any spelling.")],
    kinds: Kinds = None,
    countries: Countries = None,
    everything: Annotated[bool, typer.Option("--all", help="Every hit, not the first ten.")] = False,
) -> "Document":
    """Find names and statements that have every word; what is named outright comes first.

    Examples: cabrief search 回廊 | cabrief search uranium | cabrief search 税 --kind treaty
    """
    find = partial(
        page.view,
        base,
        as_of,
        kinds=choose(kinds, by_singular(), "kind"),
        countries=resolve_names(base, countries, "countries"),
        everything=everything,
    )
    found = find(words)
    if not found.rows:
        from cabrief.store.queries import by_sound, parted, taken_for

        parts = parted(words)
        if parts != words and (cut := find(parts)).rows:
            tell(taken_for([(" ".join(words), " ".join(parts))])[0])
            return cut
        heard = by_sound(base, words, page.sentences(base, as_of))
        notes = taken_for(heard)
        found = find([meant for _, meant in heard]) if notes else found
        for note in notes if found.rows else []:
            tell(note)
    if not found.rows:
        near = [same(id_) for id_ in base.near(" ".join(words))]
        beside = template("; near it: {ids}", "近いもの：{ids}", ids=join(near)) if near else EMPTY
        en, ja = "nothing has {words}{near}", "{words}を含むものはない。{near}"
        raise NothingFound(template(en, ja, words=quoted(" ".join(words)), near=beside))
    return found
