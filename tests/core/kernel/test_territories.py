"""Municipalities and their reforms: what stands on a day, under which name, and who succeeded."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core.directory.bodies import Bodies
from core.directory.model import Body
from core.kernel.acts.federal import PRACTICE
from core.kernel.rules.territories import named, standing, successors
from core.law.merge import Layer
from core.law.rulebook import Rulebook, compile_rulebook
from core.region.municipalities import HISTORY, load_municipalities

GROUND = PRACTICE.cite("themes")
PLACES = """key,name,kind,codes,seat,latitude,longitude,population
north,Северный округ,муниципальный округ,99610000//2021-01-01;99510000/2021-01-01,с Север,50,40,
east,Восточный район,муниципальный район,99620000//2023-01-01,с Восток,50,40,
west,Западный район,муниципальный район,99630000//2025-01-01,с Запад,50,40,
left,Левый округ,муниципальный округ,99540000/2025-01-01,с Лево,50,40,
right,Правый округ,муниципальный округ,99550000/2025-01-01,с Право,50,40,
"""
COLUMNS = "key,kind,date,ground,name,former_kind,successors\n"
REFORMS = """north,renamed,2020-01-01,Закон № 1,Полночный район,муниципальный район,
north,status,2021-01-01,Закон № 2,Северный район,муниципальный район,
east,merged,2023-01-01,Закон № 3,,,north
west,split,2025-01-01,Закон № 4,,,left;right
"""
EARLY, LATE = date(2019, 6, 1), date(2026, 3, 2)


def law(folder: Path, history: str = REFORMS) -> Rulebook:
    (folder / HISTORY).write_text(COLUMNS + history, encoding="utf-8")
    (folder / "places.csv").write_text(PLACES, encoding="utf-8")
    rules = load_municipalities(folder / "places.csv", GROUND)
    return compile_rulebook([Layer("region", rules, (PRACTICE,))])


@pytest.mark.parametrize(
    ("said", "on", "key", "name"),
    [
        ("north", EARLY, "north", "Полночный район"),
        ("north", date(2020, 1, 1), "north", "Северный район"),
        ("north", date(2020, 12, 31), "north", "Северный район"),
        ("north", date(2021, 1, 1), "north", "Северный округ"),
        ("полночный  РАЙОН", LATE, "north", "Северный округ"),
        ("99610000", LATE, "north", "Северный округ"),
        ("99510000", EARLY, "north", "Полночный район"),
        ("east", date(2022, 12, 31), "east", "Восточный район"),
        ("east", date(2023, 1, 1), None, None),
        ("Восточный район", date(2023, 1, 1), "north", "Северный округ"),
        ("99620000", LATE, "north", "Северный округ"),
        ("Западный район", date(2024, 12, 31), "west", "Западный район"),
        ("Западный район", date(2025, 1, 1), None, None),
        ("Левый округ", LATE, "left", "Левый округ"),
        ("Дальний район", LATE, None, None),
    ],
)
def test_who_bears_it_on_the_day(
    tmp_path: Path, said: str, on: date, key: str | None, name: str | None
) -> None:
    found = standing(law(tmp_path), said, on)
    assert (found and found.key, found and found.name) == (key, name)


@pytest.mark.parametrize(
    ("key", "on", "heirs"),
    [
        ("north", LATE, ("north",)),
        ("east", EARLY, ("east",)),
        ("east", LATE, ("north",)),
        ("west", LATE, ("left", "right")),
        ("nowhere", LATE, ()),
    ],
)
def test_what_stands_in_its_place(
    tmp_path: Path, key: str, on: date, heirs: tuple[str, ...]
) -> None:
    assert successors(law(tmp_path), key, on) == heirs


def test_what_has_ended_keeps_its_last_name(tmp_path: Path) -> None:
    rules = law(tmp_path)
    places = [named(rules, key, LATE) for key in ("east", "north", "nowhere")]
    assert [place and place.name for place in places] == ["Восточный район", "Северный округ", None]
    (merged,) = places[0].reforms if places[0] else ()
    assert merged.sentence() == "01.01.2023 объединено с другим, преемники: `north` (Закон № 3)"


@pytest.mark.parametrize(
    ("history", "complaint"),
    [
        ("south,status,2021-01-01,Закон,Юг,район,", "такого муниципального образования нет"),
        ("east,merged,2023-01-01,Закон,,,south", "преемника нет в перечне"),
        ("east,merged,2023-01-01,Закон,,,", "преемники не те"),
        ("east,status,2023-01-01,Закон,,,north", "преемники не те"),
        ("east,status,2023-01-01, ,Восток,район,", "не назван акт"),
        ("east,sunk,2023-01-01,Закон,,,", "sunk"),
        ("east,status,вчера,Закон,,,", "вчера"),
        ("east,status,2023-01-01,Закон", "east"),
        (
            "east,status,2023-01-01,Закон,Восток,район,\neast,status,2023-01-01,Закон,Ост,район,",
            "даты не по порядку",
        ),
        (
            "east,merged,2022-01-01,Закон,,,north\neast,status,2023-01-01,Закон,Ост,район,",
            "после конца ничего не бывает",
        ),
        (
            "east,merged,2022-01-01,Закон,,,north\nnorth,merged,2023-01-01,Закон,,,east",
            "преемники идут по кругу",
        ),
    ],
)
def test_a_history_that_cannot_be(tmp_path: Path, history: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint) as failure:
        law(tmp_path, history + "\n")
    assert str(failure.value).startswith("преобразование «")


def test_the_successor_administers_what_has_ended() -> None:
    closed = date(2023, 1, 1)
    rows = (("e", "east", closed, 2), ("n", "north", None, None), ("c", "west", closed, 3))
    bodies = Bodies(
        [
            Body(
                id=n, key=k, name=k, kind="municipal", municipality=m, closed=day, successor_id=heir
            )
            for n, (k, m, day, heir) in enumerate(rows, start=1)
        ],
        [],
    )
    asked = (("east", EARLY), ("east", LATE), ("west", LATE), ("north", LATE), (None, LATE))
    assert [bodies.administration(*one) for one in asked] == ["e", "n", None, "n", None]
