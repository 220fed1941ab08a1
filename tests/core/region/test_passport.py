"""The card of a region read from `passport.toml`, and every way in which it may be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.kernel.rules.passport import Municipality, Passport
from core.law.act import act_beside
from core.region.passport import BrokenPassport, read_card
from tests.contract.conftest import ACT

CARD = """
[region]
name = "Пятый регион"
centre = "Центр"
centre_short = "Ц"
subject = "99"
timezone = "Asia/Omsk"
number_prefix = "ПР"
clause = "1"

[municipalities]
file = "municipalities.csv"
clause = "2"

[directory]
file = "directory.csv"
"""
PLACES = """key,name,kind,codes,seat,latitude,longitude,population
pole,Поле,округ,99600000,с Поле,50,40,
"""


def write(folder: Path, card: str = CARD, places: str = PLACES) -> Path:
    (folder / "act.toml").write_text(ACT, encoding="utf-8")
    (folder / "municipalities.csv").write_text(places, encoding="utf-8")
    (folder / "directory.csv").write_text("key\n", encoding="utf-8")
    path = folder / "passport.toml"
    path.write_text(card, encoding="utf-8")
    return path


def test_the_card_is_a_chapter_with_act_rules_and_directory(tmp_path: Path) -> None:
    path = write(tmp_path)
    card, act = read_card(path), act_beside(path)
    passport, place = card.rules()
    assert passport == Passport(
        "region", "Пятый регион", "Центр", "Ц", "99", "Asia/Omsk", "ПР", clause=act.cite("1")
    )
    assert isinstance(place, Municipality)
    assert (place.key, place.name, place.clause.ref) == ("pole", "Поле", "fifth.1/2")
    assert card.acts() == (act,)
    assert card.directories() == (tmp_path / "directory.csv",)


@pytest.mark.parametrize(
    ("zone", "time"),
    [("Asia/Omsk", "МСК+3"), ("Europe/Moscow", "МСК"), ("Europe/Kaliningrad", "МСК-1")],
)
def test_the_card_tells_the_time_as_clocks_of_the_country_do(
    tmp_path: Path, zone: str, time: str
) -> None:
    passport, _ = read_card(write(tmp_path, CARD.replace("Asia/Omsk", zone))).rules()
    assert passport.sentence() == f"Пятый регион (99): Центр, Ц; время {time}, номера «ПР»"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('name = "Пятый регион"\n', "", "region.name: нужен непустой текст"),
        ('name = "Пятый регион"\n', "name = 5\n", "region.name: нужен непустой текст"),
        ('name = "Пятый регион"\n', 'name = " "\n', "region.name: нужен непустой текст"),
        ("number_prefix", "number_prefx", "region.number_prefx: такого ключа нет"),
        ("Asia/Omsk", "Asia/Omks", "region.timezone: такого часового пояса нет"),
        ('clause = "1"', 'clause = "7"', "region.clause: в акте fifth.1 нет нормы «7»"),
        ('clause = "2"', 'clause = "8"', "municipalities.clause: в акте fifth.1 нет нормы «8»"),
        ("[directory]", "[folder]", "folder: такой таблицы нет"),
        ('[directory]\nfile = "directory.csv"', "", "directory: таблица не заполнена"),
        ("directory.csv", "directry.csv", "directory.file: файла directry.csv нет"),
        ("municipalities.csv", "places.csv", "municipalities.file: файла places.csv нет"),
        (
            "municipalities.csv",
            "../kursk/municipalities.csv",
            "municipalities.file: файл лежит рядом, папок в имени нет: ../kursk/municipalities.csv",
        ),
        ("[region]", "[region", "файл: не читается: "),
    ],
)
def test_what_is_wrong_is_named_by_file_and_key(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert old in CARD
    with pytest.raises(BrokenPassport) as caught:
        read_card(write(tmp_path, CARD.replace(old, new, 1)))
    assert str(caught.value).startswith(f"{tmp_path}/passport.toml: {message}")


def test_a_broken_row_of_municipalities_is_named_too(tmp_path: Path) -> None:
    with pytest.raises(BrokenPassport, match=r"municipalities\.file: .*«pole».*не из восьми"):
        read_card(write(tmp_path, places=PLACES.replace("99600000", "996")))
