"""What travels: pages made small, and files that never change under their address."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from flask import Flask
from flask_compress import Compress
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

YEAR = 31_536_000


def init_app(app: Flask) -> None:
    """Make pages small on their way; let browsers keep static files for a year."""
    Compress(app)
    folder = Path(app.static_folder or "")
    marks: dict[str, str] = {}

    @app.url_defaults
    def mark_version(endpoint: str, values: dict[str, Any]) -> None:
        # The address changes when the file does.
        name = values.get("filename", "")
        if endpoint == "static" and (folder / name).is_file():
            if name not in marks or app.debug:
                marks[name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()[:12]
            values.setdefault("v", marks[name])

    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=folder,
        prefix="static/",
        max_age=0 if app.debug else YEAR,
        autorefresh=app.debug,
    )
    if n_proxies := app.config["PROXIES"]:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=n_proxies, x_proto=n_proxies, x_host=n_proxies
        )
