"""Who sees a letter: intake of the whole region, and those who handle the case it belongs to."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import ColumnElement, and_, exists, not_, or_, select

from core.appeals.applicants.many import count_look
from core.appeals.impartiality import opened, opening
from core.appeals.model import Appeal
from core.kernel.access import Actor, Scope, require
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.work import Work
from core.mailbox.letter.reader import Read
from core.mailbox.model import Letter
from core.mailbox.store import text_of


def seen(actor: Actor, permission: Permission = Permission.TAKE_IN) -> ColumnElement[bool]:
    """The letters that the actor may see under this permission.

    A letter of no case lies in no block and no municipality: only who has the whole region sees it.
    Nobody sees letters to a case that complains of himself, or of whom he acts for.
    """
    own = or_(Appeal.id == Letter.appeal_id, Appeal.id == Letter.opened_id)
    named = Appeal.complained_person_id
    ways: list[ColumnElement[bool]] = [exists().where(own, opened(actor, permission))]
    for grant in opening(actor, permission):
        barred = exists().where(own, named.in_(sorted(grant.scope.barred)))
        if replace(grant.scope, barred=frozenset()) == Scope():
            ways.append(not_(barred))
    himself = exists().where(own, named == actor.person_id)
    return or_(*ways) if actor.person_id is None else and_(or_(*ways), not_(himself))


def shown(actor: Actor) -> ColumnElement[bool]:
    """The letters that lists show the actor: to intake all, by their content those of a case."""
    of_a_case = or_(Letter.appeal_id.is_not(None), Letter.opened_id.is_not(None))
    return or_(seen(actor), and_(of_a_case, seen(actor, Permission.READ_CONTENT)))


async def find_letter(work: Work, letter_id: int, permission: Permission) -> Letter:
    """The letter, locked, if the actor may see it; else NOT_FOUND. Needs READ_APPEALS besides."""
    require(work.actor, Permission.READ_APPEALS)
    query = select(Letter).where(Letter.id == letter_id, seen(work.actor, permission))
    locked = query.with_for_update().execution_options(populate_existing=True)
    row = await work.session.scalar(locked)
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND, "Такого письма нет")
    return row


async def open_letter(work: Work, letter_id: int, purpose: str) -> Read | None:
    """What the letter says; None while it was not read. The look is journalled (59-ФЗ, 6 ч. 2).

    Refuses FORBIDDEN without READ_PERSONAL_DATA and READ_CONTENT for it, and NOT_FOUND;
    REASON_REQUIRED without a purpose; MANY_PERSONS as `count_look` says.
    """
    if not purpose.strip():
        raise Refusal(RefusalCode.REASON_REQUIRED, "Укажите, зачем нужно содержание письма")
    row = await find_letter(work, letter_id, Permission.READ_CONTENT)
    personal = select(Letter.id).where(
        Letter.id == letter_id, seen(work.actor, Permission.READ_PERSONAL_DATA)
    )
    if (await work.session.scalars(personal)).first() is None:
        raise Refusal(RefusalCode.FORBIDDEN, "Персональные данные отправителя Вам не открыты")
    await count_look(work, appeal_id=row.appeal_id or row.opened_id, letter_id=row.id)
    await work.record(Event("letter.opened", f"letter:{row.id}", cause=purpose))
    return None if row.read_at is None else await text_of(work, row)
