"""Plain TF-IDF of everything that both sides say."""

from __future__ import annotations

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from matcher.evaluation import plain_overlap
from matcher.profiles import MentorProfile, ProjectProfile, Term

FILM = ProjectProfile(id="p", title="Salt", difficulties="ending", needs=(Term("editing"),))
EDITOR = MentorProfile(id="m", bio="Cuts.", credits=("Salt Road",), offers=(Term("the ending"),))
COOK = MentorProfile(id="n", bio="Cooks.", expertise=(Term("soup"),))


def test_all_their_words_are_joined() -> None:
    rows = TfidfVectorizer().fit_transform(
        ["Salt ending editing", "Cuts Salt Road the ending", "Cooks soup"]
    )
    wanted = (rows[:1] @ rows[1:].T).toarray()
    np.testing.assert_allclose(plain_overlap([FILM], [EDITOR, COOK]), wanted)
    assert wanted[0, 0] > wanted[0, 1] == 0.0


def test_no_words_are_no_overlap() -> None:
    assert plain_overlap([ProjectProfile(id="p")], [MentorProfile(id="m")]).tolist() == [[0.0]]
    assert plain_overlap([], []).shape == (0, 0)
