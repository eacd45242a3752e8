"""What is to be beaten: scikit-learn's TF-IDF as it comes out of the box."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from matcher.profiles import MENTOR_TEXTS, PROJECT_TEXTS, MentorProfile, ProjectProfile


def plain_overlap(
    projects: Sequence[ProjectProfile], mentors: Sequence[MentorProfile]
) -> NDArray[np.float64]:
    """Give the cosine of each pair's joined texts under ``TfidfVectorizer()``.

    Parameters
    ----------
    projects, mentors : sequences of profiles

    Returns
    -------
    float array (n_projects, n_mentors)
        In 0..1; all 0 where nobody wrote a word.

    Examples
    --------
    >>> film = ProjectProfile(id="p1", difficulties="the ending does not land")
    >>> plain_overlap([film], [MentorProfile(id="m1", bio="Endings.")]).tolist()
    [[0.0]]
    """
    ours, theirs = [project_text(one) for one in projects], [mentor_text(one) for one in mentors]
    vectorizer = TfidfVectorizer()
    try:
        rows = vectorizer.fit_transform(ours + theirs)
    except ValueError:  # no words at all
        return np.zeros((len(ours), len(theirs)))
    cosine: NDArray[np.float64] = (rows[: len(ours)] @ rows[len(ours) :].T).toarray()
    return cosine


def project_text(project: ProjectProfile) -> str:
    """Give everything a project says, joined."""
    texts = [str(getattr(project, field)) for field in PROJECT_TEXTS]
    return "\n".join(text for text in (*texts, *(need.text for need in project.needs)) if text)


def mentor_text(mentor: MentorProfile) -> str:
    """Give everything a mentor says, joined."""
    texts = [str(getattr(mentor, field)) for field in MENTOR_TEXTS]
    terms = [term.text for term in (*mentor.offers, *mentor.expertise)]
    return "\n".join(text for text in (*texts, *mentor.credits, *terms) if text)
