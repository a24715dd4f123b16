"""The help of the command line in Japanese, keyed by the English; loaded only where help is asked for in Japanese."""

from cabrief.formats import FORMATS

HELP: dict[str, str] = {
    # commands: the first line of each; examples stand as they are
    "Print one page on the summit, on a topic, on another event or on an agreement.": (
        "首脳会合、テーマ、その他の出来事、文書を一枚にまとめる。"
    ),
    "Print a country's profile.": "国別の概況を表示する。",
    "Print countries, or outside powers, side by side.": "国どうし、または域外国どうしを並べて比べる。",
    "Print what happened, and what is due.": "これまでの出来事と今後の予定を年表で示す。",
    "Print agreements by type and country, and the gaps.": "条約・協定を種類と国ごとに示し、未整備のものを挙げる。",
    "Print what was promised, by when, and what became of it.": "約束・目標とその期限、履行状況を示す。",
    "Print the projects by country: who carries them, what they cost, how far they are.": (
        "事業を国ごとに示す。担い手、金額、進み具合。"
    ),
    "planned, signed, ongoing, completed or unknown.": (
        "planned（計画）、signed（署名済み）、ongoing（実施中）、completed（完了）、unknown（不明）。"
    ),
    "Print how each outside power engages.": "域外国・機関それぞれの関与を示す。",
    "Print who said what, where.": "誰がどこで何を述べたかを示す。",
    "Find names and statements that have every word; what is named outright comes first.": (
        "すべての語を含む名称・記述を探す。名称の一致を先に示す。"
    ),
    "Print every fact, filtered.": "すべての事実を条件で絞って一覧する。",
    "Print the documents, and what each was used for; or one of them in its own order.": (
        "出典の一覧、または一つの出典の内容を行順に示す。"
    ),
    "Print where sources err or disagree, and what is held; the weightiest first.": (
        "出典の誤りや食い違いと、採る立場を重い順に示す。"
    ),
    "Print why a line stands: its nature, evidence and disputes, what is derived from it, and where it is kept.": (
        "ある一行の根拠を示す。性質、出典、争点、導かれる事実、収録場所。"
    ),
    "Validate fact files: every problem of every file at once, as file:line:column: code: message.": (
        "事実ファイルを検証する。全ファイルの問題を「ファイル:行:桁: コード: 内容」で一度に示す。"
    ),
    "Print the JSON Schema of the fact files, for editors.": "エディター向けに事実ファイルのJSON Schemaを出力する。",
    "Print a commented skeleton of a fact, to fill in.": "事実のひな形を注釈付きで表示する。",
    "Make a pack for another host and region, which builds at once, with an example of each kind.": (
        "別の主催国・地域のパックを作る。そのまま使え、各種類の例が付く。"
    ),
    "Print what changed between two packs, revisions or days; with --since, what came about by the facts' own dates.": (
        "二つのパック・版・日の間の変更点を示す。--since では事実自身の日付による、その間の動き。"
    ),
    "Serve an assistant over the Model Context Protocol, on stdin and stdout unless a port is named.": (
        "Model Context Protocolでアシスタントに答える。ポートを指定しなければ標準入出力で。"
    ),
    "Write all that is known as pages in both languages, linked with each other, with a search that needs no server.": (
        "すべての内容を日英両言語の相互にリンクしたページとして書き出す。サーバー不要の検索付き。"
    ),
    "Folder to make: new, empty, or with an earlier site, which is replaced.": (
        "作るフォルダー。新規か空、または以前のサイト（置き換える）。"
    ),
    "Browse all facts on a full screen: what there is on the left, the page on the right, / to search.": (
        "すべての事実を全画面で読む。左に一覧、右にページ、/で検索。"
    ),
    "Colours for a dark or a light terminal; t changes them.": "端末の明暗に合わせた配色。tで切り替える。",
    "A dialogue line by line, for screen readers. TERM=dumb does the same.": (
        "一行ずつの対話。スクリーンリーダー用。TERM=dumbでも同じ。"
    ),
    # the whole
    "Sourced briefs on Japan and Central Asia.": "日本と中央アジアの、出典付きブリーフ。",
    "Data goes to stdout, everything else to stderr. Exit codes: 0 done, 1 problems found, 2 wrong request, 3 a bug.": (
        "データは標準出力、その他は標準エラーへ。終了コード：0 完了、1 問題あり、2 指定の誤り、3 不具合。"
    ),
    # arguments and options
    "A directory, a git revision, or a day (2026-10-01).": "フォルダー、gitのリビジョン、または日付（2026-10-01）。",
    "The same; the pack as it stands if absent.": "同上。省けば現在のパック。",
    "Pack whose revisions are meant. Default: the one here.": "版をたどるパック。既定はここのパック。",
    "terminal, text, json, or github for annotations. Default: terminal on a terminal, else text.": (
        "terminal、text、json、またはgithub（注釈用）。既定は端末ではterminal、他ではtext。"
    ),
    "Warnings, too, end with exit code 1.": "警告だけでも終了コード1で終わる。",
    "Only explain a code of a problem.": "問題のコードの説明だけを表示する。",
    "Kind of fact, e.g. note, event, treaty.": "事実の種類（note、event、treatyなど）。",
    "Write all facts as tables for other programs: a Parquet data set or a SQLite file.": (
        "すべての事実を他のプログラム用の表に書き出す：Parquetのデータセット、またはSQLiteファイル。"
    ),
    "What to make: a folder for parquet, a file for sqlite.": "作るもの。parquetはフォルダー、sqliteはファイル。",
    "parquet or sqlite.": "parquetかsqlite。",
    "Fill in the ref to where these words stand.": "この語句のある箇所を出典欄に記入する。",
    "Folder to make; it must be empty or not there.": "作るフォルダー。空か、まだないこと。",
    "A topic, an event or an agreement; also a country or a power. The summit if absent.": (
        "テーマ、出来事、文書。国、域外国・機関も可。省略すると首脳会合。"
    ),
    "List the topics, events and agreements that there are pages on.": "ページのあるテーマ、出来事、文書を一覧する。",
    "Countries, by any name.": "国。どの呼び名でもよい。",
    "Countries, or outside powers: two or more.": "国、または域外国・機関を二つ以上。",
    "Only these aspects, e.g. treaties,memberships.": "この項目だけ（例：treaties,memberships）。",
    "Only rows in which they differ.": "違いのある行だけ。",
    "From a day, month or year on.": "この日・月・年以降。",
    "What rests on one source alone that is weak: an excerpt, or of no rank.": (
        "弱い出典（抜粋のみ、または格のない出典）一つだけに基づくもの。"
    ),
    "The long form, with everything that is on record.": "記録した内容をすべて含む長い形式。",
    "Up to a day, month or year.": "この日・月・年まで。",
    "Only this country. Repeatable.": "この国だけ。繰り返し指定可。",
    "Only this outside power. Repeatable.": "この域外国・機関だけ。繰り返し指定可。",
    "Only this topic. Repeatable.": "このテーマだけ。繰り返し指定可。",
    "Only this kind. Repeatable.": "この種類だけ。繰り返し指定可。",
    "Only what rests on this source. Repeatable.": "この出典に基づくものだけ。繰り返し指定可。",
    "actor: the powers' summits side by side.": "actor：各国の首脳会合を横に並べる。",
    "All years, not only the last two and what lies ahead.": "直近2年と今後だけでなく、全期間を示す。",
    "Only the gaps, with their reasons.": "未整備の条約だけを理由とともに。",
    "Only this type.": "この種類だけ。",
    "Only what is past its date without a known outcome.": "期限を過ぎ、結果の分からないものだけ。",
    "Only what is due before a date.": "この日より前が期限のものだけ。",
    "open, kept, partly, missed or unknown.": "open（期限前）、kept（履行）、partly（一部）、missed（不履行）、unknown（不明）。",
    "Only what this country or power promised.": "この国・機関が約束したものだけ。",
    "Outside powers, for each in full.": "域外国・機関。指定すれば詳しく示す。",
    "Only this person.": "この人物だけ。",
    "Only at this event.": "この出来事での発言だけ。",
    "Under themes instead of speakers.": "話者でなく主題ごとにまとめる。",
    "Only what asks something of somebody.": "要望だけ。",
    "Only proposals.": "提案だけ。",
    "Words, in either language, in any spelling.": "語。日英どちらでも、表記を問わない。",
    "Every hit, not the first ten.": "最初の10件に限らず、すべて示す。",
    "reported, judgement, statement or plan.": "reported（事実）、judgement（見解）、statement（発言）、plan（予定）。",
    "One source: what it says, line by line.": "出典のID。内容を行ごとに示す。",
    "official, news, analysis, law, data, …": "official（公式）、news（報道）、analysis（分析）、law（法令）、data（統計）など。",
    "Folder of the original documents, to hold phrases against.": "原文書のフォルダー。語句を照合する。",
    "error, outdated, disagreement or wording.": "error（誤り）、outdated（古い）、disagreement（食い違い）、wording（表記）。",
    "high, medium or low.": "high（重大）、medium（中）、low（軽微）。",
    "Id of a fact; k3 or 3 in the last report; or the first words of a line.": (
        "事実のid、直前の報告のk3や3、または行の最初の言葉。"
    ),
    "A pack, or facts to lay over the built-in pack.": "パック、または内蔵パックに重ねる事実のフォルダー。",
    "Lay further fact files over the built-in ones. Repeatable.": "内蔵の事実に別の事実ファイルを重ねる。繰り返し指定可。",
    "The schema of pack.yaml, not of fact files.": "事実ファイルでなくpack.yamlのスキーマ。",
    f"{', '.join(FORMATS)}. Default: terminal on a terminal, else markdown.": (
        f"{'、'.join(FORMATS)}。既定は端末ではterminal、他ではmarkdown。"
    ),
    "Draw a picture: treaties, timeline, map or commitments. Repeatable in HTML; alone with -o x.svg or x.png.": (
        "図を描く：treaties、timeline、map、commitments。HTMLでは繰り返し指定可。-o x.svg、x.png では一つ。"
    ),
    "Write to a file; its ending picks the format. - is stdout.": "ファイルに書く。拡張子で形式が決まる。- は標準出力。",
    "Language. Default: CABRIEF_LANG, else the locale.": "言語。既定はCABRIEF_LANG、なければロケール。",
    "Report as of a day. Default: today.": "この日の時点で示す。既定は今日。",
    "Columns of terminal output.": "端末出力の桁数。",
    "Print the sources, or leave them out. Default: not on a terminal.": "出典を表示する・しない。既定では端末に出さない。",
    "Print long reports without a pager.": "長い報告もページャーを通さず表示する。",
    "No colour. NO_COLOR and TERM=dumb do the same.": "色を付けない。NO_COLOR、TERM=dumbも同じ。",
    "Let facts of your own directories into a file or a pipe; the screen always shows them.": (
        "自分のデータ層の事実もファイルやパイプに出す。画面には常に出る。"
    ),
    "Begin CSV and TSV with a byte-order mark. Default: in files, which spreadsheet programs open.": (
        "CSVとTSVの先頭にBOMを付ける。既定は、表計算ソフトで開くファイルのみ。"
    ),
    "Word: take styles, page, header and footer from a file of your own.": (
        "Word：スタイル、用紙、ヘッダー、フッターを自分のファイルから取る。"
    ),
    "Calendar: remind that many days before what is planned or due.": "カレンダー：予定・期限の何日前に通知するか。",
    "Serve over HTTP on this port of this machine alone; needs the extra mcp.": (
        "このポートでHTTPにより応じる（同じ計算機からのみ）。追加パッケージmcpが必要。"
    ),
    "Let the assistant read facts of your own directories.": "自分のデータ層の事実もアシスタントに読ませる。",
    "Print the version.": "版を表示する。",
    "Install completion for the current shell.": "いまのシェルに補完を設定する。",
    "Show completion for the current shell, to copy it or customize the installation.": (
        "いまのシェルの補完の設定を表示する。写したり手直ししたりできる。"
    ),
    "Show this message and exit.": "この説明を表示する。",
    "Every line is traceable to a source, every known error is marked, and what is unknown is said to be unknown. "
    "On a terminal you see tables; into a pipe or a file goes Markdown with footnotes.": (
        "どの行も出典にたどれ、知られた誤りには印があり、分からないことは不明と記す。"
        "端末では表、パイプやファイルには脚注付きMarkdownを出す。"
    ),
    # headings
    "Examples:": "例：",
    "Options": "オプション",
    "Arguments": "引数",
    "Commands": "コマンド",
    "Output": "出力",
}
