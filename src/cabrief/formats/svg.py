"""One picture of a report, alone, as SVG."""

from __future__ import annotations

from cabrief.document import Document
from cabrief.errors import UsageError
from cabrief.formats import How
from cabrief.formats.drawing import svg


def to_svg(document: Document, how: How) -> str:
    """Print the picture of a document as SVG. Raises UsageError where it has none, or several."""
    if len(document.pictures) != 1:
        raise UsageError(
            "a picture format prints one picture: name it with --chart treaties, timeline, map or commitments",
            "画像の形式は図一つを出力する。--chart に treaties、timeline、map、commitments のいずれかを指定する",
        )
    return svg(document.pictures[0], document, how.lang)
