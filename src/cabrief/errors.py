"""What stops a command: one class of errors, each with a message in both languages and an exit code."""

from __future__ import annotations

from collections.abc import Sequence

from cabrief.language.text import EMPTY, Text, join, quoted, same, template

MOST_NAMED = 20  # names that fit into a message


def system_says(error: OSError) -> Text:
    """What the system complains of, and of which file, where it says so."""
    name = f": {error.filename}" if error.filename else ""
    why = error.strerror or type(error).__name__
    return template("the system says: {w}{n}", "システムのエラー: {w}{n}", w=why, n=name)


class CabriefError(Exception):
    """Base of the errors that are no faults of the program.

    `message` is for the user, in both languages; `exit_code` is that of the process: 1 where something was asked and the
    answer is no, 2 where the request is wrong.
    """

    exit_code = 2

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message


class UsageError(CabriefError):
    """The request is wrong; the message says how, and what would be right."""

    def __init__(self, en: str, ja: str) -> None:
        super().__init__(Text(en, ja))


class NothingFound(CabriefError):
    """A search without a result; the message offers what is near."""

    exit_code = 1


class UnknownName(CabriefError):
    """The user named something that the facts do not hold; the message offers what comes nearest, or all if they are few."""

    def __init__(
        self, name: str, kind: Text, near: Sequence[str], known: Sequence[str], elsewhere: Sequence[Text] = ()
    ) -> None:
        hint = EMPTY
        if elsewhere:
            hint = template(" There is: {found}.", "あるのは{found}。", found=join(list(elsewhere)))
        elif near:
            hint = template(
                " Did you mean {ids}?", "{ids}のことか？", ids=join([same(id_) for id_ in near], " or ", "か")
            )
        elif len(known) <= MOST_NAMED:
            hint = template(" Known: {ids}.", "あるのは{ids}。", ids=join([same(id_) for id_ in known]))
        en, ja = "there is no {kind} {name}.{hint}", "{name}という{kind}はない。{hint}"
        super().__init__(template(en, ja, kind=kind, name=quoted(name), hint=hint))
        self.name, self.kind, self.near, self.known = name, kind, near, known
