"""The explanation of a code."""

from __future__ import annotations

from typing import NamedTuple

from cabrief.language.text import Text


class Code(NamedTuple):
    """An explanation in both languages, with wrong YAML and the corrected YAML where an example helps."""

    text: Text
    wrong: str = ""
    right: str = ""


def explained(en: str, ja: str, wrong: str = "", right: str = "") -> Code:
    """Make the explanation of a code."""
    return Code(text=Text(en, ja), wrong=wrong, right=right)
