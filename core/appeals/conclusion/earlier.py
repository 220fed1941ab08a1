"""Whether the answers that were given before, as the decision says, were given indeed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from core.appeals.case import Case
from core.appeals.model import Appeal, LedgerEntry
from core.appeals.queries import visible
from core.appeals.rules.grounds import EarlierAnswer, OutcomeGround
from core.appeals.rules.lifecycle import Fact
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.calendar import local_date


async def check_earlier(
    case: Case, ground: OutcomeGround, earlier: Sequence[EarlierAnswer]
) -> None:
    """Refuse PROOF_REQUIRED where the register contradicts what is said of an earlier answer.

    An appeal of the register must have been answered on that local day and been with the same
    body. What the register does not know, or not for this actor, is answered for by who decides.
    """
    known = await _known(case, [answer.number.strip() for answer in earlier])
    for answer in earlier:
        number = answer.number.strip()
        if number == case.appeal.number:
            raise _contradiction(ground, "Прежним не может быть ответ на это же обращение")
        if number not in known:
            continue
        body_id, days = known[number]
        if answer.on not in days:
            text = f"На обращение № {number} ответа от {answer.on:%d.%m.%Y} не было"
            raise _contradiction(ground, text)
        if body_id != case.appeal.body_id:
            raise _contradiction(ground, f"Обращение № {number} рассматривал другой орган")


async def _known(case: Case, numbers: Sequence[str]) -> dict[str, tuple[int | None, set[date]]]:
    """The body of each appeal that the actor may see, and the local days of its answers."""
    query = (
        select(Appeal.number, Appeal.body_id, LedgerEntry.at)
        .outerjoin(
            LedgerEntry,
            (LedgerEntry.appeal_id == Appeal.id) & (LedgerEntry.fact == Fact.ANSWERED),
        )
        .where(Appeal.number.in_(numbers), visible(case.work.actor))
    )
    found: dict[str, tuple[int | None, set[date]]] = {}
    for number, body_id, at in await case.work.session.execute(query):
        _, days = found.setdefault(number, (body_id, set()))
        if at is not None:
            days.add(local_date(at, case.work.zone))
    return found


def _contradiction(ground: OutcomeGround, text: str) -> Refusal:
    return Refusal(RefusalCode.PROOF_REQUIRED, text, ground.clause)
