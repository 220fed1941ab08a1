"""Words that steps carry beside their reason: none of them outlives the person they are about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from core.appeals import answers, plans
from core.appeals.answers import NewAnswer
from core.appeals.applicants.marks import find_applicant
from core.appeals.attachments import open_attachment
from core.appeals.model import Appeal
from core.appeals.rights.documents import add_document
from core.appeals.rights.materials import (
    Showing,
    ShownBy,
    Withheld,
    Withholding,
    list_materials,
    show_materials,
)
from core.appeals.rights.withdrawal import Statement, withdraw
from core.appeals.rules.lifecycle import Outcome
from core.appeals.words import PLAIN, kept, keys_in, require_plain, word_of
from core.attachments.kinds import Form
from core.attachments.model import Attachment
from core.kernel.journal import JournalEntry
from core.region.erasing.carrying import carry_out
from core.region.sealing.jobs import run_seal
from tests.core.appeals.conftest import Desk
from tests.core.region.erasing.planted import needles, person, word
from tests.core.region.erasing.test_erasing import ordered, tables_with
from tests.core.region.erasing.test_left import whole
from tests.core.region.sealing.test_journal import verified
from tests.fixtures.answers import sent
from tests.fixtures.proofs import attached

DAY = date(2026, 6, 1)
FZ152 = pytest.mark.clause("fz152/21.4")


async def promised(desk: Desk, number: int) -> int:
    """A case in every step of which somebody wrote the name of its author."""
    own = word(number)
    one = (await desk.take(person(number))).appeal_id
    await desk.accept(one)
    async with desk.work(desk.coordinator) as work:
        await add_document(work, one, f"Справка {own}вида", f"папка {own}дела")
    said = sent(NewAnswer(f"Заделаем, {own}имя.", Outcome.PLANNED, plan_date=DAY))
    async with desk.work(desk.official) as work:
        await answers.answer(work, one, said)
    async with desk.work(desk.chief) as work:
        keys = [each.key for each in await list_materials(work, one)]
        held = Withheld(keys[0], Withholding.OTHERS_RIGHTS, f"Назван сосед {own}имя")
        await show_materials(work, one, Showing(ShownBy.DOCUMENT, keys[1:], [held]))
    async with desk.work(desk.official) as work:
        proof = [replace(each, reference=f"шкаф {own}места") for each in await attached(work, one)]
        await plans.fulfil(work, one, f"Заделано у {own}дома", proof)
        await answers.close(work, one)
    async with desk.region.database.reading() as session:
        file = await session.scalar(select(Attachment.id).where(Attachment.owner_id == one))
    assert file is not None
    async with desk.work(whole(desk.official)) as work:
        await open_attachment(work, file, Form.ORIGINAL, f"Паспорт {own}имя")
    return one


async def taken_back(desk: Desk, number: int) -> int:
    one = (await desk.take(person(number))).appeal_id
    async with desk.work(desk.coordinator) as work:
        await withdraw(work, one, Statement(work.today, f"заявление {word(number)}имя"))
    return one


async def numbers(desk: Desk, ids: list[int]) -> list[str]:
    async with desk.region.database.reading() as session:
        query = select(Appeal.number).where(Appeal.id.in_(ids)).order_by(Appeal.id)
        return list(await session.scalars(query))


@FZ152
async def test_no_word_of_any_step_outlives_an_erasure(desk: Desk) -> None:
    erased = [await promised(desk, 1), await taken_back(desk, 2)]
    left = [await promised(desk, 3), await taken_back(desk, 4)]
    async with desk.work(desk.official) as work:
        await find_applicant(work, f"Ищу дела {word(1)}имя", contact="c001@canary.example")
    region, vault = desk.region, desk.region.sealing.vault
    await run_seal(region, {})
    before = [row.data for one in erased for row in await desk.ledger(one)]
    hidden = {name for data in before for name in data.get("concealed", {})}
    assert hidden == {"reference", "withheld", "evidence", "proven_by"}
    desk.clock.at(2032, 3, 1)
    await carry_out(region, await ordered(region, await numbers(desk, erased)))
    await run_seal(region, {})
    assert await tables_with(region, needles([1, 2])) == {}
    assert vault.find(name for data in before for name in keys_in(data)) == {}
    assert all(word_of(vault, data, "reference") == "" for data in before)
    kept_words = [word_of(vault, row.data, "reference") for row in await desk.ledger(left[0])]
    assert f"папка {word(3)}дела" in kept_words
    assert (await verified(region)).faults == []
    async with region.database.reading() as session:
        causes = select(JournalEntry.cause).where(JournalEntry.name == "attachment.opened")
        assert list(await session.scalars(causes.order_by(JournalEntry.id))) == [
            None,
            f"Паспорт {word(3)}имя",
        ]


async def test_what_no_list_calls_plain_is_hidden(desk: Desk) -> None:
    vault = desk.region.sealing.vault
    data = kept(vault, {"days": 3, "rumour": "сосед Иванов"})
    assert (data["days"], [*data]) == (3, ["days", "concealed"])
    assert "Иванов" not in str(data)
    assert word_of(vault, data, "rumour") == "сосед Иванов"
    assert word_of(vault, {"reference": "вх. 12/1"}, "reference") == "вх. 12/1", "as of before"
    with pytest.raises(LookupError, match="rumour"):
        require_plain({"rumour": "сосед Иванов"})
    assert "rumour" not in PLAIN


async def test_a_journal_that_hides_another_s_line_behind_an_erasure_is_named(desk: Desk) -> None:
    """The case of a file is what its sealed line says, not what a working table says now."""
    mine, other = await promised(desk, 1), await promised(desk, 3)
    await run_seal(desk.region, {})
    desk.clock.at(2032, 3, 1)
    await carry_out(desk.region, await ordered(desk.region, await numbers(desk, [mine])))
    async with desk.region.database.writing() as session:
        query = select(Attachment).where(Attachment.owner_id == other)
        for row in await session.scalars(query):
            row.owner_id = mine
        opened = select(JournalEntry).where(JournalEntry.name == "attachment.opened")
        *_, line = await session.scalars(opened.order_by(JournalEntry.id))
        line.cause = line.salts = None
    found = (await verified(desk.region)).faults
    assert [(one.where, one.what) for one in found] == [
        (f"journal:{line.id}", "значения уничтожены без акта")
    ]
