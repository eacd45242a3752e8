"""Groups with tutors, beside one plain MILP over numbered groups and a greedy list."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from benchmarks.markdown import markdown_table
from matcher.constraints import Constraints
from matcher.groups import GroupRules, split_into_groups
from matcher.profiles import Conflict, Demand, Load

TIME_LIMIT = 10.0


@dataclass(frozen=True)
class Camp:
    """Projects in groups of nearly one size, conflicts, and some who must be apart."""

    affinity: NDArray[np.float64]
    limits: Constraints
    rules: GroupRules
    apart: NDArray[np.int64]


def make_camp(
    n_projects: int,
    n_mentors: int,
    n_groups: int,
    *,
    co_tutors: int = 0,
    near: bool = False,
    pairs: bool = False,
) -> Camp:
    rng = np.random.default_rng(20260703)
    affinity = rng.beta(2, 5, size=(n_projects, n_mentors))
    projects = [f"p{i}" for i in range(n_projects)]
    mentors = [f"m{j}" for j in range(n_mentors)]
    never = np.argwhere(rng.random(affinity.shape) < 0.05)
    apart = np.array([rng.choice(n_projects, 2, replace=False) for _ in range(10)])
    nearness = 0.1 * rng.random((n_projects, n_projects))
    limits = Constraints.build(
        projects,
        mentors,
        demand=[Demand(1, 1)] * n_projects,
        loads=[Load(0, 6)] * n_mentors,
        conflicts=[Conflict(projects[i], mentors[j]) for i, j in never],
    )
    rules = GroupRules(
        size_low=n_projects // n_groups - 1,
        size_high=n_projects // n_groups + 1,
        n_groups=n_groups,
        co_tutors=co_tutors,
        projects_apart=tuple((projects[i], projects[k]) for i, k in apart),
        nearness=(nearness + nearness.T) / 2 if near else None,
        pairs_beside=pairs,
    )
    return Camp(affinity, limits, rules, apart)


@dataclass(frozen=True)
class Outcome:
    seconds: float
    worth: float
    gap: float


def by_campfire(camp: Camp) -> Outcome:
    started = time.perf_counter()
    plan = split_into_groups(camp.affinity, camp.limits, camp.rules, time_limit=TIME_LIMIT)
    spent = time.perf_counter() - started
    worth = plan.worth if plan.possible else np.nan
    return Outcome(spent, worth, plan.certificate.gap / plan.worth if plan.possible else np.nan)


def by_numbered_groups(camp: Camp) -> Outcome:
    """Project in group g, mentor leads group g, and both at once: groups that can be renamed."""
    (n_projects, n_mentors), n_groups = camp.affinity.shape, camp.rules.n_groups
    inside = np.arange(n_projects * n_groups).reshape(n_projects, n_groups)
    leads = inside.size + np.arange(n_mentors * n_groups).reshape(n_mentors, n_groups)
    both = inside.size + leads.size
    met = both + np.arange(n_projects * n_mentors * n_groups).reshape(
        n_projects, n_mentors, n_groups
    )
    count = both + met.size
    gains = np.zeros(count)
    gains[met] = camp.affinity[:, :, None]
    most = np.ones(count)
    most[met] = ~camp.limits.forbidden[:, :, None]
    lines = []

    def add(parts: list[tuple[NDArray[np.int64], float]], low: float, high: float) -> None:
        size = len(parts[0][0])
        rows = np.concatenate([np.repeat(np.arange(size), one.shape[1]) for one, _ in parts])
        columns = np.concatenate([one.ravel() for one, _ in parts])
        entries = np.concatenate([np.full(one.size, factor) for one, factor in parts])
        lines.append(
            LinearConstraint(csr_array((entries, (rows, columns)), shape=(size, count)), low, high)
        )

    add([(inside, 1.0)], 1, 1)
    add([(inside.T, 1.0)], camp.rules.size_low, camp.rules.size_high)
    add([(leads.T, 1.0)], 1, 1)
    add([(leads, 1.0)], 0, 1)
    every_met = met.transpose(0, 2, 1).reshape(-1, n_mentors)
    add([(every_met, 1.0), (inside.reshape(-1, 1), -1.0)], 0, 0)
    lead_of = np.broadcast_to(leads[None], met.shape)
    add([(met.reshape(-1, 1), 1.0), (lead_of.reshape(-1, 1), -1.0)], -np.inf, 0)
    for i, k in camp.apart:
        add([(inside[[i, k]].T, 1.0)], -np.inf, 1)
    started = time.perf_counter()
    found = milp(
        -gains,
        integrality=np.ones(count),
        bounds=Bounds(0, most),
        constraints=lines,
        options={"time_limit": TIME_LIMIT, "mip_rel_gap": 0},
    )
    spent = time.perf_counter() - started
    if found.x is None:
        return Outcome(spent, np.nan, np.nan)
    return Outcome(spent, -found.fun, (found.fun - found.mip_dual_bound) / -found.fun)


def by_greedy(camp: Camp) -> Outcome:
    """The tutors whom most projects like; then the best pair that still fits, again and again."""
    started = time.perf_counter()
    n_groups, rules = camp.rules.n_groups, camp.rules
    fit = np.where(camp.limits.forbidden, -np.inf, camp.affinity)
    likes = np.where(np.isfinite(fit), fit, 0.0)
    tutors = np.argsort(-np.sort(likes, axis=0)[-rules.size_high :].sum(axis=0))[:n_groups]
    left = fit[:, tutors]
    groups: list[list[int]] = [[] for _ in tutors]
    total = 0.0
    while np.isfinite(left.max()):
        row, group = np.unravel_index(left.argmax(), left.shape)
        total += float(left[row, group])
        groups[group].append(int(row))
        left[row] = -np.inf
        for i, k in camp.apart:
            if row in (i, k):
                left[k if row == i else i, group] = -np.inf
        spare = sum(max(0, rules.size_low - len(one)) for one in groups)
        to_come = int(np.isfinite(left).any(axis=1).sum())
        for at, one in enumerate(groups):
            full = len(one) >= rules.size_high
            if full or (to_come <= spare and len(one) >= rules.size_low):
                left[:, at] = -np.inf
    placed = sum(map(len, groups))
    spent = time.perf_counter() - started
    return Outcome(spent, total if placed == len(fit) else np.nan, np.nan)


def groups_table(*, quick: bool = False) -> str:
    """A Markdown table of times, worths and gaps; no rival knows co-tutors, nearness or pairs."""
    rows: list[tuple[str, ...]] = []
    camps = [
        ("20 × 8, 4 groups", make_camp(20, 8, 4), True),
        ("60 × 20, 12 groups", make_camp(60, 20, 12), True),
        ("60 × 80, 12 groups", make_camp(60, 80, 12), True),
        ("60 × 20, 12 groups, pairs", make_camp(60, 20, 12, pairs=True), False),
        ("24 × 10, 4 groups, co-tutors", make_camp(24, 10, 4, co_tutors=1), False),
        ("60 × 26, 12 groups, co-tutors", make_camp(60, 26, 12, co_tutors=1), False),
        ("20 × 8, 4 groups, nearness", make_camp(20, 8, 4, near=True), False),
        ("300 × 80, 50 groups", make_camp(300, 80, 50), False),
    ]
    for name, camp, rivals in camps[:1] if quick else camps:
        ours = by_campfire(camp)
        outcomes = {"Campfire": ours}
        if rivals:
            outcomes["plain scipy milp, numbered groups"] = by_numbered_groups(camp)
            outcomes["greedy"] = by_greedy(camp)
        for method, one in outcomes.items():
            rows.append(
                (
                    name,
                    method,
                    f"{one.seconds:.3f} s",
                    f"{one.seconds / ours.seconds:.2f}",
                    f"{one.worth:.4f}" if np.isfinite(one.worth) else "none",
                    f"{100 * one.gap:.3f} %" if np.isfinite(one.gap) else "–",
                )
            )
    return markdown_table("Groups", ("instance", "method", "time", "ratio", "worth", "gap"), rows)


if __name__ == "__main__":
    print(groups_table())
