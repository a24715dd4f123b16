"""Every code of a problem with its explanation: for `check --explain` and the page on problems.

`CODES` maps a code, as problems print it, to its `Code`; warnings are among them. The tests hold that the codes of the program and
the codes here are the same.
"""

from __future__ import annotations

from cabrief.language.text import Text
from cabrief.problems.explanation import Code, explained
from cabrief.problems.warning_codes import WARNING_CODES

LEVELS = {"error": Text("error", "誤り"), "warning": Text("warning", "警告")}
# how the two examples of an explanation are headed
WRONG, RIGHT = Text("Wrong", "誤"), Text("Right", "正")


CODES: dict[str, Code] = {
    # the file
    "encoding": explained(
        "Fact files are UTF-8 text. The place is the first byte that is not, or a control character that YAML forbids. "
        "A byte-order mark at the beginning and the line ends of Windows are fine.",
        "事実ファイルはUTF-8の文字列。示すのは、UTF-8でない最初の箇所か、YAMLが禁じる制御文字の箇所。先頭のBOMとWindowsの改行は構わない。",
    ),
    "invisible": explained(
        "A character stands here that a reader does not see: a control character, one that turns the direction of text around, or "
        "one that Unicode says is ignored or blank. It could make a line read otherwise than it is, so it is not read. A joiner or a "
        "variation selector may follow a character that takes it.",
        "目に見えない文字（制御文字、文字の向きを変える文字、無視または空白と定められた文字）がある。実際と違う文に見せかけられるため読まない。"
        "結合子と異体字セレクターは、それを取る文字の直後に一つだけ使える。",
    ),
    "yaml": explained(
        "The text is not YAML. Indent with spaces, never with tabs; put words that contain a colon followed by a space, a # or, inside "
        "braces, a comma into quotes; close every bracket. Nothing of the file was read.",
        "YAMLとして読めない。字下げはタブでなく空白で。「: 」や#、波括弧の中のコンマを含む言葉は引用符で囲み、括弧は必ず閉じる。このファイルは何も読まれていない。",
        "text: {en: Trade: a start, ja: 貿易}",
        'text: {en: "Trade: a start", ja: 貿易}',
    ),
    "duplicate-key": explained(
        "A mapping has the same key twice. YAML readers silently keep the last; here nothing is lost silently.",
        "同じキーが二度ある。YAMLの多くは黙って後のものを採るが、ここでは何も黙って捨てない。",
        "{stage: signed, date: 2025-12-19, stage: in-force}",
        "{stage: signed, date: 2025-12-19}",
    ),
    "bad-key": explained(
        "A key is a list or a mapping. Keys are plain words.",
        "キーがリストやマッピングになっている。キーはただの語に限る。",
        "? [a, b]\n: c",
        "a: c",
    ),
    "alias": explained(
        "Anchors (&a) and aliases (*a) are not read: each record stands for itself, and aliases can be made to multiply without end.",
        "アンカー（&a）とエイリアス（*a）は読まない。記録はそれぞれ独立し、エイリアスは際限なく増やせるため。",
        "topics: &t [sea]\nactors: *t",
        "topics: [sea]",
    ),
    "tag": explained(
        "YAML tags (!!something) are not read: a value is what it says, and a tag can ask a reader to run something.",
        "YAMLタグ（!!…）は読まない。値は書いてある通りのもので、タグは読み手に何かを実行させうるため。",
        "value: !!int 12",
        "value: 12",
    ),
    "second-document": explained(
        "A file holds several YAML documents, separated by ---. Only one is read; put the kinds of fact under each other instead.",
        "「---」で区切られた複数のYAML文書がある。読むのは一つだけなので、種類を続けて並べる。",
    ),
    "too-deep": explained(
        "Lists and mappings are nested deeper than any fact needs.",
        "リストやマッピングの入れ子が、事実に必要な深さを超えている。",
    ),
    "too-large": explained(
        "A file, or a list in it, is larger than is read: split it by the things that people look for. Or more disputes are about"
        " one record than a reader can follow: join some of them.",
        "ファイル、またはその中のリストが大きすぎて読まない。人が探す単位でファイルを分ける。または一つの記録についての争点が多すぎる。いくつかをまとめる。",
    ),
    "too-many": explained(
        "So much is wrong that the rest is not told. Mend what is told, then check again.",
        "問題が多すぎるため残りは示していない。示されたものを直してから再び検証する。",
    ),
    "not-a-file": explained(
        "Something is called .yaml but is a pipe, a device, a link that leads out of its directory, or another name of a file that is"
        " there already. It is not opened.",
        "名前は.yamlだが、パイプやデバイス、フォルダーの外へのリンク、または同じファイルの別の名前である。開かない。",
    ),
    "not-readable": explained(
        "The operating system does not let the file be read, or it went away while it was looked for.",
        "OSがファイルの読み取りを許さないか、読む間にファイルがなくなった。",
    ),
    "no-files": explained(
        "The directory has no file whose name ends in .yaml.",
        "フォルダーに、名前が.yamlで終わるファイルがない。",
    ),
    "no-pack": explained(
        "A pack says in pack.yaml what it is about. A directory without it is laid over another pack and does not stand alone.",
        "パックは何についてのものかをpack.yamlで示す。それのないフォルダーは別のパックに重ねるもので、単独では使えない。",
    ),
    # the shape of a record
    "unknown-kind": explained(
        "At its top level a fact file has the plural names of kinds (notes, events, treaties …), and under each a list of records.",
        "事実ファイルの最上位には種類の複数形（notes、events、treatiesなど）を置き、その下に記録のリストを並べる。",
        "noets:\n  - id: aru-leans-north",
        "notes:\n  - id: aru-leans-north",
    ),
    "unknown-key": explained(
        "A record has a key that its kind does not know, or pack.yaml does not list. `cabrief new KIND` prints those it may have. Inside "
        "{en: …, ja: …} it is mostly a comma that cuts a sentence in two: put the sentence into quotes.",
        "その種類にないキー、またはpack.yamlが挙げないキーがある。使えるキーは`cabrief new 種類`で分かる。{en: …, ja: …}の中なら、"
        "たいていコンマで文が切れている。文を引用符で囲む。",
        "topiks: [sea]",
        "topics: [sea]",
    ),
    "missing-key": explained(
        "A key that the kind needs is not there.",
        "その種類に必要なキーがない。",
        "- {id: my-note}",
        "- {id: my-note, aspect: risk, …}",
    ),
    "wrong-type": explained(
        "A list, a mapping, a number or words stand where something else is needed.",
        "リスト、マッピング、数、言葉のいずれかが、別のものが必要な所にある。",
        "countries: aru",
        "countries: [aru]",
    ),
    "unknown-value": explained(
        "The value is none of the words that are understood here. Editors that read the JSON Schema offer them.",
        "ここで使える語ではない。JSON Schemaを読むエディターなら候補が出る。",
        "nature: rumour",
        "nature: statement",
    ),
    "bad-id": explained(
        "Ids are for people and for file names, command lines and links: small letters, digits, single hyphens, at most 80 characters.",
        "idは人が読み、コマンドやリンクにも使う。英小文字、数字、一つずつのハイフンで80字まで。",
        "id: Aru's Port",
        "id: aru-port",
    ),
    "bad-date": explained(
        "Dates are ISO dates with as much precision as is known: 2025, 2025-12, 2025-12-20; about (2013~), uncertain (2013?), both "
        "(2013%); a range has / between its ends. The day must exist, and a range must not end before it begins.",
        "日付は分かる精度までISO形式で書く：2025、2025-12、2025-12-20。「頃」は2013~、不確かなら2013?、両方なら2013%。期間は/でつなぐ。"
        "実在する日で、期間の終わりは始まりより前にならない。",
        "date: 20/12/2025",
        "date: 2025-12-20",
    ),
    "bad-file-name": explained(
        "A card names the file of its document by its name alone. The folder is named on the command line, with --texts; a path could lead out of it.",
        "カードには文書のファイル名だけを書く。フォルダーは--textsで指定する。パスはフォルダーの外を指しうるため使えない。",
        "document: originals/memo.txt",
        "document: memo.txt",
    ),
    "bad-url": explained(
        "The address of a page begins with http:// or https:// and has no spaces.",
        "ページのURLはhttp://またはhttps://で始まり、空白を含まない。",
        "url: example.org/page",
        "url: https://example.org/page",
    ),
    "empty-text": explained("Words are needed, and there are none.", "言葉が必要な所が空である。"),
    "text-length": explained(
        "A text has at most 2,000 characters in each language, a name or a title 300: a fact is a sentence, or a few. Longer texts belong into an original "
        "document, which facts point to.",
        "文は各言語2,000字まで。事実は一文か数文で書く。長い文章は原文書に置き、事実からrefで示す。",
    ),
    "missing-language": explained(
        "Every sentence is there in English (en) and Japanese (ja), so that no report falls back on the other language.",
        "文は必ず英語（en）と日本語（ja）で書く。どちらの報告も他の言語で代用しないため。",
        "text: {en: Aru has fish.}",
        "text: {en: Aru has fish., ja: アルには魚がある。}",
    ),
    "phrase-length": explained(
        "A phrase is evidence of a place, not a copy of a text: 4 to 25 characters, enough to find the place.",
        "語句は箇所を示す証拠で、文章の写しではない。場所が分かる4〜25字。",
    ),
    # across records
    "duplicate-id": explained(
        "Two records have one id. In one pack, choose another. Over another pack, `overrides: true` says that the record takes the "
        "place of the earlier one as a whole; nothing is merged.",
        "一つのidを二つの記録が使っている。同じパックなら別のidにする。別のパックに重ねるなら`overrides: true`で全体を置き換える。混ぜ合わせはしない。",
    ),
    "listed-twice": explained(
        "A list names one thing twice, so that it would be counted and printed twice.",
        "一つのものがリストに二度あり、二重に数えられて印刷される。",
        "countries: [aru, aru]",
        "countries: [aru]",
    ),
    "overrides-nothing": explained(
        "The record says that it replaces another, and there is none with its id. Was the id misspelt, or renamed?",
        "置き換えると書いてあるが、そのidの記録がない。idの書き誤りか、改名か。",
    ),
    "unknown-id": explained(
        "An id names a record that is not there. Where one name is wrong in many places, they are told together.",
        "記録のないidを指している。同じ誤りが多くの箇所にあれば、まとめて示す。",
        "countries: [arru]",
        "countries: [aru]",
    ),
    "unknown-source": explained(
        "A ref names a source that has no card. Write a card under sources: what it is, who made it, when, and its url.",
        "refの出典にカードがない。sourcesの下に、何か、誰がいつ作ったか、urlを書く。",
    ),
    "wrong-kind": explained(
        "The id is there, but it is the id of another kind of record than is needed here.",
        "idはあるが、ここで必要な種類の記録ではない。",
        "countries: [north-union]",
        "actors: [north-union]",
    ),
    "no-evidence": explained(
        "Nothing is said without evidence: each sentence, value, step and membership names a source and a phrase there, or a line of it. "
        "Only that something is unknown needs none.",
        "根拠のない記述は入れない。文、値、段階、加盟のそれぞれに、出典とそこにある語句、文書なら行番号を示す。不明とするときだけは不要。",
        "refs: []",
        "refs: [{source: log, line: 1, phrase: Port Aru}]",
    ),
    "missing-line": explained(
        "The source is a document that is kept line by line, and the ref names no line.",
        "行単位で保存した文書なのに、refに行番号がない。",
        "{source: log, phrase: Port Aru}",
        "{source: log, line: 1, phrase: Port Aru}",
    ),
    "line-of-page": explained(
        "The source is a page of the web, which has no lines that stay where they are.",
        "出典はウェブページで、行番号が定まらない。",
        "{source: gazette, line: 3, phrase: signed}",
        "{source: gazette, phrase: signed}",
    ),
    "no-such-line": explained(
        "The document has fewer lines than that. Lines count from 1, as editors show them.",
        "文書はその行まで続かない。行番号はエディターの表示通り1から数える。",
    ),
    "lines-order": explained(
        "A passage ends before it begins.",
        "箇所の終わりが始まりより前にある。",
        "{source: log, line: 9, line_end: 7, phrase: hello}",
        "{source: log, line: 7, line_end: 9, phrase: hello}",
    ),
    "date-order": explained(
        "Steps of a treaty stand in the order of time; nothing is due before it was promised.",
        "条約の段階は時の順に並べる。期限は約束の日より前にならない。",
    ),
    "unlisted-country": explained(
        "The countries of the region are those that pack.yaml lists, with all promises and meetings of the region. Another state"
        " is a power: put it under actors.",
        "地域の国はpack.yamlに挙げたもので、地域全体の約束や会合はその国に数える。ほかの国はactorsに置く。",
    ),
    "other-type": explained(
        "A treaty comes in the place of one of its own type alone. One of another type ends by a step of its own.",
        "条約が代わるのは同じ種類の条約だけ。別の種類の条約は、それ自身のstepsで終了させる。",
    ),
    "not-a-party": explained(
        "A dispute about a treaty concerns countries with which the treaty is: no table has it for another.",
        "条約についての争点は、その条約の国にだけ関わる。ほかの国については表に出ない。",
    ),
    "circle": explained(
        "A treaty comes in the place of itself, or of one that comes in its place; or an event belongs to itself.",
        "条約が自分自身、または自分に代わる条約に代わっている。あるいは行事が自分自身に属している。",
    ),
    "stage-order": explained(
        "By its dates, a treaty was in force before it was signed, or ended before it was in force. One of the dates is wrong.",
        "日付の上では、署名より前に発効したか、発効より前に終了したことになる。どちらかの日付が誤っている。",
    ),
    "same-url": explained(
        "Two cards are about one page. Keep one, and let all refs name it.",
        "一つのページにカードが二つある。一つにし、refはすべてそれを指す。",
    ),
    # the originals
    "text-missing": explained(
        "The folder of originals has no file of the name that the card gives.",
        "原文書のフォルダーに、カードが示す名のファイルがない。",
    ),
    "text-changed": explained(
        "The document is not the one that the card was written for: its SHA-256 is another. Lines may have moved.",
        "カードを書いたときの文書ではない（SHA-256が違う）。行がずれているかもしれない。",
    ),
    "text-lines": explained(
        "The document has another number of lines than its card says.",
        "文書の行数がカードの記載と違う。",
    ),
    "phrase-not-there": explained(
        "The phrase stands nowhere in the document. Either it was copied wrongly, or the fact rests on something else.",
        "その語句は文書のどこにもない。写し間違いか、別のものに基づく事実である。",
    ),
    **WARNING_CODES,
}


def level_text(code: str) -> Text:
    """Whether a code is an error or a warning, in words; one that does not exist is an error's."""
    return LEVELS["warning" if code in WARNING_CODES else "error"]
