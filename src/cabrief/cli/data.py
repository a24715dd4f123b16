"""Which directories of facts a command reads."""

import os
from pathlib import Path

from cabrief.cli.output import OutputOptions
from cabrief.cli.printing import tell
from cabrief.config import data_directories
from cabrief.language.text import Text
from cabrief.loading.layers import NoSuchDirectory, built_in
from cabrief.store.base import Base


def directories(given: list[Path] | None) -> list[Path]:
    """Directories of further facts: the configuration's, then the environment's, then the command line's, a pack first."""
    from_environment = [Path(part) for part in os.environ.get("CABRIEF_DATA", "").split(os.pathsep) if part]
    named = sorted(given or [], key=lambda directory: not (directory / "pack.yaml").is_file())
    return [*data_directories(), *from_environment, *named]


def pack_here() -> Path:
    """The pack that a user without further words means: the folder here, data/ in it, the one set up, the built-in one."""
    candidates = (Path(), Path("data"), *reversed(directories(None)))
    return next((folder for folder in candidates if (folder / "pack.yaml").is_file()), built_in())


def wanted_layers(given: list[Path] | None, options: "OutputOptions") -> list[Path]:
    """Directories of facts for a report: what leaves the screen has the user's own layers only if asked to.

    A pack is what a report is about and stays; a directory that is laid over one may hold what only its house may know.
    """
    found = directories(given)
    if options.layers or options.on_screen():
        return found
    own = [directory for directory in found if is_overlay(directory)]
    if own:
        names = ", ".join(directory.resolve().name for directory in own)
        words = Text(
            f"left out of what is written: {names}; --layers lets it in",
            f"出力から除いたデータ層：{names}。含めるには --layers",
        )
        tell(words)
    return [directory for directory in found if directory not in own]


def is_overlay(directory: Path) -> bool:
    """Whether a directory is laid over a pack, and is none itself."""
    return directory.is_dir() and not (directory / "pack.yaml").is_file()


def original_texts(base: "Base", directory: Path | None) -> dict[str, list[str]]:
    """Lines of the original documents in a folder, by source id."""
    if directory is None:
        return {}

    from cabrief.authoring.evidence import read_texts
    from cabrief.model.kinds.sources import Source

    if not directory.is_dir():
        raise NoSuchDirectory(directory)
    return read_texts(directory, {card.id: card.document for card in base.find(Source) if card.document})
