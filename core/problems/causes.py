"""The root cause of a problem: reached by five «why», or chosen among the branches of a scheme."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from core.kernel.acts.federal import RU_1844
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work
from core.problems.ledger import LIFE, locked, noted, require_keeper, require_state
from core.problems.model import Method, Problem, ProblemCause, ProblemState

CAUSES = RU_1844.cite("12.а.3")
FEWEST, MOST_WHYS, MOST_BRANCHES = 2, 5, 40
BRANCH = ":"
"""Parts the branch of the scheme from its cause in a line."""

FINDING = (ProblemState.LISTED, ProblemState.CAUSED, ProblemState.REOPENED)


@serves(CAUSES, LIFE)
async def set_cause(
    work: Work, problem_id: int, method: Method, reasons: Sequence[str], root: str | None = None
) -> ProblemCause:
    """Enter the root cause; another one, while no measures are planned, takes its place.

    Of five «why» each line answers why what stands before it was so, and the last is the root. Of
    a scheme each line is «branch: cause», and the root is one of the causes. Needs
    MANAGE_INDICATORS everywhere; refuses INVALID, WRONG_STATE once measures are planned.
    """
    require_keeper(work)
    row = await locked(work, problem_id)
    require_state(
        row, *FINDING, text="Мероприятия уже назначены: первопричину меняют после возобновления"
    )
    lines = [reasoned(one, CAUSES) for one in reasons]
    found = _root_of_whys(lines, root) if method is Method.WHYS else _root_of_scheme(lines, root)
    cause = ProblemCause(
        problem_id=row.id,
        number=await _next(work, row),
        method=method,
        reasons=lines,
        root=found,
        actor=work.actor.subject,
        at=work.now,
    )
    work.session.add(cause)
    row.state = ProblemState.CAUSED
    await noted(work, row, "caused", f"Первопричина ({method.label}): {found}", CAUSES)
    return cause


async def cause_of(work: Work, row: Problem) -> ProblemCause | None:
    """The root cause that counts."""
    query = select(ProblemCause).where(ProblemCause.problem_id == row.id)
    found: ProblemCause | None = await work.session.scalar(
        query.order_by(ProblemCause.number.desc()).limit(1)
    )
    return found


def _root_of_whys(lines: Sequence[str], root: str | None) -> str:
    if not FEWEST <= len(lines) <= MOST_WHYS:
        text = f"Ответов на «почему» от {FEWEST} до {MOST_WHYS}, последний — первопричина"
        raise Refusal(RefusalCode.INVALID, text, CAUSES)
    if root is not None and root.strip() != lines[-1]:
        text = "Первопричина — последний ответ на «почему»"
        raise Refusal(RefusalCode.INVALID, text, CAUSES)
    return lines[-1]


def _root_of_scheme(lines: Sequence[str], root: str | None) -> str:
    if not FEWEST <= len(lines) <= MOST_BRANCHES:
        text = f"В схеме причин от {FEWEST} до {MOST_BRANCHES}"
        raise Refusal(RefusalCode.INVALID, text, CAUSES)
    causes = {}
    for line in lines:
        branch, found, cause = line.partition(BRANCH)
        if not found or not branch.strip() or not cause.strip():
            text = f"Строка схемы — «ветвь: причина», а не «{line[:60]}»"
            raise Refusal(RefusalCode.INVALID, text, CAUSES)
        causes[cause.strip()] = branch.strip()
    if (root or "").strip() not in causes:
        text = "Первопричина — одна из причин схемы"
        raise Refusal(RefusalCode.INVALID, text, CAUSES)
    return (root or "").strip()


async def _next(work: Work, row: Problem) -> int:
    of = ProblemCause.problem_id == row.id
    return (await work.session.scalar(select(func.max(ProblemCause.number)).where(of)) or 0) + 1
