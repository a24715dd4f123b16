"""Which directories of facts a command reads."""

from pathlib import Path

from cabrief.cli.output import OutputOptions
from cabrief.cli.printing import tell
from cabrief.language.text import Text, template
from cabrief.library.directories import directories, is_overlay
from cabrief.loading.layers import built_in, is_pack


def pack_here() -> Path:
    """The pack that a user without further words means: the folder here, data/ in it, the one set up, the built-in one."""
    candidates = (Path(), Path("data"), *reversed(directories()))
    return next((folder for folder in candidates if is_pack(folder)), built_in())


def wanted_layers(given: list[Path] | None, options: "OutputOptions") -> list[Path]:
    """Directories of facts for a report: what leaves the screen has the user's own layers only if asked to.

    A pack is what a report is about and stays; a directory that is laid over one may hold what only its house may know.
    """
    return without_private(given, layers=options.layers or options.on_screen())


def without_private(given: list[Path] | None, *, layers: bool) -> list[Path]:
    """Directories of facts: without `layers`, those that are laid over a pack are left out, and stderr says so."""
    found = directories(given or ())
    packs = [directory for directory in given or () if is_pack(directory)]
    if len(packs) > 1:
        told = [directory.resolve().name for directory in packs]
        en, ja = "{last} is a pack: it takes the place of {others}", "{last}はパックなので、{others}の代わりになる"
        tell(template(en, ja, last=told[-1], others=", ".join(told[:-1])))
    own = [] if layers else [directory for directory in found if is_overlay(directory)]
    if own:
        names = ", ".join(directory.resolve().name for directory in own)
        words = Text(
            f"left out of what is written: {names}; --layers lets it in",
            f"出力から除いたデータ層：{names}。含めるには --layers",
        )
        tell(words)
    return [directory for directory in found if directory not in own]
