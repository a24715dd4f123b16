"""Modules of the standard library that are loaded when something of them is used, rather than when they are imported.

Typer and `inspect` import them at their top for what a report never does: to open a browser, to install completion, to wrap
help. Together they cost more than a report reads and writes. `importlib.util.LazyLoader` would be the standard way, but in
Python 3.11 the import statement itself loads what it postpones.

Some functions and classes of them are taken by name as the taker is imported. It gets a stand-in, which loads the module when
it is used. Whoever else takes that name gets the thing itself.
"""

import sys
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any

SELDOM_USED = (
    "ast",
    "bz2",
    "difflib",
    "gettext",
    "ipaddress",
    "locale",
    "lzma",
    "platform",
    "subprocess",
    "textwrap",
    "tokenize",
    "traceback",
    "urllib.parse",
    "uuid",
)
TAKERS = {
    ("ast", "NodeVisitor"): "inspect",
    ("difflib", "get_close_matches"): "typer.core",
    ("gettext", "gettext"): "typer.core",
    ("traceback", "FrameSummary"): "typer.main",
    ("traceback", "StackSummary"): "typer.main",
    ("urllib.parse", "quote_from_bytes"): "pathlib",
    ("uuid", "UUID"): "typer.main",
}


class StandIn:
    """Stands for a function or class of a postponed module, which is loaded when this is called or looked into.

    It can be a base of a class, whose objects then find the methods of the class that it stands for.
    """

    def __init__(self, module: ModuleType, name: str) -> None:
        self._module = module
        self._name = name

    def __call__(self, *values: Any, **named: Any) -> Any:
        """What the function gives, or an object of the class."""
        return getattr(self._module, self._name)(*values, **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(getattr(self._module, self._name), name)

    def __mro_entries__(self, _bases: tuple[object, ...]) -> tuple[type]:
        """A class to stand in the bases."""
        return (type(self._name, (), {"__getattr__": lambda each, name: getattr(self, name).__get__(each)}),)


class PostponedModule(ModuleType):
    """A module whose code has not run yet. The first use of a name in it runs the code; it is an ordinary module from then on.

    Two threads must not do so at the same time: whoever starts threads calls `load_postponed` before.
    """

    def __getattr__(self, name: str) -> Any:
        if name == "__path__":  # asked by "from … import …"; none of these is a package
            raise AttributeError(name)
        taker = TAKERS.get((self.__name__, name))
        if taker and sys._getframe(1).f_globals.get("__name__") == taker:  # noqa: SLF001 - nothing else tells who asks
            return StandIn(self, name)
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
            parent, _, last = name.rpartition(".")
            if parent:
                setattr(sys.modules[parent], last, module)


def load_postponed() -> None:
    """Load what is still postponed."""
    for name in SELDOM_USED:
        if isinstance(module := sys.modules.get(name), PostponedModule):
            load(module)
