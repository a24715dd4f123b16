"""A folder that is written whole or not at all, and replaces nothing but what an earlier run wrote."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from zlib import crc32

from cabrief.errors import UsageError
from cabrief.files import in_the_making, remove, uninterrupted
from cabrief.language.text import cut
from cabrief.loading.freshness import contents

MOST_MANIFEST = 500_000_000  # bytes; millions of files have not so many

MANIFEST = ".cabrief-site"  # the names, sizes and checksums of all files that a site was written with


def write_folder(directory: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Write files by their paths into a folder that is new, empty or an earlier site; give their number.

    They are written beside it, and renamed when all are there: until then the earlier site stays as it is. Raises
    UsageError where the folder holds anything else, or cannot be written.
    """
    target = Path(os.path.realpath(directory))
    check_folder(directory)
    names = []
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with in_the_making(target) as made:
            made.mkdir()
            for name, raw in files:
                file = made / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(raw)
                names.append(f"{name}\t{_marks(raw)}\n")
            (made / MANIFEST).write_text("".join(sorted(names)), "utf-8")
            _replace(target, made, directory)
    except OSError as error:
        raise UsageError(
            f"cannot write {directory}: {error.strerror}", f"{directory}に書き込めない：{error.strerror}"
        ) from None
    return len(names)


def check_folder(directory: Path) -> None:
    """Whether a site may be written there; raises UsageError where something else would be lost."""
    target = Path(os.path.realpath(directory))
    if Path.cwd().is_relative_to(target):
        raise UsageError(
            f"{directory} is the folder that this command runs in: name one below it",
            f"{directory}はこのコマンドを実行しているフォルダー：その下の名前を指定する",
        )
    if not os.path.lexists(target):
        return
    if not target.is_dir():
        raise UsageError(f"{directory} is no folder", f"{directory}はフォルダーではない")
    _check_contents(target, directory)


def _check_contents(target: Path, directory: Path) -> None:
    """Whether a folder holds an earlier site and nothing else; raises UsageError, which names it by the word of the user."""
    own = _manifest(target)
    folders = {parent.as_posix() for name in own for parent in Path(name).parents}
    for name in _inside(target):
        if name not in folders and name != MANIFEST and not _is_own(target / name, own.get(name)):
            raise UsageError(
                f"{directory} holds other things ({cut(name)}): name a new folder, or move them away",
                f"{directory}には他のもの（{cut(name)}）がある：新しいフォルダーを指定するか、それを移す",
            )


def _inside(target: Path) -> Iterator[str]:
    """Names of all that is in a folder, folders and links to them as well; raises UsageError for one that may not be read."""

    def refuse(error: OSError) -> None:
        shown = f"{error.filename}: {error.strerror}"
        raise UsageError(f"cannot see what is in {shown}", f"中身を確かめられない：{shown}")

    for folder, folders, files in os.walk(target, onerror=refuse):
        for name in (*folders, *files):
            yield Path(folder, name).relative_to(target).as_posix()


def _marks(raw: bytes) -> str:
    return f"{len(raw)} {crc32(raw)}"


def _is_own(file: Path, marks: str | None) -> bool:
    """Whether a file is as an earlier run wrote it; older lists have sizes alone."""
    found = file.lstat()
    if marks is None or not stat.S_ISREG(found.st_mode) or marks.partition(" ")[0] != str(found.st_size):
        return False
    return " " not in marks or marks == _marks(file.read_bytes())


def _manifest(target: Path) -> dict[str, str]:
    """The names of all files of an earlier site, with their marks; none where nothing of the kind stands there."""
    try:
        lines = (line.split("\t") for line in contents(target / MANIFEST, MOST_MANIFEST).decode("utf-8").splitlines())
        return {name: marks for name, marks in lines}  # noqa: C416 - a line of another form is a ValueError
    except (OSError, ValueError):  # the latter of what is no UTF-8, or no such list
        return {}


def _replace(target: Path, made: Path, directory: Path) -> None:
    """Put a folder in the place of another, which comes back if that fails; an interrupt waits.

    Something may have been put there meanwhile, so the other is looked at again when it has a name that nobody else knows.
    """
    old = made.with_suffix(".old")
    with uninterrupted():
        if not target.exists():
            made.rename(target)
            return
        target.rename(old)
        try:
            _check_contents(old, directory)
            made.rename(target)
        except (OSError, UsageError):
            old.rename(target)
            raise
        remove(old)
