"""The help and the complaints of the command line, in both languages and at every width."""

import inspect
import os
import re
from collections.abc import Iterator
from typing import Any

import pytest

from cabrief.cli import application
from cabrief.cli.help import help_page
from cabrief.cli.help_ja import HELP
from cabrief.language.layout import width
from cabrief.language.text import Lang
from conftest import Run

WIDE = "[\u3040-\u30ff\u4e00-\u9fff（）、。：]"


def commands() -> Iterator[tuple[Any, Any]]:
    """Every command, and the application itself, with a context to print its help in."""
    whole = application.build_application()
    context = whole.context_class(whole, info_name="cabrief", **application.CONTEXT)
    yield whole, context
    for name in application.COMMANDS:
        command = whole.get_command(context, name)
        yield command, command.context_class(command, info_name=name, parent=context, **application.CONTEXT)


def helped(command: Any, context: Any) -> set[str]:
    """All that the help of a command has to say in a language."""
    words = {param.help for param in command.get_params(context)}
    return words | {inspect.cleandoc(command.help).split("\n")[0]} | ({command.epilog} if command.epilog else set())


def test_every_line_has_its_japanese() -> None:
    """Commands, arguments, options, headings, those of the library among them; and nothing more is translated."""
    wanted = {"Examples:", "Options", "Arguments", "Commands", "Output"}
    for command, context in commands():
        wanted |= helped(command, context)
        rest = inspect.cleandoc(command.help).split("\n\n")[1:]
        wanted |= {" ".join(part.split("\n")) for part in rest if not part.startswith("Examples:")}
    assert wanted == set(HELP)


@pytest.mark.one_in(5)
@pytest.mark.parametrize("columns", [40, 41, 57, 79, 80, 100, 119, 120, 200])
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_no_word_has_a_stray_space(columns: int, lang: Lang, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines end where the language lets them, none is wider than the terminal, and no character is lost."""
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("CABRIEF_LANG", lang)
    monkeypatch.setenv("NO_COLOR", "1")
    for command, context in commands():
        page = help_page(command, context, lang)
        squeezed = re.sub(r"\s", "", page)
        for words in helped(command, context):
            expected = re.sub(r"\s", "", HELP[words] if lang == "ja" else words)
            assert lang == "en" or expected in squeezed, (columns, words)
        if lang == "ja":
            assert not [line for line in page.split("\n") if re.search(f"{WIDE} {WIDE}", line)], columns
        assert all(width(line) <= columns for line in page.split("\n")), columns


def test_help_is_in_the_language_asked(run: Run) -> None:
    """By the environment, or by --lang before or behind --help."""
    for arguments, environment in (
        (("country", "--help"), {"CABRIEF_LANG": "ja"}),
        (("country", "--help", "--lang", "ja"), {}),
        (("--help",), {"CABRIEF_LANG": "ja"}),
    ):
        shown = run(*arguments, **environment).stdout
        assert "国別の概況を表示する。" in shown
        assert shown.startswith("使い方：cabrief")
        assert not re.search("Usage|Options|OPTIONS|Default|Print|Show", shown)
    assert "Print a country's profile." in run("country", "--help").stdout


@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    ("words", "en", "ja"),
    [
        (
            "facts --knd x",
            "there is no option '--knd'; did you mean --kind?",
            "「--knd」というオプションはない。--kindのことか？",
        ),
        (
            "facts -x",
            "there is no option '-x'; see cabrief facts --help",
            "「-x」というオプションはない。cabrief facts --help を参照",
        ),
        ("facts --kind", "--kind needs a value; see cabrief --help", "--kindには値が必要。cabrief --help を参照"),
        ("facts --bom=3", "--bom takes no value; see cabrief --help", "--bomは値を取らない。cabrief --help を参照"),
        ("country", "names is missing; see cabrief country --help", "namesがない。cabrief country --help を参照"),
        ("brief --width 3", "--width takes a whole number from 20 to 1000", "--widthは20〜1000の整数"),
        ("brief --width x", "--width takes a whole number from 20 to 1000", "--widthは20〜1000の整数"),
        (
            "facts a b",
            "there is no place for 'a'; see cabrief facts --help",
            "「a」は余分。cabrief facts --help を参照",
        ),
        (
            "projects --country aru bela",
            "--country takes one name: repeat it, as in --country aru --country bela; see cabrief projects --help",
            "--countryに続く名前は一つ：--country aru --country bela のように繰り返す。cabrief projects --help を参照",
        ),
        (
            "diff --since 2031 --until 2032 2033 2034 2035",
            "there is no place for '2035'; see cabrief diff --help",
            "「2035」は余分。cabrief diff --help を参照",
        ),
        (
            "breif",
            "there is no command 'breif'; did you mean 'brief'?",
            "「breif」というコマンドはない。「brief」のことか？",
        ),
        ("zzz", "there is no command 'zzz'; see cabrief --help", "「zzz」というコマンドはない。cabrief --help を参照"),
        ("why zzzz", "there is no fact 'zzzz'.", "「zzzz」という事実はない。"),
        ("country zzzz", "there is no country 'zzzz'.", "「zzzz」という国はない。"),
    ],
)
def test_complaints_are_in_the_language_asked(run: Run, words: str, en: str, ja: str) -> None:
    """One line each, exit code 2."""
    for lang, expected in (("en", en), ("ja", ja)):
        done = run(*words.split(), CABRIEF_LANG=lang)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(f"cabrief: {expected}")
        assert done.stderr.count("\n") == 1


def test_installing_completion_speaks_the_language(run: Run, tmp_path: Any) -> None:
    """What the library prints of it is said in our words."""
    for lang in ("en", "ja"):
        done = run(
            "--install-completion", CABRIEF_LANG=lang, HOME=str(tmp_path), SHELL="/bin/none", PATH=os.environ["PATH"]
        )
        said = done.stdout + done.stderr
        assert len(said.splitlines()) == 1
        assert ("補完" in said) == (lang == "ja")
