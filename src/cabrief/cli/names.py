"""Completion of names and words in a shell."""

import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import typer

from cabrief.cli import COMPLETION
from cabrief.library.asking import labels_of
from cabrief.library.directories import directories
from cabrief.loading.cache import ask
from cabrief.model.kinds import kind
from cabrief.model.names import fold
from cabrief.model.record import Record, label
from cabrief.store.base import Base

Names = list[str] | None
# What may mean more than itself to a shell: spaces, and of ASCII all that is no letter, digit or one of a few signs.
_MEANS_MORE = r"[\s\x00-\x7f](?<![A-Za-z0-9._+-])"


def complete(*kinds: str) -> Callable[[typer.Context, str], list[str]] | None:
    """Complete the ids of records of some kinds, or of all; where no id begins so, names in any script.

    The facts are those that the command would read: the configuration's, the environment's and those of `--data`. None where
    no shell asks: Typer looks into each function that completes something, which takes longer than to read a command line.
    """
    if COMPLETION not in os.environ:
        return None

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        records = [kind(plural).record for plural in kinds]

        def offered(base: Base) -> list[str]:
            ids = [id_ for id_ in base.ids(*records) if id_.startswith(incomplete.lower())]
            return ids if ids or not kinds else _names_that_begin(base, incomplete, records)

        return ask(offered, directories(Path(each) for each in ctx.params.get("data") or ()))

    return complete


def _names_that_begin(base: "Base", incomplete: str, kinds: list[type[Record]]) -> list[str]:
    """One name of each record that has a name which begins so, as far as a shell takes it for one plain word.

    Shells evaluate what they are offered: a name with `$(…)` in it would run.
    """
    start = fold(incomplete)
    begun = {id_: name for name, id_ in base.called(*kinds) if name.startswith(start)}
    found = []
    for record in base.get_all(begun).values():
        names = [*label(record), *sorted(record.called(), key=len)]
        name = next((each for each in names if fold(each).startswith(start)), "")  # none where its numbers are words
        fits = name.startswith(incomplete) and not re.search(_MEANS_MORE, name)
        found.append(name if fits else incomplete + (fold(name) or begun[record.id])[len(start) :])
    return [name for name in found if not re.search(_MEANS_MORE, name.removeprefix(incomplete))]


def complete_words(words: "Callable[[], Iterable[str]]", *, several: bool = False) -> Callable[[str], list[str]] | None:
    """Complete the words of a closed set, or labels of it in another script; with `several`, after a comma too.

    None where no shell asks.
    """
    if COMPLETION not in os.environ:
        return None

    def complete(incomplete: str) -> list[str]:
        before, comma, last = incomplete.rpartition(",") if several else ("", "", incomplete)
        known = words()
        found = [word for word in known if word.startswith(last.lower())]
        if not found:
            found = [label for label in labels_of(known) if label.startswith(last.lower()) and " " not in label]
        return [f"{before}{comma}{word}" for word in found]

    return complete
