"""The directory's upkeep: positions, officials, their dismissal, who answers for which theme."""

from __future__ import annotations

import re
from datetime import date, datetime

from sqlalchemy import select

from core.directory.bodies import find_body, load_bodies
from core.directory.model import Appointment, BodyTheme, Person, Position
from core.directory.rules.appointments import AppointmentState
from core.directory.rules.bodies import Owner, Theme, owners_of
from core.kernel.access import require
from core.kernel.acts.federal import PRACTICE
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.texts import filled
from core.kernel.work import Work
from core.law.days import meet
from core.structure.appointments import close, strike
from core.structure.replacements import open_replacements
from core.structure.rules.appointments import PENDING, Trigger
from core.structure.rules.ranks import Rank

KEEPING = PRACTICE.cite("appointments")
LONGEST_NAME = 300
_UNTYPED = re.compile("[\x00-\x1f\x7f-\x9f]")
"""What nobody types: a token never names a person by it."""


async def enter_position(work: Work, body_key: str | None, name: str, rank: str) -> Position:
    """Enter a position; `rank` is a key of the rulebook, None as body stands above them all."""
    require(work.actor, Permission.MANAGE_DIRECTORY)
    if work.rules.find(Rank, rank, work.today) is None:
        raise Refusal(RefusalCode.INVALID, f"Ранга «{rank}» в своде правил нет", KEEPING)
    body = find_body(await load_bodies(work.session), body_key) if body_key else None
    place = body.id if body else None
    title = _named(name)
    known = select(Position.id).where(Position.body_id.is_not_distinct_from(place))
    if await work.session.scalar(known.where(Position.name == title)) is not None:
        raise Refusal(RefusalCode.INVALID, f"Должность «{title}» уже внесена", KEEPING)
    position = Position(body_id=place, name=title, rank=rank)
    work.session.add(position)
    await work.session.flush()
    await work.record(Event("position.entered", f"position:{position.id}", KEEPING.ref))
    return position


async def enter_person(work: Work, subject: str, name: str, position_id: int | None) -> Person:
    """Enter an official under the name that the token issuer gives him, or move him.

    Personal data stay out of the journal.
    """
    require(work.actor, Permission.MANAGE_DIRECTORY)
    if position_id is not None and await work.session.get(Position, position_id) is None:
        raise Refusal(RefusalCode.NOT_FOUND, "Такой должности нет")
    key = _key(subject)
    person = await work.session.scalar(select(Person).where(Person.subject == key))
    if person is not None and person.dismissed is not None:
        raise Refusal(RefusalCode.PERSON_DISMISSED, "Этот сотрудник уволен", KEEPING)
    if person is None:
        person = Person(subject=key, name=_named(name))
        work.session.add(person)
    person.name, person.position_id = _named(name), position_id
    await work.session.flush()
    await work.record(Event("person.entered", f"person:{person.id}", KEEPING.ref))
    return person


async def dismiss(work: Work, person_id: int, on: date, received_at: datetime) -> Person:
    """A notice of dismissal came: appointments end on the day, what is on its way is struck.

    `received_at` starts the term for another candidate where the law sets one (R5).
    """
    require(work.actor, Permission.MANAGE_DIRECTORY)
    person = await work.session.get(Person, person_id, with_for_update=True)
    if person is None:
        raise Refusal(RefusalCode.NOT_FOUND, "Такого должностного лица нет")
    if person.dismissed is not None:
        raise Refusal(RefusalCode.PERSON_DISMISSED, "Этот сотрудник уже уволен", KEEPING)
    if received_at > work.now:
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, "Дата уведомления ещё не наступила", KEEPING)
    person.dismissed = on
    held = select(Appointment).where(Appointment.person_id == person_id).order_by(Appointment.id)
    for row in await work.session.scalars(held):
        if row.state in PENDING:
            await strike(work, row)
        elif row.state == AppointmentState.IN_FORCE:
            await open_replacements(work, row, Trigger.DISMISSAL, received_at)
            await close(work, row, max(on, row.since), "dismissal")
    event = Event("person.dismissed", f"person:{person.id}", after={"on": on.isoformat()})
    await work.record(event)
    return person


async def link_theme(
    work: Work, body_key: str, theme: str, since: date, until: date | None = None
) -> BodyTheme:
    """A body answers for a theme between two days, where no act says who does."""
    require(work.actor, Permission.MANAGE_DIRECTORY)
    if work.rules.find(Theme, theme, work.today) is None:
        raise Refusal(RefusalCode.UNKNOWN_THEME, f"Тематики «{theme}» нет")
    named = owners_of(work.rules.all(Owner, since), theme)
    if named:
        text = "За эту тематику орган назвал акт, справочник его не меняет"
        raise Refusal(RefusalCode.NOT_PROVIDED, text, named[0].clause)
    if until is not None and until <= since:
        raise Refusal(
            RefusalCode.DATE_OUT_OF_RANGE, "Последний день указан раньше первого", KEEPING
        )
    bodies = await load_bodies(work.session)
    body = find_body(bodies, body_key)
    if not bodies.working(body, since):
        raise Refusal(RefusalCode.BODY_CLOSED, f"Орган «{body.name}» упразднён", KEEPING)
    held = [row for row in bodies.themes if (row.body_id, row.theme) == (body.id, theme)]
    if any(meet((row.since, row.until), (since, until)) for row in held):
        raise Refusal(RefusalCode.INVALID, "Орган уже отвечает за тематику в эти дни", KEEPING)
    row = BodyTheme(body_id=body.id, theme=theme, since=since, until=until)
    work.session.add(row)
    await work.session.flush()
    await work.record(Event("body.theme_linked", f"body:{body.id}", after={"theme": theme}))
    return row


def _key(subject: str) -> str:
    """As the issuer says it, to the sign."""
    key = subject.strip()
    if not filled(key, LONGEST_NAME) or _UNTYPED.search(key):
        raise Refusal(
            RefusalCode.INVALID, "Имя в системе входа пусто, слишком длинно или нечитаемо"
        )
    return key


def _named(text: str) -> str:
    """A name on one line, as it is written on paper."""
    name = " ".join(text.split())
    if not filled(name, LONGEST_NAME) or _UNTYPED.search(name):
        raise Refusal(RefusalCode.INVALID, "Название пусто, слишком длинно или нечитаемо")
    return name
