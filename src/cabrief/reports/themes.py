"""Statements about several countries, theme by theme, so that a row compares like with like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cabrief.model.kinds.notes import Note
from cabrief.model.record import WEIGHTS

NO_THEME = ""
By = dict[str, list[Note]]  # notes by country


def by_theme(notes: Mapping[str, Sequence[Note]]) -> list[tuple[str, By]]:
    """Notes under their themes, each under one: themes that most countries share first, what has none last.

    `notes` are the notes of each country; a theme is the id of a topic or of a power that a note is about. A note of several
    themes goes where it meets the most countries.
    """
    places: dict[str, set[str]] = {}
    for country, mine in notes.items():
        for note in mine:
            for theme in _themes(note):
                places.setdefault(theme, set()).add(country)
    found: dict[str, By] = {}
    for country, mine in notes.items():
        for note in mine:
            theme = max(_themes(note), key=lambda each: len(places[each]), default=NO_THEME)
            found.setdefault(theme, {}).setdefault(country, []).append(note)
    for by in found.values():
        for each in by.values():
            each.sort(key=lambda note: (not note.key, WEIGHTS.index(note.weight)))
    return sorted(found.items(), key=lambda pair: (pair[0] == NO_THEME, -len(pair[1])))


def _themes(note: Note) -> tuple[str, ...]:
    return (*note.topics, *note.actors)
