"""Counts in how many of the project's own texts each word stands.

Reads every CSV of texts under ``tools/static_vectors/texts`` (a column for
each language) and writes ``matcher/channels/background.csv``. To be run again
when those texts or the way of stemming change:

    python -m tools.word_background
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from matcher.words import telling_words

ROOT = Path(__file__).parents[1]
TEXTS = ROOT / "tools" / "static_vectors" / "texts"
COUNTS = ROOT / "matcher" / "channels" / "background.csv"
LANGUAGES = ("en", "ru", "kk", "ky")
# What stands in one text alone says no more than what stands in none.
LEAST = 2


def read_texts(folder: Path = TEXTS) -> Iterator[str]:
    """Give every text of every file."""
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                yield from (row[code] for code in LANGUAGES if row.get(code))


def count(texts: Iterator[str]) -> list[tuple[str, str, int]]:
    """Give (kind, word, number of texts), all texts first, then by word."""
    n_texts = 0
    stems: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for text in texts:
        found = telling_words(text)
        n_texts += 1
        words.update({word for word, _ in found})
        stems.update({stem for _, stem in found})
    rows = [("all", "", n_texts)]
    for kind, counts in (("stem", stems), ("word", words)):
        rows += [(kind, word, n) for word, n in sorted(counts.items()) if n >= LEAST]
    return rows


def main() -> None:
    """Write the counts."""
    rows = count(read_texts())
    with COUNTS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("kind", "word", "texts"))
        writer.writerows(rows)
    print(f"{rows[0][2]} texts, {len(rows) - 1} counts in {COUNTS.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
