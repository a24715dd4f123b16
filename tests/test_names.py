"""Names as users type them."""

import re
import unicodedata

import pytest

from cabrief.errors import UnknownName
from cabrief.model import names
from cabrief.model.kinds.countries import Country
from cabrief.model.kinds.people import Person
from cabrief.model.names import fold, sound
from cabrief.store.base import Base
from conftest import Run

APOSTROPHES = "'`´ʹʻʼʽˈˊˋ‘’‛′＇ꞌߴ\u05f3\u055a\u1fbd"


@pytest.mark.parametrize("apostrophe", APOSTROPHES, ids=lambda letter: f"U+{ord(letter):04X}")
def test_every_apostrophe_is_one(shipped: Base, apostrophe: str) -> None:
    """The letter that the language uses, what keyboards have, and their kin."""
    assert shipped.resolve(f"O{apostrophe}zbekiston", Country) == ("uzbekistan", True)


@pytest.mark.parametrize(
    ("form", "today"),
    [("山﨑", "山崎"), ("髙市", "高市"), ("渡邉", "渡辺"), ("渡邊", "渡辺"), ("齋藤", "斉藤"), ("國會", "国会")],
)
def test_forms_of_a_kanji_are_one(form: str, today: str) -> None:
    assert fold(form) == fold(today)
    assert fold(form + "\U000e0100") == fold(today), "also with a variation selector"


def test_usual_japanese_is_folded_as_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """The short way and Unicode's give the same, for each character and beside others."""
    usual = "".join(filter(names._usual().fullmatch, map(chr, range(0x10000))))
    assert len(usual) > 21_000
    pieces = [usual, *(f"{a}が{a}Bは{a}" for a in usual)]
    short = [names.fold(piece) for piece in pieces]
    monkeypatch.setattr(names, "_usual", lambda: re.compile("(?!)"))
    assert [names.fold(piece) for piece in pieces] == short


def test_syllables_that_differ_stay_apart() -> None:
    """Accents do not count, the marks that make another kana do; however they are encoded."""
    assert fold("ガス") != fold("カス")
    assert fold("ガス") == fold("ｶﾞｽ") == fold(unicodedata.normalize("NFD", "ガス"))
    assert fold("Áru") == fold("aru")


@pytest.mark.parametrize(
    "spellings",
    [
        "Tokayev Tokaev Toqaev Toqayev Tokajew Tokaiev Токаев",
        "Mirziyoyev Mirziyoev Mirzijojew Мирзиёев",
        "Takaichi Takaiti",
        "Berdimuhamedov Berdymukhamedov Berdimuhamedow",
        "Japarov Zhaparov Dzhaparov Жапаров",
        "Rahmon Rakhmon Раҳмон",
        "Kishida Kisida",
        "Fumio Humio",
        "Shōji Shouji Syouzi Shoji",
        "Shimbun Shinbun",
        "Tsuji Tuzi",
    ],
)
def test_transliterations_sound_alike(spellings: str) -> None:
    assert len({sound(each) for each in spellings.split()} - {""}) == 1


def test_other_names_sound_otherwise() -> None:
    """Kinship of sound is not misspelling at large."""
    assert sound("Hayashi") != sound("Hashi")
    assert sound("Kazakhstan") != sound("Uzbekistan")
    assert sound("高市") == sound("Oz") == ""


def test_a_name_is_taken_by_its_sound(shipped: Base, run: Run) -> None:
    """Where only one is meant; the family name may stand first."""
    assert shipped.resolve("Toqaev", Person) == ("kassym-jomart-tokayev", False)
    assert shipped.resolve("TAKAICHI Sanae", Person)[1]
    with pytest.raises(UnknownName):
        shipped.resolve("Nobodyov", Person)
    assert run("voices", "--speaker", "Tokajew").stderr == "cabrief: 'Tokajew' is taken for kassym-jomart-tokayev\n"
