"""What an organizer said yes and no to, as the features saw those pairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matcher.feature_names import FEATURE_NAMES, LIFTING, OPTIONAL, TEXT_CHANNELS
from matcher.features import PairFeatures
from matcher.mixing import mixed
from matcher.weights import DEFAULT_NEUTRAL, checked_weights

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Decisions:
    """Pairs that an organizer decided about, one a row.

    Nothing of who the people are is in here: of a pair only
    :data:`matcher.FEATURE_NAMES <matcher.features.FEATURE_NAMES>` are known,
    and of its project a number that only keeps one project's pairs together.

    Attributes
    ----------
    names : tuple of str
        One for each feature.
    values : float array (n_decisions, n_features)
        In 0..1. Where a feature is not known, its value says nothing.
    known : bool array (n_decisions, n_features)
    said_yes : bool array (n_decisions,)
        Whether the organizer wanted the pair; False for one set aside, passed
        over, or not to be put together.
    projects : int array (n_decisions,)
        Equal where two decisions are about the same project.

    Raises
    ------
    MatcherError
        For a name that is no feature.
    ValueError
        Where the arrays do not fit together, or a known value is outside 0..1.

    Examples
    --------
    >>> two = Decisions.of(("needs", "genre"), [[0.9, 0.1], [0.2, 0.8]], [True, False], [1, 1])
    >>> len(two), two.n_yes
    (2, 1)
    """

    names: tuple[str, ...]
    values: Floats
    known: NDArray[np.bool_]
    said_yes: NDArray[np.bool_]
    projects: NDArray[np.int64]

    def __post_init__(self) -> None:
        """Hold the arrays to one shape, and the names to those of the features."""
        checked_weights(dict.fromkeys(self.names, 1.0))
        shape = (len(self.said_yes), len(self.names))
        given = (self.values.shape, self.known.shape, (*self.projects.shape, len(self.names)))
        if given != (shape, shape, shape) or self.said_yes.ndim != 1:
            raise ValueError(f"{shape[0]} decisions on {shape[1]} features need such arrays")
        inside = (self.values >= 0.0) & (self.values <= 1.0)
        if not inside[self.known].all():
            raise ValueError("a known value must lie in 0..1")

    @classmethod
    def of(
        cls,
        names: Sequence[str],
        values: ArrayLike,
        said_yes: ArrayLike,
        projects: ArrayLike,
        known: ArrayLike | None = None,
    ) -> Decisions:
        """Make decisions from lists; without ``known``, everything is."""
        rows = np.asarray(values, dtype=np.float64).reshape(-1, len(names))
        return cls(
            names=tuple(names),
            values=rows,
            known=np.ones(rows.shape, np.bool_) if known is None else np.asarray(known, np.bool_),
            said_yes=np.asarray(said_yes, dtype=np.bool_),
            projects=np.asarray(projects, dtype=np.int64),
        )

    def __len__(self) -> int:
        """How many decisions there are."""
        return len(self.said_yes)

    @property
    def n_yes(self) -> int:
        """How many were a yes."""
        return int(self.said_yes.sum())

    def at(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> Decisions:
        """Give some of the decisions."""
        return replace(
            self,
            values=self.values[rows],
            known=self.known[rows],
            said_yes=self.said_yes[rows],
            projects=self.projects[rows],
        )

    def affinity(self, weights: Mapping[str, float]) -> Floats:
        """Give the fit of each pair by these weights (n_decisions,)."""
        total: Floats = mixed(self._pairs(), weights, DEFAULT_NEUTRAL).contributions.sum(axis=2)
        return total[:, 0]

    def heard(self) -> NDArray[np.bool_]:
        """Say of each feature whether any decision knows it (n_features,)."""
        heard: NDArray[np.bool_] = np.asarray(self.known.any(axis=0))
        return heard

    def spoken(self, weights: Mapping[str, float]) -> Floats:
        """Give each feature as it moves the affinity of each pair.

        A feature that counts in every pair does so with its value. A silent
        channel of texts speaks as the others do, as it counts for them. What
        only some pairs have moves those alone, by how far it lies above what
        the other features say; that is exact to the first order around these
        weights.

        Parameters
        ----------
        weights : mapping of str to float

        Returns
        -------
        float array (n_decisions, n_features)
        """
        affinity = self.affinity(weights)
        neutral = np.array([DEFAULT_NEUTRAL[name] for name in self.names])
        rows = np.where(self.known, self.values, neutral)
        family = [place for place, name in enumerate(self.names) if name in TEXT_CHANNELS]
        own = np.array([weights.get(self.names[place], 0.0) for place in family])
        loud = self.known[:, family] * own
        volume = loud.sum(axis=1)
        together = np.divide(
            (loud * rows[:, family]).sum(axis=1),
            volume,
            out=np.zeros(len(self)),
            where=volume > 0.0,
        )
        for place, name in enumerate(self.names):
            known = self.known[:, place]
            if name in TEXT_CHANNELS:
                silent = ~known & (volume > 0.0)
                rows[silent, place] = together[silent]
            elif name in OPTIONAL:
                rows[:, place] = np.where(known, rows[:, place] - affinity, 0.0)
            elif name in LIFTING:
                rows[:, place] = np.where(known, rows[:, place] * (1.0 - affinity), 0.0)
        return rows

    def _pairs(self) -> PairFeatures:
        return PairFeatures(self.names, self.values[:, None, :], self.known[:, None, :])


def from_pairs(features: PairFeatures, decided: Mapping[tuple[int, int], bool]) -> Decisions:
    """Take an organizer's decisions out of the features of all pairs.

    Parameters
    ----------
    features : PairFeatures
        Names that are no feature any more are left out; a feature that did not
        exist yet is unknown.
    decided : mapping of (int, int) to bool
        For a pair's row and column, whether the organizer wanted it.

    Returns
    -------
    Decisions
        Named :data:`matcher.features.FEATURE_NAMES`, in the order of the pairs;
        the row is the project.

    Examples
    --------
    >>> pairs = PairFeatures(("needs",), np.full((2, 2, 1), 0.5), np.ones((2, 2, 1), np.bool_))
    >>> found = from_pairs(pairs, {(1, 0): True, (0, 1): False})
    >>> found.projects.tolist(), found.said_yes.tolist(), found.known.sum(axis=1).tolist()
    ([0, 1], [False, True], [1, 1])
    """
    cells = sorted(decided)
    values = np.zeros((len(cells), len(FEATURE_NAMES)))
    known = np.zeros(values.shape, dtype=np.bool_)
    rows = np.array([row for row, _ in cells], dtype=np.int64)
    columns = np.array([column for _, column in cells], dtype=np.int64)
    for place, name in enumerate(FEATURE_NAMES):
        if name in features.names:
            there = features.names.index(name)
            known[:, place] = features.known[rows, columns, there]
            values[:, place] = np.clip(features.values[rows, columns, there], 0.0, 1.0)
    return Decisions.of(FEATURE_NAMES, values, [decided[cell] for cell in cells], rows, known)


def joined(parts: Sequence[Decisions]) -> Decisions:
    """Put decisions from several runs together, all of the same features.

    Examples
    --------
    >>> one = Decisions.of(("needs",), [[0.9]], [True], [1])
    >>> len(joined([one, one])), len(joined([]))
    (2, 0)
    """
    if not parts:
        return Decisions.of(FEATURE_NAMES, np.empty((0, len(FEATURE_NAMES))), [], [])
    return Decisions(
        names=parts[0].names,
        values=np.vstack([part.values for part in parts]),
        known=np.vstack([part.known for part in parts]),
        said_yes=np.concatenate([part.said_yes for part in parts]),
        projects=np.concatenate([part.projects for part in parts]),
    )
