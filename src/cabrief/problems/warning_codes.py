"""The codes of warnings with their explanations; problems with other codes are errors."""

from __future__ import annotations

from cabrief.problems.explanation import Code, explained

WARNING_CODES: dict[str, Code] = {
    "phrase-elsewhere": explained(
        "The phrase stands in the document, but in another line than the ref says. The right lines are given.",
        "語句は文書にあるが、refの示す行ではない。正しい行を示す。",
    ),
    "stale-source": explained(
        "Nobody has looked at the page for a year, or nobody said when. Look at it: does it still say so? Then write the day under retrieved.",
        "ページを1年以上誰も確認していないか、確認日がない。今もそう書いてあるかを見て、retrievedに日付を書く。",
    ),
    "overdue-promise": explained(
        "The day on which something was due has passed, and the record says nothing of what became of it. Reports call it overdue and "
        "its outcome unknown; an outcome with status unknown says that somebody looked and found nothing.",
        "期限が過ぎたのに結果の記載がない。報告では期限超過・結果不明となる。調べて分からなければ、statusがunknownの結果を加える。",
        "due: 2025-12",
        "due: 2025-12\noutcomes: [{date: 2026-11-22, status: unknown, text: {…}}]",
    ),
    "passed-plan": explained(
        "An event is still said to be planned although its day is over. Say what became of it; status unknown says that somebody looked and found nothing.",
        "日付を過ぎた出来事がまだ予定のままである。どうなったかを書く。調べて分からなければstatusをunknownにする。",
        "status: planned",
        "status: unknown",
    ),
    "figure-without-year": explained(
        "A number says nothing without its year.",
        "年のない数値は意味をなさない。",
        "population: {value: 12000, …}",
        "population: {value: 12000, as_of: 2030, …}",
    ),
    "printed-nowhere": explained(
        "No report comes to the fact: it is about no country, actor, topic or event that a report prints. It is found by facts, search "
        "and why alone.",
        "どの報告にも出ない。報告が扱う国、域外国・機関、テーマ、出来事のどれにも結び付いていない。facts、search、whyでしか見つからない。",
    ),
    "lone-topic": explained(
        "A topic has one fact or none. A topic is worth its name where it brings several together.",
        "テーマの事実が一つ以下。いくつかをまとめてこそテーマの意味がある。",
    ),
    "wrong-ending": explained(
        "Fact files end in .yaml. What ends in .yml may be anything, so it is not read.",
        "事実ファイルの拡張子は.yaml。.ymlは別のものかもしれないので読まない。",
    ),
    "override-same": explained(
        "A record replaces another and says the same. Remove it, or it will hide what the other says when it is corrected.",
        "置き換えても内容が同じ。消さないと、元の記録が訂正されてもその内容を隠してしまう。",
    ),
    "long-sentence": explained(
        "An English sentence has more than 28 words. Eight to 22 words are easy to read: give each idea a sentence of its own, and leave out what no "
        "cited line says.",
        "英文が28語を超える。読みやすいのは8〜22語。一文一義に分け、根拠の行にない言葉は省く。",
        "Aru, which had opened its port in 1993, signed in 2025 an agreement that …",
        "Aru signed the agreement in 2025. It had opened its port in 1993.",
    ),
    "search-not-last": explained(
        "A text says up to when nothing was found, and more, but not in a last sentence of its own. A report of an earlier day leaves that "
        "sentence out and tells the rest. It finds it where it is the last in both languages, and where Japanese has as many sentences as English.",
        "見つからなかったことのほかにも述べる文章で、それが最後の一文になっていない。以前の日付の報告はその一文を省き、残りを伝える。そのためには両言語で最後の一文とし、"
        "文の数を両言語でそろえる。",
        "ja: 着工の計画であったが、報道は2031年5月3日までに確認されていない。",
        "ja: 着工の計画であった。報道は2031年5月3日までに確認されていない。",
    ),
    "discouraged-words": explained(
        "The sentence has words that the style of the fact files avoids. The hint gives the usual term. docs/style.md has examples.",
        "事実ファイルの文体で避ける言葉がある。ヒントに通常の言い方を示す。例はdocs/style.ja.md。",
        "For the sake of trade Aru set about building a port.",
        "Aru began to build a port for trade.",
    ),
    "double-negation": explained(
        "The sentence negates a negation. Readers have to work out what is meant: say it positively.",
        "二重否定になっている。読み手が意味を考えずに済むよう、肯定文で書く。",
        "The port cannot work without the railway.",
        "The port needs the railway.",
    ),
    "nested-brackets": explained(
        "Brackets stand inside brackets. Use commas, or write two sentences.",
        "括弧の中に括弧がある。読点を使うか、二文に分ける。",
        "the league (founded in 1999 (or 2000))",
        "the league, founded in 1999 or 2000",
    ),
    "held-ahead": explained(
        "An event lies ahead, and its status is held, which is also what a record says that gives none. Reports tell it as planned until its day; after it "
        "they would tell it as held, though nobody has looked. Write status: planned. Or a day lies ahead on which something was said, came out, was seen "
        "or was looked for in vain, mostly by a slip in the year; what is said to hold then is told by no report before. So it is with what rests on a source of this month or year "
        "that has no retrieved: it counts as out when that is over.",
        "出来事は先の日付なのに、statusがheldになっている（書かなければheld）。その日までは予定として示すが、過ぎれば、誰も確かめないまま"
        "実施済みとして示すことになる。status: planned と書く。または、発言や発行、確認、探索の日が先になっている。多くは年の誤記で、その時点のこととしたものは、"
        "それまで報告に出ない。retrievedのない今月・今年の出典も、その月・年が終わるまで出たものとみなさない。",
        "{id: second-summit, date: 2031-09-01, status: held, …}",
        "{id: second-summit, date: 2031-09-01, status: planned, …}",
    ),
    "marks-of-reports": explained(
        "A sentence has a mark that reports add themselves: the number of a note, the name of a layer, † or (disputed), whose view it is, or (planned). A "
        "reader would take the words for the report's own. Write it in words, or in the fields that are for it.",
        "報告が自ら付ける印（注の番号、層の名、†や（争点）、誰の見方か、（予定））が文中にある。読み手は報告の言葉と取り違える。"
        "言葉で書くか、そのための項目に書く。",
        "The port opened in 2030 (disputed). [2]",
        "The port opened in 2030.",
    ),
    "date-first": explained(
        "An English sentence begins with a date. Reports print the date of a fact themselves; begin with the subject.",
        "英文が日付で始まる。日付は報告が別に示すので、主語から始める。",
        "On 4 May 2031 the leaders met.",
        "The leaders met on 4 May 2031.",
    ),
    "sentence-ending": explained(
        "A sentence ends with a full stop, in Japanese with 。, and Japanese is written in the plain form (である). A summary has no full stop, because it "
        "stands beside a label.",
        "文は句点（英語ではピリオド）で終え、日本語は「である体」で書く。要約は見出しの横に置くため句点を付けない。",
        "ja: アルは港を建設します",
        "ja: アルは港を建設する。",
    ),
    "name-variant": explained(
        "A sentence spells the name of a record in another way: full width for half width, with or without a hyphen, a space or a middle dot. One thing has "
        "one name, as its record spells it. Aliases are for people who search.",
        "記録の名称と表記が違う（全角と半角、ハイフン、空白、中黒の有無）。一つのものは記録の通りに一つの名で書く。別名は検索のためのもの。",
        "ja: ビジネスフォーラムが開かれた。",
        "ja: ビジネス・フォーラムが開かれた。",
    ),
}
