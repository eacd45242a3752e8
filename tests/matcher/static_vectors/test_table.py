from __future__ import annotations

from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from matcher.folding import fold
from matcher.static_vectors import StaticVectors, VectorTable, read_table
from matcher.vocabulary import LANGUAGES


def test_the_file_is_small_and_of_one_shape() -> None:
    file = resources.files("matcher.static_vectors").joinpath("vectors.npz")
    with resources.as_file(file) as path:
        assert path.stat().st_size <= 15_000_000
    table = read_table()
    n_pieces = len(table.pieces)
    assert table.languages == LANGUAGES
    assert table.vectors.shape == (n_pieces, table.n_dimensions)
    assert table.language_scores.shape == (n_pieces, len(LANGUAGES))
    assert table.means.shape == (len(LANGUAGES), table.n_dimensions)
    assert table.scores.shape == table.scales.shape == (n_pieces,)


def test_all_pieces_are_folded_and_stand_once() -> None:
    pieces = read_table().pieces
    assert len(set(pieces)) == len(pieces)
    assert [
        piece for piece in pieces if fold(piece.removeprefix("▁")) != piece.removeprefix("▁")
    ] == []


def test_common_words_weigh_less_than_telling_ones() -> None:
    table = read_table()
    weight = np.linalg.norm(table.vectors.astype(np.float32), axis=1) * table.scales
    of = dict(zip(table.pieces, weight.tolist(), strict=True))
    assert max(of["▁the"], of["▁и"], of["▁and"]) < 0.3 * min(of["▁film"], of["▁монтаж"])


def test_a_word_said_often_counts_a_little_more() -> None:
    table = read_table()
    once, often = (table.weighed_pieces(text) for text in ("film", "film film film"))
    assert list(once.values()) == [1.0]
    assert list(often.values()) == pytest.approx([1 + np.log(3)])


def test_another_table_can_be_used(tmp_path: Path) -> None:
    path = tmp_path / "small.npz"
    np.savez(
        path,
        pieces=np.frombuffer("▁film\n▁sound".encode(), np.uint8),
        scores=np.array([-1.0, -2.0], np.float16),
        vectors=np.array([[127, 0], [0, 127]], np.int8),
        scales=np.array([1.0, 0.5], np.float16),
        languages=np.frombuffer(b"en\nru", np.uint8),
        language_scores=np.array([[10, -10], [10, -10]], np.int8),
        language_step=np.float32(0.1),
        means=np.zeros((2, 2), np.float32),
    )
    assert isinstance(read_table(path), VectorTable)
    rows = StaticVectors(path=path).transform(["film", "sound", "sound film", "неизвестно"])
    wanted = np.array([[1, 0], [0, 1], [2, 1] / np.sqrt(5), [0, 0]])
    assert np.allclose(rows, wanted, atol=1e-6)
    assert StaticVectors(path=path).languages_of(["film"]) == ["en"]
