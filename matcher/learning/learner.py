"""Weights from decisions: logistic regression that leans on the weights at hand."""

from __future__ import annotations

from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import Bounds, minimize
from scipy.special import expit
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, validate_data

Floats = NDArray[np.float64]

# A feature that the organizer does not weigh at all may still come in, as freely
# as one that has this part of the heaviest one's weight.
_LEAST_FREEDOM = 0.05
# Holds the scale where decisions can be told apart without a single mistake.
_SCALE_HELD = 1e-3


class WeightLearner(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """How much each feature counted in an organizer's yes and no.

    The chance of a yes is ``expit(intercept + X @ w)``. The weights ``w`` are
    never negative, and are drawn towards the organizer's own: what is paid for
    is the distance of ``w`` from the nearest multiple of them, so that how
    sharply an organizer decides costs nothing, and only a change of what
    counts does. A weight may move the more freely the more it weighs. With few
    decisions the weights stay as they are; with many the decisions alone speak.

    Parameters
    ----------
    prior : array (n_features,), optional
        The organizer's weights, 0 or more, on any scale. Without it, all equal.
    shrinkage : float, default=1.0
        How much a change of weights has to be worth; above 0.

    Attributes
    ----------
    classes_ : array (2,)
        No and yes, in this order.
    coef_ : float array (1, n_features)
        In log odds for each unit of a feature, 0 or more.
    intercept_ : float array (1,)
    weights_ : float array (n_features,)
        ``coef_`` as shares that add up to 1; the prior's where all are 0.
    n_features_in_ : int
    n_iter_ : int

    References
    ----------
    Chelba, C. and Acero, A. (2006). Adaptation of maximum entropy capitalizer:
    little data can help a lot.
    Computer Speech & Language 20(4). doi:10.1016/j.csl.2005.05.005 (a logistic
    model drawn towards the weights of an earlier one; that the earlier one's
    scale is free is ours).

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> X = rng.random((60, 3))
    >>> y = X[:, 0] + 0.2 * X[:, 1] > 0.6
    >>> few, many = (WeightLearner().fit(X[:n], y[:n]).weights_ for n in (8, 60))
    >>> bool(1 / 3 < few[0] < many[0])
    True
    """

    def __init__(self, prior: ArrayLike | None = None, *, shrinkage: float = 1.0) -> None:
        self.prior = prior
        self.shrinkage = shrinkage

    def fit(self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> Self:  # noqa: N803
        """Learn the weights.

        Parameters
        ----------
        X : float array (n_decisions, n_features)
            The features of each pair, unknown ones at their neutral value.
        y : array (n_decisions,)
            Two classes; the greater one is the yes.
        sample_weight : float array (n_decisions,), optional
            How much each decision counts.

        Returns
        -------
        WeightLearner

        Raises
        ------
        ValueError
            Where there is not both a yes and a no, or the prior or the
            shrinkage cannot be used.
        """
        rows, answers = validate_data(self, X, y, dtype=np.float64)
        check_classification_targets(answers)
        counts = _check_sample_weight(sample_weight, rows, dtype=np.float64)
        self.classes_ = np.unique(answers)
        if len(self.classes_) != 2:
            raise ValueError(
                "Only binary classification is supported: a yes and a no are needed, "
                f"and there is {len(self.classes_)} class"
            )
        prior = self._prior_shares(rows.shape[1])
        signs = np.where(answers == self.classes_[1], 1.0, -1.0)
        found, self.n_iter_ = _solved(rows, signs, counts, prior, float(self.shrinkage))
        self.coef_ = found[None, :-1]
        self.intercept_ = found[-1:]
        total = self.coef_.sum()
        self.weights_ = self.coef_[0] / total if total > 0.0 else prior
        return self

    def decision_function(self, X: ArrayLike) -> Floats:  # noqa: N803
        """Give the log odds of a yes for each pair (n_decisions,)."""
        check_is_fitted(self)
        rows = validate_data(self, X, dtype=np.float64, reset=False)
        odds: Floats = rows @ self.coef_[0] + self.intercept_[0]
        return odds

    def predict_proba(self, X: ArrayLike) -> Floats:  # noqa: N803
        """Give the chance of a no and of a yes for each pair (n_decisions, 2)."""
        chance = expit(self.decision_function(X))
        return np.column_stack([1.0 - chance, chance])

    def predict(self, X: ArrayLike) -> NDArray[np.generic]:  # noqa: N803
        """Give the likelier class for each pair (n_decisions,)."""
        odds = self.decision_function(X)
        answers: NDArray[np.generic] = self.classes_[(odds > 0.0).astype(np.intp)]
        return answers

    def __sklearn_tags__(self) -> object:
        """Say that there are two classes, and that a weight is never negative."""
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_class = False
        # More of a feature may only speak for a pair: the common checks' data
        # has classes that lie the other way round.
        tags.classifier_tags.poor_score = True
        return tags

    def _prior_shares(self, n_features: int) -> Floats:
        prior = np.ones(n_features) if self.prior is None else np.asarray(self.prior, np.float64)
        usable = prior.shape == (n_features,) and bool(np.isfinite(prior).all())
        if not usable or prior.min() < 0.0 or prior.max() <= 0.0:
            raise ValueError(f"prior must be {n_features} numbers of 0 or more, and not all 0")
        if not self.shrinkage > 0.0:
            raise ValueError(f"shrinkage must be above 0, got {self.shrinkage}")
        scaled = prior / prior.max()
        shares: Floats = scaled / scaled.sum()
        return shares


def _solved(
    rows: Floats, signs: Floats, counts: Floats, prior: Floats, shrinkage: float
) -> tuple[Floats, int]:
    """Give the weights with the intercept behind them, and the steps it took."""
    n_features = len(prior)
    dear = 1.0 / (prior + _LEAST_FREEDOM * prior.max())
    dear *= shrinkage / dear.mean()

    def cost(point: Floats) -> tuple[float, Floats]:
        weights, scale, intercept = point[:n_features], point[-2], point[-1]
        margins = signs * (rows @ weights + intercept)
        pull = -counts * signs * expit(-margins)
        away = weights - scale * prior
        value = (counts * np.logaddexp(0.0, -margins)).sum()
        value += 0.5 * (dear * away * away).sum() + 0.5 * _SCALE_HELD * scale**2
        slope = np.empty(n_features + 2)
        slope[:n_features] = rows.T @ pull + dear * away
        slope[-2] = -(dear * away * prior).sum() + _SCALE_HELD * scale
        slope[-1] = pull.sum()
        return float(value), slope

    low = np.zeros(n_features + 2)
    low[-1] = -np.inf
    done = minimize(
        cost,
        np.concatenate([prior, [1.0, 0.0]]),
        jac=True,
        method="L-BFGS-B",
        bounds=Bounds(low, np.inf),
        options={"maxiter": 5000, "maxfun": 20000, "ftol": 1e-15, "gtol": 1e-9, "maxcor": 20},
    )
    return np.delete(done.x, n_features), int(done.nit)
