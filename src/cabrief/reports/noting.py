"""What stands in the notes of a report: sources and disputes, and which layers are laid over the pack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from cabrief.document import Cell, Citation, DisputeNote, Paragraph, Section, laid_over
from cabrief.language.dates import has_begun
from cabrief.language.text import Text, same, template
from cabrief.model.by_day import ByDay
from cabrief.model.kinds.disputes import Dispute
from cabrief.model.kinds.treaties import STAGES, to_come
from cabrief.model.record import Assertion, Ref
from cabrief.model.searches import unsearched
from cabrief.model.standing import is_known_ahead
from cabrief.store.base import Base

# of an original, where a folder of originals is named
NOT_READ = Text(
    "Not in the folder, or not the text that the card describes: cabrief check --texts says which.",
    "フォルダーにないか、カードの記す文書と違う。どちらかは cabrief check --texts が示す。",
)


def told_by_day(assertions: Iterable[Assertion], by_day: ByDay) -> Iterator[Assertion]:
    """Assertions without the parts of a later day, as tables and pages have them; a step that was announced is planned."""
    for said in assertions:
        if not said.path or _has_come(said, by_day):
            yield said.but(text=unsearched(said.text, by_day.day)) if said.path else said
        elif _is_taken(said) and said.path[0] == "steps" and by_day.is_announced(said.refs):
            yield _planned(said)


def as_of_day(assertions: Iterable[Assertion], by_day: ByDay) -> Iterator[Assertion]:
    """All assertions, a step that has not been taken by the day as a plan."""
    for said in assertions:
        ahead = bool(said.path) and said.path[0] == "steps" and _is_taken(said) and not _has_come(said, by_day)
        yield _planned(said) if ahead else said


def _planned(said: Assertion) -> Assertion:
    """A step of a treaty as one that lies ahead."""
    stage = said.id.partition(".")[2].rstrip("-0123456789")
    return said.but(
        nature="plan", text=Text(said.text.en, said.text.ja.replace(STAGES[stage].ja, to_come(stage).ja, 1))
    )


def _has_come(said: Assertion, by_day: ByDay) -> bool:
    """Whether a part of a record can be told by the day."""
    if said.path[0] == "next_step":
        return is_known_ahead(said.date, said.text, said.refs, by_day)
    if not said.date:
        return said.kind != "country" or not by_day.is_younger(said.text.en, said.refs)
    if _is_taken(said) or said.kind == "treaty":
        return by_day.has_happened(said.date, said.refs)
    return has_begun(said.date, by_day.day)


def _is_taken(said: Assertion) -> bool:
    """Whether a part tells what was done: an outcome, or a step but that somebody found nothing, or that there is none."""
    looked = said.id.partition(".")[2].partition("-")[0] in ("unknown", "none")
    return said.path[0] == "outcomes" or (said.path[0] == "steps" and not looked)


def as_citations(base: Base, ids: Iterable[str]) -> dict[str, Citation]:
    """Sources as notes name them; an id of no source is left out."""
    over = base.overlaid()
    return {id_: Citation(id=id_, layer=over.get(id_, ""), **vars(card)) for id_, card in base.cards(ids).items()}


def dispute_note(dispute: Dispute, layer: str) -> DisputeNote:
    """A dispute as notes tell it; what a layer over the pack holds is not what the pack holds, so it is named."""
    return DisputeNote(
        id=dispute.id,
        about=dispute.about,
        category=dispute.category,
        weight=dispute.weight,
        summary=_marked(dispute.summary, layer) if dispute.summary else None,
        held=_marked(dispute.held, layer),
        others=tuple((_marked(claim.says, layer), claim.refs) for claim in dispute.others),
        layer=layer,
        reason=dispute.reason,
        refs=dispute.refs,
    )


def with_layer(base: Base, id_: str, words: Text) -> Text:
    """Words of a record that stand in no cell, with the name of the layer that it comes from if that is not the pack."""
    return _marked(words, base.overlaid().get(id_, ""))


def _marked(words: Text, layer: str) -> Text:
    return template("{w} [{l}]", "{w}[{l}]", w=words, l=layer) if layer else words


def dispute_refs(dispute: Dispute) -> list[Ref]:
    """All references of a dispute."""
    return [*dispute.refs, *(ref for claim in dispute.others for ref in claim.refs)]


def row_refs(value: Any) -> list[Ref]:
    """All references in a row."""
    if isinstance(value, Ref):
        return [value]
    if isinstance(value, Mapping):
        return [ref for item in value.values() for ref in row_refs(item)]
    if isinstance(value, (list, tuple)) and not isinstance(value, Text):
        return [ref for item in value for ref in row_refs(item)]
    return []


def said_of_layers(names: Sequence[str]) -> tuple[Section, ...]:
    """A section that names the layers over the pack, where there are any."""
    return (Section(title=None, blocks=(Paragraph(text=laid_over(names)),)),) if names else ()


def address(url: str) -> tuple[Text, Cell]:
    """The address of a page, with its label: the one cell that may become a link."""
    return Text("Address", "URL"), Cell(text=same(url), url=url)


def with_place(text: Text, place: Text) -> Text:
    """Words with a place behind them, unless they name it; in Japanese no brackets within brackets."""
    before, found, after = text.en.partition(place.en)
    named = found and not before[-1:].isalnum() and not after[:1].isalnum()  # as words of its own
    en = text.en if named else f"{text.en}, {place.en}"
    if named and place.ja in text.ja:
        return text
    return Text(en, f"{text.ja}、{place.ja}" if "（" in text.ja + place.ja else f"{text.ja}（{place.ja}）")
