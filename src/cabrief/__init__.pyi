from cabrief.errors import CabriefError, NothingFound, UnknownName, UsageError
from cabrief.language.text import Text
from cabrief.library.fact_base import FactBase
from cabrief.library.opening import open  # noqa: A004 - `cabrief.open`, as `gzip.open`
from cabrief.library.results import Report
from cabrief.library.rows import Passage, Quote, Row
from cabrief.loading.cache import BadFacts

__version__: str

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
