"""The command `diff`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from cabrief.cli.data import is_overlay, pack_here
from cabrief.cli.language import output_language
from cabrief.cli.options import Bom, Format, LangOption, Layers, NoColor, NoPager, Output, ShowSources, Width
from cabrief.cli.output import OutputOptions, print_document
from cabrief.errors import UsageError
from cabrief.language.dates import today
from cabrief.loading import revisions
from cabrief.loading.layers import read_files
from cabrief.loading.load import in_memory, load_facts
from cabrief.reports import diff as page


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A directory, a git revision, or a day (2026-10-01).")],
    new: Annotated[
        str | None, typer.Argument(metavar="[NEW]", help="The same; the pack as it stands if absent.")
    ] = None,
    pack: Annotated[
        Path | None,
        typer.Option("--pack", metavar="DIR", help="Pack whose revisions are meant. Default: the one here."),
    ] = None,
    format_: Format = None,
    output: Output = None,
    lang: LangOption = None,
    width: Width = None,
    show_sources: ShowSources = None,
    no_pager: NoPager = False,
    no_color: NoColor = False,
    bom: Bom = None,
    layers: Layers = False,
) -> None:
    """Print what changed between two packs, or two revisions of one: what was added, removed, changed, in which field.

    Examples: cabrief diff 2026-10-01 | cabrief diff v1.0 HEAD -o changes.md | cabrief diff old-pack/ new-pack/ -f json
    """
    options = OutputOptions(format_, output, lang, width, show_sources, no_pager, no_color, bom, layers)
    form = options.format_name()
    if new is None and Path(old).is_dir():
        raise UsageError(
            "name two directories, or a revision or a day", "フォルダーなら二つ、またはリビジョンか日付を指定する"
        )
    here = pack or pack_here()
    if not (layers or options.on_screen()) and any(is_overlay(Path(name)) for name in (old, new) if name):
        raise UsageError(
            "a layer of your own goes into a file or a pipe only with --layers",
            "自分のデータ層を出力するには --layers を付ける",
        )
    bases = []
    unread: set[str] = set()
    for name in (old, new or str(here)):
        stack, raw = revisions.state(name, here)
        loaded, found = load_facts(stack, read_files(stack) if raw is None else raw)
        if loaded.pack is None:
            raise UsageError(f"{name} is no pack: it has no pack.yaml", f"{name}はパックではない：pack.yamlがない")
        if errors := sum(problem.level == "error" for problem in found):
            en = f"{name} has {errors} problem{'s' * (errors > 1)}; records that cannot be read there are left out on both sides"
            ja = f"{name}に問題{errors}件、読めない記録は両側から除く"
            print(f"cabrief: {en if output_language(lang) == 'en' else ja}", file=sys.stderr)
        unread |= loaded.broken
        bases.append(in_memory(loaded))
    print_document(page.view(bases[0], bases[1], today(), (old, new or str(here)), unread), options, form)
