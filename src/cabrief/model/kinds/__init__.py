"""The kinds of fact: one module each, named as the fact files name the kind. A new kind is a new module here, and nothing else.

A reader imports the modules of the kinds that it reads, and no others.
"""

from __future__ import annotations

import os
from functools import cache
from importlib import import_module

from cabrief.model.record import Kind


@cache
def plurals() -> tuple[str, ...]:
    """Names of all kinds, as the fact files spell them, in alphabetical order."""
    names = (entry.name for entry in os.scandir(os.path.dirname(__file__)))  # noqa: PTH120 - in half the time of pathlib
    return tuple(sorted(name.removesuffix(".py") for name in names if name.endswith(".py") and name[0] != "_"))


@cache
def kind(plural: str) -> Kind:
    """The kind of a plural name."""
    found: Kind = import_module(f"{__name__}.{plural}").KIND
    return found


def kinds() -> dict[str, Kind]:
    """All kinds by their plural names."""
    return {plural: kind(plural) for plural in plurals()}


def by_singular() -> dict[str, str]:
    """Plural names of all kinds by their singular names, which users type."""
    return {each.singular: plural for plural, each in kinds().items()}
