"""Mentors looked at together, beside one plain MILP and a greedy list."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from benchmarks.markdown import markdown_table
from matcher.constraints import Constraints
from matcher.profiles import Conflict, Demand, Load
from matcher.teams import Coverage, Mix, TeamRules, assign_teams, rank_weights

Floats = NDArray[np.float64]
Chosen = NDArray[np.bool_]
N_NEEDS, N_SKILLS = 4, 12
CATEGORIES = ("editor", "agent", "producer", "writer")
TIME_LIMIT = 10.0


@dataclass(frozen=True)
class Lab:
    """Two or three mentors a project; an editor at least, one agent at most; needs to cover."""

    affinity: Floats
    limits: Constraints
    rules: TeamRules
    covers: NDArray[np.bool_]


def make_lab(n_projects: int, n_mentors: int, *, spare: int, reward: float) -> Lab:
    """An instance; ``spare`` places a mentor beyond what two and a half a project need."""
    rng = np.random.default_rng(20260702)
    affinity = rng.beta(2, 5, size=(n_projects, n_mentors))
    projects = [f"p{i}" for i in range(n_projects)]
    mentors = [f"m{j}" for j in range(n_mentors)]
    load = -(-n_projects * 5 // 2 // n_mentors) + spare
    never = np.argwhere(rng.random(affinity.shape) < 0.02)
    limits = Constraints.build(
        projects,
        mentors,
        demand=[Demand(2, 3)] * n_projects,
        loads=[Load(0, load)] * n_mentors,
        conflicts=[Conflict(projects[i], mentors[j]) for i, j in never],
    )
    skills = rng.random((n_mentors, N_SKILLS)) < 0.2
    needs = np.array([rng.permutation(N_SKILLS)[:N_NEEDS] for _ in projects])
    covers = skills.T[needs].transpose(0, 2, 1)
    kinds = np.eye(4, dtype=bool)[np.arange(n_mentors) % 4]
    weights = rank_weights(np.full(n_projects, N_NEEDS), most=N_NEEDS, reward=reward)
    mix = Mix(kinds, CATEGORIES, np.array([1, 0, 0, 0]), np.array([2, 1, 2, 2]))
    rules = TeamRules(mix=mix, coverage=Coverage.of(covers, weights))
    return Lab(affinity, limits, rules, covers)


@dataclass(frozen=True)
class Outcome:
    seconds: float
    worth: float
    gap: float
    pairs: int
    missing: int
    short: int


def by_campfire(lab: Lab, relative_gap: float) -> Outcome:
    started = time.perf_counter()
    plan = assign_teams(
        lab.affinity, lab.limits, lab.rules, time_limit=TIME_LIMIT, relative_gap=relative_gap
    )
    spent = time.perf_counter() - started
    gap = plan.certificate.gap / plan.worth
    chosen = plan.assignment.chosen
    return Outcome(spent, plan.worth, gap, int(chosen.sum()), plan.missing, short(lab, chosen))


def by_plain_milp(lab: Lab, relative_gap: float) -> Outcome:
    """All pairs, needs and rules at once, missing editors and pairs weighed by great numbers."""
    n_projects, weights = len(lab.affinity), lab.rules.coverage.weights
    n_pairs, n_needs = lab.affinity.size, weights.size
    pair = np.arange(n_pairs).reshape(lab.affinity.shape)
    need = n_pairs + np.arange(n_needs).reshape(weights.shape)
    lack = n_pairs + n_needs + np.arange(n_projects)
    gains = np.concatenate(
        [10.0 + lab.affinity.ravel(), weights.ravel(), np.full(n_projects, -100.0)]
    )
    lines = []

    def add(parts: list[tuple[NDArray[np.int64], float]], low: object, high: object) -> None:
        count = len(parts[0][0])
        rows = np.concatenate([np.repeat(np.arange(count), one.shape[1]) for one, _ in parts])
        columns = np.concatenate([one.ravel() for one, _ in parts])
        entries = np.concatenate([np.full(one.size, factor) for one, factor in parts])
        matrix = csr_array((entries, (rows, columns)), shape=(count, len(gains)))
        lines.append(LinearConstraint(matrix, low, high))

    add([(pair, 1.0)], -np.inf, lab.limits.demand_high)
    add([(pair.T, 1.0)], -np.inf, lab.limits.load_high)
    kinds = lab.rules.mix.categories
    for category, (low, high) in enumerate(zip((1, 0, 0, 0), (2, 1, 2, 2), strict=True)):
        theirs = pair[:, kinds[:, category]]
        add([(theirs, 1.0)], -np.inf, high)
        if low:
            add([(theirs, 1.0), (lack[:, None], 1.0)], low, np.inf)
    i, j, k = np.nonzero(lab.covers)
    covering = csr_array(
        (
            np.concatenate([np.ones(len(i)), np.full(n_needs, -1.0)]),
            (
                np.concatenate([i * N_NEEDS + k, np.arange(n_needs)]),
                np.concatenate([pair[i, j], need.ravel()]),
            ),
        ),
        shape=(n_needs, len(gains)),
    )
    lines.append(LinearConstraint(covering, 0, np.inf))
    most = np.ones(len(gains))
    most[:n_pairs] = ~lab.limits.forbidden.ravel()
    started = time.perf_counter()
    found = milp(
        -gains,
        integrality=np.arange(len(gains)) < n_pairs,
        bounds=Bounds(0, most),
        constraints=lines,
        options={"time_limit": TIME_LIMIT, "mip_rel_gap": relative_gap / 10},
    )
    spent = time.perf_counter() - started
    if found.x is None:
        nobody = np.zeros_like(lab.limits.forbidden)
        return Outcome(spent, 0.0, np.inf, 0, n_projects, short(lab, nobody))
    chosen = found.x[:n_pairs].reshape(lab.affinity.shape) > 0.5
    worth = worth_of(lab, chosen)
    gap = (-found.mip_dual_bound + found.fun) / worth
    return Outcome(spent, worth, gap, int(chosen.sum()), lacking(lab, chosen), short(lab, chosen))


def worth_of(lab: Lab, chosen: Chosen) -> float:
    met = (lab.covers & chosen[:, :, None]).any(axis=1)
    return float(lab.affinity[chosen].sum() + lab.rules.coverage.weights[met].sum())


def lacking(lab: Lab, chosen: Chosen) -> int:
    return int((~(chosen & lab.rules.mix.categories[:, 0]).any(axis=1)).sum())


def short(lab: Lab, chosen: Chosen) -> int:
    """Places below the projects' least, which the plain program does not ask for."""
    return int(np.maximum(lab.limits.demand_low - chosen.sum(axis=1), 0).sum())


def by_greedy(lab: Lab) -> Outcome:
    """The pair that adds the most, again and again: editors first, then whoever fits."""
    started = time.perf_counter()
    chosen = np.zeros(lab.affinity.shape, dtype=bool)
    weights, kinds = lab.rules.coverage.weights, lab.rules.mix.categories
    kind, high = kinds.argmax(axis=1), np.array([2, 1, 2, 2])
    load = lab.limits.load_high.copy()
    count = np.zeros((len(chosen), 4), dtype=int)
    met = np.zeros(weights.shape, dtype=bool)
    for editors in (True, False):
        gains = lab.affinity + np.einsum("ik,ijk->ij", np.where(met, 0, weights), lab.covers)
        closed = lab.limits.forbidden | chosen | (load <= 0)
        closed |= editors & ~kinds[:, 0]
        gains[closed] = -np.inf
        most = 1 if editors else 3
        full = (count >= high)[:, kind] | (count.sum(axis=1) >= most)[:, None]
        gains[full] = -np.inf
        while np.isfinite(gains.max()):
            row, column = np.unravel_index(gains.argmax(), gains.shape)
            chosen[row, column] = True
            count[row, kind[column]] += 1
            load[column] -= 1
            met[row] |= lab.covers[row, column]
            left = np.isfinite(gains[row])
            fresh = lab.affinity[row] + lab.covers[row] @ np.where(met[row], 0, weights[row])
            gains[row] = np.where(left, fresh, -np.inf)
            gains[row, column] = -np.inf
            gains[row, (count[row] >= high)[kind]] = -np.inf
            if count[row].sum() >= most:
                gains[row] = -np.inf
            if load[column] <= 0:
                gains[:, column] = -np.inf
    spent = time.perf_counter() - started
    worth = worth_of(lab, chosen)
    return Outcome(
        spent, worth, np.nan, int(chosen.sum()), lacking(lab, chosen), short(lab, chosen)
    )


def teams_table(*, quick: bool = False) -> str:
    """A Markdown table: times, worths, gaps, pairs, missing editors, places below the least."""
    rows: list[tuple[str, ...]] = []
    instances = [
        (40, 15, 5, 0.5, 0.0),
        (300, 80, 5, 0.5, 0.0),
        (300, 80, 5, 0.5, 1e-3),
        (300, 80, 5, 2.0, 0.0),
        (300, 80, 0, 0.5, 0.0),
        (300, 80, 1, 2.0, 0.0),
        (1000, 200, 5, 0.5, 1e-3),
    ]
    for n_projects, n_mentors, spare, reward, gap in instances:
        if quick and n_projects > 40:
            continue
        lab = make_lab(n_projects, n_mentors, spare=spare, reward=reward)
        ours = by_campfire(lab, gap)
        outcomes = {
            "Campfire": ours,
            "plain scipy milp": by_plain_milp(lab, gap),
            "greedy": by_greedy(lab),
        }
        for name, one in outcomes.items():
            rows.append(
                (
                    f"{n_projects} × {n_mentors}, {spare} spare, reward {reward}, to {gap}",
                    name,
                    f"{one.seconds:.2f} s",
                    f"{one.seconds / ours.seconds:.2f}",
                    f"{one.worth:.4f}",
                    f"{100 * one.gap:.4f} %" if np.isfinite(one.gap) else "–",
                    str(one.pairs),
                    str(one.missing),
                    str(one.short),
                )
            )
    head = ("instance", "method", "time", "ratio", "worth", "gap", "pairs", "lacking", "short")
    return markdown_table("Mentors together", head, rows)


if __name__ == "__main__":
    print(teams_table())
