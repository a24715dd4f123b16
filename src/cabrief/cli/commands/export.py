"""The command `export`."""

import sqlite3
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from cabrief.cli.data import without_private
from cabrief.cli.names import complete_words
from cabrief.cli.options import AsOf, Data, Layers
from cabrief.cli.printing import say, tell
from cabrief.errors import UsageError
from cabrief.files import in_the_making, put_where_nothing_is, remove
from cabrief.library.asking import report_day
from cabrief.loading.cache import ask
from cabrief.store.base import Base

TARGETS = ("parquet", "sqlite")
Writer = Callable[[Base, str, Path], Iterator[tuple[str, int]]]


def export(
    target: Annotated[
        Path, typer.Argument(metavar="PATH", help="What to make: a folder for parquet, a file for sqlite.")
    ],
    to: Annotated[
        str,
        typer.Option(
            "--to", metavar="FORMAT", autocompletion=complete_words(lambda: TARGETS), help="parquet or sqlite."
        ),
    ],
    as_of: AsOf = None,
    data: Data = None,
    layers: Layers = False,
) -> None:
    """Write all facts as tables for other programs: a Parquet data set or a SQLite file.

    Examples: cabrief export facts --to parquet | cabrief export facts.sqlite --to sqlite --as-of 2026-11-26
    """
    writer = _writer(to)
    if target.exists() or target.is_symlink():
        raise _there(target)
    given = without_private(data, layers=layers)
    day = report_day(as_of)
    try:
        with in_the_making(target) as made:

            def write(base: Base) -> list[tuple[str, int]]:
                remove(made)  # of an attempt with a damaged build
                if to == "parquet":
                    made.mkdir()
                return list(writer(base, day, made))

            counts = ask(write, given, tell)
            put_where_nothing_is(made, target)
    except FileExistsError:
        raise _there(target) from None
    except (OSError, sqlite3.Error) as error:
        why = getattr(error, "strerror", None) or error
        raise UsageError(f"cannot write {target}: {why}", f"{target}に書き込めない：{why}") from None
    for name, count in counts:
        say(f"{name} {count}")


def _there(target: Path) -> UsageError:
    return UsageError(f"{target} is there already", f"{target}はすでにある")


def _writer(to: str) -> Writer:
    if to not in TARGETS:
        raise UsageError(
            f"there is no target {to!r}: {', '.join(TARGETS)}", f"「{to}」という形式はない。{'、'.join(TARGETS)}"
        )
    try:
        module = import_module(f"cabrief.exporting.{to}")
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("cabrief"):
            raise
        words = f"pip install 'cabrief[{to}]'"
        raise UsageError(
            f"the export to {to} needs packages that are not installed: {words}",
            f"{to}への出力に必要なパッケージがない：{words}",
        ) from None
    found: Writer = getattr(module, f"write_{to}")
    return found
