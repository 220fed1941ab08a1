"""Facts of possible violations of migration law: to two receivers at once (8 ч. 3.1)."""

from __future__ import annotations

from collections.abc import Collection

from core.appeals.case import Case
from core.appeals.choices import Choice, fitting_bodies
from core.appeals.copies import send_copy
from core.appeals.forwarding import Forwarding, answered_within, forward, holder_of
from core.appeals.handover import check_receives, receiver
from core.appeals.model import Appeal
from core.appeals.notices.letters import forwarding as letters
from core.appeals.notices.letters.head import head_of
from core.appeals.notices.model import NoticeKind
from core.appeals.notices.recipients import tell
from core.appeals.registration import register_pending
from core.appeals.rules.lifecycle import Fact, State, Transition
from core.appeals.rules.occasions import MIGRATION_SENT
from core.appeals.rules.offences import bodies_told, noted
from core.appeals.rules.terms import Deadline
from core.appeals.step import Step
from core.directory.bodies import Bodies, bodies_of_the_highest, load_bodies
from core.directory.model import Body
from core.directory.rules.bodies import STATE_ORGANS, BodyKind
from core.kernel.acts.federal import FZ59
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work

SENT = {MIGRATION_SENT: True}


def _check_theme(case: Case) -> None:
    rule = case.work.rules.get(Deadline, "migration-forwarding", case.work.today)
    if case.appeal.theme not in rule.themes or case.appeal.regime not in rule.regimes:
        text = "Обращение не о нарушениях законодательства в сфере миграции"
        raise Refusal(RefusalCode.NOT_PROVIDED, text, case.step.clause)


async def _check_receivers_known(case: Case) -> None:
    """The directory has both whom the law names: nobody is taken for either of them."""
    known = await bodies_of_the_highest(case.work.session)
    bodies = await load_bodies(case.work.session)
    state = (one for one in bodies.rows if one.kind == BodyKind.STATE and one.key not in known)
    if known and any(bodies.working(one, case.work.today) for one in state):
        return
    text = (
        "В справочнике нет территориального органа внутренних дел или должности высшего"
        " должностного лица субъекта Российской Федерации: внесите их"
    )
    raise Refusal(RefusalCode.NOT_PROVIDED, text, case.step.clause)


async def _interiors(case: Case) -> list[Choice]:
    """State bodies that are not the region's, beside the one that has the case."""
    highest = await bodies_of_the_highest(case.work.session)

    async def judge(bodies: Bodies, body: Body) -> None:
        if body.key in highest:
            raise _unfit(case)
        _check_interior(case, body)
        await check_receives(case, bodies, body)

    return await fitting_bodies(case, judge)


async def _highest(case: Case) -> list[Choice]:
    """Where the highest official is: the body may have the case itself."""
    known = await bodies_of_the_highest(case.work.session)

    async def judge(bodies: Bodies, body: Body) -> None:
        _check_highest(case, body, known)
        if body.id != case.appeal.body_id:
            await check_receives(case, bodies, body)

    return await fitting_bodies(case, judge)


FORWARD = Step(
    "forward-migration",
    (_check_theme, _check_receivers_known),
    choices={"interior": _interiors, "highest": _highest},
)


@serves(FZ59.cite("8.3.1"), FZ59.cite("12.1.1"))
async def forward_migration(
    work: Work,
    appeal_id: int,
    interior: str,
    highest: str,
    reason: str,
    *,
    expected_version: int | None = None,
) -> Appeal:
    """Forward to the highest official, who answers in twenty days, and copy to the interior.

    Both are keys of bodies; `interior` is a state body that is not the region's. Needs TRANSFER.
    Where the highest official has the case himself it stays with him. The applicant is told of
    both in the same transaction, and the facts are noted where nobody has. Refuses other themes,
    and a directory without either receiver (NOT_PROVIDED).
    """
    case = await FORWARD.open(work, appeal_id, expected_version)
    reason = reasoned(reason, case.step.clause)
    holder = holder_of(case, await load_bodies(work.session))
    police, own = await receiver(case, interior), holder and holder.key == highest
    official = holder if own and holder else await receiver(case, highest)
    _check_interior(case, police)
    _check_highest(case, official, await bodies_of_the_highest(work.session))
    if police.id == official.id:
        raise _unfit(case)
    await register_pending(case)
    await _note(case, official.key, reason)
    head = await head_of(case)
    term = answered_within(case, official.key)
    text = letters.violations_of_migration_law(head, police.name, official.name, term)
    await send_copy(case, police, reason, more=SENT)
    if own:
        await tell(work, case.appeal, NoticeKind.COPIED, text)
        return case.appeal
    given = Forwarding(official, reason, letter=text, clause=case.step.clause)
    return await forward(case, given)


def _check_interior(case: Case, police: Body) -> None:
    """A state body, and not the one that sends."""
    if police.kind != BodyKind.STATE or police.id == case.appeal.body_id:
        raise _unfit(case)


def _check_highest(case: Case, official: Body, known: Collection[str]) -> None:
    """An organ of the state that has the position of the highest official."""
    if official.kind not in STATE_ORGANS or official.key not in known:
        raise _unfit(case)


def _unfit(case: Case) -> Refusal:
    text = (
        "Назовите территориальный орган внутренних дел и высшее должностное лицо субъекта "
        "Российской Федерации"
    )
    return Refusal(RefusalCode.INVALID, text, case.step.clause)


async def _note(case: Case, highest: str, reason: str) -> None:
    """Whoever sends the facts on says by it that there are some, and who is the highest."""
    notes = (entry for entry in case.entries if entry.fact is Fact.OFFENCE_TOLD)
    if not any(highest in bodies_told(note) for note in notes):
        rule = case.work.rules.get(Transition, "tell-offence", case.work.today)
        state, data = State(case.appeal.state), noted([highest])
        await case.advance(
            fact=rule.fact, state=state, clause=rule.clause, reason=reason, data=data
        )
