"""The command `new`."""

from itertools import islice
from typing import Annotated

import typer

from cabrief.authoring.skeletons import places, record_skeleton
from cabrief.cli.filters import Texts
from cabrief.cli.names import complete_words
from cabrief.cli.options import Data, LangOption
from cabrief.cli.printing import say, tell
from cabrief.errors import NothingFound, UsageError
from cabrief.language.text import quoted, template
from cabrief.library.asking import choose
from cabrief.library.directories import directories, original_texts
from cabrief.library.languages import output_language
from cabrief.loading.cache import open_base
from cabrief.model.fields import Bad, read_phrase
from cabrief.model.kinds import by_singular
from cabrief.model.kinds.sources import Source

MOST_PLACES_TOLD = 20  # of a phrase that stands in many lines


def new(
    kind: Annotated[
        str,
        typer.Argument(help="Kind of fact, e.g. note, event, treaty.", autocompletion=complete_words(by_singular)),
    ],
    phrase: Annotated[
        str | None, typer.Option("--from-phrase", metavar="WORDS", help="Fill in the ref to where these words stand.")
    ] = None,
    texts: Texts = None,
    data: Data = None,
    lang: LangOption = None,
) -> None:
    """Print a commented skeleton of a fact, to fill in.

    Examples: cabrief new note | cabrief new event | cabrief new note --from-phrase 全方位外交 --texts originals/
    """
    speech = output_language(lang)
    (plural,) = (by_singular()[one] for one in choose([kind], list(by_singular()), "kind"))
    if phrase is None:
        say(*record_skeleton(plural, lang=speech).splitlines())
        return
    if texts is None:
        raise UsageError(
            "--from-phrase looks into the original documents: name their folder with --texts DIR",
            "--from-phrase は原文書を調べる。--texts DIR でフォルダーを指定",
        )

    try:
        read_phrase(phrase)
    except Bad as bad:
        raise UsageError(bad.message.en, bad.message.ja) from None
    base = open_base(directories(data or ()), tell)
    read = original_texts(base, texts)
    found = list(islice(places(phrase, read), MOST_PLACES_TOLD + 1))
    if unread := [card.id for card in base.find(Source) if card.document and card.id not in read]:
        names = ", ".join(unread)
        tell(
            template(
                "not read: {n}; cabrief check --texts says why",
                "読んでいない文書：{n}（理由はcabrief check --texts）",
                n=names,
            )
        )
    if not found:
        raise NothingFound(template("no document has {p}", "{p}はどの文書にもない", p=quoted(phrase)))
    say(*record_skeleton(plural, found[0], speech).removesuffix("\n").split("\n"))
    for ref in found[1:MOST_PLACES_TOLD]:
        say(f"# also in {ref.source}, line {ref.line}" if speech == "en" else f"# ほかに{ref.source}の{ref.line}行目")
    if len(found) > MOST_PLACES_TOLD:
        say("# and in more lines" if speech == "en" else "# ほかにもある")
