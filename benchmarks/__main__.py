"""Measure: ``python -m benchmarks [NAME ...]``; everything without a name.

``--quick`` leaves out the slow rows. What runs processes of its own, or needs
data from outside, is started by itself: ``python -m benchmarks.memory``,
``python -m benchmarks.reviewers FOLDER``.
"""

import argparse
import os
import platform
from collections.abc import Callable
from importlib.metadata import version

from benchmarks.affinity import affinity_table
from benchmarks.assignment import assignment_table
from benchmarks.counterfactuals import counterfactuals_table
from benchmarks.diagnosis import diagnosis_table
from benchmarks.evaluation import evaluation_table
from benchmarks.fairness import fairness_table
from benchmarks.groups import groups_table
from benchmarks.learning import learning_table
from benchmarks.stability import stability_table
from benchmarks.teams import teams_table
from benchmarks.whole_matrix import whole_matrix_table

TABLES: dict[str, Callable[[bool], str]] = {
    "assignment": lambda quick: assignment_table(quick=quick),
    "counterfactuals": lambda quick: counterfactuals_table(quick=quick),
    "fairness": lambda quick: fairness_table(quick=quick),
    "stability": lambda quick: stability_table(quick=quick),
    "diagnosis": lambda quick: diagnosis_table(quick=quick),
    "teams": lambda quick: teams_table(quick=quick),
    "groups": lambda quick: groups_table(quick=quick),
    "whole-matrix": lambda quick: whole_matrix_table(quick=quick),
    "affinity": lambda _quick: affinity_table(),
    "evaluation": lambda quick: evaluation_table(quick=quick),
    "learning": lambda quick: learning_table(quick=quick),
}
# Without a quick row: left out where everything is to be measured quickly.
SLOW = frozenset({"affinity", "whole-matrix"})


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"of {', '.join(TABLES)} (else all)"
    )
    parser.add_argument("--quick", action="store_true", help="leave out the slow rows")
    asked = parser.parse_args()
    unknown = [name for name in asked.names if name not in TABLES]
    if unknown:
        parser.error(f"there is no {' or '.join(unknown)}: there are {', '.join(TABLES)}")
    everything = [name for name in TABLES if not (asked.quick and name in SLOW)]
    packages = ", ".join(
        f"{name} {version(name)}" for name in ("ortools", "scipy", "networkx", "scikit-learn")
    )
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {packages}\n")
    for name in asked.names or everything:
        print(TABLES[name](asked.quick), flush=True)


if __name__ == "__main__":
    main()
