"""Long output on a terminal goes through the pager that the user has chosen, as git and gh do it."""

from __future__ import annotations

import os
import shutil
import signal
import sys

from cabrief.cli.printing import tell
from cabrief.language.text import quoted, template

DEFAULT = "less -FRX"


def page(text: str) -> bool:
    """Show text in a pager where the terminal is too low for it; whether that was done: not by a pager that ends in failure.

    `CABRIEF_PAGER`, then `PAGER`, then `less -FRX`; an empty value or `cat` means none.
    """
    rows = shutil.get_terminal_size((80, 24)).lines
    if text.count("\n") < rows or os.environ.get("TERM") == "dumb":  # less cannot page on a dumb terminal
        return False
    chosen = next((os.environ[name] for name in ("CABRIEF_PAGER", "PAGER") if name in os.environ), DEFAULT)
    import shlex
    import subprocess

    try:
        command = shlex.split(chosen)
    except ValueError:
        command = []
    if not command or command == ["cat"] or not shutil.which(command[0]):
        return False
    environment = {"LESS": "FRX", "LESSCHARSET": "utf-8", **os.environ}
    sys.stdout.flush()
    interrupts: list[int] = []  # the pager decides what an interrupt means
    before = signal.signal(signal.SIGINT, lambda number, _: interrupts.append(number))
    try:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)  # noqa: S603 - the user's own choice
        process.communicate(text.encode(sys.stdout.encoding or "utf-8", "replace"))
    except OSError:
        return False
    finally:
        signal.signal(signal.SIGINT, before)
    if process.returncode == 0 or interrupts:  # whoever quits it, early or not, has read enough
        return True
    tell(template("the pager {name} failed", "ページャ{name}が失敗した", name=quoted(chosen)))
    return False
