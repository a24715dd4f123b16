"""What the methods of the protocol return, as the plain values of their JSON. Both servers send these: over stdin and over HTTP.

Questions are answered one after the other in the thread that opened the facts; each takes a few milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from cabrief.assistant.tools import TOOLS, call
from cabrief.errors import CabriefError, system_says
from cabrief.language.text import Lang, Text, template
from cabrief.library.fact_base import FactBase

NAME = "cabrief"
MARKDOWN = "text/markdown"
READ_ONLY = {"readOnlyHint": True, "destructiveHint": False, "idempotentHint": True, "openWorldHint": False}
BUG = Text("this is a bug, please report it: {what}", "プログラムの不具合、報告を求む：{what}")
INVALID_PARAMS, INTERNAL_ERROR = -32602, -32603  # codes of JSON-RPC
JsonObject = dict[str, Any]


class Served(NamedTuple):
    """What a server answers from: the fact base as its files are now, and who is told what only a fault of ours can raise."""

    facts: Callable[[], FactBase]
    bug: Callable[[Exception], None]


class Refused(Exception):
    """A request that is answered by an error of the protocol: its code, its message, and data for the client's program."""

    def __init__(self, code: int, message: str, data: Any = None) -> None:
        super().__init__(message)
        self.code, self.message, self.data = code, message, data


def result_of(method: str, served: Served, params: Mapping[str, Any]) -> JsonObject:
    """The result of one of METHODS for parameters of the right types; raises Refused."""
    try:
        return METHODS[method](served, params)
    except CabriefError as error:
        raise Refused(INVALID_PARAMS, error.message.en) from None
    except Refused:
        raise
    except OSError as error:
        raise Refused(INTERNAL_ERROR, system_says(error).en) from None
    except Exception as error:  # noqa: BLE001 - one request must not end the server
        served.bug(error)
        raise Refused(INTERNAL_ERROR, _told_bug(error, "en")) from None


def call_tool(served: Served, params: Mapping[str, Any]) -> JsonObject:
    """The result of a call; what is wrong with it is told in the result, where the assistant reads it."""
    arguments = params.get("arguments") or {}
    asked = arguments.get("lang")
    lang: Lang = "ja" if asked == "ja" else "en"
    try:
        found = served.facts()
        lang = lang if asked else found.lang
        answer = call(found, params["name"], arguments)
    except CabriefError as error:
        return {"content": [_text(error.message.pick(lang))], "isError": True}
    except OSError as error:
        return {"content": [_text(system_says(error).pick(lang))], "isError": True}
    except Exception as error:  # noqa: BLE001 - one call must not end the server
        served.bug(error)
        return {"content": [_text(_told_bug(error, lang))], "isError": True}
    return {"content": [_text(answer.markdown)], "structuredContent": answer.data, "isError": False}


def _text(words: str) -> JsonObject:
    return {"type": "text", "text": words}


def _told_bug(error: Exception, lang: Lang) -> str:
    return template(*BUG, what=f"{type(error).__name__}: {error}").pick(lang)


def _list_tools(_: Served, __: Mapping[str, Any]) -> JsonObject:
    from cabrief.assistant.schemas import OUTPUT_SCHEMA, input_schema

    tools = [
        {
            "name": name,
            "description": description,
            "inputSchema": input_schema(name),
            "outputSchema": OUTPUT_SCHEMA,
            "annotations": READ_ONLY,
        }
        for name, description in TOOLS.items()
    ]
    return {"tools": tools}


def _list_resources(served: Served, _: Mapping[str, Any]) -> JsonObject:
    from cabrief.assistant.resources import listed_pages

    return {"resources": [{**page._asdict(), "mimeType": MARKDOWN} for page in listed_pages(served.facts())]}


def _list_templates(_: Served, __: Mapping[str, Any]) -> JsonObject:
    from cabrief.assistant.resources import TEMPLATES

    found = [
        {"uriTemplate": uri, "name": name, "description": description, "mimeType": MARKDOWN}
        for name, (uri, description) in TEMPLATES.items()
    ]
    return {"resourceTemplates": found}


def _read_resource(served: Served, params: Mapping[str, Any]) -> JsonObject:
    from cabrief.assistant.resources import read_page

    text = read_page(served.facts(), params["uri"])
    return {"contents": [{"uri": params["uri"], "mimeType": MARKDOWN, "text": text}]}


def _list_prompts(_: Served, __: Mapping[str, Any]) -> JsonObject:
    from cabrief.assistant.resources import PREPARE, PREPARE_ARGUMENTS, PREPARE_DESCRIPTION

    arguments = [
        {"name": name, "description": description, "required": needed}
        for name, (description, needed) in PREPARE_ARGUMENTS.items()
    ]
    return {"prompts": [{"name": PREPARE, "description": PREPARE_DESCRIPTION, "arguments": arguments}]}


def _get_prompt(served: Served, params: Mapping[str, Any]) -> JsonObject:
    from cabrief.assistant.resources import PREPARE, prepare

    given = params.get("arguments") or {}
    if params["name"] != PREPARE:
        raise Refused(INVALID_PARAMS, f"there is no prompt {params['name']!r}; known: {PREPARE}")
    if not given.get("with"):
        raise Refused(INVALID_PARAMS, "the prompt needs the argument with: whom you meet")
    text = prepare(served.facts().at(lang=given.get("lang")), given["with"], given.get("day", ""))
    return {"messages": [{"role": "user", "content": _text(text)}]}


METHODS: dict[str, Callable[[Served, Mapping[str, Any]], JsonObject]] = {
    "tools/list": _list_tools,
    "tools/call": call_tool,
    "resources/list": _list_resources,
    "resources/templates/list": _list_templates,
    "resources/read": _read_resource,
    "prompts/list": _list_prompts,
    "prompts/get": _get_prompt,
}
