"""How many breaking steps the tables of each branch have taken, as a table."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base


class Compatibility(Base):
    """One row a branch of revisions. A program that knows so many breaking ones can serve it."""

    __tablename__ = "compatibility"

    branch: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]
