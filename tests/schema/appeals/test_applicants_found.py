"""Whom a region finds by contacts and by the postal address, as people write them."""

from __future__ import annotations

import orjson
import pytest
from sqlalchemy import select

from core.appeals.applicants.contact import Contact
from core.appeals.applicants.contacts import contacts_of
from core.appeals.applicants.homes import home_of
from core.kernel.journal import JournalEntry
from tests.schema.appeals.test_finding import OF
from tests.schema.conftest import Api

PHONE, OTHER, CITY = "9000000001", "9000000002", "4712000003"


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("8 (900) 000-00-01", (PHONE,)),
        ("+7 900 000 00 01, Anna@Example.org.", (PHONE, "anna@example.org")),
        ("anna@example.org тел. 89000000001", (PHONE, "anna@example.org")),
        ("8 (4712) 00-00-03 доб. 1254", (CITY,)),
        ("89000000001 89000000002", (PHONE, OTHER)),
        ("+7-900-000-00-01; +7-900-000-00-02; a@b.ru", (PHONE, "a@b.ru")),
        ("\u202d+7 900 000-00-01\u202c", (PHONE,)),
        ("+7 (900) 000-00-01 / 8 900 000 00 01", (PHONE,)),
        ("+375 29 000-00-04", ("5290000004",)),
        (" 00-00-03 ", ("00-00-03",)),
        (" ", ()),
    ],
)
def test_contacts_as_people_write_them(said: str, found: tuple[str, ...]) -> None:
    assert contacts_of(said) == found


async def test_who_left_two_contacts_is_found_by_either(api: Api) -> None:
    both = Contact(name="Пробная Анна", contact="8 900 000 00 01, anna@example.org")
    await api.take(external_id="both", contact=both)
    line = Contact(name="Проверкин Пётр", contact="8 (4712) 00-00-03 доб. 12")
    await api.take(external_id="line", contact=line)
    for said, name in (
        ("+7 (900) 000-00-01", "both"), ("ANNA@EXAMPLE.ORG", "both"), ("+74712000003", "line"),
        ("anna@example.org; +7 900 000-00-09", "both"),
    ):  # fmt: skip
        rows = (await api.data(OF, "curator", purpose="Звонок", contact=said))["appealsOf"]
        assert [row["externalId"] for row in rows] == [name]


@pytest.mark.parametrize(
    ("said", "home"),
    [
        ("305000, Курская область, г. Курск, ул. Полевая, д. 7, кв. 5", "полевая 7 5"),
        ("Полевая 7-5", "полевая 7 5"),
        ("г. Курск, Полевая ул., д.7 корп. 2, кв.5", "полевая 7 2 5"),
        ("Полевая, 7 к2 - 5, Курск", "полевая 7 2 5"),
        ("ул. Полевая, д. 7 А", "полевая 7а"),
        ("улица 50 лет Октября, дом 12А", "октября 12а"),
        ("с. Пробное, д. 3", "пробное 3"),
        ("с. Пробное", "пробное"),
        ("305000", ""),
        (" ", ""),
    ],
)
def test_addresses_as_people_write_them(said: str, home: str) -> None:
    assert home_of(said) == home


async def test_an_applicant_is_found_by_the_postal_address(api: Api) -> None:
    for number, flat in (("5", "кв. 5"), ("6", "кв. 6")):
        address = f"305000, г. Курск, ул. Полевая, д. 7, {flat}"
        await api.take(external_id=number, contact=Contact(name="Пробная Анна", address=address))

    async def found(**said: str) -> list[str]:
        rows = (await api.data(OF, "curator", purpose="Письмо", **said))["appealsOf"]
        return [row["externalId"] for row in rows]

    assert await found(address="Полевая улица, 7-5") == ["5"]
    assert await found(address="полевая 7 6", name="Анна Пробная") == ["6"]
    assert await found(address="полевая 7 6", name="Пётр Проверкин") == []
    assert await found(address="Полевая") == []
    async with api.region.database.reading() as session:
        query = select(JournalEntry).where(JournalEntry.name == "applicant.sought")
        lines = (await session.scalars(query.order_by(JournalEntry.id))).all()
        said = orjson.dumps([[line.subject, line.cause, line.after] for line in lines]).decode()
    assert [line.after["by"] for line in lines[:2]] == [["address"], ["address", "name"]]
    assert not any(word in said.casefold() for word in ("полев", "пробн"))
