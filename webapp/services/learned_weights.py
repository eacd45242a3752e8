"""What decisions teach about what counts: kept in shadow, and used at an organizer's word.

The worker judges an edition's decisions when they have rested for a while.
What it finds changes nothing; an edition's weights change by
:func:`use_weights` and :func:`reset_weights` alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final, Protocol

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session, joinedload

from webapp.enums import EditionState, JobKind, JobState
from webapp.errors import ChangedMeanwhile, NotPossible
from webapp.models import Activity, Edition, Job, LearnedWeights, Plan, PlanChange, User, utc_now
from webapp.services import editions, jobs, plan

# Fewer lines of history than this cannot hold enough decisions: not worth a look.
FEWEST_LINES: Final = 50
# Somebody who is going through the list is not looked over the shoulder.
REST: Final = timedelta(minutes=1)
# After "not now", this many more decisions make it a new question.
ASK_AGAIN_AFTER: Final = 25
VERBS: Final = (
    "learned_weights_used",
    "learned_weights_refused",
    "learned_weights_reset",
)
_UNDER_WAY: Final = (JobState.QUEUED, JobState.RUNNING)


class Judged(Protocol):
    """What the matcher says of decisions that were held out."""

    @property
    def n_decisions(self) -> int:
        """How many there are."""

    @property
    def enough(self) -> bool:
        """Whether anything can be said at all."""

    @property
    def better(self) -> bool:
        """Whether the learned weights are to be offered."""

    @property
    def held_out_before(self) -> float:
        """How many lie on the right side by the weights at hand."""

    @property
    def held_out_after(self) -> float:
        """How many by the learned ones."""

    @property
    def interval(self) -> tuple[float, float]:
        """From where to where the gain lies."""

    @property
    def weights_before(self) -> dict[str, float]:
        """Those at hand."""

    @property
    def weights_after(self) -> dict[str, float]:
        """Those learned."""

    @property
    def silent(self) -> tuple[str, ...]:
        """What no decision knows."""


# -- reading ---------------------------------------------------------------
def find_learned(session: Session, edition: Edition) -> LearnedWeights | None:
    """Give the latest judgement, if there was one."""
    return session.scalars(
        select(LearnedWeights)
        .where(LearnedWeights.edition_id == edition.id)
        .options(joinedload(LearnedWeights.used_by))
    ).first()


def is_offered(learned: LearnedWeights | None, edition: Edition) -> bool:
    """Say whether weights better than today's wait for an organizer's word."""
    if learned is None or not learned.is_better:
        return False
    if {**learned.weights_before, **_rounded(edition.weights)} != learned.weights_before:
        # Judged beside other weights than those of today.
        return False
    refused_at = learned.refused_at_n
    return refused_at is None or learned.n_decisions >= refused_at + ASK_AGAIN_AFTER


def is_worth_a_link(learned: LearnedWeights | None, edition: Edition) -> bool:
    """Say whether there is something to see: an offer, or learned weights in use."""
    is_used = learned is not None and learned.replaced is not None
    return is_used or is_offered(learned, edition)


def list_history(session: Session, edition: Edition) -> list[Activity]:
    """List who used, refused or reset learned weights, newest first."""
    return list(
        session.scalars(
            select(Activity)
            .where(Activity.edition_id == edition.id, Activity.verb.in_(VERBS))
            .options(joinedload(Activity.actor))
            .order_by(Activity.id.desc())
            .limit(20)
        )
    )


# -- judging, in the worker ------------------------------------------------
def queue_due_judgements(session: Session) -> int:
    """Ask for each edition whose plan moved since it was last judged, and rests now.

    Returns
    -------
    int
        How many jobs were queued.
    """
    last_change = (
        select(func.max(PlanChange.at)).where(PlanChange.edition_id == Edition.id).scalar_subquery()
    )
    under_way = select(Job.edition_id).where(
        Job.kind == JobKind.LEARN_WEIGHTS, Job.state.in_(_UNDER_WAY)
    )
    due = session.scalars(
        select(Edition.id)
        .join(Plan, Plan.edition_id == Edition.id)
        .outerjoin(LearnedWeights, LearnedWeights.edition_id == Edition.id)
        .where(
            Edition.state != EditionState.ARCHIVED,
            Plan.n_lines >= FEWEST_LINES,
            or_(LearnedWeights.revision.is_(None), LearnedWeights.revision != Plan.revision),
            last_change < utc_now() - REST,
            Edition.id.not_in(under_way),
        )
    ).all()
    for edition_id in due:
        # Of those that are over nothing is kept.
        session.execute(
            delete(Job).where(Job.kind == JobKind.LEARN_WEIGHTS, Job.edition_id == edition_id)
        )
        jobs.queue_job(session, JobKind.LEARN_WEIGHTS, edition_id=edition_id)
    return len(due)


def keep_judgement(
    session: Session, edition_id: int | None, revision: int, found: Judged
) -> LearnedWeights | None:
    """Keep what came of a judgement, beside what organizers said before."""
    edition = session.get(Edition, edition_id)
    if edition is None:
        return None
    learned = _row(session, edition)
    learned.revision = revision
    learned.judged_at = utc_now()
    learned.n_decisions = found.n_decisions
    learned.is_enough, learned.is_better = found.enough, found.better
    learned.right_before, learned.right_after = found.held_out_before, found.held_out_after
    learned.gain_low, learned.gain_high = found.interval
    learned.weights_before = _rounded(found.weights_before)
    learned.weights_after = _rounded(found.weights_after)
    learned.silent = list(found.silent)
    session.flush()
    return learned


def skip_judgement(session: Session, edition_id: int | None) -> None:
    """Call a judgement that broke off done, until the plan moves on."""
    edition = session.get(Edition, edition_id)
    if edition is not None:
        _row(session, edition).revision = plan.get_revision(session, edition)
        session.flush()


# -- an organizer's word ---------------------------------------------------
def use_weights(session: Session, edition: Edition, *, actor: User, expected_version: int) -> None:
    """Let the learned weights count from the next run on.

    Raises
    ------
    NotPossible
        Nothing is offered, or the edition is archived.
    ChangedMeanwhile
        Another judgement came, or another organizer was quicker.
    """
    learned = _asked(session, edition, expected_version)
    if not is_offered(learned, edition):
        raise NotPossible("no_weights_offered")
    if learned.replaced is None:
        learned.replaced = dict(edition.weights)
    edition.weights = dict(learned.weights_after)
    learned.is_better, learned.refused_at_n = False, None
    learned.used_by_id, learned.used_at = actor.id, utc_now()
    editions.record(
        session, edition, actor, "learned_weights_used", n_decisions=learned.n_decisions
    )
    session.flush()


def refuse_weights(
    session: Session, edition: Edition, *, actor: User, expected_version: int
) -> None:
    """Leave everything as it is, and be silent for a while.

    Raises
    ------
    NotPossible
        Nothing is offered, or the edition is archived.
    ChangedMeanwhile
        Another judgement came, or another organizer was quicker.
    """
    learned = _asked(session, edition, expected_version)
    if not is_offered(learned, edition):
        raise NotPossible("no_weights_offered")
    learned.refused_at_n = learned.n_decisions
    editions.record(
        session, edition, actor, "learned_weights_refused", n_decisions=learned.n_decisions
    )
    session.flush()


def reset_weights(
    session: Session, edition: Edition, *, actor: User, expected_version: int
) -> None:
    """Let the weights count again that stood before anything was learned.

    The learned ones are not offered again before there is more to learn from.

    Raises
    ------
    NotPossible
        No learned weights are in use, or the edition is archived.
    ChangedMeanwhile
        Another judgement came, or another organizer was quicker.
    """
    learned = _asked(session, edition, expected_version)
    if learned.replaced is None:
        raise NotPossible("no_weights_to_reset")
    edition.weights = dict(learned.replaced)
    learned.replaced = None
    learned.is_better, learned.refused_at_n = False, learned.n_decisions
    learned.used_by_id = learned.used_at = None
    editions.record(session, edition, actor, "learned_weights_reset")
    session.flush()


def _asked(session: Session, edition: Edition, expected_version: int) -> LearnedWeights:
    editions.check_open(edition)
    learned = find_learned(session, edition)
    if learned is None:
        raise NotPossible("no_weights_offered")
    if learned.version != expected_version:
        raise ChangedMeanwhile("changed_meanwhile")
    return learned


def _row(session: Session, edition: Edition) -> LearnedWeights:
    learned = session.get(LearnedWeights, edition.id)
    if learned is None:
        learned = LearnedWeights(edition_id=edition.id, revision=0)
        session.add(learned)
    return learned


def _rounded(weights: Mapping[str, float]) -> dict[str, Any]:
    return {name: round(float(value), 3) for name, value in weights.items()}
