"""Plans that a flow cannot hold: linear lines over whole choices, solved with their proof.

:class:`Program` holds the lines, :func:`best` gives the greatest gain with the
bound that proves it.
"""

from matcher.programs.linear import Relaxation, relax
from matcher.programs.program import Drafting, Program
from matcher.programs.search import Answer, Guess, best

__all__ = ["Answer", "Drafting", "Guess", "Program", "Relaxation", "best", "relax"]
