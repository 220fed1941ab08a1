"""How far the cases have been judged anew."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Integer
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id


class TermsRefresh(Base):
    """One row: by which `version` cases are judged, up to which of them, and since when all."""

    __tablename__ = "terms_refresh"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    version: Mapped[int]
    last_id: Mapped[int] = mapped_column(Id)
    finished_at: Mapped[datetime | None]
