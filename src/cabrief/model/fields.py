"""What a value of the fact files must look like, where its type alone does not say it.

A fact file is strings until read: `NO` is Norway, `010` ten. Each `Rule` reads such a string, or says what is wrong with it,
and says the same as JSON Schema for editors.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any

from cabrief.language.dates import BadDate, bounds
from cabrief.language.text import EMPTY, Text, join, quoted, same, template, unwrapped
from cabrief.language.units import MONEY, UNITS

PHRASE_LENGTH = (4, 25)


class Bad(ValueError):
    """A value that breaks a rule: the code of the problem, its words, how to mend it where that is plain, and at which key."""

    def __init__(self, code: str, message: Text, hint: Text = EMPTY, key: str = "") -> None:
        super().__init__(message.en)
        self.code, self.message, self.hint, self.key = code, message, hint, key


class Rule:
    """How to read a value of the fact files, which are strings until read: the value, or `Bad`."""

    def __init__(self, read: Callable[[Any], Any], json: dict[str, Any]) -> None:
        self.read = read
        self.json = json  # the same rule as JSON Schema, for editors


def _string(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise unexpected(value, "text", "文字列")


def unexpected(value: Any, en: str, ja: str) -> Bad:
    """The problem of a value of another type than a rule wants, which words in both languages name."""
    names = {dict: Text("a mapping", "マッピング"), list: Text("a list", "リスト"), type(None): Text("nothing", "空")}
    found = names.get(type(value)) or quoted(str(value))
    words = template(
        "expected {wanted}, found {found}", "{wanted}が必要、実際は{found}", wanted=Text(en, ja), found=found
    )
    return Bad("wrong-type", words)


LONGEST_ID = 80
LONGEST_NAME = 255  # bytes, which is as systems count
LONGEST_TEXT = 2_000  # characters: a fact is a sentence or a few
LONGEST_TITLE = 300  # characters of a name, a title or a publisher, which stand wherever something is named
LONGEST_URL = 2_000  # characters, as many as every browser and search engine takes
# single quotes, since a quote behind a backslash is no escape in the patterns of JSON Schema (ECMA-262 with the u flag)
URL = r'https?://[^\s<>"]+'
FILE_NAME = r'(?!\.)[^/\\:*?"<>|]+'
_LANGUAGES = {"en", "ja"}
FLAGS = ("true", "false")  # words that every other reader of YAML takes for something else
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)


@lru_cache(maxsize=4096)
def _is_slug(word: str) -> bool:
    """Whether a word can be an id; most stand in many places."""
    return bool(SLUG.fullmatch(word)) and len(word) <= LONGEST_ID and word not in FLAGS


def read_slug(value: Any) -> str:
    """Read an id: kebab-case, ASCII."""
    slug: str = value if type(value) is str else _string(value)
    if not _is_slug(slug):
        en = "{value} is not a valid id: use lower-case letters, digits and single hyphens"
        ja = "{value}はidとして使えない：英小文字、数字、単独のハイフンで書く"
        raise Bad("bad-id", template(en, ja, value=quoted(value)), _as_slug(value))
    return slug


def _as_slug(value: str) -> Text:
    if ":" in value or "/" in value:  # an address, not a name
        return EMPTY
    slug = "-".join(re.findall(r"[a-z0-9]+", value.lower(), re.ASCII))
    return (
        template("write {slug}", "{slug}と書く", slug=slug)
        if SLUG.fullmatch(slug) and len(slug) <= LONGEST_ID
        else EMPTY
    )


def read_path(value: Any) -> str:
    """Read an id, or a value of it behind a dot: `jp-kz-investment.signed`."""
    for part in _string(value).split(".", 1):
        read_slug(part)
    return str(value)


def read_date(value: Any) -> str:
    """Read a date of whatever precision; see `dates`."""
    try:
        bounds(_string(value))
    except BadDate as error:
        raise Bad("bad-date", error.message) from None
    except Bad as error:
        raise Bad("bad-date", error.message) from None
    return str(value)


def read_phrase(value: Any) -> str:
    """Read a short quotation: evidence of a place, not a copy of a text."""
    least, most = PHRASE_LENGTH
    if not least <= len(_string(value)) <= most:
        en = "a phrase has {least} to {most} characters, this one has {found}"
        ja = "引用句は{least}〜{most}字、これは{found}字"
        raise Bad("phrase-length", template(en, ja, least=least, most=most, found=len(value)))
    return str(value)


def read_words(value: Any) -> str:
    """Read text that says something, as one line."""
    if not _string(value).strip():
        raise Bad("empty-text", Text("the text is empty", "文が空"))
    return _one_line(value)


def _one_line(words: str, key: str = "") -> str:
    """Words in one line, if they are not too many; a `key` says in which language they are."""
    if len(words) > LONGEST_TEXT:
        en = "a text has at most {most:,} characters, this one has {found:,}"
        message = template(en, "文は{most:,}字まで、これは{found:,}字", most=LONGEST_TEXT, found=len(words))
        hint = Text("make it several facts", "いくつかの事実に分ける")
        raise Bad("text-length", message, hint, key)
    return unwrapped(words)


def read_file_name(value: Any) -> str:
    """Read the name of a file in a folder that the user names: no path, which could lead out of it."""
    if len(read_words(value).encode()) > LONGEST_NAME:
        en, ja = (
            "a file name has at most {most} bytes, this one has {found}",
            "ファイル名は{most}バイトまで、これは{found}バイト",
        )
        raise Bad("bad-file-name", template(en, ja, most=LONGEST_NAME, found=len(value.encode())))
    if not re.fullmatch(FILE_NAME, value):
        en, ja = "{value} is not a plain file name", "{value}はただのファイル名ではない"
        hint = Text("write the name alone, without a folder", "フォルダーを付けず名前だけを書く")
        raise Bad("bad-file-name", template(en, ja, value=quoted(value)), hint)
    return str(value)


def read_url(value: Any) -> str:
    """Read the address of a page."""
    if not re.fullmatch(URL, _string(value)):
        en = "{value} is not a URL: write https://…"
        raise Bad("bad-url", template(en, "{value}はページのURLではない：https://…と書く", value=quoted(value)))
    if len(value) > LONGEST_URL:
        en, ja = (
            "a URL has at most {most:,} characters, this one has {found:,}",
            "URLは{most:,}字まで、これは{found:,}字",
        )
        raise Bad("bad-url", template(en, ja, most=LONGEST_URL, found=len(value)))
    return str(value)


def read_number(value: Any) -> int | Decimal:
    """Read a plain decimal number, to its last digit; `010` is ten."""
    if not re.fullmatch(r"-?[0-9]{1,18}(\.[0-9]{1,18})?", _string(value), re.ASCII):
        raise unexpected(value, "a plain number such as 12 or 3.5", "12や3.5のような数")
    return Decimal(value) if "." in value else int(value)


def read_quantity(value: Any) -> int | Decimal | None:
    """Read a plain number, or `unknown` (None)."""
    return None if value == "unknown" else read_number(value)


def read_count(value: Any) -> int:
    """Read a whole number from 1."""
    if not re.fullmatch(r"[0-9]{1,6}", _string(value), re.ASCII) or int(value) < 1:
        raise unexpected(value, "a whole number from 1", "1以上の整数")
    return int(value)


def read_flag(value: Any) -> bool:
    """Read true or false, as YAML spells them."""
    if value not in ("true", "True", "TRUE", "false", "False", "FALSE"):
        raise unexpected(value, "true or false", "trueかfalse")
    return bool(value.lower() == "true")


def _is_line(words: Any) -> bool:
    """Whether words are one line already, and not too long."""
    return type(words) is str and "\n" not in words and len(words) <= LONGEST_TEXT and not words.isspace()


def read_text(value: Any) -> Text:
    """Read words in both languages; both must be there."""
    if not isinstance(value, dict):
        raise unexpected(value, "both languages, {en: …, ja: …}", "両言語{en: …, ja: …}")
    en, ja = value.get("en"), value.get("ja")
    if len(value) == len(_LANGUAGES) and en and ja and _is_line(en) and _is_line(ja):  # as nearly all are
        return Text(en, ja)
    unknown = sorted(set(value) - {"en", "ja"}) if value.keys() != _LANGUAGES else ()
    if unknown:
        cut = value[unknown[0]] is None  # the rest of a sentence, behind its comma
        en, ja = "{key} is not a language: use en and ja", "{key}は言語ではない：enとjaを書く"
        hint = Text("put a sentence with a comma into quotes", "コンマを含む文は引用符で囲む") if cut else EMPTY
        raise Bad("unknown-key", template(en, ja, key=quoted(unknown[0])), hint, unknown[0])
    for lang in ("en", "ja"):
        if not isinstance(value.get(lang), str) or not value[lang].strip():
            words = template("the text under {lang} is missing", "{lang}の文がない", lang=quoted(lang))
            raise Bad("missing-language", words)
    return Text(_one_line(value["en"], "en"), _one_line(value["ja"], "ja"))


def read_name(value: Any) -> Text:
    """Read words in both languages, or one string that stands for both (a title, a proper name)."""
    name = same(read_words(value)) if isinstance(value, str) else read_text(value)
    if (longest := max(len(name.en), len(name.ja))) > LONGEST_TITLE:
        en, ja = (
            "a name or a title has at most {most} characters, this one has {found:,}",
            "名称・題名は{most}字まで、これは{found:,}字",
        )
        raise Bad("text-length", template(en, ja, most=LONGEST_TITLE, found=longest))
    return name


def read_unit(value: Any) -> str | Text:
    """Read a unit that we have words for, or the words themselves in both languages."""
    if isinstance(value, dict):
        return read_text(value)
    if not isinstance(value, str) or (value not in MONEY and value not in UNITS):
        from cabrief.problems.problem import did_you_mean

        known = [*MONEY, *UNITS]
        en, ja = (
            "one of {units}, or the words themselves: {{en: …, ja: …}}",
            "{units}、または単位の言葉{{en: …, ja: …}}",
        )
        every = template(en, ja, units=join([same(unit) for unit in known]))
        hint = did_you_mean(value.lower(), known) if isinstance(value, str) else EMPTY
        words = template("{value} is not a known unit", "{value}という単位はない", value=quoted(value))
        raise Bad("unknown-value", words, hint if hint.en else every)
    return str(value)


Plain = Text | int | Decimal | bool | str | None


def read_value(value: Any) -> Plain:
    """Read what a value may be: words in both languages, a number, true or false, a date, or `unknown` (None)."""
    if isinstance(value, dict):
        return read_text(value)
    if value == "unknown":
        return None
    for read in (read_flag, read_number, read_date):
        try:
            return read(value)
        except Bad:
            continue
    raise unexpected(
        value,
        "{en: …, ja: …}, a number, a date, true, false or unknown",
        "{en: …, ja: …}、数、日付、true、false、unknownのいずれか",
    )


# The same rules for editors, which know numbers and flags from words: what is unquoted is accepted where we read it as words.
_SCALAR = {"type": ["string", "number", "boolean"]}
_WORDS = {**_SCALAR, "pattern": r"\S", "maxLength": LONGEST_TEXT}
_EN_JA = {
    "type": "object",
    "properties": {"en": _WORDS, "ja": _WORDS},
    "required": ["en", "ja"],
    "additionalProperties": False,
}
_TITLE = {**_WORDS, "maxLength": LONGEST_TITLE}
_TITLES = {**_EN_JA, "properties": {"en": _TITLE, "ja": _TITLE}}
_LEAP = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29"
_MONTH = "(?:0[1-9]|1[0-2])"
_DAY = "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
_ONE = f"(?!0000)(?:{_LEAP}|[0-9]{{4}}(?:-(?:{_DAY}|{_MONTH}))?)[~?%]?"
_DATE = {"type": ["string", "integer"], "pattern": f"^{_ONE}(?:/{_ONE})?$", "minimum": 1000, "maximum": 9999}
_NUMBER = {
    "type": ["number", "string"],
    "pattern": r"^-?[0-9]{1,18}(\.[0-9]{1,18})?$",
    "exclusiveMinimum": -(10**18),
    "exclusiveMaximum": 10**18,
}
_QUANTITY = {"anyOf": [_NUMBER, {"const": "unknown"}]}
_COUNT = {"type": ["integer", "string"], "pattern": "^(?=.*[1-9])[0-9]{1,6}$", "minimum": 1, "maximum": 999_999}
_FLAG = {"enum": [True, False, "true", "false"]}
_UNIT = {"anyOf": [{"enum": [*MONEY, *UNITS]}, _EN_JA]}
_VALUE = {"anyOf": [_EN_JA, _NUMBER, _FLAG, {"const": "unknown"}, _DATE]}
_ID = r"(?!(?:true|false)(?:\.|$))[a-z0-9]+(?:-[a-z0-9]+)*"
_SLUG_JSON = {"type": ["string", "integer"], "pattern": f"^{_ID}$", "maxLength": LONGEST_ID, "minimum": 0}
_SHORT = f"(?=[^.]{{1,{LONGEST_ID}}}(?:\\.|$))"
_PATH = {"type": ["string", "number"], "pattern": rf"^{_SHORT}{_ID}(?:\.{_SHORT}{_ID})?$", "minimum": 0}
_FILE = {**_SCALAR, "pattern": rf"^(?=.*\S){FILE_NAME}$", "maxLength": LONGEST_NAME}
_PHRASE = {
    "anyOf": [
        {"type": "string", "minLength": PHRASE_LENGTH[0], "maxLength": PHRASE_LENGTH[1]},
        {"type": "number", "minimum": 1000},
        {"type": "boolean"},
    ]
}
Slug = Annotated[str, Rule(read_slug, {**_SLUG_JSON, "examples": ["an-id"]})]
IdPath = Annotated[str, Rule(read_path, {**_PATH, "examples": ["an-id.value"]})]
Date = Annotated[
    str, Rule(read_date, {**_DATE, "examples": ["2025-12-20", "2025-12", "2025-12-19/2025-12-20", "2013~"]})
]
Phrase = Annotated[str, Rule(read_phrase, {**_PHRASE, "examples": ["words that stand there"]})]
Words = Annotated[str, Rule(read_words, {**_WORDS, "examples": ["words"]})]
Url = Annotated[
    str,
    Rule(
        read_url,
        {"type": "string", "pattern": f"^{URL}$", "maxLength": LONGEST_URL, "examples": ["https://example.org/page"]},
    ),
]
FileName = Annotated[str, Rule(read_file_name, {**_FILE, "examples": ["report.txt"]})]
Number = Annotated[int | Decimal, Rule(read_number, {**_NUMBER, "examples": [12, 3.5]})]
Quantity = Annotated[int | Decimal | None, Rule(read_quantity, {**_QUANTITY, "examples": [12, 3.5, "unknown"]})]
Count = Annotated[int, Rule(read_count, {**_COUNT, "examples": [1]})]
Flag = Annotated[bool, Rule(read_flag, {**_FLAG, "examples": [True]})]
Both = Annotated[Text, Rule(read_text, {**_EN_JA, "examples": [{"en": "In English.", "ja": "日本語で。"}]})]
Name = Annotated[
    Text, Rule(read_name, {"anyOf": [_TITLE, _TITLES], "examples": [{"en": "Name", "ja": "名称"}, "Name"]})
]
Unit = Annotated[str | Text, Rule(read_unit, {**_UNIT, "examples": ["percent", {"en": "boats", "ja": "隻"}]})]
AnyValue = Annotated[Plain, Rule(read_value, {**_VALUE, "examples": [{"en": "Value", "ja": "値"}, 12, "unknown"]})]
