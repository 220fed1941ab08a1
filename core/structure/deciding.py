"""Who decides, and whether the acting official may speak for him."""

from __future__ import annotations

from dataclasses import dataclass

from core.directory.bodies import Bodies, find_body
from core.directory.model import Body
from core.kernel.access import Actor, require
from core.kernel.codes import ActKind, Authority, Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.work import Work
from core.law.act import Clause
from core.law.russian import listed
from core.shapes.chains.rules import Ground

LONGEST_NUMBER = 60


@dataclass(frozen=True, slots=True)
class Decision:
    """By whom a step is taken; `body` is its key where a body decides, `ground` the act.

    A person of the centre decides here himself. For all others whoever keeps the directory
    enters their act; a body's own official needs none.
    """

    by: Authority
    ground: Ground | None = None
    body: str | None = None


def entitled(
    work: Work,
    decision: Decision,
    clause: Clause,
    bodies: Bodies,
    blocks: tuple[str, ...] = (),
    grounds: frozenset[ActKind] = frozenset(),
) -> Body | None:
    """The deciding body, if one decides, once the actor may enter the decision.

    `grounds` are kinds of act of which the decision must be one. Refuses FORBIDDEN,
    GROUND_REQUIRED or UNKNOWN_BODY.
    """
    if decision.by.of_the_centre:
        _require_holder(work.actor, decision.by, blocks, clause)
        if grounds:
            _require_ground(work, decision.ground, grounds, clause)
        return None
    body = find_body(bodies, decision.body or "") if decision.by.is_body else None
    if body is None or not _speaks_for(work.actor, body):
        require(work.actor, Permission.MANAGE_DIRECTORY)
        _require_ground(work, decision.ground, grounds, clause)
    return body


def holds_role(actor: Actor, role: str, blocks: tuple[str, ...]) -> bool:
    """Whether the actor has the role, for all of these blocks."""
    scopes = [grant.scope for grant in actor.grants if grant.role == role]
    return any(scope.blocks is None or scope.blocks >= set(blocks) for scope in scopes)


def described(ground: Ground) -> str:
    """«постановление № 12-па от 01.03.2026»."""
    return f"{ground.kind.label} № {ground.number.strip()} от {ground.date:%d.%m.%Y}"


def _require_holder(actor: Actor, by: Authority, blocks: tuple[str, ...], clause: Clause) -> None:
    if actor.anonymous:
        require(actor, Permission.READ_DIRECTORY)
    if not holds_role(actor, by.value, blocks):
        raise Refusal(RefusalCode.FORBIDDEN, f"Это решает {by.label}, а не вы", clause)


def _speaks_for(actor: Actor, body: Body) -> bool:
    reached = (grant.scope.bodies for grant in actor.grants)
    return any(bodies is not None and body.id in bodies for bodies in reached)


def _require_ground(
    work: Work, ground: Ground | None, kinds: frozenset[ActKind], clause: Clause
) -> None:
    needed = listed(kinds) or "акт"
    if ground is None or not 0 < len(ground.number.strip()) <= LONGEST_NUMBER:
        text = f"Нужно основание: {needed} с номером и датой"
        raise Refusal(RefusalCode.GROUND_REQUIRED, text, clause)
    if kinds and ground.kind not in kinds:
        text = f"Основание — {ground.kind.label}, а нужно: {needed}"
        raise Refusal(RefusalCode.GROUND_REQUIRED, text, clause)
    if ground.date > work.today:
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, "Дата акта в будущем", clause)
