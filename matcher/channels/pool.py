"""The texts of a pool, read once in every channel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matcher.channels.centring import LanguageCentring
from matcher.channels.scale import SCALES
from matcher.item_pairs import ItemSets, text_values, wholes_of
from matcher.items import Item, mentor_items, project_items
from matcher.profiles import MentorProfile, ProjectProfile
from matcher.text import Rows

# How many profiles of the pool weigh as much as nothing known of their language.
WHOLES_SHRINKAGE = 20.0


SideName = Literal["project", "mentor"]
SIDES: tuple[SideName, SideName] = ("project", "mentor")


class Channel(Protocol):
    """One way of turning texts into rows of length 1 or 0."""

    def fit_transform(self, texts: Sequence[str]) -> Any:
        """Learn from texts and give their rows."""

    def transform(self, texts: Sequence[str]) -> Any:
        """Give texts' rows."""


@dataclass
class ChannelSet:
    """The channels of one model, fitted on one pool.

    Attributes
    ----------
    channels : mapping of str to Channel
        By name.
    centrings : dict of str to dict of str to LanguageCentring
        By side, then by channel of meaning: what that side's profiles in one
        language share as wholes. Films are written otherwise than biographies.
    """

    channels: Mapping[str, Channel]
    centrings: dict[SideName, dict[str, LanguageCentring]]

    @classmethod
    def of(cls, channels: Mapping[str, Channel]) -> Self:
        """Give channels that have read nothing yet."""
        return cls(channels, {"project": {}, "mentor": {}})


@dataclass(frozen=True)
class SideTexts:
    """The items of one side's profiles, with their vectors in each channel.

    Attributes
    ----------
    sets : ItemSets
    rows : mapping of str to sparse or float array (n_items, n_features)
        By channel.
    wholes : mapping of str to sparse or float array (n_profiles, n_features)
        Likewise of the profiles as wholes.
    """

    sets: ItemSets
    rows: Mapping[str, Rows]
    wholes: Mapping[str, Rows]

    @classmethod
    def read(cls, profiles: Sequence[Sequence[Item]], channels: ChannelSet, side: SideName) -> Self:
        """Read profiles' items with channels that are fitted."""
        sets = ItemSets.of(profiles)
        rows = {name: each.transform(sets.texts) for name, each in channels.channels.items()}
        return cls.of(sets, rows, channels.centrings[side])

    @classmethod
    def of(
        cls,
        sets: ItemSets,
        rows: Mapping[str, Rows],
        centrings: Mapping[str, LanguageCentring],
    ) -> Self:
        """Sum items up to wholes, and take off what those of one language share."""
        wholes = {name: wholes_of(sets, each) for name, each in rows.items()}
        for name, centring in centrings.items():
            if len(sets):
                wholes[name] = centring.transform(wholes[name], shares=sets.language_shares())
        return cls(sets, rows, wholes)

    def with_one(self, place: int, other: SideTexts) -> SideTexts:
        """Give the same with the profile at a place replaced by another side's only one.

        Parameters
        ----------
        place : int
            One past the last adds it.
        other : SideTexts
            Of one profile.
        """
        first, last = place, min(place + 1, len(self.sets))
        items = int(self.sets.starts[first]), int(self.sets.starts[last])
        rows = {name: _spliced(each, other.rows[name], *items) for name, each in self.rows.items()}
        wholes = {
            name: _spliced(each, other.wholes[name], first, last)
            for name, each in self.wholes.items()
        }
        return SideTexts(self.sets.with_one(place, other.sets), rows, wholes)


@dataclass(frozen=True)
class PoolTexts:
    """The texts of both sides of a pool."""

    projects: SideTexts
    mentors: SideTexts

    @classmethod
    def read(
        cls,
        projects: Sequence[ProjectProfile],
        mentors: Sequence[MentorProfile],
        channels: ChannelSet,
        *,
        learn: bool,
    ) -> PoolTexts:
        """Read a pool's texts; with ``learn``, the channels are fitted on them."""
        ours = [project_items(project) for project in projects]
        theirs = [mentor_items(mentor) for mentor in mentors]
        if not learn:
            return cls(
                SideTexts.read(ours, channels, "project"),
                SideTexts.read(theirs, channels, "mentor"),
            )
        sets = ItemSets.of(ours), ItemSets.of(theirs)
        texts, n_ours = sets[0].texts + sets[1].texts, len(sets[0].texts)
        rows: tuple[dict[str, Rows], dict[str, Rows]] = ({}, {})
        for name, channel in channels.channels.items():
            both = channel.fit_transform(texts)
            rows[0][name], rows[1][name] = both[:n_ours], both[n_ours:]
        sides: list[SideTexts] = []
        for side, own, read in zip(SIDES, sets, rows, strict=True):
            channels.centrings[side] = {
                name: _centring(wholes_of(own, each), own.language_shares())
                for name, each in read.items()
                if isinstance(each, np.ndarray)
            }
            sides.append(SideTexts.of(own, read, channels.centrings[side]))
        return cls(*sides)

    def all_texts(self) -> list[str]:
        """Give every item's text, the projects' first."""
        return self.projects.sets.texts + self.mentors.sets.texts

    def values(self, name: str, neutral: float) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Give the nearness of all pairs in one channel, and where it is known."""
        ours, theirs = self.projects, self.mentors
        return text_values(
            ours.sets,
            theirs.sets,
            ours.rows[name],
            theirs.rows[name],
            scale=SCALES[name],
            neutral=neutral,
            wholes=(ours.wholes[name], theirs.wholes[name]),
        )


def _centring(wholes: NDArray[np.float32], shares: NDArray[np.float64]) -> LanguageCentring:
    """Learn what one side's profiles of one language share as wholes."""
    means = np.zeros((shares.shape[1], wholes.shape[1]))
    centring = LanguageCentring(means, shrinkage=WHOLES_SHRINKAGE)
    if not len(wholes):
        return centring.fit(np.zeros((1, means.shape[1])), shares=np.zeros((1, len(means))))
    return centring.fit(wholes, shares=shares)


def _spliced(rows: Rows, other: Rows, first: int, last: int) -> Rows:
    """Give rows with those of another in the place of some."""
    if isinstance(rows, np.ndarray):
        return np.concatenate([rows[:first], other, rows[last:]])
    # By hand: cutting and stacking sparse rows checks each part anew.
    low, high = int(rows.indptr[first]), int(rows.indptr[last])
    moved = other.nnz - (high - low)
    ends = [rows.indptr[:first], other.indptr + low, rows.indptr[last + 1 :] + moved]
    cells = [
        np.concatenate([mine[:low], its[: other.nnz], mine[high:]])
        for mine, its in ((rows.data, other.data), (rows.indices, other.indices))
    ]
    shape = (rows.shape[0] - (last - first) + other.shape[0], rows.shape[1])
    return sparse.csr_matrix((*cells, np.concatenate(ends)), shape=shape)
