"""The road map that removes the cause: measures with a day and an official, the drop declared.

Its document is one of the kind that core knows; where an act has set its chain, nothing is
carried out before the document is in force (R21, R30).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, or_, select

from core.directory.model import Appointment, Body, Person, Position
from core.directory.queries import persons
from core.directory.rules.appointments import AppointmentState
from core.directory.rules.bodies import BodyKind
from core.documents.drafting import NewDocument, draft
from core.documents.kinds import procedures
from core.documents.model import Document
from core.kernel.acts.federal import RU_1844
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.calendar import local_date
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work
from core.law.days import over
from core.problems.causes import cause_of
from core.problems.ledger import LIFE, locked, noted, require_keeper, require_state
from core.problems.model import Problem, ProblemMeasure, ProblemState
from core.shapes.deadlines.rules.counting import end_of_day

ROADMAP, CONTENTS = RU_1844.cite("2.cause-roadmap"), RU_1844.cite("2.cause-roadmap.contents")
GOAL = RU_1844.cite("2.cause-roadmap.goal")
KIND, MOST = "cause-roadmap", 50
ANSWERING = frozenset({BodyKind.EXECUTIVE, BodyKind.MUNICIPAL})
FIRST = "Сначала установите первопричину"


@serves(ROADMAP, CONTENTS, LIFE)
async def plan_measure(
    work: Work, problem_id: int, text: str, due: date, person_id: int
) -> ProblemMeasure:
    """Add a measure with its last day and the official who answers for it.

    Needs MANAGE_INDICATORS everywhere. Refuses WRONG_STATE before the root cause and once the drop
    is declared, DATE_OUT_OF_RANGE for a day that has passed, OUTSIDE_POOL for who does not serve
    in an executive or municipal body.
    """
    require_keeper(work)
    row = await locked(work, problem_id)
    require_state(row, ProblemState.CAUSED, text=FIRST, clause=CONTENTS)
    if due < work.today:
        text = "Срок мероприятия уже прошёл: назовите день впереди"
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, text, CONTENTS)
    person, body = await _official(work, person_id)
    number = await _next(work, row)
    measure = ProblemMeasure(
        problem_id=row.id,
        number=number,
        text=reasoned(text, CONTENTS, "мероприятие"),
        due=due,
        due_at=end_of_day(due, work.zone),
        person_id=person.id,
        body_id=body.id,
    )
    work.session.add(measure)
    await noted(work, row, "planned", f"Мероприятие № {number}: {measure.text}", CONTENTS)
    return measure


@serves(GOAL, LIFE)
async def declare_drop(work: Work, problem_id: int, percent: int) -> Problem:
    """Declare, before anything is done, by how many per cent there will be fewer appeals.

    Needs MANAGE_INDICATORS everywhere. Refuses WRONG_STATE without measures, INVALID for a number
    that is none of 1..100. Measures then stand as they are.
    """
    require_keeper(work)
    row = await locked(work, problem_id)
    require_state(row, ProblemState.CAUSED, text=FIRST, clause=GOAL)
    if not 1 <= percent <= 100:
        text = "Снижение — целое число процентов от 1 до 100"
        raise Refusal(RefusalCode.INVALID, text, GOAL)
    if not await current(work, row):
        text = "Сначала назначьте мероприятия"
        raise Refusal(RefusalCode.WRONG_STATE, text, CONTENTS)
    row.declared, row.state = percent, ProblemState.PLANNED
    await noted(work, row, "declared", f"Заявлено снижение обращений на {percent} %", GOAL)
    return row


@serves(ROADMAP)
async def draft_roadmap(work: Work, problem_id: int) -> Document:
    """Draft the document out of the cause and the measures; its chain is its kind's own.

    Needs MANAGE_INDICATORS everywhere and the rights to draft the kind; refuses WRONG_STATE before
    the drop is declared or where there is one, NOT_PROVIDED where no act has set the chain.
    """
    require_keeper(work)
    row = await locked(work, problem_id)
    text = "Дорожную карту готовят, когда мероприятия назначены и снижение заявлено"
    require_state(row, ProblemState.PLANNED, text=text, clause=ROADMAP)
    if row.document_id is not None:
        raise Refusal(RefusalCode.WRONG_STATE, "Дорожная карта уже подготовлена", ROADMAP)
    cause, measures = await cause_of(work, row), await current(work, row)
    assert cause is not None
    people = await _names(work, measures)
    lines = [[one.text, f"{one.due:%d.%m.%Y}", people[one.person_id]] for one in measures]
    fields = {"goal": cause.root, "measures": lines}
    document = await draft(work, NewDocument(KIND, f"Дорожная карта: {row.title}"[:300], fields))
    row.document_id = document.id
    await noted(work, row, "drafted", f"Подготовлена дорожная карта, документ № {document.id}")
    return document


@serves(CONTENTS, LIFE)
async def carry_out(work: Work, problem_id: int, number: int, done_on: date, proof: str) -> Problem:
    """Say that a measure is done, by which proof; after the last one the effect is waited for.

    Needs MANAGE_INDICATORS everywhere. Refuses WRONG_STATE before the drop is declared, while the
    document of the road map is not in force, or a second time; DATE_OUT_OF_RANGE for a day to come
    or before the problem was listed.
    """
    require_keeper(work)
    row = await locked(work, problem_id)
    text = "Выполняют объявленные мероприятия: сначала заявите снижение"
    require_state(row, ProblemState.PLANNED, text=text)
    await _check_in_force(work, row)
    measures = await current(work, row)
    one = next((one for one in measures if one.number == number), None)
    if one is None:
        raise Refusal(RefusalCode.NOT_FOUND, f"Мероприятия № {number} нет", LIFE)
    if one.done_on is not None:
        raise Refusal(RefusalCode.WRONG_STATE, "Мероприятие уже выполнено", LIFE)
    if not local_date(row.opened_at, work.zone) <= done_on <= work.today:
        text = "День выполнения — не раньше, чем проблему внесли, и не позже сегодняшнего"
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, text, LIFE)
    one.done_on, one.proof = done_on, reasoned(proof, LIFE, "чем подтверждено выполнение")
    if all(measure.done_on is not None for measure in measures):
        row.state = ProblemState.CARRIED_OUT
        row.carried_on = max(measure.done_on or done_on for measure in measures)
    await noted(work, row, "carried_out", f"Выполнено мероприятие № {number}: {one.proof}")
    return row


async def current(work: Work, row: Problem) -> list[ProblemMeasure]:
    """The measures of this round: of a problem that was reopened those planned since."""
    query = select(ProblemMeasure).where(
        ProblemMeasure.problem_id == row.id, ProblemMeasure.number > row.done_before
    )
    return list(await work.session.scalars(query.order_by(ProblemMeasure.number)))


async def _check_in_force(work: Work, row: Problem) -> None:
    kinds = await procedures(work, work.today)
    if not any(one.kind.key == KIND and one.on for one in kinds) and row.document_id is None:
        return
    document = await work.session.get(Document, row.document_id or 0)
    if document is None or document.in_force_id is None:
        text = "Дорожная карта ещё не действует: её документ не прошёл согласование"
        raise Refusal(RefusalCode.WRONG_STATE, text, ROADMAP)


async def _official(work: Work, person_id: int) -> tuple[Person, Body]:
    person = await work.session.get(Person, person_id)
    if person is None or over(person.dismissed, work.today):
        text = "Такого сотрудника нет, или он уволен"
        raise Refusal(RefusalCode.PERSON_DISMISSED, text, CONTENTS)
    body = next((one for one in await bodies_of(work, person.id) if one.kind in ANSWERING), None)
    if body is None:
        text = (
            "За мероприятие отвечает должностное лицо исполнительного органа"
            " или органа местного самоуправления"
        )
        raise Refusal(RefusalCode.OUTSIDE_POOL, text, CONTENTS)
    return person, body


async def officials(work: Work) -> Sequence[Person]:
    """Who may answer for a measure today, by their names: whoever `_official` takes."""
    places = select(Position.id).join(Body, Body.id == Position.body_id)
    held = select(Appointment.person_id).join(Body, Body.id == Appointment.body_id)
    fit = Body.kind.in_(sorted(ANSWERING))
    running = (Appointment.state == AppointmentState.IN_FORCE, Appointment.holds(work.today))
    serves = or_(
        Person.position_id.in_(places.where(fit)), Person.id.in_(held.where(fit, *running))
    )
    query = persons(None, None, work.today).where(serves).order_by(Person.name, Person.id)
    return (await work.session.scalars(query)).all()


async def bodies_of(work: Work, person_id: int) -> list[Body]:
    """Where an official serves today: the body of the position, then those of the appointments."""
    place = select(Position.body_id).join(Person, Person.position_id == Position.id)
    held = select(Appointment.body_id).where(
        Appointment.person_id == person_id,
        Appointment.state == AppointmentState.IN_FORCE,
        Appointment.holds(work.today),
    )
    first = await work.session.scalar(place.where(Person.id == person_id))
    others = [one for one in await work.session.scalars(held) if one is not None]
    numbers = list(dict.fromkeys([*([first] if first is not None else []), *others]))
    rows = await work.session.scalars(select(Body).where(Body.id.in_(numbers)))
    return sorted(rows, key=lambda body: numbers.index(body.id))


async def _names(work: Work, measures: Sequence[ProblemMeasure]) -> dict[int, str]:
    wanted = {one.person_id for one in measures}
    query = select(Person.id, Person.name).where(Person.id.in_(wanted))
    return {row[0]: row[1] for row in await work.session.execute(query)}


async def _next(work: Work, row: Problem) -> int:
    of = ProblemMeasure.problem_id == row.id
    number = (await work.session.scalar(select(func.max(ProblemMeasure.number)).where(of)) or 0) + 1
    if number - row.done_before > MOST:
        raise Refusal(RefusalCode.TOO_MUCH, f"Мероприятий не больше {MOST}", CONTENTS)
    return number
