"""The command `mcp`."""

from pathlib import Path
from typing import Annotated

import typer

from cabrief.cli.options import PANEL, AsOf, LangOption
from cabrief.cli.printing import tell
from cabrief.errors import UsageError
from cabrief.language.text import template

PORTS = 65535


def mcp(
    http: Annotated[
        int | None,
        typer.Option(
            "--http", metavar="PORT", min=1, max=PORTS, help="Serve over HTTP on this port of this machine alone."
        ),
    ] = None,
    data: Annotated[
        list[Path] | None,
        typer.Option("--data", metavar="DIR", help="Lay further fact files over the built-in ones. Repeatable."),
    ] = None,
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
    from cabrief.library.opening import Standing

    facts = Standing(without_private(data, layers=layers), as_of=as_of, lang=lang)
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
    if http is None:
        server.serve_stdio(facts.now)
        return
    listening = server.listen(http)
    en, ja = "serving at {url}; Ctrl-C ends it", "{url} で待機中。Ctrl-Cで終了"
    tell(template(en, ja, url=f"http://{server.LOOPBACK}:{http}/mcp"))
    server.serve_http(facts.now, listening)
