"""Names as users type them: folded, so that spelling, width, case and accents do not matter."""

from __future__ import annotations

import re
import unicodedata

from cabrief.model.record import Record, kind_of

_PUNCTUATION = dict.fromkeys(i for i in range(128) if not chr(i).isalnum())
_NO_WORD = r"[\W_]+"  # marks above and below letters among them


def fold(name: str) -> str:
    """A name as it is compared: width, case, accents, spaces and punctuation do not count."""
    if name.isascii():
        return name.lower().translate(_PUNCTUATION)
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    return re.sub(_NO_WORD, "", plain)


def names(record: Record) -> set[str]:
    """Every name that a record answers to, folded; a mere statement, and a source, answers to its id alone."""
    if not kind_of(type(record)).named:
        return {fold(record.id)}
    return {fold(name) for name in record.called()} - {""}
