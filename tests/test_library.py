"""The library: what `import cabrief` promises, and that the commands answer from it."""

import doctest
import inspect
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from html import escape
from importlib import import_module
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from pydantic import ConfigDict, TypeAdapter

import cabrief
from cabrief.cli.application import COMMANDS
from cabrief.language.text import Text
from cabrief.library import rows as row_classes
from cabrief.library.fact_base import FactBase
from cabrief.model.frozen import field_names
from conftest import ATOLLS, Run

TOP = Path(__file__).parents[1]
DAY = "2026-11-26"
ALL: dict[str, dict[str, Any]] = {
    "brief": {},
    "country": {"name": "KZ"},
    "compare": {"names": ["KZ", "UZ"]},
    "timeline": {"all": True},
    "treaties": {},
    "commitments": {},
    "projects": {},
    "actors": {},
    "voices": {},
    "search": {"words": "uranium"},
    "facts": {},
    "sources": {},
    "disputes": {},
    "why": {"fact": "kz-multi-vector-policy"},
    "diff": {"since": "2025-12"},
}
# arguments of the command line that Python's words, or its users, call otherwise
CALLED = {"list_": "list", "id_": "id", "whole": "all", "everything": "all", "names": "name"}


@pytest.fixture
def facts() -> FactBase:
    return cabrief.open(as_of=DAY)


PUBLIC = {"library.md": "## What is public", "library.ja.md": "## 公開する名前"}


def public_part(document: str) -> str:
    """What a document says is public."""
    _, heading, part = (TOP / "docs" / document).read_text("utf-8").partition(PUBLIC[document])
    assert heading
    return part


def test_the_public_names_are_one_list() -> None:
    """`__all__`, the file for type checkers and the documents tell of the same names, and each of them is there."""
    stub: dict[str, Any] = {}
    text = (TOP / "src" / "cabrief" / "__init__.pyi").read_text("utf-8")
    exec(text[text.index("__all__") :], stub)  # noqa: S102 - our own file
    assert stub["__all__"] == cabrief.__all__ == dir(cabrief)
    for name in cabrief.__all__:
        assert getattr(cabrief, name)
        assert name == "__version__" or all(f"`{name}" in public_part(document) for document in PUBLIC), name
    with pytest.raises(AttributeError, match="has no attribute 'Base'"):
        getattr(cabrief, "Base")  # noqa: B009 - type checkers know


@pytest.mark.parametrize("of", PUBLIC)
def test_the_document_lists_every_public_method(of: str) -> None:
    document = public_part(of)
    for cls in (cabrief.FactBase, cabrief.Report):
        members = [name for name in vars(cls) if not name.startswith("_")]
        assert len(members) > 10
        assert [
            name
            for name in members
            if f"`{name}" not in document
            and f"{name}`" not in document
            and f" {name} " not in document.replace("`", " ")
        ] == []


def test_importing_it_imports_nothing() -> None:
    """`import cabrief` costs its users nothing: not one more module of ours, nor of a library."""
    done = subprocess.run(
        [sys.executable, "-c", "import sys; before = {*sys.modules}; import cabrief; print({*sys.modules} - before)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "{'cabrief'}\n"


@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    "where",
    [
        "docs/library.md",
        "docs/library.ja.md",
        "docs/assistants.md",
        "docs/assistants.ja.md",
        "cabrief.library.fact_base",
        "cabrief.library.opening",
    ],
)
def test_examples_run(where: str) -> None:
    if where.endswith(".md"):
        found = doctest.testfile(
            str(TOP / where), module_relative=False, optionflags=doctest.ELLIPSIS, encoding="utf-8"
        )
    else:
        found = doctest.testmod(import_module(where), optionflags=doctest.ELLIPSIS)
    assert found.attempted >= 2
    assert found.failed == 0


def test_every_report_is_a_method_with_the_arguments_of_its_command() -> None:
    """Named as the options are: `--country` is `country`, `--missing` is `missing`."""
    reports = [
        name for name in COMMANDS if name not in ("check", "new", "init", "schema", "mcp", "export", "site", "browse")
    ]
    assert sorted(ALL) == sorted(reports)
    for name in reports:
        function = getattr(import_module(f"cabrief.cli.commands.{name}"), name)
        options = set()
        for parameter in inspect.signature(function).parameters.values():
            declared = list(getattr(parameter.annotation, "__metadata__", ()))
            given = [each for info in declared for each in (getattr(info, "default", None), *(info.param_decls or ()))]
            flags = [each for each in given if isinstance(each, str) and each.startswith("--")]
            if any(getattr(each, "rich_help_panel", None) for each in declared):
                continue
            options.add(flags[0].lstrip("-").replace("-", "_") if flags else CALLED.get(parameter.name, parameter.name))
        own = set(inspect.signature(getattr(FactBase, name)).parameters) - {"self"}
        own = {CALLED.get(each, each) for each in own}
        if name == "diff":
            assert own == {"since", "until", "country", "topic"}
        else:
            assert own == {CALLED.get(each, each) for each in options}, name


@pytest.mark.slow
def test_rows_have_the_fields_that_the_formats_print_and_the_types_that_they_declare(facts: FactBase) -> None:
    """Every value of every list of the shipped facts; and `to_dict` gives what the format `json` prints."""
    seen = set()
    reports = [(name, getattr(facts, name)(**arguments)) for name, arguments in ALL.items()]
    for name, report in [*reports, ("weak", facts.sources(weak=True))]:
        assert len(report) == len(report.rows) > 0
        cls = type(report.rows[0])
        seen.add(cls)
        whole = report.to_dict()
        if cls is not cabrief.Quote:
            fields = [field for field in report.document.fields if field != "layer"]
            assert [field for field in field_names(cls) if field != "layer"] == fields, name
            assert [row.to_dict() for row in report] == whole["rows"]
        hints = get_type_hints(cls)
        for field in field_names(cls):
            adapter = TypeAdapter(hints[field], config=ConfigDict(arbitrary_types_allowed=True))
            for row in report:
                value = getattr(row, field)
                adapter.validate_python(value, strict=True)
                assert not isinstance(value, (list, dict)) or field == "amount"
    declared = {cls for cls in vars(row_classes).values() if isinstance(cls, type) and issubclass(cls, row_classes.Row)}
    assert seen == declared - {row_classes.Row}


def _evidence(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "phrase" in value:
            yield f"{value['source']} {value['phrase']}"
        for item in value.values():
            yield from _evidence(item)
    elif isinstance(value, list):
        for item in value:
            yield from _evidence(item)


@pytest.mark.parametrize("name", ["brief", "country", "compare", "treaties", "timeline", "why"])
def test_quotes_lose_no_evidence_and_no_dispute(facts: FactBase, name: str) -> None:
    """What the sections of a report rest on, its quotes rest on; what is of a record says its nature."""
    report = getattr(facts, name)(**ALL[name])
    cells = list(import_module("cabrief.document").cells(report.document.sections))
    assert {ref.source for cell in cells for ref in cell.refs} <= {p.source for q in report.quotes for p in q.refs}
    assert {p.source for q in report.quotes for p in q.refs} <= set(report.sources)
    assert {id_ for cell in cells for id_ in cell.disputes} == {
        id_ for quote in report.quotes for id_ in quote.disputes
    }
    stated = [quote for quote in report.quotes if quote.refs]
    assert stated
    together = {cell.id for cell in cells if cell.more}  # what is of several records may be of several natures
    natures = ("reported", "judgement", "statement", "plan")
    for quote in stated:
        assert quote.nature in natures or (quote.nature is None and (not quote.id or quote.id in together))


def test_hits_are_quoted_in_their_own_words(facts: FactBase) -> None:
    """The printed table marks what was searched for; a quotation has no such marks."""
    report = facts.search("uranium", all=True)
    assert "«" in report.to_markdown(sources=False)
    assert [(quote.id, quote.text) for quote in report.quotes] == [(row.id, row.text) for row in report]
    assert {quote.label.en for quote in report.quotes} >= {"figure", "note"}


def test_natures_are_those_of_the_facts(facts: FactBase) -> None:
    """A judgement stays one on whatever page it is quoted."""
    natures = {row.id: row.nature for row in facts.facts()}
    found = {quote.nature for quote in facts.country("KZ", full=True).quotes if quote.id in natures}
    assert found >= {"reported", "judgement", "statement", "plan"}
    for quote in facts.country("KZ", full=True).quotes:
        if quote.id in natures:
            assert quote.nature == natures[quote.id], quote


@pytest.mark.slow
def test_names_are_forgiving_and_errors_are_those_of_the_commands(facts: FactBase, run: Run) -> None:
    titles = {facts.country(name).title for name in ("KZ", "kazakhstan", "カザフスタン", "KAZAKHSTAN", "kazakhstn")}
    assert len(titles) == 1
    assert "is taken for" in facts.country("kazakhstn").notes[0].en
    for asked, command in (
        (lambda: facts.country("kazakstn"), ["country", "kazakstn"]),
        (lambda: facts.treaties(type="trade"), ["treaties", "--type", "trade"]),
        (lambda: facts.timeline(since="2026", until="2025"), ["timeline", "--since", "2026", "--until", "2025"]),
        (lambda: facts.timeline(since="soon"), ["timeline", "--since", "soon"]),
        (lambda: facts.facts(nature="true"), ["facts", "--nature", "true"]),
        (lambda: facts.search("xyzzyq"), ["search", "xyzzyq"]),
        (lambda: facts.compare(["KZ", "china"]), ["compare", "KZ", "china"]),
        (lambda: facts.why("nonsense-of-this-kind"), ["why", "nonsense-of-this-kind"]),
        (lambda: facts.brief("nonsense"), ["brief", "nonsense"]),
        (lambda: cabrief.open(as_of="2026-11/2026-12"), ["brief", "--as-of", "2026-11/2026-12"]),
        (lambda: cabrief.open(lang="fr"), ["brief", "--lang", "fr"]),
        (lambda: cabrief.open("no-such-folder"), ["brief", "--data", "no-such-folder"]),
    ):
        with pytest.raises(cabrief.CabriefError) as raised:
            asked()
        done = run(*command)
        assert done.stderr == f"cabrief: {raised.value.message.en}\n"
        assert done.returncode == raised.value.exit_code
    with pytest.raises(cabrief.UsageError, match="name a country"):
        facts.country([])


def test_a_report_prints_as_the_command_prints(facts: FactBase, run: Run) -> None:
    for name, arguments, command in (
        ("country", {"name": "KZ"}, ["country", "KZ"]),
        ("treaties", {"missing": True}, ["treaties", "--missing"]),
        ("voices", {"country": "UZ", "asks": True}, ["voices", "--country", "UZ", "--asks"]),
    ):
        report = getattr(facts, name)(**arguments)
        assert report.to_markdown() == str(report) == run(*command, "--as-of", DAY).stdout
        assert report.to_markdown("ja") == run(*command, "--as-of", DAY, "--lang", "ja").stdout
        assert report.to_dict() == json.loads(run(*command, "--as-of", DAY, "-f", "json").stdout)
        assert report.to_text(width=80) == run(*command, "--as-of", DAY, "-f", "terminal", "--width", "80").stdout


def test_another_day_and_another_language(facts: FactBase) -> None:
    earlier = facts.at("2025-06", lang="ja")
    assert (earlier.as_of, earlier.lang, facts.as_of, facts.lang) == ("2025-06-30", "ja", DAY, "en")
    assert "国別概況" in str(earlier.country("KZ"))
    assert "cajad-summit-2025" not in {quote.id for quote in earlier.country("KZ") if quote.label.en == "Last meeting"}
    assert set(facts.names("country")) == set(facts.base.pack.countries)
    assert "kz-multi-vector-policy" in facts
    assert "kazakhstan.capital" in facts
    assert "kazakhstan.nothing" not in facts
    assert 5 not in facts


def test_private_layers_come_in_only_when_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of the environment with `layers`; one that the program itself names is asked for. A row says its layer."""
    mine = tmp_path / "mine"
    mine.mkdir()
    note = "notes:\n  - id: secret-note\n    text: {en: A secret of Aru., ja: アルの秘密。}\n    aspect: risk\n    of: [aru]\n"
    refs = "    topics: [sea]\n    refs: [{source: log, line: 1, phrase: Port Aru}]\n"
    (mine / "mine.yaml").write_text(note + refs, "utf-8")
    monkeypatch.setenv("CABRIEF_DATA", f"{ATOLLS}:{mine}")
    assert "secret-note" not in cabrief.open()
    assert "secret-note" in cabrief.open(layers=True)
    monkeypatch.setenv("CABRIEF_DATA", str(ATOLLS))
    facts = cabrief.open(mine)
    (row,) = [row for row in facts.facts(topic="sea") if row.id == "secret-note"]
    assert (row.layer, row.to_dict()["layer"]) == ("mine", "mine")
    assert {quote.layer for quote in facts.facts(topic="sea").quotes if quote.id == "secret-note"} == {"mine"}
    assert "[mine]" in facts.facts(topic="sea")._repr_html_()


def test_facts_with_problems_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("notes: [{id: x}]\n", "utf-8")
    with pytest.raises(cabrief.BadFacts) as raised:
        cabrief.open(tmp_path)
    assert raised.value.problems


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_data_frames(facts: FactBase, library: str) -> None:
    """Words in a column for each language, and a row for each row; without the library, an error that says what to install."""
    report = facts.treaties()
    make = getattr(report, f"to_{library}")
    if library not in sys.modules and __import__("importlib.util").util.find_spec(library) is None:
        with pytest.raises(cabrief.UsageError, match=f"pip install {library}"):
            make()
        return
    for each in (report, facts.disputes(), facts.commitments(), facts.country("KZ")):
        frame = getattr(each, f"to_{library}")()
        assert len(frame) == len(each)
    frame = make()
    assert {"name_en", "name_ja", "status", "refs"} <= set(frame.columns)
    assert list(frame["country"]) == [row.country for row in report]
    assert len(facts.treaties(missing=True, country="KZ", type="tax").to_pandas() if library == "pandas" else [1]) <= 1


@pytest.mark.slow
def test_columns_of_a_frame_are_flat(facts: FactBase) -> None:
    """Whatever frame takes them: numbers, words, and lists of words."""
    from cabrief.library.frames import flat_columns

    for name, arguments in ALL.items():
        report = getattr(facts, name)(**arguments)
        found = flat_columns(report.rows)
        assert {len(values) for values in found.values()} == {len(report)}
        for values in found.values():
            for value in values:
                flat = value if isinstance(value, list) else [value]
                assert all(each is None or isinstance(each, (str, int, float)) for each in flat), value


# HTML for notebooks


def test_html_says_what_the_report_says_with_its_sources(facts: FactBase) -> None:
    page = facts.country("KZ")
    html = page._repr_html_()
    for quote in page.rows:
        assert not quote.refs or any(escape(passage.url or "") in html for passage in quote.refs), quote
    assert "Astana" in html
    assert 'lang="ja"' in facts.at(lang="ja").country("KZ")._repr_html_()
    assert html.count("<td") == html.count("</td>")
    assert html.count("<details>") == 1


def test_nothing_of_a_fact_is_markup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not in a sentence, a source or an address."""
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "mine.yaml").write_text(
        "notes:\n  - id: bold-note\n    text: {en: 'A <script>x</script> & \"b\".', ja: '<img src=x>。'}\n    aspect: risk\n    of: [aru]\n"
        "    topics: [sea]\n    refs: [{source: log, line: 1, phrase: '<b>Port</b>'}]\n",
        "utf-8",
    )
    monkeypatch.setenv("CABRIEF_DATA", str(ATOLLS))
    html = cabrief.open(mine).facts(topic="sea")._repr_html_()
    assert "&lt;script&gt;" in html
    assert "<script" not in html
    assert "<b>Port" not in html
    assert Text("a", "b").pick("ja") == "b"


def test_the_first_passage_of_a_treaty_tells_of_its_status(facts: FactBase) -> None:
    """A treaty that is signed is quoted with its signature, not with talks of years before; also where a table gives no source."""
    for report in (facts.treaties(), facts.compare(["KZ", "UZ", "KG", "TJ", "TM"], on="treaties")):
        seen = set()
        for quote in report.quotes:
            record = facts.base.get(quote.id) if quote.id else None
            if record is None or quote.state != "value" or not quote.refs or "succession" in quote.text.en:
                continue
            steps = [s for s in record.steps if s.stage not in ("unknown", "applies") and s.date <= DAY]
            first = quote.refs[0]
            assert (first.source, first.phrase) in {(ref.source, ref.phrase) for ref in steps[-1].refs}, quote
            seen.add(steps[-1].stage)
        assert seen >= {"in-force", "signed"}


def test_a_day_may_be_a_date_of_pythons() -> None:
    """Wherever a day is taken."""
    day = date(2025, 1, 1)
    facts = cabrief.open(ATOLLS, as_of=day)
    assert facts.as_of == "2025-01-01"
    assert facts.at(date(2031, 6, 1)).as_of == "2031-06-01"
    assert facts.at(datetime(2031, 6, 1, 12, tzinfo=UTC)).as_of == "2031-06-01"
    later: Any = facts.at("2031-06-01")
    assert [row.id for row in later.timeline(since=day).rows] == [
        row.id for row in later.timeline(since="2025-01-01").rows
    ]
    between = later.diff(since=date(2025, 1, 1), until=date(2031, 6, 1))
    assert between.to_markdown() == later.diff(since="2025-01-01", until="2031-06-01").to_markdown()


@pytest.mark.parametrize(
    "ask",
    [
        lambda facts: facts.country(None),
        lambda facts: facts.country([None]),
        lambda facts: facts.country(0),
        lambda facts: facts.country({}),
        lambda facts: facts.at(5),
        lambda facts: facts.timeline(until=7),
        lambda facts: facts.diff(since=None),
        lambda facts: facts.diff(since=7),
        lambda facts: facts.brief(["aru", "aru"]),
        lambda facts: facts.brief(0),
        lambda facts: facts.brief(date(2025, 1, 1)),
        lambda facts: facts.names([]),
        lambda facts: facts.names(None),
        lambda facts: facts.sources(id=iter(())),
        lambda facts: facts.sources(id=0),
        lambda facts: facts.country("aru").to_text(width="x"),
        lambda facts: facts.country("aru").to_text(width=0),
        lambda facts: facts.country("aru").to_markdown("xx"),
        lambda _: cabrief.open(""),
        lambda _: cabrief.open(["", "x"]),
        lambda facts: facts.why("aru", texts="a" * 10_000),
        lambda facts: facts.why("aru", texts=1),
        lambda _: cabrief.open("a" * 10_000),
    ],
)
def test_an_argument_of_a_wrong_type_is_a_wrong_request(ask: Callable[[Any], Any]) -> None:
    """The error says what was expected; nothing of the inside comes out."""
    with pytest.raises(cabrief.CabriefError) as raised:
        ask(cabrief.open(ATOLLS))
    assert len(str(raised.value)) < 200


def test_a_frame_has_the_digits_of_a_small_sum() -> None:
    """As CSV has them, and no power of ten."""
    from cabrief.library.frames import _flat

    assert _flat({"value": Decimal("0.00000000001"), "unit": "usd"}) == "0.00000000001 usd"


def test_nothing_that_is_asked_for_is_dropped() -> None:
    """One unknown fact among known ones is told; so are two things where one is wanted."""
    facts = cabrief.open(as_of=DAY)
    with pytest.raises(cabrief.UnknownName, match="nope"):
        facts.why(["kz-multi-vector-policy", "nope"])
    with pytest.raises(cabrief.UsageError, match="name one thing, not 2"):
        facts.brief("aviation,energy")


def test_a_name_of_several_is_told(tmp_path: Path) -> None:
    """The first of them is meant, and a note names the others; an id names one."""
    person = (
        "id: kim-{n}, name: Kim {n}, aliases: [Kim], role: {{en: R, ja: 役}}, of: zemland, text: {{en: A., ja: あ。}}"
    )
    refs = "refs: [{source: log, line: 1, phrase: hello}]"
    lines = [f"  - {{{person.format(n=n)}, {refs}}}" for n in "ab"]
    (tmp_path / "p.yaml").write_text("people:\n" + "\n".join(lines) + "\n", "utf-8")
    facts = cabrief.open([ATOLLS, tmp_path])
    assert [note.en for note in facts.voices(speaker="Kim").notes] == [
        "'Kim' is taken for kim-a; others of this name: kim-b"
    ]
    assert facts.voices(speaker="kim-b").notes == ()


def test_a_topic_called_summit_has_its_page(tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text("topics: [{id: summit, name: Summitry}]\n", "utf-8")
    assert cabrief.open([ATOLLS, tmp_path]).brief("summit").document.title.en == "Brief: Summitry"
    assert "Port" in cabrief.open(ATOLLS).brief("summit").document.title.en


def test_an_id_goes_before_one_that_differs_in_hyphens(tmp_path: Path) -> None:
    """As typed it is that of one record; without its hyphens it is a name of both, and the other is told."""
    topics = ("line-5-1, name: Part one", "line-51, name: Fifty-one")
    (tmp_path / "t.yaml").write_text("topics:\n" + "".join(f"  - {{id: {each}}}\n" for each in topics), "utf-8")
    facts = cabrief.open([ATOLLS, tmp_path])
    for name, title in (("line-51", "Fifty-one"), ("line-5-1", "Part one"), ("LINE-51", "Fifty-one")):
        found = facts.facts(topic=name)
        assert (f"Only: topic {title}." in found.to_markdown(), found.notes) == (True, ())
    assert [note.en for note in facts.facts(topic="line 51").notes] == [
        "'line 51' is taken for line-5-1; others of this name: line-51"
    ]
