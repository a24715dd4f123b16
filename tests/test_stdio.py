"""The server over stdin and stdout, line by line: what the protocol asks for, and that it answers as the SDK's server does."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import anyio
import mcp_types
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mcp.server.transport_security import DEFAULT_MAX_REQUEST_BODY_SIZE
from mcp.shared.message import SessionMessage
from mcp_types import jsonrpc, methods, version

import cabrief
from cabrief.assistant import server, session, stdio
from cabrief.assistant.methods import INTERNAL_ERROR, INVALID_PARAMS, METHODS, Served
from cabrief.assistant.parameters import CAPABILITIES_KEY, ENVELOPE, LOG_LEVELS, PARAMETERS, VERSION_KEY
from cabrief.assistant.resources import PREPARE
from cabrief.assistant.session import (
    INVALID_REQUEST,
    METHOD_NOT_FOUND,
    MOST_IN_BATCH,
    PARSE_ERROR,
    UNSUPPORTED_VERSION,
    WITH_BATCHES,
    WITH_HANDSHAKE,
    WITHOUT_HANDSHAKE,
    Session,
)
from cabrief.assistant.stdio import LONGEST_LINE, answer_line, lines_from
from cabrief.library.fact_base import FactBase
from conftest import Run, examples

DAY = "2026-11-26"
LATEST = WITH_HANDSHAKE[-1]
WHO = {"name": "test", "version": "1"}
ENVELOPED = {VERSION_KEY: WITHOUT_HANDSHAKE[0], CAPABILITIES_KEY: {}, f"{ENVELOPE}clientInfo": WHO}
INITIALIZED = {"jsonrpc": "2.0", "method": "notifications/initialized"}
WHY = {"name": "why", "arguments": {"fact": "kz-multi-vector-policy", "limit": 2}}
FACTS: FactBase


@pytest.fixture(autouse=True, scope="module")
def _facts_of_the_module(cache: Path) -> Iterator[None]:
    global FACTS  # noqa: PLW0603 - hypothesis calls a test many times, with one fixture
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CABRIEF_CACHE_DIR", str(cache))
        FACTS = cabrief.open(as_of=DAY, lang="en")
    yield


def _raise(error: Exception) -> None:
    raise error


def request(number: Any, method: str, params: Any = None, **more: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": number, "method": method} | ({} if params is None else {"params": params}) | more


def hello(asked: str = LATEST, number: Any = 0, **more: Any) -> dict[str, Any]:
    params = {"protocolVersion": asked, "capabilities": {}, "clientInfo": WHO, **more}
    return request(number, "initialize", params)


def new(*greetings: dict[str, Any]) -> Session:
    """A session of a client that has sent some messages, each of which was answered well."""
    found = Session(Served(lambda: FACTS, _raise))
    for each in greetings:
        assert "error" not in (tell(found, each) or {})
    return found


def tell(to: Session, message: Any) -> Any:
    """The answer to a line, or to a value as a line; None where there is none."""
    line = message if isinstance(message, bytes) else json.dumps(message).encode()
    answer = answer_line(to, line)
    assert answer is None or b"\n" not in answer
    return None if answer is None else json.loads(answer)


# The same as the SDK


def test_versions_codes_methods_and_sizes_are_those_of_the_sdk() -> None:
    assert WITH_HANDSHAKE == version.HANDSHAKE_PROTOCOL_VERSIONS
    assert WITHOUT_HANDSHAKE == version.MODERN_PROTOCOL_VERSIONS
    assert (PARSE_ERROR, INVALID_REQUEST, METHOD_NOT_FOUND, INVALID_PARAMS, INTERNAL_ERROR, UNSUPPORTED_VERSION) == (
        jsonrpc.PARSE_ERROR,
        jsonrpc.INVALID_REQUEST,
        jsonrpc.METHOD_NOT_FOUND,
        jsonrpc.INVALID_PARAMS,
        jsonrpc.INTERNAL_ERROR,
        jsonrpc.UNSUPPORTED_PROTOCOL_VERSION,
    )
    assert set(METHODS) == set(server.SDK_TYPES) == set(PARAMETERS) < methods.SPEC_CLIENT_METHODS
    assert set(METHODS) - set(session.ONCE) == methods.CACHEABLE_METHODS - {"server/discover"}
    assert (VERSION_KEY, CAPABILITIES_KEY) == (
        mcp_types.PROTOCOL_VERSION_META_KEY,
        mcp_types.CLIENT_CAPABILITIES_META_KEY,
    )
    assert set(LOG_LEVELS) == set(get_args(mcp_types.LoggingLevel))
    assert LONGEST_LINE == DEFAULT_MAX_REQUEST_BODY_SIZE


# What a client asks: a method, and its parameters.
ASKED: list[tuple[str, Any]] = [
    ("ping", None),
    ("ping", {"_meta": {"progressToken": 5}, "more": 1}),
    ("ping", {"_meta": 5}),
    ("ping", {"_meta": {"progressToken": []}}),
    ("tools/list", None),
    ("tools/list", {}),
    ("tools/list", {"cursor": None}),
    ("tools/list", {"cursor": "x"}),
    ("tools/list", {"cursor": 5}),
    ("tools/call", None),
    ("tools/call", {}),
    ("tools/call", {"name": 5}),
    ("tools/call", {"name": None}),
    ("tools/call", {"name": "why", "arguments": [1]}),
    ("tools/call", {"name": "why", "arguments": None}),
    ("tools/call", WHY),
    ("tools/call", {"name": "country", "arguments": {"name": "KZ", "lang": "ja"}}),
    ("tools/call", {"name": "country", "arguments": {"name": "kazakstn"}}),
    ("tools/call", {"name": "nothing", "arguments": {}}),
    ("tools/call", {"name": "treaties", "arguments": {"type": "xyzzy", "lang": "ja"}}),
    ("resources/list", None),
    ("resources/list", {"cursor": []}),
    ("resources/templates/list", None),
    ("resources/read", {"uri": "cabrief://country/KZ"}),
    ("resources/read", {"uri": "cabrief://fact/kz-multi-vector-policy"}),
    ("resources/read", {"uri": "cabrief://nothing/x"}),
    ("resources/read", {"uri": "cabrief://fact/nothing-of-this-kind"}),
    ("resources/read", {"uri": 5}),
    ("resources/read", {}),
    ("prompts/list", None),
    ("prompts/get", {"name": PREPARE, "arguments": {"with": "カザフスタン", "day": "3 Dec 2026", "lang": "ja"}}),
    ("prompts/get", {"name": PREPARE, "arguments": {"with": "nobody at all"}}),
    ("prompts/get", {"name": PREPARE, "arguments": {"with": 5}}),
    ("prompts/get", {"name": PREPARE, "arguments": {"with": None}}),
    ("prompts/get", {"name": PREPARE}),
    ("prompts/get", {"name": "other"}),
    ("prompts/get", None),
    ("nothing", None),
    ("nothing", {"x": 1}),
    ("notifications/initialized", None),
    ("resources/subscribe", {"uri": "cabrief://country/KZ"}),
    ("logging/setLevel", {"level": "debug"}),
    ("server/discover", None),
]
CHANGES: list[dict[str, Any]] = [  # of the envelope
    {VERSION_KEY: "2025-11-25"},
    {VERSION_KEY: "2099-01-01"},
    {VERSION_KEY: 5},
    {CAPABILITIES_KEY: 5},
    {CAPABILITIES_KEY: None},
    {CAPABILITIES_KEY: {"roots": {}}},
    {f"{ENVELOPE}clientInfo": None},
    {f"{ENVELOPE}clientInfo": "me"},
    {f"{ENVELOPE}clientInfo": {"name": "me"}},
    {f"{ENVELOPE}logLevel": "info"},
    {f"{ENVELOPE}logLevel": "loud"},
    {"progressToken": "x"},
    {"progressToken": {}},
]
WITH_ENVELOPE: list[tuple[str, Any]] = [
    *((method, {**(params or {}), "_meta": ENVELOPED}) for method, params in ASKED),
    *(("server/discover", {"_meta": {**ENVELOPED, **changed}}) for changed in CHANGES),
]
WRONG_GREETINGS: list[dict[str, Any]] = [
    {"protocolVersion": None},
    {"protocolVersion": 5},
    {"capabilities": []},
    {"capabilities": None},
    {"clientInfo": {}},
    {"clientInfo": {"name": "x", "version": 1}},
    {"_meta": 5},
]
WITHOUT_ENVELOPE: list[tuple[str, Any]] = [
    ("tools/list", None),
    ("tools/list", {"_meta": 5}),
    ("tools/list", {"_meta": {VERSION_KEY: WITHOUT_HANDSHAKE[0]}}),
    ("nothing", {"_meta": {CAPABILITIES_KEY: {}}}),
    ("initialize", hello()["params"]),
    ("initialize", None),
]
SESSIONS: dict[str, list[dict[str, Any]]] = {
    **{
        asked: [
            hello(asked),
            INITIALIZED,
            *(request(number, *each) for number, each in enumerate(ASKED, 1)),
            hello("2024-11-05", "again"),
            request("enveloped", "tools/list", {"_meta": ENVELOPED}),
        ]
        for asked in (*WITH_HANDSHAKE, "2099-01-01")
    },
    "wrong greetings": [
        *(
            request(number, "initialize", {**hello()["params"], **changed})
            for number, changed in enumerate(WRONG_GREETINGS)
        ),
        request("empty", "initialize", {}),
        request("none", "initialize"),
        request("still none", "tools/list"),
    ],
    "before the greeting": [*(request(number, *each) for number, each in enumerate(ASKED, 1)), hello()],
    "without a request to greet": [INITIALIZED, request(1, "tools/list"), request(2, "tools/call", WHY)],
    "without a handshake": [
        *(request(number, *each) for number, each in enumerate([*WITH_ENVELOPE, *WITHOUT_ENVELOPE], 1)),
        request("last", "server/discover", {"_meta": ENVELOPED}),
    ],
}


@pytest.mark.one_in(12)
@pytest.mark.parametrize("of", SESSIONS)
def test_the_sdk_server_answers_the_same(of: str) -> None:
    """Results are the same JSON. Errors have the same code, and the same message where it is ours; else ours says more."""
    theirs = anyio.run(_answers_of_the_sdk, SESSIONS[of])
    ours = new()
    results = 0
    for message, their in zip(SESSIONS[of], theirs, strict=True):
        our = tell(ours, message)
        if their is None or "result" in their:
            assert our == their, message
            results += their is not None
            continue
        assert (our["id"], our["error"]["code"]) == (their["id"], their["error"]["code"]), message
        assert their["error"].get("data") in ("", message["method"], our["error"].get("data")), message
        if their["error"]["message"].startswith(("there is no", "the prompt needs")):
            assert our["error"] == their["error"]
    assert results >= {"wrong greetings": 0}.get(of, 2)


async def _answers_of_the_sdk(messages: list[dict[str, Any]]) -> list[Any]:
    """What the SDK's server answers to each of some messages, as JSON."""
    to_server, its_messages = anyio.create_memory_object_stream[SessionMessage | Exception](0)
    its_answers, from_server = anyio.create_memory_object_stream[SessionMessage](0)
    served = server.build_server(Served(lambda: FACTS, _raise))
    answers: list[Any] = []
    with anyio.fail_after(60):
        async with anyio.create_task_group() as group:
            group.start_soon(served.run, its_messages, its_answers, served.create_initialization_options())
            async with to_server, from_server:
                for each in messages:
                    await to_server.send(SessionMessage(jsonrpc.jsonrpc_message_adapter.validate_python(each)))
                    if "id" not in each:
                        answers.append(None)
                        await anyio.wait_all_tasks_blocked()
                        continue
                    found = (await from_server.receive()).message
                    answers.append(json.loads(found.model_dump_json(by_alias=True, exclude_unset=True)))
            group.cancel_scope.cancel()
    return answers


# What the protocol asks for


@pytest.mark.parametrize("asked", [*WITH_HANDSHAKE, *WITHOUT_HANDSHAKE, "1999", "", "2025-06-18 "])
def test_a_version_that_is_known_is_taken_and_else_the_latest(asked: str) -> None:
    result = tell(new(), hello(asked))["result"]
    assert result["protocolVersion"] == (asked if asked in WITH_HANDSHAKE else LATEST)
    assert result["serverInfo"] == {"name": "cabrief", "version": cabrief.__version__}


def test_before_the_greeting_nothing_is_told() -> None:
    """Only a ping is answered, and whether there is such a method."""
    client = new()
    for method in METHODS:
        assert tell(client, request(1, method, {"name": "x", "uri": "x"}))["error"]["code"] == INVALID_PARAMS
    assert tell(client, request(1, "ping"))["result"] == {}
    assert tell(client, request(1, "nothing"))["error"]["code"] == METHOD_NOT_FOUND
    tell(client, hello())
    assert "result" in tell(client, request(1, "tools/list"))


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"x",
        b"\xff\xfe",
        b"[1",
        b"[" * 20000,
        b'{"a":' * 20000,
        b'{"jsonrpc":"2.0","id":1,"method":"ping"} {}',
        b'\xef\xbb\xbf{"jsonrpc":"2.0","id":1,"method":"ping"}',
        b'{"jsonrpc":"2.0","id":1,"method":"ping","params":{"x":NaN}}',
        b'{"jsonrpc":"2.0","id":1,"method":"ping","params":{"x":-Infinity}}',
        b'{"jsonrpc":"2.0","id":' + b"9" * 5000 + b',"method":"ping"}',
        b"{'jsonrpc':'2.0','id':1,'method':'ping'}",
    ],
)
def test_what_is_no_json_is_a_parse_error(line: bytes) -> None:
    client = new(hello())
    answer = tell(client, line)
    assert (answer["id"], answer["error"]["code"]) == (None, PARSE_ERROR)
    assert tell(client, request(2, "ping")) == {"jsonrpc": "2.0", "id": 2, "result": {}}


@pytest.mark.parametrize(
    ("message", "number"),
    [
        ({}, None),
        (None, None),
        (5, None),
        ("ping", None),
        (True, None),
        ({"jsonrpc": "2.0"}, None),
        ({"jsonrpc": "2.0", "id": 7}, 7),
        ({"id": 7, "method": "ping"}, 7),
        ({"jsonrpc": "1.0", "id": "x", "method": "ping"}, "x"),
        ({"jsonrpc": 2.0, "id": 7, "method": "ping"}, 7),
        ({"jsonrpc": "2.0", "id": 7, "method": 5}, 7),
        ({"jsonrpc": "2.0", "method": 5}, None),
        ({"jsonrpc": "2.0", "id": None, "method": "ping"}, None),
        ({"jsonrpc": "2.0", "id": True, "method": "ping"}, None),
        ({"jsonrpc": "2.0", "id": 1.5, "method": "ping"}, None),
        ({"jsonrpc": "2.0", "id": [1], "method": "ping"}, None),
    ],
)
def test_what_is_no_request_is_an_invalid_request(message: Any, number: Any) -> None:
    answer = tell(new(hello()), message)
    assert (answer["id"], answer["error"]["code"]) == (number, INVALID_REQUEST)


@pytest.mark.parametrize("params", [[], [1], 5, "x", True])
def test_parameters_are_an_object(params: Any) -> None:
    for client in (new(hello()), new()):
        assert tell(client, request(1, "ping", params))["error"]["code"] == INVALID_PARAMS
        assert tell(client, {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": params}) is None
    undecided = new()
    tell(undecided, request(1, "ping", params))  # what is wrong decides nothing
    assert "result" in tell(undecided, request(2, "server/discover", {"_meta": ENVELOPED}))


def test_errors_of_the_protocol_say_what_would_be_right() -> None:
    client = new(hello())
    for method, params, said in (
        ("tools/call", {"name": 5}, "params.name must be a string"),
        ("tools/call", {"name": "why", "arguments": []}, "params.arguments must be an object"),
        ("prompts/get", {"name": "x", "arguments": {"with": 5}}, "params.arguments must be an object of strings"),
        (
            "initialize",
            {**hello()["params"], "clientInfo": {"name": "x"}},
            "params.clientInfo.version must be a string",
        ),
        ("no/such", {}, "there is no method 'no/such'"),
    ):
        assert tell(client, request(1, method, params))["error"]["message"] == said


@pytest.mark.parametrize(
    "message",
    [
        INITIALIZED,
        {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 1}},
        {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": {"x": []}}},
        {"jsonrpc": "2.0", "method": "notifications/nothing"},
        {"jsonrpc": "2.0", "method": "tools/call", "params": WHY},
        {"jsonrpc": "2.0", "id": 1, "result": {}},
        {"jsonrpc": "2.0", "id": 1, "error": {"code": 1, "message": "x"}},
        {"jsonrpc": "2.0", "id": None, "error": {"code": 1, "message": "x"}},
        b"",
        b"  \t\r",
    ],
)
def test_what_asks_nothing_gets_no_answer(message: Any) -> None:
    client = new(hello())
    assert tell(client, message) is None
    assert tell(client, request(1, "ping")) == {"jsonrpc": "2.0", "id": 1, "result": {}}


@pytest.mark.parametrize("number", [0, -1, 10**30, "", "x", "番号", "\ud800", "\u2028\n"])
def test_an_answer_has_the_id_of_its_request(number: Any) -> None:
    client = new(hello())
    assert tell(client, request(number, "ping"))["id"] == number
    assert tell(client, request(number, "nothing"))["id"] == number


def test_a_broken_character_does_not_cost_a_request_its_answer() -> None:
    """It reads as the sign for what cannot be read."""
    line = (
        b'{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"country","arguments":{"name":"\xff\xc3"}}}\r'
    )
    result = tell(new(hello()), line)["result"]
    assert result["isError"]
    assert "\ufffd" in result["content"][0]["text"]


@pytest.mark.parametrize("asked", WITH_HANDSHAKE)
def test_only_one_version_has_batches(asked: str) -> None:
    client = new(hello(asked))
    answer = tell(client, [request(1, "ping"), INITIALIZED, request(2, "nothing"), 5, request(3, "tools/call", WHY)])
    if asked not in WITH_BATCHES:
        assert (answer["id"], answer["error"]["code"]) == (None, INVALID_REQUEST)
        return
    assert [(each["id"], each.get("error", {}).get("code")) for each in answer] == [
        (1, None),
        (2, METHOD_NOT_FOUND),
        (None, INVALID_REQUEST),
        (3, None),
    ]
    assert tell(client, [INITIALIZED, INITIALIZED]) is None
    (greeting,) = tell(client, [hello("2025-06-18", 9)])
    assert (greeting["id"], greeting["error"]["code"]) == (9, INVALID_REQUEST)
    (inner,) = tell(client, [[request(1, "ping")]])
    assert inner["error"]["code"] == INVALID_REQUEST
    assert len(tell(client, [request(number, "ping") for number in range(MOST_IN_BATCH)])) == MOST_IN_BATCH
    for wrong in ([], [request(1, "ping")] * (MOST_IN_BATCH + 1)):
        assert tell(client, wrong)["error"]["code"] == INVALID_REQUEST


def test_there_are_no_batches_before_a_version_is_agreed() -> None:
    for client in (new(), new(request(1, "server/discover", {"_meta": ENVELOPED}))):
        assert tell(client, [request(1, "ping")])["error"]["code"] == INVALID_REQUEST


@pytest.mark.parametrize("depth", [50, 400, 800, 950, 5000])
def test_arguments_that_are_nested_deeply_are_no_bug(depth: int) -> None:
    value = b"[" * depth + b"]" * depth
    line = b'{"jsonrpc":"2.0","id":1,"method":"%s","params":{"name":"timeline","protocolVersion":%s,"arguments":{"%s":%s}}}'
    for method, argument in ((b"tools/call", b"limit"), (b"tools/call", b"country"), (b"initialize", b"x")):
        for client in (new(hello()), new(request(1, "server/discover", {"_meta": ENVELOPED}))):
            answer = tell(client, line % (method, value, argument, value))
            assert "error" in answer or answer["result"]["isError"]
            assert "bug" not in json.dumps(answer)
            assert len(json.dumps(answer)) < 1000


@pytest.mark.parametrize("method", sorted(METHODS))
def test_a_bug_is_told_and_ends_nothing(method: str) -> None:
    def broken() -> FactBase:
        raise ZeroDivisionError("by nothing")

    bugs: list[Exception] = []
    client = Session(Served(broken, bugs.append))
    tell(client, hello())
    answer = tell(
        client, request(1, method, {"name": PREPARE, "uri": "cabrief://country/KZ", "arguments": {"with": "KZ"}})
    )
    if not bugs:
        assert method in ("tools/list", "resources/templates/list", "prompts/list")  # which no fact changes
        return
    told = answer["result"]["content"][0]["text"] if method == "tools/call" else answer["error"]["message"]
    assert told == "this is a bug, please report it: ZeroDivisionError: by nothing"
    assert method == "tools/call" or answer["error"]["code"] == INTERNAL_ERROR


# Lines


def test_a_line_that_is_too_long_is_refused_and_the_next_one_answered() -> None:
    """Up to the limit a line is read."""
    message = json.dumps(request(1, "ping")).encode()
    fits, too_long = message.ljust(LONGEST_LINE), message.ljust(LONGEST_LINE + 1)
    stream = b"\n".join([fits, too_long, too_long * 2, json.dumps(request(2, "ping")).encode(), too_long])
    chunks = [stream[start : start + stdio.CHUNK] for start in range(0, len(stream), stdio.CHUNK)]
    client = new(hello())
    answers = [json.loads(answer_line(client, line) or b"") for line in lines_from(chunks)]
    assert [(each["id"], each.get("error", {}).get("code")) for each in answers] == [
        (1, None),
        (None, INVALID_REQUEST),
        (None, INVALID_REQUEST),
        (2, None),
        (None, INVALID_REQUEST),
    ]
    assert str(LONGEST_LINE) in answers[1]["error"]["message"]


@settings(max_examples=examples(200))
@given(st.binary(max_size=60).map(lambda raw: raw.replace(b"\x00", b"\n")), st.lists(st.integers(0, 60), max_size=8))
def test_lines_do_not_depend_on_how_they_arrive(stream: bytes, cuts: list[int]) -> None:
    places = [0, *sorted(cut for cut in cuts if cut < len(stream)), len(stream)]
    chunks = [stream[start:end] for start, end in pairwise(places)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stdio, "LONGEST_LINE", 10)
        found = list(lines_from(chunks))
    expected = stream.split(b"\n")
    expected = expected if expected[-1] else expected[:-1]
    assert found == [line if len(line) <= 10 else None for line in expected]


def test_reading_ahead_pauses_and_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """No more than so much is waiting, and one line, while the client writes more than a pipe holds."""
    monkeypatch.setattr(stdio, "MOST_WAITING", 1000)
    reading, writing = os.pipe()
    written = [b"%d" % number * 20 for number in range(5000)]

    def write() -> None:
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(b"\n".join(written))

    inbox, taken, sizes = stdio._Inbox(), list[bytes | None](), list[int]()

    def take() -> None:
        for line in inbox:
            taken.append(line)
            sizes.append(inbox._size)

    threads = [
        threading.Thread(target=target, args=given_, daemon=True)
        for target, given_ in ((write, ()), (inbox.fill, (reading,)), (take, ()))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    os.close(reading)
    assert taken == written
    assert max(sizes) < 1000 + len(written[-1])


# Whatever comes

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
NAMES = st.sampled_from([*METHODS, "initialize", "ping", "server/discover", "notifications/cancelled", "x"])
SOME = st.sampled_from(
    [params for _, params in [*WITH_ENVELOPE, *ASKED]] + [hello(each)["params"] for each in WITH_HANDSHAKE]
)
MESSAGES = st.fixed_dictionaries(
    {"jsonrpc": st.just("2.0") | SCALARS, "method": NAMES | VALUES},
    optional={"id": st.integers() | st.text(max_size=5) | VALUES, "params": SOME | VALUES, "result": VALUES},
)
GOOD = st.builds(request, st.integers() | st.text(max_size=5), NAMES, SOME | st.none())
LINES = (
    st.binary(max_size=40)
    | (MESSAGES | VALUES | GOOD | st.lists(GOOD | MESSAGES, max_size=3)).map(lambda value: json.dumps(value).encode())
    | st.tuples(GOOD, st.integers(0, 100), st.binary(max_size=3)).map(
        lambda each: (line := json.dumps(each[0]).encode())[: each[1]] + each[2] + line[each[1] :]
    )
)


def ids_due(line: bytes, *, batches: bool) -> list[Any]:
    """Ids of the answers that are due to a line, in order; None for an error that belongs to no request."""
    words = line.decode("utf-8", "replace")
    if not words.strip(" \t\r"):
        return []
    try:
        value = json.loads(words, parse_constant=_no_number)
    except ValueError:
        return [None]
    if isinstance(value, list) and batches and value:
        return [id_ for each in value for id_ in _ids_due(each)]
    return _ids_due(value)


def _no_number(word: str) -> None:
    raise ValueError(word)


def _ids_due(message: Any) -> list[Any]:
    if not isinstance(message, dict):
        return [None]
    if "method" not in message and ("result" in message or "error" in message):
        return []
    for kind in (jsonrpc.JSONRPCRequest, jsonrpc.JSONRPCNotification):
        with suppress(ValueError):
            known = kind.model_validate({**message, "params": None})
            if kind is jsonrpc.JSONRPCRequest or "id" not in message:
                return [known.id] if isinstance(known, jsonrpc.JSONRPCRequest) else []
    id_ = message.get("id")
    return [id_ if isinstance(id_, str | int) and not isinstance(id_, bool) else None]


@settings(max_examples=examples(400))
@given(
    st.lists(LINES.map(lambda line: line.replace(b"\n", b" ")), max_size=6), st.sampled_from([None, *WITH_HANDSHAKE])
)
def test_whatever_comes_each_request_gets_one_answer(lines: list[bytes], greeted: str | None) -> None:
    """Nothing ends the loop. What is a request, the SDK says; each answer is one as the SDK reads them."""
    client = new(hello(greeted)) if greeted else new()
    for line in [*lines, json.dumps(request("last", "ping")).encode()]:
        due = ids_due(line, batches=client._version in WITH_BATCHES)
        answer = tell(client, line)
        told = [] if answer is None else answer if isinstance(answer, list) else [answer]
        assert [each["id"] for each in told] == due, line
        for each in told:
            jsonrpc.jsonrpc_message_adapter.validate_python(each)
            assert ("result" in each) != ("error" in each)


# As a process


@contextmanager
def serving(*command: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A server with pipes, which is killed if it hangs."""
    arguments = command or ("-m", "cabrief", "mcp", "--as-of", DAY)
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, *arguments], stdin=pipe, stdout=pipe, stderr=pipe) as process:
        clock = threading.Timer(90, process.kill)
        clock.start()
        try:
            yield process
        finally:
            clock.cancel()
            process.kill()


def lines(*messages: Any) -> bytes:
    return b"".join(json.dumps(each).encode() + b"\n" for each in messages)


def test_many_requests_written_before_one_answer_is_read() -> None:
    """More than the pipes hold, in both directions: the client may write on, and each is answered in order."""
    count = 6000
    with serving() as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(lines(hello(), INITIALIZED, *(request(number, "ping") for number in range(1, count))))
        process.stdin.close()
        assert [json.loads(line)["id"] for line in process.stdout] == list(range(count))
        assert process.wait() == 0


def test_a_last_line_without_an_end_is_answered() -> None:
    with serving() as process:
        out, said = process.communicate(lines(hello()) + json.dumps(request(1, "tools/call", WHY)).encode())
    assert [json.loads(line)["id"] for line in out.splitlines()] == [0, 1]
    assert (process.returncode, said) == (0, b"")


def test_what_is_no_message_does_not_end_the_server() -> None:
    with serving() as process:
        junk = b"\xff\xfe\n{}\nnull\n[1\n" + b"[" * 20000 + b"\n" + b" " * (LONGEST_LINE + 1) + b"\n\n"
        out, said = process.communicate(lines(hello()) + junk + lines(request(7, "tools/call", WHY)))
    answers = [json.loads(line) for line in out.splitlines()]
    assert [each["id"] for each in answers] == [0, *[None] * 6, 7]
    assert answers[-1]["result"]["structuredContent"]["title"].startswith("Why: kz-multi-vector-policy")
    assert (process.returncode, said) == (0, b"")


PRINTING = """
import os, subprocess, sys
from cabrief.assistant import tools
answer = tools.call
def call(*given):
    print("by Python", flush=True)
    os.write(1, b"by number\\n")
    print("by a child", subprocess.run("echo from a child; cat", shell=True).returncode)
    return answer(*given)
tools.call = call
sys.argv = ["cabrief", "mcp", "--as-of", "2026-11-26"]
from cabrief.__main__ import run
run()
"""


def test_nothing_but_messages_goes_to_stdout_and_nobody_else_reads_stdin() -> None:
    """What a library or a child prints by mistake goes to stderr; a child that reads finds the end."""
    with serving("-c", PRINTING) as process:
        out, said = process.communicate(lines(hello(), request(1, "tools/call", WHY), request(2, "tools/call", WHY)))
    assert [json.loads(line)["id"] for line in out.splitlines()] == [0, 1, 2]
    for words in (b"by Python", b"by number", b"from a child", b"by a child 0"):
        assert said.count(words) == 2, said


@pytest.mark.slow
def test_a_session_imports_neither_the_sdk_nor_pydantic(run_process: Run) -> None:
    """Whatever is asked, with and without a handshake; and so the base install is enough."""
    run_process("country", "KZ", "--as-of", DAY)  # the facts are built
    asked = [request(number, *each) for number, each in enumerate(ASKED, 1)]
    without = [request(number, *each) for number, each in enumerate(WITH_ENVELOPE, 1)]
    for messages in ([hello(), INITIALIZED, *asked], without):
        with serving("-X", "importtime", "-m", "cabrief", "mcp", "--as-of", DAY) as process:
            out, said = process.communicate(lines(*messages))
        assert len(out.splitlines()) == len([each for each in messages if "id" in each])
        imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in said.decode().splitlines()}
        assert "cabrief" in imported
        assert not imported & {
            "mcp",
            "mcp_types",
            "pydantic",
            "pydantic_core",
            "anyio",
            "starlette",
            "uvicorn",
            "asyncio",
        }


def test_a_closed_stdin_is_an_end_and_a_closed_stdout_an_error() -> None:
    for redirection, code, told in (("<&-", 0, ""), (">&- </dev/null", 0, ""), (">&-", 2, "standard output is closed")):
        done = subprocess.run(
            ["bash", "-c", f'"$0" -m cabrief mcp --as-of {DAY} {redirection}', sys.executable],
            input=lines(hello()) if redirection == ">&-" else None,
            capture_output=True,
            check=False,
            timeout=90,
        )
        assert done.returncode == code, done.stderr
        assert told in done.stderr.decode()
