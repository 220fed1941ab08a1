"""Reading municipalities from a data file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core.kernel.acts.federal import PRACTICE
from core.kernel.rules.passport import Municipality, TerritoryCode
from core.region.municipalities import load_municipalities

GROUND = PRACTICE.cite("themes")
HEADER = "key,name,kind,codes,seat,latitude,longitude,population"


def written(folder: Path, *lines: str) -> Path:
    path = folder / "municipalities.csv"
    path.write_text("\n".join((HEADER, *lines)) + "\n", encoding="utf-8")
    return path


def test_a_row_becomes_a_municipality(tmp_path: Path) -> None:
    codes = "99600000//2021-01-01;99500000/2021-01-01"
    path = written(tmp_path, f"pole,Полевой округ,муниципальный округ,{codes},с Поле,50.5,40.25,")
    assert load_municipalities(path, GROUND) == (
        Municipality(
            "pole",
            name="Полевой округ",
            kind="муниципальный округ",
            codes=(
                TerritoryCode("99600000", None, date(2021, 1, 1)),
                TerritoryCode("99500000", date(2021, 1, 1), None),
            ),
            seat="с Поле",
            latitude=50.5,
            longitude=40.25,
            population=None,
            clause=GROUND,
        ),
    )


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("pole,Поле,округ,996,с Поле,50,40,1", "996"),
        ("pole,Поле,округ,9960000x,с Поле,50,40,1", "9960000x"),
        ("pole,Поле,округ,,с Поле,50,40,1", "ОКТМО"),
        ("pole,Поле,округ,99600000/вчера,с Поле,50,40,1", "вчера"),
        ("pole,Поле,округ,99600000,с Поле,север,40,1", "север"),
        ("pole,Поле,округ,99600000,с Поле,50,40,много", "много"),
        ("pole,Поле,округ,99600000,с Поле,50", "pole"),
    ],
)
def test_a_broken_row_is_named(tmp_path: Path, row: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint) as failure:
        load_municipalities(written(tmp_path, row), GROUND)
    assert "«pole»" in str(failure.value)
