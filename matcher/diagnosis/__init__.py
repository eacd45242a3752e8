"""When not everybody can have their minimum: who blocks, and the cheapest repairs.

:func:`diagnose` gives the smallest sets that ask for more than they can be
offered, and what would put it right, each repair solved again.
"""

from matcher.diagnosis.acts import Act, ActKind, ActWeights, after_acts
from matcher.diagnosis.blockages import Blockage, BlockageKind
from matcher.diagnosis.repairs import Repair
from matcher.diagnosis.shortages import Diagnosis, diagnose

__all__ = [
    "Act",
    "ActKind",
    "ActWeights",
    "Blockage",
    "BlockageKind",
    "Diagnosis",
    "Repair",
    "after_acts",
    "diagnose",
]
