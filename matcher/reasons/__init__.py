"""Why a pair, in the people's own words, as values that anybody can word.

A reason is a code, what it adds to the affinity, concept ids or the person's
own words, and the places in both profiles where it stands. Worded reasons are
never kept: the page, the letter or the command words them for its reader.
"""

from matcher.reason_values import Place, Reason
from matcher.reasons.explaining import Explainer, Pair, explain, explain_pairs
from matcher.reasons.places import without

__all__ = ["Explainer", "Pair", "Place", "Reason", "explain", "explain_pairs", "without"]
