"""The calendar of a year: every obligation with its period, day, owner and how it stands."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select

from core.directory.model import Appointment
from core.directory.service import holding, standing_in
from core.kernel.access import require
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.work import Work
from core.obligations.entries import account_since, owed_in, owner_name, state_of, stored
from core.obligations.law import load_obligations
from core.obligations.model import ObligationRow
from core.obligations.rules import ObligationState
from core.structure.blocks import load_blocks

FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class Listed:
    """An obligation as it stands; the row is not stored yet where its period has not begun."""

    row: ObligationRow
    owner: str
    state: ObligationState


@serves()
async def calendar(work: Work, year: int) -> list[Listed]:
    """Everything owed in a calendar year, by its due day. Needs READ_DOCUMENTS.

    What has no row yet is told by the law; what has one stands as it was entered.
    """
    require(work.actor, Permission.READ_DOCUMENTS)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, f"Год — от {FIRST_YEAR} до {LAST_YEAR}")
    rows, since = await stored(work, (year,)), await account_since(work)
    law, blocks = await load_obligations(work), await load_blocks(work.session, work.rules)
    for owed in owed_in(law, blocks, (year,)):
        if owed.place not in rows:
            rows[owed.place] = owed.row(work)
    found = sorted(rows.values(), key=lambda row: (row.due, row.key, row.block, row.start))
    return [
        Listed(row, owner_name(work, row.owner, row.start), state_of(row, work.now, since))
        for row in found
    ]


def listed(work: Work, row: ObligationRow) -> Listed:
    """A row as it stands now."""
    return Listed(row, owner_name(work, row.owner, row.start), state_of(row, work.now))


@serves()
async def own_obligations(work: Work) -> list[Listed]:
    """What the actor owes himself: rows that have begun and belong to what he holds today."""
    if work.actor.anonymous or work.actor.person_id is None:
        raise Refusal(RefusalCode.UNAUTHENTICATED, "Обязанности есть у должностного лица")
    rows = await rows_of_person(work, work.actor.person_id)
    return [listed(work, row) for row in rows]


async def rows_of_person(work: Work, person_id: int) -> list[ObligationRow]:
    """Rows of the offices that a person holds today, or stands in for; in the order of due days."""
    own = or_(Appointment.person_id == person_id, standing_in(person_id, work.today))
    query = select(Appointment).where(own, holding(work.today))
    held = (await work.session.scalars(query)).all()
    of_role = {row.role for row in held}
    found = await work.session.scalars(
        select(ObligationRow)
        .where(ObligationRow.owner.in_(of_role))
        .order_by(ObligationRow.due, ObligationRow.id)
    )
    return [row for row in found if any(_reaches(one, row) for one in held)]


def _reaches(held: Appointment, row: ObligationRow) -> bool:
    """Whether the appointment is the office that owes it, in the row's block if it has one."""
    return held.role == row.owner and (not row.block or not held.blocks or row.block in held.blocks)
