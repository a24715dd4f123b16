"""Citations: the sources of a report for Zotero, pandoc and LaTeX, as CSL-JSON or BibTeX.

A type has only the fields that Zotero maps to it, so that an import loses nothing; everything else is in its note. The date of
the text of a treaty is that of the signature, as styles print it; the note adds the entry into force.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from cabrief.document import Citation, Document
from cabrief.formats import How
from cabrief.formats.notes import proper_url
from cabrief.language.dates import date_text, has_come
from cabrief.language.text import Lang, Text, clean, escaped, same, template
from cabrief.model.frozen import Frozen

# Types of CSL by kinds of sources, and the field in which each names who published it.
CSL_TYPES: dict[str, tuple[str, str]] = {
    "analysis": ("report", "publisher"),
    "news": ("article-newspaper", "container-title"),
    "official": ("webpage", "container-title"),
    "reference": ("webpage", "container-title"),
    "company": ("webpage", "container-title"),
    "data": ("dataset", "publisher"),
    "law": ("legislation", ""),  # which has no publisher in Zotero
    "treaty": ("treaty", "publisher"),
}
# The same in BibTeX, which knows few types: the type, and the field of the publisher.
BIBTEX: dict[str, tuple[str, str]] = {
    "report": ("techreport", "institution"),
    "article-newspaper": ("article", "journal"),
    "webpage": ("misc", "howpublished"),
    "dataset": ("misc", "howpublished"),
    "legislation": ("misc", "howpublished"),
    "treaty": ("misc", "howpublished"),
}
MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{mark: rf"\{mark}" for mark in "&%$#_"},
}
LIGATURE = r"(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')|(?<=[?!])(?=`)|(?<=,)(?=,)|(?<=<)(?=<)|(?<=>)(?=>)"  # set as one sign
STEPS_IN_NOTES: dict[str, tuple[str, str]] = {
    "signed": ("signed {d}", "{d}署名"),
    "in-force": ("entered into force {d}", "{d}発効"),
}
EXCERPT = Text("only an excerpt was seen", "抜粋のみ確認")
PUBLISHED_BY = Text("published by {p}", "発行者：{p}")


class Item(Frozen):
    """A source as a bibliography has it, in one language; dates as the fact files have them."""

    id: str
    type: str
    title: str
    publisher: str
    author: str
    issued: str | None
    accessed: str | None
    language: str
    url: str
    notes: tuple[str, ...]


def to_csl_json(document: Document, how: How) -> str:
    """Print the sources of a report as CSL-JSON."""
    found = [_csl(item, how.lang) for item in _items(document, how.lang)]
    return escaped(json.dumps(found, ensure_ascii=False, indent=2)) + "\n"


def to_bibtex(document: Document, how: How) -> str:
    """Print the sources of a report as BibTeX, for an engine that reads UTF-8."""
    return "\n".join(_bibtex(item) for item in _items(document, how.lang))


def _items(document: Document, lang: Lang) -> Iterator[Item]:
    listed = document.citations if document.bibliography is None else document.bibliography
    return (_item(citation, lang, document.as_of) for citation in listed.values())


def _item(citation: Citation, lang: Lang, as_of: str) -> Item:
    about: dict[str, Any] = json.loads(citation.particulars or "{}")
    steps = {
        stage: date for stage, date in about.get("steps") or () if stage in STEPS_IN_NOTES and has_come(date, as_of)
    }
    kind = "treaty" if about.get("steps") else about.get("kind") or "reference"
    publisher = Text(*(about.get("publisher") or citation.short))
    author = Text(*about["author"]) if about.get("author") else same("")
    notes = [template(*STEPS_IN_NOTES[stage], d=date_text(date)) for stage, date in steps.items()]
    notes += [EXCERPT] if about.get("seen") == "excerpt" else []
    notes += [same(f"[{citation.layer}]")] if citation.layer else []
    return Item(
        id=citation.id,
        type=CSL_TYPES[kind][0],
        title=clean(citation.title.pick(lang)),
        publisher=clean(publisher.pick(lang)),
        author=clean(author.pick(lang)),
        issued=steps.get("signed") or citation.published,
        accessed=about.get("retrieved") if citation.url else None,
        language=clean(about.get("language") or ""),
        url=proper_url(citation.url) if citation.url else "",
        notes=tuple(clean(note.pick(lang)) for note in notes),
    )


def _csl(item: Item, lang: Lang) -> dict[str, Any]:
    holder = next((field for kind, field in CSL_TYPES.values() if kind == item.type), "")
    publisher = () if holder else (PUBLISHED_BY.pick(lang).format(p=item.publisher),)
    found = {
        "id": item.id,
        "type": item.type,
        "title": item.title,
        "author": [{"literal": item.author}] if item.author else None,
        holder: item.publisher,
        "issued": _csl_date(item.issued),
        "accessed": _csl_date(item.accessed),
        "language": item.language,
        "URL": item.url,
        "note": "; ".join((*item.notes, *publisher)),
    }
    return {field: value for field, value in found.items() if field and value}


def _csl_date(date: str | None) -> dict[str, Any] | None:
    """A date with the precision that it has; what is about or uncertain is marked so."""
    if not date:
        return None
    ends = [[int(part) for part in end.rstrip("~?%").split("-")] for end in date.split("/")]
    return {"date-parts": ends, **({"circa": True} if re.search("[~?%]", date) else {})}


def _bibtex(item: Item) -> str:
    (kind, holder), note = BIBTEX[item.type], "; ".join(item.notes)
    year, month, day = ([*(item.issued or "").partition("/")[0].rstrip("~?%").split("-"), "", ""])[:3]
    fields = {
        "author": f"{{{latex(item.author)}}}" if item.author else "",  # one name, whatever words are in it
        "title": f"{{{latex(item.title)}}}",  # in its own capitals
        holder: latex(item.publisher),
        "year": year,
        "month": MONTH_NAMES[int(month) - 1] if month else "",
        "day": day.lstrip("0"),
        "url": item.url,
        "urldate": item.accessed if item.accessed and re.fullmatch(r"[0-9-]{10}", item.accessed) else "",
        "language": latex(item.language),
        "note": latex(note[:1].upper() + note[1:]),
    }
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'},\n" for name, value in fields.items() if value]
    return f"@{kind}{{{item.id},\n{''.join(lines)}}}\n"


def latex(words: str) -> str:
    """Words that LaTeX prints as the characters they are."""
    return re.sub(LIGATURE, "{}", "".join(LATEX.get(character, character) for character in words))
