"""Projects in groups, each with its tutor; and single pairs beside them.

:func:`split_into_groups` gives the best split under :class:`GroupRules`, or says
what makes every split impossible.
"""

from matcher.groups.blocks import Blocked
from matcher.groups.plans import split_into_groups
from matcher.groups.rules import GroupRules
from matcher.groups.telling import Group, GroupPlan

__all__ = ["Blocked", "Group", "GroupPlan", "GroupRules", "split_into_groups"]
