"""Text in both languages. Nothing here chooses a language: a `Text` carries both, and a renderer picks one."""

import re
import reprlib
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cache
from typing import Literal, NamedTuple

from cabrief.language import unseen

Lang = Literal["en", "ja"]
LANGS: tuple[Lang, ...] = ("en", "ja")


class Text(NamedTuple):
    """The same words in English and Japanese."""

    en: str
    ja: str

    def pick(self, lang: Lang) -> str:
        """The words in one language."""
        return self.ja if lang == "ja" else self.en


EMPTY = Text("", "")
LONGEST_QUOTED = 80  # characters of somebody's words in a message


def same(words: str) -> Text:
    """A text that reads alike in both languages: a name, an id, a code."""
    return Text(words, words)


def cut(words: str, most: int = 0) -> str:
    """Words as far as a line has room for them, or to so many characters."""
    most = most or LONGEST_QUOTED
    return words if len(words) <= most else words[: most - 1] + "…"


def quoted(words: object) -> Text:
    """Words as they were found, in quotes and cut to a line; what cannot be seen is escaped."""
    shown = repr(cut(words)) if isinstance(words, str) else reprlib.repr(words)  # it may be nested deeply
    return Text(shown, f"「{shown[1:-1] if isinstance(words, str) else shown}」")


def join(texts: "tuple[Text, ...] | list[Text]", en: str = ", ", ja: str = "、") -> Text:
    """Texts in a row, with each language's own comma between."""
    return Text(en.join(text.en for text in texts), ja.join(text.ja for text in texts))


def sentence(text: Text) -> Text:
    """Words as a sentence: with a capital, and a full stop."""
    return Text(f"{text.en[:1].upper()}{text.en[1:]}.", f"{text.ja}。")


def unstopped(text: Text) -> Text:
    """A sentence without its full stop, to stand in a row or before a bracket."""
    return Text(text.en if text.en.endswith("..") else text.en.removesuffix("."), text.ja.rstrip("。"))


def template(en: str, ja: str, **words: Text | str | int) -> Text:
    """A sentence with places to fill; a `Text` gives each language its own words."""
    pick = {lang: {k: w.pick(lang) if isinstance(w, Text) else w for k, w in words.items()} for lang in LANGS}
    return Text(en.format(**pick["en"]), ja.format(**pick["ja"]))


# What a reader does not see, or what steers a terminal or turns text around. A joiner or a variation selector may follow a
# character that takes it, once; tabs and line ends are seen.
UNPRINTABLE = "|".join(
    (
        f"[{unseen.NEVER}]",
        f"(?<![{unseen.HAN}])[\ufe00-\ufe02\U000e0100-\U000e01ef]",
        f"(?<![{unseen.EMOJI}])[\ufe0e\ufe0f]",
        f"(?<![{unseen.MONGOLIAN}])[\u180b-\u180d\u180f]",
        f"(?<![{unseen.JOINING}])\u200c",
        f"(?<![{unseen.JOINING}{unseen.PICTOGRAPHS}])\u200d",
        f"(?<![{unseen.JOINING}])\u200d(?![{unseen.PICTOGRAPHS}])",
    )
)


def in_ranges(ranges: str) -> Callable[[str], bool]:
    """Whether a character is in a class of a regular expression, given by its inside: ranges, none of which overlap.

    A class of many ranges takes 2 to 5 ms to compile; this takes nothing, and is as quick for a text whose characters are known.
    """
    edges: list[int] = []

    @cache
    def inside(character: str) -> bool:
        if not edges:
            edges.extend(sorted(_edges(ranges)))
        return bisect_right(edges, ord(character)) % 2 == 1

    return inside


def _edges(ranges: str) -> Iterator[int]:
    """Where each range begins, and where the characters after it do."""
    at = 0
    while at < len(ranges):
        last = at + 2 if ranges[at + 1 : at + 2] == "-" else at
        yield ord(ranges[at])
        yield ord(ranges[last]) + 1
        at = last + 1


_is_suspect = in_ranges(f"{unseen.NEVER}{unseen.SELECTORS}\u200c-\u200d")


_USUAL = bytes((9, 10, 13, *range(0x20, 0x7F)))  # printable characters of ASCII, which most files mostly are


def _has_suspect(words: str) -> bool:
    """Whether some character is unprintable or may be, which is quick to tell, and nearly always false."""
    unusual = words.encode("utf-8", "surrogatepass").translate(None, _USUAL).decode("utf-8", "surrogatepass")
    return any(map(_is_suspect, set(unusual)))


def unprintable(words: str) -> Iterator[re.Match[str]]:
    """Every unprintable character of some words, in their order."""
    if _has_suspect(words):
        yield from re.finditer(UNPRINTABLE, words)


def visible(words: str) -> str:
    """Words, of many lines perhaps, with a visible mark for each unprintable character."""
    return re.sub(UNPRINTABLE, "\ufffd", words) if _has_suspect(words) else words


def clean(words: str) -> str:
    """Words in one line as the characters they are: line ends and tabs become spaces, what is unprintable a visible mark."""
    if not words.isprintable():
        words = re.sub(r"(?<![ \t])[ \t]*[\t\n\r\u2028\u2029]\s*", " ", words)
    return words if words.isascii() and words.isprintable() else visible(words)


def xml_words(words: str) -> str:
    """Words in one line as XML can hold them, which knows two characters fewer."""
    return re.sub("[\ufffe\uffff]", "\ufffd", clean(words))


def escaped(json: str) -> str:
    """JSON with whatever is unprintable spelt out; most control characters it escapes by itself."""
    from json import dumps

    return re.sub(UNPRINTABLE, lambda match: dumps(match[0])[1:-1], json) if _has_suspect(json) else json


def unwrapped(words: str) -> str:
    """Words in one line: between East Asian characters a line end stands for nothing, elsewhere for a space."""
    if "\n" not in words:
        return words
    first, *rest = (line.strip() for line in words.strip().splitlines() if line.strip())
    for line in rest:
        first += line if joins(first, line) else f" {line}"
    return first


def joins(above: str, below: str) -> bool:
    """Whether two lines are read without a space between: both meet in East Asian characters, and neither is Korean.

    This is the rule of CSS Text, from the widths of UAX 11. Marks at the end belong to the character before them.
    """
    from unicodedata import category, east_asian_width, name

    ends = next((c for c in reversed(above) if not category(c).startswith("M")), ""), below[:1]
    return all(c and east_asian_width(c) in "FWH" and "HANGUL" not in name(c, "") for c in ends)
