"""Clusters that people made, groups of like cases that were found, and the proposals of these."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id


class Cluster(Base):
    """Cases about the same problem; membership is the appeal's `cluster_id`."""

    __tablename__ = "cluster"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    opened_at: Mapped[datetime]
    theme: Mapped[str | None]
    municipality: Mapped[str | None]


class LikeGroup(Base):
    """Cases that look like the first of them; `first_at` and `last_at` bound when they came in."""

    __tablename__ = "like_group"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    first_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"))
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    size: Mapped[int]


class LikeCase(Base):
    """A case that was looked at, and the group it is in, at `position` from 1.

    `other_id` is the first of the group, for the first the second, and None while it is alone;
    `score` is in thousandths, `reasons` Russian.
    """

    __tablename__ = "like_case"
    __table_args__ = (Index("ix_like_case_group_id", "group_id", "position"),)

    appeal_id: Mapped[int] = mapped_column(
        ForeignKey("appeal.id"), primary_key=True, autoincrement=False
    )
    group_id: Mapped[int] = mapped_column(ForeignKey("like_group.id"))
    position: Mapped[int]
    other_id: Mapped[int | None] = mapped_column(ForeignKey("appeal.id"))
    score: Mapped[int]
    reasons: Mapped[str]


class LikeMark(Base):
    """What a group is found by: a mark of a word or of the place of its first case."""

    __tablename__ = "like_mark"

    mark: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    group_id: Mapped[int] = mapped_column(
        ForeignKey("like_group.id"), primary_key=True, autoincrement=False
    )


class DuplicateProposal(Base):
    """A group of two or more looks like one problem: one proposal, however many it has.

    `appeal_id` is the case that made it so, `other_id` the first. Rows without a group were
    written for each two like cases before there were groups.
    """

    __tablename__ = "duplicate_proposal"
    __table_args__ = (
        UniqueConstraint("appeal_id", "other_id"),
        Index("ix_duplicate_proposal_group_id", "group_id", unique=True),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("like_group.id"))
    score: Mapped[int]
    reasons: Mapped[str]
    proposed_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    joined: Mapped[bool | None]
