"""How well pairs fit, as the latest suggestion saw them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.enums import RunState
from webapp.models import Edition, Run
from webapp.services.matching.kept_pairs import unpack_affinity

WITH_A_DRAFT = (RunState.DRAFT, RunState.APPLIED, RunState.APPLIED_IN_PART)
Floats = NDArray[np.float64]


def latest_fit(
    session: Session, edition: Edition, rows: Mapping[int, int], columns: Mapping[int, int]
) -> tuple[Floats, Floats]:
    """Give affinity and known share of all pairs.

    Parameters
    ----------
    rows, columns : mapping of int to int
        Where each film's, each mentor's id is to stand.

    Returns
    -------
    affinity : float array (n_projects, n_mentors)
        0 where nothing was worked out.
    known_share : float array (n_projects, n_mentors)
        NaN where nothing was worked out.
    """
    affinity = np.zeros((len(rows), len(columns)))
    known_share = np.full_like(affinity, np.nan)
    run = session.execute(
        select(Run.project_ids, Run.mentor_ids, Run.features)
        .where(Run.edition_id == edition.id, Run.state.in_(WITH_A_DRAFT))
        .order_by(Run.number.desc())
        .limit(1)
    ).first()
    if run is None or run.features is None:
        return affinity, known_share
    given = [(row, rows[one]) for row, one in enumerate(run.project_ids) if one in rows]
    taken = [(col, columns[one]) for col, one in enumerate(run.mentor_ids) if one in columns]
    if given and taken:
        here = np.ix_([row for _, row in given], [column for _, column in taken])
        there = np.ix_([row for row, _ in given], [column for column, _ in taken])
        kept_affinity, kept_share = unpack_affinity(run.features)
        affinity[here], known_share[here] = kept_affinity[there], kept_share[there]
    return affinity, known_share
