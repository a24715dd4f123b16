"""Coverage-guided fuzzing of names and words as users type them: folded, by their sound, resolved, and searched for.

    pip install atheris && python tests/fuzz/names.py -runs=1000000 CORPUS

Whatever the words: no exception but the one that says that there is no such name, and what is marked is the words.
Half of the inputs are text; in the others each byte is one of the pieces that names, numbers and spaces are made of.
"""

import sys

import atheris

with atheris.instrument_imports(include=["cabrief"]):
    from cabrief.errors import UnknownName, UsageError
    from cabrief.language.words import in_digits, stem
    from cabrief.loading.cache import open_base
    from cabrief.model.kinds.countries import Country
    from cabrief.model.names import fold, sound
    from cabrief.reports.search import mark_words
    from cabrief.store.queries import read_query

BASE = open_base()
RARE = 64  # looking up names and searching are slow: one input of so many each
LONGEST = 200
PIECES = (
    *(" ", "\t", "\n", "\x1f", "\u00a0", "\u2003", "\u3000", "\u200b", "-", ".", ",", "、", "_", "'", "ʻ", "·"),
    *("3", "10", "111", "٣", "３", "①", "½", "三", "二", "〇", "零", "十", "百", "千", "万", "億", "兆", "円"),
    *("three", "TEN", "thousand", "thou\u017fand", "million", "m\u0131llion", "trillion", "ies", "ing", "ed", "s"),
    *(
        "a",
        "I",
        "\u0130",
        "\u017f",
        "\u212a",
        "ß",
        "ﷺ",
        "㈱",
        "\u0301",
        "\u0345",
        "\u3099",
        "ﾞ",
        "ｶ",
        "か",
        "ガ",
        "﨑",
        "髙",
    ),
    *("kazakhstan", "US", "us", "Т", "ж", "ў", "kh", "\ufe0f", "\U000e0100", "\udcff", "한", "\u1100", "\u1161"),
)


def resolve(words: str) -> None:
    """A name is a country's, or there is none, which is said in one line."""
    try:
        BASE.resolve(words, Country)
    except UnknownName as error:
        if not all(error.message) or "\n" in error.message.en:
            raise AssertionError(error.message) from error


def search(words: str) -> None:
    """A search marks words in the text that was searched, and changes nothing else."""
    try:
        query = read_query(BASE, [words])
    except UsageError:
        return
    marked = mark_words(words, query)
    if marked.replace("«", "").replace("»", "") != words.replace("«", "").replace("»", ""):
        raise AssertionError(words, marked)


def one(raw: bytes) -> None:
    """Fold words twice, which is once; read their numbers; look some of them up."""
    if raw[:1] < b"\x80":
        words = raw[1:].decode("utf-8", "surrogateescape")[:LONGEST]
    else:
        words = "".join(PIECES[byte % len(PIECES)] for byte in raw[1:])[:LONGEST]
    folded = fold(words)
    if fold(folded) != folded:
        raise AssertionError(words, folded)
    if not folded.startswith(stem(folded)):
        raise AssertionError(words, stem(folded))
    sound(words)
    in_digits(words)
    if raw and raw[-1] % RARE == 0:
        search(words)
    if raw and raw[-1] % RARE == 1:
        resolve(words)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
