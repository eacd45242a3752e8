"""What an edition's decisions teach about what counts, and what organizers made of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base, Versioned, utc_now
from webapp.models.people import User


class LearnedWeights(Versioned, Base):
    """One row an edition: the latest judgement, and the organizer's word on it."""

    __tablename__ = "learned_weights"

    edition_id: Mapped[int] = mapped_column(
        ForeignKey("edition.id", ondelete="CASCADE"), primary_key=True
    )
    # The plan's revision that was looked at.
    revision: Mapped[int]
    judged_at: Mapped[datetime] = mapped_column(default=utc_now)
    n_decisions: Mapped[int] = mapped_column(default=0)
    # Below this nothing is learned, and nothing is shown.
    is_enough: Mapped[bool] = mapped_column(default=False)
    is_better: Mapped[bool] = mapped_column(default=False)
    # How many held-out decisions lie on the right side, by the weights before and after.
    right_before: Mapped[float] = mapped_column(default=0.0)
    right_after: Mapped[float] = mapped_column(default=0.0)
    # How much less a held-out decision surprises (log loss), from and to.
    gain_low: Mapped[float] = mapped_column(default=0.0)
    gain_high: Mapped[float] = mapped_column(default=0.0)
    weights_before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    weights_after: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # What no decision knows: it said nothing so far, and keeps its weight.
    silent: Mapped[list[str]] = mapped_column(default=list)
    # How many decisions there were when an organizer said "not now".
    refused_at_n: Mapped[int | None]
    # While learned weights are in use: what the edition had before.
    replaced: Mapped[dict[str, Any] | None]
    used_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    used_at: Mapped[datetime | None]

    used_by: Mapped[User | None] = relationship()
