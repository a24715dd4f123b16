"""A pack as it stood at a revision of a git repository: its fact files, read from git's store and never written out."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path, PurePosixPath

from cabrief.build import MOST_READ, MOST_TOGETHER, Layer, layers
from cabrief.dates import BadDate, bounds
from cabrief.text import Text, quoted, template

PLAIN = ("100644", "100755")  # modes of files; links and modules are not read
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
SECONDS = 60  # git is given


class NoSuchState(Exception):  # noqa: N818 - what is wrong, named as such
    """Neither a directory nor a revision, or no git to ask."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message


def state(name: str, pack: Path) -> tuple[list[Layer], dict[Path, bytes] | None]:
    """The layers of a directory, or of a pack at a revision or on a day; of a revision, with the bytes of its files."""
    if Path(name).is_dir():
        return layers([Path(name)]), None
    try:
        top = Path(_git(pack, "rev-parse", "--show-toplevel").decode().strip())
    except NoSuchState as no:
        if "not a git repository" not in no.message.en:
            raise
        en, ja = (
            "{name} is no directory, and {pack} is in no git repository",
            "{name}というフォルダーはなく、{pack}はgitのリポジトリにない",
        )
        raise NoSuchState(template(en, ja, name=quoted(name), pack=str(pack))) from None
    commit = _commit(name, pack)
    folder = pack.resolve().relative_to(top.resolve())
    found: list[Layer] = []
    raw: dict[Path, bytes] = {}
    for each in (*([folder.parent / "seeds"] if folder.name == "data" else []), folder):
        files = _files(top, commit, each)
        shown = Path(f"{name}:{each.as_posix()}")
        if files or each == folder:
            names = {shown / path: blob for path, blob in files.items()}
            found.append(Layer(name=name, directory=shown, files=tuple(sorted(names))))
            raw.update(zip(names, _blobs(top, list(names.values())), strict=True))
    if not raw:
        en, ja = "{name} has no fact files in {folder}", "{name}の{folder}に事実ファイルはない"
        raise NoSuchState(template(en, ja, name=name, folder=folder.as_posix()))
    return found, raw


def _commit(name: str, pack: Path) -> str:
    """The commit that a revision names; of a day, the last one made by its end."""
    if ISO_DAY.fullmatch(name):
        try:
            bounds(name)
        except BadDate as error:
            raise NoSuchState(Text(error.en, error.ja)) from None
        found = _git(pack, "rev-list", "-1", f"--before={name}T23:59:59", "HEAD").decode().strip()
        if not found:
            raise NoSuchState(template("nothing was committed by {day}", "{day}までのコミットはない", day=name))
        return found
    try:
        return _git(pack, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}").decode().strip()
    except NoSuchState:
        en = "{name} is neither a directory nor a revision of the repository around {pack}"
        ja = "{name}はフォルダーでも、{pack}のリポジトリのリビジョンでもない"
        raise NoSuchState(template(en, ja, name=quoted(name), pack=str(pack))) from None


def _files(top: Path, commit: str, folder: Path) -> dict[PurePosixPath, str]:
    """Blobs of the fact files below a folder, by their paths in it."""
    listed = _git(
        top, "ls-tree", "-r", "-z", "--full-tree", commit, "--", f"{folder.as_posix()}/" if folder.name else "."
    )
    found = {}
    for entry in listed.decode("utf-8", "surrogateescape").split("\0"):
        about, _, path = entry.partition("\t")
        if path.endswith(".yaml") and about.split()[0] in PLAIN:
            found[PurePosixPath(path).relative_to(folder.as_posix())] = about.split()[2]
    return found


def _blobs(top: Path, ids: list[str]) -> list[bytes]:
    """Contents of blobs, in order; of one that is far too large, as much as shows that it is."""
    out = _git(top, "cat-file", "--batch", given="".join(f"{id_}\n" for id_ in ids).encode()) if ids else b""
    found, at = [], 0
    for _ in ids:
        end = out.index(b"\n", at)
        size = int(out[at:end].split()[2])
        found.append(out[end + 1 : end + 1 + min(size, MOST_READ)])
        at = end + 1 + size + 1
    return found


def _git(folder: Path, *arguments: str, given: bytes | None = None) -> bytes:
    """What git prints; nothing of the repository is run or fetched for it."""
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
    command = ["git", "-C", str(folder), "-c", "core.fsmonitor=false", *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - a list of words, no shell
            command, input=given, capture_output=True, env=environment, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        raise NoSuchState(Text("git does not answer: is it installed?", "gitが応答しない：導入済みか")) from None
    if done.returncode or len(done.stdout) > MOST_TOGETHER:
        said = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0] or "too much"
        raise NoSuchState(template("git: {said}", "git：{said}", said=said))
    return done.stdout
