"""Which fact files there are: directories in the order in which they are laid over each other."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path

from cabrief.errors import CabriefError, UsageError
from cabrief.files import without_waiting
from cabrief.language.text import cut, template
from cabrief.model.frozen import Frozen
from cabrief.model.names import fold

BUILT_IN = "built-in"
MOST_READ = 2_000_000  # bytes of a file; the reader of facts refuses half as many
PART = 60_000  # bytes read at once, which is more than most files have and needs no memory of its own


class NoSuchDirectory(CabriefError):
    """A directory of facts that is not there, or is none."""

    def __init__(self, directory: Path) -> None:
        en, ja = "there is no directory {path}", "{path}というフォルダーはない"
        if os.path.isfile(directory):  # noqa: PTH113 - which takes names longer than names are for what they are
            en, ja = "{path} is a file: name its folder", "{path}はファイル：そのフォルダーを指定する"
        super().__init__(template(en, ja, path=cut(str(directory))))


class Layer(Frozen):
    """One directory of fact files, with the name that its facts are marked by."""

    name: str
    top: str  # what problems and reports call the directory
    directory: Path
    files: tuple[
        str, ...
    ]  # paths, as are the others; thousands of them are compared at each start, so they are plain strings
    refused: tuple[str, ...] = ()  # called .yaml, and no files of this directory: devices, pipes, links out of it
    other: tuple[str, ...] = ()  # called .yml

    def label(self, file: str) -> str:
        """A file as problems and reports name it: from the top of the pack, or as the user named the directory."""
        within = file.removeprefix(str(self.directory)).lstrip(os.sep).replace(os.sep, "/")
        return _printable(f"{self.top}/{within}".rstrip("/"))

    def pack_file(self) -> str:
        """Where a pack says what it is about."""
        return os.path.join(self.directory, "pack.yaml")  # noqa: PTH118 - as the paths of files are joined


def _printable(name: str) -> str:
    """A name of the system's, which need not be text."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def built_in() -> Path:
    """The pack that comes with cabrief: inside the installed package, or at the top of a checkout."""
    inside = Path(__file__).parents[1] / "pack" / "data"
    return inside if inside.is_dir() else Path(__file__).parents[3] / "data"


def find_layers(extra: list[Path]) -> list[Layer]:
    """Directories in the order in which they are laid: a pack with its seeds, then overlays. A further pack begins anew.

    Each has a name of its own, by which its facts are marked; where two would have the same, the later one is numbered.
    """
    found: list[Layer] = []
    ours = built_in().resolve()
    for directory in [built_in(), *extra]:
        if not os.path.isdir(directory):  # noqa: PTH112 - as above
            raise NoSuchDirectory(directory)
        whole = is_pack(directory)
        if not whole and any(_is_same(directory, layer.directory) for layer in found):
            continue  # named twice, by the environment and on the command line
        resolved = directory.resolve()
        name = BUILT_IN if resolved == ours else _printable(resolved.name)
        if whole and resolved != ours and fold(name) == fold(BUILT_IN):
            name = f"{name}-2"  # the pack that comes with the program alone is called so
        if not whole:
            name = _name_of_its_own(name, [BUILT_IN, *(layer.name for layer in found)])
        if whole:
            seeds = _seeds_of(directory)
            found = [_layer(name, seeds, resolved.parent)] if seeds and seeds.is_dir() else []
        found.append(_layer(name, directory))
    return found


def _seeds_of(directory: Path) -> Path | None:
    """Where the seeds of a pack are, as the user would name them; only one that is called `data` has any.

    They stand beside the pack itself, whatever name or link leads to it: `.` within it as well.
    """
    pack = directory.resolve()
    if pack.name != "data":
        return None
    seeds = pack.parent / "seeds"
    return seeds if directory.is_absolute() else Path(os.path.relpath(seeds))


def is_pack(directory: Path) -> bool:
    """Whether a directory is a pack; raises UsageError for one that may not be looked into."""
    try:
        return (directory / "pack.yaml").is_file()
    except PermissionError as error:
        raise UsageError(
            f"cannot read {directory}: {error.strerror}", f"{directory}を読めない：{error.strerror}"
        ) from None
    except OSError:  # a name longer than names are
        return False


def _is_same(one: Path, other: Path) -> bool:
    try:
        return os.path.samefile(one, other)  # noqa: PTH121 - as above
    except OSError:
        return False


def _name_of_its_own(name: str, taken: list[str]) -> str:
    """A name by which a layer's facts are marked: one with letters, which is no number of a note, and unlike the others.

    Names that look alike count as the same: other width, case, hyphens and spaces.
    """
    folded = {fold(each) for each in taken}
    name = name if re.search(r"[^\W\d_]", name) else f"layer {name}".rstrip()
    return (
        name if fold(name) not in folded else next(f"{name}-{n}" for n in count(2) if fold(f"{name}-{n}") not in folded)
    )


def _layer(name: str, directory: Path, within: Path | None = None) -> Layer:
    """A directory as a layer; one that a link leads out of a folder is refused whole."""
    top = directory.resolve().name if name == BUILT_IN else directory.as_posix()
    if name != BUILT_IN and top in ("data", "seeds"):  # what the built-in facts are called
        top = f"./{top}"
    if within and not directory.resolve().is_relative_to(within.resolve()):
        return Layer(name=name, top=top, directory=directory, files=(), refused=(str(directory),))
    files, refused, other = _collect(directory)
    return Layer(name=name, top=top, directory=directory, files=files, refused=refused, other=other)


def _collect(top: Path) -> tuple[tuple[str, ...], ...]:
    """What lies below a folder: .yaml files that are its own, those that only are called so, and .yml files.

    A link to a file within the folder is its own, and of several names of one file the first. Names that begin with a dot
    are nobody's facts: version control, locks.
    """
    files: dict[str, int] = {}  # with the numbers by which the system knows them
    linked: list[str] = []
    refused: list[str] = []
    other: list[str] = []
    folders = [str(top)]
    while folders:
        folder = folders.pop()
        try:
            entries = [entry for entry in os.scandir(folder) if not entry.name.startswith(".")]
        except OSError:  # taken away meanwhile, too deep, or not ours to read
            refused.append(folder)
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            elif entry.is_symlink() and _leads_to_folder(entry):
                refused.append(entry.path)
            elif entry.name.endswith(".yaml"):
                if entry.is_file(follow_symlinks=False):
                    files[entry.path] = entry.inode()
                elif _linked_within(Path(entry.path), top):
                    linked.append(entry.path)
                else:
                    refused.append(entry.path)
            elif entry.name.lower().endswith((".yml", ".yaml")):
                other.append(entry.path)
    names = [*_in_order(files), *_in_order(linked)]
    again = _named_again(names) if linked or len({*files.values()}) < len(files) else set()
    return _in_order(each for each in names if each not in again), _in_order([*refused, *again]), _in_order(other)


def _named_again(names: list[str]) -> set[str]:
    """The names of files that have another name before: their facts would be read again, and each id be there twice."""
    first: dict[tuple[int, int], str] = {}
    again = set()
    for name in names:
        with suppress(OSError):  # taken away meanwhile
            found = os.stat(name)  # noqa: PTH116 - as above
            if first.setdefault((found.st_dev, found.st_ino), name) != name:
                again.add(name)
    return again


def _in_order(paths: Iterable[str]) -> tuple[str, ...]:
    """Paths as a listing of folders has them: a folder's name counts before what is in it."""
    return tuple(sorted(paths, key=lambda path: path.replace(os.sep, "\0")))


def _leads_to_folder(link: os.DirEntry[str]) -> bool:
    try:
        return link.is_dir()
    except OSError:  # what it names cannot be a name
        return False


def _linked_within(link: Path, top: Path) -> bool:
    try:
        # the system follows few links in a row; to resolve a long row takes the square of its length
        return link.is_symlink() and link.is_file() and link.resolve().is_relative_to(top.resolve())
    except (OSError, RuntimeError):  # links that lead in a circle
        return False


class Files(Mapping[str, bytes]):
    """Bytes of every fact file that can be read, read when they are asked for; for what is missing, `load` has a problem."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = dict.fromkeys(names)

    def __getitem__(self, file: str | Path) -> bytes:
        try:
            return read_file(os.fspath(file))
        except OSError as error:
            raise KeyError(file) from error

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def read_files(stack: list[Layer]) -> Files:
    """The fact files of all layers."""
    return Files(file for layer in stack for file in layer.files)


def read_file(file: str) -> bytes:
    """A file; of one that is far too large, as much as shows that it is."""
    opened = without_waiting(file)
    try:
        whole = b""
        while len(whole) < MOST_READ and (part := os.read(opened, PART)):
            whole += part
        return whole
    finally:
        os.close(opened)
