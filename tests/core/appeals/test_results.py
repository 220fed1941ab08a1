"""Results of a case that whoever sent it on has asked for (59-ФЗ, 8 ч. 5)."""

from __future__ import annotations

import pytest

from core.appeals import answers, handover
from core.appeals.ledger import pure
from core.appeals.results import give_results
from core.appeals.rules.results import asked_results
from core.kernel.codes import RefusalCode
from tests.core.appeals.conftest import EXPLAINED, Desk
from tests.core.appeals.test_handover import refused


@pytest.mark.clause("fz59/8.5")
async def test_results_are_given_to_whoever_asked_once_there_is_an_answer(
    desk: Desk,
) -> None:
    appeal_id = (await desk.take()).appeal_id
    await desk.accept(appeal_id)
    async with desk.work(desk.chief) as work:
        await handover.transfer(work, appeal_id, "agency", "не наше", results=True)
    early = await refused(
        desk, desk.stranger, lambda w, i: give_results(w, i, "заделано"), appeal_id
    )
    assert early.code is RefusalCode.WRONG_STATE
    async with desk.work(desk.stranger) as work:
        await handover.accept(work, appeal_id)
        await answers.answer(work, appeal_id, EXPLAINED)
    (asked,) = asked_results(pure(await desk.ledger(appeal_id)))
    assert (asked.asker, asked.of, asked.given_at) == ("ministry", "agency", None)
    async with desk.work(desk.stranger) as work:
        await give_results(work, appeal_id, "Разъяснено, ответ прилагается.")
    (asked,) = asked_results(pure(await desk.ledger(appeal_id)))
    assert asked.given_at == desk.now()
    row = (await desk.ledger(appeal_id))[-1]
    assert (row.body, row.clause) == ("ministry", "fz59/8.5")
    again = await refused(
        desk, desk.stranger, lambda w, i: give_results(w, i, "ещё раз"), appeal_id
    )
    assert (again.code, again.clause and again.clause.ref) == (
        RefusalCode.NOT_PROVIDED, "fz59/8.5",
    )  # fmt: skip
