"""What a small pack or a long word costs: each case took minutes or gigabytes once, and now ends far below both limits."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cabrief.language.text import same
from cabrief.model import standing
from cabrief.model.by_day import ByDay
from cabrief.model.kinds.treaties import Step, Treaty
from cabrief.reports import sources, why
from cabrief.store.base import Base
from conftest import ATOLLS, Run

REFS = "refs: [{source: gazette, phrase: relations}]"
LIMITS = (
    "import resource, sys\nresource.setrlimit(resource.RLIMIT_CPU, (10, 10))\n"
    "resource.setrlimit(resource.RLIMIT_AS, (1_200_000_000, 1_200_000_000))\n"
)


def note(number: int, text: str = "A.", more: str = "") -> str:
    return f'  - {{id: n{number}, aspect: outlook, countries: [aru], text: {{en: "{text}", ja: 文。}}, {REFS}{more}}}\n'


def misspelt_basics(pack: Path) -> None:
    listed = "".join(f"  - {{id: basic-value-number-{n}, label: {{en: x, ja: y}}}}\n" for n in range(900))
    given = "".join(f"      basic-walue-nunber-{n}: {{value: unknown}}\n" for n in range(900))
    with (pack / "pack.yaml").open("a", encoding="utf-8") as file:
        file.write(listed)
    countries = "".join(f"  - id: land-{n}\n    name: Land {n}\n    basics:\n{given}" for n in range(4))
    (pack / "more.yaml").write_text(f"countries:\n{countries}", "utf-8")


def one_file_by_many_names(pack: Path) -> None:
    (pack / "more.yaml").write_text("notes:\n" + "".join(note(n) for n in range(4_500)), "utf-8")
    for n in range(200):
        (pack / f"link-{n}.yaml").symlink_to("more.yaml")
    os.link(pack / "more.yaml", pack / "same.yaml")


def an_overlay_in_turns(pack: Path) -> None:
    (pack / "more.yaml").write_text("notes:\n" + "".join(note(n) for n in range(3_500)), "utf-8")
    (pack.parent / "over").mkdir()
    for file in range(6):
        notes = "".join(note(n, more=", overrides: true") for n in range(file, 3_500, 6))
        (pack.parent / "over" / f"o{file}.yaml").write_text(f"notes:\n{notes}", "utf-8")


def long_ids_of_two_letters(pack: Path) -> None:
    def id_(number: int) -> str:
        return f"{number:040b}{number * 7:040b}".replace("0", "a").replace("1", "b")

    topics = "".join(f"  - {{id: {id_(n)}, name: X}}\n" for n in range(6_000))
    (pack / "more.yaml").write_text(f"topics:\n{topics}", "utf-8")
    wanted = "".join(note(n, more=f", topics: [{id_(n + 10**6)}]") for n in range(30))
    (pack / "notes.yaml").write_text(f"notes:\n{wanted}", "utf-8")


def many_countries(pack: Path) -> None:
    text = (pack / "pack.yaml").read_text("utf-8")
    ids = ", ".join(f"c{n}" for n in range(4_000))
    (pack / "pack.yaml").write_text(text.replace("[aru, bela]", f"[aru, bela, {ids}]"), "utf-8")
    treaties = "".join(
        f"  - {{id: t{n}, name: T, type: tax, countries: [all], steps: [{{stage: signed, date: 2030, {REFS}}}]}}\n"
        for n in range(4_000)
    )
    (pack / "more.yaml").write_text(f"treaties:\n{treaties}", "utf-8")


def with_countries(pack: Path) -> None:
    """Lay 290 countries beside those of the pack."""
    text = (pack / "pack.yaml").read_text("utf-8")
    ids = [f"c{n}" for n in range(290)]
    (pack / "pack.yaml").write_text(text.replace("[aru, bela]", f"[aru, bela, {', '.join(ids)}]"), "utf-8")
    countries = "".join(f"  - {{id: {id_}, name: {id_}, basics: {{}}}}\n" for id_ in ids)
    (pack / "lands.yaml").write_text(f"countries:\n{countries}", "utf-8")


def treaties_with_all(pack: Path) -> None:
    with_countries(pack)
    for part in range(2):
        treaties = "".join(
            f"  - {{id: t{part}-{n}, short_name: T, type: tax, countries: [all], steps: [{{stage: signed, date: 2030, {REFS}}}]}}\n"
            for n in range(2_500)
        )
        (pack / f"treaties-{part}.yaml").write_text(f"treaties:\n{treaties}", "utf-8")


def names_within_names(pack: Path) -> None:
    topics = "".join(f"  - {{id: to{n}, name: {'a' * 8 + '0' * n}}}\n" for n in range(1, 291))
    (pack / "topics.yaml").write_text(f"topics:\n{topics}", "utf-8")
    notes = "".join(note(n, "a" * 1_980 + " -.") for n in range(430))
    (pack / "more.yaml").write_text(f"notes:\n{notes}", "utf-8")


def problems_in_one_line(pack: Path) -> None:
    notes = ", ".join(note(n, more=f", of: [no{n}]")[4:].rstrip() for n in range(4_000))
    (pack / "more.yaml").write_text(f"notes: [{notes}]\n", "utf-8")


def notes_of_a_power(pack: Path) -> None:
    notes = "".join(note(n, more=", of: [zemland]") for n in range(4_200))
    named = "".join(note(n, more=", actors: [zemland]") for n in range(4_200, 8_400))
    (pack / "more.yaml").write_text(f"notes:\n{notes}", "utf-8")
    (pack / "named.yaml").write_text(f"notes:\n{named}", "utf-8")


def long_names(pack: Path) -> None:
    names = "".join(f'      - "{"ⅲ" * 1_980}{n}"\n' for n in range(150))
    country = f"  - id: land\n    name: Land\n    basics: {{}}\n    aliases:\n{names}"
    about = (pack / "pack.yaml").read_text("utf-8")
    (pack / "pack.yaml").write_text(about.replace("countries: [", "countries: [land, "), "utf-8")
    (pack / "more.yaml").write_text(f"countries:\n{country}", "utf-8")


def rows_of_digits(pack: Path) -> None:
    notes = "".join(note(n, "illion a" + "1" * 1_900) for n in range(470))
    (pack / "more.yaml").write_text(f"notes:\n{notes}", "utf-8")


def rows_of_spaces(pack: Path) -> None:
    notes = "".join(note(n, "a" + " " * 1_900 + "\u00a0.") for n in range(470))
    (pack / "more.yaml").write_text(f"notes:\n{notes}", "utf-8")


def disputes_of_one_treaty(pack: Path) -> None:
    steps = ", ".join(
        f"{{stage: signed, date: 2020-05-04, {REFS.replace('relations', f'w{n:04}')}}}" for n in range(550)
    )
    treaty = f"  - {{id: t0, type: tax, countries: [aru], short_name: T, steps: [{steps}]}}\n"
    (pack / "more.yaml").write_text(f"treaties:\n{treaty}", "utf-8")
    said = f"others: [{{says: {{en: O, ja: 北}}, {REFS}}}], reason: {{en: R, ja: 北}}, {REFS}"
    for file in range(2):
        disputes = "".join(
            f"  - {{id: d{file}-{n}, about: t0, category: error, weight: high, held: {{en: H, ja: 北}}, {said}}}\n"
            for n in range(1_000)
        )
        (pack / f"d{file}.yaml").write_text(f"disputes:\n{disputes}", "utf-8")


def shuffled_keys(pack: Path) -> None:
    chance = random.Random(1)  # noqa: S311 - no secret
    names = ("organisations", "agreement", "countries", "overrides", "summary", "topics", "people", "weight", "nature")
    for file in range(60):
        records = ""
        for number in range(10):
            keys = {"".join(chance.sample(name, len(name))) + letter for name in names for letter in "ab"}
            records += f"  - {{id: n{file}-{number}, {', '.join(f'{key}: a' for key in sorted(keys))}}}\n"
        (pack / f"g{file}.yaml").write_text(f"notes:\n{records}", "utf-8")


def steps_of_one_day(pack: Path) -> None:
    step = f"{{stage: signed, date: 2020-05-04, {REFS}}}"
    for number in range(15):
        treaty = (
            f"  - {{id: t{number}, type: tax, countries: [aru], short_name: T, steps: [{', '.join([step] * 700)}]}}\n"
        )
        (pack / f"t{number}.yaml").write_text(f"treaties:\n{treaty}", "utf-8")


def agreements_of_many_events(pack: Path) -> None:
    text = f"text: {{en: A., ja: 北。}}, {REFS}"
    for part in range(2):
        numbers = range(part * 1_100, (part + 1) * 1_100)
        kinds = {
            "events": "id: e{n}, title: {{en: E, ja: 会}}, type: visit, date: 2030-05-04",
            "agreements": "id: g{n}, title: {{en: E, ja: 会}}, type: declaration, event: e{n}",
            "notes": "id: n{n}, aspect: background, agreement: g{n}",
        }
        for kind, form in kinds.items():
            records = "".join(f"  - {{{form.format(n=n)}, {text}}}\n" for n in numbers)
            (pack / f"{kind}-{part}.yaml").write_text(f"{kind}:\n{records}", "utf-8")


def many_spellings(pack: Path) -> None:
    """Each begins at every place of each text."""
    names = ", ".join("b" * n for n in range(1, 800))
    actor = f"actors:\n  - {{id: tee, name: Tee, aliases: [{names}], text: {{en: A., ja: あ。}}, {REFS}}}\n"
    words = f"{'b ' * 998}."
    (pack / "more.yaml").write_text(f"{actor}notes:\n{''.join(note(n, words) for n in range(120))}", "utf-8")


def many_names_in_many_texts(pack: Path) -> None:
    """None of the names stands in any of the texts, each of which has a number."""
    names = ", ".join(f"q{n:03}".translate(str.maketrans("0123456789", "abcdefghij")) + "k" * 150 for n in range(900))
    body = f"organisations:\n  - {{id: body, name: zz, aliases: [{names}], text: {{en: A., ja: あ。}}, {REFS}}}\n"
    claims = ", ".join([f"{{says: {{en: 1 a, ja: 1 あ}}, {REFS}}}"] * 900)
    about = f"about: aru.population, category: error, weight: low, held: {{en: H., ja: 甲。}}, reason: {{en: R., ja: 乙。}}, {REFS}"
    disputes = "".join(f"  - {{id: d{n}, {about}, others: [{claims}]}}\n" for n in range(8))
    (pack / "more.yaml").write_text(f"{body}disputes:\n{disputes}", "utf-8")


def searched_in_vain(pack: Path) -> None:
    """Promises to all of many countries, each looked for again and again."""
    with_countries(pack)
    text = "text: {en: A., ja: あ。}"
    vain = f"{{date: 2020, status: unknown, countries: [all], {text}}}"
    first = f"{{date: 2019, status: open, countries: [all], {text}, {REFS}}}"
    for n in range(4):
        outcomes = ", ".join([first] + [vain] * 800)
        promise = f"id: p{n}, by: [zemland], to: [all], firmness: target, due: 2021, outcomes: [{outcomes}]"
        (pack / f"p{n}.yaml").write_text(f"commitments:\n  - {{{promise}, {text}, {REFS}}}\n", "utf-8")


def notes_of_many_pages(pack: Path) -> None:
    """Every page of a source names all of them."""
    pages = "".join(
        f"  - {{id: s{n}, title: S, publisher: P, language: en, kind: official, url: 'https://example.org/{n}', retrieved: 2026-01-01}}\n"
        for n in range(500)
    )
    (pack / "sources.yaml").write_text(f"sources:\n{pages}", "utf-8")
    refs = ", ".join(f"{{source: s{n}, phrase: word}}" for n in range(500))
    for part in range(3):
        notes = "".join(note(part * 8 + n).replace(REFS, f"refs: [{refs}]") for n in range(8))
        (pack / f"n{part}.yaml").write_text(f"notes:\n{notes}", "utf-8")


def doubtful_and_promised(pack: Path) -> None:
    """One body that names nothing, beside promises to all of many countries."""
    with_countries(pack)
    text = "text: {en: A., ja: あ。}"
    body = f"organisations:\n  - {{id: body, name: Body, {text}, {REFS}}}\n"
    made = "".join(
        f"  - {{id: p{n}, by: [zemland], to: [all], firmness: target, due: 2021, {text}, {REFS},"
        f" outcomes: [{{date: 2020, status: kept, countries: [c{n % 250}], {text}, {REFS}}}]}}\n"
        for n in range(700)
    )
    (pack / "body.yaml").write_text(f"{body}commitments:\n{made}", "utf-8")


def kept_in_all_again_and_again(pack: Path) -> None:
    """One promise, of which every page of a country tells what became."""
    with_countries(pack)
    text = "text: {en: A., ja: あ。}"
    outcomes = ", ".join([f"{{date: 2020, status: kept, countries: [all], {text}, {REFS}}}"] * 400)
    promise = f"id: p, by: [zemland], to: [all], firmness: target, due: 2021, outcomes: [{outcomes}]"
    (pack / "p.yaml").write_text(
        f"commitments:\n  - {{{promise}, text: {{en: Promised., ja: 約束。}}, {REFS}}}\n", "utf-8"
    )


def lists_of_references(pack: Path) -> None:
    """Two packs whose records rest on other places each."""
    other = Path(shutil.copytree(pack, pack.parent / "other"))
    for folder, word in ((pack, "abc"), (other, "xyz")):
        for n in range(28):
            refs = ", ".join(f"{{source: gazette, phrase: {word}{place}}}" for place in range(1_000))
            (folder / f"n{n}.yaml").write_text(f"notes:\n{note(n).replace(REFS, f'refs: [{refs}]')}", "utf-8")


PACKS: dict[str, tuple[Callable[[Path], None], int, list[str]]] = {  # with the exit code and the command
    "misspelt basics": (misspelt_basics, 1, ["check"]),
    "one file by many names": (one_file_by_many_names, 1, ["check"]),
    "an overlay in turns": (an_overlay_in_turns, 0, ["check", "--data", "over"]),
    "long ids": (long_ids_of_two_letters, 1, ["brief"]),
    "many countries": (many_countries, 1, ["check"]),
    "treaties with all": (treaties_with_all, 0, ["treaties", "-f", "csv"]),
    "treaties that others replace": (treaties_with_all, 0, ["country", "c1", "--full"]),
    "names within names": (names_within_names, 0, ["check"]),
    "problems in one line": (problems_in_one_line, 1, ["check", "-f", "terminal"]),
    "notes of a power": (notes_of_a_power, 0, ["actors", "zemland"]),
    "long names": (long_names, 2, ["country", "bramido"]),
    "rows of digits": (rows_of_digits, 1, ["search", "e4"]),
    "disputes of one treaty": (disputes_of_one_treaty, 1, ["timeline", "--all"]),
    "shuffled keys": (shuffled_keys, 1, ["check"]),
    "steps of one day": (steps_of_one_day, 0, ["timeline", "--all", "-o", "t.svg"]),
    "agreements of many events": (agreements_of_many_events, 0, ["check"]),
    "many spellings": (many_spellings, 0, ["search", "tee"]),
    "many names in many texts": (many_names_in_many_texts, 1, ["search", "zz 1", "--as-of", "2031-12-01"]),
    "searched in vain": (searched_in_vain, 0, ["commitments"]),
    "notes of many pages": (notes_of_many_pages, 0, ["site", "made"]),
    "a doubtful body beside promises": (doubtful_and_promised, 0, ["check"]),
    "kept in all again and again": (kept_in_all_again_and_again, 0, ["search", "promised", "--as-of", "2031-06-01"]),
    "lists of references": (lists_of_references, 0, ["diff", "pack", "other"]),
    "rows of spaces": (rows_of_spaces, 0, ["site", "made"]),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", PACKS)
def test_a_small_pack_is_soon_done(name: str, tmp_path: Path) -> None:
    """Under a megabyte of facts: within some seconds of processor time and a gigabyte, with the exit code that it earns."""
    make, code, arguments = PACKS[name]
    pack = Path(shutil.copytree(ATOLLS, tmp_path / "pack"))
    make(pack)
    program = f"{LIMITS}sys.argv = ['cabrief', *sys.argv[1:]]\nfrom cabrief.cli.application import main\nmain()\n"
    command = [sys.executable, "-c", program, arguments[0], *arguments[1:], "--data", str(pack)]
    if arguments[0] == "diff":  # of two packs
        command = command[:-2]
    if "--data" in arguments:  # an overlay comes last
        command = [sys.executable, "-c", program, arguments[0], "--data", str(pack), *arguments[1:]]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=tmp_path, check=False)
    assert done.returncode == code, done.stderr[-500:]
    assert "bug" not in done.stderr
    assert ("too-large" in done.stdout) == (name == "many countries")


WORDS = {
    "a row of e": 'from cabrief.language.words import stem\nassert stem("e" * 200_000 + "b")[-1] == "b"\nassert stem("freee") == "fre"',
    "a row of i": 'from cabrief.model.names import sound\nassert sound("toka" + "i" * 200_000 + "b") == "tokaib"\nassert sound("Tokayev") == sound("Tokaev")',
    "a row of digits": (
        'from cabrief.language.words import in_digits\nlong = "billion a" + "1" * 200_000\nassert in_digits(long)\n'
        'assert in_digits("3 billion") == in_digits("3000000000")'
    ),
    "a row of no": (
        "from cabrief.language.text import Text\nfrom cabrief.model.happened import says_status\n"
        'assert not says_status(Text("No " * 60_000 + "x.", "確認されず。"), "unknown")\n'
        'assert says_status(Text("No other day was found by 3 May.", "確認されず。"), "unknown")'
    ),
    "a row of sentences": (
        "from cabrief.language.text import Text\nfrom cabrief.model.searches import is_buried\n"
        'assert is_buried(Text("Its! " * 40_000 + "No net was found by 3 May 2031.", "網。"))'
    ),
    "columns alike": (
        "from cabrief.language.layout import columns\nassert sum(columns([20_000] * 60, [10] * 60, 601)) == 601"
    ),
    "a row of spaces": (
        'from cabrief.language.text import clean\nassert len(clean(" " * 200_000 + "\\u00a0")) == 200_001\n'
        'assert clean("a \\t\\n b") == "a b"'
    ),
    "a row of #": 'from cabrief.formats.markdown import escape\nassert escape("a" + "#" * 200_000 + "x")\nassert escape("a #") == r"a \\#"',
}


@pytest.mark.parametrize("name", WORDS)
def test_a_long_word_is_soon_read(name: str) -> None:
    """Two hundred thousand letters, in a time that grows with them; and what was found before is found."""
    done = subprocess.run([sys.executable, "-c", LIMITS + WORDS[name]], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-500:]


def test_an_original_is_held_once_however_many_cards_name_it(tmp_path: Path, run_process: Run) -> None:
    """Two hundred cards of one document of 200,000 lines; what is wrong with each is told."""
    pack = Path(shutil.copytree(ATOLLS, tmp_path / "pack"))
    card = "  - {{id: s{}, title: T, publisher: P, published: 2020, language: en, kind: official, document: o.txt, sha256: '00', lines: 9}}\n"
    (pack / "more.yaml").write_text("sources:\n" + "".join(card.format(n) for n in range(200)), "utf-8")
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "o.txt").write_text("ab\n" * 200_000, "utf-8")
    program = f"{LIMITS}sys.argv = ['cabrief', *sys.argv[1:]]\nfrom cabrief.cli.application import main\nmain()\n"
    command = [sys.executable, "-c", program, "check", str(pack), "--texts", str(texts)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1, done.stderr[-500:]
    assert done.stdout.count("text-changed") == 200
    assert done.stdout.count("text-missing") == 1, "the pack's own document"


def test_a_passage_of_many_lines_is_shown_as_far_as_anybody_reads(atolls: Base) -> None:
    """The rest is counted; and a passage that goes on beyond its text costs no more than the text."""
    lines = ["Port Aru", *(["x" * 100] * 200_000)]
    ref = next(ref for said in atolls.get("aru").assertions(atolls.basics()) for ref in said.refs if ref.line == 1)
    shown = list(why._lines(lines, range(1, len(lines) + 1)))
    assert len(shown) < 100
    assert (shown[-1][0].en, shown[-1][1].text.en) == ("…", f"{200_001 - len(shown) + 1:,} more lines")
    assert [cell.text.en for _, cell in why._lines(lines[:3], range(1, 4))] == lines[:3]
    assert ref.phrase in lines[0]
    passages = [(2, 999_999, None), (1, 1, None), (3, 4, None)]
    assert sources._carried(passages, 5) == {1, 2, 3, 4, 5}
    assert sources._carried([(2, 3, None), (2, 4, None), (9, 9, None)], 8) == {2, 3, 4}


def test_the_steps_of_a_treaty_are_walked_once_for_all_countries(atolls: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    walked = []
    walk = standing.step_has_come

    def seen(step: Step, by_day: ByDay) -> bool:
        walked.append(step)
        return walk(step, by_day)

    monkeypatch.setattr(standing, "step_has_come", seen)
    talks = (Step(stage="negotiating", date="2030", refs=()),)
    whose = {"all": ("aru", "bela"), "one": ("aru",), "two": ("bela",)}
    treaties = [
        Treaty(id=id_, type="tax", short_name=same("T"), countries=countries, steps=talks)
        for id_, countries in whose.items()
    ]
    standing.standings(treaties, ["tax"], ["aru", "bela"], atolls.by_day("2031-12-01"))
    assert len(walked) == len(treaties)


def test_many_notes_name_a_dispute_and_few_tell_it(tmp_path: Path, run: Run) -> None:
    """A dispute about a treaty of many steps is told in full in some notes; each of the others gives its id."""
    pack = Path(shutil.copytree(ATOLLS, tmp_path / "pack"))
    steps = ", ".join(
        f"{{stage: signed, date: 2020-05-04, {REFS.replace('relations', f'w{n:04}')}}}" for n in range(60)
    )
    said = f"held: {{en: It holds., ja: 北。}}, others: [{{says: {{en: Not so., ja: 南。}}, {REFS}}}]"
    (pack / "more.yaml").write_text(
        f"treaties:\n  - {{id: t0, type: tax, countries: [aru], short_name: T, steps: [{steps}]}}\n"
        f"disputes:\n  - {{id: d0, about: t0, category: error, weight: high, {said}, reason: {{en: R., ja: 理由。}}, {REFS}}}\n",
        "utf-8",
    )
    text = run("timeline", "--all", "--as-of", "2031-12-01", "--data", str(pack)).stdout
    assert text.count("Not so.") == 20
    assert text.count("`d0`") == 60


def test_a_pdf_has_so_much_text(tmp_path: Path, run: Run) -> None:
    """Many lines, long ones, or runs of Japanese: more than it holds is refused at once; less is said to take a while."""
    pack = Path(shutil.copytree(ATOLLS, tmp_path / "pack"))
    for notes in (
        [note(n) for n in range(2_700)],
        [note(n, "Long words stand here. " * 70) for n in range(160)],
        [note(n, "a漢" * 950) for n in range(24)],  # each run of Japanese is an element of its own
    ):
        (pack / "more.yaml").write_text("notes:\n" + "".join(notes), "utf-8")
        done = run("facts", "--full", "--data", str(pack), "-o", str(tmp_path / "x.pdf"))
        assert done.returncode == 2
        assert "characters are too many for a PDF" in done.stderr
        assert not (tmp_path / "x.pdf").exists()


def test_a_long_note_of_a_pdf_is_soon_laid_out(tmp_path: Path) -> None:
    """One dispute of 16,000 letters, in the columns of the notes; a float in them made each line cost as much as all."""
    pack = Path(shutil.copytree(ATOLLS, tmp_path / "pack"))
    claim = f'{{en: "{"words " * 300}", ja: 文。}}'
    claims = ", ".join([f"{{says: {claim}, {REFS}}}"] * 9)
    dispute = (
        f"id: d0, about: n0, category: error, weight: high, held: {claim}, others: [{claims}], reason: {claim}, {REFS}"
    )
    (pack / "more.yaml").write_text(f"notes:\n{note(0)}disputes:\n  - {{{dispute}}}\n", "utf-8")
    program = f"{LIMITS}sys.argv = ['cabrief', *sys.argv[1:]]\nfrom cabrief.cli.application import main\nmain()\n"
    out = tmp_path / "x.pdf"
    words = ["facts", "--as-of", "2031-12-01", "--data", str(pack), "-o", str(out)]
    done = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-500:]
    assert out.stat().st_size > 10_000


def test_rows_of_links_are_not_followed_to_their_ends(tmp_path: Path) -> None:
    """Twelve thousand links, each to the next, in rows of which the system follows none; the facts beside them are refused with them."""
    pack = Path(shutil.copytree(ATOLLS, tmp_path / "pack"))
    for number in range(12_000):
        (pack / f"l{number}.yaml").symlink_to("facts.yaml" if number % 900 == 899 else f"l{number + 1}.yaml")
    program = f"{LIMITS}sys.argv = ['cabrief', *sys.argv[1:]]\nfrom cabrief.cli.application import main\nmain()\n"
    command = [sys.executable, "-c", program, "brief", "--data", str(pack)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr[-500:]
    assert "12000 problems in the fact files" in done.stderr


def test_the_notes_on_many_steps_are_made_once_for_all_countries(tmp_path: Path) -> None:
    """Nine hundred steps of a treaty with 300 countries, each with a note that names a year."""
    pack = Path(shutil.copytree(ATOLLS, tmp_path / "pack"))
    text = (pack / "pack.yaml").read_text("utf-8")
    ids = [f"c{n}" for n in range(298)]
    (pack / "pack.yaml").write_text(text.replace("[aru, bela]", f"[aru, bela, {', '.join(ids)}]"), "utf-8")
    steps = ", ".join(
        f"{{stage: signed, date: {1000 + n}-01-01, note: {{en: n{n} of 2031, ja: 注。}}, {REFS}}}" for n in range(900)
    )
    countries = "".join(f"  - {{id: {id_}, name: {id_}, basics: {{}}}}\n" for id_ in ids)
    treaty = f"id: shared, type: fishing, countries: [all], short_name: Shared, steps: [{steps}]"
    (pack / "more.yaml").write_text(f"countries:\n{countries}treaties:\n  - {{{treaty}}}\n", "utf-8")
    program = f"{LIMITS}sys.argv = ['cabrief', *sys.argv[1:]]\nfrom cabrief.cli.application import main\nmain()\n"
    words = ["treaties", "--type", "fishing", "--data", str(pack), "--as-of", "2031-12-01"]
    done = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-500:]
    assert done.stdout.count("n899 of 2031") == 1
