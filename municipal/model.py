"""Municipal centres as data: a municipality has one, has decided on one, or has none."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.api import Base, Id
from core.law.russian import Code


class CentreState(Code):
    """DECIDED by an act of the municipality, WORKING once it takes cases, CLOSED at its end."""

    DECIDED = "decided", "решение о создании принято"
    WORKING = "working", "работает и принимает обращения"
    CLOSED = "closed", "закрыт"


class MunicipalCentre(Base):
    """The centre of a municipality; `ground` is its own act, `body_id` the body at work."""

    __tablename__ = "municipal_centre"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    municipality: Mapped[str] = mapped_column(unique=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    state: Mapped[str]
    ground: Mapped[str]
    since: Mapped[date]
