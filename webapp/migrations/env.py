"""How a migration runs: one transaction, foreign keys off on SQLite, then checked.

On SQLite a changed table is copied, dropped and renamed. With foreign keys on,
dropping a parent fails or empties its children, and the switch does nothing
inside a transaction: so it is thrown on the raw connection, before the
transaction begins, and every key is checked before it ends.
"""

from __future__ import annotations

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, Engine

from webapp.models import Base, UTCDateTime


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write our own types as the plain ones the database sees."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, sa.Enum):
        # Text to the database: a new state needs no migration.
        return f"sa.String(length={item.length})"
    return False


def switch_foreign_keys(connection: Connection, word: str) -> None:
    """Turn SQLite's foreign keys ON or OFF, outside any transaction."""
    raw = connection.connection.dbapi_connection
    assert raw is not None
    cursor = raw.cursor()
    cursor.execute(f"PRAGMA foreign_keys = {word}")
    cursor.close()


def check_foreign_keys(connection: Connection) -> None:
    """Refuse a migration that leaves a row pointing at nothing."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        table, row, parent, _ = broken[0]
        raise RuntimeError(
            f"The migration would leave {len(broken)} broken reference(s), first: "
            f"row {row} of {table!r} points at a missing row of {parent!r}. Nothing was changed."
        )


def migrate(connection: Connection) -> None:
    """Run the migrations that are asked for, all or none."""
    is_sqlite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_item=render_item,
        render_as_batch=is_sqlite,
        transactional_ddl=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
        if is_sqlite:
            check_foreign_keys(connection)


def run() -> None:
    """Open the engine that was handed over, to write."""
    engine: Engine = context.config.attributes["engine"]
    with engine.execution_options(campfire_write=True).connect() as connection:
        if connection.dialect.name != "sqlite":
            migrate(connection)
            return
        switch_foreign_keys(connection, "OFF")
        try:
            migrate(connection)
        finally:
            switch_foreign_keys(connection, "ON")


run()
