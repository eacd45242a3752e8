"""Who blocks a plan and what would repair it: one call, beside solving the plan alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from benchmarks.assignment import DEMAND, Lab, make_lab
from benchmarks.markdown import markdown_table
from matcher.assignment import assign
from matcher.constraints import BoolArray
from matcher.diagnosis import diagnose


def tight(lab: Lab) -> Lab:
    """Two places too few for all projects together: no load to spare, and two taken away."""
    n_projects, n_mentors = lab.affinity.shape
    places = DEMAND * n_projects - 2
    high = np.full(n_mentors, places // n_mentors, dtype=np.int64)
    high[: places - int(high.sum())] += 1
    return _with(lab, load_low=np.zeros_like(high), load_high=high)


def scarce(lab: Lab) -> Lab:
    """A tenth of all places missing."""
    n_projects, n_mentors = lab.affinity.shape
    high = np.full(n_mentors, round(0.9 * DEMAND * n_projects / n_mentors), dtype=np.int64)
    return _with(lab, load_low=np.zeros_like(high), load_high=high)


def walled(lab: Lab) -> Lab:
    """Room enough, but six projects may meet two mentors only, one place missing."""
    forbidden = lab.limits.forbidden.copy()
    forbidden[:6, 2:] = True
    forbidden[:6, :2] = False
    high = np.full(lab.affinity.shape[1], 11, dtype=np.int64)
    high[:2] = 6, 5
    return _with(lab, forbidden=forbidden, load_low=np.zeros_like(high), load_high=high)


def unwanted(lab: Lab) -> Lab:
    """Mentors promised more projects than there are places for."""
    n_projects, n_mentors = lab.affinity.shape
    low = np.full(n_mentors, DEMAND * n_projects // n_mentors + 1, dtype=np.int64)
    return _with(lab, load_low=low, load_high=low + 2)


def _with(lab: Lab, **changes: BoolArray | np.typing.NDArray[np.int64]) -> Lab:
    return Lab(lab.affinity, replace(lab.limits, **changes))


SHORTAGES: dict[str, Callable[[Lab], Lab]] = {
    "two places short in all": tight,
    "a tenth of the places missing": scarce,
    "six projects walled in": walled,
    "mentors promised too much": unwanted,
}


def best_time(work: Callable[[], object], repeats: int) -> float:
    """The best of several, in seconds."""
    best = float("inf")
    for _ in range(repeats):
        started = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - started)
    return best


def diagnosis_table(*, quick: bool = False) -> str:
    """A Markdown table of times, sizes of the blockages and numbers of repairs."""
    rows: list[tuple[str, ...]] = []
    for shape, repeats in (((40, 15), 20), ((300, 80), 7), ((2000, 400), 1)):
        if quick and shape[0] > 40:
            continue
        for name, shortage in SHORTAGES.items():
            lab = shortage(make_lab(*shape))
            found = diagnose(lab.affinity, lab.limits)
            whole = best_time(lambda lab=lab: diagnose(lab.affinity, lab.limits), repeats)  # type: ignore[misc]
            alone = best_time(lambda lab=lab: assign(lab.affinity, lab.limits), repeats)  # type: ignore[misc]
            blocked = [len(one.needs) for one in found.blockages]
            lightest = found.lightest
            rows.append(
                (
                    f"{shape[0]:,} × {shape[1]}",
                    name,
                    str(found.missing),
                    ", ".join(f"{n:,}" for n in blocked[:3]) + (" …" if len(blocked) > 3 else ""),
                    str(len(found.repairs)),
                    f"{lightest.weight if lightest else 0:,}",
                    f"{whole * 1000:,.1f} ms",
                    f"{alone * 1000:,.1f} ms",
                )
            )
    heads = (
        "instance",
        "shortage",
        "missing",
        "blocking",
        "repairs",
        "least weight",
        "diagnosis",
        "plan alone",
    )
    return markdown_table("Diagnosis", heads, rows)


if __name__ == "__main__":
    print(diagnosis_table())
