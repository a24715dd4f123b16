"""The command line: arguments in, text and an exit code out."""

import inspect
import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cabrief.commands import load
from cabrief.options import FEW, PANEL, SHARED, NothingFound, Usage, emit, format_of, laid, print_problems, speaking

if TYPE_CHECKING:
    from cabrief.base import UnknownName
    from cabrief.document import Document
    from cabrief.text import Text

HELP_COLUMN = 32  # what a terminal of 80 columns leaves for the help of an option
EPILOG = (
    "Data goes to stdout, everything else to stderr. Exit codes: 0 done, 1 problems found, 2 wrong request, 3 a bug."
)


def _version(value: bool) -> None:  # noqa: FBT001 - Typer's callback
    if value:
        from cabrief import __version__

        print(f"cabrief {__version__}")
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")]


def application(asked: str | None = None) -> typer.Typer:
    """Build the application, with every command or only the one that is asked for.

    Typer builds all registered commands at each start, and one costs as much as a report; so only the one asked for is.
    """
    app = typer.Typer(
        name="cabrief", no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode="rich",
        context_settings={"help_option_names": ["-h", "--help"]}, epilog=EPILOG, callback=common,
    )  # fmt: skip
    japanese = _japanese_help()
    for name, function in load(asked).items():
        if asked in (None, name):
            command = _with_shared(function) if hasattr(function, "report") else function
            app.command(name=name, help=_in_japanese(command) if japanese else None)(command)
    if japanese:
        from cabrief import help_ja

        app.info.epilog = help_ja.HELP[EPILOG]
        app.info.help = f"{help_ja.HELP[_first(common)]}\n\n{help_ja.BODY}"
    return app


def _japanese_help() -> bool:
    """Whether help is asked for, and in Japanese."""
    if not ({"-h", "--help"} & set(sys.argv[1:]) or len(sys.argv) == 1):
        return False
    return speaking() == "ja"


def _first(function: Callable[..., Any]) -> str:
    return (inspect.getdoc(function) or "").split("\n")[0]


def _breakable(words: str | None) -> str | None:
    """Words with a space wherever a line may have to end: Rich breaks help at spaces alone, and cuts what is longer."""
    from cabrief.renderers.layout import wrap

    return words and " ".join("".join(piece for piece, _ in line) for line in wrap([(words, "")], HELP_COLUMN))


def _in_japanese(command: Callable[..., Any]) -> str:
    """Help of a command in Japanese; that of its arguments and options is put into them, and into the panels around them."""
    from typer import rich_utils

    from cabrief.help_ja import EXAMPLES, HELP, OUTPUT, PANELS

    for name, title in PANELS.items():
        setattr(rich_utils, name, title)
    for parameter in inspect.signature(command).parameters.values():
        for info in getattr(parameter.annotation, "__metadata__", ()):
            info.help = _breakable(HELP.get(info.help, info.help))
            info.rich_help_panel = OUTPUT if info.rich_help_panel == PANEL else info.rich_help_panel
    examples = (inspect.getdoc(command) or "").rpartition("Examples: ")[2]
    return f"{HELP[_first(command)]}\n\n{EXAMPLES}{examples}"


def _with_shared(view: "Callable[..., Document]") -> "Callable[..., None]":
    """Make a command of a report: open the base, ask the view, print; the options that all reports share come by themselves."""
    signature = inspect.signature(view)
    own = list(signature.parameters.values())[2:]
    shared = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, (annotation, default) in SHARED.items()
    ]

    @wraps(view)
    def run(**arguments: Any) -> None:
        options = {name: arguments.pop(name) for name in SHARED}
        from cabrief import build, dates

        if str(options["output"]) == "-":
            options["output"] = None
        form = format_of(options)
        base = build.open_base(laid(options))
        emit(view(base, options["as_of"] or dates.today(), **arguments), options, form)

    parameters = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in own] + shared
    run.__signature__ = signature.replace(parameters=parameters, return_annotation=None)  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in parameters}
    return run


def common(version: Version = False) -> None:  # noqa: FBT002
    """Sourced briefs on Japan and Central Asia.

    Every line is traceable to a source, every known error is marked, and what is unknown is said to be unknown.
    On a terminal you see tables; into a pipe or a file goes Markdown with footnotes.
    """


def main() -> None:
    """Run a command, and turn what goes wrong into a message and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    word = sys.argv[1] if len(sys.argv) > 1 else None
    asked = word if word in load(word) else None
    try:
        try:
            application(asked)()
        finally:
            sys.stdout.flush()  # what fails while the interpreter ends could be told to nobody
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:
        if os.environ.get("CABRIEF_DEBUG"):
            raise
        code, message = explain(error)
        from cabrief.text import clean

        print(clean(message), file=sys.stderr)
        if isinstance(error, OSError):  # what could not be written would be tried again while the interpreter ends
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(code)


def explain(error: Exception) -> tuple[int, str]:
    """Exit code and message for whatever stopped a command."""
    from cabrief.base import UnknownName
    from cabrief.build import BadFacts, NoSuchDirectory
    from cabrief.places import BadConfig
    from cabrief.revisions import NoSuchState
    from cabrief.text import Text

    lang = speaking()
    match error:
        case UnknownName():
            return 2, f"cabrief: {_unknown(error).pick(lang)}"
        case Usage():
            return 2, f"cabrief: {error.pick(lang)}"
        case BadConfig():
            return 2, f"cabrief: {error}"
        case NothingFound():
            return 1, f"cabrief: {error.message.pick(lang)}"
        case NoSuchDirectory() | NoSuchState():
            return 2, f"cabrief: {error.message.pick(lang)}"
        case BadFacts():
            print_problems(error.problems, error.texts, None, lang=lang, stream=sys.stderr)
            en = f"{error} in the fact files, so there is nothing to answer from"
            words = Text(en, f"事実ファイルに問題{len(error.problems)}件、答えるもとがない")
            return 1, f"cabrief: {words.pick(lang)}"
        case OSError(strerror=str(why)):
            name = f": {error.filename}" if error.filename else ""
            return 2, f"cabrief: {Text('the system says', 'システムのエラー').pick(lang)}: {why}{name}"
        case _:
            what = f"{type(error).__name__}: {error}"
            en = f"this is a bug, please report it: {what} (CABRIEF_DEBUG=1 shows where)"
            words = Text(en, f"プログラムの不具合、報告を求む：{what}（CABRIEF_DEBUG=1で場所を表示）")
            return 3, f"cabrief: {words.pick(lang)}"


def _unknown(error: "UnknownName") -> "Text":
    from cabrief.text import Text, join, quoted, same, template

    near, known = [same(id_) for id_ in error.near], [same(id_) for id_ in error.known]
    hint = Text("", "")
    if near:
        hint = template(" Did you mean {ids}?", "{ids}のことか？", ids=join(near, " or ", "か"))
    elif len(known) <= FEW:
        hint = template(" Known: {ids}.", "あるのは{ids}。", ids=join(known))
    en, ja = "there is no {kind} {name}.{hint}", "{name}という{kind}はない。{hint}"
    return template(en, ja, kind=error.kind, name=quoted(error.name), hint=hint)
