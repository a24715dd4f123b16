"""Names and words as the user gave them, to ids and words of closed sets; and their completion in a shell."""

import sys
from collections.abc import Callable, Iterable

from cabrief.cli.language import message_language
from cabrief.errors import UsageError
from cabrief.language.text import quoted, template
from cabrief.loading.cache import open_base
from cabrief.model.kinds import kind
from cabrief.store.base import Base

Names = list[str] | None
WHAT = {
    "kind": "種類",
    "category": "種別",
    "weight": "重さ",
    "nature": "性質",
    "status": "状況",
    "aspect": "項目",
    "grouping": "まとめ方",
    "format": "形式",
    "code": "コード",
}


def complete(*kinds: str) -> Callable[[str], list[str]]:
    """Complete the ids of some kinds of facts."""

    def complete(incomplete: str) -> list[str]:
        base = open_base()
        ids = base.ids(*(kind(plural).record for plural in kinds))
        return [id_ for id_ in ids if id_.startswith(incomplete.lower())]

    return complete


def resolve_names(base: "Base", names: Names, *kinds: str) -> tuple[str, ...]:
    """Ids of what the user named; a misspelling that can only be one of them is taken for it, and stderr says so."""
    ids = []
    for name in names or ():
        id_, exact = base.resolve(name, *(kind(plural).record for plural in kinds))
        if not exact:
            words = template("{name} is taken for {id}", "{name}を{id}とみなす", name=quoted(name), id=id_)
            print(f"cabrief: {words.pick(message_language())}", file=sys.stderr)
        ids.append(id_)
    return tuple(dict.fromkeys(ids))


def choose(words: Names, allowed: "Iterable[str]", what: str) -> tuple[str, ...]:
    """Words of a closed set; where the set has labels, these are understood as well."""
    from cabrief.problems.problem import did_you_mean

    if isinstance(allowed, dict):
        labels = {label.lower(): key for key, text in allowed.items() for label in text}
        words = [labels.get(word.lower(), word) for word in words or ()]
    allowed = list(allowed)
    for word in words or ():
        if word not in allowed:
            hint, listed = did_you_mean(word, allowed), ", ".join(allowed)
            shown = quoted(word)
            raise UsageError(
                f"there is no {what} {shown.en}; {hint.en + ' ' if hint.en else ''}known: {listed}",
                f"{shown.ja}という{WHAT.get(what, what)}はない。{hint.ja}選べるもの：{listed}",
            )
    return tuple(words or ())
