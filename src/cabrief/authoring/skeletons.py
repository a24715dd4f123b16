"""Something to begin with: a record of a kind with every key it may have, and a pack that builds at once."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args, get_origin

from cabrief.authoring.json_schema import example, fact_file_schema, pack_file_schema, schema_text
from cabrief.authoring.meanings import meaning
from cabrief.language.dates import today
from cabrief.language.layout import width
from cabrief.language.text import Lang
from cabrief.model.kinds import kind, plurals
from cabrief.model.record import Ref
from cabrief.reading.validators import hints

COMMENTS = 40  # column in which comments begin, where a line leaves room


def record_skeleton(plural: str, ref: Ref | None = None, lang: Lang = "en") -> str:
    """YAML of one record: keys that it needs, and below them, commented out, those that it may have, each with its meaning."""
    cls = kind(plural).record
    fields = hints(cls)
    needed = [name for name in fields if not hasattr(cls, name) or name in kind(plural).usual]
    optional = [name for name in fields if name not in needed]
    doc = (inspect.getdoc(cls) or "").split("\n")[0] if lang == "en" else kind(plural).name.ja
    told: list[tuple[str, str]] = []
    for number, name in enumerate(sorted(needed, key=lambda name: (name != "id", name == "refs"))):
        lead = "  - " if number == 0 else "    "
        words = f"my-{kind(plural).singular}" if name == "id" else yaml(example(fields[name]))
        words = _ref(ref) if name == "refs" and ref else words
        told.append((f"{lead}{name}: {words}", name))
    told += [(f"    # {name}: {yaml(example(fields[name]))}", name) for name in optional]
    column = min(COMMENTS, max(width(line) for line, _ in told) + 2)
    lines = [f"# {doc}", f"{plural}:"]
    for line, name in told:
        space = " " * max(2, column - width(line))
        lines.append(f"{line}{space}# {_choices(fields[name])}{meaning(cls, name).pick(lang)}")
    return "\n".join(lines) + "\n"


def _ref(ref: Ref) -> str:
    line = f"line: {ref.line}, " if ref.line else ""
    return f"[{{source: {ref.source}, {line}phrase: {_quoted(ref.phrase)}}}]"


def _quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _choices(hint: Any) -> str:
    for inner in (hint, *get_args(hint)):
        if get_origin(inner) is Literal:
            return f"{' | '.join(get_args(inner))}: "
    return ""


def yaml(value: Any) -> str:
    """A plain value as one writes it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {yaml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(yaml(each) for each in value)}]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def places(phrase: str, texts: Mapping[str, list[str]]) -> Iterator[Ref]:
    """Where a phrase stands in documents, as refs; what several sources have is looked through once."""
    found: dict[int, list[int]] = {}
    for id_, lines in texts.items():
        if id(lines) not in found:
            found[id(lines)] = [number for number, line in enumerate(lines, start=1) if phrase in line]
        yield from (Ref(source=id_, line=number, phrase=phrase) for number in found[id(lines)])


PACK = """\
# yaml-language-server: $schema=pack.schema.json
# What this pack is about, and the order in which its reports print. Change the words, keep the keys.
id: {id}
name: {{en: Host and Region, ja: 主催国と地域}}
host: host                       # an actor: the country whose ties are described
region: {{en: the Region, ja: 地域}}
countries: [first-country]       # columns of the tables, in this order
powers: [host]                   # actors shown side by side
treaty_types: [investment]
areas: []                        # topics under which a summit's results are grouped
summit: first-summit             # the event that `brief` is about
basics:                          # rows at the top of every country's profile
  - {{id: capital, label: {{en: Capital, ja: 首都}}}}
  - {{id: population, label: {{en: Population, ja: 人口}}, fresh_years: 2}}
"""
FACTS = """\
# yaml-language-server: $schema=facts.schema.json
# A first country, its host, a source and what rests on it. `cabrief new KIND` prints a skeleton of any kind.
sources:
  - id: first-source
    title: {en: A page, ja: あるページ}
    publisher: {en: Its publisher, ja: 発行者}
    language: en
    kind: official
    url: https://example.org/
    retrieved: TODAY
topics:
  - {id: first-topic, name: {en: First topic, ja: 最初のテーマ}}
treaty_types:
  - {id: investment, name: {en: Investment treaty, ja: 投資協定}}
actors:
  - id: host
    name: {en: Host, ja: 主催国}
    text: {en: The host is the country whose ties are described., ja: 主催国とは、その関係を記す国である。}
    refs: [{source: first-source, phrase: words that stand there}]
countries:
  - id: first-country
    name: {en: First Country, ja: 第一国}
    codes: [FC]
    basics:
      capital: {value: {en: Its Capital, ja: 首都名}, refs: [{source: first-source, phrase: words that stand there}]}
      population: {value: unknown, looked: TODAY}
events:
  - id: first-summit
    title: {en: First summit, ja: 最初の首脳会合}
    type: summit
    date: 2025-01-01
    countries: [all]
    actors: [host]
    topics: [first-topic]
    key: true
    text: {en: The leaders met for the first time., ja: 首脳が初めて会合した。}
    refs: [{source: first-source, phrase: words that stand there}]
treaties:
  - id: host-first-investment
    type: investment
    countries: [first-country]
    short_name: {en: Host–First investment treaty, ja: 主催国・第一国投資協定}
    steps:
      - {stage: unknown, date: TODAY}
notes:
  - id: first-note
    aspect: significance
    of: [host]
    countries: [all]
    topics: [first-topic]
    nature: judgement
    key: true
    text: {en: The meeting matters to the host., ja: この会合は主催国にとって重要である。}
    refs: [{source: first-source, phrase: words that stand there}]
"""


EXAMPLES_HEAD = """\
# yaml-language-server: $schema=facts.schema.json
# One example of each further kind: take away the leading '# ' and fill in."""


IN_JAPANESE = {
    "What this pack is about, and the order in which its reports print. Change the words, keep the keys.": "このパックの対象と、報告の並び順。言葉を書き換え、キーはそのまま残す。",
    "an actor: the country whose ties are described": "actorのid。関係を記す主催国",
    "columns of the tables, in this order": "表の列（この順）",
    "actors shown side by side": "並べて示すactor",
    "topics under which a summit's results are grouped": "首脳会合の成果をまとめるテーマ",
    "the event that `brief` is about": "briefが扱う出来事",
    "rows at the top of every country's profile": "国別概況の冒頭の行",
    "A first country, its host, a source and what rests on it. `cabrief new KIND` prints a skeleton of any kind.": "最初の国、主催国、出典とそれに基づく事実。ひな形は `cabrief new 種類` で出る。",
    "One example of each further kind: take away the leading '# ' and fill in.": "ほかの種類の例。行頭の「# 」を取って書き込む。",
}


def pack_skeleton(name: str, lang: Lang = "en") -> dict[str, str]:
    """Files of a pack that builds at once: contents by file name, one example of each kind in comments, schemas for editors."""
    kept = {"sources", "topics", "treaty_types", "actors", "countries", "events", "treaties", "notes"}
    examples = "\n".join(record_skeleton(plural, lang=lang) for plural in plurals() if plural not in kept)
    commented = "".join(f"# {line}\n" if line else "#\n" for line in examples.splitlines())
    files = {
        "pack.yaml": PACK.format(id=name),
        "facts.yaml": FACTS.replace("TODAY", today()),
        "examples.yaml": f"{EXAMPLES_HEAD}\n{commented}",
    }
    for english, japanese in IN_JAPANESE.items() if lang == "ja" else ():
        files = {file: text.replace(english, japanese) for file, text in files.items()}
    return files | {
        "pack.schema.json": schema_text(pack_file_schema(lang)),
        "facts.schema.json": schema_text(fact_file_schema(lang)),
    }
