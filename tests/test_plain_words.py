"""Lists in plain words: one name for a state, a reason and a day once, speakers as a text attributes words to them."""

import re
from collections.abc import Iterator

import pytest

from cabrief.document import Bullets, Document, Paragraph, Section, Table, cells
from cabrief.language.text import Text
from cabrief.model.by_day import ByDay
from cabrief.model.concerns import concerned
from cabrief.model.kinds.commitments import Commitment
from cabrief.model.kinds.disputes import Dispute
from cabrief.model.kinds.people import Person
from cabrief.model.kinds.statements import Statement
from cabrief.model.promises import promise_fate
from cabrief.reports import between, commitments, compare, country, disputes, projects, treaties, voices
from cabrief.store.base import Base

DAY = "2026-11-26"
EVENT = "cajad-tokyo-dialogue-13"
# Names that a state had besides the one that reports print, in Japanese.
OLD_NAMES = re.compile(
    "効力あり|効力のある|効力なし|効力が確認|根拠は見つから|根拠が見つから|報告は見つから|見つからず|履行済(?!み)"
)


def sections(parts: tuple[Section, ...]) -> Iterator[Section]:
    for part in parts:
        yield part
        yield from sections(part.sections)


def words(document: Document) -> Iterator[str]:
    """Everything that a document prints in Japanese: headings, heads, labels, lines."""
    yield document.title.ja
    yield from (cell.text.ja for cell in cells(document.sections))
    for part in sections(document.sections):
        yield part.title.ja if part.title else ""
        for block in part.blocks:
            if isinstance(block, Paragraph):
                yield block.text.ja
            elif isinstance(block, Table):
                yield from (column.title.ja for column in block.columns)


def test_a_state_has_one_name(shipped: Base) -> None:
    """In force, not in force, not found and no report found read alike in every list."""
    documents = [
        treaties.view(shipped, DAY),
        treaties.view(shipped, DAY, missing=True),
        commitments.view(shipped, DAY),
        compare.view(shipped, DAY, shipped.pack.countries),
        *(country.view(shipped, DAY, [id_]) for id_ in shipped.pack.countries),
    ]
    printed = [line for document in documents for line in words(document)]
    assert len(printed) > 500
    assert [line for line in printed if OLD_NAMES.search(line)] == []
    assert any("確認できず" in line for line in printed)


def test_a_date_behind_a_status_says_what_it_means(shipped: Base) -> None:
    """It is the day as of which the status is known, or on which a report was looked for."""
    lines = [cell.text for cell in cells(commitments.view(shipped, DAY).sections)]
    assert not [line for line in lines if re.search(r"\b(open|kept|missed), \d", line.en)]
    assert [line for line in lines if "open (as of " in line.en and "日時点）" in line.ja]


def test_what_was_done_in_another_country_is_said_to_be(shipped: Base) -> None:
    """A promise to the region that was kept in one country counts as kept elsewhere for the others, and says where."""
    by_day = ByDay(DAY, shipped.get)
    away = [each for each in shipped.find(Commitment) if promise_fate(each, by_day, "kyrgyzstan").elsewhere]
    promised = [each for each in shipped.find(Commitment) if "kyrgyzstan" in concerned(each)]
    partly = sum(promise_fate(each, by_day, "kyrgyzstan").status == "partly" for each in promised)
    assert 0 < len(away) < partly
    document = commitments.view(shipped, DAY, countries=["kyrgyzstan"])
    told = next(block.text for block in document.sections[0].blocks if isinstance(block, Paragraph))
    assert f" {partly} partly kept ({len(away)} elsewhere only)" in told.en
    assert f"一部履行{partly}件（うち{len(away)}件は他国でのみ）" in told.ja
    lines = {cell.id: cell.text.en for cell in cells(document.sections)}
    for each in away:
        assert re.search(r"; partly kept in [A-Z]", lines[each.id])
        assert "partly kept in Kyrgyzstan" not in lines[each.id]
    everywhere = next(b.text.en for b in commitments.view(shipped, DAY).sections[0].blocks if isinstance(b, Paragraph))
    assert "elsewhere" not in everywhere


def test_gaps_of_one_reason_share_a_row(shipped: Base) -> None:
    """A reason stands once for all countries that share it; a column without anything is left out; the title says for whom."""
    document = treaties.view(shipped, DAY, missing=True)
    for part in document.sections:
        for table in [block for block in part.blocks if isinstance(block, Table)]:
            told = [(row[1].text, row[2:]) for row in table.rows]
            assert len({text for text, _ in told}) == len(told) or any(rest for _, rest in told)
            for number in range(1, len(table.columns)):
                assert [row[number] for row in table.rows if row[number].state != "not-applicable"]
    named = {
        row[0].text.en for part in document.sections for b in part.blocks if isinstance(b, Table) for row in b.rows
    }
    assert "Kazakhstan, Kyrgyzstan, Tajikistan, Turkmenistan, Uzbekistan" in named
    assert len(document.rows or ()) == sum(not row["in_force"] for row in treaties.view(shipped, DAY).rows or ())
    one = treaties.view(shipped, DAY, countries=["kyrgyzstan"], missing=True)
    assert one.title == Text("Treaty gaps (5): Japan and Kyrgyzstan", "未整備の条約（5件）：日本とキルギス")
    (count,) = [
        b.text.en for b in one.sections[0].blocks if isinstance(b, Paragraph) and b.text.en.startswith("5 gaps")
    ]
    assert sum(map(int, re.findall(r"[0-9]+", count.partition(":")[2]))) == 5


def test_speakers_have_office_and_organisation_or_country(shipped: Base) -> None:
    """Whose office it is, is said: by the office itself, by the organisation, or by the country."""
    for statement in shipped.find(Statement):
        person = shipped.get(statement.speaker)
        assert isinstance(person, Person)
        (title,) = {part.title for part in voices.view(shipped, DAY, speakers=[person.id]).sections if part.title}
        assert person.of
        place = shipped.name(person.of).en
        assert person.role.en in title.en
        assert place in title.en
        assert place in person.role.en or (person.institution and person.institution.en in title.en)


def test_voices_at_one_event_say_it_once(shipped: Base) -> None:
    """The title has the event and its day; no line repeats the day. Without the filter each line has its day in brackets."""
    document = voices.view(shipped, DAY, events=[EVENT])
    assert "13th Tokyo Dialogue" in document.title.en
    assert "14 March 2025" in document.title.en
    assert not [cell for cell in cells(document.sections) if cell.by and "2025" in cell.by.en]
    everything = list(cells(voices.view(shipped, DAY).sections))
    assert not [cell for cell in everything if " · " in cell.text.en]
    assert all(cell.by and re.search(r"\b20\d\d\b", cell.by.en) for cell in everything)
    marked = [cell for cell in everything if cell.by and "proposes" in cell.by.en]
    assert not [cell for cell in marked if "proposed" in cell.text.en]


def test_a_question_is_no_request(shipped: Base) -> None:
    asking = [each for each in shipped.find(Statement) if each.asks]
    assert len(asking) > 5
    assert [each.id for each in asking if each.text.en.endswith("?")] == []


def test_projects_read_part_by_part_in_japanese(shipped: Base) -> None:
    """Parts of a line are told apart from names in a row; begun is begun, and what is planned is said to be so once."""
    items = list(cells(projects.view(shipped, DAY).sections))
    assert [cell for cell in items if "／" in cell.text.ja]
    assert all("／" in cell.text.ja for cell in items if cell.text.en.count(";") > 0)
    assert not [cell for cell in items if " since " in cell.text.en.partition(";")[2]]
    assert not [cell for cell in items if cell.by and cell.by.en == "planned" and "; planned" in cell.text.en]


def test_what_fell_due_before_is_no_news(shipped: Base) -> None:
    """What a search did not find and what sources dispute are counted, and what fell due before the first day is not told."""
    document = between.view(shipped, "2026-08-31", DAY)
    told = document.rows or ()
    assert told
    assert not [row for row in told if row["change"] == "promise" and row["date"] and row["date"] < "2026-08-31"]
    assert not [row for row in told if row["change"] == "told" and "found by" in row["text"].en]
    left = [
        b.text.en
        for p in document.sections
        for b in p.blocks
        if isinstance(b, Paragraph) and b.text.en.startswith("Left")
    ]
    assert len(left) == 1
    assert "disputes about sources: " in left[0]


@pytest.mark.parametrize("weight", ["high", "medium"])
def test_disputes_are_told_alike(shipped: Base, weight: str) -> None:
    """What is contested, what is held here, what other sources say: in this order, in each."""
    (part,) = [p for p in disputes.view(shipped, DAY, weights=[weight]).sections if p.title]
    lines = [cell.text.en for block in part.blocks if isinstance(block, Bullets) for cell in block.items]
    assert len(lines) == len([d for d in shipped.find(Dispute) if d.weight == weight])
    assert [line for line in lines if not re.match(r".+\. Held here: .+ Other sources: ", line, re.DOTALL)] == []
