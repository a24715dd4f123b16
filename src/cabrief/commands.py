"""The commands: each resolves what the user named and asks one view.

Imports inside the bodies keep a command from loading what it does not print.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cabrief.options import (
    PANEL,
    Actors,
    AsOf,
    Bom,
    Countries,
    Data,
    Format,
    Kinds,
    Lang,
    Names,
    NoColor,
    NoSources,
    NothingFound,
    Output,
    Since,
    Sources,
    Texts,
    Topics,
    Until,
    Usage,
    Width,
    complete,
    dates,
    directories,
    emit,
    format_of,
    known,
    language,
    one_of,
    pack_here,
    print_problems,
    texts_in,
)

if TYPE_CHECKING:
    from cabrief.base import Base
    from cabrief.document import Document


def skeleton_kinds() -> list[str]:
    """Kinds of fact, for completion."""
    from cabrief.facts import SINGULAR

    return list(SINGULAR.values())


COMMANDS: dict[str, Callable[..., Any]] = {}


def command(function: "Callable[..., Any]") -> "Callable[..., Any]":
    """Register a command under its function's name."""
    COMMANDS[function.__name__] = function
    return function


def report(view: "Callable[..., Document]") -> "Callable[..., Document]":
    """Register a command made of a function of an open base, a day and its own arguments; see `_with_shared`."""
    COMMANDS[view.__name__] = view
    view.__dict__["report"] = True
    return view


@report
def brief(
    base: "Base", as_of: str,
    subject: Annotated[
        str | None,
        typer.Argument(help="A topic or an event; the summit if absent.", autocompletion=complete("topics", "events")),
    ] = None,
) -> "Document":  # fmt: skip
    """Print a page on the summit, on a topic, or on another event.

    Examples: cabrief brief | cabrief brief critical-minerals | cabrief brief 航空 --lang ja -o brief.md
    """
    from cabrief.views import brief

    return brief.view(base, as_of, known(base, [subject], "topics", "events")[0] if subject else None)


@report
def country(
    base: "Base", as_of: str,
    names: Annotated[list[str], typer.Argument(help="Countries, by any name.", autocompletion=complete("countries"))],
) -> "Document":  # fmt: skip
    """Print a country's profile.

    Examples: cabrief country kazakhstan | cabrief country KZ -f json | cabrief country ウズベキスタン --lang ja
    """
    from cabrief.views import country

    return country.view(base, as_of, known(base, names, "countries"))


@report
def compare(
    base: "Base", as_of: str,
    names: Annotated[
        list[str],
        typer.Argument(help="Countries, or outside powers: two or more.", autocompletion=complete("countries", "actors")),
    ],
    on: Annotated[
        str | None, typer.Option("--on", metavar="ASPECT,...", help="Only these aspects, e.g. treaties,memberships.")
    ] = None,
    only_differences: Annotated[bool, typer.Option("--only-differences", help="Only rows in which they differ.")] = False,  # noqa: FBT002
) -> "Document":  # fmt: skip
    """Print countries, or outside powers, side by side.

    Examples: cabrief compare kazakhstan uzbekistan | cabrief compare kz uz kg tj tm --on treaties | cabrief compare eu china
    """
    from cabrief.facts import Country
    from cabrief.views import compare

    ids = known(base, names, "countries", "actors")
    countries = [id_ for id_ in ids if isinstance(base.get(id_), Country)]
    if len(ids) < 2:  # noqa: PLR2004 - nothing to compare
        raise Usage("name two or more: countries, or outside powers", "国どうし、または域外国・機関どうしを二つ以上")
    if countries and len(countries) < len(ids):
        others = ", ".join(base.ids(*(type(base.get(id_)) for id_ in ids if id_ not in countries)))
        mine = ", ".join(base.pack.countries)
        raise Usage(
            f"countries compare with countries ({mine}), powers with powers ({others})",
            f"国は国どうし（{mine}）、域外国・機関は域外国・機関どうし（{others}）で比べる",
        )
    aspects = compare.COUNTRY_ASPECTS if countries else compare.POWER_ASPECTS
    wanted = one_of(on.split(",") if on else None, aspects, "aspect")
    return compare.view(base, as_of, ids, aspects=wanted, only_differences=only_differences)


@report
def timeline(
    base: "Base", as_of: str, since: Since = None, until: Until = None, countries: Countries = None,
    actors: Actors = None, topics: Topics = None, kinds: Kinds = None,
    by: Annotated[str | None, typer.Option("--by", metavar="actor", help="actor: the powers' summits side by side.")] = None,
) -> "Document":  # fmt: skip
    """Print what happened, and what is due.

    Examples: cabrief timeline --since 2025-12 | cabrief timeline --country kg --kind treaty | cabrief timeline --by actor
    """
    from cabrief.views import timeline

    return timeline.view(
        base, as_of, since=since or "", until=until or "", countries=known(base, countries, "countries"),
        actors=known(base, actors, "actors"), topics=known(base, topics, "topics"),
        kinds=one_of(kinds, timeline.KINDS, "kind"), by="".join(one_of([by] if by else None, ["actor"], "grouping")),
    )  # fmt: skip


@report
def treaties(
    base: "Base", as_of: str,
    missing: Annotated[bool, typer.Option("--missing", help="Only the gaps, with their reasons.")] = False,  # noqa: FBT002
    types: Annotated[
        Names, typer.Option("--type", metavar="TYPE", help="Only this type.", autocompletion=complete("treaty_types"))
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
def commitments(
    base: "Base", as_of: str,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only what is past its date without a known outcome.")] = False,  # noqa: FBT002
    due_before: Annotated[
        str | None, typer.Option("--due-before", metavar="DATE", callback=dates, help="Only what is due before a date.")
    ] = None,
    statuses: Annotated[
        Names, typer.Option("--status", metavar="STATUS", help="open, kept, partly, missed or unknown.")
    ] = None,
    by: Annotated[Names, typer.Option("--by", metavar="NAME", help="Only what this country or power promised.")] = None,
    countries: Countries = None, topics: Topics = None,
) -> "Document":  # fmt: skip
    """Print what was promised, by when, and what became of it.

    Examples: cabrief commitments --overdue | cabrief commitments --country kz | cabrief commitments --as-of 2026-03-01
    """
    from cabrief.status import OUTCOMES
    from cabrief.views import commitments

    return commitments.view(
        base, as_of, countries=known(base, countries, "countries"), topics=known(base, topics, "topics"),
        by=known(base, by, "countries", "actors", "people", "organisations"), overdue=overdue,
        statuses=one_of(statuses, OUTCOMES, "status"), due_before=due_before or "",
    )  # fmt: skip


@report
def actors(
    base: "Base", as_of: str,
    names: Annotated[Names, typer.Argument(help="Outside powers, for each in full.", autocompletion=complete("actors"))] = None,
) -> "Document":  # fmt: skip
    """Print how each outside power engages.

    Examples: cabrief actors | cabrief actors eu | cabrief actors 中国 --lang ja
    """
    from cabrief.views import actors

    return actors.view(base, as_of, known(base, names, "actors"))


@report
def voices(
    base: "Base", as_of: str,
    speakers: Annotated[
        Names, typer.Option("--speaker", metavar="NAME", help="Only this person.", autocompletion=complete("people"))
    ] = None,
    events: Annotated[
        Names, typer.Option("--event", metavar="ID", help="Only at this event.", autocompletion=complete("events"))
    ] = None,
    by_theme: Annotated[bool, typer.Option("--by-theme", help="Under themes instead of speakers.")] = False,  # noqa: FBT002
    asks: Annotated[bool, typer.Option("--asks", help="Only what asks something of somebody.")] = False,  # noqa: FBT002
    proposes: Annotated[bool, typer.Option("--proposes", help="Only proposals.")] = False,  # noqa: FBT002
    countries: Countries = None, topics: Topics = None,
) -> "Document":  # fmt: skip
    """Print who said what, where.

    Examples: cabrief voices --country uzbekistan | cabrief voices --by-theme --asks | cabrief voices --speaker Tokayev
    """
    from cabrief.views import voices

    return voices.view(
        base, as_of, speakers=known(base, speakers, "people"), countries=known(base, countries, "countries", "actors"),
        events=known(base, events, "events"), topics=known(base, topics, "topics"), by_theme=by_theme, asks=asks,
        proposes=proposes,
    )  # fmt: skip


@report
def search(
    base: "Base", as_of: str,
    words: Annotated[list[str], typer.Argument(help="Words, in either language, in any spelling.")],
    kinds: Kinds = None, countries: Countries = None,
) -> "Document":  # fmt: skip
    """Find names and statements that have every word; what is named outright comes first.

    Examples: cabrief search 回廊 | cabrief search uranium | cabrief search 税 --kind treaty
    """
    from cabrief.facts import SINGULAR
    from cabrief.views import search

    found = search.view(
        base,
        as_of,
        words,
        kinds=one_of(kinds, SINGULAR.values(), "kind"),
        countries=known(base, countries, "countries"),
    )
    if not found.rows:
        from cabrief.text import Text, join, quoted, same, template

        near = [same(id_) for id_ in base.near(" ".join(words))]
        beside = template("; near it: {ids}", "近いもの：{ids}", ids=join(near)) if near else Text("", "")
        en, ja = "nothing has {words}{near}", "{words}を含むものはない。{near}"
        raise NothingFound(template(en, ja, words=quoted(" ".join(words)), near=beside))
    return found


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
        "kind": one_of(kinds, SINGULAR.values(), "kind"), "countries": known(base, countries, "countries"),
        "actors": known(base, actors, "actors"), "topics": known(base, topics, "topics"),
        "sources": known(base, sources, "sources"), "nature": one_of(natures, facts.NATURES, "nature"),
    }  # fmt: skip
    return facts.view(base, as_of, filters=filters, since=since or "", until=until or "")


@report
def sources(
    base: "Base", as_of: str,
    id_: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", help="One source: what it says, line by line.", autocompletion=complete("sources")),
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
    return sources.view(base, as_of, kinds=one_of(kinds, sources.SOURCE_KINDS, "kind"))


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
        base, as_of, categories=one_of(categories, disputes.CATEGORIES, "category"),
        weights=one_of(weights, disputes.WEIGHTS, "weight"), sources=known(base, sources, "sources"),
        countries=known(base, countries, "countries"), topics=known(base, topics, "topics"),
    )  # fmt: skip


@report
def why(
    base: "Base", as_of: str,
    fact: Annotated[
        str, typer.Argument(help="Id of a fact, as reports and JSON give it.", autocompletion=complete("notes", "events"))
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
        from cabrief.text import same

        raise UnknownName(fact, same("fact"), closest(fact, list(ids), 5), list(ids))
    from cabrief.facts import Source

    if isinstance(base.get(fact), Source):
        from cabrief.views import sources

        return sources.one(base, as_of, fact, texts_in(base, texts))
    return why.view(base, as_of, fact, texts_in(base, texts))


@command
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A directory, a git revision, or a day (2026-10-01).")],
    new: Annotated[str | None, typer.Argument(metavar="[NEW]", help="The same; the pack as it stands if absent.")] = None,
    pack: Annotated[
        Path | None, typer.Option("--pack", metavar="DIR", help="Pack whose revisions are meant. Default: the one here.")
    ] = None,
    format_: Format = None, output: Output = None, lang: Lang = None, width: Width = None, no_sources: NoSources = False,  # noqa: FBT002
    no_color: NoColor = False, bom: Bom = False,  # noqa: FBT002
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
    here = pack or pack_here()
    bases = []
    for name in (old, new or str(here)):
        stack, raw = revisions.state(name, here)
        facts, found = build.load(stack, build.contents(stack) if raw is None else raw)
        if facts.pack is None:
            raise Usage(f"{name} is no pack: it has no pack.yaml", f"{name}はパックではない：pack.yamlがない")
        if errors := sum(problem.level == "error" for problem in found):
            en = f"{name} has {errors} problems; what cannot be read is left out"
            print(
                f"cabrief: {en if language(lang) == 'en' else f'{name}に問題{errors}件、読めないものは除く'}",
                file=sys.stderr,
            )
        bases.append(build.in_memory(facts))
    emit(diff.view(bases[0], bases[1], dates.today(), (old, new or str(here))), options, form)


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
        print(codes.explained(known_code, speech), end="")
        return
    form = "".join(one_of([format_] if format_ else None, list(diagnostics.FORMATS), "format"))
    stack = build.layers([*directories(data), *([directory] if directory else [])])
    facts, found = build.load(stack, build.contents(stack))
    if not found:
        from cabrief import hygiene

        found = [*hygiene.warnings(facts, build.in_memory(facts), as_of or dates.today())]
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
    steps = {
        "en": f"cabrief: now try: cabrief brief --data {directory}\n"
        "cabrief: then write: pack.yaml first, a source in facts.yaml, facts that rest on it; cabrief check tells what is wrong",
        "ja": f"cabrief: まず試す：cabrief brief --data {directory}\n"
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
