"""Search: whole words, stems, numbers, every spelling of a name, and what is printed of the hits."""

import shutil
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cabrief.errors import UsageError
from cabrief.language.words import has_numbers, in_digits, stem
from cabrief.model.names import fold
from cabrief.reports import search
from cabrief.reports.desk import Desk
from cabrief.reports.facts import told
from cabrief.store.base import Base
from cabrief.store.queries import MOST_WORDS, Query, Spelt, by_sound, read_query, spelling
from conftest import ATOLLS, Run, open_facts

DAY = "2026-11-26"


def ids(base: Base, *words: str) -> list[str]:
    return [row["id"] for row in search.view(base, DAY, words).rows or ()]


def test_an_office_finds_who_holds_it(shipped: Base) -> None:
    """Words of an office with a country give the person first, in both languages."""
    for words in (["foreign", "minister", "kazakhstan"], ["カザフスタン", "外相"]):
        first = shipped.get(ids(shipped, *words)[0])
        assert (first.office, first.of, first.until) == ("foreign-minister", "kazakhstan", None)


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("somoni", "tajikistan.currency"),
        ("receipt", "jp-tj-investment.next-step"),
        ("ソモニ", "tajikistan.currency"),
        ("contradicts", "dispute-jp-tj-investment-none"),
    ],
)
def test_values_steps_and_claims_are_searched(shipped: Base, word: str, found: str) -> None:
    assert found in ids(shipped, word)


def test_a_name_finds_no_step_by_itself(shipped: Base) -> None:
    """The sentence of a step begins with the name of its treaty, which finds the treaty."""
    assert [id_ for id_ in ids(shipped, "tax", "convention") if id_.startswith("jp-uz-tax.")] == []


def test_every_assertion_is_found_by_its_words(shipped: Base) -> None:
    """What `facts` lists, a search finds: a word of a value or an outcome never has no answer."""
    parts = [row for row in told(Desk(shipped, DAY)) if "." in row["id"] and row["kind"] in ("country", "commitment")]
    assert len(parts) > 50
    for row in parts[::7]:
        word = max(row["text"].en.partition(": ")[2].split() or row["text"].en.split(), key=len)
        assert row["id"] in ids(shipped, word), (row["text"].en, word)


def test_words_of_two_scripts_are_cut(run: Run) -> None:
    """Where nothing has the whole, its parts are searched for, and a note says so."""
    whole, parts = (run("search", *words, "-f", "ndjson") for words in (["AIレアメタル"], ["AI", "レアメタル"]))
    assert whole.stdout == parts.stdout != ""
    assert "'AIレアメタル' is taken for AI レアメタル" in whole.stderr


def marked(base: Base, text: str, *words: str) -> str:
    return search.mark_words(text, read_query(base, words))


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("The Áru Isles, and aru", ["árU"], "The «Áru Isles», and «aru»"),
        ("A\u0301ru ﾙｰﾄ", ["áru"], "«A\u0301ru» ﾙｰﾄ"),
        ("カスピ海ルートと、ルート", ["ルート"], "カスピ海«ルート»と、«ルート»"),
        ("ﾙｰﾄとｶﾞｽ", ["ルート", "ガス"], "«ﾙｰﾄ»と«ｶﾞｽ»"),
        ("カスはガスでない", ["ガス"], "カスは«ガス»でない"),
        ("nothing here", ["x"], "nothing here"),
        ("Takaichi on AI, and AI分野", ["ai"], "Takaichi on «AI», and «AI»分野"),
        ("signed, signing; the signs of a signature", ["sign"], "«signed», «signing»; the «signs» of a signature"),
        ("Policies and a policy of politics", ["policies"], "«Policies» and a «policy» of politics"),
        ("総額3兆円、13兆円、三兆円", ["三兆円"], "総額«3兆円»、13兆円、«三兆円»"),
        (
            "three trillion yen, JPY 3 trillion, 33 trillion",
            ["3兆"],
            "«three trillion» yen, JPY «3 trillion», 33 trillion",
        ),
        ("3.3 and 33 and 1万、10,000", ["33", "10000"], "3.3 and «33» and «1万»、«10,000»"),
        ("Oʻzbekiston, Oʼzbekiston, O‘zbekiston", ["O'zbekiston"], "«Oʻzbekiston», «Oʼzbekiston», «O‘zbekiston»"),
        ("山﨑と山崎", ["山崎"], "«山﨑»と«山崎»"),
        ("葛\U000e0100城市", ["葛"], "«葛\U000e0100»城市"),
    ],
)
def test_words_are_marked_where_they_stand(atolls: Base, text: str, words: list[str], expected: str) -> None:
    """Whole words where the script has words, in every form of the word, the number and the letter."""
    assert marked(atolls, text, *words) == expected


@pytest.mark.parametrize(
    "forms",
    [
        "agree agrees agreed agreeing",
        "negotiate negotiates negotiated negotiation negotiations",
        "study studies studied studying",
        "plan plans planned planning",
        "tax taxes taxed",
        "promise promises promised",
    ],
)
def test_forms_of_a_word_have_one_stem(forms: str) -> None:
    """The stem is a beginning of every form."""
    words = forms.split()
    assert len({stem(word) for word in words}) == 1
    assert all(word.startswith(stem(word)) for word in words)


@pytest.mark.parametrize("word", ["gas", "crisis", "king", "bring", "need", "japan", "status", "2026", "ウラン", ""])
def test_what_only_looks_like_an_ending_stays(word: str) -> None:
    assert stem(word) == word


def test_numbers_read_alike() -> None:
    """Digits, words and kanji, placed and counted."""
    for forms, digits in (
        (("3兆2000億", "三兆二千億", "3.2 trillion"), "3200000000000"),
        (("二〇二六", "二千二十六", "2,026"), "2026"),
        (("百万", "1 million", "100万"), "1000000"),
        (("ten", "第"), None),
    ):
        for form in forms:
            assert in_digits(form) == (digits or form)
            assert has_numbers(form) is (digits is not None)


@example("x100")
@given(st.from_regex(r"[a-z ]{0,3}([1-9][0-9]{0,5}[ x]){0,3}[1-9][0-9]{0,5}", fullmatch=True))
def test_plain_digits_stay_as_they_are(text: str) -> None:
    """Behind a letter too, where they are a part of a name."""
    assert in_digits(text) == text


@pytest.mark.one_in(8)
@pytest.mark.parametrize(
    "spellings",
    [
        ["Tokayev", "Tokaev", "Токаев", "トカエフ", "TOKAYEV Kassym-Jomart", "Kassym-Jomart Tokayev"],
        ["China", "PRC", "People's Republic of China", "中国", "CN"],
        ["kazakhstan", "kz", "Republic of Kazakhstan", "カザフスタン"],
        ["United States", "US", "米国"],
    ],
)
@pytest.mark.parametrize("company", [(), pytest.param(("visit",), marks=pytest.mark.slow)])
def test_every_spelling_of_one_record_gives_the_same_rows(
    shipped: Base, spellings: list[str], company: tuple[str, ...]
) -> None:
    """Also in company of another word."""
    first, *others = (ids(shipped, *each.split(), *company) for each in spellings)
    assert len(first) > (0 if company else 20)
    for each in others:
        assert each == first


def test_two_spellings_in_company_give_the_same_rows(shipped: Base) -> None:
    """As each of them alone does; all of them in company are among the slow tests."""
    assert ids(shipped, "Tokaev", "visit") == ids(shipped, "トカエフ", "visit") != []


def test_an_abbreviation_is_no_pronoun(shipped: Base) -> None:
    """`US` names a country, and stands in no sentence that only has `us`."""
    assert marked(shipped, "The US told us", "us") == "The «US» told us"


@pytest.mark.one_in(4)
@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Toqaev", "Tokayev"), ("Tokajew", "Tokayev"), ("Takaiti", "Takaichi"), ("Mirzijojew", "Mirziyoyev")],
)
def test_transliterations_answer(run: Run, typed: str, meant: str) -> None:
    """Another system of spelling finds the same, and stderr says what was taken."""
    found, right = run("search", typed, "-f", "ndjson"), run("search", meant, "-f", "ndjson")
    assert found.stdout == right.stdout
    assert found.stderr.startswith(f"cabrief: '{typed}' is taken for ")


@pytest.mark.slow
def test_what_was_taken_is_told_in_the_language_asked(run: Run) -> None:
    assert "とみなす" in run("search", "Toqaev", "--lang", "ja", "-f", "ndjson").stderr


def test_each_word_counts_once_and_there_are_not_too_many(shipped: Base) -> None:
    """One word many times over is one word; more different words than the limit are refused, and the limit is told."""
    assert ids(shipped, *["uranium"] * 5000) == ids(shipped, "uranium") != []
    with pytest.raises(UsageError, match=f"at most {MOST_WORDS} different words, here are 1000"):
        ids(shipped, *(f"word{i}" for i in range(1000)))


def test_the_texts_are_read_once_however_many_words(shipped: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    """A search for what sounds alike reads every text once, not once for each word."""
    read: list[str] = []

    def spelt(_: Query, text: str) -> Spelt:
        read.append(text)
        return Spelt(text)

    monkeypatch.setattr(Query, "spelt", spelt)
    texts = list(search.sentences(shipped, DAY))
    by_sound(shipped, [f"zqwordx{chr(97 + i)}" for i in range(20)], texts)
    assert len(read) == len(texts)


def test_a_word_of_any_length_is_read_once(shipped: Base) -> None:
    """A long word costs its stem once, not once for each text."""
    stem.cache_clear()
    assert ids(shipped, "x" * 20_000) == []
    assert by_sound(shipped, ["x" * 20_000], ["some text"] * 100) == [("x" * 20_000, "x" * 20_000)]
    assert stem.cache_info().misses == 1


def test_what_is_named_comes_first_then_promises_and_figures(shipped: Base) -> None:
    """A name, then commitments and figures, then the rest."""
    rows = search.view(shipped, DAY, ["three", "trillion"]).rows or ()
    kinds = [row["kind"] for row in rows]
    assert set(kinds[:3]) == {"commitment", "figure"}
    assert [row["kind"] for row in search.view(shipped, DAY, ["AI"]).rows or ()][:2] == ["topic", "commitment"]
    rows = search.view(shipped, DAY, ["AI"]).rows or ()
    assert not any("takaichi" in row["text"].en.lower() and "AI" not in row["text"].en for row in rows)


def test_ten_hits_for_a_reader_all_for_a_program(run: Run) -> None:
    """A count and the first ten in Markdown, the rest with --all; data formats keep every row."""
    every = len(run("search", "uranium", "-f", "ndjson").stdout.splitlines())
    assert every > 10
    short, whole = run("search", "uranium").stdout, run("search", "uranium", "--all").stdout
    assert f"({every})" in short
    assert f"{every - 10} more: --all prints them." in short
    assert short.count("«") < whole.count("«")
    assert "more: --all" not in whole


@pytest.mark.slow
def test_hits_are_in_the_language_of_the_words(run: Run) -> None:
    """A Japanese word shows the Japanese sentence, marked there, an English word the English one; AI is in both."""
    assert "«回廊»" in run("search", "回廊", "--lang", "en").stdout
    assert "«uranium»" in run("search", "uranium", "--lang", "ja").stdout
    assert "«AI»" in run("search", "AI", "--lang", "ja").stdout
    assert "日本" in run("search", "AI", "--lang", "ja").stdout


@pytest.mark.slow
def test_quoted_words_are_cut_to_a_line(run: Run) -> None:
    """What a message or a title quotes has the length of a line."""
    for command in (
        ("country", "x" * 100_000),
        ("search", *["zzqqx"] * 5000),
        ("search", "ア" * 30_000),
        ("facts", "--kind", "y" * 9000),
    ):
        done = run(*command)
        assert done.returncode in (1, 2)
        assert len(done.stderr) < 800, command[0]
    assert len(run("search", *["uranium"] * 5000).stdout.splitlines()[0]) < 110


def test_a_word_within_a_long_word_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no word begins, its end is not looked for: a long run of one letter would be gone through from each of its letters."""
    ends: list[int] = []
    end = Spelt._end

    def counting(self: Spelt, at: int, *words: str) -> int:
        ends.append(at)
        return end(self, at, *words)

    monkeypatch.setattr(Spelt, "_end", counting)
    assert Spelt("a" * 1_990).spans(spelling("aaaa")) == []
    assert ends == [0]


@pytest.mark.parametrize(
    ("typed", "id_"),
    [
        ("uranium in Kazakhstan", "kz-uranium-output-2023"),
        ("about 43 per cent of the world's uranium in 2022", "kz-uranium-world-share-2022"),
        ("71.7", "uz-japan-trade-2023-five-months"),
        ("2.407", "kz-gas-reserves-2021"),
    ],
)
def test_what_stands_in_a_sentence_is_found(shipped: Base, typed: str, id_: str) -> None:
    """A small word is no country, though it is a code of one; digits are found before the word for millions."""
    assert id_ in ids(shipped, *typed.split())


def test_a_small_word_counts_for_nothing_beside_others(shipped: Base) -> None:
    """Alone, or in capitals, it is the code of a country."""
    assert ids(shipped, "uranium", "in", "Kazakhstan") == ids(shipped, "uranium", "Kazakhstan")
    assert ids(shipped, "IN") == ids(shipped, "in") != []
    assert ids(shipped, "uranium", "IN") == []


def test_spellings_of_all_words_together_have_a_limit(tmp_path: Path, run: Run) -> None:
    """Each is looked for in every text: five names of many spellings took more than a minute."""
    pack = Path(shutil.copytree(ATOLLS, tmp_path / "pack"))
    body = "  - {{id: zz{n}, name: Zz{n}, text: {{en: B., ja: 体。}}, aliases: [{a}], refs: [{{source: log, line: 1, phrase: word}}]}}\n"
    lines = [body.format(n=n, a=", ".join(f"{chr(98 + n)}word{k}x" for k in range(400))) for n in range(3)]
    (pack / "more.yaml").write_text("organisations:\n" + "".join(lines), "utf-8")
    assert run("search", "zz0", "zz1", "--data", str(pack)).stderr.startswith("cabrief: nothing has 'zz0 zz1'")
    done = run("search", "zz0", "zz1", "zz2", "--data", str(pack))
    assert (done.returncode, done.stdout) == (2, "")
    assert "a search takes 1,000 spellings" in done.stderr


@pytest.mark.parametrize("words", ["billion yen 2025", "tajik grants billion 2025", "million tonnes 2024", "億円 2025"])
def test_the_word_of_a_number_stands_beside_another_number(shipped: Base, words: str) -> None:
    """What has `1.382 billion yen` has `billion`, also where a year is asked for with it."""
    without = ids(shipped, *words.split()[:-1])
    found = ids(shipped, *words.split())
    assert found
    assert set(found) <= set(without)


def test_a_record_of_many_names_is_found_by_a_word_of_them(tmp_path: Path) -> None:
    pack = Path(shutil.copytree(ATOLLS, tmp_path / "pack"))
    names = ", ".join(f"Zirconium Works {n}" for n in range(900))
    refs = "refs: [{source: gazette, phrase: relations}]"
    lab = f"organisations:\n  - {{id: lab, name: Lab, aliases: [{names}], text: {{en: A., ja: 研。}}, {refs}}}\n"
    (pack / "more.yaml").write_text(lab, "utf-8")
    assert ids(open_facts(pack), "zirconium") == ["lab"]


@pytest.mark.parametrize("word", ["ウ゛ァイオリン", "ハ゜ン", "\u1112\u1161\u11ab\u1100\u116e\u11a8\u110b\u1165"])
def test_signs_that_make_one_letter_are_read_together(word: str) -> None:
    """Marks of their own behind kana, and Hangul in its parts."""
    assert Spelt(f"a {word} b").spans(spelling(fold(word))) == [(2, 2 + len(word))]
