"""What fields of forms are called: as the API says, by names where it speaks of keys."""

from __future__ import annotations

import re

from graphql import GraphQLInputField

STOP = re.compile(r"\s*[(:;]|,\s+до\s+\d|\.(\s|$)")
CALLED = {
    "Ключи материалов": "Материалы",
    "Ключ материала": "Материал",
    "Ключ канала": "Канал",
    "Ключ категории": "Категория",
    "Ключ муниципального образования": "Муниципальное образование",
    "Ключ блока": "Блок",
    "Ключ критерия": "Критерий",
    "Ключ органа-партнёра": "Орган-партнёр",
    "Ключ органа": "Орган",
    "Ключ причины": "Причина",
    "Ключ события": "Событие",
    "Ключ тематики": "Тематика",
    "Ключ территориального органа": "Территориальный орган",
    "Ключ высшего должностного лица": "Высшее должностное лицо",
    "Номер должностного лица": "Должностное лицо",
    "Номер возражения": "Возражение",
    "Номер запроса в хронологии": "Запрос",
    "Номер мероприятия": "Мероприятие",
    "Номер спора": "Спор",
    "Номер сотрудника": "Сотрудник",
    "Глобальный номер проблемы": "Проблема",
}
"""On pages these are chosen by their names."""


def called(label: str) -> str:
    """A label as a page has it."""
    for said, name in CALLED.items():
        if label.startswith(said):
            return f"{name}{label.removeprefix(said)}"
    return label


def is_key(one: GraphQLInputField) -> bool:
    """Whether it takes a key or a number that no page shows."""
    return (one.description or "").startswith(tuple(CALLED))


def label_of(name: str, one: GraphQLInputField) -> str:
    """What a field of an input is called: its description up to the first bracket or stop."""
    return called(STOP.split((one.description or name).partition("\n")[0], maxsplit=1)[0])
