"""Who acts for a party of an approval: asked of the directory at the moment of the decision."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import or_, select

from core.directory.bodies import Bodies, find_body
from core.directory.model import Appointment, Body, Person
from core.directory.rules.bodies import Body as BodyRule
from core.directory.service import grants_of, holding, standing_in
from core.kernel.access import Actor, Grant, require
from core.kernel.acts.federal import PRACTICE
from core.kernel.codes import Authority, Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.work import Work
from core.law.act import Clause
from core.law.days import over
from core.shapes.chains.rules import Acting, Decision

STANDING = PRACTICE.cite("standing")


@dataclass(frozen=True, slots=True)
class Held:
    """A grant of today; `holder_id` is whose appointment it is, if it is only lent."""

    grant: Grant
    holder_id: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """How acts of others are entered: with which permission, in the matter's blocks (keys).

    Whoever has the permission speaks for the centre as such. `by_norm`: the step's own norm is
    what refuses him who has it not.
    """

    work: Work
    permission: Permission
    bodies: Bodies | None = None
    blocks: tuple[str, ...] = ()
    by_norm: bool = False

    async def acting(self, decision: Decision, clause: Clause | None) -> Acting:
        """The actor as the party, as its own official, or as who enters its act.

        Refuses UNAUTHENTICATED, PERSON_DISMISSED, FORBIDDEN and UNKNOWN_BODY.
        """
        held = await self.held()
        if decision.by.of_the_centre:
            return self._in_person(held, decision, clause)
        body = self._body(decision)
        official = next((one for one in held if body and _speaks_for(one.grant, body)), None)
        entering = official or self._keeper(held, clause)
        own = official is not None or decision.by is Authority.CENTRE
        return self._as(entering, body.id if body else None, in_person=own)

    async def with_role(self, roles: frozenset[str], clause: Clause | None) -> Acting:
        """The actor as a holder of one of the roles in the matter's blocks.

        Without roles, as whoever has the permission. Refuses like `acting`.
        """
        return self.as_role(await self.held(), roles, clause)

    async def held(self) -> tuple[Held, ...]:
        """What the actor holds today; refuses UNAUTHENTICATED and PERSON_DISMISSED."""
        if self.work.actor.anonymous:
            require(self.work.actor, self.permission)
        return await _held_today(self.work)

    def as_role(
        self, held: tuple[Held, ...], roles: frozenset[str], clause: Clause | None
    ) -> Acting:
        """Like `with_role`, of what is held."""
        if not roles:
            return self._as(self._keeper(held, clause), None, in_person=True)
        for one in held:
            if one.grant.role in roles and self._reaches(one):
                return self._as(one, None, in_person=True)
        text = f"По этой норме документ готовит другое лицо{_elsewhere(held, roles)}"
        raise Refusal(RefusalCode.FORBIDDEN, text, clause)

    def _reaches(self, held: Held) -> bool:
        scope = held.grant.scope
        return scope.blocks is None or scope.blocks >= set(self.blocks)

    def _in_person(
        self, held: tuple[Held, ...], decision: Decision, clause: Clause | None
    ) -> Acting:
        for one in held:
            if one.grant.role == decision.by and self._reaches(one):
                return self._as(one, None, in_person=True)
        text = f"Это решает {decision.by.label}, а не Вы{_elsewhere(held, {decision.by})}"
        raise Refusal(RefusalCode.FORBIDDEN, text, clause)

    def _body(self, decision: Decision) -> Body | None:
        if self.bodies is None or not decision.by.is_body:
            return None
        return find_body(self.bodies, decision.body or "")

    def _keeper(self, held: tuple[Held, ...], clause: Clause | None) -> Held:
        for one in held:
            if self.permission in one.grant.permissions:
                return one
        if self.by_norm:
            text = "По этой норме шаг делает другое лицо"
            raise Refusal(RefusalCode.FORBIDDEN, text, clause)
        raise Refusal(RefusalCode.FORBIDDEN, "Ваши назначения этого не разрешают", clause)

    def _as(self, held: Held, body_id: int | None, *, in_person: bool) -> Acting:
        actor = self.work.actor
        return Acting(
            actor.subject, actor.person_id, held.grant.role, body_id, held.holder_id, in_person
        )


def _elsewhere(held: tuple[Held, ...], roles: Collection[str]) -> str:
    """What is added for whoever has the role, but for other blocks than the matter's."""
    mine = any(one.grant.role in roles for one in held)
    return ": у Вас эта роль по другому блоку" if mine else ""


def called(work: Work, by: Authority, bodies: Collection[str | None] = ()) -> str:
    """What a refusal calls a party: the bodies that the act names by their names."""
    rules = [work.rules.find(BodyRule, key, work.today) for key in bodies if key]
    names = sorted(f"«{rule.name}»" for rule in rules if rule)
    return ", ".join(names) if by is Authority.BODY and names else by.label


def holds_role(actor: Actor, role: str, blocks: tuple[str, ...]) -> bool:
    """Whether the actor has the role, for all of these blocks."""
    scopes = [grant.scope for grant in actor.grants if grant.role == role]
    return any(scope.blocks is None or scope.blocks >= set(blocks) for scope in scopes)


async def _held_today(work: Work) -> tuple[Held, ...]:
    """What an official holds today, his own before what is lent to him; a service its grants.

    A token may be older than a dismissal or the end of a delegation, the directory is not.
    """
    number = work.actor.person_id
    if number is None:
        return tuple(Held(grant) for grant in work.actor.grants)
    person = await work.session.get(Person, number, populate_existing=True)
    if person is None or over(person.dismissed, work.today):
        raise Refusal(RefusalCode.PERSON_DISMISSED, "Этот сотрудник уволен", STANDING)
    own = or_(Appointment.person_id == number, standing_in(number, work.today))
    query = select(Appointment).where(own, holding(work.today)).order_by(Appointment.id)
    rows = (await work.session.scalars(query)).all()
    return tuple(
        Held(grant, None if row.person_id == number else row.person_id)
        for row in sorted(rows, key=lambda row: row.person_id != number)
        for grant in grants_of([row], work.rules, work.today)
    )


def _speaks_for(grant: Grant, body: Body) -> bool:
    return grant.scope.bodies is not None and body.id in grant.scope.bodies
