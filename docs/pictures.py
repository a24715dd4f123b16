"""The pictures that README.md shows, made from the shipped facts as of one day.

    python docs/pictures.py

writes them to docs/pictures; the tests say when they are stale.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

HERE = Path(__file__).parent / "pictures"
DAY = "2026-11-26"
COLUMNS, SHOWN = 92, 31  # of the terminal page: its width, and how many of its lines are shown
REPORTS = {
    "treaties.svg": ["treaties"],
    "map.svg": ["brief", "--chart", "map"],
}
PAGE = ["country", "kazakhstan", "-f", "terminal", "--width", str(COLUMNS)]
# Rich's own template asks a server for a font
TEMPLATE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {terminal_width} {terminal_height}" role="img">
<title>A country page of cabrief on a terminal</title>
<style>
.{unique_id}-matrix {{font-family: 'DejaVu Sans Mono', Menlo, Consolas, monospace; font-size: {char_height}px; line-height: {line_height}px;}}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/></clipPath>{lines}</defs>
<rect width="{terminal_width}" height="{terminal_height}" rx="8" fill="#fafafa" stroke="#c3c8cf"/>
<g transform="translate(8, 4)" clip-path="url(#{unique_id}-clip-terminal)">{backgrounds}<g class="{unique_id}-matrix">{matrix}</g></g>
</svg>
"""


def printed(*arguments: str) -> str:
    """What a command prints."""
    command = [sys.executable, "-m", "cabrief", *arguments, "--as-of", DAY, "--lang", "en"]
    return subprocess.run(
        command, capture_output=True, check=True, text=True, env={**os.environ, "CABRIEF_DATA": ""}
    ).stdout


def terminal_page() -> str:
    """The first lines of a page as a terminal shows them."""
    from rich.console import Console
    from rich.terminal_theme import DEFAULT_TERMINAL_THEME
    from rich.text import Text

    lines = [f"$ cabrief {PAGE[0]} {PAGE[1]}", *printed(*PAGE).splitlines()[:SHOWN]]
    console = Console(width=COLUMNS + 3, record=True, file=StringIO())
    for number, line in enumerate(lines):
        heading = number == 1 or re.search(r" ─+$", line) or line.startswith("$")
        console.print(Text(line, style="bold" if heading else ""), no_wrap=True, crop=True)
    made = console.export_svg(theme=DEFAULT_TERMINAL_THEME, code_format=TEMPLATE, unique_id="page")
    return re.sub(r"[ \t]+$", "", made, flags=re.MULTILINE).rstrip() + "\n"


def pictures() -> dict[str, str]:
    """Contents of every picture, by file name."""
    return {"page.svg": terminal_page(), **{name: printed(*report, "-f", "svg") for name, report in REPORTS.items()}}


if __name__ == "__main__":
    HERE.mkdir(exist_ok=True)
    for name, picture in pictures().items():
        (HERE / name).write_text(picture, "utf-8")
        print(HERE / name)
