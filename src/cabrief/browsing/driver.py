"""What reads the keys of the full screen."""

from __future__ import annotations

import codecs
import sys
from functools import partial

from textual.driver import Driver


def forgive(driver: type[Driver]) -> None:
    """Have a driver pass over bytes that are no UTF-8, by which Textual's own ends with a fault.

    A terminal of another encoding sends them, and so does whoever pastes them. Only these bytes are lost: keys that come
    with them in one reading count. The drivers take their decoder by this name from their own module.
    """
    names = vars(sys.modules[driver.__module__])
    if "getincrementaldecoder" in names:
        names["getincrementaldecoder"] = lambda encoding: partial(codecs.getincrementaldecoder(encoding), "ignore")
