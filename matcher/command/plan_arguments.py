"""What can be asked about a plan beside the plan itself, and what cannot be asked together."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from matcher.command.argument_values import count_argument, file_argument, price_argument

if TYPE_CHECKING:
    from matcher.command.arguments import Asked
    from matcher.fairness import Aim

# The command's word for each aim, in the order they are offered in.
AIM_OF: dict[str, Aim] = {
    "best": "best_overall",
    "nobody-behind": "nobody_left_behind",
    "own-best": "close_to_own_best",
    "weakest-first": "leximin",
}
COMPARE = "compare"
FAIRNESS = (*AIM_OF, COMPARE)


def fairness_argument(text: str) -> str:
    """Give one of the names of ``--fairness``."""
    name = text.strip().casefold().replace("_", "-")
    if name not in FAIRNESS:
        raise argparse.ArgumentTypeError(f"“{text}” is no aim, there are {', '.join(FAIRNESS)}")
    return name


def add_plan_arguments(command: argparse.ArgumentParser) -> None:
    """Add what ``propose`` and ``assign`` answer beside the plan."""
    more = command.add_argument_group("which plan, and what else to know about it")
    more.add_argument(
        "--fairness",
        metavar="AIM",
        type=fairness_argument,
        help="best (the greatest total, as without it), nobody-behind (the project that fares "
        "worst fares as well as can be), own-best (everyone close to their own best), "
        "weakest-first (the worst-off first, then the next, and so on); compare shows what each "
        "would give and cost, and keeps the best",
    )
    more.add_argument(
        "--previous",
        metavar="PAIRS.csv",
        type=file_argument,
        help="CSV: project,mentor; the plan that stands (a plan written by this command will do)",
    )
    more.add_argument(
        "--change-price",
        metavar="X",
        type=price_argument,
        help="how much a change of the standing plan must bring to be made; 0: anything at all; "
        "inf: change nothing but what must",
    )
    more.add_argument(
        "--prices",
        metavar="OUT.csv",
        type=file_argument,
        help="write for every pair what the total would lose were the pair forced",
    )
    more.add_argument(
        "--options",
        metavar="K",
        type=count_argument,
        help="name the next K mentors of each project, with what each would cost",
    )
    more.add_argument(
        "--groups",
        metavar="N",
        type=count_argument,
        help="split the projects into N groups of about equal size, each with a tutor",
    )
    more.add_argument(
        "--pairs-beside",
        action="store_true",
        help="with --groups: single pairs as well, by demands and loads",
    )
    more.add_argument(
        "--explain-shortage",
        action="store_true",
        help="where somebody is short: who blocks whom, and what would mend it",
    )


def contradiction(asked: Asked) -> str | None:
    """Give the sentence about what was asked and cannot be answered together, if any."""
    if asked.previous and asked.change_price is None:
        return (
            "--previous needs --change-price: say how much a change must bring to be made, such "
            "as 0.05, or 0 for anything at all."
        )
    if asked.change_price is not None and not asked.previous:
        return "--change-price needs --previous: name the CSV file of the plan that stands."
    fairness = asked.fairness not in {None, "best"}
    asking = {"--fairness": fairness, "--previous": asked.previous, "--groups": asked.groups}
    plans = [flag for flag, given in asking.items() if given]
    if len(plans) > 1:
        return f"{plans[0]} and {plans[1]} each ask for another plan: leave one of the two out."
    if asked.groups and asked.explain_shortage:
        return "--explain-shortage is about single pairs, not groups: leave one of the two out."
    if asked.pairs_beside and not asked.groups:
        return "--pairs-beside needs --groups: say how many groups."
    for flag, given in (("--demand", asked.demand), ("--min-load", asked.min_load)):
        if asked.groups and given is not None and not asked.pairs_beside:
            return f"{flag} is for single pairs: add --pairs-beside to --groups, or leave it out."
    costs = "--prices" if asked.prices else "--options"
    if (asked.prices or asked.options) and plans and asked.fairness != COMPARE:
        return (
            f"{costs} is about the plan that is best overall, and {plans[0]} asks for another: "
            "leave one of the two out."
        )
    if asked.prices == "-":
        return "--prices needs the name of a file: only -o can be - for standard output."
    return None
