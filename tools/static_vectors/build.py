"""Make the table: ``python tools/static_vectors/build.py PACKAGES WORK OUT``.

``PACKAGES`` is the folder of unpacked packages that the README beside this file
lists, ``WORK`` keeps the teacher's vectors from one run to the next, ``OUT`` is
the file to write. With ``--held-out`` a fifth of the project's own texts is kept
back from the lessons and the retrieval figures on it are printed; nothing is
written then.
"""

from __future__ import annotations

import argparse
import sys
import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np
import torch
from corpus import Corpus, Projection, bags, gather, unit
from numpy.typing import NDArray
from pieces import choose_pieces, features_of, fold_pieces, letters_alone
from report import answers_table, bare, translations_table
from sources import Group, own_answers, read_groups, word_lists
from student import Lessons, Settings, Student, teach
from teacher import Teacher, read_pieces
from writing import write_table

from matcher.static_vectors.segmentation import Segmenter

_HELD_OUT = 5  # one own row in five


@dataclass(frozen=True, eq=False)
class Classroom:
    """Everything that is ready before the first lesson."""

    names: list[str]
    scores: NDArray[np.float32]
    features: NDArray[np.float32]
    corpus: Corpus
    projection: Projection
    answers: list[tuple[str, str]]
    held_out: list[Group]
    held_out_answers: list[tuple[str, str]]


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packages", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--held-out", action="store_true")
    asked = parser.parse_args()
    began = time.monotonic()
    teacher = Teacher(asked.work)
    room = furnish(asked.packages, teacher, held_out=asked.held_out)
    print(
        f"{len(room.corpus.texts)} texts, {len(room.names)} pieces, {_minutes(began)}", flush=True
    )
    vectors, segmenter = train(room, Settings())
    print(f"taught, {_minutes(began)}", flush=True)
    if asked.held_out:
        print(figures(room, vectors, segmenter, teacher))
    else:
        write_table(asked.out, room.names, room.scores, vectors, room.corpus)
        print(f"{asked.out.stat().st_size / 1e6:.1f} MB, {_minutes(began)}")


def furnish(packages: Path, teacher: Teacher, *, held_out: bool) -> Classroom:
    """Read the texts, ask the teacher, choose the pieces."""
    groups = list(read_groups(packages))
    answers = list(own_answers())
    kept_back = [
        group
        for source, group in groups
        if held_out and source == "own prose" and _is_held_out(group["en"])
    ]
    forbidden = {text for group in kept_back for text in group.values()}
    taught = [(s, group) for s, group in groups if not forbidden & set(group.values())]
    pieces, scores, inputs = read_pieces()
    folded = fold_pieces(pieces)
    names, totals = choose_pieces(
        folded,
        scores,
        [text for _, group in groups for text in group.values()],
        [group["en"] for group in word_lists(packages) if "en" in group],
    )
    alone = teacher.encode(letters_alone(names, folded, pieces))
    corpus, projection = gather(taught, teacher)
    return Classroom(
        names,
        totals,
        features_of(names, folded, scores, inputs, alone),
        corpus,
        projection,
        [pair for pair in answers if not (held_out and _is_held_out(pair[0]))],
        kept_back,
        [pair for pair in answers if held_out and _is_held_out(pair[0])],
    )


def train(room: Classroom, settings: Settings) -> tuple[NDArray[np.float32], Segmenter]:
    """Give the taught vectors (n_pieces, 256), and what cuts words into the pieces."""
    torch.manual_seed(settings.seed)
    segmenter = Segmenter(room.names, room.scores.astype(np.float16).astype(np.float32).tolist())
    student = Student(room.features, room.scores, settings)
    alone = room.features[:, room.features.shape[1] // 2 :]
    student.start(unit((alone - alone.mean(axis=0)) @ room.projection.directions))
    needs, offers = (bags([pair[n] for pair in room.answers], segmenter) for n in (0, 1))
    pairs = list(zip(needs, offers, strict=True))
    lessons = Lessons(room.corpus, bags(room.corpus.texts, segmenter), pairs, settings)
    teach(student, lessons, settings, lambda step: print(f"step {step}", flush=True))
    return student.vectors(), segmenter


def figures(
    room: Classroom, vectors: NDArray[np.float32], segmenter: Segmenter, teacher: Teacher
) -> str:
    """Give the tables of student and teacher on the rows that were kept back."""

    def student(texts: Sequence[str], _languages: Sequence[str]) -> NDArray[np.float32]:
        found = bags(texts, segmenter)
        return unit(np.stack([weights @ vectors[pieces] for pieces, weights in found]))

    def taught(texts: Sequence[str], languages: Sequence[str]) -> NDArray[np.float32]:
        return room.projection(teacher.encode(texts), texts, languages)

    encoders = {"student": student, "teacher": taught}
    return "\n".join(
        [
            f"{len(room.held_out)} held-out rows, {len(room.held_out_answers)} held-out answers",
            translations_table(room.held_out, encoders),
            answers_table(room.held_out_answers, encoders),
        ]
    )


def _is_held_out(text: str) -> bool:
    return zlib.crc32(bare(text).encode()) % _HELD_OUT == 0


def _minutes(began: float) -> str:
    return f"{(time.monotonic() - began) / 60:.1f} minutes"


if __name__ == "__main__":
    main()
