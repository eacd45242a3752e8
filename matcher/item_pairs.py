"""How near two sets of texts are: item by item, and as wholes.

Item by item, a mentor's best five answer one text of a project, and a
project's best-answered three carry the pair. Both means are weighted by rank,
so that a mentor with one telling credit is not beaten by one with thirty vague
ones, nor the other way round. As wholes, each side is the sum of its items, by
the root of what they say: that is what a profile is about, and what somebody
who repeats every word of the trade has none of. A pair's nearness is the mean
of the two readings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matcher.channels.scale import Scale, unit_rows
from matcher.items import (
    FOCUSED_WORDS,
    Item,
    evidence_of,
    focus_of,
    n_telling,
    profile_focus_of,
)
from matcher.stopwords import CYRILLIC, languages_of, possible_languages
from matcher.text import Rows
from matcher.words import folded_words

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

# A mentor's best five items count so much; a project's best texts count alike.
MENTOR_RANKS = np.array([1.0, 0.7, 0.5, 0.35, 0.25])
BEST_TEXTS = 3
# So many cosines are held at a time: 32 MB.
CELLS_AT_A_TIME = 4_000_000
# A text's languages show in so many of its words.
ENOUGH_TO_TELL = 300

_BITS = {
    language: 1 << place
    for place, language in enumerate(("en", "ru", "kk", "ky", "latin", "cyrillic", "other"))
}


@dataclass(frozen=True)
class ItemSets:
    """The items of all profiles of one side, one after another.

    Attributes
    ----------
    starts : int array (n_profiles + 1,)
        Items ``starts[i]:starts[i + 1]`` belong to profile i.
    texts : list of str
    weights : float array (n_items,)
    evidence : float array (n_items,)
        How much each says: the root of its telling words, up to a length.
    focus : float array (n_items,)
        How far each speaks of one thing, in 0..1 (:func:`matcher.items.focus_of`).
    profile_focus : float array (n_profiles,)
        Likewise of each profile (:func:`matcher.items.profile_focus_of`).
    languages : int array (n_items,)
        One bit for each language that the item may be in.
    """

    starts: NDArray[np.int64]
    texts: list[str]
    weights: Floats
    evidence: Floats
    focus: Floats
    profile_focus: Floats
    languages: NDArray[np.int64]

    @classmethod
    def of(cls, profiles: Sequence[Sequence[Item]]) -> ItemSets:
        """Lay the items of profiles end to end."""
        items = [item for profile in profiles for item in profile]
        starts = np.cumsum([0, *(len(profile) for profile in profiles)], dtype=np.int64)
        counts = [n_telling(item.text) for item in items]
        breadth = [
            profile_focus_of(sum(counts[first:last]), last - first)
            for first, last in pairwise(starts.tolist())
        ]
        return cls(
            starts=starts,
            texts=[item.text for item in items],
            weights=np.array([item.weight for item in items], dtype=np.float64),
            evidence=np.array([evidence_of(count) for count in counts], dtype=np.float64),
            focus=np.array([focus_of(count, FOCUSED_WORDS) for count in counts]),
            profile_focus=np.array(breadth, dtype=np.float64),
            languages=np.array(
                [bits for profile in profiles for bits in language_bits(profile)], dtype=np.int64
            ),
        )

    def __len__(self) -> int:
        """Count the profiles."""
        return len(self.starts) - 1

    def language_shares(self) -> Floats:
        """Give how far each profile is in each language (n_profiles, n_languages)."""
        flags = (self.languages[:, None] & np.array(list(_BITS.values()))) != 0
        parts = flags / np.maximum(flags.sum(axis=1, keepdims=True), 1)
        sums = np.zeros((len(self), len(_BITS)))
        owners = np.repeat(np.arange(len(self)), np.diff(self.starts))
        np.add.at(sums, owners, parts * self.evidence[:, None])
        totals = sums.sum(axis=1, keepdims=True)
        shares: Floats = np.divide(sums, totals, out=np.zeros_like(sums), where=totals > 0)
        return shares

    def inflected(self) -> Floats:
        """Give how far each profile is in languages that bend their words much (n_profiles,)."""
        bent = [place for place, name in enumerate(_BITS) if name in CYRILLIC]
        share: Floats = self.language_shares()[:, bent].sum(axis=1)
        return share

    def with_one(self, place: int, other: ItemSets) -> ItemSets:
        """Give the same with the profile at a place replaced by another pool's only one."""
        last = min(place + 1, len(self))
        first_item, last_item = int(self.starts[place]), int(self.starts[last])
        moved = len(other.texts) - (last_item - first_item)

        def spliced(mine: Any, its: Any, first: int, last: int) -> Any:
            return np.concatenate([mine[:first], its, mine[last:]])

        return ItemSets(
            starts=np.concatenate(
                [
                    self.starts[: place + 1],
                    [first_item + len(other.texts)],
                    self.starts[last + 1 :] + moved,
                ]
            ),
            texts=[*self.texts[:first_item], *other.texts, *self.texts[last_item:]],
            weights=spliced(self.weights, other.weights, first_item, last_item),
            evidence=spliced(self.evidence, other.evidence, first_item, last_item),
            focus=spliced(self.focus, other.focus, first_item, last_item),
            profile_focus=spliced(self.profile_focus, other.profile_focus, place, last),
            languages=spliced(self.languages, other.languages, first_item, last_item),
        )

    def repeated(self, times: int) -> ItemSets:
        """Give the same profiles several times over."""
        later = [self.starts[1:] + n * self.starts[-1] for n in range(times)]
        return ItemSets(
            starts=np.concatenate([self.starts[:1], *later]),
            texts=self.texts * times,
            weights=np.tile(self.weights, times),
            evidence=np.tile(self.evidence, times),
            focus=np.tile(self.focus, times),
            profile_focus=np.tile(self.profile_focus, times),
            languages=np.tile(self.languages, times),
        )


def language_bits(items: Sequence[Item]) -> list[int]:
    """Give each item of a profile a bit for each language that it may be in.

    What is too short to show its language, such as a title or a term, is taken
    to be in the languages of the profile's other texts; where none shows any,
    in any language of its letters.
    """
    words = [folded_words(item.text)[:ENOUGH_TO_TELL] for item in items]
    shown = [languages_of(each) for each in words]
    profile = frozenset[str]().union(*shown)
    bits: list[int] = []
    for each, own in zip(words, shown, strict=True):
        possible = possible_languages(each)
        languages = own or (possible & profile if profile else possible)
        bits.append(sum(_BITS[language] for language in languages))
    return bits


def wholes_of(sets: ItemSets, rows: Rows) -> Rows:
    """Give each profile as one row: its items together, by weight and evidence.

    Parameters
    ----------
    sets : ItemSets
    rows : sparse or float array (n_items, n_features)

    Returns
    -------
    sparse or float array (n_profiles, n_features)
        Each row of length 1 or 0.
    """
    shape = (len(sets), len(sets.texts))
    places = np.arange(shape[1])
    parts = sets.weights * sets.evidence
    sums = sparse.csr_matrix((parts.astype(rows.dtype), places, sets.starts), shape=shape) @ rows
    if not sparse.issparse(sums):
        return unit_rows(sums)
    lengths = np.sqrt(np.asarray(sums.multiply(sums).sum(axis=1)).ravel())
    sums.data /= np.repeat(np.where(lengths > 0, lengths, 1.0), np.diff(sums.indptr))
    return sums


def text_values(
    projects: ItemSets,
    mentors: ItemSets,
    project_rows: Rows,
    mentor_rows: Rows,
    *,
    scale: Scale,
    neutral: float,
    wholes: tuple[Rows, Rows] | None = None,
) -> tuple[Floats, Bools]:
    """Give the nearness of all pairs of profiles in one channel.

    In a channel that compares what is written, texts in different languages
    share no words however well they fit. Such a pair of items is not a bad one
    but an unknown one: it stands at ``neutral``, and whatever it shares all the
    same (names, loan words) only lifts it. In a channel that compares what is
    meant, only an item of which nothing was understood cannot be compared.

    Parameters
    ----------
    projects, mentors : ItemSets
    project_rows, mentor_rows : sparse or float array (n_items, n_features)
        The items' vectors, each of length 1 or 0.
    scale : Scale
        How the channel's cosines are read.
    neutral : float
        The value of not knowing, in 0..1.
    wholes : pair of sparse or float array (n_profiles, n_features), optional
        The profiles as wholes; without it, the sums of their items.

    Returns
    -------
    values : float array (n_projects, n_mentors)
        In 0..1; ``neutral`` where nothing can be compared.
    known : bool array (n_projects, n_mentors)
        Where anything can be compared, or a word is shared.
    """
    values = np.full((len(projects), len(mentors)), neutral)
    known = np.zeros(values.shape, dtype=np.bool_)
    ours, theirs = wholes or (
        wholes_of(projects, project_rows),
        wholes_of(mentors, mentor_rows),
    )
    together = np.clip(_products(ours, theirs.T), 0.0, 1.0)
    across = mentor_rows.T.tocsr() if sparse.issparse(mentor_rows) else mentor_rows.T
    said = None if scale.within else (_says(project_rows), _says(mentor_rows))
    reach = 1.0 + (scale.inflected - 1.0) * projects.inflected()
    for first, last in _blocks(projects, len(mentors.texts)):
        rows = slice(int(projects.starts[first]), int(projects.starts[last]))
        if said is None:
            comparable = (projects.languages[rows, None] & mentors.languages[None, :]) != 0
        else:
            comparable = said[0][rows, None] & said[1][None, :]
        cosines = None
        if scale.as_wholes < 1.0:
            cosines = _products(project_rows[rows], across)
            cosines *= mentors.focus.astype(cosines.dtype)
        if said is not None and cosines is not None:
            cosines[~comparable] = 0.0
        answered, n_comparable = _answers(cosines, comparable, mentors.starts)
        # What cannot be compared answers as well as not knowing does.
        blank = scale.cosine_of(neutral)
        lifted = np.where(n_comparable > 0, answered, blank + (1.0 - blank) * answered)
        single, can_compare = _carried(
            (answered, lifted),
            n_comparable > 0,
            projects.starts[first : last + 1] - rows.start,
            projects.weights[rows],
        )
        both = scale.as_wholes * together[first:last] + (1.0 - scale.as_wholes) * single
        both *= mentors.profile_focus
        read = scale.value_of(np.minimum(both * reach[first:last, None], 1.0))
        lift = np.maximum((read - scale.base) / (1.0 - scale.base), 0.0)
        values[first:last] = np.where(can_compare, read, neutral + (1.0 - neutral) * lift)
        shares_words = scale.within & (both > scale.chance)
        known[first:last] = can_compare | shares_words
    known[np.diff(projects.starts) == 0] = False
    known[:, np.diff(mentors.starts) == 0] = False
    return np.where(known, values, neutral), known


def _blocks(projects: ItemSets, n_columns: int) -> Iterator[tuple[int, int]]:
    """Give the projects in runs whose items' cosines fit into memory."""
    first = 0
    while first < len(projects):
        last = first + 1
        limit = projects.starts[first] + CELLS_AT_A_TIME // max(n_columns, 1)
        while last < len(projects) and projects.starts[last + 1] <= limit:
            last += 1
        yield first, last
        first = last


def _products(ours: Rows, columns: Rows) -> Any:
    products = ours @ columns
    return products.toarray() if sparse.issparse(products) else np.asarray(products)


def _says(rows: Rows) -> Bools:
    """Say of which items anything was understood."""
    if sparse.issparse(rows):
        counted: Bools = np.diff(rows.indptr) > 0
        return counted
    anything: Bools = np.any(rows != 0.0, axis=1)
    return anything


def _answers(
    cosines: Floats | None, comparable: Bools, starts: NDArray[np.int64]
) -> tuple[Floats, NDArray[np.int64]]:
    """Give how well each mentor answers each text, and with how many items."""
    counts = np.diff(starts)
    shape = (comparable.shape[0], len(counts))
    answered = np.zeros(shape)
    n_comparable = np.zeros(shape, dtype=np.int64)
    for count in np.unique(counts[counts > 0]):
        mentors = np.flatnonzero(counts == count)
        columns = starts[mentors][:, None] + np.arange(count)
        n_comparable[:, mentors] = comparable[:, columns].sum(axis=2)
        if cosines is not None:
            answered[:, mentors] = _best_mean(cosines[:, columns], n_comparable[:, mentors])
    return answered, n_comparable


def _best_mean(cosines: Floats, n_comparable: NDArray[np.int64]) -> Floats:
    """Mean over the last axis of the best, weighted by rank, over what could be compared."""
    n_best = min(len(MENTOR_RANKS), cosines.shape[-1])
    if cosines.shape[-1] > n_best:
        cosines = np.partition(cosines, -n_best, axis=-1)[..., -n_best:]
    best = np.clip(np.sort(cosines, axis=-1)[..., ::-1], 0.0, 1.0)
    ranks = np.cumsum(MENTOR_RANKS)
    counted = np.where(n_comparable > 0, np.minimum(n_comparable, n_best), n_best)
    means: Floats = np.minimum((best @ MENTOR_RANKS[:n_best]) / ranks[counted - 1], 1.0)
    return means


def _carried(
    answers: tuple[Floats, Floats],
    comparable: Bools,
    starts: NDArray[np.int64],
    weights: Floats,
) -> tuple[Floats, Bools]:
    """Give the weighted mean of each project's best-answered texts, and where any compares.

    ``answers`` are those of texts where none compares, and where any does.
    """
    counts = np.diff(starts)
    shape = (len(counts), comparable.shape[1])
    carried, can_compare = np.zeros(shape), np.zeros(shape, dtype=np.bool_)
    for count in np.unique(counts[counts > 0]):
        projects = np.flatnonzero(counts == count)
        texts = starts[projects][:, None] + np.arange(count)
        can_compare[projects] = comparable[texts].any(axis=1)
        plain, lifted = (each[texts] for each in answers)
        own = weights[texts][:, :, None]
        weighted = np.where(can_compare[projects][:, None, :], lifted, plain) * own
        n_best = min(BEST_TEXTS, int(count))
        best = np.sort(weighted, axis=1)[:, -n_best:].sum(axis=1)
        most = np.sort(own, axis=1)[:, -n_best:].sum(axis=1)
        carried[projects] = np.minimum(best / most, 1.0)
    return carried, can_compare
