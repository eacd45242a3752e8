"""The database's history, applied from Python: no configuration file to find."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

HERE = Path(__file__).parent


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring a database, empty or old, to a revision; the newest by default."""
    command.upgrade(configuration(engine), revision)


def downgrade(engine: Engine, revision: str = "base") -> None:
    """Take a database back to an earlier revision; empty by default."""
    command.downgrade(configuration(engine), revision)


def configuration(engine: Engine) -> Config:
    """Give Alembic's settings for one engine (an application's own object)."""
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.attributes["engine"] = engine
    return config
