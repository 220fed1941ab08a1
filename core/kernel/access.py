"""Who acts and what they may do today: grants out of appointments, never out of a token."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.law.act import Clause


class Placed(Protocol):
    """What a scope can be asked about: where a case stands (keys; the case and the body by id)."""

    id: int
    block: str | None
    municipality: str | None
    body_id: int | None


class Concerning(Placed, Protocol):
    """What may be about a person, by id."""

    complained_person_id: int | None


@dataclass(frozen=True, slots=True)
class Scope:
    """What part of the region an appointment reaches; None in a dimension means all of it.

    `appeals` are the cases of an admission, by id; complaints about the people of these ids are
    outside of it, where they are `barred` (59-ФЗ, 8 ч. 6).
    """

    blocks: frozenset[str] | None = None
    municipalities: frozenset[str] | None = None
    bodies: frozenset[int] | None = None
    appeals: frozenset[int] | None = None
    barred: frozenset[int] = frozenset()

    def covers(self, case: Placed) -> bool:
        """Whether the case lies within every limited dimension."""
        return (
            (self.blocks is None or case.block in self.blocks)
            and (self.municipalities is None or case.municipality in self.municipalities)
            and (self.bodies is None or case.body_id in self.bodies)
            and (self.appeals is None or case.id in self.appeals)
        )


@dataclass(frozen=True, slots=True)
class Grant:
    """One appointment of today: a role of the rulebook, its permissions, rank and scope.

    `lender` is the person for whom the actor acts by it, None where he holds it himself (R62).
    """

    role: str
    rank: int
    permissions: frozenset[Permission]
    scope: Scope
    lender: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `subject` is the token's; an anonymous actor has no grants.

    `person_id` is None for services and for anonymous.
    """

    subject: str
    person_id: int | None = None
    grants: tuple[Grant, ...] = ()

    def __hash__(self) -> int:
        # What is kept for an actor is looked up at every request, and grants may be many.
        return hash(self.subject)

    @property
    def anonymous(self) -> bool:
        """Whether no token stands behind the actor."""
        return self.subject == ""

    def scopes(self, permission: Permission) -> tuple[Scope, ...]:
        """Every scope in which the actor has this permission."""
        return tuple(g.scope for g in self.grants if permission in g.permissions)

    def may(self, permission: Permission, case: Placed | None = None) -> bool:
        """Whether the actor has the permission, and for this case if one is given."""
        for grant in self.grants:
            if permission in grant.permissions and (case is None or grant.scope.covers(case)):
                return True
        return False

    def rank(self, permission: Permission, case: Concerning) -> int:
        """The highest rank at which the actor has the permission for the case; 0 for none."""
        return max((grant.rank for grant in self.able(permission, case)), default=0)

    def able(self, permission: Permission, case: Concerning) -> list[Grant]:
        """The grants by which the actor has the permission for the case, the highest first.

        For the official complained of nobody acts in what complains of him.
        """
        found = [grant for grant in self.grants if _grants(grant, permission, case)]
        return sorted(found, key=lambda grant: -grant.rank)


ANONYMOUS = Actor("")


def require(actor: Actor, permission: Permission, clause: Clause | None = None) -> None:
    """Refuse an actor who has the permission nowhere; the `clause`, if one does, says who may."""
    if actor.anonymous:
        raise Refusal(RefusalCode.UNAUTHENTICATED, "Нужно войти в систему")
    if not actor.may(permission):
        text = "Ваши назначения этого не разрешают"
        raise Refusal(RefusalCode.FORBIDDEN, text, clause)


def require_everywhere(
    actor: Actor, permission: Permission, text: str, clause: Clause | None = None
) -> None:
    """Refuse an actor who has the permission not for the whole region; `text` says what is his."""
    require(actor, permission, clause)
    if Scope() not in actor.scopes(permission):
        raise Refusal(RefusalCode.FORBIDDEN, text, clause)


def system(permissions: Iterable[Permission] = frozenset(Permission)) -> Actor:
    """The actor of jobs, imports and the command line: the whole region, named in the journal."""
    return Actor("system", None, (Grant("system", 1000, frozenset(permissions), Scope()),))


def _grants(grant: Grant, permission: Permission, case: Concerning) -> bool:
    free = grant.lender is None or grant.lender != case.complained_person_id
    return free and permission in grant.permissions and grant.scope.covers(case)
