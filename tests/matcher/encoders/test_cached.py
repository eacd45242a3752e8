"""Vectors are kept by what was said."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from matcher.encoders import CachedEncoder, FileStore, MemoryStore, VectorStore, text_key
from matcher.encoders.cached import PORTION


class Lengths:
    """An encoder of a kind: the length of a text, and how often it was asked."""

    name = "lengths"
    n_dimensions = 2
    language_means: Mapping[str, NDArray[np.float32]] = {}

    def __init__(self, version: str = "1") -> None:
        self.version = version
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        return np.array([[len(text), 1.0] for text in texts], dtype=np.float32)


@pytest.fixture(params=["memory", "file"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> VectorStore:
    return MemoryStore() if request.param == "memory" else FileStore(tmp_path / "a" / "v.db")


def test_a_text_is_read_once_for_ever(store: VectorStore) -> None:
    first, second = Lengths(), Lengths()
    rows = CachedEncoder(first, store).encode(["ab", "abc", "ab"])
    assert rows.tolist() == [[2, 1], [3, 1], [2, 1]]
    assert rows.dtype == np.float32
    assert first.asked == ["ab", "abc"]
    again = CachedEncoder(second, store)
    assert again.encode(["abc", "abcd", "ab\x00"]).tolist() == [[3, 1], [4, 1], [2, 1]]
    assert (second.asked, again.n_made) == (["abcd"], 1)


def test_another_version_reads_anew(store: VectorStore) -> None:
    CachedEncoder(Lengths("1"), store).encode(["ab"])
    newer = Lengths("2")
    CachedEncoder(newer, store).encode(["ab"])
    assert newer.asked == ["ab"]
    assert text_key(Lengths("1"), "ab") != text_key(newer, "ab")
    assert text_key(newer, "ﬁlm") == text_key(newer, "film")


def test_no_text_gives_no_row(store: VectorStore) -> None:
    assert CachedEncoder(Lengths(), store).encode([]).shape == (0, 2)


def test_more_texts_than_one_question_holds(store: VectorStore) -> None:
    texts = ["x" * n for n in range(1, 1_200)]
    CachedEncoder(Lengths(), store).encode(texts)
    idle = Lengths()
    rows = CachedEncoder(idle, store).encode(texts)
    assert idle.asked == []
    assert rows[:, 0].tolist() == list(range(1, 1_200))


def test_it_says_how_far_it_is_and_what_was_made_is_kept_when_somebody_stops_it() -> None:
    told: list[tuple[int, int]] = []

    def stop_at_the_second(done: int, total: int) -> None:
        told.append((done, total))
        if len(told) == 2:
            raise KeyboardInterrupt

    store, texts = MemoryStore(), ["x" * n for n in range(1, 3 * PORTION)]
    with pytest.raises(KeyboardInterrupt):
        CachedEncoder(Lengths(), store, stop_at_the_second).encode(texts)
    assert told == [(PORTION, len(texts)), (2 * PORTION, len(texts))]
    rest = Lengths()
    CachedEncoder(rest, store).encode(texts)
    assert rest.asked == texts[2 * PORTION :]


@pytest.mark.parametrize("content", [b"no database at all" * 200, b""])
def test_a_broken_file_is_done_without(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "v.db"
    path.write_bytes(content)
    for _ in range(2):
        assert CachedEncoder(Lengths(), FileStore(path)).encode(["ab"]).tolist() == [[2, 1]]


def test_a_folder_that_cannot_be_made_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    store = FileStore(tmp_path / "file" / "v.db")
    assert CachedEncoder(Lengths(), store).encode(["ab"]).tolist() == [[2, 1]]
    assert store.read(["x"]) == {}


def test_a_row_of_another_size_is_made_anew() -> None:
    encoder, store = Lengths(), MemoryStore()
    store.write({text_key(encoder, "ab"): b"\x00" * 12})
    assert CachedEncoder(encoder, store).encode(["ab"]).tolist() == [[2, 1]]


def test_the_file_holds_no_texts_and_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "v.db"
    CachedEncoder(Lengths(), FileStore(path)).encode(["a secret"])
    assert b"secret" not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


def test_a_copied_model_has_the_same_memory() -> None:
    encoder = CachedEncoder(Lengths(), MemoryStore())
    assert copy.deepcopy(encoder) is encoder
