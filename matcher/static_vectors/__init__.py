"""Words of many languages as points: near each other when they mean alike.

A table of word pieces (``vectors.npz`` beside this file), distilled from a
multilingual sentence encoder, gives each text a vector without running the
encoder: a lookup and a sum. Where the table comes from, what it was made from
and under which licences: ``docs/vectors.md`` and ``LICENSE.txt`` here; how to
make it again: ``tools/static_vectors``.
"""

from matcher.static_vectors.segmentation import Segmenter
from matcher.static_vectors.table import VectorTable, read_table
from matcher.static_vectors.transformer import StaticVectors

__all__ = ["Segmenter", "StaticVectors", "VectorTable", "read_table"]
