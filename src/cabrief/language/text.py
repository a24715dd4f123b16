"""Text in both languages. Nothing here chooses a language: a `Text` carries both, and a renderer picks one."""

import re
from typing import Literal, NamedTuple

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


def cut(words: str) -> str:
    """Words as far as a line has room for them."""
    return words if len(words) <= LONGEST_QUOTED else words[: LONGEST_QUOTED - 1] + "…"


def quoted(words: object) -> Text:
    """Words as they were found, in quotes and cut to a line; what cannot be seen is escaped."""
    shown = repr(cut(words) if isinstance(words, str) else words)
    return Text(shown, f"「{shown[1:-1] if isinstance(words, str) else shown}」")


def join(texts: "tuple[Text, ...] | list[Text]", en: str = ", ", ja: str = "、") -> Text:
    """Texts in a row, with each language's own comma between."""
    return Text(en.join(text.en for text in texts), ja.join(text.ja for text in texts))


def template(en: str, ja: str, **words: Text | str | int) -> Text:
    """A sentence with places to fill; a `Text` gives each language its own words."""
    pick = {lang: {k: w.pick(lang) if isinstance(w, Text) else w for k, w in words.items()} for lang in LANGS}
    return Text(en.format(**pick["en"]), ja.format(**pick["ja"]))


# what steers a terminal, turns text around or is not seen at all; joiners, which some scripts need, are let through
UNPRINTABLE = (
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def clean(words: str) -> str:
    """Words as the characters they are: line breaks become spaces, what steers a terminal or turns text a visible mark."""
    if words.isprintable():
        return words
    return re.sub(UNPRINTABLE, "\ufffd", " ".join(words.split()))


def escaped(json: str) -> str:
    """JSON with whatever is not seen spelt out; control characters it escapes by itself."""
    from json import dumps

    return re.sub(UNPRINTABLE.replace("\x00-\x1f", ""), lambda match: dumps(match[0])[1:-1], json)
