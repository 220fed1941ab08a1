"""Numbers and addresses as people write them find what the region wrote."""

from __future__ import annotations

from datetime import date

import pytest

from core.appeals.address import NOWHERE, address_sought
from core.appeals.number import spellings
from core.kernel.region import Region

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    "said",
    [
        "46-2026-000007", "46-2026-7", "46 2026 7", " № 46–2026–000007 ", "46-2O26-OOOOO7",
        "46-2026-ООооо7", "462026000007", "46/2026/7", "7", "№ 7", "ООО7", "46-2026-000007.",
        "«46-2026-000007»,", "(№ 46 - 2026 - 7)", "46 ‑ 2026 － 000007", "2026-000007", "2026 7",
        "2026–7.", "46_2026_7",
    ],
)  # fmt: skip
def test_every_spelling_is_the_number(kursk: Region, said: str) -> None:
    assert "46-2026-000007" in spellings(said, kursk.rules, DAY)


@pytest.mark.parametrize("said", ["ПЛ-2026-000007", "пл 2026 7", "Пл-2O26-OOOOO7", "№пл–2026–7"])
def test_letters_of_a_number_may_be_small(polygon: Region, said: str) -> None:
    assert "ПЛ-2026-000007" in spellings(said, polygon.rules, DAY)


@pytest.mark.parametrize(
    "said", ["46-2026", "51-2026-7", "46-2026-7a", "", "8", "46-26-7", "-7", "- 7", "2025-7"]
)
def test_what_is_no_number_of_the_region_is_looked_for_as_it_is(kursk: Region, said: str) -> None:
    found = spellings(said, kursk.rules, DAY)
    assert "46-2026-000007" not in found
    assert found[0] == said.replace(" ", "")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("305000, Курская область, г. Рыльск, ул. Полевая, д. 7",
         [(" рыльск", ("rylskiy",)), (" полевая", ()), (" 7", ())]),
        ("Рыльский р-н, Полевая 7", [(" рыльский", ("rylskiy",)), (" полевая", ()), (" 7", ())]),
        ("305000", [(" 305000", ())]),
        ("ул.", [(" ул", ())]),
        ("% 😀", [NOWHERE]),
    ],
)  # fmt: skip
def test_an_address_with_its_place_is_looked_for_where_the_place_stands(
    kursk: Region, said: str, words: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert [*address_sought(said, kursk.rules, DAY)] == words
