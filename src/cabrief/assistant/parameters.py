"""What the parameters of each method must be, as far as the answer depends on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from cabrief.assistant.methods import INVALID_PARAMS, Refused

# The keys of the protocol in `_meta`; those of version 2026-07-28 and later, where each request tells who asks.
ENVELOPE = "io.modelcontextprotocol/"
VERSION_KEY, CAPABILITIES_KEY = f"{ENVELOPE}protocolVersion", f"{ENVELOPE}clientCapabilities"
LEVELS = ("debug", "info", "notice", "warning", "error", "critical", "alert", "emergency")


def is_id(value: Any) -> bool:
    """Whether a value can be the id of a request."""
    return isinstance(value, (str, int)) and not isinstance(value, bool)


SORTS: dict[str, Callable[[Any], bool]] = {
    "a string": lambda value: isinstance(value, str),
    "a string or a whole number": is_id,
    "an object": lambda value: isinstance(value, dict),
    "an object of strings": lambda value: isinstance(value, dict) and all(isinstance(e, str) for e in value.values()),
    f"one of {', '.join(LEVELS)}": lambda value: value in LEVELS,
}
STRING, TOKEN, OBJECT, STRINGS, LEVEL = SORTS


class Parameter(NamedTuple):
    """A key of an object: what its value must be, whether it must be there, and the keys of the value."""

    name: str
    sort: str
    needed: bool = False
    keys: tuple[Parameter, ...] = ()


PROGRAM = (Parameter("name", STRING, needed=True), Parameter("version", STRING, needed=True))
NAMED = Parameter("name", STRING, needed=True)
PAGED = (Parameter("cursor", STRING),)
HANDSHAKE = (
    Parameter("protocolVersion", STRING, needed=True),
    Parameter("capabilities", OBJECT, needed=True),
    Parameter("clientInfo", OBJECT, needed=True, keys=PROGRAM),
)
PARAMETERS: dict[str, tuple[Parameter, ...]] = {
    "tools/list": PAGED,
    "tools/call": (NAMED, Parameter("arguments", OBJECT)),
    "resources/list": PAGED,
    "resources/templates/list": PAGED,
    "resources/read": (Parameter("uri", STRING, needed=True),),
    "prompts/list": PAGED,
    "prompts/get": (NAMED, Parameter("arguments", STRINGS)),
}
ABOUT = Parameter("_meta", OBJECT, keys=(Parameter("progressToken", TOKEN),))
ENVELOPED = Parameter(
    "_meta",
    OBJECT,
    needed=True,
    keys=(
        *ABOUT.keys,
        Parameter(VERSION_KEY, STRING, needed=True),
        Parameter(CAPABILITIES_KEY, OBJECT, needed=True),
        Parameter(f"{ENVELOPE}clientInfo", OBJECT, keys=PROGRAM),
        Parameter(f"{ENVELOPE}logLevel", LEVEL),
    ),
)


def check(values: Mapping[str, Any], *wanted: Parameter, of: str = "params") -> None:
    """Raise Refused where a value is missing, or is not what it must be. Null is no value."""
    for each in wanted:
        value = values.get(each.name)
        if value is None and not each.needed:
            continue
        if not SORTS[each.sort](value):
            raise Refused(INVALID_PARAMS, f"{of}.{each.name} must be {each.sort}")
        if isinstance(value, dict):
            check(value, *each.keys, of=f"{of}.{each.name}")
