"""The command `mcp`."""

import sys
from typing import Annotated

import typer

from cabrief.cli.options import PANEL, AsOf, Data, LangOption
from cabrief.cli.printing import say, tell
from cabrief.errors import UsageError
from cabrief.language.text import Text, template

PORTS = 65535
WAITING = Text(
    "waiting for an assistant on standard input; docs/assistants.md says how to set one up; Ctrl-C ends it",
    "標準入力でアシスタントを待っている。設定は docs/assistants.md を参照。Ctrl-Cで終了",
)


def mcp(
    http: Annotated[
        int | None,
        typer.Option(
            "--http", metavar="PORT", min=1, max=PORTS, help="Serve over HTTP on this port of this machine alone."
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
    import gc

    from cabrief.cli.data import without_private
    from cabrief.cli.postponed import load_postponed
    from cabrief.library.opening import CurrentFacts

    facts = CurrentFacts(without_private(data, layers=layers), as_of=as_of, lang=lang)
    facts.now()  # what is wrong with the facts is told at once
    try:
        from cabrief.assistant import server
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("cabrief"):
            raise
        en = "cabrief mcp needs packages that are not installed: pip install 'cabrief[mcp]'"
        ja = "cabrief mcp に必要なパッケージがない：pip install 'cabrief[mcp]'"
        raise UsageError(en, ja) from None
    gc.enable()  # a server lives longer than a command
    load_postponed()  # and has several threads
    if http is None:
        if sys.stdin.isatty():
            tell(WAITING)
        server.serve_stdio(facts.now, _tell_bug)
        return
    listening = server.listen(http)
    en, ja = "serving at {url}; Ctrl-C ends it", "{url} で待機中。Ctrl-Cで終了"
    tell(template(en, ja, url=f"http://{server.LOOPBACK}:{http}/mcp"))
    server.serve_http(facts.now, _tell_bug, listening)


def _tell_bug(error: Exception) -> None:
    """Print where a fault of the program arose; the assistant is told that there is one."""
    import traceback

    say(*"".join(traceback.format_exception(error)).splitlines(), stream=sys.stderr)
