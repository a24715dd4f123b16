"""The application: its commands, its help, and what goes wrong turned into a message and an exit code."""

import errno
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.main import get_command, get_command_from_info
from typer.models import CommandInfo

from cabrief.cli import COMPLETION
from cabrief.cli.help import Command, Group, complaint
from cabrief.cli.language import message_language
from cabrief.cli.printing import say, tell
from cabrief.errors import CabriefError, system_says
from cabrief.language.text import Text, template

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
    "export",
    "site",
    "check",
    "new",
    "init",
    "schema",
    "browse",
    "mcp",
)  # in the order of the help; each is a module of `commands` with a function of that name
EPILOG = (
    "Data goes to stdout, everything else to stderr. Exit codes: 0 done, 1 problems found, 2 wrong request, 3 a bug."
)


class LazyGroup(Group):
    """Commands that are imported and built when they are asked for: one costs as much as a report."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the library's signature
        """Names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - the library's signature
        """The command of a name, or None."""
        if cmd_name not in COMMANDS:
            return None
        if cmd_name not in self.commands:
            info = CommandInfo(
                name=cmd_name,
                cls=Command,
                callback=command_function(cmd_name),
                context_settings=CONTEXT,
                options_metavar=OPTIONS.pick(message_language()),
            )
            self.commands[cmd_name] = get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)
        return self.commands[cmd_name]


NO_ROOM = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN")  # what SQLite says where a file cannot grow
OPTIONS = Text("[OPTIONS]", "[オプション]")
SUBCOMMAND = Text("COMMAND [ARGS]...", "コマンド [引数]...")
CONTEXT = {"help_option_names": ["-h", "--help"]}


def command_function(name: str) -> Callable[..., Any]:
    """The function of a command."""
    module = import_module(f"cabrief.cli.commands.{name}")
    function: Callable[..., Any] = getattr(module, name)
    return function


def build_application(*, completion: bool = True) -> Any:
    """The application with its lazy commands, and with the options for completion in a shell where they are wanted."""
    lang = message_language()
    app = typer.Typer(
        name="cabrief",
        cls=LazyGroup,
        invoke_without_command=True,
        add_completion=completion,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings=CONTEXT,
        options_metavar=OPTIONS.pick(lang),
        subcommand_metavar=SUBCOMMAND.pick(lang),
        epilog=EPILOG,
        callback=common,
    )
    command: Any = get_command(app)
    for param in command.params:
        if param.name == "install_completion":
            param.callback = _install_completion
    return command


def _install_completion(ctx: Any, _: Any, value: Any) -> Any:
    """Install the completion: the library's own way rewrites the user's files."""
    if not value or ctx.resilient_parsing:
        return value
    from cabrief.cli.completing import install_completion

    install_completion(COMPLETION)
    words = Text("completion is installed; a new terminal has it", "補完を設定した。新しい端末から使える")
    say(words.pick(message_language()))
    raise typer.Exit


def _print_version(value: bool) -> None:
    if value:
        from cabrief import __version__

        say(f"cabrief {__version__}")
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")]


def common(ctx: typer.Context, version: Version = False) -> None:  # noqa: ARG001 - its callback prints it
    """Sourced briefs on Japan and Central Asia.

    Every line is traceable to a source, every known error is marked, and what is unknown is said to be unknown.
    On a terminal you see tables; into a pipe or a file goes Markdown with footnotes.
    """
    if ctx.invoked_subcommand is None:
        say(*ctx.get_help().splitlines())
        raise typer.Exit(2)


def main() -> None:
    """Run a command, and turn what goes wrong into a message and an exit code."""
    try:
        try:
            # options of the program stand before the command: where that comes first, theirs need not be built
            completion = COMPLETION in os.environ or not sys.argv[1:] or sys.argv[1].startswith("-")
            code = build_application(completion=completion)(prog_name="cabrief", standalone_mode=False)
        finally:
            sys.stdout.flush()  # what fails while the interpreter ends could be told to nobody
    except Exception as error:
        if os.environ.get("CABRIEF_DEBUG"):
            raise
        if os.environ.get(COMPLETION, "").startswith("complete_"):
            code = 0  # a shell would show a message in the midst of what is being typed
        else:
            code, message = explain(error)
            tell(message)
        if isinstance(error, OSError):  # what could not be written would be tried again at the end
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(code)
    sys.exit(code)


def explain(error: Exception) -> tuple[int, str]:
    """Exit code and message for whatever stopped a command; the problems of bad facts are printed before it."""
    lang, plain = message_language(), "--no-color" in sys.argv
    match error:
        case CabriefError():
            if problems := getattr(error, "problems", None):
                from cabrief.cli.output import print_problems

                print_problems(
                    problems, getattr(error, "texts", {}), None, lang=lang, no_color=plain, stream=sys.stderr
                )
            return error.exit_code, error.message.pick(lang)
        case MemoryError() | RuntimeError(args=("can't start new thread",)):
            return 2, Text("there is not enough memory for that: ask for less", "メモリが足りない：範囲を絞る").pick(
                lang
            )
        case _ if getattr(error, "sqlite_errorname", "").startswith(NO_ROOM):
            en, ja = "there is no room for a temporary file: {e}", "一時ファイルを置く場所がない：{e}"
            return 2, template(en, ja, e=str(error)).pick(lang)
        case OSError(errno=errno.EBADF, filename=None):
            return 2, Text("standard output is closed", "標準出力が閉じている").pick(lang)
        case typer.TyperException():
            return 2, complaint(error).pick(lang)
        case OSError(strerror=str()):
            return 2, system_says(error).pick(lang)
        case _:
            what = f"{type(error).__name__}: {error}"
            en = f"this is a bug, please report it: {what} (CABRIEF_DEBUG=1 shows where)"
            words = Text(en, f"プログラムの不具合、報告を求む：{what}（CABRIEF_DEBUG=1で場所を表示）")
            return 3, words.pick(lang)
