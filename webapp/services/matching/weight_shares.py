"""What counts how much, as people read it: the ways of comparing texts are one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from matcher.feature_names import FEATURE_NAMES, TEXT_CHANNELS
from matcher.weights import DEFAULT_WEIGHTS

TEXTS = "texts"


@dataclass(frozen=True)
class WeightChange:
    """One thing that counts, before and after; parts of 100."""

    name: str
    before: float
    after: float


def list_changes(
    before: Mapping[str, float], after: Mapping[str, float], silent: Collection[str]
) -> list[WeightChange]:
    """List what counts in the order of its part before, without what said nothing so far."""
    parts = [_parts({**DEFAULT_WEIGHTS, **weights}, silent) for weights in (before, after)]
    found = [WeightChange(name, parts[0][name], parts[1][name]) for name in parts[0]]
    return sorted(found, key=lambda change: -change.before)


def _parts(weights: Mapping[str, float], silent: Collection[str]) -> dict[str, float]:
    """Give each thing's part of 100."""
    summed: dict[str, float] = {}
    for name in FEATURE_NAMES:
        if name not in silent:
            side = TEXTS if name in TEXT_CHANNELS else name
            summed[side] = summed.get(side, 0.0) + weights[name]
    total = sum(summed.values()) or 1.0
    return {name: 100.0 * weight / total for name, weight in summed.items()}
