"""What a plan becomes by a choice, as values; sentences are made of them elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from webapp.services.plan_lines import Line

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class FilmEffect:
    """What a choice does to one film; mentors are ids.

    Attributes
    ----------
    project_id : int
    lost, gained : tuple of int
        Mentors who go, and who come.
    word_before, word_after : str
        The affinity of who goes and of who comes, as the word people read;
        empty where nothing was worked out.
    choice : int
        Which choice of the film's who comes is: 1 is its best; 0 is unknown.
    is_worse : bool
        Whether the affinity falls.
    n_short : int
        How many mentors it is short of its minimum, where it becomes shorter.
    need_lost : str
        Its first-named need, where nobody it has then meets it any more.
    had_yes, has_yes : bool
        Whether a pair with the organizers' yes goes, and whether one comes.
    """

    project_id: int
    lost: tuple[int, ...] = ()
    gained: tuple[int, ...] = ()
    word_before: str = ""
    word_after: str = ""
    choice: int = 0
    is_worse: bool = False
    n_short: int = 0
    need_lost: str = ""
    had_yes: bool = False
    has_yes: bool = False

    @property
    def loses_yes(self) -> bool:
        """Whether the organizers' yes goes with nothing in its place."""
        return self.had_yes and not self.has_yes


@dataclass(frozen=True, slots=True)
class MentorEffect:
    """A mentor who then has ``n_short`` films fewer than the least they asked for."""

    mentor_id: int
    n_short: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a choice cannot be.

    Attributes
    ----------
    code : str
        ``pair_forbidden``, ``pair_told``, ``pair_is_kept``, ``pair_on_list``,
        ``nobody_gives_way``, ``film_full``.
    pair : (project id, mentor id)
        The pair that stands against it.
    told, kept : tuple of int
        The mentor's films that stay: both sides know, or an organizer keeps them.
    most : int
        How many there may be.
    """

    code: str
    pair: Pair
    told: tuple[int, ...] = ()
    kept: tuple[int, ...] = ()
    most: int = 0


@dataclass(frozen=True, slots=True)
class Consequence:
    """What the plan becomes when a pair is chosen, dropped, or swapped with another.

    Attributes
    ----------
    asked : (project id, mentor id)
        What was asked about.
    lines : tuple of Line
        The change as one unit, fit to be applied.
    films : tuple of FilmEffect
        The asked film first, then by id.
    mentors : tuple of MentorEffect
    refusal : Refusal or None
        With it nothing else is told.
    """

    asked: Pair
    lines: tuple[Line, ...] = ()
    films: tuple[FilmEffect, ...] = ()
    mentors: tuple[MentorEffect, ...] = ()
    refusal: Refusal | None = None

    @property
    def others(self) -> tuple[FilmEffect, ...]:
        """The films beside the asked one that have to move."""
        return tuple(film for film in self.films if film.project_id != self.asked[0])

    @property
    def taken_back(self) -> tuple[Pair, ...]:
        """Pairs whose yes goes, beside those of the asked film."""
        return tuple(
            (film.project_id, mentor)
            for film in self.others
            if film.loses_yes
            for mentor in film.lost
        )

    @property
    def n_short(self) -> int:
        """How many places of films stay empty by it."""
        return sum(film.n_short for film in self.films)

    @property
    def harm(self) -> int:
        """0: nobody else moves; 1: somebody does; 2: a film is left short; 3: it cannot be."""
        if self.refusal is not None:
            return 3
        if any(film.n_short for film in self.others):
            return 2
        return int(bool(self.others))

    @property
    def seal(self) -> str:
        """What stands for exactly these lines: the page shows it, the answer brings it back."""
        told = "|".join(
            f"{line.project_id},{line.mentor_id},{line.before},{line.after}"
            for line in sorted(self.lines, key=lambda line: line.pair)
        )
        return sha256(told.encode()).hexdigest()[:32]
