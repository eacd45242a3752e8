"""What decisions teach about what counts, and the organizers' word on it.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "learned_weights",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("n_decisions", sa.Integer(), nullable=False),
        sa.Column("is_enough", sa.Boolean(), nullable=False),
        sa.Column("is_better", sa.Boolean(), nullable=False),
        sa.Column("right_before", sa.Double(), nullable=False),
        sa.Column("right_after", sa.Double(), nullable=False),
        sa.Column("gain_low", sa.Double(), nullable=False),
        sa.Column("gain_high", sa.Double(), nullable=False),
        sa.Column("weights_before", sa.JSON(), nullable=False),
        sa.Column("weights_after", sa.JSON(), nullable=False),
        sa.Column("silent", sa.JSON(), nullable=False),
        sa.Column("refused_at_n", sa.Integer(), nullable=True),
        sa.Column("replaced", sa.JSON(), nullable=True),
        sa.Column("used_by_id", sa.Integer(), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
            name=op.f("fk_learned_weights_edition_id_edition"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["used_by_id"],
            ["user.id"],
            name=op.f("fk_learned_weights_used_by_id_user"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("edition_id", name=op.f("pk_learned_weights")),
    )


def downgrade() -> None:
    op.drop_table("learned_weights")
