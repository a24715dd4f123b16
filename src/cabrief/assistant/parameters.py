"""What the parameters of each method must be, as far as the answer depends on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from cabrief.assistant.methods import INVALID_PARAMS, Refused

# The keys of the protocol in `_meta`; those of version 2026-07-28 and later, where each request tells who asks.
ENVELOPE = "io.modelcontextprotocol/"
VERSION_KEY, CAPABILITIES_KEY = f"{ENVELOPE}protocolVersion", f"{ENVELOPE}clientCapabilities"
LOG_LEVELS = ("debug", "info", "notice", "warning", "error", "critical", "alert", "emergency")


def is_id(value: Any) -> bool:
    """Whether a value can be the id of a request."""
    return isinstance(value, (str, int)) and not isinstance(value, bool)


_SORTS: dict[str, Callable[[Any], bool]] = {
    "a string": lambda value: isinstance(value, str),
    "a string or a whole number": is_id,
    "an object": lambda value: isinstance(value, dict),
    "an object of strings": lambda value: isinstance(value, dict) and all(isinstance(e, str) for e in value.values()),
    f"one of {', '.join(LOG_LEVELS)}": lambda value: value in LOG_LEVELS,
}
_STRING, _TOKEN, _OBJECT, _STRINGS, _LEVEL = _SORTS


class Parameter(NamedTuple):
    """A key of an object: what its value must be, whether it must be there, and the keys of the value."""

    name: str
    sort: str
    needed: bool = False
    keys: tuple[Parameter, ...] = ()


_PROGRAM = (Parameter("name", _STRING, needed=True), Parameter("version", _STRING, needed=True))
_NAME = Parameter("name", _STRING, needed=True)
_PAGED = (Parameter("cursor", _STRING),)
HANDSHAKE = (
    Parameter("protocolVersion", _STRING, needed=True),
    Parameter("capabilities", _OBJECT, needed=True),
    Parameter("clientInfo", _OBJECT, needed=True, keys=_PROGRAM),
)
PARAMETERS: dict[str, tuple[Parameter, ...]] = {
    "tools/list": _PAGED,
    "tools/call": (_NAME, Parameter("arguments", _OBJECT)),
    "resources/list": _PAGED,
    "resources/templates/list": _PAGED,
    "resources/read": (Parameter("uri", _STRING, needed=True),),
    "prompts/list": _PAGED,
    "prompts/get": (_NAME, Parameter("arguments", _STRINGS)),
}
META = Parameter("_meta", _OBJECT, keys=(Parameter("progressToken", _TOKEN),))
ENVELOPED = Parameter(
    "_meta",
    _OBJECT,
    needed=True,
    keys=(
        *META.keys,
        Parameter(VERSION_KEY, _STRING, needed=True),
        Parameter(CAPABILITIES_KEY, _OBJECT, needed=True),
        Parameter(f"{ENVELOPE}clientInfo", _OBJECT, keys=_PROGRAM),
        Parameter(f"{ENVELOPE}logLevel", _LEVEL),
    ),
)


def check_parameters(values: Mapping[str, Any], *wanted: Parameter, of: str = "params") -> None:
    """Raise Refused where a value is missing, or is not what it must be. Null is no value."""
    for each in wanted:
        value = values.get(each.name)
        if value is None and not each.needed:
            continue
        if not _SORTS[each.sort](value):
            raise Refused(INVALID_PARAMS, f"{of}.{each.name} must be {each.sort}")
        if isinstance(value, dict):
            check_parameters(value, *each.keys, of=f"{of}.{each.name}")
