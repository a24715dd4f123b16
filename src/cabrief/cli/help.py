"""The help of commands and the library's complaints about a command line, in the language asked.

Typer's classes let both be overridden. Its own pages are laid out by Rich, which breaks lines at spaces alone; Japanese has
none.
"""

import inspect
import os
from collections.abc import Iterable, Sequence
from typing import Any

from typer import TyperException
from typer.core import CompletionItem, TyperCommand, TyperGroup  # type: ignore[attr-defined] # imported there by its name

from cabrief.cli.language import message_language
from cabrief.errors import UsageError
from cabrief.language.layout import width, wrap
from cabrief.language.text import EMPTY, Lang, Text, cut, join, quoted, same, template

EXAMPLES = "Examples: "
MOST_COLUMNS = 100  # columns of a help page: longer lines are hard to read
NAME_COLUMNS = (16, 34)  # columns that names of options take, at least and at most
INDENT = "  "
USAGE = Text("Usage: ", "使い方：")


def _repeated(command: TyperCommand, given: list[str], word: str) -> Text | None:
    """What to do about a second word behind an option that takes one, and may stand several times."""
    several = {name for option in command.params if getattr(option, "multiple", False) for name in option.opts}
    before = given[: given.index(word)]
    option = next((each for each in reversed(before) if each.startswith("-")), "")
    if option not in several or len(before) - before[::-1].index(option) == len(before):
        return None
    return template(
        "{o} takes one name: repeat it, as in {o} {b} {o} {w}",
        "{o}に続く名前は一つ：{o} {b} {o} {w} のように繰り返す",
        o=option,
        b=before[-1],
        w=word,
    )


class Command(TyperCommand):
    """A command whose help, and whose complaints, are in both languages."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        formatter.write(help_page(self, ctx, message_language()))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words of the command line; raises UsageError for words too many."""
        ctx.allow_extra_args = True
        given = list(args)
        left: list[str] = super().parse_args(ctx, args)
        if left and not ctx.resilient_parsing:
            words = quoted(left[0])
            extra = template("there is no place for {w}", "{w}は余分", w=words)
            raise UsageError(*_see(_repeated(self, given, left[0]) or extra, ctx.command_path))
        return left

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Options that begin so, without their help: Typer would import Rich to show it."""
        return [CompletionItem(item.value) for item in super().shell_complete(ctx, incomplete)]


class Group(TyperGroup):
    """The whole application, in the same way."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        formatter.write(help_page(self, ctx, message_language()))

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Find the command that is asked for; raises UsageError where there is none."""
        if not ctx.resilient_parsing and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            from cabrief.problems.problem import did_you_mean

            hint = did_you_mean(args[0], self.list_commands(ctx))
            words = template("there is no command {w}", "{w}というコマンドはない", w=quoted(args[0]))
            raise UsageError(*_see(words, ctx.command_path, hint))
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Names of commands that begin so, none of which is imported for it; else options."""
        if incomplete.startswith("-"):
            return [CompletionItem(item.value) for item in super().shell_complete(ctx, incomplete)]
        return [CompletionItem(name) for name in self.list_commands(ctx) if name.startswith(incomplete)]


def complaint(error: TyperException) -> Text:
    """What the library has against a command line, in both languages."""
    ctx, kind = getattr(error, "ctx", None), type(error).__name__
    option, param = getattr(error, "option_name", ""), getattr(error, "param", None)
    path = ctx.command_path if ctx else "cabrief"
    if kind == "NoSuchOption":
        near = [same(each) for each in sorted(getattr(error, "possibilities", None) or ())]
        hint = template("did you mean {o}?", "{o}のことか？", o=join(near, " or ", "か")) if near else EMPTY
        if ctx and ctx.parent is None and not near and option.startswith("--"):
            forms = (
                "options stand behind a command: cabrief COMMAND {o}",
                "オプションはコマンドの後に置く：cabrief コマンド {o}",
            )
            hint = template(*forms, o=cut(option))
        return _see(template("there is no option {o}", "{o}というオプションはない", o=quoted(option)), path, hint)
    if kind == "BadOptionUsage":
        needs = "requires" in error.message
        forms = ("{o} needs a value", "{o}には値が必要") if needs else ("{o} takes no value", "{o}は値を取らない")
        return _see(template(*forms, o=same(option)), path)
    if param is not None:
        name = same(max(param.opts, key=len) if param.param_type_name == "option" else param.name)
        if kind == "MissingParameter":
            return _see(template("{p} is missing", "{p}がない", p=name), path)
        least, most = getattr(param.type, "min", None), getattr(param.type, "max", None)
        if least is not None and most is not None:
            return template("{p} takes a whole number from {a} to {b}", "{p}は{a}〜{b}の整数", p=name, a=least, b=most)
    return template("{m}", "指定の誤り：{m}", m=cut(error.format_message()))


def _see(words: Text, command: str, hint: Text = EMPTY) -> Text:
    """A complaint with what may have been meant, and where the right words are listed."""
    if hint != EMPTY:
        return template("{w}; {h}", "{w}。{h}", w=words, h=hint)
    return template("{w}; see {c} --help", "{w}。{c} --help を参照", w=words, c=command)


def help_page(command: Any, ctx: Any, lang: Lang) -> str:
    """The help of a command or of the application, as wide as the terminal but for very wide ones."""
    import shutil

    size = max(20, min(shutil.get_terminal_size((80, 24)).columns, MOST_COLUMNS))
    groups: dict[str, list[tuple[str, str]]] = {}
    for param in command.get_params(ctx):
        argument = param.param_type_name == "argument"
        panel = param.rich_help_panel or ("Arguments" if argument else "Options")
        names = param.make_metavar(ctx) if argument else _option(param, ctx)
        groups.setdefault(panel, []).append((names, help_words(param.help, lang)))
    if isinstance(command, TyperGroup):
        listed = [(name, command.get_command(ctx, name)) for name in command.list_commands(ctx)]
        groups["Commands"] = [(name, help_words(_first(each.help), lang)) for name, each in listed if each]
    pieces = " ".join(command.collect_usage_pieces(ctx))
    lines = [*_wrapped(f"{USAGE.pick(lang)}{ctx.command_path} {pieces}", size, hanging=INDENT), ""]
    for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
        lines += [*_paragraph(paragraph, lang, size), ""]
    for title, rows in groups.items():
        lines += [_bold(help_words(title, lang)), *_two_columns(rows, size), ""]
    if command.epilog:
        lines += _wrapped(help_words(command.epilog, lang), size)
    return "\n".join(lines).rstrip() + "\n"


def help_words(words: str | None, lang: Lang) -> str:
    """Words of the help in a language."""
    if lang == "en" or not words:
        return words or ""
    from cabrief.cli.help_ja import HELP

    return HELP.get(words, words)


def _first(help_: str | None) -> str:
    return inspect.cleandoc(help_ or "").split("\n")[0]


def _option(param: Any, ctx: Any) -> str:
    names = ", ".join(sorted(param.opts, key=len))
    return names if param.is_flag else f"{names} {param.make_metavar(ctx)}"


def _paragraph(words: str, lang: Lang, size: int) -> list[str]:
    """A paragraph of the help; of examples, one a line."""
    if words.startswith(EXAMPLES):
        shown = [
            each
            for line in words.removeprefix(EXAMPLES).split(" | ")
            for each in _wrapped(line, size - 4, hanging=INDENT)
        ]
        return [help_words(EXAMPLES.strip(), lang), *(INDENT + each for each in shown)]
    return _wrapped(help_words(" ".join(words.split("\n")), lang), size)


def _wrapped(words: str, size: int, hanging: str = "") -> list[str]:
    """Words in lines of so many columns, the second and later ones behind an indent."""
    lines = ["".join(piece for piece, _ in line) for line in wrap([(words, "")], size - len(hanging))]
    return [line if i == 0 else hanging + line for i, line in enumerate(lines)]


def _two_columns(rows: Sequence[tuple[str, str]], size: int) -> Iterable[str]:
    """Names on the left with what they mean beside them; where there is little room, below them."""
    least, most = NAME_COLUMNS
    left = max(least, min(max((width(name) for name, _ in rows), default=0), most, size // 2)) + len(INDENT) * 2
    for name, meaning in rows:
        lines = _wrapped(meaning, max(size - left, 10))
        if width(name) + len(INDENT) * 2 > left:
            yield INDENT + name
        else:
            yield (INDENT + name + " " * (left - len(INDENT) - width(name)) + lines.pop(0)).rstrip()
        yield from (" " * left + line for line in lines if line)


def _bold(words: str) -> str:
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return words if plain else f"\x1b[1m{words}\x1b[0m"
