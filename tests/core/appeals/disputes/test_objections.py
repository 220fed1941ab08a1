"""Disagreement by a way of art. 4: a new appeal that disputes the old case (R46)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from core.appeals import answers, handover
from core.appeals.applicants.contact import Contact
from core.appeals.escalation.model import Escalation
from core.appeals.escalation.service import sweep
from core.appeals.intake.service import Status
from core.appeals.ledger import deadlines_of, pure
from core.appeals.prolongation import prolong
from core.appeals.rules.intake import Regime
from core.appeals.rules.no_term import no_term_reason
from core.appeals.satisfaction.judging import judge
from core.appeals.satisfaction.service import Opinion
from core.appeals.satisfaction.terms import pending_disputes
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from tests.core.appeals.conftest import EXPLAINED, Desk
from tests.core.appeals.disputes.conftest import (
    Refused,
    answered,
    disputes,
    last_day,
    letters,
    object_to,
    verdict,
)
from tests.core.appeals.papers import CENTRE, STATUTE, letter
from tests.core.appeals.test_satisfaction import give, link
from tests.fixtures.actors import actor_with, appoint

JUDGE = "Куратор центра, Проверочный curator"
REMEDY = (
    "Решение может быть обжаловано вышестоящему должностному лицу или в суд (пункт 4 статьи 5"
    f" {STATUTE})."
)
APRIL_6, APRIL_22 = date(2026, 4, 6), date(2026, 4, 22)
SECOND = timedelta(seconds=1)


async def keys_of(desk: Desk, appeal_id: int) -> set[str]:
    """The terms that have begun, by their keys."""
    appeal, rows = await desk.appeal(appeal_id), await desk.ledger(appeal_id)
    async with desk.region.reading(system()) as work:
        dues = deadlines_of(work, appeal, pure(rows))
    return {due.rule.key for due in dues if due.due_at is not None}


async def no_term(desk: Desk, appeal_id: int) -> tuple[str, str] | None:
    """Why no term runs, and by which clause."""
    appeal, rows = await desk.appeal(appeal_id), await desk.ledger(appeal_id)
    async with desk.region.reading(system()) as work:
        dues = deadlines_of(work, appeal, pure(rows))
    reason = no_term_reason(pure(rows), dues, Regime(appeal.regime))
    return (str(reason.code), reason.clause.ref) if reason else None


@pytest.mark.clause("fz59/5.4", "tsur.practice/dispute.judging")
async def test_a_new_appeal_has_its_own_thirty_days_and_disputes_the_old_case(desk: Desk) -> None:
    old = await answered(desk)
    new = await desk.appeal((await object_to(desk, old)).appeal_id)
    disputed = await desk.appeal(old.id)
    assert (new.number != old.number, new.disputes_id, new.regime) == (True, old.id, "appeal")
    assert (new.state, last_day(new)) == ("queued", APRIL_22)
    assert (disputed.state, disputed.due_rule, disputed.due_at) == ("disputed", None, None)
    assert (await desk.facts(old.id))[-1] == "disputed"
    assert await keys_of(desk, old.id) == {"registration", "answer", "accelerated"}
    assert await no_term(desk, old.id) == ("objected", "fz59/5.4")
    (dispute,) = await disputes(desk)
    assert (dispute.by_appeal_id, dispute.survey_id, dispute.due_at, dispute.opened_at) == (
        new.id, None, new.due_at, new.registered_at,
    )  # fmt: skip


@pytest.mark.clause("fz59/5.4", "fz59/12.2")
async def test_a_dispute_by_an_appeal_is_judged_by_the_end_of_the_appeal_s_own_term(
    desk: Desk,
) -> None:
    old = await answered(desk)
    new = await object_to(desk, old)
    async with desk.work(desk.coordinator) as work:
        await handover.route(work, new.appeal_id, "agency", "по теме")
    async with desk.work(system()) as work:
        body = await desk.body_id("agency")
        head = await appoint(work, "body-head", body_id=body, subject="head of the agency")
    async with desk.work(desk.stranger) as work:
        await handover.accept(work, new.appeal_id)
    async with desk.work(head) as work:
        await prolong(work, new.appeal_id, date(2026, 5, 12), "экспертиза", "продлён")
    prolonged = await desk.appeal(new.appeal_id)
    assert last_day(prolonged) == date(2026, 5, 12)
    assert [one.due_at for one in await disputes(desk)] == [prolonged.due_at]
    assert (await desk.appeal(old.id)).due_at is None
    assert prolonged.due_at is not None
    for moment, late in ((prolonged.due_at, []), (prolonged.due_at + SECOND, [1])):
        desk.clock.moment = moment
        async with desk.region.reading(desk.curator) as work:
            assert [one.id for one in await pending_disputes(work, late=True)] == late


@pytest.mark.clause("fz59/5.4")
async def test_no_ladder_is_walked_for_what_an_appeal_disputes(desk: Desk) -> None:
    old = await answered(desk)
    new = await desk.appeal((await object_to(desk, old)).appeal_id)
    desk.clock.moment = new.due_at or desk.now()
    async with desk.work(system()) as work:
        await sweep(work)
    async with desk.region.database.reading() as session:
        raised = set(await session.scalars(select(Escalation.appeal_id)))
    assert raised == set()


@pytest.mark.clause("tsur.practice/dispute.judging", "fz59/11.1")
async def test_an_appeal_that_is_owed_no_answer_leaves_the_term_of_practice(desk: Desk) -> None:
    old = await answered(desk)
    anonymous = Contact(address="г. Полигон, ул. Полевая, 1")
    new = await desk.appeal((await object_to(desk, old, contact=anonymous)).appeal_id)
    assert (new.unanswered_by, new.statute_due_at) == ("fz59/11.1", None)
    disputed = await desk.appeal(old.id)
    assert (disputed.due_rule, last_day(disputed)) == ("dispute", APRIL_6)
    assert [one.due_at for one in await disputes(desk)] == [disputed.due_at]


@pytest.mark.clause("fz59/8.6")
async def test_a_disagreement_never_goes_to_whoever_answered(desk: Desk, refused: Refused) -> None:
    old = await answered(desk)
    taken = await object_to(desk, old, addressee="ministry")
    new = await desk.appeal(taken.appeal_id)
    assert (new.body_id, new.complained_body_id) == (None, await desk.body_id("ministry"))
    for key in ("ministry", "office"):
        async with desk.work(desk.coordinator) as work:
            refusal = await refused(handover.route(work, new.id, key, "по теме"))
        assert refusal.code is RefusalCode.BODY_COMPLAINED_OF
    refusal = await refused(object_to(desk, old, external_id="п-3", complained_body="agency"))
    assert (refusal.code, refusal.clause and refusal.clause.ref) == (
        RefusalCode.INVALID, "fz59/8.6",
    )  # fmt: skip


@pytest.mark.clause("fz59/5.4", "tsur.practice/dispute.resuming")
async def test_upheld_it_resumes_the_old_case_no_longer_than_the_new_one(desk: Desk) -> None:
    old = await answered(desk)
    new = await desk.appeal((await object_to(desk, old)).appeal_id)
    desk.clock.forward(days=3)
    await verdict(desk, upheld=True)
    resumed = await desk.appeal(old.id)
    assert (resumed.state, resumed.due_rule, resumed.reworks) == ("in_work", "resumed", 1)
    assert (resumed.due_at, resumed.answered_at) == (new.due_at, old.answered_at)
    (entry,) = [row for row in await desk.ledger(old.id) if row.fact == "resumed"]
    assert entry.data == {"promised_at": new.due_at and new.due_at.isoformat()}
    assert await letters(desk, old.id, "objection_upheld") == []
    assert await letters(desk, new.id, "objection_upheld") == [
        letter(
            f"Ваше возражение на ответ от 23.03.2026 на обращение № {old.number} зарегистрировано"
            f" 23.03.2026 за № {new.number} и признано обоснованным: Яма действительно на месте;"
            " рассмотрение вопроса возобновлено. Ответ будет дан до 22.04.2026 включительно.",
            REMEDY,
            of=f"{new.number}/1",
            on="26.03.2026",
            sender=CENTRE,
            signer=JUDGE,
        )
    ]
    async with desk.work(desk.official) as work:
        await answers.answer(work, old.id, EXPLAINED)
    still = await desk.appeal(new.id)
    assert (still.answered_at, still.state, still.due_at) == (None, "queued", new.due_at)


@pytest.mark.clause("fz59/5.4")
async def test_rejected_it_leaves_the_old_verdict_and_the_new_term(desk: Desk) -> None:
    old = await answered(desk)
    new = await desk.appeal((await object_to(desk, old)).appeal_id)
    await verdict(desk, upheld=False)
    closed = await desk.appeal(old.id)
    assert (closed.state, closed.due_rule, closed.due_at) == ("closed", old.due_rule, old.due_at)
    assert (await desk.appeal(new.id)).due_at == new.due_at
    assert await letters(desk, new.id, "objection_declined") == [
        letter(
            f"Ваше возражение на ответ от 23.03.2026 на обращение № {old.number},"
            f" зарегистрированное 23.03.2026 за № {new.number}, рассмотрено лицом, не участвовавшим"
            f" в подготовке ответа ({JUDGE}), и отклонено по следующим основаниям: Яма"
            " действительно на месте.",
            REMEDY,
            of=f"{new.number}/1",
            on="23.03.2026",
            sender=CENTRE,
            signer=JUDGE,
        )
    ]


async def test_an_answer_not_closed_yet_is_disputed_and_closed_by_the_verdict(desk: Desk) -> None:
    old = await desk.appeal(await desk.answered())
    await object_to(desk, old)
    await verdict(desk, upheld=False)
    closed = await desk.appeal(old.id)
    assert (closed.state, closed.closed_at) == ("closed", desk.now())


@pytest.mark.clause("tsur.practice/dispute.mending")
async def test_a_message_that_disagrees_is_no_appeal(desk: Desk) -> None:
    old = await answered(desk)
    message = {"channel": "portal", "contact": None}
    new = await desk.appeal((await object_to(desk, old, **message)).appeal_id)
    disputed = await desk.appeal(old.id)
    assert (new.regime, disputed.due_rule, last_day(disputed)) == ("message", "dispute", APRIL_6)
    await verdict(desk, upheld=True)
    reopened = await desk.appeal(old.id)
    assert (reopened.due_rule, last_day(reopened)) == ("reopened", APRIL_6)
    (letter,) = await letters(desk, old.id, "objection_upheld")
    assert "в соответствии с внутренним порядком работы с сообщениями" in letter
    assert "пункт 1 статьи 4" in letter


async def test_what_has_no_answer_is_not_disputed(desk: Desk, refused: Refused) -> None:
    old = await answered(desk)
    refusal = await refused(object_to(desk, old, disputes="нет-такого"))
    assert refusal.code is RefusalCode.NOT_FOUND
    unanswered = await desk.take(external_id="п-9")
    refusal = await refused(object_to(desk, old, disputes=unanswered.number))
    assert refusal.code is RefusalCode.WRONG_STATE
    await object_to(desk, old)
    await verdict(desk, upheld=True)
    refusal = await refused(object_to(desk, old, external_id="п-4"))
    assert refusal.code is RefusalCode.WRONG_STATE


async def test_a_repeat_of_the_same_letter_disputes_once(desk: Desk) -> None:
    old = await answered(desk)
    first = await object_to(desk, old)
    again = await object_to(desk, old)
    assert (again.status, again.appeal_id) == (Status.KNOWN, first.appeal_id)
    assert len(await disputes(desk)) == 1


async def test_an_appeal_takes_over_the_dispute_by_the_link(desk: Desk) -> None:
    old = await answered(desk)
    await give(desk, await link(desk), Opinion(1, dispute="Яма на месте"))
    desk.clock.forward(days=1)
    new = await object_to(desk, old)
    another = await object_to(desk, old, external_id="п-3")
    (dispute,) = await disputes(desk)
    begun = await desk.appeal(old.id)
    assert (dispute.by_appeal_id, dispute.due_at) == (new.appeal_id, begun.due_at)
    assert (begun.due_rule, last_day(begun)) == ("dispute", APRIL_6)
    assert (await desk.appeal(another.appeal_id)).disputes_id == old.id
    assert (await desk.facts(old.id)).count("disputed") == 1
    await verdict(desk, upheld=True)
    assert (await desk.facts(old.id))[-1] == "resumed"


async def test_nobody_who_took_part_judges_though_he_holds_another_office(
    desk: Desk, refused: Refused
) -> None:
    await object_to(desk, await answered(desk))
    official = actor_with(desk.region, "curator", subject="official")
    of_the_office = actor_with(
        desk.region, "body-head", body_id=await desk.body_id("office"), subject="other"
    )
    both = actor_with(desk.region, "curator", subject="other")
    for actor, grants in ((official, ()), (both, of_the_office.grants)):
        insider = type(actor)(actor.subject, None, (*actor.grants, *grants))
        async with desk.work(insider) as work:
            refusal = await refused(judge(work, 1, upheld=False, verdict="сам решу"))
        assert refusal.code is RefusalCode.JUDGE_NOT_INDEPENDENT


async def test_a_verdict_is_given_once(desk: Desk, refused: Refused) -> None:
    old = await answered(desk)
    await object_to(desk, old)
    await verdict(desk, upheld=False)
    await object_to(desk, old, external_id="п-3")
    async with desk.work(desk.curator) as work:
        refusal = await refused(judge(work, 1, upheld=True, verdict="ещё раз"))
    assert refusal.code is RefusalCode.WRONG_STATE
    desk.clock.forward(days=1)
    await verdict(desk, upheld=True, dispute=2)
    assert [one.upheld for one in await disputes(desk)] == [False, True]


async def test_an_objection_keeps_its_own_author_sealed(desk: Desk) -> None:
    old = await answered(desk)
    taken = await object_to(desk, old, contact=Contact(name="Другая Анна", address="ул. Полевая"))
    rows = await desk.ledger(old.id)
    assert all("Другая" not in str((row.reason, row.data)) for row in rows)
    assert rows[-1].data == {"round": 1, "by_appeal": taken.number, "appealed": True}
    assert desk.now() - rows[-1].at < timedelta(seconds=1)
