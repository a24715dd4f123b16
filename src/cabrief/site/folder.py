"""A folder that is written whole or not at all, and replaces nothing but what an earlier run wrote."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from cabrief.errors import UsageError

MANIFEST = ".cabrief-site"  # the names of all files that a site was written with


def write_folder(directory: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Write files by their paths into a folder that is new, empty or an earlier site; give their number.

    They are written beside it, and renamed when all are there: until then the earlier site stays as it is. Raises
    UsageError where the folder holds anything else, or cannot be written.
    """
    target = Path(os.path.realpath(directory))
    check_folder(directory)
    made, old = (target.with_name(f".cabrief-{os.getpid()}.{end}") for end in ("tmp", "old"))
    names = []
    try:
        made.mkdir(parents=True)
        for name, raw in files:
            file = made / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(raw)
            names.append(name)
        (made / MANIFEST).write_text("".join(f"{name}\n" for name in sorted(names)), "utf-8")
        check_folder(directory)  # something may have been put there meanwhile
        _replace(target, made, old)
    except OSError as error:
        raise UsageError(
            f"cannot write {directory}: {error.strerror}", f"{directory}に書き込めない：{error.strerror}"
        ) from None
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return len(names)


def check_folder(directory: Path) -> None:
    """Whether a site may be written there; raises UsageError where something else would be lost."""
    target = Path(os.path.realpath(directory))
    if Path.cwd().is_relative_to(target):
        raise UsageError(
            f"{directory} is the folder that this command runs in: name one below it",
            f"{directory}はこのコマンドを実行しているフォルダー：その下の名前を指定する",
        )
    if not target.exists():
        return
    if not target.is_dir():
        raise UsageError(f"{directory} is no folder", f"{directory}はフォルダーではない")
    own = {*_manifest(target), MANIFEST}
    for folder, _, files in os.walk(target):
        for file in files:
            name = Path(folder, file).relative_to(target).as_posix()
            if name not in own:
                raise UsageError(
                    f"{directory} holds other things ({name}): name a new folder, or move them away",
                    f"{directory}には他のもの（{name}）がある：新しいフォルダーを指定するか、それを移す",
                )


def _manifest(target: Path) -> list[str]:
    try:
        return (target / MANIFEST).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []


def _replace(target: Path, made: Path, old: Path) -> None:
    """Put a folder in the place of another, which comes back if that fails."""
    if not target.exists():
        made.rename(target)
        return
    target.rename(old)
    try:
        made.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)
