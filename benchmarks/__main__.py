"""Measure everything: ``python -m benchmarks``; ``--quick`` leaves out the slow rows."""

import argparse
import os
import platform
from importlib.metadata import version

from benchmarks.affinity import affinity_table
from benchmarks.assignment import assignment_table


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="leave out the rows above one second")
    quick = parser.parse_args().quick
    packages = ", ".join(
        f"{name} {version(name)}" for name in ("ortools", "scipy", "networkx", "scikit-learn")
    )
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {packages}\n")
    print(assignment_table(quick=quick))
    if not quick:
        print(affinity_table())


if __name__ == "__main__":
    main()
