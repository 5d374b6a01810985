"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and indexes."""
    number = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "documents",
        sa.Column("number", number, primary_key=True, autoincrement=True),
        sa.Column("key", sa.String(32), nullable=False, unique=True),
        sa.Column("id", sa.Text, nullable=False, index=True),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("agency", sa.Text),
        sa.Column("quality", sa.Float, nullable=False),
        sa.Column("words", sa.Integer, nullable=False),
        sa.Column("family", sa.String(32), nullable=False, index=True),
        sa.Column("sketch", sa.LargeBinary, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("coding", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "copy_keys",
        sa.Column("hash", sa.BigInteger, primary_key=True),
        sa.Column("document", sa.BigInteger, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "reports",
        sa.Column("number", number, primary_key=True, autoincrement=True),
        sa.Column("key", sa.String(40), nullable=False, unique=True),
        sa.Column("document", sa.BigInteger, nullable=False, index=True),
        sa.Column("block", sa.Text, nullable=False, index=True),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("low", sa.Integer, nullable=False),
        sa.Column("high", sa.Integer, nullable=False),
        sa.Column("event", sa.LargeBinary, nullable=False),
        sa.Column("strand", sa.String(32), nullable=False),
        sa.Column("incident", sa.String(32), nullable=False, index=True),
        sa.Index("reports_by_day", "act", "low"),
    )
    op.create_table(
        "families",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("copies", sa.Integer, nullable=False),
        sa.Column("best", sa.Text, nullable=False),
        sa.Column("origin", sa.Text),
        sa.Column("first", sa.Integer, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
    )
    op.create_table(
        "incidents",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("low", sa.Integer, nullable=False),
        sa.Column("high", sa.Integer, nullable=False, index=True),
        sa.Column("row", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "dyads",
        sa.Column("one", sa.Text, primary_key=True),
        sa.Column("other", sa.Text, primary_key=True),
        sa.Column("high", sa.Integer, primary_key=True),
        sa.Column("incident", sa.String(32), primary_key=True, index=True),
        sqlite_with_rowid=False,
    )
    op.create_table("stale", sa.Column("block", sa.Text, primary_key=True))


def downgrade() -> None:
    """Drop them."""
    for name in ("stale", "dyads", "incidents", "families", "reports", "copy_keys", "documents"):
        op.drop_table(name)
