"""What a database remembers keys by: enough to know them again, nothing of what they are."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id
from core.law.russian import Code


class KeyKind(Code):
    """What a key is for."""

    DATA = "data", "ключ данных"
    SIGNING = "signing", "ключ подписи"
    VAULT = "vault", "хранилище ключей журнала"


class KeyMark(Base):
    """A key, or a store of keys, that this database has met.

    `retired_at`: nothing in it needs the key any more, or the store was given up; `settled_at`:
    everything is sealed by this key (of data); `saved_at`: a copy of it was made.
    """

    __tablename__ = "key_mark"
    __table_args__ = (UniqueConstraint("kind", "mark"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str]
    mark: Mapped[str]
    met_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    retired_at: Mapped[datetime | None]
    saved_at: Mapped[datetime | None]
