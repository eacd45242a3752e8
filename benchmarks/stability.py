"""Plans that keep a standing one, and the frontier, beside a plain MILP for each point."""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import eye_array, kron

from benchmarks.assignment import Lab, make_lab
from benchmarks.markdown import markdown_table
from matcher.assignment import assign
from matcher.stability import frontier, stable_assign

Chosen = NDArray[np.bool_]
PRICES = (0.0, 0.02, 0.1, np.inf)


def standing_plan(lab: Lab) -> Chosen:
    """The best plan of last month's affinities, which differed a little."""
    rng = np.random.default_rng(7)
    return assign(lab.affinity + 0.05 * rng.normal(size=lab.affinity.shape), lab.limits).chosen


def by_milp(lab: Lab, standing: Chosen, n_changes: int) -> tuple[float, float]:
    """Time and total of a MILP for one number of changes, over all pairs."""
    n_projects, n_mentors = lab.affinity.shape
    started = time.perf_counter()
    found = milp(
        -lab.affinity.ravel(),
        integrality=np.ones(lab.affinity.size),
        bounds=Bounds(0, 1.0 - lab.limits.forbidden.ravel()),
        constraints=[
            LinearConstraint(
                kron(eye_array(n_projects), np.ones((1, n_mentors)), format="csr"),
                lab.limits.demand_low,
                lab.limits.demand_high,
            ),
            LinearConstraint(
                kron(np.ones((1, n_projects)), eye_array(n_mentors), format="csr"),
                lab.limits.load_low,
                lab.limits.load_high,
            ),
            LinearConstraint(
                standing.ravel().astype(float)[None, :], standing.sum() - n_changes, np.inf
            ),
        ],
        options={"mip_rel_gap": 0, "time_limit": 30.0},
    )
    return time.perf_counter() - started, -float(found.fun)


def stability_table(*, quick: bool = False) -> str:
    """A Markdown table of times, changes and totals."""
    rows: list[tuple[str, ...]] = []
    for n_projects, n_mentors in ((40, 15), (300, 80))[: 1 if quick else None]:
        lab = make_lab(n_projects, n_mentors)
        standing = standing_plan(lab)
        name = f"{n_projects} × {n_mentors}"
        for price in PRICES:
            spent = np.inf
            for _ in range(3):
                started = time.perf_counter()
                plan = stable_assign(lab.affinity, lab.limits, standing, price)
                spent = min(spent, time.perf_counter() - started)
            rows.append(
                (
                    name,
                    f"plan at {price:g} a change",
                    f"{spent * 1000:,.1f} ms",
                    str(plan.n_changes),
                    f"{plan.total:.4f}",
                    f"{len(plan.exchanges)} exchanges",
                )
            )
        rows += _frontier_rows(name, lab, standing)
    heads = ("instance", "what", "time", "changes", "total", "")
    return markdown_table("Stability", heads, rows)


def _frontier_rows(name: str, lab: Lab, standing: Chosen) -> list[tuple[str, ...]]:
    started = time.perf_counter()
    points = frontier(lab.affinity, lab.limits, standing, time_limit=60.0)
    spent = time.perf_counter() - started
    proven = sum(point.gap == 0 for point in points)
    corners = sum(point.supported for point in points)
    middle = points[len(points) // 2]
    plain, total = by_milp(lab, standing, middle.n_changes)
    return [
        (
            name,
            f"frontier: {len(points)} points, {corners} supported, {proven} proven",
            f"{spent * 1000:,.0f} ms",
            f"{points[0].n_changes}–{points[-1].n_changes}",
            f"{points[0].total:.4f}–{points[-1].total:.4f}",
            f"{spent / len(points) * 1000:,.1f} ms a point",
        ),
        (
            name,
            "one point of it, plain milp",
            f"{plain * 1000:,.0f} ms",
            str(middle.n_changes),
            f"{total:.4f}",
            f"ours {middle.total:.4f}; × {plain / (spent / len(points)):,.1f}",
        ),
    ]


if __name__ == "__main__":
    print(stability_table())
