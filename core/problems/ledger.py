"""What every step of a problem shares: who may take it, the locked row, the line it leaves."""

from __future__ import annotations

from core.kernel.access import require_everywhere
from core.kernel.acts.federal import PRACTICE
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.work import Work
from core.law.act import Clause
from core.problems.model import Problem, ProblemState, ProblemStep

LIFE = PRACTICE.cite("problem-life")


def require_keeper(work: Work) -> None:
    """Needs MANAGE_INDICATORS over the whole region."""
    text = "Проблемы региона ведёт тот, кто отвечает за весь регион"
    require_everywhere(work.actor, Permission.MANAGE_INDICATORS, text, LIFE)


async def locked(work: Work, problem_id: int) -> Problem:
    """The problem until the end of the work; NOT_FOUND where there is none."""
    row = await work.session.get(Problem, problem_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND, "Такой проблемы в перечне нет", LIFE)
    return row


def require_state(row: Problem, *states: ProblemState, text: str, clause: Clause = LIFE) -> None:
    """Refuse WRONG_STATE with this text; where the step lies behind, by saying so."""
    if row.state not in states:
        state = ProblemState(row.state)
        if _come(state) > max(map(_come, states)):
            text = (
                f"Этот шаг пройден, состояние проблемы — «{state.label}»:"
                " к нему возвращаются после возобновления"
            )
        raise Refusal(RefusalCode.WRONG_STATE, text, clause)


def _come(state: ProblemState) -> int:
    """How far it has come; what was reopened begins anew."""
    return 0 if state is ProblemState.REOPENED else [*ProblemState].index(state)


async def noted(work: Work, row: Problem, kind: str, words: str, clause: Clause = LIFE) -> None:
    """Put a step on the timeline of the problem and into the journal."""
    work.session.add(
        ProblemStep(
            problem_id=row.id, kind=kind, words=words, actor=work.actor.subject, at=work.now
        )
    )
    await work.session.flush()
    after = {"state": row.state}
    await work.record(Event(f"problem.{kind}", f"problem:{row.id}", clause.ref, after=after))
