"""What a question to the library gives: a report with its rows as plain values, which prints in every format."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from cabrief.document import Citation, DisputeNote, Document, row_layer
from cabrief.errors import UsageError
from cabrief.formats import WIDEST, How, renderer
from cabrief.language.text import Lang, Text, quoted
from cabrief.library.languages import output_language
from cabrief.model.record import Ref
from cabrief.store.base import Base

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

    from cabrief.library.rows import Quote

AnyRow = TypeVar("AnyRow")


class Report(Generic[AnyRow]):
    """An answer: its rows, and the whole as text, JSON, data frame or HTML.

    Iterating over it gives its rows. Those of a list have the fields of the list; those of a page are its statements.
    """

    def __init__(self, document: Document, base: Base, lang: Lang, notes: tuple[Text, ...] = (), row: str = "") -> None:
        """Wrap a document; `row` is the class in `rows` of the rows of a list, empty for a page."""
        self.document, self.lang, self.notes = document, lang, notes
        self._base, self._row = base, row

    @property
    def title(self) -> Text:
        """The title, in both languages."""
        return self.document.title

    @property
    def as_of(self) -> str:
        """The day that the report is as of, as YYYY-MM-DD."""
        return self.document.as_of

    @property
    def sources(self) -> Mapping[str, Citation]:
        """The sources that it rests on, by id: title, short (who made it), published, url, rank."""
        return self._quoted[1]

    @property
    def disputes(self) -> Mapping[str, DisputeNote]:
        """The disputes about what it states, by id: held, others, reason, refs."""
        return self.document.notes

    @cached_property
    def rows(self) -> tuple[AnyRow, ...]:
        """The rows, in the order of the report."""
        found: Any = self._typed_rows() if self._row else self.quotes
        return tuple(found)

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Everything that the printed report states, piece by piece, with its nature, evidence and disputes."""
        return self._quoted[0]

    @cached_property
    def _quoted(self) -> tuple[tuple[Quote, ...], Mapping[str, Citation]]:
        from cabrief.library.quotes import quotes_of, unmarked

        return quotes_of(unmarked(self.document) if self._row == "HitRow" else self.document, self._base)

    def __iter__(self) -> Iterator[AnyRow]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        return f"<Report {self.title.pick(self.lang)!r} as of {self.as_of}: {len(self)} rows>"

    def __str__(self) -> str:
        return self.to_markdown()

    def to_dict(self) -> dict[str, Any]:
        """The report as the format `json` prints it: both languages, every reference."""
        found: dict[str, Any] = json.loads(renderer("json")(self.document, How()))
        return found

    def to_markdown(self, lang: Lang | None = None, *, sources: bool = True) -> str:
        """The report in Markdown, with footnotes to its sources unless `sources` is false."""
        return renderer("markdown")(self.document, How(lang=self._lang(lang), sources=sources))

    def to_text(self, lang: Lang | None = None, *, width: int = 100, sources: bool = False) -> str:
        """The report as plain text for a terminal of so many columns."""
        if not isinstance(width, int) or not 0 < width <= WIDEST:
            shown = quoted(width)
            raise UsageError(
                f"a width is a number up to {WIDEST}, not {shown.en}", f"幅は{WIDEST}までの整数：{shown.ja}"
            )
        return renderer("terminal")(self.document, How(lang=self._lang(lang), width=width, sources=sources))

    def to_pandas(self) -> pd.DataFrame:
        """The rows as a data frame; words in a column for each language. Raises UsageError where pandas is not installed."""
        try:
            import pandas as pd
        except ModuleNotFoundError:
            raise _not_installed("pandas") from None
        return pd.DataFrame(self._columns())

    def to_polars(self) -> pl.DataFrame:
        """The rows as a data frame; words in a column for each language. Raises UsageError where polars is not installed."""
        try:
            import polars as pl
        except ModuleNotFoundError:
            raise _not_installed("polars") from None
        return pl.DataFrame(self._columns(), infer_schema_length=None)

    def _repr_html_(self) -> str:
        from cabrief.library.notebook import notebook_html

        return notebook_html(self.document, self.lang)

    def _lang(self, lang: str | None) -> Lang:
        return output_language(lang) if lang else self.lang

    def _columns(self) -> dict[str, list[Any]]:
        from cabrief.library.frames import flat_columns

        return flat_columns(self.rows)

    def _typed_rows(self) -> Iterator[Any]:
        """The rows of the document as values of their class."""
        from cabrief.library import rows
        from cabrief.model.frozen import field_names

        cls: Any = getattr(rows, self._row)
        names = field_names(cls)
        for row in self.document.rows or ():
            found = {name: self._value(value) for name, value in row.items() if name in names}
            yield cls(**{"layer": row_layer(self.document, row), **found})

    def _value(self, value: Any) -> Any:
        """A value of a row, with references as passages and lists as tuples."""
        from cabrief.library.quotes import passages
        from cabrief.library.rows import OtherClaim

        if isinstance(value, Ref):
            return passages(self.document.citations, [value])[0]
        if isinstance(value, Mapping) and "says" in value:
            return OtherClaim(says=value["says"], refs=self._value(value["refs"]))
        if isinstance(value, (list, tuple)) and not isinstance(value, Text):
            return tuple(self._value(item) for item in value)
        return value


def _not_installed(library: str) -> UsageError:
    return UsageError(f"{library} is not installed: pip install {library}", f"{library}がない：pip install {library}")
