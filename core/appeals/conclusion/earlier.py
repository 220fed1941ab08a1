"""Whether the answers that were given before, as the decision says, were given indeed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select

from core.appeals.applicants.authors import author_of
from core.appeals.case import Case
from core.appeals.ledger import pure, read_ledgers
from core.appeals.model import Appeal
from core.appeals.queries import visible
from core.appeals.rules.grounds import EarlierAnswer, OutcomeGround
from core.appeals.rules.ledger import Entry
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.occasions import EVERY, Occasion
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.calendar import local_date

SENT = Occasion(Fact.ANSWERED, nth=EVERY)
COMPARED = "сличение авторов при прекращении переписки"


def answered_on(entries: Sequence[Entry], zone: ZoneInfo, *, written: bool = False) -> set[date]:
    """The local days of the answers that stand; of those that were `written`, where so asked.

    What the sender had to take back was none (R66), and at a reception an answer is told.
    """
    given = (one for one in SENT.meant(entries) if not (written and one.data.get("oral")))
    return {local_date(one.at, zone) for one in given}


async def check_earlier(
    case: Case, ground: OutcomeGround, earlier: Sequence[EarlierAnswer]
) -> None:
    """Refuse PROOF_REQUIRED where the register contradicts what is said of an earlier answer.

    An appeal of the register must be of the same author, have been answered in writing on that
    local day and been with the same body. What the register does not know, or not for this actor,
    is answered for by who decides.
    """
    work = case.work
    known = await _known(case, [answer.number.strip() for answer in earlier])
    ledgers = await read_ledgers(work, [one.id for one in known.values()])
    author = await author_of(work, case.appeal, COMPARED) if known else None
    for answer in earlier:
        number = answer.number.strip()
        if number == case.appeal.number:
            raise _contradiction(ground, "Прежним не может быть ответ на это же обращение")
        if number not in known:
            continue
        before = known[number]
        if answer.on not in answered_on(pure(ledgers[before.id]), work.zone, written=True):
            text = f"На обращение № {number} письменного ответа от {answer.on:%d.%m.%Y} не было"
            raise _contradiction(ground, text)
        if before.body_id != case.appeal.body_id:
            raise _contradiction(ground, f"Обращение № {number} рассматривал другой орган")
        other = await author_of(work, before, COMPARED)
        if author and author.name and other.name and author.name != other.name:
            raise _contradiction(ground, f"Обращение № {number} подал другой заявитель")


async def _known(case: Case, numbers: Sequence[str]) -> dict[str, Appeal]:
    """Those of the appeals that the actor may see, by their numbers."""
    query = select(Appeal).where(Appeal.number.in_(numbers), visible(case.work.actor))
    return {one.number: one for one in await case.work.session.scalars(query)}


def _contradiction(ground: OutcomeGround, text: str) -> Refusal:
    return Refusal(RefusalCode.PROOF_REQUIRED, text, ground.clause)
