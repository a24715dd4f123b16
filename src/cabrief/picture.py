"""What a picture of a report says, as plain values: shapes, words and sources, without colours and sizes."""

from __future__ import annotations

from typing import Literal

from cabrief.language.text import Text
from cabrief.model.frozen import Frozen
from cabrief.model.kinds.routes import Stop
from cabrief.model.record import Landmark, Ref

Tone = Literal["done", "partly", "under-way", "failed", "unknown"]  # how a state is coloured; its sign tells it as well


class Tile(Frozen):
    """A state in words, with its tone and a sign that tells it without colour."""

    text: Text
    tone: Tone
    sign: str


class Grid(Frozen):
    """States in rows and columns."""

    columns: tuple[Text, ...]
    rows: tuple[tuple[Text, tuple[Tile, ...]], ...]
    legend: tuple[Tile, ...]


class Span(Frozen):
    """Something in time: its first and last possible ISO day, the same where the day is known."""

    first: str
    last: str
    when: Text
    text: Text
    ahead: bool = False  # whether it lies ahead of the day of the report


class Lanes(Frozen):
    """Spans in lanes along one axis of time, with the ISO day of the report marked."""

    lanes: tuple[tuple[Text, tuple[Span, ...]], ...]
    as_of: str


class Bars(Frozen):
    """Counts by state: a bar for each row, made of the states in order."""

    rows: tuple[tuple[Text, tuple[int, ...]], ...]
    states: tuple[Tile, ...]


class Chart(Frozen):
    """A map: countries by their two-letter codes, ways across them, and places that are only named."""

    countries: tuple[tuple[str, Text], ...]
    ways: tuple[tuple[Text, tuple[Stop, ...]], ...]
    landmarks: tuple[Landmark, ...] = ()


class Picture(Frozen):
    """A picture with its title, a sentence on what it shows, and the references that it rests on."""

    name: str
    title: Text
    says: Text
    drawing: Grid | Lanes | Bars | Chart
    refs: tuple[Ref, ...]
    disputed: tuple[Text, ...] = ()  # what is contested of what it shows
