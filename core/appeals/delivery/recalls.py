"""Taking a signed answer back before it has left: it is a draft again, and no clock has stopped."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select, update

from core.appeals.case import Case
from core.appeals.delivery.model import Dispatch
from core.appeals.impartiality import answered_by, given_by_complained
from core.appeals.model import Answer, Appeal
from core.appeals.notices.model import Notice
from core.appeals.notices.states import NoticeState
from core.appeals.rules.lifecycle import Fact, State, Transition
from core.appeals.step import Asking, Step
from core.kernel.acts.federal import FZ59, PRACTICE
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work

DRAFT = PRACTICE.cite("lifecycle.draft")
OF_THE_BODY = "ответ готовил орган, действия которого обжалуются"
OF_THE_COMPLAINED = "ответ готовило или подписало должностное лицо, действия которого обжалуются"
SOURCES = frozenset({State.IN_WORK, State.ANSWERED, State.CLOSED, State.DISPUTED})


def _rule(work: Asking) -> Transition:
    rule = work.rules.get(Transition, "draft", work.today)
    return replace(rule, sources=SOURCES, fact=Fact.RECALLED, target=None)


async def _check_signer(case: Case) -> None:
    """Refuse where nothing waits, and whoever neither signed it nor may sign in his place."""
    row, _ = await _waiting(case)
    answer = await case.work.session.get_one(Answer, row.answer_id)
    signs = case.work.actor.may(Permission.SIGN_ANSWERS, case.appeal)
    if answer.signer != case.work.actor.subject and not signs:
        text = "Отозвать ответ может тот, кто его подписал"
        raise Refusal(RefusalCode.NOT_AUTHORISED_TO_SIGN, text, DRAFT)


RECALL = Step("draft", (_check_signer,), _rule)


@serves(DRAFT)
async def recall(
    work: Work, appeal_id: int, reason: str, *, expected_version: int | None = None
) -> Appeal:
    """Take back the answer that waits to leave: by who signed it, or may sign in his place.

    One that was never sent loses its signature and may be changed; of one that was to go another
    way the former notice is in the lists again. Refuses WRONG_STATE where nothing waits any more:
    what has left comes back no more.
    """
    case = await RECALL.open(work, appeal_id, expected_version)
    reason = reasoned(reason, DRAFT)
    row, notice = await _waiting(case, lock=True)
    return await _take_back(case, row, notice, reason)


@serves(FZ59.cite("8.6"))
async def recall_complained(case: Case) -> None:
    """Take back what waits to leave and was made by whom the case complains of, official or body.

    It is no answer yet, and he may give none. What is sent again was sent before he was named.
    """
    found = await _waits(case, lock=True)
    if found is None:
        return
    answer = await case.work.session.get_one(Answer, found[0].answer_id)
    if answer.sent_at is not None:
        return
    if await answered_by(case.work, [case.appeal], answer):
        await _take_back(case, *found, OF_THE_COMPLAINED)
    elif await given_by_complained(case.work, case.appeal, answer):
        await _take_back(case, *found, OF_THE_BODY)


async def _take_back(case: Case, row: Dispatch, notice: Notice, reason: str) -> Appeal:
    work = case.work
    answer = await work.session.get_one(Answer, row.answer_id)
    notice.state, notice.state_at, notice.leased_until = NoticeState.RECALLED, work.now, None
    row.annulled_at, row.return_reason = work.now, reason
    replaced = update(Notice).where(Notice.replaced_by_id == notice.id)
    await work.session.execute(replaced.values(replaced_by_id=None))
    if answer.sent_at is None:
        answer.signer = answer.signed_as = answer.signature = None
        answer.signed_at = answer.signed_digest = None
    told = {"notice": notice.id}
    await work.record(Event("notice.recalled", f"appeal:{case.appeal.id}", reason, after=told))
    return await case.advance(fact=Fact.RECALLED, reason=reason, data={"answer": answer.id})


async def _waiting(case: Case, *, lock: bool = False) -> tuple[Dispatch, Notice]:
    """The dispatch that nobody has taken in hand, with its notice; WRONG_STATE without one."""
    found = await _waits(case, lock=lock)
    if found is None:
        text = "Ответа, который ждёт отправки, нет: отправленное не отзывается"
        raise Refusal(RefusalCode.WRONG_STATE, text, DRAFT)
    return found


async def _waits(case: Case, *, lock: bool) -> tuple[Dispatch, Notice] | None:
    query = (
        select(Dispatch, Notice)
        .join(Notice, Notice.id == Dispatch.notice_id)
        .where(
            Dispatch.appeal_id == case.appeal.id,
            Notice.state == NoticeState.WRITTEN,
            Notice.sent_at.is_(None),
        )
        .order_by(Dispatch.id.desc())
        .limit(1)
    )
    query = query.with_for_update() if lock else query
    found = (await case.work.session.execute(query)).first()
    return None if found is None else (found[0], found[1])
