"""Coverage-guided fuzzing of arguments: days, phrases that are looked for in lines, and endings of files.

    pip install atheris && python tests/fuzz/arguments.py -runs=1000000 CORPUS

Whatever the words: what is asked for, or a message in both languages. The first byte picks the argument.
"""

import re
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["cabrief"]):
    from cabrief.authoring.evidence import HEAD, MOST_PLACES, find_phrases
    from cabrief.cli.output import OutputOptions
    from cabrief.errors import UsageError
    from cabrief.formats import ENDINGS
    from cabrief.language.dates import bounds, date_text
    from cabrief.library.days import read_day
    from cabrief.model.fields import PHRASE_LENGTH

LONGEST = 400
MANY = 10_000  # days that the program remembers before it forgets them all


def day(words: str) -> None:
    """A day is read once and for all, and can be told; or the message says what would be one."""
    try:
        found = read_day(words)
    except UsageError as error:
        told(error)
        return
    first, last = bounds(found)
    if not (re.fullmatch(r"\d{4}-\d\d-\d\d", first, re.ASCII) and first <= last and all(date_text(found))):
        raise AssertionError(words, found)
    if read_day(found) != found:
        raise AssertionError(words, found, read_day(found))


def phrases(words: str) -> None:
    """Phrases are found in the lines that have them, as a slow search finds them."""
    asked, *lines = words.split("\n")
    wanted = {each: {1} for each in asked.split("|") if HEAD <= len(each) <= PHRASE_LENGTH[1]}
    slow = {each: [n for n, line in enumerate(lines, start=1) if each in line][:MOST_PLACES] for each in wanted}
    found = {each: list(places) for each, places in find_phrases(lines, wanted).items()}
    if found != slow:
        raise AssertionError(asked, lines, found)


def ending(words: str) -> None:
    """The ending of a file picks the format, or the message names the endings that there are."""
    file = Path(words.replace("\0", ""))
    try:
        found = OutputOptions(output=file, format=None).format_name()
    except UsageError as error:
        told(error)
        return
    if file.suffix and found != ENDINGS[file.suffix.lower()]:
        raise AssertionError(words, found)


def told(error: UsageError) -> None:
    """A message has words in both languages, and is not endless."""
    if not all(error.message) or any("\n" in each for each in error.message if len(each) > LONGEST):
        raise AssertionError(error.message)


ARGUMENTS = (day, day, phrases, ending)


def one(raw: bytes) -> None:
    """Read one argument."""
    if bounds.cache_info().currsize > MANY:
        bounds.cache_clear()
        date_text.cache_clear()
    words = raw[1:].decode("utf-8", "surrogateescape")[:LONGEST]
    ARGUMENTS[raw[0] % len(ARGUMENTS) if raw else 0](words)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
