"""Which text of a Word file is hidden: by itself, by a style, by what that is based on, or by what holds for all text."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from cabrief.formats.word_template.known import full

HIDING = (full("w:vanish"), full("w:specVanish"), full("w:webHidden"))
STYLE_OF_RUN = f"{full('w:rPr')}/{full('w:rStyle')}"
OFF = {"0", "false", "off"}


def is_on(element: Any) -> bool:
    """Whether an element that switches something on does so: without a value it does."""
    return element.get(full("w:val"), "1") not in OFF


def hides(element: Any) -> bool | None:
    """Whether the look of a run, of the mark of a paragraph or of the number of a list hides it; None where it says nothing."""
    said = [is_on(each) for look in element.iterchildren(full("w:rPr")) for each in look.iterchildren(*HIDING)]
    return any(said) if said else None


class Hiding:
    """The styles that hide their text, and whether all text is hidden where nothing else is said.

    Word takes some pairs of styles that hide for one that shows. Here each of them hides: what is not sure to be seen is dropped.
    """

    def __init__(self, styles: Any = None) -> None:
        self.ids: set[str] = set()
        self.hidden: set[str] = set()
        self.usual: dict[str, str] = {}  # ids of the styles that hold where none is named, by their kind
        self.always = False
        if styles is not None:
            self.always = any(
                is_on(each) for part in styles.iterchildren(full("w:docDefaults")) for each in part.iter(*HIDING)
            )
            self._look(styles)

    def _look(self, styles: Any) -> None:
        says: dict[str, bool] = {}
        based = defaultdict(list)
        for style in styles.iterchildren(full("w:style")):
            id_ = style.get(full("w:styleId"), "")
            self.ids.add(id_)
            if style.get(full("w:default"), "0") not in OFF:
                self.usual.setdefault(style.get(full("w:type"), ""), id_)
            rows = [each for look in style.iter(full("w:trPr")) for each in look.iterchildren(full("w:hidden"))]
            if said := [is_on(each) for each in (*style.iter(*HIDING), *rows)]:
                says[id_] = says.get(id_, False) or any(said)
            for each in style.iterchildren(full("w:basedOn")):
                based[each.get(full("w:val"), "")].append(id_)
        found = [id_ for id_, hidden in says.items() if hidden]
        while found:
            id_ = found.pop()
            if id_ not in self.hidden:
                self.hidden.add(id_)
                found += [each for each in based[id_] if says.get(each, True)]

    def _hides(self, kind: str, element: Any, path: str) -> bool:
        """Whether the style hides that an element names, or the usual one of its kind."""
        usual = self.usual.get(kind, "")
        named = [each.get(full("w:val"), "") for each in element.iterfind(path)] or [usual]
        return any((id_ if id_ in self.ids else usual) in self.hidden for id_ in named)

    def below(self, element: Any, *, hidden: bool) -> bool:
        """Whether text in an element is hidden by its style or by one above it."""
        if element.tag == full("w:p"):
            return hidden or self._hides("paragraph", element, f"{full('w:pPr')}/{full('w:pStyle')}")
        if element.tag == full("w:tbl"):
            return hidden or self._hides("table", element, f"{full('w:tblPr')}/{full('w:tblStyle')}")
        return hidden

    def hides_run(self, run: Any, *, hidden: bool) -> bool:
        """Whether a run is hidden; `hidden` is whether a style above it hides it."""
        own = hides(run)
        if own is not None:
            return own
        return hidden or self.always or self._hides("character", run, STYLE_OF_RUN)

    def hides_number(self, level: Any) -> bool:
        """Whether the number of a level of a list is hidden."""
        own = hides(level)
        return self._hides("character", level, STYLE_OF_RUN) if own is None else own
