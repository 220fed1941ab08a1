"""Ratings: versions with what they were reckoned from, objections, looks, the calendar.

Revision ID: core0049
Revises: core0048
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import (
    DAY,
    FLAG,
    ID,
    JSON,
    MOMENT,
    NUMBER,
    TEXT,
    optional,
    references,
    required,
    row_id,
)

revision = "core0049"
down_revision = "core0048"
branch_labels = None
depends_on = None

DIGEST, ACTOR = sa.String(64), sa.String(255)
TABLES = (
    "rating_release", "rating_look", "rating_objection", "rating_case", "rating_version", "rating",
)  # fmt: skip


def upgrade() -> None:
    _create_versions()
    _create_cases()
    _create_objections()
    _create_releases()


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)


def _create_versions() -> None:
    op.create_table(
        "rating",
        row_id(),
        *required(TEXT, "method", "name"),
        *required(DAY, "start"),
        *required(TEXT, "period", "stage", "clause"),
        *optional(TEXT, "approval"),
        *optional(MOMENT, "drafted_at", "objections_until", "published_at"),
        sa.UniqueConstraint("method", "start"),
    )
    op.create_table(
        "rating_version",
        row_id(),
        *references("rating", "rating_id"),
        *required(NUMBER, "number"),
        *required(TEXT, "stage"),
        *required(JSON, "told"),
        *required(TEXT, "edition", "law"),
        *required(DIGEST, "digest"),
        *required(ID, "mark"),
        *optional(TEXT, "reason"),
        *required(JSON, "moved"),
        *required(TEXT, "actor"),
        *required(MOMENT, "taken_at"),
        sa.UniqueConstraint("rating_id", "number"),
    )


def _create_cases() -> None:
    op.create_table(
        "rating_case",
        row_id(),
        *references("rating_version", "version_id"),
        *required(DAY, "start"),
        *references("appeal", "appeal_id"),
        *required(TEXT, "body"),
        *optional(TEXT, "scope"),
        *optional(NUMBER, "days"),
        *required(FLAG, "merits", "returned"),
        *required(MOMENT, "begun"),
        *optional(TEXT, "holder", "theme", "outcome"),
        *optional(MOMENT, "answered_at"),
        *required(NUMBER, "reworks"),
        sa.UniqueConstraint("version_id", "start", "body", "appeal_id"),
    )


def _create_objections() -> None:
    op.create_table(
        "rating_objection",
        row_id(),
        *references("rating", "rating_id"),
        *required(NUMBER, "number"),
        *required(TEXT, "body"),
        *optional(TEXT, "scope"),
        *required(TEXT, "text"),
        *required(JSON, "appeals"),
        *required(TEXT, "filed_by"),
        *required(MOMENT, "filed_at"),
        *optional(FLAG, "upheld"),
        *optional(TEXT, "answer", "answered_by"),
        *optional(MOMENT, "answered_at"),
        sa.UniqueConstraint("rating_id", "number"),
    )
    op.create_table(
        "rating_look",
        row_id(),
        *references("rating_version", "version_id"),
        *required(ACTOR, "actor"),
        *required(DAY, "day"),
        *required(FLAG, "whole"),
        *required(MOMENT, "at"),
        sa.UniqueConstraint("version_id", "actor", "day"),
    )


def _create_releases() -> None:
    op.create_table(
        "rating_release",
        row_id(),
        *required(TEXT, "method"),
        *required(DAY, "start", "draft_on", "final_on"),
        *required(TEXT, "reason", "ground"),
        *required(DAY, "since"),
        *optional(DAY, "until"),
        *required(TEXT, "actor"),
        *required(MOMENT, "at"),
    )
    op.create_index("ix_rating_release_method", "rating_release", ["method", "start"])
