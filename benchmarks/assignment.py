"""The exact plan beside scipy's MILP, networkx's flow and a greedy list."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import eye_array, kron

from benchmarks.markdown import markdown_table
from matcher.assignment import assign
from matcher.constraints import Constraints
from matcher.profiles import Conflict, Demand, Load

Floats = NDArray[np.float64]
Chosen = NDArray[np.bool_]
DEMAND = 2


@dataclass(frozen=True)
class Lab:
    """One instance: every project wants two mentors, every mentor has a range."""

    affinity: Floats
    limits: Constraints


def make_lab(n_projects: int, n_mentors: int) -> Lab:
    """Affinities as they come out of texts: most low, few high; 2 % conflicts."""
    rng = np.random.default_rng(20260701)
    affinity = rng.beta(2, 5, size=(n_projects, n_mentors))
    projects = [f"p{i}" for i in range(n_projects)]
    mentors = [f"m{j}" for j in range(n_mentors)]
    mean = DEMAND * n_projects / n_mentors
    never = np.argwhere(rng.random(affinity.shape) < 0.02)
    return Lab(
        affinity,
        Constraints.build(
            projects,
            mentors,
            demand=[Demand(DEMAND, DEMAND)] * n_projects,
            loads=[Load(int(mean) - 2, int(mean) + 2)] * n_mentors,
            conflicts=[Conflict(projects[i], mentors[j]) for i, j in never],
        ),
    )


def by_flow(lab: Lab) -> Chosen:
    return assign(lab.affinity, lab.limits).chosen


def by_milp(lab: Lab) -> Chosen:
    n_projects, n_mentors = lab.affinity.shape
    found = milp(
        -lab.affinity.ravel(),
        integrality=np.ones(lab.affinity.size),
        bounds=Bounds(0, 1.0 - lab.limits.forbidden.ravel()),
        constraints=[
            LinearConstraint(
                kron(eye_array(n_projects), np.ones((1, n_mentors)), format="csr"), DEMAND, DEMAND
            ),
            LinearConstraint(
                kron(np.ones((1, n_projects)), eye_array(n_mentors), format="csr"),
                lab.limits.load_low,
                lab.limits.load_high,
            ),
        ],
        options={"mip_rel_gap": 0},
    )
    return np.rint(found.x).astype(bool).reshape(lab.affinity.shape)


def by_networkx(lab: Lab) -> Chosen:
    n_projects, n_mentors = lab.affinity.shape
    low, high = lab.limits.load_low, lab.limits.load_high
    graph = nx.DiGraph()
    for i in range(n_projects):
        graph.add_node(("p", i), demand=-DEMAND)
    for j in range(n_mentors):
        graph.add_node(("m", j), demand=int(low[j]))
        graph.add_edge(("m", j), "rest", capacity=int(high[j] - low[j]), weight=0)
    graph.add_node("rest", demand=int(DEMAND * n_projects - low.sum()))
    for i, j in np.argwhere(~lab.limits.forbidden).tolist():
        weight = -round(lab.affinity[i, j] * 1e6)
        graph.add_edge(("p", i), ("m", j), capacity=1, weight=weight)
    flow = nx.min_cost_flow(graph)
    chosen = np.zeros(lab.affinity.shape, dtype=bool)
    for i in range(n_projects):
        for (_, j), units in flow[("p", i)].items():
            chosen[i, j] = units > 0
    return chosen


def by_greedy(lab: Lab) -> Chosen:
    """The best pair that still fits, again and again: what a person does by hand."""
    chosen = np.zeros(lab.affinity.shape, dtype=bool)
    demand, load = lab.limits.demand_high.copy(), lab.limits.load_high.copy()
    n_mentors = lab.affinity.shape[1]
    for cell in np.argsort(-lab.affinity, axis=None, kind="stable"):
        i, j = divmod(int(cell), n_mentors)
        if demand[i] and load[j] and not lab.limits.forbidden[i, j]:
            chosen[i, j] = True
            demand[i] -= 1
            load[j] -= 1
    return chosen


Method = Callable[[Lab], Chosen]
ALL: dict[str, Method] = {
    "Campfire (exact flow)": by_flow,
    "scipy milp": by_milp,
    "networkx min_cost_flow": by_networkx,
    "greedy": by_greedy,
}
OURS = next(iter(ALL))


def measured(method: Method, lab: Lab, repeats: int) -> tuple[float, Chosen]:
    """The best time of several, in seconds; the least disturbed by other programs."""
    best = float("inf")
    for _ in range(repeats):
        started = time.perf_counter()
        chosen = method(lab)
        best = min(best, time.perf_counter() - started)
    return best, chosen


def missing_places(chosen: Chosen, limits: Constraints) -> int:
    """Unfilled places of projects and of mentors' minimums."""
    by_project = np.maximum(limits.demand_low - chosen.sum(axis=1), 0)
    by_mentor = np.maximum(limits.load_low - chosen.sum(axis=0), 0)
    return int(by_project.sum() + by_mentor.sum())


def assignment_table(*, quick: bool = False) -> str:
    """A Markdown table of times, totals and unfilled places."""
    rows: list[tuple[str, ...]] = []
    instances = [(40, 15, list(ALL), 20), (300, 80, list(ALL), 3), (2000, 400, [OURS], 3)]
    for n_projects, n_mentors, names, repeats in instances:
        if quick and n_projects > 40:
            continue
        lab = make_lab(n_projects, n_mentors)
        ours_time, ours = measured(ALL[OURS], lab, max(repeats, 5))
        ours_total = float(lab.affinity[ours].sum())
        for name in names:
            spent, chosen = (ours_time, ours) if name == OURS else measured(ALL[name], lab, repeats)
            total = float(lab.affinity[chosen].sum())
            rows.append(
                (
                    f"{n_projects} × {n_mentors}",
                    name,
                    f"{spent * 1000:,.2f} ms",
                    f"{spent / ours_time:,.1f}",
                    f"{total:.4f}",
                    f"{total / ours_total:.4%}",
                    str(missing_places(chosen, lab.limits)),
                )
            )
    heads = ("instance", "method", "time", "× ours", "total", "of ours", "places missing")
    return markdown_table("Assignment", heads, rows)
