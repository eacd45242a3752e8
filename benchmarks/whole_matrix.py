"""A plan proven over all pairs of a matrix that is never held: 500 million of them.

Each row runs in a process of its own, so that the peak of memory is its own.
``python -m benchmarks.whole_matrix`` prints the table; ``--quick`` leaves out
the larger instance. *Of processors* adds up what all cores worked: on a busy
machine it tells more than the time.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time

import numpy as np

from benchmarks.markdown import markdown_table
from matcher.whole_matrix.assigning import assign_blocks
from matcher.whole_matrix.candidate_flow import best_plan
from matcher.whole_matrix.factored import FactoredAffinity
from matcher.whole_matrix.limits import PairLimits
from matcher.whole_matrix.passes import Matrix
from matcher.whole_matrix.room import Room

DEMAND, RANK, CONFLICTS_A_PROJECT = 2, 64, 5
LIST = 64
OURS, LISTED = "Campfire (all pairs)", f"best {LIST} a project only"


def make_lab(n_projects: int, n_mentors: int) -> tuple[FactoredAffinity, PairLimits]:
    """Directions in a space of 64, as encoders give them; some mentors in fashion."""
    rng = np.random.default_rng(20260701)
    projects = rng.normal(size=(n_projects, RANK))
    mentors = rng.normal(size=(n_mentors, RANK))
    # What all texts of one trade have in common, some mentors more than others.
    projects[:, 0] += 3
    mentors[:, 0] += 3 + 1.5 * rng.normal(size=n_mentors)
    for each in (projects, mentors):
        np.divide(each, np.linalg.norm(each, axis=1, keepdims=True), out=each)
    mean = DEMAND * n_projects // n_mentors
    conflicts = rng.integers(0, (n_projects, n_mentors), size=(CONFLICTS_A_PROJECT * n_projects, 2))
    return FactoredAffinity(projects, mentors), PairLimits.build(
        demand_low=np.full(n_projects, DEMAND),
        demand_high=np.full(n_projects, DEMAND),
        load_low=np.full(n_mentors, mean - 2),
        load_high=np.full(n_mentors, mean + 2),
        forbidden=conflicts,
    )


def measure(method: str, n_projects: int, n_mentors: int) -> dict[str, float]:
    """Time, peak memory and plan of one method, in this process."""
    affinity, limits = make_lab(n_projects, n_mentors)
    started, spent = time.perf_counter(), time.process_time()
    if method == OURS:
        plan = assign_blocks(affinity, limits)
        pairs, total, gap = plan.n_pairs, plan.total, plan.certificate.gap
        rounds, priced, bound = plan.rounds, plan.n_priced, plan.rounding_bound
        columns = plan.columns
    else:
        room = Room.build(limits, affinity.bounds(lambda: None))
        matrix = Matrix(affinity, limits, room)
        listed = matrix.best_of_rows(np.zeros(n_mentors), LIST, lambda *_: None)
        chosen = listed.only(best_plan(listed, room))
        pairs, columns = len(chosen), chosen.columns
        total = float(affinity.exact(chosen.rows, columns).sum())
        rounds, priced, gap, bound = 1, 0, float("nan"), float("nan")
    loads = np.bincount(columns, minlength=n_mentors)
    return {
        "seconds": time.perf_counter() - started,
        "processor": time.process_time() - spent,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "pairs": pairs,
        "total": total,
        "missing": float(np.maximum(limits.load_low - loads, 0).sum()),
        "rounds": rounds,
        "priced": priced,
        "gap": gap,
        "bound": bound,
    }


def in_a_process(method: str, n_projects: int, n_mentors: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.whole_matrix", method]
    done = subprocess.run(
        [*command, str(n_projects), str(n_mentors)], check=True, capture_output=True, text=True
    )
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def whole_matrix_table(*, quick: bool = False) -> str:
    """A Markdown table of times, memory, totals and proofs."""
    rows: list[tuple[str, ...]] = []
    for n_projects, n_mentors in [(10_000, 2_000), (50_000, 10_000)]:
        if quick and n_projects > 10_000:
            continue
        ours = in_a_process(OURS, n_projects, n_mentors)
        for method in (OURS, LISTED):
            found = ours if method == OURS else in_a_process(method, n_projects, n_mentors)
            proven = found["priced"] > 0
            rows.append(
                (
                    f"{n_projects:,} × {n_mentors:,}",
                    method,
                    f"{found['seconds']:.1f} s",
                    f"{found['processor']:.1f} s",
                    f"{found['megabytes']:.0f} MB",
                    f"{found['rounds']:.0f}",
                    f"{found['priced'] / 1e6:,.0f} M" if proven else "–",
                    f"{found['pairs']:,.0f}",
                    f"{found['missing']:,.0f}",
                    f"{found['total']:,.3f}",
                    f"{found['total'] / ours['total']:.3%}",
                    f"{found['gap']:g} (± {found['bound']:.0e})" if proven else "unknown",
                )
            )
    heads = (
        *("instance", "method", "time", "of processors", "peak memory", "rounds", "pairs priced"),
        *("pairs chosen", "minimums missing", "total", "of ours", "proven gap"),
    )
    return markdown_table("A matrix never held whole", heads, rows)


if __name__ == "__main__":
    if len(sys.argv) == 4:
        print(json.dumps(measure(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))
    else:
        print(whole_matrix_table(quick="--quick" in sys.argv))
