"""Any model that the library ``sentence-transformers`` reads, from a folder or a hub."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from matcher.encoders.encoder import Floats, readable, unit_or_zero

_BATCH = 16


class SentenceTransformersEncoder:
    """A model of one's own: a folder on this machine, or a hub's name for it.

    The library (with torch, 1.5 GB) is not installed by Campfire. A folder is
    read offline; a name is looked up in the library's own cache first, then
    fetched by it.

    Parameters
    ----------
    model : str
        A folder, or a name such as ``intfloat/multilingual-e5-base``.

    Examples
    --------
    >>> SentenceTransformersEncoder("models/labse").name
    'labse'
    """

    def __init__(self, model: str) -> None:
        self.model = model
        # Nothing is known of it: the pool alone tells what its languages share.
        self.language_means: Mapping[str, Floats] = {}
        self._loaded: Any = None

    @property
    def name(self) -> str:
        """A folder's own name, or the hub's."""
        return Path(self.model).name if Path(self.model).is_dir() else self.model.split("/")[-1]

    def __deepcopy__(self, _memo: object) -> SentenceTransformersEncoder:
        """Give itself: a copied model has the same weights."""
        return self

    @cached_property
    def version(self) -> str:
        """The model's place and date, and the library's version."""
        folder = Path(self.model)
        dated = [each.stat().st_mtime_ns for each in folder.glob("*") if each.is_file()]
        place = f"{folder.resolve()} {max(dated, default=0)}" if folder.is_dir() else self.model
        return f"{place} {version('sentence-transformers')}"

    @property
    def n_dimensions(self) -> int:
        """How many numbers a vector has; loads the model."""
        return int(self._model().get_sentence_embedding_dimension())

    def encode(self, texts: Sequence[str]) -> Floats:
        """Give a row for each text (n_texts, n_dimensions), of length 1 or 0.

        Raises
        ------
        ImportError, OSError, RuntimeError, ValueError
            Where the library is not installed, or it cannot load the model.
        """
        model = self._model()
        shown = [readable(text) for text in texts]
        said = [f"{self.prefix}{text}" for text in shown if text]
        rows = np.zeros((len(texts), self.n_dimensions), dtype=np.float32)
        if said:
            found = model.encode(said, batch_size=_BATCH, show_progress_bar=False)
            rows[[bool(text) for text in shown]] = np.asarray(found, dtype=np.float32)
        return unit_or_zero(rows)

    @property
    def prefix(self) -> str:
        """What a text begins with: the family e5 learned with the word *query* before it.

        Both sides get the same one, since a mentor answers a need as much as a
        need asks for a mentor.
        """
        parts = self.name.casefold().replace("_", "-").split("-")
        is_instructed = "instruct" in parts  # takes sentences as they are, or a task
        return "query: " if "e5" in parts and not is_instructed else ""

    def _model(self) -> Any:
        if self._loaded is None:
            os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
            from sentence_transformers import SentenceTransformer  # noqa: PLC0415

            self._loaded = SentenceTransformer(self.model, device="cpu")
        return self._loaded


def sentence_transformers_is_here() -> bool:
    """Tell whether the library is installed, without loading it."""
    return find_spec("sentence_transformers") is not None
