"""One client, from its first message to its last: JSON-RPC, and which version of the protocol is spoken.

Versions up to 2025-11-25 begin with a handshake, `initialize`. From 2026-07-28 on there is none: each request tells its version
in `_meta`. The first request of a client decides, once, which of the two it speaks.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from cabrief import __version__
from cabrief.assistant.methods import INVALID_PARAMS, METHODS, NAME, JsonObject, Refused, Served, result_of
from cabrief.assistant.parameters import (
    CAPABILITIES_KEY,
    ENVELOPE,
    ENVELOPED,
    HANDSHAKE,
    META,
    PARAMETERS,
    VERSION_KEY,
    check_parameters,
    is_id,
)
from cabrief.assistant.tools import INSTRUCTIONS
from cabrief.language.text import quoted

WITH_HANDSHAKE = ("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25")
WITHOUT_HANDSHAKE = ("2026-07-28",)
WITH_BATCHES = ("2025-03-26",)
MOST_IN_BATCH = 100
PARSE_ERROR, INVALID_REQUEST, METHOD_NOT_FOUND = -32700, -32600, -32601  # codes of JSON-RPC
UNSUPPORTED_VERSION = -32022  # of the protocol, from 2026-07-28 on
ABOUT_US = {"name": NAME, "version": __version__}
OFFERED: dict[str, JsonObject] = {
    "prompts": {"listChanged": False},
    "resources": {"subscribe": False, "listChanged": False},
    "tools": {"listChanged": False},
}
ONCE = ("tools/call", "prompts/get")  # what these return is for one use; how long to keep the rest must be said
NO_MESSAGE = (
    'a message has "jsonrpc": "2.0", a method that is a string, and an id that is a string or a whole number, or none'
)


def _no_number(word: str) -> None:
    raise ValueError(word)


_DECODER = json.JSONDecoder(parse_constant=_no_number)  # Python's own takes NaN and Infinity, which are not JSON


class Session:
    """What one client has agreed with us, and the answers to it."""

    def __init__(self, served: Served) -> None:
        """Begin with a client of which nothing is known."""
        self._served = served
        self._version: str | None = None  # as agreed in the handshake
        self._ready = False  # whether the handshake was made
        self._handshake: bool | None = None  # whether this client makes one; unknown before its first request

    def answer(self, line: str) -> bytes | None:
        """The line that answers a line of the client; None where no answer is due. Raises nothing."""
        try:
            message = _DECODER.decode(line)
        except (ValueError, RecursionError):
            return refusal(PARSE_ERROR, "a line is one message, in JSON")
        if isinstance(message, list):
            return self._batch(message)
        answer = self._one(message)
        return _written(answer) if answer else None

    def _batch(self, messages: list[Any]) -> bytes | None:
        if self._version not in WITH_BATCHES:
            return refusal(INVALID_REQUEST, f"only version {WITH_BATCHES[0]} has batches: send one message in a line")
        if not 1 <= len(messages) <= MOST_IN_BATCH:
            return refusal(INVALID_REQUEST, f"a batch has 1 to {MOST_IN_BATCH} messages")
        answers = [answer for each in messages if (answer := self._one(each, batch=True))]
        return _written(answers) if answers else None

    def _one(self, message: Any, *, batch: bool = False) -> JsonObject | None:
        if not isinstance(message, dict):
            return _refused(None, Refused(INVALID_REQUEST, NO_MESSAGE))
        if "method" not in message and ("result" in message or "error" in message):
            return None  # an answer, where nothing was asked
        method, number = message.get("method"), message.get("id")
        asks = "id" in message
        if message.get("jsonrpc") != "2.0" or not isinstance(method, str) or (asks and not is_id(number)):
            return _refused(number if is_id(number) else None, Refused(INVALID_REQUEST, NO_MESSAGE))
        if not asks:
            self._ready = self._ready or method == "notifications/initialized"
            return None
        if batch and method == "initialize":
            return _refused(number, Refused(INVALID_REQUEST, "initialize stands alone, in no batch"))
        try:
            result = self._result(method, message.get("params"))
        except Refused as refused:
            return _refused(number, refused)
        return {"jsonrpc": "2.0", "id": number, "result": result}

    def _result(self, method: str, params: Any) -> JsonObject:
        if params is None:
            params = {}
        if not isinstance(params, dict):
            raise Refused(INVALID_PARAMS, "params must be an object")
        about = params.get("_meta")
        enveloped = isinstance(about, dict) and VERSION_KEY in about
        if self._handshake is None:
            self._handshake = method == "initialize" or not enveloped
        if not self._handshake:
            return self._without_handshake(method, params)
        if enveloped and method != "initialize":
            words = f"this client speaks a version with a handshake: no request of {WITHOUT_HANDSHAKE[0]} can follow"
            raise Refused(INVALID_REQUEST, words)
        return self._after_handshake(method, params)

    def _after_handshake(self, method: str, params: Mapping[str, Any]) -> JsonObject:
        if method == "initialize":
            return self._initialize(params)
        if method == "ping":
            check_parameters(params, META)
            return {}
        if method not in METHODS:
            raise _no_method(method)
        check_parameters(params, META, *PARAMETERS[method])
        if not self._ready:
            raise Refused(INVALID_PARAMS, "the first request is initialize")
        return result_of(method, self._served, params)

    def _initialize(self, params: Mapping[str, Any]) -> JsonObject:
        check_parameters(params, META, *HANDSHAKE)
        asked = params["protocolVersion"]
        self._version = asked if asked in WITH_HANDSHAKE else WITH_HANDSHAKE[-1]
        self._ready = True
        about = {"serverInfo": ABOUT_US, "instructions": INSTRUCTIONS}
        return {"protocolVersion": self._version, "capabilities": OFFERED, **about}

    def _without_handshake(self, method: str, params: Mapping[str, Any]) -> JsonObject:
        about, known = params.get("_meta"), list(WITHOUT_HANDSHAKE)
        if method == "initialize":
            asked = params.get("protocolVersion")
            told = {"supported": known} | ({"requested": asked} if isinstance(asked, str) else {})
            raise Refused(UNSUPPORTED_VERSION, f"this client speaks {known[0]}, which has no handshake", told)
        if not isinstance(about, dict) or VERSION_KEY not in about or CAPABILITIES_KEY not in about:
            raise Refused(INVALID_PARAMS, f"params._meta must be an object with {VERSION_KEY} and {CAPABILITIES_KEY}")
        version = about[VERSION_KEY]
        if isinstance(version, str) and version not in known:
            told = {"supported": known, "requested": version}
            raise Refused(UNSUPPORTED_VERSION, f"unknown version of the protocol: {quoted(version).en}", told)
        if method not in METHODS and method != "server/discover":
            raise _no_method(method)
        check_parameters(params, ENVELOPED, *PARAMETERS.get(method, ()))
        if method == "server/discover":
            result = {"supportedVersions": known, "capabilities": OFFERED, "instructions": INSTRUCTIONS}
        else:
            result = result_of(method, self._served, params)
        keep = {} if method in ONCE else {"ttlMs": 0, "cacheScope": "private"}
        return {**result, **keep, "resultType": "complete", "_meta": {f"{ENVELOPE}serverInfo": ABOUT_US}}


def _no_method(name: str) -> Refused:
    return Refused(METHOD_NOT_FOUND, f"there is no method {quoted(name).en}")


def _refused(number: Any, why: Refused) -> JsonObject:
    error = {"code": why.code, "message": why.message} | ({} if why.data is None else {"data": why.data})
    return {"jsonrpc": "2.0", "id": number, "error": error}


def refusal(code: int, message: str) -> bytes:
    """The line that answers what is no request, or none that can be told from others."""
    return _written(_refused(None, Refused(code, message)))


def _written(answer: Any) -> bytes:
    """An answer in JSON, which has no line break."""
    try:
        return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:  # half of a pair of surrogates in an id, which JSON can escape and UTF-8 cannot hold
        return json.dumps(answer, separators=(",", ":")).encode()
