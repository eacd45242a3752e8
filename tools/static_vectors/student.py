"""The student: a vector for each piece, so that a text's sum lies where the teacher put it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from corpus import N_DIMENSIONS, Corpus
from numpy.typing import NDArray
from torch import Tensor, nn

Bag = tuple[NDArray[np.int64], NDArray[np.float32]]
# Cosine of two targets above which their texts are taken to say the same.
_SAME = 0.75
_N_FEATURES = 384
OWN = ("own prose", "vocabulary")


@dataclass(frozen=True, slots=True)
class Settings:
    """What was chosen on held-out rows."""

    steps: int = 700
    texts_a_step: int = 512
    groups_a_step: int = 256
    answers_a_step: int = 96
    rate: float = 6e-3
    table_rate: float = 3e-3
    temperature: float = 0.15
    translation_weight: float = 0.3
    answer_weight: float = 0.4
    own_share: float = 0.5
    drop: float = 0.25
    pull: float = 0.05
    frequent: float = 1e-4
    seed: int = 1


class Student(nn.Module):
    """Piece vectors as one linear map of what the teacher knows, and a small correction each.

    The map is shared by all pieces, so that what film prose teaches reaches
    words that stand in none of it. Being linear, it is applied to texts' sums.
    """

    def __init__(
        self, features: NDArray[np.float32], scores: NDArray[np.float32], settings: Settings
    ) -> None:
        super().__init__()
        self.register_buffer("features", torch.from_numpy(_main_features(features)))
        frequency = np.exp(scores)
        smooth = np.log(settings.frequent / (settings.frequent + frequency))
        self.register_buffer("smooth", torch.from_numpy(smooth.astype(np.float32)))
        self.map = nn.Linear(_N_FEATURES, N_DIMENSIONS, bias=False)
        self.loudness = nn.Linear(_N_FEATURES, 1, bias=False)
        nn.init.zeros_(self.loudness.weight)
        self.own = nn.Embedding(len(features), N_DIMENSIONS + 1, sparse=True)
        nn.init.zeros_(self.own.weight)

    def start(self, targets: NDArray[np.float32]) -> None:
        """Set the map to the least squares of the pieces' own targets."""
        features = self.features.numpy().astype(np.float64)
        gram = features.T @ features + 0.01 * len(features) * np.eye(_N_FEATURES)
        weights = np.linalg.solve(gram, features.T @ (targets - targets.mean(axis=0)))
        with torch.no_grad():
            self.map.weight.copy_(torch.from_numpy(weights.T.astype(np.float32)))

    def sums(self, bags: Sequence[Bag]) -> Tensor:
        """Give texts' unit vectors, float32 (n_texts, 256)."""
        pieces = torch.from_numpy(np.concatenate([bag[0] for bag in bags]))
        counts = torch.from_numpy(np.concatenate([bag[1] for bag in bags]))
        rows = torch.from_numpy(np.repeat(np.arange(len(bags)), [len(bag[0]) for bag in bags]))
        features, own, weights = self._weighed(pieces)
        weights = (weights * counts)[:, None]
        known = torch.zeros(len(bags), _N_FEATURES).index_add(0, rows, features * weights)
        found = torch.zeros(len(bags), N_DIMENSIONS).index_add(0, rows, own * weights)
        return nn.functional.normalize(self.map(known) + found, dim=1)

    def vectors(self) -> NDArray[np.float32]:
        """Give the vectors of all pieces, float32 (n_pieces, 256)."""
        with torch.no_grad():
            features, own, weights = self._weighed(torch.arange(len(self.features)))
            return ((self.map(features) + own) * weights[:, None]).numpy()

    def _weighed(self, pieces: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        features = self.features[pieces]
        own = self.own(pieces)
        louder = self.loudness(features)[:, 0] + own[:, -1]
        return features, own[:, :-1], torch.exp(self.smooth[pieces] + louder.clamp(-4, 2))


def _main_features(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """Give the main directions of centred, standardised features, of variance about 1."""
    plain = (features - features.mean(axis=0)) / (features.std(axis=0) + 1e-6)
    spread, directions = np.linalg.eigh(plain.T @ plain / len(plain))
    chosen = np.argsort(-spread)[:_N_FEATURES]
    found = plain @ directions[:, chosen]
    return (found / np.sqrt(spread[chosen].mean())).astype(np.float32)


class Lessons:
    """Draws what one step is taught: texts, translations, needs with answers."""

    def __init__(
        self, corpus: Corpus, bags: list[Bag], answers: list[tuple[Bag, Bag]], settings: Settings
    ) -> None:
        self._settings = settings
        self._rng = np.random.default_rng(settings.seed)
        self._bags = bags
        self._targets = corpus.targets
        self._answers = answers
        filled = [row for row, bag in enumerate(bags) if len(bag[0])]
        own = np.array([source in OWN for source in corpus.sources])
        self._own = [row for row in filled if own[row]]
        self._prose = [row for row in filled if corpus.sources[row] == "own prose"]
        self._rest = [row for row in filled if not own[row]]
        groups: dict[int, list[int]] = {}
        for row in filled:
            groups.setdefault(int(corpus.groups[row]), []).append(row)
        wide = [rows for rows in groups.values() if len(rows) > 1]
        self._prose_groups = [rows for rows in wide if corpus.sources[rows[0]] == "own prose"]
        self._word_groups = [rows for rows in wide if corpus.sources[rows[0]] == "vocabulary"]
        self._other_groups = [rows for rows in wide if not own[rows[0]]]
        self._language = corpus.languages

    def texts(self) -> tuple[list[Bag], NDArray[np.float32]]:
        """Give texts, some of them several of one language in a row, with their targets."""
        n_own = int(self._settings.texts_a_step * self._settings.own_share)
        rows = [*self._choose(self._own, n_own // 2)]
        rows += self._choose(self._rest, self._settings.texts_a_step - n_own)
        bags = [self._thinned(self._bags[row]) for row in rows]
        targets = [self._targets[row] for row in rows]
        for _ in range(n_own // 2):
            several = self._choose(self._prose, int(self._rng.integers(1, 5)))
            bags.append(self._thinned(_joined([self._bags[row] for row in several])))
            targets.append(np.mean([self._targets[row] for row in several], axis=0))
        found = np.stack(targets)
        return bags, found / np.linalg.norm(found, axis=1, keepdims=True)

    def translations(self) -> tuple[list[Bag], list[Bag], NDArray[np.float32]]:
        """Give groups' texts in one language and in another, and where they should lie."""
        left: list[Bag] = []
        right: list[Bag] = []
        targets: list[NDArray[np.float32]] = []
        third = self._settings.groups_a_step // 3
        for groups, times in (
            (self._prose_groups, self._settings.groups_a_step - 2 * third),
            (self._word_groups, third),
            (self._other_groups, third),
        ):
            several = groups is self._prose_groups
            chosen = self._rng.permutation(len(groups))
            at = 0
            for _ in range(times):
                size = int(self._rng.integers(1, 4)) if several else 1
                picked = [groups[chosen[(at + n) % len(groups)]] for n in range(size)]
                at += size
                if at > len(groups) and several:
                    break
                pair = [self._two(rows) for rows in picked]
                left.append(self._thinned(_joined([self._bags[a] for a, _ in pair])))
                right.append(self._thinned(_joined([self._bags[b] for _, b in pair])))
                targets.append(np.sum([self._targets[a] for a, _ in pair], axis=0))
        found = np.stack(targets)
        return left, right, found / np.linalg.norm(found, axis=1, keepdims=True)

    def answers(self) -> tuple[list[Bag], list[Bag]]:
        """Give needs and what answers them."""
        rows = self._rng.permutation(len(self._answers))[: self._settings.answers_a_step]
        pairs = [self._answers[row] for row in rows]
        return [self._thinned(a) for a, _ in pairs], [self._thinned(b) for _, b in pairs]

    def _two(self, rows: list[int]) -> tuple[int, int]:
        a, b = self._rng.permutation(len(rows))[:2]
        return rows[a], rows[b]

    def _choose(self, rows: list[int], times: int) -> list[int]:
        return [rows[n] for n in self._rng.integers(0, len(rows), times)]

    def _thinned(self, bag: Bag) -> Bag:
        if len(bag[0]) < 4:
            return bag
        kept = self._rng.random(len(bag[0])) >= self._settings.drop * self._rng.random() * 2
        return (bag[0][kept], bag[1][kept]) if kept.sum() > 1 else bag


def _joined(bags: Sequence[Bag]) -> Bag:
    if len(bags) == 1:
        return bags[0]
    return np.concatenate([bag[0] for bag in bags]), np.concatenate([bag[1] for bag in bags])


def teach(
    student: Student, lessons: Lessons, settings: Settings, watch: Callable[[int], None]
) -> None:
    """Teach the student; ``watch`` is called now and then with the step's number."""
    dense = [p for name, p in student.named_parameters() if not name.startswith("own")]
    shared = torch.optim.AdamW(dense, settings.rate, weight_decay=0.01)
    single = torch.optim.SparseAdam([student.own.weight], settings.table_rate)
    for step in range(settings.steps):
        slower = 0.5 * (1 + np.cos(np.pi * step / settings.steps)) * min(1.0, (step + 1) / 50)
        shared.param_groups[0]["lr"] = settings.rate * slower
        single.param_groups[0]["lr"] = settings.table_rate * slower
        bags, targets = lessons.texts()
        loss = (1 - (student.sums(bags) * torch.from_numpy(targets)).sum(dim=1)).mean()
        loss = loss + settings.translation_weight * _meet(
            student, *lessons.translations(), temperature=settings.temperature
        )
        if settings.answer_weight:
            loss = loss + settings.answer_weight * _meet(
                student, *lessons.answers(), temperature=settings.temperature
            )
        met = torch.from_numpy(np.unique(np.concatenate([bag[0] for bag in bags])))
        loss = loss + settings.pull * student.own(met).pow(2).sum(dim=1).mean()
        shared.zero_grad()
        single.zero_grad()
        loss.backward()
        shared.step()
        single.step()
        if step % 100 == 99:
            watch(step + 1)


def _meet(
    student: Student,
    left: list[Bag],
    right: list[Bag],
    targets: NDArray[np.float32] | None = None,
    *,
    temperature: float,
) -> Tensor:
    """Each should find its other half among all others', both ways (InfoNCE).

    Others that mean nearly the same, by their targets, are no rivals.
    """
    n = len(left)
    both = student.sums([*left, *right])
    likeness = both[:n] @ both[n:].T / temperature
    if targets is not None:
        alike = torch.from_numpy(targets @ targets.T > _SAME) & ~torch.eye(n, dtype=torch.bool)
        likeness = likeness.masked_fill(alike, -1e4)
    own = torch.arange(n)
    cross = nn.functional.cross_entropy
    return 0.5 * (cross(likeness, own) + cross(likeness.T, own))
