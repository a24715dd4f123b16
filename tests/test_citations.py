"""Citations: what Zotero maps, citeproc-py renders and BibTeX's readers read; dates as precise as they are known."""

import json
import re
import warnings
from typing import Any

import pytest
from hypothesis import given, settings

from cabrief.document import Citation, Document
from cabrief.formats import How, renderer
from cabrief.formats.citations import BIBTEX, CSL_TYPES
from cabrief.language.text import Lang, clean, same
from cabrief.model.kinds.sources import Source
from cabrief.reports import sources, treaties, why
from cabrief.reports.sources import SOURCE_KINDS
from cabrief.store.base import Base
from conftest import ATOLLS, Run
from test_characters import TEXTS, document, with_examples

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from citeproc import Citation as Cited
    from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.bibtex import BibTeX
    from citeproc.source.json import CiteProcJSON

DAY = "2026-11-22"
STYLE = "harvard-cite-them-right"  # which the library brings with it
# Fields that Zotero's schema (version 41) maps to the types used here, besides those that all of them have. A treaty is a type of CSL
# alone: Zotero keeps it as a document whose type stands in the field Extra.
COMMON = {"id", "type", "title", "author", "issued", "accessed", "language", "URL", "note"}
ZOTERO = {
    "article-newspaper": {"container-title", "publisher"},
    "dataset": {"publisher"},
    "legislation": {"container-title"},
    "report": {"publisher"},
    "treaty": {"publisher"},
    "webpage": {"container-title", "publisher"},
}


def csl(pages: Document, lang: Lang = "en") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(renderer("csl-json")(pages, How(lang=lang)))
    return found


def rendered(source: Any, ids: list[str], locale: str = "en-GB") -> list[str]:
    """Entries of a bibliography as citeproc-py prints them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what the library does not know of the style
        style = CitationStylesStyle(STYLE, validate=False, locale=locale)
        bibliography = CitationStylesBibliography(style, source, formatter.plain)
        for id_ in ids:
            bibliography.register(Cited([CitationItem(id_)]))
        return [str(entry) for entry in bibliography.bibliography()]


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_fields_are_those_that_zotero_maps(shipped: Base, lang: Lang) -> None:
    """Every source of the list is there once, with a title, its publisher, and only fields that an import keeps."""
    cards = {card.id: card for card in shipped.find(Source)}
    found = csl(sources.view(shipped, DAY), lang)
    assert sorted(item["id"] for item in found) == sorted(cards)
    assert {item["type"] for item in found} == {kind for kind, _ in CSL_TYPES.values()}
    for item in found:
        card = cards[item["id"]]
        assert item.keys() <= COMMON | ZOTERO[item["type"]]
        assert item["title"] == clean(card.title.pick(lang))
        publisher = clean(card.publisher.pick(lang))
        assert publisher in (item.get("publisher"), item.get("container-title")) or publisher in item["note"]
        assert ("accessed" in item) == bool(card.url and card.retrieved)
        assert item.get("URL", "").startswith("http") == bool(card.url)
    assert set(SOURCE_KINDS) | {"treaty"} == set(CSL_TYPES)
    assert {kind for kind, _ in CSL_TYPES.values()} == set(BIBTEX)


def test_a_treaty_has_its_dates(shipped: Base) -> None:
    """The signature as the date, and both in the note; what lies ahead of the day of the report is not told."""
    pages = treaties.view(shipped, DAY)
    found = {item["id"]: item for item in csl(pages)}
    row = next(row for row in pages.rows or () if row["id"] == "jp-kz-investment")
    item = found["mofa-kz-investment-text"]
    assert item["type"] == "treaty"
    assert item["issued"] == {"date-parts": [[int(part) for part in row["signed"].split("-")]]}
    assert item["note"] == "signed 23 October 2014; entered into force 25 October 2015"
    assert row["entered_into_force"] == "2015-10-25"
    (early,) = csl(sources.one(shipped, "2015-01-01", "mofa-kz-investment-text"))
    assert early["note"] == "signed 23 October 2014"
    (japanese,) = csl(sources.one(shipped, DAY, "mofa-kz-investment-text"), "ja")
    assert japanese["note"] == "2014年10月23日署名; 2015年10月25日発効"


@pytest.mark.slow
def test_citeproc_renders_sources(shipped: Base) -> None:
    """Every sixth source and every treaty: each title comes out, with its year; a treaty with the year of its signature."""
    found = [item for i, item in enumerate(csl(sources.view(shipped, DAY))) if i % 6 == 0 or item["type"] == "treaty"]
    assert {item["type"] for item in found} >= {"treaty", "webpage", "article-newspaper"}
    source = CiteProcJSON(found)
    entries = rendered(source, [item["id"] for item in found])
    assert len(entries) == len(found)
    for item in found:
        (entry, *_) = [entry for entry in entries if _letters(item["title"]) in _letters(entry)]
        if "issued" in item:
            year = str(item["issued"]["date-parts"][0][0])
            assert any(year in entry for entry in entries if _letters(item["title"]) in _letters(entry)), entry


def _letters(words: str) -> str:
    """Words without the marks, spaces and capitals that a style may change."""
    return re.sub(r"[\W_]+", "", words).casefold()


def test_bibtex_is_read_as_it_was_meant(shipped: Base, tmp_path: Any) -> None:
    """By citeproc-py's own reader: the same sources, titles and years as in CSL-JSON; and it renders them."""
    pages = sources.view(shipped, DAY)
    listed = pages.bibliography or {}  # the reader loses the braces behind \\textasciitilde and its like
    pages = pages.but(
        bibliography={id_: card for id_, card in listed.items() if not re.search(r"[~^\\{}]", card.title.en)}
    )
    assert len(pages.bibliography or {}) > len(listed) - 5
    read = bibtex(pages, tmp_path)
    found = csl(pages)
    assert sorted(read) == sorted(item["id"] for item in found)
    for item in found:
        entry = read[item["id"]]
        assert str(entry["title"]) == item["title"]
        if "issued" in item:
            assert int(str(entry["issued"]["year"])) == item["issued"]["date-parts"][0][0]
    entries = rendered(read, ["mofa-kz-investment-text"])
    assert "Promotion and Protection of Investment" in entries[0]


def bibtex(pages: Document, folder: Any) -> Any:
    target = folder / "sources.bib"
    target.write_text(renderer("bibtex")(pages, How()), "utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return BibTeX(str(target), encoding="utf-8")


@with_examples
@settings(deadline=None, max_examples=60)
@given(TEXTS)
def test_citations_give_back_every_character(tmp_path_factory: pytest.TempPathFactory, words: str) -> None:
    """In CSL-JSON as they are, in BibTeX as a reader of LaTeX sees them."""
    pages = document(words)
    (item,) = csl(pages)
    assert (item["title"], item["URL"]) == (words, "https://example.org/page")
    text = renderer("bibtex")(pages, How())
    (title,) = re.findall(r"^  title = \{\{(.*)\}\},$", text, re.MULTILINE)
    assert plain_latex(title) == words
    assert text.count("\n@") == 0
    depth = [text[:i].count("{") - text[:i].count("}") for i in range(len(text))]
    assert min(depth) == 0
    assert depth[-2:] == [1, 0] or text.count("{") == text.count("}")


def plain_latex(words: str) -> str:
    """What LaTeX prints of escaped words."""
    names = {
        "textbackslash": "\\",
        "textbraceleft": "{",
        "textbraceright": "}",
        "textasciitilde": "~",
        "textasciicircum": "^",
    }
    assert not re.search(r"--|``|''|[?!]`|,,|<<|>>", words), "signs that are set as one"
    return re.sub(r"\\([a-z]+)\{\}|\\([&%$#_])|\{\}", lambda m: names[m[1]] if m[1] else m[2] or "", words)


@pytest.mark.parametrize(
    ("published", "csl_date", "year", "month", "day"),
    [
        ("2025-12-20", {"date-parts": [[2025, 12, 20]]}, "2025", "dec", "20"),
        ("2025-03", {"date-parts": [[2025, 3]]}, "2025", "mar", None),
        ("2025", {"date-parts": [[2025]]}, "2025", None, None),
        ("2019~", {"date-parts": [[2019]], "circa": True}, "2019", None, None),
        ("2025-12-19/2025-12-20", {"date-parts": [[2025, 12, 19], [2025, 12, 20]]}, "2025", "dec", "19"),
        (None, None, None, None, None),
    ],
)
def test_dates_are_as_precise_as_they_are_known(
    published: str | None, csl_date: Any, year: str | None, month: str | None, day: str | None
) -> None:
    card = Citation(id="a", title=same("T"), short=same("P"), published=published, url=None)
    pages = document("Words.").but(citations={"a": card})
    (item,) = csl(pages)
    assert item.get("issued") == csl_date
    text = renderer("bibtex")(pages, How())
    for name, value in (("year", year), ("month", month), ("day", day)):
        found = re.search(rf"^  {name} = \{{?(\w+)\}}?,$", text, re.MULTILINE)
        assert (found[1] if found else None) == value


def test_every_report_cites_its_own_sources(shipped: Base, run: Run, tmp_path: Any) -> None:
    """`why` those of its facts; the ending of a file picks the format; a report without sources gives an empty list."""
    pages = why.view(shipped, DAY, ["jp-kz-investment"])
    assert [item["id"] for item in csl(pages)] == list(pages.citations)
    assert len(pages.citations) > 2
    day = ("--data", str(ATOLLS), "--as-of", "2031-06-01")
    for name, begins in (("a.bib", "@"), ("a.csl.json", "[\n  {\n"), ("a.b.json", '{\n  "schema_version"')):
        done = run("sources", *day, "-o", str(tmp_path / name))
        assert done.returncode == 0, done.stderr
        assert (tmp_path / name).read_text("utf-8").startswith(begins)
    assert csl(document("Words.").but(citations={})) == []
    assert renderer("bibtex")(document("Words.").but(citations={}), How()) == ""
