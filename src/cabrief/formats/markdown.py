"""GitHub-flavoured Markdown: never cut, footnotes to the sources, columns aligned by display width."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from cabrief.document import (
    AS_OF,
    HELD,
    OTHERWISE,
    WHY,
    Block,
    Bullets,
    Cell,
    DisputeNote,
    Document,
    Pairs,
    Paragraph,
    Section,
    Table,
    Timeline,
    layer,
)
from cabrief.formats import How
from cabrief.formats.notes import (
    QUIET,
    QUIET_MEANS,
    Cited,
    Footnote,
    Footnotes,
    contested,
    is_quiet,
    more_words,
    speakers,
)
from cabrief.language.dates import date_text
from cabrief.language.layout import width
from cabrief.language.text import Text, clean

# Few texts have what the patterns look for, and to compile one takes longer than to see that: they are compiled when used.
_SPECIAL = {ord(letter): f"\\{letter}" for letter in "\\`*[]<>|~$^{"} | {ord("&"): "&amp;"}
_LOW_LINE = r"_(?:(?<![^\W_]_)|(?![^\W_]))"  # inside a word it is no markup
# What begins a heading, a rule or a list, also as pandoc counts: (1), a., iv)
_STARTS = ("#", "+", "-", "=", ":", "(")
_AT_START = r"\A(?:([#+\-=:]|\((?=[\w#@-]+\)))|(\d+|[A-Za-z]|[ivxlcdmIVXLCDM]+)(?=[.)](?:\s|$)))"
# Addresses, which renderers would make links of: the colon of a scheme, the dot of www
_ADDRESS = r"(?i)([:.])(?:(?<=[a-z]:)(?=//)|(?<=mailto:)|(?<=xmpp:)|(?<=www\.))"
# What GitHub looks for in the rendered text, where a backslash is gone: @user, a@b.example, #123, GH-1, :tada:
_CALL = r"(?i)([@#:-])(?:(?<=@)(?=\S)|(?<=#)(?=\d)|(?<=\bGH-)(?=\d)|(?<=:)(?=[\w+-]+\\?:))"
_PLAIN = frozenset(map(chr, range(33, 127))) - set("<>|")  # what an address may have
_NOTHING = "<!-- -->"  # parts words, and prints nothing
_BOXES = (("\\[ ", "\\]"), ("\\[x", "\\]"), ("\\[X", "\\]"), ("☐", ""), ("☒", ""))  # of a form, to pandoc
TODAY = Text("as of {d}", "{d}時点")


def escape(words: str) -> str:
    """Words that Markdown prints as the characters they are: no markup, no link, no mention."""
    plain = clean(words).strip().translate(_SPECIAL)
    if "_" in plain:
        plain = re.sub(_LOW_LINE, r"\\_", plain)
    if plain.endswith("#"):  # which would end a heading
        bare = plain.rstrip("#")
        plain = bare + r"\#" * (len(plain) - len(bare))
    first = plain.split(None, 1)[0] if plain else ""
    if first.startswith(_STARTS) or first.endswith((".", ")")):
        plain = re.sub(_AT_START, _as_words, plain, count=1)
    for begin, end in _BOXES:
        if plain.startswith(begin + end):
            plain = f"{begin}{_NOTHING}{plain[len(begin) :]}"
    lower = plain.lower()
    if "://" in plain or "www." in lower or "mailto:" in lower or "xmpp:" in lower:
        plain = re.sub(_ADDRESS, r"\\\1", plain)
    if "@" in plain or "#" in plain or _may_be_called(lower):
        plain = re.sub(_CALL, rf"\1{_NOTHING}", plain)
    return plain


def _as_words(start: re.Match[str]) -> str:
    """What would begin a heading, a rule or a list, as it is printed."""
    return f"\\{start[1]}" if start[1] else f"{start[2]}\\"


def _may_be_called(words: str) -> bool:
    """Whether something in small letters may be GH-1 or :tada:, which is quicker to see than to look for."""
    ends_word = (part and " " not in part for part in words.split(":")[1:-1])
    return any(ends_word) or any(part[:1].isdigit() for part in words.split("gh-")[1:])


def to_markdown(document: Document, how: How) -> str:
    """Print a document as Markdown."""
    return _Writer(document, how).write()


class _Writer:
    def __init__(self, document: Document, how: How) -> None:
        self.document, self.lang = document, how.lang
        self.footnotes = Footnotes(document) if how.sources else None
        if self.footnotes and how.trail is not None:
            how.trail.update(self.footnotes.trail())
        self.quiet = False  # whether a quiet mark was printed

    def write(self) -> str:
        day = date_text(self.document.as_of).pick(self.lang)
        parts = [f"# {self.words(self.document.title)}", f"*{AS_OF.pick(self.lang).format(d=day)}*"]
        for part in self.document.sections:
            parts += self.section(part, 2)
        if self.document.left_out:
            parts.append(f"*{self.words(self.document.left_out)}*")
        if self.quiet:
            parts.append(self.words(QUIET_MEANS).replace("\\`", "`"))
        notes = [self.note(note) for note in self.footnotes.notes] if self.footnotes else []
        return "\n\n".join(parts) + "\n" + ("\n" + "\n".join(notes) + "\n" if notes else "")

    def words(self, text: Text) -> str:
        return escape(text.pick(self.lang))

    def bracketed(self, text: Text) -> str:
        return f"（{self.words(text)}）" if self.lang == "ja" else f" ({self.words(text)})"

    def section(self, part: Section, level: int) -> Iterable[str]:
        if part.title:
            yield f"{'#' * min(level, 6)} {self.words(part.title)}"
        yield from (self.block(block) for block in part.blocks)
        for inner in part.sections:
            yield from self.section(inner, level + 1)

    def block(self, block: Block) -> str:
        match block:
            case Paragraph():
                return self.words(block.text)
            case Bullets():
                return "\n".join(f"- {self.line(cell)}" for cell in block.items)
            case Pairs():
                colon = "：" if self.lang == "ja" else ": "
                return "\n".join(f"- **{self.words(label)}**{colon}{self.line(cell)}" for label, cell in block.items)
            case Table():
                heads = [self.words(column.title) for column in block.columns]
                titles = tuple(column.title for column in block.columns)
                rows = [self.row(row, titles) for row in block.rows]
                return markdown_table(heads, rows, [column.right for column in block.columns])
            case Timeline():
                return self.timeline(block)

    def timeline(self, block: Timeline) -> str:
        lines, year, marked = [], "", not block.marked
        today = TODAY.pick(self.lang).format(d=date_text(block.as_of).pick(self.lang))
        for moment in block.moments:
            if moment.ahead and not marked:
                lines.append(f"\n---\n\n*{today}*\n")
                marked, year = True, ""
            if moment.date[:4] != year:
                year = moment.date[:4]
                lines.append(("\n" if lines else "") + f"**{year}**\n")
            status = f" **{self.bracketed(moment.status).strip()}**" if moment.status else ""
            kind = self.words(moment.kind)
            lines.append(f"- {self.words(date_text(moment.date))} · {kind} · {self.line(moment.cell, status)}")
        if block.moments and not marked:
            lines.append(f"\n---\n\n*{today}*")
        return "\n".join(lines)

    def line(self, cell: Cell, after: str = "") -> str:
        """An item of a list, with its note."""
        return self.cell(cell, after) + self.reference(self.footnotes.number((cell,)) if self.footnotes else None)

    def row(self, row: Sequence[Cell], heads: Sequence[Text]) -> list[str]:
        """A row of a table: its note stands behind the one cell that rests on something, or behind the first."""
        words = [self.cell(cell) for cell in row]
        resting = [i for i, cell in enumerate(row) if cell.refs]
        at = resting[0] if len(resting) == 1 else 0
        words[at] += self.reference(self.footnotes.number(row, heads) if self.footnotes else None)
        return words

    def reference(self, number: int | None) -> str:
        return f"[^{number}]" if number else ""

    def cell(self, cell: Cell, after: str = "") -> str:
        words = (f"<{_safe(cell.url)}>" if cell.url else self.words(cell.text)) + after
        if cell.by:
            words += f"（{self.words(cell.by)}）" if self.lang == "ja" else f" *({self.words(cell.by)})*"
        if over := layer(self.document, cell):
            words += rf" \[{escape(over)}\]"
        if what := contested(self.document, cell):
            # behind a letter, stars before a bracket would be stars
            words += f"（**{self.words(what)}**）" if self.lang == "ja" else f" **{self.bracketed(what).strip()}**"
        elif is_quiet(self.document, cell):
            words += QUIET
            self.quiet = True
        return words

    def note(self, note: Footnote) -> str:
        """A note: its sources, then its disputes."""
        stop, comma = ("。", "；") if self.lang == "ja" else (". ", "; ")
        told = []
        for head, cited, more in note.parts:
            colon = "：" if self.lang == "ja" else ": "
            sources = comma.join(self.source(each) for each in cited)
            rest = f" ({more_words(more).pick(self.lang)})" if more else ""
            told.append((self.words(head) + colon if head else "") + sources + rest)
        told += [self.dispute(dispute) for dispute in note.disputes]
        told += [f"{QUIET} " + ", ".join(f"`{id_}`" for id_ in note.further)] if note.further else []
        return f"[^{note.number}]: {stop.join(told)}"

    def source(self, cited: Cited) -> str:
        return self.words(cited.words) + (f" <{_safe(cited.url)}>" if cited.url else "")

    def dispute(self, note: DisputeNote) -> str:
        """A dispute: what is held, who says otherwise and why it is held; on a page, the first that says otherwise."""
        colon, stop = ("：", "／") if self.lang == "ja" else (": ", " ")
        parts = [
            (OTHERWISE, self.words(text) + self.bracketed(speakers(self.document, refs))) for text, refs in note.others
        ]
        whole = [(HELD, self.words(note.held)), *parts, (WHY, self.words(note.reason))]
        parts = parts[:1] if self.document.page else whole
        body = stop.join(f"{self.words(head)}{colon}{words}" for head, words in parts)
        return f"{QUIET} {body} (`{note.id}`)"


def _safe(url: str) -> str:
    """An address without what would end it, or what GitHub's renderer takes for an entity: &copy; and its like."""
    parted = clean(url)
    if "&" in parted:
        parted = re.sub(r"(&#?\w+);", r"\1%3B", parted)
    return parted if _PLAIN.issuperset(parted) else re.sub(r"[\s<>|]", lambda m: f"%{ord(m[0]):02X}", parted)


def markdown_table(heads: list[str], rows: list[list[str]], right: list[bool]) -> str:
    """A table whose columns line up on a screen, as far as that does not make its lines endless."""
    columns = list(zip(heads, *rows, strict=True))
    widths = [max(3, min(40, max(width(words) for words in column))) for column in columns]
    rule = [("-" * (size - 1) + ":") if aligned else "-" * size for size, aligned in zip(widths, right, strict=True)]
    return "\n".join(
        "| "
        + " | ".join(_pad(words, size, aligned) for words, size, aligned in zip(row, widths, right, strict=True))
        + " |"
        for row in (heads, rule, *rows)
    )


def _pad(words: str, size: int, right: bool) -> str:  # noqa: FBT001 - one of three parallel lists
    space = " " * max(0, size - width(words))
    return space + words if right else words + space
