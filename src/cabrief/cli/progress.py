"""How far a long reading of facts is: a bar on a terminal, from the first second on, that goes when the answer comes."""

import os
import shutil
import sys
import time

from cabrief.cli.language import message_language
from cabrief.cli.printing import print_rendered
from cabrief.language.layout import width
from cabrief.language.text import Text, template

PATIENCE = 1.0  # seconds without a bar
BETWEEN = 0.1  # seconds between two drawings
CELLS = 20  # of the bar


class Bar:
    """A line on stderr with files, records and the time left."""

    def __init__(self) -> None:
        self._begun = self._drawn = time.monotonic()
        self._shown = False

    def __call__(self, done: int, files: int, records: int) -> None:
        """Show that so many of the files are read, and how many records they had."""
        now = time.monotonic()
        if now - self._begun < PATIENCE or (now - self._drawn < BETWEEN and done < files):
            return
        self._drawn, self._shown = now, True
        words = progress_words(done, files, records, now - self._begun).pick(message_language())
        room = shutil.get_terminal_size().columns - width(words) - len(" \n")
        unicode = (sys.stderr.encoding or "").lower().replace("-", "") == "utf8"
        bar = drawn(done / files, min(CELLS, room), "█░" if unicode else "#-")
        print_rendered(f"\r\x1b[K{bar} {words}", sys.stderr)

    def end(self) -> None:
        """Take the bar away."""
        if self._shown:
            print_rendered("\r\x1b[K", sys.stderr)
            self._shown = False


def progress_words(done: int, files: int, records: int, seconds: float) -> Text:
    """Files, records and the time left, after so many seconds."""
    en, ja = "{done:,}/{files:,} files, {records:,} records, ", "ファイル{done:,}/{files:,}件、記録{records:,}件、"
    if done >= files:
        en, ja = en + "linking them", ja + "結び付け中"
    else:
        en, ja = en + "{left} left", ja + "残り約{left}"
    left = _time(seconds * (files - done) / max(done, 1))
    return template(en, ja, done=done, files=files, records=records, left=left)


def _time(seconds: float) -> Text:
    minutes, rest = divmod(round(seconds), 60)
    if minutes:
        return template("{m} min {s} s", "{m}分{s}秒", m=minutes, s=rest)
    return template("{s} s", "{s}秒", s=rest)


def drawn(part: float, cells: int, signs: str) -> str:
    """A bar of some cells, of which a part is full."""
    full = round(cells * part) if cells > 0 else 0
    return signs[0] * full + signs[1] * (max(cells, 0) - full)


def is_wanted() -> bool:
    """Whether stderr is a terminal on which a line can be drawn anew."""
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
