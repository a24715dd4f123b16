"""The command `check`."""

from pathlib import Path
from typing import Annotated

import typer

from cabrief.authoring.warnings import find_warnings
from cabrief.cli.filters import Texts
from cabrief.cli.names import complete_words
from cabrief.cli.options import PANEL, AsOf, Data, LangOption, NoColor, read_folder
from cabrief.cli.output import print_problems
from cabrief.cli.printing import progress, say, tell
from cabrief.language.dates import today
from cabrief.library.asking import choose
from cabrief.library.directories import directories
from cabrief.library.languages import output_language
from cabrief.loading.cache import BadFacts, ask
from cabrief.loading.layers import NoSuchDirectory, find_layers
from cabrief.loading.load import about_folder
from cabrief.loading.whole import Whole
from cabrief.problems.codes import CODES
from cabrief.problems.printing import PROBLEM_FORMATS, counted, explain_code
from cabrief.problems.problem import Problem, together
from cabrief.store.base import Base


def check(
    directory: Annotated[
        Path | None, typer.Argument(parser=read_folder, help="A pack, or facts to lay over the built-in pack.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings, too, end with exit code 1.")] = False,
    code: Annotated[
        str | None,
        typer.Option(
            "--explain",
            metavar="CODE",
            help="Only explain a code of a problem.",
            autocompletion=complete_words(lambda: CODES),
        ),
    ] = None,
    texts: Texts = None,
    data: Data = None,
    as_of: AsOf = None,
    lang: LangOption = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            rich_help_panel=PANEL,
            autocompletion=complete_words(lambda: PROBLEM_FORMATS),
            help="terminal, text, json, or github for annotations. Default: terminal on a terminal, else text.",
        ),
    ] = None,
    no_color: NoColor = False,
) -> None:
    """Validate fact files: every problem of every file at once, as file:line:column: code: message.

    Examples: cabrief check | cabrief check my-facts/ | cabrief check --texts originals/ | cabrief check --explain unknown-id
    """
    speech = output_language(lang)
    if code is not None:
        (known_code,) = choose([code], list(CODES), "code")
        say(*explain_code(known_code, speech).splitlines())
        return
    form = "".join(choose([format_] if format_ else None, list(PROBLEM_FORMATS), "format"))
    extra = [*directories(data or ()), *([directory] if directory else [])]
    stack = find_layers(extra)

    def answer(base: Base) -> tuple[Whole, list[Problem]]:
        whole = Whole.sound(base, stack)
        return whole, [*find_warnings(whole, as_of or today())]

    try:
        loaded, found = ask(answer, extra, progress=progress)
    except BadFacts as bad:
        loaded, found = bad.loaded, bad.problems
    found += [problem for layer in stack for problem in about_folder(layer)]
    if texts:
        found += _held_against(loaded, texts)
    found = together(found)
    print_problems(found, loaded.texts(), form or None, lang=speech, no_color=no_color)
    count = counted(found, records=len(loaded.entries), files=sum(len(layer.files) for layer in stack))
    tell(count)
    raise typer.Exit(1 if any(strict or problem.level == "error" for problem in found) else 0)


def _held_against(loaded: Whole, texts: Path) -> list[Problem]:
    """What is wrong with the evidence; raises NoSuchDirectory where there is no folder of originals."""
    if not texts.is_dir():
        raise NoSuchDirectory(texts)
    from cabrief.authoring.evidence import held_against  # which only this option needs

    return list(held_against(loaded, texts))
