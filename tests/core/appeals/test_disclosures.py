"""Who and what of others an answer names: places in its text, and nothing of its own parties."""

from __future__ import annotations

import pytest

from core.appeals import answers
from core.appeals.answers import NewAnswer
from core.appeals.delivery.disclosures import Allowed, answer_disclosures, found_in
from core.appeals.rules.lifecycle import Outcome
from core.kernel.codes import RefusalCode
from tests.core.appeals.conftest import Desk
from tests.core.appeals.test_handover import refused

OWN = Allowed(
    names=("Пробная Анна Ивановна", "Проверкин Олег Петрович"),
    digits=("9000000001",),
    words="пробная@example.org ул. полевая, д. 5, кв. 7",
    numbers=("КУ-2026-000001",),
)


@pytest.mark.clause("fz59/6.2")
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Уважаемая Анна Ивановна! Отвечает Проверкин О.П.", []),
        ("Ваше обращение КУ-2026-000001 о доме 5 рассмотрено.", []),
        ("Дом 5 по ул. Полевая, д. 5, кв. 7 отремонтирован.", []),
        ("Позвоните: +7 900 000-00-01.", []),
        ("Ямочный ремонт выполнен в Курске, Москве и Нижнем Новгороде.", []),
        ("На улице Петра Алексеева и ул. Гагарина убран снег.", []),
        ("Министерство дорог и Комитет транспорта сообщают.", []),
        ("Жалобу подал Иванов Пётр Сергеевич.", ["name:Иванов Пётр Сергеевич"]),
        ("Забор поставила Сидорова М.В. без разрешения.", ["name:Сидорова М.В."]),
        ("Забор поставил И. И. Петров.", ["name:И. И. Петров"]),
        ("Согласия Кузнецовой Марии нет.", ["name:Кузнецовой Марии"]),
        ("По словам гражданки Щербачинской, шумно.", ["name:Щербачинской"]),
        ("ИВАНОВ ПЁТР СЕРГЕЕВИЧ оштрафован.", ["name:ИВАНОВ ПЁТР СЕРГЕЕВИЧ"]),
        ("Аблямитов Р.Э. предупреждён.", ["name:Аблямитов Р.Э."]),
        ("Его телефон 8 (900) 111-22-33.", ["phone:8 (900) 111-22-33"]),
        ("Пишите на petr@example.com.", ["e_mail:petr@example.com"]),
        ("Паспорт 4510 123456 недействителен.", ["document:4510 123456"]),
        ("СНИЛС 112-233-445 95.", ["document:112-233-445 95"]),
        ("Автомобиль А123ВС46 перемещён.", ["document:А123ВС46"]),
        ("См. ответ по КУ-2026-000002.", ["appeal:КУ-2026-000002"]),
        ("Шумит квартира № 12.", ["address:квартира № 12"]),
        ("Он живёт: ул. Степная, д. 3, кв. 4.", ["address:ул. Степная, д. 3, кв. 4"]),
    ],
)  # fmt: skip
def test_what_is_pointed_out(text: str, found: list[str]) -> None:
    said = found_in(text, OWN, "КУ")
    assert [f"{one.kind}:{one.text}" for one in said] == found
    assert [text[one.start : one.end] for one in said] == [one.text for one in said]


async def test_the_signer_sees_the_places_and_the_journal_the_look(desk: Desk) -> None:
    taken = await desk.take()
    await desk.accept(taken.appeal_id)
    refusal = await refused(desk, desk.chief, answer_disclosures, taken.appeal_id)
    assert refusal.code is RefusalCode.NO_DRAFT
    text = "Анна Ивановна, забор поставил Иванов Пётр Сергеевич, +7 900 111-22-33."
    async with desk.work(desk.official) as work:
        await answers.answer(work, taken.appeal_id, NewAnswer(text, Outcome.EXPLAINED))
    async with desk.work(desk.chief) as work:
        found = await answer_disclosures(work, taken.appeal_id)
    assert [(one.kind, one.start, one.text) for one in found] == [
        ("name", 30, "Иванов Пётр Сергеевич"),
        ("phone", 53, "+7 900 111-22-33"),
    ]
    refusal = await refused(desk, desk.stranger, answer_disclosures, taken.appeal_id)
    assert refusal.code is RefusalCode.NOT_FOUND
