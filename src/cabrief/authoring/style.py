"""Warnings on sentences: length, wording, order, brackets, endings, and the spelling of names.

A rule is a function of one sentence in one language; a new rule is a new function and a line in `SENTENCE_RULES`.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

from cabrief.language.text import EMPTY, LANGS, Lang, Text, quoted, same, template
from cabrief.loading.whole import Whole
from cabrief.model.kinds import kinds
from cabrief.model.record import Place, Record, kind_of, label
from cabrief.problems.problem import Problem
from cabrief.reading.loaded import words_on
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
ENDS: dict[Lang, str] = {"en": r"[.!?…][\"”’')]*", "ja": r"[。！？…][」』）]*"}
POLITE = r"(?:です|ます|でした|ました|ません|ましょう)。"
SHORTEST_NAME = 4  # of a name whose variants are looked for
_SEPARATORS = "・･＝=‧·-‐‑–—_ \u3000"  # spellings of one name differ in these, and in width


class Finding(NamedTuple):
    """What a rule finds in a sentence: the code of the warning, its words, and how to mend it."""

    code: str
    message: Text
    hint: Text = EMPTY


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


SENTENCE_RULES: tuple[SentenceRule, ...] = (length, wording, negation, brackets, order, ending)
SUMMARY_RULES: tuple[SentenceRule, ...] = (wording, negation, brackets, no_ending)


def own_texts(loaded: Whole, day: str) -> Iterator[Problem]:  # noqa: ARG001 - as every rule is called
    """Every sentence and summary of the user's own layers follows the rules of style, and spells names as their records do."""
    named = [entry.record for entry in loaded.of(*(each.record for each in kinds().values() if each.named))]
    names = {lang: _Names(named, lang) for lang in LANGS}
    for seq, place, text in _own_texts(loaded):
        summary = place[-1] in SUMMARIES
        for lang in LANGS:
            words = text[lang]
            if _may_be_odd(words, lang, summary=summary):
                for rule in SUMMARY_RULES if summary else SENTENCE_RULES:
                    yield from (_warning(loaded, seq, (*place, lang), found) for found in rule(words, lang))
            for found in name_variants(words, names[lang]):
                yield _warning(loaded, seq, (*place, lang), found)


def name_variants(words: str, names: _Names) -> Iterator[Finding]:
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
    """Patterns of which one is found in whatever a rule has something to say of, but its length and its ending."""
    discouraged = "|".join(pattern for pattern, _ in DISCOURAGED[lang])
    if lang == "en":
        patterns = (rf"\b(?:{discouraged})\b", DOUBLE_NEGATION[lang], NESTED[lang], rf"\A{DATE_FIRST}")
    else:
        patterns = (discouraged, DOUBLE_NEGATION[lang], NESTED[lang], POLITE)
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


@cache
def _end(lang: Lang) -> re.Pattern[str]:
    return re.compile(rf"{ENDS[lang]}$")


def _may_be_odd(words: str, lang: Lang, *, summary: bool) -> bool:
    """Whether some rule may have something to say of words, which is quicker to tell than what it says."""
    return (
        bool(_end(lang).search(words)) == summary
        or any(pattern.search(words) for pattern in _odd(lang))
        or (lang == "en" and len(words.split()) > LONGEST_SENTENCE)
    )


def _warning(loaded: Whole, seq: int, place: Place, found: Finding) -> Problem:
    (entry,) = loaded.at([seq])
    at = same(".".join(str(part) for part in place))
    words = words_on(entry, "{at}: {said}", "{at}: {said}", at=at, said=found.message)
    return Problem(loaded.where(entry, *place), found.code, words, found.hint)


def _own_texts(loaded: Whole) -> Iterator[tuple[int, Place, dict[Lang, str]]]:
    """Sentences and summaries with the places of their records: those of overlays, or of the pack where nothing is laid over it.

    They are taken from the JSON of the build, since to make records of it takes longer than all rules.
    """
    own = loaded.layers() - {loaded.pack_layer} or {loaded.pack_layer}
    for seq, layer, kind, data in loaded.kept.plain():
        if layer in own and kind != "sources":
            yield from ((seq, place, text) for place, text in _texts(json.loads(data)))


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


class _Names:
    """Names of records in one language, and the search for their variants in sentences."""

    def __init__(self, records: list[Record], lang: Lang) -> None:
        self._lang = lang
        self._spellings: dict[str, list[str]] = defaultdict(list)
        known: set[str] = set()
        for record in records:
            if kind_of(type(record)).named:
                known |= set(record.called())
                name = label(record).pick(lang)
                if len(_plain(name)) >= SHORTEST_NAME:
                    self._spellings[_plain(name)].append(name)
        self._known = known
        self._heads: dict[str, list[str]] = defaultdict(list)  # names by their first letters, the longest first
        for name in sorted(self._spellings, key=len, reverse=True):
            self._heads[name[:SHORTEST_NAME]].append(name)
        self._firsts = frozenset(head[0] for head in self._heads)

    def variants(self, words: str) -> Iterator[tuple[str, str]]:
        """Each variant of a name in a sentence, and the name."""
        plain, places, after = _plain(words), list[int](), 0
        heads, firsts = self._heads, self._firsts
        begins = [i for i, letter in enumerate(plain) if letter in firsts and plain[i : i + SHORTEST_NAME] in heads]
        for at in begins:
            names = heads[plain[at : at + SHORTEST_NAME]] if at >= after else ()
            name = next((each for each in names if plain.startswith(each, at)), "")
            if not name:
                continue
            after = at + len(name)
            if words.count(self._spellings[name][0]) == plain.count(
                name
            ):  # it stands there as it is spelt, as nearly always
                continue
            places = places or _condensed(words)[1]
            begin, end = places[at], places[after - 1] + 1
            found = words[begin:end]
            cut = (begin and words[begin - 1].isalnum()) or (end < len(words) and words[end].isalnum())
            if found not in self._known and not (cut and found[0].isascii()):
                yield found, self._spellings[name][0]


_WITHOUT = dict.fromkeys(map(ord, _SEPARATORS))


def _plain(words: str) -> str:
    """Words without width and separators."""
    if words.isascii() or unicodedata.is_normalized("NFKC", words):
        return words.translate(_WITHOUT)
    return _condensed(words)[0]


def _condensed(words: str) -> tuple[str, list[int]]:
    """Words without width and separators, and for each of their characters its place in the words."""
    kept = [
        (letter, i)
        for i, character in enumerate(words)
        if character not in _SEPARATORS
        for letter in unicodedata.normalize("NFKC", character)
    ]
    return "".join(letter for letter, _ in kept), [i for _, i in kept]
