"""The tables of the sealed journal; triggers of the migration refuse to change all but two."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id


class SealLeaf(Base):
    """A leaf of the region's tree, the `id`-th from one: a row of a table under a format.

    A row from before sealing began has its seal and salts here; `fault` says why what was found
    could not be sealed as a row of the program.
    """

    __tablename__ = "seal_leaf"
    __table_args__ = (Index("ix_seal_leaf_kind", "kind", "row_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    kind: Mapped[str]
    row_id: Mapped[int] = mapped_column(Id)
    form: Mapped[int]
    digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    seal: Mapped[bytes | None]
    salts: Mapped[bytes | None]
    fault: Mapped[str | None]


class SealNode(Base):
    """The hash of a whole subtree of 256, 65,536, ... leaves, from which proofs are made."""

    __tablename__ = "seal_node"
    __table_args__ = (UniqueConstraint("level", "place"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    level: Mapped[int]
    place: Mapped[int] = mapped_column(Id)
    digest: Mapped[bytes]


class SealHead(Base):
    """The tree at one size (its `id`): root, right edge, and the note signed by `algorithm`."""

    __tablename__ = "seal_head"

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    root: Mapped[bytes]
    edge: Mapped[bytes]
    at: Mapped[datetime]
    algorithm: Mapped[str]
    note: Mapped[str]


class SealWaiting(Base):
    """A row that was written and is not in the tree yet; triggers put it here, the job takes it."""

    __tablename__ = "seal_waiting"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str]
    row_id: Mapped[int] = mapped_column(Id)
    at: Mapped[datetime]


class SealBacklog(Base):
    """Rows of a table from before sealing began: which is next, and which is the last."""

    __tablename__ = "seal_backlog"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(unique=True)
    next_id: Mapped[int] = mapped_column(Id)
    last_id: Mapped[int] = mapped_column(Id)
