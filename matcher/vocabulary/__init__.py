"""The film trade's words: one concept, many languages and spellings.

Each kind of word is one CSV file beside this module, a row for each concept in
the order in which a form lists them. A cell holds ``Label; alias; alias``, so
that somebody from the trade can mend it in a spreadsheet; ``монтаж*`` stands
for every word that begins so, and the column ``near`` names concepts that are
close in meaning. Kazakh and Kyrgyz words are drafts that no native reader has
seen.

Lists that a form offers are in :data:`KINDS`; what only texts speak of
(themes, places, problems, techniques, …) is in :data:`SPOKEN_KINDS`.
"""

from matcher.vocabulary.concept import KINDS, LANGUAGES, SPOKEN_KINDS, Concept, Kind
from matcher.vocabulary.terms import Vocabulary, term_key

__all__ = ["KINDS", "LANGUAGES", "SPOKEN_KINDS", "Concept", "Kind", "Vocabulary", "term_key"]
