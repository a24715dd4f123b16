"""The command `diff`."""

from pathlib import Path, PurePath
from typing import Annotated

import typer

from cabrief.cli.data import pack_here, wanted_layers
from cabrief.cli.filters import Countries, Since, Topics, Until, date_option
from cabrief.cli.options import (
    AsOf,
    Bom,
    Format,
    LangOption,
    Layers,
    NoColor,
    NoPager,
    Output,
    ShowSources,
    Width,
    read_folder,
)
from cabrief.cli.output import OutputOptions, print_document
from cabrief.cli.printing import tell
from cabrief.errors import UsageError
from cabrief.language.dates import END_OF_TIME, bounds, today
from cabrief.language.text import Text
from cabrief.library.days import days_between
from cabrief.library.directories import is_overlay
from cabrief.library.opening import open_directories
from cabrief.loading import revisions
from cabrief.loading.layers import Layer, read_files
from cabrief.loading.load import in_memory, load_facts
from cabrief.reports import between
from cabrief.reports import diff as page
from cabrief.store.base import Base


def diff(
    old: Annotated[
        str | None, typer.Argument(metavar="[OLD]", help="A directory, a git revision, or a day (2026-10-01).")
    ] = None,
    new: Annotated[
        str | None, typer.Argument(metavar="[NEW]", help="The same; the pack as it stands if absent.")
    ] = None,
    pack: Annotated[
        Path | None,
        typer.Option(
            "--pack", metavar="DIR", parser=read_folder, help="Pack whose revisions are meant. Default: the one here."
        ),
    ] = None,
    since: Since = None,
    until: Until = None,
    countries: Countries = None,
    topics: Topics = None,
    format_: Format = None,
    output: Output = None,
    lang: LangOption = None,
    as_of: AsOf = None,
    width: Width = None,
    show_sources: ShowSources = None,
    no_pager: NoPager = False,
    no_color: NoColor = False,
    bom: Bom = None,
    layers: Layers = False,
) -> None:
    """Print what changed between two packs, revisions or days; with --since, what came about by the facts' own dates.

    Examples: cabrief diff --since 2026-09-01 | cabrief diff v1.0 HEAD -o changes.md | cabrief diff old-pack/ new-pack/ -f json
    """
    options = OutputOptions(format=format_, output=output, lang=lang, width=width, sources=show_sources, bom=bom)
    options = options.but(no_pager=no_pager, no_color=no_color, layers=layers)
    form = options.format_name()
    here = pack or pack_here()
    if not (layers or options.on_screen()) and any(is_overlay(Path(name)) for name in (old, new, pack) if name):
        raise UsageError(
            "a layer of your own goes into a file or a pipe only with --layers",
            "自分のデータ層を出力するには --layers を付ける",
        )
    if days := _days(old, new, since, until, here, as_of, narrow=bool(countries or topics)):
        own = pack or (here if here in (Path(), Path("data")) else None)
        facts = open_directories([own] if own else wanted_layers(None, options), tell=tell, as_of=days[1])
        if since:
            came = facts.diff(since=since, until=days[1], country=countries, topic=topics).document
        else:
            came = between.view(facts.base, *days)
        print_document(came, options, form, facts.base)
        return
    assert old is not None  # noqa: S101 - else there would be days
    if new is None and Path(old).is_dir():
        raise UsageError(
            "name two directories, or a revision or a day", "フォルダーなら二つ、またはリビジョンか日付を指定する"
        )
    names = old, new or str(here)
    bases, unread, notes = _states(names, here)
    by_day = as_of or END_OF_TIME
    document = page.view(bases[0], bases[1], as_of or today(), names, unread=unread, notes=notes, by_day=by_day)
    print_document(document, options, form, bases[1])


def _states(names: tuple[str, str], here: Path) -> tuple[list[Base], set[str], list[Text]]:
    """The two states as fact bases, the ids of the records that could not be read in one of them, and what to say of these.

    What the other state has in a file that could not be read at all counts as one of these.
    """
    bases: list[Base] = []
    unread: set[str] = set()
    notes: list[Text] = []
    files: list[dict[str, str]] = []  # by the names that reports call them, their names in the pack
    closed: set[str] = set()
    for name in names:
        stack, raw = revisions.state(name, here)
        loaded, found = load_facts(stack, read_files(stack) if raw is None else raw)
        if loaded.pack is None:
            raise UsageError(f"{name} is no pack: it has no pack.yaml", f"{name}はパックではない：pack.yamlがない")
        if errors := sum(problem.level == "error" for problem in found):
            en = f"{name} has {errors} problem{'s' * (errors > 1)}; records that cannot be read there are left out on both sides"
            ja = f"{name}に問題{errors}件、読めない記録は両側から除く"
            notes.append(Text(f"{en}.", f"{ja}。"))
            tell(Text(en, ja))
        unread |= loaded.broken
        files.append(_names_within(stack))
        read = {entry.file for entry in loaded.entries}
        wrong = {problem.where.file for problem in found if problem.level == "error"}
        closed |= {files[-1][file] for file in wrong - read if file in files[-1]}
        bases.append(in_memory(loaded))
    for base, names_in_pack in zip(bases, files, strict=True):
        unread |= {record.id for record, origin in base.records() if names_in_pack.get(origin.file) in closed}
    return bases, unread, notes


def _names_within(stack: list[Layer]) -> dict[str, str]:
    """Names of files as reports have them, and as they are called within the pack, the same in each state of it."""
    return {
        layer.label(file): f"{number} {PurePath(file).relative_to(layer.directory).as_posix()}"
        for number, layer in enumerate(reversed(stack))  # the pack is the last, its seeds stand before it
        for file in layer.files
    }


def _days(
    old: str | None,
    new: str | None,
    since: str | None,
    until: str | None,
    here: Path,
    as_of: str | None,
    *,
    narrow: bool,
) -> tuple[str, str] | None:
    """The days to tell of by the facts' own dates: the last one before, and the last one; None for states of fact files.

    A day means a state of the files where git knows them, and a day of the facts elsewhere.
    """
    if "" in (old, new):
        raise UsageError(
            "a state needs a name: a directory, a revision or a day",
            "版の名前が空：フォルダー、リビジョン、または日付を指定する",
        )
    if narrow and not since:
        raise UsageError("--country and --topic go with --since", "--country と --topic は --since とともに使う")
    if since or until:
        if old or not since:
            raise UsageError(
                "say --since DATE, with or without --until, and no other state",
                "--since 日付（--until は任意）だけを指定し、ほかの版は書かない",
            )
        return days_between(since, until, as_of or today())
    if old is None:
        raise UsageError(
            "name two directories, a revision, a day, or --since DATE",
            "フォルダー二つ、リビジョン、日付、または --since 日付 を指定する",
        )
    days = [old, new or as_of or today()]
    if all(revisions.ISO_DAY.fullmatch(day) for day in days) and not revisions.has_history(here):
        first, last = (bounds(date_option(day) or day)[1] for day in days)
        if first > last:
            raise UsageError(f"{first} comes after {last}", f"{first}は{last}より後")
        return first, last
    return None
