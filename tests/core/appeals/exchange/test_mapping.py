"""A mapping is checked whole before the first row is read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core.appeals.exchange.loading import load_mapping, read_draft
from core.appeals.exchange.mapping import FieldMap
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.settings import Settings
from core.law.rulebook import Rulebook
from core.region.opening import open_region

ON = date(2026, 3, 2)
COLUMNS = ("id", "text", "topic", "kind", "date", "who", "who")


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    name = "tests.grounds.boston"
    folder = tmp_path_factory.mktemp("keys")
    return open_region(name, Settings(regions=(name,), data_dir=folder)).rules


def load(path: Path, content: str, rules: Rulebook) -> FieldMap:
    path.write_text(content, encoding="utf-8")
    return load_mapping(path, COLUMNS, rules, ON)


GOOD = """
[source]
channel = "line-311"
external_id = "id"
zone = "Europe/Moscow"
[columns]
text = ["topic", "text"]
topic = "topic"
[defaults]
received = "import"
[values.topic]
file = "topics.csv"
into = "theme"
"""


def test_a_mapping_names_columns_constants_and_values(tmp_path: Path, rules: Rulebook) -> None:
    (tmp_path / "topics.csv").write_text("from,to\nЁлки  и трава,city-green\nПрочее,\n")
    mapping = load(tmp_path / "m.toml", GOOD, rules)
    assert mapping.columns == {
        "text": ("topic", "text"),
        "topic": ("topic",),
        "external_id": ("id",),
    }
    assert mapping.constants == {"received": "import", "channel": "line-311"}
    assert mapping.dates.zone.key == "Europe/Moscow"
    (themes,) = mapping.values
    assert [themes.key(cell) for cell in ("елки и ТРАВА", "прочее", "нет такого")] == [
        "city-green",
        "",
        "",
    ]


def test_without_a_zone_the_regions_own_holds(tmp_path: Path, rules: Rulebook) -> None:
    (tmp_path / "topics.csv").write_text("from,to\n")
    mapping = load(tmp_path / "m.toml", GOOD.replace('zone = "Europe/Moscow"', ""), rules)
    assert mapping.dates.zone.key == "Etc/GMT+5"


def test_without_a_mapping_the_columns_carry_our_names(rules: Rulebook) -> None:
    columns = ("external_id", "channel", "text", "received", "note")
    mapping = load_mapping(None, columns, rules, ON)
    assert mapping.columns == {name: (name,) for name in columns[:4]}
    with pytest.raises(Refusal, match="«received»") as refused:
        load_mapping(None, columns[:3], rules, ON)
    assert refused.value.code is RefusalCode.WRONG_MAPPING


def test_the_fingerprint_knows_every_value(tmp_path: Path, rules: Rulebook) -> None:
    seen = set()
    for words in ("from,to\nТрава,city-green\n", "from,to\nТрава,city-streets\n"):
        (tmp_path / "topics.csv").write_text(words)
        seen.add(load(tmp_path / "m.toml", GOOD, rules).fingerprint)
        seen.add(load(tmp_path / "m.toml", GOOD, rules).fingerprint)
    assert len(seen) == 2


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (('"id"', '"номер"'), "в файле нет столбцов «номер»"),
        (('external_id = "id"', ""), "откуда взять поля «external_id»"),
        (('channel = "line-311"', ""), "откуда взять поля «channel»"),
        (('received = "import"', ""), "откуда взять поля «received»"),
        (('"line-311"', '"line-312"'), "значений поля channel: «line-312»"),
        (("Europe/Moscow", "Europe/Kursk"), "часового пояса «Europe/Kursk» нет"),
        (("Europe/Moscow", "/etc/passwd"), "часового пояса «/etc/passwd» нет"),
        (('received = "import"', 'received = "вчера"'), "значение поля received: не дата"),
        (("[defaults]", "[defaults]\ncolour = 1"), "в разделе [defaults] неизвестны поля"),
        (("[columns]", "[columns]\ncolour = 'kind'"), "в разделе [columns] неизвестны поля"),
        (("[source]", "[source]\nurl = 'x'"), "в разделе [source] неизвестны поля «url»"),
        (("[columns]", "[columns]\nname = 'who'"), "в заголовке повторяются столбцы «who»"),
        (("[columns]", "[columns]\ntheme = 'kind'"), "поле theme берётся сразу из двух мест"),
        (("[columns]", "[columns]\naddress = ['kind']"), "для поля address назовите столбец"),
        (("[values.topic]", "[values.address]"), "у которого нет столбца"),
        (("[values.topic]", "[values.colour]"), "неизвестное поле"),
        (("topics.csv", "missing.csv"), "missing.csv не читается"),
        (("[defaults]", "[default]"), "неизвестные разделы «default»"),
        (("[source]", "source = 1\n[columnz]"), "неизвестные разделы «columnz»"),
        (("[source]", "[source"), "m.toml не читается"),
    ],
)
def test_wrong_mappings(
    tmp_path: Path, rules: Rulebook, change: tuple[str, str], complaint: str
) -> None:
    (tmp_path / "topics.csv").write_text("from,to\nТрава,city-green\n")
    with pytest.raises(Refusal) as refused:
        load(tmp_path / "m.toml", GOOD.replace(*change, 1), rules)
    assert refused.value.code is RefusalCode.WRONG_MAPPING
    assert complaint in refused.value.text


def test_a_mapping_of_another_encoding_is_refused_in_words(tmp_path: Path, rules: Rulebook) -> None:
    path = tmp_path / "m.toml"
    path.write_bytes('[columns]\ntext = "Текст"\n'.encode("cp1251"))
    with pytest.raises(Refusal, match="сохраните его в UTF-8"):
        load_mapping(path, COLUMNS, rules, ON)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ('dates = ["%d.%m"]', "формат даты «%d.%m» не годится: в нём нет"),
        ("dates = [1]", "dates — это список форматов"),
        ("blank = [1]", "blank — это список слов"),
    ],
)
def test_wrong_words_about_the_source(
    tmp_path: Path, rules: Rulebook, change: str, complaint: str
) -> None:
    (tmp_path / "topics.csv").write_text("from,to\nТрава,city-green\n")
    path = tmp_path / "m.toml"
    path.write_text(GOOD.replace("[source]", f"[source]\n{change}"), encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        load_mapping(path, COLUMNS, rules, ON)
    assert complaint in refused.value.text


def test_a_sheet_has_a_name(tmp_path: Path) -> None:
    path = tmp_path / "m.toml"
    path.write_text("[source]\nsheet = 1\n", encoding="utf-8")
    draft = read_draft(path)
    with pytest.raises(Refusal, match="sheet называет лист"):
        _ = draft.sheet


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ("from,to\nТрава,grass\n", "значений поля theme: «grass»"),
        ("a,b\nТрава,city-green\n", "topics.csv не читается: нужны столбцы from и to"),
        ("from,to\nТрава,city-green\nтрава,city-streets\n", "«трава» переведено двояко"),
    ],
)
def test_wrong_values(tmp_path: Path, rules: Rulebook, words: str, complaint: str) -> None:
    (tmp_path / "topics.csv").write_text(words)
    with pytest.raises(Refusal) as refused:
        load(tmp_path / "m.toml", GOOD, rules)
    assert refused.value.code is RefusalCode.WRONG_MAPPING
    assert complaint in refused.value.text
