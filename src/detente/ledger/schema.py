"""The tables of a ledger. Changed only together with a new file in `migrations/versions`.

`documents` and `reports` are facts about texts and only ever grow. All else is derived from them:
`families`, `incidents` and `dyads` can be made anew at any time (`rebuild`). `stale` holds the
blocks whose incidents are still to be derived: a run that was broken off is taken up there.
"""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()
# SQLite numbers rows by itself only in a column of exactly this type.
_Number = sa.BigInteger().with_variant(sa.Integer, "sqlite")

# `content` is the document as given and `coding` what the coder made of it, both packed; text may
# hold what a database's own text type refuses. Days are proleptic ordinals, 0 for unknown.
documents = sa.Table(
    "documents",
    metadata,
    sa.Column("number", _Number, primary_key=True, autoincrement=True),
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

# Where a document looks for its copies.
copy_keys = sa.Table(
    "copy_keys",
    metadata,
    sa.Column("hash", sa.BigInteger, primary_key=True),
    sa.Column("document", sa.BigInteger, primary_key=True),
    sqlite_with_rowid=False,
)

# One event of one document. `strand` is what it tells among reports of its block, `incident` the
# happening that the strand is of; empty until derived. `stated` bounds: 0 where no day is stated.
reports = sa.Table(
    "reports",
    metadata,
    sa.Column("number", _Number, primary_key=True, autoincrement=True),
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

families = sa.Table(
    "families",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("copies", sa.Integer, nullable=False),
    sa.Column("best", sa.Text, nullable=False),
    sa.Column("origin", sa.Text),
    sa.Column("first", sa.Integer, nullable=False),
    sa.Column("last", sa.Integer, nullable=False),
)

# `row` is the incident as `summary` makes it, without its reports.
incidents = sa.Table(
    "incidents",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("act", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("low", sa.Integer, nullable=False),
    sa.Column("high", sa.Integer, nullable=False, index=True),
    sa.Column("row", sa.LargeBinary, nullable=False),
)

# The pairs of countries between whom an incident is, each in alphabetical order.
dyads = sa.Table(
    "dyads",
    metadata,
    sa.Column("one", sa.Text, primary_key=True),
    sa.Column("other", sa.Text, primary_key=True),
    sa.Column("high", sa.Integer, primary_key=True),
    sa.Column("incident", sa.String(32), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

stale = sa.Table("stale", metadata, sa.Column("block", sa.Text, primary_key=True))
