"""What commands share: the options that a user may give, how names and words are understood, and how a report is printed."""

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from cabrief.places import config

if TYPE_CHECKING:
    from cabrief.base import Base
    from cabrief.document import Document
    from cabrief.problems import Problem
    from cabrief.text import Lang as Language
    from cabrief.text import Text

PANEL = "Output"

WHAT = {
    "kind": "種類", "category": "種別", "weight": "重さ", "nature": "性質", "status": "状況", "aspect": "項目",
    "grouping": "まとめ方", "format": "形式", "code": "コード",
}  # fmt: skip
WIDEST = 1000  # columns
FEW = 20  # names that fit into a message


class Usage(Exception):  # noqa: N818 - not a fault of the program
    """The request is wrong; the message says how, and what would be right, in both languages."""

    def __init__(self, en: str, ja: str) -> None:
        super().__init__(en)
        self.ja = ja

    def pick(self, lang: str) -> str:
        """The message in one language."""
        return self.ja if lang == "ja" else str(self)


class NothingFound(Exception):  # noqa: N818 - not a fault of the program
    """A search without a result; the message offers what is near."""

    def __init__(self, message: "Text") -> None:
        super().__init__(message.en)
        self.message = message


def dates(value: str | None) -> str | None:
    """Check a date on the command line."""
    from cabrief.dates import bounds

    if value is not None:
        try:
            bounds(value)
        except ValueError as error:
            raise Usage(str(error), getattr(error, "ja", str(error))) from None
    return value


def _day(value: str | None) -> str | None:
    """Check a date to report as of; of a month or a year, its last day."""
    from cabrief.dates import bounds

    if value and "/" in value:
        raise Usage(f"{value} is a range: name one day", f"{value}は期間：一つの日を指定する")
    return bounds(value)[1] if dates(value) and value else value


def complete(*kinds: str) -> Callable[[str], list[str]]:
    """Complete the ids of some kinds of facts."""

    def complete(incomplete: str) -> list[str]:
        from cabrief import build, facts

        base = build.open_base(quiet=True)
        ids = base.ids(*(facts.KINDS[kind] for kind in kinds))
        return [id_ for id_ in ids if id_.startswith(incomplete.lower())]

    return complete


Format = Annotated[
    str | None,
    typer.Option(
        "--format", "-f", rich_help_panel=PANEL, metavar="FORMAT", autocompletion=lambda: list(_formats()),
        help="terminal, markdown, json, ndjson, csv or tsv. Default: terminal on a terminal, else markdown.",
    ),
]  # fmt: skip

Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        rich_help_panel=PANEL,
        help="Write to a file; its ending picks the format. - is stdout.",
    ),
]

Lang = Annotated[
    str | None,
    typer.Option(
        "--lang",
        "-l",
        rich_help_panel=PANEL,
        metavar="en|ja",
        help="Language. Default: CABRIEF_LANG, else the locale.",
    ),
]

AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        rich_help_panel=PANEL,
        metavar="DATE",
        callback=_day,
        help="Report as of a day. Default: today.",
    ),
]

Data = Annotated[
    list[Path] | None,
    typer.Option(
        "--data",
        rich_help_panel=PANEL,
        metavar="DIR",
        help="Lay further fact files over the built-in ones. Repeatable.",
    ),
]

Width = Annotated[
    int | None, typer.Option("--width", rich_help_panel=PANEL, min=20, max=WIDEST, help="Columns of terminal output.")
]

NoSources = Annotated[
    bool, typer.Option("--no-sources", rich_help_panel=PANEL, help="Leave out footnotes and sources.")
]

NoColor = Annotated[
    bool,
    typer.Option("--no-color", rich_help_panel=PANEL, help="No colour. NO_COLOR and TERM=dumb do the same."),
]

Bom = Annotated[bool, typer.Option("--bom", rich_help_panel=PANEL, help="Begin CSV and TSV with a byte-order mark.")]

Layers = Annotated[
    bool,
    typer.Option(
        "--layers", rich_help_panel=PANEL,
        help="Let facts of your own directories into a file or a pipe; the screen always shows them.",
    ),
]  # fmt: skip

SHARED: dict[str, tuple[Any, Any]] = {
    "format": (Format, None), "output": (Output, None), "lang": (Lang, None), "as_of": (AsOf, None), "data": (Data, None),
    "width": (Width, None), "no_sources": (NoSources, False), "no_color": (NoColor, False), "bom": (Bom, False),
    "layers": (Layers, False),
}  # fmt: skip

Names = list[str] | None

Countries = Annotated[
    Names,
    typer.Option(
        "--country",
        metavar="NAME",
        help="Only this country. Repeatable.",
        autocompletion=complete("countries"),
    ),
]

Actors = Annotated[
    Names,
    typer.Option(
        "--actor",
        metavar="NAME",
        help="Only this outside power. Repeatable.",
        autocompletion=complete("actors"),
    ),
]

Topics = Annotated[
    Names,
    typer.Option("--topic", metavar="NAME", help="Only this topic. Repeatable.", autocompletion=complete("topics")),
]

Sources = Annotated[
    Names,
    typer.Option(
        "--source",
        metavar="ID",
        help="Only what rests on this source. Repeatable.",
        autocompletion=complete("sources"),
    ),
]

Kinds = Annotated[Names, typer.Option("--kind", metavar="KIND", help="Only this kind. Repeatable.")]

Texts = Annotated[
    Path | None,
    typer.Option("--texts", metavar="DIR", help="Folder of the original documents, to hold phrases against."),
]

Since = Annotated[
    str | None, typer.Option("--since", metavar="DATE", callback=dates, help="From a day, month or year on.")
]

Until = Annotated[
    str | None, typer.Option("--until", metavar="DATE", callback=dates, help="Up to a day, month or year.")
]


def _formats() -> dict[str, tuple[str, str]]:
    from cabrief.renderers import FORMATS

    return FORMATS


def directories(given: list[Path] | None) -> list[Path]:
    """Directories of further facts: the configuration's, then the environment's, then the command line's, a pack first."""
    from_environment = [Path(part) for part in os.environ.get("CABRIEF_DATA", "").split(os.pathsep) if part]
    named = sorted(given or [], key=lambda directory: not (directory / "pack.yaml").is_file())
    return [*config().get("data", []), *from_environment, *named]


def pack_here() -> Path:
    """The pack that a user without further words means: the folder here, data/ in it, the one set up, the built-in one."""
    from cabrief.build import built_in

    candidates = (Path(), Path("data"), *reversed(directories(None)))
    return next((folder for folder in candidates if (folder / "pack.yaml").is_file()), built_in())


def language(asked: str | None) -> "Language":
    """The language of the output: as asked for, else the environment's."""
    from cabrief.text import lang_of

    wish = asked or os.environ.get("CABRIEF_LANG") or config().get("language")
    if wish and wish not in ("en", "ja"):
        raise Usage(f"there is no language {wish!r}: en or ja", f"「{wish}」という言語はない。enかja")
    return lang_of(wish, dict(os.environ))


def speaking() -> "Language":
    """The language of messages, also where a command did not come to read its options: as a command's, read from the words."""
    from cabrief.places import BadConfig
    from cabrief.text import lang_of

    words, asked = sys.argv[1:], None
    for word, following in zip(words, [*words, None][1:], strict=True):
        if word in ("--lang", "-l"):
            asked = following
        elif word.startswith(("--lang=", "-l")):
            asked = word.removeprefix("--lang=").removeprefix("-l")
    try:
        return language(asked)
    except (Usage, BadConfig):
        return lang_of(asked, dict(os.environ))


def format_of(options: dict[str, Any]) -> str:
    """The format of the output: as asked for, else by the ending of the file, the environment, the configuration, the stream."""
    from cabrief import renderers

    output: Path | None = options["output"]
    by_ending = renderers.ENDINGS.get(output.suffix.lower()) if output else None
    if output and not options["format"] and not by_ending:
        known_endings = ", ".join(renderers.ENDINGS)
        raise Usage(
            f"no format has the ending {output.suffix!r}: {known_endings}, or say -f",
            f"拡張子「{output.suffix}」の形式はない。{known_endings}、または -f で指定",
        )
    name = options["format"] or by_ending or os.environ.get("CABRIEF_FORMAT") or config().get("format")
    name = name or ("terminal" if sys.stdout.isatty() else "markdown")
    if name not in renderers.FORMATS:
        known_formats = ", ".join(renderers.FORMATS)
        raise Usage(f"there is no format {name!r}: {known_formats}", f"「{name}」という形式はない。{known_formats}")
    return str(name)


def laid(options: dict[str, Any]) -> list[Path]:
    """Directories of facts for a report: what leaves the screen has the user's own layers only if asked to.

    A pack is what a report is about and stays; a directory that is laid over one may hold what only its house may know.
    """
    from cabrief.text import clean

    found = directories(options["data"])
    if options["layers"] or on_screen(options):
        return found
    own = [directory for directory in found if is_overlay(directory)]
    if own:
        names = clean(", ".join(directory.resolve().name for directory in own))
        words = {
            "en": f"cabrief: left out of what is written: {names}; --layers lets it in",
            "ja": f"cabrief: 出力から除いたデータ層：{names}。含めるには --layers",
        }
        print(words[language(options["lang"])], file=sys.stderr)
    return [directory for directory in found if directory not in own]


def on_screen(options: dict[str, Any]) -> bool:
    """Whether what is printed goes to a terminal, and nowhere else."""
    return options["output"] is None and sys.stdout.isatty()


def is_overlay(directory: Path) -> bool:
    """Whether a directory is laid over a pack, and is none itself."""
    return directory.is_dir() and not (directory / "pack.yaml").is_file()


def emit(document: "Document", options: dict[str, Any], name: str) -> None:
    """Render a document in a format and hand it over: to a file, whole or not at all, or to stdout."""
    from cabrief import renderers

    output: Path | None = options["output"]
    screen = output is None and sys.stdout.isatty()
    lang = language(options["lang"])
    plain = options["no_color"] or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    how = renderers.How(
        lang=lang,
        width=options["width"] or _width(screen=screen),
        sources=not options["no_sources"],
        color=screen and not plain,
        ascii=name == "terminal" and output is None and not _unicode(sys.stdout),
        bom=options["bom"],
    )
    text = renderers.renderer(name)(document, how)
    if output:
        _replace(output, text)
        return
    if not _unicode(sys.stdout):
        text = _narrowed(text, name, lang)
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def print_problems(
    found: "Sequence[Problem]", texts: "Mapping[str, bytes]", form: str | None, *, lang: "Language", no_color: bool = False,
    stream: TextIO | None = None,
) -> None:  # fmt: skip
    """Print problems: on a terminal with the lines that they are about, elsewhere a line each, or in the form asked for."""
    from cabrief import diagnostics

    to = stream or sys.stdout
    screen = to.isatty()
    plain = no_color or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    how = diagnostics.How(lang=lang, width=_width(screen=screen), color=screen and not plain, ascii=not _unicode(to))
    to.write(diagnostics.FORMATS[form or ("terminal" if screen else "text")](found, texts, how))
    to.flush()


def _width(*, screen: bool) -> int:
    import shutil

    return min(shutil.get_terminal_size((100, 24)).columns, WIDEST) if screen else 100


def _unicode(stream: TextIO) -> bool:
    return (stream.encoding or "").lower().replace("-", "") in (
        "utf8",
        "utf16",
        "gb18030",
    )


def _narrowed(text: str, name: str, lang: "Language") -> str:
    """The same for a stream that does not know all characters: JSON spells them out; elsewhere stderr says that some are lost."""
    import json
    import re

    if name in ("json", "ndjson"):
        return re.sub(r"[^\x00-\x7f]+", lambda match: json.dumps(match[0])[1:-1], text)
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        words = {
            "en": "cabrief: this stream is no UTF-8, so characters are lost (?); PYTHONIOENCODING=utf-8 keeps them",
            "ja": "cabrief: 出力がUTF-8でないため文字が失われる（?）。PYTHONIOENCODING=utf-8で保たれる",
        }
        print(words[lang], file=sys.stderr)
    return text


def _replace(output: Path, text: str) -> None:
    """Write a file whole: what stood there stays until all of the new is on the disk, and its permissions stay.

    A link is followed; what is no plain file, such as a pipe, is written to.
    """
    if output.is_dir() or not output.name:
        raise Usage(f"{output} is a directory: name a file", f"{output}はフォルダー：ファイルを指定する")
    target = output.resolve()
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        if target.exists() and not target.is_file():
            target.write_text(text, "utf-8")
            return
        with temporary.open("w", encoding="utf-8", newline="") as file:
            if target.exists():
                temporary.chmod(target.stat().st_mode & 0o777)
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except OSError as error:
        raise Usage(f"cannot write {output}: {error.strerror}", f"{output}に書き込めない：{error.strerror}") from None
    finally:
        if temporary.is_file():
            temporary.unlink()


def known(base: "Base", names: Names, *kinds: str) -> tuple[str, ...]:
    """Ids of what the user named; a misspelling that can only be one of them is taken for it, and stderr says so."""
    from cabrief.facts import KINDS

    ids = []
    for name in names or ():
        id_, exact = base.resolve(name, *(KINDS[kind] for kind in kinds))
        if not exact:
            from cabrief.text import quoted, template

            words = template("{name} is taken for {id}", "{name}を{id}とみなす", name=quoted(name), id=id_)
            print(f"cabrief: {words.pick(speaking())}", file=sys.stderr)
        ids.append(id_)
    return tuple(dict.fromkeys(ids))


def texts_in(base: "Base", directory: Path | None) -> dict[str, list[str]]:
    """Lines of the original documents in a folder, by source id."""
    if directory is None:
        return {}
    from cabrief import build, evidence
    from cabrief.facts import Source

    if not directory.is_dir():
        raise build.NoSuchDirectory(directory)
    return evidence.read_texts(directory, {card.id: card.document for card in base.find(Source) if card.document})


def one_of(words: Names, allowed: "Iterable[str]", what: str) -> tuple[str, ...]:
    """Words of a closed set; where the set has labels, these are understood as well."""
    from cabrief.problems import did_you_mean

    if isinstance(allowed, dict):
        labels = {label.lower(): key for key, text in allowed.items() for label in text}
        words = [labels.get(word.lower(), word) for word in words or ()]
    allowed = list(allowed)
    for word in words or ():
        if word not in allowed:
            hint, listed = did_you_mean(word, allowed), ", ".join(allowed)
            raise Usage(
                f"there is no {what} {word!r}; {hint.en + ' ' if hint.en else ''}known: {listed}",
                f"「{word}」という{WHAT.get(what, what)}はない。{hint.ja}選べるもの：{listed}",
            )
    return tuple(words or ())
