"""Links of letters, known by hashes, and codes to the appeal's own channel.

The tokens that former letters on surveys carry in their text are hashed by `tsur migrate` once the
tables stand (`core.appeals.notices.links.former`): a revision has no keys to seal them with.

Revision ID: core0025
Revises: core0024
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import MOMENT, NUMBER, optional, references, required, row_id

revision = "core0025"
down_revision = "core0024"
branch_labels = None
depends_on = None

DIGEST, SEALED = sa.String(64), sa.LargeBinary()


def upgrade() -> None:
    op.create_table(
        "link",
        row_id(),
        *references("appeal", "appeal_id"),
        *references("notice", "notice_id"),
        *required(DIGEST, "digest"),
        *required(SEALED, "sealed"),
        *required(MOMENT, "issued_at", "expires_at"),
        *optional(MOMENT, "revoked_at"),
        sa.UniqueConstraint("digest"),
    )
    op.create_table(
        "link_code",
        row_id(),
        *references("appeal", "appeal_id"),
        *references("link", "link_id"),
        *references("notice", "notice_id"),
        *required(DIGEST, "digest"),
        *required(SEALED, "sealed"),
        *required(MOMENT, "issued_at", "expires_at"),
        *required(NUMBER, "attempts"),
        *optional(MOMENT, "used_at"),
    )
    for table in ("link", "link_code"):
        for column in ("appeal_id", "notice_id"):
            op.create_index(f"ix_{table}_{column}", table, [column])


def downgrade() -> None:
    op.drop_table("link_code")
    op.drop_table("link")
