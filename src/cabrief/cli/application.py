"""The application: its commands, its help, and what goes wrong turned into a message and an exit code."""

import inspect
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command_from_info
from typer.models import CommandInfo

from cabrief.cli.language import message_language
from cabrief.cli.options import PANEL
from cabrief.errors import CabriefError
from cabrief.language.text import Text, clean

COMMANDS = (
    "brief",
    "country",
    "compare",
    "timeline",
    "treaties",
    "commitments",
    "projects",
    "actors",
    "voices",
    "search",
    "facts",
    "sources",
    "disputes",
    "why",
    "diff",
    "check",
    "new",
    "init",
    "schema",
)  # in the order of the help; each is a module of `commands` with a function of that name
HELP_COLUMN = 32  # what a terminal of 80 columns leaves for the help of an option
EPILOG = (
    "Data goes to stdout, everything else to stderr. Exit codes: 0 done, 1 problems found, 2 wrong request, 3 a bug."
)


class LazyGroup(TyperGroup):
    """Commands that are imported and built when they are asked for: one costs as much as a report."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the library's signature
        """Names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - the library's signature
        """The command of a name, or None."""
        if cmd_name not in COMMANDS:
            return None
        if cmd_name not in self.commands:
            function = command_function(cmd_name)
            help_ = _help_in_japanese(function) if _japanese_help() else None
            info = CommandInfo(name=cmd_name, callback=function, help=help_, context_settings=CONTEXT)
            self.commands[cmd_name] = get_command_from_info(
                info, pretty_exceptions_short=False, rich_markup_mode="rich"
            )
        return self.commands[cmd_name]


CONTEXT = {"help_option_names": ["-h", "--help"]}


def command_function(name: str) -> Callable[..., Any]:
    """The function of a command."""
    module = import_module(f"cabrief.cli.commands.{name}")
    function: Callable[..., Any] = getattr(module, name)
    return function


def build_application() -> typer.Typer:
    """The application with its lazy commands."""
    app = typer.Typer(
        name="cabrief",
        cls=LazyGroup,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
        context_settings=CONTEXT,
        epilog=EPILOG,
        callback=common,
    )
    if _japanese_help():
        from cabrief.cli import help_ja

        app.info.epilog = help_ja.HELP[EPILOG]
        app.info.help = f"{help_ja.HELP[_first_line(common)]}\n\n{help_ja.BODY}"
    return app


def _print_version(value: bool) -> None:
    if value:
        from cabrief import __version__

        print(f"cabrief {__version__}")
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")]


def common(version: Version = False) -> None:
    """Sourced briefs on Japan and Central Asia.

    Every line is traceable to a source, every known error is marked, and what is unknown is said to be unknown.
    On a terminal you see tables; into a pipe or a file goes Markdown with footnotes.
    """


def _japanese_help() -> bool:
    """Whether help is asked for, and in Japanese."""
    if not ({"-h", "--help"} & set(sys.argv[1:]) or len(sys.argv) == 1):
        return False
    return message_language() == "ja"


def _first_line(function: Callable[..., Any]) -> str:
    return (inspect.getdoc(function) or "").split("\n")[0]


def _breakable(words: str | None) -> str | None:
    """Words with a space wherever a line may have to end: Rich breaks help at spaces alone, and cuts what is longer."""
    from cabrief.language.layout import wrap

    return words and " ".join("".join(piece for piece, _ in line) for line in wrap([(words, "")], HELP_COLUMN))


def _help_in_japanese(command: Callable[..., Any]) -> str:
    """Help of a command in Japanese; that of its arguments and options is put into them, and into the panels around them."""
    from typer import rich_utils

    from cabrief.cli.help_ja import EXAMPLES, HELP, OUTPUT, PANELS

    for name, title in PANELS.items():
        setattr(rich_utils, name, title)
    for parameter in inspect.signature(command).parameters.values():
        for info in getattr(parameter.annotation, "__metadata__", ()):
            info.help = _breakable(HELP.get(info.help, info.help))
            info.rich_help_panel = OUTPUT if info.rich_help_panel == PANEL else info.rich_help_panel
    examples = (inspect.getdoc(command) or "").rpartition("Examples: ")[2]
    return f"{HELP[_first_line(command)]}\n\n{EXAMPLES}{examples}"


def main() -> None:
    """Run a command, and turn what goes wrong into a message and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        try:
            build_application()()
        finally:
            sys.stdout.flush()  # what fails while the interpreter ends could be told to nobody
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:
        if os.environ.get("CABRIEF_DEBUG"):
            raise
        code, message = explain(error)
        print(f"cabrief: {clean(message)}", file=sys.stderr)
        if isinstance(error, OSError):  # what could not be written would be tried again while the interpreter ends
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(code)


def explain(error: Exception) -> tuple[int, str]:
    """Exit code and message for whatever stopped a command; the problems of bad facts are printed before it."""
    lang = message_language()
    match error:
        case CabriefError():
            if problems := getattr(error, "problems", None):
                from cabrief.cli.output import print_problems

                print_problems(problems, getattr(error, "texts", {}), None, lang=lang, stream=sys.stderr)
            return error.exit_code, error.message.pick(lang)
        case OSError(strerror=str(why)):
            name = f": {error.filename}" if error.filename else ""
            return 2, f"{Text('the system says', 'システムのエラー').pick(lang)}: {why}{name}"
        case _:
            what = f"{type(error).__name__}: {error}"
            en = f"this is a bug, please report it: {what} (CABRIEF_DEBUG=1 shows where)"
            words = Text(en, f"プログラムの不具合、報告を求む：{what}（CABRIEF_DEBUG=1で場所を表示）")
            return 3, words.pick(lang)
