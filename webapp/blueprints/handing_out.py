"""Handing a stored file out: saved by the browser, never shown in it."""

from __future__ import annotations

from pathlib import Path

from flask import Response, current_app, send_file

from webapp.errors import NotFound
from webapp.models import Upload


def hand_out(upload: Upload) -> Response:
    """Give a file as an attachment, whatever its content says it is."""
    path = Path(current_app.config["UPLOAD_FOLDER"]) / upload.stored_name
    if not path.is_file():
        raise NotFound("no_such_file")
    response = send_file(
        path.resolve(),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=upload.file_name,
        conditional=False,
        max_age=0,
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response
