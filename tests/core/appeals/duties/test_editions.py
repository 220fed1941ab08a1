"""Deadlines by the edition of the day of receipt, whatever the law says on the day of asking."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from core.appeals.ledger import deadlines_of, pure
from core.appeals.rules.intake import NamedSystem
from core.appeals.rules.terms import Deadline
from tests.core.appeals.duties.conftest import Office

ADOPTED = date(2023, 7, 13)
FEDERAL = "ru.1844/2.accelerated-resolution.deadline"


@pytest.mark.parametrize("code", ["murmansk"])
@pytest.mark.parametrize(
    ("received", "expected"),
    [
        (datetime(2023, 7, 12, 20, 59, 59, tzinfo=UTC), FEDERAL),
        (datetime(2023, 7, 12, 21, tzinfo=UTC), "murmansk.513/1.2"),
    ],
    ids=["the last second before the act", "the act's own day, by Moscow time"],
)
async def test_a_case_is_judged_by_the_act_of_its_own_day(
    office: Office, code: str, received: datetime, expected: str
) -> None:
    appeal_id = await office.take(received_at=received)
    appeal, rows = await office.appeal(appeal_id), await office.ledger(appeal_id)
    async with office.region.work(office.coordinator) as work:
        dues = deadlines_of(work, appeal, pure(rows))
    (accelerated,) = [due.rule for due in dues if due.rule.key == "accelerated"]
    assert (accelerated.clause.ref, accelerated.length) == (expected, 30)


@pytest.mark.parametrize("code", ["kursk"])
async def test_before_the_rules_there_was_no_accelerated_term(office: Office, code: str) -> None:
    appeal = await office.appeal(
        await office.take(received_at=datetime(2020, 11, 1, tzinfo=UTC), channel="social-networks")
    )
    assert (appeal.due_at, appeal.due_rule) == (None, None)


@pytest.mark.parametrize("code", ["murmansk", "kursk", "mari_el", "chelyabinsk"])
async def test_no_rule_holds_before_its_clause_or_after_it(office: Office, code: str) -> None:
    law = office.region.rules
    early = [
        rule
        for kind in law.kinds()
        for rule in law.history(kind)
        if (rule.clause.introduced and (rule.since or date.min) < rule.clause.introduced)
        or (rule.clause.repealed and (rule.until or date.max) > rule.clause.repealed)
    ]
    assert early == []
    assert law.find(NamedSystem, "infocur", date(2023, 12, 8)) is None
    assert law.get(Deadline, "answer", date(2019, 1, 1)).clause.ref == "fz59/12.1"
