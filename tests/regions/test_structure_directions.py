"""Section 3, row by row: directions by the region's names, partners, what is no direction."""

from __future__ import annotations

from datetime import date

import pytest

from core.kernel.codes import Authority
from core.kernel.errors import Refusal
from core.structure.rules.appointments import Step
from core.structure.rules.directions import Direction
from tests.conftest import OpenRegion
from tests.fixtures.centre import by, centre_of, said
from tests.regions.table import REGIONS

NAMES = {
    "feedback": ("Обратная связь", "Обратная связь", "обратная связь", "Обратная связь"),
    "training": ("Обучение, развитие, оценка", "Обучение", "обучение", "Обучение"),
    "informing": ("Информирование", "Информирование", "информирование", "Информирование"),
    "digital-transformation": (
        "Цифровая трансформация",
        "Процессы и методология",
        "процессы и методология",
        "Процессы и методология",
    ),
    "sociology": (None, "Социология", "социология", None),
    "monitoring": (None, None, "мониторинг, аналитика и реагирование", None),
    "competences": (None, None, "региональные компетенции", None),
}
LAW = ("murmansk.513/3.1", "kursk.958/pol.4.2", "mari-el.335/pol.7", "chelyabinsk.641/pol.13")
ROWS = [
    pytest.param(
        code, direction, name, clause, id=f"{code}-{direction}", marks=pytest.mark.clause(clause)
    )
    for direction, names in NAMES.items()
    for code, name, clause in zip(REGIONS, names, LAW, strict=True)
]


@pytest.mark.parametrize(("code", "direction", "name", "clause"), ROWS)
async def test_an_official_works_in_a_direction_that_there_is(
    open_test_region: OpenRegion, code: str, direction: str, name: str | None, clause: str
) -> None:
    """The code is federal wherever there is one (R19)."""
    centre = await centre_of(open_test_region, code)
    person = await centre.person("specialist", "competence-unit")
    keeper = by(Authority.KEEPER)
    rule = centre.region.rules.find(Direction, direction, date(2026, 3, 2))
    if name is None:
        with pytest.raises(Refusal) as refused:
            await centre.begin("operator", person, Step.APPOINT, keeper, direction=direction)
        assert said(refused.value) == ("UNKNOWN_DIRECTION", clause)
        assert rule is None
    else:
        taken = await centre.begin("operator", person, Step.APPOINT, keeper, direction=direction)
        assert taken.appointment.direction == direction
        assert rule is not None
        federal = direction in ("feedback", "training", "informing", "digital-transformation")
        assert (rule.name, rule.federal) == (name, direction if federal else None)


@pytest.mark.parametrize(
    ("code", "clause"),
    [
        pytest.param(code, clause, marks=pytest.mark.clause(clause))
        for code, clause in zip(REGIONS, LAW, strict=True)
    ],
)
async def test_every_row_refuses_what_no_act_knows(
    open_test_region: OpenRegion, code: str, clause: str
) -> None:
    centre = await centre_of(open_test_region, code)
    person = await centre.person("specialist", "competence-unit")
    before = await centre.rows()
    for unknown in (*(f"{direction}-2" for direction in NAMES), "moderation"):
        with pytest.raises(Refusal) as refused:
            await centre.begin(
                "operator", person, Step.APPOINT, by(Authority.KEEPER), direction=unknown
            )
        assert said(refused.value) == ("UNKNOWN_DIRECTION", clause)
    assert await centre.rows() == before


@pytest.mark.parametrize(
    ("day", "direction", "name"),
    [
        (date(2022, 2, 25), "training", "Обучение"),
        (date(2022, 2, 26), "training", "Обучение, развитие, оценка"),
        (date(2022, 12, 14), "digital-transformation", "Процессы и методология"),
        (date(2022, 12, 15), "digital-transformation", "Цифровая трансформация"),
    ],
)
@pytest.mark.clause("ru.1844/12.б", "ru.1844/12.г")
async def test_the_federal_name_is_that_of_the_wording_of_the_day(
    open_test_region: OpenRegion, day: date, direction: str, name: str
) -> None:
    """R44."""
    region = await open_test_region("tests.grounds.polygon")
    assert region.rules.get(Direction, direction, day).name == name


@pytest.mark.clause("murmansk.513/3.1.2", "murmansk.513/3.1.3", "murmansk.513/3.1.4")
async def test_the_partners_of_murmansk(open_test_region: OpenRegion) -> None:
    rules = (await open_test_region("murmansk")).rules
    partners = {d.key: set(d.partners) for d in rules.all(Direction, date(2026, 3, 2))}
    assert partners == {
        "feedback": set(),
        "training": {"ministry-information-policy", "competence-unit"},
        "informing": {"ministry-information-policy"},
        "digital-transformation": {"ministry-digital"},
    }
