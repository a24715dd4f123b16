"""How long each report is: lines on a terminal of 100 columns, words in Markdown with its sources, and footnote marks.

    python benchmarks/pages.py [--full]

A word is a run of letters; of Japanese, three characters take the room of a word and count as one.
"""

import re
import sys
from collections.abc import Iterator

from cabrief.document import Document
from cabrief.formats import How, renderer
from cabrief.language.dates import today
from cabrief.language.text import LANGS, Lang
from cabrief.loading.cache import open_base
from cabrief.model.kinds.actors import Actor
from cabrief.model.kinds.agreements import Agreement
from cabrief.model.kinds.events import Event
from cabrief.model.kinds.topics import Topic
from cabrief.reports import actors, brief, country
from cabrief.reports.pages.actors import actor_page
from cabrief.reports.pages.countries import country_page
from cabrief.reports.pages.fitting import word_count
from cabrief.reports.pages.subjects import brief_page
from cabrief.store.base import Base


def pages(base: Base, day: str, *, full: bool = False) -> Iterator[tuple[str, Document]]:
    """Every subject of a pack with its page, or with everything on it."""
    yield "brief", brief.view(base, day) if full else brief_page(base, day)
    for id_ in base.ids(Topic, Event, Agreement):
        made = brief.view(base, day, id_) if full else brief_page(base, day, id_)
        yield f"brief {id_}", made
    for id_ in base.pack.countries:
        yield f"country {id_}", country.view(base, day, [id_]) if full else country_page(base, day, id_)
    for id_ in base.ids(Actor):
        yield f"actors {id_}", actors.view(base, day, [id_]) if full else actor_page(base, day, base.get(id_))


def sizes(document: Document) -> dict[Lang, tuple[int, int, int]]:
    """Lines, words and marks of a document, by language."""
    found: dict[Lang, tuple[int, int, int]] = {}
    for lang in LANGS:
        lines = renderer("terminal")(document, How(lang=lang, width=100, sources=False)).count("\n")
        text = renderer("markdown")(document, How(lang=lang))
        marks = len(re.findall(r"\[\^\d+\](?!:)", text))
        found[lang] = lines, word_count(text), marks
    return found


def main() -> None:
    """Print a line for each report, the longest last."""
    base = open_base()
    rows = [(name, sizes(page)) for name, page in pages(base, today(), full="--full" in sys.argv)]
    rows.sort(key=lambda row: max(size[1] for size in row[1].values()))
    for name, found in rows:
        told = "   ".join(f"{lang} {a:>4} lines {b:>5} words {c:>4} marks" for lang, (a, b, c) in found.items())
        print(f"{name:<50} {told}")


if __name__ == "__main__":
    main()
