"""What any other pair would cost, and a lock or a veto, beside solving again."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from statistics import median

import numpy as np

from benchmarks.assignment import Lab, Method, by_milp, by_networkx, make_lab
from benchmarks.markdown import markdown_table
from matcher.assignment import assign
from matcher.counterfactuals import SolvedPlan

N_EDITS = 20
Cell = tuple[int, int]


def spent(work: Callable[[], object], repeats: int = 1) -> float:
    """The best time of several, in seconds."""
    best = float("inf")
    for _ in range(repeats):
        started = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - started)
    return best


def some_cells(lab: Lab, plan: SolvedPlan, *, chosen: bool) -> list[Cell]:
    marks = plan.assignment.chosen
    cells = np.argwhere(marks if chosen else ~marks & ~lab.limits.forbidden)
    picked = np.random.default_rng(7).choice(len(cells), size=N_EDITS, replace=False)
    return [(int(row), int(column)) for row, column in cells[picked]]


def without(lab: Lab, cell: Cell) -> Lab:
    forbidden = lab.limits.forbidden.copy()
    forbidden[cell] = True
    return Lab(lab.affinity, replace(lab.limits, forbidden=forbidden))


def held(lab: Lab, cell: Cell) -> Lab:
    """The lab with a pair so good that no plan leaves it out: a lock that any solver knows."""
    affinity = lab.affinity.copy()
    affinity[cell] = 100.0
    return Lab(affinity, lab.limits)


def by_us(lab: Lab) -> object:
    return assign(lab.affinity, lab.limits).chosen


def prices_anew(lab: Lab, prices_time: float, method: Method | None, label: str) -> tuple[str, ...]:
    """A row for pricing every pair by solving again, from the time of one such solution."""
    cell = some_cells(lab, SolvedPlan.solve(lab.affinity, lab.limits), chosen=False)[0]
    solve = method or by_us
    forced = held(lab, cell)
    every = spent(lambda: solve(forced), 2 if lab.affinity.size < 100_000 else 1)
    every *= int((~lab.limits.forbidden).sum())
    return (shape_of(lab), "all prices", label, said(every), f"{every / prices_time:,.0f}")


def shape_of(lab: Lab) -> str:
    return "{:,} × {:,}".format(*lab.affinity.shape)


def said(seconds: float) -> str:
    if seconds < 10:
        return f"{seconds * 1000:,.2f} ms"
    return f"{seconds:,.0f} s" if seconds < 3600 else f"{seconds / 3600:,.1f} h"


def rows_of(lab: Lab, rivals: dict[str, Method]) -> list[tuple[str, ...]]:
    """The rows of one instance."""
    large = lab.affinity.size > 100_000
    plan = SolvedPlan.solve(lab.affinity, lab.limits)
    solve_time = spent(lambda: SolvedPlan.solve(lab.affinity, lab.limits), 2 if large else 10)
    prices_time = spent(lambda: SolvedPlan(plan._state).prices(), 3 if large else 10)
    shape = shape_of(lab)
    rows: list[tuple[str, ...]] = [
        (shape, "optimum", "Campfire", said(solve_time), "1"),
        (shape, "all prices", "Campfire", said(prices_time), "1"),
        prices_anew(lab, prices_time, None, "Campfire, each pair solved again*"),
    ]
    rows += [
        prices_anew(lab, prices_time, method, f"{name}, each pair*")
        for name, method in rivals.items()
    ]
    edits = (
        ("one lock", plan.lock, some_cells(lab, plan, chosen=False), held),
        ("one veto", plan.forbid, some_cells(lab, plan, chosen=True), without),
    )
    for name, edit, cells, changed in edits:
        times = []
        for row, column in cells:
            pair = lab.limits.project_ids[row], lab.limits.mentor_ids[column]
            times.append(spent(partial(edit, *pair), 3))
        ours = median(times)
        rows.append((shape, name, "Campfire", said(ours), "1"))
        other = changed(lab, cells[0])
        for label, method in {"Campfire, solved again": by_us, **rivals}.items():
            again = spent(partial(method, other), 2)
            rows.append((shape, name, label, said(again), f"{again / ours:,.0f}"))
    return rows


def counterfactuals_table(*, quick: bool = False) -> str:
    """A Markdown table of prices, locks and vetoes; * is one solution times the pairs."""
    both: dict[str, Method] = {"scipy milp": by_milp, "networkx": by_networkx}
    instances: list[tuple[int, int, dict[str, Method]]] = [
        (40, 15, both),
        (300, 80, both),
        (2000, 400, {}),
    ]
    rows: list[tuple[str, ...]] = []
    for n_projects, n_mentors, rivals in instances:
        if not quick or n_projects <= 40:
            rows += rows_of(make_lab(n_projects, n_mentors), rivals)
    heads = ("instance", "work", "method", "time", "× ours")
    return markdown_table("Counterfactuals", heads, rows) + (
        "\n\\* the time of one solution times the number of pairs, not measured in full\n"
    )


if __name__ == "__main__":
    print(counterfactuals_table())
