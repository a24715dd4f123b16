"""The keys of the screen and what they do, in both languages: shown by `?`, and on the last line."""

from __future__ import annotations

from typing import NamedTuple

from cabrief.document import Cell, Document, Pairs, Section
from cabrief.language.text import Text, same

OTHER_LANGUAGE = Text("日本語", "English")


class ScreenKey(NamedTuple):
    """A key: how it is written, the action of the screen, what it does, and the word for it on the last line, if it is there."""

    shown: str
    action: str
    does: Text
    short: Text | None = None


KEYS: tuple[ScreenKey, ...] = (
    ScreenKey(
        "/",
        "search",
        Text(
            "Search; the page follows as you type, in either script.",
            "入力に応じて検索する。英語でも日本語でもよい。",
        ),
        Text("search", "検索"),
    ),
    ScreenKey(
        "Enter",
        "follow",
        Text("Follow the line; on the left, open the place.", "行の先へ進む。左では項目を開く。"),
        Text("follow", "進む"),
    ),
    ScreenKey(
        "Esc",
        "way_back",
        Text("Go back; Backspace does the same.", "前のページへ戻る。Backspaceも同じ。"),
        Text("back", "戻る"),
    ),
    ScreenKey(
        "w",
        "why",
        Text("Why the line stands: its source, its place in it, and the disputes.", "行の根拠。出典、箇所、争点。"),
        Text("why", "根拠"),
    ),
    ScreenKey(
        "y", "copy", Text("Copy the line with its sources.", "行を出典とともにコピーする。"), Text("copy", "コピー")
    ),
    ScreenKey(
        "f",
        "whole",
        Text("Everything on record, or one page again.", "すべての記録、または元のページを示す。"),
        Text("full", "全部"),
    ),
    ScreenKey("d", "day", Text("Another day to report as of.", "基準日を変える。"), Text("day", "日付")),
    ScreenKey("l", "language", Text("The other language.", "もう一方の言語で表示する。"), OTHER_LANGUAGE),
    ScreenKey("t", "theme", Text("Light or dark.", "明るい配色と暗い配色を切り替える。")),
    ScreenKey("Tab", "switch", Text("From the places to the page, and back.", "左の一覧と右のページを行き来する。")),
    ScreenKey(
        "↑ ↓",
        "",
        Text(
            "Line by line; Page Up and Page Down go further.",
            "一行ずつ移る。Page Up、Page Downで大きく移る。",
        ),
    ),
    ScreenKey(
        "← →", "", Text("On the left, close and open what is below a place.", "左の一覧で、下の項目を閉じる・開く。")
    ),
    ScreenKey("?", "keys", Text("These keys.", "このキー一覧。"), Text("keys", "キー")),
    ScreenKey("q", "quit", Text("Quit; Ctrl-Q does the same.", "終了。Ctrl-Qも同じ。"), Text("quit", "終了")),
)
MOUSE = Text("Mouse", "マウス")
MOUSE_DOES = Text(
    "A click chooses a line, a second one follows it; the wheel scrolls; the words on the last line are keys.",
    "クリックで行を選び、もう一度で先へ進む。ホイールでスクロール。最下行の語はキーと同じ。",
)


def keys_page(as_of: str) -> Document:
    """The keys as a page."""
    items = [(same(key.shown), Cell(text=key.does)) for key in KEYS] + [(MOUSE, Cell(text=MOUSE_DOES))]
    section = Section(title=None, blocks=(Pairs(items=tuple(items)),))
    return Document(title=Text("Keys", "キー"), as_of=as_of, sections=(section,), citations={}, notes={})
