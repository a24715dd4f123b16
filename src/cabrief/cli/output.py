"""How a report leaves the program: its format, its stream or file, and what a terminal allows."""

import os
import re
import stat
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from cabrief.cli.printing import print_bytes, print_rendered, tell
from cabrief.cli.trail import save_trail
from cabrief.config import bad_setting, load_config
from cabrief.document import Document
from cabrief.errors import UsageError
from cabrief.files import write_whole
from cabrief.formats import ENDINGS, FORMATS, WIDEST, How, binary_renderer, renderer
from cabrief.language.text import Lang, Text, quoted, template
from cabrief.library.languages import output_language
from cabrief.model.frozen import Frozen

if TYPE_CHECKING:
    from cabrief.problems.problem import Problem
    from cabrief.store.base import Base

ANYBODY_WRITES = 0o222  # the bits of a file's mode by which its owner, its group or others may write to it
FACT_FILES = (".yaml", ".yml")  # which no report replaces
MOST_LINKS = 40  # that are followed from one name, as many as Linux follows


class OutputOptions(Frozen):
    """What the user said about the output of a report."""

    format: str | None = None
    output: Path | None = None
    lang: str | None = None
    width: int | None = None
    sources: bool | None = None
    no_pager: bool = False
    no_color: bool = False
    bom: bool | None = None
    layers: bool = False
    template: Path | None = None
    alarm: int | None = None

    def file(self) -> Path | None:
        """The file to write, or None for stdout, which `-` stands for."""
        return None if self.output is None or str(self.output) == "-" else self.output

    def on_screen(self) -> bool:
        """Whether what is printed goes to a terminal, and nowhere else."""
        return self.file() is None and sys.stdout.isatty()

    def format_name(self) -> str:
        """The format: as asked for, else by the ending of the file, the environment, the configuration, the stream."""
        file = self.file()
        by_ending = _by_ending(file.name.lower()) if file else None
        if file and file.suffix and not self.format and not by_ending:
            endings = ", ".join(ENDINGS)
            en, ja = "no format has the ending {e}: {all}, or say -f", "拡張子{e}の形式はない。{all}、または -f で指定"
            raise UsageError(*template(en, ja, e=quoted(file.suffix), all=endings))
        name, known = self.format or by_ending or os.environ.get("CABRIEF_FORMAT"), ", ".join(FORMATS)
        if not name and (name := load_config().get("format")) and name not in FORMATS:
            raise bad_setting("format", template("one of {known}", "次のいずれか：{known}", known=known))
        name = name or ("terminal" if self.on_screen() else "markdown")
        if name not in FORMATS:
            raise UsageError(f"there is no format {name!r}: {known}", f"「{name}」という形式はない。{known}")
        if FORMATS[name].binary and self.on_screen():
            raise UsageError(
                f"{name} is no text to be shown on a terminal: name a file with -o",
                f"{name}は端末に表示できない：-o でファイルを指定する",
            )
        for option, given, serves in (("template", self.template, "docx"), ("alarm", self.alarm, "ics")):
            if given is not None and name != serves:
                raise UsageError(
                    f"--{option} is for the format {serves} only, and this is {name}: write to a .{serves} file",
                    f"--{option}は形式{serves}専用、ここでは{name}：.{serves}ファイルに書く",
                )
        return str(name)


def _by_ending(name: str) -> str | None:
    """The format that the ending of a file's name stands for; of two endings, the longer."""
    whole, last = "".join(Path(name).suffixes[-2:]), Path(name).suffix
    return ENDINGS.get(whole) or ENDINGS.get(last)


def print_document(document: "Document", options: OutputOptions, format_: str, base: "Base") -> None:
    """Render a document of a fact base in a format and hand it over: to a file, whole or not at all, or to stdout."""
    file = options.file()
    screen = options.on_screen()
    lang = output_language(options.lang)
    plain = options.no_color or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    trail: dict[str, list[str]] = {}
    how = How(
        lang=lang,
        width=options.width or _width(screen=screen),
        sources=format_ != "terminal" if options.sources is None else options.sources,
        color=screen and not plain,
        ascii=format_ == "terminal" and file is None and not _unicode(sys.stdout),
        handles=screen and format_ == "terminal" and not document.explains,
        links=screen and not plain and _has_links(),
        bom=bool(file) if options.bom is None else options.bom,
        template=options.template,
        alarm=options.alarm,
        trail=trail,
    )
    if options.template and file and os.path.realpath(file) == os.path.realpath(options.template):
        raise UsageError(
            f"{file} is the template: name another file for the report",
            f"{file}はテンプレート：報告には別の名前を指定する",
        )
    if FORMATS[format_].binary:
        if format_ == "pdf":
            _tell_of_pages(document, lang)
        if format_ == "ics":
            _tell_of_undated(document, lang)
        _hand_over(file, binary_renderer(format_)(document, how))
        return
    text = renderer(format_)(document, how)
    if not document.explains:
        save_trail(trail, base)
    if file:
        _write(file, text.encode("utf-8"))
        return
    if not _unicode(sys.stdout):
        text = _narrowed(text, format_)
    if screen and not options.no_pager:
        from cabrief.cli.pager import page

        if page(text):
            return
    print_rendered(text)


def _tell_of_pages(document: "Document", lang: "Lang") -> None:
    """Say that a long report takes a while to lay out on pages."""
    from cabrief.formats.notes import LONG_ON_PAPER, MOST_ON_PAPER, extent

    if LONG_ON_PAPER < (count := extent(document, lang)) <= MOST_ON_PAPER:
        tell(template("laying out {n:,} characters as PDF …", "{n:,}字をPDFに組版中…", n=count).pick(lang))


def _tell_of_undated(document: "Document", lang: "Lang") -> None:
    """Say how many rows a calendar has no place for."""
    rows, dated = document.rows or (), {entry.cell.id for entry in document.calendar or ()}
    if left := sum(row["id"] not in dated for row in rows):
        en = "{n} of {of} lines have no date and are not in the calendar"
        tell(template(en, "{of}件中{n}件は日付がなく、カレンダーに入らない", n=left, of=len(rows)).pick(lang))


def _hand_over(file: Path | None, raw: bytes) -> None:
    """Write bytes to a file, or to stdout, which is a pipe here."""
    if file:
        _write(file, raw)
    else:
        print_bytes(raw)


def _has_links() -> bool:
    """Whether the terminal shows hyperlinks (OSC 8), as far as its environment tells."""
    if forced := os.environ.get("FORCE_HYPERLINK"):
        return forced != "0"
    if os.environ.get("TMUX") or os.environ.get("TERM", "").startswith("screen"):
        return False
    programs = ("iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio")
    known = ("WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "DOMTERM")
    return (
        os.environ.get("TERM_PROGRAM") in programs
        or any(os.environ.get(name) for name in known)
        or os.environ.get("VTE_VERSION", "0") >= "5000"
        or os.environ.get("TERM", "").startswith(("xterm-kitty", "alacritty", "foot"))
    )


def print_problems(
    found: "Sequence[Problem]",
    texts: "Mapping[str, bytes]",
    form: str | None,
    *,
    lang: "Lang",
    no_color: bool = False,
    stream: TextIO | None = None,
) -> None:
    """Print problems: on a terminal with the lines that they are about, elsewhere a line each, or in the form asked for."""
    from cabrief.problems.printing import PROBLEM_FORMATS, HowProblems

    to = stream or sys.stdout
    screen = to.isatty()
    plain = no_color or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    how = HowProblems(lang=lang, width=_width(screen=screen), color=screen and not plain, ascii=not _unicode(to))
    print_rendered(PROBLEM_FORMATS[form or ("terminal" if screen else "text")](found, texts, how), to)


def _width(*, screen: bool) -> int:
    import shutil

    return min(shutil.get_terminal_size((100, 24)).columns, WIDEST) if screen else 100


def _unicode(stream: TextIO) -> bool:
    return (stream.encoding or "").lower().replace("-", "") in (
        "utf8",
        "utf16",
        "gb18030",
    )


def _narrowed(text: str, name: str) -> str:
    """The same for a stream that does not know all characters: JSON spells them out; elsewhere stderr says that some are lost."""
    import json

    if name in ("json", "ndjson"):
        return re.sub(r"[^\x00-\x7f]+", lambda match: json.dumps(match[0])[1:-1], text)
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        tell(
            Text(
                "this stream is no UTF-8, so characters are lost (?); PYTHONIOENCODING=utf-8 keeps them",
                "出力がUTF-8でないため文字が失われる（?）。PYTHONIOENCODING=utf-8で保たれる",
            )
        )
    return text


def _write(file: Path, raw: bytes) -> None:
    """Write to a file, whole or not at all, or to a device, a pipe or an open stream, as what the name stands for is."""
    try:
        if (stream := _open_stream(file)) is not None:
            with open(os.dup(stream), "wb") as opened:  # noqa: PTH123 - a stream has no path
                opened.write(raw)
        elif file.is_dir() or not file.name:
            raise UsageError(f"{file} is a directory: name a file", f"{file}はフォルダー：ファイルを指定する")
        elif _is_special(file):
            file.write_bytes(raw)
        else:
            # the temporary name is short, since the file's own may be as long as the system allows
            target = Path(os.path.realpath(file))
            if not {file.suffix, target.suffix}.isdisjoint(FACT_FILES) and target.exists():
                raise UsageError(
                    f"{file} may hold facts: name another file", f"{file}は事実ファイルの可能性：別の名前を指定する"
                )
            mode = target.stat().st_mode & 0o777 if target.exists() else None
            if mode is not None and (not mode & ANYBODY_WRITES or not os.access(target, os.W_OK)):
                # renaming asks nobody, and root may write anything: whoever protects a file means it
                raise UsageError(f"{file} is write-protected", f"{file}は書き込み禁止になっている")
            write_whole(target, raw, mode=mode)
    except BrokenPipeError:  # whoever reads has read enough
        return
    except OSError as error:
        raise UsageError(f"cannot write {file}: {error.strerror}", f"{file}に書き込めない：{error.strerror}") from None


def _open_stream(file: Path) -> int | None:
    """The number of the open stream that a name stands for, straight or by links: /dev/stdout, /dev/fd/3, /proc/self/fd/3.

    Its links are followed one by one: the last of them leads on to the file that the stream was opened on.
    """
    ours = re.compile(rf"(?:/dev|/proc/{os.getpid()}(?:/task/[0-9]+)?)/fd/([0-9]{{1,6}})", re.ASCII)
    path = str(file)
    for _ in range(MOST_LINKS):
        folder, name = os.path.split(path)
        path = os.path.join(os.path.realpath(folder), name)  # noqa: PTH118
        if found := ours.fullmatch(path):
            return int(found[1])
        if not os.path.islink(path):  # noqa: PTH114
            return None
        path = os.path.join(os.path.dirname(path), os.readlink(path))  # noqa: PTH115, PTH118, PTH120
    return None


def _is_special(file: Path) -> bool:
    """Whether something stands there that is no plain file: a device, a pipe; raises OSError for links in a circle."""
    try:
        return not stat.S_ISREG(file.stat().st_mode)
    except FileNotFoundError:
        return False
