"""The server: the tools, resources and prompts over the Model Context Protocol, on stdin and stdout or on the loopback.

Questions are answered one after the other in the thread that opened the facts; each takes a few milliseconds.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any, TypeVar

import anyio
import mcp_types as types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError

from cabrief import __version__
from cabrief.assistant.resources import PREPARE, TEMPLATES, listed_pages, prepare, read_page
from cabrief.assistant.schemas import OUTPUT_SCHEMA, input_schema
from cabrief.assistant.tools import INSTRUCTIONS, TOOLS, call
from cabrief.errors import CabriefError, UsageError
from cabrief.language.text import Lang, Text, template
from cabrief.library.fact_base import FactBase

LOOPBACK = "127.0.0.1"
MARKDOWN = "text/markdown"
BUG = Text("this is a bug, please report it: {what}", "プログラムの不具合、報告を求む：{what}")
READ_ONLY = types.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
Result = TypeVar("Result")
Facts = Callable[[], FactBase]  # the fact base as its files are now
Bug = Callable[[Exception], None]


def build_server(facts: Facts, bug: Bug) -> Server[Any]:
    """The server over a fact base; `bug` is told what only a fault of the program can raise."""

    async def list_tools(*_: Any) -> types.ListToolsResult:
        return types.ListToolsResult(tools=_tools())

    async def call_tool(_: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
        return answer_call(facts, params.name, params.arguments or {}, bug)

    async def list_resources(*_: Any) -> types.ListResourcesResult:
        pages = _or_error(lambda: listed_pages(facts()))
        found = [
            types.Resource(uri=page.uri, name=page.name, description=page.description, mime_type=MARKDOWN)
            for page in pages
        ]
        return types.ListResourcesResult(resources=found)

    async def list_templates(*_: Any) -> types.ListResourceTemplatesResult:
        found = [
            types.ResourceTemplate(uri_template=uri, name=name, description=description, mime_type=MARKDOWN)
            for name, (uri, description) in TEMPLATES.items()
        ]
        return types.ListResourceTemplatesResult(resource_templates=found)

    async def read_resource(_: Any, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        uri = str(params.uri)
        text = _or_error(lambda: read_page(facts(), uri))
        return types.ReadResourceResult(contents=[types.TextResourceContents(uri=uri, mime_type=MARKDOWN, text=text)])

    async def list_prompts(*_: Any) -> types.ListPromptsResult:
        return types.ListPromptsResult(prompts=[_prompt()])

    async def get_prompt(_: Any, params: types.GetPromptRequestParams) -> types.GetPromptResult:
        return _or_error(lambda: _prepared(facts(), params.name, params.arguments or {}))

    return Server(
        "cabrief",
        version=__version__,
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_list_resource_templates=list_templates,
        on_read_resource=read_resource,
        on_list_prompts=list_prompts,
        on_get_prompt=get_prompt,
    )


def serve_stdio(facts: Facts, bug: Bug) -> None:
    """Serve the client at stdin and stdout until it leaves, at whatever moment that is."""
    server = build_server(facts, bug)

    async def serve() -> None:
        async with stdio_server() as (read, write):
            await server.run(read, write, server.create_initialization_options())

    try:
        anyio.run(serve)
    except* (BrokenPipeError, ConnectionResetError):
        pass


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


def serve_http(facts: Facts, bug: Bug, listening: socket.socket) -> None:
    """Serve clients of this machine at /mcp until interrupted.

    Requests that name another host, or come from a page of another origin, are refused.
    """
    import uvicorn

    app = build_server(facts, bug).streamable_http_app(host=LOOPBACK)
    uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listening])


def _tools() -> list[types.Tool]:
    return [
        types.Tool(
            name=name,
            description=description,
            input_schema=input_schema(name),
            output_schema=OUTPUT_SCHEMA,
            annotations=READ_ONLY,
        )
        for name, description in TOOLS.items()
    ]


def answer_call(facts: Facts, name: str, arguments: dict[str, Any], bug: Bug) -> types.CallToolResult:
    """The result of a call; what is wrong with it is told in the result, where the assistant reads it."""
    asked = arguments.get("lang")
    lang: Lang = "ja" if asked == "ja" else "en"
    try:
        found = facts()
        lang = lang if asked else found.lang
        answer = call(found, name, arguments)
    except CabriefError as error:
        return _failed(error.message.pick(lang))
    except Exception as error:  # noqa: BLE001 - one call must not end the server
        bug(error)
        return _failed(template(*BUG, what=f"{type(error).__name__}: {error}").pick(lang))
    return types.CallToolResult(
        content=[types.TextContent(text=answer.markdown)], structured_content=answer.data, is_error=False
    )


def _failed(words: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(text=words)], is_error=True)


def _or_error(ask: Callable[[], Result]) -> Result:
    """What is asked for, or the error of the protocol for a wrong request."""
    try:
        return ask()
    except CabriefError as error:
        raise MCPError(types.INVALID_PARAMS, error.message.en) from None


def _prompt() -> types.Prompt:
    return types.Prompt(
        name=PREPARE,
        description="Prepare me for a meeting with a country, an outside power, a person or a body.",
        arguments=[
            types.PromptArgument(name="with", description="whom you meet, by any name", required=True),
            types.PromptArgument(name="day", description="when you meet", required=False),
            types.PromptArgument(name="lang", description="en or ja", required=False),
        ],
    )


def _prepared(facts: FactBase, name: str, arguments: dict[str, str]) -> types.GetPromptResult:
    if name != PREPARE:
        raise MCPError(types.INVALID_PARAMS, f"there is no prompt {name!r}; known: {PREPARE}")
    if not arguments.get("with"):
        raise MCPError(types.INVALID_PARAMS, "the prompt needs the argument with: whom you meet")
    text = prepare(facts.at(lang=arguments.get("lang")), arguments["with"], arguments.get("day", ""))
    message = types.PromptMessage(role="user", content=types.TextContent(text=text))
    return types.GetPromptResult(messages=[message])
