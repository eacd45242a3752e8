"""Settings under which tests run: quick passwords, open forms, no brake."""

from __future__ import annotations

from typing import Any

TEST_SETTINGS: dict[str, Any] = {
    "TESTING": True,
    # An error becomes its page, as it does for people.
    "PROPAGATE_EXCEPTIONS": False,
    "SECRET_KEY": "a key for tests",
    "SESSION_COOKIE_SECURE": False,
    "WTF_CSRF_ENABLED": False,
    "RATELIMIT_ENABLED": False,
    "PASSWORD_COST": {"time_cost": 1, "memory_cost": 8, "parallelism": 1},
    "LETTER_SECONDS": 0.0,
}
