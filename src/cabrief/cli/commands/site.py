"""The command `site`."""

import gc
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from cabrief.cli.data import without_private
from cabrief.cli.options import AsOf, Data, Layers
from cabrief.cli.printing import say, tell
from cabrief.formats import renderer
from cabrief.language.dates import today
from cabrief.language.text import template
from cabrief.loading.cache import ask
from cabrief.store.base import Base

OFTEN = 10  # seconds


def site(
    directory: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="Folder to make: new, empty, or with an earlier site, which is replaced."),
    ],
    as_of: AsOf = None,
    data: Data = None,
    layers: Layers = False,
) -> None:
    """Write all that is known as pages in both languages, linked with each other, with a search that needs no server.

    Examples: cabrief site pages | cabrief site pages --as-of 2026-11-26
    """
    renderer("html")  # says what is missing where its packages are not installed
    from cabrief.site.folder import check_folder, write_folder
    from cabrief.site.pages import site_files

    check_folder(directory)

    gc.enable()  # each page leaves circles behind

    def write(base: Base) -> int:
        return write_folder(directory, _told(site_files(base, as_of or today())))

    count = ask(write, without_private(data, layers=layers), tell)
    say(str(directory / "index.html"))
    tell(template("{n} files written", "{n}ファイルを書いた", n=count))


def _told(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """The same files; every ten seconds, how far they are is said."""
    told = time.monotonic()
    for n, (name, raw) in enumerate(files, start=1):
        yield name, raw
        if time.monotonic() - told > OFTEN:
            tell(template("{n} files so far, the last {f}", "{n}ファイルまで完了、直近は{f}", n=n, f=name))
            told = time.monotonic()
