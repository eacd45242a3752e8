"""Why a step, or the plan of an earlier day, does not come back as it was."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from webapp.wording.sentence import Sentence

HISTORY: dict[str, Sentence] = {
    "pair_moved_since": _(
        "%(mentor)s and “%(project)s” were moved again since, so this step alone cannot go back. "
        "Take the later step back first, or bring the whole list back."
    ),
    "keep_without_pair": _(
        "“Keep” for %(mentor)s and “%(project)s” stays away, because the pair does."
    ),
    "way_back_changed": _(
        "The list has changed since you opened this page, and nothing was brought back. "
        "Here is how it is now: look once more, then decide."
    ),
}
