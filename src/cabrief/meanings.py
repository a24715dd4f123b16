"""What each key of the fact files means, in both languages: for editors, for skeletons and for the page on data shapes.

A key that means one thing wherever it stands is named once; where a class uses it otherwise, it is named with the class.
The tests hold that every key of every class is here, and that nothing else is.
"""

from __future__ import annotations

from cabrief.text import Text

MEANINGS: dict[str, Text] = {
    # every record
    "id": Text("what others name it by: small letters, digits, hyphens; unique in the pack", "他から指す名。英小文字・数字・ハイフンで、パック内で一意"),
    "overrides": Text("takes the place of the record of that id in an earlier layer, as a whole", "先の層の同じidの記録を丸ごと置き換える"),
    # whatever says something
    "text": Text("one precise sentence of one's own in each language", "自分の言葉による正確な一文を両言語で"),
    "summary": Text("the same in 6 to 12 words, for first pages", "冒頭のページ用の短い形（6〜12語相当）"),
    "nature": Text("whether the source reports, judges, quotes somebody or announces it", "出典による事実・見解・発言・予定の別"),
    "countries": Text("countries of the pack that it is about; all stands for every one", "関係するパックの国。allはすべて"),
    "actors": Text("outside powers, or the host, that it is about", "関係する域外国・機関、主催国"),
    "topics": Text("topics on whose pages it belongs", "載せるテーマ"),
    "people": Text("people that it is about; of a statement of the record, who made it", "関係する人物。発言なら発言者"),
    "organisations": Text("bodies that it is about", "関係する機関"),
    "event": Text("event that it belongs to", "属する出来事"),
    "agreement": Text("declaration or statement that says it", "それを述べる文書"),
    "project": Text("project that it is about", "関係する事業"),
    "route": Text("route that it is about", "関係する経路"),
    "date": Text("when: 2025, 2025-12, 2025-12-20, a range a/b, 2013~ for about", "日付。2025、2025-12、2025-12-20、期間はa/b、頃は2013~"),
    "as_of": Text("day up to which it is known to hold", "いつの時点のものか"),
    "based_on": Text("facts that it is derived from", "導くもとの事実"),
    "key": Text("belongs on the one-page brief", "一枚の概況に載せる"),
    "refs": Text("where it stands: source, line of a document, a short phrase there", "根拠の箇所。出典、文書なら行、そこにある短い語句"),
    # names
    "name": Text("what it is called: one string for both languages, or each", "名称。両言語で同じなら一つの文字列"),
    "aliases": Text("other names and spellings that a user may type", "利用者が打ちうる別名・表記"),
    "title": Text("its title, as it names itself", "題名"),
    "short_name": Text("what reports call it", "報告での呼び名"),
    "abbreviation": Text("letters that it is known by", "略称"),
    "codes": Text("ISO codes of the country", "国のISOコード"),
    "label": Text("what stands before the value", "値の前に付く見出し"),
    # references and values
    "source": Text("id of a source card", "出典カードのid"),
    "line": Text("line of the document, counted from 1; a page has none", "文書の行番号（1から）。ウェブページにはない"),
    "line_end": Text("last line of a passage of several", "複数行の箇所の最後の行"),
    "phrase": Text("4 to 25 characters that stand in that very line or page", "その行・ページにある4〜25字"),
    "value": Text("words in both languages, a number, a date, true, false, or unknown", "両言語の言葉、数、日付、true、false、unknown"),
    "Amount.value": Text("a plain number", "数"),
    "Figure.value": Text("a plain number, or unknown", "数、またはunknown"),
    "measure": Text("row of the pack's tables of figures that it fills", "パックの数値表のどの行か"),
    "unit": Text("unit or currency; words in both languages for others", "単位・通貨。ほかは両言語の言葉"),
    "estimate": Text("whether the number is an estimate", "推計値か"),
    "approximate": Text("whether the number is rounded: about", "概数か（約）"),
    "bound": Text("whether the number is a bound", "以上・以下などの限界値か"),
    "note": Text("what a reader must know beside it", "添えて知るべきこと"),
    "looked": Text("day on which it was looked for in vain", "探して見つからなかった日"),
    # sources
    "publisher": Text("who published it", "発行者"),
    "short": Text("the publisher as footnotes name it", "脚注での発行者の名"),
    "author": Text("who wrote it, where that is said", "著者（記されていれば）"),
    "published": Text("when it came out", "発行日"),
    "language": Text("language it is written in: en, ja, ru …", "書かれた言語（en、ja、ruなど）"),
    "kind": Text("what sort of source it is", "出典の種類"),
    "trust": Text("how far to trust it, and where not", "どこまで信頼できるか"),
    "document": Text("file name of the original, for what is read line by line", "行単位で読む原文書のファイル名"),
    "sha256": Text("SHA-256 of the original", "原文書のSHA-256"),
    "lines": Text("number of lines of the original", "原文書の行数"),
    "url": Text("address of the page", "ページのURL"),
    "rank": Text("how good the source is: official, first-rate (a world body, a leading agency or paper) or other", "出典の格。公的、一級（国際機関・主要通信社・主要紙）、その他"),
    "seen": Text("whether the page itself was seen, or only an excerpt of it", "ページ自体を見たか、抜粋だけを見たか"),
    "retrieved": Text("day on which somebody last looked at it", "最後に確認した日"),
    # countries, people, bodies
    "basics": Text("values at the top of the profile, by the keys that pack.yaml lists", "概況の冒頭の値。キーはpack.yamlの通り"),
    "role": Text("office or function, as of the date", "役職（時点付き）"),
    "Member.role": Text("standing in the organisation", "機関での地位"),
    "institution": Text("where the person works", "所属"),
    "of": Text("country, power or organisation that it belongs to", "属する国・域外国・機関"),
    "Note.of": Text("whose policy, dependency, motive, means … it is", "誰の政策・依存・動機・手段などか"),
    "office": Text("office that lists of who is who show", "要人一覧に示す職"),
    "since": Text("first day in the office", "就任日"),
    "until": Text("last day in the office", "退任日"),
    "members": Text("who belongs to it, with evidence for each", "加盟国・機関（それぞれ根拠付き）"),
    # events, agreements, projects
    "type": Text("what sort of event or agreement it is", "出来事・文書の種類"),
    "Treaty.type": Text("id of a treaty type", "条約の種類のid"),
    "place": Text("where it took place", "場所"),
    "host": Text("who hosted it", "主催者"),
    "Pack.host": Text("actor whose ties with the countries are described", "国々との関係を記す主催国"),
    "series": Text("id shared by meetings of a series", "一連の会合に共通のid"),
    "status": Text("what became of it", "どうなったか"),
    "parties": Text("who adopted it", "採択した当事者"),
    "started": Text("when work began", "開始日"),
    "partners": Text("firms and bodies that carry it, by name", "事業を担う企業・機関の名"),
    "sector": Text("topic under which lists of projects show it", "事業一覧での分野（テーマのid）"),
    "Project.amount": Text("sum of the project", "事業の金額"),
    # treaties
    "Treaty.countries": Text("countries that it binds with the host; all stands for every one", "主催国との間で拘束される国。allはすべて"),
    "Treaty.name": Text("official name", "正式名称"),
    "Treaty.topics": Text("topics on whose pages it belongs", "載せるテーマ"),
    "TreatyType.topics": Text("topics on whose pages its table stands", "表を載せるテーマ"),
    "replaces": Text("treaty in whose place it comes", "これが代わる条約"),
    "succession": Text("whether it was made with a predecessor state and passed to the countries", "前身の国との条約を承継したものか"),
    "succession_from": Text("when the countries became states of their own", "承継国が独立した日"),
    "steps": Text("dated steps in the order of time; the status follows from them", "時の順の段階。状況はここから導く"),
    "stage": Text("which step it is; unknown says that somebody looked in vain", "どの段階か。unknownは探して見つからなかったこと"),
    "next_step": Text("what is under way where dates cannot tell it", "日付からは分からない進行中の動き"),
    # commitments
    "by": Text("who promised it", "約束した者"),
    "to": Text("to whom", "約束の相手"),
    "firmness": Text("how binding it is", "拘束の度合い"),
    "due": Text("by when", "期限"),
    "amount": Text("sum or quantity that was promised", "約束した金額・数量"),
    "outcomes": Text("what became of it, by date, with evidence", "その後の結果（日付と根拠付き）"),
    "Outcome.status": Text("how far it was kept", "履行の度合い"),
    # statements, notes
    "speaker": Text("id of the person who said it", "話者のid"),
    "theme": Text("topic under which it stands with --by-theme", "--by-theme でまとめるテーマ"),
    "asks": Text("whether it asks something of somebody", "要望か"),
    "proposes": Text("whether it proposes something", "提案か"),
    "aspect": Text("what sort of note it is", "記述の種類"),
    # disputes
    "about": Text("id of what it marks, or of a value of it behind a dot", "印を付ける対象のid。値ならドットの後に"),
    "category": Text("whether a source errs, is outdated, sources disagree, or words vary", "誤り・古い情報・食い違い・表記の別"),
    "weight": Text("how much it matters to a reader", "読み手にとっての重さ"),
    "Dispute.summary": Text("what is contested, in a few words: CIA and official count differ", "何が争われているかを短く。例：CIAと公式統計が異なる"),
    "Dispute.countries": Text("of a treaty with several countries, those that it concerns", "複数国の条約なら、関係する国"),
    "held": Text("what is held here", "ここで採る内容"),
    "others": Text("who says otherwise", "異なる記述"),
    "says": Text("what the source says instead", "出典の記述"),
    "reason": Text("why it is held", "採る理由"),
    # the pack
    "Pack.id": Text("id of the pack", "パックのid"),
    "Pack.countries": Text("countries, in the order of columns", "国（列の順）"),
    "Pack.basics": Text("rows at the top of each country's profile", "国別概況の冒頭の行"),
    "measures": Text("rows of the tables of figures on each country's page", "各国のページの数値表の行"),
    "table": Text("which of the tables the row belongs to", "どの表の行か"),
    "region": Text("what the countries are called together", "国々の総称"),
    "powers": Text("actors shown side by side", "並べて示す域外国・機関"),
    "treaty_types": Text("treaty types, in the order of rows", "条約の種類（行の順）"),
    "areas": Text("topics under which a summit's results are grouped", "首脳会合の成果をまとめる分野"),
    "summit": Text("event that `brief` is about", "briefが扱う出来事"),
    "fresh_years": Text("years after which a value counts as old", "何年で古い値とみなすか"),
}  # fmt: skip


def meaning(cls: str, key: str) -> Text:
    """What a key of a class means."""
    return MEANINGS.get(f"{cls}.{key}") or MEANINGS[key]
