"""Vectors kept by what was said, so that no text is read twice.

A key is a hash of the encoder and the text; texts themselves are not kept.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Protocol

import numpy as np

from matcher.encoders.encoder import Encoder, Floats, readable

# So many vectors are kept at a time: what is made is not lost when work stops.
PORTION = 16
_KEYS_AT_ONCE = 500


class VectorStore(Protocol):
    """A place for vectors: four bytes little-endian for each number."""

    def read(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        """Give the vectors of those keys that are known."""

    def write(self, vectors: Mapping[str, bytes]) -> None:
        """Keep vectors."""


def text_key(encoder: Encoder, text: str) -> str:
    """Give the key of a text's vector, 64 signs: what is read alike has the same.

    Parameters
    ----------
    encoder : Encoder
        Its name and version count.
    text : str
        As written, or readable already.
    """
    said = f"{encoder.name}\n{encoder.version}\n{readable(text)}"
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()


class CachedEncoder:
    """An encoder that remembers.

    Parameters
    ----------
    encoder : Encoder
    store : VectorStore
        Where vectors are kept between two calls.
    report : callable, optional
        Told (n_done, n_total) of the texts that were new, after every few; what
        it raises ends the work, and what was made so far is kept.
    portion : int
        So many texts are read, kept and told of at a time.

    Examples
    --------
    >>> class Lengths:
    ...     name, version, n_dimensions, language_means = "lengths", "1", 2, {}
    ...     def encode(self, texts):
    ...         return np.array([[len(text), 0] for text in texts], dtype=np.float32)
    >>> encoder = CachedEncoder(Lengths(), MemoryStore())
    >>> encoder.encode(["film", "noir", "film"])[:, 0].tolist(), encoder.n_made
    ([4.0, 4.0, 4.0], 2)
    """

    def __init__(
        self,
        encoder: Encoder,
        store: VectorStore,
        report: Callable[[int, int], object] | None = None,
        *,
        portion: int = PORTION,
    ) -> None:
        self.encoder = encoder
        self.store = store
        self.report = report
        self.portion = portion
        self.n_made = 0

    def __deepcopy__(self, _memo: object) -> CachedEncoder:
        """Give itself: a copied model has the same memory."""
        return self

    @property
    def name(self) -> str:
        """The encoder's own."""
        return self.encoder.name

    @property
    def version(self) -> str:
        """The encoder's own."""
        return self.encoder.version

    @property
    def n_dimensions(self) -> int:
        """The encoder's own."""
        return self.encoder.n_dimensions

    @property
    def language_means(self) -> Mapping[str, Floats]:
        """The encoder's own."""
        return self.encoder.language_means

    def encode(self, texts: Sequence[str]) -> Floats:
        """Give a row for each text; only what was never read is read."""
        keys = [text_key(self.encoder, text) for text in texts]
        known = {
            key: row
            for key, row in self.store.read(list(dict.fromkeys(keys))).items()
            if len(row) == 4 * self.n_dimensions
        }
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        for made in self._made(missing):
            known.update(made)
        if not keys:
            return np.zeros((0, self.n_dimensions), dtype=np.float32)
        return np.stack([np.frombuffer(known[key], dtype="<f4") for key in keys])

    def _made(self, missing: Mapping[str, str]) -> Iterable[dict[str, bytes]]:
        wanted = list(missing)
        for start in range(0, len(wanted), self.portion):
            keys = wanted[start : start + self.portion]
            rows = self.encoder.encode([missing[key] for key in keys])
            made = {key: row.astype("<f4").tobytes() for key, row in zip(keys, rows, strict=True)}
            self.store.write(made)
            self.n_made += len(made)
            if self.report is not None:
                self.report(start + len(keys), len(wanted))
            yield made


class MemoryStore:
    """Vectors for as long as the process lives."""

    def __init__(self) -> None:
        self._vectors: dict[str, bytes] = {}

    def read(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        """Give the vectors of those keys that are known."""
        return {key: self._vectors[key] for key in keys if key in self._vectors}

    def write(self, vectors: Mapping[str, bytes]) -> None:
        """Keep vectors."""
        self._vectors.update(vectors)


class FileStore:
    """Vectors in a small database of the command line's own.

    A file that cannot be read or written is done without: vectors are then
    made again each time.

    Parameters
    ----------
    path : Path, optional
        By default ``vectors.db`` in the user's cache folder, for nobody else to read.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or _cache_folder() / "vectors.db"

    def read(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        """Give the vectors of those keys that are known."""
        found: dict[str, bytes] = {}
        if not self.path.exists():
            return found
        try:
            with closing(self._open()) as file:
                for start in range(0, len(keys), _KEYS_AT_ONCE):
                    some = keys[start : start + _KEYS_AT_ONCE]
                    marks = ",".join("?" * len(some))
                    question = f"SELECT key, vector FROM vector WHERE key IN ({marks})"
                    found.update(file.execute(question, some))
        except (sqlite3.Error, OSError):
            return {}
        return found

    def write(self, vectors: Mapping[str, bytes]) -> None:
        """Keep vectors."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            if not self.path.exists():
                os.close(os.open(self.path, os.O_CREAT | os.O_WRONLY, 0o600))
            with closing(self._open()) as file, file:
                file.execute(
                    "CREATE TABLE IF NOT EXISTS vector (key TEXT PRIMARY KEY, vector BLOB)"
                )
                file.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?)", vectors.items())
        except (sqlite3.Error, OSError):
            return

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path, timeout=5.0)


def _cache_folder() -> Path:
    own = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(own) if own else Path.home() / ".cache") / "campfire"
