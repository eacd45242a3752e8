"""Texts to affinities and reasons, beside a plain TF-IDF of the same texts."""

from __future__ import annotations

import os
import subprocess
import sys
import time

from benchmarks.markdown import markdown_table

INSTANCE = (300, 80)
PAIRS_EACH = 2
# What is measured, by its name in the table; each in a process of its own, since
# the second reading of the same words costs next to nothing.
METHODS = {
    "ours": "Campfire, seven features",
    "explained": "Campfire, the reasons of 600 pairs",
    "sklearn": "sklearn TfidfVectorizer, cosine",
}


def affinity_table() -> str:
    """A Markdown table of the seconds that each way takes, the best of three processes."""
    n_projects, n_mentors = INSTANCE
    rows = []
    for method, name in METHODS.items():
        best = min((_in_a_process(method) for _ in range(3)), key=lambda spent: spent[0])
        rows.append((f"{n_projects} × {n_mentors}", name, f"{best[0]:.2f} s", f"{best[1]:.2f} s"))
    heads = ("instance", "method", "time", "processor time")
    return markdown_table("Texts to affinities, in a fresh process", heads, rows)


def _in_a_process(method: str) -> tuple[float, float]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.affinity", method],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=True,
    )
    wall, processor = done.stdout.split()
    return float(wall), float(processor)


def measure(method: str) -> tuple[float, float]:
    """Seconds and processor seconds of one method in this process; imports not counted."""
    import numpy as np  # noqa: PLC0415 - loaded before the clock starts
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415

    from benchmarks.pool import make_pool  # noqa: PLC0415
    from matcher.affinity import AffinityModel  # noqa: PLC0415
    from matcher.reasons import explain_pairs  # noqa: PLC0415

    projects, mentors = make_pool(*INSTANCE)
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
    else:
        model = AffinityModel()
        features = model.fit_features(projects, mentors)
        affinity = model.affinity(features)
        if method == "explained":
            best = np.argsort(-affinity, axis=1)[:, :PAIRS_EACH]
            pairs = [(row, int(column)) for row, own in enumerate(best) for column in own]
            started, worked = time.perf_counter(), time.process_time()
            explain_pairs(projects, mentors, features, None, pairs, model=model)
    return time.perf_counter() - started, time.process_time() - worked


def _forget() -> None:
    """Empty what making the pool has already read."""
    from matcher import words  # noqa: PLC0415

    for cached in (words.stem_of, words._parts, words._read):
        cached.cache_clear()


if __name__ == "__main__":
    print(*measure(sys.argv[1]))
