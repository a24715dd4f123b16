"""What somebody searched for in vain is told from the day of the search on; what stands beside it, as soon as it can be."""

import re
from datetime import date
from pathlib import Path

import pytest

from cabrief.document import cells
from cabrief.language.dates import MONTHS
from cabrief.language.text import Text
from cabrief.model.searches import is_buried, searched_on, summary_or_told, unsearched
from cabrief.reports import actors, brief, commitments, country, disputes, facts, projects, timeline, treaties, voices
from cabrief.store.base import Base
from conftest import Run

FOUND_BY = re.compile(rf"found by ([0-9]{{1,2}}) ({'|'.join(MONTHS)}) ([0-9]{{4}})")


@pytest.mark.parametrize(
    ("en", "ja", "left"),
    [
        (
            "Nets were due. No report was found by 3 May 2031.",
            "網が期限。2031年5月3日までに報道は確認されていない。",
            "網が期限。",
        ),
        (
            "Nets. B ran. Their state was not found by 3 May 2031.",
            "あ。いが、う。状況は2031年5月3日までに確認されていない。",
            "あ。いが、う。",
        ),
        (
            "Nets were due. No report of U.S. work at St. Anna was found by 3 May 2031.",
            "網が期限。米国の工事の報道は2031年5月3日時点で確認されていない。",
            "網が期限。",
        ),
        *(
            (
                f"{first} No report of Mt. Aru was found by 3 May 2031.",
                "網。報道は2031年5月3日までに確認されていない。",
                "網。",
            )
            for first in (
                "Mt. Aru opened.",
                "Yahoo! Japan came.",
                "Some, e.g. Zem, came.",
                "It ends at 3 p.m. Aru time.",
            )
        ),
        (
            "Nets by Reef Co. It opened. No report was found by 3 May 2031.",
            "網。開いた。報道は2031年5月3日までに確認されていない。",
            "網。開いた。",
        ),
        (
            "Zem Co. No report was found by 3 May 2031.",
            "ゼム社。2031年5月3日までに報道は確認されていない。",
            "ゼム社。",
        ),
    ],
)
def test_the_sentence_on_a_search_is_left_out_before_it(en: str, ja: str, left: str) -> None:
    text = Text(en, ja)
    assert searched_on(text) == "2031-05-03"
    assert unsearched(text, "2031-05-03") is text
    before = unsearched(text, "2031-05-02")
    assert before == Text(en[: max(en.rfind(" No "), en.rfind(" Their "))], left)
    assert summary_or_told(Text("Nets", "網"), text, before) == Text("Nets", "網")
    for summary in ("Nets; none seen", "Nets unconfirmed in 2031"):
        assert summary_or_told(Text(summary, "網"), text, before) == before
    assert summary_or_told(Text("Nets", "網"), text, Text("A", "あ")) == Text("A", "あ"), "a name alone"


@pytest.mark.parametrize(
    ("en", "ja"),
    [
        (
            "No report of nets was found by 3 May 2031.",
            "網の報道は2031年5月3日までに確認されていない。",
        ),  # nothing would be left
        ("Nets. No report was found by 3 May 2031.", "2031年5月3日までに確認した網はない。"),
        ("Nets. They were found by 3 May 2031.", "網。2031年5月3日までに見つかった。"),
        ("Nets. No report was found.", "網。報道は確認されていない。"),
        ("Nets. No report was found by 3 May soon.", "網。報道は確認されていない。"),
        ("Nets. No report was found by May 2031.", "網。2031年5月までに報道は確認されていない。"),
        ("Talks (planned. No end was found by 3 May 2031)", "協議（予定。終わりは2031年5月3日までに確認されていない）"),
        (
            "Bela opposed it. Aru signed. No report of a start was found by 3 May 2031.",
            "ベラは反対した。アルは署名し、着工の報道は2031年5月3日までに確認されていない。",
        ),
        (
            "Nets came. No loan was given. It cost much, and no report of more was found by 3 May 2031.",
            "網が来た。融資はなかった。高くつき、それ以上の報道は2031年5月3日までに確認されていない。",
        ),
        ("Nets came. No report was found by 31 June 2031.", "網が来た。報道は2031年6月31日までに確認されていない。"),
        (
            "A. Work began, but no end was found by 3 May 2031.",
            "あ。始まったが、終わりは2031年5月3日までに確認されていない。",
        ),
    ],
)
def test_what_cannot_be_parted_in_both_languages_stays_whole(en: str, ja: str) -> None:
    text = Text(en, ja)
    assert unsearched(text, "2030-01-01") is text


@pytest.mark.slow
@pytest.mark.parametrize("day", ["2010-05-01", "2025-12-21", "2026-03-01", "2026-11-23"])
def test_no_report_tells_of_a_search_to_come(shipped: Base, day: str) -> None:
    whole = [brief.view(shipped, day), country.view(shipped, day, shipped.pack.countries)]
    whole += [view(shipped, day) for view in (commitments.view, projects.view, treaties.view, voices.view, actors.view)]
    whole += [
        facts.view(shipped, day, filters={}),
        timeline.view(shipped, day, whole=True),
        disputes.view(shipped, day),
    ]
    for document in whole:
        for cell in cells(document.sections):
            for searched, month, year in FOUND_BY.findall(cell.text.en):
                assert date(int(year), MONTHS.index(month) + 1, int(searched)).isoformat() <= day, cell.text.en


@pytest.mark.parametrize(
    ("en", "ja", "buried"),
    [
        (
            "Nets came. No report was found by 3 May 2031.",
            "網が来た。報道は2031年5月3日までに確認されていない。",
            False,
        ),
        ("No report was found by 3 May 2031.", "報道は2031年5月3日までに確認されていない。", False),
        (
            "No net was found by 3 May 2031. No boat was found either.",
            "網も船も2031年5月3日までに確認されていない。",
            False,
        ),
        (
            "Nets came. No report was found by 3 May 2031.",
            "網が来たが、報道は2031年5月3日までに確認されていない。",
            True,
        ),
        ("No report was found by 3 May 2031. Nets came.", "報道は2031年5月3日までに確認されていない。網が来た。", True),
    ],
)
def test_check_tells_where_a_search_cannot_be_left_out(pack: Path, run: Run, en: str, ja: str, *, buried: bool) -> None:
    assert is_buried(Text(en, ja)) == buried
    note = f"notes:\n  - {{id: nets, aspect: outlook, countries: [aru], text: {{en: {en}, ja: {ja}}}, refs: [{{source: gazette, phrase: relations}}]}}\n"
    (pack / "more.yaml").write_text(note, "utf-8")
    told = run("check", str(pack), "--lang", "en").stdout
    assert bool(re.search(r"more\.yaml:2:[0-9]+: warning: search-not-last: note nets: text: ", told)) == buried
