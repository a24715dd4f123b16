"""Write `src/cabrief/language/unseen.py`: the characters that a reader does not see, from Unicode's own properties.

    python tools/unseen.py

The `regex` library brings the properties of the newest Unicode. The tests hold that the module is what this prints.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import regex

MODULE = Path(__file__).parents[1] / "src" / "cabrief" / "language" / "unseen.py"
CHARACTERS = "".join(map(chr, range(0x110000)))
# Blank glyphs that Unicode counts as symbols or letters: U+2800, U+16FE4, U+1D159, and two that Python has no names for yet.
BLANKS = r"\N{BRAILLE PATTERN BLANK}\N{KHITAN SMALL SCRIPT FILLER}\N{MUSICAL SYMBOL NULL NOTEHEAD}\U00013441\U00013442"
# Selectors that have a base here; the others choose forms that no living script needs.
TAKEN = r"[\uFE00-\uFE02\uFE0E\uFE0F\U000E0100-\U000E01EF[\u180B-\u180F&&\p{Variation_Selector}]]"
CLASSES = {
    "NEVER": (
        rf"[[\p{{Cc}}\p{{Zl}}\p{{Zp}}\p{{Cs}}\p{{Cf}}\p{{DI}}{BLANKS}]--[\t\n\r\u200C\u200D]--\p{{Prepended_Concatenation_Mark}}--{TAKEN}]",
        "seen nowhere: controls, format characters, Default_Ignorable_Code_Point, blank glyphs; tabs and line ends are seen",
    ),
    "SELECTORS": (TAKEN, "variation selectors, which choose a form of the character before them"),
    "HAN": (r"\p{Unified_Ideograph}", "takes U+FE00 to U+FE02 and U+E0100 to U+E01EF"),
    "EMOJI": (r"\p{Emoji}", "takes U+FE0E and U+FE0F"),
    "MONGOLIAN": (r"[\p{Mongolian}&&\p{L}]", "takes U+180B to U+180F"),
    "JOINING": (
        r"[\p{Joining_Type=Dual_Joining}\p{Joining_Type=Right_Joining}\p{Canonical_Combining_Class=9}]",
        "letters that join, and viramas: a joiner or non-joiner may follow",
    ),
    "PICTOGRAPHS": (r"[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F]", "a joiner may stand between two of them"),
}
HEAD = '''"""Characters that a reader does not see, as the insides of regular expressions' classes.

Made by `python tools/unseen.py` from Unicode's properties: change that, not this module.
"""
'''


def ranges(pattern: str) -> Iterator[tuple[int, int]]:
    """First and last code points of the runs of characters that a class of `regex` holds."""
    found = regex.compile(pattern, regex.VERSION1)
    codes = [match.start() for match in found.finditer(CHARACTERS)]
    first = last = codes[0]
    for code in codes[1:]:
        if code != last + 1:
            yield first, last
            first = code
        last = code
    yield first, last


def spelt(code: int) -> str:
    """A character as a string literal spells it."""
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"  # noqa: PLR2004 - end of the first plane


def module() -> str:
    """The text of the module."""
    lines = [HEAD]
    for name, (pattern, meaning) in CLASSES.items():
        parts = [spelt(first) + (f"-{spelt(last)}" if last > first else "") for first, last in ranges(pattern)]
        rows = [f'    "{"".join(parts[i : i + 5])}"' for i in range(0, len(parts), 5)]
        value = f"({chr(10)}{chr(10).join(rows)}{chr(10)})" if len(rows) > 1 else rows[0].strip()
        lines.append(f"# {meaning}\n{name} = {value}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    MODULE.write_text(module(), "utf-8")
