"""What is wrong with a fact file, as values: collected and sorted, never raised inside the facts; `printing` prints them."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from cabrief.language.text import EMPTY, Lang, Text, clean, join, quoted, same, template

PLACES = 3  # of one problem, told by name
LONGEST = 100  # characters of a word that can be a misspelling
MOST_COMPARED = 100  # words that are held against it letter by letter
SHORTEST = 3  # characters of a beginning that tells what was meant


class Where(NamedTuple):
    """A place in a file; line and column count from 1, 0 for the file as a whole.

    `end` is the column behind the last character that is meant, on the same line; 0 where only the beginning is known.
    """

    file: str
    line: int = 0
    column: int = 0
    end: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Problem(NamedTuple):
    """One thing that is wrong: where, which rule, what was found and what was expected, and how to mend it.

    Problems of one code that are `about` the same thing, a name that is misspelt once and used in many places, are one
    problem; `also` holds the other places.
    """

    where: Where
    code: str
    message: Text
    hint: Text = EMPTY
    about: str = ""
    also: tuple[Where, ...] = ()

    @property
    def level(self) -> Literal["error", "warning"]:
        """Whether nothing can be answered before it is mended."""
        from cabrief.problems.warning_codes import WARNING_CODES

        return "warning" if self.code in WARNING_CODES else "error"

    def __str__(self) -> str:
        return self.words("en")

    def words(self, lang: Lang) -> str:
        """The problem as one line: `file:line:column: code: message (hint)`; of a warning, `warning: ` before the code."""
        level = "" if self.level == "error" else "warning: "
        brackets = "（{}）" if lang == "ja" else " ({})"
        hint = brackets.format(self.hint.pick(lang)) if self.hint.en else ""
        return clean(f"{self.where}: {level}{self.code}: {self.message.pick(lang)}{hint}{elsewhere(self).pick(lang)}")


def elsewhere(problem: Problem) -> Text:
    """How many other places have the same problem, and which come first."""
    if not problem.also:
        return EMPTY
    places = join([same(f"{where.file}:{where.line}") for where in problem.also[:PLACES]])
    more = len(problem.also) - PLACES
    if more > 0:
        return template("; so in {p} and {n} more places", "；ほか{p}など{m}か所", p=places, n=more, m=more + PLACES)
    return template("; so in {p}", "；ほか{p}", p=places)


def together(problems: Iterable[Problem]) -> list[Problem]:
    """Problems in the order of their places, each once; those about one thing are one."""
    found: dict[object, Problem] = {}
    places: dict[object, list[Where]] = {}
    for problem in sorted(set(problems)):
        key = (problem.code, problem.about) if problem.about else problem
        found.setdefault(key, problem)
        places.setdefault(key, []).extend((problem.where, *problem.also))
    return [problem._replace(also=tuple(sorted(places[key])[1:])) for key, problem in found.items()]


def closest(word: str, words: "list[str] | tuple[str, ...]", most: int = 1) -> list[str]:
    """The words nearest in spelling, best first, or else those that begin so; none where none is near."""
    if len(word) > LONGEST:
        return []
    from difflib import SequenceMatcher, get_close_matches
    from heapq import nlargest

    if len(words) > MOST_COMPARED:  # those with the most letters in common, which is quick to tell
        matcher = SequenceMatcher(None, "", word)

        def alike(other: str) -> float:
            matcher.set_seq1(other)
            return matcher.quick_ratio()

        near = get_close_matches(word, nlargest(MOST_COMPARED, words, key=alike), n=most, cutoff=0.6)
    else:
        near = get_close_matches(word, words, n=most, cutoff=0.6)
    return near or [each for each in words if len(word) >= SHORTEST and each.startswith(word)][:most]


def did_you_mean(word: str, words: "list[str] | tuple[str, ...]") -> Text:
    """A hint with the closest right word, or nothing."""
    near = closest(word, words)
    return template("did you mean {near}?", "{near}のことか？", near=quoted(near[0])) if near else EMPTY
