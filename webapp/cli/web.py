"""What the web server serves: the application on this start's instance folder."""

from __future__ import annotations

from webapp import create_app
from webapp.cli import instance

app = create_app(instance=instance.folder())
