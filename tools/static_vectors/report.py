"""How well texts find their translation, and needs their answer: held-out rows only."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from sources import Group

Encode = Callable[[Sequence[str], Sequence[str]], NDArray[np.float32]]
# How somebody types who has only a Russian keyboard.
_BARE = str.maketrans("әғқңөұүһіёӘҒҚҢӨҰҮҺІЁ", "агкноуухиеАГКНОУУХИЕ")
PAIRS = (
    ("en", "ru"), ("en", "kk"), ("en", "ky"), ("ru", "kk"),
    ("ru", "ky"), ("kk", "en"), ("ky", "en"), ("ky", "ru"),
)  # fmt: skip


def bare(text: str) -> str:
    """Give a text as typed without the letters that a Russian keyboard lacks."""
    return text.translate(_BARE)


def language_of(text: str) -> str:
    """Give the language of one of our own needs and answers, by its letters."""
    low = text.lower()
    if sum("a" <= letter <= "z" for letter in low) * 2 > len(low):
        return "en"
    if set(low) & set("әғқұһі"):
        return "kk"
    return "ky" if set(low) & set("ңөү") else "ru"


def reciprocal_ranks(left: NDArray[np.float32], right: NDArray[np.float32]) -> NDArray[np.float64]:
    """Give 1 / rank of each left row's own right row; equal ones rank before it."""
    likeness = left @ right.T
    own = likeness.diagonal()[:, None]
    ranks = (likeness >= own - 1e-7).sum(axis=1)
    return 1.0 / ranks


def translations_table(rows: Sequence[Group], encoders: dict[str, Encode], of: int = 30) -> str:
    """Give a table: mean reciprocal rank of translations among ``of`` texts, by language pair."""
    lines = ["pair            " + "".join(f"{name:>12}" for name in encoders)]
    totals: dict[str, list[float]] = {name: [] for name in encoders}
    for spelled in ("as spelled", "without special letters"):
        write = bare if spelled != "as spelled" else str
        lines.append(spelled)
        for pair in PAIRS:
            if write is bare and not set(pair) & {"kk", "ky"}:
                continue
            line = f"  {pair[0]} -> {pair[1]}      "
            for name, encode in encoders.items():
                left = encode([write(row[pair[0]]) for row in rows], [pair[0]] * len(rows))
                right = encode([write(row[pair[1]]) for row in rows], [pair[1]] * len(rows))
                found = _among(left, right, of)
                line += f"{found:12.3f}"
                if write is str:
                    totals[name].append(found)
            lines.append(line)
    lines.append("mean            " + "".join(f"{np.mean(totals[n]):12.3f}" for n in encoders))
    return "\n".join(lines)


def answers_table(
    answers: Sequence[tuple[str, str]],
    encoders: dict[str, Encode],
    of: int = 30,
) -> str:
    """Give a table: mean reciprocal rank of the answer to a need among ``of`` answers."""
    lines = []
    for spelled, write in (("as spelled", str), ("without special letters", bare)):
        line = f"answers, {spelled:<24}"
        for encode in encoders.values():
            left, right = (
                encode(
                    [write(pair[n]) for pair in answers], [language_of(pair[n]) for pair in answers]
                )
                for n in (0, 1)
            )
            line += f"{_among(left, right, of):12.3f}"
        lines.append(line)
    return "\n".join(lines)


def _among(left: NDArray[np.float32], right: NDArray[np.float32], of: int) -> float:
    """Give the mean over draws of ``of`` rows, so that figures of any number of rows compare."""
    rng = np.random.default_rng(0)
    n = len(left)
    draws = [rng.permutation(n)[:of] for _ in range(40)]
    return float(np.mean([reciprocal_ranks(left[rows], right[rows]).mean() for rows in draws]))
