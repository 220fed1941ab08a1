"""Public tables as they were released."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id


class PublishedTable(Base):
    """A table of the list over the month from `start` as it was released on a local day.

    `cells` are its rows: values, value, cases, mark. Never changed: a later release stands beside.
    """

    __tablename__ = "published_table"
    __table_args__ = (UniqueConstraint("measure", "dimensions", "start", "released_on"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    measure: Mapped[str]
    dimensions: Mapped[str]
    start: Mapped[date]
    released_on: Mapped[date]
    cells: Mapped[list[Any]]
    at: Mapped[datetime]
