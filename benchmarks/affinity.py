"""Texts to affinities and reasons, beside a plain TF-IDF of the same texts."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from dataclasses import replace

from benchmarks.markdown import markdown_table

INSTANCE = (300, 80)
LARGE = (2_000, 400)
PAIRS_EACH = 2
# What is measured, by its name in the table; each in a process of its own, since
# the second reading of the same words costs next to nothing.
METHODS = {
    "ours": "Campfire, all features, four channels of texts",
    "written": "Campfire, stems and letters alone",
    "changed": "Campfire, one project changed",
    "answered": "Campfire, one mentor changed",
    "explained": "Campfire, the reasons of 600 pairs",
    "sklearn": "sklearn TfidfVectorizer, cosine",
}


def affinity_table(quick: bool = False) -> str:
    """A Markdown table of the seconds that each way takes, the best of three processes."""
    asked = [(INSTANCE, method, 3) for method in METHODS]
    asked += [] if quick else [(LARGE, "ours", 1)]
    rows = []
    for (n_projects, n_mentors), method, times in asked:
        spent = [_in_a_process(method, n_projects, n_mentors) for _ in range(times)]
        wall, processor, memory = min(spent)
        rows.append(
            (
                f"{n_projects:,} × {n_mentors}",
                METHODS[method],
                f"{wall:.3f} s" if wall < 0.1 else f"{wall:.2f} s",
                f"{processor:.3f} s" if processor < 0.1 else f"{processor:.2f} s",
                f"{memory:.0f} MB",
            )
        )
    heads = ("instance", "method", "time", "processor time", "most memory")
    return markdown_table("Texts to affinities, in a fresh process", heads, rows)


def _in_a_process(method: str, n_projects: int, n_mentors: int) -> tuple[float, float, float]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.affinity", method, str(n_projects), str(n_mentors)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=True,
    )
    wall, processor, memory = map(float, done.stdout.split())
    return wall, processor, memory


def measure(method: str, n_projects: int, n_mentors: int) -> tuple[float, float, float]:
    """Seconds, processor seconds and megabytes of one method in this process, without imports."""
    import numpy as np  # noqa: PLC0415 - loaded before the clock starts
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415

    from benchmarks.pool import make_pool  # noqa: PLC0415
    from matcher.affinity import AffinityModel  # noqa: PLC0415
    from matcher.live_pool import LivePool  # noqa: PLC0415
    from matcher.reasons import explain_pairs  # noqa: PLC0415

    projects, mentors = make_pool(n_projects, n_mentors)
    _forget()
    started, worked = time.perf_counter(), time.process_time()
    if method == "sklearn":
        ours = [
            " ".join((p.title, p.logline, p.synopsis, p.statement, p.difficulties, p.goals))
            for p in projects
        ]
        theirs = [
            " ".join((m.bio, *m.credits, *(term.text for term in (*m.expertise, *m.offers))))
            for m in mentors
        ]
        rows = TfidfVectorizer().fit_transform(ours + theirs)
        (rows[: len(ours)] @ rows[len(ours) :].T).toarray()
    elif method in {"changed", "answered"}:
        pool = LivePool.of(AffinityModel(), projects, mentors)
        film = replace(projects[7], difficulties=projects[8].difficulties)
        person = replace(mentors[7], bio=mentors[8].bio)
        started, worked = time.perf_counter(), time.process_time()
        later = pool.with_project(film) if method == "changed" else pool.with_mentor(person)
        later.affinity()
    else:
        channels = ("words", "characters") if method == "written" else None
        model = AffinityModel(channels=channels)
        features = model.fit_features(projects, mentors)
        affinity = model.affinity(features)
        if method == "explained":
            best = np.argsort(-affinity, axis=1)[:, :PAIRS_EACH]
            pairs = [(row, int(column)) for row, own in enumerate(best) for column in own]
            started, worked = time.perf_counter(), time.process_time()
            explain_pairs(projects, mentors, features, None, pairs, model=model)
    spent = time.perf_counter() - started, time.process_time() - worked
    # On Linux in kilobytes.
    return *spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000


def _forget() -> None:
    """Empty what making the pool has already read."""
    from matcher import words  # noqa: PLC0415

    for cached in (words.stem_of, words._parts, words._read):
        cached.cache_clear()


if __name__ == "__main__":
    print(*measure(sys.argv[1], *map(int, sys.argv[2:] or INSTANCE)))
