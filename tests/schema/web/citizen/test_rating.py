"""The form of the page: a mark, its correction, an objection; what is refused stays beside it."""

from __future__ import annotations

from sqlalchemy import select

from core.appeals.satisfaction.model import Dispute
from core.kernel.journal import JournalEntry
from tests.fixtures.contents import contents
from tests.schema.web.citizen.conftest import FORM, Citizen


async def marks(citizen: Citizen) -> list[tuple[dict[str, object], dict[str, object]]]:
    async with citizen.api.region.database.reading() as session:
        query = select(JournalEntry).where(JournalEntry.name == "survey.answered")
        return [(row.before, row.after) for row in await session.scalars(query)]


async def test_a_mark_is_kept_repeated_and_corrected(citizen: Citizen) -> None:
    first = await citizen.rate(4, comment="Спасибо")
    assert (first.status_code, first.headers["location"]) == (303, "?said=mark")
    again = await citizen.rate(4, comment="Спасибо")
    assert again.status_code == 303
    assert await marks(citizen) == [({}, {"mark": 4})]
    assert (await citizen.rate(3, comment="Спасибо")).status_code == 303
    assert await marks(citizen) == [({}, {"mark": 4}), ({"mark": 4}, {"mark": 3})]
    survey = await citizen.survey()
    assert survey is not None
    assert (survey.mark, survey.comment, (await citizen.appeal()).mark) == (3, "Спасибо", 3)
    page = await citizen.api.http.get(f"{citizen.path}?said=mark")
    assert "Спасибо, оценка сохранена." in page.text
    assert 'value="3" required checked' in page.text


async def test_an_objection_opens_a_dispute_and_the_mark_then_stands(citizen: Citizen) -> None:
    told = await citizen.rate(1, objection="Яма на месте")
    assert told.headers["location"] == "?said=objection"
    assert (await citizen.appeal()).state == "disputed"
    assert (await citizen.rate(1, objection="Яма на месте")).status_code == 303
    refused = await citizen.rate(5)
    assert refused.status_code == 422
    assert "уже подано возражение" in refused.text
    async with citizen.api.region.database.reading() as session:
        assert [row.reason for row in await session.scalars(select(Dispute))] == ["Яма на месте"]
    page = (await citizen.read()).text
    assert "Рассматривается возражение на ответ" in page
    assert "ещё не принято" in page


REFUSED = (
    ({"mark": ""}, "mark", "Выберите оценку от 1 до 5"),
    ({"mark": "6"}, "mark", "Выберите оценку от 1 до 5"),
    ({"mark": "4", "objection": "нет"}, "objection", "Оспорить можно при оценке не выше 2"),
    ({"mark": "1", "comment": "я" * 4001}, "comment", "Текст длиннее 4000 знаков"),
    ({"mark": "5", "form": "0" * 32}, "mark", "Прочитайте её ещё раз"),
    ({"mark": "5", "form": ""}, "mark", "Прочитайте её ещё раз"),
)
FOREIGN = (
    ({**FORM, "Sec-Fetch-Site": "cross-site"}, 403),
    ({**FORM, "Sec-Fetch-Site": "same-site"}, 403),
    ({"Content-Type": FORM["Content-Type"], "Origin": "https://evil.example"}, 403),
    ({"Content-Type": "text/plain", "Sec-Fetch-Site": "same-origin"}, 400),
)


async def test_what_is_refused_stands_beside_its_field_with_what_was_typed(
    citizen: Citizen,
) -> None:
    before = await contents(citizen.api.region)
    for fields, field, said in REFUSED:
        page = await citizen.rate(**{"comment": "Мои слова", **fields})
        assert page.status_code == 422
        assert f'id="{field}-error"' in page.text
        assert said in page.text
        assert fields.get("comment", "Мои слова") in page.text
        assert "<title>Ошибка: " in page.text
    for headers, status in FOREIGN:
        assert (await citizen.send(headers, do="mark", mark="1")).status_code == status
    assert await contents(citizen.api.region) == before


async def test_a_form_too_large_or_of_nothing_known_is_not_taken(citizen: Citizen) -> None:
    assert (await citizen.send(do="mark", comment="x" * 210_000)).status_code == 400
    assert (await citizen.send(do="remove")).status_code == 400
    assert (await citizen.survey()).mark is None  # type: ignore[union-attr]


async def test_a_former_link_is_put_in_by_hand(citizen: Citizen) -> None:
    path = f"/{citizen.api.region.code}/survey"
    assert "Вставьте ссылку из письма" in (await citizen.api.http.get(path)).text
    given = {"link": f"https://tsur.example{path}#{citizen.token} "}
    told = await citizen.api.http.post(path, data=given)
    assert (told.status_code, told.headers["location"]) == (303, f"s/{citizen.token}")
    wrong = await citizen.api.http.post(path, data={"link": "https://tsur.example/"})
    assert wrong.status_code == 422
    assert "Это не ссылка из письма" in wrong.text
