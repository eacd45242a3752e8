"""Science abstracts against reviewers' papers: a gold standard that is not about film.

``python -m benchmarks.reviewers FOLDER``, where FOLDER is a copy of the
repository niharshah/goldstandard-reviewer-paper-match (its data is not ours to
ship). It holds what 58 researchers said of their expertise in papers they had
read, and the last twenty papers of each, drawn ten times.

References
----------
Stelmakh, I., Wieting, J., Xi, S., Neubig, G., & Shah, N. B. (2023). A gold
standard dataset for the reviewer assignment problem.
doi:10.48550/arXiv.2303.16750
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.markdown import markdown_table
from matcher.affinity import AffinityModel
from matcher.evaluation import ordering_loss, plain_overlap
from matcher.profiles import MentorProfile, ProjectProfile

Floats = NDArray[np.float64]
Pool = tuple[list[ProjectProfile], list[MentorProfile]]
Way = Callable[[Sequence[ProjectProfile], Sequence[MentorProfile]], Floats]


def read_pool(folder: Path) -> Pool:
    """Give a drawing's papers as projects, and its reviewers as mentors with papers as credits.

    Parameters
    ----------
    folder : Path
        One of ``evaluation_datasets/d_20_*``.
    """
    submissions = json.loads((folder / "submissions.json").read_text(encoding="utf-8"))
    papers = [
        ProjectProfile(
            id=name, title=paper["content"]["title"], synopsis=paper["content"]["abstract"]
        )
        for name, paper in sorted(submissions.items())
    ]
    reviewers = [
        MentorProfile(
            id=archive.stem.removeprefix("~"),
            credits=tuple(
                f"{paper['content']['title']}. {paper['content']['abstract']}"
                for paper in map(json.loads, archive.read_text(encoding="utf-8").splitlines())
            ),
        )
        for archive in sorted((folder / "archives").glob("*.jsonl"))
    ]
    return papers, reviewers


def read_expertise(file: Path, pool: Pool) -> Floats:
    """Give what each reviewer said (n_reviewers, n_papers), 1 to 5; NaN where nothing."""
    rows = {reviewer.id: row for row, reviewer in enumerate(pool[1])}
    columns = {paper.id: column for column, paper in enumerate(pool[0])}
    expertise = np.full((len(rows), len(columns)), np.nan)
    with file.open(encoding="utf-8", newline="") as opened:
        for line in csv.DictReader(opened, delimiter="\t"):
            row = rows.get(line["ParticipantID"])
            for number in range(1, 11):
                column = columns.get(line[f"Paper{number}"])
                if row is not None and column is not None:
                    expertise[row, column] = float(line[f"Expertise{number}"])
    return expertise


def our_way(projects: Sequence[ProjectProfile], mentors: Sequence[MentorProfile]) -> Floats:
    """Give the model's affinities, fitted on the papers at hand."""
    model = AffinityModel()
    return model.affinity(model.fit_features(projects, mentors))


WAYS: dict[str, Way] = {"Campfire": our_way, "sklearn TfidfVectorizer": plain_overlap}


def losses_of(folder: Path) -> dict[str, list[float]]:
    """Give every way's loss on each drawing in a copy of the repository."""
    drawings = sorted((folder / "evaluation_datasets").glob("d_20_*"))
    losses: dict[str, list[float]] = {name: [] for name in WAYS}
    for drawing in drawings:
        pool = read_pool(drawing)
        expertise = read_expertise(folder / "data" / "evaluations.csv", pool)
        for name, way in WAYS.items():
            loss = ordering_loss(way(*pool).T, expertise)
            if loss is not None:
                losses[name].append(loss.value)
    return losses


def reviewers_table(folder: Path) -> str:
    """A Markdown table of losses: the mean over the drawings, and their smallest and largest."""
    rows = [
        (name, f"{np.mean(found):.3f}", f"{min(found):.3f}-{max(found):.3f}", str(len(found)))
        for name, found in losses_of(folder).items()
        if found
    ]
    title = "Papers put in the wrong order, weighed by expertise (chance 0.5)"
    return markdown_table(title, ("way", "loss", "over drawings", "drawings"), rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reviewers", description=__doc__)
    parser.add_argument("folder", type=Path, help="a copy of the gold standard's repository")
    print(reviewers_table(parser.parse_args().folder))
