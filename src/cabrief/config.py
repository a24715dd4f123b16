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
from cabrief.language.text import LANGS, Text, join, quoted, same, template

LINUX: bool = sys.platform.startswith("linux")


def _home() -> Path:
    """The user's directory; one that cannot be made where the system knows of none."""
    with suppress(RuntimeError):
        if (home := Path.home()).is_absolute():
            return home
    return Path(os.devnull)


def _xdg(variable: str, default: str) -> Path:
    """A base directory of the user's; the XDG specification says that a relative one is ignored."""
    chosen = os.environ.get(variable, "")
    return Path(chosen) if chosen.startswith("/") else _home() / default


def cache_directory() -> Path:
    """Where builds are kept."""
    if chosen := os.environ.get("CABRIEF_CACHE_DIR"):
        return Path(chosen)
    if LINUX:
        return _xdg("XDG_CACHE_HOME", ".cache") / "cabrief"
    from platformdirs import user_cache_path

    return user_cache_path("cabrief", appauthor=False)


def config_file() -> Path:
    """Where the user's wishes stand, if anywhere."""
    if chosen := os.environ.get("CABRIEF_CONFIG"):
        return Path(chosen)
    if LINUX:
        return _xdg("XDG_CONFIG_HOME", ".config") / "cabrief" / "config.toml"
    from platformdirs import user_config_path

    return user_config_path("cabrief", appauthor=False) / "config.toml"


MOST_CONFIG_BYTES = 20_000  # of a configuration file
# what each setting must be, in words; which formats there are, the command line knows
SETTINGS: dict[str, Text] = {
    "language": Text(" or ".join(LANGS), "か".join(LANGS)),
    "format": Text("the name of a format", "形式の名前"),
    "data": Text('a list of directories, ["…"]', 'フォルダーのリスト["…"]'),
}


class BadConfig(CabriefError):
    """The configuration file says something that is not understood; the message says where, and what was expected."""


@cache
def load_config() -> dict[str, Any]:
    """The user's settings: `language`, `format`, `data` (directories, relative to the file); none where there is no file.

    Raises BadConfig, which tells all that is wrong with the file.
    """
    try:
        return _read()
    except (OSError, ValueError) as error:  # not ours to read, or a value that Python cannot even show
        en, ja = "{path}: it cannot be read: {why}", "{path}：読めない：{why}"
        raise BadConfig(template(en, ja, path=str(config_file()), why=str(getattr(error, "strerror", error)))) from None


def _read() -> dict[str, Any]:
    path = _existing()
    if path is None:
        return {}
    with path.open("rb") as file:
        raw = file.read(MOST_CONFIG_BYTES + 1)
    if len(raw) > MOST_CONFIG_BYTES:
        en, ja = "the file has more than {most:,} bytes", "ファイルが{most:,}バイトを超える"
        raise BadConfig(_at(path, 1, template(en, ja, most=MOST_CONFIG_BYTES)))
    found = _parsed(path, raw)
    lines = raw.decode("utf-8-sig").splitlines()
    wrong = [_at(path, _line(lines, key), words) for key, value in found.items() if (words := _wrong(key, value))]
    if wrong:
        raise BadConfig(join(wrong, "; ", "；"))
    directories = [path.parent / os.path.expanduser(each) for each in found.get("data", [])]  # noqa: PTH111 - an unknown ~user stays
    return {**found, "data": directories}


def bad_setting(key: str, expected: Text) -> BadConfig:
    """The error for a setting that is well formed and yet names nothing that there is."""
    path, value = _existing() or config_file(), load_config()[key]
    return BadConfig(_at(path, _line(path.read_text("utf-8-sig").splitlines(), key), _expected(key, value, expected)))


def data_directories() -> list[Path]:
    """The directories of facts that the configuration names. Raises BadConfig with the line of one that is not there."""
    directories: list[Path] = load_config().get("data", [])
    missing = [number for number, directory in enumerate(directories) if not directory.is_dir()]
    path = _existing() if missing else None
    if path is None:
        return directories
    raw = path.read_bytes()
    lines, written = raw.decode("utf-8-sig").splitlines(), _parsed(path, raw)["data"]
    wrong = []
    for number in missing:
        first = _line(lines, "data")
        within = (at for at, line in enumerate(lines[first - 1 :], start=first) if written[number] in line)
        expected = Text("a directory that exists", "存在するフォルダー")
        wrong.append(_at(path, next(within, first), _expected("data", written[number], expected)))
    raise BadConfig(join(wrong, "; ", "；"))


def _existing() -> Path | None:
    """The configuration file, if there is one."""
    path, chosen = config_file(), os.environ.get("CABRIEF_CONFIG")
    if chosen == os.devnull:
        return None
    try:
        path = path / "config.toml" if path.is_dir() else path
        if path.is_file():
            return path
    except PermissionError:  # a home that may not be entered
        if chosen:
            raise
    if chosen:
        raise BadConfig(
            template(
                "{path}: there is no such file (CABRIEF_CONFIG)",
                "{path}：このファイルはない（CABRIEF_CONFIG）",
                path=str(path),
            )
        )
    return None


def _parsed(path: Path, raw: bytes) -> dict[str, Any]:
    """The file as TOML."""
    import re
    import tomllib

    try:
        return tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        words = Text("the file is not UTF-8 from here on", "ここからUTF-8ではない")
        raise BadConfig(_at(path, raw.count(b"\n", 0, error.start) + 1, words)) from None
    except (ValueError, RecursionError) as error:  # no TOML, or numbers or nesting without end
        said, line = str(error), "1"
        if place := re.search(r" \(at (?:line ([0-9]+), column [0-9]+|end of document)\)$", said):
            said, line = said[: place.start()], place[1] or str(raw.count(b"\n") + 1)
        words = template("expected TOML, found: {said}", "TOMLとして読めない：{said}", said=said)
        raise BadConfig(_at(path, int(line), words)) from None


def _wrong(key: str, value: Any) -> Text | None:
    """What is wrong with a setting, or nothing."""
    if key not in SETTINGS:
        en, ja = "there is no setting {key}; known: {known}", "{key}という設定はない。あるのは{known}"
        return template(en, ja, key=quoted(key), known=join([same(each) for each in SETTINGS]))
    if key == "data":
        right = isinstance(value, list) and all(isinstance(each, str) and each for each in value)
    else:
        right = isinstance(value, str) and (key != "language" or value in LANGS)
    return None if right else _expected(key, value, SETTINGS[key])


def _expected(key: str, value: Any, expected: Text) -> Text:
    en, ja = "{key}: expected {expected}, found {value}", "{key}: {expected}が必要、実際は{value}"
    return template(en, ja, key=key, expected=expected, value=quoted(value))


def _at(path: Path, line: int, words: Text) -> Text:
    """Words on a line of the file, as problems in fact files are told."""
    return template("{path}:{line}: {words}", "{path}:{line}: {words}", path=str(path), line=line, words=words)


def _line(lines: list[str], key: str) -> int:
    """Line of a setting, which the TOML library does not tell: the first that begins with its name."""
    starts = (line.lstrip(" \t[").replace('"', "").replace("'", "") for line in lines)
    return next((number for number, start in enumerate(starts, start=1) if start.startswith(key)), 1)
