"""What a run keeps of all its pairs, so that unchosen ones can be asked about later."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.certainty import affinity_word

__all__ = ["KeptPairs", "affinity_word", "pack_pairs", "unpack_affinity", "unpack_pairs"]


@dataclass(frozen=True)
class KeptPairs:
    """All pairs of a run: rows are its projects, columns its mentors.

    Attributes
    ----------
    names : tuple of str
        The features.
    values : float array (n_projects, n_mentors, n_features)
        In 0..1.
    known : bool array (n_projects, n_mentors, n_features)
    affinity : float array (n_projects, n_mentors)
        In 0..1.
    known_share : float array (n_projects, n_mentors)
        The part of the weights that was known, in 0..1.
    """

    names: tuple[str, ...]
    values: NDArray[np.float64]
    known: NDArray[np.bool_]
    affinity: NDArray[np.float64]
    known_share: NDArray[np.float64]


def pack_pairs(pairs: KeptPairs) -> bytes:
    """Compress all pairs; numbers keep seven digits."""
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        names=np.array(pairs.names),
        values=pairs.values.astype(np.float32),
        known=np.packbits(pairs.known),
        affinity=pairs.affinity.astype(np.float32),
        known_share=pairs.known_share.astype(np.float32),
    )
    return buffer.getvalue()


def unpack_affinity(packed: bytes) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give affinity and known share alone: a page that shows no features waits for none."""
    with np.load(io.BytesIO(packed), allow_pickle=False) as stored:
        return (
            np.nan_to_num(stored["affinity"].astype(np.float64)),
            stored["known_share"].astype(np.float64),
        )


def unpack_pairs(packed: bytes) -> KeptPairs:
    """Give back what :func:`pack_pairs` kept."""
    with np.load(io.BytesIO(packed), allow_pickle=False) as stored:
        values = stored["values"].astype(np.float64)
        known = np.unpackbits(stored["known"], count=values.size).astype(bool)
        return KeptPairs(
            names=tuple(str(name) for name in stored["names"]),
            values=values,
            known=known.reshape(values.shape),
            affinity=stored["affinity"].astype(np.float64),
            known_share=stored["known_share"].astype(np.float64),
        )
