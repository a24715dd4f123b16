"""The command `search`."""

from typing import Annotated

import typer

from cabrief.cli.commands import report
from cabrief.cli.names import choose, resolve_names
from cabrief.cli.options import Countries, Kinds
from cabrief.document import Document
from cabrief.errors import NothingFound
from cabrief.language.text import Text, join, quoted, same, template
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
) -> "Document":
    """Find names and statements that have every word; what is named outright comes first.

    Examples: cabrief search 回廊 | cabrief search uranium | cabrief search 税 --kind treaty
    """
    found = page.view(
        base,
        as_of,
        words,
        kinds=choose(kinds, by_singular(), "kind"),
        countries=resolve_names(base, countries, "countries"),
    )
    if not found.rows:
        near = [same(id_) for id_ in base.near(" ".join(words))]
        beside = template("; near it: {ids}", "近いもの：{ids}", ids=join(near)) if near else Text("", "")
        en, ja = "nothing has {words}{near}", "{words}を含むものはない。{near}"
        raise NothingFound(template(en, ja, words=quoted(" ".join(words)), near=beside))
    return found
