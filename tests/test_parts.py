"""Parts of records: values, members, steps and outcomes are told of whom they concern, on the day, and with what marks them."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import cabrief
from cabrief.library.frames import flat_columns
from conftest import ATOLLS, Run, open_facts

REFS = "refs: [{source: gazette, phrase: relations}]"
LOG = "refs: [{source: log, line: 9, phrase: talks with Bela}]"
DAY = "2031-12-01"
Told = Callable[..., list[dict[str, Any]]]


def text(words: str) -> str:
    return f'text: {{en: "{words}", ja: 記述。}}'


@pytest.fixture
def told(pack: Path, run: Run) -> Told:
    """Rows of a command on the pack with a file more."""

    def ask(added: str, *words: str, day: str = DAY) -> list[dict[str, Any]]:
        (pack / "more.yaml").write_text(added, "utf-8")
        done = run(*words, "--data", str(pack), "--as-of", day, "-f", "json")
        assert done.returncode in (0, 1), done.stderr
        found: list[dict[str, Any]] = json.loads(done.stdout)["rows"]
        return found

    return ask


@pytest.fixture
def page(pack: Path, run: Run) -> Callable[..., str]:
    """A page on the pack with a file more, without its sources."""

    def ask(added: str, *words: str, day: str = DAY) -> str:
        (pack / "more.yaml").write_text(added, "utf-8")
        done = run(*words, "--data", str(pack), "--as-of", day, "--no-sources")
        assert done.returncode in (0, 1), done.stderr
        return str(done.stdout)

    return ask


def promise(outcomes: str, *, by: str = "zemland", to: str = "aru, bela", due: str = "2031-08") -> str:
    fields = f"id: nets, by: [{by}], to: [{to}], firmness: target, date: 2031-05-04, due: {due}"
    return f"commitments:\n  - {{{fields}, outcomes: [{outcomes}], {text('Nets are promised.')}, {REFS}}}\n"


def outcome(date: str, status: str, countries: str = "", words: str = "Nets came.") -> str:
    where = f", countries: [{countries}]" if countries else ""
    return f"{{date: {date}, status: {status}{where}, {text(words)}, {REFS}}}"


EACH_KEPT = [outcome("2031-05-20", "open"), outcome("2031-06-01", "kept", "aru"), outcome("2031-07-01", "kept", "bela")]
KEPT_IN_ONE = [outcome("2031-06-01", "kept", "aru"), outcome("2031-10-01", "unknown", "aru, bela")]
KEPT_THEN_OPEN = [outcome("2031-06-01", "kept", "aru"), outcome("2031-07-01", "open")]
MISSED_THEN_KEPT = [outcome("2031-06-01", "missed", "aru"), outcome("2031-07-01", "kept")]


@pytest.mark.parametrize(
    ("made", "everywhere", "aru", "bela"),
    [
        ((EACH_KEPT,), ("kept", False), ("kept", False), ("kept", False)),
        ((KEPT_THEN_OPEN,), ("partly", True), ("kept", False), ("open", True)),
        ((MISSED_THEN_KEPT,), ("kept", False), ("kept", False), ("kept", False)),
        (([outcome("2031-06-01", "missed", "aru")],), ("missed", True), ("missed", False), ("unknown", True)),
        (([outcome("2031-10-01", "unknown", "aru")],), ("unknown", True), ("unknown", True), ("unknown", True)),
        ((KEPT_IN_ONE,), ("partly", True), ("kept", False), ("unknown", True)),
        (
            ([outcome("2031-06-01", "kept", "aru")], "aru, bela", "zemland"),
            ("partly", True),
            ("kept", False),
            ("partly", True),
        ),
        (
            (
                [outcome("2031-05-20", "open"), outcome("2031-10-01", "unknown", "bela")],
                "zemland",
                "aru, bela",
                "2032-08",
            ),
            ("open", False),
            ("open", False),
            ("open", False),
        ),
    ],
)
def test_a_promise_stands_in_each_country_as_its_last_outcome_there_tells(
    made: tuple[Any, ...], everywhere: tuple[str, bool], aru: tuple[str, bool], bela: tuple[str, bool], told: Told
) -> None:
    outcomes, *rest = made
    added = promise(", ".join(outcomes), **dict(zip(("by", "to", "due"), rest, strict=False)))
    for narrowed, right in (((), everywhere), (("--country", "aru"), aru), (("--country", "bela"), bela)):
        rows = told(added, "commitments", *narrowed)
        assert [(r["status"], r["overdue"]) for r in rows if r["id"] == "nets"] == [right], narrowed


def test_a_search_in_one_country_hides_no_result_in_another(page: Callable[..., str], told: Told) -> None:
    added = promise(", ".join(KEPT_IN_ONE)).replace("id: nets", "id: nets, event: port-summit-2031, topics: [sea]")
    list_ = page(added, "commitments")
    assert "kept in Aru (as of 1 June 2031); outcome unknown in Bela (searched 1 October 2031)" in list_
    row = next(row for row in told(added, "commitments") if row["id"] == "nets")
    assert (row["status_as_of"], row["done_in"]) == ("2031-06-01", ["aru"])
    assert "**Since then**: Nets came (1 June 2031)" in page(added, "brief")
    whole = promise(f"{outcome('2031-06-01', 'kept', 'aru')}, {outcome('2031-10-01', 'unknown')}")
    assert "kept in Aru (as of 1 June 2031); outcome unknown elsewhere" in page(whole, "commitments")


def test_an_outcome_concerns_the_countries_in_which_it_came_about(told: Told) -> None:
    added = promise(outcome("2031-06-01", "kept", "aru"))
    for country, found in (("aru", ["nets", "nets.outcome-1"]), ("bela", ["nets"])):
        ids = [row["id"] for row in told(added, "facts", "--country", country, "--kind", "commitment")]
        assert [id_ for id_ in ids if id_.startswith("nets")] == found
        ids = [row["id"] for row in told(added, "search", "nets", "--country", country)]
        assert ids == found


MEMBERS = (
    f"organisations:\n  - {{id: guild, name: Guild, {text('The guild met on 3 June 2031.')}, {REFS}, members: ["
    f"{{of: aru, role: member, note: {{en: suspended, ja: 停止}}, as_of: 2029-01-05, {REFS}}}, "
    f"{{of: north-union, role: observer, as_of: 2029-01-05, {REFS}}}]}}\n"
)


def test_a_membership_says_whose_it_is_and_its_note(told: Told, page: Callable[..., str]) -> None:
    rows = {row["id"]: row for row in told(MEMBERS, "facts", "--kind", "organisation")}
    assert rows["guild.aru"]["text"]["en"] == "Guild: Aru (member; suspended)"
    assert (rows["guild.aru"]["countries"], rows["guild.aru"]["actors"]) == (["aru"], [])
    assert (rows["guild.north-union"]["countries"], rows["guild.north-union"]["actors"]) == ([], ["north-union"])
    assert [row["id"] for row in told(MEMBERS, "search", "suspended")] == ["guild.aru"]
    assert [row["id"] for row in told(MEMBERS, "search", "Guild", "--country", "aru")] == ["guild.aru"]
    assert not [row for row in told(MEMBERS, "facts", "--country", "bela") if row["id"].startswith("guild")]
    assert "Guild: Aru (member; suspended)" in page(MEMBERS, "why", "guild.aru")


def test_a_membership_is_older_than_the_sentence_on_its_organisation(page: Callable[..., str]) -> None:
    early = page(
        MEMBERS.replace("gazette, phrase: relations", "log, line: 9, phrase: talks with Bela", 1),
        "country",
        "aru",
        "--full",
        day="2031-06-02",
    )
    assert "| Guild" in early
    assert "3 June" not in early


def test_an_estimate_without_a_day_is_one(pack: Path, run: Run) -> None:
    facts = (pack / "facts.yaml").read_text("utf-8")
    (pack / "facts.yaml").write_text(facts.replace("as_of: 2030, estimate: true", "estimate: true"), "utf-8")
    for lang, words in (("en", "12,000 people (est.)"), ("ja", "12,000人（推計）")):
        done = run("country", "aru", "--data", str(pack), "--full", "--lang", lang)
        assert words in done.stdout.replace("1万2,000人", "12,000人").replace("1万2000人", "12,000人")


STEPS = (
    f"treaties:\n  - {{id: bela-tax, type: tax, countries: [bela], short_name: {{en: Bela tax, ja: ベラ租税}}, steps: ["
    f"{{stage: negotiating, date: 2029, {LOG}}}, {{stage: signed, date: 2031-04, {REFS}}}],"
    f" next_step: {{as_of: 2031-11-20, nature: statement, {text('A vote was near.')}, {REFS}}}}}\n"
)


def test_a_step_of_a_month_is_told_once_it_counts_as_taken(told: Told) -> None:
    """What is under way is told from its own day on, under its own nature."""
    for day, natures in (
        ("2031-04-10", {"bela-tax.negotiating": "reported"}),
        ("2031-06-01", {"bela-tax.negotiating": "reported", "bela-tax.signed": "reported"}),
        (
            "2031-11-20",
            {"bela-tax.negotiating": "reported", "bela-tax.signed": "reported", "bela-tax.next-step": "statement"},
        ),
    ):
        rows = told(STEPS, "facts", "--kind", "treaty", "--country", "bela", day=day)
        assert {row["id"]: row["nature"] for row in rows if row["id"].startswith("bela-tax")} == natures


def test_a_next_step_that_somebody_says_is_no_plain_fact(page: Callable[..., str]) -> None:
    for words in (
        ("facts", "--kind", "treaty"),
        ("search", "vote"),
        ("treaties", "--type", "tax", "--country", "bela"),
    ):
        assert "as quoted by Gazette" in page(STEPS, *words).replace("«", "").replace("»", "")


def test_a_next_step_does_not_hide_that_a_treaty_ends(page: Callable[..., str], told: Told) -> None:
    ends = f"{{stage: in-force, date: 2030-01-01, {REFS}}}, {{stage: terminated, date: 2032-06-01, {REFS}}}"
    treaty = (
        f"treaties:\n  - {{id: bela-tax, type: tax, countries: [bela], short_name: {{en: B, ja: ベ}}, steps: [{ends}],"
        f" next_step: {{as_of: 2031-06-01, {text('Parliaments debate it.')}, {REFS}}}}}\n"
    )
    assert "ends 1 June 2032; Parliaments debate it" in page(treaty, "treaties", "--type", "tax")
    row = next(row for row in told(treaty, "treaties", "--type", "tax") if row["country"] == "bela")
    assert row["next_step"]["en"].startswith("ends 1 June 2032; ")


def test_a_sentence_is_not_told_before_a_day_that_it_names(told: Told) -> None:
    notes = f"notes:\n  - {{id: later, aspect: outlook, countries: [aru], {text('On 3 May 2031 the harbour opened.')}, {REFS}}}\n"
    month = (
        f"  - {{id: month, aspect: outlook, countries: [aru], date: 2031-05, {text('The harbour grew.')}, {REFS}}}\n"
    )
    view = f"  - {{id: view, aspect: outlook, nature: judgement, of: [aru], as_of: 2031-05, {text('It grows.')}, {REFS}}}\n"
    for day, found in (("2031-05-02", []), ("2031-05-03", ["later"]), ("2031-05-04", ["later", "month", "view"])):
        ids = [row["id"] for row in told(notes + month + view, "facts", "--kind", "note", day=day)]
        assert [id_ for id_ in ids if id_ in ("later", "month", "view")] == found


def test_every_row_of_an_overlay_has_its_layer(pack: Path, tmp_path: Path, run: Run) -> None:
    over = tmp_path / "over"
    over.mkdir()
    steps = "".join(
        f"  - {{id: zz-{n}, type: tax, countries: [aru], short_name: {{en: Z{n}, ja: Z}}, steps: ["
        f"{{stage: signed, date: 2031-05-04, note: {{en: a quagga, ja: 馬}}, {REFS}}}]}}\n"
        for n in range(14)
    )
    (over / "o.yaml").write_text(f"treaties:\n{steps}", "utf-8")
    done = run("search", "quagga", "--data", str(pack), "--data", str(over), "--layers", "--as-of", DAY, "-f", "json")
    rows = json.loads(done.stdout)["rows"]
    assert len(rows) == 14
    assert {row["layer"] for row in rows} == {"over"}


DISPUTES = "disputes:\n" + "".join(
    f"  - {{id: {id_}, about: boats-value.value, category: disagreement, weight: {weight}, summary: {{en: {words}, ja: 相違}},"
    f" held: {{en: H., ja: あ。}}, others: [{{says: {{en: O., ja: い。}}, {LOG}}}], reason: {{en: R., ja: う。}}, {REFS}}}\n"
    for id_, weight, words in (("one", "medium", "Rounding"), ("two", "high", "Three or five"))
)


def test_a_disputed_value_is_told_in_words_the_weightiest_first(
    page: Callable[..., str], tmp_path: Path, run: Run
) -> None:
    right = "(disputed: Three or five; +1 more)"
    note = f"notes:\n  - {{id: weak, aspect: outlook, countries: [aru], {text('Boats cost much.')}, {LOG}}}\n"
    about = DISPUTES.replace("boats-value.value", "weak", 1)
    assert right in page(DISPUTES, "facts", "--kind", "figure")
    assert "**(disputed: Rounding)**" in page(note + about, "sources", "--weak")
    page(DISPUTES, "brief")
    assert run("site", str(tmp_path / "site"), "--data", str(tmp_path / "pack"), "--as-of", DAY).returncode == 0
    assert right in (tmp_path / "site" / "search" / "1.js").read_text("utf-8")


def test_rows_of_the_powers_summits_are_those_of_the_table(told: Told) -> None:
    assert {row["kind"] for row in told("", "timeline", "--by", "actor")} == {"summit"}
    assert told("", "timeline", "--by", "actor", "--kind", "treaty") == []


def test_a_record_is_decoded_once() -> None:
    base = open_facts(ATOLLS)
    assert base.get("aru") is base.get("aru")
    assert base.get_all(["aru"])["aru"] is base.get("aru")
    assert base.by_day(DAY) is base.by_day(DAY)
    assert len({id(base.by_day(f"2031-01-{n:02}")) for n in range(1, 29)}) > 1
    assert len(base._days) <= 10


def test_a_year_keeps_its_doubt(pack: Path, run: Run) -> None:
    step = f"{{stage: in-force, date: 2029~, {REFS}}}"
    treaty = f"treaties:\n  - {{id: t, type: tax, countries: [bela], short_name: {{en: B, ja: ベ}}, steps: [{step}]}}\n"
    (pack / "more.yaml").write_text(treaty, "utf-8")
    picture = run("treaties", "--type", "tax", "--data", str(pack), "-f", "svg", "--as-of", DAY).stdout
    assert "in force about 2029" in picture


def test_a_folder_by_a_link_in_a_circle_is_told(tmp_path: Path, run: Run) -> None:
    (tmp_path / "circle").symlink_to("circle")
    for words in (("init",), ("site",)):
        done = run(*words, str(tmp_path / "circle"))
        assert done.returncode == 2
        assert "bug" not in done.stderr


def test_what_was_typed_is_looked_for_before_other_spellings(pack: Path, run: Run) -> None:
    names = "T, H, E, TH, HE, ET, THE, HET, ETH, Zulu"
    actor = f"actors:\n  - {{id: tee, name: Tee, aliases: [{names}], {text('A.')}, {REFS}}}\n"
    note = f"notes:\n  - {{id: long, aspect: outlook, countries: [aru], {text('the ' * 470 + 'Zulu.')}, {REFS}}}\n"
    (pack / "more.yaml").write_text(actor + note, "utf-8")
    rows = json.loads(run("search", "Zulu", "--data", str(pack), "-f", "json").stdout)["rows"]
    assert "long" in [row["id"] for row in rows]


def test_who_promised_is_no_place_of_what_was_promised_to_others(told: Told, page: Callable[..., str]) -> None:
    added = promise(outcome("2031-06-01", "kept", "bela"), by="aru", to="bela")
    row = next(row for row in told(added, "commitments") if row["id"] == "nets")
    assert (row["status"], row["overdue"]) == ("kept", False)
    half = promise(outcome("2031-06-01", "kept", "bela"))
    overdue = page(half, "commitments", "--overdue")
    assert "Nets are promised" in overdue
    assert "Nothing on record" not in overdue
    # of one country, every report tells what came about in it
    for words in (
        ("country", "bela", "--full"),
        ("timeline", "--country", "bela", "--all"),
        ("commitments", "--country", "bela"),
    ):
        line = next(line for line in page(half, *words).splitlines() if "Nets are promised" in line)
        assert "kept in Bela" in line
        assert "overdue" not in line, words


def test_a_disputed_outcome_is_told_in_words(page: Callable[..., str]) -> None:
    about = DISPUTES.replace("boats-value.value", "nets.outcome-1")
    assert "(disputed: Three or five; +1 more)" in page(promise(outcome("2031-06-01", "kept")) + about, "commitments")


def test_a_disputed_date_is_told_in_words(page: Callable[..., str]) -> None:
    fields = f"id: fair, type: conference, date: 2031-06-01, title: {{en: Fair, ja: 市}}, countries: [aru], {text('There was a fair.')}"
    fair = f"events:\n  - {{{fields}, {REFS}}}\n"
    disputes = DISPUTES.replace("boats-value.value", "fair.date")
    assert "(disputed: Three or five; +1 more)" in page(fair + disputes, "timeline", "--all")


def test_actors_and_bodies_of_a_later_day_are_not_told(told: Told, page: Callable[..., str]) -> None:
    actors = (
        f"actors:\n  - {{id: big, name: Big, nature: judgement, {text('Big wants fish.')}, {REFS}}}\n"
        f"  - {{id: vain, name: Vain, {text('No report of a visit was found by 3 November 2031.')}, {REFS}}}\n"
    )
    body = f"organisations:\n  - {{id: bank, name: Bank, date: 2031-08-15, {text('The bank was founded.')}, {REFS}, members: [{{of: aru, role: member, {REFS}}}]}}\n"
    early = {row["id"] for row in told(actors + body, "facts", day="2030-06-01")}
    assert early.isdisjoint({"big", "vain", "bank", "bank.aru"})
    assert {"big", "vain", "bank.aru"} <= {row["id"] for row in told(actors + body, "facts")}
    for id_, words in (("vain", "No report"), ("big", "wants")):
        assert words not in page(actors + body, "actors", id_, day="2030-06-01")
        assert words in page(actors + body, "actors", id_)


def test_all_that_was_announced_of_a_treaty_is_told_together(page: Callable[..., str]) -> None:
    """That the old one ends, that the new one begins, and what a note says is under way."""
    old = f"{{stage: in-force, date: 1950, {REFS}}}, {{stage: terminated, date: 2033-01-01, {REFS}}}"
    new = f"{{stage: signed, date: 2031-02, {REFS}}}, {{stage: in-force, date: 2032-08-15, {REFS}}}"
    named = "short_name: {en: X, ja: 新}"
    treaties = (
        (
            f"treaties:\n  - {{id: old, type: fishing, countries: [bela], succession: true, {named}, steps: [{old}]}}\n"
            f"  - {{id: bela-fishing, overrides: false, type: tax, countries: [bela], {named}, steps: [{new}]}}\n"
        )
        .replace("bela-fishing, overrides: false", "bela-tax")
        .replace("type: fishing", "type: tax")
    )
    treaties = treaties.replace("id: bela-tax", "id: bela-tax, replaces: old")
    begins = "X enters into force 15 August 2032"
    assert f"ends 1 January 2033; {begins}" in page(treaties, "treaties", "--type", "tax")
    noted = treaties.replace(f"{new}]", f"{new}], next_step: {{as_of: 2031-06-01, {text('Offices prepare.')}, {REFS}}}")
    assert f"ends 1 January 2033; {begins}; Offices prepare" in page(noted, "treaties", "--type", "tax")


def test_a_dispute_about_a_membership_concerns_the_member(told: Told) -> None:
    about = DISPUTES.replace("boats-value.value", "guild.aru")
    for country, found in (("aru", {"one", "two"}), ("bela", set[str]())):
        assert {row["id"] for row in told(MEMBERS + about, "disputes", "--country", country)} & {"one", "two"} == found


def test_a_name_with_plan_in_it_is_no_plan(page: Callable[..., str]) -> None:
    steps = f"{{stage: signed, date: 2031-02, {REFS}}}, {{stage: in-force, date: 2031-09-01, {REFS}}}"
    treaty = f"{{id: fish, type: fishing, countries: [aru], short_name: {{en: Fish action plan, ja: 魚行動計画}}, steps: [{steps}]}}"
    facts = page(f"treaties:\n  - {treaty}\n", "facts", "--kind", "treaty", day="2031-06-01")
    assert "Fish action plan: in force, 1 September 2031 · fish.in-force *(planned)*" in facts


def test_a_dispute_names_who_says_otherwise(page: Callable[..., str]) -> None:
    said = page(DISPUTES, "disputes")
    assert "Other sources: O (Harbour Office)." in said
    named = DISPUTES.replace("says: {en: O., ja: い。}", "says: {en: Harbour Office says O., ja: 港湾局は、いとする。}")
    assert "Other sources: Harbour Office says O." in page(named, "disputes")


def test_what_was_shown_of_a_treaty_that_replaces_another_has_its_layer(pack: Path, tmp_path: Path, run: Run) -> None:
    refs = "refs: [{source: gazette, phrase: signed then}]"
    old = f"{{id: old, type: tax, countries: [bela], short_name: {{en: Old, ja: 旧}}, steps: [{{stage: in-force, date: 2030, {refs}}}]}}"
    new = f"{{id: new, type: tax, countries: [bela], replaces: old, short_name: {{en: New, ja: 新}}, steps: [{{stage: signed, date: 2031-05-05, {refs}}}]}}"
    over = tmp_path / "over"
    over.mkdir()
    (pack / "more.yaml").write_text(f"treaties:\n  - {old}\n", "utf-8")
    (over / "new.yaml").write_text(f"treaties:\n  - {new}\n", "utf-8")
    done = run("treaties", "--type", "tax", "--data", str(pack), "--data", str(over), "--as-of", DAY, "--layers")
    assert r"New: signed, 5 May 2031 \[over\]" in done.stdout


def test_an_event_is_told_in_no_words_of_a_later_day(page: Callable[..., str]) -> None:
    fields = "id: fair, type: conference, date: 2029-06-01, title: {en: Fair, ja: 市}, countries: [aru]"
    fair = f"events:\n  - {{{fields}, {text('There was a fair. It was forgotten by May 2031.')}, {REFS}}}\n"
    assert "forgotten" in page(fair, "facts", "--kind", "event")
    early = page(fair, "facts", "--kind", "event", day="2030-01-01")
    assert "forgotten" not in early
    assert "Fair" in early


def test_a_dispute_about_a_treaty_concerns_the_countries_that_it_names(told: Told) -> None:
    treaty = f"treaties:\n  - {{id: both, type: tax, countries: [aru, bela], short_name: T, steps: [{{stage: signed, date: 2031, {REFS}}}]}}\n"
    about = DISPUTES.replace("boats-value.value", "both.signed").replace("category:", "countries: [aru], category:")
    for country, found in (("aru", {"one", "two"}), ("bela", set[str]())):
        assert {row["id"] for row in told(treaty + about, "disputes", "--country", country)} & {"one", "two"} == found


def test_a_country_keeps_the_day_of_its_own_note(told: Told) -> None:
    later = f"events:\n  - {{id: flight, type: flight, date: 2031-11, title: {{en: F, ja: 便}}, countries: [aru], {text('A flight.')}, {REFS}}}\n"
    note = f"notes:\n  - {{id: late, aspect: outlook, countries: [aru], event: flight, as_of: 2031-05-20, {text('The flight is late.')}, {REFS}}}\n"
    assert "late" in {row["id"] for row in told(later + note, "facts", day="2031-06-01")}


def test_a_search_of_a_later_day_is_not_told_of_what_has_no_date(page: Callable[..., str]) -> None:
    fields = "id: talks, type: meeting, title: {en: Talks, ja: 協議}, status: unknown, nature: plan, as_of: 2031-11-01, countries: [aru]"
    talks = f"events:\n  - {{{fields}, {text('Talks were agreed.')}, {REFS}}}\n"
    assert "no report found" in page(talks, "country", "aru", "--full").lower()
    early = page(talks, "country", "aru", "--full", day="2031-06-01")
    assert "Talks" in early
    assert "no report found" not in early


def test_whoever_told_of_the_signature_is_not_credited_with_the_entry(page: Callable[..., str]) -> None:
    steps = f"{{stage: signed, date: 2031-05-20, {LOG}}}, {{stage: in-force, date: 2031-09-01, {REFS}}}"
    treaty = f"treaties:\n  - {{id: toll, replaces: bela-fishing, type: fishing, countries: [bela], short_name: {{en: Toll, ja: 税}}, steps: [{steps}]}}\n"
    gaps = page(treaty, "treaties", "--missing", "--type", "fishing", "--country", "bela", day="2031-06-02")
    assert "signed, 20 May 2031, according to Harbour Office; enters into force 1 September 2031" in gaps
    assert "1 signed, entry into force announced" in gaps
    whole = page(treaty, "country", "bela", day="2031-06-02")
    assert "**Signed, entry into force announced**: Fishing (20 May 2031, enters into force 1 September 2031)" in whole


def test_a_body_is_told_beside_its_members(page: Callable[..., str]) -> None:
    guild = f"organisations:\n  - {{id: guild, name: {{en: Guild, ja: 組合}}, countries: [aru], {text('The Guild sets prices.')}, {REFS},"
    whole = page(f"{guild} members: [{{of: aru, role: member, {REFS}}}]}}\n", "country", "aru", "--full")
    assert "The Guild sets prices." in whole


def test_a_pack_without_a_summit_has_its_pages(pack: Path, run: Run) -> None:
    setting = (pack / "pack.yaml").read_text("utf-8")
    (pack / "pack.yaml").write_text(
        "".join(line for line in setting.splitlines(keepends=True) if not line.startswith("summit:")), "utf-8"
    )
    done = run("brief", "--data", str(pack), "--as-of", DAY)
    assert "# Pages of brief" in done.stdout
    assert "Since the summit" not in run("brief", "sea", "--data", str(pack), "--as-of", DAY).stdout


def test_an_unknown_outcome_is_no_report_that_was_looked_for(pack: Path, tmp_path: Path, run: Run) -> None:
    (pack / "more.yaml").write_text(promise(outcome("2031-09-01", "unknown")), "utf-8")
    words = ("--data", str(pack), "--as-of", DAY)
    assert run("timeline", "--all", *words, "-o", str(tmp_path / "t.xlsx")).returncode == 0
    shared = zipfile.ZipFile(tmp_path / "t.xlsx").read("xl/sharedStrings.xml").decode()
    assert "outcome unknown" in shared


def test_a_frame_takes_units_in_words(pack: Path) -> None:
    boats = promise("").replace("outcomes: []", "amount: {value: 12, unit: {en: boats, ja: 隻}}")
    (pack / "more.yaml").write_text(boats, "utf-8")
    columns = flat_columns(cabrief.open(str(pack), as_of=DAY).commitments().rows)
    assert "12 boats" in columns["amount_en"]
    assert "12 隻" in columns["amount_ja"]


def test_what_was_announced_of_treaties_is_told_with_its_evidence(
    page: Callable[..., str], pack: Path, run: Run
) -> None:
    """An end with what comes in its place, a signature that is planned: each by the source that announced it."""
    new = "refs: [{source: log, line: 9, phrase: talks with Bela}]"
    old = f"{{id: old, type: fishing, countries: [bela], replaces: bela-fishing, short_name: {{en: Old, ja: 旧}}, steps: [{{stage: in-force, date: 2030, {REFS}}}, {{stage: terminated, date: 2033-01-01, {new}}}]}}"
    next_ = f"{{id: next, type: fishing, countries: [bela], replaces: old, short_name: {{en: New, ja: 新}}, steps: [{{stage: signed, date: 2031-02, {REFS}}}, {{stage: in-force, date: 2033-01-01, {REFS}}}]}}"
    sign = f"{{id: sign, type: tax, countries: [bela], short_name: {{en: Toll, ja: 税}}, steps: [{{stage: signed, date: 2033-02-01, {REFS}}}]}}"
    added = f"treaties:\n  - {old}\n  - {next_}\n  - {sign}\n"
    table = page(added, "treaties", "--country", "bela")
    assert "ends 1 January 2033; New enters into force 1 January 2033" in table
    assert "Toll to be signed 1 February 2033" in table
    whole = page(added, "country", "bela")
    assert "Fishing (2030, ends 1 January 2033, New enters into force 1 January 2033)" in whole
    cited = run("treaties", "--country", "bela", "--type", "fishing", "--data", str(pack), "--as-of", DAY).stdout
    assert "talks with Bela" in cited


def test_a_giver_is_not_late_with_what_all_others_got(told: Told) -> None:
    made = promise(outcome("2031-06-01", "kept", "bela"), by="aru", to="bela")
    rows = told(made, "commitments", "--country", "aru")
    assert [(r["status"], r["overdue"]) for r in rows if r["id"] == "nets"] == [("kept", False)]


def test_what_a_country_got_in_part_stays(told: Told) -> None:
    made = promise(f"{outcome('2031-06-01', 'partly', 'aru')}, {outcome('2031-07-01', 'missed')}")
    rows = told(made, "commitments", "--country", "aru")
    assert [r["status"] for r in rows if r["id"] == "nets"] == ["partly"]


def test_an_outcome_to_come_changes_nothing_before(told: Told) -> None:
    made = promise(
        f"{outcome('2031-06-01', 'kept', 'bela')}, {outcome('2031-11-01', 'kept', 'aru')}", by="aru", to="bela"
    )
    rows = told(made, "commitments", day="2031-10-01")
    assert [(r["status"], r["overdue"]) for r in rows if r["id"] == "nets"] == [("kept", False)]


SEARCHED = "Nets were sold. No report of a price was found by 1 November 2031."
SEARCHED_JA = "網は売られた。価格の報道は2031年11月1日までに確認されていない。"


def test_what_stands_beside_a_search_is_whole_before_it(told: Told, page: Callable[..., str]) -> None:
    """A body keeps its sentence beside its members, a project its partners in a search; no date is that of the search."""
    words = f'text: {{en: "{SEARCHED}", ja: {SEARCHED_JA}}}'
    body = f"organisations:\n  - {{id: guild, name: {{en: Guild, ja: 組合}}, countries: [aru], as_of: 2031-11-01, {words}, {REFS}, members: [{{of: aru, role: member, {REFS}}}]}}\n"
    project = f"projects:\n  - {{id: dam, name: {{en: Dam, ja: ダム}}, countries: [aru], status: ongoing, as_of: 2031-11-01, partners: [{{en: Marubeni, ja: 丸紅}}], {words}, {REFS}}}\n"
    note = f"notes:\n  - {{id: nets-sold, aspect: outlook, countries: [aru], as_of: 2031-11-01, {words}, {REFS}}}\n"
    rows = {row["id"]: row for row in told(body + project + note, "facts", day="2031-06-01")}
    assert {"guild", "guild.aru", "dam", "nets-sold"} <= rows.keys()
    assert [rows[id_]["date"] for id_ in ("guild", "dam", "nets-sold")] == [None, None, None]
    assert [row["id"] for row in told(project, "search", "Marubeni", day="2031-06-01")] == ["dam"]
    assert "November" not in page(project, "projects", day="2031-06-01")
    assert not {"guild", "dam", "nets-sold"} & {
        row["id"] for row in told(body + project + note, "facts", day="2030-01-01")
    }


def test_a_promise_is_told_from_its_own_day(told: Told) -> None:
    made = promise("").replace("Nets are promised.", "Nets are promised. It was said at a dialogue in May 2031.")
    assert "nets" in {row["id"] for row in told(made, "commitments", day="2031-05-04")}


def test_a_summary_of_a_later_day_does_not_stand_for_a_name(page: Callable[..., str]) -> None:
    fields = (
        "id: fair, type: conference, date: 2029-06-01, as_of: 2031-05-20, title: {en: Fair, ja: 市}, countries: [aru]"
    )
    fair = f"events:\n  - {{{fields}, summary: {{en: The Fair led to a fund, ja: 市は基金を生んだ}}, {text('The Fair led to a fund in May 2031.')}, {REFS}}}\n"
    early = page(fair, "facts", "--kind", "event", day="2030-01-01")
    assert "fund" not in early
    assert "Fair" in early


def test_each_country_has_the_day_of_its_own_search(page: Callable[..., str]) -> None:
    made = promise(
        f"{outcome('2031-06-10', 'unknown', 'aru')}, {outcome('2031-11-20', 'unknown', 'bela')}", due="2031-06"
    )
    listed = page(made, "commitments", "--country", "aru")
    assert (
        "outcome unknown in Aru (searched 10 June 2031); outcome unknown in Bela (searched 20 November 2031)" in listed
    )


def test_a_search_for_one_country_is_no_change_of_the_promise(pack: Path, run: Run) -> None:
    made = promise(f"{outcome('2031-06-10', 'partly', 'aru')}, {outcome('2031-11-20', 'unknown', 'bela')}")
    (pack / "more.yaml").write_text(made, "utf-8")
    told = {
        day: run("diff", "--since", day, "--as-of", DAY, "--pack", str(pack)) for day in ("2031-11-01", "2031-06-01")
    }
    assert ["Nets are promised" in done.stdout for done in told.values()] == [False, True]


def test_what_stands_beside_a_search_in_a_next_step_is_told_before_it(told: Told, page: Callable[..., str]) -> None:
    words = f'text: {{en: "{SEARCHED}", ja: {SEARCHED_JA}}}'
    step = f"{{stage: negotiating, date: 2031-02-01, {REFS}}}"
    for as_of in ("", "as_of: 2031-11-01, "):
        pact = f"treaties:\n  - {{id: pact, replaces: bela-fishing, type: fishing, countries: [bela], short_name: {{en: Pact, ja: 協定}}, steps: [{step}], next_step: {{{as_of}{words}, {REFS}}}}}\n"
        assert "Nets were sold" in page(pact, "treaties", "--missing", day="2031-06-01")
        assert "November" not in page(pact, "treaties", "--missing", day="2031-06-01")
        assert "pact.next-step" in {row["id"] for row in told(pact, "facts", day="2031-06-01")}


def test_a_person_is_told_before_a_search(page: Callable[..., str]) -> None:
    late = "sources:\n  - {id: late, title: {en: Page, ja: 頁}, publisher: {en: Page, ja: 頁}, language: en, kind: news, url: 'https://example.org/late', retrieved: 2031-11-01}\n"
    refs = REFS.replace("]", ", {source: late, phrase: relations}]")
    words = f'text: {{en: "{SEARCHED}", ja: {SEARCHED_JA}}}'
    ann = f"people:\n  - {{id: ann, name: {{en: Ann, ja: アン}}, of: aru, role: {{en: Minister, ja: 大臣}}, since: 2030-02, as_of: 2031-11-01, {words}, {refs}}}\n"
    assert "Nets were sold" in page(late + ann, "facts", "--kind", "person", day="2031-06-01")


def test_a_point_left_out_may_be_a_difference(pack: Path, page: Callable[..., str]) -> None:
    """A cell has its two weightiest points; what it leaves out is counted, and no more is said of than is shown."""
    given = (pack / "pack.yaml").read_text("utf-8").replace("countries: [aru, bela]", "countries: [aru, bela, coro]")
    (pack / "pack.yaml").write_text(given, "utf-8")
    fields = f"aspect: risk, topics: [sea], {REFS}"
    notes = "".join(
        f"  - {{id: risk-{n}, weight: {weight}, countries: [{countries}], {text(f'Risk {n}.')}, {fields}}}\n"
        for n, weight, countries in ((1, "high", "aru, bela"), (2, "high", "aru, bela"), (3, "low", "bela"))
    )
    coro = "countries:\n  - {id: coro, name: {en: Coro, ja: コロ}, basics: {}}\n"
    compared = page(f"{coro}notes:\n{notes}", "compare", "aru", "bela", "--on", "risks", "--only-differences")
    assert "No differences in what is shown.\n\n1 further point: " in compared


def test_no_report_is_found_before_anybody_searched(told: Told) -> None:
    """An event whose day has passed, by the day: nobody has looked it up yet, and then somebody has, in vain."""
    words = f'text: {{en: "{SEARCHED}", ja: {SEARCHED_JA}}}'
    fair = f"events:\n  - {{id: fair, type: conference, date: 2031-06, status: unknown, as_of: 2031-11-01, title: {{en: Fair, ja: 市}}, countries: [aru], {words}, {REFS}}}\n"
    found = {day: told(fair, "timeline", "--all", day=day) for day in ("2031-06-30", "2031-08-01", "2031-11-01")}
    states = [row["status"] for rows in found.values() for row in rows if row["id"] == "fair"]
    assert states == ["planned", "lapsed", "unknown"]


def test_the_day_of_a_search_is_none_of_a_state_a_value_or_an_office(
    pack: Path, told: Told, page: Callable[..., str]
) -> None:
    with (pack / "pack.yaml").open("a", encoding="utf-8") as file:
        file.write("measures:\n  - {id: cargo-share, table: ties, label: {en: Share, ja: 割合}}\n")
    words = f'as_of: 2031-11-01, text: {{en: "{SEARCHED}", ja: {SEARCHED_JA}}}, {REFS}'
    dam = f"projects:\n  - {{id: dam, name: {{en: Dam, ja: ダム}}, countries: [aru], status: ongoing, date: 2029-03, {words}}}\n"
    assert "November 2031)" not in page(dam, "projects")
    figures = "figures:\n" + "".join(
        f"  - {{id: cargo-{n}, label: {{en: Cargo, ja: 貨物}}, measure: cargo-share, value: {n}, unit: percent, countries: [aru], date: {date}, {more}}}\n"
        for n, date, more in ((10, 2030, f"{text('Cargo is 10%.')}, {REFS}"), (20, 2029, words))
    )
    assert {row["id"]: row["date"] for row in told(figures, "facts", "--kind", "figure")}["cargo-20"] == "2029"
    assert "20%" not in page(figures, "compare", "aru", "bela", "--on", "ties")
    assert "10%" in page(figures, "compare", "aru", "bela", "--on", "ties")
    ann = f"people:\n  - {{id: ann, name: {{en: Ann, ja: アン}}, of: aru, office: head-of-state, role: {{en: President, ja: 大統領}}, {words}}}\n"
    for day in ("2031-06-01", DAY):  # when the gazette came out
        assert "Head of state**: Ann, as of 4 May 2031\n" in page(ann, "country", "aru", day=day)
    older = ann.replace("id: ann", "id: bob").replace("{en: Ann, ja: アン}", "{en: Bob, ja: ボブ}")
    older = older.replace("as_of: 2031-11-01", "as_of: 2029-02-01").removeprefix("people:\n")
    assert "Head of state**: Ann, as of" in page(ann + older, "country", "aru")


def test_a_view_is_told_when_its_source_is_out(told: Told) -> None:
    """Whatever day it looks back upon; when a page was looked at says less than the day of the view."""
    fields = f"aspect: risk, nature: judgement, countries: [aru], as_of: 2031-02-03, {text('Nets help.')}"
    note = f"notes:\n  - {{id: help, {fields}, {REFS}}}\n"
    days = ("2031-03-01", "2031-05-04")
    assert ["help" in {row["id"] for row in told(note, "facts", day=day)} for day in days] == [False, True]
    undated = "sources:\n  - {id: site, title: {en: Page, ja: 頁}, publisher: {en: Page, ja: 頁}, language: en, kind: news, url: 'https://example.org/late', retrieved: 2031-11-01}\n"
    assert "help" in {row["id"] for row in told(undated + note.replace("gazette", "site"), "facts", day="2031-03-01")}


def test_a_search_before_a_step_is_none_behind_it(page: Callable[..., str]) -> None:
    """The steps stand in the order of time."""
    signed = f"{{stage: signed, date: 2031-02-01, {REFS}}}"
    for day, before in (("2030-03-01", True), ("2031-03-01", False)):
        looked = f"{{stage: unknown, date: {day}, {REFS}}}"
        steps = f"{looked}, {signed}" if before else f"{signed}, {looked}"
        pact = f"treaties:\n  - {{id: pact, replaces: bela-fishing, type: fishing, countries: [bela], short_name: {{en: Pact, ja: 協定}}, steps: [{steps}]}}\n"
        told = page(pact, "treaties", "--missing")
        assert "signed 1 February 2031" in told
        assert ("nothing newer found" in told) != before


def test_nobody_looked_for_what_is_not_on_record(pack: Path, page: Callable[..., str]) -> None:
    with (pack / "pack.yaml").open("a", encoding="utf-8") as file:
        file.write("measures:\n  - {id: cargo, table: ties, label: {en: Cargo, ja: 貨物}}\n")
    figure = "  - {{id: cargo-{c}, label: {{en: Cargo, ja: 貨物}}, measure: cargo, value: unknown, unit: percent, as_of: 2029, looked: 2031-06-01, countries: [{c}], {t}, {r}}}\n"
    one, two = (figure.format(c=country, t=text("Cargo is not known."), r=REFS) for country in ("aru", "bela"))
    asked = ("compare", "aru", "bela", "--on", "ties")
    assert "no figure on record" in page(f"figures:\n{one}", *asked)
    assert "Not found for any of them: Cargo (searched 1 June 2031)" in page(f"figures:\n{one}{two}", *asked)
    before = page(f"figures:\n{one}{two}", *asked, day="2031-05-20")
    assert "searched" not in before


def test_what_came_of_an_agreement_of_others(page: Callable[..., str]) -> None:
    """A meeting without the host counts; since the event of the agreement, if that is dated; else nobody knows since when."""
    found = {}
    for day in ("date: 2031-08-01, ", "event: port-summit-2031, ", ""):
        pact = f"agreements:\n  - {{id: pact, title: {{en: Pact, ja: 協定}}, type: declaration, {day}parties: [north-union, aru], countries: [aru], {text('A pact.')}, {REFS}}}\n"
        fields = (
            "id: council, type: conference, date: 2031-09-01, agreement: pact, actors: [north-union], countries: [aru]"
        )
        council = f"events:\n  - {{{fields}, title: {{en: Council, ja: 理事会}}, {text('They met.')}, {REFS}}}\n"
        found[day] = page(pact + council, "brief", "pact")
    assert ["Since then**: Council (1 September 2031)" in told for told in found.values()] == [True, True, False]
    assert "Since then" not in found[""]
    assert "Council (1 September 2031)" in found[""]


def test_a_summit_of_a_year_that_is_not_over_may_come(page: Callable[..., str]) -> None:
    fields = "id: next, type: summit, date: 2032, status: unknown, as_of: 2032-02-01, actors: [zemland], countries: [aru, bela]"
    summit = f"events:\n  - {{{fields}, title: {{en: Second Summit, ja: 第二回首脳会合}}, {text('A summit is planned. No report of it was found by 1 February 2032.')}, {REFS}}}\n"
    assert "Next high-level meeting**: Second Summit (2032) – no report found" in page(
        summit, "country", "aru", day="2032-03-01"
    )


def test_three_full_stops_stay(page: Callable[..., str]) -> None:
    assert "The nets came ..." in page(promise("").replace("Nets are promised.", "The nets came ..."), "commitments")


def test_why_tells_what_a_fact_is_derived_from(page: Callable[..., str]) -> None:
    notes = f"notes:\n  - {{id: first, aspect: risk, countries: [aru], {text('A net broke.')}, {REFS}}}\n  - {{id: second, aspect: risk, countries: [aru], based_on: [first], {text('Nets break.')}, {REFS}}}\n"
    assert "## What it is derived from\n\n- A net broke." in page(notes, "why", "second")


def test_what_is_under_way_of_every_treaty_of_a_row_is_told(page: Callable[..., str]) -> None:
    """Of the one that replaces one in force, of an old one that still applies, and of one that no row names."""
    ahead = f"next_step: {{nature: plan, {text('It is to lower rates.')}, {REFS}}}"
    steps = f"steps: [{{stage: negotiating, date: 2031, {REFS}}}], {ahead}"
    beside = f"treaties:\n  - {{id: protocol, type: fishing, countries: [aru], short_name: {{en: Protocol, ja: 議定書}}, {steps}}}\n"
    replacing = beside.replace("type: fishing", "replaces: aru-fishing, type: fishing")
    table = page(replacing, "treaties", "--type", "fishing", day="2032-01-01")
    assert "Protocol: negotiating, 2031; Protocol: It is to lower rates." in table
    assert "- **Protocol**: negotiating, 2031; It is to lower rates\n" in page(beside, "treaties", day="2032-01-01")
    assert "It is to lower rates" in page(beside, "country", "aru", "--full", day="2032-01-01")


def test_what_must_be_known_of_a_step_stands_below_the_table(page: Callable[..., str]) -> None:
    pact = f"treaties:\n  - {{id: pact, type: fishing, replaces: bela-fishing, countries: [bela], short_name: {{en: Pact, ja: 協定}}, steps: [{{stage: in-force, date: 2031-03-01, note: {{en: presumably on signature, ja: 署名によるとみられる}}, {REFS}}}]}}\n"
    assert "presumably" not in page(pact, "treaties"), "a list of all says how to get them"
    for words in (["treaties", "--country", "bela"], ["treaties", "--type", "fishing"], ["country", "bela", "--full"]):
        assert "- Pact, in force, 1 March 2031: presumably on signature." in page(pact, *words)
        assert "presumably" not in page(pact, *words, day="2031-02-01")


def test_check_tells_of_days_ahead_that_hold_facts_back(pack: Path, run: Run) -> None:
    """Of a source, a member, what is under way and who takes office; each at its line."""
    later = f"organisations:\n  - {{id: guild, name: {{en: Guild, ja: 組合}}, countries: [aru], {text('A body.')}, {REFS}, members: [{{of: aru, role: member, as_of: 2062, {REFS}}}]}}\n"
    later += "sources:\n  - {id: slip, title: {en: Page, ja: 頁}, publisher: {en: Page, ja: 頁}, language: en, kind: news, url: 'https://example.org/slip', published: 2062-02-10, retrieved: 2026-11-20}\n"
    later += f"people:\n  - {{id: ann, name: {{en: Ann, ja: アン}}, of: aru, role: {{en: President, ja: 大統領}}, since: 2062, {text('Ann leads.')}, {REFS}}}\n"
    later += f"treaties:\n  - {{id: pact, type: fishing, replaces: bela-fishing, countries: [bela], short_name: {{en: Pact, ja: 協定}}, steps: [{{stage: signed, date: 2030, {REFS}}}], next_step: {{as_of: 2062, {text('It goes on.')}, {REFS}}}}}\n"
    later += f"statements:\n  - {{id: said, speaker: ann-pilot, date: 2062-05, countries: [aru], {text('Ann asked for nets.')}, {REFS}}}\n"
    later += promise(outcome("2062-02", "kept"), due="2063").replace("date: 2031-05-04", "date: 2062")
    (pack / "more.yaml").write_text(later, "utf-8")
    told = run("check", str(pack), "--lang", "en").stdout
    found = [line for line in told.splitlines() if "held-ahead" in line and "2062" in line]
    lines = [line.partition("more.yaml:")[2].partition(":")[0] for line in found]
    assert lines == ["2", "4", "6", "8", "10", "12", "12"], "the promise and its outcome stand in one line"
    assert all("which lies ahead" in line for line in found)


def test_long_lists_of_statements_have_their_days(page: Callable[..., str]) -> None:
    """Where a statement was made at no event, on another day than its event, or stands under a theme."""
    fields = f"speaker: ann-pilot, countries: [aru], {text('Ann asked for nets.')}, {REFS}"
    said = f"statements:\n  - {{id: asked, date: 2031-05-12, {fields}}}\n"
    for words in (["--full"], ["--by-theme"]):
        assert "- Ann asked for nets. *(12 May 2031)*" in page(said, "voices", *words)


def test_a_search_in_a_month_is_told_from_its_day(told: Told) -> None:
    """The day stands in the sentence, where the record has the month alone."""
    words = f'text: {{en: "{SEARCHED}", ja: {SEARCHED_JA}}}'
    fair = f"events:\n  - {{id: fair, type: conference, date: 2031-06, status: unknown, as_of: 2031-11, title: {{en: Fair, ja: 市}}, countries: [aru], {words}, {REFS}}}\n"
    found = {day: told(fair, "timeline", "--all", day=day) for day in ("2031-10-31", "2031-11-02")}
    assert [row["status"] for rows in found.values() for row in rows if row["id"] == "fair"] == ["lapsed", "unknown"]


def test_the_month_of_a_search_alone_is_told_from_its_day(told: Told) -> None:
    """Where the sentence tells of the search and of nothing else."""
    words = 'text: {en: "No report of the fair was found by 10 November 2031.", ja: 市の報道は2031年11月10日までに確認されていない。}'
    fair = f"events:\n  - {{id: fair, type: conference, date: 2031-10-05, status: unknown, as_of: 2031-11, title: {{en: Fair, ja: 市}}, countries: [aru], {words}, {REFS}}}\n"
    assert [r["status"] for r in told(fair, "timeline", "--all", day="2031-11-20") if r["id"] == "fair"] == ["unknown"]


def test_a_note_on_a_step_has_the_disputes_of_all_its_countries(page: Callable[..., str]) -> None:
    pact = f"treaties:\n  - {{id: pact, type: fishing, replaces: bela-fishing, countries: [aru, bela], short_name: {{en: Pact, ja: 協定}}, steps: [{{stage: in-force, date: 2031-03-01, note: {{en: a note, ja: 注}}, {REFS}}}]}}\n"
    about = "about: pact, countries: [{}], category: error, weight: high, held: {{en: H., ja: 甲。}}, reason: {{en: R., ja: 乙。}}"
    others = f"others: [{{says: {{en: O., ja: 丙。}}, {LOG}}}], {REFS}"
    for country in ("aru", "bela"):
        dispute = f"disputes:\n  - {{id: pact-{country}, {about.format(country)}, {others}}}\n"
        assert "- Pact, in force, 1 March 2031: a note.†" in page(pact + dispute, "treaties", "--type", "fishing")


def test_a_search_before_an_event_says_nothing_of_it(told: Told) -> None:
    """Nor does one that its sentence alone dates, before that day."""
    found = {}
    for as_of, date in (("as_of: 2031-11-01, ", "2031-11-20"), ("", "2031-10-20")):
        words = f'text: {{en: "{SEARCHED}", ja: {SEARCHED_JA}}}'
        fair = f"events:\n  - {{id: fair, type: conference, date: {date}, status: unknown, {as_of}title: {{en: Fair, ja: 市}}, countries: [aru], {words}, {REFS}}}\n"
        found[date] = [
            row["status"]
            for day in ("2031-10-25", "2031-11-25")
            for row in told(fair, "timeline", "--all", day=day)
            if row["id"] == "fair"
        ]
    assert found == {"2031-11-20": ["planned", "lapsed"], "2031-10-20": ["lapsed", "unknown"]}


def test_what_is_asked_of_a_country_has_the_disputes_that_concern_it(told: Told) -> None:
    about = "about: old-tax, countries: [aru], category: error, weight: high, held: {en: H., ja: 甲。}, reason: {en: R., ja: 乙。}"
    others = f"others: [{{says: {{en: O., ja: 丙。}}, {LOG}}}], {REFS}"
    dispute = f"disputes:\n  - {{id: whose-tax, {about}, {others}}}\n"
    for country, marked in (("aru", True), ("bela", False)):
        for words in (["facts"], ["timeline", "--all"], ["search", "Empire"]):
            rows = told(dispute, *words, "--country", country)
            found = {id_ for row in rows if row["id"].startswith("old-tax") for id_ in row["disputes"]}
            assert found == ({"whose-tax"} if marked else set()), words


def test_a_year_that_had_begun_is_no_news(pack: Path, run: Run) -> None:
    notes = "".join(
        f"  - {{id: note-{n}, aspect: risk, countries: [aru], date: {date}, {text(f'Note {n}.')}, {REFS}}}\n"
        for n, date in enumerate(("2031", "2031~", "2029/2031", "2031-11", "2031-11-05"))
    )
    late = "sources:\n  - {id: late, title: {en: Page, ja: 頁}, publisher: {en: Page, ja: 頁}, language: en, kind: news, url: 'https://example.org/late', published: 2031, retrieved: 2031-11-20}\n"
    (pack / "more.yaml").write_text(f"{late}notes:\n{notes}".replace("gazette", "late"), "utf-8")
    told = run("diff", "--since", "2031-10-01", "--as-of", DAY, "--pack", str(pack)).stdout
    assert [f"Note {n}." in told for n in range(5)] == [False, False, False, True, True]
    assert "facts of a year or more that began before: 3" in told


def test_a_promise_of_which_nothing_is_known_any_more_has_changed(pack: Path, run: Run) -> None:
    stood = [outcome("2031-06-10", "partly"), outcome("2031-07-10", "open"), outcome("2031-09-10", "unknown")]
    (pack / "more.yaml").write_text(promise(", ".join(stood)).replace(", due: 2031-08", ""), "utf-8")
    for day, now in (("2031-08-01", "open"), (DAY, "outcome unknown")):
        told = run("diff", "--since", "2031-07-01", "--as-of", day, "--pack", str(pack)).stdout
        assert "Before: partly kept (as of 10 June 2031); now: " in told
        assert now in told


def test_a_day_that_no_month_has_stops_nothing(told: Told, page: Callable[..., str]) -> None:
    """A slip in a sentence is no date: the rest of it counts."""
    for words in ("Talks are planned for 31 June 2031.", "Nets came. No report was found by 31 June 2031."):
        note = f"notes:\n  - {{id: slip, aspect: risk, countries: [aru], {text(words)}, {REFS}}}\n"
        assert "slip" in {row["id"] for row in told(note, "facts")}
        assert words.removesuffix(".") in page(note, "country", "aru", "--full")
        event = f"events:\n  - {{id: slip-event, type: visit, date: 2031-06, status: unknown, title: {{en: Visit, ja: 訪問}}, countries: [aru], {text(words)}, {REFS}}}\n"
        assert "slip-event" in {row["id"] for row in told(event, "timeline", "--all")}


def test_an_old_treaty_takes_no_word_from_a_new_one(page: Callable[..., str]) -> None:
    """What is under way of the old one stands once, beside how far the new one is; and it stays among the other treaties."""
    old = f"  - {{id: old-pact, type: roads, succession: true, countries: [aru], short_name: {{en: Old Pact, ja: 旧協定}}, steps: [{{stage: signed, date: 1984, {REFS}}}, {{stage: in-force, date: 1985, note: {{en: a note, ja: 注}}, {REFS}}}], next_step: {{{text('Old talks go on.')}, {REFS}}}}}\n"
    new = f"  - {{id: new-pact, replaces: old-pact, type: roads, countries: [aru], short_name: {{en: New Pact, ja: 新協定}}, steps: [{{stage: signed, date: 2030-03-01, {REFS}}}]}}\n"
    kind = "topics:\n  - {id: road-works, name: {en: Works, ja: 工事}}\ntreaty_types:\n  - {id: roads, name: {en: Road treaty, ja: 道路協定}}\ntreaties:\n"
    assert "New Pact: signed, 1 March 2030; Old Pact: Old talks go on." in page(kind + old + new, "treaties")
    assert page(kind + old, "treaties").count("Old talks go on\n") == 1
    force = new.replace("}]}}", "}]}").replace(
        f"date: 2030-03-01, {REFS}}}", f"date: 2030-03-01, {REFS}}}, {{stage: in-force, date: 2031-01-01, {REFS}}}"
    )
    whole = page(kind + old + force, "country", "aru", "--full")
    assert "- **Old Pact**: signed, 1984; in force, 1985; Old talks go on; replaced by: New Pact" in whole


def test_what_stands_beside_a_search_is_news_of_its_own_dates(pack: Path, run: Run) -> None:
    """As what has no search behind it: of a month with such a day, or where the month is that of the search, of its sources."""
    out = "sources:\n  - {id: out, title: {en: Page, ja: 頁}, publisher: {en: Page, ja: 頁}, language: en, kind: news, url: 'https://example.org/out', published: 2031-10-15, retrieved: 2031-11-20}\n"
    words = f'text: {{en: "{SEARCHED}", ja: {SEARCHED_JA}}}'
    notes = "".join(
        f"  - {{id: note-{n}, aspect: risk, countries: [aru], as_of: {date}, {words}, refs: [{{source: {source}, phrase: words}}]}}\n"
        for n, (date, source) in enumerate((("2031-10", "out"), ("2031-11", "out"), ("2031-11", "gazette")))
    )
    (pack / "more.yaml").write_text(f"{out}notes:\n{notes}", "utf-8")
    rows = json.loads(run("diff", "--since", "2031-10-10", "--as-of", DAY, "--pack", str(pack), "-f", "json").stdout)[
        "rows"
    ]
    assert {row["id"] for row in rows} >= {"note-0", "note-1"}
    assert "note-2" not in {row["id"] for row in rows}
    looked = out.replace("published: 2031-10-15, ", "")
    note = f"  - {{id: note, aspect: risk, countries: [aru], date: 2031-11, {words}, {OUT_REFS}}}\n"
    (pack / "more.yaml").write_text(f"{looked}notes:\n{note}", "utf-8")
    rows = json.loads(run("diff", "--since", "2031-10-10", "--as-of", DAY, "--pack", str(pack), "-f", "json").stdout)[
        "rows"
    ]
    assert "note" in {row["id"] for row in rows}, "a date of its own is never that of a search"


def test_the_day_of_a_search_behind_an_outcome_is_no_news(pack: Path, run: Run) -> None:
    """Nor is what stands before it, which is as old as its sources."""
    vain = f'{{date: 2031-11-01, status: open, text: {{en: "{SEARCHED}", ja: {SEARCHED_JA}}}, {REFS}}}'
    (pack / "more.yaml").write_text(promise(vain, due="2033"), "utf-8")
    told = run("diff", "--since", "2031-10-20", "--as-of", DAY, "--pack", str(pack)).stdout
    assert "Nets were sold." not in told
    assert "when no report was found: 1" in told


def test_a_view_on_an_old_treaty_says_whose_it_is(page: Callable[..., str]) -> None:
    """So it does in the row of a newer one; and what must be known of its steps stands below."""
    old = f"treaties:\n  - {{id: old-pact, type: fishing, countries: [aru], short_name: {{en: Old Pact, ja: 旧協定}}, steps: [{{stage: signed, date: 2020, note: {{en: day of the notice, ja: 公示の日}}, {REFS}}}], next_step: {{nature: judgement, as_of: 2031-11, {text('Talks drag on.')}, {LOG}}}}}\n"
    for words in (["treaties", "--country", "aru"], ["country", "aru", "--full"]):
        told = page(old, *words)
        assert "- **Old Pact**: signed, 2020; Talks drag on (view of Harbour Office)\n" in told
        assert "- Old Pact, signed, 2020: day of the notice." in told


def test_check_tells_of_searches_ahead(pack: Path, run: Run) -> None:
    """Of a step, a value, a figure and a sentence: what nobody can have looked for yet takes facts out of reports."""
    given = (pack / "pack.yaml").read_text("utf-8").replace("countries: [aru, bela]", "countries: [aru, bela, coro]")
    (pack / "pack.yaml").write_text(given, "utf-8")
    later = f"treaties:\n  - {{id: pact, type: fishing, replaces: bela-fishing, countries: [bela], short_name: {{en: Pact, ja: 協定}}, steps: [{{stage: none, date: 2062, {REFS}}}]}}\n"
    later += f"countries:\n  - {{id: coro, name: {{en: Coro, ja: コロ}}, basics: {{capital: {{value: unknown, looked: 2062, {REFS}}}}}}}\n"
    later += f"figures:\n  - {{id: catch, label: {{en: Catch, ja: 漁獲}}, unit: people, value: unknown, looked: 2062-05, countries: [aru], {text('Nobody counts.')}, {REFS}}}\n"
    later += f'notes:\n  - {{id: sold, aspect: risk, countries: [aru], text: {{en: "{SEARCHED.replace("2031", "2062")}", ja: {SEARCHED_JA.replace("2031", "2062")}}}, {REFS}}}\n'
    later += f"agreements:\n  - {{id: deal, title: {{en: Deal, ja: 合意}}, type: declaration, date: 2062, countries: [aru], {text('A deal.')}, {REFS}}}\n"
    (pack / "more.yaml").write_text(later, "utf-8")
    told = run("check", str(pack), "--lang", "en").stdout
    found = [line for line in told.splitlines() if "held-ahead" in line and "2062" in line]
    assert [line.partition("more.yaml:")[2].partition(":")[0] for line in found] == ["2", "4", "6", "8", "10"]
    slip = SEARCHED.replace("2031", "2062")
    figure = f'figures:\n  - {{id: nets-sold, label: {{en: Sold, ja: 販売}}, unit: people, value: 3, as_of: 2031, countries: [aru], text: {{en: "{slip}", ja: {SEARCHED_JA}}}, {REFS}}}\n'
    (pack / "more.yaml").write_text(later.replace("figures:\n", figure), "utf-8")
    assert "held-ahead: figure nets-sold: text: 2062-11-01" in run("check", str(pack), "--lang", "en").stdout


def test_a_power_has_points_that_a_comparison_leaves_out(page: Callable[..., str]) -> None:
    note = f"aspect: aim, {REFS}"
    notes = f"notes:\n  - {{id: both, of: [zemland, north-union], key: true, {text('Both want nets.')}, {note}}}\n  - {{id: more, of: [north-union], {text('It wants water.')}, {note}}}\n"
    compared = page(notes, "compare", "zemland", "north-union", "--on", "engagement")
    assert "1 further point: " in compared
    assert "It wants water." not in compared


def test_an_undated_event_that_was_put_off_is_news(pack: Path, run: Run, told: Told, page: Callable[..., str]) -> None:
    """Before the news it was planned, and had no day."""
    fair = "".join(
        f"  - {{id: fair-{status}, type: conference, status: {status}, as_of: 2031-10-10, title: {{en: Fair, ja: 市}}, countries: [aru], {text(f'The fair was {words} in October 2031.')}, {REFS}}}\n"
        for status, words in (("postponed", "put off"), ("cancelled", "called off"))
    )
    before = page(f"events:\n{fair}", "timeline", "--all", day="2031-09-01")
    assert (
        before.count("- Fair: planned.")
        == before.partition("Planned, without a date")[2].count("- Fair: planned.")
        == 2
    )
    rows = {row["id"]: row for row in told(f"events:\n{fair}", "facts", day="2031-09-01")}
    assert {rows[f"fair-{status}"]["date"] for status in ("postponed", "cancelled")} == {None}
    since = run("diff", "--since", "2031-09-01", "--as-of", DAY, "--pack", str(pack)).stdout
    assert "- The fair was put off in October 2031." in since
    assert "- The fair was called off in October 2031." in since
    assert "The fair was" not in run("diff", "--since", "2031-11-01", "--as-of", DAY, "--pack", str(pack)).stdout
    news = OUT.replace("2031-03-10", "2031-10-20") + f"events:\n{fair}".replace("as_of: 2031-10-10", "as_of: 2031-10")
    (pack / "more.yaml").write_text(news.replace(REFS, OUT_REFS), "utf-8")
    for since in ("2031-10-05", "2031-10-19"):  # a month of which the news came on the 20th
        assert "- The fair was put off" in run("diff", "--since", since, "--as-of", DAY, "--pack", str(pack)).stdout


def test_the_year_nought_stops_nothing(told: Told) -> None:
    words = 'text: {en: "No report of it was found by 22 November 0000.", ja: 報道は確認されていない。}'
    event = f"events:\n  - {{id: slip, type: visit, date: 2031-06, status: unknown, as_of: 2031-11, title: {{en: Visit, ja: 訪問}}, countries: [aru], {words}, {REFS}}}\n"
    assert "slip" in {row["id"] for row in told(event, "timeline", "--all")}


OUT = "sources:\n  - {id: out, title: {en: Page, ja: 頁}, publisher: {en: Page, ja: 頁}, language: en, kind: news, url: 'https://example.org/out', published: 2031-03-10, retrieved: 2031-11-20}\n"
OUT_REFS = "refs: [{source: out, phrase: words}]"


def test_what_was_seen_in_a_year_is_told_once_its_sources_are_out(page: Callable[..., str], told: Told) -> None:
    """What is under way, that there is no treaty, and what was looked for in vain; without such a source at the end."""
    steps = f"steps: [{{stage: signed, date: 2030-02, {REFS}}}], next_step: {{{text('It is debated.')}, as_of: 2031, {OUT_REFS}}}"
    pact = f"treaties:\n  - {{id: pact, type: fishing, replaces: bela-fishing, countries: [bela], short_name: {{en: Pact, ja: 協定}}, {steps}}}\n"
    none = pact.replace(steps, f"steps: [{{stage: none, date: 2031, {OUT_REFS}}}]")
    figure = f"figures:\n  - {{id: catch, label: {{en: Catch, ja: 漁獲}}, unit: people, value: unknown, looked: 2031-03, countries: [aru], {text('Nobody counts.')}, {OUT_REFS}}}\n"
    for day, is_told in (("2031-03-09", False), ("2031-03-10", True)):
        assert ("It is debated" in page(OUT + pact, "treaties", day=day)) is is_told
        assert ("none as of 2031" in page(OUT + none, "treaties", day=day)) is is_told
        assert ("catch" in {row["id"] for row in told(OUT + figure, "facts", "--full", day=day)}) is is_told
    unsourced = figure.replace(OUT_REFS, "refs: []")
    for day, is_told in (("2031-03-30", False), ("2031-03-31", True)):
        assert ("catch" in {row["id"] for row in told(unsourced, "facts", "--full", day=day)}) is is_told


def test_what_held_in_a_month_is_told_in_it_by_older_sources(told: Told, page: Callable[..., str]) -> None:
    """The sentence of an event, and what is under way of a treaty, beside a search of that month."""
    words = f'text: {{en: "{SEARCHED}", ja: {SEARCHED_JA}}}'
    fields = f"as_of: 2031-11, countries: [aru], {words}, {OUT_REFS}"
    events = f"events:\n  - {{id: held, type: visit, date: 2031-02-10, title: {{en: Held, ja: 訪問}}, {fields}}}\n"
    events += f"  - {{id: ahead, type: visit, date: 2032-03, status: planned, nature: plan, title: {{en: Ahead, ja: 予定}}, {fields}}}\n"
    rows = {row["id"]: row["text"]["en"] for row in told(OUT + events, "facts", day="2031-11-20")}
    assert [SEARCHED in rows[id_] for id_ in ("held", "ahead")] == [True, True]
    steps = f"steps: [{{stage: signed, date: 2030-02, {REFS}}}], next_step: {{{words}, as_of: 2031-11, {OUT_REFS}}}"
    pact = f"treaties:\n  - {{id: pact, type: fishing, replaces: bela-fishing, countries: [bela], short_name: {{en: Pact, ja: 協定}}, {steps}}}\n"
    assert SEARCHED in page(OUT + pact, "treaties", day="2031-11-20")


def test_a_search_of_a_month_hides_nothing_of_that_month(page: Callable[..., str], told: Told) -> None:
    """Nor is it told of what was yet to come when it was made: in lists of promises, of facts, of treaties and of events."""
    searched, words = "date: 2031-11, status: unknown", "Work is to begin."
    made = promise(f"{{{searched}, {text('Nobody tells.')}}}, {outcome('2031-11-20', 'open', words=words)}", due="2033")
    assert "open (as of 20 November 2031): Work is to begin." in page(made, "commitments", day="2031-11-28")
    assert "nets.outcome-1" not in {row["id"] for row in told(made, "facts", day="2031-11-10")}
    assert "searched" not in page(made, "commitments", day="2031-11-10")
    steps = f"steps: [{{stage: unknown, date: 2031-11}}, {{stage: signed, date: 2031-11-20, {REFS}}}]"
    pact = f"treaties:\n  - {{id: pact, type: fishing, replaces: bela-fishing, countries: [bela], short_name: {{en: Pact, ja: 協定}}, {steps}}}\n"
    assert "nothing newer found" not in page(pact, "treaties", "--missing", day="2031-11-28")
    fair = f"events:\n  - {{id: fair, type: conference, date: 2031-11, status: unknown, as_of: 2031-11, title: {{en: Fair, ja: 市}}, countries: [aru], {text('No report of it was found.')}, {REFS}}}\n"
    rows = {day: told(fair, "timeline", "--all", day=day) for day in ("2031-11-02", "2031-11-30")}
    assert [row["status"] for found in rows.values() for row in found if row["id"] == "fair"] == ["planned", "unknown"]


def test_the_newest_is_told_by_when_it_can_have_come_about(page: Callable[..., str]) -> None:
    """An outcome of a year came about by the day on which its source came out."""
    bought = outcome("2031", "kept", words="Nets were bought.").replace(REFS, OUT_REFS)
    met = f"events:\n  - {{id: met, type: bilateral, date: 2031-11-20, title: {{en: Later Talks, ja: 会談}}, actors: [zemland], countries: [aru], weight: high, {text('They met.')}, {REFS}}}\n"
    summit = "port-summit-2031"
    event = promise(bought).replace("firmness", f"event: {summit}, firmness")
    told = page(OUT.replace("2031-03", "2031-08") + event + met, "brief")
    assert "**Since then**: Later Talks (20 November 2031)" in told


def test_who_left_in_a_year_has_left_everywhere(pack: Path, run: Run, page: Callable[..., str]) -> None:
    bob = f"{OUT}people:\n  - {{id: bob, name: {{en: Bob, ja: ボブ}}, of: aru, role: {{en: President, ja: 大統領}}, office: head-of-state, until: 2031, {text('Bob led.')}, {OUT_REFS}}}\n"
    said = f"statements:\n  - {{id: asked, speaker: bob, date: 2031-02-01, countries: [aru], {text('Bob asked for nets.')}, {OUT_REFS}}}\n"
    assert "Bob, President (until 2031)" in page(bob + said, "voices")
    assert "(until 2031)" in page(bob + said, "country", "aru", "--full")
    for since, is_told in (("2031-01-01", True), ("2031-06-01", False)):
        told = run("diff", "--since", since, "--as-of", DAY, "--pack", str(pack)).stdout
        assert ("- Bob: President (until 2031)." in told) is is_told


def test_an_older_treaty_applies_until_the_new_one_does(page: Callable[..., str]) -> None:
    """By every page: it is not replaced before, nor is the new one applied in a month that is not over."""
    steps = f"steps: [{{stage: in-force, date: 2031-01-05, {OUT_REFS}}}, {{stage: applies, date: 2031-12, {OUT_REFS}}}]"
    new = f"treaties:\n  - {{id: new-tax, type: tax, replaces: old-tax, countries: [bela], short_name: {{en: New Tax, ja: 新租税条約}}, {steps}}}\n"
    for words in (["country", "bela"], ["country", "bela", "--full"], ["treaties"]):
        told = page(OUT + new, *words, day="2031-12-05")
        assert "until then" in told
        assert "replaced by: New Tax" not in told


def test_a_summit_without_a_day_has_nothing_after_it(pack: Path, page: Callable[..., str]) -> None:
    facts = (pack / "facts.yaml").read_text("utf-8")
    line = next(line for line in facts.splitlines() if "id: port-summit-2031," in line)
    undated = line.replace("date: 2031-05-03/2031-05-04, ", "").replace(
        "type: summit,", "type: summit, status: planned, nature: plan,"
    )
    (pack / "facts.yaml").write_text(facts.replace(line, undated), "utf-8")
    for words in (["brief"], ["brief", "sea"]):
        told = page("", *words)
        assert "Since" not in told
        assert "No meeting dated later" not in told


def test_nothing_is_told_since_a_summit_that_nobody_knows_to_have_been_held(
    pack: Path, page: Callable[..., str]
) -> None:
    facts = (pack / "facts.yaml").read_text("utf-8")
    planned = facts.replace("type: summit,", "type: summit, status: planned, nature: plan,")
    for text_, day, is_told in ((facts, "2031-05-05", True), (facts, "2031-05-04", False), (planned, DAY, False)):
        (pack / "facts.yaml").write_text(text_, "utf-8")
        assert ("**Since then**" in page("", "brief", day=day)) is is_told
    later = f"events:\n  - {{id: later, type: visit, date: 2031-09-10, title: {{en: Later Visit, ja: 訪問}}, actors: [zemland], countries: [aru], topics: [sea], weight: high, {text('They met.')}, {REFS}}}\n"
    assert "Later Visit" in page(later, "brief", "sea"), "what is later stands on the page all the same"


def test_what_is_contested_in_one_country_is_not_in_another(pack: Path, page: Callable[..., str]) -> None:
    given = (pack / "pack.yaml").read_text("utf-8").replace("countries: [aru, bela]", "countries: [aru, bela, coro]")
    (pack / "pack.yaml").write_text(given, "utf-8")
    coro = "countries:\n  - {id: coro, name: {en: Coro, ja: コロ}, basics: {}}\n"
    note = f"notes:\n  - {{id: shared, aspect: risk, countries: [aru, bela], weight: high, {text('Nets break.')}, {REFS}}}\n"
    about = "about: shared, countries: [aru], category: disagreement, weight: high, summary: {en: Whose nets, ja: 誰の網}, held: {en: H., ja: 甲。}, reason: {en: R., ja: 乙。}"
    dispute = f"disputes:\n  - {{id: whose, {about}, others: [{{says: {{en: O., ja: 丙。}}, {LOG}}}], {REFS}}}\n"
    assert "**Contested**: Whose nets" in page(coro + note + dispute, "country", "aru")
    assert "Whose nets" not in page(coro + note + dispute, "country", "bela")


def test_what_was_looked_for_this_month_was_looked_for(told: Told) -> None:
    for as_of in ("2031-11", "2031-11-15"):
        fair = f"events:\n  - {{id: fair, type: conference, date: 2031-10-05, status: unknown, as_of: {as_of}, title: {{en: Fair, ja: 市}}, countries: [aru], {text('No report of it was found.')}, {REFS}}}\n"
        rows = told(fair, "timeline", "--all", day="2031-11-20")
        assert [row["status"] for row in rows if row["id"] == "fair"] == ["unknown"], as_of


def test_the_long_form_of_a_topic_has_all_treaties_of_its_types(pack: Path, page: Callable[..., str]) -> None:
    facts = (pack / "facts.yaml").read_text("utf-8")
    (pack / "facts.yaml").write_text(facts.replace("id: fishing,", "id: fishing, topics: [sea],"), "utf-8")
    beside = f"treaties:\n  - {{id: protocol, type: fishing, countries: [aru], short_name: {{en: Protocol, ja: 議定書}}, steps: [{{stage: negotiating, date: 2029, {REFS}}}]}}\n"
    assert "- **Protocol**: negotiating, 2029\n" in page(beside, "brief", "sea", "--full")


def test_a_note_on_a_treaty_in_force_hides_no_newer_one(page: Callable[..., str]) -> None:
    def made(id_: str, more: str) -> str:
        names = f"short_name: {{en: {id_.title()}, ja: 協定}}"
        return f"  - {{id: {id_}, type: fishing, replaces: {more}, {REFS}}}]}}\n".replace(
            "type:", f"countries: [bela], {names}, type:"
        )

    old = made(
        "pact",
        f"bela-fishing, next_step: {{{text('A committee is to meet.')}, {REFS}}}, steps: [{{stage: in-force, date: 2031-01-01",
    )
    new = made("protocol", "pact, steps: [{stage: negotiating, date: 2031-03")
    told = page(f"treaties:\n{old}{new}", "treaties", "--country", "bela")
    assert "| Protocol: negotiating, March 2031; A committee is to meet. |" in told


def test_who_came_into_office_in_a_month_is_news_once_its_sources_are_out(pack: Path, run: Run, told: Told) -> None:
    bob = f"{OUT}people:\n  - {{id: bob, name: {{en: Bob, ja: ボブ}}, of: aru, role: {{en: President, ja: 大統領}}, office: head-of-state, since: 2031-03, {text('Bob leads.')}, {OUT_REFS}}}\n"
    for day, known in (("2031-03-09", False), ("2031-03-10", True)):
        assert ("bob" in {row["id"] for row in told(bob, "facts", day=day)}) is known
    searched = bob.replace(
        text("Bob leads."), f'text: {{en: "{SEARCHED.replace("Nets were sold", "Bob leads")}", ja: {SEARCHED_JA}}}'
    )
    (pack / "more.yaml").write_text(searched, "utf-8")
    for day in ("2031-10-20", DAY):  # whatever somebody looked for later
        assert "- Bob leads." in run("diff", "--since", "2031-03-05", "--as-of", day, "--pack", str(pack)).stdout
    (pack / "more.yaml").write_text(bob, "utf-8")
    for since, is_told in (("2031-03-05", True), ("2031-03-15", False)):
        assert ("- Bob leads." in run("diff", "--since", since, "--as-of", DAY, "--pack", str(pack)).stdout) is is_told


def test_the_long_form_of_a_topic_has_the_notes_on_its_dates(pack: Path, page: Callable[..., str]) -> None:
    facts = (pack / "facts.yaml").read_text("utf-8")
    (pack / "facts.yaml").write_text(facts.replace("id: fishing,", "id: fishing, topics: [sea],"), "utf-8")
    pact = f"treaties:\n  - {{id: pact, type: fishing, replaces: bela-fishing, countries: [bela], short_name: {{en: Pact, ja: 協定}}, steps: [{{stage: in-force, date: 2031-03-01, note: {{en: a note, ja: 注}}, {REFS}}}]}}\n"
    assert page(pact, "brief", "sea", "--full").count("- Pact, in force, 1 March 2031: a note.") == 1


def test_the_head_of_promises_tells_those_of_others_apart(page: Callable[..., str]) -> None:
    """Those with the host stand below it."""
    others = promise("", by="north-union").replace("id: nets", "id: ropes")
    told = page(promise("", due="2033") + others.removeprefix("commitments:\n"), "country", "aru")
    assert "## Promises (2 with Zemland, 1 other: cabrief commitments --country aru)" in told
