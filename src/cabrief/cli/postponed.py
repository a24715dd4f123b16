"""Modules of the standard library that are loaded when something of them is used, rather than when they are imported.

Typer imports them at its top for what a report never does: to open a browser, to install completion, to wrap help. Together
they cost more than a report reads and writes. `importlib.util.LazyLoader` would be the standard way, but in Python 3.11 the
import statement itself loads what it postpones.
"""

import sys
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any

SELDOM_USED = ("bz2", "ipaddress", "locale", "lzma", "subprocess", "textwrap", "tokenize")


class PostponedModule(ModuleType):
    """A module whose code has not run yet. The first use of a name in it runs the code; it is an ordinary module from then on.

    Two threads must not do so at the same time: whoever starts threads calls `load_postponed` before.
    """

    def __getattr__(self, name: str) -> Any:
        load(self)
        return getattr(self, name)


def load(module: ModuleType) -> None:
    """Run the code of a postponed module."""
    module.__class__ = ModuleType
    if module.__spec__ and module.__spec__.loader:
        module.__spec__.loader.exec_module(module)


def postpone() -> None:
    """Postpone what is seldom used, as far as it has not been imported and is there."""
    for name in SELDOM_USED:
        spec = None if name in sys.modules else find_spec(name)
        if spec and spec.loader:
            module = module_from_spec(spec)
            module.__class__ = PostponedModule
            sys.modules[name] = module


def load_postponed() -> None:
    """Load what is still postponed."""
    for name in SELDOM_USED:
        if isinstance(module := sys.modules.get(name), PostponedModule):
            load(module)
