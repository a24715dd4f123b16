"""Which language answers are in."""

import os

from cabrief.config import load_config
from cabrief.errors import UsageError
from cabrief.language.text import Lang, quoted


def lang_of(requested: str | None, environ: "dict[str, str]") -> Lang:
    """The language of the output: as asked for, else CABRIEF_LANG, else the locale's, else English."""
    for wish in (requested, environ.get("CABRIEF_LANG")):
        if wish:
            return "ja" if wish.lower().startswith("ja") else "en"
    locale = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    return "ja" if locale.lower().startswith("ja") else "en"


def output_language(asked: str | None) -> Lang:
    """The language of the output: as asked for, else the environment's; raises UsageError for one that there is not."""
    wish = asked or os.environ.get("CABRIEF_LANG") or load_config().get("language")
    if wish and wish not in ("en", "ja"):
        shown = quoted(wish)
        raise UsageError(f"there is no language {shown.en}: en or ja", f"{shown.ja}という言語はない。enかja")
    return lang_of(wish, dict(os.environ))
