"""A pool in which one profile changes and only its own pairs are compared again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.affinity import AffinityModel
from matcher.channels.pool import PoolTexts, SideTexts
from matcher.features import PairFeatures, pair_features
from matcher.items import mentor_items, project_items
from matcher.profiles import MentorProfile, ProjectProfile


@dataclass(frozen=True)
class LivePool:
    """A pool that has been compared once, ready for changes.

    What was learned from the pool (how rare words are, what the texts of a
    language share) stays as it was: one profile hardly moves it. Compare all
    anew from time to time, and always before a plan is made.

    Attributes
    ----------
    model : AffinityModel
        Fitted.
    projects, mentors : tuple of profiles
    texts : PoolTexts
    features : PairFeatures
        Of all pairs.

    Examples
    --------
    >>> film = ProjectProfile(id="p1", difficulties="I cannot find the ending in the edit")
    >>> pool = LivePool.of(AffinityModel(), [film], [MentorProfile(id="m1", bio="Lawyer.")])
    >>> later = pool.with_mentor(MentorProfile(id="m1", bio="Editor, looks for endings."))
    >>> bool(later.affinity()[0, 0] > pool.affinity()[0, 0])
    True
    """

    model: AffinityModel
    projects: tuple[ProjectProfile, ...]
    mentors: tuple[MentorProfile, ...]
    texts: PoolTexts
    features: PairFeatures

    @classmethod
    def of(
        cls,
        model: AffinityModel,
        projects: Sequence[ProjectProfile],
        mentors: Sequence[MentorProfile],
    ) -> LivePool:
        """Fit a model on a pool and compare all its pairs."""
        texts = model.fit_texts(projects, mentors)
        features = pair_features(projects, mentors, texts, model.characters_, model.used_neutral())
        return cls(model, tuple(projects), tuple(mentors), texts, features)

    def affinity(self) -> NDArray[np.float64]:
        """Give the fit of all pairs (n_projects, n_mentors), in 0..1."""
        return self.model.affinity(self.features)

    def with_project(self, project: ProjectProfile) -> LivePool:
        """Give the pool with a project changed, or added where its id is new."""
        row = _place_of(project.id, [each.id for each in self.projects])
        projects = (*self.projects[:row], project, *self.projects[row + 1 :])
        read = SideTexts.read([project_items(project)], self.model.channels_, "project")
        fresh = self._compared([project], self.mentors, PoolTexts(read, self.texts.mentors))
        return replace(
            self,
            projects=projects,
            texts=PoolTexts(self.texts.projects.with_one(row, read), self.texts.mentors),
            features=_spliced(self.features, fresh, row, axis=0),
        )

    def with_mentor(self, mentor: MentorProfile) -> LivePool:
        """Give the pool with a mentor changed, or added where their id is new."""
        column = _place_of(mentor.id, [each.id for each in self.mentors])
        mentors = (*self.mentors[:column], mentor, *self.mentors[column + 1 :])
        read = SideTexts.read([mentor_items(mentor)], self.model.channels_, "mentor")
        fresh = self._compared(self.projects, [mentor], PoolTexts(self.texts.projects, read))
        return replace(
            self,
            mentors=mentors,
            texts=PoolTexts(self.texts.projects, self.texts.mentors.with_one(column, read)),
            features=_spliced(self.features, fresh, column, axis=1),
        )

    def _compared(
        self,
        projects: Sequence[ProjectProfile],
        mentors: Sequence[MentorProfile],
        texts: PoolTexts,
    ) -> PairFeatures:
        model = self.model
        return pair_features(projects, mentors, texts, model.characters_, model.used_neutral())


def _place_of(one: str, ids: Sequence[str]) -> int:
    """Give where an id stands, else one past the last."""
    return ids.index(one) if one in ids else len(ids)


def _spliced(features: PairFeatures, fresh: PairFeatures, place: int, *, axis: int) -> PairFeatures:
    def spliced(mine: NDArray[np.generic], its: NDArray[np.generic]) -> NDArray[np.generic]:
        before, rest = np.split(mine, [place], axis=axis)
        after = np.delete(rest, 0, axis=axis) if rest.shape[axis] else rest
        return np.concatenate([before, its, after], axis=axis)

    return PairFeatures(
        features.names,
        spliced(features.values, fresh.values),  # type: ignore[arg-type]
        spliced(features.known, fresh.known),  # type: ignore[arg-type]
    )
