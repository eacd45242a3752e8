"""Plans for labs too large for a matrix: 50,000 projects by 10,000 mentors."""

from matcher.whole_matrix.assigning import SparseAssignment, assign_blocks
from matcher.whole_matrix.called import CalledAffinity
from matcher.whole_matrix.factored import FactoredAffinity
from matcher.whole_matrix.limits import PairLimits
from matcher.whole_matrix.watching import Cancelled, Progress

__all__ = [
    "CalledAffinity",
    "Cancelled",
    "FactoredAffinity",
    "PairLimits",
    "Progress",
    "SparseAssignment",
    "assign_blocks",
]
