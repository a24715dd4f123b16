"""The commands: each resolves what the user named and asks one view.

`reports` answers, `authoring` is for whoever keeps facts. Only the one that is asked for is imported, and imports inside the
bodies keep a command from loading what it does not print.
"""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cabrief.document import Document

COMMANDS: dict[str, Callable[..., Any]] = {}
AUTHORING = ("diff", "check", "new", "init", "schema")


def command(function: "Callable[..., Any]") -> "Callable[..., Any]":
    """Register a command under its function's name."""
    COMMANDS[function.__name__] = function
    return function


def report(view: "Callable[..., Document]") -> "Callable[..., Document]":
    """Register a command made of a function of an open base, a day and its own arguments; see `cli`."""
    COMMANDS[view.__name__] = view
    view.__dict__["report"] = True
    return view


def load(asked: str | None = None) -> dict[str, Callable[..., Any]]:
    """Commands by name: all of them, in the order of the help, unless the one that is asked for is among the first found."""
    for room in ("authoring",) if asked in AUTHORING else ("reports", "authoring"):
        if asked not in COMMANDS:
            import_module(f"cabrief.commands.{room}")
    return COMMANDS
