"""Learning what each feature should count from an organizer's own decisions.

Weights are all that is learned, and an organizer's word is needed before they
count: :func:`judge` says whether decisions that were held out speak for them.
"""

from matcher.learning.decisions import Decisions, from_pairs, joined
from matcher.learning.judging import ENOUGH_DECISIONS, Judgement, judge
from matcher.learning.learner import WeightLearner
from matcher.learning.weighing import learn_weights

__all__ = [
    "ENOUGH_DECISIONS",
    "Decisions",
    "Judgement",
    "WeightLearner",
    "from_pairs",
    "joined",
    "judge",
    "learn_weights",
]
