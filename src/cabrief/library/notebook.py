"""A report in a notebook: HTML that stands for itself, with nothing of a fact as markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from cabrief.document import (
    AS_OF,
    HELD,
    OTHERWISE,
    WHY,
    Block,
    Bullets,
    Cell,
    Document,
    Moment,
    Pairs,
    Paragraph,
    Section,
    Table,
    Timeline,
    layer,
)
from cabrief.formats.notes import QUIET, QUIET_MEANS, Footnote, Footnotes, contested, is_quiet, more_words, speakers
from cabrief.language.dates import date_text
from cabrief.language.text import Lang, Text, clean

UNFOLDED = Text("Sources", "出典")
NO_FORMULAS = "tex2jax_ignore mathjax_ignore"  # by which notebooks know that dollars are dollars; pandas says it so
STYLE = "max-width:60em;line-height:1.5"
PALE = "opacity:.65"
LEFT = "text-align:left;vertical-align:top"


def notebook_html(document: Document, lang: Lang) -> str:
    """A report as a piece of HTML."""
    return "".join(_Page(document, lang).write())


class _Page:
    def __init__(self, document: Document, lang: Lang) -> None:
        self.document, self.lang = document, lang
        self.footnotes = Footnotes(document)
        self.quiet = False  # whether a quiet mark was printed

    def write(self) -> Iterator[str]:
        day = AS_OF.pick(self.lang).format(d=date_text(self.document.as_of).pick(self.lang))
        yield f'<div lang="{self.lang}" class="{NO_FORMULAS}" style="{STYLE}"><h3>{self.words(self.document.title)}</h3>'
        yield f'<p style="{PALE}">{escape(day)}</p>'
        for part in self.document.sections:
            yield from self.section(part, 4)
        if self.document.left_out:
            yield f'<p style="{PALE}">{self.words(self.document.left_out)}</p>'
        if self.quiet:
            yield f'<p style="{PALE}">{self.words(QUIET_MEANS).replace("`", "")}</p>'
        if self.footnotes.notes:
            notes = "".join(f'<li value="{note.number}">{self.note(note)}</li>' for note in self.footnotes.notes)
            summary = f"{UNFOLDED.pick(self.lang)} ({len(self.footnotes.notes)})"
            yield f"<details><summary>{summary}</summary><ol>{notes}</ol></details>"
        yield "</div>"

    def words(self, text: Text) -> str:
        return escape(clean(text.pick(self.lang)))

    def bracketed(self, text: Text) -> str:
        return f"（{self.words(text)}）" if self.lang == "ja" else f" ({self.words(text)})"

    def section(self, part: Section, level: int) -> Iterator[str]:
        if part.title:
            yield f"<h{min(level, 6)}>{self.words(part.title)}</h{min(level, 6)}>"
        for block in part.blocks:
            yield from self.block(block)
        for inner in part.sections:
            yield from self.section(inner, level + 1)

    def block(self, block: Block) -> Iterator[str]:
        match block:
            case Paragraph():
                yield f"<p>{self.words(block.text)}</p>"
            case Bullets():
                yield f"<ul>{''.join(f'<li>{self.line(cell)}</li>' for cell in block.items)}</ul>"
            case Pairs():
                pairs = ((f"<b>{self.words(label)}</b>", self.line(cell)) for label, cell in block.items)
                yield self.table((), pairs)
            case Table():
                heads = tuple(column.title for column in block.columns)
                yield self.table(heads, (self.row(row, heads) for row in block.rows))
            case Timeline():
                yield self.table((), (self.moment(moment) for moment in block.moments))

    def table(self, heads: Sequence[Text], rows: Iterable[Sequence[str]]) -> str:
        head = "".join(f'<th style="{LEFT}">{self.words(title)}</th>' for title in heads)
        first = LEFT if heads else f"{LEFT};white-space:nowrap"  # labels and days do not break
        body = "".join(f"<tr>{''.join(_cells(row, first))}</tr>" for row in rows)
        return f"<table>{f'<thead><tr>{head}</tr></thead>' if head else ''}<tbody>{body}</tbody></table>"

    def moment(self, moment: Moment) -> Sequence[str]:
        status = f"<b>{self.bracketed(moment.status)}</b>" if moment.status else ""
        day = self.words(date_text(moment.date)) if moment.date else ""
        return day, self.words(moment.kind), self.line(moment.cell) + status

    def line(self, cell: Cell) -> str:
        return self.cell(cell) + self.mark(self.footnotes.number((cell,)))

    def row(self, row: Sequence[Cell], heads: Sequence[Text]) -> list[str]:
        """A row of a table: its note stands behind the one cell that rests on something, or behind the first."""
        words = [self.cell(cell) for cell in row]
        resting = [i for i, cell in enumerate(row) if cell.refs]
        words[resting[0] if len(resting) == 1 else 0] += self.mark(self.footnotes.number(row, heads))
        return words

    def mark(self, number: int | None) -> str:
        """The number of a note, which shows the note under the pointer and leads to its first source."""
        if not number:
            return ""
        note = self.footnotes.notes[number - 1]
        cited = [each for _, found, _ in note.parts for each in found]
        told = escape(clean("; ".join(each.words.pick(self.lang) for each in cited)))
        url = next((each.url for each in cited if each.url), None)
        return f'<sup title="{told}">{_link(url, f"[{number}]")}</sup>'

    def cell(self, cell: Cell) -> str:
        words = _link(cell.url, self.words(cell.text)) if cell.url else self.words(cell.text)
        words += f"<i>{self.bracketed(cell.by)}</i>" if cell.by else ""
        if over := layer(self.document, cell):
            words += f" [{escape(clean(over))}]"
        if what := contested(self.document, cell):
            words += f"<b>{self.bracketed(what)}</b>"
        elif is_quiet(self.document, cell):
            words += QUIET
            self.quiet = True
        return words

    def note(self, note: Footnote) -> str:
        """A note: its sources, then its disputes."""
        told = []
        for head, cited, more in note.parts:
            before = f"{self.words(head)}: " if head else ""
            rest = self.bracketed(more_words(more)) if more else ""
            told.append(before + "; ".join(_link(each.url, self.words(each.words)) for each in cited) + rest)
        for dispute in note.disputes:
            others = "; ".join(
                self.words(says) + self.bracketed(speakers(self.document, refs)) for says, refs in dispute.others
            )
            parts = ((HELD, self.words(dispute.held)), (OTHERWISE, others), (WHY, self.words(dispute.reason)))
            told.append(f"{QUIET} " + " ".join(f"<b>{self.words(head)}</b>: {words}" for head, words in parts))
        told += [f"{QUIET} " + ", ".join(f"<code>{escape(id_)}</code>" for id_ in note.further)] if note.further else []
        return "<br>".join(told)


def _cells(row: Sequence[str], first: str) -> Iterator[str]:
    yield from (f'<td style="{first}">{cell}</td>' for cell in row[:-1])
    yield f'<td style="{LEFT}">{row[-1]}</td>'


def _link(url: str | None, words: str) -> str:
    """Words that lead to a page of the web; any other address is no link."""
    if not url or not url.startswith(("https://", "http://")):
        return words
    return f'<a href="{escape(clean(url))}" rel="noreferrer">{words}</a>'
