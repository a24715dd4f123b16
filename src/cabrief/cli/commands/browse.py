"""The command `browse`."""

import os
import sys
from functools import partial
from io import TextIOWrapper
from typing import Annotated

import typer

from cabrief.cli.names import complete_words
from cabrief.cli.options import AsOf, Data, LangOption
from cabrief.cli.printing import say, tell
from cabrief.errors import UsageError
from cabrief.language.text import quoted

THEMES = ("dark", "light")
LIGHT = ("7", "15")  # grounds that COLORFGBG calls white


def browse(
    theme: Annotated[
        str | None,
        typer.Option(
            "--theme",
            metavar="dark|light",
            autocompletion=complete_words(lambda: THEMES),
            help="Colours for a dark or a light terminal; t changes them.",
        ),
    ] = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="A dialogue line by line, for screen readers. TERM=dumb does the same.")
    ] = False,
    data: Data = None,
    lang: LangOption = None,
    as_of: AsOf = None,
) -> None:
    """Browse all facts on a full screen: what there is on the left, the page on the right, / to search.

    Examples: cabrief browse | cabrief browse --lang ja --theme light | cabrief browse --plain
    """
    import gc
    from concurrent.futures import ThreadPoolExecutor

    from cabrief.cli.postponed import load_postponed
    from cabrief.library.directories import directories
    from cabrief.library.opening import open_directories

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "cabrief browse needs a terminal, and this is a pipe or a file: other commands print, as cabrief brief does",
            "cabrief browse には端末が必要。パイプやファイルには cabrief brief などで出力する",
        )
    colours = _theme(theme)
    screen = not (plain or os.environ.get("TERM") == "dumb")
    if screen:
        _need_textual()
    gc.enable()  # a screen lives longer than a command
    load_postponed()  # and has several threads
    clerk = ThreadPoolExecutor(max_workers=1)  # facts answer in the thread in which they were opened
    opened = partial(open_directories, directories(data or ()), as_of=as_of, lang=lang, tell=tell)
    if not screen:
        from cabrief.browsing.plain import Dialogue

        if isinstance(sys.stdin, TextIOWrapper):  # a terminal of another encoding sends bytes that are no characters
            sys.stdin.reconfigure(errors="replace")
        Dialogue(opened(), say, _listen).run()
        return
    from cabrief.browsing.app import Browser, make_ready

    start = clerk.submit(lambda: make_ready(opened())).result()
    browser = Browser(start, clerk, colours)
    browser.run()
    clerk.shutdown(wait=False, cancel_futures=True)
    if browser.failure:
        raise browser.failure
    if browser.return_code:  # a fault of the screen, which it has told
        raise typer.Exit(3)


def _theme(asked: str | None) -> str:
    """The colours: as asked for, else by what the terminal says of its ground, else dark."""
    if asked and asked not in THEMES:
        shown = quoted(asked)
        raise UsageError(f"there is no theme {shown.en}: dark or light", f"{shown.ja}という配色はない。darkかlight")
    ground = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    return asked or ("light" if ground in LIGHT else "dark")


def _need_textual() -> None:
    try:
        import cabrief.browsing.app  # noqa: F401
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("cabrief"):
            raise
        raise UsageError(
            "cabrief browse needs packages that are not installed: pip install 'cabrief[browse]'; --plain needs none",
            "cabrief browse に必要なパッケージがない：pip install 'cabrief[browse]'。--plain なら不要",
        ) from None


def _listen() -> str | None:
    """A line that is typed; None where there are no more."""
    return sys.stdin.readline() or None
