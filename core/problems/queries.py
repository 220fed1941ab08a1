"""What is read of problems: the list, one of them, its timeline from the first appeal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select

from core.appeals.model import Appeal
from core.appeals.queries import visible
from core.kernel.access import require
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.work import Work
from core.law.periods import midnight
from core.problems.ledger import LIFE
from core.problems.listing import known_theme
from core.problems.model import Problem, ProblemCase, ProblemMeasure, ProblemState, ProblemStep
from core.problems.period import days_of
from core.problems.rules import Projects

MOST = 500


@dataclass(frozen=True, slots=True)
class Moment:
    """Something on the timeline of a problem; `ahead` what is still to come."""

    at: datetime
    words: str
    actor: str | None = None
    ahead: bool = False


async def problems(
    work: Work, state: ProblemState | None = None, theme: str | None = None
) -> list[Problem]:
    """The list, the last entered first, MOST at the most. Needs READ_APPEALS.

    Refuses UNKNOWN_THEME: by what no theme is, nothing would be found in silence.
    """
    require(work.actor, Permission.READ_APPEALS)
    if theme is not None:
        known_theme(work, theme, work.today)
    query = select(Problem).order_by(Problem.id.desc()).limit(MOST)
    if state is not None:
        query = query.where(Problem.state == state)
    if theme is not None:
        query = query.where(Problem.theme == theme)
    return list(await work.session.scalars(query))


async def problem(work: Work, problem_id: int) -> Problem:
    """One of the list. Needs READ_APPEALS; NOT_FOUND where there is none."""
    require(work.actor, Permission.READ_APPEALS)
    row = await work.session.get(Problem, problem_id)
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND, "Такой проблемы в перечне нет", LIFE)
    return row


async def measures(work: Work, row: Problem) -> list[ProblemMeasure]:
    """All of them, those of earlier rounds too."""
    query = select(ProblemMeasure).where(ProblemMeasure.problem_id == row.id)
    return list(await work.session.scalars(query.order_by(ProblemMeasure.number)))


def cases(work: Work, row: Problem) -> Select[ProblemCase]:
    """The cases that the reader may see."""
    return (
        select(ProblemCase)
        .join(Appeal, Appeal.id == ProblemCase.appeal_id)
        .where(ProblemCase.problem_id == row.id, visible(work.actor))
    )


@serves(LIFE)
async def timeline(work: Work, row: Problem) -> list[Moment]:
    """From the first appeal on: what was done, and which measures are still to come."""
    query = (
        select(func.min(Appeal.received_at), func.min(Appeal.answered_at))
        .join(ProblemCase, ProblemCase.appeal_id == Appeal.id)
        .where(ProblemCase.problem_id == row.id, visible(work.actor))
    )
    first, answered = (await work.session.execute(query)).one()
    steps = select(ProblemStep).where(ProblemStep.problem_id == row.id).order_by(ProblemStep.id)
    done = [Moment(one.at, one.words, one.actor) for one in await work.session.scalars(steps)]
    told = [*_appeals(first, answered), *done]
    told.sort(key=lambda one: one.at)
    return [*told, *_ahead(work, row, await measures(work, row))]


def _appeals(first: datetime | None, answered: datetime | None) -> Iterator[Moment]:
    if first is not None:
        yield Moment(first, "Первое обращение")
    if answered is not None:
        yield Moment(answered, "Первый ответ заявителю")


def _ahead(work: Work, row: Problem, planned: list[ProblemMeasure]) -> Iterator[Moment]:
    if row.state in (ProblemState.CAUSED, ProblemState.PLANNED):
        for one in planned:
            if one.done_on is None and one.number > row.done_before:
                words = f"Срок мероприятия № {one.number}"
                yield Moment(midnight(one.due, work.zone), words, ahead=True)


def evidence_of(row: Problem) -> str:
    """What the source had, in words."""
    said = row.evidence
    if "indicator" in said:
        of = f", Указ Президента № {said['decree']}" if said.get("decree") else ""
        return f"показатель «{said['indicator']}» ({Projects(said['project']).label}{of})"
    if "file" in said:
        return f"обращений {said['cases']} {days_of(said['period'])}, строка {said['line']} файла"
    expected = said["expected"]
    usual = "" if expected is None else f", ожидалось {expected:.1f}".replace(".", ",")
    return f"обращений {said['cases']} {days_of(said['period'])}{usual}"
