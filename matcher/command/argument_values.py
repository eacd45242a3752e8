"""What is typed behind a flag, as values; what cannot be meant is said in a sentence."""

from __future__ import annotations

import argparse
import math
import re

from matcher.feature_names import TEXT_CHANNELS
from matcher.profiles import Demand

_LARGEST = 10**6
_DEMAND = re.compile(r"([0-9]{1,18})(?:\s*[-–]\s*([0-9]{1,18}))?")


def demand_argument(text: str) -> Demand:
    """Give the demand of ``--demand``: ``2``, or a range ``2-3``."""
    found = _DEMAND.fullmatch(text.strip())
    if not found:
        raise argparse.ArgumentTypeError(
            f"“{text}” is no number such as 2 and no range such as 2-3"
        )
    low, high = int(found[1]), int(found[2] or found[1])
    if low > high:
        raise argparse.ArgumentTypeError(f"the range {low}-{high} begins above its end")
    if high > _LARGEST:
        raise argparse.ArgumentTypeError(f"{high} is more than {_LARGEST}")
    return Demand(low, high)


def load_argument(text: str) -> int:
    """Give the number of ``--min-load`` or ``--max-load``: 0 or more."""
    if not re.fullmatch(r"\s*[0-9]{1,7}\s*", text) or int(text) > _LARGEST:
        raise argparse.ArgumentTypeError(f"“{text}” is no whole number from 0 to {_LARGEST}")
    return int(text)


def channels_argument(text: str) -> tuple[str, ...]:
    """Give the names of ``--channels``: ``words,vectors``."""
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    for name in names:
        if name not in TEXT_CHANNELS:
            listed = ", ".join(TEXT_CHANNELS)
            raise argparse.ArgumentTypeError(f"“{name}” is no channel, there are {listed}")
    if not names:
        listed = ", ".join(TEXT_CHANNELS)
        raise argparse.ArgumentTypeError(
            f"no channel is named: name one or more of {listed}, or leave the flag out for all"
        )
    return names


def encoder_argument(text: str) -> str:
    """Give the name of ``--encoder``; an empty one, as of an unset variable, is refused."""
    if not text.strip():
        raise argparse.ArgumentTypeError("the encoder's name is empty, none means without one")
    return text.strip()


def file_argument(text: str) -> str:
    """Give a file's name; an empty one, as of an unset variable, is refused."""
    if not text.strip():
        raise argparse.ArgumentTypeError("the file's name is empty")
    return text


def price_argument(text: str) -> float:
    """Give the number of ``--change-price``: 0 or more, or ``inf`` for "no change but a must"."""
    try:
        price = float(text)
    except ValueError:
        price = math.nan
    if not price >= 0:
        raise argparse.ArgumentTypeError(
            f"“{text}” is no number of 0 or more with a decimal point, such as 0.05, and not inf"
        )
    return price


def count_argument(text: str) -> int:
    """Give the number of ``--options`` or ``--groups``: 1 or more."""
    if not re.fullmatch(r"\s*[0-9]{1,7}\s*", text) or not 1 <= int(text) <= _LARGEST:
        raise argparse.ArgumentTypeError(f"“{text}” is no whole number from 1 to {_LARGEST}")
    return int(text)
