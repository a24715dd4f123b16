"""What each key of the fact files means, in both languages: for editors, for skeletons and for the page on data shapes.

Here stand the keys that several kinds share, and those of `pack.yaml`; a kind's own keys stand in its module. The tests hold
that every key of every class has a meaning, and that nothing else has one.
"""

from __future__ import annotations

from cabrief.language.text import Text
from cabrief.model.frozen import Frozen
from cabrief.model.record import Record, kind_of

SHARED_MEANINGS: dict[str, Text] = {
    "id": Text(
        "what others name it by: small letters, digits, hyphens; unique in the pack",
        "他から指す名。英小文字・数字・ハイフンで、パック内で一意",
    ),
    "overrides": Text(
        "takes the place of the record of that id in an earlier layer, as a whole",
        "先の層の同じidの記録を丸ごと置き換える",
    ),
    "text": Text(
        "one precise sentence of one's own in each language",
        "自分の言葉による正確な一文を両言語で",
    ),
    "summary": Text(
        "the same in 6 to 12 words, for first pages",
        "冒頭のページ用の短い形（6〜12語相当）",
    ),
    "weight": Text(
        "how much it matters to a reader",
        "読み手にとっての重さ",
    ),
    "nature": Text(
        "whether the source reports, judges, quotes somebody or announces it",
        "出典による事実・見解・発言・予定の別",
    ),
    "countries": Text(
        "countries of the pack that it is about; all stands for every one",
        "関係するパックの国。allはすべて",
    ),
    "actors": Text(
        "outside powers, or the host, that it is about",
        "関係する域外国・機関、主催国",
    ),
    "topics": Text(
        "topics on whose pages it belongs",
        "載せるテーマ",
    ),
    "people": Text(
        "people that it is about; of a statement of the record, who made it",
        "関係する人物。発言なら発言者",
    ),
    "organisations": Text(
        "bodies that it is about",
        "関係する機関",
    ),
    "event": Text(
        "event that it belongs to",
        "属する出来事",
    ),
    "agreement": Text(
        "declaration or statement that says it",
        "それを述べる文書",
    ),
    "project": Text(
        "project that it is about",
        "関係する事業",
    ),
    "route": Text(
        "route that it is about",
        "関係する経路",
    ),
    "date": Text(
        "when: 2025, 2025-12, 2025-12-20, a range a/b, 2013~ for about",
        "日付。2025、2025-12、2025-12-20、期間はa/b、頃は2013~",
    ),
    "as_of": Text(
        "day up to which it is known to hold",
        "いつの時点のものか",
    ),
    "based_on": Text(
        "facts that it is derived from",
        "導くもとの事実",
    ),
    "key": Text(
        "belongs on the one-page brief",
        "一枚の概況に載せる",
    ),
    "refs": Text(
        "where it stands: source, line of a document, a short phrase there",
        "根拠の箇所。出典、文書なら行、そこにある短い語句",
    ),
    "place": Text("where it took place", "場所"),
    "source": Text(
        "id of a source card",
        "出典カードのid",
    ),
    "line": Text(
        "line of the document, counted from 1; a page has none",
        "文書の行番号（1から）。ウェブページにはない",
    ),
    "line_end": Text(
        "last line of a passage of several",
        "複数行の箇所の最後の行",
    ),
    "phrase": Text(
        "4 to 25 characters that stand in that very line or page",
        "その行・ページにある4〜25字",
    ),
    "value": Text(
        "words in both languages, a number, a date, true, false, or unknown",
        "両言語の言葉、数、日付、true、false、unknown",
    ),
    "unit": Text(
        "unit or currency; words in both languages for others",
        "単位・通貨。ほかは両言語の言葉",
    ),
    "Amount.value": Text(
        "a plain number",
        "数",
    ),
    "estimate": Text(
        "whether the number is an estimate",
        "推計値か",
    ),
    "note": Text(
        "what a reader must know beside it",
        "添えて知るべきこと",
    ),
    "looked": Text(
        "day on which it was looked for in vain",
        "探して見つからなかった日",
    ),
    "Pack.name": Text("what the pack is called", "パックの名称"),
    "Pack.id": Text(
        "id of the pack",
        "パックのid",
    ),
    "Pack.host": Text(
        "actor whose ties with the countries are described",
        "国々との関係を記す主催国",
    ),
    "region": Text(
        "what the countries are called together",
        "国々の総称",
    ),
    "Pack.countries": Text(
        "countries, in the order of columns",
        "国（列の順）",
    ),
    "powers": Text(
        "actors shown side by side",
        "並べて示す域外国・機関",
    ),
    "treaty_types": Text(
        "treaty types, in the order of rows",
        "条約の種類（行の順）",
    ),
    "areas": Text(
        "topics under which a summit's results are grouped",
        "首脳会合の成果をまとめる分野",
    ),
    "summit": Text(
        "event that `brief` is about",
        "briefが扱う出来事",
    ),
    "Pack.basics": Text(
        "rows at the top of each country's profile",
        "国別概況の冒頭の行",
    ),
    "measures": Text(
        "rows of the tables of figures on each country's page",
        "各国のページの数値表の行",
    ),
    "landmarks": Text(
        "names on maps: seas, neighbours",
        "地図に記す名称：海、隣国",
    ),
    "lat": Text("degrees north, -90 to 90", "北緯（度）"),
    "lon": Text("degrees east, -180 to 180", "東経（度）"),
    "Landmark.name": Text("what stands on the map", "地図に記す名"),
    "label": Text(
        "what stands before the value",
        "値の前に付く見出し",
    ),
    "page": Text("belongs on the one-page profile", "一枚の概況に載せる"),
    "table": Text(
        "which of the tables the row belongs to",
        "どの表の行か",
    ),
    "compare": Text(
        "whether a difference between countries is marked; false for names, capitals and the like",
        "国の間の違いに印を付けるか。名称・首都などはfalse",
    ),
    "fresh_years": Text(
        "years after which a value counts as old",
        "何年で古い値とみなすか",
    ),
}


def meaning(cls: type[Frozen], key: str) -> Text:
    """What a key of a class means; raises KeyError where nobody has said it."""
    own = own_meanings(cls)
    name = key if issubclass(cls, Record) else f"{cls.__name__}.{key}"
    return own.get(name) or SHARED_MEANINGS.get(f"{cls.__name__}.{key}") or SHARED_MEANINGS[key]


def own_meanings(cls: type[Frozen]) -> dict[str, Text]:
    """The meanings that a kind gives; of a class that is part of a kind, those of the kind."""
    return dict(kind_of(cls).meanings) if ".kinds." in cls.__module__ else {}
