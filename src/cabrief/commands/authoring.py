"""The commands for whoever keeps facts: what changed, what is wrong, something to begin with."""

import shlex
import sys
from pathlib import Path
from typing import Annotated

import typer

from cabrief.commands import command
from cabrief.options import (
    PANEL,
    AsOf,
    Bom,
    Data,
    Format,
    Lang,
    Layers,
    NoColor,
    NoSources,
    NothingFound,
    Output,
    Texts,
    Usage,
    Width,
    directories,
    emit,
    format_of,
    is_overlay,
    language,
    on_screen,
    one_of,
    pack_here,
    print_problems,
    texts_in,
)


def skeleton_kinds() -> list[str]:
    """Kinds of fact, for completion."""
    from cabrief.facts import SINGULAR

    return list(SINGULAR.values())


@command
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A directory, a git revision, or a day (2026-10-01).")],
    new: Annotated[str | None, typer.Argument(metavar="[NEW]", help="The same; the pack as it stands if absent.")] = None,
    pack: Annotated[
        Path | None, typer.Option("--pack", metavar="DIR", help="Pack whose revisions are meant. Default: the one here.")
    ] = None,
    format_: Format = None, output: Output = None, lang: Lang = None, width: Width = None, no_sources: NoSources = False,  # noqa: FBT002
    no_color: NoColor = False, bom: Bom = False, layers: Layers = False,  # noqa: FBT002
) -> None:  # fmt: skip
    """Print what changed between two packs, or two revisions of one: what was added, removed, changed, in which field.

    Examples: cabrief diff 2026-10-01 | cabrief diff v1.0 HEAD -o changes.md | cabrief diff old-pack/ new-pack/ -f json
    """
    from cabrief import build, dates, revisions
    from cabrief.views import diff

    options = {
        "format": format_, "output": output if str(output) != "-" else None, "lang": lang, "width": width,
        "no_sources": no_sources, "no_color": no_color, "bom": bom,
    }  # fmt: skip
    form = format_of(options)
    if new is None and Path(old).is_dir():
        raise Usage(
            "name two directories, or a revision or a day", "フォルダーなら二つ、またはリビジョンか日付を指定する"
        )
    here = pack or pack_here()
    if not (layers or on_screen(options)) and any(is_overlay(Path(name)) for name in (old, new) if name):
        raise Usage(
            "a layer of your own goes into a file or a pipe only with --layers",
            "自分のデータ層を出力するには --layers を付ける",
        )
    bases = []
    unread: set[str] = set()
    for name in (old, new or str(here)):
        stack, raw = revisions.state(name, here)
        facts, found = build.load(stack, build.contents(stack) if raw is None else raw)
        if facts.pack is None:
            raise Usage(f"{name} is no pack: it has no pack.yaml", f"{name}はパックではない：pack.yamlがない")
        if errors := sum(problem.level == "error" for problem in found):
            en = f"{name} has {errors} problem{'s' * (errors > 1)}; records that cannot be read there are left out on both sides"
            ja = f"{name}に問題{errors}件、読めない記録は両側から除く"
            print(f"cabrief: {en if language(lang) == 'en' else ja}", file=sys.stderr)
        unread |= facts.broken
        bases.append(build.in_memory(facts))
    emit(diff.view(bases[0], bases[1], dates.today(), (old, new or str(here)), unread), options, form)


@command
def check(
    directory: Annotated[Path | None, typer.Argument(help="A pack, or facts to lay over the built-in pack.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings, too, end with exit code 1.")] = False,  # noqa: FBT002
    code: Annotated[str | None, typer.Option("--explain", metavar="CODE", help="Only explain a code of a problem.")] = None,
    texts: Texts = None,
    data: Data = None,
    as_of: AsOf = None,
    lang: Lang = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format", "-f", metavar="FORMAT", rich_help_panel=PANEL,
            help="terminal, text, json, or github for annotations. Default: terminal on a terminal, else text.",
        ),
    ] = None,
    no_color: NoColor = False,  # noqa: FBT002
) -> None:  # fmt: skip
    """Validate fact files: every problem of every file at once, as file:line:column: code: message.

    Examples: cabrief check | cabrief check my-facts/ | cabrief check --texts originals/ | cabrief check --explain unknown-id
    """
    from cabrief import build, dates, diagnostics, problems

    speech = language(lang)
    if code is not None:
        from cabrief import codes

        (known_code,) = one_of([code], list(codes.CODES), "code")
        print(diagnostics.explained(known_code, speech), end="")
        return
    form = "".join(one_of([format_] if format_ else None, list(diagnostics.FORMATS), "format"))
    stack = build.layers([*directories(data), *([directory] if directory else [])])
    facts, found = build.load(stack, build.contents(stack))
    if all(problem.level == "warning" for problem in found):
        from cabrief import hygiene

        found += [*hygiene.warnings(facts, build.in_memory(facts), as_of or dates.today())]
    if texts:
        from cabrief import evidence

        if not texts.is_dir():
            raise build.NoSuchDirectory(texts)
        found += evidence.held_against(facts, texts)
    found = problems.together(found)
    print_problems(found, facts.texts(), form or None, lang=speech, no_color=no_color)
    count = diagnostics.counted(found, records=len(facts.entries), files=sum(len(layer.files) for layer in stack))
    print(count.pick(speech), file=sys.stderr)
    raise typer.Exit(1 if any(strict or problem.level == "error" for problem in found) else 0)


@command
def new(
    kind: Annotated[
        str,
        typer.Argument(help="Kind of fact, e.g. note, event, treaty.", autocompletion=lambda: list(skeleton_kinds())),
    ],
    phrase: Annotated[
        str | None, typer.Option("--from-phrase", metavar="WORDS", help="Fill in the ref to where these words stand.")
    ] = None,
    texts: Texts = None,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Print a commented skeleton of a fact, to fill in.

    Examples: cabrief new note | cabrief new event | cabrief new note --from-phrase 全方位外交 --texts originals/
    """
    from cabrief import build, skeleton

    speech = language(lang)
    (plural,) = (skeleton.BY_KIND[one] for one in one_of([kind], list(skeleton.BY_KIND), "kind"))
    if phrase is None:
        print(skeleton.record(plural, lang=speech), end="")
        return
    if texts is None:
        raise Usage(
            "--from-phrase looks into the original documents: name their folder with --texts DIR",
            "--from-phrase は原文書を調べる。--texts DIR でフォルダーを指定",
        )
    from cabrief.rules import Bad, read_phrase

    try:
        read_phrase(phrase)
    except Bad as bad:
        raise Usage(bad.message.en, bad.message.ja) from None
    found = skeleton.places(phrase, texts_in(build.open_base(directories(data)), texts))
    if not found:
        from cabrief.text import quoted, template

        raise NothingFound(template("no document has {p}", "{p}はどの文書にもない", p=quoted(phrase)))
    print(skeleton.record(plural, found[0], speech), end="")
    for ref in found[1:]:
        print(f"# also in {ref.source}, line {ref.line}" if speech == "en" else f"# ほかに{ref.source}の{ref.line}行目")


@command
def init(
    directory: Annotated[Path, typer.Argument(help="Folder to make; it must be empty or not there.")],
    lang: Lang = None,
) -> None:
    """Make a pack for another host and region, which builds at once, with an example of each kind.

    Examples: cabrief init my-pack && cabrief brief --data my-pack
    """
    from cabrief import build, skeleton
    from cabrief.base import fold

    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise Usage(f"{directory} is there already, and not empty", f"{directory}はすでにあり、空でない")
    speech = language(lang)
    name = fold(directory.resolve().name)
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for file, text in skeleton.pack(name if name.isascii() and name else "pack", speech).items():
            (directory / file).write_text(text, "utf-8")
            print(directory / file)
    except OSError as error:
        raise Usage(
            f"cannot write {directory}: {error.strerror}", f"{directory}に書き込めない：{error.strerror}"
        ) from None
    build.open_base([directory], quiet=True)
    shown = shlex.quote(str(directory))
    steps = {
        "en": f"cabrief: now try: cabrief brief --data {shown}\n"
        "cabrief: then write: pack.yaml first, a source in facts.yaml, facts that rest on it; cabrief check tells what is wrong",
        "ja": f"cabrief: まず試す：cabrief brief --data {shown}\n"
        "cabrief: 次に書く：pack.yaml、facts.yamlの出典、それに基づく事実の順。誤りは cabrief check で分かる",
    }
    print(steps[speech], file=sys.stderr)


@command
def schema(
    pack: Annotated[bool, typer.Option("--pack", help="The schema of pack.yaml, not of fact files.")] = False,  # noqa: FBT002
    lang: Lang = None,
) -> None:
    """Print the JSON Schema of the fact files, for editors.

    Examples: cabrief schema > facts.schema.json | cabrief schema --pack > pack.schema.json
    """
    from cabrief import jsonschema

    print(
        jsonschema.text(jsonschema.pack_file(language(lang)) if pack else jsonschema.fact_file(language(lang))), end=""
    )
