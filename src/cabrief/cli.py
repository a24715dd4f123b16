"""The command line: arguments in, text and an exit code out."""

import inspect
import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cabrief.commands import COMMANDS
from cabrief.options import FEW, SHARED, NothingFound, Usage, directories, emit

if TYPE_CHECKING:
    from cabrief.document import Document

EPILOG = (
    "Data goes to stdout, everything else to stderr. Exit codes: 0 done, 1 problems found, 2 wrong request, 3 a bug."
)


def _version(value: bool) -> None:  # noqa: FBT001 - Typer's callback
    if value:
        from cabrief import __version__

        print(f"cabrief {__version__}")
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")]


def application(asked: str | None = None) -> typer.Typer:
    """Build the application, with every command or only the one that is asked for.

    Typer builds all registered commands at each start, and one costs as much as a report; so only the one asked for is.
    """
    app = typer.Typer(
        name="cabrief", no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode="rich",
        context_settings={"help_option_names": ["-h", "--help"]}, epilog=EPILOG, callback=common,
    )  # fmt: skip
    for name, function in COMMANDS.items():
        if asked in (None, name):
            app.command(name=name)(_with_shared(function) if hasattr(function, "report") else function)
    return app


def _with_shared(view: "Callable[..., Document]") -> "Callable[..., None]":
    """Make a command of a report: open the base, ask the view, print; the options that all reports share come by themselves."""
    signature = inspect.signature(view)
    own = list(signature.parameters.values())[2:]
    shared = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, (annotation, default) in SHARED.items()
    ]

    @wraps(view)
    def run(**arguments: Any) -> None:
        options = {name: arguments.pop(name) for name in SHARED}
        from cabrief import build, dates

        base = build.open_base(directories(options["data"]))
        emit(view(base, options["as_of"] or dates.today(), **arguments), options)

    parameters = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in own] + shared
    run.__signature__ = signature.replace(parameters=parameters, return_annotation=None)  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in parameters}
    return run


def common(version: Version = False) -> None:  # noqa: FBT002
    """Sourced briefs on Japan and Central Asia.

    Every line is traceable to a source, every known error is marked, and what is unknown is said to be unknown.
    On a terminal you see tables; into a pipe or a file goes Markdown with footnotes.
    """


def main() -> None:
    """Run a command, and turn what goes wrong into a message and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    asked = sys.argv[1] if len(sys.argv) > 1 and sys.argv[1] in COMMANDS else None
    try:
        application(asked)()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:
        if os.environ.get("CABRIEF_DEBUG"):
            raise
        code, message = explain(error)
        print(message, file=sys.stderr)
        sys.exit(code)


def explain(error: Exception) -> tuple[int, str]:
    """Exit code and message for whatever stopped a command."""
    from cabrief.base import UnknownName
    from cabrief.build import BadFacts, NoSuchDirectory

    match error:
        case UnknownName():
            near = f" Did you mean {' or '.join(error.near)}?" if error.near else ""
            few = f" Known: {', '.join(error.known)}." if len(error.known) <= FEW and not near else ""
            return 2, f"cabrief: there is no {error.kind} {error.name!r}.{near}{few}"
        case Usage():
            return 2, f"cabrief: {error}"
        case NothingFound():
            return 1, f"cabrief: {error}"
        case NoSuchDirectory():
            return 2, f"cabrief: {error}"
        case BadFacts():
            lines = "\n".join(map(str, error.problems))
            return 1, f"{lines}\ncabrief: {error} in the fact files, so there is nothing to answer from"
        case _:
            words = f"{type(error).__name__}: {error} (CABRIEF_DEBUG=1 shows where)"
            return 3, f"cabrief: this is a bug, please report it: {words}"
