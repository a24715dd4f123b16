"""Whose words are: one line for a table whose judgements are of one source; and whether a sentence says so itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from cabrief.document import Block, Bullets, Cell, Pairs, Paragraph, Section, Table, Timeline
from cabrief.language.dates import MONTHS
from cabrief.language.text import Text, join, same, template
from cabrief.language.units import amount_text
from cabrief.model.record import Amount

Credit = Callable[[Text], Text | None]  # from what a cell says of its source to the words of a caption
IN_WORDS = {
    "JPY": ("yen", "JPY", "¥"),
    "USD": ("dollar", "USD", "$"),
    "EUR": ("euro", "EUR", "€"),
    "%": ("%", "per cent", "percent"),
}
FEWEST = 2  # judgements that are worth a caption
FEWEST_LETTERS = 3  # letters of a part of a name; a shorter one may be another word
FAMILY_NAME = 2  # characters that most family names in Chinese characters have
PLANNED = Text("planned", "予定")
# words with which sentences say that somebody says something; a pattern of so many takes longer to compile than a page to write
SAYING = (
    "said says told tells spoke called calls announced proposed proposal proposals asked expressed expresses stressed"
    " stresses noted described wants wanted hoped hopes welcomed welcomes thanked invited urged warned voiced offered stated"
    " promised pledged praised suggested argued explained mentioned reported presented listed estimated declared confirmed"
    " reconfirmed reaffirmed emphasised supported cited recalled"
)
SAYING_TOO = "according to"
SAYING_IN_JAPANESE = (
    "述べ 語 話 表明 発言 強調 評価 提案 要請 期待 歓迎 呼 説明 求め 訴え 謝意 感謝 発表 指摘 言及 挙げ 伝え 主張 招待 約束 とし"
    " 警告 認識 報告 懸念 意欲 申し出 によれば 宣言 称 示し 望 支持 紹介 確認"
)
# how sentences say that something is still to come
PLAN_WORDS = (  # compiled when a mark is in question, which few reports have
    (
        r"\b(?:plann(?:ed|ing)|plans|plan (?:to|for)|(?:is|are|was|were|decided|agreed) to|due|will|would|aim(?:s|ed)?"
        r"|intend(?:s|ed)?|scheduled|expected|proposed|targets?|to be|meet next)\b"
    ),
    "予定|計画|草案|憲法案|方針|目指|目標|見込|意向|構想|次回|次の|ことになって|ことを決め|開始で一致",
)


def tells_who_says_it(said: Text, names: Iterable[Text]) -> bool:
    """Whether a sentence says, in both languages, that somebody says something, and names each of those who may.

    By the whole name, or by a part that is no other word. A name alone may be that of a doctrine, or of somebody else.
    """
    folded = said.en.lower()
    if set(SAYING.split()).isdisjoint(re.findall(r"\w+", folded)) and SAYING_TOO not in folded:
        return False
    if not any(word in said.ja for word in SAYING_IN_JAPANESE.split()):
        return False
    words = set(re.findall(r"\w+", said.en))
    return all(_named_in_english(name.en, words) and _named_in_japanese(name.ja, said.ja) for name in names)


def speaks_for_itself(said: Text, source: Text) -> bool:
    """Whether a sentence says, in both languages, that its own source says something: one whom nobody quotes."""
    return source.en in said.en and source.ja in said.ja and tells_who_says_it(said, ())


def _named_in_english(name: str, words: set[str]) -> bool:
    parts = [part for part in name.split() if len(part) >= FEWEST_LETTERS and part[0].isupper() and part not in MONTHS]
    return any(set(re.findall(r"\w+", part)) <= words for part in (name, *parts))


def _named_in_japanese(name: str, said: str) -> bool:
    parts = [part for part in re.split(r"[・＝\s]+", name) if len(part) >= FAMILY_NAME]
    if re.fullmatch(r"[\u3400-\u9fff]+", name):
        parts.append(name[:FAMILY_NAME])
    return any(part in said for part in parts)


def names_amount(said: Text, amount: Amount) -> bool:
    """Whether words name a sum in both languages, as "nearly $10 million" does of ten million dollars."""
    figure = amount_text(amount.value, same(""))
    found = zip(figure, said, _units_of(amount), strict=True)
    return all(
        re.search(rf"(?<![\d.,]){re.escape(number.strip())}(?![\d.]*\d)", words.replace("-", " "))
        and any(unit in words for unit in units)
        for number, words, units in found
    )


def _units_of(amount: Amount) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """How English and Japanese words may name the unit of a sum."""
    whole, figure = amount.as_words(), amount_text(amount.value, same(""))
    en, ja = (words.replace(number.strip(), "").strip() for words, number in zip(whole, figure, strict=True))
    return IN_WORDS.get(en, (en,)), (ja, "パーセント") if ja == "%" else (ja,)


def says_plan(words: Text) -> bool:
    """Whether words say in both languages that they are of a plan, so that no mark need say it."""
    return all(re.search(how, said, re.IGNORECASE) for how, said in zip(PLAN_WORDS, words, strict=True))


def credited(part: Section, credit: Credit) -> Section:
    """The section with a line above each table that is one source's, and without the mark of plans that say it themselves.

    `credit` is None for what is nobody's judgement.
    """
    blocks = tuple(found for block in part.blocks for found in _credited(_said_once(block), credit))
    return part.but(blocks=blocks, sections=tuple(credited(inner, credit) for inner in part.sections))


def _said_once(block: Block) -> Block:
    """A block in whose cells no mark repeats that they are of a plan."""
    match block:
        case Bullets():
            return block.but(items=tuple(map(without_mark, block.items)))
        case Pairs():
            return block.but(items=tuple((label, without_mark(cell)) for label, cell in block.items))
        case Table():
            return block.but(rows=tuple(tuple(map(without_mark, row)) for row in block.rows))
        case Timeline():
            return block.but(moments=tuple(each.but(cell=without_mark(each.cell)) for each in block.moments))
    return block


def without_mark(cell: Cell) -> Cell:
    """A cell without the mark of a plan, where its words say so; those of a treaty's step are its name and the step."""
    own = cell.id.partition(".")[2] in ("", "next-step")
    return cell.but(by=None, credited=PLANNED) if own and cell.by == PLANNED and says_plan(cell.text) else cell


def _credited(block: Block, credit: Credit) -> Iterator[Block]:
    caption = _caption(block, credit) if isinstance(block, Table) else None
    if caption and isinstance(block, Table):
        yield Paragraph(text=caption)
        yield block.but(rows=tuple(tuple(_silent(cell, credit) for cell in row) for row in block.rows))
    else:
        yield block


def _silent(cell: Cell, credit: Credit) -> Cell:
    return cell.but(by=None, credited=cell.by) if cell.by and credit(cell.by) else cell


def _caption(table: Table, credit: Credit) -> Text | None:
    """Whose the judgements of a table are, if they are one source's and fill their columns; which columns, if not all."""
    found = [(i, cell) for row in table.rows for i, cell in enumerate(row) if cell.by and credit(cell.by)]
    whose = {cell.by for _, cell in found}
    judged = {i for i, _ in found}
    mixed = any(cell.refs and cell.by not in whose for row in table.rows for i, cell in enumerate(row) if i in judged)
    if len(found) < FEWEST or len(whose) > 1 or mixed:
        return None
    by = found[0][1].by
    names = credit(by) if by else None
    if names is None:
        return None
    words = template("Judgements of {n}.", "{n}の見方。", n=names)
    if judged == set(range(1, len(table.columns))):
        return words
    columns = join([table.columns[i].title for i in sorted(judged)])
    return template("{c}: {w}", "{c}：{w}", c=columns, w=Text(words.en[0].lower() + words.en[1:], words.ja))
