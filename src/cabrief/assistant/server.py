"""The server over HTTP, on the loopback. The SDK speaks the protocol; what is answered stands in `methods`."""

from __future__ import annotations

import logging
import socket
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import anyio
import mcp_types as types
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.transport_security import TransportSecuritySettings
from mcp.shared.exceptions import MCPError
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cabrief import __version__
from cabrief.assistant.methods import NAME, Refused, Served, result_of
from cabrief.assistant.tools import INSTRUCTIONS
from cabrief.errors import UsageError
from cabrief.language.text import template

if TYPE_CHECKING:
    import uvicorn

LOOPBACK = "127.0.0.1"
TAKING_TURNS = 0.002  # seconds between two requests that wait for each other
MOST_BODY = 1_000_000  # bytes of a request, which are held until all have come
LONGEST_NUMBER = 10  # of the number that says how many they are
MOST_CLIENTS = 300  # at a time
LAST_SECONDS = 1  # that requests under way have when the server is told to end
# What the SDK reads each method's parameters as, and its result.
SDK_TYPES: dict[str, tuple[type[types.RequestParams], type[types.Result]]] = {
    "tools/list": (types.PaginatedRequestParams, types.ListToolsResult),
    "tools/call": (types.CallToolRequestParams, types.CallToolResult),
    "resources/list": (types.PaginatedRequestParams, types.ListResourcesResult),
    "resources/templates/list": (types.PaginatedRequestParams, types.ListResourceTemplatesResult),
    "resources/read": (types.ReadResourceRequestParams, types.ReadResourceResult),
    "prompts/list": (types.PaginatedRequestParams, types.ListPromptsResult),
    "prompts/get": (types.GetPromptRequestParams, types.GetPromptResult),
}
Handler = Callable[[ServerRequestContext[Any, Any], types.RequestParams], Awaitable[types.Result]]


def build_server(served: Served) -> Server[Any]:
    """The SDK's server with our methods."""
    server: Server[Any] = Server(NAME, version=__version__, instructions=INSTRUCTIONS)
    turn = anyio.Lock()
    for method, (parameters, result) in SDK_TYPES.items():
        server.add_request_handler(method, parameters, _handler(method, served, result, turn))
    return server


def _handler(method: str, served: Served, result: type[types.Result], turn: anyio.Lock) -> Handler:
    """What answers a method. Requests take turns: in between, answers are sent, and those of clients that left are dropped."""

    async def handle(context: ServerRequestContext[Any, Any], _: types.RequestParams) -> types.Result:
        async with turn:
            await anyio.sleep(TAKING_TURNS)
            try:
                return result.model_validate(result_of(method, served, context.params or {}))
            except Refused as refused:
                raise MCPError(refused.code, refused.message, refused.data) from None

    return handle


def listen(port: int) -> socket.socket:
    """A socket that listens on a port of this machine alone; raises UsageError where the port is taken or not ours to take."""
    found = socket.socket()
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((LOOPBACK, port))
    except OSError as error:
        found.close()
        en, ja = (
            "cannot serve on port {port}: {why}; name another",
            "ポート{port}では応じられない：{why}。別の番号を指定する",
        )
        raise UsageError(*template(en, ja, port=port, why=error.strerror or str(error))) from None
    return found


class _Bounded:
    """Refuses a request that is too large before it is held: by what it announces, else as soon as more has come.

    Nor does it hand on from where a client wants to hear events again: none are kept, and the libraries fail at the question.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope = {**scope, "headers": [each for each in scope.get("headers", ()) if each[0] != b"last-event-id"]}
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if announced.isdigit() and len(announced.lstrip(b"0")) < LONGEST_NUMBER and int(announced) <= MOST_BODY:
            held = await _whole(receive) if scope["type"] == "http" else []
            if sum(len(message.get("body", b"")) for message in held) <= MOST_BODY:
                await self.app(scope, partial(_again, held, receive), send)
                return
        await PlainTextResponse("the request is too large", 413)(scope, receive, send)


async def _whole(receive: Receive) -> list[Message]:
    """The parts of a request until the last one, or until they are too many."""
    held, size = [await receive()], 0
    while held[-1].get("more_body") and (size := size + len(held[-1].get("body", b""))) <= MOST_BODY:
        held.append(await receive())
    return held


async def _again(held: list[Message], receive: Receive) -> Message:
    """Parts that have come before, then what comes."""
    return held.pop(0) if held else await receive()


class _Log(logging.Handler):
    """What the libraries log, which may quote a client: each line goes to a function that prints it."""

    def __init__(self, tell_line: Callable[[str], None]) -> None:
        super().__init__(logging.WARNING)
        self.tell_line = tell_line
        self.server: uvicorn.Server | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Print a record, unless a client went away, or has to because the server ends: neither is a fault."""
        left = record.exc_info and isinstance(record.exc_info[1], ClientDisconnect)
        if not (left or (self.server and self.server.should_exit)):
            for line in self.format(record).splitlines():
                self.tell_line(line)


def serve_http(served: Served, listening: socket.socket, tell_line: Callable[[str], None]) -> None:
    """Serve clients of this machine at /mcp until interrupted.

    Requests that name another host, or come from a page of another origin, are refused. `tell_line` prints a line of the log.
    """
    import uvicorn

    here = [f"{host}:{listening.getsockname()[1]}" for host in (LOOPBACK, "localhost")]
    strict = TransportSecuritySettings(allowed_hosts=here, allowed_origins=[f"http://{each}" for each in here])
    # answers need no session, and one of a client that went away would be kept
    app = build_server(served).streamable_http_app(host=LOOPBACK, stateless_http=True, transport_security=strict)
    log = _Log(tell_line)
    logging.basicConfig(handlers=[log], force=True)
    config = uvicorn.Config(
        _Bounded(app),
        log_level="warning",
        log_config=None,
        limit_concurrency=MOST_CLIENTS,
        timeout_graceful_shutdown=LAST_SECONDS,
    )
    log.server = uvicorn.Server(config)
    log.server.run(sockets=[listening])
