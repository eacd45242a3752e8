"""What a sentence for an error is: words with parameters, or a function of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import LazyString

Sentence = LazyString | Callable[[Mapping[str, Any]], str]
