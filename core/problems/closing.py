"""The end of a problem: closed only while the drop holds, opened again when appeals return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import select

from core.kernel.access import require, system
from core.kernel.acts.federal import RU_1844
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work
from core.problems.effect import EFFECT, PER_CENT, Reckoned, reckon
from core.problems.ledger import LIFE, locked, noted, require_keeper, require_state
from core.problems.model import Problem, ProblemMeasure, ProblemState
from core.shapes.deadlines.watch import Noted, sweep_terms
from core.statistics.effect import Verdict

GOAL = RU_1844.cite("2.cause-roadmap.goal")
HOLDS = 3
"""The drop has to hold for so many whole months."""

HALF = 0.5
"""Appeals have returned when less than this part of the declared drop is left."""


@serves(GOAL, LIFE)
async def close_problem(work: Work, problem_id: int) -> Problem:
    """Close a problem whose drop is as deep as declared over three whole months at least.

    Needs MANAGE_INDICATORS everywhere. Refuses WRONG_STATE before all measures are carried out,
    DATE_OUT_OF_RANGE before the months are over, PROOF_REQUIRED where the drop is smaller than
    declared or may be chance. With too few places to compare the drop alone decides, and the
    timeline says that its cause cannot be told.
    """
    require_keeper(work)
    row = await locked(work, problem_id)
    require_state(row, ProblemState.CARRIED_OUT, text="Сначала выполните все мероприятия")
    told = await reckon(work, row)
    if told is None or told.months_after < HOLDS:
        text = f"Снижение должно держаться: после мероприятий нужно не меньше {HOLDS} месяцев"
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, text, LIFE)
    if not _held(row, told):
        raise Refusal(RefusalCode.PROOF_REQUIRED, f"Не закрыть: {words_of(told)}", EFFECT)
    row.state, row.closed_on = ProblemState.CLOSED, work.today
    await noted(work, row, "closed", words_of(told), GOAL)
    return row


@serves(LIFE)
async def reopen_problem(work: Work, problem_id: int, reason: str) -> Problem:
    """Open a problem again, for a reason: a new cause and new measures follow.

    Needs MANAGE_INDICATORS everywhere; refuses WRONG_STATE where it is neither closed nor carried
    out, so that measures that did not help are followed by others.
    """
    require_keeper(work)
    row = await locked(work, problem_id)
    text = "Возобновляют закрытую проблему или ту, где мероприятия выполнены"
    require_state(row, ProblemState.CLOSED, ProblemState.CARRIED_OUT, text=text)
    await _reopen(work, row, reasoned(reason, LIFE))
    return row


async def watch_problems(work: Work) -> int:
    """Remind of measures that are due, and open again what has returned; how many returned.

    Idempotent on a day. Needs OPERATE.
    """
    require(work.actor, Permission.OPERATE)
    await sweep_terms(work, _WATCHED)
    query = select(Problem).where(Problem.state == ProblemState.CLOSED).order_by(Problem.id)
    returned = 0
    seeing = replace(work, actor=system({Permission.READ_APPEALS}))
    for row in await work.session.scalars(query):
        told = await reckon(seeing, row, since=row.closed_on)
        if told is not None and _returned(row, told):
            await _reopen(work, row, f"Обращения возвращаются: {words_of(told)}")
            returned += 1
    return returned


async def run_problems(work: Work, _payload: Mapping[str, object]) -> None:
    """Periodic job."""
    await watch_problems(work)


def words_of(told: Reckoned) -> str:
    """The effect in a sentence."""
    if told.effect is None:
        return f"{told.verdict.label}: прежних месяцев мало или сравнить не с чем"
    change = round(PER_CENT * told.effect.change)
    way = f"на {-change} % меньше" if change <= 0 else f"на {change} % больше"
    chance = told.effect.chance
    sure = (
        f"сравнить можно только с {told.effect.placebos}, этого мало"
        if chance is None
        else f"вероятность такого снижения без мероприятий {float(chance):.3f}".replace(".", ",")
    )
    return (
        f"{told.verdict.label}; обращений {told.effect.after} при ожидавшихся"
        f" {told.effect.expected:.0f}, {way}; {sure}"
    )


def _held(row: Problem, told: Reckoned) -> bool:
    if told.effect is None:
        return False
    deep = -told.effect.change * PER_CENT >= (row.declared or 0)
    return deep and told.verdict in (Verdict.WORKS, Verdict.UNTOLD)


def _returned(row: Problem, told: Reckoned) -> bool:
    if told.effect is None:
        return False
    return -told.effect.change * PER_CENT < HALF * (row.declared or 0)


async def _reopen(work: Work, row: Problem, why: str) -> None:
    query = select(ProblemMeasure.number).where(ProblemMeasure.problem_id == row.id)
    row.done_before = max(await work.session.scalars(query), default=0)
    row.state, row.closed_on, row.carried_on = ProblemState.REOPENED, None, None
    row.declared = row.document_id = None
    await noted(work, row, "reopened", why)


async def _note(work: Work, measure: ProblemMeasure, what: str) -> None:
    after = {"number": measure.number, "due": measure.due.isoformat()}
    subject = f"problem:{measure.problem_id}"
    await work.record(Event(f"problem.{what}", subject, LIFE.ref, after=after))


_WATCHED = Noted(
    ProblemMeasure,
    ProblemMeasure.done_on.is_(None),
    due=ProblemMeasure.due_at,
    note=_note,
)
