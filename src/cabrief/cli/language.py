"""Which language the messages of the command line are in."""

import os
import sys

from cabrief.errors import CabriefError
from cabrief.language.text import Lang
from cabrief.library.languages import lang_of, output_language


def message_language() -> Lang:
    """The language of messages, also where a command did not come to read its options: as a command's, read from the words."""
    words, asked = sys.argv[1:], None
    for word, following in zip(words, [*words, None][1:], strict=True):
        if word in ("--lang", "-l"):
            asked = following
        elif word.startswith(("--lang=", "-l")):
            asked = word.removeprefix("--lang=").removeprefix("-l")
    try:
        return output_language(asked)
    except CabriefError:
        return lang_of(asked, dict(os.environ))
