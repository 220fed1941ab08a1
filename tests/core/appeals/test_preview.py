"""An answer before it goes: the letter that it becomes, what it lacks and by which clause."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from core.appeals import answers, handover
from core.appeals.answers import NewAnswer
from core.appeals.applicants.contact import Contact
from core.appeals.delivery import dispatches, signatures
from core.appeals.delivery.dispatches import NewDispatch
from core.appeals.model import Answer
from core.appeals.notices.model import Notice, NoticeKind
from core.appeals.preview import letter_of, preview
from core.appeals.rules.answers import AnswerKind
from core.appeals.rules.lifecycle import Outcome
from core.appeals.rules.signatures import Way
from core.kernel.access import ANONYMOUS
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from tests.core.appeals.conftest import Desk
from tests.fixtures.answers import BY_HAND
from tests.fixtures.contents import contents

TEXT = "Яма засыпана, покрытие восстановлено."


async def in_work(desk: Desk) -> int:
    case = (await desk.take(external_id="о-1", theme="roads", addressee="ministry")).appeal_id
    async with desk.work(desk.official) as work:
        await handover.accept(work, case)
    return case


def lacking(elements: object) -> dict[str, tuple[str | None, str | None]]:
    """What is not there, in what words and by which clause."""
    return {
        one.name: (one.told, one.clause.ref if one.clause else None)
        for one in elements  # type: ignore[attr-defined]
        if not one.met
    }


@pytest.mark.clause("fz59/6.2")
async def test_an_answer_that_names_another_citizen_is_pointed_out(desk: Desk) -> None:
    """Whom it is to is no stranger in it, in any case; whoever else is named stands by name."""
    contact = Contact(name="Проверочная Анна Сергеевна")
    taken = await desk.take(external_id="о-1", theme="roads", addressee="ministry", contact=contact)
    case = taken.appeal_id
    async with desk.work(desk.official) as work:
        await handover.accept(work, case)
        for text, told in (
            ("Анне Сергеевне Проверочной сообщаем о ремонте.", None),
            ("Проверочной А. С. и Выдуманному П. И. сообщаем.", "Выдуманному П. И."),
            ("Петру Ильичу Выдуманному сообщаем о ремонте.", "Петру Ильичу Выдуманному"),
            ("Петру Ильичу и опять Петру Ильичу сообщаем.", "Петру Ильичу"),
        ):
            shown = await preview(work, case, NewAnswer(text, Outcome.EXPLAINED))
            found = lacking(shown.elements).get("ничего о других гражданах")
            said = f"Назван не заявитель: {told}. Проверьте, тому ли это ответ"
            assert found == (None if told is None else (said, "fz59/6.2"))


@pytest.mark.clause("fz59/6.2")
async def test_whatever_an_answer_says_of_others_is_pointed_out_by_its_kind(desk: Desk) -> None:
    case = await in_work(desk)
    text = (
        "Петру Ильичу Выдуманному сообщаем: звонили на 8 (900) 111-22-33 и 8 (900) 111-22-44, "
        "писали на other@example.org, паспорт 46 05 123456, ул. Полевая, д. 2. Снова 46 05 123456."
    )
    async with desk.work(desk.official) as work:
        shown = await preview(work, case, NewAnswer(text, Outcome.EXPLAINED))
    assert lacking(shown.elements)["ничего о других гражданах"] == (
        "Назван не заявитель: Петру Ильичу Выдуманному; телефон: 8 (900) 111-22-33, "
        "8 (900) 111-22-44; адрес электронной почты: other@example.org; адрес: ул. Полевая, д. 2; "
        "номер документа или счёта: 46 05 123456. Проверьте, тому ли это ответ",
        "fz59/6.2",
    )


@pytest.mark.parametrize(
    ("new", "name", "told"),
    [
        (NewAnswer(" ", Outcome.EXPLAINED), "текст по существу поставленных вопросов",
         "Текст ответа пуст"),
        (NewAnswer(TEXT, None), "результат рассмотрения",
         "Окончательный ответ называет результат рассмотрения"),
        (NewAnswer(TEXT, Outcome.REFUSED), "норма, на которой стоит отказ",
         "Укажите норму, на которой стоит отказ"),
        (NewAnswer(TEXT, Outcome.PLANNED, plan_date=date(2026, 3, 2)),
         "день исполнения запланированного",
         "Укажите день исполнения запланированного, который ещё не наступил"),
        (NewAnswer(TEXT, Outcome.SOLVED), "подтверждение решения",
         "К ответу «решено» приложите подтверждение файлом: фотография"),
        (NewAnswer(TEXT, Outcome.EXPLAINED, kind=AnswerKind.INTERIM),
         "ничего, кроме хода рассмотрения",
         "Промежуточный ответ сообщает о ходе рассмотрения: результата, нормы отказа, дня"
         " исполнения и подтверждений в нём нет"),
    ],
)  # fmt: skip
async def test_what_it_lacks_is_what_the_step_would_refuse(
    desk: Desk, new: NewAnswer, name: str, told: str
) -> None:
    case = await in_work(desk)
    before = await contents(desk.region)
    async with desk.region.reading(desk.official) as work:
        found = lacking((await preview(work, case, new)).elements)
    assert await contents(desk.region) == before
    words, clause = found.pop(name)
    assert (words, clause is not None) == (told, True)
    assert found["подпись"][1] == "fz59/10.3"
    assert set(found) <= {"подпись", "отправка законным способом"}
    with pytest.raises(Refusal) as refused:
        async with desk.work(desk.official) as work:
            await answers.answer(work, case, new)
    assert refused.value.text == told


async def test_the_letter_is_the_one_that_goes(desk: Desk) -> None:
    case = await in_work(desk)
    new = NewAnswer(TEXT, Outcome.EXPLAINED)
    async with desk.region.reading(desk.official) as work:
        seen = await preview(work, case, new)
    async with desk.work(desk.official) as work:
        await answers.answer(work, case, new)
        (number,) = (await work.session.scalars(select(Answer.id))).all()
    async with desk.region.reading(desk.official) as work:
        draft = await letter_of(work, number)
    assert draft is not None
    assert (draft.preview.letter, draft.appeal.id) == (seen.letter, case)
    assert f"сообщаем: {TEXT}" in seen.letter
    async with desk.work(desk.chief) as work:
        await signatures.sign(work, case, BY_HAND)
    async with desk.region.reading(desk.official) as work:
        signed = await letter_of(work, number)
    async with desk.work(desk.official) as work:
        await dispatches.send(work, case, NewDispatch(Way.POST, "реестр № 1"))
    async with desk.region.reading(desk.official) as work:
        gone = await letter_of(work, number)
        query = select(Notice.text).where(Notice.kind == NoticeKind.ANSWERED)
        assert signed is not None
        assert gone is not None
        assert gone.preview.letter == signed.preview.letter == await work.session.scalar(query)
    assert signed.preview.letter.startswith(seen.letter.strip())
    assert lacking(gone.preview.elements) == {}


async def test_who_may_not_sees_nothing(desk: Desk) -> None:
    case = await in_work(desk)
    async with desk.work(desk.official) as work:
        await answers.answer(work, case, NewAnswer(TEXT, Outcome.EXPLAINED))
    for actor, number, code in (
        (desk.coordinator, case, RefusalCode.FORBIDDEN),
        (desk.official, 999, RefusalCode.NOT_FOUND),
        (ANONYMOUS, case, RefusalCode.UNAUTHENTICATED),
    ):
        async with desk.region.reading(actor) as work:
            with pytest.raises(Refusal) as refused:
                await preview(work, number, NewAnswer(TEXT, Outcome.EXPLAINED))
        assert refused.value.code is code
    async with desk.region.reading(desk.official) as work:
        assert await letter_of(work, 999) is None
