"""How a reception ends the matter at once: answered, explained or refused (59-ФЗ, art. 13)."""

from __future__ import annotations

from sqlalchemy import select

from core.appeals.case import open_case
from core.appeals.conclusion.earlier import answered_on
from core.appeals.impartiality import check_body_of, check_person
from core.appeals.ledger import pure, read_entries
from core.appeals.model import Appeal
from core.appeals.rules.grounds import EarlierAnswer
from core.appeals.rules.lifecycle import Fact, Outcome, State
from core.appeals.rules.receptions import Card
from core.kernel.acts.federal import FZ59
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.texts import LONGEST_ID
from core.kernel.work import Work

EXPLAINED, REPEATED = FZ59.cite("13.5"), FZ59.cite("13.6")


@serves(REPEATED)
async def check_earlier_answer(work: Work, earlier: EarlierAnswer) -> None:
    """Refuse PROOF_REQUIRED where the register knows that there was no such answer that day.

    What the register does not know whoever received answers for.
    """
    number = earlier.number.strip()
    if not 0 < len(number) <= LONGEST_ID or earlier.on > work.today:
        text = "Укажите номер обращения и день, когда на него ответили по существу"
        raise Refusal(RefusalCode.PROOF_REQUIRED, text, REPEATED)
    known = await work.session.scalar(select(Appeal.id).where(Appeal.number == number))
    if known is None:
        return
    if earlier.on not in answered_on(pure(await read_entries(work, known)), work.zone):
        text = f"На обращение № {number} ответа от {earlier.on:%d.%m.%Y} не было"
        raise Refusal(RefusalCode.PROOF_REQUIRED, text, REPEATED)


@serves(EXPLAINED)
async def end_at_reception(work: Work, appeal_id: int, card: Card) -> None:
    """What the card records ends the appeal: nothing is sent, and nothing is left to do.

    It was said at the reception, whenever the card is entered; closing the case is done now.
    Refuses OFFICIAL_COMPLAINED_OF and BODY_COMPLAINED_OF where who received is complained of.
    """
    case = await open_case(work, appeal_id, "answer-orally")
    check_person(work, case.appeal, card.official)
    await check_body_of(work, case.appeal, card.official)
    refused = card.earlier is not None
    outcome = Outcome.REFUSED if refused else Outcome.EXPLAINED
    clause = REPEATED if refused else EXPLAINED if card.explained else None
    said_at = case.appeal.received_at
    case.appeal.outcome, case.appeal.answered_at = outcome, said_at
    data = {"outcome": outcome, "late": False, "oral": True}
    await case.advance(clause=clause, data=data, at=said_at)
    case.appeal.closed_at = work.now
    await case.advance(fact=Fact.CLOSED, state=State.CLOSED, clause=clause)
