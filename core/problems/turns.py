"""Which steps of a problem are open now, and why the others are not."""

from __future__ import annotations

from collections.abc import Iterator

from core.kernel.errors import Refusal, refusal_of
from core.kernel.work import Work
from core.problems.causes import FINDING
from core.problems.ledger import require_keeper, require_state
from core.problems.model import Problem, ProblemState

ANY = tuple(ProblemState)
CAUSED, PLANNED = (ProblemState.CAUSED,), (ProblemState.PLANNED,)
DONE, CLOSED = ProblemState.CARRIED_OUT, ProblemState.CLOSED
STEPS: tuple[tuple[str, tuple[ProblemState, ...], str], ...] = (
    ("joinProblemCases", ANY, ""),
    ("setProblemCause", FINDING, "Мероприятия уже назначены"),
    ("planProblemMeasure", CAUSED, "Мероприятия назначают, когда установлена первопричина"),
    ("declareProblemDrop", CAUSED, "Снижение заявляют, когда назначены мероприятия"),
    ("draftProblemRoadmap", PLANNED, "Дорожную карту готовят, когда заявлено снижение"),
    ("carryOutProblemMeasure", PLANNED, "Выполняют заявленные мероприятия"),
    ("closeProblem", (DONE,), "Закрывают, когда все мероприятия выполнены"),
    ("reopenProblem", (DONE, CLOSED), "Возобновляют закрытую проблему или после мероприятий"),
)


def turns(work: Work, row: Problem) -> Iterator[tuple[str, Refusal | None]]:
    """Each step by its mutation, and what it would refuse whatever is said with it."""
    for name, states, text in STEPS:
        yield name, refusal_of(_check, work, row, states, text)


def _check(work: Work, row: Problem, states: tuple[ProblemState, ...], text: str) -> None:
    require_keeper(work)
    require_state(row, *states, text=text)
