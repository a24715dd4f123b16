"""Which directories of facts are read, and which of them are private."""

import os
from collections.abc import Iterable
from pathlib import Path

from cabrief.config import data_directories
from cabrief.errors import UsageError
from cabrief.language.text import quoted
from cabrief.loading.layers import NoSuchDirectory, is_pack
from cabrief.store.base import Base


def directories(given: Iterable[Path] = ()) -> list[Path]:
    """Directories of further facts: the configuration's, then the environment's, then those given, a pack first."""
    from_environment = [Path(part) for part in os.environ.get("CABRIEF_DATA", "").split(os.pathsep) if part]
    named = sorted(given, key=lambda directory: not is_pack(directory))
    return [*data_directories(), *from_environment, *named]


def is_overlay(directory: Path) -> bool:
    """Whether a directory is laid over a pack, and is none itself: it may hold what only its house may know."""
    return os.path.isdir(directory) and not is_pack(directory)  # noqa: PTH112


def original_texts(base: "Base", directory: object) -> dict[str, list[str]]:
    """Lines of the original documents in a folder, by source id; raises NoSuchDirectory, UsageError for what is no path."""
    if directory is None:
        return {}

    from cabrief.authoring.evidence import read_texts
    from cabrief.model.kinds.sources import Source

    if not isinstance(directory, (str, Path)):
        shown = quoted(directory)
        raise UsageError(
            f"name a directory of original documents, not {shown.en}", f"原文のフォルダーを指定する：{shown.ja}"
        )
    if not os.path.isdir(directory):  # noqa: PTH112 - which takes a name longer than names are for what it is
        raise NoSuchDirectory(Path(directory))
    return read_texts(Path(directory), base.find(Source))
