"""What reads the keys of the full screen."""

from __future__ import annotations

from typing import Any

from textual.driver import Driver


def forgiving(driver: type[Driver]) -> type[Driver]:
    """A driver that passes over bytes that are no UTF-8, by which Textual's own ends with a fault.

    A terminal of another encoding sends them, and so does whoever pastes them.
    """
    base: Any = driver

    class Forgiving(base):  # type: ignore[misc]
        def run_input_thread(self) -> None:
            while True:
                try:
                    super().run_input_thread()
                except UnicodeDecodeError:
                    continue
                return

    return Forgiving if hasattr(base, "run_input_thread") else driver
