"""The command `mcp`."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cabrief.cli.options import PANEL, AsOf, Data, LangOption
from cabrief.cli.printing import say, tell
from cabrief.errors import UsageError
from cabrief.language.text import Text, template

if TYPE_CHECKING:
    from cabrief.assistant.methods import Served

PORTS = 65535
WAITING = Text(
    "waiting for an assistant on standard input; docs/assistants.md says how to set one up; Ctrl-C ends it",
    "標準入力でアシスタントを待っている。設定は docs/assistants.md を参照。Ctrl-Cで終了",
)


def mcp(
    http: Annotated[
        int | None,
        typer.Option(
            "--http",
            metavar="PORT",
            min=1,
            max=PORTS,
            help="Serve over HTTP on this port of this machine alone; needs the extra mcp.",
        ),
    ] = None,
    data: Data = None,
    lang: LangOption = None,
    as_of: AsOf = None,
    layers: Annotated[
        bool,
        typer.Option("--layers", rich_help_panel=PANEL, help="Let the assistant read facts of your own directories."),
    ] = False,
) -> None:
    """Serve an assistant over the Model Context Protocol, on stdin and stdout unless a port is named.

    Examples: cabrief mcp | cabrief mcp --http 8321 --lang ja
    """
    from cabrief.assistant.methods import Served
    from cabrief.cli.data import without_private
    from cabrief.library.opening import CurrentFacts

    facts = CurrentFacts(without_private(data, layers=layers), as_of=as_of, lang=lang)
    facts.now()  # what is wrong with the facts is told at once
    served = Served(facts.now, _tell_bug)
    if http is None:
        _serve_stdio(served)
    else:
        _serve_http(served, http)


def _serve_stdio(served: "Served") -> None:
    import os

    from cabrief.assistant.stdio import serve_stdio

    if os.isatty(0):
        tell(WAITING)
    _collect_garbage()
    serve_stdio(served)


def _serve_http(served: "Served", port: int) -> None:
    from cabrief.cli.postponed import load_postponed

    load_postponed()  # this server has several threads
    try:
        from cabrief.assistant import server
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("cabrief"):
            raise
        en = "cabrief mcp --http needs packages that are not installed: pip install 'cabrief[mcp]'"
        ja = "cabrief mcp --http に必要なパッケージがない：pip install 'cabrief[mcp]'"
        raise UsageError(en, ja) from None
    listening = server.listen(port)
    en, ja = "serving at {url}; Ctrl-C ends it", "{url} で待機中。Ctrl-Cで終了"
    tell(template(en, ja, url=f"http://{server.LOOPBACK}:{port}/mcp"))
    _collect_garbage()
    server.serve_http(served, listening, lambda line: say(line, stream=sys.stderr))


def _collect_garbage() -> None:
    """From here on: a server lives longer than a command. What the start has left stays, so that nobody looks through it."""
    import gc

    gc.freeze()
    gc.enable()


def _tell_bug(error: Exception) -> None:
    """Print where a fault of the program arose; the assistant is told that there is one."""
    import traceback

    say(*"".join(traceback.format_exception(error)).splitlines(), stream=sys.stderr)
