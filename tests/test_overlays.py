"""What is laid over a pack is named wherever it changes what a report says: in lines, notes, names, counts and gaps."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from cabrief.cli.output import OutputOptions
from cabrief.loading.layers import built_in, find_layers
from conftest import ATOLLS, Run

Lay = Callable[[str, str], str]
DAY = "2031-06-01"


@pytest.fixture
def over(tmp_path: Path, run: Run) -> Callable[..., str]:
    """A report of the atolls with some facts laid over them; what it writes on stdout and stderr."""

    def made(facts: str, *words: str, name: str = "mine") -> str:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        (folder / "facts.yaml").write_text(facts, "utf-8")
        day = [] if words[0] == "check" else ["--layers", "--as-of", DAY]
        done = run(words[0], *words[1:], "--data", str(ATOLLS), "--data", str(folder), *day)
        return done.stdout + done.stderr

    return made


CARD = (
    "sources:\n  - {id: gazette, overrides: true, title: Other Gazette, publisher: Other, published: 2031-05-04, language: en, "
    'kind: official, url: "https://other.example/x", retrieved: 2031-06-01}\n'
)
DISPUTE = (
    "disputes:\n  - {id: aru-people-count, overrides: true, about: ABOUT, category: error, weight: medium, held: {en: Our words., ja: 言葉。}, "
    "others: [{says: {en: Nobody., ja: なし。}, refs: [{source: gazette, phrase: fifteen thousand}]}], "
    "reason: {en: Newer., ja: 新しい。}, refs: [{source: log, line: 2, phrase: twelve thousand}]}\n"
)
TREATY = (
    "treaties:\n  - {id: aru-tax, overrides: true, type: tax, countries: [aru], short_name: {en: Aru tax treaty, ja: アル租税条約}, "
    "steps: [{stage: in-force, date: 2009-09-09, refs: [{source: gazette, phrase: tax in force}]}]}\n"
)
NOTE = "notes:\n  - {id: ID, aspect: background, text: {en: Ours., ja: 我々の。}, refs: [{source: gazette, phrase: ours}]MORE}\n"


@pytest.mark.parametrize("form", ["markdown", "terminal", "html", "csl-json", "bibtex"])
def test_a_note_says_whose_card_it_cites(over: Callable[..., str], form: str) -> None:
    """A card that was laid over says where a line of the pack leads."""
    sources = ["--sources"] if form == "terminal" else []
    told = over(CARD, "commitments", "-f", form, *sources).replace("\\", "").replace("{[}", "[").replace("{]}", "]")
    about = told[told.index("Other Gazette") - 400 :] if form == "bibtex" else told[told.index("Other Gazette") :]
    assert "[mine]" in about[:1200]


def test_a_dispute_says_whose_it_is_and_a_report_that_one_may_be_gone(over: Callable[..., str]) -> None:
    held = over(DISPUTE.replace("ABOUT", "aru.population"), "country", "aru", "--full")
    assert r"Our words. \[mine\]" in held
    gone = over(DISPUTE.replace("ABOUT", "bela.capital"), "country", "aru", "--full")
    assert "disputed" not in gone.partition("Population")[2].partition("\n")[0]
    assert r"Facts of \[mine\] are laid over the pack." in gone


def test_a_line_of_several_records_says_of_any_whose_it_is(over: Callable[..., str]) -> None:
    line = next(each for each in over(TREATY, "country", "aru").splitlines() if "9 September 2009" in each)
    assert r"\[mine\]" in line
    more = (
        NOTE.replace("ID", "own")
        .replace("MORE", ", of: [zemland], key: true, nature: judgement")
        .replace("background", "aim")
    )
    line = next(each for each in over(more, "compare", "zemland", "north-union").splitlines() if "Ours" in each)
    assert r"\[mine\]" in line


@pytest.mark.parametrize(
    "words", [("brief",), ("treaties", "--missing"), ("timeline",), ("disputes",), ("compare", "aru", "bela")]
)
def test_every_report_names_what_is_laid_over_the_pack(
    over: Callable[..., str], words: tuple[str, ...], run: Run
) -> None:
    """Names, counts and gaps change with it, and no mark at a line can show that; without a layer nothing is said."""
    assert over(TREATY, *words).count("laid over the pack") == 1
    assert "laid over" not in run(*words, "--data", str(ATOLLS), "--as-of", DAY).stdout
    assert "の事実をパックに重ねている。" in over(TREATY, *words, "--lang", "ja")


def test_lists_as_data_name_it_too(over: Callable[..., str], run: Run) -> None:
    assert json.loads(over(TREATY, "treaties", "-f", "json"))["laid_over"] == ["mine"]
    assert "laid_over" not in json.loads(run("treaties", "--data", str(ATOLLS), "--as-of", DAY, "-f", "json").stdout)


def test_only_a_record_of_its_kind_takes_the_place_of_another(over: Callable[..., str]) -> None:
    told = over(NOTE.replace("ID", "aru-fishing").replace("MORE", ", overrides: true"), "check")
    assert "wrong-kind: the record 'aru-fishing' at" in told
    assert "is of another kind: treaty, not note (choose another id)" in told


@pytest.mark.parametrize(("name", "shown"), [("1", "layer 1"), ("Built-in", "Built-in-2"), ("ＡTOLLS", "ＡTOLLS-2")])
def test_no_folder_is_called_like_a_note_or_the_pack(over: Callable[..., str], name: str, shown: str) -> None:
    """A mark is told from the number of a note, and from the names of what lies under it."""
    assert f"Facts of \\[{shown}\\] are laid over the pack." in over(TREATY, "brief", name=name)


def test_a_pack_that_takes_the_place_of_another_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    for name in ("pack.yaml", "facts.yaml"):
        (tmp_path / "other" / name).write_bytes((ATOLLS / name).read_bytes())
    done = run("brief", "--data", str(ATOLLS), "--data", str(tmp_path / "other"), "--as-of", DAY)
    assert done.stderr == "cabrief: other is a pack: it takes the place of atolls\n"
    assert run("brief", "--data", str(ATOLLS), "--as-of", DAY).stderr == ""


def test_an_id_goes_before_a_name_of_another(over: Callable[..., str], run: Run) -> None:
    """Who is called like the id of a topic or a country does not take its place."""
    actor = "actors:\n  - {id: zz, name: Zz Union, aliases: [sea, port-summit-2031], text: {en: Z., ja: 連。}, refs: [{source: gazette, phrase: ours}]}\n"
    assert over(actor, "brief", "sea").startswith("# Brief: The sea")
    assert "Zz Union" not in over(actor, "brief", "port-summit-2031").partition("\n")[0]
    country = "countries:\n  - {id: aru, overrides: true, name: Aaa, aliases: [bela], basics: {}}\n"
    assert over(country, "country", "bela").startswith("# Bela")


def test_a_country_is_one_of_the_pack(over: Callable[..., str]) -> None:
    """Half of the reports would know another; as a power it is in all that fit it."""
    told = over("countries:\n  - {id: aaa, name: Aaa, basics: {}}\n", "check")
    assert "facts.yaml:2:5: unlisted-country: country aaa: pack.yaml does not list the country" in told


def test_each_dated_step_of_a_treaty_is_on_the_timeline(over: Callable[..., str]) -> None:
    """Two signatures on two days are two steps; that talks go on is none."""
    steps = ", ".join(
        f"{{stage: {stage}, date: {date}, refs: [{{source: gazette, phrase: tax in force}}]}}"
        for stage, date in (
            ("negotiating", "2030-01-01"),
            ("negotiating", "2030-02-01"),
            ("signed", "2031-01-01"),
            ("signed", "2031-02-01"),
        )
    )
    treaty = TREATY[: TREATY.index("steps:")].replace("aru-tax, overrides: true", "new-tax") + f"steps: [{steps}]}}\n"
    told = over(treaty, "timeline", "--all")
    shown = [day for day in ("1 January 2030", "1 February 2030", "1 January 2031", "1 February 2031") if day in told]
    assert shown == ["1 January 2030", "1 January 2031", "1 February 2031"]


def test_a_picture_names_it_and_what_is_disputed(over: Callable[..., str], run: Run) -> None:
    """A picture is handed on alone, so it says itself what its lines cannot."""
    picture = over(TREATY, "treaties", "-f", "svg")
    assert "Facts of [mine] are laid over the pack." in picture
    assert "Disputed" not in picture
    dispute = (
        DISPUTE.replace("aru-people-count, overrides: true", "new-dispute")
        .replace("ABOUT", "aru-tax.in-force")
        .replace("category: error", "category: disagreement, summary: {en: never in force, ja: 未発効}")
    )
    assert "Disputed: never in force." in over(dispute, "treaties", "-f", "svg")
    for words in (("treaties",), ("country", "aru"), ("country", "aru", "--full")):
        assert "(disputed: never in force" in over(dispute, *words).replace("**", ""), words
    assert "laid over" not in run("treaties", "--data", str(ATOLLS), "--as-of", DAY, "-f", "svg").stdout


@pytest.mark.parametrize(
    ("here", "name", "seeds"),
    [
        ("", "pack/data", "pack/seeds/s.yaml"),
        ("pack", "data", "./seeds/s.yaml"),
        ("pack/data", ".", "../seeds/s.yaml"),
        ("", "link", "pack/seeds/s.yaml"),
        ("pack/data", "ABSOLUTE", "ABSOLUTE/../seeds/s.yaml"),
    ],
)
def test_seeds_belong_to_a_pack_by_whatever_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, here: str, name: str, seeds: str
) -> None:
    """The pack is the one here, the target of a link, or one named whole; its seeds stand beside it."""
    shutil.copytree(ATOLLS, tmp_path / "pack" / "data")
    (tmp_path / "pack" / "seeds").mkdir()
    (tmp_path / "pack" / "seeds" / "s.yaml").write_text("topics: [{id: shells, name: Shells}]\n", "utf-8")
    (tmp_path / "seeds").mkdir()  # a stranger's, beside the link
    (tmp_path / "seeds" / "s.yaml").write_text("topics: [{id: other, name: Other}]\n", "utf-8")
    (tmp_path / "link").symlink_to("pack/data")
    monkeypatch.chdir(tmp_path / here)
    absolute = str(tmp_path / "pack" / "data")
    stack = find_layers([Path(name.replace("ABSOLUTE", absolute))])
    assert [layer.label(file) for layer in stack for file in layer.files if file.endswith("s.yaml")][:1] == [
        seeds.replace("ABSOLUTE/..", str(tmp_path / "pack"))
    ]
    assert all("Other" not in Path(file).read_text("utf-8") for layer in stack for file in layer.files)


def test_the_built_in_pack_is_called_the_same_from_within(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(built_in())
    labels = {layer.label(file).split("/")[0] for layer in find_layers([Path()]) for file in layer.files}
    assert labels == {"data", "seeds"}


MEANS = (
    "sources:\n  - {id: memo, title: Memo, publisher: Us, language: en, kind: company, url: 'https://example.org/memo', "
    "retrieved: 2031-01-01}\nnotes:\n  - {id: our-means, aspect: means, of: [zemland], countries: [all], key: true, "
    "text: {en: Secret means., ja: 秘密の手段。}, refs: [{source: memo, phrase: said so there}]}\n"
)


@pytest.mark.parametrize("form", ["csv", "tsv", "ndjson", "json"])
def test_a_row_made_of_several_records_names_their_layers(over: Callable[..., str], form: str) -> None:
    """A power's row has what an overlay says of it, and so has a cell of a comparison."""
    (line,) = [
        line
        for line in over(MEANS, "actors", "-f", form if form != "json" else "ndjson").splitlines()
        if "Secret" in line
    ]
    assert "mine" in line
    if form == "json":
        found = json.loads(over(MEANS, "actors", "-f", "json").partition("\ncabrief:")[0])
        assert [row["layer"] for row in found["rows"] if row["id"] == "zemland"] == ["mine"]
        found = json.loads(over(MEANS, "actors", "zemland", "-f", "json").partition("\ncabrief:")[0])
        assert found["sources"]["memo"]["layer"] == "mine"
    if form == "csv":
        told = over(MEANS, "actors", "zemland", "-f", "csv")
        assert [line.rstrip().rpartition(",")[2] for line in told.splitlines() if "Secret" in line] == ["mine"]


def test_the_sheet_of_sources_names_layers(over: Callable[..., str], tmp_path: Path) -> None:
    file = tmp_path / "x.xlsx"
    over(MEANS, "actors", "-o", str(file))
    book = load_workbook(file)
    cards = [[cell.value for cell in row] for row in book["Sources"].iter_rows(min_row=3)]
    assert [row[-1] for row in cards if "memo" in row] == ["mine"]
    rows = [[cell.value for cell in row] for row in book["List"].iter_rows(min_row=3)]
    assert ["mine" in row for row in rows if "zemland" in row] == [True]


def test_a_pack_that_is_called_as_the_built_in_one_is_another(tmp_path: Path) -> None:
    shutil.copytree(ATOLLS, tmp_path / "built-in")
    (layer,) = find_layers([tmp_path / "built-in"])
    assert layer.name == "built-in-2"
    assert layer.label(layer.files[0]).startswith(str(tmp_path))


def test_a_statement_of_a_layer_shares_no_row_of_a_source(over: Callable[..., str]) -> None:
    """A mark is the row's: beside others of the same line nobody would know whose each is, and what is contested."""
    note = NOTE.replace("source: gazette, phrase: ours", "source: log, line: 2, phrase: ours").replace("ID", "our-own")
    for form in ("markdown", "terminal"):
        told = over(note.replace("MORE", ""), "sources", "log", "-f", form).replace("\\", "")
        (line,) = (line for line in told.splitlines() if "our-own" in line)
        assert "[mine]" in line
        assert "twelve" not in line
        assert "aru.population" not in line
    rows = json.loads(over(note.replace("MORE", ""), "sources", "log", "-f", "json"))
    assert '"layer": "mine"' in json.dumps(rows)


def test_a_page_says_whose_an_older_treaty_is(over: Callable[..., str]) -> None:
    older = (
        TREATY.replace("aru-tax, overrides: true", "older")
        .replace("type: tax", "type: fishing")
        .replace("[aru]", "[bela]")
    )
    older = older.replace("steps:", "succession: true, steps:")
    line = next(line for line in over(older, "country", "bela").splitlines() if "In force" in line)
    assert "Fishing (in force by succession)" in line
    assert r"\[mine\]" in line


@pytest.mark.parametrize("command", [("export", "-", "--to", "sqlite"), ("site", "-")], ids=["export", "site"])
def test_a_file_called_like_the_screen_has_no_private_facts(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    """`-` is a name as any other for what is never printed, on a terminal too."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "facts.yaml").write_text(NOTE.replace("ID", "ours").replace("MORE", ""), "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(OutputOptions, "on_screen", lambda _: True)
    done = run(*command, "--data", str(ATOLLS), "--data", "mine", "--as-of", DAY)
    assert "left out of what is written: mine" in done.stderr
    written = (file for file in (tmp_path / "-", *(tmp_path / "-").rglob("*")) if file.is_file())
    assert not [file for file in written if b"Ours." in file.read_bytes()]


def test_what_is_held_here_is_no_word_of_the_source(over: Callable[..., str]) -> None:
    """A dispute that rests on a source stands on its page beside what the source says, and says whose it is."""
    told = over(NOTE.replace("ID", "ours").replace("MORE", ""), "sources", "log")
    (line,) = (line for line in told.splitlines() if "aru-people-count" in line and line.startswith("|"))
    assert "Aru has 12,000 people. *(held here)*" in line


TRAWLING = """treaty_types:
  - {id: trawling, name: {en: Trawling, ja: 底引き網漁}, topics: [sea]}
treaties:
  - {id: aru-trawling, type: trawling, countries: [aru], short_name: {en: Aru trawling treaty, ja: アル底引き網漁条約},
     steps: [{stage: STAGE, date: 2030-09-09, refs: [{source: gazette, phrase: trawling treaty}]}]}
  - {id: aru-tax-protocol, type: tax, countries: [aru], short_name: {en: Aru tax protocol, ja: アル租税議定書},
     steps: [{stage: signed, date: 2009-10-10, refs: [{source: gazette, phrase: tax protocol}]}]}
"""


@pytest.mark.parametrize(
    "words",
    [
        ("treaties",),
        ("treaties", "-f", "csv"),
        ("treaties", "--country", "aru", "--lang", "ja"),
        ("country", "aru"),
        ("country", "aru", "--full"),
        ("compare", "aru", "bela"),
    ],
    ids=" ".join,
)
def test_a_treaty_of_a_type_that_the_pack_does_not_list_is_listed(
    over: Callable[..., str], words: tuple[str, ...]
) -> None:
    told = over(CARD + TRAWLING.replace("STAGE", "in-force"), *words)
    assert "rawling" in told or "底引き網漁" in told


def test_such_a_treaty_is_a_gap_where_it_is_not_in_force(over: Callable[..., str]) -> None:
    """Of countries without one nothing is said: the pack does not follow the type."""
    facts = CARD + TRAWLING.replace("STAGE", "signed")
    assert "Trawling" in over(facts, "treaties", "--missing")
    assert "Trawling" not in over(facts, "treaties", "--missing", "--country", "bela")


def test_a_second_treaty_of_a_type_is_listed(over: Callable[..., str]) -> None:
    told = over(CARD + TRAWLING.replace("STAGE", "in-force"), "treaties", "--type", "tax")
    assert "Also on record" in told
    assert "Aru tax protocol" in told


@pytest.mark.parametrize("form", ["markdown", "terminal", "html"])
def test_a_dispute_in_few_words_says_whose_it_is(over: Callable[..., str], form: str) -> None:
    """A page has what others say alone, and at the line that it is disputed."""
    dispute = DISPUTE.replace("aru-people-count, overrides: true", "ours").replace(
        "category: error", "category: disagreement"
    )
    told = over(dispute.replace("ABOUT", "thousand-boats"), "country", "aru", "-f", form, "--sources")
    told = told.replace("\\", "")
    assert "disputed [mine]" in told
    assert "Nobody. [mine]" in told
