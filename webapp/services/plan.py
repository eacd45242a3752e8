"""The one way to change a plan: lines, checked against today's state, as one unit.

Whoever changes the plan (the solver's draft, a hand, an undo) hands over lines
``{pair, before, after}``. Either every line fits today's state and all are
applied, or none is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session, joinedload, selectinload

from webapp.enums import ChangeSource, EditionState, LineAspect, PairPlace, RunState, Said
from webapp.errors import ChangedMeanwhile, NotFound, NotPossible
from webapp.models import Edition, Plan, PlanChange, PlanLine, Run, User
from webapp.services.plan_lines import Line
from webapp.services.plan_state import PlanState, load_state


def lock_plan(session: Session, edition: Edition) -> Plan:
    """Take the edition's plan for this transaction, before anything is read from it."""
    session.execute(
        update(Plan).where(Plan.edition_id == edition.id).values(revision=Plan.revision)
    )
    return session.scalars(
        select(Plan)
        .where(Plan.edition_id == edition.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def get_revision(session: Session, edition: Edition) -> int:
    """Give the plan's revision, for the next form."""
    return session.scalars(select(Plan.revision).where(Plan.edition_id == edition.id)).one()


def apply_lines(
    session: Session,
    edition: Edition,
    lines: Sequence[Line],
    *,
    actor: User | None,
    expected_version: int | None = None,
    source: ChangeSource = ChangeSource.HAND,
    run: Run | None = None,
    undoes: PlanChange | None = None,
) -> PlanChange:
    """Apply lines to the plan as one unit, and number them in its history.

    Parameters
    ----------
    lines : sequence of Line
        Each ``before`` is what the caller saw.
    expected_version : int, optional
        The plan's revision that the page showed. What others, or a suggestion,
        have changed since then in the same films is in the way; changes
        elsewhere, and those of the same hand, are no hindrance.

    Raises
    ------
    ChangedMeanwhile
        A line's ``before`` is no longer so, or its film was changed since.
    NotPossible
        A conflict, a full mentor, a film with all its mentors, a lock.
    """
    if edition.state is EditionState.ARCHIVED:
        raise NotPossible("edition_archived")
    if not lines:
        raise NotPossible("nothing_to_change")
    plan = lock_plan(session, edition)
    state = load_state(session, edition)
    _check_version(session, state, lines, plan, expected=expected_version, actor=actor)
    for line in lines:
        _check_before(state, line)
    for line in sorted(lines, key=_frees_first):
        state.apply(line, actor=actor, run=run)
    state.check_ceilings({line.pair for line in lines if line.aspect is LineAspect.PLACE})
    return _write_history(session, plan, lines, actor=actor, source=source, run=run, undoes=undoes)


def _frees_first(line: Line) -> int:
    """Order: what makes room before what needs it; a lifted lock first of all."""
    if line.aspect is not LineAspect.PLACE:
        return 0 if line.after == Said.NO else 3
    return {PairPlace.NONE: 1, PairPlace.SET_ASIDE: 1}.get(PairPlace(line.after), 2)


def _check_version(
    session: Session,
    state: PlanState,
    lines: Sequence[Line],
    plan: Plan,
    *,
    expected: int | None,
    actor: User | None,
) -> None:
    if expected is None or expected == plan.revision:
        return
    changed = session.execute(
        select(PlanLine.project_id)
        .join(PlanChange, PlanLine.change_id == PlanChange.id)
        .where(
            PlanLine.edition_id == plan.edition_id,
            PlanChange.revision > expected,
            PlanLine.project_id.in_({line.project_id for line in lines}),
            # One's own words are known, though part of the page is older than they are.
            or_(
                PlanChange.actor_id.is_distinct_from(actor.id if actor else None),
                PlanChange.source != ChangeSource.HAND,
            ),
        )
        .order_by(PlanLine.number.desc())
        .limit(1)
    ).first()
    if changed is not None:
        raise ChangedMeanwhile("film_changed_meanwhile", project=state.title(changed.project_id))


def _check_before(state: PlanState, line: Line) -> None:
    if state.value(line.pair, line.aspect) != line.before:
        raise ChangedMeanwhile(
            "pair_changed_meanwhile",
            project=state.title(line.project_id),
            mentor=state.name(line.mentor_id),
        )


def _write_history(
    session: Session,
    plan: Plan,
    lines: Iterable[Line],
    *,
    actor: User | None,
    source: ChangeSource,
    run: Run | None,
    undoes: PlanChange | None,
) -> PlanChange:
    plan.revision += 1
    change = PlanChange(
        edition_id=plan.edition_id,
        revision=plan.revision,
        source=source,
        run_id=run.id if run else None,
        undoes_id=undoes.id if undoes else None,
        actor_id=actor.id if actor else None,
    )
    session.add(change)
    session.flush()
    for line in lines:
        if line.before == line.after:
            continue
        plan.n_lines += 1
        session.add(
            PlanLine(
                edition_id=plan.edition_id,
                number=plan.n_lines,
                change_id=change.id,
                project_id=line.project_id,
                mentor_id=line.mentor_id,
                aspect=line.aspect,
                before=line.before,
                after=line.after,
            )
        )
    session.flush()
    return change


def apply_run(
    session: Session,
    edition: Edition,
    run: Run,
    *,
    actor: User,
    line_ids: Iterable[int] | None = None,
) -> PlanChange:
    """Put a draft's lines on the list: all of them, or those chosen.

    Raises
    ------
    NotPossible
        The run is no draft, or nothing was chosen.
    ChangedMeanwhile
        The plan moved on since the draft was worked out.
    """
    if run.state not in {RunState.DRAFT, RunState.APPLIED_IN_PART}:
        raise NotPossible("run_not_a_draft")
    chosen = None if line_ids is None else set(line_ids)
    waiting = [line for line in run.lines if line.applied_at is None]
    picked = [line for line in waiting if chosen is None or line.id in chosen]
    if not picked:
        raise NotPossible("nothing_chosen")
    lines = [
        Line(
            line.project_id,
            line.mentor_id,
            line.before,
            line.after,
            facts={
                "affinity": line.affinity,
                "known_share": line.known_share,
                "rank": line.rank,
                "reasons": line.reasons,
            },
        )
        for line in picked
    ]
    change = apply_lines(session, edition, lines, actor=actor, source=ChangeSource.SOLVER, run=run)
    for line in picked:
        line.applied_at = change.at
    run.state = RunState.APPLIED if len(picked) == len(waiting) else RunState.APPLIED_IN_PART
    return change


def list_changes(session: Session, edition: Edition, *, limit: int = 20) -> list[PlanChange]:
    """List the latest changes to the plan, newest first."""
    return list(
        session.scalars(
            select(PlanChange)
            .where(PlanChange.edition_id == edition.id)
            .options(selectinload(PlanChange.lines), joinedload(PlanChange.actor))
            .order_by(PlanChange.revision.desc())
            .limit(limit)
        )
    )


def undo_change(session: Session, edition: Edition, change_id: int, *, actor: User) -> PlanChange:
    """Take one change back with lines of its own, if today's state still allows it."""
    change = session.get(PlanChange, change_id)
    if change is None or change.edition_id != edition.id:
        raise NotFound("no_such_change")
    lines = [
        Line(line.project_id, line.mentor_id, line.before, line.after, line.aspect).reversed()
        for line in reversed(change.lines)
    ]
    return apply_lines(
        session, edition, lines, actor=actor, source=ChangeSource.UNDO, undoes=change
    )
