"""Which language the output and the messages are in."""

import os
import sys

from cabrief.config import load_config
from cabrief.errors import CabriefError, UsageError
from cabrief.language.text import Lang, quoted


def lang_of(requested: str | None, environ: "dict[str, str]") -> Lang:
    """The language of the output: as asked for, else CABRIEF_LANG, else the locale's, else English."""
    for wish in (requested, environ.get("CABRIEF_LANG")):
        if wish:
            return "ja" if wish.lower().startswith("ja") else "en"
    locale = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    return "ja" if locale.lower().startswith("ja") else "en"


def output_language(asked: str | None) -> Lang:
    """The language of the output: as asked for, else the environment's."""
    wish = asked or os.environ.get("CABRIEF_LANG") or load_config().get("language")
    if wish and wish not in ("en", "ja"):
        shown = quoted(wish)
        raise UsageError(f"there is no language {shown.en}: en or ja", f"{shown.ja}という言語はない。enかja")
    return lang_of(wish, dict(os.environ))


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
