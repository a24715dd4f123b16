"""Names as users type them: folded, so that width, case, accents and apostrophes do not matter; and by their sound."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from cabrief.model.record import Record, kind_of

_PUNCTUATION = bytes(i for i in range(128) if not chr(i).isalnum())
# Characters of Japanese that no form of Unicode changes: marks, which do not count, and letters.
_USUAL_MARKS = "、。・「」『』（）：；！？〜"
# Letters by Unicode's categories that stand for an apostrophe or a tone, as in Oʻzbekiston; and the low line, a word
# character to `re`. The two marks that tell ga from ka are kept: they make other syllables.
_NO_WORD = r"[^\w\u3099\u309a]|[_\u02b0-\u02ff\ua78b\ua78c\u07f4\u07f5]"
# Forms of one kanji in names and old texts, and the form in use today.
_OLD = (
    "亞惡壓圍醫爲壹隱榮營衞驛圓鹽緣艷應歐毆櫻奧橫溫穩假價畫會壞懷繪擴殼覺學嶽樂渴卷陷勸寬關歡觀氣龜歸僞戲犧舊據擧虛峽挾狹鄕曉區驅勳薰徑惠揭溪經繼莖螢輕鷄藝擊缺儉劍圈檢權獻縣險顯驗嚴廣效恆黃鑛號國黑碎濟劑雜參慘棧蠶贊殘絲齒兒辭"
    "濕實舍寫釋壽收從澁獸縱肅處緖敍將稱涉燒證奬條狀乘淨剩疊繩壤孃讓釀觸囑眞寢愼晉盡圖粹醉穗隨髓樞數瀨聲靜竊攝專淺戰踐錢潛纖禪雙壯搜插爭總聰莊裝騷增臟藏屬續體對帶滯臺瀧擇澤單擔膽團彈斷癡遲晝蟲鑄廳聽鎭遞鐵轉點傳黨盜燈當鬪"
    "德獨讀屆惱腦霸廢拜賣麥發髮拔蠻祕濱濵甁拂佛變邊邉辨瓣辯舖寶豐沒飜萬滿默彌譯藥與豫餘譽搖樣謠來賴亂覽龍兩獵綠鄰壘勵禮靈齡戀爐勞樓郞祿錄灣﨑髙嶋嶌齋齊斎冨桒栁穐舘埜𠮷嵜"
)
_NEW = (
    "亜悪圧囲医為壱隠栄営衛駅円塩縁艶応欧殴桜奥横温穏仮価画会壊懐絵拡殻覚学岳楽渇巻陥勧寛関歓観気亀帰偽戯犠旧拠挙虚峡挟狭郷暁区駆勲薫径恵掲渓経継茎蛍軽鶏芸撃欠倹剣圏検権献県険顕験厳広効恒黄鉱号国黒砕済剤雑参惨桟蚕賛残糸歯児辞"
    "湿実舎写釈寿収従渋獣縦粛処緒叙将称渉焼証奨条状乗浄剰畳縄壌嬢譲醸触嘱真寝慎晋尽図粋酔穂随髄枢数瀬声静窃摂専浅戦践銭潜繊禅双壮捜挿争総聡荘装騒増臓蔵属続体対帯滞台滝択沢単担胆団弾断痴遅昼虫鋳庁聴鎮逓鉄転点伝党盗灯当闘"
    "徳独読届悩脳覇廃拝売麦発髪抜蛮秘浜浜瓶払仏変辺辺弁弁弁舗宝豊没翻万満黙弥訳薬与予余誉揺様謡来頼乱覧竜両猟緑隣塁励礼霊齢恋炉労楼郎禄録湾崎高島島斉斉斉富桑柳秋館野吉崎"
)
_CYRILLIC = (
    "а a|б b|в v|г g|д d|е e|ё yo|ж zh|з z|и i|й y|к k|л l|м m|н n|о o|п p|р r|с s|т t|у u|ф f|х kh|ц ts|ч ch|ш sh|щ sh|ъ |ы y|"
    "ь |э e|ю yu|я ya|ў o|і i|ғ gh|қ q|ң n|ө o|ұ u|ү u|һ h|ә a|ҳ h|ҷ j|ӣ i|ӯ u|ү u|җ j"
)
# What systems of spelling write differently, in the order in which it is made alike.
_ALIKE = (
    ("dzh|dj|zh|jh", "j"),  # Russian-based; Kazakh, Turkmen and English write j
    ("tsch|tch|ch", "c"),  # Turkic ç is folded to c
    ("shch|sch|sh", "s"),  # Turkic ş is folded to s
    ("sy(?=[aou])", "s"),
    ("ty(?=[aou])|t(?=i)|ts|tz|t(?=u)", "c"),  # Kunrei tya, ti, tu; Hepburn cha, chi, tsu
    ("[jz]y(?=[aou])|z(?=i)", "j"),
    ("h(?=u)", "f"),
    ("m(?=[bmp])", "n"),  # Shimbun, Shinbun
    ("ou|oo|oh(?![aeiou])", "o"),
    ("kh|x", "h"),
    ("gh", "g"),
    ("q|ck", "k"),
    ("w", "v"),
    # Tokaev, Tokayev, Tokajew; a row of y and i is looked at from its beginning only, however long it is
    (r"(?<=[aeou])[yi]+(?=[eo])|(?<![yi])(y*i)[yi]+(?=[aeo])|(?<=[aeiou])j(?=ev|o)|^[yj](?=e)", r"\1"),
    ("y|j(?![aeiou])", "i"),
    (r"(.)\1+", r"\1"),
    ("f$", "v"),
)
SHORTEST_SOUND = 4  # letters; what is shorter sounds like too much


def fold(name: str) -> str:
    """A name as it is compared: width, case, accents, apostrophes, spaces, punctuation and forms of a kanji do not count."""
    if name.isascii():
        return name.lower().encode("ascii").translate(None, _PUNCTUATION).decode("ascii")
    if _usual().fullmatch(name):  # as nearly all Japanese is
        return name.lower().translate(_usual_forms())
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    return unicodedata.normalize("NFC", re.sub(_NO_WORD, "", plain)).translate(_forms())


@cache
def _usual() -> re.Pattern[str]:
    return re.compile(rf"[ -~ぁ-ゖァ-ヺー一-\u9fff{_USUAL_MARKS}]*")  # which takes a millisecond


@cache
def _usual_forms() -> dict[int, str | None]:
    return {**dict.fromkeys(_PUNCTUATION), **dict.fromkeys(map(ord, _USUAL_MARKS)), **_forms()}


@cache
def _forms() -> dict[int, str]:
    return {ord(old): new for old, new in zip(_OLD, _NEW, strict=True)}


@cache
def _latin() -> dict[int, str]:
    return {ord(pair[0]): pair[2:] for pair in _CYRILLIC.split("|")}


def sound(name: str) -> str:
    """How a name in Latin or Cyrillic letters sounds, alike for the usual transliterations; empty for another script.

    Hepburn and Kunrei, the Latin alphabets of Kazakh, Uzbek and Turkmen, and spellings that go through Russian come to the
    same: Toqaev, Tokaev and Tokayev, Takaiti and Takaichi.
    """
    heard = fold(unicodedata.normalize("NFC", name).lower().translate(_latin()))
    if not heard.isascii():
        return ""
    for found, alike in _ALIKE:
        heard = re.sub(found, alike, heard)
    return heard if len(heard) >= SHORTEST_SOUND else ""


def names(record: Record) -> set[str]:
    """Every name that a record answers to, folded, also with its numbers in digits; a mere statement answers to its id alone."""
    if not kind_of(type(record)).named:
        return {fold(record.id)}
    from cabrief.language.words import has_numbers, in_digits  # names are made as facts are read, seldom for a report

    called = set(record.called())
    if has_numbers("\n".join(called)):
        called.update([*map(in_digits, called)])
    return {fold(name) for name in called} - {""}


def is_close(name: str, spellings: list[str]) -> bool:
    """Whether a misspelling is near enough to be taken for what it is nearest to."""
    from difflib import SequenceMatcher

    return any(SequenceMatcher(None, name, spelling).ratio() > 0.88 for spelling in spellings)  # noqa: PLR2004
