"""Warnings on sentences: each rule on a sentence that breaks it, and on sentences near it that do not."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cabrief.authoring import spellings, style
from cabrief.authoring.style import SENTENCE_RULES
from cabrief.authoring.warnings import find_warnings
from cabrief.language.text import LANGS, Lang
from cabrief.loading.layers import find_layers, read_files
from cabrief.loading.load import load_facts
from cabrief.loading.whole import Entries, Whole
from conftest import ATOLLS

TOP = Path(__file__).parents[1]


def found(words: str, lang: Lang = "en") -> list[str]:
    return [f"{each.code}: {each.message.pick(lang)}" for rule in SENTENCE_RULES for each in rule(words, lang)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (f"Aru {'builds ' * 28}.".replace(" .", "."), ["long-sentence: 29 words in a sentence, more than 28"]),
        ("For the sake of trade Aru built a port.", ["discouraged-words: avoid 'For the sake of'"]),
        ("Aru means to build a port.", ["discouraged-words: avoid 'means to'"]),
        ("The port cannot work without the railway.", ["double-negation: double negation: 'cannot work without'"]),
        ("It is not unlikely that talks resume.", ["double-negation: double negation: 'not unlikely'"]),
        ("The league (of 1999 (or 2000)) met.", ["nested-brackets: brackets inside brackets: '(of 1999 (or 2000)'"]),
        ("On 4 May 2031 the leaders met.", ["date-first: the sentence begins with a date, 'On 4 May 2031'"]),
        ("At the end of 2031 they met.", ["date-first: the sentence begins with a date, 'At the end of 2031'"]),
        ("2031 was dry.", ["date-first: the sentence begins with a date, '2031'"]),
        ("Late December was dry.", ["date-first: the sentence begins with a date, 'Late December'"]),
        ("The leaders met", ["sentence-ending: the sentence has no full stop"]),
    ],
)
def test_english(words: str, expected: list[str]) -> None:
    assert found(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("北国は漁業をてこに影響力を強めた。", ["discouraged-words: 「をてこに」は避ける"]),
        ("供給の網を強くする。", ["discouraged-words: 「供給の網」は避ける"]),
        ("協力が進まないわけではない。", ["double-negation: 二重否定：「ないわけではない」"]),
        (
            "連盟（1999年（または2000年））が会合した。",
            ["nested-brackets: 括弧の中に括弧：「（1999年（または2000年）」"],
        ),
        ("首脳が会合した", ["sentence-ending: 文末に句点がない"]),
        ("首脳が会合しました。", ["sentence-ending: 敬体：「ました。」"]),
    ],
)
def test_japanese(words: str, expected: list[str]) -> None:
    assert found(words, "ja") == expected


@pytest.mark.parametrize(
    ("words", "lang"),
    [
        ("The railway is a means to an end.", "en"),
        ("Talks have no date, and nobody has said why they ended.", "en"),
        ("The League (of six) and the Union (of two) met.", "en"),
        ("May the port open, 2031 will be a good year.", "en"),
        ("Aru said: “The port is open.”", "en"),
        (f"Aru {'builds ' * 25}ports. It {'sells ' * 20}them.", "en"),
        ("両国は経済のてこ入れを図り、対話を重ねてこなかった分野も扱う。", "ja"),
        ("署名しなければならない。", "ja"),
        ("アルは「港は開いている。」と述べた。", "ja"),
        ("2031年5月4日に首脳が会合した。", "ja"),
    ],
)
def test_sentences_near_a_rule(words: str, lang: Lang) -> None:
    assert [
        each for each in found(words, lang) if not each.startswith("date-first: the sentence begins with a date, 'May'")
    ] == []


@given(data=st.data(), lang=st.sampled_from(LANGS))
def test_whatever_a_pattern_finds_shows_a_sign(data: st.DataObject, lang: Lang) -> None:
    """Sentences without a sign are not searched for the patterns, so no pattern may find anything without one."""
    found_words = data.draw(st.one_of([st.from_regex(pattern) for pattern in style._odd(lang)]))
    assert any(sign in found_words.lower() for sign in style.SIGNS[lang])


def test_marks_that_reports_add_themselves() -> None:
    """The number of a note, a dagger, the name of a layer, whose it is: a reader would take them for the report's own."""
    code = ["marks-of-reports"]
    for words in (
        "The port opened in 2030 [2].",
        "The port† opened in 2030.",
        "The port opened in 2030 [house].",
        "The port is full (disputed).",
        "The port is full (said by Ann Pilot).",
        "The port is to open (planned).",
    ):
        assert [each.partition(":")[0] for each in found(words)] == code, words
    for words in ("港は一杯である（争点：港）。", "港は一杯である（アンの発言）。"):
        assert [each.partition(":")[0] for each in found(words, "ja")] == code, words
    assert found("The port opened (in May) for boats.") == []


def overlay(tmp_path: Path, text: str) -> list[str]:
    """Warnings on an overlay over the invented pack."""
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "mine.yaml").write_text(text, "utf-8")
    stack = find_layers([ATOLLS, mine])
    loaded, problems = load_facts(stack, read_files(stack))
    assert problems == []
    warnings = [str(problem) for problem in sorted(find_warnings(loaded, "2031-06-01"))]
    return [each.partition("mine.yaml:")[2] for each in warnings if "mine.yaml:" in each]


NOTE = "notes:\n  - id: n\n    aspect: outlook\n    topics: [sea]\n    text: {{en: {en}, ja: {ja}}}\n    refs: [{{source: log, line: 1, phrase: hello}}]\n"


def test_a_warning_stands_at_the_words_of_its_language(tmp_path: Path) -> None:
    assert overlay(tmp_path, NOTE.format(en="The port opened", ja="港が開いた。")) == [
        "5:16: warning: sentence-ending: note n: text.en: the sentence has no full stop (end it with a full stop)"
    ]


@given(st.text("aB1 -_=–・＝－ｶﾞか\u3099（＋㌔é\u0301\xa0", max_size=12))
def test_letters_without_width_and_separators(words: str) -> None:
    """They are the same letters, quickly found or with their places."""
    assert spellings._plain(words) == spellings._condensed(words)[0]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("アン・パイロット", "副首相のアンパイロット氏"),
        ("（連載１）アル", "記事「(連載1)アル」"),
        ("１２３４号", "船、1234号"),
        ("共同声明・", "「共同声明」"),
        ("Aru-", "(Aru)"),
        ("North Union", "NorthUnion"),
    ],
)
def test_a_name_without_its_separators_is_a_variant(name: str, words: str) -> None:
    """Also where nothing at all separates the letters of a sentence; names of three letters stand in too many words."""
    names = spellings.Spellings([name], lambda _: False)
    letters = spellings._plain(name)
    assert list(names.variants(words)) == ([(letters, name)] if len(letters) > 3 else [])
    assert not list(names.variants(words.replace(letters, name)))


def test_a_variant_of_a_name(tmp_path: Path) -> None:
    """Width, hyphens, spaces and middle dots; the name itself and its aliases pass, and so do parts of other words."""
    ja = "ポート・ア　ルではなくアン パイロットが会った。"
    assert overlay(tmp_path, NOTE.format(en="The North-Union met Áru Isles and the Unorth Union.", ja=ja)) == [
        "5:16: warning: name-variant: note n: text.en: 'North-Union' is a variant of the name 'North Union' (write North Union)",
        "5:73: warning: name-variant: note n: text.ja: 'アン パイロット' is a variant of the name 'アン・パイロット' (write アン・パイロット)",
    ]


def test_all_sentences_of_a_record_are_judged(tmp_path: Path) -> None:
    """Summaries without a full stop, what a dispute holds, and each of its claims."""
    text = (
        "disputes:\n  - id: d\n    about: aru.capital\n    category: error\n    weight: low\n"
        "    summary: {en: Log errs., ja: 誤記}\n    held: {en: Port Aru, ja: 港である。}\n"
        "    others: [{says: {en: Aru City., ja: 市}, refs: [{source: log, line: 1, phrase: hello}]}]\n"
        "    reason: {en: The gazette says so., ja: 官報にある。}\n    refs: [{source: log, line: 1, phrase: hello}]\n"
    )
    assert [line.split(": ")[4] for line in overlay(tmp_path, text)] == ["summary.en", "held.en", "others.0.says.ja"]


def test_the_facts_under_an_overlay_are_not_judged(tmp_path: Path) -> None:
    """Whoever lays facts over a pack did not write the sentences of the pack."""
    pack = tmp_path / "pack"
    pack.mkdir()
    for file in ATOLLS.iterdir():
        (pack / file.name).write_text(
            file.read_text("utf-8").replace("met at Port Zem., ja", "met at Port Zem, ja"), "utf-8"
        )
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "mine.yaml").write_text(NOTE.format(en="A.", ja="あ。"), "utf-8")

    def codes(*folders: Path) -> list[str]:
        stack = find_layers(list(folders))
        loaded, problems = load_facts(stack, read_files(stack))
        assert problems == []
        return [problem.code for problem in find_warnings(loaded, "2031-06-01")]

    assert codes(pack) == ["sentence-ending"]
    assert codes(pack, tmp_path / "mine") == []


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_of_style(lang: Lang) -> None:
    """Twenty pairs; no sentence after draws a warning, and every rule finds a sentence before."""
    page = (TOP / "docs" / ("style.md" if lang == "en" else "style.ja.md")).read_text("utf-8")
    pairs = re.findall(r"^\| (.+?) \| (.+?) \| .+? \|$", page, re.MULTILINE)[1:]
    assert len(pairs) == 20
    assert [after for _, after in pairs if found(after, lang)] == []
    codes = {each.partition(":")[0] for before, _ in pairs for each in found(before, lang)}
    everywhere = {"discouraged-words", "double-negation", "nested-brackets"}
    assert codes == everywhere | ({"long-sentence", "date-first"} if lang == "en" else {"sentence-ending"})
    avoided = [pattern for pattern, _ in style.DISCOURAGED[lang]]
    flags = re.IGNORECASE
    assert [p for p in avoided if not any(re.search(p, before, flags) for before, _ in pairs)] == []


def test_names_that_begin_alike_are_not_tried_one_by_one() -> None:
    """Of names with the same first letters, of one length or of many, the longest that stands there is found at once."""
    names = spellings.Spellings([f"abcdefgh{n}" for n in range(4_000)], lambda _: False)
    assert list(names.variants("abcdefgh " * 200)) == []
    names = spellings.Spellings(["a" * n + "b" for n in range(8, 1_000)], lambda _: False)
    assert list(names.variants("a" * 1_900)) == []
    assert list(names.variants("aaaaa-aaaaab")) == [("aaaaa-aaaaab", "a" * 10 + "b")]
    names = spellings.Spellings(["abcd", "abcdefgh", "abcdefghij", "abcdefghik"], lambda _: False)
    cases = {"ab-c": [], "ab-cde": [], "ab-cd e": ["abcd"], "ab-cdefgh i": ["abcdefgh"], "ab-cdefghik": ["abcdefghik"]}
    assert {words: [name for _, name in names.variants(words)] for words in cases} == cases


def test_a_record_is_read_once_for_all_its_warnings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever there is to say of the sentences of one record, it is not read anew for each of them."""
    asked: list[Sequence[int]] = []
    at = Whole.at

    def counting(self: Whole, places: Sequence[int]) -> Entries:
        asked.append(places)
        return at(self, places)

    monkeypatch.setattr(Whole, "at", counting)
    told = "{date: 2031-06, status: partly, text: {en: No stop, ja: 句点なし}, refs: [{source: log, line: 1, phrase: Port Aru}]}"
    promise = (
        "commitments:\n  - {id: mine, by: [zemland], to: [aru], firmness: target, nature: plan, date: 2031-05-04, "
        f"text: {{en: No stop, ja: 句点なし}}, refs: [{{source: log, line: 1, phrase: Port Aru}}], outcomes: [{', '.join([told] * 60)}]}}\n"
    )
    assert len(overlay(tmp_path, promise)) > 60
    assert len(asked) < 10
