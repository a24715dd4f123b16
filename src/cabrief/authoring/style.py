"""Warnings on sentences: length, wording, order, brackets, endings, and the spelling of names.

A rule is a function of one sentence in one language; a new rule is a new function and a line in `SENTENCE_RULES`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import NamedTuple

from cabrief.language.text import EMPTY, LANGS, Lang, Text, quoted, same, template
from cabrief.loading.whole import Whole
from cabrief.model.frozen import Frozen
from cabrief.model.kinds.sources import Source
from cabrief.model.record import Place, Record, kind_of, label
from cabrief.problems.problem import Problem
from cabrief.reading.loaded import Entry, words_on

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


def plain_sentences(loaded: Whole, day: str) -> Iterator[Problem]:  # noqa: ARG001 - as every rule is called
    """Every sentence and summary of the user's own layers follows the rules of style."""
    for entry, place, text in _own_texts(loaded):
        for lang in LANGS:
            for rule in SUMMARY_RULES if place[-1] in SUMMARIES else SENTENCE_RULES:
                for found in rule(text.pick(lang), lang):
                    yield _warning(loaded, entry, (*place, lang), found)


def name_variants(loaded: Whole, day: str) -> Iterator[Problem]:  # noqa: ARG001 - as every rule is called
    """A record is named as it is spelt there: variants in width, hyphens, spaces and middle dots are pointed out."""
    for lang in LANGS:
        names = _Names([entry.record for entry in loaded.entries], lang)
        for entry, place, text in _own_texts(loaded):
            for found, right in names.variants(text.pick(lang)):
                said = template(
                    "{found} is a variant of the name {right}",
                    "{found}は{right}の異表記",
                    found=quoted(found),
                    right=quoted(right),
                )
                yield _warning(
                    loaded,
                    entry,
                    (*place, lang),
                    Finding("name-variant", said, template("write {right}", "{right}と書く", right=right)),
                )


def _warning(loaded: Whole, entry: Entry, place: Place, found: Finding) -> Problem:
    at = same(".".join(str(part) for part in place))
    words = words_on(entry, "{at}: {said}", "{at}: {said}", at=at, said=found.message)
    return Problem(loaded.where(entry, *place), found.code, words, found.hint)


def _own_texts(loaded: Whole) -> Iterator[tuple[Entry, Place, Text]]:
    """Sentences and summaries with their places: those of overlays, or of the pack where nothing is laid over it."""
    own = loaded.layers() - {loaded.pack_layer} or {loaded.pack_layer}
    for entry in loaded.entries:
        if entry.layer in own and not isinstance(entry.record, Source):
            yield from ((entry, place, text) for place, text in _texts(entry.record))


def _texts(value: Frozen) -> Iterator[tuple[Place, Text]]:
    for key, item in value.__dict__.items():
        if type(item) is Text:
            if key in SENTENCES or key in SUMMARIES:
                yield (key,), item
        elif isinstance(item, Frozen):
            yield from (((key, *place), text) for place, text in _texts(item))
        elif type(item) is tuple and item and isinstance(item[0], Frozen):
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
                if len(_condensed(name)[0]) >= SHORTEST_NAME:
                    self._spellings[_condensed(name)[0]].append(name)
        self._known = known
        longest = sorted(self._spellings, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest)) or r"(?!)")

    def variants(self, words: str) -> Iterator[tuple[str, str]]:
        """Each variant of a name in a sentence, and the name."""
        plain, places = _condensed(words)
        for match in self._pattern.finditer(plain):
            begin, end = places[match.start()], places[match.end() - 1] + 1
            found = words[begin:end]
            cut = (begin and words[begin - 1].isalnum()) or (end < len(words) and words[end].isalnum())
            if found in self._known or (cut and found[0].isascii()):
                continue
            yield found, self._spellings[match[0]][0]


def _condensed(words: str) -> tuple[str, list[int]]:
    """Words without width and separators, and for each of their characters its place in the words."""
    kept = [
        (letter, i)
        for i, character in enumerate(words)
        if character not in _SEPARATORS
        for letter in unicodedata.normalize("NFKC", character)
    ]
    return "".join(letter for letter, _ in kept), [i for _, i in kept]
