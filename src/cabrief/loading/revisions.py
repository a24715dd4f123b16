"""A pack as it stood at a revision of a git repository: its fact files, read from git's store and never written out."""

from __future__ import annotations

import os
import posixpath
import re
import subprocess
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from cabrief.errors import CabriefError
from cabrief.language.dates import BadDate, bounds
from cabrief.language.text import Text, clean, quoted, template
from cabrief.loading.layers import MOST_READ, Layer, find_layers

PLAIN, SYMLINK, MODULE = ("100644", "100755"), "120000", "160000"  # modes of files, of links, of other repositories
LAST_DAY = "2099-12-31"  # that git reads; it takes a later one for today
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
SECONDS = 20  # git is given
READ_AT_ONCE = 1_000_000  # bytes of its output
MOST_SAID = 2_000  # bytes of its complaint
MOST_TOGETHER = 30_000_000  # bytes of all files of a revision, which are held in memory
MOST_REPEATED = 5_000_000  # bytes of files that are the same as another, which costs a repository next to nothing
MOST_FILES = 20_000  # of a revision; a few small objects of git can stand for millions of files
UNKNOWN_TO_GIT = (
    "not a git repository",
    "Not a valid object name HEAD",
)  # what git says, the latter before the first commit
MOST_LINKED = 40  # links from one to the next, as many as Linux follows
MOST_LISTED = 10_000_000  # bytes of their list


class NoSuchState(CabriefError):
    """Neither a directory nor a revision, or no git to ask."""


class GitFailed(NoSuchState):
    """git answered with an exit code other than 0; `said` is the first line of its complaint."""

    def __init__(self, said: str) -> None:
        super().__init__(template("git: {said}", "git：{said}", said=said))
        self.said = said


def state(name: str, pack: Path) -> tuple[list[Layer], dict[str, bytes] | None]:
    """The layers of a directory, or of a pack at a revision or on a day; of a revision, with the bytes of its files."""
    if Path(name).is_dir():
        return find_layers([Path(name)]), None
    try:
        top = Path(os.fsdecode(_git(pack, "rev-parse", "--show-toplevel").rstrip(b"\n")))
    except GitFailed as failed:
        en = "{name} is no directory, and git finds no repository around {pack}: {said}"
        ja = "{name}というフォルダーはなく、{pack}のgitリポジトリも見つからない：{said}"
        raise NoSuchState(template(en, ja, name=quoted(name), pack=str(pack), said=failed.said)) from None
    commit = _commit(name, pack)
    if not pack.resolve().is_relative_to(top.resolve()):
        raise NoSuchState(
            template("{pack} is outside of its work tree", "{pack}は作業ツリーの外にある", pack=str(pack))
        )
    folder = pack.resolve().relative_to(top.resolve())
    found: list[Layer] = []
    raw: dict[str, bytes] = {}
    for each in (*([folder.parent / "seeds"] if folder.name == "data" else []), folder):
        files = _files(top, commit, each)
        shown = Path(f"{name}:{each.as_posix()}")
        if files or each == folder:
            names = {str(shown / path): files[path] for path in sorted(files)}
            found.append(Layer(name=name, top=shown.as_posix(), directory=shown, files=tuple(names)))
            raw.update(zip(names, _blobs(top, list(names.values())), strict=True))
    if not raw:
        en, ja = "{name} has no fact files in {folder}", "{name}の{folder}に事実ファイルはない"
        raise NoSuchState(template(en, ja, name=name, folder=folder.as_posix()))
    return found, raw


def has_history(pack: Path) -> bool:
    """Whether git knows the fact files of a pack; raises NoSuchState where there is a repository that git does not read."""
    folder = pack.resolve()
    if not any((each / ".git").exists() for each in (folder, *folder.parents)):
        return False
    try:
        listed = _git(pack, "ls-tree", "-r", "-z", "--name-only", "HEAD", "--", ".")
    except GitFailed as failed:
        if any(words in failed.said for words in UNKNOWN_TO_GIT):
            return False
        raise
    return b".yaml" in listed


def _commit(name: str, pack: Path) -> str:
    """The commit that a revision names; of a day, the last one made by its end."""
    if ISO_DAY.fullmatch(name):
        try:
            bounds(name)
        except BadDate as error:
            raise NoSuchState(error.message) from None
        last = min(name, LAST_DAY)
        # of the states that this branch had: what another held that day came with its merge
        found = _git(pack, "rev-list", "-1", "--first-parent", f"--before={last}T23:59:59", "HEAD").decode().strip()
        if not found:
            raise NoSuchState(
                template(
                    "git has no commit of these facts by {day}; what came about between two days: diff --since DATE --until DATE",
                    "gitに{day}までのコミットはない。2つの日の間の動きは diff --since 日付 --until 日付",
                    day=name,
                )
            )
        return found
    try:
        return _git(pack, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}").decode().strip()
    except GitFailed:
        en = "{name} is neither a directory nor a revision of the repository around {pack}"
        ja = "{name}はフォルダーでも、{pack}のリポジトリのリビジョンでもない"
        raise NoSuchState(template(en, ja, name=quoted(name), pack=str(pack))) from None


def _files(top: Path, commit: str, folder: Path) -> dict[PurePosixPath, str]:
    """Blobs of the fact files below a folder, by their paths in it."""
    within = f"{folder.as_posix()}/" if folder.name else "."
    listed = _git(top, "ls-tree", "-r", "-z", "--full-tree", commit, "--", within, most=MOST_LISTED)
    if listed.count(b"\0") > MOST_FILES:
        raise NoSuchState(TOO_MUCH)
    plain: dict[PurePosixPath, str] = {}
    links: dict[PurePosixPath, str] = {}
    for entry in listed.decode("utf-8", "surrogateescape").split("\0"):
        about, _, path = entry.partition("\t")
        if not path:
            continue
        mode, _, blob = about.split()[:3]
        if path.startswith("/"):  # no checkout could have it
            continue
        file = PurePosixPath(path).relative_to(folder.as_posix())
        if mode == MODULE and _is_own(file):
            raise NoSuchState(template(*MODULE_THERE, path=quoted(path)))
        if mode in PLAIN:
            plain[file] = blob
        elif mode == SYMLINK:
            links[file] = blob
    found = {name: blob for name, blob in plain.items() if name.suffix == ".yaml" and _is_own(name)}
    targets = dict(zip(links, _blobs(top, list(links.values())), strict=True))
    onward = {name: _target(folder, name, words) for name, words in targets.items()}
    again = set(found)  # files that have another name, by which they are read
    for name in links:
        to = _led_to(name, onward) if name.suffix == ".yaml" and _is_own(name) else None
        if to in plain and to not in again:
            again.add(to)
            found[name] = plain[to]
    return found


def _is_own(file: PurePosixPath) -> bool:
    """Whether a file counts among the facts: what begins with a dot is nobody's, as in a folder."""
    return not any(part.startswith(".") for part in file.parts)


def _target(folder: Path, link: PurePosixPath, words: bytes) -> PurePosixPath | None:
    """Where a link with some words in it leads, within a folder; None where it leads out of it."""
    path = posixpath.normpath(posixpath.join(folder.as_posix(), link.parent.as_posix(), os.fsdecode(words)))
    if not PurePosixPath(path).is_relative_to(folder.as_posix()) or path.startswith(".."):
        return None
    return PurePosixPath(path).relative_to(folder.as_posix())


def _led_to(link: PurePosixPath, onward: Mapping[PurePosixPath, PurePosixPath | None]) -> PurePosixPath | None:
    """The file in a folder that a link leads to, by what each leads to; None where it leads out of it or in a circle."""
    to: PurePosixPath | None = link
    for _ in range(MOST_LINKED):
        if to is None or to not in onward:
            return to
        to = onward[to]
    return None


def _blobs(top: Path, ids: list[str]) -> list[bytes]:
    """Contents of blobs, in order; of one that is far too large, as much as shows that it is."""
    wanted = "".join(f"{id_}\n" for id_ in dict.fromkeys(ids)).encode()
    sizes = [line.split() for line in _git(top, "cat-file", "--batch-check", given=wanted).splitlines()] if ids else []
    for line in sizes:
        if line[-1] == b"missing":
            en, ja = "the repository lacks a file of that revision", "リポジトリにその版のファイルがない"
            raise NoSuchState(Text(en, ja))
    size_of = {line[0].decode(): int(line[2]) for line in sizes}
    together = sum(size_of[id_] for id_ in ids)  # each file is read, also one that is the same as another
    if together > MOST_TOGETHER or together - sum(size_of.values()) > MOST_REPEATED:
        raise NoSuchState(TOO_MUCH)
    out = _git(top, "cat-file", "--batch", given=wanted) if ids else b""
    found, at = {}, 0
    for id_, _, size in sizes:
        begin = out.index(b"\n", at) + 1
        found[id_.decode()] = out[begin : begin + min(int(size), MOST_READ)]
        at = begin + int(size) + 1
    return [found[id_] for id_ in ids]


MODULE_THERE = (
    "{path} is a repository of its own there (a submodule), whose files that revision does not have: name two folders",
    "{path}はそこでは別のリポジトリ（サブモジュール）で、その版にファイルがない：フォルダーを二つ指定する",
)
TOO_MUCH = Text("that revision has more than is read", "その版は大きすぎて読まない")


# What git tells its hooks of the repository that they run for, or a user of how paths are read: the pack's folder tells which
# repository is meant, and its paths are paths.
OF_A_REPOSITORY = {
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_NAMESPACE",
    "GIT_GRAFT_FILE",
    "GIT_SHALLOW_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
}


def _git(folder: Path, *arguments: str, given: bytes = b"", most: int = 2 * MOST_TOGETHER) -> bytes:
    """What git prints, up to so many bytes; nothing of the repository is run or fetched for it."""
    quiet = {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
    quiet["GIT_ALLOW_PROTOCOL"] = "none"  # goes before what a repository allows itself; an older git lacks the second
    quiet["GIT_LITERAL_PATHSPECS"] = "1"  # a folder may be called `:pack`
    kept = {name: value for name, value in os.environ.items() if name not in OF_A_REPOSITORY}
    environment = {**kept, **quiet, "LC_ALL": "C"}
    command = ["git", "-C", str(folder), "-c", "core.fsmonitor=false", "-c", "protocol.allow=never", *arguments]
    with tempfile.TemporaryFile() as file, tempfile.TemporaryFile() as errors:
        file.write(given)
        file.seek(0)
        try:
            process = subprocess.Popen(command, stdin=file, stdout=subprocess.PIPE, stderr=errors, env=environment)  # noqa: S603
        except OSError:
            raise NoSuchState(Text("git does not answer: is it installed?", "gitが応答しない：導入済みか")) from None
        timer = threading.Timer(SECONDS, process.kill)
        timer.start()
        with process:
            out = bytearray()
            while len(out) <= most and process.stdout and (piece := process.stdout.read(READ_AT_ONCE)):
                out += piece
            if len(out) > most:
                process.kill()
        late = not timer.is_alive()
        timer.cancel()
        errors.seek(0)
        said = errors.read(MOST_SAID).decode("utf-8", "replace").strip().partition("\n")[0]
    if len(out) > most:
        raise NoSuchState(TOO_MUCH)
    if process.returncode and late:
        en, ja = "git does not answer within {n} seconds", "gitが{n}秒以内に応答しない"
        raise NoSuchState(template(en, ja, n=SECONDS))
    if process.returncode:
        raise GitFailed(clean(said) or f"exit code {process.returncode}")
    return bytes(out)
