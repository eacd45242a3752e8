"""Fair plans, their price and their proof, beside a plain MILP that raises the floor itself."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack

from benchmarks.assignment import make_lab
from benchmarks.markdown import markdown_table
from matcher.constraints import Constraints
from matcher.fairness import AIMS, Aim, FairPlan, fair_assign
from matcher.profiles import Demand, Load

Floats = NDArray[np.float64]
# A search is cut short after so many seconds.
OUR_LIMIT, PLAIN_LIMIT = 10.0, 20.0


@dataclass(frozen=True)
class Instance:
    """One lab, and how many of its rows are worth their time."""

    name: str
    affinity: Floats
    limits: Constraints
    aims: tuple[Aim, ...]


def instances() -> list[Instance]:
    """Supply to spare; supply equal to demand; the same where all want the same mentors."""
    spare = make_lab(300, 80)
    rng = np.random.default_rng(20260701)
    tight = rng.beta(2, 5, size=(120, 180))
    wanted = rng.normal(size=180)
    own = 0.5 * rng.normal(size=(120, 1)) + 0.5 * rng.normal(size=(120, 180))
    contested = 1 / (1 + np.exp(-(wanted[None, :] + own)))
    three_each = Constraints.build(
        [f"p{i}" for i in range(120)],
        [f"m{j}" for j in range(180)],
        demand=[Demand(3, 3)] * 120,
        loads=[Load(0, 2)] * 180,
    )
    few = make_lab(40, 15)
    return [
        Instance("40 × 15", few.affinity, few.limits, AIMS),
        Instance("300 × 80", spare.affinity, spare.limits, AIMS),
        Instance("120 × 180, 3 each, supply = demand", tight, three_each, AIMS),
        Instance(
            "the same, all want the same mentors",
            contested,
            three_each,
            ("best_overall", "nobody_left_behind", "close_to_own_best"),
        ),
    ]


def plain_floor(instance: Instance, seconds: float) -> tuple[float, float, float]:
    """Time, floor and its bound of a MILP that maximises the least value itself."""
    limits = instance.limits
    rows, columns = np.nonzero(~limits.forbidden)
    asked = np.maximum(limits.demand_low, 1)
    n_rows, n_columns = limits.shape
    started = time.perf_counter()

    def lines(index: NDArray[np.int64], entries: Floats, height: int, last: float) -> csr_array:
        cells = csr_array((entries, (index, np.arange(len(index)))), shape=(height, len(index)))
        return hstack([cells, csr_array(np.full((height, 1), last))], format="csr")

    ones = np.ones(len(rows))
    gains = np.zeros(len(rows) + 1)
    gains[-1] = -1.0
    values = instance.affinity[rows, columns] / asked[rows]
    found = milp(
        gains,
        integrality=np.append(ones, 0.0),
        bounds=Bounds(np.append(0.0 * ones, -np.inf), np.append(ones, np.inf)),
        constraints=[
            LinearConstraint(lines(rows, ones, n_rows, 0.0), limits.demand_low, limits.demand_high),
            LinearConstraint(
                lines(columns, ones, n_columns, 0.0), limits.load_low, limits.load_high
            ),
            LinearConstraint(lines(rows, values, n_rows, -1.0), 0.0, np.inf),
        ],
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    spent = time.perf_counter() - started
    floor = -np.inf if found.fun is None else -float(found.fun)
    bound = np.inf if found.mip_dual_bound is None else -float(found.mip_dual_bound)
    return spent, floor, bound


def fairness_table(*, quick: bool = False) -> str:
    """A Markdown table of times, floors, prices and gaps."""
    rows: list[tuple[str, ...]] = []
    for instance in instances()[: 1 if quick else None]:
        for aim in instance.aims:
            started = time.perf_counter()
            plan = fair_assign(instance.affinity, instance.limits, aim, time_limit=OUR_LIMIT)
            spent = time.perf_counter() - started
            rows.append(_row(instance, plan, spent))
            if aim == "nobody_left_behind":
                plain = plain_floor(instance, 2.0 if quick else PLAIN_LIMIT)
                rows.append(_plain_row(instance, plain, spent))
    heads = ("instance", "aim", "time", "× ours", "floor", "floor's gap", "price", "total's gap")
    return markdown_table("Fairness", (*heads, "proven"), rows)


def _row(instance: Instance, plan: FairPlan, spent: float) -> tuple[str, ...]:
    total = abs(plan.total) or 1.0
    proven = "yes" if plan.proven else "no"
    if plan.aim == "leximin":
        proven = f"{plan.n_proven} of {len(plan.values)} places"
    return (
        instance.name,
        plan.aim,
        f"{spent:,.3f} s",
        "1.0",
        f"{plan.floor:.5f}",
        "–" if plan.aim == "best_overall" else f"{plan.floor_gap / abs(plan.floor):.1e}",
        f"{plan.relative_price:.4%}",
        f"{plan.certificate.gap / total:.1e}",
        proven,
    )


def _plain_row(
    instance: Instance, plain: tuple[float, float, float], ours: float
) -> tuple[str, ...]:
    spent, floor, bound = plain
    found = bool(np.isfinite(floor))
    gap = (bound - floor) / abs(floor) if found and floor else np.inf
    return (
        instance.name,
        "floor alone, plain milp",
        f"{spent:,.3f} s",
        f"{spent / ours:,.1f}",
        f"{floor:.5f}" if found else "none found",
        f"{max(0.0, gap):.1e}" if found else "–",
        "–",
        "–",
        "yes" if found and gap <= 1e-6 else "no",
    )


if __name__ == "__main__":
    print(fairness_table())
