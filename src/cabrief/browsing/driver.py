"""What reads the keys of the full screen."""

from __future__ import annotations

import codecs
import os
import signal
import sys
from typing import Any

from textual.driver import Driver


def forgive(driver: type[Driver]) -> None:
    """Have a driver pass over bytes that are no UTF-8, by which Textual's own ends with a fault.

    A terminal of another encoding sends them, and so does whoever pastes them. Only these bytes are lost: keys that come
    with them in one reading count. And have it end where the terminal is gone, of which a program is not told that
    runs below nohup. The drivers take their decoder by this name from their own module.
    """
    names = vars(sys.modules[driver.__module__])
    if "getincrementaldecoder" in names:
        names["getincrementaldecoder"] = lambda _: _Keys


class _Keys:
    """Bytes of a terminal as letters."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("ignore")

    def decode(self, raw: bytes, final: bool = False) -> Any:  # noqa: FBT001, FBT002 - as the one in its place
        """The letters; no bytes at all are the end of a terminal."""
        if not raw and not final:
            os._exit(128 + signal.SIGHUP)
        return self._decoder.decode(raw, final)
