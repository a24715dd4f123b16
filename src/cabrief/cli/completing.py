"""Completion for the user's shell: its script, and the lines that make the shell read it.

The lines are added to the end of a file that is the user's, as bytes: nothing that stands in it is read as text or written anew.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

import shellingham  # type: ignore[import-untyped]
from typer.completion import get_completion_script  # type: ignore[attr-defined] # it is there, and nobody lists it

from cabrief.errors import UsageError
from cabrief.files import uninterrupted, write_whole

PROGRAM_NAME = "cabrief"
# where the script stands in the home directory, the file that the shell reads at its start, and the lines for that
SHELLS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "bash": (f".bash_completions/{PROGRAM_NAME}.sh", ".bashrc", (f"source ~/.bash_completions/{PROGRAM_NAME}.sh",)),
    "zsh": (f".zfunc/_{PROGRAM_NAME}", ".zshrc", ("fpath+=~/.zfunc; autoload -Uz compinit; compinit",)),
    "fish": (f".config/fish/completions/{PROGRAM_NAME}.fish", "", ()),
}


def install_completion(variable: str) -> None:
    """Set completion up for the shell that runs this; `variable` is the one by which it asks what to offer.

    Raises UsageError for a shell that has none, and OSError.
    """
    try:
        shell = shellingham.detect_shell()[0]
    except (shellingham.ShellDetectionFailure, OSError):
        shell = ""
    if shell not in SHELLS:
        en, ja = (
            "no completion for this shell: bash, zsh and fish have one",
            "このシェルの補完はない。bash、zsh、fishにある",
        )
        raise UsageError(en, ja)
    script, start, lines = SHELLS[shell]
    try:
        home = Path.home()
    except RuntimeError:
        raise UsageError("the system knows no home directory of yours", "ホームディレクトリが分からない") from None
    file = home / script
    file.parent.mkdir(parents=True, exist_ok=True)
    words = get_completion_script(prog_name=PROGRAM_NAME, complete_var=variable, shell=shell)
    write_whole(file, f"{words}\n".encode())
    if start:
        _add(home / start, lines)


def _add(file: Path, lines: tuple[str, ...]) -> None:
    """Add the lines that a file lacks to its end; where not all of them can be written, it is as it was."""
    if file.exists() and not file.is_file():
        raise UsageError(f"{file} is no plain file", f"{file}は通常のファイルではない")
    before = file.read_bytes() if file.exists() else b""
    missing = [line.encode() + b"\n" for line in lines if line.encode() not in before.splitlines()]
    if not missing:
        return
    added = b"".join([b"\n" if before and not before.endswith(b"\n") else b"", *missing])
    with uninterrupted(), file.open("ab", buffering=0) as opened:
        try:
            written = opened.write(added)
        except OSError:
            os.truncate(file, len(before))
            raise
        if written == len(added):
            return
        os.truncate(file, len(before))
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(file))
