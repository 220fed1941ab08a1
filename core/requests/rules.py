"""Requests of materials as law: who may ask whom, through whom, and what is only advice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.directory.rules.bodies import BodyKind
from core.kernel.rules.roles import Role
from core.law.reference import To
from core.law.rule import Rule
from core.law.russian import Code, listed


class Side(Code):
    """Who asks, and who is asked."""

    MINISTRY = "ministry", "Минцифры России"
    COMPETENCE_CENTRE = "competence-centre", "центр компетенций"
    UNIT = "unit", "подразделение центра компетенций в регионе"
    REGION = "region", "субъект Российской Федерации"
    CENTRE = "centre", "центр управления региона"
    STATE_BODIES = "state-bodies", "государственные органы региона"
    MUNICIPAL_BODIES = "municipal-bodies", "органы местного самоуправления"
    ORGANISATIONS = "organisations", "иные организации"

    @property
    def is_body(self) -> bool:
        """Whether a body of the directory is meant, which the request names."""
        return self in KINDS

    @property
    def own(self) -> bool:
        """Whether the centre itself asks, or the region through it."""
        return self in (Side.CENTRE, Side.REGION)


KINDS = {
    Side.STATE_BODIES: frozenset({BodyKind.STATE, BodyKind.EXECUTIVE}),
    Side.MUNICIPAL_BODIES: frozenset({BodyKind.MUNICIPAL}),
    Side.ORGANISATIONS: frozenset(
        {
            BodyKind.FUND,
            BodyKind.SUBORDINATE,
            BodyKind.ORGANISATION,
            BodyKind.PARTICIPATION,
            BodyKind.OTHER,
        }
    ),
}
"""Which kinds of bodies a side stands for."""


@dataclass(frozen=True)
class RequestRight(Rule):
    """One side may ask the others for materials; `role` is whose deed it is within the centre.

    Of state bodies it may ask the `executive` ones alone, where the act names no others. Whom the
    act only advises to supply stands in `advised`: silence of theirs is shown and is never
    a breach (R42). `through` names whose channel the request has to take.
    """

    code: ClassVar[str] = "request-right"
    heading: ClassVar[str] = "Кто у кого запрашивает материалы"
    noun: ClassVar[str] = "право запроса"

    asks: Side
    of: frozenset[Side]
    role: Annotated[str | None, To(Role)] = None
    through: Side | None = None
    advised: frozenset[Side] = frozenset()
    executive: bool = False

    def kinds(self, side: Side) -> frozenset[BodyKind]:
        """Which bodies of a side it may ask."""
        narrowed = self.executive and side is Side.STATE_BODIES
        return frozenset({BodyKind.EXECUTIVE}) if narrowed else KINDS[side]

    def sentence(self) -> str:
        """What it orders, in words."""
        by = f" (`{self.role}`)" if self.role else ""
        through = f" через {self.through.label}" if self.through else ""
        advised = f"; только рекомендовано: {listed(self.advised)}" if self.advised else ""
        only = "; из государственных органов — только исполнительные" if self.executive else ""
        whom = listed(self.of)
        may = f"{self.asks.label}{by} вправе запросить материалы{through}"
        return f"{may}; у кого: {whom}{only}{advised}"


def right_of(
    rights: Iterable[RequestRight], asks: Side, of: Side
) -> tuple[RequestRight | None, RequestRight | None]:
    """The right by which one side asks another, and, where there is none, what it may do at all."""
    own = sorted((one for one in rights if one.asks is asks), key=lambda one: one.key)
    found = next((one for one in own if of in one.of), None)
    return found, next(iter(own), None)
