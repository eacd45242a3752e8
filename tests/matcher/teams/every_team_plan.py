"""Small labs with rules, and every plan of them named one by one."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from matcher.constraints import Constraints
from matcher.teams import Coverage, Hours, Mix, SamePerson, TeamRules, first_need, shared_language
from tests.matcher.fairness.every_plan import Chosen, Floats


def random_rules(seed: int, limits: Constraints, *, size: float) -> TeamRules:
    """Some of the rules, each with a chance; ``size`` is what affinities are near."""
    rng = np.random.default_rng([seed, 7])
    n_projects, n_mentors = limits.shape
    shape = limits.shape

    def has(chance: float = 0.5) -> bool:
        return bool(rng.random() < chance)

    def price() -> float | None:
        return None if has() else size * float(rng.integers(0, 4)) / 2

    someone = []
    if has():
        someone.append(first_need(rng.random(shape) < 0.4, price=price()))
    if has():
        someone.append(
            shared_language(
                rng.random(shape) < 0.5,
                interpreters=int(rng.integers(0, 2)),
                interpreter_price=size * float(rng.integers(0, 3)) / 4,
                price=price(),
            )
        )
    mix = None
    if has():
        low = rng.integers(0, 2, size=(n_projects, 2))
        high = low + rng.integers(0, 2, size=(n_projects, 2))
        marks = rng.random((n_mentors, 2)) < 0.5
        mix = Mix(marks, ("editor", "agent"), low, high if has() else None, price())
    apart = (tuple(limits.mentor_ids[:2]),) if n_mentors > 1 and has(0.4) else ()
    people = ()
    if has(0.4):
        most = int(rng.integers(1, 4)) if has() else None
        people = (SamePerson(tuple(limits.project_ids[:2]), most, has()),)
    hours = None
    if has(0.4):
        cost = rng.integers(0, 4, size=shape if has() else n_projects).astype(float)
        hours = Hours(cost, rng.choice([2.0, 4.0, np.inf], size=n_mentors))
    coverage = None
    if has(0.6):
        weights = size * rng.integers(0, 3, size=(n_projects, 2)) / 2
        coverage = Coverage.of(rng.random((*shape, 2)) < 0.4, weights)
    return TeamRules(tuple(someone), mix, apart, people, hours, coverage)


@dataclass(frozen=True)
class Standing:
    """What a plan is judged by, the first first."""

    missing: int
    pairs: int
    shortfall: int
    worth: float


def allowed(chosen: Chosen, limits: Constraints, rules: TeamRules) -> bool:
    """Whether a plan keeps all that is at most so much."""
    by_row, by_column = chosen.sum(axis=1), chosen.sum(axis=0)
    if (by_row > limits.demand_high).any() or (by_column > limits.load_high).any():
        return False
    for some in rules.apart:
        columns = [limits.mentor_ids.index(one) for one in some]
        if (chosen[:, columns].sum(axis=1) > 1).any():
            return False
    if rules.mix is not None and rules.mix.high is not None:
        counts = chosen.astype(int) @ rules.mix.categories.astype(int)
        if (counts > rules.mix.high).any():
            return False
    for person in rules.people:
        theirs = chosen[[limits.project_ids.index(one) for one in person.projects]]
        if person.most_mentors is not None and theirs.sum() > person.most_mentors:
            return False
        if person.each_mentor_once and (theirs.sum(axis=0) > 1).any():
            return False
    if rules.hours is not None:
        cost = rules.hours.cost if rules.hours.cost.ndim == 2 else rules.hours.cost[:, None]
        if ((chosen * cost).sum(axis=0) > rules.hours.most + 1e-9).any():
            return False
    return True


def possible(limits: Constraints, rules: TeamRules) -> Chosen:
    """Pairs that could be added to the locked ones alone, and these."""
    found = limits.locked.copy()
    for cell in map(tuple, np.argwhere(~limits.locked & ~limits.forbidden)):
        plan = limits.locked.copy()
        plan[cell] = True
        found[cell] = allowed(plan, limits, rules)
    return found


def minimums(limits: Constraints, rules: TeamRules) -> list[tuple[Floats, Floats, object]]:
    """Marks, what is asked, and the rule, for each minimum."""
    can, asking = possible(limits, rules), limits.demand_high > 0
    room = limits.demand_high - limits.locked.sum(axis=1)

    def within(marks: Chosen) -> Floats:
        locked = (limits.locked & marks).sum(axis=1)
        return locked + np.minimum(room, (can & ~limits.locked & marks).sum(axis=1))

    found = []
    for one in rules.someone:
        most = np.maximum(within(one.who), 1 if one.stand_ins else 0)
        found.append((one.who, np.minimum(asking, most), one))
    if rules.mix is not None and rules.mix.low is not None:
        for category in range(2):
            marks = np.broadcast_to(rules.mix.categories[:, category], limits.shape)
            low = rules.mix.low[:, category] * asking
            found.append((marks, np.minimum(low, within(marks)), rules.mix))
    return found


def standing(
    chosen: Chosen, affinity: Floats, limits: Constraints, rules: TeamRules, asked: list
) -> Standing:
    missing, worth = 0, float(affinity[chosen].sum())
    for marks, wanted, rule in asked:
        lacks = int(np.maximum(wanted - (chosen & marks).sum(axis=1), 0).sum())
        helpers = getattr(rule, "stand_ins", 0)
        price, helper_price = rule.price, getattr(rule, "stand_in_price", 0.0)
        helped = min(helpers, lacks) if price is None or helper_price < price else 0
        worth -= helped * helper_price + (lacks - helped) * (price or 0.0)
        missing += lacks - helped if price is None else 0
    if rules.coverage is not None:
        covers = np.zeros((*limits.shape, rules.coverage.weights.shape[1]), dtype=bool)
        covers[tuple(rules.coverage.cells.T)] = True
        met = (covers & chosen[:, :, None]).any(axis=1)
        worth += float(rules.coverage.weights[met].sum())
    short = np.maximum(limits.demand_low - chosen.sum(axis=1), 0).sum()
    short += np.maximum(limits.load_low - chosen.sum(axis=0), 0).sum()
    return Standing(missing, int(chosen.sum()), int(short), worth)


def best_standing(affinity: Floats, limits: Constraints, rules: TeamRules) -> Standing:
    """The best of every plan."""
    asked = minimums(limits, rules)
    free = np.argwhere(~limits.forbidden & ~limits.locked)
    best: Standing | None = None
    for bits in itertools.product([False, True], repeat=len(free)):
        plan = limits.locked.copy()
        plan[free[:, 0], free[:, 1]] = bits
        if not allowed(plan, limits, rules):
            continue
        one = standing(plan, affinity, limits, rules, asked)
        if best is None or key(one) > key(best):
            best = one
    assert best is not None
    return best


def key(one: Standing) -> tuple[int, int, int, float]:
    return -one.missing, one.pairs, -one.shortfall, one.worth
