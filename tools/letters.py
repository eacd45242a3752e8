"""Make matcher/spelling/letters.csv again: ``.venv/bin/python tools/letters.py``.

Learned from the project's own Kazakh and Kyrgyz alone: the prose for the word
vectors and the trade's vocabulary. ``--held-out`` keeps a fifth of the texts
back, says how many of their words are restored, and writes nothing.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from matcher.evaluation.written_language import language_of  # noqa: E402
from matcher.spelling import restoring  # noqa: E402
from matcher.spelling.clues import (  # noqa: E402
    SPECIAL_LETTERS,
    TYPED_INSTEAD,
    clues_of,
    doubtful_letters,
)

TARGET = ROOT / "matcher" / "spelling" / "letters.csv"
_WORD = re.compile(r"[а-яёәғқңөұүһі]+")
_LEAST_WEIGHT = 0.05
_STRENGTH = 3.0

Row = tuple[str, str, str, str, str]


def texts(language: str) -> Iterator[str]:
    """Give the project's own texts in a language."""
    for folder in (ROOT / "tools" / "static_vectors" / "texts", ROOT / "matcher" / "vocabulary"):
        for path in sorted(folder.glob("*.csv")):
            with path.open(encoding="utf-8-sig", newline="") as file:
                for row in csv.DictReader(file):
                    yield from _in_language(row, language)


def _in_language(row: dict[str, str], language: str) -> Iterator[str]:
    if row.get(language):
        yield row[language]
    for column in ("need", "answer"):  # pairs whose languages stand nowhere
        if language_of(row.get(column) or "") == language:
            yield row[column]


def words_of(said: list[str]) -> Counter[str]:
    """Count the words of texts."""
    return Counter(word for text in said for word in _WORD.findall(text.lower()))


def learned(language: str, words: Counter[str], rounds: int = 5000) -> Iterator[Row]:
    """Give the model's rows for a language: a sparse logistic regression for each letter."""
    for typed in sorted(doubtful_letters(language)):
        examples, meant, counts = [], [], []
        for word, count in sorted(words.items()):
            plain = word.translate(TYPED_INSTEAD)
            for place, letter in enumerate(plain):
                if letter == typed:
                    examples.append(dict.fromkeys(clues_of(plain, place, word[:place]), 1))
                    meant.append(word[place])
                    counts.append(np.log1p(count))
        vectorizer = DictVectorizer(dtype=np.float64)
        rows = vectorizer.fit_transform(examples)
        rows.indices, rows.indptr = rows.indices.astype(np.int32), rows.indptr.astype(np.int32)
        names, right = vectorizer.get_feature_names_out(), np.array(meant)
        for letter in sorted(set(meant)):
            model = LogisticRegression(
                C=_STRENGTH, l1_ratio=1.0, solver="liblinear", max_iter=rounds, random_state=0
            ).fit(rows, right == letter, sample_weight=counts)
            yield language, typed, letter, "", f"{model.intercept_[0]:.2f}"
            for column in np.flatnonzero(np.abs(model.coef_[0]) >= _LEAST_WEIGHT):
                yield language, typed, letter, names[column], f"{model.coef_[0][column]:.2f}"


def write(said: dict[str, list[str]], rounds: int = 5000) -> None:
    """Learn from texts and write the model."""
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("language", "typed", "meant", "clue", "weight"))
        for language, own in said.items():
            table.writerows(learned(language, words_of(own), rounds))


def report(language: str, seen: list[str], held_out: list[str]) -> str:
    """Say how many words of texts are right, as typed and restored."""
    known, words = words_of(seen), words_of(held_out)
    right, plain, strange, strange_right = 0, 0, 0, 0
    for word, count in words.items():
        typed = word.translate(TYPED_INSTEAD)
        is_right = restoring.restored_word(typed, language) == word
        right += count * is_right
        plain += count * (typed == word)
        strange += count * (word not in known)
        strange_right += count * is_right * (word not in known)
    total = sum(words.values())
    return (
        f"{language}: {total} words, right as typed {plain / total:.3f}, restored "
        f"{right / total:.3f}; of {strange} words never seen {strange_right / max(strange, 1):.3f}"
    )


def main() -> None:
    """Write the model, or report on texts that were held back."""
    said = {language: list(texts(language)) for language in SPECIAL_LETTERS}
    if "--held-out" not in sys.argv:
        write(said)
        return
    before = TARGET.read_bytes()
    fifth = {code: [t for place, t in enumerate(own) if place % 5] for code, own in said.items()}
    try:
        write(fifth, rounds=500)
        for language, own in said.items():
            print(report(language, fifth[language], own[::5]))
    finally:
        TARGET.write_bytes(before)


if __name__ == "__main__":
    main()
