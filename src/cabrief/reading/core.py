"""The core of pydantic without the rest of its package.

The core is a compiled module. Its package also defines a type for each of a hundred sorts of schema, which only type checkers
read; to define them takes several times as long as to load the core, and one check of all facts would wait for it.
"""

from __future__ import annotations

import sys
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic_core import SchemaValidator, ValidationError

__all__ = ("SchemaValidator", "ValidationError")

PACKAGE, MODULE = "pydantic_core", "pydantic_core._pydantic_core"


def _core() -> Any:
    """The compiled module; or the whole package, where it keeps none of that name."""
    if MODULE in sys.modules:
        return sys.modules[MODULE]
    package = PathFinder.find_spec(PACKAGE)
    spec = PathFinder.find_spec(MODULE, package.submodule_search_locations) if package else None
    if not spec or not spec.loader:
        import pydantic_core

        return pydantic_core
    # under its own name, so that whoever imports the package later gets this very module
    module = sys.modules[MODULE] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if not TYPE_CHECKING:
    SchemaValidator, ValidationError = _core().SchemaValidator, _core().ValidationError
