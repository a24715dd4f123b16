"""Where cabrief keeps things of the user's: builds in the cache, wishes in a configuration file.

On Linux the XDG rule is one line each, for which the library would take longer than opening a build; elsewhere the library knows.
"""

import os
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from cabrief.errors import CabriefError
from cabrief.language.text import same

LINUX: bool = sys.platform.startswith("linux")


def _home() -> Path:
    """The user's directory; one that cannot be made where the system knows of none."""
    with suppress(RuntimeError):
        if (home := Path.home()).is_absolute():
            return home
    return Path(os.devnull)


def cache_directory() -> Path:
    """Where builds are kept."""
    if chosen := os.environ.get("CABRIEF_CACHE_DIR"):
        return Path(chosen)
    if LINUX:
        return Path(os.environ.get("XDG_CACHE_HOME") or _home() / ".cache") / "cabrief"
    from platformdirs import user_cache_path

    return user_cache_path("cabrief", appauthor=False)


def config_file() -> Path:
    """Where the user's wishes stand, if anywhere."""
    if chosen := os.environ.get("CABRIEF_CONFIG"):
        return Path(chosen)
    if LINUX:
        return Path(os.environ.get("XDG_CONFIG_HOME") or _home() / ".config") / "cabrief" / "config.toml"
    from platformdirs import user_config_path

    return user_config_path("cabrief", appauthor=False) / "config.toml"


MOST_CONFIG_BYTES = 20_000  # of a configuration file
SETTINGS: dict[str, type] = {"language": str, "format": str, "data": list}


class BadConfig(CabriefError):
    """The configuration file says something that is not understood."""

    def __init__(self, message: str) -> None:
        super().__init__(same(message))


@cache
def load_config() -> dict[str, Any]:
    """The user's wishes: `language`, `format`, `data` (directories, relative to the file); none where there is no file."""
    path = config_file()
    if path.is_dir():
        path /= "config.toml"
    if not path.is_file():
        if os.environ.get("CABRIEF_CONFIG"):
            raise BadConfig(f"{path}: there is no such file (CABRIEF_CONFIG)")
        return {}
    import tomllib

    try:
        with path.open("rb") as file:
            found = tomllib.loads(file.read(MOST_CONFIG_BYTES).decode("utf-8"))
    except (ValueError, RecursionError) as error:  # no TOML, no UTF-8, numbers or nesting without end
        raise BadConfig(f"{path}: {error}") from None
    for key, value in found.items():
        if key not in SETTINGS:
            raise BadConfig(f"{path}: there is no setting {key!r}; known: {', '.join(SETTINGS)}")
        if not isinstance(value, SETTINGS[key]):
            raise BadConfig(f"{path}: {key} must be a {'list of directories' if SETTINGS[key] is list else 'string'}")
    return {**found, "data": [path.parent / Path(str(each)).expanduser() for each in found.get("data", [])]}
