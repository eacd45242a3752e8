"""A generated camp of any size, as varied in its words as a real one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matcher.datasets import load_demo
from matcher.profiles import LanguageSkill, MentorProfile, ProjectProfile, Term
from matcher.vocabulary import Kind, Vocabulary
from matcher.words import folded_words

Pool = tuple[list[ProjectProfile], list[MentorProfile]]

# Words beside the demo camp's own. Real texts of 380 people hold some fifteen
# thousand different words, most of them once.
N_INVENTED = 15_000
_SYLLABLES = {
    "en": "ba cor den el fin gra hol in jo kel lan mor ne ost pra qui ren sol tur van wer",
    "ru": "ба кор ден ел фин гра хол ин жо кел лан мор не ост пра ки рен сол тур ван вер",
}
_ENDINGS = {"en": ["", "s", "ed", "ing"], "ru": ["", "а", "ов", "ами", "дын", "нын", "лар"]}
# Words in each text of a project, about a page and a half together.
_LENGTHS = {
    "title": 3,
    "logline": 25,
    "synopsis": 150,
    "statement": 110,
    "difficulties": 40,
    "goals": 25,
}


class _Writer:
    """Writes in one language, common words often and rare ones seldom."""

    def __init__(self, language: str, rng: np.random.Generator) -> None:
        known = _demo_words(cyrillic=language == "ru")
        stems = rng.choice(_SYLLABLES[language].split(), (N_INVENTED // len(_SYLLABLES), 3))
        invented = [
            "".join(stem) + str(rng.choice(_ENDINGS[language]))
            for stem in stems[:, : rng.integers(2, 4)]
        ]
        self._words = np.array([*known, *invented])
        often = 1.0 / np.arange(5, len(self._words) + 5)
        self._often = often / often.sum()
        self._rng = rng

    def text(self, n_words: int) -> str:
        """Give so many words in sentences."""
        words = self._rng.choice(self._words, n_words, p=self._often).tolist()
        return ". ".join(" ".join(words[at : at + 12]) for at in range(0, n_words, 12))


def _demo_words(*, cyrillic: bool) -> list[str]:
    lab = load_demo()
    texts = [f"{each.synopsis} {each.difficulties}" for each in lab.projects.profiles]
    texts += [mentor.bio for mentor in lab.mentors.profiles]
    words = dict.fromkeys(word for text in texts for word in folded_words(text))
    return [word for word in words if ("а" <= word[0] <= "я") == cyrillic and word[0].isalpha()]


def make_pool(n_projects: int, n_mentors: int) -> Pool:
    """Give people of a camp, always the same ones: half write Russian, half English."""
    rng = np.random.default_rng(20260701)
    writers = [_Writer(language, rng) for language in ("ru", "en")]
    codes = ("ru", "en")
    projects, mentors = [], []
    for row in range(n_projects):
        writer, code = writers[row % 2], codes[row % 2]
        texts = {name: writer.text(length) for name, length in _LENGTHS.items()}
        project = ProjectProfile(
            id=f"p{row}",
            needs=_some("need", 3, rng),
            forms=_some("form", 1, rng),
            genres=_some("genre", 2, rng),
            stages=_some("stage", 1, rng),
            languages=(LanguageSkill(code),),
        )
        projects.append(replace(project, **texts))  # type: ignore[arg-type]
    for column in range(n_mentors):
        writer, code = writers[column % 2], codes[column % 2]
        mentors.append(
            MentorProfile(
                id=f"m{column}",
                bio=writer.text(90),
                credits=tuple(writer.text(12) for _ in range(8)),
                expertise=_some("need", 3, rng),
                offers=(*_some("need", 1, rng), Term(writer.text(4))),
                forms=_some("form", 2, rng),
                genres=_some("genre", 3, rng),
                stages=_some("stage", 3, rng),
                languages=(LanguageSkill(code), LanguageSkill("ky")),
            )
        )
    return projects, mentors


def _some(kind: Kind, most: int, rng: np.random.Generator) -> tuple[Term, ...]:
    concepts = Vocabulary.load().concepts(kind)
    chosen = rng.choice(len(concepts), size=int(rng.integers(1, most + 1)), replace=False)
    return tuple(Term(concepts[int(n)].label("en"), concepts[int(n)].id) for n in chosen)
