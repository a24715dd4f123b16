"""Texts as they are read: lines that are joined, characters that nobody sees, and how long a text may be."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import regex

from cabrief.language import text as texts
from cabrief.language import unseen
from cabrief.language.text import clean, unprintable, visible
from cabrief.model.fields import LONGEST_TEXT, read_text
from cabrief.problems.problem import Problem
from cabrief.reading import nodes
from conftest import ALL_CHARACTERS, Run, characters_that

TOP = Path(__file__).parents[1]
NOTE = "notes:\n  - id: n\n    aspect: outlook\n    refs: [{source: log, line: 1, phrase: hello}]\n    text:\n      "


def read(yaml: str) -> tuple[str, str]:
    found = nodes.read(yaml.encode(), "x.yaml")
    assert found.problems == []
    return read_text(found.data)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("水を分ける\n  国々", "水を分ける国々"),
        (">\n  水を分ける\n  国々\n", "水を分ける国々"),
        (">-\n  水を分ける\n  国々", "水を分ける国々"),
        ("> # 注\n  水を分ける\n  国々", "水を分ける国々"),
        ("|\n  水を分ける\n  国々\n", "水を分ける国々"),
        ('"水を分ける\n  国々"', "水を分ける国々"),
        ("'水を''分ける\n  国々'", "水を'分ける国々"),
        ('"\\"水\\"を分ける\n  国々\\n"', '"水"を分ける国々'),
        ("水を\n\n  分ける\n  国々", "水を分ける国々"),
        ("東 西 東\n  西 東\n  西", "東 西 東西 東西"),
        ("終わる。\n  「始まる", "終わる。「始まる"),
        ("ｱｱ\n  ｲｲ", "ｱｱｲｲ"),
        ("か\u3099\n  水", "か\u3099水"),
        ("𠮷\n  野", "𠮷野"),
        ("日本\n  Japan", "日本 Japan"),
        ("Japan\n  日本", "Japan 日本"),
        ("2025\n  年", "2025 年"),
        ("one\n  two", "one two"),
        ("한국\n  어", "한국 어"),
        (">\n  one\n  two\n\n  three\n", "one two three"),
        ("山田 太郎", "山田 太郎"),
    ],
)
def test_lines_join_as_the_script_has_it(written: str, words: str) -> None:
    """A line end between East Asian characters is nothing, elsewhere a space, however YAML writes the lines."""
    assert read(f"en: A.\nja: {written}\n")[1] == words


def test_a_wrapped_sentence_in_every_format(run: Run, pack: Path, tmp_path: Path) -> None:
    """No report has a space where the file only begins a new line."""
    overlay = tmp_path / "mine"
    overlay.mkdir()
    (overlay / "a.yaml").write_text(NOTE + "en: A\n        b.\n      ja: 水を分ける\n        国々。\n", "utf-8")
    for name in ("terminal", "markdown", "json", "ndjson", "csv", "tsv"):
        shown = run(
            "why", "n", "--data", str(pack), "--data", str(overlay), "--layers", "-f", name, "--lang", "ja"
        ).stdout
        assert "水を分ける国々。" in shown, name


UNSEEN = [
    *(
        "\u3164",
        "\u115f",
        "\u1160",
        "\uffa0",
        "\u2800",
        "\u034f",
        "\u17b4",
        "\u180b",
        "\u180e",
        "\U0001d173",
        "\U0001bca0",
    ),
    *(
        "\U000e0100",
        "\ufe0f",
        "\ufe00",
        "\ufe07",
        "\u200b",
        "\u200c",
        "\u200d",
        "\ufeff",
        "\u2065",
        "\ufff8",
        "\U000e0041",
    ),
    *("\u202e", "\u2066", "\u00ad", "\x1b", "\x7f", "\x85", "\u2028", "\ufff9", "\U0001d159"),
]


@pytest.mark.one_in(6)
@pytest.mark.parametrize("unseen", UNSEEN, ids=lambda c: f"U+{ord(c):04X}")
def test_what_is_not_seen_is_refused(unseen: str, problems_of: Callable[[str], list[Problem]]) -> None:
    """In a file, and spelt out in double quotes; and it is not printed either."""
    for word in (f"a{unseen}b", f'"a\\U{ord(unseen):08x}b"'):
        found = problems_of(f"{NOTE}en: {word}\n      ja: あ。\n")
        assert found[0].code == "invisible", word
        assert f"U+{ord(unseen):04X}" in str(found[0])
    assert clean(f"a{unseen}b") in ("a\ufffdb", "a b")
    assert unseen not in visible(f"a{unseen}b")


@pytest.mark.parametrize(
    "words",
    [
        "葛\U000e0100城",  # a form of a kanji
        "神\ufe00社",
        "☀\ufe0f 1\ufe0f\u20e3",  # a picture, a key
        "👩\u200d👩\u200d👧\u200d👦 ❤\ufe0f\u200d🔥 👩🏽\u200d🌾",
        "می\u200cخواهم",  # Persian
        "क्\u200dष श्\u200cक",  # Hindi
        "ᠠ\u180bᠠ",  # Mongolian
        "a\u00a0b\u3000c\u2009d",  # spaces are seen
        "\u0600١",
    ],
)
def test_what_belongs_to_the_character_before_it_is_taken(words: str) -> None:
    """A joiner or a variation selector after a character that takes it, once."""
    assert read(f'en: A.\nja: "{words}"\n')[1] == words
    assert clean(words) == words


@pytest.mark.parametrize(
    "words", ["葛\U000e0100\U000e0101", "☀\ufe0f\ufe0f", "می\u200c\u200cخ", "👩\u200d\u200d👧", "👩\u200da", "a\u200db"]
)
def test_a_second_one_is_refused(words: str) -> None:
    """Runs of selectors or joiners could hide a message."""
    assert {problem.code for problem in nodes.read(f"a: {words}\n".encode(), "x").problems} == {"invisible"}


def test_all_invisible_characters_of_a_text_are_told(problems_of: Callable[[str], list[Problem]]) -> None:
    """Each at its place, in a file or spelt out; where there are very many, that is told."""
    found = problems_of(f"{NOTE}en: a\u200bb\u202ec\u2800d\n      ja: あ\u3164。\n")
    assert [str(p).split()[0] for p in found] == [f"mine.yaml:{place}:" for place in ("6:12", "6:14", "6:16", "7:12")]
    found = problems_of(f'{NOTE}en: "a\\u200bb\\u202ec\\u2800d"\n      ja: あ。\n')
    assert [code for p in found for code in regex.findall(r"U\+\w+", str(p))] == ["U+200B", "U+202E", "U+2800"]
    found = problems_of(f"{NOTE}en: {'a' + chr(0x200B)}{chr(0x200B) * 100}\n      ja: あ。\n")
    assert [p.code for p in found] == ["invisible"] * 20 + ["too-many"]


def test_the_list_is_made_from_unicode() -> None:
    """The module is what its script prints, and holds every character that Unicode calls ignorable."""
    script = [
        sys.executable,
        "-c",
        "import sys; sys.path.insert(0, 'tools'); import unseen; print(unseen.module(), end='')",
    ]
    made = subprocess.run(script, cwd=TOP, capture_output=True, encoding="utf-8", check=True).stdout
    kept = (TOP / "src" / "cabrief" / "language" / "unseen.py").read_text("utf-8")
    assert made == kept
    ignorable = regex.findall(r"[\p{DI}\p{Cs}\p{Zl}\p{Zp}]", ALL_CHARACTERS)
    assert len(ignorable) > 4000
    for character in ignorable:
        assert [*unprintable(f"a{character}b")], ascii(character)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_text_has_a_limit(language: str, problems_of: Callable[[str], list[Problem]]) -> None:
    """2,000 characters, told at the text with its length; one fewer is no problem."""
    other = {"en": "ja", "ja": "en"}[language]
    yaml = NOTE + other + ": A.\n      " + language + ": "
    assert problems_of(f"{yaml}{'é' * LONGEST_TEXT}\n") == []
    (found,) = problems_of(f"{yaml}{'é' * (LONGEST_TEXT + 1)}\n")
    assert str(found).startswith(
        "mine.yaml:7:7: text-length: note n: text: a text has at most 2,000 characters, this one has 2,001"
    )


@pytest.mark.slow
def test_what_may_be_unprintable_is_found() -> None:
    """Each character of the classes, and no other, as a regular expression has them."""
    pattern = regex.compile(f"[{unseen.NEVER}{unseen.SELECTORS}\u200c\u200d]")
    found = characters_that(lambda words: texts._has_suspect(f"words{words}"))
    assert found == [match.start() for match in pattern.finditer(ALL_CHARACTERS)]
    assert not texts._has_suspect("")
