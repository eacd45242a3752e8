"""How often the right mentor comes first: a ranking beside chance and plain word overlap."""

from matcher.evaluation.baselines import plain_overlap
from matcher.evaluation.measured import Measured, difference
from matcher.evaluation.ordering import ordering_loss
from matcher.evaluation.ranking import PLACES, Figures, RankingReport, evaluate_ranking
from matcher.evaluation.shares import LanguageShare
from matcher.evaluation.written_language import mentor_language, project_language

__all__ = [
    "PLACES",
    "Figures",
    "LanguageShare",
    "Measured",
    "RankingReport",
    "difference",
    "evaluate_ranking",
    "mentor_language",
    "ordering_loss",
    "plain_overlap",
    "project_language",
]
