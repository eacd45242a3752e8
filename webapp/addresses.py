"""Addresses: a number in one names a row, and no row has more than a database counts."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter

from webapp import limits


class RowNumber(IntegerConverter):
    """A whole number that a row can have; with any other there is no such page."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("max", limits.LAST_ROW)
        super().__init__(*args, **options)


def init_app(app: Flask) -> None:
    """Let every ``<int:…>`` of an address be a row's number."""
    app.url_map.converters["int"] = RowNumber
