"""The pages of this folder that are made from the program itself, in both languages.

    python docs/generate.py

writes them; the tests say when they are stale.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, get_args, get_origin

from cabrief.authoring.json_schema import fact_file_schema, pack_file_schema
from cabrief.authoring.meanings import meaning
from cabrief.authoring.skeletons import yaml
from cabrief.cli import application, options
from cabrief.cli.help_ja import HELP
from cabrief.formats import FORMATS
from cabrief.language.text import LANGS, Lang, Text
from cabrief.model.frozen import Frozen
from cabrief.model.kinds import kinds
from cabrief.model.record import Pack, Record, kind_of
from cabrief.problems.codes import CODES, RIGHT, WRONG, level_text
from cabrief.reading.validators import hints

HERE = Path(__file__).parent
NOTE = Text(
    "<!-- Made by `python docs/generate.py` from the program itself: change that, not this page. -->",
    "<!-- `python docs/generate.py` がプログラムから作った。直すのはプログラムの方。 -->",
)


def pages() -> dict[str, str]:
    """Contents of every generated page, by file name."""
    made = {"commands": command_page, "problems": problem_page, "shapes": shape_page}
    return {
        f"{name}{'' if lang == 'en' else '.ja'}.md": "\n".join([NOTE.pick(lang), *page(lang)]) + "\n"
        for name, page in made.items()
        for lang in LANGS
    }


def told(words: str | None, lang: Lang) -> str:
    """Help in a language."""
    return (HELP.get(words or "", words or "") if lang == "ja" else words or "").replace("|", "\\|")


# The commands


def spelt(parameter: Any) -> str:
    """An argument or an option as one types it."""
    if parameter.param_type_name == "argument":
        name = (parameter.metavar or parameter.name.upper()).strip("[]") + "..." * (parameter.nargs == -1)
        return f"`{name}`" if parameter.required else f"`[{name}]`"
    value = "" if parameter.is_flag else f" {parameter.metavar or parameter.name.upper()}"
    return ", ".join(f"`{name}{value}`" for name in parameter.opts).replace("|", "\\|")


def option_rows(found: list[Any], lang: Lang) -> Iterator[str]:
    """A table of arguments and options."""
    yield "| | |"
    yield "|---|---|"
    for parameter in found:
        yield f"| {spelt(parameter)} | {told(parameter.help, lang)} |"


def command_page(lang: Lang) -> Iterator[str]:
    """Every command with its arguments, options and examples; the options that all reports share once."""
    yield Text("# Commands\n", "# コマンド一覧\n").pick(lang)
    yield told(application.EPILOG, lang) + "\n"
    group: Any = application.build_application()
    shared: dict[str, Any] = {}
    for name in application.COMMANDS:
        function = application.command_function(name)
        doc = inspect.getdoc(function) or ""
        yield f"## `cabrief {name}`\n"
        yield told(doc.split("\n")[0], lang) + "\n"
        found = [parameter for parameter in group.get_command(None, name).params if parameter.name != "help"]
        report = hasattr(function, "__wrapped__")
        own = [parameter for parameter in found if not (report and parameter.name in options.SHARED_OPTIONS)]
        shared |= {parameter.name: parameter for parameter in found if parameter not in own}
        if own:
            yield from option_rows(own, lang)
            yield ""
        if report:
            en = "and the [options of every report](#options-of-every-report)."
            yield Text(en, "ほかに[各報告に共通のオプション](#各報告に共通のオプション)。").pick(lang) + "\n"
        examples = doc.rpartition("Examples: ")[2]
        yield "\n".join(["```sh", *(part.strip() for part in examples.split(" | ")), "```", ""])
    yield Text("## Options of every report\n", "## 各報告に共通のオプション\n").pick(lang)
    yield from option_rows(list(shared.values()), lang)
    yield ""
    yield Text("## What is set once\n", "## 一度だけ設定するもの\n").pick(lang)
    yield Text(
        "A flag goes before the environment, the environment before the configuration file: `CABRIEF_LANG`, `CABRIEF_FORMAT`, "
        "`CABRIEF_DATA` (directories, separated as in `PATH`), `CABRIEF_CACHE_DIR`, `CABRIEF_CONFIG`; "
        "`language`, `format` and `data` in `config.toml`.",
        "フラグ、環境変数、設定ファイルの順に優先する：`CABRIEF_LANG`、`CABRIEF_FORMAT`、`CABRIEF_DATA`（`PATH`と同じ区切りのフォルダー）、"
        "`CABRIEF_CACHE_DIR`、`CABRIEF_CONFIG`。`config.toml`では`language`、`format`、`data`。",
    ).pick(lang)


# The problems


def problem_page(lang: Lang) -> Iterator[str]:
    """Every code with what it means and how it is mended."""
    yield Text("# Problems in fact files\n", "# 事実ファイルの問題\n").pick(lang)
    yield Text(
        "`cabrief check` tells all problems of all files at once, and `cabrief check --explain CODE` says what stands here. Errors stop "
        "every answer; warnings (marked below) are told by `check` alone, and end it with exit code 1 only with `--strict`.\n",
        "`cabrief check` は全ファイルの問題を一度に示し、`cabrief check --explain コード` でここの説明が出る。誤りがあれば答えは出ない。"
        "警告（下に明示）は `check` だけが示し、`--strict` のときだけ終了コード1になる。\n",
    ).pick(lang)
    for code, about in CODES.items():
        level = level_text(code).pick(lang)
        warning = (f"（{level}）" if lang == "ja" else f" ({level})") if level_text(code).en == "warning" else ""
        yield f"## `{code}`{warning}\n"
        yield about.text.pick(lang) + "\n"
        for title, lines in ((WRONG, about.wrong), (RIGHT, about.right)):
            if lines:
                colon = "：" if lang == "ja" else ":"
                yield f"{title.pick(lang)}{colon}\n\n```yaml\n{lines}\n```\n"


# The shapes


def shaped(hint: Any, schema: dict[str, Any], lang: Lang) -> str:
    """What a value may be, in a few words: a class by a link, a choice by its words, a rule by its example."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})" if name[0].isupper() else f"*{name}*"
    if "enum" in schema:
        return " · ".join(f"`{word}`" for word in schema["enum"])
    if "anyOf" in schema:
        return shaped(hint, next(each for each in schema["anyOf"] if each.get("type") != "null"), lang)
    if schema.get("type") == "array":
        return Text("list of {}", "{}のリスト").pick(lang).format(shaped(hint, schema["items"], lang))
    if isinstance(schema.get("additionalProperties"), dict):
        return Text("mapping to {}", "{}への対応").pick(lang).format(shaped(hint, schema["additionalProperties"], lang))
    raise TypeError(schema)


def classes() -> dict[str, type[Frozen]]:
    """Every class of a fact file, kinds first."""
    found = {cls.__name__: cls for cls in (*(each.record for each in kinds().values()), Pack)}

    def walk(hint: Any) -> None:
        if isinstance(hint, type) and issubclass(hint, Frozen):
            if hint.__name__ not in found:
                found[hint.__name__] = hint
                for each in hints(hint).values():
                    walk(each)
        elif get_origin(hint):
            for inner in get_args(hint):
                walk(inner)

    for cls in list(found.values()):
        for each in hints(cls).values():
            walk(each)
    return found


def shape_page(lang: Lang) -> Iterator[str]:
    """Every kind of fact with its keys, and the fields of what lists print as data."""
    yield Text("# Data shapes\n", "# データの形\n").pick(lang)
    yield Text(
        "A fact file maps the plural names of kinds to lists of records. `cabrief schema` prints the same as JSON Schema (valid as 2020-12 "
        "and as draft-07), which accepts what the loader accepts; `cabrief new KIND` prints a skeleton. Keys in bold are needed.\n",
        "事実ファイルは種類の複数形ごとに記録のリストを並べる。`cabrief schema` は同じ内容をJSON Schema（2020-12とdraft-07の両方で有効）で出し、"
        "読み込みが受け入れるものをそのまま受け入れる。ひな形は `cabrief new 種類`。太字のキーは必須。\n",
    ).pick(lang)
    definitions = {**fact_file_schema()["$defs"], **pack_file_schema()["$defs"]}
    definitions["Pack"] = {"properties": pack_file_schema()["properties"]}
    plurals: dict[type[Frozen], str] = {each.record: plural for plural, each in kinds().items()}
    for name, cls in classes().items():
        plural = f" (`{plurals[cls]}`)" if cls in plurals else ""
        yield f"## {name}{plural}\n"
        if lang == "en":
            yield (inspect.getdoc(cls) or "").replace("\n", " ") + "\n"
        elif issubclass(cls, Record) and cls in plurals:
            yield kind_of(cls).name.ja + "。\n"
        yield Text("| key | value | meaning |", "| キー | 値 | 意味 |").pick(lang)
        yield "|---|---|---|"
        for key, hint in hints(cls).items():
            needed = f"**`{key}`**" if not hasattr(cls, key) else f"`{key}`"
            value = shaped(hint, definitions[name]["properties"][key], lang)
            yield f"| {needed} | {value} | {meaning(cls, key).pick(lang)} |"
        yield ""
    yield Text("## Values\n", "## 値の書き方\n").pick(lang)
    yield Text("| value | for example |", "| 値 | 例 |").pick(lang)
    yield "|---|---|"
    for name, made in definitions.items():
        if name[0].islower():
            yield f"| *{name}* | {' · '.join(f'`{yaml(example)}`' for example in made['examples'])} |"
    yield ""
    yield from outputs(lang)


def outputs(lang: Lang) -> Iterator[str]:
    """Fields of the lists as data."""
    yield Text("## What lists print as data\n", "## 一覧のデータ出力\n").pick(lang)
    yield Text(
        f'With `-f json` a list is `{{"schema_version": 1, "as_of": …, "rows": […]}}`, with `ndjson` a row a line, with `csv` and `tsv` the same '
        f"fields flattened (text becomes two columns, `_en` and `_ja`). A report that is no list gives its sections. Text is always "
        f'`{{"en", "ja"}}`, a ref `{{"source", "line", "phrase", "url"}}`. '
        "A number is a JSON number with every digit as written, which may be more than a float holds: Python reads them all with "
        f"`json.loads(…, parse_float=decimal.Decimal)`. Formats: {', '.join(f'`{name}`' for name in FORMATS)}.\n",
        f'`-f json` では一覧は `{{"schema_version": 1, "as_of": …, "rows": […]}}`、`ndjson` は1行1件、`csv` と `tsv` は同じ項目を平らにしたもの'
        f'（文は `_en` と `_ja` の2列）。一覧でない報告は節ごとに出す。文は常に `{{"en", "ja"}}`、根拠は '
        f'`{{"source", "line", "phrase", "url"}}`。'
        "数は書かれたとおりの桁のJSONの数で、浮動小数点数より桁が多いことがある。Pythonでは "
        f"`json.loads(…, parse_float=decimal.Decimal)` で全桁を読める。形式：{'、'.join(f'`{name}`' for name in FORMATS)}。\n",
    ).pick(lang)
    yield Text("| list | fields of a row |", "| 一覧 | 各行の項目 |").pick(lang)
    yield "|---|---|"
    for name in application.COMMANDS:
        try:
            fields = getattr(import_module(f"cabrief.reports.{name}"), "FIELDS", None)
        except ModuleNotFoundError:
            continue
        if fields:
            yield f"| `{name}` | {', '.join(f'`{field}`' for field in fields)} |"


def main() -> None:
    """Write the pages."""
    for name, page in pages().items():
        (HERE / name).write_text(page, "utf-8")
        print(HERE / name)


if __name__ == "__main__":
    main()
