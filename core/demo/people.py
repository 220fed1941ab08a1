"""Invented people: names out of common parts, addresses at domains that cannot exist."""

from __future__ import annotations

from random import Random

from core.appeals.applicants.contact import Contact

SURNAMES = (
    "Примеров", "Образцов", "Макетов", "Черновиков", "Выдумкин", "Задумкин", "Шаблонов",
    "Моделев", "Проверкин", "Пробников", "Небылов", "Сказкин", "Учебнов", "Тестовский",
    "Условный", "Безымянный", "Показательный", "Вымышленный",
)  # fmt: skip
MEN = ("Иван", "Пётр", "Алексей", "Николай", "Олег", "Сергей", "Павел", "Андрей", "Юрий", "Глеб")
WOMEN = ("Анна", "Мария", "Ольга", "Елена", "Ирина", "Вера", "Нина", "Татьяна", "Софья", "Алла")
FATHERS = ("Иванов", "Петров", "Алексеев", "Николаев", "Олегов", "Павлов", "Андреев", "Юрьев")


def full_name(rng: Random) -> str:
    """A surname, a name and a patronymic that agree."""
    surname, father = rng.choice(SURNAMES), rng.choice(FATHERS)
    if rng.random() < 0.5:
        return f"{surname} {rng.choice(MEN)} {father}ич"
    feminine = f"{surname[:-2]}ая" if surname.endswith(("ий", "ый")) else f"{surname}а"
    return f"{feminine} {rng.choice(WOMEN)} {father}на"


def contact(rng: Random, address: str) -> Contact:
    """Somebody to answer; the address leads nowhere."""
    number = rng.randrange(10**6)
    return Contact(full_name(rng), f"citizen{number:06}@example.org", address)
