"""The command line: arguments in, text and an exit code out.

Every command body resolves names and calls one view; `report` adds the options that all reports share and prints what
comes back. Imports inside the bodies keep a command from loading what it does not print.
"""

import inspect
import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from cabrief.base import Base
    from cabrief.document import Document

PANEL = "Output"
FEW = 12  # names that fit into a message
COMMANDS: dict[str, Callable[..., Any]] = {}
EPILOG = (
    "Data goes to stdout, everything else to stderr. Exit codes: 0 done, 1 problems found, 2 wrong request, 3 a bug."
)


class Usage(Exception):  # noqa: N818 - not a fault of the program
    """The request is wrong; the message says how, and what would be right."""


def _dates(value: str | None) -> str | None:
    """Check a date on the command line."""
    from cabrief.dates import bounds

    if value is not None:
        try:
            bounds(value)
        except ValueError as error:
            raise typer.BadParameter(str(error)) from None
    return value


def _day(value: str | None) -> str | None:
    """Check a date to report as of; of a month or a year, its last day."""
    from cabrief.dates import bounds

    return bounds(value)[1] if _dates(value) and value else value


def _complete(*kinds: str) -> Callable[[str], list[str]]:
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
    int | None, typer.Option("--width", rich_help_panel=PANEL, min=20, help="Columns of terminal output.")
]
NoSources = Annotated[
    bool, typer.Option("--no-sources", rich_help_panel=PANEL, help="Leave out footnotes and sources.")
]
NoColor = Annotated[
    bool,
    typer.Option("--no-color", rich_help_panel=PANEL, help="No colour. NO_COLOR and TERM=dumb do the same."),
]
Bom = Annotated[bool, typer.Option("--bom", rich_help_panel=PANEL, help="Begin CSV and TSV with a byte-order mark.")]
SHARED: dict[str, tuple[Any, Any]] = {
    "format": (Format, None), "output": (Output, None), "lang": (Lang, None), "as_of": (AsOf, None), "data": (Data, None),
    "width": (Width, None), "no_sources": (NoSources, False), "no_color": (NoColor, False), "bom": (Bom, False),
}  # fmt: skip

Names = list[str] | None
Countries = Annotated[
    Names,
    typer.Option(
        "--country",
        metavar="NAME",
        help="Only this country. Repeatable.",
        autocompletion=_complete("countries"),
    ),
]
Actors = Annotated[
    Names,
    typer.Option(
        "--actor",
        metavar="NAME",
        help="Only this outside power. Repeatable.",
        autocompletion=_complete("actors"),
    ),
]
Topics = Annotated[
    Names,
    typer.Option("--topic", metavar="NAME", help="Only this topic. Repeatable.", autocompletion=_complete("topics")),
]
Sources = Annotated[
    Names,
    typer.Option(
        "--source",
        metavar="ID",
        help="Only what rests on this source. Repeatable.",
        autocompletion=_complete("sources"),
    ),
]
Kinds = Annotated[Names, typer.Option("--kind", metavar="KIND", help="Only this kind. Repeatable.")]
Texts = Annotated[
    Path | None,
    typer.Option("--texts", metavar="DIR", help="Folder of the original documents, to hold phrases against."),
]
Since = Annotated[
    str | None, typer.Option("--since", metavar="DATE", callback=_dates, help="From a day, month or year on.")
]
Until = Annotated[
    str | None, typer.Option("--until", metavar="DATE", callback=_dates, help="Up to a day, month or year.")
]


def _formats() -> dict[str, tuple[str, str]]:
    from cabrief.renderers import FORMATS

    return FORMATS


def command(function: "Callable[..., Any]") -> "Callable[..., Any]":
    """Register a command under its function's name."""
    COMMANDS[function.__name__] = function
    return function


def report(view: "Callable[..., Document]") -> "Callable[..., Document]":
    """Register a command made of a function of an open base, a day and its own arguments; see `_with_shared`."""
    COMMANDS[view.__name__] = view
    view.__dict__["report"] = True
    return view


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

        base = build.open_base(directories(options["data"]))
        emit(view(base, options["as_of"] or dates.today(), **arguments), options)

    parameters = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in own] + shared
    run.__signature__ = signature.replace(parameters=parameters, return_annotation=None)  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in parameters}
    return run


def application(asked: str | None = None) -> typer.Typer:
    """Build the application, with every command or only the one that is asked for.

    Typer builds all registered commands at each start, and one costs as much as a report; so only the one asked for is.
    """
    app = typer.Typer(
        name="cabrief", no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode="rich",
        context_settings={"help_option_names": ["-h", "--help"]}, epilog=EPILOG, callback=common,
    )  # fmt: skip
    for name, function in COMMANDS.items():
        if asked in (None, name):
            app.command(name=name)(_with_shared(function) if hasattr(function, "report") else function)
    return app


def directories(given: list[Path] | None) -> list[Path]:
    """Directories of further facts: the environment's, then the command line's."""
    from_environment = [Path(part) for part in os.environ.get("CABRIEF_DATA", "").split(os.pathsep) if part]
    return [*from_environment, *(given or [])]


def emit(document: "Document", options: dict[str, Any]) -> None:
    """Render a document and hand it over: to a file, whole or not at all, or to stdout."""
    from cabrief import renderers
    from cabrief.text import lang_of

    output: Path | None = None if str(options["output"]) in ("None", "-") else options["output"]
    screen = output is None and sys.stdout.isatty()
    name = options["format"] or (renderers.ENDINGS.get(output.suffix.lower()) if output else None)
    name = name or ("terminal" if screen else "markdown")
    if name not in renderers.FORMATS:
        raise Usage(f"there is no format {name!r}: {', '.join(renderers.FORMATS)}")
    if options["lang"] not in (None, "en", "ja"):
        raise Usage(f"there is no language {options['lang']!r}: en or ja")
    plain = options["no_color"] or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    how = renderers.How(
        lang=lang_of(options["lang"], dict(os.environ)),
        width=options["width"] or _width(screen=screen),
        sources=not options["no_sources"],
        color=screen and not plain,
        ascii=name == "terminal" and not _unicode(output),
        bom=options["bom"],
    )
    text = renderers.renderer(name)(document, how)
    if output:
        _replace(output, text)
    else:
        sys.stdout.write(text)
        sys.stdout.flush()


def _width(*, screen: bool) -> int:
    import shutil

    return shutil.get_terminal_size((100, 24)).columns if screen else 100


def _unicode(output: Path | None) -> bool:
    return output is not None or (sys.stdout.encoding or "").lower().replace("-", "") in (
        "utf8",
        "utf16",
        "gb18030",
    )


def _replace(output: Path, text: str) -> None:
    """Write a file whole: what stood there stays until all of the new is on the disk."""
    temporary = output.with_name(f".{output.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(output)
    except OSError as error:
        raise Usage(f"cannot write {output}: {error.strerror}") from None
    finally:
        temporary.unlink(missing_ok=True)


def known(base: "Base", names: Names, *kinds: str) -> tuple[str, ...]:
    """Ids of what the user named."""
    from cabrief.facts import KINDS

    return tuple(dict.fromkeys(base.resolve(name, *(KINDS[kind] for kind in kinds)) for name in names or ()))


def texts_in(base: "Base", directory: Path | None) -> dict[str, list[str]]:
    """Lines of the original documents in a folder, by source id."""
    if directory is None:
        return {}
    from cabrief import build, evidence
    from cabrief.facts import Source

    if not directory.is_dir():
        raise build.NoSuchDirectory(str(directory))
    return evidence.read_texts(directory, {card.id: card.document for card in base.find(Source) if card.document})


def one_of(words: Names, allowed: "tuple[str, ...] | list[str]", what: str) -> tuple[str, ...]:
    """Words of a closed set, as the user gave them."""
    from cabrief.problems import did_you_mean

    for word in words or ():
        if word not in allowed:
            hint = did_you_mean(word, list(allowed))
            raise Usage(f"there is no {what} {word!r}; {hint + ' ' if hint else ''}known: {', '.join(allowed)}")
    return tuple(words or ())


@report
def brief(
    base: "Base", as_of: str,
    subject: Annotated[
        str | None, typer.Argument(help="A topic; the summit if absent.", autocompletion=_complete("topics"))
    ] = None,
) -> "Document":  # fmt: skip
    """Print a page on the summit, or on a topic.

    Examples: cabrief brief | cabrief brief critical-minerals | cabrief brief 航空 --lang ja -o brief.md
    """
    from cabrief.views import brief

    return brief.view(base, as_of, known(base, [subject], "topics")[0] if subject else None)


@report
def country(
    base: "Base", as_of: str,
    names: Annotated[list[str], typer.Argument(help="Countries, by any name.", autocompletion=_complete("countries"))],
) -> "Document":  # fmt: skip
    """Print a country's profile.

    Examples: cabrief country kazakhstan | cabrief country KZ -f json | cabrief country ウズベキスタン --lang ja
    """
    from cabrief.views import country

    return country.view(base, as_of, known(base, names, "countries"))


@report
def timeline(
    base: "Base", as_of: str, since: Since = None, until: Until = None, countries: Countries = None,
    actors: Actors = None, topics: Topics = None, kinds: Kinds = None,
) -> "Document":  # fmt: skip
    """Print what happened, and what is due.

    Examples: cabrief timeline --since 2025-12 | cabrief timeline --country kg --kind treaty
    """
    from cabrief.views import timeline

    return timeline.view(
        base, as_of, since=since or "", until=until or "", countries=known(base, countries, "countries"),
        actors=known(base, actors, "actors"), topics=known(base, topics, "topics"),
        kinds=one_of(kinds, list(timeline.KINDS), "kind"),
    )  # fmt: skip


@report
def treaties(
    base: "Base", as_of: str,
    missing: Annotated[bool, typer.Option("--missing", help="Only the gaps, with their reasons.")] = False,  # noqa: FBT002
    types: Annotated[
        Names, typer.Option("--type", metavar="TYPE", help="Only this type.", autocompletion=_complete("treaty_types"))
    ] = None,
    countries: Countries = None,
) -> "Document":  # fmt: skip
    """Print agreements by type and country, and the gaps.

    Examples: cabrief treaties --missing | cabrief treaties --type tax --as-of 2026-01-31 -f csv
    """
    from cabrief.views import treaties

    return treaties.view(
        base,
        as_of,
        types=known(base, types, "treaty_types"),
        countries=known(base, countries, "countries"),
        missing=missing,
    )


@report
def facts(
    base: "Base", as_of: str, kinds: Kinds = None, countries: Countries = None, actors: Actors = None,
    topics: Topics = None, sources: Sources = None,
    natures: Annotated[Names, typer.Option("--nature", metavar="NATURE", help="reported, judgement, statement or plan.")] = None,
    since: Since = None, until: Until = None,
) -> "Document":  # fmt: skip
    """Print every fact, filtered.

    Examples: cabrief facts -f ndjson | cabrief facts --country tj --topic water | cabrief facts --source pwc-2026
    """
    from cabrief.facts import SINGULAR
    from cabrief.views import facts

    filters = {
        "kind": one_of(kinds, list(SINGULAR.values()), "kind"), "countries": known(base, countries, "countries"),
        "actors": known(base, actors, "actors"), "topics": known(base, topics, "topics"),
        "sources": known(base, sources, "sources"), "nature": one_of(natures, list(facts.NATURES), "nature"),
    }  # fmt: skip
    return facts.view(base, as_of, filters=filters, since=since or "", until=until or "")


@report
def sources(
    base: "Base", as_of: str,
    id_: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", help="One source: what it says, line by line.", autocompletion=_complete("sources")),
    ] = None,
    kinds: Annotated[Names, typer.Option("--kind", metavar="KIND", help="official, news, analysis, law, data, …")] = None,
    texts: Texts = None,
) -> "Document":  # fmt: skip
    """Print the documents, and what each was used for; or one of them in its own order.

    Examples: cabrief sources | cabrief sources --kind official -f csv | cabrief sources pwc-2026
    """
    from cabrief.views import sources

    if id_:
        return sources.one(base, as_of, known(base, [id_], "sources")[0], texts_in(base, texts))
    return sources.view(base, as_of, kinds=one_of(kinds, list(sources.SOURCE_KINDS), "kind"))


@report
def disputes(
    base: "Base", as_of: str,
    categories: Annotated[
        Names, typer.Option("--category", metavar="KIND", help="error, outdated, disagreement or wording.")
    ] = None,
    weights: Annotated[Names, typer.Option("--weight", metavar="WEIGHT", help="high, medium or low.")] = None,
    sources: Sources = None, countries: Countries = None, topics: Topics = None,
) -> "Document":  # fmt: skip
    """Print where sources err or disagree, and what is held; the weightiest first.

    Examples: cabrief disputes | cabrief disputes --source pwc-2026 | cabrief disputes --weight high -f json
    """
    from cabrief.views import disputes

    return disputes.view(
        base, as_of, categories=one_of(categories, list(disputes.CATEGORIES), "category"),
        weights=one_of(weights, list(disputes.WEIGHTS), "weight"), sources=known(base, sources, "sources"),
        countries=known(base, countries, "countries"), topics=known(base, topics, "topics"),
    )  # fmt: skip


@report
def why(
    base: "Base", as_of: str,
    fact: Annotated[
        str, typer.Argument(help="Id of a fact, as reports and JSON give it.", autocompletion=_complete("notes", "events"))
    ],
    texts: Texts = None,
) -> "Document":  # fmt: skip
    """Print why a line stands: its nature, evidence and disputes, what is derived from it, and where it is kept.

    Examples: cabrief why kz-multi-vector-policy | cabrief why jp-kz-investment.signed
    """
    from cabrief.views import why

    ids = why.known_ids(base)
    if fact not in ids:
        from cabrief.base import UnknownName
        from cabrief.problems import closest

        raise UnknownName(fact, "fact", closest(fact, list(ids), 5), list(ids))
    from cabrief.facts import Source

    if isinstance(base.get(fact), Source):
        from cabrief.views import sources

        return sources.one(base, as_of, fact, texts_in(base, texts))
    return why.view(base, as_of, fact, texts_in(base, texts))


@command
def check(
    directory: Annotated[Path | None, typer.Argument(help="A pack, or facts to lay over the built-in pack.")] = None,
    data: Data = None,
    texts: Texts = None,
) -> None:
    """Validate fact files: every problem of every file at once, as file:line:column: code: message.

    Examples: cabrief check | cabrief check my-facts/ | cabrief check --texts originals/
    """
    from cabrief import build

    stack = build.layers([*directories(data), *([directory] if directory else [])])
    facts, problems = build.load(stack, build.contents(stack))
    if texts:
        from cabrief import evidence

        if not texts.is_dir():
            raise build.NoSuchDirectory(str(texts))
        problems = sorted({*problems, *evidence.held_against(facts, texts)})
    for problem in problems:
        print(problem)
    files = sum(len(layer.files) for layer in stack)
    found = f"{len(problems)} problem{'s' * (len(problems) != 1)}" if problems else "no problems"
    print(f"cabrief: {len(facts.entries)} records in {files} files: {found}", file=sys.stderr)
    raise typer.Exit(1 if problems else 0)


@command
def schema(
    pack: Annotated[bool, typer.Option("--pack", help="The schema of pack.yaml, not of fact files.")] = False,  # noqa: FBT002
) -> None:
    """Print the JSON Schema of the fact files, for editors.

    Examples: cabrief schema > facts.schema.json | cabrief schema --pack > pack.schema.json
    """
    import json

    from cabrief import jsonschema

    print(json.dumps(jsonschema.pack_file() if pack else jsonschema.fact_file(), indent=2, ensure_ascii=False))


def _version(value: bool) -> None:  # noqa: FBT001 - Typer's callback
    if value:
        from cabrief import __version__

        print(f"cabrief {__version__}")
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")]


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
    asked = sys.argv[1] if len(sys.argv) > 1 and sys.argv[1] in COMMANDS else None
    try:
        application(asked)()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:
        if os.environ.get("CABRIEF_DEBUG"):
            raise
        code, message = explain(error)
        print(message, file=sys.stderr)
        sys.exit(code)


def explain(error: Exception) -> tuple[int, str]:
    """Exit code and message for whatever stopped a command."""
    from cabrief.base import UnknownName
    from cabrief.build import BadFacts, NoSuchDirectory

    match error:
        case UnknownName():
            near = f" Did you mean {' or '.join(error.near)}?" if error.near else ""
            few = f" Known: {', '.join(error.known)}." if len(error.known) <= FEW else ""
            return 2, f"cabrief: there is no {error.kind} {error.name!r}.{near}{few}"
        case Usage():
            return 2, f"cabrief: {error}"
        case NoSuchDirectory():
            return 2, f"cabrief: there is no directory {error}"
        case BadFacts():
            lines = "\n".join(map(str, error.problems))
            return 1, f"{lines}\ncabrief: {error} in the fact files, so there is nothing to answer from"
        case _:
            words = f"{type(error).__name__}: {error} (CABRIEF_DEBUG=1 shows where)"
            return 3, f"cabrief: this is a bug, please report it: {words}"
