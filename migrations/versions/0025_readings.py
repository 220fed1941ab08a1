"""Answers are final or interim, a case says when its applicant was first told how it stands, and a
person may be admitted to read one case.

Whatever was answered before was answered for good.

Revision ID: core0025
Revises: core0024
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import DAY, MOMENT, TEXT, references, required, row_id

revision = "core0025"
down_revision = "core0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("appeal", sa.Column("informed_at", MOMENT))
    op.add_column("answer", sa.Column("kind", TEXT, nullable=False, server_default="final"))
    with op.batch_alter_table("answer") as table:
        table.alter_column("outcome", existing_type=TEXT, nullable=True)
    op.create_table(
        "admission",
        row_id(),
        *references("person", "person_id"),
        *references("appeal", "appeal_id"),
        *required(TEXT, "kind", "document"),
        *required(DAY, "dated"),
        *required(TEXT, "granted_by"),
        *required(MOMENT, "granted_at"),
        *required(DAY, "since", "until"),
    )
    for name in ("person_id", "appeal_id"):
        op.create_index(f"ix_admission_{name}", "admission", [name])


def downgrade() -> None:
    op.drop_table("admission")
    op.execute("DELETE FROM answer WHERE kind <> 'final'")
    with op.batch_alter_table("answer") as table:
        table.alter_column("outcome", existing_type=TEXT, nullable=False)
    op.drop_column("answer", "kind")
    op.drop_column("appeal", "informed_at")
