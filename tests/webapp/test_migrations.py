"""The migrations: what they build is what the models say, and they can go back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from webapp import migrations
from webapp.db import Sessions, make_engine
from webapp.enums import ProgramRole
from webapp.models import Base, Program, ProgramMember, User


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = make_engine(f"sqlite:///{tmp_path / 'lab.db'}")
    yield engine
    engine.dispose()


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names())


def schema(engine: Engine) -> dict[str, str]:
    with engine.connect() as connection:
        rows = connection.execute(
            text("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
        )
        return {name: " ".join(sql.split()) for name, sql in rows}


def test_an_upgraded_empty_database_is_what_the_models_say(engine: Engine) -> None:
    migrations.upgrade(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_partial_indexes_are_the_models_own(engine: Engine, tmp_path: Path) -> None:
    # Alembic's comparison does not look at an index's WHERE.
    migrations.upgrade(engine)
    straight = make_engine(f"sqlite:///{tmp_path / 'straight.db'}")
    Base.metadata.create_all(straight)
    assert schema(engine) == schema(straight)
    straight.dispose()


def test_back_to_nothing_and_up_again(engine: Engine) -> None:
    migrations.upgrade(engine)
    migrations.downgrade(engine)
    assert tables(engine) == {"alembic_version"}
    migrations.upgrade(engine)
    assert tables(engine) == {*Base.metadata.tables, "alembic_version"}


def test_a_second_upgrade_changes_nothing_and_keeps_the_rows(engine: Engine) -> None:
    migrations.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO program (name, created_at, version) VALUES ('Kör', '2026-01-01', 1)")
        )
    migrations.upgrade(engine)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT name FROM program")).scalars().all() == ["Kör"]


def test_a_broken_reference_stops_a_migration_and_foreign_keys_come_back(engine: Engine) -> None:
    migrations.upgrade(engine)
    raw = engine.raw_connection()
    raw.cursor().execute("PRAGMA foreign_keys = OFF")
    raw.cursor().execute(
        "INSERT INTO program_member (program_id, user_id, role, joined_at) "
        "VALUES (7, 7, 'owner', '2026-01-01')"
    )
    raw.close()
    with pytest.raises(RuntimeError, match="'program_member' points at a missing row"):
        migrations.upgrade(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


SECOND = """
import sqlalchemy as sa
from alembic import op

revision = "next"
down_revision = "0003"


def upgrade():
    with op.batch_alter_table("program", recreate="always") as batch:
        batch.add_column(sa.Column("motto", sa.String(200), nullable=True))
"""


def test_rebuilding_a_parent_table_keeps_its_children(engine: Engine, tmp_path: Path) -> None:
    migrations.upgrade(engine)
    with Sessions(engine).writing() as session:
        owner = User(name="Aigerim", stamp="x")
        program = Program(name="Kör", members=[])
        program.members.append(ProgramMember(user=owner, role=ProgramRole.OWNER))
        session.add(program)
    scripts = tmp_path / "scripts"
    shutil.copytree(migrations.HERE, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "next.py").write_text(SECOND, encoding="utf-8")
    config = migrations.configuration(engine)
    config.set_main_option("script_location", str(scripts))
    command.upgrade(config, "head")
    assert "motto" in {column["name"] for column in inspect(engine).get_columns("program")}
    with engine.connect() as connection:
        assert connection.execute(text("SELECT role FROM program_member")).scalars().all() == [
            "owner"
        ]


def test_vectors_come_and_go_and_everything_else_stays(engine: Engine) -> None:
    migrations.upgrade(engine, "0001")
    before = tables(engine)
    assert "text_vector" not in before
    with Sessions(engine).writing() as session:
        session.add(Program(name="Kör", members=[]))
    migrations.upgrade(engine, "0002")
    assert tables(engine) == before | {"text_vector"}
    migrations.downgrade(engine, "0001")
    assert tables(engine) == before
    with engine.connect() as connection:
        assert connection.execute(text("SELECT name FROM program")).scalars().all() == ["Kör"]
