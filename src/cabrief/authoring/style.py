"""Warnings on sentences: length, wording, order, brackets, endings, and the spelling of names.

A rule is a function of one sentence in one language; a new rule is a new function and a line in `SENTENCE_RULES`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from cabrief.authoring.spellings import Spellings, known_names
from cabrief.language.text import EMPTY, LANGS, Lang, Text, quoted, same, template
from cabrief.loading.whole import Whole
from cabrief.model.record import Place
from cabrief.model.searches import is_buried
from cabrief.problems.problem import Problem
from cabrief.reading.loaded import Entry, words_on
from cabrief.store.codec import MAPPING

SENTENCES = frozenset(("text", "held", "reason", "says"))  # keys that hold whole sentences
SUMMARIES = frozenset(("summary",))  # keys that hold a clause without a full stop
LONGEST_SENTENCE = 28  # of an English sentence

# patterns of wording to avoid, and what to write instead
DISCOURAGED: dict[Lang, tuple[tuple[str, str], ...]] = {
    "en": (
        (r"for the sake of", "for, to"),
        (r"sets? about", "begins to"),
        (r"(?<!\ba )(?<!\bthe )(?<!\bno )(?<!\bany )means to", "plans to, wants to"),
        (r"gives? its attention to", "focuses on"),
        (r"as a reader would expect", "nothing: leave it out"),
        (r"(?:is|are) wanted so that", "needs … to"),
        (r"is what has to be", "the subject first: X must be …"),
    ),
    "ja": (
        (r"裁量(?:まかせ|任せ)", "恣意的"),
        (r"をてこ(?:に|と)|てこ(?:として|となる)", "レバレッジ"),
        (r"供給の網", "供給網、サプライチェーン"),
        (r"物差し", "基準"),
        (r"危うい頼み|頼み(?:は|が)危うい", "依存のリスク"),
    ),
}
_NOT = r"(?:not|never|no|nobody|none|nothing|cannot|hardly)"
_UN = (
    r"(?:un(?:able|aware|certain|clear|common|familiar|important|known|likely|successful|usual|willing)"
    r"|impossible|improbable|incapable|ineffective|insignificant)"
)
DOUBLE_NEGATION: dict[Lang, str] = {
    "en": rf"\b{_NOT}(?: \w+){{0,2}} (?:without|not|never|{_UN})\b|\bwithout (?:not|never|no)\b",
    "ja": (
        r"(?:ない|なかった)わけで?はない|なく(?:は|も)ない|な(?:い|かった)こと[はも]ない|ないでもない"
        r"|ないとは(?:いえ|言え|限ら)ない|ずにはい(?:られ)?ない"
    ),
}
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DAY = rf"(?:\d{{1,2}}(?:[–-]\d{{1,2}})? )?{_MONTH}(?: \d{{1,2}},)?(?: \d{{4}})?|\d{{4}}"
_BEFORE = r"(?:as of|at the end of|by|during|from|in|on|since|until)"
DATE_FIRST = rf"(?:{_BEFORE} )?(?:(?:early|late|mid)[ -])?(?:{_DAY})(?![\w-])"
NESTED: dict[Lang, str] = {"en": r"\([^()]*\([^()]*\)", "ja": r"[（(][^（）()]*[（(][^（）()]*[）)]"}
# what reports write behind sentences themselves
MARKS: dict[Lang, str] = {
    "en": r"†|\[\^?\d+\]|\[[^\[\]]+\]\.?$|\((?:disputed|planned|said by|view of|as quoted by)\b[^()]*\)",
    "ja": r"†|\[\^?\d+\]|\[[^\[\]]+\]。?$|[（(](?:争点|予定)[^（）()]*[）)]|[（(][^（）()]*(?:の発言|の見方|による引用)[）)]",
}
ENDS: dict[Lang, str] = {"en": r"[.!?…][\"”’')]*", "ja": r"[。！？…][」』）]*"}
POLITE = r"(?:です|ます|でした|ました|ません|ましょう)。"
# small letters of which some stand in whatever `_odd` finds, which is far quicker to tell
SIGNS: dict[Lang, tuple[str, ...]] = {
    "en": (
        *("sake of", "set about", "sets about", "means to", "attention to", "a reader", "wanted so", "what has"),
        *("not ", "never ", "no ", "nobody ", "none ", "nothing ", "hardly ", "without ", "(", "[", "†"),
    ),
    "ja": (
        *("裁量", "てこ", "供給の網", "物差し", "危うい", "頼み", "わけはない", "わけではない", "くはない", "くもない"),
        *(
            "ことはない",
            "こともない",
            "いでもない",
            "ないとは",
            "ずにはい",
            "です",
            "ます",
            "した。",
            "せん。",
            "しょう",
        ),
        *("(", "（", "[", "†"),
    ),
}
STOPS = (".", "!", "?", "…", "。", "！", "？")
# sentences and summaries in the JSON of a build: their key and their words in both languages, escaped
IN_JSON = re.compile(
    rf'"({"|".join((*SENTENCES, *SUMMARIES))})":'
    r'\{"en":"([^"\\]*(?:\\.[^"\\]*)*)","ja":"([^"\\]*(?:\\.[^"\\]*)*)"\}'
)


class Finding(NamedTuple):
    """What a rule finds in a sentence: the code of the warning, its words, and how to mend it."""

    code: str
    message: Text
    hint: Text = EMPTY


BURIED = Finding(
    "search-not-last",
    Text(
        "that nothing was found by a day is not the last sentence in both languages, with the same day",
        "ある日までに見つからなかったことが、両言語の最後の一文になっていないか、日が違う",
    ),
    Text(
        "write it last, with one day, and as many sentences in Japanese as in English",
        "最後に一文で、同じ日を書き、文の数を両言語でそろえる",
    ),
)
SentenceRule = Callable[[str, Lang], Iterator[Finding]]


def length(words: str, lang: Lang) -> Iterator[Finding]:
    """An English sentence has at most 28 words."""
    for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z])", words) if lang == "en" else ():
        if (count := len(sentence.split())) > LONGEST_SENTENCE:
            en, ja = "{n} words in a sentence, more than {most}", "一文が{n}語で、{most}語を超える"
            hint = Text("split it: one idea per sentence", "一文一義に分ける")
            yield Finding("long-sentence", template(en, ja, n=count, most=LONGEST_SENTENCE), hint)


def wording(words: str, lang: Lang) -> Iterator[Finding]:
    """A sentence uses the usual words."""
    for pattern, instead in DISCOURAGED[lang]:
        if found := re.search(rf"\b(?:{pattern})\b" if lang == "en" else pattern, words, re.IGNORECASE):
            hint = template("instead: {instead}", "代わりに：{instead}", instead=instead)
            yield Finding("discouraged-words", template("avoid {w}", "{w}は避ける", w=quoted(found[0])), hint)


def negation(words: str, lang: Lang) -> Iterator[Finding]:
    """A sentence says what is, not what is not the contrary."""
    if found := re.search(DOUBLE_NEGATION[lang], words, re.IGNORECASE):
        said = template("double negation: {w}", "二重否定：{w}", w=quoted(found[0]))
        yield Finding("double-negation", said, Text("say it positively", "肯定文で書く"))


def brackets(words: str, lang: Lang) -> Iterator[Finding]:
    """Brackets hold no brackets."""
    if found := re.search(NESTED[lang], words):
        said = template("brackets inside brackets: {w}", "括弧の中に括弧：{w}", w=quoted(found[0]))
        yield Finding("nested-brackets", said, Text("use commas, or two sentences", "読点を使うか、二文に分ける"))


def marks(words: str, lang: Lang) -> Iterator[Finding]:
    """A sentence has no mark that reports add."""
    if found := re.search(MARKS[lang], words):
        said = template("a mark of the report's own: {w}", "報告が付ける印：{w}", w=quoted(found[0]))
        yield Finding("marks-of-reports", said, Text("leave it out, or say it in words", "省くか、言葉で書く"))


def order(words: str, lang: Lang) -> Iterator[Finding]:
    """An English sentence begins with its subject, not with a date."""
    if lang == "en" and (found := re.match(DATE_FIRST, words, re.IGNORECASE)):
        said = template("the sentence begins with a date, {w}", "文が日付{w}で始まる", w=quoted(found[0]))
        yield Finding("date-first", said, Text("begin with the subject", "主語から始める"))


def ending(words: str, lang: Lang) -> Iterator[Finding]:
    """A sentence ends with a full stop; Japanese is written in the plain form."""
    if not re.search(rf"{ENDS[lang]}$", words):
        hint = Text("end it with a full stop", "文末に「。」を付ける")
        yield Finding("sentence-ending", Text("the sentence has no full stop", "文末に句点がない"), hint)
    elif lang == "ja" and (found := re.search(POLITE, words)):
        said = template("polite form: {w}", "敬体：{w}", w=quoted(found[0]))
        yield Finding("sentence-ending", said, Text("write である, not です or ます", "である体で書く"))


def no_ending(words: str, lang: Lang) -> Iterator[Finding]:
    """A summary stands beside a label, without a full stop."""
    if re.search(rf"{ENDS[lang].replace('…', '')}$", words):
        hint = Text("leave the full stop out", "句点を付けない")
        yield Finding("sentence-ending", Text("the summary has a full stop", "要約に句点がある"), hint)


SENTENCE_RULES: tuple[SentenceRule, ...] = (length, wording, negation, brackets, marks, order, ending)
SUMMARY_RULES: tuple[SentenceRule, ...] = (wording, negation, brackets, marks, no_ending)


def own_texts(loaded: Whole, day: str) -> Iterator[Problem]:  # noqa: ARG001 - as every rule is called
    """Every sentence and summary of the user's own layers follows the rules of style, and spells names as their records do.

    They are looked for in the JSON of the build, which is read only where something may be odd: to read it all takes longer.
    """
    names = known_names(loaded)
    own = loaded.layers() - {loaded.pack_layer} or {loaded.pack_layer}
    for seq, layer, kind, data in loaded.kept.plain():
        if layer not in own or kind == "sources":
            continue
        for key, en, ja in IN_JSON.findall(data):
            summary = key in SUMMARIES
            spoken = Text(_spoken(en), _spoken(ja))
            odd = (
                _may_be_odd(words, lang, names[lang], summary=summary)
                for lang, words in zip(LANGS, spoken, strict=True)
            )
            if any(odd) or is_buried(spoken):
                yield from _judged(loaded, seq, data, names)
                break


def _spoken(words: str) -> str:
    """Words as they are, which JSON has between quotation marks."""
    return str(json.loads(f'"{words}"')) if "\\" in words else words


def _judged(loaded: Whole, seq: int, data: str, names: dict[Lang, Spellings]) -> Iterator[Problem]:
    """What there is to say of the sentences and summaries of one record, which is read once, and only if there is anything."""
    record = loaded.at([seq])
    for place, text in _texts(json.loads(data)):
        if is_buried(Text(**text)):
            yield _warning(loaded, record, place, BURIED)
        for lang in LANGS:
            words = text[lang]
            for rule in SUMMARY_RULES if place[-1] in SUMMARIES else SENTENCE_RULES:
                yield from (_warning(loaded, record, (*place, lang), found) for found in rule(words, lang))
            for found in name_variants(words, names[lang]):
                yield _warning(loaded, record, (*place, lang), found)


def name_variants(words: str, names: Spellings) -> Iterator[Finding]:
    """A record is named as it is spelt there: variants in width, hyphens, spaces and middle dots are pointed out."""
    for found, right in names.variants(words):
        said = template(
            "{found} is a variant of the name {right}",
            "{found}は{right}の異表記",
            found=quoted(found),
            right=quoted(right),
        )
        yield Finding("name-variant", said, template("write {right}", "{right}と書く", right=right))


@cache
def _odd(lang: Lang) -> tuple[re.Pattern[str], ...]:
    """Patterns of which one is found in whatever a rule finds that looks for words, or for brackets."""
    discouraged = "|".join(pattern for pattern, _ in DISCOURAGED[lang])
    patterns = [
        rf"\b(?:{discouraged})\b" if lang == "en" else discouraged,
        DOUBLE_NEGATION[lang],
        NESTED[lang],
        MARKS[lang],
    ]
    patterns += [POLITE] if lang == "ja" else []
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


_end = {lang: re.compile(rf"{ENDS[lang]}$") for lang in LANGS}
_signs = {lang: re.compile("|".join(map(re.escape, SIGNS[lang]))) for lang in LANGS}
_begins_with_date = re.compile(DATE_FIRST, re.IGNORECASE)


def _may_be_odd(words: str, lang: Lang, names: Spellings, *, summary: bool) -> bool:
    """Whether some rule may have something to say of words, which is quicker to tell than what it says."""
    small = words.lower()
    return (
        (words.endswith(STOPS) or bool(_end[lang].search(words))) == summary
        or (bool(_signs[lang].search(small)) and any(pattern.search(words) for pattern in _odd(lang)))
        or (lang == "en" and bool(_begins_with_date.match(words)))
        or (lang == "en" and len(words.split()) > LONGEST_SENTENCE and any(length(words, lang)))
        or any(names.variants(words))
    )


def _warning(loaded: Whole, record: Iterable[Entry], place: Place, found: Finding) -> Problem:
    (entry,) = record
    at = same(".".join(str(part) for part in place))
    words = words_on(entry, "{at}: {said}", "{at}: {said}", at=at, said=found.message)
    return Problem(loaded.where(entry, *place), found.code, words, found.hint)


def _texts(value: dict[str, Any]) -> Iterator[tuple[Place, dict[Lang, str]]]:
    for key, item in value.items():
        if type(item) is dict:
            if "~" not in item:
                if key in SENTENCES or key in SUMMARIES:
                    yield (key,), item
            elif item["~"] != MAPPING:
                yield from (((key, *place), text) for place, text in _texts(item))
        elif type(item) is list and item and type(item[0]) is dict and "~" in item[0]:
            for i, part in enumerate(item):
                yield from (((key, i, *place), text) for place, text in _texts(part))
