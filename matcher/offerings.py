"""What a mentor gives, and how far it meets what a project needs.

A need is met most surely by what people come to a mentor for, a little less by
what they offer, then by their craft. Only of a mentor who has said neither are
the biography and the credits read: often they are all that an organizer could
paste. Somebody who has named three things means those three.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.items import MAX_ITEMS
from matcher.needs import CRAFT_CREDIT, is_denied, mentions, need_key, needs_of
from matcher.profiles import MentorProfile, ProjectProfile, Term
from matcher.text import CharacterVectors
from matcher.vocabulary import Vocabulary
from matcher.weights import DEFAULT_NEUTRAL

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

# How fully a need is met by where the mentor names it.
TERM_CREDIT = {"expertise": 1.0, "offers": 0.9}
TEXT_CREDIT = 0.5
# Words found inside a longer term are a guess at what is meant.
MENTION_CREDIT = 0.8
# Whoever names everything says nothing. So many things somebody may name and
# mean each; of more, each tells less (see :func:`breadth_credit`), down to what
# is taken of somebody who has said nothing.
FOCUSED_NAMES = 6
LEAST_CREDIT = DEFAULT_NEUTRAL["needs"]
# Two unknown terms are taken to mean the same from this cosine of their
# characters on, and then count as much as they are alike.
ALIKE = 0.35


@dataclass(frozen=True, slots=True)
class Met:
    """How a mentor meets a need.

    Attributes
    ----------
    credit : float
        How fully, in 0..1.
    source : str
        ``expertise``, ``offers``, ``bio`` or ``credits``.
    field : str
        Where exactly: ``expertise[0]``, ``bio``.
    start, end : int
        The place in that field's text.
    """

    credit: float
    source: str
    field: str
    start: int
    end: int


def gives(mentor: MentorProfile) -> dict[str, Met]:
    """Give the best way in which a mentor meets each need of the vocabulary.

    Parameters
    ----------
    mentor : MentorProfile

    Returns
    -------
    dict of str to Met
        By need's concept id.
    """
    vocabulary = Vocabulary.load()
    best: dict[str, Met] = {}

    def add(need: str, met: Met) -> None:
        if need not in best or met.credit > best[need].credit:
            best[need] = met

    named: set[str] = set()
    for source, credit in TERM_CREDIT.items():
        for place, term in enumerate(getattr(mentor, source)[:MAX_ITEMS]):
            field = f"{source}[{place}]"
            concept = term.concept or ""
            named.add(concept)
            # A need that an edition added itself meets itself.
            for need in vocabulary.needs_met_by(concept) or filter(None, (concept,)):
                part = credit if need == term.concept else credit * CRAFT_CREDIT
                add(need, Met(part, source, field, 0, len(term.text)))
            if term.concept is None:
                for found in mentions(term.text):
                    named.add(found.need)
                    part = credit * MENTION_CREDIT * found.credit
                    add(found.need, Met(part, source, field, found.start, found.end))
    if mentor.expertise or mentor.offers:
        return _told_apart(best, len(named - {""}))
    texts = [("bio", "bio", mentor.bio)]
    texts += [("credits", f"credits[{n}]", text) for n, text in enumerate(mentor.credits)]
    for source, field, text in texts[: MAX_ITEMS + 1]:
        for found in mentions(text):
            if not is_denied(text, found.start, found.end):
                part = TEXT_CREDIT * found.credit
                add(found.need, Met(part, source, field, found.start, found.end))
    return _told_apart(best, len(best))


def breadth_credit(n_named: int) -> float:
    """Give what each of several things that somebody names is worth, in 0..1.

    Ticking one of sixteen needs tells most about somebody, ticking all sixteen
    nothing: what a tick tells is the logarithm of how much it leaves out. Up to
    :data:`FOCUSED_NAMES` are believed in full; between there and all of them
    credit falls by that logarithm, to :data:`LEAST_CREDIT`.

    Parameters
    ----------
    n_named : int
        How many different needs and crafts somebody names.

    Returns
    -------
    float

    References
    ----------
    Shannon, C. E. (1948), A mathematical theory of communication.
    doi:10.1002/j.1538-7305.1948.tb01338.x

    Examples
    --------
    >>> [round(breadth_credit(n), 2) for n in (3, 6, 8, 12, 16, 40)]
    [1.0, 1.0, 0.78, 0.47, 0.25, 0.25]
    """
    n_all = len(Vocabulary.load().concepts("need"))
    told = math.log(n_all / min(max(n_named, FOCUSED_NAMES), n_all))
    return LEAST_CREDIT + (1.0 - LEAST_CREDIT) * told / math.log(n_all / FOCUSED_NAMES)


def _told_apart(best: dict[str, Met], n_named: int) -> dict[str, Met]:
    """Give the ways in which needs are met, each for as much as so many names tell."""
    part = breadth_credit(n_named)
    return {need: replace(met, credit=met.credit * part) for need, met in best.items()}


def meets(
    need: Term, mentor: MentorProfile, given: dict[str, Met], characters: CharacterVectors
) -> Met | None:
    """Give how one mentor meets one need, or None.

    Parameters
    ----------
    need : Term
    mentor : MentorProfile
    given : dict of str to Met
        What :func:`gives` says of this mentor.
    characters : CharacterVectors
        Fitted; compares terms that the vocabulary does not know.

    Returns
    -------
    Met or None
    """
    if need.concept is not None:
        return given.get(need.concept)
    found = [_partly(given[m.need], m.credit) for m in mentions(need.text) if m.need in given]
    fields, texts = _terms(mentor)
    if texts:
        alike = _alike(characters, [need.text], texts)[0]
        place = int(alike.argmax())
        if alike[place] > 0:
            source = fields[place].partition("[")[0]
            length = len(texts[place])
            found.append(Met(float(alike[place]), source, fields[place], 0, length))
    return max(found, key=lambda met: met.credit, default=None)


def _partly(met: Met, part: float) -> Met:
    credit = met.credit * part * MENTION_CREDIT
    return Met(credit, met.source, met.field, met.start, met.end)


def _terms(mentor: MentorProfile) -> tuple[list[str], list[str]]:
    named = [
        (f"{source}[{place}]", term.text)
        for source in TERM_CREDIT
        for place, term in enumerate(getattr(mentor, source)[:MAX_ITEMS])
    ]
    return [field for field, _ in named], [text for _, text in named]


def _alike(characters: CharacterVectors, needs: list[str], terms: list[str]) -> Floats:
    """Cosine of each pair of unknown terms; 0 below :data:`ALIKE`."""
    cosines: Floats = (characters.transform(needs) @ characters.transform(terms).T).toarray()
    return np.where(cosines >= ALIKE, np.minimum(cosines, 1.0), 0.0)


def needs_values(
    projects: Sequence[ProjectProfile],
    mentors: Sequence[MentorProfile],
    characters: CharacterVectors,
) -> tuple[Floats, Bools]:
    """Give the share of each project's needs that each mentor meets.

    Parameters
    ----------
    projects, mentors : sequences of profiles
    characters : CharacterVectors
        Fitted.

    Returns
    -------
    values : float array (n_projects, n_mentors)
        In 0..1, 0 where unknown.
    known : bool array (n_projects, n_mentors)
        Where the project has a need, and the mentor says what they give or
        something of theirs speaks of it. Where neither side named a need or a
        craft of the vocabulary, both would be guessed from texts: that is what
        the channels of texts are for, and nothing is known here.
    """
    needs = [needs_of(project) for project in projects]
    rows: dict[str, int] = {}
    terms: list[Term] = []
    entries: list[tuple[int, int, float]] = []
    for project, own in enumerate(needs):
        for need in own:
            row = rows.setdefault(need_key(need.term), len(rows))
            if row == len(terms):
                terms.append(need.term)
            entries.append((project, row, need.share))
    shares = np.zeros((len(projects), len(rows)))
    for project, row, share in entries:
        shares[project, row] = share
    given = [gives(mentor) for mentor in mentors]
    credit = _credits(terms, mentors, given, characters)
    says = np.array(
        [bool(g or m.expertise or m.offers) for g, m in zip(given, mentors, strict=True)],
        dtype=np.bool_,
    )
    has = np.array([bool(own) for own in needs], dtype=np.bool_)
    known = has.reshape(-1, 1) & says.reshape(1, -1)
    named = np.array([bool(project.needs) for project in projects], dtype=np.bool_)
    chosen = np.array(
        [any(term.concept for term in (*m.expertise, *m.offers)) for m in mentors], dtype=np.bool_
    )
    known &= named.reshape(-1, 1) | chosen.reshape(1, -1)
    values: Floats = np.minimum(shares @ credit, 1.0)
    return np.where(known, values, 0.0), known


def _credits(
    needs: Sequence[Term],
    mentors: Sequence[MentorProfile],
    given: Sequence[dict[str, Met]],
    characters: CharacterVectors,
) -> Floats:
    """Give how fully each mentor meets each of several needs."""
    credit = np.zeros((len(needs), len(mentors)))
    owners: list[int] = []
    terms: list[str] = []
    for mentor, profile in enumerate(mentors):
        texts = _terms(profile)[1]
        terms += texts
        owners += [mentor] * len(texts)
    for row, need in enumerate(needs):
        if need.concept is not None:
            credit[row] = [g[need.concept].credit if need.concept in g else 0.0 for g in given]
            continue
        for mentor, g in enumerate(given):
            for found in mentions(need.text):
                if found.need in g:
                    part = _partly(g[found.need], found.credit).credit
                    credit[row, mentor] = max(credit[row, mentor], part)
    unknown = [row for row, need in enumerate(needs) if need.concept is None]
    for first in range(0, len(unknown) if terms else 0, 256):
        block = unknown[first : first + 256]
        alike = _alike(characters, [needs[row].text for row in block], terms)
        for row, cosines in zip(block, alike, strict=True):
            np.maximum.at(credit[row], owners, cosines)
    return credit
