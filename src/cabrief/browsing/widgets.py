"""What the screen is made of: the page, the places and the keys. No words of a fact are ever read as markup."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from rich.text import Text as RichText
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Static, Tree
from textual.widgets.tree import TreeNode

from cabrief.browsing.branches import Branch
from cabrief.browsing.keys import ScreenKey
from cabrief.browsing.pages import PageLine, StatedLine, page_lines, stated
from cabrief.document import Document
from cabrief.formats.terminal import HANDLE, MARGIN
from cabrief.language.layout import Piece
from cabrief.language.text import Lang, clean

NARROWEST_PAGE = 30  # columns
CHOSEN, OTHER = "   ▸ ", "   · "  # marks in the margin of a line that states something
BESIDE_SIGNS = "  "  # before a place with nothing below it, among others that have the sign for it
# of the styles that a page names, the class of the screen's own; bold and italic stay as they are
CLASSES = {
    "dim": "page--quiet",
    "cyan": "page--heading",
    "yellow": "page--contested",
    "magenta": "page--layer",
    "green": "page--today",
}


class PageView(ScrollView, can_focus=True):
    """A document in the lines of a terminal page, of which one that states something is chosen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {*CLASSES.values(), "page--chosen"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", show=False),
        Binding("down,j", "step(1)", show=False),
        Binding("pageup", "leaf(-1)", show=False),
        Binding("pagedown,space", "leaf(1)", show=False),
        Binding("home,g", "end(-1)", show=False),
        Binding("end,G", "end(1)", show=False),
        Binding("enter", "follow", show=False),
    ]

    class Followed(Message):
        """A line was followed."""

    def __init__(self, document: Document, lang: Lang) -> None:
        super().__init__(id="page")
        self.document, self.lang = document, lang
        self.stated: list[StatedLine] = stated(document)
        self.chosen = min(1, len(self.stated))  # number of the chosen line, from 1 on; 0 where there is none
        self._lines: list[PageLine] = []

    def show(self, document: Document, lang: Lang, chosen: int = 1) -> None:
        """Show a document with one of its lines chosen."""
        self.document, self.lang = document, lang
        self.stated = stated(document)
        self.chosen = min(chosen, len(self.stated))
        self._lay_out()
        self.scroll_to(0, 0, animate=False, force=True)
        if self.chosen > 1:
            self._reveal()

    @property
    def line(self) -> StatedLine | None:
        """The chosen line."""
        return self.stated[self.chosen - 1] if self.chosen else None

    def on_resize(self) -> None:
        """Lay the document out for the new width."""
        self._lay_out()
        self._reveal()

    def notify_style_update(self) -> None:
        """Draw anew in other colours."""
        super().notify_style_update()
        self.refresh()

    def _lay_out(self) -> None:
        width = max(NARROWEST_PAGE, self.scrollable_content_region.width)
        self._lines = page_lines(self.document, self.lang, width)
        self.virtual_size = Size(width, len(self._lines))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """A line of the screen."""
        width = self.scrollable_content_region.width
        at = self.scroll_offset.y + y
        base = self.rich_style
        if at >= len(self._lines):
            return Strip.blank(width, base)
        line = self._lines[at]
        chosen = bool(line.number) and line.number == self.chosen
        back = (
            self.get_component_rich_style("page--chosen", partial=True) if chosen and self.has_focus else Style.null()
        )
        pieces = self._marked(line, chosen=chosen)
        strip = Strip([Segment(words, base + self._style(style) + back) for words, style in pieces])
        return strip.crop_extend(0, width, base + back)

    def _marked(self, line: PageLine, *, chosen: bool) -> Sequence[Piece]:
        """The pieces of a line, with a mark where the terminal page has a short name."""
        if line.pieces and line.pieces[0][1] == HANDLE:
            mark = (CHOSEN, "bold") if chosen else (OTHER, "dim")
            return [(mark[0][-MARGIN:], mark[1]), *line.pieces[1:]]
        return line.pieces

    def _style(self, name: str) -> Style:
        found = Style(bold="bold" in name or None, italic="italic" in name or None)
        for word in name.split():
            if word in CLASSES:
                found += self.get_component_rich_style(CLASSES[word], partial=True)
        return found

    def action_step(self, by: int) -> None:
        """Choose the next line; where there is none, scroll."""
        if not 1 <= self.chosen + by <= len(self.stated) or not self._in_sight(by):
            self.scroll_relative(y=by, animate=False, force=True)
            return
        self.chosen += by
        self._reveal()

    def action_leaf(self, by: int) -> None:
        """Turn a screen on, and choose the first line on it."""
        self.scroll_relative(y=by * max(1, self.size.height - 1), animate=False, force=True)
        self._choose_in_sight()

    def action_end(self, to: int) -> None:
        """Go to the first or the last line."""
        self.chosen = len(self.stated) if to > 0 else min(1, len(self.stated))
        self.scroll_to(0, self.virtual_size.height if to > 0 else 0, animate=False, force=True)
        self.refresh()

    def action_follow(self) -> None:
        """Follow the chosen line."""
        if self.chosen:
            self.post_message(self.Followed())

    def on_click(self, event: events.Click) -> None:
        """Choose the line that is clicked on; follow it if it was chosen."""
        at = self.scroll_offset.y + event.y
        number = self._lines[at].number if 0 <= at < len(self._lines) else 0
        if number and number == self.chosen:
            self.action_follow()
        elif number:
            self.chosen = number
            self.refresh()

    def _span(self, number: int) -> tuple[int, int]:
        """First line of the screen of a line of the report, and the one after its last."""
        mine = [at for at, line in enumerate(self._lines) if line.number == number]
        return (mine[0], mine[-1] + 1) if mine else (0, 0)

    def _in_sight(self, by: int) -> bool:
        """Whether the chosen line ends in sight on the side that one steps to; else one reads on in it first."""
        first, end = self._span(self.chosen)
        top = self.scroll_offset.y
        return end <= top + self.size.height if by > 0 else first >= top

    def _reveal(self) -> None:
        first, end = self._span(self.chosen)
        height = min(end - first, self.size.height)
        # the first line comes with what stands above it
        first, height = (0, end) if self.chosen == 1 and end <= self.size.height else (first, height)
        self.scroll_to_region(Region(0, first, 1, max(1, height)), animate=False, force=True, immediate=True)
        self.refresh()

    def _choose_in_sight(self) -> None:
        top = self.scroll_target_y
        seen = self._lines[int(top) : int(top) + self.size.height]
        self.chosen = next((line.number for line in seen if line.number), self.chosen)
        self.refresh()


class BranchTree(Tree[Branch]):
    """What there is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "open", show=False),
        Binding("left", "shut", show=False),
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
    ]

    def __init__(self, found: Sequence[Branch], lang: Lang) -> None:
        super().__init__("", id="places")
        self.show_root = False
        self.guide_depth = 2
        self.auto_expand = False  # a place that is gone to again stays open
        self._lang: Lang = lang
        self._first = tuple(found)
        for place in found:
            self._plant(self.root, place)

    def _plant(self, above: TreeNode[Branch], place: Branch) -> None:
        node = above.add(self._words(place), place, allow_expand=bool(place.inside))
        for inside in place.inside:
            self._plant(node, inside)

    def _words(self, place: Branch) -> RichText:
        indent = "" if place.inside or place not in self._first else BESIDE_SIGNS
        return RichText(indent + clean(place.name.pick(self._lang)))

    def render_label(self, node: TreeNode[Branch], base_style: Style, style: Style) -> RichText:
        """The name of a place with its sign, cut to the room that it has."""
        label, above, depth = super().render_label(node, base_style, style), node.parent, 0
        while above is not None and above is not self.root:
            above, depth = above.parent, depth + 1
        label.truncate(max(1, self.scrollable_content_region.width - depth * self.guide_depth), overflow="ellipsis")
        return label

    def speak(self, lang: Lang) -> None:
        """Show the names in another language."""
        self._lang = lang
        nodes = list(self.root.children)
        while nodes:
            node = nodes.pop()
            nodes.extend(node.children)
            if node.data:
                node.set_label(self._words(node.data))

    def action_open(self) -> None:
        """Open what is below the place; where it is open or there is nothing, go to it."""
        node = self.cursor_node
        if node and node.allow_expand and not node.is_expanded:
            node.expand()
        else:
            self.action_select_cursor()

    def action_shut(self) -> None:
        """Close what is below the place; where it is closed, go to the one above it."""
        node = self.cursor_node
        if node and node.allow_expand and node.is_expanded:
            node.collapse()
        elif node and node.parent and node.parent is not self.root:
            self.move_cursor(node.parent)


class KeyWord(Static):
    """A key on the last line, which can be clicked."""

    class Pressed(Message):
        """It was clicked."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self, key: ScreenKey) -> None:
        super().__init__("", markup=False)
        self.key = key

    def speak(self, lang: Lang) -> None:
        """Show the word in a language."""
        words = RichText(self.key.shown, "bold")
        words.append(f" {self.key.short.pick(lang)}" if self.key.short else "", Style(bold=False))
        self.update(words)

    def on_click(self) -> None:
        """Do what the key does."""
        self.post_message(self.Pressed(self.key.action))
