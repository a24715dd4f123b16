"""Names and words as the user gave them, to ids and words of closed sets; and their completion in a shell."""

from collections.abc import Callable, Iterable

from cabrief.cli.printing import tell
from cabrief.errors import UsageError
from cabrief.language.text import Text, quoted, template
from cabrief.loading.cache import open_base
from cabrief.model.kinds import kind
from cabrief.model.names import fold
from cabrief.model.record import Record, label
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
    """Complete the ids of records of some kinds, or of all; where no id begins so, names in any script."""

    def complete(incomplete: str) -> list[str]:
        base = open_base()
        records = [kind(plural).record for plural in kinds]
        ids = [id_ for id_ in base.ids(*records) if id_.startswith(incomplete.lower())]
        return ids if ids or not kinds else _names_that_begin(base, incomplete, records)

    return complete


def _names_that_begin(base: "Base", incomplete: str, kinds: list[type[Record]]) -> list[str]:
    """One name of each record that has a name which begins so; without spaces, at which a shell would break it."""
    start = fold(incomplete)
    ids = dict.fromkeys(id_ for name, id_ in base.called(*kinds) if name.startswith(start))
    found = []
    for record in base.get_all(ids).values():
        names = [*label(record), *sorted(record.called(), key=len)]
        name = next(each for each in names if fold(each).startswith(start))
        fits = name.startswith(incomplete) and not any(letter.isspace() for letter in name)
        found.append(name if fits else incomplete + fold(name)[len(start) :])
    return found


def _labels(words: "Iterable[str]") -> dict[str, str]:
    """Labels of a closed set in both languages, where it has any, and the word that each stands for."""
    pairs = words.items() if isinstance(words, dict) else ()
    return {label.lower(): word for word, text in pairs if isinstance(text, Text) for label in text}


def complete_words(words: "Callable[[], Iterable[str]]", *, several: bool = False) -> Callable[[str], list[str]]:
    """Complete the words of a closed set, or labels of it in another script; with `several`, after a comma too."""

    def complete(incomplete: str) -> list[str]:
        before, comma, last = incomplete.rpartition(",") if several else ("", "", incomplete)
        known = words()
        found = [word for word in known if word.startswith(last.lower())]
        if not found:
            found = [label for label in _labels(known) if label.startswith(last.lower()) and " " not in label]
        return [f"{before}{comma}{word}" for word in found]

    return complete


def resolve_names(base: "Base", names: Names, *kinds: str) -> tuple[str, ...]:
    """Ids of what the user named; a misspelling that can only be one of them is taken for it, and stderr says so."""
    ids = []
    for name in names or ():
        id_, exact = base.resolve(name, *(kind(plural).record for plural in kinds))
        if not exact:
            words = template("{name} is taken for {id}", "{name}を{id}とみなす", name=quoted(name), id=id_)
            tell(words)
        ids.append(id_)
    return tuple(dict.fromkeys(ids))


def choose(words: Names, allowed: "Iterable[str]", what: str) -> tuple[str, ...]:
    """Words of a closed set; where the set has labels, these are understood as well."""
    from cabrief.problems.problem import did_you_mean

    labels = _labels(allowed)
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
