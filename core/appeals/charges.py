"""Whose responsibility a case is: told once, for what is looked for and for what is counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select

from core.directory.model import Body
from core.directory.rules.bodies import BodyKind
from core.law.russian import Code


class Charge(Code):
    """Who answers for a case: a body of the region, another, or nobody yet."""

    OWN = "own", "своя ответственность"
    FOREIGN = "foreign", "чужая ответственность"
    NOBODY = "nobody", "орган не определён"


OUTSIDE = (BodyKind.OTHER, BodyKind.FUND)
"""Kinds of bodies that the centre does not oversee."""


def charges(body: Any, nobody: Any, viewed: Any) -> Mapping[Charge, ColumnElement[bool]]:
    """Which rows are whose, by their column of bodies, where it names none, and the region's view.

    What is beyond the region's own view (R11) is foreign whoever holds it.
    """
    beyond = or_(body.in_(select(Body.id).where(Body.kind.in_(OUTSIDE))), ~viewed)
    return {
        Charge.NOBODY: nobody,
        Charge.FOREIGN: and_(~nobody, beyond),
        Charge.OWN: and_(~nobody, ~beyond),
    }


def charged(wanted: Sequence[Charge], body: Any, nobody: Any, viewed: Any) -> ColumnElement[bool]:
    """The rows that are one of these."""
    found = charges(body, nobody, viewed)
    return or_(false(), *(found[one] for one in wanted))
