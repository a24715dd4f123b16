"""The tables that leave the program: their columns, and what each holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from cabrief.exporting import rows
from cabrief.exporting.rows import ExportRow
from cabrief.language.text import Text
from cabrief.model.frozen import Frozen
from cabrief.store.base import Base

Type = Literal["text", "integer", "number", "flag", "list"]  # a list is one of texts


class ColumnOf(Frozen):
    """A column: its name, its type, and what it holds."""

    name: str
    type: Type
    holds: Text


class TableOf(Frozen):
    """A table: its name, its columns, the columns that tell its rows apart, and its rows as of a day."""

    name: str
    holds: Text
    columns: tuple[ColumnOf, ...]
    key: tuple[str, ...]
    rows: Callable[[Base, str], Iterator[ExportRow]]
    by_kind: bool = False  # whether its rows come kind by kind, and a data set is parted by them


def _column(name: str, type_: Type, en: str, ja: str) -> ColumnOf:
    return ColumnOf(name=name, type=type_, holds=Text(en, ja))


def _both(name: str, en: str, ja: str) -> tuple[ColumnOf, ColumnOf]:
    """A text in both languages."""
    return _column(f"{name}_en", "text", en, ja), _column(f"{name}_ja", "text", f"{en} (Japanese)", f"{ja}（日本語）")


def _dates(name: str, en: str, ja: str) -> tuple[ColumnOf, ...]:
    """A partial date as it was written, and the first and last ISO day that it may mean."""
    return (
        _column(name, "text", en, ja),
        _column(f"{name}_first", "text", f"{en}: first day that it may mean", f"{ja}（最も早い日）"),
        _column(f"{name}_last", "text", f"{en}: last day that it may mean", f"{ja}（最も遅い日）"),
    )


ID, KIND_COLUMN = (
    _column("id", "text", "id of the record", "記録のid"),
    _column("kind", "text", "kind of record", "種別"),
)
SOURCE_COLUMN = _column("source", "text", "id of the source", "出典のid")


EXPORTED: tuple[TableOf, ...] = (
    TableOf(
        name="facts",
        holds=Text("every record, one a row", "すべての記録"),
        columns=(
            ID,
            KIND_COLUMN,
            *_both("label", "what the record is called", "記録の名称"),
            *_both("text", "the sentence of the record", "記録の文"),
            *_both("summary", "the same in a few words", "短い文"),
            _column("nature", "text", "reported, judgement, statement or plan", "報告、見方、発言、計画の別"),
            _column("weight", "text", "high, medium or low", "重要度"),
            *_dates("date", "when it happened or was said", "日付"),
            *_dates("as_of", "day up to which it is known to hold", "時点"),
            _column("value", "number", "value of a figure, or of a promised sum", "数値・金額"),
            _column("value_written", "text", "the same to its last digit", "同（書かれたままの桁）"),
            _column("unit", "text", "unit of the value", "単位"),
            _column("country_ids", "list", "countries of the pack that it names in any role", "関係国（あらゆる役割）"),
            _column(
                "actor_ids", "list", "outside powers that it names in any role", "関係する域外国・機関（あらゆる役割）"
            ),
            _column("topic_ids", "list", "topics", "テーマ"),
            _column("person_ids", "list", "people", "人物"),
            _column("organisation_ids", "list", "bodies", "機関"),
            _column("file", "text", "fact file that keeps it", "事実ファイル"),
            _column("line", "integer", "line of the file", "行"),
            _column("layer", "text", "directory of facts that it comes from", "データ層"),
            _column("data", "text", "the whole record as JSON, as cabrief keeps it", "記録全体（JSON）"),
        ),
        key=("id",),
        rows=rows.facts_rows,
        by_kind=True,
    ),
    TableOf(
        name="refs",
        holds=Text("the evidence: every reference of every record", "根拠：全記録の出典箇所"),
        columns=(
            ID,
            KIND_COLUMN,
            _column("number", "integer", "which of the record's references", "何番目の出典箇所か"),
            _column(
                "part",
                "text",
                "part of the record that rests on it; empty for the record itself",
                "記録のどの部分の根拠か",
            ),
            SOURCE_COLUMN,
            _column("line", "integer", "line of the source", "出典の行"),
            _column("line_end", "integer", "last line of a passage", "終わりの行"),
            _column("phrase", "text", "short phrase that stands there", "そこにある語句"),
        ),
        key=("id", "number"),
        rows=rows.refs_rows,
        by_kind=True,
    ),
    TableOf(
        name="links",
        holds=Text("which record names which, and in what role", "記録どうしの関係"),
        columns=(
            ID,
            _column("role", "text", "role in which the target is named", "役割"),
            _column("target", "text", "id of the record that is named", "指す記録のid"),
        ),
        key=("id", "role", "target"),
        rows=rows.links_rows,
    ),
    TableOf(
        name="sources",
        holds=Text("the sources", "出典"),
        columns=(
            ID,
            *_both("title", "title", "題名"),
            *_both("publisher", "publisher", "発行者"),
            _column("kind", "text", "law, official, news …", "種類"),
            _column("rank", "text", "official, first-rate or other", "格"),
            _column("seen", "text", "page or excerpt: how much of it was seen", "見た範囲"),
            _column("language", "text", "language", "言語"),
            *_dates("published", "when it came out", "発行日"),
            _column("retrieved", "text", "when it was looked at", "閲覧日"),
            _column("url", "text", "address", "URL"),
        ),
        key=("id",),
        rows=rows.sources_rows,
    ),
    TableOf(
        name="treaty_steps",
        holds=Text("the dated steps of each treaty", "条約の各段階"),
        columns=(
            _column("treaty", "text", "id of the treaty", "条約のid"),
            _column("number", "integer", "which step", "何番目の段階か"),
            _column("type", "text", "type of treaty", "条約の種類"),
            _column("country_ids", "list", "countries that are party to it", "締約国"),
            _column("stage", "text", "negotiating, signed, in-force …", "段階"),
            *_dates("date", "day of the step", "日付"),
            *_both("note", "note on the step", "注記"),
            _column("source_ids", "list", "sources of the step", "出典"),
        ),
        key=("treaty", "number"),
        rows=rows.steps_rows,
    ),
    TableOf(
        name="treaty_status",
        holds=Text("how each type of treaty stands with each country on a day", "種類と国ごとの条約の状況"),
        columns=(
            _column("as_of", "text", "the day", "時点"),
            _column("type", "text", "type of treaty", "条約の種類"),
            _column("country", "text", "country", "国"),
            _column("status", "text", "status on the day", "状況"),
            _column("in_force", "flag", "whether a treaty is in force; where none is, there is a gap", "発効の有無"),
            _column("since", "text", "date of the step that brought the status about", "その状況になった日"),
            _column("treaty", "text", "id of the treaty", "条約のid"),
            _column("predecessor", "text", "id of the older treaty", "旧条約のid"),
            *_both("next_step", "what is under way", "次の段階"),
            _column(
                "next_step_nature", "text", "whether that is reported, planned, a statement or a judgement", "その性質"
            ),
        ),
        key=("as_of", "type", "country"),
        rows=rows.treaty_status_rows,
    ),
    TableOf(
        name="commitment_status",
        holds=Text("what has become of each commitment by a day", "約束の状況"),
        columns=(
            _column("as_of", "text", "the day", "時点"),
            _column("commitment", "text", "id of the commitment", "約束のid"),
            _column("status", "text", "kept, partly, open, missed or unknown", "状況"),
            _column("status_as_of", "text", "date of the evidence for it", "その根拠の日付"),
            _column("done_in_ids", "list", "countries in which it came about, where these are not all", "その状況の国"),
            _column("overdue", "flag", "whether its date has passed without a known outcome", "期限超過か"),
            _column("firmness", "text", "how binding it is", "拘束力"),
            *_dates("due", "when it is due", "期限"),
            _column("by_ids", "list", "who promised", "約束した側"),
            _column("to_ids", "list", "to whom", "相手"),
        ),
        key=("as_of", "commitment"),
        rows=rows.commitment_status_rows,
    ),
    TableOf(
        name="disputes",
        holds=Text("where sources err or disagree, and what is held", "出典の誤り・相違と採る立場"),
        columns=(
            ID,
            _column("about", "text", "record, or value of a record, that it is about", "対象の記録・値"),
            _column("category", "text", "error, outdated, disagreement or wording", "分類"),
            _column("weight", "text", "high, medium or low", "重要度"),
            *_both("held", "what is held here", "本書の立場"),
            *_both("otherwise", "what others say", "異説"),
            *_both("reason", "why", "理由"),
            _column("source_ids", "list", "sources for what is held", "立場の出典"),
            _column("other_source_ids", "list", "sources that say otherwise", "異説の出典"),
        ),
        key=("id",),
        rows=rows.disputes_rows,
    ),
)
