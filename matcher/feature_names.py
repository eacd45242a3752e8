"""What the features are called, in every file, flag, table and stored run."""

from __future__ import annotations

# The ways of comparing texts, one family: where one is silent the others speak
# for it. The first two compare what is written, the others what is meant.
TEXT_CHANNELS = ("words", "characters", "concepts", "vectors", "encoder")
# What few people are asked: a blank leaves a pair as the other features have it.
OPTIONAL = ("craft", "territory")
# What can only speak for a pair: somebody's wish, and work done together.
LIFTING = ("wishes", "past")
FEATURE_NAMES = (
    "needs",
    *TEXT_CHANNELS,
    *("form", "genre", "stage", "language"),
    *OPTIONAL,
    *LIFTING,
)
