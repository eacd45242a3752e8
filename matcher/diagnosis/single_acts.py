"""The best acts of one person or pair: those that repair everything, or the first steps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from matcher.assignment import Assignment
from matcher.counterfactuals import SolvedPlan
from matcher.diagnosis.acts import KINDS, ActWeights
from matcher.diagnosis.candidates import PLACE_KINDS, Candidate, Shortage
from matcher.diagnosis.repairs import Repair, repair_by, solved_after

# Nobody alone is asked for more places than this.
MOST_FROM_ONE = 3


@dataclass(frozen=True, eq=False, slots=True)
class SingleActs:
    """Looks for single acts and solves again for those that matter.

    Attributes
    ----------
    plan : SolvedPlan
    before : Assignment
    shortage : Shortage
    weights : ActWeights
    each : int
        The most repairs of one kind.
    """

    plan: SolvedPlan
    before: Assignment
    shortage: Shortage
    weights: ActWeights
    each: int

    def complete(self) -> list[Repair]:
        """Give those after which everybody has their minimum."""
        missing = self.shortage.missing
        found: list[Repair] = []
        for kind in KINDS if missing <= MOST_FROM_ONE else ():
            acts = self.shortage.place_acts if kind in PLACE_KINDS else self.shortage.pair_acts
            found += self._best(acts(kind, missing), self.each)
        return [repair for repair in found if repair.complete]

    def first_steps(self) -> list[Repair]:
        """Give those of one place, lock or conflict that fill something."""
        found: list[Repair] = []
        for kind in KINDS:
            if kind in PLACE_KINDS:
                found += self._best(self.shortage.place_acts(kind, 1), self.each)
                continue
            both = self._best(self.shortage.pair_acts(kind, 2), self.each)
            found += both
            found += self._best(self.shortage.pair_acts(kind, 1), self.each - len(both))
        return found

    def _best(self, candidates: Iterable[Candidate], each: int) -> list[Repair]:
        """Solve again for candidates, the best bound first, until no other can be better."""
        found: list[Repair] = []
        for one in candidates if each > 0 else ():
            if len(found) == each and one.bound <= (found[-1].n_pairs, found[-1].total):
                break
            after = solved_after(self.plan, one.act)
            found.append(repair_by((one.act,), self.weights, self.before, after))
            found.sort(key=lambda repair: repair.rank)
            del found[each:]
        return found
