"""Answers are final or interim, a case says when its applicant was first told how it stands, a
person may be admitted to read one case, drafts are returned, and the day of a planned solution is
apart from the last day of a prolonged answer. Cards of receptions say how else they ended.

Whatever was answered before was answered for good.

Revision ID: core0026
Revises: core0025
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import DAY, FLAG, MOMENT, NUMBER, TEXT, optional, references, required, row_id

revision = "core0026"
down_revision = "core0025"
branch_labels = None
depends_on = None

PROLONGED = "prolongations > 0 AND (outcome IS NULL OR outcome <> 'planned')"
"""Of these alone the day of the row was that of the prolonged answer."""


def upgrade() -> None:
    op.add_column("appeal", sa.Column("informed_at", MOMENT))
    for column in (
        *optional(MOMENT, "plan_due_at"),
        sa.Column("plans_put_off", NUMBER, nullable=False, server_default="0"),
        *optional(DAY, "prolonged_to"),
    ):
        op.add_column("appeal", column)
    op.execute(f"UPDATE appeal SET prolonged_to = plan_date, plan_date = NULL WHERE {PROLONGED}")
    awaited = sa.text("plan_due_at IS NOT NULL")
    op.create_index(
        "ix_appeal_plan",
        "appeal",
        ["plan_due_at", "id"],
        sqlite_where=awaited,
        postgresql_where=awaited,
    )
    for column in (*optional(MOMENT, "returned_at"), *optional(TEXT, "returned_for")):
        op.add_column("answer", column)
    op.add_column("answer", sa.Column("kind", TEXT, nullable=False, server_default="final"))
    with op.batch_alter_table("answer") as table:
        table.alter_column("outcome", existing_type=TEXT, nullable=True)
    for column in (
        sa.Column("written", FLAG, nullable=False, server_default=sa.false()),
        *optional(TEXT, "explained", "earlier_number"),
        *optional(DAY, "earlier_on"),
    ):
        op.add_column("reception", column)
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
    for name in ("earlier_on", "earlier_number", "explained", "written"):
        op.drop_column("reception", name)
    op.execute("DELETE FROM answer WHERE kind <> 'final'")
    with op.batch_alter_table("answer") as table:
        table.alter_column("outcome", existing_type=TEXT, nullable=False)
    for name in ("kind", "returned_for", "returned_at"):
        op.drop_column("answer", name)
    op.drop_index("ix_appeal_plan", "appeal")
    op.execute("UPDATE appeal SET plan_date = prolonged_to WHERE prolonged_to IS NOT NULL")
    for name in ("prolonged_to", "plans_put_off", "plan_due_at"):
        op.drop_column("appeal", name)
    op.drop_column("appeal", "informed_at")
