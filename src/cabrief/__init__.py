"""Sourced briefs on Japan's relations with Central Asia.

    import cabrief

    facts = cabrief.open(as_of="2026-11-26")
    facts.country("KZ")

What is public stands in `__all__`, and in docs/library.md; nothing else is promised. A name is imported when it is used.
"""

__version__ = "0.1.0"

_HOMES = {
    "open": "library.opening",
    "FactBase": "library.fact_base",
    "Report": "library.results",
    "Row": "library.rows",
    "Quote": "library.rows",
    "Passage": "library.rows",
    "Text": "language.text",
    "CabriefError": "errors",
    "UsageError": "errors",
    "UnknownName": "errors",
    "NothingFound": "errors",
    "BadFacts": "loading.cache",
}  # of each public name; `__init__.pyi` tells type checkers the same

__all__ = [
    "BadFacts",
    "CabriefError",
    "FactBase",
    "NothingFound",
    "Passage",
    "Quote",
    "Report",
    "Row",
    "Text",
    "UnknownName",
    "UsageError",
    "__version__",
    "open",
]


def __getattr__(name: str) -> object:
    """Import a public name."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
