"""One thing that the trade has a word for, and the kinds of such things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "need",
    "craft",
    "form",
    "genre",
    "stage",
    "country",
    "language",
    "conflict_kind",
    "theme",
    "place",
    "figure",
    "problem",
    "technique",
    "industry",
    "role",
    "style",
    "audience",
]

LANGUAGES = ("en", "ru", "kk", "ky", "uz", "uz_Cyrl", "tg")

# The lists that a form offers and a cell names, in the order of looking.
LISTS: dict[Kind, str] = {
    "need": "needs.csv",
    "craft": "crafts.csv",
    "form": "forms.csv",
    "genre": "genres.csv",
    "stage": "stages.csv",
    "country": "countries.csv",
    "language": "languages.csv",
    "conflict_kind": "conflict_kinds.csv",
}
# What texts speak of; no form offers it and no cell is read for it.
SPOKEN: dict[Kind, str] = {
    "theme": "themes.csv",
    "place": "places.csv",
    "figure": "figures.csv",
    "problem": "problems.csv",
    "technique": "techniques.csv",
    "industry": "industry.csv",
    "role": "roles.csv",
    "style": "styles.csv",
    "audience": "audiences.csv",
}
KINDS: tuple[Kind, ...] = tuple(LISTS)
SPOKEN_KINDS: tuple[Kind, ...] = tuple(SPOKEN)
# Ids begin with the kind, but for two whose ids are older than its name.
PREFIXES: dict[Kind, str] = {"language": "lang", "conflict_kind": "conflict"}

# Whoever has no label of their own reads the next language's.
_FALLBACK = {"uz_Cyrl": ("uz", "ru"), "uz": ("ru",), "kk": ("ru",), "ky": ("ru",), "tg": ("ru",)}


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing the trade has a word for.

    Attributes
    ----------
    id : str
        Stable and never shown, such as ``stage.rough-cut``.
    kind : str
        Which list it stands in.
    labels : mapping of str to str
        What to call it in each language.
    aliases : tuple of str
        Whatever else people write for it, in any language.
    meets : tuple of str
        For a craft: ids of the needs that such a person usually meets.
    spellings : tuple of (str, str)
        Each way of writing it as (language, words); ids have language ``""``.
    beginnings : tuple of (str, str)
        Words of which some are only begun, as (language, ``слаб* сценари*``);
        looked for in texts, never in a cell.
    near : tuple of str
        Ids of concepts that are close in meaning.
    in_100 : float or None
        Of 100 texts about films, how many speak of it; None for what is usual
        for its kind.
    """

    id: str
    kind: Kind
    labels: Mapping[str, str]
    aliases: tuple[str, ...] = ()
    meets: tuple[str, ...] = ()
    spellings: tuple[tuple[str, str], ...] = field(default=(), repr=False, compare=False)
    beginnings: tuple[tuple[str, str], ...] = field(default=(), repr=False, compare=False)
    near: tuple[str, ...] = ()
    in_100: float | None = None

    @property
    def code(self) -> str:
        """The id without its kind: ``rough-cut``, or ``ky`` for a language."""
        return self.id.partition(".")[2]

    def label(self, lang: str) -> str:
        """Give the name in a language, else in the nearest one that has it."""
        for candidate in (lang, *_FALLBACK.get(lang, ()), "en"):
            if self.labels.get(candidate):
                return self.labels[candidate]
        return self.id
