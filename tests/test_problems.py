"""Each broken fact file gets exactly these problems. The docstring of a test is the file; what it expects stands below."""

import ast
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

import cabrief
from cabrief.loading.layers import find_layers, read_files
from cabrief.loading.load import load_facts
from cabrief.model.fields import read_number
from cabrief.model.kinds.countries import Country
from cabrief.model.record import Assertion
from cabrief.problems.codes import CODES
from cabrief.problems.problem import Problem
from cabrief.reading import nodes
from conftest import ATOLLS

SRC = Path(cabrief.__file__).parent

NOTE = "text: {en: Hello., ja: こんにちは。}\n    refs: [{source: log, line: 1, phrase: hello}]"
SHOWN = "A" * 79 + "…"  # as much of a long word as a message quotes
BROKEN: dict[str, tuple[str, list[str]]] = {
    "duplicate-key": (
        f"notes:\n  - id: n\n    aspect: outlook\n    aspect: risk\n    {NOTE}\n",
        ["mine.yaml:4:5: duplicate-key: the key 'aspect' appears twice"],
    ),
    "unknown-key": (
        f"notes:\n  - id: n\n    aspect: outlook\n    topiks: [sea]\n    {NOTE}\n",
        ["mine.yaml:4:5: unknown-key: note n: unknown key 'topiks' (did you mean 'topics'?)"],
    ),
    "unknown-kind": (
        "noets: []\n",
        ["mine.yaml:1:1: unknown-kind: 'noets' is not a kind of fact (did you mean 'notes'?)"],
    ),
    "unknown-value": (
        f"notes:\n  - id: n\n    aspect: outlok\n    {NOTE}\n",
        ["mine.yaml:3:13: unknown-value: note n: aspect cannot be 'outlok' (did you mean 'outlook'?)"],
    ),
    "unknown-id": (
        f"notes:\n  - id: n\n    aspect: outlook\n    countries: [bella]\n    {NOTE}\n",
        ["mine.yaml:4:17: unknown-id: note n: countries: no country 'bella' (did you mean 'bela'?)"],
    ),
    "wrong-kind": (
        f"notes:\n  - id: n\n    aspect: outlook\n    countries: [zemland]\n    {NOTE}\n",
        ["mine.yaml:4:17: wrong-kind: note n: countries: 'zemland' is an actor, expected a country"],
    ),
    "duplicate-id": (
        f"notes:\n  - id: aru-leans-north\n    aspect: outlook\n    {NOTE}\n",
        [
            "mine.yaml:2:9: duplicate-id: the id 'aru-leans-north' is already used at {atolls}/facts.yaml:81:5"
            " (add overrides: true to replace that record)"
        ],
    ),
    "listed-twice": (
        f"notes:\n  - id: n\n    aspect: outlook\n    countries: [bela, bela]\n    {NOTE}\n",
        ["mine.yaml:4:23: listed-twice: note n: countries: 'bela' is listed twice (remove one of them)"],
    ),
    "overrides-nothing": (
        f"notes:\n  - id: n\n    overrides: true\n    aspect: outlook\n    {NOTE}\n",
        [
            "mine.yaml:2:9: overrides-nothing: no earlier record has the id 'n' (remove overrides, or add the other pack with --data)"
        ],
    ),
    "bad-id": (
        f"notes:\n  - id: My Note\n    aspect: outlook\n    {NOTE}\n",
        [
            "mine.yaml:2:9: bad-id: note My Note: id: 'My Note' is not a valid id: use lower-case letters, digits and single hyphens"
            " (write my-note)"
        ],
    ),
    "missing-key": (
        f"notes:\n  - id: n\n    {NOTE}\n",
        ["mine.yaml:2:5: missing-key: note n: aspect is missing"],
    ),
    "whose": (
        f"notes:\n  - id: n\n    aspect: policy\n    {NOTE}\n",
        ["mine.yaml:2:5: missing-key: note n: of is missing: whose policy is it? (add of: [country or actor])"],
    ),
    "missing-language": (
        "notes:\n  - id: n\n    aspect: outlook\n    text: {en: Hello.}\n    refs: [{source: log, line: 1, phrase: hello}]\n",
        ["mine.yaml:4:11: missing-language: note n: text: the text under 'ja' is missing"],
    ),
    "comma-in-braces": (
        "notes:\n  - id: n\n    aspect: outlook\n    text: {en: 12,000 boats., ja: 船。}\n"
        "    refs: [{source: log, line: 1, phrase: hello}]\n",
        [
            "mine.yaml:4:19: unknown-key: note n: text: '000 boats.' is not a language: use en and ja"
            " (put a sentence with a comma into quotes)"
        ],
    ),
    "phrase-too-long": (
        "notes:\n  - id: n\n    aspect: outlook\n    text: {en: Hello., ja: こんにちは。}\n"
        "    refs: [{source: log, line: 1, phrase: this phrase is far too long}]\n",
        ["mine.yaml:5:43: phrase-length: note n: refs.0.phrase: a phrase has 4 to 25 characters, this one has 27"],
    ),
    "unknown-source": (
        "notes:\n  - id: n\n    aspect: outlook\n    text: {en: Hello., ja: こんにちは。}\n"
        "    refs: [{source: lag, line: 1, phrase: hello}]\n",
        ["mine.yaml:5:21: unknown-source: note n: there is no source 'lag' (did you mean 'log'?)"],
    ),
    "no-such-line": (
        "notes:\n  - id: n\n    aspect: outlook\n    text: {en: Hello., ja: こんにちは。}\n"
        "    refs: [{source: log, line: 41, phrase: hello}]\n",
        ["mine.yaml:5:32: no-such-line: note n: log has 40 lines, there is no line 41"],
    ),
    "missing-line": (
        "notes:\n  - id: n\n    aspect: outlook\n    text: {en: Hello., ja: こんにちは。}\n"
        "    refs: [{source: log, phrase: hello}]\n",
        ["mine.yaml:5:12: missing-line: note n: log has line numbers, but the ref has no line (add line:)"],
    ),
    "line-of-page": (
        "notes:\n  - id: n\n    aspect: outlook\n    text: {en: Hello., ja: こんにちは。}\n"
        "    refs: [{source: gazette, line: 3, phrase: hello}]\n",
        ["mine.yaml:5:36: line-of-page: note n: gazette is a page, which has no lines (leave the line out)"],
    ),
    "lines-order": (
        "notes:\n  - id: n\n    aspect: outlook\n    text: {en: Hello., ja: こんにちは。}\n"
        "    refs: [{source: log, line: 9, line_end: 7, phrase: hello}]\n",
        ["mine.yaml:5:45: lines-order: note n: the passage ends on line 7, before it begins on line 9"],
    ),
    "no-evidence": (
        "notes:\n  - {id: n, aspect: outlook, text: {en: Hello., ja: こんにちは。}, refs: []}\n",
        ["mine.yaml:2:5: no-evidence: note n: n has no refs (add a source and a phrase, and for a document the line)"],
    ),
    "bad-date": (
        f"notes:\n  - id: n\n    aspect: outlook\n    date: 2031-02-30\n    {NOTE}\n",
        ["mine.yaml:4:11: bad-date: note n: date: '2031-02-30': 2031-02 has 28 days"],
    ),
    "range": (
        f"notes:\n  - id: n\n    aspect: outlook\n    date: 2031-05/2031-04\n    {NOTE}\n",
        ["mine.yaml:4:11: bad-date: note n: date: the range 2031-05/2031-04 ends before it begins"],
    ),
    "date-order": (
        "treaties:\n  - id: t\n    type: tax\n    countries: [bela]\n    short_name: T\n    steps:\n"
        "      - {stage: signed, date: 2031-02-01, refs: [{source: gazette, phrase: signed}]}\n"
        "      - {stage: in-force, date: 2030, refs: [{source: gazette, phrase: in force}]}\n",
        [
            "mine.yaml:8:33: date-order: treaty t: in-force (2030) is listed after signed (2031-02-01) (order the steps by date)"
        ],
    ),
    "due": (
        "commitments:\n  - id: c\n    by: [zemland]\n    firmness: target\n    date: 2031-05\n    due: 2031-04\n"
        f"    {NOTE}\n",
        ["mine.yaml:6:10: date-order: commitment c: due 2031-04, before the promise of 2031-05"],
    ),
    "since": (
        "people:\n  - id: p\n    name: P\n    role: {en: R, ja: 役}\n    since: 2031-05\n    until: 2031-04\n"
        f"    {NOTE}\n",
        ["mine.yaml:6:12: date-order: person p: until 2031-04, before since 2031-05"],
    ),
    "circle": (
        "treaties:\n"
        "  - {id: t, type: tax, countries: [bela], short_name: T, replaces: u, steps: [{stage: signed, date: 2031, refs: [{source: gazette, phrase: signed}]}]}\n"
        "  - {id: u, type: tax, countries: [bela], short_name: U, replaces: t, steps: [{stage: signed, date: 2031, refs: [{source: gazette, phrase: signed}]}]}\n"
        "  - {id: v, type: tax, countries: [bela], short_name: V, replaces: v, steps: [{stage: signed, date: 2031, refs: [{source: gazette, phrase: signed}]}]}\n"
        "  - {id: w, type: tax, countries: [bela], short_name: W, replaces: v, steps: [{stage: signed, date: 2031, refs: [{source: gazette, phrase: signed}]}]}\n",
        [
            "mine.yaml:2:68: circle: treaty t: replaces: 'u' leads back to it",
            "mine.yaml:3:68: circle: treaty u: replaces: 't' leads back to it",
            "mine.yaml:4:68: circle: treaty v: replaces: 'v' leads back to it",
        ],
    ),
    "other-type": (
        "treaties:\n"
        "  - {id: t, type: tax, countries: [bela], short_name: T, replaces: u, steps: [{stage: signed, date: 2031, refs: [{source: gazette, phrase: signed}]}]}\n"
        "  - {id: u, type: fishing, countries: [bela], short_name: U, steps: [{stage: signed, date: 2031, refs: [{source: gazette, phrase: signed}]}]}\n",
        [
            "mine.yaml:2:68: other-type: treaty t: replaces: 'u' is of another type, 'fishing'"
            " (end it by a step of its own: terminated)"
        ],
    ),
    "not-a-party": (
        "treaties:\n"
        "  - {id: t, type: tax, countries: [bela], short_name: T, steps: [{stage: signed, date: 2031, refs: [{source: gazette, phrase: signed}]}]}\n"
        "disputes:\n  - id: d\n    about: t.signed\n    countries: [bela, aru]\n    category: error\n    weight: low\n"
        "    held: {en: A., ja: あ。}\n    reason: {en: A., ja: あ。}\n    refs: [{source: gazette, phrase: hello}]\n"
        "    others: [{says: {en: B., ja: い。}, refs: [{source: gazette, phrase: hello}]}]\n",
        ["mine.yaml:6:23: not-a-party: dispute d: countries: 'aru' is not among those of 't'"],
    ),
    "no-claim": (
        "disputes:\n  - id: d\n    about: aru.capital\n    category: error\n    weight: low\n"
        "    held: {en: A., ja: あ。}\n    reason: {en: A., ja: あ。}\n    others: []\n"
        "    refs: [{source: gazette, phrase: hello}]\n",
        ["mine.yaml:8:13: no-evidence: dispute d: others: nobody says otherwise (add what a source says otherwise)"],
    ),
    "wrong-type": (
        "notes: {id: n}\n",
        ["mine.yaml:1:8: wrong-type: expected a list of records under 'notes' (begin each with '- id:')"],
    ),
    "number": (
        "figures:\n  - id: f\n    label: L\n    value: many\n    unit: jpy\n" + f"    {NOTE}\n",
        [
            "mine.yaml:3:12: wrong-type: figure f: label: expected both languages, {en: …, ja: …}, found 'L'",
            "mine.yaml:4:12: wrong-type: figure f: value: expected a plain number such as 12 or 3.5, found 'many'",
        ],
    ),
    "about": (
        "disputes:\n  - id: d\n    about: aru.capitol\n    category: error\n    weight: low\n"
        "    held: {en: A., ja: あ。}\n    reason: {en: A., ja: あ。}\n"
        "    others: [{says: {en: B., ja: い。}, refs: [{source: gazette, phrase: hello}]}]\n"
        "    refs: [{source: gazette, phrase: hello}]\n",
        ["mine.yaml:3:12: unknown-id: dispute d: about: aru has no 'capitol' (did you mean 'capital'?)"],
    ),
    "same-url": (
        "sources:\n  - {id: s, title: S, publisher: P, language: en, kind: news, url: 'https://example.org/gazette'}\n",
        ["mine.yaml:2:68: same-url: source s: the same page is the source 'gazette' already (keep one card)"],
    ),
    "nowhere": (
        "sources:\n  - {id: s, title: S, publisher: P, language: en, kind: news}\n",
        ["mine.yaml:2:5: missing-key: source s: the source has neither document nor url (add url: or document:)"],
    ),
    "alias": (
        "notes: &a []\ntopics: *a\n",
        ["mine.yaml:1:8: alias: anchors and aliases are not read in fact files (write it out)"],
    ),
    "tag": (
        "notes: !!python/object/apply:os.system [ls]\n",
        [
            "mine.yaml:1:8: tag: tags are not read in fact files: tag:yaml.org,2002:python/object/apply:os.system"
            " (remove the tag)"
        ],
    ),
    "two-documents": (
        "notes: []\n---\nnotes: []\n",
        ["mine.yaml:2:1: second-document: a fact file holds one YAML document (remove '---')"],
    ),
    "too-deep": (
        "notes: " + "[" * 30 + "]" * 30 + "\n",
        ["mine.yaml:1:27: too-deep: nested more than 20 deep"],
    ),
    "bad-key": (
        "? [notes]\n: []\n",
        ["mine.yaml:1:3: bad-key: a key must be a plain word"],
    ),
    "stage-order": (
        "treaties:\n  - id: t\n    type: tax\n    countries: [bela]\n    short_name: T\n    steps:\n"
        "      - {stage: in-force, date: 2030, refs: [{source: gazette, phrase: in force}]}\n"
        "      - {stage: signed, date: 2031, refs: [{source: gazette, phrase: signed}]}\n",
        [
            "mine.yaml:8:17: stage-order: treaty t: signed on 2031, after in-force on 2030 (correct one of the two dates)"
        ],
    ),
    "bad-file-name": (
        "sources:\n  - {id: s, title: S, publisher: P, language: en, kind: news, document: ../x.txt, sha256: a, lines: 1}\n",
        [
            "mine.yaml:2:73: bad-file-name: source s: document: '../x.txt' is not a plain file name"
            " (write the name alone, without a folder)"
        ],
    ),
    "empty-text": (
        "topics:\n  - {id: t, name: ' '}\n",
        ["mine.yaml:2:19: empty-text: topic t: name: the text is empty"],
    ),
    "invisible": (
        "topics:\n  - {id: t, name: a\u202eb}\n",
        ["mine.yaml:2:20: invisible: an invisible character, U+202E (right-to-left override) (delete it)"],
    ),
    "not-yaml": (
        "notes: [\n",
        [
            "mine.yaml:2:1: yaml: a bracket or brace is opened and not closed, or a comma is missing (look at the line before as well)"
        ],
    ),
    "tab": (
        "notes:\n\t- id: n\n",
        ["mine.yaml:2:1: yaml: a word cannot begin with this character (indent with spaces, not with tabs)"],
    ),
    "wide-space": (
        "notes:\n  - id: n\n  \u00a0\u00a0aspect: risk\n",
        [
            "mine.yaml:3:3: yaml: this line does not fit the lines above it (indent with plain spaces; here are wider ones)"
        ],
    ),
    "colon": (
        "topics:\n  - id: t\n    name: Trade: a start\n",
        [
            "mine.yaml:3:16: yaml: a colon is not allowed here (put words with a colon into quotes, and check the indentation)"
        ],
    ),
    "open-quote": (
        "topics:\n  - id: t\n    name: 'Trade\n  - id: u\n    name: U\n",
        ["mine.yaml:3:11: yaml: a quote is opened and not closed (close it, or write '' for an apostrophe)"],
    ),
    "forgotten-dash": (
        "topics:\n  - id: t\n    name: T\n    id: u\n    name: U\n",
        ["mine.yaml:4:5: duplicate-key: the key 'id' appears twice (does a new record begin here? put '- ' before it)"],
    ),
    "kind-twice": (
        f"notes:\n  - id: n\n    aspect: outlook\n    {NOTE}\nnotes:\n  - id: m\n    aspect: outlook\n",
        [
            "mine.yaml:6:1: duplicate-key: the key 'notes' appears twice (put its records under the first)",
            "mine.yaml:7:5: missing-key: note m: refs is missing",
            "mine.yaml:7:5: missing-key: note m: text is missing",
        ],
    ),
    "no-space-after-colon": (
        "notes:\n  - id: n\n    aspect: outlook\n    text: {en: Hello., ja: こんにちは。}\n"
        "    refs: [{source: log, line: 1, phrase:some words}]\n",
        ["mine.yaml:5:35: unknown-key: note n: unknown key 'refs.0.phrase:some words' (write a space after the colon)"],
    ),
    "comma-in-phrase": (
        "notes:\n  - id: n\n    aspect: outlook\n    text: {en: Hello., ja: こんにちは。}\n"
        "    refs: [{source: log, line: 1, phrase: once, and two}]\n",
        ["mine.yaml:5:49: unknown-key: note n: unknown key 'refs.0.and two' (put words with a comma into quotes)"],
    ),
    "one-ref-for-a-list": (
        "notes:\n  - id: n\n    aspect:\n    text: {en: Hello., ja: こんにちは。}\n    refs: {source: log, line: 1, phrase: hello}\n",
        [
            "mine.yaml:3:12: unknown-value: note n: aspect is empty (one of policy, dependency, constraint, resource, motive, aim,"
            " means, corridor-role, strength, limit, significance, cooperation, risk, challenge, recommendation, outlook, background,"
            " assessment, definition)",
            "mine.yaml:5:11: wrong-type: note n: refs: expected a list (write [{source: …, phrase: …}])",
        ],
    ),
    "words-for-a-value": (
        "countries:\n  - {id: c, name: C, basics: {capital: Riga}}\n",
        ["mine.yaml:2:40: wrong-type: country c: basics.capital: expected a mapping (write {value: …})"],
    ),
    "date-the-other-way": (
        f"notes:\n  - id: n\n    aspect: outlook\n    date: 12/02/2026\n    as_of: 2026-2\n    {NOTE}\n",
        [
            "mine.yaml:4:11: bad-date: note n: date: '12/02/2026' is not a date: write 2025, 2025-12, 2025-12-20, a range a/b, or ~"
            " behind it for about",
            "mine.yaml:5:12: bad-date: note n: as_of: '2026-2' is not a date: write 2026-02",
        ],
    ),
    "code-for-an-id": (
        f"notes:\n  - id: n\n    aspect: outlook\n    countries: [be]\n    {NOTE}\n",
        ["mine.yaml:4:17: unknown-id: note n: countries: no country 'be' (did you mean 'bela'?)"],
    ),
    "unit-in-capitals": (
        f"figures:\n  - id: f\n    label: {{en: L, ja: L}}\n    value: 1\n    unit: EUR\n    {NOTE}\n",
        ["mine.yaml:5:11: unknown-value: figure f: unit: 'EUR' is not a known unit (did you mean 'eur'?)"],
    ),
    "bad-url": (
        "sources:\n  - {id: s, title: S, publisher: P, language: en, kind: news, url: example.org/x}\n",
        ["mine.yaml:2:68: bad-url: source s: url: 'example.org/x' is not a URL: write https://…"],
    ),
    "endless-id": (
        f"topics:\n  - {{id: {'A' * 900}, name: T}}\n",
        [
            f"mine.yaml:2:10: bad-id: topic {SHOWN}: id: '{SHOWN}' is not a valid id: use lower-case letters, digits and single hyphens"
        ],
    ),
    "endless-url": (
        f"sources:\n  - {{id: s, title: S, publisher: P, language: en, kind: news, url: https://example.org/{'x' * 2_000}}}\n",
        ["mine.yaml:2:68: bad-url: source s: url: a URL has at most 2,000 characters, this one has 2,020"],
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_file(name: str, problems_of: Callable[[str], list[Problem]]) -> None:
    text, expected = BROKEN[name]
    wanted = [line.replace("{atolls}", ATOLLS.as_posix()) for line in expected]
    assert [str(problem) for problem in problems_of(text)] == wanted


@pytest.mark.one_in(6)
@pytest.mark.parametrize("name", BROKEN)
def test_broken_file_in_japanese(name: str, problems_of: Callable[[str], list[Problem]]) -> None:
    """Every message and every hint is there in Japanese too, at the same place and under the same code."""
    problems = problems_of(BROKEN[name][0])
    assert problems
    for problem in problems:
        for text in (problem.message, problem.hint) if problem.hint.en else (problem.message,):
            assert text.ja != text.en
        assert re.search("[ぁ-ゖァ-ヺ一-鿿]", problem.message.ja), problem.message
        assert bool(problem.hint.ja) == bool(problem.hint.en)
        assert str(problem) == problem.words("en")
        hint = f"（{problem.hint.ja}）" if problem.hint.ja else ""
        assert problem.words("ja") == f"{problem.where}: {problem.code}: {problem.message.ja}{hint}"


def test_all_problems_at_once_and_sorted(problems_of: Callable[[str], list[Problem]]) -> None:
    """A record that cannot be read does not hide what is wrong elsewhere, and is not missed where it is named."""
    text = dedent("""
        events:
          - id: feast
            title: {en: Feast, ja: 宴}
            type: faest
            text: {en: A feast., ja: 宴。}
            refs: [{source: log, line: 1, phrase: hello}]
        notes:
          - id: n
            aspect: outlook
            event: feast
            topics: [see]
            text: {en: Hello., ja: こんにちは。}
            refs: [{source: log, line: 99, phrase: hello}]
        """)
    assert [problem.code for problem in problems_of(text)] == ["unknown-value", "unknown-id", "no-such-line"]


def test_one_record_tells_all_its_problems(problems_of: Callable[[str], list[Problem]]) -> None:
    """A key that cannot be read does not hide that another names nothing."""
    text = (
        "notes:\n  - id: n\n    aspect: outlok\n    countries: [bella]\n    text: {en: Hello.}\n"
        "    refs: [{source: lag, line: 1, phrase: hello}]\n"
    )
    assert [problem.code for problem in problems_of(text)] == [
        "unknown-value",
        "unknown-id",
        "missing-language",
        "unknown-source",
    ]


FEAST = (
    "events:\n  - {id: feast, title: {en: Feast, ja: 宴}, type: summit, date: 2031, countries: [all],"
    " text: {en: A feast., ja: 宴。}, refs: [{source: log, line: 1, phrase: hello}]}\n"
)
ABOUT_FEAST = "".join(
    f"  - id: n{i}\n    aspect: outlook\n    event: feast\n    countries: [all]\n    {NOTE}\n" for i in range(9)
)
MISSPELT = {
    "an id that others name": FEAST.replace("id: feast", "id: faest"),
    "the key of an id that others name": FEAST.replace("id: feast", "idd: feast"),
    "a kind": FEAST.replace("events:", "evnets:"),
    "a key that is needed": FEAST.replace("text:", "txt:"),
    "a language": FEAST.replace("ja: 宴。", "jp: 宴。"),
    "a value": FEAST.replace("summit", "sumit"),
    "a source": FEAST.replace("log", "logg"),
    "a bracket": FEAST.replace("]}\n", "]\n"),
    "all countries": FEAST.replace("[all]", "[al]"),
}


@pytest.mark.parametrize("what", MISSPELT)
def test_one_misspelling_is_one_problem(what: str, problems_of: Callable[..., list[Problem]]) -> None:
    """However many records rest on what was misspelt."""
    assert problems_of(f"{FEAST}notes:\n{ABOUT_FEAST}") == []
    files = MISSPELT[what], f"notes:\n{ABOUT_FEAST}"
    # a bracket that is missing spoils its own file only
    found = problems_of("".join(files)) if what != "a bracket" else problems_of(files)
    assert len(found) == 1, [str(problem) for problem in found]


def test_what_is_wrong_in_many_places_is_told_once(problems_of: Callable[[str], list[Problem]]) -> None:
    """With the first places by name and the number of the others; the other places are kept."""
    (found,) = problems_of(f"notes:\n{ABOUT_FEAST}")
    assert str(found) == (
        "mine.yaml:4:12: unknown-id: note n0: event: no event 'feast'"
        "; so in {0}:10, {0}:16, {0}:22 and 5 more places".format(found.also[0].file)
    )
    assert found.words("ja").endswith(":22など8か所")
    assert [where.line for where in found.also] == list(range(10, 58, 6))


@pytest.mark.parametrize("change", ["countries: [aru, bela]", "id: atolls", "host: zemland"])
def test_a_misspelt_key_of_the_pack_is_one_problem(change: str, tmp_path: Path) -> None:
    """What could be read of a pack is enough to check everything else."""
    pack = Path(shutil.copytree(ATOLLS, tmp_path / "pack"))
    (pack / "pack.yaml").write_text((pack / "pack.yaml").read_text("utf-8").replace(change, f"x{change}"), "utf-8")
    stack = find_layers([pack])
    found = load_facts(stack, read_files(stack))[1]
    assert [problem.code for problem in found] == ["unknown-key"]
    assert "did you mean" in found[0].hint.en


def test_a_misspelt_country_of_the_pack_is_told_there(tmp_path: Path) -> None:
    """And at the country that is meant; not where a record says `all`, which stands for it."""
    pack = Path(shutil.copytree(ATOLLS, tmp_path / "pack"))
    file = pack / "pack.yaml"
    for wrong in ("arru", "zemland"):
        file.write_text(
            (ATOLLS / "pack.yaml").read_text("utf-8").replace("countries: [aru, bela]", f"countries: [{wrong}, bela]"),
            "utf-8",
        )
        stack = find_layers([pack])
        found = load_facts(stack, read_files(stack))[1]
        assert [(Path(p.where.file).name, p.where.line) for p in found] == [("facts.yaml", 11), ("pack.yaml", 6)]


def test_a_pack_whose_table_of_treaties_nobody_could_read(tmp_path: Path) -> None:
    """A small file can ask for a table of a million cells."""
    pack = Path(shutil.copytree(ATOLLS, tmp_path / "pack"))
    text = (pack / "pack.yaml").read_text("utf-8")
    for key, first in (("countries", "aru, bela"), ("treaty_types", "fishing, tax")):
        text = text.replace(f"{key}: [{first}]", f"{key}: [{first}, {', '.join(f'x{n}' for n in range(250))}]")
    (pack / "pack.yaml").write_text(text, "utf-8")
    stack = find_layers([pack])
    (found,) = (each for each in load_facts(stack, read_files(stack))[1] if each.code == "too-large")
    assert "has 63,504 cells, more than 20,000" in str(found)


def test_an_empty_pack(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("", "utf-8")
    stack = find_layers([tmp_path])
    (found,) = load_facts(stack, read_files(stack))[1]
    assert str(found).endswith("missing-key: pack.yaml is empty (cabrief init makes one to begin with)")


def test_what_an_overlay_took_away_is_told_there(tmp_path: Path) -> None:
    """A dispute that is about a value which an overlay dropped: the overlay is named, not the pack."""
    pack = Path(shutil.copytree(ATOLLS, tmp_path / "pack"))
    facts = pack / "facts.yaml"
    facts.write_text(facts.read_text("utf-8").replace("about: aru.population", "about: aru-tax.applies"), "utf-8")
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "mine.yaml").write_text(
        "treaties:\n  - {id: aru-tax, overrides: true, type: tax, countries: [aru], short_name: T,"
        " steps: [{stage: signed, date: 2030, refs: [{source: gazette, phrase: signed}]}]}\n",
        "utf-8",
    )
    stack = find_layers([pack, mine])
    (found,) = load_facts(stack, read_files(stack))[1]
    assert str(found).endswith(
        "mine.yaml:2:5: unknown-id: treaty aru-tax: it lacks 'applies', which the dispute aru-people-count is about"
        " (keep it, or override the dispute)"
    )


def test_a_file_that_was_copied_often_is_read_a_few_times(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The places of each are read once more; to go to and fro between the copies would read one for each id."""
    note = "{{id: n{n}, aspect: resource, of: [aru], text: {{en: Aru has fish., ja: 魚。}}, refs: [{{source: log, line: 1, phrase: Port Aru}}]}}"
    text = "notes:\n" + "".join(f"  - {note.format(n=n)}\n" for n in range(50))
    for copy in range(8):
        (tmp_path / f"copy{copy}.yaml").write_text(text, "utf-8")
    stack, read, places = find_layers([ATOLLS, tmp_path]), [], nodes.read

    def counting(raw: bytes, file: str) -> nodes.Nodes:
        read.append(file)
        return places(raw, file)

    monkeypatch.setattr(nodes, "read", counting)
    found = load_facts(stack, read_files(stack))[1]
    assert {problem.code for problem in found} == {"duplicate-id"}
    assert len(found) == 7
    assert len(read) < 40


def test_the_parts_of_a_record_are_worked_out_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many disputes are about it, and whether or not it has the part that they name."""
    about = "category: error, weight: low, held: {en: It holds., ja: そう。}, reason: {en: So., ja: 故に。}"
    claim = "others: [{says: {en: No., ja: 否。}, refs: [{source: log, line: 1, phrase: Port Aru}]}]"
    refs = "refs: [{source: log, line: 1, phrase: Port Aru}]"
    lines = [f"  - {{id: d{n}, about: aru.capitol, {about}, {claim}, {refs}}}\n" for n in range(60)]
    (tmp_path / "mine.yaml").write_text("disputes:\n" + "".join(lines), "utf-8")
    asked: list[str] = []
    assertions = Country.assertions

    def counting(self: Country, *basics: Any) -> Iterator[Assertion]:
        asked.append(self.id)
        return assertions(self, *basics)

    monkeypatch.setattr(Country, "assertions", counting)
    stack = find_layers([ATOLLS, tmp_path])
    found = load_facts(stack, read_files(stack))[1]
    assert len([each for each in found if "aru has no 'capitol'" in str(each)]) == 60
    assert asked.count("aru") < 10


def test_a_copied_file_is_one_problem(tmp_path: Path) -> None:
    pack = Path(shutil.copytree(ATOLLS, tmp_path / "pack"))
    shutil.copy(pack / "facts.yaml", pack / "facts copy.yaml")
    stack = find_layers([pack])
    codes_ = [problem.code for problem in load_facts(stack, read_files(stack))[1]]
    assert codes_ == ["duplicate-id"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_another_encoding_is_one_problem(encoding: str, tmp_path: Path) -> None:
    """What stands in the file is not missed where it is named."""
    pack = Path(shutil.copytree(ATOLLS, tmp_path / "pack"))
    text = (pack / "facts.yaml").read_text("utf-8")
    (pack / "facts.yaml").write_bytes("".join(c for c in text if c.isascii()).encode(encoding))
    stack = find_layers([pack])
    (found,) = load_facts(stack, read_files(stack))[1]
    assert found.message.en == "the file is UTF-16, not UTF-8"


def test_a_reference_hides_nothing(problems_of: Callable[[str], list[Problem]]) -> None:
    """A phrase that cannot be read does not hide that the source beside it is unknown, nor what is wrong in the next one."""
    text = (
        "notes:\n  - id: n\n    aspect: outlook\n    text: {en: Hello., ja: こんにちは。}\n"
        "    refs: [{source: lag, line: 1, phrase: a}, {source: gazette, line: 2, phrase: hello}, {line: 3}]\n"
    )
    assert [(p.code, p.where.column) for p in problems_of(text)] == [
        ("unknown-source", 21),
        ("phrase-length", 43),
        ("line-of-page", 71),
        ("missing-key", 90),
        ("missing-key", 90),
    ]


def test_a_carriage_return_alone_ends_no_line(problems_of: Callable[[str], list[Problem]]) -> None:
    """YAML counts it as the end of a line and editors do not: it is told, and hides no record in a comment."""
    text = f"# one\r# two\r\npeople: []  # old\rtopics: [x]\nnotes:\n  - id: n\n    aspect: outlok\n    {NOTE}\n"
    assert [(p.code, p.where.line, p.where.column) for p in problems_of(text)] == [
        ("invisible", 1, 6),
        ("invisible", 2, 18),
        ("unknown-value", 5, 13),
    ]


def test_a_bad_value_hides_nothing_beside_it(problems_of: Callable[[str], list[Problem]]) -> None:
    """Neither that a source has no address, nor that another item of the list names nothing."""
    text = (
        "sources:\n"
        "  - {id: s, title: S, publisher: P, language: en, kind: other}\n"
        "  - {id: t, title: T, publisher: P, language: en, kind: other, url: example}\n"
        f"notes:\n  - id: n\n    aspect: outlook\n    topics: [The_Sea, nothing]\n    {NOTE}\n"
    )
    assert [(p.code, p.where.line, p.where.column) for p in problems_of(text)] == [
        ("missing-key", 2, 5),
        ("unknown-value", 2, 57),
        ("unknown-value", 3, 57),
        ("bad-url", 3, 69),
        ("bad-id", 7, 14),
        ("unknown-id", 7, 23),
    ]


def test_what_stands_under_a_misspelt_key_is_read(problems_of: Callable[[str], list[Problem]]) -> None:
    text = "notes:\n  - id: n\n    aspct: outlok\n    text: {en: A., ja: あ。}\n    refs: [{source: log, line: 1, phrase: hello}]\n"
    assert [str(p) for p in problems_of(text)] == [
        "mine.yaml:3:5: unknown-key: note n: unknown key 'aspct' (did you mean 'aspect'?)",
        "mine.yaml:3:12: unknown-value: note n: aspct cannot be 'outlok' (did you mean 'outlook'?)",
    ]


@pytest.mark.slow
def test_every_code_is_explained_and_shown() -> None:
    """The codes that the program says are those that `--explain` knows, and each is provoked by some test."""
    said = {
        node.value
        for path in SRC.rglob("*.py")
        if path.name not in ("codes.py", "warning_codes.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and node.value in CODES
    }
    assert said == set(CODES)
    called = {
        node.args[at].value  # type: ignore[attr-defined]
        for path in SRC.rglob("*.py")
        if path.name not in ("codes.py", "warning_codes.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        for at in [{"Problem": 1, "Bad": 0, "_Refused": 0}.get(node.func.id)]
        if at is not None and isinstance(node.args[at], ast.Constant)
    }
    assert called <= set(CODES)
    tests = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert [code for code in CODES if not re.search(rf"\b{code}\b", tests)] == []
    for code in CODES.values():
        assert code.text.en.endswith((".", "?"))
        assert code.text.ja.endswith("。")
        assert bool(code.wrong) == bool(code.right)


def test_not_utf8(problems_of: Callable[[bytes], list[Problem]]) -> None:
    """The place of the first byte that is not UTF-8 is told."""
    assert [str(p) for p in problems_of(b"notes: []\n# caf\xe9\n")] == [
        "mine.yaml:2:6: encoding: the file is not UTF-8 from here on (save it as UTF-8)"
    ]


def test_byte_order_mark_and_crlf_are_read(problems_of: Callable[[bytes], list[Problem]]) -> None:
    """Files as Windows editors write them are no problem."""
    text = f"topics:\n  - {{id: t, name: T}}\nnotes:\n  - id: n\n    aspect: outlook\n    topics: [t]\n    {NOTE}\n"
    assert problems_of(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()) == []


def test_scalars_stay_as_written() -> None:
    """What YAML 1.1 would turn into a flag, a number of minutes or an octal number is the text that was written."""

    data = nodes.read(b"{country: NO, time: 12:30, code: 010, version: 1.10, nothing: ~, said: '~'}", "x").data
    assert data == {
        "country": "NO",
        "time": "12:30",
        "code": "010",
        "version": "1.10",
        "nothing": None,
        "said": "~",
    }


def test_leading_zero_is_decimal() -> None:
    """`010` is ten where a number is wanted."""

    assert read_number("010") == 10


REF = "refs: [{source: log, line: 1, phrase: hello}]"
SAID = f"text: {{en: Hello., ja: こんにちは。}}, {REF}"


@pytest.mark.parametrize(
    ("records", "wrong"),
    [
        (f"statements:\n  - {{id: s, speaker: aru, {SAID}}}\n", "wrong-kind: statement s: speaker: 'aru' is a country"),
        (f"statements:\n  - {{id: s, speaker: all, {SAID}}}\n", "unknown-id: statement s: speaker: no person 'all'"),
        (
            f"statements:\n  - {{id: s, speaker: ann-pilot, event: bela, {SAID}}}\n",
            "wrong-kind: statement s: event: 'bela' is a country",
        ),
        (
            f"notes:\n  - {{id: n, aspect: risk, actors: [aru], {SAID}}}\n",
            "wrong-kind: note n: actors: 'aru' is a country",
        ),
        (
            f"notes:\n  - {{id: n, aspect: risk, topics: [aru], {SAID}}}\n",
            "wrong-kind: note n: topics: 'aru' is a country",
        ),
        (
            f"people:\n  - {{id: p, name: P, role: r, of: all, {SAID}}}\n",
            "unknown-id: person p: of: no country or actor or organisation 'all'",
        ),
    ],
)
def test_a_country_stands_for_nothing_else(
    problems_of: Callable[[str], list[Problem]], records: str, wrong: str
) -> None:
    """Reports would look for a person, an event, a topic, and find something without its fields."""
    told = [f"{problem.code}: {problem.message.en}" for problem in problems_of(records)]
    assert any(each.startswith(wrong) for each in told), told


def test_an_id_that_is_used_twice_hides_nothing(problems_of: Callable[[str], list[Problem]]) -> None:
    """What else is wrong with the second record is told in the same run."""
    first = f"notes:\n  - {{id: n, aspect: risk, {SAID}}}\n"
    second = "  - {id: n, aspect: risk, of: [nobody], text: {en: Hi., ja: はい。}, refs: [{source: nothing, phrase: hello}]}\n"
    dispute = (
        f"disputes:\n  - {{id: n, about: nowhere, category: error, weight: low, held: {{en: A., ja: あ。}}, "
        f"others: [{{says: {{en: B., ja: い。}}, {REF}}}], reason: {{en: C., ja: う。}}, {REF}}}\n"
    )
    found = {problem.code for problem in problems_of(first + second + dispute)}
    assert found == {"duplicate-id", "unknown-id", "unknown-source"}
    assert sum(problem.code == "unknown-id" for problem in problems_of(first + second + dispute)) == 2


def test_what_stands_behind_too_many_problems_is_there(problems_of: Callable[[Any], list[Problem]]) -> None:
    """Records that were not looked at are not missing; what a comment says is."""
    notes = "".join(f"  - {{id: n{n}, aspect: risk, zzz: 1, {SAID}}}\n" for n in range(300))
    about = "notes:\n  - {id: m, aspect: risk, BASED, text: {en: Hi., ja: はい。}, refs: [{source: log, line: 1, phrase: said so}]}\n"
    for named, told in (("n299", False), ("n999", True)):
        files = (f"# id: n999\nnotes:\n{notes}", about.replace("BASED", f"based_on: [{named}]"))
        assert any(problem.code == "unknown-id" for problem in problems_of(files)) is told


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x85", "\r"], ids=ascii)
def test_lines_are_counted_as_editors_do(problems_of: Callable[[str], list[Problem]], character: str) -> None:
    """Where YAML alone would begin a line, a record in a comment stays hidden and places stay right."""
    facts = f"# a{character}notes: []\nnotes:\n  - {{id: n, aspect: risk, zzz: 1, {SAID}}}\n"
    found = [(problem.code, problem.where.line) for problem in problems_of(facts)]
    assert found == [("invisible", 1), ("unknown-key", 3)]
