"""How near two sets of texts are: the mean of the best few pairs of items.

Of a mentor's items the best three answer one text of a project; of a
project's texts the best three carry the pair. Both means are weighted by
rank, so that a mentor with one telling credit is not beaten by one with thirty
vague ones, nor the other way round.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.items import Item
from matcher.stopwords import languages_of, possible_languages
from matcher.text import Rows, saturate
from matcher.words import folded_words

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

# A mentor's best items count 1, 1/2, 1/4; a project's best texts count alike.
MENTOR_RANKS = np.array([1.0, 0.5, 0.25])
BEST_TEXTS = 3
# So many cosines are held at a time: 32 MB.
CELLS_AT_A_TIME = 4_000_000
# A text's languages show in its first page.
ENOUGH_TO_TELL = 2_000

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
    languages : int array (n_items,)
        One bit for each language that the item may be in.
    """

    starts: NDArray[np.int64]
    texts: list[str]
    weights: Floats
    languages: NDArray[np.int64]

    @classmethod
    def of(cls, profiles: Sequence[Sequence[Item]]) -> ItemSets:
        """Lay the items of profiles end to end."""
        items = [item for profile in profiles for item in profile]
        return cls(
            starts=np.cumsum([0, *(len(profile) for profile in profiles)], dtype=np.int64),
            texts=[item.text for item in items],
            weights=np.array([item.weight for item in items], dtype=np.float64),
            languages=np.array(
                [bits for profile in profiles for bits in language_bits(profile)], dtype=np.int64
            ),
        )

    def __len__(self) -> int:
        """Count the profiles."""
        return len(self.starts) - 1

    def repeated(self, times: int) -> ItemSets:
        """Give the same profiles several times over."""
        later = [self.starts[1:] + n * self.starts[-1] for n in range(times)]
        return ItemSets(
            starts=np.concatenate([self.starts[:1], *later]),
            texts=self.texts * times,
            weights=np.tile(self.weights, times),
            languages=np.tile(self.languages, times),
        )


def language_bits(items: Sequence[Item]) -> list[int]:
    """Give each item of a profile a bit for each language that it may be in.

    What is too short to show its language, such as a title or a term, is taken
    to be in the languages of the profile's other texts; where none shows any,
    in any language of its letters.
    """
    words = [folded_words(item.text[:ENOUGH_TO_TELL]) for item in items]
    shown = [languages_of(each) for each in words]
    profile = frozenset[str]().union(*shown)
    bits: list[int] = []
    for each, own in zip(words, shown, strict=True):
        possible = possible_languages(each)
        languages = own or (possible & profile if profile else possible)
        bits.append(sum(_BITS[language] for language in languages))
    return bits


def text_values(
    projects: ItemSets,
    mentors: ItemSets,
    project_rows: Rows,
    mentor_rows: Rows,
    *,
    half_at: float,
    neutral: float,
) -> tuple[Floats, Bools]:
    """Give the nearness of all pairs of profiles in one channel.

    Texts in different languages share no words however well they fit. Such a
    pair of items is not a bad one but an unknown one: it stands at ``neutral``,
    and whatever it shares all the same (names, loan words) only lifts it.

    Parameters
    ----------
    projects, mentors : ItemSets
    project_rows, mentor_rows : sparse (n_items, n_features)
        The items' vectors, each of length 1 or 0.
    half_at : float
        See :func:`matcher.text.saturate`.
    neutral : float
        The value of not knowing, in 0..1.

    Returns
    -------
    values : float array (n_projects, n_mentors)
        In 0..1; ``neutral`` where nothing can be compared.
    known : bool array (n_projects, n_mentors)
        Where a language is shared, or a word is.
    """
    values = np.full((len(projects), len(mentors)), neutral)
    known = np.zeros(values.shape, dtype=np.bool_)
    n_columns = max(len(mentors.texts), 1)
    first = 0
    while first < len(projects):
        last = first + 1
        limit = projects.starts[first] + CELLS_AT_A_TIME // n_columns
        while last < len(projects) and projects.starts[last + 1] <= limit:
            last += 1
        rows = slice(int(projects.starts[first]), int(projects.starts[last]))
        answered, comparable = _answers(
            (project_rows[rows] @ mentor_rows.T).toarray(),
            (projects.languages[rows, None] & mentors.languages[None, :]) != 0,
            mentors.starts,
            half_at=half_at,
            neutral=neutral,
        )
        for project in range(first, last):
            own = slice(
                int(projects.starts[project]) - rows.start,
                int(projects.starts[project + 1]) - rows.start,
            )
            if own.stop > own.start:
                weights = projects.weights[rows][own]
                values[project] = _carried(answered[own], weights)
                known[project] = comparable[own].any(axis=0)
        first = last
    without = np.diff(mentors.starts) == 0
    values[:, without] = neutral
    return np.where(known, values, neutral), known


def _answers(
    cosines: Floats, comparable: Bools, starts: NDArray[np.int64], *, half_at: float, neutral: float
) -> tuple[Floats, Bools]:
    """Give how well each mentor answers each text, and whether that can be known."""
    shape = (cosines.shape[0], len(starts) - 1)
    answered = np.zeros(shape)
    n_comparable = np.zeros(shape, dtype=np.int64)
    for mentor in range(shape[1]):
        own = slice(int(starts[mentor]), int(starts[mentor + 1]))
        if own.stop == own.start:
            continue
        n_comparable[:, mentor] = comparable[:, own].sum(axis=1)
        answered[:, mentor] = _best_mean(cosines[:, own], n_comparable[:, mentor])
    stretched = saturate(answered, half_at)
    lifted = neutral + (1.0 - neutral) * stretched
    can_compare = n_comparable > 0
    return np.where(can_compare, stretched, lifted), can_compare | (answered > 0)


def _best_mean(cosines: Floats, n_comparable: NDArray[np.int64]) -> Floats:
    """Mean of each row's best, weighted by rank, over what could be compared."""
    n_best = min(len(MENTOR_RANKS), cosines.shape[1])
    if cosines.shape[1] > n_best:
        cosines = np.partition(cosines, -n_best, axis=1)[:, -n_best:]
    best = np.sort(cosines, axis=1)[:, ::-1]
    ranks = np.cumsum(MENTOR_RANKS)
    counted = np.where(n_comparable > 0, np.minimum(n_comparable, n_best), n_best)
    means: Floats = np.minimum((best @ MENTOR_RANKS[:n_best]) / ranks[counted - 1], 1.0)
    return means


def _carried(answered: Floats, weights: Floats) -> Floats:
    """Weighted mean of a project's best-answered texts, for each mentor."""
    n_best = min(BEST_TEXTS, len(weights))
    weighted = np.sort(answered * weights[:, None], axis=0)[-n_best:]
    most = np.sort(weights)[-n_best:].sum()
    carried: Floats = np.minimum(weighted.sum(axis=0) / most, 1.0)
    return carried
